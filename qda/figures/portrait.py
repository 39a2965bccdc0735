"""The portrait of a document: every coding in the order of the text, as wide as its share of it.

The text runs in lines from left to right; a coding is a tile above its stretch of the line, those that
overlap lie one above the other. A tile bears its code's name where it fits. What is left out (the turns of
an interviewer, say) takes no room.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import Final

from PySide6.QtCore import QLineF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPen

from qda.figures.lettering import elided
from qda.figures.matrix_paint import mixed
from qda.figures.painting import Look, Style, TextRun, paint_runs
from qda.i18n import _, ngettext

_TILE: Final = 18.0
_GAP: Final = 2.0
_LEAD: Final = 14.0  # between lines
_EDGE: Final = 3.0
_LEAST: Final = 4.0  # the narrowest tile
_NAMED: Final = 34.0  # from this width on a tile bears a name
_GUTTER: Final = 44.0
_LINES: Final = 20  # so many lines where nothing else is wished for
_SHORTEST: Final = 300  # characters a line
_TINT: Final = 0.22


@dataclass(frozen=True, slots=True)
class Stretch:
    """A code on a stretch of the text, in code points."""

    name: str
    colour: int
    start: int
    stop: int


@dataclass(frozen=True)
class PortraitFigure:
    """A document as its codings. ``left_out`` are spans that take no room; ``marks`` are the numbers of
    paragraphs with their places; ``per_line`` characters stand in a line (0: as it fits)."""

    stretches: tuple[Stretch, ...]
    length: int
    left_out: tuple[tuple[int, int], ...] = ()
    marks: tuple[tuple[str, int], ...] = field(repr=False, default=())
    per_line: int = 0
    title: str = ""

    def arrange(self, *, width: float, look: Look) -> "PortraitLayout":
        """Lays the lines out for ``width``."""
        return _Laying(self, width, look).layout()

    @cached_property
    def _before(self) -> tuple[list[int], list[int]]:
        """The starts of what is left out, and how much of it lies before the end of each."""
        starts, gone, taken = [], [], 0
        for start, stop in self.left_out:
            starts.append(start)
            taken += stop - start
            gone.append(taken)
        return starts, gone

    def kept(self, place: int) -> int:
        """A place counted without what is left out before it."""
        starts, gone = self._before
        at = bisect_right(starts, place) - 1
        if at < 0:
            return place
        start, stop = self.left_out[at]
        before = gone[at] - (stop - start)
        return place - before - (min(place, stop) - start)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch in one line; ``stretch`` counts in the figure, ``first``: it begins here."""

    stretch: int
    line: int
    rect: QRectF
    words: str
    first: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: where its tiles stand, and the number of the paragraph that stands first."""

    top: float
    bottom: float
    right: float
    mark: str


@dataclass(frozen=True)
class PortraitLayout:
    """A portrait laid out."""

    figure: PortraitFigure
    look: Look
    width: float
    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]
    by_line: tuple[tuple[int, ...], ...] = field(repr=False)

    @property
    def size(self) -> QSizeF:
        """The whole."""
        margin = self.look.px(self.look.margin)
        return QSizeF(self.width, (self.lines[-1].bottom if self.lines else margin) + margin)

    @cached_property
    def of_stretch(self) -> dict[int, list[int]]:
        """The pieces of each stretch that is seen."""
        found: dict[int, list[int]] = defaultdict(list)
        for at, piece in enumerate(self.pieces):
            found[piece.stretch].append(at)
        return found

    def at(self, x: float, y: float) -> int:
        """The stretch at a point; -1 where there is none."""
        line = bisect_right([one.top for one in self.lines], y) - 1
        for at in reversed(self.by_line[line]) if 0 <= line < len(self.by_line) else ():
            if self.pieces[at].rect.contains(x, y):
                return self.pieces[at].stretch
        return -1

    def paint(self, painter: QPainter) -> None:
        """Paints the whole."""
        painter.fillRect(QRectF(0, 0, self.width, self.size.height()), QColor(self.look.palette.paper))
        self.paint_part(painter, 0.0, self.size.height())

    def paint_part(self, painter: QPainter, top: float, bottom: float) -> None:
        """Paints the lines between two heights."""
        for at, line in enumerate(self.lines):
            if line.bottom >= top and line.top <= bottom:
                self._line(painter, line)
                for piece in self.by_line[at]:
                    self._piece(painter, self.pieces[piece])

    def _line(self, painter: QPainter, line: Line) -> None:
        look, small = self.look, self.look.metrics(Style.SMALL)
        left = look.px(look.margin + _GUTTER)
        painter.setPen(QPen(QColor(look.palette.control_frame), look.px(1)))
        painter.drawLine(QLineF(left, line.bottom, line.right, line.bottom))
        if line.mark:
            x = left - look.px(8) - small.horizontalAdvance(line.mark)
            run = TextRun(line.mark, x, line.bottom - look.px(2), Style.SMALL, "minor")
            paint_runs(painter, (run,), look)

    def _piece(self, painter: QPainter, piece: Piece) -> None:
        look, rect = self.look, piece.rect
        colour = look.palette.code(self.figure.stretches[piece.stretch].colour)
        painter.fillRect(rect, mixed(look.palette.paper, colour, _TINT))
        edge = min(look.px(_EDGE), rect.width())
        if piece.first:
            painter.fillRect(QRectF(rect.left(), rect.top(), edge, rect.height()), colour)
        low = look.px(2)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - low, rect.width(), low), colour)
        if piece.words:
            small = look.metrics(Style.SMALL)
            base = rect.top() + (rect.height() - low + small.ascent() - small.descent()) / 2
            run = TextRun(piece.words, rect.left() + edge + look.px(3), base, Style.SMALL, "text")
            paint_runs(painter, (run,), look)


class _Laying:
    """Breaks the text into lines and finds a place for each tile."""

    def __init__(self, figure: PortraitFigure, width: float, look: Look) -> None:
        self._figure, self._look, self._width = figure, look, width
        self._left = look.px(look.margin + _GUTTER)
        self._room = max(look.px(120), width - self._left - look.px(look.margin))
        self._kept = max(1, figure.kept(figure.length))
        self._per_line = figure.per_line or max(_SHORTEST, ceil(self._kept / _LINES))

    def layout(self) -> PortraitLayout:
        """The portrait in its places."""
        count = max(1, ceil(self._kept / self._per_line))
        parts = self._parts(count)
        top = self._look.px(self._look.margin)
        lines: list[Line] = []
        pieces: list[Piece] = []
        by_line: list[tuple[int, ...]] = []
        for at in range(count):
            placed, lanes = self._stacked(parts[at])
            high = max(lanes, 1) * self._look.px(_TILE + _GAP) if lanes else self._look.px(4)
            bottom = top + high
            here = []
            for stretch, left, right, lane, first in placed:
                lift = bottom - (lane + 1) * self._look.px(_TILE + _GAP)
                rect = QRectF(left, lift, right - left, self._look.px(_TILE))
                here.append(len(pieces))
                pieces.append(Piece(stretch, at, rect, self._words(stretch, rect.width()), first))
            by_line.append(tuple(here))
            end = min(self._kept - at * self._per_line, self._per_line)
            right = self._left + self._room * end / self._per_line
            lines.append(Line(top, bottom, right, self._mark(at)))
            top = bottom + self._look.px(_LEAD)
        return PortraitLayout(
            self._figure, self._look, self._width, tuple(lines), tuple(pieces), tuple(by_line)
        )

    def _parts(self, count: int) -> list[list[tuple[int, int, int, bool]]]:
        """For each line its stretches: which, from where to where in the line, whether it begins there."""
        found: list[list[tuple[int, int, int, bool]]] = [[] for _line in range(count)]
        for at, one in enumerate(self._figure.stretches):
            start, stop = self._figure.kept(one.start), self._figure.kept(one.stop)
            if stop <= start:
                continue
            first, last = start // self._per_line, (stop - 1) // self._per_line
            for line in range(first, min(last, count - 1) + 1):
                offset = line * self._per_line
                low, high = max(start, offset) - offset, min(stop, offset + self._per_line) - offset
                found[line].append((at, low, high, line == first))
        return found

    def _stacked(
        self, parts: Sequence[tuple[int, int, int, bool]]
    ) -> tuple[list[tuple[int, float, float, int, bool]], int]:
        """The tiles of a line, each in the lowest lane that is free, and how many lanes that takes."""
        ends: list[float] = []
        placed = []
        for stretch, low, high, first in sorted(parts, key=lambda part: (part[1], -part[2])):
            left = self._left + self._room * low / self._per_line
            right = max(left + self._look.px(_LEAST), self._left + self._room * high / self._per_line)
            lane = next((at for at, end in enumerate(ends) if end <= left + 0.01), len(ends))
            ends[lane : lane + 1] = [right + 1]
            placed.append((stretch, left, right - (1 if right - left > self._look.px(6) else 0), lane, first))
        return placed, len(ends)

    def _words(self, stretch: int, width: float) -> str:
        look = self._look
        if width < look.px(_NAMED):
            return ""
        name = self._figure.stretches[stretch].name
        words = elided(name, width - look.px(_EDGE + 6), look.metrics(Style.SMALL))
        return words if len(words) > 2 else ""

    @cached_property
    def _places(self) -> list[int]:
        return [self._figure.kept(place) for _number, place in self._figure.marks]

    def _mark(self, line: int) -> str:
        """The number of the paragraph in which a line begins."""
        at = bisect_right(self._places, line * self._per_line) - 1
        return self._figure.marks[at][0] if at >= 0 else ""


def describe(figure: PortraitFigure) -> str:
    """The portrait in a sentence."""
    count = len(figure.stretches)
    told = ngettext("{n} coding in the order of the text", "{n} codings in the order of the text", count)
    names = len({one.name for one in figure.stretches})
    codes = ngettext("{n} code", "{n} codes", names).format(n=names)
    return _("{title}: {codings}, {codes}.").format(
        title=figure.title, codings=told.format(n=count), codes=codes
    )
