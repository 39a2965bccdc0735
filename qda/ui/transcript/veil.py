"""The veil of line-by-line reading: everything but the span in hand recedes, and stays legible."""

from math import ceil

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QRegion, QTextDocument
from PySide6.QtWidgets import QWidget

from qda.ui import theme
from qda.ui.transcript.frame import Frame, edges, text_line
from qda.ui.transcript.ground import Lit

_VEIL = 0.42  # of the paper's colour over the words


def paint_veil(
    painter: QPainter,
    page: QWidget,
    frame: Frame,
    document: QTextDocument,
    lit: Lit,
    *,
    bidirectional: frozenset[int],
) -> None:
    """Lays the paper's colour thinly over all that is in view but the span that is lit."""
    start, stop = lit.spot or (0, 0)
    veil = QRegion(page.rect())
    for line in frame.lines:
        if line.start < stop and line.stop > start:
            qt_line, offset = text_line(document, line)
            top, mixed = frame.top(line), line.block in bidirectional
            for left, right in edges(qt_line, offset, start, stop, bidirectional=mixed):
                veil -= QRect(int(left) - 1, round(top), ceil(right - left) + 2, round(frame.geometry.line))
    colour = QColor(theme.tokens_of(page).paper)
    colour.setAlphaF(_VEIL)
    for part in veil:  # type: ignore[attr-defined]  # a region is a row of rectangles
        painter.fillRect(part, colour)
