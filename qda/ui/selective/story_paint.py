"""How a story is painted: grounds and lines of references, quotations set off, what differs, claims."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTextBlock, QTextLine

from qda.coding.positions import QtPositions
from qda.ui.fonts import px, reading_font
from qda.ui.selective.runs import Run
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
        _Block(view, painter, block, rect, area).paint()
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

    def __init__(
        self, view: "StoryView", painter: QPainter, block: QTextBlock, rect: QRectF, area: QRectF
    ) -> None:
        self._view = view
        self._painter = painter
        self._block = block
        self._rect = rect
        self._read = view.reads.of(block)
        self._theme: Tokens = tokens_of(view)
        self._above, self._high = px(15.5), px(21)
        self._lines = [
            (line.textStart(), line.textStart() + line.textLength(), line)
            for line in map(block.layout().lineAt, range(block.layout().lineCount()))
            if rect.top() + line.y() <= area.bottom() and rect.top() + line.y() + line.height() >= area.top()
        ]

    def paint(self) -> None:
        """Grounds and lines."""
        if self._block.blockNumber() in self._view.fresh:
            self._painter.fillRect(self._rect, QColor(self._theme.list_selection))
        quotation = self._read.is_quotation
        if quotation:
            self._bar(self._view.shown(self._read.runs[0]))
        elif self._view.asks_claims:
            self._claims()
        for run in self._read.runs:
            shown = self._view.shown(run)
            for place in self._places(run.start, run.words_stop if run.kind == "segment" else run.stop):
                self._run(run, shown, place, quiet=quotation)
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
        for start, stop in self._read.claims(carried=self._view.reads.is_carried(self._block)):
            at = start
            for run in self._read.runs:
                if at <= run.start < stop:
                    self._dots(at, run.start)
                    at = run.stop
            self._dots(at, stop)

    def _dots(self, start: int, stop: int) -> None:
        for place in self._places(start, stop) if start < stop else ():
            dots = _dots(self._theme.secondary, self._view.devicePixelRatioF())
            self._painter.drawTiledPixmap(QRectF(place.left(), place.bottom() - 2, place.width(), 2), dots)

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
        begin = run.start
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
        rect = self._rect
        for first, last, line in self._lines:
            if begin >= last or end <= first:
                continue
            one, other = _x(line, max(begin, first)), _x(line, min(end, last))
            if end >= last:
                other = min(other, line.x() + line.naturalTextWidth())
            left, right = min(one, other), max(one, other)
            top = rect.top() + line.y() + line.ascent() - self._above
            yield QRectF(rect.left() + left, top, right - left, self._high)


@lru_cache(maxsize=8)
def _dots(ink: str, ratio: float) -> QPixmap:
    """Dots to lay side by side: a dotted pen is painted a hundred times slower."""
    dots = QPixmap(round(4 * ratio), round(2 * ratio))
    dots.setDevicePixelRatio(ratio)
    dots.fill(Qt.GlobalColor.transparent)
    painter = QPainter(dots)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawEllipse(QRectF(0.2, 0.2, 1.7, 1.7))
    painter.end()
    return dots


def _x(line: QTextLine, at: int) -> float:
    """Where a place of a line lies; PySide hands a pair over, its stubs do not say so."""
    found = cast("tuple[float, int] | float", line.cursorToX(at))
    return found[0] if isinstance(found, tuple) else found
