"""The lists of the memo desk: types with their counts, and the memos wanted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from qda.i18n import _
from qda.ui.laying.slips import pushes
from qda.ui.memos.items import GUID, MEMO, CountDelegate, MemoDelegate
from qda.ui.memos.piles import memos_mime, memos_of
from qda.ui.memos.targets import KINDS

if TYPE_CHECKING:
    from qda.coding.rows import MemoRow

ALL: Final = ""
PRIVATE: Final = "private"


class MemoTypes(QListWidget):
    """The types at the left, each with how many there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("memo_types")
        self.setAccessibleName(_("Types of memos"))
        self.setProperty("panel", True)
        self.setItemDelegate(CountDelegate(self))
        self.setMouseTracking(True)
        for key, name in (
            (ALL, _("All")),
            *((key, _(many)) for key, many, _one in KINDS),
            (PRIVATE, _("Private, in no report")),
        ):
            item = QListWidgetItem(name, self)
            item.setData(GUID, key)
        self.setCurrentRow(0)

    def count_up(self, rows: "Sequence[MemoRow]") -> None:
        """Writes the counts."""
        for at in range(self.count()):
            item = self.item(at)
            key = item.data(GUID)
            if key == PRIVATE:
                number = sum(row.private for row in rows)
            else:
                number = sum(key in (ALL, row.kind) for row in rows)
            item.setData(MEMO, number)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {number}")

    @property
    def chosen(self) -> str:
        """The type in hand; empty for all."""
        item = self.currentItem()
        return str(item.data(GUID)) if item else ALL


class MemoList(QListWidget):
    """The memos wanted. Enter goes into the memo, Del removes it, T lays those chosen on a pile.

    On a pile in its own order memos are dragged to their place, or moved by Alt with the arrow keys.
    """

    entered = Signal()
    remove_wanted = Signal()
    lay_wanted = Signal()
    moved = Signal(list, int)  # memos, before which place

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.on_pile = False
        self.setObjectName("memo_list")
        self.setAccessibleName(_("Memos"))
        self.setItemDelegate(MemoDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setDropIndicatorShown(True)

    def chosen(self) -> list[str]:
        """The memos chosen, in their order."""
        return [self.item(at).data(GUID) for at in range(self.count()) if self.item(at).isSelected()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = pushes(event)
        if way is not None:
            place = self.currentRow() + (2 if way[1] > 0 else -1)
            if self.on_pile and way[1] and 0 <= place <= self.count():
                self.moved.emit([self.currentItem().data(GUID)], place)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.lay_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        return memos_mime([item.data(GUID) for item in items])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        if self.on_pile and memos_of(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        memos = memos_of(event.mimeData())
        if not self.on_pile or not memos:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # the act brings the rows anew
        event.accept()
        at = event.position().toPoint()
        under = self.indexAt(at)
        below = under.isValid() and at.y() > self.visualRect(under).center().y()
        self.moved.emit(memos, under.row() + below if under.isValid() else self.count())
