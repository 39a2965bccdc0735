"""Less on the board than there is: cards without relation folded away, or only what touches one card.

A model is shown as whole as can be read. Whoever wants to see a folded slot opens it; what is folded away is
counted at the foot of its slot.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from qda.figures.paradigm import Card, Group, ParadigmFigure, SlotColumn
from qda.i18n import ngettext

FULL: Final = 8  # cards from which a slot folds away those without relation
CROWD: Final = 40  # more than so many cards of a slot are never shown unasked


def folded(figure: ParadigmFigure, *, opened: Collection[str] = ()) -> ParadigmFigure:
    """The figure without what is folded away; the slots whose keys are in ``opened`` show all they hold."""
    ends: dict[str, int] = {}
    for arrow in figure.arrows:
        if arrow.status != "rejected":
            for guid in (arrow.from_card, arrow.to_card):
                ends[guid] = ends.get(guid, 0) + 1
    return replace(figure, slots=tuple(_folded(slot, ends, slot.key in opened) for slot in figure.slots))


def _folded(slot: SlotColumn, ends: dict[str, int], opened: bool) -> SlotColumn:
    cards = slot.cards
    kept = {card.guid for card in cards if card.guid in ends or card.at is not None}
    if len(cards) <= FULL or (len(kept) == len(cards) <= CROWD):
        return slot
    bare = len(kept) <= CROWD
    if not bare:  # the most related ones, in their order
        ranked = sorted(kept, key=lambda guid: -ends.get(guid, 0))
        kept = set(ranked[:CROWD])
    elif not kept:
        kept = {card.guid for card in cards[:FULL]}
    hidden = len(cards) - len(kept)
    if opened:
        words = (
            ngettext("Fold {n} without relation", "Fold {n} without relation", hidden)
            if bare
            else ngettext("Fold {n} away", "Fold {n} away", hidden)
        )
        return replace(slot, note=words.format(n=hidden), foldable=True)
    words = (
        ngettext("{n} more without relation", "{n} more without relation", hidden)
        if bare
        else ngettext("{n} more", "{n} more", hidden)
    )
    groups = tuple(_only(group, kept) for group in slot.groups)
    return replace(slot, groups=groups, note=words.format(n=hidden), foldable=True)


def _only(group: Group, kept: Collection[str]) -> Group:
    """The group without what is folded away; its title counts that."""
    cards = tuple(card for card in group.cards if card.guid in kept)
    gone = len(group.cards) - len(cards)
    note = f"+{gone}" if gone and group.title else group.note
    return replace(group, cards=cards, note=note)


def related_to(figure: ParadigmFigure, guid: str) -> ParadigmFigure:
    """Only a card, what it is related to, and the relations between these two."""
    arrows = tuple(arrow for arrow in figure.drawn if guid in (arrow.from_card, arrow.to_card))
    kept = {guid} | {end for arrow in arrows for end in (arrow.from_card, arrow.to_card)}

    def close(card: Card) -> Card:
        return replace(card, at=None)  # what lay far apart stands together now

    slots = []
    for slot in figure.slots:
        groups = tuple(
            replace(group, cards=tuple(close(card) for card in group.cards if card.guid in kept))
            for group in slot.groups
        )
        gone = len(slot.cards) - sum(len(group.cards) for group in groups)
        words = ngettext("{n} not related to it", "{n} not related to it", gone).format(n=gone)
        slots.append(replace(slot, groups=groups, note=words if gone else "", foldable=False))
    return replace(figure, slots=tuple(slots), arrows=arrows, width=0.0)
