"""A card under way: it goes along with the pointer, and only the arrows that it touches are led anew."""

from PySide6.QtCore import QPointF, QRectF

from qda.figures.paradigm_arrows import Route
from qda.figures.paradigm_layout import ParadigmLayout
from qda.figures.paradigm_places import Rerouting, corner_of
from qda.ui.board.items import BadgeItem, BoardItem, CardItem, LineItem, Reference

Items = dict[Reference, list[BoardItem]]


class Dragging:
    """Shows a card elsewhere without laying the board out; :meth:`back` undoes what is shown."""

    def __init__(self, shown: ParadigmLayout, items: Items, card: CardItem) -> None:
        self._shown = shown
        self._items = items
        self._card = card
        self._home = card.box
        self._rerouting = Rerouting(shown, card.guid)
        self._before: dict[str, Route] = {}
        self.rect = card.box.rect

    @property
    def moved_by(self) -> QPointF:
        """How far the card is from where it was."""
        return self.rect.topLeft() - self._home.rect.topLeft()

    def show_moved(self, by: QPointF) -> None:
        """Shows the card moved by so much from where it was, never beyond the left and upper edge."""
        look = self._shown.look
        edge = look.px(look.margin)
        at = self._home.rect.topLeft() + by
        at = QPointF(max(at.x(), edge), max(at.y(), min(edge, look.px(10))))
        rect = QRectF(at, self._home.rect.size())
        if rect == self.rect:
            return
        self.rect = rect
        self._card.put(rect, raised=True)
        self._lead(self._rerouting.routes(rect))

    def place(self) -> tuple[float, float]:
        """Where the card lies now, in pixels of the drawings from the corner of its slot."""
        off = self.rect.topLeft() - corner_of(self._shown, self._home.slot)
        one = self._shown.look.px(1.0)
        return off.x() / one, off.y() / one

    def back(self) -> None:
        """Shows everything as it was."""
        self._card.put(self._home.rect, raised=False)
        self._lead(())

    def _lead(self, routes: tuple[Route, ...]) -> None:
        """Shows these arrows on their new ways; others that were elsewhere go back."""
        led = {route.arrow.guid: route for route in routes}
        for guid, before in list(self._before.items()):
            if guid not in led:
                self._show(before)
                del self._before[guid]
        for guid, route in led.items():
            for item in self._items.get(("relation", guid), ()):
                if isinstance(item, LineItem):
                    self._before.setdefault(guid, item.route)
            self._show(route)

    def _show(self, route: Route) -> None:
        for item in self._items.get(("relation", route.arrow.guid), ()):
            if isinstance(item, LineItem | BadgeItem):
                item.lead(route)
