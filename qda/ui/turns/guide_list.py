"""The topics of the interview guide at the left of the material: chosen, put into another order, removed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from qda.i18n import _, ngettext
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.memos.items import GUID, MEMO, CountDelegate

if TYPE_CHECKING:
    from qda.ui.desk import Desk


class TopicList(QListWidget):
    """Topics in their order. Dragging, or Alt with the arrow keys, gives one another place."""

    turned_to = Signal(str)  # a topic's GUID
    entered = Signal()  # Enter: on to the page

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("topics")
        self.setAccessibleName(_("Topics of the interview guide"))
        self.setAccessibleDescription(_("Alt with the arrow keys gives a topic another place"))
        self.setProperty("panel", True)
        self.setFont(ui_font(SMALL))
        self.setItemDelegate(CountDelegate(self))
        self.setMouseTracking(True)
        self.setDragDropMode(
            QAbstractItemView.DragDropMode.NoDragDrop
            if desk.project.read_only
            else QAbstractItemView.DragDropMode.InternalMove
        )
        self.currentItemChanged.connect(lambda _now, _before: self.turned_to.emit(self.current))
        self.itemClicked.connect(lambda _item: self.turned_to.emit(self.current))
        self.itemActivated.connect(lambda _item: self.entered.emit())

    @property
    def current(self) -> str:
        """The topic in hand."""
        item = self.currentItem()
        return str(item.data(GUID)) if item is not None else ""

    def refresh(self) -> None:
        """Reads the guide anew; what was in hand stays, or its neighbour."""
        from qda.coding.topics import topics

        kept, row = self.current, self.currentRow()
        self.blockSignals(True)
        self.clear()
        for topic in topics(self._desk.project):
            item = QListWidgetItem(topic.name, self)
            item.setData(GUID, topic.guid)
            item.setData(MEMO, topic.turns or None)
            item.setSizeHint(QSize(px(120), px(26)))
            said = ngettext("{n} turn", "{n} turns", topic.turns).format(n=topic.turns)
            item.setToolTip(topic.question or topic.name)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{topic.name}, {said}" if topic.turns else topic.name
            )
        self.blockSignals(False)
        self.choose(kept) or self.setCurrentRow(min(row, self.count() - 1))

    def choose(self, topic: str) -> bool:
        """Takes a topic in hand; false where it is gone."""
        for at in range(self.count()):
            item = self.item(at)
            if item is not None and item.data(GUID) == topic:
                self.setCurrentRow(at)
                return True
        return False

    def move_current(self, by: int) -> None:
        """Gives the topic in hand the place before or behind."""
        self._move(self.current, self.currentRow() + by)

    def _move(self, topic: str, position: int) -> None:
        from qda.coding.topics import move_topic

        if topic and 0 <= position < self.count() and not self._desk.project.read_only:
            self._desk.do(move_topic, topic=topic, position=position)

    def dropEvent(self, event: QDropEvent) -> None:
        target = self.indexAt(event.position().toPoint())
        at = target.row() if target.isValid() else self.count()
        if self.dropIndicatorPosition() is QAbstractItemView.DropIndicatorPosition.BelowItem:
            at += 1
        if at > self.currentRow():
            at -= 1
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()  # the rows are read anew; nothing is moved inside the view
        self._move(self.current, at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_current(step)
            return
        super().keyPressEvent(event)
