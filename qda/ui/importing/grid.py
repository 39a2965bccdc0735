"""A table of cells, some of which offer a choice: by a click, or with F2 or the space bar.

Rows are as high as one line; a sentence in a cell that wraps makes its row as high as it needs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
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
from qda.ui.theme import Tokens, code_colour, tokens_of

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


class _Measures:
    """Sizes and faces, asked of the system once: asking takes longer than painting a cell."""

    def __init__(self) -> None:
        self.px = {drawn: px(drawn) for drawn in range(1, 41)}
        self._fonts: dict[tuple[bool, bool, bool], tuple[QFont, QFontMetrics]] = {}

    def of(self, cell: Cell) -> tuple[QFont, QFontMetrics]:
        """The face of a cell."""
        key = (cell.wrap, cell.bold, cell.right)
        if key not in self._fonts:
            font = ui_font(SMALL if cell.wrap else 1.0, semibold=cell.bold)
            font = figures(font) if cell.right else font
            self._fonts[key] = font, QFontMetrics(font)
        return self._fonts[key]


class GridDelegate(QStyledItemDelegate):
    """Paints cells: chip, words, the frame of a choice."""

    def __init__(self, measures: _Measures, parent: QWidget) -> None:
        super().__init__(parent)
        self.measures = measures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        cell = index.data(CELL)
        p = self.measures.px
        words = self.measures.of(cell)[1].horizontalAdvance(cell.whole)
        extra = p[26] + (p[18] if cell.chip is not None else 0) + (p[34] if cell.choices else 0)
        return QSize(min(words + extra, 7 * p[40]), p[32])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        if not isinstance(view, Grid):
            return
        cell, theme, area, p = view.cell(index), tokens_of(view), QRect(option.rect), self.measures.px
        current = view.currentIndex()
        in_hand = current.row() == index.row()
        painter.save()
        if in_hand:
            painter.fillRect(area, QColor(theme.list_selection if view.hasFocus() else theme.separator))
            if index.column() == 0:
                painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(theme.accent))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(theme.separator))
        inner = area.adjusted(p[16 if index.column() == 0 else 8], 0, -p[8], -1)
        if cell.chip is not None:
            side = p[10]
            chip = QRect(inner.left(), inner.center().y() - side // 2, side, side)
            painter.fillRect(chip, code_colour(cell.chip, theme.dark))
            inner.setLeft(chip.right() + p[9])
        if cell.choices is not None:
            inner = self._frame(painter, area, theme)
        ink = theme.notice if cell.lead else theme.secondary if cell.quiet else theme.text
        self._write(painter, inner, cell, ink)
        if view.hasFocus() and current == index and view.cells_are_chosen:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(area.adjusted(2, 2, -2, -3), p[4], p[4])
        painter.restore()

    def _frame(self, painter: QPainter, area: QRect, theme: Tokens) -> QRect:
        """The frame of a choice with its arrow; gives the room for the words."""
        p = self.measures.px
        frame = area.adjusted(p[3], p[4], -p[5], -p[5])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.control_frame), 1))
        painter.setBrush(QColor(theme.paper))
        painter.drawRoundedRect(frame, p[4], p[4])
        painter.setPen(QPen(QColor(theme.minor), 1.5))
        middle, height = frame.right() - p[11], frame.center().y()
        painter.drawLine(middle - p[4], height - p[2], middle, height + p[2])
        painter.drawLine(middle, height + p[2], middle + p[4], height - p[2])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        return frame.adjusted(p[8], 0, -p[22], 0)

    def _write(self, painter: QPainter, area: QRect, cell: Cell, ink: str) -> None:
        font, metrics = self.measures.of(cell)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        across = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        flags, words = int(across | Qt.AlignmentFlag.AlignVCenter), cell.whole
        if cell.wrap and metrics.horizontalAdvance(words) > area.width():
            painter.drawText(area, flags | int(Qt.TextFlag.TextWordWrap), words)
            return
        painter.drawText(area, flags, metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width()))


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
        self._measures = _Measures()
        self._tall: set[int] = set()  # rows that are higher than a line
        self.setItemDelegate(GridDelegate(self._measures, self))
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

    def cell(self, index: Index) -> Cell:
        """The cell at a place."""
        return self.grid.rows[index.row()][index.column()]

    # -- rows ------------------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Shows these rows; the place of the one in hand stays."""
        at = self.currentIndex()
        if len(rows) != self.grid.rowCount():
            self._tall.clear()
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
        p = self._measures.px
        width, measured = self.columnWidth(self._stretch) - p[16], 0
        for row in rows:
            cell = self.grid.rows[row][self._stretch]
            height = 0
            if cell.wrap and measured < _MOST_WRAPPED:
                words, metrics = cell.whole, self._measures.of(cell)[1]
                if metrics.horizontalAdvance(words) > width > 0:
                    measured += 1
                    area = QRect(0, 0, width, 10_000)
                    height = metrics.boundingRect(area, int(Qt.TextFlag.TextWordWrap), words).height() + p[14]
            if height > p[32]:
                self._tall.add(row)
                self.setRowHeight(row, height)
            elif row in self._tall:
                self._tall.discard(row)
                self.setRowHeight(row, p[32])

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
        cell = self.cell(index)
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
