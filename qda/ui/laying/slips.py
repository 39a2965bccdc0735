"""A list of codes as slips of paper: chosen by the arrow keys, laid by a digit, dragged, taken off by Del."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from qda.coding.rows import CodeRow
from qda.i18n import ngettext
from qda.ui import theme
from qda.ui.fonts import px
from qda.ui.navigator.painting import ROW_HEIGHT, Index, Look, RowDelegate
from qda.ui.navigator.several import codes_mime, codes_of
from qda.ui.transcript.margin import shown_name

ROW: Final = Qt.ItemDataRole.UserRole
COUNTED: Final = Qt.ItemDataRole.UserRole + 1
_PLAIN: Final = Qt.KeyboardModifier.NoModifier
_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
FIGURES: Final = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)


class _Slip(RowDelegate):
    """A code; in piles each has a frame of its own."""

    def __init__(self, parent: QWidget, *, framed: bool) -> None:
        super().__init__(parent)
        self._framed = framed

    def look(self, index: Index) -> Look:
        row = index.data(ROW)
        if not isinstance(row, CodeRow):
            return Look("")
        in_vivo = row.origin == "in-vivo"
        figure = str(row.codings_below) if row.codings_below and index.data(COUNTED) else ""
        return Look(shown_name(row.name, in_vivo), italic=in_vivo, figure=figure)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(120), px(ROW_HEIGHT + (4 if self._framed else 0)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.tokens_of(option.widget)
        state, area = option.state, option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = colours.list_selection if chosen else colours.paper if self._framed else colours.panel
        if not chosen and state & QStyle.StateFlag.State_MouseOver:
            ground = colours.hover
        painter.save()
        if self._framed:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.accent if chosen else colours.quiet_frame), 1))
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -px(4)), 3, 3)
            option.rect = area.adjusted(0, 0, 0, -px(3))
        else:
            painter.fillRect(area, QColor(ground))
            if chosen:
                painter.fillRect(QRect(area.topLeft(), QSize(3, area.height())), QColor(colours.accent))
            option.rect = area.adjusted(px(4), 0, 0, 0)
        painter.restore()
        super().paint(painter, option, index)


class Slips(QListWidget):
    """Codes in a list. Several may be chosen; what is done with them is told in signals."""

    laid = Signal(int, bool)  # digit, with Ctrl: on that pile, or below that category
    begun = Signal()  # N: a new pile
    taken_off = Signal()  # Del
    entered = Signal()  # Enter: name the pile
    dropped = Signal(list)  # codes laid here
    turned_to = Signal(str)  # the code that the keys act on now
    pushed = Signal(int, int)  # Alt with an arrow key: the pile that they lie on goes that way
    left_by_escape = Signal()

    def __init__(self, name: str, label: str, parent: QWidget | None = None, *, framed: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._framed = framed
        self.setItemDelegate(_Slip(self, framed=framed))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if framed:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        else:
            self.setProperty("panel", True)
        self.currentItemChanged.connect(lambda item, _old: self.turned_to.emit(_guid(item)) if item else None)

    # -- codes ----------------------------------------------------------------------------------------------

    def show_codes(self, rows: Sequence[CodeRow], *, counted: bool = True) -> None:
        """Shows these codes, with figures or without; the choice stays with them, or at its place."""
        old = self.currentRow()
        kept, current = set(self.chosen()), self.current
        blocked = self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem(shown_name(row.name, row.origin == "in-vivo"))
            item.setData(ROW, row)
            item.setData(COUNTED, counted)
            n = row.codings_below
            spoken = ngettext("{name}, {n} coding", "{name}, {n} codings", n).format(name=item.text(), n=n)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken if counted else item.text())
            item.setToolTip(row.definition or item.text())
            self.addItem(item)
            if row.guid in kept:
                item.setSelected(True)
        at = next((i for i, row in enumerate(rows) if row.guid == current), min(old, len(rows) - 1))
        if at >= 0:
            nothing = not self.selectedItems() and bool(kept) and (not self._framed or self.hasFocus())
            self.selectionModel().setCurrentIndex(
                self.model().index(at, 0),
                self.selectionModel().SelectionFlag.ClearAndSelect
                if nothing
                else self.selectionModel().SelectionFlag.NoUpdate,
            )
        self.blockSignals(blocked)
        if self._framed:
            self.setFixedHeight(max(1, len(rows)) * px(ROW_HEIGHT + 4) + 2)

    def guids(self) -> list[str]:
        """The codes shown, in their order."""
        return [_guid(self.item(at)) for at in range(self.count())]

    def chosen(self) -> list[str]:
        """The codes chosen, in their order."""
        return [_guid(self.item(at)) for at in range(self.count()) if self.item(at).isSelected()]

    @property
    def current(self) -> str:
        """The code that the keys are on."""
        return _guid(self.currentItem()) if self.currentItem() else ""

    def choose(self, code: str) -> bool:
        """Chooses a code, if it is here."""
        for at, guid in enumerate(self.guids()):
            if guid == code:
                self.setCurrentRow(at)
                return True
        return False

    # -- keys -----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if own_key(event) or (self._framed and pushes(event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._framed and (way := pushes(event)) is not None:
            event.accept()
            self.pushed.emit(*way)
            return
        if not own_key(event):
            super().keyPressEvent(event)
            return
        event.accept()
        key = event.key()
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in FIGURES:
            self.laid.emit(key - Qt.Key.Key_0, with_control)
        elif key == Qt.Key.Key_N:
            self.begun.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.taken_off.emit()
        elif key == Qt.Key.Key_Escape:
            self.left_by_escape.emit()
        else:
            self.entered.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.selectedItems() and self.count():
            self.setCurrentRow(max(0, self.currentRow()))
            self.item(self.currentRow()).setSelected(True)
        if self.current:
            self.turned_to.emit(self.current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
        if self._framed and event.reason() not in passing:
            self.clearSelection()  # on the table one slip at a time is in hand

    # -- dragging -------------------------------------------------------------------------------------------

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        chosen = [item.data(ROW) for item in items]
        return codes_mime([(row.guid, row.name) for row in chosen if isinstance(row, CodeRow)])

    def startDrag(self, supported: Qt.DropAction) -> None:  # noqa: ARG002
        from PySide6.QtGui import QDrag

        drag = QDrag(self)
        drag.setMimeData(self.mimeData(self.selectedItems()))
        item = self.currentItem()
        if item is not None:
            area = self.visualItemRect(item)
            drag.setPixmap(self.viewport().grab(area))
            drag.setHotSpot(QPoint(px(12), area.height() // 2))
        drag.exec(Qt.DropAction.MoveAction)  # the rows come anew after the act; none is removed here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        _welcome(self, event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        _welcome(self, event)

    def dropEvent(self, event: QDropEvent) -> None:
        if event.source() is not self and (codes := codes_of(event.mimeData())):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.dropped.emit(codes)
        else:
            event.ignore()


def _welcome(widget: QWidget, event: QDragMoveEvent) -> None:
    if event.source() is not widget and codes_of(event.mimeData()):
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
    else:
        event.ignore()


def pushes(event: QKeyEvent) -> tuple[int, int] | None:
    """Where Alt with an arrow key points."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _ARROWS.get(Qt.Key(event.key())) if modifiers == Qt.KeyboardModifier.AltModifier else None


def own_key(event: QKeyEvent) -> bool:
    """Whether a key means something to codes that are laid out."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = event.key()
    if key in FIGURES:
        return modifiers in (_PLAIN, Qt.KeyboardModifier.ControlModifier)
    wanted = (
        *(Qt.Key.Key_N, Qt.Key.Key_Delete, Qt.Key.Key_Backspace),
        *(Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Escape),
    )
    return modifiers == _PLAIN and key in wanted


def _guid(item: QListWidgetItem) -> str:
    row = item.data(ROW)
    return row.guid if isinstance(row, CodeRow) else ""
