"""What is coded of a hit: itself, its whole words, its sentence, paragraph or turn. Places: code points."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, get_args

from sqlalchemy import Connection, select

from qda.coding.access import AT_ONCE
from qda.coding.positions import Span
from qda.coding.units import sentences, snap, trim
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Paragraph, Source

Extent = Literal["as_found", "words", "sentence", "paragraph", "turn"]
EXTENTS: Final[tuple[Extent, ...]] = get_args(Extent)
Place = tuple[str, int, int]  # document (GUID), start, stop


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph: where it begins, where its words begin and end, whether it opens a turn."""

    start: int
    label_stop: int
    stop: int
    opens_turn: bool


class Text:
    """One document, with what lies around a place of it."""

    def __init__(self, db: Connection, source: str) -> None:
        row = db.execute(select(Source.id, Source.text).where(Source.guid == source)).one()
        self.words: str = row.text
        query = (
            select(Paragraph.start, Paragraph.label_stop, Paragraph.stop, Paragraph.opens_turn)
            .where(Paragraph.source_id == row.id)
            .order_by(Paragraph.start)
        )
        self._lines = [_Line(*line) for line in db.execute(query)]

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self._lines]

    def _at(self, place: int) -> int:
        return max(0, bisect_right(self._starts, place) - 1)

    def around(self, start: int, stop: int, extent: Extent) -> Span:
        """The extent of what lies at ``start``–``stop``, without blanks at its ends."""
        here = Span(start, stop)
        if extent == "as_found" or not self._lines:
            return here
        if extent == "words":
            return snap(self.words, here) or here
        first, last = self._at(start), self._at(max(start, stop - 1))
        if extent == "sentence":
            begin = self._sentence(first, start).start
            end = self._sentence(last, max(start, stop - 1)).stop
        elif extent == "paragraph":
            begin, end = self._lines[first].label_stop, self._lines[last].stop
        else:
            begin, end = self._turn(first).start, self._turn(last).stop
        return trim(self.words, Span(min(begin, start), max(end, stop))) or here

    def _sentence(self, line: int, place: int) -> Span:
        within = Span(self._lines[line].label_stop, self._lines[line].stop)
        found = sentences(self.words, within)
        return next((one for one in reversed(found) if one.start <= place), found[0] if found else within)

    def _turn(self, line: int) -> Span:
        first = line
        while first > 0 and not self._lines[first].opens_turn:
            first -= 1
        last = line
        while last + 1 < len(self._lines) and not self._lines[last + 1].opens_turn:
            last += 1
        return Span(self._lines[first].label_stop, self._lines[last].stop)


def extended(db: Connection, places: Iterable[Place], extent: Extent) -> list[Place]:
    """Each place with its extent, in the same order."""
    if extent == "as_found":
        return list(places)
    texts: dict[str, Text] = {}
    found: list[Place] = []
    for source, start, stop in places:
        if source not in texts:
            texts = {source: Text(db, source)}
        span = texts[source].around(start, stop, extent)
        found.append((source, span.start, span.stop))
    return found


def coded_with(project: Project, code: str, places: Sequence[Place]) -> list[bool]:
    """Which of the places lie in a passage that has this code (GUID) already, whoever coded it."""
    covered: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sources = {place[0] for place in places}
    with project.read() as db:
        query = (
            select(Source.guid, Segment.start, Segment.stop)
            .join(Segment, Segment.source_id == Source.id)
            .join(Coding, Coding.segment_id == Segment.id)
            .join(Code, Code.id == Coding.code_id)
            .where(Code.guid == code)
            .order_by(Source.id, Segment.start)
        )
        if len(sources) <= AT_ONCE:
            query = query.where(Source.guid.in_(sources))
        for source, start, stop in db.execute(query):
            covered[source].append((start, stop))
    reach = {source: _reaching(spans) for source, spans in covered.items()}
    found: list[bool] = []
    for source, start, stop in places:
        starts, ends = reach.get(source, ([], []))
        at = bisect_right(starts, start) - 1
        found.append(at >= 0 and ends[at] >= stop)
    return found


def _reaching(spans: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Where passages begin, and how far those that began up to there reach."""
    starts: list[int] = []
    ends: list[int] = []
    for start, stop in sorted(spans):
        starts.append(start)
        ends.append(max(stop, ends[-1]) if ends else stop)
    return starts, ends
