"""The board's scene: shows a figure, knows what is current, and turns gestures of the mouse into wishes.

Nothing moves for good by itself: a gesture ends in a signal, whoever owns the board does the act and shows
the figure anew. The current thing stays current over that, by its GUID.
"""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsSceneMouseEvent

from qda.figures.painting import Look
from qda.figures.paradigm import ParadigmFigure
from qda.figures.paradigm_layout import CardBox, GroupBox, ParadigmLayout
from qda.figures.paradigm_paint import REST, State
from qda.figures.paradigm_places import with_routes_of
from qda.ui.board.dragging import Dragging
from qda.ui.board.items import (
    BadgeItem,
    BoardItem,
    CardItem,
    FoldItem,
    LineItem,
    Overlay,
    Reference,
    RoundItem,
    SlotItem,
    StripItem,
)

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
    card_put = Signal(str, float, float)  # card, place in pixels of the drawings from its slot's corner
    code_dropped = Signal(str, str, str)  # code, slot, group
    relation_requested = Signal(str, str)  # from card, to card
    current_changed = Signal(str, str)  # kind ("" for none), guid
    activated = Signal(str, str)  # kind, guid
    dragged_to = Signal(QPointF)  # the pointer of a gesture, in the scene

    def __init__(self) -> None:
        super().__init__()
        self.layout_shown: ParadigmLayout | None = None
        self.current: Reference | None = None
        self.target: Reference | None = None  # the card that a relation being drawn would reach
        self.keyboard = False  # whether the ring is shown
        self._items: dict[Reference, list[BoardItem]] = {}
        self._states: dict[Reference, State] = {}  # of what is not at rest
        self._overlay: Overlay | None = None
        self._hovered: Reference | None = None
        self._pressed: tuple[CardItem, QPointF] | None = None
        self._dragging: Dragging | None = None
        self._gesture: str = ""
        self._given: tuple[ParadigmFigure, float, Look] | None = None
        self._arranged: dict[float, ParadigmLayout] = {}  # of the figure as given, by width

    def show_figure(self, figure: ParadigmFigure, *, width: float, look: Look) -> None:
        """Lays the figure out and shows it; what was current stays so where it is still there.

        What is laid out so already is not laid out again.
        """
        self.end_gesture()
        before, self._given = self._given, (figure, width, look)
        if before is not None and before[0] is figure and before[1:] == (width, look):
            return
        if before is None or before[0] is not figure or before[2] != look:
            self._arranged = {}
        self.clear()
        self._items, self._states, self._hovered = {}, {}, None
        if self.current is not None:
            figure = replace(figure, chosen=self.current[1])
        shown = self._arranged.get(width)
        if shown is None or (shown.crowded and shown.figure.chosen != figure.chosen):
            shown = figure.arrange(width=width, look=look)
        shown = self._arranged[width] = replace(shown, figure=figure)
        self.layout_shown = shown
        self.setBackgroundBrush(QColor(look.palette.paper))
        if shown.ring is not None:
            self.addItem(RoundItem(shown.ring, look))
        tips = {slot.key: slot for slot in figure.slots}
        for slot in shown.slots:
            words = tips.get(slot.slot.key, slot.slot)
            tip = "\n".join(text for text in (words.name, words.definition, words.question) if text)
            self.addItem(SlotItem(slot, look, tip))
            if slot.fold is not None:
                self._add(FoldItem(slot.slot.key, slot.fold, slot.slot.note, look))
        if shown.strip:
            self._add(StripItem(shown.strip, look))
        for box in shown.cards:
            self._add(CardItem(box, look))
        self._add_routes()
        self.setSceneRect(QRectF(0, 0, shown.width, shown.height))
        if self.current not in self._items:
            self.set_current(None)
        self.refresh()

    def _add_routes(self) -> None:
        shown = self.layout_shown
        if shown is not None:
            for route in shown.routes:
                self._add(LineItem(route, shown.look))
                self._add(BadgeItem(route, shown.look))

    def _add(self, item: BoardItem) -> None:
        self.addItem(item)
        self._items.setdefault(item.reference, []).append(item)

    def _show_routes_of(self, reference: Reference | None) -> None:
        """On a crowded board: the arrows of what is current; those of a card stay while one of them is."""
        shown = self.layout_shown
        if shown is None or not shown.crowded or (reference is not None and reference[0] == "fold"):
            return
        drawn = {route.arrow.guid for route in shown.routes}
        chosen = reference[1] if reference else ""
        if shown.figure.chosen == chosen or (chosen in drawn and reference and reference[0] == "relation"):
            return
        for guid in drawn:
            for item in self._items.pop(("relation", guid), ()):
                self.removeItem(item)
            self._states.pop(("relation", guid), None)
        self.layout_shown = with_routes_of(shown, chosen)
        self._add_routes()

    # --- what is current ---

    def references(self) -> tuple[Reference, ...]:
        """Everything that can be current: phenomenon, cards from top to bottom, relations."""
        return tuple(self._items)

    def rect_of(self, reference: Reference) -> QRectF:
        """Where a thing lies; a relation lies where its badge is."""
        for item in reversed(self._items.get(reference, ())):
            if isinstance(item, BadgeItem):
                return item.route.badge.rect
            if isinstance(item, FoldItem):
                return item.rect
            if isinstance(item, CardItem | StripItem):
                return item.box.rect
        return QRectF()

    def set_current(self, reference: Reference | None, *, keyboard: bool = False) -> None:
        """Makes a thing the current one (and shows the ring if that came from the keyboard)."""
        if reference is None or reference in self._items or reference[0] == "relation":
            self._show_routes_of(reference)
        wanted = reference if reference in self._items else None
        changed = wanted != self.current
        self.current, self.keyboard = wanted, keyboard
        self.refresh()
        if changed:
            self.current_changed.emit(*(wanted or ("", "")))

    def refresh(self) -> None:
        """Paints what is not at rest in its state: a current relation takes its two cards along."""
        wanted: dict[Reference, State] = {}
        for reference in self._ends_of_current():
            wanted[reference] = State(selected=True)
        if self.current is not None:
            now = wanted.get(self.current, REST)
            wanted[self.current] = replace(now, selected=True, focused=self.keyboard)
        if self._hovered is not None:
            wanted[self._hovered] = replace(wanted.get(self._hovered, REST), hovered=True)
        if self.target is not None:
            wanted[self.target] = replace(wanted.get(self.target, REST), target=True)
        for reference in {**self._states, **wanted}:
            for item in self._items.get(reference, ()):
                item.show_state(wanted.get(reference, REST))
        self._states = wanted

    def _ends_of_current(self) -> list[Reference]:
        if self.current is None or self.current[0] != "relation":
            return []
        for item in self._items.get(self.current, ()):
            if isinstance(item, LineItem):
                ends = item.route.arrow.from_card, item.route.arrow.to_card
                both: list[Reference] = [("card", end) for end in ends]
                both += [("phenomenon", end) for end in ends]
                return [reference for reference in both if reference in self._items]
        return []

    # --- the mouse ---

    def board_item_at(self, at: QPointF) -> BoardItem | None:
        """The thing under a point of the scene."""
        for item in self.items(at):
            if isinstance(item, CardItem) and not (item.box.rect.contains(at) or item.handle_at(at)):
                continue
            if isinstance(item, FoldItem) and not item.rect.contains(at):
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
        event.accept()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if isinstance(item, CardItem):
            self._pressed = item, event.scenePos()
        elif isinstance(item, FoldItem):
            self.activated.emit(*item.reference)

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
            self.drag(item, at - start, at)
        self.dragged_to.emit(at)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        pressed, gesture, target = self._pressed, self._gesture, self.target
        freely = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        dragging, place = self._dragging, None
        if gesture == "move" and dragging is not None and pressed is not None:
            place = None if freely else self.place_for(pressed[0], dragging.rect, event.scenePos())
        self.end_gesture()
        if pressed is None:
            return
        card, box = pressed[0].guid, pressed[0].box
        if gesture == "relate" and target is not None:
            self.relation_requested.emit(card, target[1])
        elif place is not None:
            if box.card.at is not None or place != Place(box.slot, box.group, box.index):
                self.card_moved.emit(card, place.slot, place.group, place.index)
        elif gesture == "move" and dragging is not None:
            self.card_put.emit(card, *dragging.place())

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
        dragging, self._dragging = self._dragging, None
        self._gesture, self._pressed, self.target = "", None, None
        if dragging is not None:
            dragging.back()
        if self._overlay is not None:
            self.removeItem(self._overlay)
            self._overlay = None
        self.refresh()

    @property
    def gesture(self) -> str:
        """What is being done: "", "move", "relate" or "drop"."""
        return self._gesture

    def drag(self, item: CardItem, by: QPointF, at: QPointF | None = None) -> Dragging:
        """Shows a card moved by so much; with the pointer ``at`` also the slot that would take it."""
        assert self.layout_shown is not None  # gestures begin on what is shown
        if self._dragging is None:
            self._gesture = "move"
            self._dragging = Dragging(self.layout_shown, self._items, item)
        self._dragging.show_moved(by)
        if at is not None:
            self._show_place(self.place_for(item, self._dragging.rect, at))
        return self._dragging

    def place_for(self, item: CardItem, rect: QRectF, at: QPointF) -> Place | None:
        """The slot that takes a card dropped there; none where it stays as it lies.

        Its own slot orders it among the cards that it touches, and lets it lie where there is room.
        """
        place = self.place_at(at)
        if place is None or (place.slot, place.group) != (item.box.slot, item.box.group):
            return place
        shown = self.layout_shown
        air = shown.look.px(4) if shown else 0.0
        others = [box.rect for box in shown.cards if box.slot == place.slot] if shown else []
        home = item.box.rect
        near = rect.adjusted(-air, -air, air, air)
        if item.box.card.at is None and near.intersects(home):
            return place
        return place if any(near.intersects(one) for one in others if one != home) else None

    def _show_overlay(self) -> Overlay:
        if self._overlay is None:
            assert self.layout_shown is not None  # gestures begin on what is shown
            self._overlay = Overlay(self.layout_shown.look)
            self.addItem(self._overlay)
        return self._overlay

    def draw_relation(self, start: CardItem | StripItem, at: QPointF) -> None:
        """Shows the relation from ``start`` to the pointer or to the card under it."""
        item = self.board_item_at(at)
        self.aim(start, item.reference if item else None, at)

    def aim(self, start: CardItem | StripItem, target: Reference | None, at: QPointF) -> None:
        """Shows the relation from ``start`` to ``target``; ``at`` where that is none."""
        possible = target is not None and target[0] in ("card", "phenomenon") and target != start.reference
        self.target = target if possible else None
        end = self._edge_towards(self.target, start.box.rect) if self.target else at
        own = start.box.rect
        begin = QPointF(own.right() if end.x() >= own.center().x() else own.left(), own.center().y())
        self._show_overlay().show_line(begin, end)
        self.refresh()

    def _edge_towards(self, target: Reference, start: QRectF) -> QPointF:
        rect = self.rect_of(target)
        if target[0] == "phenomenon" and self.layout_shown and self.layout_shown.ring is None:
            return QPointF(start.center().x(), rect.bottom())
        return QPointF(rect.left() if rect.left() > start.center().x() else rect.right(), rect.center().y())

    def show_drop_at(self, at: QPointF) -> Place | None:
        """Frames the place that would take a card dropped there, and tells it."""
        place = self.place_at(at)
        self._show_place(place)
        return place

    def _show_place(self, place: Place | None) -> None:
        group = self._group(place) if place else None
        mark = self._mark(place, group) if place else None
        self._show_overlay().show_drop(group.rect if group else None, mark)

    def place_at(self, at: QPointF) -> Place | None:
        """The slot and group under a point, and before which card there."""
        if self.layout_shown is None:
            return None
        for box in self.layout_shown.slots:
            below = box.ground.adjusted(0, box.head.bottom() - box.ground.top(), 0, 0)
            if not (box.head.contains(at) or below.contains(at)) or not box.groups:
                continue
            group = next((one for one in box.groups if one.rect.top() <= at.y() < one.rect.bottom()), None)
            group = group or (box.groups[0] if at.y() < box.ground.center().y() else box.groups[-1])
            above = sum(_stands_before(card.rect, at) for card in self._cards_in(group))
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
            if (card.slot, card.group) == (group.slot, group.key)
            and card.card.guid != moving
            and card.card.at is None
        ]

    def _mark(self, place: Place, group: GroupBox | None) -> QRectF | None:
        """The line between the two cards between which a card would go."""
        cards = self._cards_in(group) if group else []
        if group is None or not cards or self.layout_shown is None:
            return None
        px, behind = self.layout_shown.look.px, place.index >= len(cards)
        rect = cards[-1].rect if behind else cards[place.index].rect
        if self.layout_shown.ring is not None and cards[0].rect.width() * 1.5 < group.rect.width():
            x = rect.right() + px(3) if behind else rect.left() - px(5)
            return QRectF(x, rect.top(), px(2), rect.height())
        y = rect.bottom() + px(6) if behind else rect.top()
        return QRectF(rect.left(), y - px(4), rect.width(), px(2))

    def others_in(self, slot: str, group: str, card: str) -> list[str]:
        """The cards that stand in a group, in their order, without one and without those put by hand."""
        cards = self.layout_shown.cards if self.layout_shown else ()
        return [
            one.card.guid
            for one in cards
            if (one.slot, one.group) == (slot, group) and one.card.guid != card and one.card.at is None
        ]

    def item_of(self, reference: Reference) -> BoardItem | None:
        """The item of a thing."""
        return self._items.get(reference, [None])[0]

    def set_ring(self, shown: bool) -> None:
        """Shows or hides the ring of the keyboard."""
        if shown != self.keyboard:
            self.keyboard = shown
            self.refresh()


def _stands_before(rect: QRectF, at: QPointF) -> bool:
    """Whether a card comes before a point of its group, line by line."""
    if rect.top() <= at.y() <= rect.bottom() and not rect.left() <= at.x() <= rect.right():
        return rect.center().x() < at.x()
    return rect.center().y() < at.y()
