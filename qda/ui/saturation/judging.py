"""A judgement on a category: one of three, with a reason; Enter keeps it, Esc drops it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.axial.segmented import Segmented
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.saturation.words import states
from qda.ui.surfaces import small


class ReasonLine(QLineEdit):
    """The reason; Enter keeps the judgement."""

    kept = Signal()
    dropped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


class JudgeBar(QWidget):
    """Chooses a judgement and asks for its reason; ``judged`` brings category, judgement and reason.

    What is begun for one category waits there while another one is in hand.
    """

    judged = Signal(str, str, str)
    left = Signal()  # the judgement was kept or dropped: back to the table

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = ""
        self._holds = ""
        self._begun: dict[str, tuple[str, str]] = {}
        self.choice = Segmented(f"{name}_state", _("Judgement"), states(), self)
        self.choice.chosen.connect(self.begin)
        self.told = small("", self, wrap=True)
        self.reason = ReasonLine(self)
        self.reason.setObjectName(f"{name}_reason")
        self.reason.setAccessibleName(_("Reason of the judgement"))
        self.reason.setPlaceholderText(_("Why? What was looked for, what came?"))
        self.reason.kept.connect(self.keep)
        self.reason.dropped.connect(self.drop)
        self.reason.textEdited.connect(self._typed)
        self.keeper = QPushButton(_("Keep"), self)
        self.keeper.setObjectName(f"{name}_keep")
        self.keeper.setAccessibleName(_("Keep the judgement"))
        self.keeper.setAutoDefault(False)
        self.keeper.setFont(ui_font(SMALL))
        self.keeper.clicked.connect(self.keep)
        first, below = QHBoxLayout(), QHBoxLayout()
        for row in (first, below):
            row.setSpacing(px(8))
        first.addWidget(self.choice)
        first.addWidget(self.told, 1)
        below.addWidget(self.reason, 1)
        below.addWidget(self.keeper)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        box.addLayout(first)
        box.addLayout(below)
        self._show()

    def show_category(self, code: str, holds: str, told: str, *, writable: bool) -> None:
        """Another category (or none) is in hand; ``holds`` is its judgement, ``told`` what stands beside."""
        self._code, self._holds = code, holds
        self.told.setText(told)
        for widget in (self.choice, self.reason, self.keeper):
            widget.setEnabled(writable and bool(code))
        self._show()

    def begin(self, state: str) -> None:
        """Takes a judgement; the reason is asked for."""
        if not self._code or not self.choice.isEnabled():
            return
        self._begun[self._code] = state, self._begun.get(self._code, ("", ""))[1]
        self._show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, words: str) -> None:
        if self._code:
            self._begun[self._code] = self._begun.get(self._code, (self._holds, ""))[0], words
            self.keeper.setVisible(True)

    def _show(self) -> None:
        state, words = self._begun.get(self._code, (self._holds, ""))
        self.choice.show_key(state)
        if self.reason.text() != words:
            self.reason.setText(words)
        self.keeper.setVisible(self._code in self._begun)

    def keep(self) -> None:
        """Keeps what was begun."""
        state, words = self._begun.get(self._code, ("", ""))
        if not state:
            self.choice.button("open").setFocus(Qt.FocusReason.OtherFocusReason)
            return
        code = self._code
        del self._begun[code]
        self.judged.emit(code, state, words.strip())
        self._show()
        self.left.emit()

    def drop(self) -> None:
        """Drops what was begun."""
        self._begun.pop(self._code, None)
        self._show()
        self.left.emit()
