"""What the document shows of the stored text, and which place of one is which place of the other.

The stored text keeps the speakers' labels ("B: …"); the view sets them apart in its left margin, and a
text document cannot hide characters. So the document holds each paragraph without its label as one
block, and this module alone translates: *points* are code points of the stored text, *units* are
UTF-16 units of the document.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from qda.coding.positions import QtPositions, Span
from qda.ui.transcript.rows import ParagraphRow

LINE_BREAK: Final = "\u2028"  # inside a block; as long as the line feed that it stands for
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
Ints = npt.NDArray[np.int64]


class ShownText:
    """A stored text with its paragraphs, as the document shows it. Immutable."""

    def __init__(self, text: str, paragraphs: Sequence[ParagraphRow]) -> None:
        self.text = text
        self.paragraphs = tuple(sorted(paragraphs, key=lambda row: row.start))
        self._positions = QtPositions(text)
        self._starts: Ints = np.array([row.start for row in self.paragraphs], dtype=np.int64)
        self._shown: Ints = np.array([self._shown_start(row) for row in self.paragraphs], dtype=np.int64)
        self._stops: Ints = np.array([row.stop for row in self.paragraphs], dtype=np.int64)
        shown_qt = self._positions.many_to_qt(self._shown)
        lengths = self._positions.many_to_qt(self._stops) - shown_qt
        blocks: Ints = np.concatenate(([0], np.cumsum(lengths + 1)[:-1])) if len(lengths) else lengths
        self._block_starts = blocks
        self._lengths = lengths
        self._shift = blocks - shown_qt  # from units of the stored text to units of the document
        self._block_list: list[int] = blocks.tolist()

    def _shown_start(self, row: ParagraphRow) -> int:
        """Where the words begin: behind the label and the blanks after it."""
        at = row.label_stop
        while row.start < at < row.stop and self.text[at] in " \t\u00a0":
            at += 1
        return at

    def block_text(self, number: int) -> str:
        """The text of block ``number``, with line separators for line feeds."""
        shown = self.text[self._shown[number] : self._stops[number]]
        return shown.replace("\n", LINE_BREAK).replace("\u2029", LINE_BREAK)

    def shown_span(self, number: int) -> Span:
        """The points that block ``number`` shows."""
        return Span(int(self._shown[number]), int(self._stops[number]))

    @property
    def units(self) -> int:
        """The length of the document, without its last paragraph separator."""
        return int(self._block_starts[-1] + self._lengths[-1]) if self.paragraphs else 0

    def paragraph_at(self, point: int) -> int:
        """The number of the paragraph that holds ``point``, or of the last one before it."""
        return max(0, int(np.searchsorted(self._starts, point, side="right")) - 1)

    def block_at(self, unit: int) -> int:
        """The number of the block that holds ``unit``."""
        return max(0, bisect_right(self._block_list, unit) - 1)

    def to_units(self, points: Ints) -> Ints:
        """The document's units for stored points; a point in a hidden label falls on the first word."""
        if not self.paragraphs:
            return np.zeros_like(points)
        at = np.maximum(np.searchsorted(self._starts, points, side="right") - 1, 0)
        inside = np.clip(points, self._shown[at], self._stops[at])
        return self._positions.many_to_qt(inside) + self._shift[at]

    def to_unit(self, point: int) -> int:
        """As :meth:`to_units`, for one point."""
        if not self.paragraphs:
            return 0
        at = self.paragraph_at(point)
        inside = min(max(point, int(self._shown[at])), int(self._stops[at]))
        return self._positions.to_qt(inside) + int(self._shift[at])

    def units_of(self, spans: Sequence[Span]) -> list[tuple[int, int]]:
        """The document's units of many spans at once: a letter may have ten thousand hits."""
        ends = np.array([(span.start, span.stop) for span in spans], dtype=np.int64).reshape(-1)
        units = self.to_units(ends).tolist()
        return list(zip(units[::2], units[1::2], strict=True))

    def to_point(self, unit: int) -> int:
        """The stored point shown at ``unit``; a block's separator is the end of its paragraph."""
        if not self.paragraphs:
            return 0
        at = self.block_at(unit)
        inside = min(unit - self._block_list[at], int(self._lengths[at]))
        stored = inside + self._block_list[at] - int(self._shift[at])
        return self._positions.from_qt(stored)

    def span(self, start: int, stop: int) -> Span:
        """The stored span that the units from ``start`` to ``stop`` show.

        An end that only touches a neighbouring block does not take that block's hidden label in.
        """
        if not self.paragraphs:
            return Span(0, 0)
        first, last = self.block_at(start), self.block_at(stop)
        while first < last and start >= self._block_list[first] + int(self._lengths[first]):
            first += 1
            start = self._block_list[first]
        while first < last and stop <= self._block_list[last]:
            last -= 1
            stop = self._block_list[last] + int(self._lengths[last])
        begin = self.to_point(start)
        return Span(begin, max(begin, self.to_point(stop)))

    def block_range(self, number: int) -> tuple[int, int]:
        """The units of block ``number``: first and one past the last, without the separator."""
        first = self._block_list[number]
        return first, first + int(self._lengths[number])

    def block_stops(self, units: Ints) -> Ints:
        """For each unit, where its block ends."""
        at = np.maximum(np.searchsorted(self._block_starts, units, side="right") - 1, 0)
        return self._block_starts[at] + self._lengths[at]

    @cached_property
    def bidirectional(self) -> frozenset[int]:
        """The blocks that hold letters written from right to left."""
        if not _RIGHT_TO_LEFT.search(self.text):
            return frozenset()
        rows = enumerate(self.paragraphs)
        return frozenset(at for at, row in rows if _RIGHT_TO_LEFT.search(self.text, row.start, row.stop))

    @cached_property
    def turn_starts(self) -> tuple[int, ...]:
        """The numbers of the paragraphs that begin a turn: a label, another speaker, or no interview text."""
        starts: list[int] = []
        before: ParagraphRow | None = None
        for at, row in enumerate(self.paragraphs):
            begins = (
                before is None
                or row.opens_turn
                or row.label_stop > row.start
                or row.speaker != before.speaker
                or row.kind is not before.kind
            )
            if begins:
                starts.append(at)
            before = row
        return tuple(starts)

    def turn_at(self, point: int) -> Span:
        """What is shown of the turn that holds ``point``."""
        at = bisect_right(self.turn_starts, self.paragraph_at(point)) - 1
        last = self.turn_starts[at + 1] - 1 if at + 1 < len(self.turn_starts) else len(self.paragraphs) - 1
        return Span(int(self._shown[self.turn_starts[at]]), int(self._stops[last]))
