"""The codings of one transcript in arrays: what is visible, which lane, what comes next.

Ten thousand codings are asked for their visible ones by one mask (0.1 ms); adding or removing one touches
no other.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qda.ui.transcript import lanes
from qda.ui.transcript.mapping import ShownText
from qda.ui.transcript.rows import CodingRow

Ints = npt.NDArray[np.int64]
Keeps = Callable[[CodingRow], bool]


@dataclass(frozen=True, slots=True)
class Mark:
    """One coding in the document: ``start`` and ``stop`` are units of the document."""

    start: int
    stop: int
    lane: int
    row: CodingRow


class Marks:
    """The codings shown; the order of the arrays has no meaning."""

    def __init__(self, shown: ShownText, rows: Sequence[CodingRow] = ()) -> None:
        self._shown = shown
        self._marks: list[Mark] = []
        self._place: dict[str, int] = {}
        self._coders: Counter[str] = Counter()
        self._starts = self._stops = self._ends = self._lanes = np.zeros(0, dtype=np.int64)
        self._kept: npt.NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)  # by the filter
        self._keeps: Keeps | None = None
        self._exempt = ""  # shown whatever the filter says
        self._replace_all(rows)

    def __len__(self) -> int:
        return len(self._marks)

    def __contains__(self, guid: object) -> bool:
        return guid in self._place

    def mark(self, guid: str) -> Mark | None:
        """The coding ``guid``, if it is shown."""
        at = self._place.get(guid)
        return None if at is None else self._marks[at]

    # what a filter leaves in view; lanes and the order of all stay as they are

    def set_filter(self, keeps: Keeps | None) -> None:
        """Only what ``keeps`` says yes to is found at a place or next to one; none: everything."""
        self._keeps = keeps
        self._ask_again()

    def set_exempt(self, guid: str) -> bool:
        """One coding is shown whatever the filter says; True where that makes a difference."""
        touched = [self._place[one] for one in (self._exempt, guid) if one in self._place]
        before = [bool(self._kept[at]) for at in touched]
        self._exempt = guid
        for at in touched:
            self._kept[at] = self._is_kept(self._marks[at].row)
        return before != [bool(self._kept[at]) for at in touched]

    def is_kept(self, guid: str) -> bool:
        """Whether a coding is shown and not held back by the filter."""
        at = self._place.get(guid)
        return at is not None and bool(self._kept[at])

    @property
    def kept(self) -> int:
        """How many codings the filter leaves."""
        return int(np.count_nonzero(self._kept))

    def _is_kept(self, row: CodingRow) -> bool:
        return self._keeps is None or row.guid == self._exempt or self._keeps(row)

    def _ask_again(self) -> None:
        if self._keeps is None:
            self._kept = np.ones(len(self), np.bool_)
            return
        self._kept = np.fromiter((self._is_kept(mark.row) for mark in self._marks), np.bool_, len(self))

    def lane_of(self, guid: str) -> int:
        """The lane of the coding ``guid``; KeyError if it is not shown."""
        return self._marks[self._place[guid]].lane

    def update(self, rows: Iterable[CodingRow]) -> list[Mark]:
        """Shows exactly ``rows``; returns the marks that came or went.

        A handful of changes is put in one by one and moves no other bracket; more are laid out afresh.
        """
        if not self._marks:  # as after opening, where nothing is to be compared
            self._replace_all(list(rows))
            return list(self._marks)
        wanted = {row.guid: row for row in rows}
        gone = [mark for guid, at in self._place.items() if wanted.get(guid) != (mark := self._marks[at]).row]
        removed = {mark.row.guid for mark in gone}
        new = [row for guid, row in wanted.items() if guid in removed or guid not in self._place]
        if len(gone) + len(new) > max(16, len(self._marks) // 20):
            self._replace_all(list(wanted.values()))
            return [*gone, *self._marks]
        for mark in gone:
            self.remove(mark.row.guid)
        return [*gone, *(self.add(row) for row in new)]

    def add(self, row: CodingRow) -> Mark:
        """Shows one more coding, in the first lane that is free at its place."""
        if row.guid in self._place:
            self.remove(row.guid)
        units = self._shown.to_units(np.array([row.start, row.stop], dtype=np.int64))
        start, stop = int(units[0]), int(units[1])
        end = int(self._ends_of(units[1:])[0])
        beside = (self._starts < end) & (self._ends > start)
        mark = Mark(start, stop, lanes.lane_beside(self._lanes[beside]), row)
        self._coders[row.coder] += 1
        self._place[row.guid] = len(self._marks)
        self._marks.append(mark)
        self._starts = np.append(self._starts, start)
        self._stops = np.append(self._stops, stop)
        self._ends = np.append(self._ends, end)
        self._lanes = np.append(self._lanes, mark.lane)
        self._kept = np.append(self._kept, self._is_kept(row))
        return mark

    def remove(self, guid: str) -> Mark | None:
        """Takes one coding away; the last one moves into its place."""
        at = self._place.pop(guid, None)
        if at is None:
            return None
        gone, last = self._marks[at], self._marks.pop()
        self._coders -= Counter((gone.row.coder,))
        if last is not gone:
            self._marks[at] = last
            self._place[last.row.guid] = at
        for array in (self._starts, self._stops, self._ends, self._lanes):
            array[at] = array[-1]
        self._starts, self._stops = self._starts[:-1], self._stops[:-1]
        self._ends, self._lanes = self._ends[:-1], self._lanes[:-1]
        self._kept[at] = self._kept[-1]
        self._kept = self._kept[:-1]
        return gone

    def between(self, start: int, stop: int) -> list[Mark]:
        """The marks in view that share a unit with ``start``–``stop``, by place, the longest first."""
        hits = np.flatnonzero((self._starts < stop) & (self._stops > start) & self._kept)
        return self._sorted(hits)

    def at(self, unit: int) -> list[Mark]:
        """The marks over ``unit``, the shortest first."""
        found = self.between(unit, unit + 1)
        return sorted(found, key=lambda mark: mark.stop - mark.start)

    def neighbour(self, unit: int, guid: str, *, forward: bool) -> Mark | None:
        """The next (or previous) coding in the order of the text, from ``guid`` or else from ``unit``."""
        here = self.mark(guid) if self.is_kept(guid) else None
        at = here.start if here else unit
        if here:
            same = self._sorted(np.flatnonzero((self._starts == at) & self._kept))
            beside = same.index(here) + (1 if forward else -1)
            if 0 <= beside < len(same):
                return same[beside]
        beyond = (self._starts > at if forward else self._starts < at) & self._kept
        if not beyond.any():
            return None
        others = self._starts[beyond]
        nearest = others.min() if forward else others.max()
        group = self._sorted(np.flatnonzero((self._starts == nearest) & self._kept))
        return group[0 if forward else -1]

    @property
    def spans(self) -> tuple[Ints, Ints]:
        """Where all codings start and stop in the document, whatever the filter says; in no order."""
        return self._starts, self._stops

    def coders(self) -> int:
        """How many people coded what is shown."""
        return len(self._coders)

    def _replace_all(self, rows: Sequence[CodingRow]) -> None:
        starts: Ints = np.array([row.start for row in rows], dtype=np.int64)
        stops: Ints = np.array([row.stop for row in rows], dtype=np.int64)
        self._starts, self._stops = self._shown.to_units(starts), self._shown.to_units(stops)
        self._ends = self._ends_of(self._stops)
        self._lanes = lanes.assign(self._starts, self._ends)
        places = zip(self._starts.tolist(), self._stops.tolist(), self._lanes.tolist(), rows, strict=True)
        self._marks = [Mark(start, stop, lane, row) for start, stop, lane, row in places]
        self._place = {row.guid: at for at, row in enumerate(rows)}
        self._coders = Counter(row.coder for row in rows)
        self._ask_again()

    def _ends_of(self, stops: Ints) -> Ints:
        if not self._shown.paragraphs:
            return stops
        # one less: a coding that ends with its paragraph belongs to that block, not to the next
        return np.maximum(stops, np.minimum(stops + lanes.MEASURE, self._shown.block_stops(stops - 1)))

    def _marks_of(self, places: npt.NDArray[np.intp]) -> list[Mark]:
        return [self._marks[at] for at in places.tolist()]

    def _sorted(self, places: npt.NDArray[np.intp]) -> list[Mark]:
        return sorted(self._marks_of(places), key=_order)


def _order(mark: Mark) -> tuple[int, int, str]:
    return mark.start, -mark.stop, mark.row.guid
