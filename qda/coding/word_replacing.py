"""Replacing words in all transcripts at once: found as they are written, each seen before, one act for all.

Only what is said is looked at: labels of speakers, names and titles stay.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from qda.coding.correcting import correct, vanishing
from qda.coding.material import stored_text
from qda.coding.positions import normalise
from qda.coding.references import CaseRef, SourceRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.material import Case, Paragraph, Source, Speaker
from qda.models.splicing import Hunk

_AROUND = 70  # signs of context before and behind


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is replaced by what, and where: in these documents, in what this case says (else in all)."""

    words: str
    by: str = ""
    whole: bool = True
    match_case: bool = False
    sources: tuple[str, ...] = ()
    case: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where the words stand. ``lost`` are codes of passages that would have no words left."""

    source: str
    title: str
    number: str  # of the paragraph
    speaker: str
    start: int
    stop: int
    before: str
    words: str
    after: str
    lost: tuple[str, ...] = ()

    @property
    def passage(self) -> str:
        """The place as acts take it: SOURCE:START-STOP."""
        return f"{self.source}:{self.start}-{self.stop}"


def wanted_pattern(wanted: Wanted) -> re.Pattern[str] | None:
    """What finds the words; None where there is nothing to find. A blank finds any blanks in a line."""
    words = normalise(wanted.words)[0].split()
    if not words:
        return None
    found = r"[^\S\n]+".join(map(re.escape, words))
    if wanted.whole:
        found = rf"(?<![\w\u0300-\u036f]){found}(?![\w\u0300-\u036f])"
    return re.compile(found, 0 if wanted.match_case else re.IGNORECASE)


def places(project: Project, wanted: Wanted) -> Iterator[list[Place]]:
    """The places of one document after the other, an empty list where there are none in it.

    Documents are read as one goes on; whoever has to answer meanwhile stops between two of them.
    """
    pattern = wanted_pattern(wanted)
    if pattern is None:
        return
    with project.read() as db:
        query = select(Source.id, Source.guid, Source.title, Source.case_id)
        rows = db.execute(query.order_by(Source.position, Source.id)).all()
        cases = _inside(db, wanted.case)
    for row in rows:
        if not wanted.sources or row.guid in wanted.sources:
            with project.read() as db:
                found = list(_in_document(db, row.guid, row.title, pattern, _spoken(db, row, cases)))
            yield _with_losses(project, found, wanted.by)


def _inside(db: Connection, case: str) -> frozenset[int] | None:
    """The case and those inside it; None where all are wanted."""
    if not case:
        return None
    own = select(Case.id).where(Case.guid == case)
    query = select(Case.id).where((Case.guid == case) | Case.parent_id.in_(own))
    return frozenset(db.execute(query).scalars())


@dataclass(frozen=True, slots=True)
class _Said:
    start: int
    stop: int
    number: str
    speaker: str


def _spoken(db: Connection, source: Any, cases: frozenset[int] | None) -> list[_Said]:
    """What is said in a document (its row) by anyone, or by these cases."""
    query = (
        select(Paragraph.label_stop, Paragraph.stop, Paragraph.number, Speaker.label, Speaker.case_id)
        .outerjoin(Speaker, Speaker.id == Paragraph.speaker_id)
        .where(Paragraph.source_id == source.id)
        .order_by(Paragraph.start)
    )
    whose = source.case_id
    return [
        _Said(row.label_stop, row.stop, row.number, row.label or "")
        for row in db.execute(query)
        if cases is None or (row.case_id or whose) in cases
    ]


def _in_document(
    db: Connection, guid: str, title: str, pattern: re.Pattern[str], said: Sequence[_Said]
) -> Iterator[Place]:
    if not said:
        return
    text = stored_text(db, guid)
    starts = [one.start for one in said]
    for hit in pattern.finditer(text):
        one = said[max(0, bisect_right(starts, hit.start()) - 1)]
        if not one.start <= hit.start() <= hit.end() <= one.stop:
            continue
        before = _context(text[one.start : hit.start()][::-1])[::-1]
        after = _context(text[hit.end() : one.stop])
        yield Place(guid, title, one.number, one.speaker, hit.start(), hit.end(), before, hit[0], after)


def _context(words: str) -> str:
    """The nearest words; none is cut."""
    if len(words) <= _AROUND:
        return words.rstrip()
    return words[: words.rfind(" ", 1, _AROUND) if " " in words[1:_AROUND] else _AROUND] + " …"


def _with_losses(project: Project, found: list[Place], by: str) -> list[Place]:
    """Marks the places whose replacement takes passages away; only nothing, or a blank, does."""
    if not found or normalise(by)[0].strip():
        return found
    from qda.coding.codes import marks

    source = found[0].source
    lost = vanishing(project, source=source, hunks=_hunks(found, by))
    if not lost:
        return found
    named: dict[str, list[str]] = defaultdict(list)
    for mark in marks(project, source):
        named[mark.segment].append(mark.name)
    taken: dict[int, list[str]] = defaultdict(list)
    ends = [place.stop for place in found]
    for passage in lost:
        first = bisect_right(ends, passage.start)
        for at in range(first, len(found)):
            if found[at].start >= passage.stop:
                break
            taken[at] += named[passage.guid] or [_("Memo or evidence")]
    return [
        replace(place, lost=tuple(dict.fromkeys(taken[at]))) if at in taken else place
        for at, place in enumerate(found)
    ]


def _hunks(found: Sequence[Place], by: str) -> list[Hunk]:
    return [Hunk(place.start, place.words, by) for place in found]


def replace_places(project: Project, *, places: Sequence[Place], by: str) -> str:
    """Replaces the words at these places as one act. Returns the GUID of the first document.

    :raises KnownError: there are none, or a text is not the one in which they were found.
    """
    of: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        of[place.source].append(place)
    if not of:
        raise KnownError(_("There is nothing to replace."))
    label = _("Replace in all transcripts")
    words = normalise(by)[0]
    with project.unit(label):
        for source, some in of.items():
            hunks = _hunks(sorted(some, key=lambda place: place.start), words)
            correct(project, source=source, hunks=hunks, label=label)
    return next(iter(of))


def replace_in_all(
    project: Project,
    *,
    words: str,
    by: str = "",
    sources: list[SourceRef] | None = None,
    in_case: CaseRef | None = None,
    whole: bool = True,
    match_case: bool = False,
    leave: list[str] | None = None,
    dry: bool = False,
) -> str:
    """Replaces words in all transcripts, or in some, or in what a case says; codings stay on their words.

    ``leave`` are places (SOURCE:START-STOP) that stay as they are. ``dry`` changes nothing and lists the
    places, a line each: the place, what stands there and what would, and which codings would be lost.
    """
    wanted = Wanted(words, by, whole, match_case, tuple(sources or ()), in_case or "")
    stay = frozenset(leave or ())
    found = [one for some in places(project, wanted) for one in some if one.passage not in stay]
    if not found:
        raise KnownError(_("“{words}” stands in none of these texts.").format(words=words.strip()))
    if dry:
        return "\n".join(_line(one, by) for one in found)
    return replace_places(project, places=found, by=by)


def _line(place: Place, by: str) -> str:
    line = f"{place.passage}\t{place.before}[{place.words} → {by}]{place.after}".replace("\n", " ")
    if not place.lost:
        return line
    told = _("takes away: {codes}").format(codes=", ".join(place.lost))
    return f"{line}\t{told}"
