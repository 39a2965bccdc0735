"""Lays a paradigm out: how wide columns and gaps are, where cards lie, what is written where.

Slots become *lanes*, one beside the other; where the width does not do, slots of conditions share a lane,
one below the other. Cards keep their order and move down towards those they are related to, as far as the
tallest lane lets them; an arrow that passes a lane gets a free line through it. Nothing is clipped: texts
wrap, cards grow, and the picture grows in height.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter

from qda.figures.lettering import elided, wrapped
from qda.figures.painting import Look, Style, TextRun
from qda.figures.paradigm import Arrow, Card, Group, ParadigmFigure, SlotColumn
from qda.figures.paradigm_arrows import Route, Stage, routes
from qda.figures.paradigm_direct import Ground, direct_routes
from qda.figures.paradigm_flow import LINE, SMALL_LINE, fill, head_height, head_lines, note_lines, settle
from qda.figures.paradigm_lanes import PAD, Block, Lane, ends_of, lanes_of, set_widths, title_style
from qda.i18n import _

_HEAD: Final = 340.0  # a head is at most so wide
_MANY_ARROWS, _MANY_CARDS = 150, 240  # from which only arrows of what is chosen are drawn
_SLACKS: Final = (0.0, 10.0, 26.0, 46.0)  # more room between cards, in steps, where badges need it


@dataclass(frozen=True, slots=True)
class CardBox:
    """A card in its place; ``runs`` count from the corner of ``rect``. ``index``: place in its group."""

    card: Card
    slot: str
    group: str
    index: int
    lane: int
    rect: QRectF
    runs: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class GroupBox:
    """Where cards of a group lie or may be dropped."""

    slot: str
    key: str
    rect: QRectF
    runs: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class SlotBox:
    """A slot in its place: head with name and question, ground with the cards. ``fold``: its note, where
    that can be chosen to fold cards away or to show them."""

    slot: SlotColumn
    head: QRectF
    ground: QRectF
    groups: tuple[GroupBox, ...]
    hint: QRectF | None
    runs: tuple[TextRun, ...]
    fold: QRectF | None = None


@dataclass(frozen=True, slots=True)
class StripBox:
    """The phenomenon; ``runs`` and ``chip`` count from the corner of ``rect``."""

    card: Card
    rect: QRectF
    chip: QRectF
    runs: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class ParadigmLayout:
    """A paradigm laid out, ready to be painted or to be taken apart into the items of a board."""

    figure: ParadigmFigure
    look: Look
    width: float
    height: float
    strip: StripBox | None
    slots: tuple[SlotBox, ...]
    cards: tuple[CardBox, ...]
    routes: tuple[Route, ...]
    ring: QRectF | None = None  # the line of the ring, where slots stand around the phenomenon

    @property
    def crowded(self) -> bool:
        """Whether only the arrows of what is chosen are drawn."""
        return is_crowded(self.figure)

    @property
    def size(self) -> QSizeF:
        """Width and height in layout units."""
        return QSizeF(self.width, self.height)

    @property
    def strained(self) -> int:
        """How many badges found no place on their arrow."""
        return sum(route.strained for route in self.routes)

    def paint(self, painter: QPainter) -> None:
        """Paints the whole picture."""
        from qda.figures.paradigm_paint import paint

        paint(painter, self)


def arrange(figure: ParadigmFigure, *, width: float, look: Look) -> ParadigmLayout:
    """Lays ``figure`` out for ``width`` layout units; cards put by hand lie where they were put."""
    from qda.figures.paradigm_places import with_places

    shown = figure
    if not figure.definitions:
        slots = tuple(replace(slot, definition="") for slot in figure.slots)
        shown = replace(figure, slots=slots)
    return with_places(replace(_arranged(shown, width, look), figure=figure))


def is_crowded(figure: ParadigmFigure) -> bool:
    """Whether there is so much that nobody could follow the arrows, nor wait for their badges."""
    return len(figure.drawn) > _MANY_ARROWS or len(figure.cards) > _MANY_CARDS


def spare_routes(figure: ParadigmFigure) -> tuple[Arrow, ...]:
    """The arrows to draw: all, or those of what is chosen where there are too many."""
    if not is_crowded(figure):
        return figure.drawn
    return tuple(
        arrow
        for arrow in figure.drawn
        if figure.chosen in (arrow.guid, arrow.from_card, arrow.to_card) and figure.chosen
    )


def words_of(slots: Sequence[SlotBox], look: Look) -> list[QRectF]:
    """Where words stand that no badge should cover: heads, titles of groups, notes."""
    found = [slot.head for slot in slots] + [slot.fold for slot in slots if slot.fold is not None]
    for slot in slots:
        for group in slot.groups:
            for run in group.runs:
                wide = look.metrics(run.style).horizontalAdvance(run.text)
                found.append(QRectF(run.x, run.baseline - look.px(12), wide, look.px(16)))
    return found


def _arranged(figure: ParadigmFigure, width: float, look: Look) -> ParadigmLayout:
    if figure.phenomenon is None:
        return _nothing_named(figure, width, look)
    if figure.form == "ring":
        from qda.figures.paradigm_ring import arrange_ring

        return arrange_ring(figure, figure.phenomenon, width, look)
    if is_crowded(figure):
        return _crowded(figure, figure.phenomenon, width, look)
    return _columns(figure, figure.phenomenon, width, look)


def _crowded(figure: ParadigmFigure, phenomenon: Card, width: float, look: Look) -> ParadigmLayout:
    """Columns without passages for arrows: those of what is chosen run straight over them."""
    strip = _strip(figure, phenomenon, width, look)
    lanes = lanes_of(figure, width, look)
    set_widths(lanes, {}, replace(figure, arrows=()), width, look)
    heads = _heads(lanes, strip.rect.bottom(), look)
    top = max((head.bottom() for head in heads), default=strip.rect.bottom()) + look.px(6)
    fill(lanes, {}, look, 0.0)
    height = max((lane.packed for lane in lanes), default=0.0)
    cards = _card_boxes(lanes, top, look)
    slots = _slot_boxes(lanes, heads, top, top + height, look)
    rects = {box.card.guid: box.rect for box in cards} | {phenomenon.guid: strip.rect}
    ground = Ground(rects, words_of(slots, look))
    return ParadigmLayout(
        figure=figure,
        look=look,
        width=width,
        height=top + height + look.px(look.margin),
        strip=strip,
        slots=slots,
        cards=cards,
        routes=direct_routes(figure, spare_routes(figure), ground, look),
    )


def _columns(figure: ParadigmFigure, phenomenon: Card, width: float, look: Look) -> ParadigmLayout:
    strip = _strip(figure, phenomenon, width, look)
    lanes = lanes_of(figure, width, look)
    ends = ends_of(figure.drawn, lanes, phenomenon.guid)
    stage_width = set_widths(lanes, ends, figure, width, look)
    heads = _heads(lanes, strip.rect.bottom(), look)
    top = max((head.bottom() for head in heads), default=strip.rect.bottom()) + look.px(6)
    made: list[ParadigmLayout] = []
    for slack in _SLACKS:
        fill(lanes, ends, look, slack)
        height = settle(lanes, ends)
        stage = _stage(lanes, strip, (top, top + height), stage_width, look)
        drawn = routes(figure, ends, stage, look)
        lowest = max((route.badge.rect.bottom() for route in drawn), default=0.0)
        made.append(
            ParadigmLayout(
                figure=figure,
                look=look,
                width=width,
                height=max(top + height, lowest) + look.px(look.margin),
                strip=strip,
                slots=_slot_boxes(lanes, heads, top, top + height, look),
                cards=_card_boxes(lanes, top, look),
                routes=drawn,
            )
        )
        if made[-1].strained == 0:
            break
    return min(made, key=lambda layout: layout.strained)


def _nothing_named(figure: ParadigmFigure, width: float, look: Look) -> ParadigmLayout:
    margin, height = look.px(look.margin), look.px(34)
    words = _("No phenomenon is named yet.")
    run = TextRun(words, margin + look.px(12), margin + look.px(22), Style.BODY, "secondary")
    empty = SlotBox(
        SlotColumn("", ""), QRectF(), QRectF(margin, margin, width - 2 * margin, height), (), None, (run,)
    )
    return ParadigmLayout(figure, look, width, height + 2 * margin, None, (empty,), (), ())


# --- the strip on top -------------------------------------------------------------------------------


def _strip(figure: ParadigmFigure, card: Card, width: float, look: Look) -> StripBox:
    """Name of the slot, chip and title on the left, question behind, figures on the right; what does not
    fit beside goes below."""
    px, runs = look.px, []
    inner = width - 2 * px(look.margin) - 2 * px(12)
    name = figure.phenomenon_name or _("Phenomenon")
    small, strong = look.metrics(Style.SMALL), look.metrics(Style.STRONG)
    left = px(12) + small.horizontalAdvance(name) + px(10)
    runs.append(TextRun(name, px(12), px(21.5), Style.SMALL, "secondary"))
    chip = QRectF(left, px(12), px(10), px(10))
    left += px(20)
    title = wrapped(card.shown, px(12) + inner - left, strong, most=3)
    for row, line in enumerate(title):
        runs.append(TextRun(line, left, px(21.5) + row * px(LINE), Style.STRONG, "text"))
    bottom = px(34) + (len(title) - 1) * px(LINE)
    right = px(12) + inner
    after = left + strong.horizontalAdvance(title[0]) + px(12)
    figures = phenomenon_figures(card)
    figures_width = small.horizontalAdvance(figures)
    question = figure.phenomenon_question
    if len(title) == 1 and after + figures_width <= right:
        runs.append(TextRun(figures, right - figures_width, px(21.5), Style.SMALL, "secondary"))
        right -= figures_width + px(20)
        figures = ""
    if len(title) == 1 and question and after + small.horizontalAdvance(question) <= right:
        runs.append(TextRun(question, after, px(21.5), Style.SMALL, "secondary"))
        question = ""
    for text in (question, figures):
        for line in wrapped(text, px(12) + inner - left, small, most=2) if text else ():
            runs.append(TextRun(line, left, bottom + px(3), Style.SMALL, "secondary"))
            bottom += px(SMALL_LINE)
    rect = QRectF(px(look.margin), px(min(10, look.margin)), width - 2 * px(look.margin), bottom)
    return StripBox(card, rect, chip, tuple(run for run in runs if run.text))


def phenomenon_figures(card: Card) -> str:
    """What stands behind the phenomenon: passages by case, or how many."""
    count = "" if card.count is None or card.subline else str(card.count)
    return card.subline or count


# --- boxes ------------------------------------------------------------------------------------------


def _heads(lanes: Sequence[Lane], below: float, look: Look) -> list[QRectF]:
    """The heads of the uppermost slots: all as high as the highest."""
    wide = [_head_width(lane, lanes[at + 1 :], look) for at, lane in enumerate(lanes)]
    heights = [head_height(lane.slots[0], width, look) for lane, width in zip(lanes, wide, strict=True)]
    top, height = below + look.px(8), max(heights, default=0.0)
    return [QRectF(lane.x, top, width, height) for lane, width in zip(lanes, wide, strict=True)]


def _head_width(lane: Lane, following: Sequence[Lane], look: Look) -> float:
    """The words of a slot may reach into the gap behind it, where no card lies."""
    room = following[0].x - lane.x - look.px(20) if following else lane.width
    return max(lane.width, min(room, look.px(_HEAD)))


def _stage(
    lanes: Sequence[Lane],
    strip: StripBox,
    extent: tuple[float, float],
    gaps: list[tuple[float, float]],
    look: Look,
) -> Stage:
    pad, (top, bottom) = look.px(PAD), extent
    cards, passes = {}, {}
    for index, lane in enumerate(lanes):
        for block in lane.blocks:
            if block.kind == "card":
                cards[block.key] = QRectF(lane.x + pad, top + block.top, lane.width - 2 * pad, block.height)
            elif block.kind == "pass":
                passes[block.arrow, index] = top + block.top + block.height / 2
    return Stage(
        cards=cards,
        passes=passes,
        lanes=tuple((lane.x, lane.x + lane.width) for lane in lanes),
        gaps=tuple(gaps),
        strip=strip.rect,
        top=strip.rect.bottom(),
        bottom=bottom,
    )


def _card_boxes(lanes: Sequence[Lane], top: float, look: Look) -> tuple[CardBox, ...]:
    boxes, pad = [], look.px(PAD)
    for number, lane in enumerate(lanes):
        for block in lane.blocks:
            if block.card is None:
                continue
            rect = QRectF(lane.x + pad, top + block.top, lane.width - 2 * pad, block.height)
            slot = lane.slots[block.slot]
            group = slot.groups[block.group]
            runs = card_runs(block, block.card, rect.size(), look)
            boxes.append(CardBox(block.card, slot.key, group.key, block.index, number, rect, runs))
    return tuple(boxes)


def card_runs(block: Block, card: Card, size: QSizeF, look: Look) -> tuple[TextRun, ...]:
    """What is written on a card."""
    px, style = look.px, title_style(card)
    text = len(block.lines) * px(LINE) + len(block.sublines) * px(SMALL_LINE)
    baseline = (size.height() - text) / 2 + px(13.5)
    runs = []
    if card.count is not None:
        count = str(card.count)
        x = size.width() - px(10) - look.metrics(Style.SMALL).horizontalAdvance(count)
        runs.append(TextRun(count, x, baseline, Style.SMALL, "secondary"))
    for line in block.lines:
        runs.append(TextRun(line, px(14), baseline, style, "text"))
        baseline += px(LINE)
    for line in block.sublines:
        runs.append(TextRun(line, px(14), baseline - px(1.5), Style.SMALL, "secondary"))
        baseline += px(SMALL_LINE)
    return tuple(runs)


def _slot_boxes(
    lanes: Sequence[Lane], heads: Sequence[QRectF], top: float, bottom: float, look: Look
) -> tuple[SlotBox, ...]:
    boxes = []
    for lane, first in zip(lanes, heads, strict=True):
        for number, slot in enumerate(lane.slots):
            blocks = [block for block in lane.blocks if block.slot == number]
            head = first if number == 0 else _own_head(blocks, lane, top, look)
            start = top if number == 0 else head.bottom() + look.px(6)
            last = number == len(lane.slots) - 1
            stop = bottom if last else top + blocks[-1].top + blocks[-1].height
            ground = QRectF(lane.x, start, lane.width, stop - start)
            boxes.append(_slot_box(slot, blocks, head, ground, top, look=look))
    return tuple(boxes)


def _own_head(blocks: Sequence[Block], lane: Lane, top: float, look: Look) -> QRectF:
    block = next(block for block in blocks if block.kind == "head")
    return QRectF(lane.x, top + block.top, lane.width, block.height - look.px(6))


def _slot_box(
    slot: SlotColumn, blocks: Sequence[Block], head: QRectF, ground: QRectF, top: float, *, look: Look
) -> SlotBox:
    px, pad = look.px, look.px(PAD)
    name, definition, question = head_lines(slot, head.width(), look)
    runs, x, baseline = [], ground.x() + pad, head.y() + px(13.5)
    for line in name:
        runs.append(TextRun(line, x, baseline, Style.STRONG, "text"))
        baseline += px(LINE)
    for line in definition:
        runs.append(TextRun(line, x, baseline - px(1), Style.SMALL, "minor"))
        baseline += px(SMALL_LINE)
    for line in question:
        runs.append(TextRun(line, x, baseline - px(1), Style.SMALL, "secondary"))
        baseline += px(SMALL_LINE)
    hint = fold = None
    for block in blocks:
        if block.kind == "hint":
            hint = QRectF(x, top + block.top, ground.width() - 2 * pad, block.height)
            runs += hint_run(hint, look)
    if slot.note:
        lines = note_lines(slot, ground.width(), look)
        baseline = ground.bottom() - px(8 + (len(lines) - 1) * SMALL_LINE)
        for row, line in enumerate(lines):
            runs.append(TextRun(line, x, baseline + row * px(SMALL_LINE), Style.SMALL, "secondary"))
        if slot.foldable:
            high = px(len(lines) * SMALL_LINE + 4)
            fold = QRectF(x - px(4), ground.bottom() - px(5) - high, ground.width() - 2 * pad + px(8), high)
    groups = _group_boxes(slot, blocks, ground, top, look)
    return SlotBox(slot, head, ground, groups, hint, tuple(runs), fold)


def hint_run(hint: QRectF, look: Look) -> list[TextRun]:
    """What an empty slot says."""
    words = elided(_("No code yet"), hint.width() - look.px(20), look.metrics(Style.SMALL))
    return [TextRun(words, hint.x() + look.px(12), hint.center().y() + look.px(4), Style.SMALL, "secondary")]


def _group_boxes(
    slot: SlotColumn, blocks: Sequence[Block], ground: QRectF, top: float, look: Look
) -> tuple[GroupBox, ...]:
    boxes: list[GroupBox] = []
    starts = [_group_start(blocks, place, ground, top) for place in range(len(slot.groups))]
    for place, group in enumerate(slot.groups):
        stop = starts[place + 1] if place + 1 < len(starts) else ground.bottom()
        start = ground.y() if place == 0 else starts[place]
        rect = QRectF(ground.x(), start, ground.width(), max(0.0, stop - start))
        titles = [block for block in blocks if block.kind in ("title", "empty") and block.group == place]
        runs = _title_runs(group, titles[0].lines, ground, top + titles[0].top, look) if titles else ()
        boxes.append(GroupBox(slot.key, group.key, rect, runs))
    return tuple(boxes)


def _group_start(blocks: Sequence[Block], place: int, ground: QRectF, top: float) -> float:
    for block in blocks:
        if block.group == place and block.kind in ("title", "empty", "card", "hint"):
            return top + block.top
    return ground.bottom()


def _title_runs(
    group: Group, lines: Sequence[str], ground: QRectF, y: float, look: Look
) -> tuple[TextRun, ...]:
    pad, baseline = look.px(PAD), y + look.px(12)
    runs = [
        TextRun(line, ground.x() + pad, baseline + row * look.px(SMALL_LINE), Style.SMALL, "secondary")
        for row, line in enumerate(lines)
    ]
    if group.note:
        x = ground.right() - pad - look.metrics(Style.SMALL).horizontalAdvance(group.note)
        runs.append(TextRun(group.note, x, baseline, Style.SMALL, "secondary"))
    return tuple(runs)
