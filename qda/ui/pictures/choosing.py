"""Choosing codes for the rows of a picture: a list of all that is ticked, with a filter."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QListView, QVBoxLayout, QWidget

from qda.coding.rows import CodeRow
from qda.i18n import _, ngettext
from qda.ui.axial.segmented import chip_icon
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.navigator.code_picker import CodePicker
from qda.ui.surfaces import small
from qda.ui.transcript.code_search import fold
from qda.ui.transcript.rows import CodeChoice

Index = QModelIndex | QPersistentModelIndex


class TickModel(QAbstractListModel):
    """All codes in the order of the tree; those that a filter leaves are seen."""

    ticked_changed = Signal()

    def __init__(self, rows: Sequence[CodeRow], ticked: set[str], owner: QWidget) -> None:
        super().__init__(owner)
        self._rows = list(rows)
        self._folded = [fold(row.path) for row in rows]
        self._owner = owner
        self.ticked = ticked
        self.seen = list(range(len(rows)))

    def filter(self, words: str) -> None:
        """Shows the codes in whose path all words stand."""
        wanted = fold(words).split()
        self.beginResetModel()
        self.seen = [at for at, folded in enumerate(self._folded) if all(word in folded for word in wanted)]
        self.endResetModel()

    def code(self, index: Index) -> CodeRow:
        """The code of a row."""
        return self._rows[self.seen[index.row()]]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.seen)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        item = Qt.ItemFlag
        return item.ItemIsEnabled | item.ItemIsSelectable | item.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.code(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return "    " * row.depth + row.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.path
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.guid in self.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole:
            return chip_icon(row.colour, self._owner)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self._tick([self.code(index)], on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def tick_branch(self, index: Index) -> None:
        """Ticks a code and all below it; where they are ticked already, none of them."""
        top = self.code(index)
        branch = [row for row in self._rows if row.guid == top.guid or row.path.startswith(f"{top.path} > ")]
        self._tick(branch, on=not all(row.guid in self.ticked for row in branch))

    def _tick(self, rows: Sequence[CodeRow], *, on: bool) -> None:
        guids = {row.guid for row in rows}
        self.ticked = self.ticked | guids if on else self.ticked - guids
        self.dataChanged.emit(self.index(0), self.index(max(0, self.rowCount() - 1)))
        self.ticked_changed.emit()


class _Ticks(QListView):
    """Space ticks a code, Shift+Space also all below it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        model = self.model()
        if event.key() == Qt.Key.Key_Space and shift and isinstance(model, TickModel):
            if self.currentIndex().isValid():
                model.tick_branch(self.currentIndex())
            return
        super().keyPressEvent(event)


class CodesDialog(QDialog):
    """Asks which codes are to be seen. ``taken`` brings their GUIDs in the order of the tree."""

    taken = Signal(list)

    def __init__(self, rows: Sequence[CodeRow], ticked: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choose_codes")
        self.setWindowTitle(_("Choose codes"))
        self.resize(px(440), px(540))
        self._rows = list(rows)
        self.line = QLineEdit(self)
        self.line.setObjectName("filter_chosen")
        self.line.setAccessibleName(_("Filter codes"))
        self.line.setPlaceholderText(_("Filter"))
        self.line.setClearButtonEnabled(True)
        self.model = TickModel(rows, set(ticked), self)
        self.list = _Ticks(self)
        self.list.setObjectName("ticked_codes")
        self.list.setAccessibleName(_("Codes"))
        self.list.setUniformItemSizes(True)
        self.list.setModel(self.model)
        self.count = small("", self)
        hint = small(_("Space ticks a code, Shift+Space also all below it."), self, wrap=True)
        buttons = QDialogButtonBox(self)
        self.show_button = buttons.addButton(_("Show"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.show_button.setObjectName("show_chosen")
        cancel = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("cancel")
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(20), px(16), px(20), px(14))
        box.setSpacing(px(8))
        for widget in (heading(_("Choose codes"), self), self.line, self.list, self.count, hint, buttons):
            box.addWidget(widget, 1 if widget is self.list else 0)
        self.line.textChanged.connect(self.model.filter)
        self.line.returnPressed.connect(self.list.setFocus)
        self.model.ticked_changed.connect(self._told)
        self._told()
        self.line.setFocus()

    def _told(self) -> None:
        count = len(self.model.ticked)
        self.count.setText(ngettext("{n} code chosen", "{n} codes chosen", count).format(n=count))
        self.show_button.setEnabled(count > 0)

    def _take(self) -> None:
        self.taken.emit([row.guid for row in self._rows if row.guid in self.model.ticked])
        self.accept()


class BranchDialog(QDialog):
    """Asks for one code, which is shown with all below it."""

    taken = Signal(str)

    def __init__(self, choices: Sequence[CodeChoice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choose_branch")
        self.setWindowTitle(_("Choose a branch"))
        self.resize(px(420), px(480))
        self.picker = CodePicker(choices, parent=self)
        buttons = QDialogButtonBox(self)
        show = buttons.addButton(_("Show"), QDialogButtonBox.ButtonRole.AcceptRole)
        show.setObjectName("show_branch")
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole).setObjectName("cancel")
        buttons.accepted.connect(lambda: self._take(self.picker.current))
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(20), px(16), px(20), px(14))
        box.setSpacing(px(8))
        box.addWidget(heading(_("Choose a branch"), self))
        box.addWidget(self.picker, 1)
        box.addWidget(buttons)
        self.picker.taken.connect(self._take)
        self.picker.chosen.connect(lambda guid: show.setEnabled(bool(guid)))
        show.setEnabled(self.picker.has_choice)
        self.picker.setFocus()

    def _take(self, code: str) -> None:
        if code:
            self.taken.emit(code)
            self.accept()
