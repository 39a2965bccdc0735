"""A link whose words break into lines, with a smaller line below them."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.theme import tokens_of

_WRAP = int(Qt.TextFlag.TextWordWrap)


class WordsLink(QAbstractButton):
    """Pressing it leads where its words say."""

    def __init__(self, words: str, below: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._below = words, below
        self.setObjectName(name)
        self.setAccessibleName(f"{words}; {below}" if below else words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        parts = self._parts(width)
        return parts[0].height() + parts[1].height() + px(4)

    def sizeHint(self) -> QSize:
        width = self.width() or px(240)
        return QSize(width, self.heightForWidth(width))

    def _parts(self, width: int) -> tuple[QRect, QRect]:
        """Where the words stand and where the line below them."""
        room = QRect(px(4), px(2), max(px(40), width - px(8)), px(2000))
        words = QFontMetrics(ui_font()).boundingRect(room, _WRAP, self._words)
        below = QRect(words.left(), words.bottom() + 1, room.width(), 0)
        if self._below:
            room.moveTop(words.bottom() + 1)
            below = QFontMetrics(ui_font(SMALL)).boundingRect(room, _WRAP, self._below)
        return QRect(words.topLeft(), QSize(room.width(), words.height())), below

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens_of(self)
        words, below = self._parts(self.width())
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(self.rect(), 3, 3)
        painter.setFont(ui_font())
        painter.setPen(QColor(colours.text))
        painter.drawText(words, _WRAP, self._words)
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(colours.minor))
        painter.drawText(below, _WRAP, self._below)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)
