"""Fields that save what is typed: after a pause, when the focus leaves, and before the study is closed.

What the file did not take (a full disk, say) stays in the field and is tried again the next time.
"""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

PAUSE_MS: Final = 800


def _unsaved(field: QWidget) -> int:
    """How often the file of the open study did not take an act."""
    return int(getattr(getattr(field.window(), "desk", None), "unsaved", 0))


class AutoLine(QLineEdit):
    """One line; ``settled`` hands over what was typed."""

    settled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: str | None = ""  # none: the file did not take what was typed
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.textEdited.connect(self._restart)
        self.editingFinished.connect(self.flush)

    def _restart(self, _text: str) -> None:
        self._pause.start()

    def show_text(self, text: str) -> None:
        """Shows what is stored; what is being typed stays."""
        if self._pause.isActive() or self._kept is None or text == self._kept:
            return
        self._kept = text
        place = self.cursorPosition() if self.hasFocus() else len(text)
        self.setText(text)
        self.setCursorPosition(min(place, len(text)))

    def show_other(self, text: str) -> None:
        """Shows the text of another object; save the former one before."""
        self._pause.stop()
        self._kept = text
        self.setText(text)

    def flush(self) -> None:
        """Hands over what has not been yet."""
        self._pause.stop()
        text = self.text()
        if text != self._kept:
            before = _unsaved(self)
            self._kept = text
            self.settled.emit(text)
            if _unsaved(self) > before and self.text() == text:
                self._kept = None

    @property
    def is_saved(self) -> bool:
        """False while it holds what the file did not take."""
        return self._kept is not None


class AutoText(QTextEdit):
    """Plain text of any length; ``settled`` hands over what was typed."""

    settled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: str | None = ""  # none: the file did not take what was typed
        self._leading = 0  # pixels; 0: as the font has it
        self._gap = 0
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.textChanged.connect(self._typed)

    def _typed(self) -> None:
        if self.toPlainText() != self._kept:
            self._pause.start()

    def show_text(self, text: str) -> None:
        """Shows what is stored; what is being typed stays."""
        if self._pause.isActive() or self._kept is None or text == self._kept:
            return
        place = self.textCursor().position()
        self.show_other(text)
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def lead(self, height: int, gap: int = 0) -> None:
        """Sets the text on lines of ``height`` pixels, with ``gap`` below each paragraph."""
        self._leading, self._gap = height, gap
        self._lay_out()

    def _lay_out(self) -> None:
        if not self._leading:
            return
        form = QTextBlockFormat()
        form.setLineHeight(self._leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        form.setBottomMargin(self._gap)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self.document().setUndoRedoEnabled(False)
        cursor.mergeBlockFormat(form)
        self.document().setUndoRedoEnabled(True)

    def show_other(self, text: str) -> None:
        """Shows the text of another object; save the former one before."""
        self._pause.stop()
        self._kept = text
        self.blockSignals(True)
        self.setPlainText(text)
        self._lay_out()
        self.blockSignals(False)
        self._pause.stop()

    def flush(self) -> None:
        """Hands over what has not been yet."""
        self._pause.stop()
        text = self.toPlainText()
        if text != self._kept:
            before = _unsaved(self)
            self._kept = text
            self.settled.emit(text)
            if _unsaved(self) > before and self.toPlainText() == text:
                self._kept = None

    @property
    def is_saved(self) -> bool:
        """False while it holds what the file did not take."""
        return self._kept is not None

    def to_end(self) -> None:
        """Goes on after the last word."""
        self.moveCursor(QTextCursor.MoveOperation.End)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()


def flush(root: QWidget) -> bool:
    """Saves whatever is being typed anywhere below ``root``; false where the file did not take something."""
    fields: list[AutoLine | AutoText] = [*root.findChildren(AutoLine), *root.findChildren(AutoText)]
    for field in fields:
        field.flush()
    return all(field.is_saved for field in fields)
