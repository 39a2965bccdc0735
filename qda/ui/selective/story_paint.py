"""How a story is painted: grounds and lines of references, quotations set off, what differs, claims."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock, QTextLine

from qda.coding.positions import QtPositions
from qda.ui.fonts import px, reading_font
from qda.ui.selective.runs import Run, claims_in, quotation_block, runs_of
from qda.ui.theme import Tokens, code_colour, tint, tokens_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from qda.ui.selective.story_view import StoryView
    from qda.ui.selective.targets import Shown


def visible_blocks(view: "StoryView", area: QRectF) -> Iterator[tuple[QTextBlock, QRectF]]:
    """The blocks that touch an area of the document, with their rectangles."""
    layout = view.document().documentLayout()
    block = view.cursorForPosition(QPoint(0, 0)).block()
    while block.isValid():
        rect = layout.blockBoundingRect(block)
        if rect.top() > area.bottom():
            return
        if rect.bottom() >= area.top():
            yield block, rect
        block = block.next()


def paint_ground(view: "StoryView", event: "QPaintEvent") -> None:
    """Everything that lies under the words."""
    painter = QPainter(view.viewport())
    shift = QPoint(-view.horizontalScrollBar().value(), -view.verticalScrollBar().value())
    painter.translate(shift)
    area = QRectF(event.rect().translated(-shift))
    for block, rect in visible_blocks(view, area):
        _Block(view, painter, block, rect).paint()
    painter.end()


def paint_hint(view: "StoryView") -> None:
    """What to write here, while nothing is."""
    painter = QPainter(view.viewport())
    painter.setPen(QColor(tokens_of(view).minor))
    painter.setFont(reading_font())
    flags = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(view.viewport().rect(), flags, view.hint)


class _Block:
    """Paints one block."""

    def __init__(self, view: "StoryView", painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        self._view = view
        self._painter = painter
        self._block = block
        self._rect = rect
        self._theme: Tokens = tokens_of(view)

    def paint(self) -> None:
        """Grounds and lines."""
        if self._block.blockNumber() in self._view.fresh:
            self._painter.fillRect(self._rect, QColor(self._theme.list_selection))
        quotation = quotation_block(self._block)
        if quotation is not None:
            self._bar(self._view.shown(quotation))
        elif self._view.asks_claims:
            self._claims()
        for run in runs_of(self._block):
            shown = self._view.shown(run)
            stop = run.words_stop if run.kind == "segment" else run.stop
            for place in self._places(run.start - self._block.position(), stop - self._block.position()):
                self._run(run, shown, place, quiet=quotation is not None)
            if shown.differs:
                self._differences(run, shown)

    def _bar(self, shown: "Shown") -> None:
        theme = self._theme
        bar = QColor(theme.notice if shown.is_amiss else theme.verified)
        layout = self._block.layout()
        last = layout.lineAt(layout.lineCount() - 1)
        high = last.y() + last.height() if layout.lineCount() else self._rect.height()
        top = self._rect.top() + px(3)
        self._painter.fillRect(QRectF(0, top, 3, high - px(4)), bar)

    def _claims(self) -> None:
        """Dots below what is plain in a claim; references have lines of their own."""
        pen = QPen(QColor(self._theme.secondary), 1.5, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.1, 2.4])
        self._painter.setPen(pen)
        runs = [(run.start, run.stop) for run in runs_of(self._block)]
        begin = self._block.position()
        for start, stop in claims_in(self._block):
            at = start
            for first, last in [*runs, (begin + stop, begin + stop)]:
                if first - begin >= at and first - begin <= stop:
                    self._dots(at, first - begin)
                    at = max(at, last - begin)

    def _dots(self, start: int, stop: int) -> None:
        for place in self._places(start, stop) if start < stop else ():
            y = place.bottom() - 0.5
            self._painter.drawLine(QPointF(place.left() + 1, y), QPointF(place.right(), y))

    def _run(self, run: Run, shown: "Shown", place: QRectF, *, quiet: bool) -> None:
        theme, painter = self._theme, self._painter
        under = QRectF(place.left(), place.bottom() - 1, place.width(), 2)
        if shown.gone or shown.withheld:
            painter.setPen(QPen(QColor(theme.notice), 2, Qt.PenStyle.DotLine))
            painter.drawLine(under.topLeft(), under.topRight())
        elif run.kind == "code":
            painter.fillRect(place, tint([shown.colour], theme.dark))
            painter.fillRect(under, code_colour(shown.colour, theme.dark))
        elif run.kind == "relation":
            painter.fillRect(under, QColor(theme.accent))
        elif not quiet:
            painter.fillRect(under, QColor(theme.quiet_frame))

    def _differences(self, run: Run, shown: "Shown") -> None:
        """The words that the source has otherwise, and where it has more."""
        positions = QtPositions(run.words)
        begin = run.start - self._block.position()
        self._painter.setPen(QPen(QColor(self._theme.notice), 2, Qt.PenStyle.DotLine))
        for one in shown.places:
            start, stop = begin + positions.to_qt(one.start), begin + positions.to_qt(one.stop)
            if start == stop:
                start = max(begin, start - 1)
            for place in self._places(start, stop):
                y = place.bottom()
                self._painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))

    def _places(self, begin: int, end: int) -> Iterator[QRectF]:
        """The grounds of a stretch of the block (Qt's units), one a line."""
        layout, rect = self._block.layout(), self._rect
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            if begin >= last or end <= first:
                continue
            one, other = _x(line, max(begin, first)), _x(line, min(end, last))
            if end >= last:
                other = min(other, line.x() + line.naturalTextWidth())
            left, right = min(one, other), max(one, other)
            top = rect.top() + line.y() + line.ascent() - px(15.5)
            yield QRectF(rect.left() + left, top, right - left, px(21))


def _x(line: QTextLine, at: int) -> float:
    """Where a place of a line lies; PySide hands a pair over, its stubs do not say so."""
    found = cast("tuple[float, int] | float", line.cursorToX(at))
    return found[0] if isinstance(found, tuple) else found
