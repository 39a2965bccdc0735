"""The middle as a table: piles where they were put, then the categories that are there already."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.laying.canvas import Canvas
from qda.ui.laying.pile_box import Heap, NewPile, PileBox
from qda.ui.laying.slips import Slips
from qda.ui.surfaces import on_paper, scrolled, section, small

_WIDTH = 250  # a pile is at least this wide


class _Columns(QWidget):
    """Frames in columns, in reading order; each as high as it needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frames: list[QWidget] = []
        self._columns: list[QVBoxLayout] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(20))

    def put(self, frames: Iterable[QWidget]) -> None:
        """Shows these frames, in this order."""
        self._frames = list(frames)
        self._arrange()

    def _arrange(self) -> None:
        wanted = max(1, min(4, self.width() // px(_WIDTH)))
        while len(self._columns) < wanted:
            column = QVBoxLayout()
            column.setSpacing(px(20))
            self._grid.addLayout(column, 0, len(self._columns))
            self._columns.append(column)
        for at, column in enumerate(self._columns):
            while column.count():
                column.takeAt(0)
            self._grid.setColumnStretch(at, 1 if at < wanted else 0)
            self._grid.setColumnMinimumWidth(at, 0)
        for number, frame in enumerate(self._frames):
            self._columns[number % wanted].addWidget(frame)
        for column in self._columns:
            column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        old = max(1, min(4, event.oldSize().width() // px(_WIDTH)))
        if old != max(1, min(4, self.width() // px(_WIDTH))):
            self._arrange()


class Table(QWidget):
    """All piles and categories. What is dropped, and which one is in hand, is told."""

    dropped = Signal(str, list)  # pile or category ("" a new pile), codes
    in_hand = Signal(str)
    name_wanted = Signal(str)
    made = Signal(Slips, str)  # codes that are new here, of which pile or category: their keys
    placed = Signal(str, int, int)  # a pile was put there

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, PileBox] = {}
        self._hand = ""
        inside = on_paper(QWidget())
        self._inside = inside
        self.piles = Canvas(inside)
        self.piles.placed.connect(self.placed)
        self.piles.moving.connect(self._follow)
        self.new = NewPile(self.piles)
        self.new.dropped.connect(lambda codes: self.dropped.emit("", codes))
        self.empty = small(
            _(
                "What belongs together? Choose codes at the left and press N, or drag them here: "
                "that begins a pile. Nothing is merged by that, and no code changes."
            ),
            inside,
            wrap=True,
        )
        self.head = section(_("Categories that are there already"), inside)
        self.categories = _Columns(inside)
        box = QVBoxLayout(inside)
        box.setContentsMargins(px(24), px(20), px(24), px(24))
        box.setSpacing(px(16))
        for widget in (self.empty, self.piles, self.head, self.categories):
            box.addWidget(widget)
        box.addStretch(1)
        self.area = scrolled(inside)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    @property
    def boxes(self) -> list[PileBox]:
        """The frames, in their order."""
        return list(self._boxes.values())

    def box(self, guid: str) -> PileBox | None:
        """The frame of a pile or category."""
        return self._boxes.get(guid)

    def show_heaps(self, heaps: Sequence[Heap]) -> None:
        """Shows piles and categories; frames that were there stay, with the focus in them."""
        old, self._boxes = self._boxes, {}
        for heap in heaps:
            known = old.pop(heap.guid, None)
            if known is not None:
                known.show_heap(heap)
            self._boxes[heap.guid] = known or self._make(heap)
        self.piles.put([b for b in self._boxes.values() if b.heap.is_pile], self.new)
        self.categories.put([b for b in self._boxes.values() if not b.heap.is_pile])
        some = any(heap.is_pile for heap in heaps)
        self.empty.setVisible(not some)
        self.head.setVisible(any(not heap.is_pile for heap in heaps))
        for box in old.values():
            box.hide()
            box.deleteLater()
        before: QWidget = self
        for box in self._boxes.values():
            QWidget.setTabOrder(before, box.slips)
            before = box.slips

    def _make(self, heap: Heap) -> PileBox:
        box = PileBox(heap, self.piles if heap.is_pile else self._inside)
        guid = heap.guid
        box.dropped.connect(lambda codes: self.dropped.emit(guid, codes))
        box.in_hand.connect(lambda: self.in_hand.emit(guid))
        box.name_wanted.connect(lambda: self.name_wanted.emit(guid))
        if heap.is_pile:
            self.piles.listen(box)
        self.made.emit(box.slips, guid)
        box.show()
        return box

    def take_in_hand(self, guid: str) -> None:
        """Lights the one in hand."""
        for box in self._boxes.values():
            box.light(chosen=box.heap.guid == guid)
        if guid != self._hand and (found := self._boxes.get(guid)) is not None:
            QTimer.singleShot(0, found, lambda: self._bring(guid))
        self._hand = guid

    def _follow(self, frame: QWidget) -> None:
        self.area.ensureWidgetVisible(frame, px(20), px(20))

    def slips_of(self, guid: str) -> Slips | None:
        """The codes of a pile or category."""
        box = self._boxes.get(guid)
        return box.slips if box is not None and box.slips.count() else None

    def _bring(self, guid: str) -> None:
        box = self._boxes.get(guid)
        if box is not None:
            top = box.mapTo(self._inside, QPoint(0, 0))
            self.area.ensureVisible(top.x(), top.y() + box.height(), 0, px(20))
            self.area.ensureVisible(top.x(), top.y(), 0, px(20))
