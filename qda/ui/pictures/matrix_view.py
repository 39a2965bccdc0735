"""A table of codes in the window: a table view whose cells and heads are painted by the painters of files.

The view brings scrolling, keys and the accessible table; only what is seen is painted.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from qda.figures import matrix_paint
from qda.figures.matrix import ALONG, MatrixFigure, MatrixLayout
from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.pictures.looking import look_of
from qda.ui.pictures.telling import cell_told, column_told, counts_told, row_told
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.coding.matrices import Matrix

Index = QModelIndex | QPersistentModelIndex
_OVER: Final = 44  # how much the head of the cell in hand is tinted, of 255


class MatrixModel(QAbstractTableModel):
    """The table as rows and columns of words, for keys, tool tips and readers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix: Matrix | None = None
        self.figure: MatrixFigure | None = None

    def show(self, matrix: "Matrix | None", figure: MatrixFigure | None) -> None:
        """Shows another table."""
        self.beginResetModel()
        self.matrix, self.figure = matrix, figure
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self.matrix is None or (parent and parent.isValid()) else len(self.matrix.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if self.matrix is None or (parent and parent.isValid()) else len(self.matrix.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.matrix is None or self.figure is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            value = float(self.figure.values[row, column])
            if self.matrix.hidden:
                return "●" if value else ""
            return self.figure.told(value) if value else ""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_told(self.matrix, row, column, lines=role == Qt.ItemDataRole.ToolTipRole)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self.matrix is None:
            return None
        across = orientation is Qt.Orientation.Horizontal
        if section >= len(self.matrix.columns if across else self.matrix.rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.matrix.columns[section].path if across else self.matrix.rows[section].path
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return column_told(self.matrix, section) if across else row_told(self.matrix, section)
        return None


class Heads(QHeaderView):
    """Heads of rows or columns, painted as in a file; that of the cell in hand is set off."""

    def __init__(self, orientation: Qt.Orientation, view: "MatrixView") -> None:
        super().__init__(orientation, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        layout = self._view.layout_
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tokens_of(self).panel))
        if layout is None:
            return
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        start = self.sectionViewportPosition(0)
        if self.orientation() is Qt.Orientation.Horizontal:
            area = event.rect().adjusted(-int(layout.column_width), 0, 0, 0)  # names may reach over
            shown = self._view.columns_in(area.left(), event.rect().right())
            matrix_paint.paint_column_heads(painter, layout, shown, QPointF(start, 0))
        else:
            shown = self._view.rows_in(event.rect().top(), event.rect().bottom())
            matrix_paint.paint_row_heads(painter, layout, shown, QPointF(0, start))
        self._in_hand(painter)

    def _in_hand(self, painter: QPainter) -> None:
        index = self._view.currentIndex()
        if not index.isValid():
            return
        accent = QColor(tokens_of(self).accent)
        ground = QColor(accent)
        ground.setAlpha(_OVER)
        if self.orientation() is Qt.Orientation.Horizontal:
            at, size = self.sectionViewportPosition(index.column()), self.sectionSize(index.column())
            painter.fillRect(at, 0, size, self.height(), ground)
            painter.fillRect(at, self.height() - 3, size, 3, accent)
        else:
            at, size = self.sectionViewportPosition(index.row()), self.sectionSize(index.row())
            painter.fillRect(0, at, self.width(), size, ground)
            painter.fillRect(0, at, 3, size, accent)


class Corner(QWidget):
    """Over the heads of rows, beside those of columns."""

    def __init__(self, view: "MatrixView") -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens_of(self).panel))
        if self._view.layout_ is not None:
            matrix_paint.paint_corner(painter, self._view.layout_)


class MatrixView(QTableView):
    """A table of codes. ``cell_wanted`` brings the cell in hand, ``entered`` leads to its passages."""

    cell_wanted = Signal(int, int)
    entered = Signal()
    left = Signal()  # Escape

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("matrix")
        self.cells = MatrixModel(self)
        self.layout_: MatrixLayout | None = None
        self.setModel(self.cells)
        self.setHorizontalHeader(Heads(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(Heads(Qt.Orientation.Vertical, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(False)
        self._corner = Corner(self)
        self._width = 0
        self.horizontalHeader().sectionClicked.connect(self._column_clicked)
        self.verticalHeader().sectionClicked.connect(self._row_clicked)

    # -- what is shown --------------------------------------------------------------------------------------

    def show_matrix(self, matrix: "Matrix | None", figure: MatrixFigure | None) -> None:
        """Shows a table; the cell in hand stays where it is still there."""
        kept = self._cell_in_hand()
        scrolled = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        same = self._shape() == (matrix and (matrix.wish.picture, len(matrix.rows), len(matrix.columns)))
        self.layout_ = None
        self.cells.show(matrix, figure)
        self._lay_out()
        if matrix is not None and matrix.rows and matrix.columns:
            self._take_up(*kept)
        if same:
            self.horizontalScrollBar().setValue(scrolled[0])
            self.verticalScrollBar().setValue(scrolled[1])
        self.setAccessibleName(figure.corner if figure else "")

    def _shape(self) -> tuple[str, int, int] | None:
        matrix = self.cells.matrix
        return (matrix.wish.picture, len(matrix.rows), len(matrix.columns)) if matrix else None

    def _cell_in_hand(self) -> tuple[str, str]:
        matrix, index = self.cells.matrix, self.currentIndex()
        if matrix is None or not index.isValid():
            return "", ""
        return matrix.rows[index.row()].guid, matrix.columns[index.column()].guid

    def _take_up(self, row: str, column: str) -> None:
        matrix = self.cells.matrix
        assert matrix is not None
        rows = [one.guid for one in matrix.rows]
        columns = [one.guid for one in matrix.columns]
        if row in rows and column in columns:
            self.blockSignals(True)
            self.setCurrentIndex(self.cells.index(rows.index(row), columns.index(column)))
            self.blockSignals(False)

    def _lay_out(self) -> None:
        figure = self.cells.figure
        if figure is None:
            return
        bar = self.style().pixelMetric(self.style().PixelMetric.PM_ScrollBarExtent)
        self._width = self.width()
        made = figure.arrange(width=self.width() - bar, look=look_of(self))
        whole = int(made.column_width) if figure.mark in ALONG else round(made.column_width)
        self.layout_ = replace(
            made,
            column_width=max(1, whole),
            row_height=round(made.row_height),
            head_width=round(made.head_width),
            head_height=round(made.head_height),
        )
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultSectionSize(int(self.layout_.column_width))
        down.setDefaultSectionSize(int(self.layout_.row_height))
        across.setFixedHeight(int(self.layout_.head_height))
        down.setFixedWidth(int(self.layout_.head_width))
        self._corner.setGeometry(0, 0, down.width(), across.height())
        self._corner.raise_()
        self._corner.update()
        self.updateGeometries()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width() != self._width:
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lay_out()

    # -- painting -------------------------------------------------------------------------------------------

    def columns_in(self, left: int, right: int) -> range:
        """The columns between two places of the viewport."""
        return self._between(self.horizontalHeader(), left, right, self.cells.columnCount())

    def rows_in(self, top: int, bottom: int) -> range:
        """The rows between two places of the viewport."""
        return self._between(self.verticalHeader(), top, bottom, self.cells.rowCount())

    @staticmethod
    def _between(heads: QHeaderView, low: int, high: int, count: int) -> range:
        size = heads.defaultSectionSize()
        start = heads.sectionViewportPosition(0) if count else 0
        return range(max(0, (low - start) // size), min(count, (high - start) // size + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme = tokens_of(self)
        painter.fillRect(event.rect(), QColor(theme.paper))
        if self.layout_ is None or self.cells.figure is None:
            return
        area = event.rect()
        rows, columns = self.rows_in(area.top(), area.bottom()), self.columns_in(area.left(), area.right())
        at = QPointF(self.columnViewportPosition(0), self.rowViewportPosition(0))
        painter.setClipRect(area)
        matrix_paint.paint_cells(painter, self.layout_, rows, columns, at)
        index = self.currentIndex()
        if index.isValid():
            box = QRectF(self.visualRect(index)).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.control_frame), 2))
            painter.drawRect(box)

    # -- acts -----------------------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for heads in (self.horizontalHeader(), self.verticalHeader()):
            heads.viewport().update()
        for index in (current, previous):
            if index.isValid():
                self.viewport().update(self.visualRect(index).adjusted(-2, -2, 2, 2))
        if current.isValid() and not self.signalsBlocked():
            self.cell_wanted.emit(current.row(), current.column())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        before = self.currentIndex()
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index == before:
            self.cell_wanted.emit(index.row(), index.column())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.entered.emit()

    def _row_clicked(self, row: int) -> None:
        self.setFocus()
        column = max(0, self.currentIndex().column())
        self.setCurrentIndex(self.cells.index(row, column))

    def _column_clicked(self, column: int) -> None:
        self.setFocus()
        row = max(0, self.currentIndex().row())
        self.setCurrentIndex(self.cells.index(row, column))

    def choose_first(self) -> None:
        """Takes the first cell that holds anything in hand, if none is."""
        figure = self.cells.figure
        if figure is None or self.currentIndex().isValid() or not figure.values.size:
            return
        filled = figure.values > 0
        if figure.diagonal:
            filled = filled & ~np.eye(len(filled), dtype=np.bool_)
        row, column = divmod(int(filled.ravel().argmax()), len(figure.columns))
        self.setCurrentIndex(self.cells.index(row, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._to_filled(*steps[key])
        else:
            super().keyPressEvent(event)

    def _to_filled(self, down: int, across: int) -> None:
        """On to the next cell that holds anything; else to the edge."""
        figure, index = self.cells.figure, self.currentIndex()
        if figure is None or not index.isValid():
            return
        row, column = index.row(), index.column()
        height, width = figure.values.shape
        while 0 <= row + down < height and 0 <= column + across < width:
            row, column = row + down, column + across
            if figure.values[row, column]:
                break
        self.setCurrentIndex(self.cells.index(row, column))

    def sizeHint(self) -> QSize:
        return QSize(px(640), px(420))

    def tip_at(self, place: QPoint) -> str:
        """The tool tip at a place of the viewport."""
        index = self.indexAt(place)
        return str(index.data(Qt.ItemDataRole.ToolTipRole) or "") if index.isValid() else ""

    def cell_rect(self, row: int, column: int) -> QRect:
        """Where a cell stands in the viewport."""
        return self.visualRect(self.cells.index(row, column))

    def told_in_hand(self) -> str:
        """The cell in hand in words."""
        matrix, index = self.cells.matrix, self.currentIndex()
        if matrix is None or not index.isValid():
            return _("No cell is chosen.")
        return counts_told(matrix, matrix.cell(index.row(), index.column()))
