"""The field for an answer: saved as one act when it is left, not while one is writing."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QTextEdit, QWidget

from qda.i18n import _
from qda.ui.fonts import px

_LINES = 5


class AnswerField(QTextEdit):
    """``settled``: key and text; ``left`` by Esc; ``next_wanted`` by Ctrl+Enter. Plain text."""

    settled = Signal(str, str)
    left = Signal()
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = ""
        self._kept: str | None = ""  # none: the file did not take what was written
        self.setObjectName("audit_answer")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(_("Your answer. It is saved when you leave the field."))
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def begin(self, key: str, text: str, question: str) -> None:
        """Takes the answer to another question in hand."""
        if key == self.key:
            return
        self.key = key
        self.setAccessibleName(_("Answer to: {question}").format(question=question))
        self._show(text)

    def show_text(self, text: str) -> None:
        """Shows what is stored; what is being written stays."""
        if text != self._kept and self.toPlainText() == self._kept:
            self._show(text)
        elif text == self.toPlainText():
            self._kept = text

    def _show(self, text: str) -> None:
        self._kept = text
        self.setPlainText(text)

    def flush(self) -> None:
        """Hands over what has not been yet."""
        text = self.toPlainText()
        stored = self._kept or ""
        if self.key and not self.isReadOnly() and (self._kept is None or text.strip() != stored.strip()):
            self._kept = text
            self.settled.emit(self.key, text)

    def keep_unsaved(self) -> None:
        """The file did not take it: it stays in the field and is tried again."""
        self._kept = None

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        wanted = max(self.document().size().height(), _LINES * line) + 2 * self.frameWidth() + px(4)
        self.setFixedHeight(round(wanted))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:  # its own menu
            self.flush()

    def hideEvent(self, event: object) -> None:
        self.flush()
        super().hideEvent(event)  # type: ignore[arg-type]

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ControlModifier,
            )
            if own and plain:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.flush()
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)
