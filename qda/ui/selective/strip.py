"""The question below a paragraph: what is missing or differs at the cursor, and what can be done about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.surfaces import Elided, LinkButton
from qda.ui.theme import tokens_of

HEIGHT = 24
Deed = tuple[str, str, Callable[[], object]]  # name of the object, words, what it does


class Strip(QWidget):
    """One line in small words, with acts in accent colour behind it."""

    left = Signal()  # Esc: back to the text

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("story_question")
        self.words = Elided("", self)
        self.words.setFont(ui_font(SMALL))
        self.buttons: list[LinkButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(4))
        self._row.addWidget(self.words)
        self._row.addStretch(1)
        self.hide()

    def show_question(self, words: str, deeds: Sequence[Deed], *, amiss: bool = False) -> None:
        """Shows the question with its acts; ``amiss`` sets it in the colour of a notice."""
        theme = tokens_of(self)
        self.words.setText(words)
        self.words.setStyleSheet(f"color: {theme.notice if amiss else theme.secondary};")
        self.setAccessibleName(words)
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for name, said, deed in deeds:
            button = LinkButton(said, name, self)
            button.setFont(ui_font(SMALL))
            button.setAccessibleDescription(words)
            button.clicked.connect(lambda _checked=False, deed=deed: deed())
            self._row.insertWidget(self._row.count() - 1, button)
            self.buttons.append(button)
        self.setFixedHeight(px(HEIGHT))

    def focus_first(self) -> None:
        """To the first act."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
