"""Below the tree: the finding in hand in full, where it leads, what can be done, and the author's answer."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from qda.coding.method_questions import Finding, Question
from qda.i18n import _
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding.flow import Flow
from qda.ui.questions.going import offers_of
from qda.ui.surfaces import LinkButton, on_panel, small


class Detail(QWidget):
    """``go_wanted`` and ``offer_wanted`` ask for what the links say, ``answered`` to keep an answer."""

    go_wanted = Signal()
    offer_wanted = Signal(str)
    answered = Signal(object, object, str)  # question, finding or None, the words
    left = Signal()  # the keyboard goes back to the tree

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("question_detail")
        on_panel(self)
        self._question: Question | None = None
        self._finding: Finding | None = None
        self.sentence = QLabel(self)
        self.sentence.setObjectName("question_sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.links = QWidget(self)
        self._flow = Flow(px(10))
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.links.setLayout(self._flow)
        self.label = QLabel(self)
        self.label.setFont(ui_font(SMALL, semibold=True))
        self.label.setProperty("quiet", True)
        self.answer = QPlainTextEdit(self)
        self.answer.setObjectName("question_answer")
        self.answer.setPlaceholderText(_("A note; the audit sheet prints it"))
        self.answer.setTabChangesFocus(True)
        self.answer.setFixedHeight(px(74))
        self.answer.installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(10), px(16), px(12))
        box.setSpacing(px(5))
        box.addWidget(self.sentence)
        box.addWidget(self.links)
        head = QHBoxLayout()
        head.addWidget(self.label, 1)
        self.key = small("F2", self)
        head.addWidget(self.key)
        box.addLayout(head)
        box.addWidget(self.answer)

    def show_one(self, question: Question, finding: Finding | None, *, writable: bool) -> None:
        """Shows a finding, or a question as a whole. What was being written about it stays."""
        same = self._is(question, finding)
        if not same:
            self.keep()
        self._question, self._finding = question, finding
        self.sentence.setText(finding.sentence if finding else question.title)
        self._show_links(offers_of(finding) if finding else (), finding is not None)
        whole = _("Your answer to the question as a whole")
        self.label.setText(_("Your answer") if finding else whole)
        self.answer.setAccessibleName(self.label.text())
        self.answer.setReadOnly(not writable)
        given = finding.answer if finding else question.answer
        if not same or not self.answer.hasFocus():
            self.answer.setPlainText(given)

    def _is(self, question: Question, finding: Finding | None) -> bool:
        if self._question is None or question.key != self._question.key:
            return False
        return _place(finding) == _place(self._finding)

    def _show_links(self, offers: Sequence[tuple[str, str]], leads: bool) -> None:
        while self._flow.count():
            item = self._flow.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if leads:
            go = LinkButton(_("Show"), "question_go", self.links)
            go.clicked.connect(self.go_wanted)
            self._flow.addWidget(go)
        for key, words in offers:
            link = LinkButton(words, f"question_{key}", self.links)
            link.clicked.connect(lambda _checked=False, key=key: self.offer_wanted.emit(key))
            self._flow.addWidget(link)
        self.links.setVisible(leads)

    def write(self) -> None:
        """The cursor goes to the answer."""
        self.answer.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.answer.selectAll()

    def keep(self) -> None:
        """Hands the answer on, if it is another one."""
        if self._question is None or self.answer.isReadOnly():
            return
        given = self._finding.answer if self._finding else self._question.answer
        words = self.answer.toPlainText().strip()
        if words != given.strip():
            self.answered.emit(self._question, self._finding, words)

    def forget(self) -> None:
        """Nothing is in hand any more."""
        self.keep()
        self._question = self._finding = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter keeps the answer and leads back, Esc leads back without it; leaving it keeps it."""
        if watched is self.answer:
            if event.type() == QEvent.Type.FocusOut:
                self.keep()
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            given = self._finding or self._question
            self.answer.setPlainText(given.answer if given else "")
        elif not (ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            return False
        self.left.emit()
        return True


def _place(finding: Finding | None) -> tuple[str, str] | None:
    """What an answer to a finding is kept under."""
    return None if finding is None else (finding.answer_key, finding.target)
