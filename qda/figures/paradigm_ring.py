"""The classic picture of the paradigm: the phenomenon in the middle, the slots around it as a ring.

Slots go round clockwise from the left, in the order of the template: conditions, what is done, what comes of
it. Each is a box with its name, definition and question; the ring is as small as the boxes let it be.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF

from qda.figures.lettering import wrapped
from qda.figures.painting import Look, Style, TextRun
from qda.figures.paradigm import Card, Group, ParadigmFigure, SlotColumn
from qda.figures.paradigm_direct import Ground, direct_routes
from qda.figures.paradigm_flow import LINE, SMALL_LINE, TITLE_LINE, card_block, head_lines
from qda.figures.paradigm_lanes import PAD
from qda.figures.paradigm_layout import (
    CardBox,
    GroupBox,
    ParadigmLayout,
    SlotBox,
    StripBox,
    card_runs,
    hint_run,
    phenomenon_figures,
    spare_routes,
    words_of,
)

_CARD: Final = 186.0  # width of a card
_GAP: Final = 8.0  # between cards
_BETWEEN: Final = (170.0, 104.0)  # between box and phenomenon, across and down: room for badges
_BESIDE: Final = (70.0, 34.0)  # between two boxes
_CENTRE: Final = 236.0
_FLAT: Final = 1.6  # how much wider than high the ring is, where the boxes let it
_TALL, _WIDE = 9, 4  # cards in a column of a box at the side; columns of one above or below


@dataclass(slots=True)
class _Box:
    """A slot set at (0, 0)."""

    slot: SlotColumn
    size: QSizeF
    head: QRectF
    ground: QRectF
    runs: list[TextRun]
    groups: list[GroupBox]
    cards: list[CardBox]
    hint: QRectF | None = None
    fold: QRectF | None = None


def arrange_ring(figure: ParadigmFigure, phenomenon: Card, width: float, look: Look) -> ParadigmLayout:
    """Lays ``figure`` out as a ring; it is as wide as it needs, and in the middle of a wider room."""
    strip = _centre(figure, phenomenon, look)
    angles = _angles(len(figure.slots))
    boxes = [
        _box(slot, number, _columns(slot, angles[number]), look) for number, slot in enumerate(figure.slots)
    ]
    places, radii = _round(boxes, angles, strip.rect.size(), look)
    extent = QRectF(-strip.rect.width() / 2, -strip.rect.height() / 2, *_pair(strip.rect.size()))
    for box, place in zip(boxes, places, strict=True):
        extent = extent.united(QRectF(place, box.size))
    margin, top = look.px(look.margin), look.px(min(10.0, look.margin))
    shift = QPointF(margin - extent.left() + max(0.0, width - 2 * margin - extent.width()) / 2, 0)
    shift.setY(top - extent.top())
    strip = StripBox(
        strip.card,
        QRectF(QPointF(-strip.rect.width() / 2, -strip.rect.height() / 2) + shift, strip.rect.size()),
        strip.chip,
        strip.runs,
    )
    slots, cards = [], []
    for box, place in zip(boxes, places, strict=True):
        slot, own = _placed(box, place + shift)
        slots.append(slot)
        cards += own
    rects = {box.card.guid: box.rect for box in cards} | {phenomenon.guid: strip.rect}
    ground = Ground(rects, words_of(slots, look))
    ring = QRectF(shift.x() - radii[0], shift.y() - radii[1], 2 * radii[0], 2 * radii[1])
    routes = direct_routes(figure, spare_routes(figure), ground, look)
    badges = [route.badge.rect for route in routes]
    return ParadigmLayout(
        figure=figure,
        look=look,
        width=max([width, extent.width() + 2 * margin, *(rect.right() + margin for rect in badges)]),
        height=max([extent.height() + top + margin, *(rect.bottom() + margin for rect in badges)]),
        strip=strip,
        slots=tuple(slots),
        cards=tuple(cards),
        routes=routes,
        ring=ring if len(boxes) > 1 else None,
    )


def _pair(size: QSizeF) -> tuple[float, float]:
    return size.width(), size.height()


# --- round the middle ---------------------------------------------------------------------------------


def _angles(count: int) -> list[float]:
    """Where the slots stand, clockwise from the left; three leave the lower half to the phenomenon."""
    if count == 3:
        return [math.pi, math.pi / 2, 0.0]
    return [math.pi * (1 - 2 * at / count) for at in range(count)]


def _round(
    boxes: Sequence[_Box], angles: Sequence[float], centre: QSizeF, look: Look
) -> tuple[list[QPointF], tuple[float, float]]:
    """The upper left corners of the boxes around (0, 0), and the radii of the ring.

    The ring grows until no box is in the way of another; then each goes back to the middle as far as it can.
    """
    middle = QRectF(-centre.width() / 2, -centre.height() / 2, *_pair(centre))
    rx, ry = centre.width(), centre.height()
    spread = [1.0] * len(boxes)

    def rects() -> list[QRectF]:
        found = [middle]
        for box, angle, far in zip(boxes, angles, spread, strict=True):
            x, y = far * rx * math.cos(angle), -far * ry * math.sin(angle)
            found.append(QRectF(QPointF(x - box.size.width() / 2, y - box.size.height() / 2), box.size))
        return found

    for _try in range(200):
        if not _too_near(rects(), look):
            break
        if rx < ry * _FLAT:
            rx *= 1.04
        else:
            ry *= 1.04
    for _try in range(3):
        for at in range(len(boxes)):
            while spread[at] > 0.3:
                spread[at] -= 0.03
                if _too_near(rects(), look):
                    spread[at] += 0.03
                    break
    places = rects()[1:]
    radii = (
        max((abs(rect.center().x()) for rect in places), default=0.0),
        max((abs(rect.center().y()) for rect in places), default=0.0),
    )
    return [rect.topLeft() for rect in places], radii


def _too_near(rects: Sequence[QRectF], look: Look) -> bool:
    """Whether two of the boxes leave less room than their arrows need; the first is the phenomenon."""
    for at, one in enumerate(rects):
        across, down = (look.px(gap) for gap in (_BETWEEN if at == 0 else _BESIDE))
        wide = one.adjusted(-across, -down, across, down)
        if any(wide.intersects(other) for other in rects[at + 1 :]):
            return True
    return False


# --- the middle ---------------------------------------------------------------------------------------


def _centre(figure: ParadigmFigure, card: Card, look: Look) -> StripBox:
    """The phenomenon: name of the slot, chip and title, question, figures, one below the other."""
    from qda.i18n import _

    px, width = look.px, look.px(_CENTRE)
    inner, x = width - 2 * px(14), px(14)
    name = figure.phenomenon_name or _("Phenomenon")
    runs, baseline = [TextRun(name, x, px(22), Style.SMALL, "secondary")], px(22)
    title = wrapped(card.shown, inner - px(20), look.metrics(Style.STRONG), most=4)
    chip = QRectF(x, px(22 + LINE + 4) - px(10.5), px(10), px(10))
    baseline += px(4)
    for line in title:
        baseline += px(LINE)
        runs.append(TextRun(line, x + px(20), baseline, Style.STRONG, "text"))
    baseline += px(3)
    small = look.metrics(Style.SMALL)
    for text in (figure.phenomenon_question, phenomenon_figures(card)):
        for line in wrapped(text, inner, small, most=4) if text else ():
            baseline += px(SMALL_LINE)
            runs.append(TextRun(line, x, baseline, Style.SMALL, "secondary"))
    return StripBox(card, QRectF(0, 0, width, baseline + px(14)), chip, tuple(runs))


# --- boxes --------------------------------------------------------------------------------------------


def _columns(slot: SlotColumn, angle: float) -> int:
    """Cards side by side: few at the sides, where arrows leave across, more above and below."""
    count = max((len(group.cards) for group in slot.groups), default=0)
    if abs(math.sin(angle)) > 0.7:
        return min(_WIDE, max(2, -(-count // 2)), max(2, count))
    return max(1, min(3, -(-len(slot.cards) // _TALL)))


def _box(slot: SlotColumn, lane: int, columns: int, look: Look) -> _Box:
    """A slot as a box: head above, cards in columns below."""
    px = look.px
    inner = px(columns * _CARD + (columns - 1) * _GAP)
    width = inner + 2 * px(PAD)
    name, definition, question = head_lines(slot, width, look)
    runs, baseline = [], px(13.5)
    for lines, style, ink, height in (
        (name, Style.STRONG, "text", LINE),
        (definition, Style.SMALL, "minor", SMALL_LINE),
        (question, Style.SMALL, "secondary", SMALL_LINE),
    ):
        for line in lines:
            runs.append(TextRun(line, px(PAD), baseline, style, ink))
            baseline += px(height)
    head = QRectF(0, 0, width, baseline - px(9))
    box = _Box(slot, QSizeF(), head, QRectF(), runs, [], [])
    y = head.bottom() + px(6 + PAD)
    for group in slot.groups:
        y = _fill_group(box, group, y, lane, columns, look=look)
    if not slot.cards and not any(group.title for group in slot.groups):
        box.hint = QRectF(px(PAD), y, inner, px(40))
        box.runs += hint_run(box.hint, look)
        y = box.hint.bottom() + px(_GAP)
    above = y
    for line in wrapped(slot.note, inner, look.metrics(Style.SMALL), most=2) if slot.note else ():
        box.runs.append(TextRun(line, px(PAD), y + px(12), Style.SMALL, "secondary"))
        y += px(SMALL_LINE)
    if slot.foldable:
        box.fold = QRectF(px(PAD - 4), above - px(2), inner + px(8), y - above + px(4))
    y += px(4) if slot.note else 0.0
    bottom = y + px(PAD) - px(_GAP)
    box.ground = QRectF(0, head.bottom() + px(6), width, bottom - head.bottom() - px(6))
    box.size = QSizeF(width, bottom)
    for at, one in enumerate(box.groups):
        top = box.ground.top() if at == 0 else one.rect.top()
        stop = box.groups[at + 1].rect.top() if at + 1 < len(box.groups) else bottom
        box.groups[at] = GroupBox(one.slot, one.key, QRectF(0, top, width, stop - top), one.runs)
    return box


def _fill_group(box: _Box, group: Group, y: float, lane: int, columns: int, *, look: Look) -> float:
    """Title and cards of a group from ``y`` on; where the next one begins."""
    px, slot, start, runs = look.px, box.slot, y, []
    if group.title:
        runs.append(TextRun(group.title, px(PAD), y + px(10), Style.SMALL, "secondary"))
        if group.note:
            right = px(PAD + columns * _CARD + (columns - 1) * _GAP)
            x = right - look.metrics(Style.SMALL).horizontalAdvance(group.note)
            runs.append(TextRun(group.note, x, y + px(10), Style.SMALL, "secondary"))
        y += px(TITLE_LINE - 2)
    for first in range(0, len(group.cards), columns):
        row = group.cards[first : first + columns]
        blocks = [card_block(card, (0, 0, 0), px(_CARD) + 2 * px(PAD), look) for card in row]
        height = max(block.height for block in blocks)
        for column, (card, block) in enumerate(zip(row, blocks, strict=True)):
            rect = QRectF(px(PAD) + column * px(_CARD + _GAP), y, px(_CARD), height)
            own = card_runs(block, card, rect.size(), look)
            box.cards.append(CardBox(card, slot.key, group.key, first + column, lane, rect, own))
        y += height + px(_GAP)
    box.groups.append(GroupBox(slot.key, group.key, QRectF(0, start, 0, 0), tuple(runs)))
    return y


def _placed(box: _Box, at: QPointF) -> tuple[SlotBox, list[CardBox]]:
    """The slot moved to its place."""

    def there(runs: Sequence[TextRun]) -> tuple[TextRun, ...]:
        return tuple(
            TextRun(run.text, run.x + at.x(), run.baseline + at.y(), run.style, run.ink) for run in runs
        )

    groups = tuple(
        GroupBox(one.slot, one.key, one.rect.translated(at), there(one.runs)) for one in box.groups
    )
    slot = SlotBox(
        box.slot,
        box.head.translated(at),
        box.ground.translated(at),
        groups,
        box.hint.translated(at) if box.hint else None,
        there(box.runs),
        box.fold.translated(at) if box.fold else None,
    )
    cards = [
        CardBox(one.card, one.slot, one.group, one.index, one.lane, one.rect.translated(at), one.runs)
        for one in box.cards
    ]
    return slot, cards
