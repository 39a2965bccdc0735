"""The quiet frame around what the tour speaks of. It takes no click and no key, and nothing moves."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from qda.ui.fonts import px
from qda.ui.theme import tokens_of

_WIDE = 2
_ROOM = 4  # between the frame and what it goes around


class Frame(QWidget):
    """Lies over the page of the study, around one place of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tour_frame")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def go_around(self, place: QRect, room: QRect) -> None:
        """Goes around ``place`` as far as it lies in ``room``; hides where there is nothing to go around."""
        wanted = place.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM).intersected(room)
        seen = not place.intersected(room).isEmpty()
        if seen and wanted != self.geometry():
            self.setGeometry(wanted)
        self.setVisible(seen)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens_of(self).accent), _WIDE))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(4), px(4))
