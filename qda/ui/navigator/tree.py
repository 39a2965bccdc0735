"""The tree that both lists at the left share: ground from edge to edge, expansion kept by GUID."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragMoveEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from qda.ui import theme
from qda.ui.controls import BarTree
from qda.ui.fonts import px
from qda.ui.navigator.painting import ROW_HEIGHT, triangle

Index = QModelIndex | QPersistentModelIndex
SHIFT: Final = 8  # the tree begins this far from the edge; the ground does not


class NavigatorTree(BarTree):
    """A tree of rows with GUIDs. Enter takes a row, F2 renames it, Del removes it."""

    taken = Signal(str)  # Enter or double click: a row's GUID
    beside_wanted = Signal(str)  # Alt+Enter
    remove_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)  # GUID or "", place on the screen

    def __init__(self, guid_role: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = guid_role
        self._expanded: set[str] = set()
        self._expand_all = False
        self._restoring = False
        self._dragged_over: Index = QModelIndex()
        self.empty_words = ""
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setAllColumnsShowFocus(True)
        self.header().setStretchLastSection(True)
        self.expanded.connect(lambda index: self._keep(index, opened=True))
        self.collapsed.connect(lambda index: self._keep(index, opened=False))
        self.doubleClicked.connect(self._take)

    # -- what is open and chosen ----------------------------------------------------------------------------

    def guid(self, index: Index) -> str:
        """The GUID at ``index``; empty for none."""
        return str(index.data(self._role) or "") if index.isValid() else ""

    @property
    def current_guid(self) -> str:
        """The GUID of the row chosen."""
        return self.guid(self.currentIndex())

    @property
    def expanded_guids(self) -> frozenset[str]:
        """The rows that are open where all are shown."""
        return frozenset(self._expanded)

    def set_expanded_guids(self, guids: set[str]) -> None:
        """Which rows are open from now on."""
        self._expanded = set(guids)

    def restore(self, parents: list[QModelIndex], chosen: QModelIndex, *, everything: bool = False) -> None:
        """Opens after a reset what was open (or ``everything``), and chooses what was chosen."""
        self._restoring, self._expand_all = True, everything
        for index in parents:
            if everything or self.guid(index) in self._expanded:
                self.setExpanded(index, True)
        if chosen.isValid():
            blocked = self.selectionModel().blockSignals(True)
            self.setCurrentIndex(chosen)
            self.selectionModel().blockSignals(blocked)
        self._restoring = False
        self.viewport().update()

    def _keep(self, index: QModelIndex, *, opened: bool) -> None:
        if self._restoring or self._expand_all:
            return
        (self._expanded.add if opened else self._expanded.discard)(self.guid(index))

    # -- keys and mouse -------------------------------------------------------------------------------------

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.taken.emit(self.guid(index))

    def event(self, event: QEvent) -> bool:
        own = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() in own and not plain:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if index.isValid() and plain and self.state() is not QAbstractItemView.State.EditingState:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(index)
                return
            if key == Qt.Key.Key_F2:
                self.edit(index)
                return
            if key == Qt.Key.Key_Delete:
                self.remove_wanted.emit(self.guid(index))
                return
        if (
            index.isValid()
            and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
            and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.beside_wanted.emit(self.guid(index))
            return
        super().keyPressEvent(event)

    def _triangle_area(self, index: Index) -> QRect:
        row = self.visualRect(index)
        return QRect(row.left() - self.indentation() + px(SHIFT), row.top(), px(18), row.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        on_mark = index.isValid() and self.model().hasChildren(index)
        if on_mark and self._triangle_area(index).contains(event.position().toPoint()):
            self.setExpanded(index, not self.isExpanded(index))
            event.accept()
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        else:
            index = self.indexAt(event.pos())
            place = event.globalPos()
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
        self.menu_wanted.emit(self.guid(index), place)

    # -- dragging -------------------------------------------------------------------------------------------

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._dragged_over = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        self.viewport().update()

    # -- look -----------------------------------------------------------------------------------------------

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        if self.selectionModel().isSelected(index):
            painter.fillRect(area.adjusted(-area.left(), 0, 0, 0), self._shade())
        super().drawRow(painter, option, index)

    def _shade(self) -> QColor:
        return QColor(theme.tokens_of(self).list_selection)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        model = self.model()
        if self.selectionModel().isSelected(index):  # the style paints its own ground there
            painter.fillRect(rect, self._shade())
        if model.hasChildren(index):
            middle = QPoint(rect.right() - self.indentation() // 2 + px(SHIFT), rect.center().y())
            triangle(painter, middle, theme.tokens_of(self), opened=self.isExpanded(index))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty_words and self.model() is not None and self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme.tokens_of(self).minor))
            room = self.viewport().rect().adjusted(px(16), px(8), -px(16), 0)
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, flags, self.empty_words)
        if self.state() is QAbstractItemView.State.DraggingState:
            self._paint_target()

    def _paint_target(self) -> None:
        painter = QPainter(self.viewport())
        accent = QColor(theme.tokens_of(self).accent)
        index, where = self._dragged_over, self.dropIndicatorPosition()
        row = self.visualRect(index)
        position = QAbstractItemView.DropIndicatorPosition
        if where is position.OnItem and index.isValid():
            painter.setPen(QPen(accent, 2))
            painter.drawRoundedRect(
                QRect(1, row.top() + 1, self.viewport().width() - 2, row.height() - 2), 3, 3
            )
        elif where is position.AboveItem:
            painter.fillRect(row.left(), row.top() - 1, self.viewport().width() - row.left(), 2, accent)
        elif where is position.BelowItem:
            painter.fillRect(row.left(), row.bottom(), self.viewport().width() - row.left(), 2, accent)

    def wanted_height(self) -> int:
        """What all open rows take, with room for the heading above them."""
        rows, stack = 0, [self.model().index(at, 0) for at in range(self.model().rowCount())]
        while stack:
            index = stack.pop()
            rows += 1
            if self.isExpanded(index):
                stack += [self.model().index(at, 0, index) for at in range(self.model().rowCount(index))]
        return px(ROW_HEIGHT) * max(rows, 2) + px(46)

    def row_height(self) -> int:
        """The height of a row."""
        return px(ROW_HEIGHT)
