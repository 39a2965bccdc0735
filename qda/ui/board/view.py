"""The board as a widget: the scene in a view, with keys, zoom, drops from lists.

The complete way without a mouse is the table of the same model; the board can be walked by keys as well:
arrows step, Space goes through the relations of a card, B begins a relation, Ctrl+arrows move a card to
another slot, Shift+arrows put it somewhere else, Delete asks to remove, Enter opens.
"""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontInfo,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QWidget

from qda.figures.painting import Look, Palette
from qda.figures.paradigm import ParadigmFigure
from qda.figures.paradigm_layout import ParadigmLayout, is_crowded
from qda.i18n import _
from qda.ui.board.items import CardItem, Reference, StripItem
from qda.ui.board.keys import Direction, next_relation, step
from qda.ui.board.scene import MIME_CODE, BoardScene
from qda.ui.theme import Tokens, tokens_of

_LEAST_WIDTH: Final = 640.0  # pixels of the drawings; a narrower view scrolls sideways
_ZOOMS: Final = (0.1, 4.0)
_MIDDLE, _LEAST_LEGIBLE = 0.87, 0.76  # by how much a board may shrink by itself to be seen as a whole
_EDGE, _SCROLL, _SCROLL_MS = 22, 18, 30  # pixels from the edge; pixels a time; milliseconds between
STEP: Final = 1.15  # by how much a key zooms
_LETTERS: Final[dict[Qt.Key, str]] = {
    Qt.Key.Key_R: "R",
    Qt.Key.Key_F: "F",
    Qt.Key.Key_D: "D",
    Qt.Key.Key_O: "O",
}
_NUDGE, _FAR_NUDGE = 8.0, 48.0  # pixels of the drawings by which Shift and an arrow move a card
_NUDGED_MS: Final = 700  # a card moved by keys is put down after so long
_ARROWS: Final[dict[Qt.Key, Direction]] = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
}
_MODIFIERS: Final = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_WAYS: Final[dict[Direction, tuple[int, int]]] = {
    "up": (0, -1),
    "down": (0, 1),
    "left": (-1, 0),
    "right": (1, 0),
}


def palette_of(theme: Tokens) -> Palette:
    """The window's theme as the colours of a picture."""
    return Palette(
        paper=theme.paper,
        panel=theme.panel,
        separator=theme.separator,
        quiet_frame=theme.quiet_frame,
        control_frame=theme.control_frame,
        text=theme.text,
        secondary=theme.secondary,
        minor=theme.minor,
        accent=theme.accent,
        list_selection=theme.list_selection,
        hover=theme.hover,
        codes=theme.codes,
    )


class BoardView(QGraphicsView):
    """The view on the scene."""

    remove_requested = Signal(str, str)  # kind (card, relation), guid
    menu_requested = Signal(str, str, object)  # kind ("" beside everything), guid, global QPoint
    letter = Signal(str)  # R, F, D, O or Escape
    aimed = Signal(str)  # a relation begun by keys would lead to this card now
    zoomed = Signal(float)  # by hand; 0 where the size follows the room again

    def __init__(self, scene: BoardScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.board_scene = scene
        self._linking: Reference | None = None  # the card from which keys draw a relation
        self._nudged = QPointF()  # by how much keys have moved the current card
        self.figure: ParadigmFigure | None = None
        self._relayout = QTimer(self, singleShot=True, interval=0)
        self._relayout.timeout.connect(self.relayout)
        self._put_down = QTimer(self, singleShot=True, interval=_NUDGED_MS)
        self._put_down.timeout.connect(self.put_down)
        self._by_hand = False  # whether a person has chosen how large the board is
        self._whole = False  # whether that was to see the whole
        self.setObjectName("board_view")
        self.setAccessibleName(_("Paradigm board"))
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scrolling = QTimer(self, interval=_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)
        scene.dragged_to.connect(self._at_edge)

    # --- what is shown ---

    def show_figure(self, figure: ParadigmFigure) -> None:
        """Shows a figure; what was current stays so."""
        self.figure = figure
        self._linking = None
        self._forget_nudge()
        self.relayout()

    def relayout(self) -> None:
        """Lays the figure out for the width of the view; it shrinks a little where it is whole then."""
        if self.figure is None:
            return
        if self._by_hand:
            self._show_at(1.0)
            return
        before = self.verticalScrollBar().value() / self.transform().m11()
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)  # what was on top stays so
        self.resetTransform()
        factor = self._chosen_factor(self.figure)
        self.scale(factor, factor)
        self.verticalScrollBar().setValue(round(before * factor))
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

    def _chosen_factor(self, figure: ParadigmFigure) -> float:
        """Lays the figure out and tells at which size it is best seen."""
        if self._show_at(1.0):
            return 1.0
        if figure.width or figure.form == "ring":  # it keeps its width: only the size can follow
            rect, room = self.sceneRect(), self.maximumViewportSize()
            fitting = min(room.width() / rect.width(), room.height() / rect.height(), 1.0)
            factor = max(fitting, _LEAST_LEGIBLE)
            self._show_at(factor)
            return factor
        if is_crowded(figure):  # to be scrolled at any size
            return 1.0
        factor = 1.0
        if self._show_at(_LEAST_LEGIBLE):
            factor = _MIDDLE if self._show_at(_MIDDLE) else _LEAST_LEGIBLE
        if factor != _MIDDLE:
            self._show_at(factor)
        return factor

    def _show_at(self, factor: float) -> bool:
        """Lays out for a view that shows things ``factor`` times as large; whether the whole is seen then."""
        figure, look, room = self.figure, self.look(), self.maximumViewportSize()
        if figure is None:
            return True
        width = max(float(int(room.width() / factor)), look.px(_LEAST_WIDTH))
        bar = self.verticalScrollBar().sizeHint().width()
        if factor == 1.0 and is_crowded(figure):  # higher than any view
            width = max(width - bar, look.px(_LEAST_WIDTH))
        self.board_scene.show_figure(figure, width=width, look=look)
        rect = self.sceneRect()
        if rect.height() * factor <= room.height() and rect.width() * factor <= room.width() + 1:
            return True
        if factor == 1.0 and not is_crowded(figure) and rect.height() > room.height():
            width = max(width - bar, look.px(_LEAST_WIDTH))  # the bar at the side takes its part
            self.board_scene.show_figure(figure, width=width, look=look)
        return False

    def look(self) -> Look:
        """Colours and face of this widget."""
        font = self.font()
        families = tuple(font.families()) or (font.family(),)
        return Look(palette_of(tokens_of(self)), families, max(8, QFontInfo(font).pixelSize()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wider = event.size().width() != event.oldSize().width()
        shown = self.sceneRect().height() * self.transform().m11()
        if wider or (not self._by_hand and event.size().height() < min(shown, event.oldSize().height())):
            self._relayout.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._relayout.start()

    # --- a gesture that reaches the edge ---

    def _at_edge(self, at: QPointF) -> None:
        """While a gesture is at the edge of the view, the board moves on."""
        if any(self._push(self.mapFromScene(at))):
            self._scrolling.start()
        else:
            self._scrolling.stop()

    def _push(self, at: QPoint) -> tuple[int, int]:
        """In which direction the board moves for a pointer there."""
        inside = self.viewport().rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        right, down = (at.x() > inside.right()), (at.y() > inside.bottom())
        return right - (at.x() < inside.left()), down - (at.y() < inside.top())

    def _scroll(self) -> None:
        if not self.board_scene.gesture:
            self._scrolling.stop()
            return
        across, down = self._push(self.viewport().mapFromGlobal(QCursor.pos()))
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        for bar, way in zip(bars, (across, down), strict=True):
            bar.setValue(bar.value() + way * _SCROLL)
        if not (across or down):
            self._scrolling.stop()

    # --- zoom ---

    @property
    def size_shown(self) -> float:
        """How large the board is shown: 1.0 is its own size."""
        return self.transform().m11()

    def zoom(self, factor: float) -> None:
        """Enlarges or shrinks what is shown, within bounds; it stays so."""
        self._whole = False
        self._zoom_to(self.size_shown * factor)

    def keep_size(self, size: float) -> None:
        """The next figure is shown so large (1.0: its own size), as it was kept; 0: it follows the room."""
        self._whole, self._by_hand = False, size > 0
        if self._by_hand:
            self.resetTransform()
            self.scale(size, size)

    def _zoom_to(self, size: float) -> None:
        self._by_hand = True
        now, wanted = self.size_shown, min(max(size, _ZOOMS[0]), _ZOOMS[1])
        self.scale(wanted / now, wanted / now)
        self.zoomed.emit(wanted)

    def fit(self) -> None:
        """Shows the whole board, never larger than its own size."""
        self._by_hand = True
        self.resetTransform()
        self.relayout()
        rect, room = self.sceneRect(), self.maximumViewportSize()
        if not rect.isEmpty():
            self._zoom_to(min(1.0, room.width() / rect.width(), room.height() / rect.height()))
        self._whole = True

    def fit_or_follow(self) -> None:
        """The whole board; the second time the size at which it is read again."""
        if self._whole:
            self.follow()
        else:
            self.fit()

    def room_changed(self) -> None:
        """The user has given the board another height: its size follows, unless chosen by hand."""
        if not self._by_hand:
            self._relayout.start()

    def follow(self) -> None:
        """The size of the board follows the room again."""
        self._by_hand = self._whole = False
        self.relayout()
        self.zoomed.emit(0.0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.0015 ** event.angleDelta().y())
            event.accept()
            return
        super().wheelEvent(event)

    # --- keys ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _MODIFIERS:
            super().keyPressEvent(event)
            return
        if self._is_of_nudging(event, key):
            return
        self.put_down()
        if key in _ARROWS:
            self._arrow(_ARROWS[key], move=control)
        elif control and key in (Qt.Key.Key_0, Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._zoom_key(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Space and self._linking is None:
            self._through_relations()
        elif key == Qt.Key.Key_B and not event.modifiers():
            self.begin_relation()
        elif key in _LETTERS and not event.modifiers():
            self.letter.emit(_LETTERS[key])
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.board_scene.current:
            if self.board_scene.current[0] in ("card", "relation"):
                self.remove_requested.emit(*self.board_scene.current)
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        """Ends what is being done; else shows everything again."""
        if self._linking is not None:
            self._stop_linking()
        elif self.board_scene.gesture:
            self.board_scene.end_gesture()
        else:
            self.letter.emit("Escape")

    def begin_relation(self) -> None:
        """From the current card: the arrow keys choose the other one, Enter takes it, Escape ends it."""
        current, shown = self.board_scene.current, self.board_scene.layout_shown
        if shown is None or current is None or current[0] not in ("card", "phenomenon"):
            return
        others = [one.card.guid for one in shown.cards if one.card.guid != current[1]]
        if not others:
            return
        self._linking = current
        self.board_scene.begin("relate")
        self._aim(step(shown, current, "right", relations=False) or ("card", others[0]))

    def _arrow(self, direction: Direction, *, move: bool) -> None:
        scene = self.board_scene
        if scene.layout_shown is None:
            return
        if self._linking is not None:
            self._aim(self._next_target(scene.layout_shown, direction))
        elif move:
            self._move(direction)
        else:
            self._go(step(scene.layout_shown, scene.current, direction))

    def _next_target(self, shown: ParadigmLayout, direction: Direction) -> Reference | None:
        """The next card that the relation could reach; the one it begins at is stepped over."""
        found = step(shown, self.board_scene.target or self._linking, direction, relations=False)
        return step(shown, found, direction, relations=False) if found == self._linking else found

    def _go(self, reference: Reference | None) -> None:
        if reference is None:
            return
        self.board_scene.set_current(reference, keyboard=True)
        self.ensureVisible(self.board_scene.rect_of(reference), 24, 24)

    def _through_relations(self) -> None:
        """The next relation of the current card; of a relation that one of the card it begins at."""
        shown, current = self.board_scene.layout_shown, self.board_scene.current
        if shown is None or current is None:
            return
        card = current[1]
        if current[0] == "relation":
            arrow = next((one.arrow for one in shown.routes if one.arrow.guid == current[1]), None)
            ends = (arrow.from_card, arrow.to_card) if arrow else ("", "")
            card = self._of_card if self._of_card in ends else ends[0]
        self._of_card = card
        self._go(next_relation(shown, current, card))

    _of_card = ""  # the card whose relations Space goes through

    def _aim(self, target: Reference | None) -> None:
        start = self.board_scene.item_of(self._linking) if self._linking else None
        if target is None or not isinstance(start, CardItem | StripItem):
            return
        self.board_scene.aim(start, target, QPointF())
        self.aimed.emit(target[1])
        self.ensureVisible(self.board_scene.rect_of(target), 24, 24)

    def _stop_linking(self) -> None:
        self._linking = None
        self.board_scene.end_gesture()

    def _enter(self) -> None:
        scene, start = self.board_scene, self._linking
        if start is not None:
            target = scene.target
            self._stop_linking()
            if target is not None:
                scene.relation_requested.emit(start[1], target[1])
        elif scene.current is not None:
            scene.activated.emit(*scene.current)

    def _zoom_key(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_0:
            self.fit_or_follow()
        else:
            self.zoom(1 / STEP if key == Qt.Key.Key_Minus else STEP)

    # --- cards moved by keys ---

    def _is_of_nudging(self, event: QKeyEvent, key: Qt.Key) -> bool:
        """Does what a key means for a card that keys move: Shift and an arrow, Escape."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in _ARROWS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._nudge(_ARROWS[key], _FAR_NUDGE if control else _NUDGE)
            return True
        if key == Qt.Key.Key_Escape and not self._nudged.isNull():
            self._forget_nudge()
            return True
        return False

    def _nudge(self, direction: Direction, far: float) -> None:
        """Moves the current card a little; it is put down when the keys rest."""
        scene = self.board_scene
        item = scene.item_of(scene.current) if scene.current else None
        if not isinstance(item, CardItem) or self._linking is not None or scene.layout_shown is None:
            return
        x, y = _WAYS[direction]
        one = scene.layout_shown.look.px(far)
        dragging = scene.drag(item, self._nudged + QPointF(x * one, y * one))
        self._nudged = dragging.moved_by  # it stops at the edge
        scene.keyboard = True
        self.ensureVisible(dragging.rect, 24, 24)
        self._put_down.start()

    def put_down(self) -> None:
        """The card that keys have moved stays where it is."""
        scene, current = self.board_scene, self.board_scene.current
        if self._nudged.isNull() or current is None:
            self._forget_nudge()
            return
        item = scene.item_of(current)
        place = scene.drag(item, self._nudged).place() if isinstance(item, CardItem) else None
        self._forget_nudge()
        if place is not None:
            scene.card_put.emit(current[1], *place)

    def _forget_nudge(self) -> None:
        self._put_down.stop()
        if not self._nudged.isNull():
            self._nudged = QPointF()
            self.board_scene.end_gesture()

    def _move(self, direction: Direction) -> None:
        """The current card goes to the slot beside, or up and down in its own, over groups."""
        shown, current, scene = self.board_scene.layout_shown, self.board_scene.current, self.board_scene
        if shown is None or current is None or current[0] != "card":
            return
        box = next(one for one in shown.cards if one.card.guid == current[1])
        groups = [(group.slot, group.key) for slot in shown.slots for group in slot.groups]
        slots = [slot.slot.key for slot in shown.slots]
        if direction in ("left", "right"):
            at = slots.index(box.slot) + (1 if direction == "right" else -1)
            if 0 <= at < len(slots):
                key = next(key for slot, key in groups if slot == slots[at])
                self._send(current[1], slots[at], key, len(scene.others_in(slots[at], key, current[1])))
            return
        way = 1 if direction == "down" else -1
        others = scene.others_in(box.slot, box.group, current[1])
        here = sum(one.index < box.index for one in shown.cards if one.card.guid in others)
        if 0 <= here + way <= len(others):
            self._send(current[1], box.slot, box.group, here + way)
            return
        at = groups.index((box.slot, box.group)) + way
        if 0 <= at < len(groups) and groups[at][0] == box.slot:
            last = len(scene.others_in(*groups[at], current[1]))
            self._send(current[1], box.slot, groups[at][1], 0 if way > 0 else last)

    def _send(self, card: str, slot: str, group: str, index: int) -> None:
        self.board_scene.keyboard = True
        self.board_scene.card_moved.emit(card, slot, group, index)

    # --- focus, menu, drops ---

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            if self.board_scene.current is None and self.board_scene.layout_shown is not None:
                self._go(step(self.board_scene.layout_shown, None, "down"))
            self.board_scene.set_ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.put_down()
        if self._linking is not None:
            self._stop_linking()
        self.board_scene.set_ring(False)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.board_scene.hover(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.board_scene.board_item_at(self.mapToScene(event.pos()))
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            reference = self.board_scene.current
        else:
            reference = item.reference if item else None
        self.menu_requested.emit(*(reference or ("", "")), event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME_CODE) and self.figure is not None:
            self.board_scene.begin("drop")
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        place = self.board_scene.show_drop_at(self.mapToScene(event.position().toPoint()))
        if place is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.board_scene.end_gesture()

    def dropEvent(self, event: QDropEvent) -> None:
        place = self.board_scene.place_at(self.mapToScene(event.position().toPoint()))
        self.board_scene.end_gesture()
        if place is None:
            return
        data = bytes(event.mimeData().data(MIME_CODE).data()).decode("utf-8")
        event.acceptProposedAction()
        for code in data.split():
            self.board_scene.code_dropped.emit(code, place.slot, place.group)
