"""The table for piles: each lies where it was put; those that nobody put anywhere lie in columns.

Places are whole numbers of the design's pixels, kept with the pile (0, 0: put nowhere yet).
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from qda.ui.fonts import px, unit
from qda.ui.laying.pile_box import PileBox

WIDTH: Final = 256  # of a pile
_GAP: Final = 20
_RASTER: Final = 10  # places are multiples of this
_STEP: Final = 20  # one press of an arrow key
_SETTLED_MS: Final = 400  # presses one after another are one act


class Canvas(QWidget):
    """Frames at their places. ``placed`` tells where a pile was put, by the mouse or by keys."""

    placed = Signal(str, int, int)  # pile, x, y
    moving = Signal(QWidget)  # a frame on its way: what shows the table follows it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[PileBox] = []
        self._last: QWidget | None = None  # the dashed frame behind the piles
        self._pushed = ""  # the pile that the arrow keys move
        self._settle = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settle.timeout.connect(self._settled)

    def put(self, boxes: Sequence[PileBox], last: QWidget) -> None:
        """Shows these piles, and ``last`` behind those that lie in columns."""
        self._boxes, self._last = list(boxes), last
        self.arrange()

    def listen(self, box: PileBox) -> None:
        """Lets a new frame be moved by its head and by Alt with the arrow keys."""
        box.dragged.connect(lambda by: self._drag(box, by))
        box.let_go.connect(lambda: self._let_go(box))
        box.slips.pushed.connect(lambda dx, dy: self._push(box, dx, dy))

    # -- places ---------------------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Puts every frame where it lies."""
        taken = [self._lay(box, QPoint(px(box.heap.x), px(box.heap.y))) for box in self._boxes if box.is_put]
        columns = max(1, (self.width() + px(_GAP)) // px(WIDTH + _GAP))
        bottoms = [0] * columns
        free: list[QWidget] = [box for box in self._boxes if not box.is_put]
        for number, frame in enumerate([*free, *([self._last] if self._last else [])]):
            column = number % columns
            taken.append(self._drop(frame, column, bottoms, taken))
        whole = QRect()
        for area in taken:
            whole = whole.united(area)
        self.setMinimumSize(QSize(whole.right() + 1, whole.bottom() + 1))

    def _drop(self, frame: QWidget, column: int, bottoms: list[int], taken: Sequence[QRect]) -> QRect:
        """Below the last frame of its column, and below what was put there."""
        area = QRect(QPoint(column * px(WIDTH + _GAP), bottoms[column]), _wanted(frame))
        while (there := next((one for one in taken if one.intersects(area)), None)) is not None:
            area.moveTop(there.bottom() + px(_GAP))
        frame.setGeometry(area)
        bottoms[column] = area.bottom() + px(_GAP)
        return area

    def _lay(self, frame: QWidget, at: QPoint) -> QRect:
        area = QRect(at, _wanted(frame))
        frame.setGeometry(area)
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self.arrange()

    # -- moving ---------------------------------------------------------------------------------------------

    def _drag(self, box: PileBox, by: QPoint) -> None:
        box.raise_()
        box.move(max(0, box.x() + by.x()), max(0, box.y() + by.y()))
        self.setMinimumSize(
            self.minimumSize().expandedTo(QSize(box.geometry().right(), box.geometry().bottom()))
        )
        self.moving.emit(box)

    def _let_go(self, box: PileBox) -> None:
        x, y = (round(n / unit() / _RASTER) * _RASTER for n in (box.x(), box.y()))
        if (x, y) == (0, 0):
            x = 1  # 0, 0 is nowhere
        self.placed.emit(box.heap.guid, x, y)

    def _push(self, box: PileBox, dx: int, dy: int) -> None:
        if self._pushed not in ("", box.heap.guid):
            self._settled()
        self._pushed = box.heap.guid
        self._drag(box, QPoint(px(dx * _STEP), px(dy * _STEP)))
        self._settle.start()

    def _settled(self) -> None:
        self._settle.stop()
        box = next((one for one in self._boxes if one.heap.guid == self._pushed), None)
        self._pushed = ""
        if box is not None:
            self._let_go(box)

    def settle(self) -> None:
        """A move by keys that is still going on is done now."""
        if self._settle.isActive():
            self._settled()


def _wanted(frame: QWidget) -> QSize:
    frame.ensurePolished()
    if (layout := frame.layout()) is not None:
        layout.activate()
    width = px(WIDTH)
    high = frame.heightForWidth(width) if frame.hasHeightForWidth() else frame.sizeHint().height()
    return QSize(width, max(high, frame.minimumSizeHint().height()))
