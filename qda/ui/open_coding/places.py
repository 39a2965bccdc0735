"""A part of the window that takes a place in open coding: a page before the text, a panel beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class Panel(QWidget):
    """What stands to the right of the text; ``closed`` gives its place back to the inspector."""

    closed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back from any control in it that has no use for the key."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def let_go(self) -> None:
        """The study is about to be closed: ends what goes on in the background."""


class Page(Panel):
    """What stands before the text, as wide as the workspace; ``closed`` brings the text back."""

    def refresh(self) -> None:
        """Shows what is there now."""

    def focus_first(self) -> None:
        """Puts the focus where one begins."""
