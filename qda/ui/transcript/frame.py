"""The lines in view and what lies over them: computed once a paint, shared by text and margins.

Only visible lines are ever looked at, so that the cost of a page does not grow with the transcript.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine

from qda.ui.transcript.geometry import BASELINE, LINE, Geometry
from qda.ui.transcript.marks import Mark, Marks

Edges = tuple[float, float]


@dataclass(frozen=True, slots=True)
class VisibleLine:
    """One line in view. ``start`` and ``stop`` are units of the document, ``baseline`` is in the viewport."""

    block: int
    index: int  # in its block
    count: int  # lines of its block
    start: int
    stop: int
    baseline: float


class Spanned(Protocol):
    """What lies over a stretch of the document."""

    @property
    def start(self) -> int: ...
    @property
    def stop(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Frame:
    """What one page shows, from top to bottom."""

    lines: tuple[VisibleLine, ...]
    marks: tuple[Mark, ...]
    geometry: Geometry

    def top(self, line: VisibleLine) -> float:
        """The top of a line's full height."""
        return line.baseline - self.geometry.line * BASELINE / LINE

    def rows_of(self, mark: Spanned) -> tuple[VisibleLine, VisibleLine] | None:
        """The first and the last visible line that ``mark`` touches."""
        first = bisect_right(self.lines, mark.start, key=lambda line: line.stop)
        last = bisect_left(self.lines, mark.stop, key=lambda line: line.start) - 1
        if mark.start == mark.stop:  # all of it lies in a label: it still has a bracket
            last = first
        if first > last or first >= len(self.lines):
            return None
        return self.lines[first], self.lines[last]


def frame_of(document: QTextDocument, scroll: int, height: int, geometry: Geometry, marks: Marks) -> Frame:
    """The page of ``document`` that a viewport of ``height`` shows at ``scroll``."""
    lines = _lines(document, scroll, height, geometry)
    found = marks.between(lines[0].start, lines[-1].stop) if lines else []
    return Frame(tuple(lines), tuple(found), geometry)


def _lines(document: QTextDocument, scroll: int, height: int, geometry: Geometry) -> list[VisibleLine]:
    layout = document.documentLayout()
    at = layout.hitTest(QPointF(0, scroll), Qt.HitTestAccuracy.FuzzyHit)
    block = document.findBlock(max(0, at))
    lines: list[VisibleLine] = []
    while block.isValid():
        top = layout.blockBoundingRect(block).top() - scroll
        if top > height:
            break
        lines.extend(_lines_of(block, top, height, geometry))
        block = block.next()
    return lines


def _lines_of(block: QTextBlock, top: float, height: int, geometry: Geometry) -> list[VisibleLine]:
    layout = block.layout()
    count = layout.lineCount()
    number, position = block.blockNumber(), block.position()
    lines: list[VisibleLine] = []
    # lines are of one height: in a paragraph of a thousand of them the first in view is near its share
    for index in range(max(0, int(-top / geometry.line) - 2), count):
        line = layout.lineAt(index)
        baseline = top + line.y() + line.ascent()
        if baseline < -geometry.line:
            continue
        if baseline - geometry.line > height:
            break
        start = position + line.textStart()
        stop = start + line.textLength()
        lines.append(VisibleLine(number, index, count, start, stop, baseline))
    return lines


def text_line(document: QTextDocument, line: VisibleLine) -> tuple[QTextLine, int]:
    """Qt's line and its block's first unit; to be used at once, a new layout ends it."""
    block = document.findBlockByNumber(line.block)
    return block.layout().lineAt(line.index), block.position()


def edges(line: QTextLine, offset: int, start: int, stop: int, *, bidirectional: bool) -> list[Edges]:
    """Left and right ends of the units from ``start`` to ``stop`` in ``line``, without blanks at a wrap.

    Where writing runs both ways one span has several pieces.
    """
    begin, end = line.textStart() + offset, line.textStart() + line.textLength() + offset
    start, stop = max(start, begin), min(stop, end)
    if start >= stop:
        return []
    if bidirectional:
        return _pieces(line, offset, start, stop)
    left = _x(line, start - offset)
    right = _x(line, stop - offset)
    if stop == end:
        right = min(right, line.x() + line.naturalTextWidth())
    return [(left, right)] if right > left else []


def _pieces(line: QTextLine, offset: int, start: int, stop: int) -> list[Edges]:
    signs: list[Edges] = []
    for unit in range(start - offset, stop - offset):
        leading = _x(line, unit)
        trailing = _x(line, unit, QTextLine.Edge.Trailing)
        signs.append((min(leading, trailing), max(leading, trailing)))
    return joined(signs)


def joined(parts: Sequence[Edges]) -> list[Edges]:
    """``parts`` from left to right, with those that touch made one."""
    done: list[Edges] = []
    for left, right in sorted(parts):
        if done and left <= done[-1][1] + 0.5:
            done[-1] = (done[-1][0], max(right, done[-1][1]))
        else:
            done.append((left, right))
    return done


def _x(line: QTextLine, unit: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    place = line.cursorToX(unit, edge)
    return float(place[0])  # type: ignore[index]  # a pair, against the stubs


def tint_rect(geometry: Geometry, line: VisibleLine, left: float, right: float) -> QRectF:
    """The ground of coded words in ``line``."""
    return QRectF(left, line.baseline - geometry.tint_above, right - left, geometry.tint_height)
