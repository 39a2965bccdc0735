"""Splitting a code by going through its passages: a digit sends each to a new code; one act at the end."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.coding.codes import codings
from qda.coding.cutting import split_code
from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.surfaces import section, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_NEW: Final = 4  # new codes at once; more in a second go


class SplitDialog(QDialog):
    """The passages of a code; each goes to one of the new codes, or stays."""

    def __init__(self, desk: "Desk", code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._code = desk, code
        self._passages = codings(desk.project, code=code)
        self._to: dict[str, int] = {}
        name = self._passages[0].code_name if self._passages else ""
        self.setObjectName("split_code")
        self.setWindowTitle(_("Split “{name}”").format(name=name))
        self.resize(px(720), px(640))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(8))
        box.addWidget(heading(self.windowTitle(), self))
        box.addWidget(
            small(
                _("Name the new codes, then go through the passages: a digit sends one there, 0 leaves it."),
                self,
                wrap=True,
            )
        )
        box.addLayout(self._names())
        self._fill()
        box.addWidget(self.list, 1)
        self.below = QCheckBox(_("The new codes stand below the old one"), self)
        self.below.setObjectName("split_below")
        self.below.setAccessibleName(self.below.text())
        self.note = QLineEdit(self)
        self.note.setObjectName("split_note")
        self.note.setAccessibleName(_("Why (becomes a code note)"))
        self.count = QLabel(self)
        self.count.setObjectName("split_count")
        for widget in (self.below, small(_("Why (becomes a code note)"), self), self.note, self.count):
            box.addWidget(widget)
        box.addWidget(self._buttons())
        self._check()
        self.finished.connect(self.deleteLater)

    def _names(self) -> QGridLayout:
        grid = QGridLayout()
        self.names: list[QLineEdit] = []
        for at in range(_NEW):
            label = section(str(at + 1), self)
            field = QLineEdit(self)
            field.setObjectName(f"split_name_{at + 1}")
            field.setAccessibleName(_("Name of new code {n}").format(n=at + 1))
            field.textChanged.connect(lambda _words: self._check())
            label.setBuddy(field)
            grid.addWidget(label, at // 2, at % 2 * 2)
            grid.addWidget(field, at // 2, at % 2 * 2 + 1)
            self.names.append(field)
        return grid

    def _fill(self) -> None:
        self.list = QListWidget(self)
        self.list.setObjectName("split_passages")
        self.list.setAccessibleName(_("Passages"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.installEventFilter(self)
        for _row in self._passages:
            self.list.addItem(QListWidgetItem())
        for at in range(len(self._passages)):
            self._write(at)
        self.list.setCurrentRow(0)

    def _write(self, at: int) -> None:
        passage = self._passages[at]
        number = self._to.get(passage.guid, 0)
        place = " · ".join(part for part in (passage.segment.case_name, passage.segment.title) if part)
        mark = f"→ {number}" if number else "–"
        self.list.item(at).setText(f"{mark}   {passage.segment.text}\n{place}")

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(_("Split"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for button, name in ((self.ok, "ok"), (cancel, "cancel")):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)  # Enter in a name does not split yet
            button.setDefault(False)
        buttons.accepted.connect(self.split)
        buttons.rejected.connect(self.reject)
        return buttons

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            digit = event.key() - Qt.Key.Key_0
            if 0 <= digit <= _NEW and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.send(digit)
                return True
        return super().eventFilter(watched, event)

    def send(self, digit: int) -> None:
        """Sends the passage in hand to a new code (0: it stays) and goes on to the next."""
        at = self.list.currentRow()
        if at < 0:
            return
        self._to[self._passages[at].guid] = digit
        self._write(at)
        self.list.setCurrentRow(min(at + 1, self.list.count() - 1))
        self._check()

    def _sent(self) -> dict[str, str]:
        """The codings that go, with the name of the code that each goes to ("" none yet)."""
        return {guid: self.names[n - 1].text().strip() for guid, n in self._to.items() if n}

    def _check(self) -> None:
        sent = self._sent()
        left = len(self._passages) - len(sent)
        words = ngettext("{n} passage stays.", "{n} passages stay.", left).format(n=left)
        if not all(sent.values()):
            words = _("A new code has no name yet.")
        self.count.setText(words)
        self.ok.setEnabled(bool(sent) and all(sent.values()))

    def split(self) -> None:
        """Splits the code, as one act."""
        sent = self._sent()
        made = self._desk.do(
            split_code,
            code=self._code,
            codings=list(sent),
            names=list(sent.values()),
            below=self.below.isChecked(),
            note=self.note.text().strip(),
        )
        if made:
            self._desk.code_chosen.emit(made)
            self.accept()


def ask_split(desk: "Desk", code: str, parent: QWidget) -> None:
    """Opens the passages of a code; one that has none cannot be split."""
    dialog = SplitDialog(desk, code, parent)
    if dialog.list.count():
        dialog.open()
    else:
        dialog.deleteLater()
        desk.told.emit(_("This code has no passages of its own to split."))
