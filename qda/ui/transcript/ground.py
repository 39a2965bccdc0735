"""Paints what lies under the text of visible lines: tints, hits of a search, the selection."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QTextDocument

from qda.ui import theme
from qda.ui.theme import Tokens
from qda.ui.transcript.frame import Frame, VisibleLine, edges, text_line, tint_rect
from qda.ui.transcript.marks import Mark

Units = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line under the same codings."""

    start: int
    stop: int
    colours: tuple[int, ...]
    hot: Mark | None  # the coding under the pointer or selected, if it is one of them


@dataclass(slots=True)
class Lit:
    """What is set apart beyond the codings; units of the document."""

    selection: Units | None = None
    hits: Sequence[Units] = ()
    hit: Units | None = None  # the current one
    target: Units | None = None  # where a dragged code would land
    hot: tuple[str, ...] = ()  # guids, the most important first
    active: Mark | None = None  # shows handles at its ends
    spot: Units | None = None  # what one works on while all else recedes
    quiet_blocks: Callable[[int], bool] = field(default=lambda _number: False)


def runs(line_start: int, line_stop: int, marks: Sequence[Mark], hot: Sequence[str]) -> list[Run]:
    """The line from ``line_start`` to ``line_stop`` cut where a coding begins or ends."""
    inside = [mark for mark in marks if mark.start < line_stop and mark.stop > line_start]
    cuts = sorted(
        {max(mark.start, line_start) for mark in inside} | {min(mark.stop, line_stop) for mark in inside}
    )
    found: list[Run] = []
    for start, stop in pairwise(cuts):
        over = [mark for mark in inside if mark.start < stop and mark.stop > start]
        if over:
            by_guid = {mark.row.guid: mark for mark in over}
            first_hot = next((by_guid[guid] for guid in hot if guid in by_guid), None)
            found.append(Run(start, stop, tuple(sorted(mark.row.colour for mark in over)), first_hot))
    return found


class Ground:
    """One paint of the ground of a page."""

    def __init__(self, painter: QPainter, document: QTextDocument, frame: Frame, colours: Tokens) -> None:
        self._painter = painter
        self._document = document
        self._frame = frame
        self._theme = colours

    def paint(self, area: QRect, lit: Lit, bidirectional: frozenset[int]) -> None:
        """Paints the lines that meet ``area``."""
        height = self._frame.geometry.line
        for line in self._frame.lines:
            top = self._frame.top(line)
            if top > area.bottom() + 1 or top + 1.2 * height < area.top():
                continue
            self._line(line, lit, line.block in bidirectional)

    def _line(self, line: VisibleLine, lit: Lit, bidirectional: bool) -> None:
        geometry = self._frame.geometry
        qt_line, offset = text_line(self._document, line)

        def places(units: Units) -> list[tuple[float, float]]:
            return edges(qt_line, offset, *units, bidirectional=bidirectional)

        for run in runs(line.start, line.stop, self._frame.marks, lit.hot):
            for left, right in places((run.start, run.stop)):
                self._tint(run, tint_rect(geometry, line, left, right), lit.quiet_blocks(line.block))
        if lit.active and lit.selection is None:
            self._handles(line, lit.active, places((lit.active.start, lit.active.stop)))
        for hit in lit.hits:
            if hit[0] < line.stop and hit[1] > line.start:
                for left, right in places(hit):
                    place = tint_rect(geometry, line, left, right)
                    self._hit(place, current=hit == lit.hit, quiet=lit.quiet_blocks(line.block))
        if lit.selection:
            plain = lit.selection == lit.spot  # lit by what recedes around it: its tints stay visible
            self._selection(line, lit.selection, places(lit.selection), filled=not plain)
        if lit.target:
            for left, right in places(lit.target):
                self._frame_around(tint_rect(geometry, line, left - 2, right + 2))

    def _tint(self, run: Run, rect: QRectF, quiet: bool) -> None:
        dark = self._theme.dark
        if run.hot is None:
            self._painter.fillRect(rect, theme.tint(run.colours, dark))
            return
        colour = run.hot.row.colour
        # secondary text does not keep its contrast on the deeper tint: there the line below must do
        self._painter.fillRect(rect, theme.tint([colour], dark, deeper=not quiet))
        underline = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 2)
        self._painter.fillRect(underline, theme.code_colour(colour, dark))

    def _hit(self, rect: QRectF, *, current: bool, quiet: bool) -> None:
        if current:
            if not quiet:  # secondary text would lose its contrast there
                self._painter.fillRect(rect, QColor(self._theme.text_selection))
            self._frame_around(rect)
            return
        underline = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 2)
        self._painter.fillRect(underline, QColor(self._theme.accent))

    def _frame_around(self, rect: QRectF) -> None:
        self._painter.setPen(QPen(QColor(self._theme.accent), 2))
        self._painter.drawRect(rect)

    def _handles(self, line: VisibleLine, mark: Mark, places: list[tuple[float, float]]) -> None:
        """Bars with a knob at the ends of the coding that is set apart: they can be dragged."""
        if not places:
            return
        colour = theme.code_colour(mark.row.colour, self._theme.dark)
        top, height = self._frame.top(line), self._frame.geometry.line
        knob = self._frame.geometry.px(6)
        ends = [(line.start <= mark.start < line.stop, places[0][0], top)]
        ends.append((line.start < mark.stop <= line.stop, places[-1][1], top + height - knob))
        for here, middle, knob_top in ends:
            if here:
                self._painter.fillRect(QRectF(middle - 1, top, 2, height), colour)
                self._painter.fillRect(QRectF(middle - knob / 2, knob_top, knob, knob), colour)

    def _selection(
        self, line: VisibleLine, units: Units, places: list[tuple[float, float]], *, filled: bool
    ) -> None:
        height = self._frame.geometry.line
        top = self._frame.top(line)
        for left, right in places if filled else ():
            self._painter.fillRect(
                QRectF(left, top, right - left, height), QColor(self._theme.text_selection)
            )
        if not places:
            return
        accent = QColor(self._theme.accent)
        if line.start <= units[0] < line.stop:
            self._painter.fillRect(QRectF(places[0][0] - 1, top, 2, height), accent)
        if line.start < units[1] <= line.stop:
            self._painter.fillRect(QRectF(places[-1][1] - 1, top, 2, height), accent)
