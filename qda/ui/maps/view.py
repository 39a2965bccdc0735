"""The canvas as a widget: the scene in a view, with keys, zoom, drops from lists, words for screen readers.

Arrows step from thing to thing, with Shift they gather them, with Ctrl they move what is chosen (with both by
single pixels). B begins a line, Enter opens, F2 writes, Delete takes off.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontInfo,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QWidget

from qda.figures.code_map import CodeMapFigure, describe, describe_box, describe_link
from qda.figures.painting import Look
from qda.i18n import _, ngettext
from qda.ui.board.view import palette_of
from qda.ui.fonts import px
from qda.ui.maps.items import Reference
from qda.ui.maps.mime import targets_of
from qda.ui.maps.moving import Moving
from qda.ui.maps.scene import MapScene
from qda.ui.theme import tokens_of

_ZOOMS: Final = (0.1, 3.0)
_STEP: Final = 10.0  # pixels of the drawings that Ctrl and an arrow move
_PAUSE_MS: Final = 700  # after this long without another step the move is done
_ASIDE: Final = 2.2  # how much worse it is to lie aside than to lie further on
_ARROWS: Final = {
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
}


class MapView(QGraphicsView):
    """The view on the scene."""

    removal_wanted = Signal()
    words_wanted = Signal()  # on what is current
    menu_wanted = Signal(object)  # global QPoint
    dropped = Signal(object, object)  # targets, QPointF of the scene

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.map_scene = scene
        self._hint = ""  # what to do where there is nothing yet
        self._linking = ""  # the box from which keys draw a line
        self._panned: QPoint | None = None
        self._whole = False  # whether the whole map is shown, and nobody has gone elsewhere since
        self._pending = QPointF()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.finish_move)
        self.setObjectName("map_view")
        self.setAccessibleName(_("Code map"))
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scene.current_changed.connect(self._tell_current)
        self._moving = Moving(self)
        scene.shifting.connect(self._moving.show_off)

    # --- what is shown ---

    def show_hint(self, words: str) -> None:
        """Stands in the middle of a map with nothing on it."""
        self._hint = words
        self.viewport().update()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        super().drawForeground(painter, rect)
        if not self._hint:
            return
        painter.save()
        painter.resetTransform()
        painter.setPen(QColor(tokens_of(self).secondary))
        painter.setFont(self.font())
        room = self.viewport().rect().adjusted(px(40), 0, -px(40), 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self._hint)
        painter.restore()

    def show_figure(self, figure: CodeMapFigure) -> None:
        """Shows a map; what was chosen stays so."""
        self._linking = ""
        self._forget_move()
        self.map_scene.show_figure(figure, self.look())
        if QAccessible.isActive():  # a large map takes its time to be told
            self.setAccessibleDescription(describe(figure))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def look(self) -> Look:
        """Colours and face of this widget."""
        font = self.font()
        families = tuple(font.families()) or (font.family(),)
        return Look(palette_of(tokens_of(self)), families, max(8, QFontInfo(font).pixelSize()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        changes = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if event.type() in changes and self.map_scene.look is not None:
            self.map_scene.show_figure(self.map_scene.figure, self.look())

    # --- zoom and place ---

    @property
    def factor(self) -> float:
        """How large things are shown; 1 is their own size."""
        return float(self.transform().m11())

    def zoom(self, factor: float) -> None:
        """Enlarges or shrinks what is shown, within bounds."""
        self._whole = False
        wanted = min(max(self.factor * factor, _ZOOMS[0]), _ZOOMS[1])
        self.scale(wanted / self.factor, wanted / self.factor)

    def fit(self) -> None:
        """Shows the whole map, never larger than its own size."""
        extent = self.map_scene.extent()
        if extent.isEmpty():
            return
        off = self.look().px(28)
        wanted, room = extent.adjusted(-off, -off, off, off), self.viewport().rect()
        factor = min(1.0, room.width() / wanted.width(), room.height() / wanted.height())
        factor = max(factor, _ZOOMS[0])
        self.resetTransform()
        self.scale(factor, factor)
        self.centerOn(wanted.center())
        self._whole = True

    def middle(self) -> QPointF:
        """The middle of what is seen, in pixels of the drawings."""
        return self.mapToScene(self.viewport().rect().center()) / self.look().px(1)

    def show_thing(self, reference: Reference) -> None:
        """Brings a thing into sight."""
        self.ensureVisible(self.map_scene.rect_of(reference), 32, 32)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._whole = False
        self._moving.paint_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        whole = self._whole
        super().resizeEvent(event)
        if whole:  # who sees all of it goes on to
            self.fit()
        self._moving.paint_anew()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.0015 ** event.angleDelta().y())
            event.accept()
            return
        super().wheelEvent(event)

    # --- the mouse: the middle button takes the ground along ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.finish_move()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panned is not None:
            moved = event.position().toPoint() - self._panned
            self._panned = event.position().toPoint()
            across, down = self.horizontalScrollBar(), self.verticalScrollBar()
            across.setValue(across.value() - moved.x())
            down.setValue(down.value() - moved.y())
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned = None
            self.viewport().unsetCursor()
            return
        super().mouseReleaseEvent(event)

    # --- keys ---

    def event(self, event: QEvent) -> bool:
        """What keys moved is put there before any other key does something: undo, say."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            steps = (*_ARROWS, Qt.Key.Key_Control, Qt.Key.Key_Shift)
            if event.key() not in steps:
                self.finish_move()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        scene = self.map_scene
        if key in _ARROWS:
            self._arrow(_ARROWS[key], control=control, shift=shift)
        elif control and key in (Qt.Key.Key_0, Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._zoom_key(key)
        elif control and key == Qt.Key.Key_A:
            scene.choose([one for one in scene.references() if one[0] == "item"], current=scene.current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Space and scene.current is not None:
            scene.choose(scene.chosen ^ {scene.current}, current=scene.current, keyboard=True)
        elif key == Qt.Key.Key_F2 and scene.current is not None:
            self.words_wanted.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and scene.chosen:
            self.removal_wanted.emit()
        elif key == Qt.Key.Key_Escape and (self._linking or scene.gesture):
            self._stop_linking()
        elif key == Qt.Key.Key_Escape and scene.chosen:
            scene.choose(())
        else:
            super().keyPressEvent(event)

    def begin_line(self) -> bool:
        """From the current box: the arrow keys choose the other one, Enter takes it, Escape ends it."""
        scene = self.map_scene
        boxes = scene.chosen_boxes()
        start = scene.current[1] if scene.current and scene.current[0] == "item" else ""
        if len(boxes) == 2 and start in boxes:  # both are known already
            other = next(guid for guid in boxes if guid != start)
            scene.line_wanted.emit(other, start)  # the current one was chosen last
            return True
        if not start or len(scene.figure.boxes) < 2:
            return False
        self._linking = start
        nearest = min(
            (one for one in scene.references() if one[0] == "item" and one[1] != start),
            key=lambda one: self._far(scene.rect_of(("item", start)), scene.rect_of(one)),
        )
        self._aim(nearest)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    @staticmethod
    def _far(one: QRectF, other: QRectF) -> float:
        return float((one.center() - other.center()).manhattanLength())

    def _arrow(self, way: QPointF, *, control: bool, shift: bool) -> None:
        scene = self.map_scene
        if self._linking:
            found = self._next(("item", scene.target or self._linking), way, boxes=True)
            if found is not None and found[1] == self._linking:  # stepped over
                found = self._next(found, way, boxes=True)
            if found is not None:
                self._aim(found)
        elif control:
            self._move(way * (1.0 if shift else _STEP))
        else:
            self._go(self._next(scene.current, way, boxes=shift), more=shift)

    def _next(self, current: Reference | None, way: QPointF, *, boxes: bool) -> Reference | None:
        """The nearest thing on that side; the first one where nothing is current."""
        scene = self.map_scene
        found = [one for one in scene.references() if one[0] == "item" or not boxes]
        if current is None:
            middle = self.mapToScene(self.viewport().rect().center())
            return min(
                found, key=lambda one: (scene.rect_of(one).center() - middle).manhattanLength(), default=None
            )
        here = scene.rect_of(current).center()
        best: tuple[float, Reference] | None = None
        for one in found:
            apart = scene.rect_of(one).center() - here
            on = apart.x() * way.x() + apart.y() * way.y()
            aside = abs(apart.x() * way.y()) + abs(apart.y() * way.x())
            if one == current or on <= 1.0:
                continue
            cost = on + _ASIDE * aside
            if best is None or cost < best[0]:
                best = cost, one
        return best[1] if best else None

    def _go(self, reference: Reference | None, *, more: bool = False) -> None:
        if reference is None:
            return
        self.finish_move()
        chosen = self.map_scene.chosen | {reference} if more else {reference}
        self.map_scene.choose(chosen, current=reference, keyboard=True)
        self.show_thing(reference)

    def _move(self, by: QPointF) -> None:
        """Moves what is chosen; many steps one after the other are one act."""
        guids = self.map_scene.chosen_boxes()
        if not guids or not self.map_scene.can_write:
            return
        self._pending += by * self.look().px(1)
        self.map_scene.shift(guids, self._pending)
        if self.map_scene.current is not None:
            off = self._pending
            self.ensureVisible(self.map_scene.rect_of(self.map_scene.current).translated(off), 32, 32)
        self._pause.start()

    def finish_move(self) -> None:
        """What keys moved is put there now."""
        if self._pending.isNull():
            return
        self._forget_move()
        if moved := self.map_scene.shifted():
            self.map_scene.moved.emit(moved)

    def _forget_move(self) -> None:
        self._pause.stop()
        self._pending = QPointF()

    def _aim(self, target: Reference) -> None:
        self.map_scene.aim(self._linking, target[1], QPointF())
        self.show_thing(target)
        self._tell_current()

    def _stop_linking(self) -> None:
        self._linking = ""
        self.map_scene.end_gesture()

    def _enter(self) -> None:
        scene, start = self.map_scene, self._linking
        if start:
            target = scene.target
            self._stop_linking()
            if target:
                scene.line_wanted.emit(start, target)
        elif scene.current is not None:
            scene.activated.emit(*scene.current)

    def _zoom_key(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_0:
            self.fit()
            return
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.zoom(1 / 1.15 if key == Qt.Key.Key_Minus else 1.15)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

    # --- words ---

    def words_of_current(self) -> str:
        """The current thing in one line, as a screen reader tells it."""
        scene = self.map_scene
        if self._linking and scene.target:
            return _("Line to {name}").format(name=describe_box(scene.figure.by_guid[scene.target]))
        if len(scene.chosen) > 1:
            n = len(scene.chosen)
            return ngettext("{n} thing chosen", "{n} things chosen", n).format(n=n)
        if scene.current is None:
            return ""
        kind, guid = scene.current
        if kind == "line":
            return describe_link(scene.figure, next(one for one in scene.figure.links if one.guid == guid))
        return describe_box(scene.figure.by_guid[guid])

    def _tell_current(self) -> None:
        words = self.words_of_current()
        self.setAccessibleName(f"{_('Code map')}: {words}" if words else _("Code map"))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    # --- focus, menu, drops ---

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            if self.map_scene.current is None:
                self._go(self._next(None, QPointF(), boxes=True))
            self.map_scene.set_ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._linking and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._stop_linking()
        self.finish_move()
        self.map_scene.set_ring(False)

    def hideEvent(self, event: QHideEvent) -> None:
        self.finish_move()
        super().hideEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.map_scene.hover(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        scene = self.map_scene
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.mapFromScene(scene.rect_of(scene.current).center()) if scene.current else QPoint(40, 40)
            self.menu_wanted.emit(self.viewport().mapToGlobal(at))
            return
        item = scene.thing_at(self.mapToScene(event.pos()))
        if item is None:
            scene.choose(())
        elif item.reference not in scene.chosen:
            scene.choose({item.reference}, current=item.reference)
        self.menu_wanted.emit(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.map_scene.can_write and targets_of(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self.map_scene.can_write and targets_of(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        if found := targets_of(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(found, self.mapToScene(event.position().toPoint()))
