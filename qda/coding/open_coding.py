"""Open coding: a span under a code, by a coder; comments, moving, resizing, removing."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import add, clean, coder_of, delete, get, required, rows
from qda.coding.codebook import code_named, new_code
from qda.coding.memos import drop_links
from qda.coding.pointers import joined
from qda.coding.references import (
    CodeOrNew,
    CodeRef,
    CoderOrNew,
    CodingRef,
    SegmentRef,
    SourceRef,
)
from qda.coding.segments import (
    join_comments,
    move_attachments,
    release,
    replace_links,
    segment_at,
)
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Source


def code_passage(
    project: Project,
    *,
    source: SourceRef,
    start: int,
    stop: int,
    code: CodeOrNew,
    coder: CoderOrNew | None = None,
    comment: str = "",
) -> str:
    """Codes ``text[start:stop]`` (code points); a code not yet known ("Parent > Child") is made.

    The same coding twice is one coding: a further comment joins the first. Returns the coding's GUID.
    """
    with project.unit(_("Code passage")) as session:
        target = code_named(project, code)
        segment = segment_at(project, get(session, Source, source), start, stop)
        return coded(project, segment, target, coder, comment).guid


def code_several(
    project: Project,
    *,
    source: SourceRef,
    start: int,
    stop: int,
    codes: list[CodeOrNew],
    coder: CoderOrNew | None = None,
) -> str:
    """Codes a passage with several codes at once; those not yet known are made. Returns the first coding."""
    with project.unit(_("Code passage with several codes")) as session:
        if not codes:
            raise KnownError(_("Choose at least one code."))
        targets = [code_named(project, code) for code in codes]
        segment = segment_at(project, get(session, Source, source), start, stop)
        made = [coded(project, segment, target, coder) for target in targets]
        return made[0].guid


def code_in_vivo(
    project: Project,
    *,
    source: SourceRef,
    start: int,
    stop: int,
    parent: CodeRef | None = None,
    coder: CoderOrNew | None = None,
) -> str:
    """Makes a code of the speaker's own words and codes the passage with it.

    The same words again are the same code. Returns the coding's GUID.
    """
    with project.unit(_("In-vivo code")) as session:
        document = get(session, Source, source)
        segment = segment_at(project, document, start, stop)
        session.refresh(document, ["text"])
        words = required(document.text[start:stop].replace("\n", " ").strip(" .,;:!?…"), _("An in-vivo code"))
        known = session.scalars(
            select(Code).where(Code.name == words, Code.origin == "in-vivo").order_by(Code.id)
        ).first()
        if known is None:
            known = new_code(project, words, parent, origin="in-vivo", in_vivo=segment)
        return coded(project, segment, known, coder).guid


def coded(
    project: Project,
    segment: Segment,
    code: Code,
    coder: str | None = None,
    comment: str = "",
    *,
    origin: str = "hand",
) -> Coding:
    """The coding of a segment, made if new, inside a running unit; a further comment joins the first."""
    session = project.session
    person = coder_of(project, coder)
    twins = rows(session, Coding, segment_id=segment.id, code_id=code.id, coder_id=person.id)
    if twins:
        twins[0].comment = joined(twins[0].comment, clean(comment).strip())
        return twins[0]
    return add(
        session,
        Coding(
            segment_id=segment.id,
            code_id=code.id,
            coder_id=person.id,
            comment=clean(comment).strip(),
            origin=origin,
            phase=project.phase,
            created=project.clock(),
        ),
    )


def remove_coding(project: Project, *, coding: CodingRef) -> str:
    """Takes a code off a passage."""
    with project.unit(_("Remove coding")) as session:
        row = get(session, Coding, coding)
        segment = row.segment_id
        drop_links(session, "coding", row.guid)
        delete(session, row)
        release(session, segment)
        return coding


def comment_coding(project: Project, *, coding: CodingRef, comment: str) -> str:
    """Writes the comment of a coding, of any length."""
    with project.unit(_("Comment coding")) as session:
        row = get(session, Coding, coding)
        row.comment = clean(comment).strip()
        return row.guid


def recode(project: Project, *, coding: CodingRef, code: CodeOrNew) -> str:
    """Puts a coded passage under another code."""
    with project.unit(_("Recode passage")) as session:
        return given_to(session, get(session, Coding, coding), code_named(project, code)).guid


def given_to(session: Session, row: Coding, code: Code) -> Coding:
    """Puts a coding under another code; where the passage has that one already, the two join."""
    same = rows(session, Coding, segment_id=row.segment_id, code_id=code.id, coder_id=row.coder_id)
    twin = next((t for t in same if t.id != row.id), None)
    if twin is not None:
        return taken_up(session, twin, row)
    row.code_id = code.id
    session.flush()
    return row


def taken_up(session: Session, kept: Coding, gone: Coding) -> Coding:
    """``gone`` goes up in ``kept``, with its comment and the memos on it."""
    join_comments(kept, gone)
    session.flush()
    replace_links(session, "coding", gone.guid, kept.guid)
    delete(session, gone)
    return kept


def resize_coding(project: Project, *, coding: CodingRef, start: int, stop: int) -> str:
    """Moves the borders of one coding. Other codings of the passage keep theirs."""
    with project.unit(_("Resize coding")) as session:
        row = get(session, Coding, coding)
        segment = session.get_one(Segment, row.segment_id)
        if len(rows(session, Coding, segment_id=segment.id)) == 1:
            kept = _move(project, segment, start, stop)
            same = {"segment_id": kept.id, "code_id": row.code_id, "coder_id": row.coder_id}
            return rows(session, Coding, **same)[0].guid
        target = segment_at(project, session.get_one(Source, segment.source_id), start, stop)
        twins = rows(session, Coding, segment_id=target.id, code_id=row.code_id, coder_id=row.coder_id)
        if twins and twins[0].id != row.id:
            row = taken_up(session, twins[0], row)
        else:
            row.segment_id = target.id
        session.flush()
        release(session, segment.id)
        return row.guid


def resize_segment(project: Project, *, segment: SegmentRef, start: int, stop: int) -> str:
    """Moves the borders of a passage with everything that hangs on it."""
    with project.unit(_("Resize passage")) as session:
        return _move(project, get(session, Segment, segment), start, stop).guid


def _move(project: Project, segment: Segment, start: int, stop: int) -> Segment:
    session = project.session
    source = session.get_one(Source, segment.source_id)
    if not 0 <= start < stop <= source.length:
        raise KnownError(
            _("{start}–{stop} is no passage of “{title}” ({length} characters).").format(
                start=start, stop=stop, title=source.title, length=source.length
            )
        )
    others = [
        s for s in rows(session, Segment, source_id=source.id, start=start, stop=stop) if s.id != segment.id
    ]
    if others:
        move_attachments(session, segment, others[0])
        delete(session, segment)
        return others[0]
    segment.start, segment.stop = start, stop
    session.flush()
    return segment
