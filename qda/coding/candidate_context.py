"""Candidates as they stand in their text: the words around them, and those passed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from sqlalchemy import select

from qda.coding.candidates import Candidate
from qda.coding.material import Passages, stored_text
from qda.coding.rows import SegmentRow
from qda.models import Project
from qda.models.codes import Segment
from qda.models.inquiry import CandidatePass
from qda.models.theory import Relation

AROUND: Final = 160  # characters shown before and behind a passage; twice as many between two
_END: Final = 60  # characters of a passage that are shown at least, whatever its length
_LONGEST: Final = 700  # characters of a passage that are shown

Role = Literal["passage", "cue", "around", "left out"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line: of a passage, a cue word, what stands around, or " […] " for what is left out."""

    words: str
    role: Role
    inside: bool = False  # a cue word inside a passage


def in_context(project: Project, some: Sequence[Candidate], *, wide: int = AROUND) -> list[tuple[Piece, ...]]:
    """Each candidate with ``wide`` characters around it; a document is read once."""
    with project.read() as db:
        texts = {source: stored_text(db, source) for source in {one.segment.source for one in some}}
    return [_pieces(texts[one.segment.source], one, wide) for one in some]


def around(text: str, start: int, stop: int, *, wide: int = AROUND) -> tuple[Piece, ...]:
    """One passage with the words around it."""
    return _cut(text, [(start, stop)], [], wide)


def _pieces(text: str, one: Candidate, wide: int) -> tuple[Piece, ...]:
    spans = sorted((row.start, row.stop) for row in (one.segment, one.other) if row is not None)
    if len(spans) == 2 and spans[1][0] <= spans[0][1]:  # they overlap
        spans = [(spans[0][0], max(spans[0][1], spans[1][1]))]
    return _cut(text, spans, [(cue.start, cue.stop) for cue in one.cues], wide)


def _cut(
    text: str, spans: list[tuple[int, int]], cues: list[tuple[int, int]], wide: int
) -> tuple[Piece, ...]:
    """The stretch of ``text`` from before the first passage to behind the last one, in pieces."""
    low, high = _before(text, spans[0][0], wide), _behind(text, spans[-1][1], wide)
    kept = [(low, high)]
    for (_start, stop), (begin, _stop) in pairwise(spans):
        if begin - stop > 2 * wide:
            kept = [*kept[:-1], (kept[-1][0], _behind(text, stop, wide)), (_before(text, begin, wide), high)]
    for start, stop in spans:
        if stop - start > _LONGEST:  # what joins it to the other one stands at its ends
            gone = _behind(text, start + _LONGEST // 2, wide), _before(text, stop - _END, wide)
            kept = [part for one in kept for part in _without(one, *gone)]
    found: list[Piece] = [Piece("… ", "left out")] if low else []
    for number, (start, stop) in enumerate(kept):
        if number:
            found.append(Piece(" […] ", "left out"))
        found += _between(text, start, stop, spans, cues)
    if high < len(text):
        found.append(Piece(" …", "left out"))
    return tuple(found)


def _without(one: tuple[int, int], start: int, stop: int) -> list[tuple[int, int]]:
    """A stretch without a part in its middle."""
    if start >= stop or start <= one[0] or stop >= one[1]:
        return [one]
    return [(one[0], start), (stop, one[1])]


def _between(
    text: str, start: int, stop: int, spans: list[tuple[int, int]], cues: list[tuple[int, int]]
) -> list[Piece]:
    edges = {start, stop}
    for begin, end in (*spans, *cues):
        edges.update(edge for edge in (begin, end) if start < edge < stop)
    found = []
    ordered = sorted(edges)
    for begin, end in pairwise(ordered):
        inside = any(one[0] <= begin and end <= one[1] for one in spans)
        role: Role = "passage" if inside else "around"
        if any(one[0] <= begin and end <= one[1] for one in cues):
            role = "cue"
        found.append(Piece(text[begin:end].replace("\n", " "), role, inside))
    return found


def _before(text: str, place: int, wide: int) -> int:
    """Where a word begins, a little before ``place``."""
    low = max(0, place - wide)
    if not low:
        return 0
    blank = text.find(" ", low, place)
    return blank + 1 if blank >= 0 else place


def _behind(text: str, place: int, wide: int) -> int:
    """Where a word ends, a little behind ``place``."""
    high = min(len(text), place + wide)
    if high == len(text):
        return high
    blank = text.rfind(" ", place, high)
    return blank if blank >= 0 else place


# -- passed over --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passed:
    """A passage that was passed over for a relation: GUID of the pass, and the passage."""

    guid: str
    segment: SegmentRow


def passed_over(project: Project, relation: str) -> list[Passed]:
    """The passages passed over for a relation (GUID), the last one first."""
    with project.read() as db:
        query = (
            select(CandidatePass.guid, Segment.guid)
            .join(Segment, Segment.id == CandidatePass.segment_id)
            .join(Relation, Relation.id == CandidatePass.relation_id)
            .where(Relation.guid == relation)
            .order_by(CandidatePass.id.desc())
        )
        found = [(row[0], row[1]) for row in db.execute(query)]
        rows = Passages(db).of(segment for _guid, segment in found)
        return [Passed(guid, rows[segment]) for guid, segment in found]
