"""Where the arrow keys lead on a board: from card to card, and through relations from card to card."""

from typing import Literal

from qda.figures.paradigm_layout import CardBox, ParadigmLayout
from qda.ui.board.items import Kind

Direction = Literal["up", "down", "left", "right"]
Reference = tuple[Kind, str]


def step(
    shown: ParadigmLayout, current: Reference | None, direction: Direction, *, relations: bool = True
) -> Reference | None:
    """The next thing in that direction; None where there is none.

    Up and down go along the cards of a column (and from the uppermost to the phenomenon). Left and right
    go to the first relation at that side of a card, and from a relation to the card at that end; without
    relation, or with ``relations`` off, to the nearest card of the next column.
    """
    if current is None:
        return _first(shown)
    kind, guid = current
    if kind == "relation":
        return _from_relation(shown, guid, direction)
    if kind == "phenomenon":
        return ("card", shown.cards[0].card.guid) if direction == "down" and shown.cards else None
    box = next((one for one in shown.cards if one.card.guid == guid), None)
    if box is None:
        return _first(shown)
    if direction in ("up", "down"):
        return _along(shown, box, direction)
    through = _relation_beside(shown, box, direction) if relations else None
    return through or _beside(shown, box, direction)


def _first(shown: ParadigmLayout) -> Reference | None:
    if shown.strip:
        return "phenomenon", shown.strip.card.guid
    return ("card", shown.cards[0].card.guid) if shown.cards else None


def _along(shown: ParadigmLayout, box: CardBox, direction: Direction) -> Reference | None:
    column = [one for one in shown.cards if one.lane == box.lane]
    at = column.index(box) + (1 if direction == "down" else -1)
    if 0 <= at < len(column):
        return "card", column[at].card.guid
    return ("phenomenon", shown.strip.card.guid) if at < 0 and shown.strip else None


def _beside(shown: ParadigmLayout, box: CardBox, direction: Direction) -> Reference | None:
    way = 1 if direction == "right" else -1
    lanes = sorted(
        {one.lane for one in shown.cards if (one.lane - box.lane) * way > 0}, key=lambda n: n * way
    )
    if not lanes:
        return None
    there = [one for one in shown.cards if one.lane == lanes[0]]
    y = box.rect.center().y()
    return "card", min(there, key=lambda one: abs(one.rect.center().y() - y)).card.guid


def _relation_beside(shown: ParadigmLayout, box: CardBox, direction: Direction) -> Reference | None:
    """The uppermost relation that touches the card at that side."""
    edge = box.rect.right() if direction == "right" else box.rect.left()
    found = []
    for route in shown.routes:
        ends = (route.arrow.from_card, route.cubics[0][0]), (route.arrow.to_card, route.cubics[-1][3])
        for guid, (x, y) in ends:
            if guid == box.card.guid and abs(x - edge) < box.rect.width() / 2:
                found.append((y, route.arrow.guid))
    return ("relation", min(found)[1]) if found else None


def _from_relation(shown: ParadigmLayout, guid: str, direction: Direction) -> Reference | None:
    here = next((route for route in shown.routes if route.arrow.guid == guid), None)
    if here is None:
        return _first(shown)
    if direction in ("left", "right"):
        ends = sorted(
            ((here.cubics[0][0][0], 0, here.arrow.from_card), (here.cubics[-1][3][0], 1, here.arrow.to_card))
        )
        wanted = ends[0 if direction == "left" else 1][2]
        is_strip = shown.strip is not None and shown.strip.card.guid == wanted
        return ("phenomenon" if is_strip else "card"), wanted
    gap = sorted(
        (route for route in shown.routes if route.gap == here.gap),
        key=lambda route: route.badge.rect.center().y(),
    )
    at = gap.index(here) + (1 if direction == "down" else -1)
    return ("relation", gap[at].arrow.guid) if 0 <= at < len(gap) else None
