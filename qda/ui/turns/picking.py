"""A small dialog that asks for one of several names, or a new one: type, arrow keys, Enter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.memos.items import GUID, MEMO, CountDelegate

_NAME: Final = Qt.ItemDataRole.UserRole + 3
_SHOWN: Final = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what is handed over, its name, a word at its right."""

    key: str
    name: str
    note: str = ""


class _Lit(QListWidget):
    """Its row looks chosen while the focus is in the line."""

    def hasFocus(self) -> bool:
        return True


class PickDialog(QDialog):
    """``picked`` hands over the key of a choice, or the words typed where they are none of the names."""

    picked = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        question: str,
        choices: Sequence[Choice],
        *,
        new: Callable[[str], str] | None = None,
        hint: str = "",
        current: str = "",
    ) -> None:
        """``new`` names the row that makes a new one of what was typed; without it there is none."""
        super().__init__(parent)
        self.setObjectName("pick")
        self.setWindowTitle(title)
        self.setMinimumWidth(px(380))
        self._choices, self._new = tuple(choices), new
        self.line = QLineEdit(self)
        self.line.setObjectName("pick_line")
        self.line.setAccessibleName(question)
        self.list = _Lit(self)
        self.list.setObjectName("pick_list")
        self.list.setAccessibleName(question)
        self.list.setItemDelegate(CountDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setFixedHeight(px(26) * min(max(len(choices), 3) + bool(new), _SHOWN) + px(4))
        self.check = QCheckBox(self)
        self.check.setObjectName("pick_check")
        self.check.hide()
        self._lay_out(question, hint)
        self.line.textChanged.connect(lambda _text: self._fill())
        self.line.installEventFilter(self)
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self._fill(current)
        self.finished.connect(self.deleteLater)

    def _lay_out(self, question: str, hint: str) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(px(20), px(16), px(20), px(16))
        box.setSpacing(px(8))
        label = QLabel(question, self)
        label.setWordWrap(True)
        label.setBuddy(self.line)
        box.addWidget(label)
        if hint:
            words = QLabel(hint, self)
            words.setWordWrap(True)
            words.setProperty("quiet", True)
            box.addWidget(words)
        box.addWidget(self.line)
        box.addWidget(self.list, 1)
        box.addWidget(self.check)
        buttons = QDialogButtonBox(self)
        take = buttons.addButton(_("OK"), QDialogButtonBox.ButtonRole.AcceptRole)
        leave = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        for name, button in (("pick_ok", take), ("pick_cancel", leave)):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
        take.setDefault(True)
        buttons.accepted.connect(lambda: self._take(self.list.currentItem()))
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)

    def offer_check(self, words: str, *, on: bool) -> None:
        """A box to be ticked below the names."""
        self.check.setText(words)
        self.check.setAccessibleName(words)
        self.check.setChecked(on)
        self.check.show()

    def _fill(self, current: str = "") -> None:
        typed = " ".join(self.line.text().split())
        wanted = typed.casefold()
        self.list.clear()
        found = [one for one in self._choices if wanted in one.name.casefold()]
        found.sort(key=lambda one: not one.name.casefold().startswith(wanted))
        known = any(one.name == typed for one in self._choices)
        for one in found:
            self._add(one.key, one.name, one.note)
        if typed and not known and self._new is not None:
            self._add(typed, self._new(typed), "")
        exact = [n for n, one in enumerate(found) if one.name == typed or (current and one.key == current)]
        self.list.setCurrentRow(exact[0] if exact else 0)
        self._say()

    def _add(self, key: str, name: str, note: str) -> None:
        item = QListWidgetItem(name, self.list)
        item.setData(GUID, key)
        item.setData(MEMO, note or None)
        item.setData(_NAME, name)
        item.setSizeHint(QSize(px(120), px(26)))

    def _say(self) -> None:
        item = self.list.currentItem()  # the focus stays in the line; what is lit is heard there
        self.line.setAccessibleDescription(item.text() if item is not None else "")

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        key = item.data(GUID)
        self.accept()
        self.picked.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                self._say()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)
