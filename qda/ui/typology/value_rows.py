"""What the field for values lists: properties, then the places of one of them; without widgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from qda.coding.valuing import Offer, Offers
from qda.i18n import _
from qda.ui.transcript.code_search import CodeSearch, fold
from qda.ui.transcript.rows import CodeChoice

_MOST: Final = 9
_NEAR: Final = 12


class Kind(Enum):
    """What a row does."""

    PROPERTY = auto()
    NEW_PROPERTY = auto()
    PLACE = auto()
    NEW_PLACE = auto()
    WORDS = auto()
    OFF = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: ``key`` is the digit that takes it (0 for none), ``beside`` stands at its right."""

    kind: Kind
    text: str
    guid: str = ""
    beside: str = ""
    key: int = 0
    here: bool = False

    @property
    def said(self) -> str:
        """The row as it is read out."""
        return ", ".join(part for part in (self.text, self.beside) if part)


def property_rows(found: Offers, typed: str, *, case: bool) -> list[Row]:
    """Properties for what is typed: those near the passage, or all that fit; then a new one."""
    listed = _fitting(found, typed)
    rows = []
    for at, one in enumerate(listed, 1):
        place = one.case_place if case else one.place
        beside = place or one.axis.code_name
        key = at if not typed and at <= _MOST else 0
        rows.append(Row(Kind.PROPERTY, one.axis.name, one.axis.property, beside, key, bool(place)))
    if typed and found.home and not any(fold(one.axis.name) == fold(typed) for one in listed):
        rows.append(
            Row(Kind.NEW_PROPERTY, typed, found.home, _("new, of {code}").format(code=found.home_name))
        )
    return rows


def _fitting(found: Offers, typed: str) -> Sequence[Offer]:
    if not typed:
        near = [one for one in found.properties if one.near]
        return near or found.properties[:_NEAR]
    choices = [
        CodeChoice(one.axis.property, one.axis.name, f"{one.axis.code_name} > {one.axis.name}", 0)
        for one in found.properties
    ]
    by_guid = {one.axis.property: one for one in found.properties}
    return [by_guid[hit.choice.guid] for hit in CodeSearch(choices).rank(typed.partition(":")[0], _MOST)]


def place_rows(offer: Offer, typed: str, *, case: bool) -> list[Row]:
    """The places of a property for what is typed; then other words, a new place, taking the value off."""
    now = offer.case_place if case else offer.place
    places = list(offer.axis.places)
    others = [place for place in offer.axis.others if not typed or fold(typed) in fold(place)]
    named = [place for place in places if not typed or fold(typed) in fold(place)]
    rows = []
    for place in named:
        at = places.index(place) + 1
        rows.append(Row(Kind.PLACE, place, key=at if not typed and at <= _MOST else 0, here=place == now))
    rows += [Row(Kind.WORDS, place, beside=_("in other words"), here=place == now) for place in others]
    known = {fold(place) for place in (*places, *offer.axis.others)}
    if typed and fold(typed) not in known:
        rows.append(Row(Kind.WORDS, typed, beside=_("in other words")))
        rows.append(Row(Kind.NEW_PLACE, typed, beside=_("new place")))
    elif typed and typed in offer.axis.others:
        rows.append(Row(Kind.NEW_PLACE, typed, beside=_("make it a place")))
    if now and not typed:
        value = offer.case_value if case else offer.value
        rows.append(Row(Kind.OFF, _("Take the value off"), value))
    return rows
