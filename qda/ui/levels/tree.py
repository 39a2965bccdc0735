"""The matrix as a table: levels from the action outwards, the placed codes below them."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from qda.coding import paradigms
from qda.coding.levels import Level, Placed
from qda.i18n import _
from qda.ui.axial.reading import Reading
from qda.ui.axial.segmented import chip_icon
from qda.ui.axial.words import DASH
from qda.ui.fonts import px, ui_font

_KEY: Final = Qt.ItemDataRole.UserRole  # of a level's row its key, of a code's row its placement
_LEVEL: Final = Qt.ItemDataRole.UserRole + 1
_WIDTHS: Final = (400, 200, 160, 200)


class LevelTree(QTreeWidget):
    """Walked by keys; L or F2 asks for another level, Enter opens the code, a drag puts it on a level."""

    level_wanted = Signal(str)  # placement
    opened = Signal(str)  # placement
    dropped = Signal(str, str)  # placement, level
    moved = Signal(str, int)  # Alt+Up, Alt+Down on a level: inwards, outwards

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads: list[QTreeWidgetItem] = []
        self._rows: dict[str, QTreeWidgetItem] = {}
        self.setObjectName("level_tree")
        self.setAccessibleName(_("Placed codes by level"))
        self.setHeaderLabels([_("Level and code"), _("Slot"), _("Addressee"), _("Cases"), _("Passages")])
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, px(width))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.itemDoubleClicked.connect(lambda item, _column: self._open(item))

    def show_levels(self, levels: Sequence[Level], reading: Reading, *, counted: bool) -> None:
        """Shows them; the row in hand stays in hand."""
        current = self.key
        held = self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        self._heads, self._rows = [], {}
        for level in levels:
            head = QTreeWidgetItem([level.name or _("without a level")])
            head.setData(0, _LEVEL, level.key)
            head.setFont(0, ui_font(semibold=bool(level.placed)))
            head.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
            )
            self.addTopLevelItem(head)
            self._heads.append(head)
            for placed in level.placed:
                guid = placed.placement.guid
                self._rows[guid] = self._row(placed, reading, counted=counted)
                head.addChild(self._rows[guid])
            head.setExpanded(True)
        self.blockSignals(False)
        self.make_current(current)
        self.verticalScrollBar().setValue(held)

    def _row(self, placed: Placed, reading: Reading, *, counted: bool) -> QTreeWidgetItem:
        row = placed.placement
        item = QTreeWidgetItem(
            [
                reading.name(row.code),
                placed.slot_name,
                paradigms.addressee_name(row.addressee) or DASH,
                (reading.counts.by_case_text(row.code) if counted else "") or DASH,
                str(reading.counts.passages(row.code)) if counted else DASH,
            ]
        )
        item.setData(0, _KEY, row.guid)
        item.setIcon(0, chip_icon(reading.colour(row.code), self))
        item.setTextAlignment(4, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        )
        return item

    @property
    def key(self) -> str:
        """The placement in hand; empty on a level's row."""
        item = self.currentItem()
        return str(item.data(0, _KEY) or "") if item is not None else ""

    def make_current(self, placement: str) -> None:
        """Takes a placement in hand; the first row where it is not there."""
        if (item := self._rows.get(placement)) is not None:
            self.setCurrentItem(item)
        elif self.currentItem() is None and self._heads:
            self.setCurrentItem(self._heads[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item, key = self.currentItem(), event.key()
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if item is not None and event.modifiers() == Qt.KeyboardModifier.AltModifier and key in steps:
            if item.parent() is None and item.data(0, _LEVEL):
                self.moved.emit(item.data(0, _LEVEL), steps[Qt.Key(key)])
        elif self.key and key in (Qt.Key.Key_L, Qt.Key.Key_F2):
            self.level_wanted.emit(self.key)
        elif self.key and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.key)
        else:
            super().keyPressEvent(event)

    def _open(self, item: QTreeWidgetItem) -> None:
        if key := item.data(0, _KEY):
            self.opened.emit(key)

    def dropEvent(self, event: QDropEvent) -> None:
        """Puts what is dragged on the level under the pointer; the act moves it, not the list."""
        item = self.itemAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if item is not None and self.key:
            head = item.parent() or item
            self.dropped.emit(self.key, head.data(0, _LEVEL) or "")
