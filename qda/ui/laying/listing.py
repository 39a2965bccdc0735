"""The middle as a list: piles and categories with their codes below them, line by line."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QDragMoveEvent, QDropEvent, QKeyEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from qda.i18n import _, ngettext
from qda.ui import theme
from qda.ui.fonts import px, ui_font
from qda.ui.laying.pile_box import Heap
from qda.ui.laying.slips import FIGURES, own_key, pushes
from qda.ui.navigator.several import codes_mime, codes_of
from qda.ui.transcript.margin import shown_name

_CODE: Final = Qt.ItemDataRole.UserRole
_HEAP: Final = Qt.ItemDataRole.UserRole + 1
_NAME: Final = Qt.ItemDataRole.UserRole + 2


class Listing(QTreeWidget):
    """Piles and categories as branches. Digits, N, Del and Enter do what they do on the table."""

    dropped = Signal(str, list)  # pile or category ("" a new pile), codes
    in_hand = Signal(str)
    name_wanted = Signal(str)
    laid = Signal(int, bool)  # digit, with Ctrl
    begun = Signal()
    taken_off = Signal()
    left_by_escape = Signal()
    moved = Signal(str, int)  # a pile goes so many places down among the piles

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._closed: set[str] = set()
        self.setObjectName("laying_list")
        self.setAccessibleName(_("Piles and categories"))
        self.setHeaderLabels([_("Name"), _("Codings"), _("Key")])
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setIndentation(px(18))
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.currentItemChanged.connect(lambda item, _old: self.in_hand.emit(heap_of(item)) if item else None)
        self.itemCollapsed.connect(lambda item: self._closed.add(heap_of(item)))
        self.itemExpanded.connect(lambda item: self._closed.discard(heap_of(item)))

    # -- what is shown --------------------------------------------------------------------------------------

    def show_heaps(self, heaps: Sequence[Heap]) -> None:
        """Shows piles, then categories; what was chosen stays chosen."""
        kept, here = set(self.chosen()), (heap_of(self.currentItem()), code_of(self.currentItem()))
        blocked = self.blockSignals(True)
        self.clear()
        for heap in heaps:
            head = self._head(heap)
            self.addTopLevelItem(head)
            for row in heap.codes:
                item = QTreeWidgetItem(head)
                name = shown_name(row.name, row.origin == "in-vivo")
                item.setText(0, name)
                item.setFont(0, ui_font(italic=row.origin == "in-vivo"))
                item.setToolTip(0, row.definition or name)
                item.setData(0, _CODE, row.guid)
                item.setData(0, _HEAP, heap.guid)
                item.setData(0, _NAME, row.name)
                self._figure(item, row.codings_below if heap.counted else 0)
                item.setSelected(row.guid in kept)
                if (heap.guid, row.guid) == here:
                    self._turn_to(item)
            head.setExpanded(heap.guid not in self._closed)
            if (heap.guid, "") == here:
                self._turn_to(head)
        self.blockSignals(blocked)

    def _turn_to(self, item: QTreeWidgetItem) -> None:
        index = self.indexFromItem(item)
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)

    def _head(self, heap: Heap) -> QTreeWidgetItem:
        name = heap.name or _("Pile without a name")
        item = QTreeWidgetItem([name, "", heap.key])
        item.setFont(0, ui_font(semibold=bool(heap.name)))
        item.setData(0, _HEAP, heap.guid)
        count = ngettext("{n} code", "{n} codes", len(heap.codes)).format(n=len(heap.codes))
        kind = _("Pile “{name}”") if heap.is_pile else _("Category “{name}”")
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{kind.format(name=name)}, {count}")
        if heap.colour:
            chip = QPixmap(px(10), px(10))
            chip.fill(QColor(theme.code_colour(heap.colour, theme.tokens_of(self).dark)))
            item.setIcon(0, chip)
        self._figure(item, sum(row.codings_below for row in heap.codes) if heap.counted else 0)
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
        return item

    def _figure(self, item: QTreeWidgetItem, count: int) -> None:
        item.setText(1, str(count) if count else "")
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def chosen(self) -> list[str]:
        """The codes chosen, in their order."""
        return [code for item in self.selectedItems() if (code := code_of(item))]

    @property
    def heap(self) -> str:
        """The pile or category that the keys are on."""
        return heap_of(self.currentItem())

    def take_in_hand(self, guid: str) -> None:
        """Brings a pile into view; the keys stay where they are if they are inside it."""
        if not guid or self.heap == guid:
            return
        for at in range(self.topLevelItemCount()):
            head = self.topLevelItem(at)
            if head is not None and heap_of(head) == guid:
                blocked = self.blockSignals(True)
                self.setCurrentItem(head)
                self.blockSignals(blocked)

    # -- keys -----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if own_key(event) or pushes(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (way := pushes(event)) is not None:
            event.accept()
            if way[1]:
                self.moved.emit(self.heap, way[1])
            return
        if not own_key(event):
            super().keyPressEvent(event)
            return
        event.accept()
        key = event.key()
        if key in FIGURES:
            self.laid.emit(key - Qt.Key.Key_0, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_N:
            self.begun.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.taken_off.emit()
        elif key == Qt.Key.Key_Escape:
            self.left_by_escape.emit()
        else:
            self.name_wanted.emit(self.heap)

    # -- dragging -------------------------------------------------------------------------------------------

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        chosen = [(code_of(item), str(item.data(0, _NAME))) for item in items if code_of(item)]
        return codes_mime(chosen)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges, shows where
        if codes_of(event.mimeData()):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dropMimeData(self, *_args: object) -> bool:
        return False

    def dropEvent(self, event: QDropEvent) -> None:
        codes = codes_of(event.mimeData())
        if not codes:
            event.ignore()
            return
        index: QModelIndex = self.indexAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.CopyAction)  # the act brings the rows anew
        event.accept()
        self.dropped.emit(heap_of(self.itemFromIndex(index)) if index.isValid() else "", codes)


def heap_of(item: QTreeWidgetItem | None) -> str:
    """The pile or category of a line."""
    return str(item.data(0, _HEAP) or "") if item is not None else ""


def code_of(item: QTreeWidgetItem | None) -> str:
    """The code of a line; empty on a pile or category."""
    return str(item.data(0, _CODE) or "") if item is not None else ""
