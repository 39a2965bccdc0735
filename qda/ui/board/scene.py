"""The board's scene: shows a figure, knows what is current, and turns gestures of the mouse into wishes.

Nothing moves by itself: a gesture ends in a signal, whoever owns the board does the act and shows the
figure anew. The current thing stays current over that, by its GUID.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsSceneMouseEvent

from qda.figures.painting import Look
from qda.figures.paradigm import ParadigmFigure
from qda.figures.paradigm_layout import CardBox, GroupBox, ParadigmLayout
from qda.figures.paradigm_paint import State
from qda.ui.board.items import BadgeItem, BoardItem, CardItem, Kind, LineItem, Overlay, SlotItem, StripItem

Reference = tuple[Kind, str]
MIME_CODE: Final = "application/x-qda-code"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card would go: slot, group (level or addressee), and its place among the others there."""

    slot: str
    group: str
    index: int


class BoardScene(QGraphicsScene):
    """Cards, arrows and slots of one figure."""

    card_moved = Signal(str, str, str, int)  # card, slot, group, index
    code_dropped = Signal(str, str, str)  # code, slot, group
    relation_requested = Signal(str, str)  # from card, to card
    current_changed = Signal(str, str)  # kind ("" for none), guid
    activated = Signal(str, str)  # kind, guid

    def __init__(self) -> None:
        super().__init__()
        self.layout_shown: ParadigmLayout | None = None
        self.current: Reference | None = None
        self.target: Reference | None = None  # the card that a relation being drawn would reach
        self.keyboard = False  # whether the ring is shown
        self._items: dict[Reference, list[BoardItem]] = {}
        self._slots: list[SlotItem] = []
        self._overlay: Overlay | None = None
        self._hovered: Reference | None = None
        self._pressed: tuple[CardItem, QPointF] | None = None
        self._gesture: str = ""

    def show_figure(self, figure: ParadigmFigure, *, width: float, look: Look) -> None:
        """Lays the figure out and shows it; what was current stays so where it is still there."""
        self.end_gesture()
        self.clear()
        self._items, self._slots, self._hovered, self._pressed = {}, [], None, None
        shown = figure.arrange(width=width, look=look)
        self.layout_shown = shown
        self.setBackgroundBrush(QColor(look.palette.paper))
        for slot in shown.slots:
            self._slots.append(SlotItem(slot, look))
            self.addItem(self._slots[-1])
        if shown.strip:
            self._add(StripItem(shown.strip, look))
        for box in shown.cards:
            self._add(CardItem(box, look))
        for route in shown.routes:
            self._add(LineItem(route, look))
            self._add(BadgeItem(route, look))
        self.setSceneRect(QRectF(0, 0, shown.width, shown.height))
        if self.current not in self._items:
            self.set_current(None)
        self.refresh()

    def _add(self, item: BoardItem) -> None:
        self.addItem(item)
        self._items.setdefault(item.reference, []).append(item)

    # --- what is current ---

    def references(self) -> tuple[Reference, ...]:
        """Everything that can be current: phenomenon, cards from top to bottom, relations."""
        return tuple(self._items)

    def rect_of(self, reference: Reference) -> QRectF:
        """Where a thing lies; a relation lies where its badge is."""
        shown = self.layout_shown
        if shown is None or reference not in self._items:
            return QRectF()
        kind, guid = reference
        if kind == "phenomenon" and shown.strip:
            return shown.strip.rect
        if kind == "relation":
            return next(route.badge.rect for route in shown.routes if route.arrow.guid == guid)
        return next(box.rect for box in shown.cards if box.card.guid == guid)

    def set_current(self, reference: Reference | None, *, keyboard: bool = False) -> None:
        """Makes a thing the current one (and shows the ring if that came from the keyboard)."""
        wanted = reference if reference in self._items else None
        changed = wanted != self.current
        self.current, self.keyboard = wanted, keyboard
        self.refresh()
        if changed:
            self.current_changed.emit(*(wanted or ("", "")))

    def refresh(self) -> None:
        """Paints every thing in its state: a current relation takes its two cards along."""
        ends = self._ends_of_current()
        for reference, items in self._items.items():
            is_current = reference == self.current
            state = State(
                selected=is_current or reference in ends,
                hovered=reference == self._hovered,
                focused=is_current and self.keyboard,
                target=reference == self.target,
                faded=self._gesture == "move" and is_current and reference[0] == "card",
            )
            for item in items:
                item.show_state(state)

    def _ends_of_current(self) -> set[Reference]:
        if self.current is None or self.current[0] != "relation" or self.layout_shown is None:
            return set()
        guids: set[str] = set()
        for route in self.layout_shown.routes:
            if route.arrow.guid == self.current[1]:
                guids = {route.arrow.from_card, route.arrow.to_card}
        return {
            reference for reference in self._items if reference[0] != "relation" and reference[1] in guids
        }

    # --- the mouse ---

    def board_item_at(self, at: QPointF) -> BoardItem | None:
        """The thing under a point of the scene."""
        for item in self.items(at):
            if isinstance(item, CardItem) and not (item.box.rect.contains(at) or item.handle_at(at)):
                continue
            if isinstance(item, BoardItem):
                return item
        return None

    def hover(self, at: QPointF | None) -> None:
        """The pointer is there now (None: it has left)."""
        item = self.board_item_at(at) if at is not None else None
        reference = item.reference if item else None
        if reference != self._hovered:
            self._hovered = reference
            self.refresh()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        item = self.board_item_at(event.scenePos())
        self.set_current(item.reference if item else None)
        if isinstance(item, CardItem):
            self._pressed = item, event.scenePos()
        event.accept()

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        at = event.scenePos()
        if self._pressed is None:
            self.hover(at)
            return
        item, start = self._pressed
        if not self._gesture:
            if (at - start).manhattanLength() < QApplication.startDragDistance():
                return
            self.begin("relate" if item.handle_at(start) else "move")
        if self._gesture == "relate":
            self.draw_relation(item, at)
        else:
            self._drag(item, at, at - start)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        pressed, gesture, target = self._pressed, self._gesture, self.target
        place = self.place_at(event.scenePos()) if gesture == "move" else None
        self.end_gesture()
        if pressed is None:
            return
        card, box = pressed[0].guid, pressed[0].box
        if gesture == "relate" and target is not None:
            self.relation_requested.emit(card, target[1])
        elif place is not None and place != Place(box.slot, box.group, box.index):
            self.card_moved.emit(card, place.slot, place.group, place.index)

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        item = self.board_item_at(event.scenePos())
        if item is not None:
            self.activated.emit(*item.reference)

    # --- gestures, shared with the keyboard and with drops from outside ---

    def begin(self, gesture: str) -> None:
        """A gesture begins: "move", "relate" or "drop"."""
        self._gesture = gesture
        self._show_overlay()
        self.refresh()

    def end_gesture(self) -> None:
        """The gesture is over; nothing of it stays to be seen."""
        self._gesture, self._pressed, self.target = "", None, None
        if self._overlay is not None:
            self.removeItem(self._overlay)
            self._overlay = None
        self.refresh()

    @property
    def gesture(self) -> str:
        """What is being done: "", "move", "relate" or "drop"."""
        return self._gesture

    def _show_overlay(self) -> Overlay:
        if self._overlay is None:
            assert self.layout_shown is not None  # gestures begin on what is shown
            self._overlay = Overlay(self.layout_shown.look, self.sceneRect())
            self.addItem(self._overlay)
        return self._overlay

    def draw_relation(self, start: CardItem | StripItem, at: QPointF) -> None:
        """Shows the relation from ``start`` to the pointer or to the card under it."""
        item = self.board_item_at(at)
        self.aim(start, item.reference if item else None, at)

    def aim(self, start: CardItem | StripItem, target: Reference | None, at: QPointF) -> None:
        """Shows the relation from ``start`` to ``target``; ``at`` where that is none."""
        possible = target is not None and target[0] != "relation" and target != start.reference
        self.target = target if possible else None
        end = self._edge_towards(self.target, start.box.rect) if self.target else at
        own = start.box.rect
        begin = QPointF(own.right() if end.x() >= own.center().x() else own.left(), own.center().y())
        self._show_overlay().show_line(begin, end)
        self.refresh()

    def _edge_towards(self, target: Reference, start: QRectF) -> QPointF:
        rect = self.rect_of(target)
        if target[0] == "phenomenon":
            return QPointF(start.center().x(), rect.bottom())
        return QPointF(rect.left() if rect.left() > start.center().x() else rect.right(), rect.center().y())

    def _drag(self, item: CardItem, at: QPointF, moved: QPointF) -> None:
        overlay = self._show_overlay()
        overlay.show_ghost(item.box, item.box.rect.topLeft() + moved)
        self.show_drop_at(at)

    def show_drop_at(self, at: QPointF) -> Place | None:
        """Frames the place that would take a card dropped there, and tells it."""
        overlay, place = self._show_overlay(), self.place_at(at)
        if place is None:
            overlay.show_drop(None, None)
            return None
        group = self._group(place)
        overlay.show_drop(group.rect if group else None, self._mark(place, group))
        return place

    def place_at(self, at: QPointF) -> Place | None:
        """The slot and group under a point, and before which card there."""
        if self.layout_shown is None:
            return None
        for box in self.layout_shown.slots:
            whole = box.head.united(box.ground)
            if not whole.contains(at) or not box.groups:
                continue
            group = next((one for one in box.groups if one.rect.top() <= at.y() < one.rect.bottom()), None)
            group = group or (box.groups[0] if at.y() < box.ground.center().y() else box.groups[-1])
            above = sum(card.rect.center().y() < at.y() for card in self._cards_in(group))
            return Place(group.slot, group.key, above)
        return None

    def _group(self, place: Place) -> GroupBox | None:
        for box in self.layout_shown.slots if self.layout_shown else ():
            for group in box.groups:
                if (group.slot, group.key) == (place.slot, place.group):
                    return group
        return None

    def _cards_in(self, group: GroupBox) -> list[CardBox]:
        """The cards of a group, without the one that is being moved."""
        cards = self.layout_shown.cards if self.layout_shown else ()
        moving = self._pressed[0].guid if self._pressed and self._gesture == "move" else None
        return [
            card
            for card in cards
            if (card.slot, card.group) == (group.slot, group.key) and card.card.guid != moving
        ]

    def _mark(self, place: Place, group: GroupBox | None) -> QRectF | None:
        cards = self._cards_in(group) if group else []
        if group is None or not cards or self.layout_shown is None:
            return None
        px = self.layout_shown.look.px
        y = cards[place.index].rect.top() if place.index < len(cards) else cards[-1].rect.bottom() + px(6)
        return QRectF(cards[0].rect.left(), y - px(4), cards[0].rect.width(), px(2))

    def item_of(self, reference: Reference) -> BoardItem | None:
        """The item of a thing."""
        return self._items.get(reference, [None])[0]

    def set_ring(self, shown: bool) -> None:
        """Shows or hides the ring of the keyboard."""
        if shown != self.keyboard:
            self.keyboard = shown
            self.refresh()
