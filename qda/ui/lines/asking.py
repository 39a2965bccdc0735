"""The generative questions below the transcript, one key each away; an answer is written in place."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qda.coding.questions import QUESTIONS, Question
from qda.i18n import _
from qda.ui.controls import WordButton
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.memos.autosave import AutoText
from qda.ui.open_coding.flow import Flow
from qda.ui.surfaces import LinkButton, on_panel
from qda.ui.theme import tokens_of

_LINES: Final = 3  # of an answer that are seen at once
_NEVER_MS: Final = 1 << 30  # an answer is one act: it is saved when one leaves the field


def question_at(event: QKeyEvent) -> int:
    """Which question Ctrl and a digit ask, from 0; -1 for any other key."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers != Qt.KeyboardModifier.ControlModifier:
        return -1
    at = event.key() - Qt.Key.Key_1
    return at if 0 <= at < len(QUESTIONS) else -1


class Questions(QWidget):
    """Seven questions, and the field for an answer to one of them."""

    answered = Signal(str, str)  # the question's id, and the answer
    asked = Signal(int)  # a button was pressed
    left = Signal()  # back to the text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("line_questions")
        self.setAccessibleName(_("Questions to the text"))
        on_panel(self)
        self.buttons = [self._button(at, question) for at, question in enumerate(QUESTIONS)]
        self._open: Question | None = None
        self.help = QLabel(self)
        self.help.setObjectName("question_help")
        self.help.setWordWrap(True)
        self.field = _Answer(self)
        self.field.settled.connect(self._settled)
        self.field.leave_wanted.connect(self.leave)
        self.field.asked.connect(self.asked)
        self.done = LinkButton(_("Back to the text (Esc)"), "question_done", self)
        self.done.clicked.connect(self.leave)
        self._lay_out()
        self._show_field(shown=False)
        self.hide()

    def _button(self, at: int, question: Question) -> WordButton:
        action = QAction(question.title, self)
        action.setIconText(question.title)
        action.setShortcut(QKeySequence(f"Ctrl+{at + 1}"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the transcript answers to the key
        action.triggered.connect(lambda _checked=False: self.asked.emit(at))
        button = WordButton(action, self)
        button.setObjectName(f"question_{question.id}")
        button.setAccessibleName(question.title)
        button.setToolTip(question.help)
        return button

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(10), px(5), px(10), px(5))
        box.setSpacing(px(4))
        row = QWidget(self)
        flow = Flow(px(2), row)
        for button in self.buttons:
            flow.addWidget(button)
        box.addWidget(row)
        self._answer = QWidget(self)
        inner = QVBoxLayout(self._answer)
        inner.setContentsMargins(px(6), 0, px(6), px(4))
        inner.setSpacing(px(4))
        head = QHBoxLayout()
        head.addWidget(self.help, 1)
        head.addWidget(self.done)
        inner.addLayout(head)
        inner.addWidget(self.field)
        self.hint = QLabel(
            _("Enter keeps the answer as a code note on this passage; Shift+Enter begins a line.")
        )
        self.hint.setFont(ui_font(SMALL))
        self.hint.setProperty("minor", True)
        self.hint.setWordWrap(True)
        inner.addWidget(self.hint)
        box.addWidget(self._answer)

    def _show_field(self, *, shown: bool) -> None:
        self._answer.setVisible(shown)

    @property
    def open(self) -> Question | None:
        """The question that is being answered."""
        return self._open

    def ask(self, at: int) -> None:
        """Opens the field for the answer to a question; what was typed to another one is kept."""
        self.field.flush()
        self._open = QUESTIONS[at]
        self.help.setText(f"<b>{self._open.title}</b> {self._open.help}")
        self.field.setAccessibleName(self._open.help)
        self.field.show_other("")
        self.field.fit(_LINES)
        self._show_field(shown=True)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Keeps the answer and goes back to the text."""
        self.close_field()
        self.left.emit()

    def close_field(self) -> None:
        """Keeps what was typed; the field goes."""
        self.field.flush()
        self._open = None
        self._show_field(shown=False)

    def _settled(self, words: str) -> None:
        if self._open is not None and words.strip():
            self.answered.emit(self._open.id, words)

    def clear_answer(self) -> None:
        """The answer was kept: the field is empty again."""
        self.field.show_other("")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, QColor(tokens_of(self).separator))


class _Answer(AutoText):
    """The field for an answer. Enter and Esc keep it, Ctrl and a digit go on to another question."""

    leave_wanted = Signal()
    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("question_answer")
        self.setPlaceholderText(_("What comes to mind"))
        self._pause.setInterval(_NEVER_MS)

    def fit(self, lines: int) -> None:
        """As high as so many lines."""
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing()) + px(14))

    def event(self, event: QEvent) -> bool:
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and question_at(event) >= 0:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape or (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain
        ):
            self.leave_wanted.emit()
        elif (at := question_at(event)) >= 0:
            self.asked.emit(at)
        else:
            super().keyPressEvent(event)
