"""A pile, or a category on the table: a frame with name, key and its codes."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qda.coding.rows import CodeRow
from qda.i18n import _
from qda.ui import theme
from qda.ui.fonts import px, ui_font
from qda.ui.laying.slips import Slips
from qda.ui.navigator.several import codes_of
from qda.ui.surfaces import Elided, Framed, LinkButton, small
from qda.ui.theme import Tokens

_FEW = 8  # slips of a category shown at first


@dataclass(frozen=True, slots=True)
class Heap:
    """What lies together: a pile (``colour`` 0), or the codes below a category."""

    guid: str
    name: str
    key: str  # what lays the chosen codes here; empty where no key is left
    colour: int
    codes: tuple[CodeRow, ...]
    x: int = 0  # where a pile was put on the table; 0, 0 where nobody put it anywhere
    y: int = 0
    counted: bool = True  # whether figures stand beside the codes

    @property
    def is_pile(self) -> bool:
        """Whether it has still to be named."""
        return not self.colour

    @property
    def is_put(self) -> bool:
        """Whether it was put somewhere on the table."""
        return bool(self.x or self.y)


class _Target(Framed):
    """A frame that takes codes dropped on it and shows so before."""

    dropped = Signal(list)

    def __init__(self, name: str, parent: QWidget | None = None, *, dashed: bool = False) -> None:
        self._over = self._chosen = False
        self._dashed = dashed
        super().__init__(self._look, parent)
        self.setObjectName(name)
        self.setAcceptDrops(True)

    def _look(self, colours: Tokens) -> str:
        lit = self._over or self._chosen
        line = f"2px solid {colours.accent}" if lit else f"1px solid {colours.quiet_frame}"
        if self._dashed and not lit:
            line = f"1px dashed {colours.control_frame}"
        ground = colours.list_selection if lit else colours.paper if self._dashed else colours.panel
        return f"#{self.objectName() or 'x'} {{ border: {line}; border-radius: 4px; background: {ground}; }}"

    def light(self, *, over: bool | None = None, chosen: bool | None = None) -> None:
        """Shows that codes are over it, or that it is in hand."""
        self._over = self._over if over is None else over
        self._chosen = self._chosen if chosen is None else chosen
        self.dress()

    def dress(self) -> None:
        """Puts the rules on as they are now."""
        self.setStyleSheet(self._look(theme.tokens_of(self)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if codes_of(event.mimeData()):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.light(over=True)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.light(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.light(over=False)
        if codes := codes_of(event.mimeData()):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.dropped.emit(codes)


class NewPile(_Target):
    """The dashed frame: what is dropped here begins a pile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("new_pile_here", parent, dashed=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(12), px(14), px(12), px(14))
        box.addWidget(small(_("Dropping here begins a new pile."), self, wrap=True))
        self.setAccessibleName(_("Dropping here begins a new pile."))
        self.dress()


class PileBox(_Target):
    """One pile or category. A click or the focus takes it in hand; a pile is moved by its head."""

    in_hand = Signal()
    name_wanted = Signal()
    dragged = Signal(QPoint)  # by so much, while the button is down
    let_go = Signal()

    def __init__(self, heap: Heap, parent: QWidget | None = None) -> None:
        super().__init__("pile", parent)
        self.heap = heap
        self._every = False
        self._grip: QPoint | None = None  # where the head was taken
        self._moved = False
        self.chip = QLabel(self)
        self.name = Elided("", self)
        self.name.setFont(ui_font(semibold=True))
        self.key = small("", self)
        self.slips = Slips("pile_codes", "", self, framed=True)
        self.slips.viewport().setAutoFillBackground(False)
        self.slips.setStyleSheet("background: transparent;")
        self.more = LinkButton("", "more_of_pile", self, flush=True)
        self.more.clicked.connect(self._show_every)
        self.rename = LinkButton(_("Name it…"), "name_pile", self)
        self.rename.clicked.connect(self.name_wanted)
        head = QHBoxLayout()
        head.setSpacing(px(7))
        head.addWidget(self.chip)
        head.addWidget(self.name, 1)
        head.addWidget(self.rename)
        head.addWidget(self.key)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(10), px(8), px(10), px(8))
        box.setSpacing(px(6))
        box.addLayout(head)
        box.addWidget(self.slips)
        box.addWidget(self.more)
        self.slips.dropped.connect(self.dropped)
        self.slips.turned_to.connect(lambda _code: self.in_hand.emit())
        self.show_heap(heap)
        self.dress()

    def light(self, *, over: bool | None = None, chosen: bool | None = None) -> None:
        super().light(over=over, chosen=chosen)
        self.rename.setVisible(self.heap.is_pile and self._chosen)

    def show_heap(self, heap: Heap) -> None:
        """Shows the pile as it is now."""
        self.heap = heap
        name = heap.name or _("Pile without a name")
        self.name.setText(name)
        self.name.setFont(ui_font(semibold=bool(heap.name)))
        self.key.setText(_("Key {key}").format(key=heap.key) if heap.key else "")
        self.rename.setVisible(heap.is_pile and self._chosen)
        self.rename.setAccessibleName(_("Name the pile “{name}”").format(name=name))
        kind = _("Pile “{name}”") if heap.is_pile else _("Category “{name}”")
        self.slips.setAccessibleName(kind.format(name=name))
        self.slips.setAccessibleDescription(self.key.text())
        self._paint_chip()
        self._fill()

    def _paint_chip(self) -> None:
        self.chip.setVisible(bool(self.heap.colour))
        if self.heap.colour:
            picture = QPixmap(px(10), px(10))
            picture.fill(QColor(theme.code_colour(self.heap.colour, theme.tokens_of(self).dark)))
            self.chip.setPixmap(picture)

    def _fill(self) -> None:
        codes = self.heap.codes
        short = not self._every and not self.heap.is_pile and len(codes) > _FEW + 1
        self.slips.show_codes(codes[:_FEW] if short else codes, counted=self.heap.counted)
        self.slips.setVisible(bool(codes))
        self.more.setVisible(short)
        if short:
            self.more.setText(_("{n} more in this category").format(n=len(codes) - _FEW))
            self.more.setAccessibleName(self.more.text())

    def _show_every(self) -> None:
        self._every = True
        self._fill()
        self.slips.setFocus()

    @property
    def is_put(self) -> bool:
        """Whether it was put somewhere on the table."""
        return self.heap.is_put

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.in_hand.emit()
        self.slips.setFocus(Qt.FocusReason.MouseFocusReason)
        self._moved = False
        if self.heap.is_pile and event.button() is Qt.MouseButton.LeftButton:
            self._grip = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        by = event.position().toPoint() - self._grip
        if self._moved or by.manhattanLength() >= QApplication.startDragDistance():
            self._moved = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._grip = None
        self.unsetCursor()
        if self._moved:
            self._moved = False
            self.let_go.emit()
