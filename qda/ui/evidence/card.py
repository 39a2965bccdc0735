"""The card of a passage that is offered as evidence: its words in their text, its place, why it is there."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from qda.ui.fonts import QUOTE, px, reading_font
from qda.ui.surfaces import small
from qda.ui.theme import tokens_of


class PassageCard(QWidget):
    """The passage that is offered, in its text; a stop of the keyboard."""

    stepped = Signal(int)
    scrolled_by = Signal(int)
    letter = Signal(str)  # K, U, J
    opened = Signal()
    menu_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passage_card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words = QLabel(self)
        self.words.setObjectName("passage_words")
        self.words.setFont(reading_font(QUOTE))
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.about = small("", self, wrap=True)
        self.about.setObjectName("passage_about")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.more = small("", self, wrap=True)
        self.more.setObjectName("passage_more")
        self.more.setTextFormat(Qt.TextFormat.PlainText)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(8), px(3), px(8), px(3))
        box.setSpacing(px(2))
        box.addWidget(self.about)  # first: why it is there is seen, however long the passage is
        box.addWidget(self.words)
        box.addWidget(self.more)
        box.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if key in steps:
            self.stepped.emit(steps[key])
        elif key in pages:
            self.scrolled_by.emit(pages[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key in (Qt.Key.Key_K, Qt.Key.Key_U, Qt.Key.Key_J) and not event.modifiers():
            self.letter.emit(chr(key))
        elif key == Qt.Key.Key_Menu:
            self.menu_wanted.emit(self.mapToGlobal(QPoint(px(20), px(20))))
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(QColor(tokens_of(self).accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
