"""A key drawn as a small frame around its sign, at the right end of a row."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qda.ui.fonts import SMALL, figures, px, ui_font
from qda.ui.theme import Tokens


def keycap(painter: QPainter, room: QRect, key: str, colours: Tokens) -> int:
    """A key at the right end of ``room``; returns where the room before it ends."""
    side = px(16)
    place = QRectF(room.right() - side, room.top() + (room.height() - side) // 2, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.control_frame), 1))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(figures(ui_font(SMALL)))
    painter.setPen(QColor(colours.secondary))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, key)
    return round(place.left()) - px(6)
