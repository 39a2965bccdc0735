"""The canvas's scene: shows a map, knows what is chosen, and turns gestures of the mouse into wishes.

A drag moves boxes and the lines at them at once; what it comes to is told by a signal, whoever owns the
canvas does the act and shows the map anew. What is chosen stays so over that, by GUID.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsSceneMouseEvent

from qda.figures.code_map import CodeMapFigure, Link
from qda.figures.code_map_layout import PlacedLink, placed, route, routes, sides
from qda.figures.painting import Look
from qda.figures.paradigm_paint import State
from qda.ui.maps.items import BadgeItem, BoxItem, LinkItem, MapThing, Overlay, Reference

Gesture = Literal["", "move", "line", "frame"]
_GRID: Final = 5000.0  # the ground reaches so far beyond what lies on it, in steps of this


class MapScene(QGraphicsScene):
    """Boxes and lines of one map."""

    moved = Signal(object)  # {GUID of a box: (x, y) of its middle, in pixels of the drawings}
    line_wanted = Signal(str, str)  # from box, to box
    words_wanted = Signal(object)  # QPointF: words of one's own are wanted there
    current_changed = Signal()
    activated = Signal(str, str)  # kind (item, line), GUID
    shifting = Signal(object)  # QPointF: so far what is being moved is off its place; None: no more

    def __init__(self) -> None:
        super().__init__()
        self.figure = CodeMapFigure("")
        self.look: Look | None = None
        self.current: Reference | None = None
        self.chosen: set[Reference] = set()
        self.keyboard = False  # whether the ring is shown
        self.target: str = ""  # the box that a line being drawn would reach
        self.gesture: Gesture = ""
        self.can_write = True
        self._boxes: dict[str, BoxItem] = {}
        self._links: dict[str, LinkItem] = {}
        self._badges: dict[str, BadgeItem] = {}
        self._at_box: dict[str, list[Link]] = {}
        self._aside: dict[str, float] = {}
        self._overlay: Overlay | None = None
        self._hovered: Reference | None = None
        self._pressed: tuple[MapThing | None, QPointF] | None = None
        self.moving: tuple[str, ...] = ()  # boxes that are being moved
        self.off = QPointF()  # how far they are off their places

    # --- what is shown ---

    def show_figure(self, figure: CodeMapFigure, look: Look) -> None:
        """Shows a map; what did not change keeps its item."""
        self.end_gesture()
        anew = look != self.look
        self.figure, self.look = figure, look
        if anew:
            for known in (self._boxes, self._links, self._badges):
                self._drop(known, ())
        self.setBackgroundBrush(QColor(look.palette.paper))
        self._show_boxes(look)
        self._at_box = {}
        for link in figure.links:
            self._at_box.setdefault(link.start, []).append(link)
            self._at_box.setdefault(link.end, []).append(link)
        self._aside = sides(figure.links)
        rects = {guid: item.rect for guid, item in self._boxes.items()}
        before = {} if anew else {guid: item.line for guid, item in self._links.items()}
        self._show_lines(routes(figure.links, rects, look, before=before), look)
        self._grow()
        shown = set(self.references())
        self.chosen &= shown
        if self.current is not None and self.current not in shown:
            self.current = None
            self.current_changed.emit()
        self.refresh()

    def _show_boxes(self, look: Look) -> None:
        self._drop(self._boxes, self.figure.by_guid)
        for box in self.figure.boxes:
            item, at = self._boxes.get(box.guid), placed(box, look)
            if item is not None and item.placed.face is at.face:
                item.placed = at
                item.setPos(at.rect.topLeft())
                continue
            if item is not None:
                self.removeItem(item)
            self._boxes[box.guid] = BoxItem(at, look)
            self.addItem(self._boxes[box.guid])

    def _show_lines(self, lines: Mapping[str, PlacedLink], look: Look) -> None:
        self._drop(self._links, lines)
        worded = {guid: line for guid, line in lines.items() if line.text is not None}
        self._drop(self._badges, worded)
        for guid, line in lines.items():
            known = self._links.get(guid)
            if known is not None:
                if known.line is not line:
                    known.show_line(line)
            else:
                self._links[guid] = LinkItem(line, look)
                self.addItem(self._links[guid])
        for guid, line in worded.items():
            badge = self._badges.get(guid)
            if badge is not None and badge.line.text is line.text and badge.line.link == line.link:
                if badge.line is not line:
                    badge.show_line(line)
                continue
            if badge is not None:
                self.removeItem(badge)
            self._badges[guid] = BadgeItem(line, look)
            self.addItem(self._badges[guid])

    def _drop(
        self, known: dict[str, BoxItem] | dict[str, LinkItem] | dict[str, BadgeItem], kept: object
    ) -> None:
        held = set(kept) if isinstance(kept, Iterable) else set()
        for guid in [guid for guid in known if guid not in held]:
            self.removeItem(known.pop(guid))

    def _grow(self) -> None:
        """The ground reaches well beyond the map and rarely changes, so that nothing jumps."""
        rect = self.extent()
        grid = _GRID
        left, top = (rect.left() // grid - 1) * grid, (rect.top() // grid - 1) * grid
        right, bottom = (rect.right() // grid + 2) * grid, (rect.bottom() // grid + 2) * grid
        wanted = QRectF(QPointF(left, top), QPointF(right, bottom))
        if wanted != self.sceneRect():
            self.setSceneRect(wanted)

    def extent(self) -> QRectF:
        """What everything on the map takes together."""
        whole = QRectF()
        for item in self._boxes.values():
            whole = whole.united(item.rect)
        for badge in self._badges.values():
            whole = whole.united(badge.line.badge)
        return whole

    def taken(self) -> list[tuple[float, float, float, float]]:
        """The boxes as left, top, right, bottom, in pixels of the drawings."""
        unit = self.look.px(1) if self.look is not None else 1.0
        rects = [item.rect for item in self._boxes.values()]
        return [(r.left() / unit, r.top() / unit, r.right() / unit, r.bottom() / unit) for r in rects]

    # --- what is current and chosen ---

    def references(self) -> tuple[Reference, ...]:
        """Everything that can be current: boxes, then lines."""
        boxes: list[Reference] = [("item", guid) for guid in self._boxes]
        return (*boxes, *(("line", guid) for guid in self._links))

    def rect_of(self, reference: Reference) -> QRectF:
        """Where a thing lies; a line lies where its words are, else in its middle."""
        kind, guid = reference
        if kind == "item":
            return self._boxes[guid].rect if guid in self._boxes else QRectF()
        if guid in self._badges:
            return QRectF(self._badges[guid].line.badge)
        if guid not in self._links:
            return QRectF()
        middle = self._links[guid].line.control
        return QRectF(middle.x() - 6, middle.y() - 6, 12, 12)

    def chosen_boxes(self) -> list[str]:
        """The chosen boxes, in the order of the map."""
        return [guid for guid in self._boxes if ("item", guid) in self.chosen]

    def choose(
        self, references: Iterable[Reference], *, current: Reference | None = None, keyboard: bool = False
    ) -> None:
        """Chooses things, one of which is current."""
        known = set(self.references())
        self.chosen = set(references) & known
        self.current = current if current in known else next(iter(self.chosen), None)
        self.keyboard = keyboard
        self.refresh()
        self.current_changed.emit()

    def refresh(self) -> None:
        """Paints every thing in its state: a current line takes its two boxes along."""
        ends = self._ends_of_current()
        things: list[MapThing] = [*self._boxes.values(), *self._links.values(), *self._badges.values()]
        for item in things:
            reference = item.reference
            item.show_state(
                State(
                    selected=reference in self.chosen or reference in ends,
                    hovered=reference == self._hovered and not self.gesture,
                    focused=reference == self.current and self.keyboard,
                    target=reference == ("item", self.target),
                )
            )

    def _ends_of_current(self) -> set[Reference]:
        if self.current is None or self.current[0] != "line" or len(self.chosen) > 1:
            return set()
        link = self._links[self.current[1]].line.link
        return {("item", link.start), ("item", link.end)}

    def set_ring(self, shown: bool) -> None:
        """Shows or hides the ring of the keyboard."""
        if shown != self.keyboard:
            self.keyboard = shown
            self.refresh()

    # --- moving ---

    def shift(self, guids: Iterable[str], by: QPointF) -> None:
        """Boxes are being moved; no act yet. The items stay: who shows the scene shows them elsewhere."""
        if not self.moving:
            self.moving = tuple(guid for guid in guids if guid in self._boxes)
        self.off = by
        self.shifting.emit(by)

    def box(self, guid: str) -> BoxItem:
        """The item of a box."""
        return self._boxes[guid]

    def boxes(self) -> Iterable[BoxItem]:
        """The items of all boxes."""
        return self._boxes.values()

    def lines(self) -> Iterable[LinkItem]:
        """The items of all lines."""
        return self._links.values()

    def rerouted(self, link: Link, moved: QPointF) -> PlacedLink:
        """A line as it runs while what is being moved is off its place."""
        assert self.look is not None  # only what is shown is moved
        ends = [self._boxes[guid].rect for guid in (link.start, link.end)]
        start, end = (
            rect.translated(moved) if guid in self.moving else rect
            for guid, rect in zip((link.start, link.end), ends, strict=True)
        )
        at = self._links[link.guid].line.at
        return route(link, start, end, self.look, side=self._aside[link.guid], at=at)

    def shifted(self) -> dict[str, tuple[int, int]]:
        """Where the boxes that were moved lie now; they count as put there."""
        unit = self.look.px(1) if self.look is not None else 1.0
        moving, off = self.moving, self.off
        found = {}
        dx, dy = round(off.x() / unit), round(off.y() / unit)
        if dx or dy:
            for guid in moving:
                item = self._boxes[guid]
                item.setPos(item.pos() + off)
                found[guid] = round(item.placed.box.x) + dx, round(item.placed.box.y) + dy
            self._follow(moving)
        self.unshift()
        return found

    def _follow(self, moved: Iterable[str]) -> None:
        """The lines at boxes that lie elsewhere now run there."""
        for link in {link.guid: link for guid in moved for link in self._at_box.get(guid, ())}.values():
            line = self.rerouted(link, QPointF())
            self._links[link.guid].show_line(line)
            if link.guid in self._badges:
                self._badges[link.guid].show_line(line)

    def unshift(self) -> None:
        """Nothing is being moved any more; what was not put elsewhere lies where it was."""
        if self.moving:
            self.moving, self.off = (), QPointF()
            self.shifting.emit(None)

    # --- the mouse ---

    def thing_at(self, at: QPointF) -> MapThing | None:
        """The thing under a point of the scene."""
        for item in self.items(at):
            if isinstance(item, BoxItem) and not (item.rect.contains(at) or item.handle_at(at)):
                continue
            if isinstance(item, MapThing):
                return item
        return None

    def hover(self, at: QPointF | None) -> None:
        """The pointer is there now (None: it has left)."""
        item = self.thing_at(at) if at is not None else None
        reference = item.reference if item else None
        if reference != self._hovered:
            self._hovered = reference
            self.refresh()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        event.accept()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        item = self.thing_at(event.scenePos())
        more = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self._pressed = item, event.scenePos()
        if item is None:
            if not more:
                self.choose(())
            return
        reference = item.reference
        if more:
            self.choose(self.chosen ^ {reference}, current=reference)
        elif reference in self.chosen:
            self.choose(self.chosen, current=reference)
        else:
            self.choose({reference}, current=reference)

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        at = event.scenePos()
        if self._pressed is None:
            self.hover(at)
            return
        item, start = self._pressed
        if not self.gesture:
            moved = event.screenPos() - event.buttonDownScreenPos(Qt.MouseButton.LeftButton)
            if moved.manhattanLength() < QApplication.startDragDistance():
                return
            self.gesture = self._begun(item, start)
        if self.gesture == "line" and isinstance(item, BoxItem):
            over = self.thing_at(at)
            self.aim(item.guid, over.guid if isinstance(over, BoxItem) else "", at)
        elif self.gesture == "move":
            self.shift(self.chosen_boxes(), at - start)
        elif self.gesture == "frame":
            self._show_overlay().show_frame(QRectF(start, at).normalized())

    def _begun(self, item: MapThing | None, start: QPointF) -> Gesture:
        if item is None:
            return "frame"
        if not self.can_write or not isinstance(item, BoxItem):
            return ""
        return "line" if item.handle_at(start) else "move"

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        pressed, gesture, target = self._pressed, self.gesture, self.target
        self._pressed = None
        if pressed is None:
            return
        item, start = pressed
        if gesture == "move":
            self.gesture = ""
            if moved := self.shifted():
                self.moved.emit(moved)
            return
        self.end_gesture()
        if gesture == "line" and item is not None and target:
            self.line_wanted.emit(item.guid, target)
        elif gesture == "frame":
            self._gather(QRectF(start, event.scenePos()).normalized(), event.modifiers())

    def _gather(self, frame: QRectF, modifiers: Qt.KeyboardModifier) -> None:
        inside: set[Reference] = {
            ("item", guid) for guid, item in self._boxes.items() if frame.intersects(item.rect)
        }
        more = modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self.choose(self.chosen | inside if more else inside)

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._pressed = None
        item = self.thing_at(event.scenePos())
        if item is not None:
            self.activated.emit(*item.reference)
        elif self.can_write:
            self.words_wanted.emit(event.scenePos())

    # --- lines being drawn, by the mouse or by keys ---

    def aim(self, start: str, target: str, at: QPointF) -> None:
        """Shows the line from a box to another one (or to a point, where that is none)."""
        self.gesture = "line"
        self.target = target if target in self._boxes and target != start else ""
        begin = self._boxes[start].rect
        end = self._boxes[self.target].rect.center() if self.target else at
        self._show_overlay().show_line(begin.center(), end)
        self.refresh()

    def end_gesture(self) -> None:
        """The gesture is over; nothing of it stays to be seen."""
        self.gesture, self.target = "", ""
        self._pressed = None
        self.unshift()
        if self._overlay is not None:
            self.removeItem(self._overlay)
            self._overlay = None
        self.refresh()

    def _show_overlay(self) -> Overlay:
        if self._overlay is None:
            assert self.look is not None  # gestures begin on what is shown
            self._overlay = Overlay(self.look)
            self.addItem(self._overlay)
        return self._overlay
