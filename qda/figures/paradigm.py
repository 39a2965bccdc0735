"""The paradigm of a model as a picture: what it shows, as plain data, and how it reads as text.

The phenomenon is a strip on top, the slots are columns, relations are arrows with their evidence beside
them. The same data feeds the board in the window and the diagram in a report. It is laid out in
:mod:`qda.figures.paradigm_layout` and painted in :mod:`qda.figures.paradigm_paint`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from qda import i18n
from qda.i18n import _, ngettext

if TYPE_CHECKING:
    from qda.figures.painting import Look
    from qda.figures.paradigm_layout import ParadigmLayout

Status = Literal["supposed", "supported", "modified", "rejected"]
Form = Literal["columns", "ring"]
_QUOTES: Final = {"de": ("„", "“"), "en": ("“", "”")}


@dataclass(frozen=True, slots=True)
class Card:
    """A code placed in a slot, or the phenomenon. ``colour``: index 1–12, 0 for none; ``count``: segments.

    ``at``: where a person has put the card, in pixels of the drawings from the corner of its slot's ground.
    """

    guid: str
    title: str
    in_vivo: bool = False
    colour: int = 0
    count: int | None = None
    subline: str = ""
    at: tuple[float, float] | None = None

    @property
    def shown(self) -> str:
        """The title as it is shown: the words of a speaker in quotation marks."""
        if not self.in_vivo or self.title[:1] in '„“”"«»':
            return self.title
        before, behind = _QUOTES[i18n.language()]
        return f"{before}{self.title}{behind}"


@dataclass(frozen=True, slots=True)
class Group:
    """Cards of a slot that belong together (an addressee, a level). Without title it is the slot itself.

    ``note`` stands at the right of the title ("+3", "empty").
    """

    title: str = ""
    cards: tuple[Card, ...] = ()
    key: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SlotColumn:
    """A slot with its question. ``role`` as in the template: slots of conditions share a column where the
    width does not do for one each. ``note`` stands at the foot ("5 more without relation"); ``foldable``:
    the board lets it be chosen, to fold cards away or to show them."""

    key: str
    name: str
    question: str = ""
    groups: tuple[Group, ...] = (Group(),)
    definition: str = ""
    role: str = "own"
    note: str = ""
    foldable: bool = False

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards, from top to bottom."""
        return tuple(card for group in self.groups for card in group.cards)


@dataclass(frozen=True, slots=True)
class Arrow:
    """A relation between two cards (one may be the phenomenon).

    ``badge``: lines of evidence, cases first (:func:`badge`). ``type_key`` as in the paradigms' relation
    types; "hinders" ends in a bar, "in_tension_with" has two heads.
    """

    guid: str
    from_card: str
    to_card: str
    badge: tuple[str, ...] = ()
    status: Status = "supposed"
    type_label: str = ""
    number: int | None = None
    type_key: str = "leads_to"

    @property
    def caption(self) -> str:
        """Number and type: "3 leads to"."""
        return " ".join(part for part in (str(self.number or ""), self.type_label) if part)


@dataclass(frozen=True, slots=True)
class ParadigmFigure:
    """A model to be painted. Without phenomenon nothing else is shown. Rejected arrows are left out.

    ``form``: slots as columns below the phenomenon, or as a ring around it. ``width``: laid out for so many
    pixels of the drawings whatever the room, so that cards put somewhere by hand stay beside the same
    things. ``chosen``: card or relation whose arrows are drawn where there are too many to draw all.
    """

    phenomenon: Card | None
    slots: tuple[SlotColumn, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    phenomenon_name: str = ""
    phenomenon_question: str = ""
    captions: bool = True  # number and type of a relation above its evidence
    form: Form = "columns"
    definitions: bool = False  # the definition of a slot below its name
    width: float = 0.0
    chosen: str = ""

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards in slots."""
        return tuple(card for slot in self.slots for card in slot.cards)

    @property
    def drawn(self) -> tuple[Arrow, ...]:
        """The arrows that are painted: not rejected, both ends shown."""
        shown = {card.guid for slot in self.slots for card in slot.cards}
        if self.phenomenon:
            shown.add(self.phenomenon.guid)
        return tuple(
            arrow
            for arrow in self.arrows
            if arrow.status != "rejected"
            and {arrow.from_card, arrow.to_card} <= shown
            and arrow.from_card != arrow.to_card
        )

    def card(self, guid: str) -> Card | None:
        """The card of that GUID, the phenomenon included."""
        if self.phenomenon and self.phenomenon.guid == guid:
            return self.phenomenon
        return next((card for slot in self.slots for card in slot.cards if card.guid == guid), None)

    def arrange(self, *, width: float, look: "Look") -> "ParadigmLayout":
        """Lays the model out for ``width`` layout units; it grows in height."""
        from qda.figures.paradigm_layout import arrange

        return arrange(self, width=look.px(self.width) if self.width else width, look=look)


def badge(
    cases: Sequence[tuple[str, int]], *, qualifying: int = 0, contradicting: int = 0, searched: bool = False
) -> tuple[str, ...]:
    """The lines of a badge: supporting cases with their pieces of evidence, then what qualifies or speaks
    against. ``searched``: looked for something against, found none."""
    first = ""
    if cases:
        counted = " · ".join(f"{name} {count}" for name, count in cases)
        first = ngettext("{n} case ({cases})", "{n} cases ({cases})", len(cases))
        first = first.format(n=len(cases), cases=counted)
    against = []
    if qualifying:
        against.append(ngettext("{n} qualifies", "{n} qualify", qualifying).format(n=qualifying))
    if contradicting:
        against.append(ngettext("{n} against", "{n} against", contradicting).format(n=contradicting))
    elif searched:
        against.append(_("searched: 0 against"))
    return tuple(line for line in (first, " · ".join(against)) if line) or (_("no evidence yet"),)


def status_word(status: Status) -> str:
    """The status of a relation in words."""
    words = {
        "supposed": _("supposed"),
        "supported": _("supported"),
        "modified": _("modified"),
        "rejected": _("rejected"),
    }
    return words[status]


def describe_card(card: Card) -> str:
    """A card in one line, for screen readers."""
    parts = [card.shown]
    if card.count is not None:
        parts.append(ngettext("{n} segment", "{n} segments", card.count).format(n=card.count))
    return ", ".join([*parts, card.subline] if card.subline.strip() else parts)


def describe_arrow(figure: ParadigmFigure, arrow: Arrow, known: Mapping[str, Card] | None = None) -> str:
    """A relation in one line, for screen readers; ``known``: cards by GUID, where many are described."""
    if known is not None:
        start, end = known.get(arrow.from_card), known.get(arrow.to_card)
    else:
        start, end = figure.card(arrow.from_card), figure.card(arrow.to_card)
    number = f"{arrow.number}. " if arrow.number else ""
    ends = f"{start.shown if start else '?'} {arrow.type_label or '→'} {end.shown if end else '?'}"
    return f"{number}{ends} ({status_word(arrow.status)}): {'; '.join(arrow.badge)}"


def describe(figure: ParadigmFigure) -> str:
    """The whole model as text: the alternative to the picture, on the board and in reports."""
    if figure.phenomenon is None:
        return _("No phenomenon is named yet.")
    lines = [f"{figure.phenomenon_name or _('Phenomenon')}: {describe_card(figure.phenomenon)}"]
    for slot in figure.slots:
        lines.append(f"{slot.name}:")
        for group in slot.groups:
            if group.title:
                lines.append(f"  {group.title}:")
            lines.extend(f"  – {describe_card(card)}" for card in group.cards)
        if not slot.cards:
            lines.append(f"  {_('No code yet')}")
    shown = [arrow for arrow in figure.arrows if arrow.status != "rejected"]
    if shown:
        lines.append(_("Relations:"))
        known = {card.guid: card for card in (figure.phenomenon, *figure.cards)}
        lines.extend(f"  {describe_arrow(figure, arrow, known)}" for arrow in shown)
    hidden = len(figure.arrows) - len(shown)
    if hidden:
        lines.append(
            ngettext("{n} rejected relation is hidden.", "{n} rejected relations are hidden.", hidden).format(
                n=hidden
            )
        )
    return "\n".join(lines)


def untangled(figure: ParadigmFigure, *, rounds: int = 6) -> ParadigmFigure:
    """The same model with the cards inside each group in an order that lets fewer arrows cross.

    Cards without relation come last. Used for "arrange" and for reports; the board itself never reorders.
    """
    slots = list(figure.slots)
    best, least = tuple(slots), _crossings(slots, figure.drawn)
    for turn in range(rounds):
        way = 1 if turn % 2 else -1  # first from the right, where groups hold the cards
        for index in range(len(slots))[::way]:
            slots[index] = _sorted_by_neighbours(slots, index, figure.drawn, way)
        crossings = _crossings(slots, figure.drawn)
        if crossings < least:
            best, least = tuple(slots), crossings
    return replace(figure, slots=_switched(best, figure.drawn, least))


def _switched(
    slots: tuple[SlotColumn, ...], arrows: Sequence[Arrow], crossings: int
) -> tuple[SlotColumn, ...]:
    """Changes two neighbours of a group wherever fewer arrows cross then, until nothing helps."""
    better = True
    while better:
        better = False
        for trial in _neighbours_switched(slots):
            fewer = _crossings(trial, arrows)
            if fewer < crossings:
                slots, crossings, better = trial, fewer, True
                break
    return slots


def _neighbours_switched(slots: tuple[SlotColumn, ...]) -> Iterator[tuple[SlotColumn, ...]]:
    for column, slot in enumerate(slots):
        for place, group in enumerate(slot.groups):
            for at in range(len(group.cards) - 1):
                one, other = group.cards[at : at + 2]
                cards = (*group.cards[:at], other, one, *group.cards[at + 2 :])
                groups = (*slot.groups[:place], replace(group, cards=cards), *slot.groups[place + 1 :])
                yield (*slots[:column], replace(slot, groups=groups), *slots[column + 1 :])


def _places(slots: Sequence[SlotColumn]) -> dict[str, tuple[int, float]]:
    """Column and relative height (0–1) of every card."""
    return {
        card.guid: (column, (row + 0.5) / len(slot.cards))
        for column, slot in enumerate(slots)
        for row, card in enumerate(slot.cards)
    }


def _sorted_by_neighbours(
    slots: Sequence[SlotColumn], index: int, arrows: Sequence[Arrow], way: int
) -> SlotColumn:
    """The column sorted by the mean height of partners in the columns just passed; without any there a card
    keeps its height, without any relation it goes last."""
    places = _places(slots)
    heights: dict[str, list[float]] = {}
    related: set[str] = set()
    for arrow in arrows:
        related |= {arrow.from_card, arrow.to_card}
        for here, there in ((arrow.from_card, arrow.to_card), (arrow.to_card, arrow.from_card)):
            if there in places and (index - places[there][0]) * way > 0:
                heights.setdefault(here, []).append(places[there][1])

    def wish(card: Card) -> float:
        found = heights.get(card.guid, [places[card.guid][1]])
        return sum(found) / len(found) if card.guid in related else 2.0

    slot = slots[index]
    groups = [replace(group, cards=tuple(sorted(group.cards, key=wish))) for group in slot.groups]
    return replace(slot, groups=tuple(groups))


def _crossings(slots: Sequence[SlotColumn], arrows: Sequence[Arrow]) -> int:
    places = _places(slots)
    lines = []
    for arrow in arrows:
        if arrow.from_card in places and arrow.to_card in places:
            lines.append(tuple(sorted((places[arrow.from_card], places[arrow.to_card]))))
    count = 0
    for first in range(len(lines)):
        for second in range(first):
            (a, b), (c, d) = lines[first], lines[second]
            apart = b[0] <= c[0] or d[0] <= a[0]
            count += not apart and (a[1] - c[1]) * (b[1] - d[1]) < 0
    return count
