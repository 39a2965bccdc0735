"""The comparison with an imagined case, written in place: turned round, far out, and what comes of it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from qda.coding import comparing
from qda.i18n import _
from qda.ui.comparing.passage import into_view
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.open_coding.flow import Flow
from qda.ui.open_coding.parts import INSET, minor

if TYPE_CHECKING:
    from typing import Literal

    from qda.ui.desk import Desk


_OWN: Final = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete)


class _Reply(QPlainTextEdit):
    """Some lines in reply to a prompt. Ctrl+Enter writes all, Esc leaves, Tab goes on."""

    taken = Signal()
    left = Signal()

    def __init__(self, name: str, says: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Two lines, and up to eight as it is written."""
        lines = min(8, max(2, int(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + px(12))

    def event(self, event: QEvent) -> bool:
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _OWN:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class ImaginedForm(QWidget):
    """The prompts with a reply to each; what is written becomes a note on the code."""

    left = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._drafts: dict[str, list[str]] = {}  # by code: replies that are not written yet
        self.setObjectName("imagined")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(INSET), px(4), px(INSET), px(4))
        box.setSpacing(px(4))
        self.replies: list[_Reply] = []
        for at, prompt in enumerate(comparing.IMAGINED, 1):
            label = minor(_(prompt), self)
            label.setContentsMargins(0, 0, 0, 0)
            reply = _Reply(f"imagined_{at}", _(prompt), self)
            label.setBuddy(reply)
            reply.taken.connect(lambda: self.write("theoretical"))
            reply.left.connect(self.leave)
            box.addWidget(label)
            box.addWidget(reply)
            self.replies.append(reply)
        box.addLayout(self._buttons())
        self.hide()

    def _buttons(self) -> Flow:
        row = Flow(px(6))
        kinds: tuple[tuple[str, str, Literal["theoretical", "code"]], ...] = (
            ("imagined_theoretical", _("As theoretical note"), "theoretical"),
            ("imagined_code", _("As code note"), "code"),
        )
        for name, words, kind in kinds:
            button = self._button(name, words)
            button.clicked.connect(lambda _checked=False, kind=kind: self.write(kind))
            row.addWidget(button)
        cancel = self._button("imagined_leave", _("Leave it"))
        cancel.clicked.connect(self.leave)
        row.addWidget(cancel)
        return row

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setFont(ui_font(SMALL))
        button.setAutoDefault(False)
        button.setToolTip(_("Ctrl+Enter") if name == "imagined_theoretical" else "")
        return button

    def show_code(self, code: str) -> None:
        """The code in hand; what was begun about it is there again."""
        if code == self._code:
            return
        self._keep()
        self._code = code
        kept = self._drafts.get(code, [""] * len(self.replies))
        for reply, words in zip(self.replies, kept, strict=True):
            reply.setPlainText(words)
        self.hide()

    @property
    def begun(self) -> bool:
        """Whether something is written that is no note yet."""
        return any(reply.toPlainText().strip() for reply in self.replies)

    def _keep(self) -> None:
        self._drafts.pop(self._code, None)
        if self.begun:
            self._drafts[self._code] = [reply.toPlainText() for reply in self.replies]

    def begin(self) -> None:
        """Opens the form with the cursor in the first reply."""
        if self._code and not self._desk.project.read_only:
            self.show()
            self.replies[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            into_view(self)

    def leave(self) -> None:
        """Closes the form; its words are there again when it is opened for this code."""
        self.hide()
        self.left.emit()

    def text(self) -> str:
        """The prompts that were replied to, each with its reply."""
        pairs = (
            (_(p), r.toPlainText().strip()) for p, r in zip(comparing.IMAGINED, self.replies, strict=True)
        )
        return "\n\n".join(f"{prompt}\n{words}" for prompt, words in pairs if words)

    def write(self, kind: "Literal['theoretical', 'code']") -> None:
        """Writes what there is as a note on the code, and goes back to the text."""
        if not self.text():
            self._desk.told.emit(_("Nothing is written yet."))
            self.replies[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._desk.do(comparing.compare_with_imagined, code=self._code, text=self.text(), kind=kind):
            for reply in self.replies:
                reply.clear()
            self._drafts.pop(self._code, None)
            told = (
                _("Written as a theoretical note.") if kind == "theoretical" else _("Written as a code note.")
            )
            self._desk.told.emit(told)
            self.leave()
