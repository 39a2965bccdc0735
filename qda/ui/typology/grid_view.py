"""The grid of a typology in the window: a cell is in hand; arrows move, Enter leads to its passages."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from qda.coding.typology import Cell, Typology
from qda.figures.painting import paint_runs
from qda.figures.typology import TypologyFigure, TypologyLayout, paint_cell
from qda.i18n import _
from qda.reports.dimensional import place_name, rests_on, shown_places, typology_words
from qda.ui.typology.picture_view import PictureView

_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class GridView(PictureView[TypologyLayout]):
    """``turned`` hands out the cell in hand (:class:`qda.coding.typology.Cell`)."""

    turned = Signal(object)
    entered = Signal()  # Enter or a double click: to the passages
    named = Signal()  # F2: to the name of the type
    left = Signal()  # Esc

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("typology_grid", _("Typology"), parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._grid: Typology | None = None
        self._places: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._at = (0, 0)
        self._hovered: tuple[int, int] | None = None

    def show_grid(self, grid: Typology, figure: TypologyFigure) -> None:
        """Shows a grid; the cell in hand stays where its places are still there."""
        before = self.cell
        self._grid = grid
        self._places = shown_places(grid)
        rows, columns = self._places
        self._at = (0, 0)
        if before is not None and before.row in rows and before.column in columns:
            self._at = (rows.index(before.row), columns.index(before.column))
        self.set_picture(figure)
        self.setAccessibleDescription(typology_words(grid))
        self._tell()

    @property
    def cell(self) -> Cell | None:
        """The cell in hand."""
        return self.cell_at(*self._at)

    def cell_at(self, row: int, column: int) -> Cell | None:
        """A cell by its numbers."""
        rows, columns = self._places
        if self._grid is None or not (0 <= row < len(rows) and 0 <= column < len(columns)):
            return None
        return self._grid.cell(rows[row], columns[column])

    def turn_to(self, row: int, column: int) -> None:
        """Takes a cell in hand."""
        if self.cell_at(row, column) is not None:
            self._at = (row, column)
            self._tell()
            self.update()

    def _tell(self) -> None:
        cell = self.cell
        if cell is not None:
            self.setAccessibleName(self._told(cell))
            self.turned.emit(cell)

    def _told(self, cell: Cell) -> str:
        head = f"{place_name(cell.row)} × {place_name(cell.column)}"
        if not cell.bearers:
            return head + ": " + _("no case. Is it not possible, or was it not looked for?")
        names = ", ".join(one.name for one in cell.bearers)
        return f"{head}: {names}; {rests_on(cell.bearers)}"

    # -- look -----------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        laid = self.arranged
        if laid is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        for box in laid.cells:
            if (box.row, box.column) != self._at:
                paint_cell(painter, box, laid.look, hovered=(box.row, box.column) == self._hovered)
        paint_cell(painter, laid.cell(*self._at), laid.look, current=True)
        paint_runs(painter, laid.runs, laid.look)

    # -- hands ----------------------------------------------------------------------------------------------

    def _under(self, at: QPointF) -> tuple[int, int] | None:
        box = self.arranged.cell_at(at) if self.arranged else None
        return (box.row, box.column) if box else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position())
        if under is not None:
            self.turn_to(*under)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._under(event.position()) is not None:
            self.entered.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position())
        if under != self._hovered:
            self._hovered = under
            self.setCursor(Qt.CursorShape.PointingHandCursor if under else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            under = self._under(QPointF(event.pos()))
            cell = self.cell_at(*under) if under else None
            QToolTip.showText(event.globalPos(), self._told(cell) if cell else "", self)
            return True
        shortcut = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if shortcut and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        if move is not None:
            self.turn_to(self._at[0] + move[0], self._at[1] + move[1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.named.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
