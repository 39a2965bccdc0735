"""Codings cut in two, joined to one, or given to other codes, many at once."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from qda.coding.access import clean, get, rows
from qda.coding.codebook import code_named, new_code
from qda.coding.memos import write_memo
from qda.coding.open_coding import coded, given_to, taken_up
from qda.coding.references import CodeOrNew, CodeRef, CodingRef
from qda.coding.segments import release, segment_at
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Coder, Source


def split_coding(project: Project, *, coding: CodingRef, at: int) -> str:
    """Cuts a coding in two at a place of the text (code points); blanks at the cut belong to neither.

    Comment and memos stay on the first part. What else hangs on the whole passage stays on the whole
    passage. Returns the coding of the second part.
    """
    with project.unit(_("Split coding")) as session:
        row = get(session, Coding, coding)
        whole = session.get_one(Segment, row.segment_id)
        source = session.get_one(Source, whole.source_id)
        text = _words(session, source)
        first = text[whole.start : max(at, whole.start)].rstrip()
        second = text[max(at, whole.start) : whole.stop].lstrip()
        if not first.strip() or not second.strip() or at >= whole.stop:
            raise KnownError(_("A coding can only be split between words of its own."))
        begin, end = whole.stop - len(second), whole.start + len(first)
        code, coder = session.get_one(Code, row.code_id), session.get_one(Coder, row.coder_id)
        _put_on(session, row, segment_at(project, source, whole.start, end))
        other = coded(
            project, segment_at(project, source, begin, whole.stop), code, coder.guid, origin=row.origin
        )
        release(session, whole.id)
        return other.guid


def _words(session: Session, source: Source) -> str:
    session.refresh(source, ["text"])
    return source.text


def _put_on(session: Session, row: Coding, segment: Segment) -> Coding:
    """Hangs a coding on another segment; where that has the same one, the two join."""
    same = rows(session, Coding, segment_id=segment.id, code_id=row.code_id, coder_id=row.coder_id)
    twin = next((t for t in same if t.id != row.id), None)
    if twin is not None:
        return taken_up(session, twin, row)
    row.segment_id = segment.id
    session.flush()
    return row


def merge_codings(project: Project, *, codings: list[CodingRef]) -> str:
    """Joins codings of one code and coder that overlap or touch (blanks between them count for nothing).

    Comments are kept one below the other; memos hang on the one coding. Returns its GUID.

    :raises KnownError: they are of different codes, coders or documents, or there is text between them.
    """
    with project.unit(_("Merge codings")) as session:
        found = [get(session, Coding, coding) for coding in dict.fromkeys(codings)]
        if len(found) < 2:
            raise KnownError(_("Choose at least two codings."))
        spans = {row.id: session.get_one(Segment, row.segment_id) for row in found}
        if len({(r.code_id, r.coder_id, spans[r.id].source_id) for r in found}) > 1:
            raise KnownError(_("Only codings of one code, one coder and one document can be merged."))
        found.sort(key=lambda row: (spans[row.id].start, spans[row.id].stop, row.id))
        source = session.get_one(Source, spans[found[0].id].source_id)
        start, stop = _one_span(_words(session, source), [spans[row.id] for row in found])
        target = segment_at(project, source, start, stop)
        old = [segment.id for segment in spans.values()]
        kept = found[0]
        for row in found[1:]:
            taken_up(session, kept, row)
        kept = _put_on(session, kept, target)
        release(session, *old)
        return kept.guid


def _one_span(text: str, spans: Sequence[Segment]) -> tuple[int, int]:
    start, stop = spans[0].start, spans[0].stop
    for span in spans[1:]:
        if text[stop : span.start].strip():
            raise KnownError(
                _("There is text between these codings. They can only be merged where they meet.")
            )
        stop = max(stop, span.stop)
    return start, stop


def reassign_codings(project: Project, *, codings: list[CodingRef], code: CodeOrNew) -> str:
    """Puts several coded passages under another code at once. Returns the code's GUID."""
    with project.unit(_("Recode passages")) as session:
        if not codings:
            raise KnownError(_("Choose at least one coding."))
        target = code_named(project, code)
        for row in [get(session, Coding, coding) for coding in dict.fromkeys(codings)]:
            given_to(session, row, target)
        return target.guid


def split_code(
    project: Project,
    *,
    code: CodeRef,
    codings: list[CodingRef],
    names: list[str],
    below: bool = False,
    note: str = "",
) -> str:
    """Splits a code: each of its codings named goes to the new code at the same place in ``names``.

    One name alone is for all of them. New codes stand beside the old one, or below it; what is not named
    stays under the old code. ``note`` is the body of the code note. Returns the first new code.
    """
    with project.unit(_("Split code")) as session:
        old = get(session, Code, code)
        if not codings or len(names) not in (1, len(codings)):
            raise KnownError(_("Each passage needs the name of the code that it goes to."))
        above = old.id if below else old.parent_id
        parent = session.get_one(Code, above).guid if above else None
        targets: dict[str, Code] = {}
        wanted = names * len(codings) if len(names) == 1 else names
        for guid, name in zip(codings, wanted, strict=True):
            row = get(session, Coding, guid)
            if row.code_id != old.id:
                raise KnownError(_("Only passages of “{name}” can be taken out of it.").format(name=old.name))
            written = clean(name).strip()
            if written not in targets:
                targets[written] = _beside(project, written, parent, above)
            given_to(session, row, targets[written])
        title = _("Split: “{old}” into {new}").format(
            old=old.name, new=", ".join(_("“{name}”").format(name=c.name) for c in targets.values())
        )
        write_memo(project, kind="code", title=title, body=note, target=f"code:{old.guid}")
        return next(iter(targets.values())).guid


def _beside(project: Project, name: str, parent: str | None, parent_id: int | None) -> Code:
    """The code of this name at this place of the tree, made if new."""
    known = rows(project.session, Code, name=name, parent_id=parent_id)
    return known[0] if known else new_code(project, name, parent)
