"""The matrix as rings in the window: a code is in hand; it is dragged onto another level."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from qda.figures.levels import ChipBox, LevelsFigure, LevelsLayout, paint_chip_box
from qda.i18n import _
from qda.ui.typology.picture_view import PictureView

_SIDES: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class RingsView(PictureView[LevelsLayout]):
    """Arrows go from code to code, Enter opens it, L asks for its level."""

    turned = Signal(str)  # chip
    opened = Signal(str)
    level_wanted = Signal(str)
    dropped = Signal(str, str)  # chip, level

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("level_rings", _("Levels around the action"), parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.key = ""
        self._hovered = ""
        self._pressed: QPointF | None = None
        self._dragged: QPointF | None = None

    def show_figure(self, figure: LevelsFigure) -> None:
        """Shows other rings; the code in hand stays in hand."""
        self.set_picture(figure)
        keys = [box.chip.key for box in self._boxes]
        if self.key not in keys:
            self.key = keys[0] if keys else ""
        self._tell()

    @property
    def _boxes(self) -> tuple[ChipBox, ...]:
        return self.arranged.boxes if self.arranged else ()

    def make_current(self, key: str) -> None:
        """Takes a code in hand."""
        if any(box.chip.key == key for box in self._boxes):
            self.key = key
            self._tell()
            self.update()

    def _tell(self) -> None:
        box = self.arranged.box(self.key) if self.arranged else None
        if box is not None and isinstance(self._picture, LevelsFigure):
            ring = next(ring.name for ring in self._picture.rings if ring.key == box.ring)
            words = (box.chip.name, ring, box.chip.note)
            self.setAccessibleName(", ".join(word for word in words if word))

    # -- look -----------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        laid = self.arranged
        if laid is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        lit = laid.ring_at(self._dragged) if self._dragged is not None else None
        laid.paint_frames(painter, lit=lit)
        for box in laid.boxes:
            key = box.chip.key
            paint_chip_box(painter, box, laid.look, current=key == self.key, hovered=key == self._hovered)
        held = laid.box(self.key)
        if self._dragged is not None and held is not None:
            painter.setOpacity(0.75)
            painter.translate(self._dragged - held.rect.center())
            paint_chip_box(painter, held, laid.look, current=True)

    # -- hands ----------------------------------------------------------------------------------------------

    def _under(self, at: QPointF) -> str:
        box = self.arranged.chip_at(at) if self.arranged else None
        return box.chip.key if box else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if under := self._under(event.position()):
            self._pressed = event.position()
            self._take(under)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is not None:
            far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if self._dragged is not None or far:
                self._dragged = at
                self.update()
            return
        if (under := self._under(at)) != self._hovered:
            self._hovered = under
            self.setCursor(Qt.CursorShape.PointingHandCursor if under else Qt.CursorShape.ArrowCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._pressed, self._dragged = self._dragged is not None, None, None
        self.update()
        ring = self.arranged.ring_at(event.position()) if self.arranged else None
        if dragged and ring is not None:
            self.dropped.emit(self.key, ring)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if under := self._under(event.position()):
            self.opened.emit(under)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = ""
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._dragged is not None:
            self._pressed = self._dragged = None
            self.update()
        elif key in _SIDES and not event.modifiers():
            self._step(*_SIDES[key])
        elif self.key and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.key)
        elif self.key and key in (Qt.Key.Key_L, Qt.Key.Key_F2):
            self.level_wanted.emit(self.key)
        else:
            super().keyPressEvent(event)

    def _step(self, x: int, y: int) -> None:
        """To the nearest code at that side; what lies straight ahead comes before what lies aslant."""
        here = self.arranged.box(self.key) if self.arranged else None
        if here is None:
            return
        found: list[tuple[float, str]] = []
        for box in self._boxes:
            way = box.rect.center() - here.rect.center()
            ahead, aside = (way.x() * x, abs(way.y())) if x else (way.y() * y, abs(way.x()))
            if ahead > 1:
                found.append((ahead + 3 * aside, box.chip.key))
        if found:
            self._take(min(found)[1])

    def _take(self, key: str) -> None:
        self.make_current(key)
        self.turned.emit(key)
        box = self.arranged.box(key) if self.arranged else None
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        inside = area.widget() if area is not None else None
        if box is not None and area is not None and inside is not None:
            centre = self.mapTo(inside, box.rect.center().toPoint())
            area.ensureVisible(centre.x(), centre.y(), 60, 60)
