"""Pictures of a project for reports: from the rows of queries to plain figures, painted as PNG and SVG."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol, cast

from qda.coding import paradigms
from qda.coding.rows import CodeRow, ModelRow, PlacementRow, RelationRow, SlotRow
from qda.i18n import _, ngettext
from qda.reports.model import Figure

if TYPE_CHECKING:
    from qda.figures.painting import Look
    from qda.figures.paradigm import Card, Group, ParadigmFigure, SlotColumn, Status
    from qda.figures.paradigm_layout import ParadigmLayout

PORTRAIT_MM: Final = 156.0
LANDSCAPE_MM: Final = 242.0
_TALL: Final = 1.25  # height over width from which a picture is turned
_CARDS: Final = 8
_NAMED_CASES: Final = 4


class Tallied(Protocol):
    """What is asked of counts."""

    def passages(self, code: str) -> int:
        """How many passages stand under the code and those below it."""

    def by_case_text(self, code: str, *, most: int = 12) -> str:
        """ "A 9 · B 6"; more than ``most`` cases are only counted."""


class _Unknown:
    """Counts that are not known yet."""

    def passages(self, _code: str) -> int:
        return 0

    def by_case_text(self, _code: str, *, most: int = 12) -> str:  # noqa: ARG002 - as counts are asked
        return " "  # its line is kept free


UNKNOWN: Final[Tallied] = _Unknown()


@dataclass(frozen=True, slots=True)
class Placed:
    """What a model holds, with its codes by GUID and their counts; ``numbers``: whether those are shown."""

    model: ModelRow
    placements: Sequence[PlacementRow]
    relations: Sequence[RelationRow]
    codes: Mapping[str, CodeRow]
    counts: "Tallied"
    numbers: bool = True


def paradigm_picture(placed: Placed, *, caption: str, anchor: str = "") -> Figure | None:
    """The model as a picture at 300 dpi with its text; none where no phenomenon is named."""
    from qda.figures.painting import to_png, to_svg
    from qda.figures.paradigm import describe, untangled

    figure = untangled(paradigm_figure(placed, crowded=False))
    if figure.phenomenon is None:
        return None
    picture = _LaidOutOnce(figure)
    width = LANDSCAPE_MM if picture.is_wide() else PORTRAIT_MM
    alt = describe(figure)
    return Figure(
        caption,
        alt,
        to_png(picture, width_mm=width),
        to_svg(picture, width_mm=width, title=caption, description=alt),
        width,
        anchor,
    )


class _LaidOutOnce:
    """A picture that is laid out once for each width: finding the places of badges takes longest."""

    def __init__(self, figure: "ParadigmFigure") -> None:
        self._figure = figure
        self._made: dict[float, ParadigmLayout] = {}

    def arrange(self, *, width: float, look: "Look") -> "ParadigmLayout":
        """As the figure itself; looks of a report differ in how letters are painted, not in their size."""
        if width not in self._made:
            self._made[width] = self._figure.arrange(width=width, look=look)
        return replace(self._made[width], look=look)

    def is_wide(self) -> bool:
        """Whether the picture is better set on a page turned sideways."""
        from qda.figures.painting import PRINT_UNITS, ensure_gui, print_look

        ensure_gui()
        width = PORTRAIT_MM / 25.4 * PRINT_UNITS
        size = self.arrange(width=width, look=print_look()).size
        return size.height() > _TALL * size.width() or size.width() > width + 1


def paradigm_figure(placed: Placed, *, crowded: bool = True) -> "ParadigmFigure":
    """The model as plain data for the painter, in the current language.

    ``crowded``: also of a full slot all codes are shown; else (on paper) those that have a relation.
    """
    from qda.figures.paradigm import Arrow, ParadigmFigure

    model = placed.model
    strip = next((slot for slot in model.slots if slot.role == "phenomenon"), None)
    phenomenon = None
    if model.phenomenon:
        phenomenon = _card(placed, model.phenomenon, model.phenomenon)
    cards = _Cards(placed, crowded=crowded)
    slots = tuple(cards.column(slot) for slot in model.slots if slot.role != "phenomenon")
    arrows = tuple(
        Arrow(
            relation.guid,
            relation.from_code,
            relation.to_code,
            badge_lines(relation, numbers=placed.numbers),
            cast("Status", relation.status),
            paradigms.relation_label(relation.type, own=relation.own_type),
            relation.number,
            relation.type,
        )
        for relation in placed.relations
    )
    return ParadigmFigure(
        phenomenon,
        slots,
        arrows,
        strip.name if strip else _("Phenomenon"),
        strip.question if strip else "",
    )


def badge_lines(relation: RelationRow, *, numbers: bool = True) -> tuple[str, ...]:
    """The evidence of a relation in few words, cases first; many cases are counted, not named.

    ``numbers``: whether frequencies are shown; without them cases are named and what there is besides.
    """
    from qda.figures.paradigm import badge

    if not numbers:
        return _worded(relation)
    lines = badge(
        relation.by_case,
        qualifying=relation.qualifying,
        contradicting=relation.contradicting,
        searched=bool(relation.searched),
    )
    n, gone = len(relation.by_case), relation.withdrawn
    if n > _NAMED_CASES:
        lines = (ngettext("{n} case", "{n} cases", n).format(n=n), *lines[1:])
    if gone:
        told = ngettext("evidence withdrawn: {n} piece", "evidence withdrawn: {n} pieces", gone)
        lines = (*lines, told.format(n=gone))
    return lines


def _worded(relation: RelationRow) -> tuple[str, ...]:
    """The same without frequencies."""
    first = " · ".join(name for name, _count in relation.by_case[:_NAMED_CASES])
    if len(relation.by_case) > _NAMED_CASES:
        first += " …"
    besides = [
        words
        for words, there in (
            (_("qualified"), relation.qualifying),
            (_("contradicted"), relation.contradicting),
            (_("searched, none found"), relation.searched and not relation.contradicting),
            (_("evidence withdrawn"), relation.withdrawn),
        )
        if there
    ]
    return tuple(line for line in (first, " · ".join(besides)) if line) or (_("no evidence yet"),)


def _card(
    placed: Placed,
    guid: str,
    code: str,
    levels: Sequence[str] = (),
    at: tuple[float, float] | None = None,
) -> "Card":
    from qda.figures.paradigm import Card

    row = placed.codes[code]
    parts = [", ".join(paradigms.level_name(level, short=True) for level in levels)]
    if placed.numbers:
        parts.append(placed.counts.by_case_text(code, most=_NAMED_CASES))
    known = placed.numbers and placed.counts is not UNKNOWN
    count = placed.counts.passages(code) if known else None
    subline = " · ".join(part for part in parts if part.strip())
    if placed.counts is UNKNOWN and not subline:
        subline = " "  # the line of the figures is kept free
    return Card(guid, row.name, row.origin == "in-vivo", row.colour, count, subline, at)


class _Cards:
    """Makes the columns; the first card of a code bears the code's GUID, so that arrows find it."""

    def __init__(self, placed: Placed, *, crowded: bool) -> None:
        self._placed = placed
        self._crowded = crowded
        self._by_slot: dict[str, list[PlacementRow]] = defaultdict(list)
        for row in placed.placements:
            self._by_slot[row.slot].append(row)
        self._seen: set[str] = set()
        self._related = {
            code
            for relation in placed.relations
            if relation.status != "rejected"
            for code in (relation.from_code, relation.to_code)
        }

    def column(self, slot: SlotRow) -> "SlotColumn":
        """One slot with its cards."""
        from qda.figures.paradigm import Group, SlotColumn

        here = self._by_slot[slot.guid]
        shown, hidden = self._shown(here)
        groups: tuple[Group, ...]
        if slot.addressees:
            groups = self._by_addressee(shown, {row.addressee for row in here})
        else:
            groups = (Group(cards=self._cards(shown)),)
        note = ""
        if hidden:
            note = ngettext("{n} more without relation", "{n} more without relation", hidden)
        return SlotColumn(
            slot.key, slot.name, slot.question, groups, slot.definition, slot.role, note.format(n=hidden)
        )

    def _shown(self, here: list[PlacementRow]) -> tuple[list[PlacementRow], int]:
        """What fits: of a full slot the codes that have a relation; and how many others there are."""
        codes = {row.code for row in here}
        if self._crowded or len(codes) <= _CARDS:
            return here, 0
        kept = [row for row in here if row.code in self._related] or here[:_CARDS]
        return kept, len(codes) - len({row.code for row in kept})

    def _by_addressee(self, here: list[PlacementRow], held: set[str]) -> tuple["Group", ...]:
        """The cards by addressee; empty is one that no code at all is ``held`` for, folded away or not."""
        from qda.figures.paradigm import Group

        by_key: dict[str, list[PlacementRow]] = defaultdict(list)
        for row in here:
            by_key[row.addressee].append(row)
        known = [term.key for term in paradigms.addressees()]
        own = [key for key in by_key if key and key not in known]
        groups = [Group(cards=self._cards(by_key[""]))] if by_key[""] else []
        for key in (*known, *own):
            note = "" if key in held else _("empty")
            groups.append(Group(paradigms.addressee_name(key), self._cards(by_key[key]), key, note))
        return tuple(groups)

    def _cards(self, rows: list[PlacementRow]) -> tuple["Card", ...]:
        levels: dict[str, list[str]] = defaultdict(list)
        first: dict[str, PlacementRow] = {}
        put: dict[str, tuple[float, float]] = {}
        for row in rows:
            first.setdefault(row.code, row)
            if row.x is not None and row.y is not None and self._crowded:  # on paper all stand in their slots
                put.setdefault(row.code, (row.x, row.y))
            if row.level and row.level not in levels[row.code]:
                levels[row.code].append(row.level)
        cards = []
        for code, row in first.items():
            taken = code in self._seen or code == self._placed.model.phenomenon
            guid = row.guid if taken else code
            cards.append(_card(self._placed, guid, code, levels[code], put.get(code)))
            self._seen.add(code)
        return tuple(cards)
