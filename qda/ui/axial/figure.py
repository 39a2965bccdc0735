"""From the rows of a model to the board's figure and back: which code and which placements a card stands for.

The figure itself is made by :mod:`qda.reports.figures_of`, so that board and report show the same.
"""

from dataclasses import dataclass, replace

from qda.coding.rows import PlacementRow, RelationRow, SlotRow
from qda.figures.paradigm import Card, ParadigmFigure, untangled
from qda.reports.figures_of import Placed, paradigm_figure


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where a card lies in the figure: keys of slot and group, the code, its placements there."""

    slot: str
    group: str
    code: str
    placements: tuple[PlacementRow, ...]


class BoardFigure:
    """A model as the board shows it, with the way back from a card to the rows."""

    def __init__(self, placed: Placed, *, width: float = 0.0) -> None:
        """``width``: at which cards were put by hand; it holds while one is."""
        self.placed = placed
        made = paradigm_figure(placed)
        put = any(card.at is not None for card in made.cards)
        self.figure: ParadigmFigure = replace(made, width=width) if put else made
        self._places = self._find_places()

    def _find_places(self) -> dict[str, CardPlace]:
        by_guid = {row.guid: row.code for row in self.placed.placements}
        by_code: dict[tuple[str, str], list[PlacementRow]] = {}
        for row in self.placed.placements:
            by_code.setdefault((row.slot_key, row.code), []).append(row)
        found: dict[str, CardPlace] = {}
        for column in self.figure.slots:
            slot = self.slot(column.key)
            for group in column.groups:
                for card in group.cards:
                    code = by_guid.get(card.guid, card.guid)
                    rows = tuple(
                        row
                        for row in by_code.get((column.key, code), ())
                        if slot is None or not slot.addressees or row.addressee == group.key
                    )
                    found[card.guid] = CardPlace(column.key, group.key, code, rows)
        return found

    @property
    def has_put_cards(self) -> bool:
        """Whether a card was put somewhere by hand."""
        return any(card.at is not None for card in self.figure.cards)

    def slot(self, key: str) -> SlotRow | None:
        """The slot of that key."""
        return next((slot for slot in self.placed.model.slots if slot.key == key), None)

    def place(self, card: str) -> CardPlace | None:
        """Where a card lies; None for the phenomenon and what is not shown."""
        return self._places.get(card)

    def code(self, card: str) -> str:
        """The code that a card stands for (the phenomenon's card is its code)."""
        place = self._places.get(card)
        return place.code if place else card

    def card_of(self, code: str) -> Card | None:
        """The first card of a code."""
        return next(
            (self.figure.card(guid) for guid, place in self._places.items() if place.code == code), None
        )

    def anchor(self, card: str, slot: str, group: str, index: int) -> str:
        """The placement before which a card goes to be the ``index``-th of a group; empty for the end."""
        cards = [
            guid
            for guid, place in self._places.items()
            if (place.slot, place.group) == (slot, group) and guid != card
        ]
        return self._places[cards[index]].placements[0].guid if index < len(cards) else ""

    def arranged(self) -> list[str]:
        """All placements in an order that lets fewer arrows cross; empty where they stand so already."""
        better = untangled(self.figure)
        if better == self.figure and not self.has_put_cards:
            return []
        cards = [card.guid for slot in better.slots for card in slot.cards]
        return [row.guid for card in cards for row in self._places[card].placements]

    @property
    def hidden_relations(self) -> int:
        """How many rejected relations the board leaves out."""
        return sum(row.status == "rejected" for row in self.placed.relations)

    @property
    def off_the_board(self) -> list[RelationRow]:
        """Relations not rejected of which an end lies in no slot: the table alone shows them."""
        shown = {arrow.guid for arrow in self.figure.drawn}
        return [row for row in self.placed.relations if row.guid not in shown and row.status != "rejected"]
