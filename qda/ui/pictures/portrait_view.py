"""The portrait of a document in the window: an item view whose items are the codings, as the text runs.

The painter of files lays it out and paints it; arrow keys go from coding to coding, up and down by lines.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from qda.figures.portrait import PortraitFigure, PortraitLayout
from qda.i18n import _
from qda.ui.pictures.looking import look_of
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.coding.along_text import Tile

Index = QModelIndex | QPersistentModelIndex
_MARGIN: Final = 12.0
_TO_LINE: Final = 12.0


class TileModel(QAbstractListModel):
    """The codings that are seen, with the paragraphs in which they begin."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tiles: list[Tile] = []
        self.figure: PortraitFigure | None = None

    def show(self, tiles: "list[Tile]", figure: PortraitFigure | None) -> None:
        """Shows others."""
        self.beginResetModel()
        self.tiles, self.figure = tiles, figure
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.tiles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.figure is None:
            return None
        tile = self.tiles[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return tile.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            lines = role == Qt.ItemDataRole.ToolTipRole
            return ("\n" if lines else ", ").join((tile.path, self._place(tile)))
        return None

    def _place(self, tile: "Tile") -> str:
        """In which paragraph it begins, and its share of the text."""
        assert self.figure is not None
        number = next((one for one, start in reversed(self.figure.marks) if start <= tile.start), "")
        percent = 100 * (tile.stop - tile.start) / max(1, self.figure.length)
        share = f"{percent:.1f}" if percent < 10 else f"{percent:.0f}"
        told = _("{percent} % of the text").format(percent=share)
        return f"{_('para. {number}').format(number=number)}, {told}" if number else told


class PortraitView(QListView):
    """A portrait. ``tile_wanted`` brings the coding in hand, ``entered`` leads to its passage.

    It is a list for readers; where items lie, and how keys go from one to the next, is the portrait's own.
    """

    tile_wanted = Signal(int)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("portrait")
        self.setAccessibleName(_("Portrait of the document"))
        self.codings = TileModel(self)
        self.layout_: PortraitLayout | None = None
        self.setModel(self.codings)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # -- what is shown --------------------------------------------------------------------------------------

    def show_portrait(self, tiles: "list[Tile]", figure: PortraitFigure | None) -> None:
        """Shows a document; the coding in hand stays where it is still there."""
        at = self.currentIndex().row()
        kept = self.codings.tiles[at] if 0 <= at < len(self.codings.tiles) else None
        self.codings.show(tiles, figure)
        self._lay_out()
        if kept is not None:
            places = [(one.code, one.start, one.stop) for one in tiles]
            if (wanted := (kept.code, kept.start, kept.stop)) in places:
                self.blockSignals(True)
                self.setCurrentIndex(self.codings.index(places.index(wanted)))
                self.blockSignals(False)

    def _lay_out(self) -> None:
        figure = self.codings.figure
        self.layout_ = None
        if figure is not None:
            self.layout_ = figure.arrange(width=self.viewport().width(), look=look_of(self, margin=_MARGIN))
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        high = round(self.layout_.size.height()) if self.layout_ is not None else 0
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(1, self.fontMetrics().height()))
        bar.setRange(0, max(0, high - self.viewport().height()))
        QAbstractItemView.updateGeometries(self)  # a list's own would set the bar anew

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme = tokens_of(self)
        painter.fillRect(event.rect(), QColor(theme.paper))
        if self.layout_ is None:
            return
        painter.setRenderHints(QPainter.RenderHint.TextAntialiasing)
        offset = self.verticalOffset()
        painter.translate(0, -offset)
        top, bottom = event.rect().top() + offset, event.rect().bottom() + offset
        self.layout_.paint_part(painter, top, bottom)
        pen = QPen(QColor(theme.accent if self.hasFocus() else theme.text), 2)
        painter.setPen(pen)
        for rect in self._rects(self.currentIndex().row()):
            painter.drawRect(rect.adjusted(-1, -1, 1, 1))

    def _rects(self, row: int) -> list[QRectF]:
        if self.layout_ is None:
            return []
        return [self.layout_.pieces[at].rect for at in self.layout_.of_stretch.get(row, [])]

    # -- what an item view asks for -------------------------------------------------------------------------

    def visualRect(self, index: Index) -> QRect:
        rects = self._rects(index.row())
        if not rects:
            return QRect()
        found = rects[0].toAlignedRect()
        for rect in rects[1:]:
            found = found.united(rect.toAlignedRect())
        return found.translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self.layout_ is None:
            return QModelIndex()
        row = self.layout_.at(point.x(), point.y() + self.verticalOffset())
        return self.codings.index(row) if row >= 0 else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,  # noqa: ARG002
    ) -> None:
        rects = self._rects(index.row())
        if rects:
            bar, high = self.verticalScrollBar(), self.viewport().height()
            low = round(rects[0].top() - _TO_LINE)
            if low < bar.value():
                bar.setValue(low)
            elif rects[0].bottom() + _TO_LINE > bar.value() + high:
                bar.setValue(round(rects[0].bottom() + _TO_LINE - high))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return self.layout_ is None or index.row() not in self.layout_.of_stretch

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region = region.united(self.visualRect(index).adjusted(-2, -2, 2, 2))
        return region

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        move = QAbstractItemView.CursorAction
        count, row = self.codings.rowCount(), self.currentIndex().row()
        if not count:
            return QModelIndex()
        if row < 0 or action is move.MoveHome:
            return self.codings.index(self._seen(0, 1))
        if action is move.MoveEnd:
            return self.codings.index(self._seen(count - 1, -1))
        if action in (move.MoveLeft, move.MovePrevious):
            return self.codings.index(self._seen(row - 1, -1))
        if action in (move.MoveRight, move.MoveNext):
            return self.codings.index(self._seen(row + 1, 1))
        lines = max(
            1, (self.viewport().height() // 60) if action in (move.MovePageUp, move.MovePageDown) else 1
        )
        down = action in (move.MoveDown, move.MovePageDown)
        return self.codings.index(self._by_line(row, lines if down else -lines))

    def _seen(self, row: int, by: int) -> int:
        """The coding at ``row``, or the next one that is seen; at the end the one in hand."""
        while 0 <= row < self.codings.rowCount():
            if self.layout_ is not None and row in self.layout_.of_stretch:
                return row
            row += by
        return self.currentIndex().row()

    def _by_line(self, row: int, by: int) -> int:
        """The coding nearest below or above: in the next lane of the line, else in the next line with any."""
        if self.layout_ is None or row not in self.layout_.of_stretch:
            return self._seen(0, 1)
        here = self.layout_.pieces[self.layout_.of_stretch[row][0]]
        lines = self.layout_.by_line
        line = min(max(here.line + by, 0), len(lines) - 1)
        while not lines[line]:
            line += 1 if by > 0 else -1
            if not 0 <= line < len(lines):
                return row
        x = here.rect.left()
        begins = [at for at in lines[line] if self.layout_.pieces[at].first] or list(lines[line])
        nearest = min(begins, key=lambda at: abs(self.layout_.pieces[at].rect.left() - x))  # type: ignore[union-attr]
        return self.layout_.pieces[nearest].stretch

    # -- acts -----------------------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and not self.signalsBlocked():
            self.tile_wanted.emit(current.row())

    def choose_first(self) -> None:
        """Takes the first coding in hand, if none is."""
        if not self.currentIndex().isValid() and self.codings.rowCount():
            self.setCurrentIndex(self.codings.index(self._seen(0, 1)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
