"""The lanes of a paradigm: which slots stand in which lane, and how wide lanes and gaps are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from qda.figures.painting import Look, Style
from qda.figures.paradigm import Arrow, Card, ParadigmFigure, SlotColumn
from qda.figures.paradigm_badges import badge_sizes

PHENOMENON: Final = -1  # the lane of the strip on top
PAD: Final = 8.0  # between the ground of a slot and its cards
_STAGES: Final = {"condition": 0, "context": 0, "intervening": 0, "strategy": 1, "consequence": 2}
_WIDEST, _NARROWEST = 220.0, 124.0
_WIDEST_GAP = 290.0


@dataclass(frozen=True, slots=True)
class Ends:
    """Lanes of an arrow's ends, the gap (its number from the left) where its badge lies, its cards."""

    start: int
    end: int
    gap: int
    cards: tuple[str, str]


@dataclass(slots=True)
class Block:
    """A thing in a lane's flow. ``kind`` card, hint, pass and empty stand on their own; the others (head,
    pad, title) keep to the next of these, note and end to the one before."""

    kind: str
    height: float
    slot: int
    group: int = 0
    index: int = 0
    card: Card | None = None
    arrow: str = ""
    lines: tuple[str, ...] = ()
    sublines: tuple[str, ...] = ()
    top: float = 0.0

    @property
    def free(self) -> bool:
        """Whether it has a place of its own."""
        return self.kind in ("card", "hint", "pass", "empty")

    @property
    def key(self) -> str:
        """The card or the arrow that it stands for."""
        return self.card.guid if self.card else self.arrow


@dataclass(slots=True)
class Lane:
    """Slots one below the other, and what flows down them."""

    slots: list[SlotColumn]
    x: float = 0.0
    width: float = 0.0
    blocks: list[Block] = field(default_factory=list)
    packed: float = 0.0


def gap_of(pair: tuple[int, int], lanes: int) -> int:
    """The gap beside the lane(s) of an arrow that passes no lane. Gap k lies right of lane k."""
    start, end = pair
    if PHENOMENON in pair or start == end:
        lane = max(start, end)
        return lane if lane < lanes - 1 or lanes == 1 else lane - 1
    return min(start, end)


def lanes_of(figure: ParadigmFigure, width: float, look: Look) -> list[Lane]:
    """Conditions, strategies and consequences beside one another; several slots of conditions share a lane.
    Slots of the user's own take a lane each, as many as the width lets, else they stand in rows."""
    if len(figure.slots) <= 3:
        return [Lane([slot]) for slot in figure.slots]
    merged: list[Lane] = []
    for slot in figure.slots:
        stage = _STAGES.get(slot.role)
        if merged and stage is not None and stage == _STAGES.get(merged[-1].slots[-1].role):
            merged[-1].slots.append(slot)
        else:
            merged.append(Lane([slot]))
    most = max(3, int((width + look.px(110)) / look.px(_NARROWEST + 130)))
    if len(merged) <= most:
        return merged
    each = -(-len(figure.slots) // most)
    return [Lane(list(figure.slots[at : at + each])) for at in range(0, len(figure.slots), each)]


def ends_of(arrows: Sequence[Arrow], lanes: Sequence[Lane], phenomenon: str) -> dict[str, Ends]:
    """For every drawn arrow: the lanes of its ends and the gap in which its badge lies."""
    at = {card.guid: index for index, lane in enumerate(lanes) for slot in lane.slots for card in slot.cards}
    at[phenomenon] = PHENOMENON
    found: dict[str, Ends] = {}
    crowd: dict[int, int] = {}
    far = []
    for arrow in arrows:
        pair = at[arrow.from_card], at[arrow.to_card]
        if PHENOMENON not in pair and abs(pair[0] - pair[1]) > 1:
            far.append((arrow, pair))
            continue
        gap = gap_of(pair, len(lanes))
        crowd[gap] = crowd.get(gap, 0) + 1
        found[arrow.guid] = Ends(*pair, gap, (arrow.from_card, arrow.to_card))
    for arrow, (start, end) in far:
        low, high = min(start, end), max(start, end)
        nearest = low if start < end else high - 1
        gap = min(range(low, high), key=lambda k: (crowd.get(k, 0), abs(k - nearest)))
        crowd[gap] = crowd.get(gap, 0) + 1
        found[arrow.guid] = Ends(start, end, gap, (arrow.from_card, arrow.to_card))
    return found


def set_widths(
    lanes: list[Lane], ends: dict[str, Ends], figure: ParadigmFigure, width: float, look: Look
) -> list[tuple[float, float]]:
    """Sets x and width of the lanes; returns the gaps as (left, right)."""
    if not lanes:
        return []
    px, count = look.px, len(lanes)
    room = width - 2 * px(look.margin)
    gaps = count if any(end.gap == count - 1 for end in ends.values()) and count == 1 else max(0, count - 1)
    wide, slim = [px(72.0)] * gaps, [px(44.0)] * gaps
    for arrow in figure.drawn:
        gap = ends[arrow.guid].gap
        natural, narrow = badge_sizes(figure, arrow, look)
        wide[gap] = max(wide[gap], natural + px(58))
        slim[gap] = max(slim[gap], narrow + px(26))
    most = [_natural(lane, look) for lane in lanes]
    least = [min(_longest_word(lane, look), full) for lane, full in zip(lanes, most, strict=True)]
    share = (room - sum(slim) - sum(least)) / max(1.0, sum(wide) - sum(slim) + sum(most) - sum(least))
    if share < 0:
        factor = room / (sum(slim) + sum(least))
        columns, between = [low * factor for low in least], [low * factor for low in slim]
    elif share <= 1:
        columns = [low + share * (high - low) for low, high in zip(least, most, strict=True)]
        between = [low + share * (high - low) for low, high in zip(slim, wide, strict=True)]
    else:
        columns, between = _spread(most, wide, room, (px(_WIDEST + 2 * PAD), px(_WIDEST_GAP)))
    return _set(lanes, columns, between, px(look.margin))


def _set(
    lanes: list[Lane], columns: list[float], between: list[float], x: float
) -> list[tuple[float, float]]:
    gaps_at = []
    for index, lane in enumerate(lanes):
        lane.x, lane.width = x, columns[index]
        x += columns[index]
        if index < len(between):
            gaps_at.append((x, x + between[index]))
            x += between[index]
    return gaps_at


def _spread(
    columns: list[float], gaps: list[float], room: float, widest: tuple[float, float]
) -> tuple[list[float], list[float]]:
    """Shares what is left over: half to the columns up to their widest, the rest to the gaps up to theirs;
    then the columns grow once more."""
    extra = room - sum(columns) - sum(gaps)
    each = (extra / 2 if gaps else extra) / len(columns)
    if not gaps:
        return [width + each for width in columns], []
    grown = [max(width, min(width + each, widest[0])) for width in columns]
    rest = (room - sum(grown) - sum(gaps)) / len(gaps)
    wider = [max(gap, min(gap + rest, widest[1])) for gap in gaps]
    each = (room - sum(grown) - sum(wider)) / len(columns)
    return [max(width, min(width + each, widest[0] * 1.5)) for width in grown], wider


def _natural(lane: Lane, look: Look) -> float:
    """The width at which titles stand in one line, within bounds."""
    widest, most = look.px(_NARROWEST + 20), look.px(_WIDEST + 2 * PAD)
    for slot in lane.slots:
        widest = max(widest, look.metrics(Style.STRONG).horizontalAdvance(slot.name) + look.px(16))
        for card in slot.cards:
            if widest >= most:
                break
            title = look.metrics(title_style(card)).horizontalAdvance(card.shown)
            widest = max(widest, title + _beside(card, look) + look.px(2 * PAD + 2))
    return min(widest, most)


def _longest_word(lane: Lane, look: Look) -> float:
    """A width at which most words stay whole, within bounds."""
    widest, most = 0.0, look.px(_NARROWEST + 30)
    for slot in lane.slots:
        for word in slot.name.split():
            widest = max(widest, look.metrics(Style.STRONG).horizontalAdvance(word) + look.px(10))
        for card in slot.cards:
            if widest >= most:
                break
            metrics = look.metrics(title_style(card))
            for word in card.shown.split():
                widest = max(widest, metrics.horizontalAdvance(word) + look.px(24 + 2 * PAD))
    return min(max(widest, look.px(_NARROWEST)), most)


def title_style(card: Card) -> Style:
    """Italic for the words of a speaker."""
    return Style.IN_VIVO if card.in_vivo else Style.TITLE


def _beside(card: Card, look: Look) -> float:
    """What edge, padding and count take from the first line of a card."""
    return look.px(14 + 10) + count_width(card, look)


def count_width(card: Card, look: Look) -> float:
    """What the count takes from the first line of a card."""
    if card.count is None:
        return 0.0
    return look.metrics(Style.SMALL).horizontalAdvance(str(card.count)) + look.px(8)
