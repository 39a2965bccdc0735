"""Cards where a person has put them: the rest of the board stays, only arrows that touch them run anew.

The place of a card counts from the corner of its slot's ground, so that it goes along with its slot. What a
card left is kept free for it.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF

from qda.figures.paradigm_arrows import Route
from qda.figures.paradigm_badges import BadgeBox
from qda.figures.paradigm_direct import Ground, direct_routes, rebadged
from qda.figures.paradigm_layout import CardBox, ParadigmLayout, words_of


def with_places(layout: ParadigmLayout) -> ParadigmLayout:
    """The layout with every card where it was put by hand."""
    rects = {}
    for box in layout.cards:
        if box.card.at is not None:
            rects[box.card.guid] = place_of(layout, box, box.card.at)
    return moved(layout, rects) if rects else layout


def place_of(layout: ParadigmLayout, box: CardBox, at: tuple[float, float]) -> QRectF:
    """Where a card lies that was put to ``at``: never beyond the upper and left edge of the board."""
    px, corner = layout.look.px, corner_of(layout, box.slot)
    x = max(corner.x() + px(at[0]), px(layout.look.margin))
    y = max(corner.y() + px(at[1]), px(min(10.0, layout.look.margin)))
    return QRectF(QPointF(x, y), box.rect.size())


def corner_of(layout: ParadigmLayout, slot: str) -> QPointF:
    """The corner of a slot's ground, from which places count."""
    return next((one.ground.topLeft() for one in layout.slots if one.slot.key == slot), QPointF())


def moved(layout: ParadigmLayout, rects: Mapping[str, QRectF]) -> ParadigmLayout:
    """The layout with cards at other places; it grows where they lie beyond its edge."""
    cards = tuple(
        replace(box, rect=rects[box.card.guid]) if box.card.guid in rects else box for box in layout.cards
    )
    rerouted = {route.arrow.guid: route for route in rerouted_by(layout, rects)}
    routes = tuple(rerouted.get(route.arrow.guid, route) for route in layout.routes)
    margin = layout.look.px(layout.look.margin)
    taken = [*rects.values(), *(route.badge.rect for route in rerouted.values())]
    return replace(
        layout,
        cards=cards,
        routes=routes,
        width=max([layout.width, *(rect.right() + margin for rect in taken)]),
        height=max([layout.height, *(rect.bottom() + margin for rect in taken)]),
    )


def rerouted_by(layout: ParadigmLayout, rects: Mapping[str, QRectF]) -> tuple[Route, ...]:
    """The arrows that touch cards at other places, and those whose badge such a card would cover."""
    touched = routes_touching(layout, rects)
    guids = {route.arrow.guid for route in touched}
    covered = [
        route
        for route in layout.routes
        if route.arrow.guid not in guids and any(rect.intersects(route.badge.rect) for rect in rects.values())
    ]
    guids |= {route.arrow.guid for route in covered}
    ground = Ground(
        {**card_rects(layout), **rects},
        words_of(layout.slots, layout.look),
        [route.badge.rect for route in layout.routes if route.arrow.guid not in guids],
    )
    aside = tuple(rebadged(route, ground, layout.look) for route in covered)
    arrows = [route.arrow for route in touched]
    return aside + direct_routes(layout.figure, arrows, ground, layout.look)


class Rerouting:
    """The arrows that one card touches, led anew again and again while it is under way.

    What does not change meanwhile is found once.
    """

    def __init__(self, layout: ParadigmLayout, card: str) -> None:
        self._layout = layout
        self._card = card
        self._touched = [route.arrow for route in routes_touching(layout, (card,))]
        guids = {arrow.guid for arrow in self._touched}
        self._others = [route for route in layout.routes if route.arrow.guid not in guids]
        heads, badges = words_of(layout.slots, layout.look), [route.badge.rect for route in self._others]
        self._ground = Ground(card_rects(layout), heads, badges)
        self._boxes: dict[str, BadgeBox] = {}

    def routes(self, rect: QRectF) -> tuple[Route, ...]:
        """The arrows with the card at ``rect``; with them those whose badge it would cover."""
        layout = self._layout
        covered = [route for route in self._others if rect.intersects(route.badge.rect)]
        ground = self._ground.with_moved(self._card, rect, [route.badge.rect for route in covered])
        aside = tuple(rebadged(route, ground, layout.look) for route in covered)
        return aside + direct_routes(layout.figure, self._touched, ground, layout.look, boxes=self._boxes)


def routes_touching(layout: ParadigmLayout, cards: Collection[str]) -> list[Route]:
    """The arrows that begin or end at one of these cards."""
    return [
        route for route in layout.routes if route.arrow.from_card in cards or route.arrow.to_card in cards
    ]


def card_rects(layout: ParadigmLayout) -> dict[str, QRectF]:
    """Where the cards and the phenomenon lie."""
    rects = {box.card.guid: box.rect for box in layout.cards}
    if layout.strip is not None:
        rects[layout.strip.card.guid] = layout.strip.rect
    return rects


def with_routes_of(layout: ParadigmLayout, chosen: str) -> ParadigmLayout:
    """A crowded layout with the arrows of one card, or the one relation, that is chosen."""
    figure = replace(layout.figure, chosen=chosen)
    arrows = [arrow for arrow in figure.drawn if chosen in (arrow.guid, arrow.from_card, arrow.to_card)]
    ground = Ground(card_rects(layout), words_of(layout.slots, layout.look))
    return replace(layout, figure=figure, routes=direct_routes(figure, arrows, ground, layout.look))
