"""A table of rows: columns as data, a delegate that paints chips, reading face and the focus frame.

A cell is changed where it stands: words by a line, one of few by a combo box; other cells call back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qda.ui.axial.choices import paint_chip
from qda.ui.fonts import QUOTE, SMALL, figures, px, reading_font, ui_font
from qda.ui.theme import tokens_of

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_CELL: Final = Qt.ItemDataRole.UserRole + 1
_ROW_HEIGHT: Final = 32
_AROUND: Final = 26  # what a title needs beside its words
_DRAWN_FOR: Final = 1380  # narrower than this, all columns give way


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows."""

    words: str
    colour: int | None = None
    italic: bool = False
    faded: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column. ``choices`` and ``write``: the cell is a combo box; ``write`` alone: a line; ``open``: asks
    in a window of its own. ``width`` in pixels of the drawings, 0 for the one that takes what is left."""

    key: str
    title: str
    cell: Callable[[R], Cell]
    width: int = 0
    right: bool = False
    small: bool = False
    quote: bool = False
    choices: Callable[[R], Sequence[tuple[str, str]]] | None = None
    value: Callable[[R], str] | None = None
    write: Callable[[R, str], object] | None = None
    open: Callable[[R], object] | None = None
    needs: int = 0  # shown only where the table is at least that wide


@dataclass(slots=True)
class _Rows(Generic[R]):
    rows: tuple[R, ...] = ()
    keys: list[str] = field(default_factory=list)


class GridModel(QAbstractTableModel, Generic[R]):
    """Rows under columns."""

    def __init__(
        self, columns: Sequence[Column[R]], key: Callable[[R], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._held: _Rows[R] = _Rows()

    @property
    def rows(self) -> tuple[R, ...]:
        """All rows."""
        return self._held.rows

    @property
    def keys(self) -> list[str]:
        """What names each row."""
        return self._held.keys

    def set_rows(self, rows: Sequence[R]) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self._held = _Rows(tuple(rows), [self._key(row) for row in rows])
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(_side(self.columns[section]) | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = self.columns[index.column()]
        return flags | Qt.ItemFlag.ItemIsEditable if column.write else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == _CELL:
            return column.cell(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.cell(row).words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.cell(row).words}"
        if role == Qt.ItemDataRole.EditRole:
            return column.value(row) if column.value else column.cell(row).words
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.columns[index.column()]
        if role != Qt.ItemDataRole.EditRole or column.write is None:
            return False
        if value == self.data(index, role):
            return False
        column.write(self.rows[index.row()], str(value))
        return True


class GridDelegate(QStyledItemDelegate):
    """Paints a cell, and edits it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(40), px(_ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, model = option.widget, index.model()
        assert isinstance(view, Grid)
        assert isinstance(model, GridModel)
        column, cell = model.columns[index.column()], index.data(_CELL)
        theme = tokens_of(view)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if index.row() == view.currentIndex().row():
            painter.fillRect(area, QColor(theme.list_selection if view.hasFocus() else theme.hover))
            if view.visualColumn(index.column()) == 0:
                painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(theme.hover))
        painter.setPen(QColor(theme.separator))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        ink = theme.minor if cell.faded else theme.text
        inner = area.adjusted(px(16 if view.visualColumn(index.column()) == 0 else 8), 0, -px(8), 0)
        _cell(painter, inner, cell, column, ink, dark=theme.dark)
        if index == view.currentIndex() and view.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -2))
        painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = index.model()
        assert isinstance(model, GridModel)
        column, row = model.columns[index.column()], model.rows[index.row()]
        if column.choices is None:
            line = QLineEdit(parent)
            line.setObjectName("cell_line")
            line.setAccessibleName(column.title)
            return line
        box = QComboBox(parent)
        box.setObjectName("cell_choice")
        box.setAccessibleName(column.title)
        for key, words in column.choices(row):
            box.addItem(words, key)
        box.activated.connect(lambda _at: self._taken(box))
        return box

    def _taken(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, QComboBox):
            if editor.currentIndex() >= 0:
                model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect)


_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def _cell(painter: QPainter, area: QRect, cell: Cell, column: Column[Any], ink: str, *, dark: bool) -> None:
    if cell.colour is not None:
        box = QRect(area.left(), area.center().y() - px(10) // 2 + 1, px(10), px(10))
        paint_chip(painter, box, cell.colour, dark)
        area = area.adjusted(px(16), 0, 0, 0)
    font: QFont = reading_font(QUOTE) if column.quote else ui_font(SMALL if column.small else 1.0)
    if cell.strong:
        font.setWeight(QFont.Weight.DemiBold)
    font.setItalic(cell.italic)
    if column.right:
        font = figures(font)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = QFontMetrics(font).elidedText(cell.words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, _side(column) | Qt.AlignmentFlag.AlignVCenter, shown)


def _side(column: Column[Any]) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft


class Grid(QTableView):
    """A table that is walked and changed by keys."""

    turned_to = Signal(str)  # another row, by key
    removal_wanted = Signal(str)
    letter = Signal(str, str)  # row, key as a letter
    opened = Signal(str)
    moved = Signal(str, int)  # Alt+Up, Alt+Down: a row, and by how many rows

    def __init__(self, name: str, words: str, model: GridModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.grid = model
        model.setParent(self)
        self.setModel(model)
        self.setItemDelegate(GridDelegate(self))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(_ROW_HEIGHT))
        self.verticalHeader().setMinimumSectionSize(px(_ROW_HEIGHT))
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStyleSheet(f"QHeaderView::section:first {{ padding-left: {px(16)}px; }}")
        head.setSectionsMovable(False)
        head.setFixedHeight(px(32))
        head.setMinimumSectionSize(px(36))
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        for at, column in enumerate(model.columns):
            if column.width:
                head.resizeSection(at, px(column.width))
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentChanged.connect(self._turned)

    def visualColumn(self, column: int) -> int:
        """The place of a column among those shown."""
        return self.horizontalHeader().visualIndex(column)

    def show_rows(self, rows: Sequence[Any], *, current: str | None = None) -> None:
        """Shows other rows; row and column that were current stay so."""
        before = self.currentIndex()
        wanted = self.key if current is None else current
        if self.state() == QAbstractItemView.State.EditingState:
            self.setCurrentIndex(QModelIndex())
        held = self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        self.grid.set_rows(rows)
        at = self.grid.keys.index(wanted) if wanted in self.grid.keys else min(before.row(), len(rows) - 1)
        self.setCurrentIndex(self.grid.index(at, max(0, before.column())) if at >= 0 else QModelIndex())
        self.selectionModel().blockSignals(False)
        self.verticalScrollBar().setValue(held)
        self.viewport().update()

    @property
    def key(self) -> str:
        """The current row; empty where there is none."""
        at = self.currentIndex().row()
        return self.grid.keys[at] if 0 <= at < len(self.grid.keys) else ""

    def make_current(self, key: str) -> None:
        """Makes a row current."""
        if key in self.grid.keys and key != self.key:
            at = self.grid.keys.index(key)
            self.setCurrentIndex(self.grid.index(at, max(0, self.currentIndex().column())))

    def column_named(self, key: str) -> int:
        """The number of a column."""
        return next(at for at, column in enumerate(self.grid.columns) if column.key == key)

    def edit_cell(self, key: str) -> None:
        """Goes to a column of the current row and changes it."""
        index = self.grid.index(max(0, self.currentIndex().row()), self.column_named(key))
        self.setCurrentIndex(index)
        self._change(index)

    def _change(self, index: QModelIndex) -> None:
        column = self.grid.columns[index.column()]
        if column.open is not None:
            column.open(self.grid.rows[index.row()])
        elif column.write is not None:
            self.edit(index)
            box = self.indexWidget(index)
            if isinstance(box, QComboBox):
                box.showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = Qt.Key(event.key()), self.currentIndex()
        if index.isValid() and key == Qt.Key.Key_F2:
            self._change(index)
        elif index.isValid() and event.modifiers() == Qt.KeyboardModifier.AltModifier and key in _STEPS:
            self.moved.emit(self.key, _STEPS[key])
        elif index.isValid() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.key)
        elif index.isValid() and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit(self.key)
        elif index.isValid() and not event.modifiers() and Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
            self.letter.emit(self.key, chr(key))
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: Any) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        column = self.grid.columns[index.column()]
        if column.open or column.write:
            self._change(index)
        else:
            self.opened.emit(self.key)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        room = self.viewport().width()
        scale = min(1.0, max(0.72, room / px(_DRAWN_FOR)))
        for at, column in enumerate(self.grid.columns):
            if column.width:
                title = self.horizontalHeader().fontMetrics().horizontalAdvance(column.title) + px(_AROUND)
                by = max(scale, 0.92) if column.choices else scale  # the words of few choices stay whole
                self.horizontalHeader().resizeSection(at, max(round(px(column.width) * by), title))
            if column.needs:
                self.setColumnHidden(at, room < px(column.needs))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def _turned(self, index: QModelIndex, before: QModelIndex) -> None:
        self.viewport().update()
        if index.isValid() and (not before.isValid() or index.row() != before.row()):
            self.turned_to.emit(self.key)
