"""The topics of the interview guide in the transcript: a quiet line above the turn that opens one."""

from collections.abc import Iterator
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextDocument
from PySide6.QtWidgets import QScrollBar, QWidget

from qda.ui import theme
from qda.ui.fonts import SMALL, ui_font
from qda.ui.transcript.frame import Frame
from qda.ui.transcript.geometry import Geometry
from qda.ui.transcript.rows import ParagraphRow


class TopicPage(Protocol):
    """What is needed of the view."""

    def frame(self) -> Frame: ...
    def blocks(self) -> int: ...
    def paragraph(self, block: int) -> ParagraphRow: ...
    def viewport(self) -> QWidget: ...
    def verticalScrollBar(self) -> QScrollBar: ...


def topics_in_view(
    page: TopicPage, document: QTextDocument, geometry: Geometry
) -> Iterator[tuple[float, str]]:
    """Top (in the viewport) and name of the topics; that of a turn just below the page reaches up into it."""
    lines, layout = page.frame().lines, document.documentLayout()
    if not lines:
        return
    scroll = page.verticalScrollBar().value()
    blocks = {line.block for line in lines} | {lines[-1].block + 1}
    for number in sorted(blocks):
        if number < page.blocks() and (name := page.paragraph(number).topic):
            rect = layout.blockBoundingRect(document.findBlockByNumber(number))
            yield rect.top() - scroll - geometry.topic, name


def paint_topics(
    painter: QPainter, page: TopicPage, document: QTextDocument, geometry: Geometry, area: QRect
) -> None:
    """Paints the topics that lie in ``area`` of the viewport."""
    found = [(top, name) for top, name in topics_in_view(page, document, geometry) if top < area.bottom()]
    if not found:
        return
    painter.setFont(ui_font(SMALL, semibold=True))
    painter.setPen(QColor(theme.tokens_of(page.viewport()).minor))
    metrics = QFontMetricsF(painter.font())
    room = page.viewport().width() - geometry.px(8)
    for top, name in found:
        words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(0, top + geometry.topic - metrics.descent() - geometry.px(3)), words)
