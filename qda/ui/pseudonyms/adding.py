"""Small dialogs: a name given by hand, the documents to look through."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.pseudonyms.controls import button
from qda.ui.pseudonyms.words import KINDS, kind_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.coding.pseudonyms import NameKind
    from qda.ui.pseudonyms.work import Work

_SOURCE = Qt.ItemDataRole.UserRole
_LONGEST = 120  # characters of a name


def as_name(words: str) -> str:
    """A selection as a name: the first line of it, without quotation marks and punctuation around."""
    line = next((line.strip() for line in words.splitlines() if line.strip()), "")
    return line.strip(" ,;:!?…„“”\"'»«()[]–-")[:_LONGEST]


class AddName(QDialog):
    """A name that the program missed."""

    added = Signal(object)  # Name
    hits_wanted = Signal(object)  # Name

    def __init__(self, work: "Work", clear: str, parent: QWidget, *, more: bool) -> None:
        """``more``: the dialog with the hits can be wished for from here."""
        super().__init__(parent)
        self._work = work
        self._own = False  # the replacement was typed
        self.setObjectName("add_name_dialog")
        self.setWindowTitle(_("Add name"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(440))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(12))
        box.addWidget(heading(_("Add name"), self))
        form = QFormLayout()
        form.setSpacing(px(8))
        self.clear = self._field("new_name", _("In the text"), clear)
        self.kind = QComboBox(self)
        self.kind.setObjectName("new_kind")
        self.kind.setAccessibleName(_("Kind"))
        for key, _word in KINDS:
            self.kind.addItem(kind_name(key), key)
        self.instead = self._field("new_instead", _("Becomes"), "")
        form.addRow(_("In the text"), self.clear)
        form.addRow(_("Kind"), self.kind)
        form.addRow(_("Becomes"), self.instead)
        box.addLayout(form)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self, "new_cancel", _("Cancel"), self.reject))
        if more:
            row.addWidget(button(self, "new_show", _("Add and show hits"), lambda: self._add(show=True)))
        row.addWidget(button(self, "new_add", _("Add"), lambda: self._add(show=False), default=True))
        box.addLayout(row)
        self.kind.currentIndexChanged.connect(lambda _at: self._propose())
        self.clear.textEdited.connect(lambda _words: self._propose())
        self.instead.textEdited.connect(lambda words: setattr(self, "_own", bool(words)))
        self._propose()
        (self.kind if clear else self.clear).setFocus()

    def _field(self, name: str, words: str, start: str) -> QLineEdit:
        field = QLineEdit(start, self)
        field.setObjectName(name)
        field.setAccessibleName(words)
        return field

    def _chosen(self) -> "NameKind":
        return cast("NameKind", self.kind.currentData())

    def _propose(self) -> None:
        if not self._own:
            self.instead.setText(self._work.propose(self._chosen(), self.clear.text().strip()))

    def _add(self, *, show: bool) -> None:
        clear, instead = self.clear.text().strip(), self.instead.text().strip()
        if not clear or not instead:
            (self.instead if clear else self.clear).setFocus()
            return
        name = self._work.add(clear, self._chosen(), instead)
        self.accept()
        (self.hits_wanted if show else self.added).emit(name)


class ScopeDialog(QDialog):
    """All documents and memos, or some documents."""

    chosen = Signal(object)  # tuple of GUIDs, or None

    def __init__(
        self, documents: "Sequence[tuple[str, str]]", now: "Sequence[str] | None", parent: QWidget
    ) -> None:
        """``documents``: GUID and title."""
        super().__init__(parent)
        self.setObjectName("scope")
        self.setWindowTitle(_("Where to look"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(px(460), px(420))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(16))
        box.setSpacing(px(10))
        box.addWidget(heading(_("Where to look for names"), self))
        self.all = QRadioButton(_("&All documents, memos and names in the study"), self)
        self.some = QRadioButton(_("&These documents only:"), self)
        self.list = QListWidget(self)
        self.list.setObjectName("scope_documents")
        self.list.setAccessibleName(_("Documents"))
        for guid, title in documents:
            item = QListWidgetItem(title, self.list)
            item.setData(_SOURCE, guid)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = now is None or guid in now
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        for radio, name in ((self.all, "scope_all"), (self.some, "scope_some")):
            radio.setObjectName(name)
            radio.setAccessibleName(radio.text().replace("&", ""))
            box.addWidget(radio)
        box.addWidget(self.list, 1)
        (self.all if now is None else self.some).setChecked(True)
        self.list.setEnabled(now is not None)
        self.some.toggled.connect(self.list.setEnabled)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(self, "scope_cancel", _("Cancel"), self.reject))
        row.addWidget(button(self, "scope_go", _("Look there"), self._go, default=True))
        box.addLayout(row)

    def _go(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = tuple(
            str(item.data(_SOURCE)) for item in items if item.checkState() == Qt.CheckState.Checked
        )
        if self.some.isChecked() and not ticked:
            self.list.setFocus()
            return
        self.accept()
        self.chosen.emit(ticked if self.some.isChecked() else None)
