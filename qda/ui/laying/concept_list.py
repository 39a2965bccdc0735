"""The list of sensitizing concepts: dragged to order, or moved by Alt with the arrow keys."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from qda.ui.laying.slips import pushes

GUID: Final = Qt.ItemDataRole.UserRole


class ConceptList(QListWidget):
    """Concepts in the researcher's order. A move is told and done by an act; nothing moves by itself."""

    moved = Signal(str, int)  # concept, its new place (0 first)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)

    def event(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if pushes(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = pushes(event)
        if way is None:
            super().keyPressEvent(event)
        elif way[1] and 0 <= (place := self.currentRow() + way[1]) < self.count():
            self.moved.emit(guid_of(self.currentItem()), place)

    def dropEvent(self, event: QDropEvent) -> None:
        item = self.currentItem()
        if event.source() is not self or item is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # the act brings the rows anew
        event.accept()
        at = event.position().toPoint()
        under = self.indexAt(at)
        place = self.count()
        if under.isValid():
            place = under.row() + (at.y() > self.visualRect(under).center().y())
        place -= place > self.row(item)
        if place != self.row(item):
            self.moved.emit(guid_of(item), place)


def guid_of(item: QListWidgetItem | None) -> str:
    """The concept of a line."""
    return str(item.data(GUID) or "") if item is not None else ""
