"""A table of cells, some of which offer a choice: by a click, or with F2 or the space bar.

Rows are as high as one line; a sentence in a cell that wraps makes its row as high as it needs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qda.ui.fonts import SMALL, figures, px, ui_font
from qda.ui.theme import code_colour, tokens_of

Index = QModelIndex | QPersistentModelIndex
Choices = Sequence[tuple[str, str]]  # key and words; an empty key with empty words is a line between
CELL: Final = Qt.ItemDataRole.UserRole + 1
_MOST_WRAPPED: Final = 200  # rows whose height is measured at once


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``choices`` are asked for when it is opened; ``chip`` is a colour of the codes' palette.

    ``lead`` are words in the colour of notices before the text.
    """

    text: str = ""
    choices: Callable[[], Choices] | None = None
    key: str = ""
    chip: int | None = None
    right: bool = False
    quiet: bool = False
    wrap: bool = False
    lead: str = ""
    bold: bool = False

    @property
    def whole(self) -> str:
        """Everything that is read in it."""
        return f"{self.lead} {self.text}".strip()


class GridModel(QAbstractTableModel):
    """Rows of cells under their heads."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self.rows: list[tuple[Cell, ...]] = []

    def show_rows(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Shows other rows; where their number stays, the row in hand stays, too."""
        if len(rows) == len(self.rows):
            self.rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._heads) - 1))
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def show_row(self, at: int, row: tuple[Cell, ...]) -> None:
        """Shows one row anew."""
        self.rows[at] = row
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self._heads) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.rows[index.row()][index.column()]
        if role == CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell.whole
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[index.column()]}: {cell.whole}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = bool(self.rows) and self.rows[0][section].right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class GridDelegate(QStyledItemDelegate):
    """Paints cells: chip, words, the frame of a choice."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = index.data(CELL)
        words = QFontMetrics(_font(cell)).horizontalAdvance(cell.whole)
        extra = px(26) + (px(18) if cell.chip is not None else 0) + (px(34) if cell.choices else 0)
        return QSize(min(words + extra, px(280)), px(32)) if option.widget else QSize(px(60), px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        if not isinstance(view, Grid):
            return
        cell, theme, area = index.data(CELL), tokens_of(view), QRect(option.rect)
        current = view.currentIndex()
        in_hand = current.row() == index.row()
        painter.save()
        if in_hand:
            painter.fillRect(area, QColor(theme.list_selection if view.hasFocus() else theme.separator))
            if index.column() == 0:
                painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(theme.accent))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(theme.separator))
        inner = area.adjusted(px(16 if index.column() == 0 else 8), 0, -px(8), -1)
        if cell.chip is not None:
            side = px(10)
            chip = QRect(inner.left(), inner.center().y() - side // 2, side, side)
            painter.fillRect(chip, code_colour(cell.chip, theme.dark))
            inner.setLeft(chip.right() + px(9))
        if cell.choices is not None:
            inner = _frame(painter, area, theme.paper, theme.control_frame, theme.minor)
        ink = theme.notice if cell.lead else theme.secondary if cell.quiet else theme.text
        _write(painter, inner, cell, ink)
        if view.hasFocus() and current == index and view.cells_are_chosen:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(area.adjusted(2, 2, -2, -3), px(4), px(4))
        painter.restore()


def _font(cell: Cell) -> Any:
    font = ui_font(SMALL if cell.wrap else 1.0, semibold=cell.bold)
    return figures(font) if cell.right else font


def _frame(painter: QPainter, area: QRect, ground: str, line: str, arrow: str) -> QRect:
    frame = area.adjusted(px(3), px(4), -px(5), -px(5))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(line), 1))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(frame, px(4), px(4))
    painter.setPen(QPen(QColor(arrow), 1.5))
    middle = frame.right() - px(11)
    height = frame.center().y()
    painter.drawLine(middle - px(4), height - px(2), middle, height + px(2))
    painter.drawLine(middle, height + px(2), middle + px(4), height - px(2))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    return frame.adjusted(px(8), 0, -px(22), 0)


def _write(painter: QPainter, area: QRect, cell: Cell, ink: str) -> None:
    font = _font(cell)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    across = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
    flags = int(across | Qt.AlignmentFlag.AlignVCenter)
    painter.setPen(QColor(ink))
    if cell.wrap:
        whole = cell.whole
        if metrics.horizontalAdvance(whole) > area.width():
            painter.drawText(area, flags | int(Qt.TextFlag.TextWordWrap), whole)
            return
    words = metrics.elidedText(cell.whole, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, flags, words)


class Grid(QTableView):
    """The table. ``chosen`` tells row, column and the key of a choice; ``opened`` a row (Enter apart)."""

    chosen = Signal(int, int, str)
    turned_to = Signal(int)
    opened = Signal(int)

    def __init__(
        self, name: str, title: str, heads: Sequence[str], parent: QWidget | None = None, *, stretch: int
    ) -> None:
        """``stretch``: the column that takes the room that is left."""
        super().__init__(parent)
        self.cells_are_chosen = True
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.grid = GridModel(heads)
        self.setModel(self.grid)
        self.setItemDelegate(GridDelegate(self))
        self.setShowGrid(False)
        self.setMouseTracking(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(32))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStyleSheet(f"QHeaderView::section:first {{ padding-left: {px(16)}px; }}")
        header.setMinimumSectionSize(px(40))
        self._stretch = stretch
        self._menu: QMenu | None = None
        for column in range(len(heads)):
            mode = QHeaderView.ResizeMode.Stretch if column == stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(column, mode)
        self.selectionModel().currentChanged.connect(self._turned)

    # -- rows ------------------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Shows these rows; the place of the one in hand stays."""
        at = self.currentIndex()
        self.grid.show_rows(rows)
        if rows and not self.currentIndex().isValid():
            row, column = min(max(at.row(), 0), len(rows) - 1), max(at.column(), 0)
            self.setCurrentIndex(self.grid.index(row, column))
        self.fit_rows(range(len(rows)))

    def show_row(self, at: int, row: tuple[Cell, ...]) -> None:
        """Shows one row anew."""
        self.grid.show_row(at, row)
        self.fit_rows((at,))

    def turn_to(self, row: int) -> None:
        """Takes a row in hand."""
        if 0 <= row < self.grid.rowCount():
            index = self.grid.index(row, max(self.currentIndex().column(), 0))
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def fit_columns(self, *columns: int) -> None:
        """Makes these columns as wide as their words, and the head above them."""
        for column in columns:
            self.setColumnWidth(column, self.width_for(column))

    def width_for(self, column: int) -> int:
        """How wide a column wants to be."""
        head = self.horizontalHeader().sectionSizeHint(column) + px(6)
        option = QStyleOptionViewItem()
        option.widget = self
        delegate = self.itemDelegate()
        rows = range(min(self.grid.rowCount(), _MOST_WRAPPED))
        hints = (delegate.sizeHint(option, self.grid.index(row, column)).width() for row in rows)
        return max([head, *hints])

    def fit_rows(self, rows: Sequence[int]) -> None:
        """Gives rows whose sentence wraps the height that it needs."""
        width = self.columnWidth(self._stretch) - px(16)
        metrics = QFontMetrics(ui_font(SMALL))
        least, measured = px(32), 0
        for row in rows:
            cell = self.grid.rows[row][self._stretch]
            height = least
            if cell.wrap and measured < _MOST_WRAPPED:
                whole = cell.whole
                if metrics.horizontalAdvance(whole) > width > 0:
                    measured += 1
                    area = QRect(0, 0, width, 10_000)
                    box = metrics.boundingRect(area, int(Qt.TextFlag.TextWordWrap), whole)
                    height = max(least, box.height() + px(14))
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit_rows(range(self.grid.rowCount()))

    # -- keys and mouse --------------------------------------------------------------------------------------

    def _turned(self, index: QModelIndex, old: QModelIndex) -> None:
        if index.isValid() and index.row() != old.row():
            self.turned_to.emit(index.row())
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        if key in (Qt.Key.Key_F2, Qt.Key.Key_Space) and index.isValid():
            self.open_choice(index.row(), index.column())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.open_choice(index.row(), index.column())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index.row())

    @property
    def menu(self) -> QMenu | None:
        """The choice that is open."""
        return self._menu if self._menu is not None and self._menu.isVisible() else None

    def open_choice(self, row: int, column: int) -> bool:
        """Opens the choice of a cell; false where it has none."""
        index = self.grid.index(row, column)
        cell: Cell = index.data(CELL)
        if cell.choices is None:
            return False
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu = QMenu(self)
        menu.setObjectName(f"{self.objectName()}_choice")
        menu.setAccessibleName(self.grid.headerData(column, Qt.Orientation.Horizontal))
        for key, words in cell.choices():
            if not key and not words:
                menu.addSeparator()
                continue
            action = QAction(words.replace("&", "&&"), menu)
            action.setData(key)
            action.setCheckable(True)
            action.setChecked(key == cell.key)
            action.triggered.connect(partial(self.chosen.emit, row, column, key))
            menu.addAction(action)
        if (held := next((a for a in menu.actions() if a.isChecked()), None)) is not None:
            menu.setActiveAction(held)
        area = self.visualRect(index)
        menu.setMinimumWidth(area.width())
        menu.popup(self.viewport().mapToGlobal(area.bottomLeft()))
        return True
