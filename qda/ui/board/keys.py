"""Where the arrow keys lead on a board: from card to card, and through relations from card to card."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRectF

from qda.figures.paradigm_layout import CardBox, ParadigmLayout
from qda.ui.board.items import Reference

Direction = Literal["up", "down", "left", "right"]
_ASIDE: Final = 2.0  # how much worse it is to lie aside than to lie further on


@dataclass(frozen=True, slots=True)
class _Thing:
    """A card or the foot of a slot, in its lane."""

    reference: Reference
    rect: QRectF
    lane: int


def step(
    shown: ParadigmLayout, current: Reference | None, direction: Direction, *, relations: bool = True
) -> Reference | None:
    """The next thing in that direction; None where there is none.

    Up and down go along the cards of a column (and from the uppermost to the phenomenon). Left and right
    go to the first relation at that side of a card, and from a relation to the card at that end; without
    relation, or with ``relations`` off, to the nearest card of the next column. Where cards stand in a ring
    or were put by hand, each key leads to the nearest card on that side.
    """
    if current is None:
        return _first(shown)
    kind, guid = current
    if kind == "relation":
        return _from_relation(shown, guid, direction)
    things = _things(shown, folds=relations)
    if is_free(shown):
        found = _nearest(shown, things, current, direction)
        if found is None or not relations or kind != "card":
            return found
        box = next((one for one in shown.cards if one.card.guid == guid), None)
        sideways = box is not None and direction in ("left", "right")
        return (_relation_beside(shown, box, direction) if sideways and box else None) or found
    if kind == "phenomenon":
        return ("card", shown.cards[0].card.guid) if direction == "down" and shown.cards else None
    here = next((one for one in things if one.reference == current), None)
    if here is None:
        return _first(shown)
    if direction in ("up", "down"):
        return _along(shown, things, here, direction)
    box = next((one for one in shown.cards if one.card.guid == guid), None)
    through = _relation_beside(shown, box, direction) if relations and box is not None else None
    return through or _beside(things, here, direction)


def is_free(shown: ParadigmLayout) -> bool:
    """Whether cards stand elsewhere than in columns."""
    return shown.figure.form == "ring" or any(box.card.at is not None for box in shown.cards)


def next_relation(shown: ParadigmLayout, current: Reference | None, card: str) -> Reference | None:
    """The relation of a card that follows the current one, round about; None where it has none."""
    own = [
        ("relation", route.arrow.guid)
        for route in sorted(shown.routes, key=lambda route: route.arrow.number or 0)
        if card in (route.arrow.from_card, route.arrow.to_card)
    ]
    if not own:
        return None
    at = own.index(current) + 1 if current in own else 0
    kind, guid = own[at % len(own)]
    return ("relation", guid) if kind == "relation" else None


def _things(shown: ParadigmLayout, *, folds: bool) -> list[_Thing]:
    things = [_Thing(("card", box.card.guid), box.rect, box.lane) for box in shown.cards]
    lanes = {box.slot: box.lane for box in shown.cards}
    for slot in shown.slots:
        if folds and slot.fold is not None and slot.slot.key in lanes:
            things.append(_Thing(("fold", slot.slot.key), slot.fold, lanes[slot.slot.key]))
    return sorted(things, key=lambda one: (one.lane, one.rect.top()))


def _first(shown: ParadigmLayout) -> Reference | None:
    if shown.strip:
        return "phenomenon", shown.strip.card.guid
    return ("card", shown.cards[0].card.guid) if shown.cards else None


def _along(
    shown: ParadigmLayout, things: list[_Thing], here: _Thing, direction: Direction
) -> Reference | None:
    column = [one for one in things if one.lane == here.lane]
    at = column.index(here) + (1 if direction == "down" else -1)
    if 0 <= at < len(column):
        return column[at].reference
    return ("phenomenon", shown.strip.card.guid) if at < 0 and shown.strip else None


def _beside(things: list[_Thing], here: _Thing, direction: Direction) -> Reference | None:
    way = 1 if direction == "right" else -1
    lanes = sorted({one.lane for one in things if (one.lane - here.lane) * way > 0}, key=lambda n: n * way)
    if not lanes:
        return None
    there = [one for one in things if one.lane == lanes[0] and one.reference[0] == "card"]
    y = here.rect.center().y()
    return min(there, key=lambda one: abs(one.rect.center().y() - y)).reference if there else None


def _nearest(
    shown: ParadigmLayout, things: list[_Thing], current: Reference, direction: Direction
) -> Reference | None:
    """The nearest thing on that side, wherever it lies."""
    if shown.strip is not None:
        things = [*things, _Thing(("phenomenon", shown.strip.card.guid), shown.strip.rect, -1)]
    here = next((one for one in things if one.reference == current), None)
    if here is None:
        return _first(shown)
    way = 1 if direction in ("right", "down") else -1
    level = direction in ("left", "right")
    best: tuple[float, Reference] | None = None
    for one in things:
        across = (one.rect.center().x() - here.rect.center().x()) * (way if level else 1)
        down = (one.rect.center().y() - here.rect.center().y()) * (1 if level else way)
        on, aside = (across, abs(down)) if level else (down, abs(across))
        if one.reference == current or on <= 1.0:
            continue
        cost = on + _ASIDE * aside
        if best is None or cost < best[0]:
            best = cost, one.reference
    return best[1] if best else None


def _relation_beside(shown: ParadigmLayout, box: CardBox, direction: Direction) -> Reference | None:
    """The uppermost relation that touches the card at that side."""
    edge = box.rect.right() if direction == "right" else box.rect.left()
    found = []
    for route in shown.routes:
        ends = (route.arrow.from_card, route.cubics[0][0]), (route.arrow.to_card, route.cubics[-1][3])
        for guid, (x, y) in ends:
            if guid == box.card.guid and abs(x - edge) < box.rect.width() / 4:
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
