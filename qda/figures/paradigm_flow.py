"""What flows down the lanes of a paradigm: heads, titles and cards one below the other.

Cards keep their order and move down towards those they are related to, as far as the tallest lane lets
them; an arrow that passes a lane gets a free line through it.
"""

from collections.abc import Sequence

from qda.figures.lettering import wrapped, wrapped_parts
from qda.figures.painting import Look, Style
from qda.figures.paradigm import Card, Group, SlotColumn
from qda.figures.paradigm_lanes import PAD, PHENOMENON, Block, Ends, Lane, count_width, title_style

LINE, SMALL_LINE, TITLE_LINE = 18.0, 16.0, 20.0
_CARD_GAP = 6.0


def head_lines(
    slot: SlotColumn, width: float, look: Look
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Name, definition and question of a slot, wrapped."""
    inner, small = width - look.px(10), look.metrics(Style.SMALL)
    name = wrapped(slot.name, inner, look.metrics(Style.STRONG), most=3)
    definition = wrapped(slot.definition, inner, small, most=9) if slot.definition else ()
    question = wrapped(slot.question, inner, small, most=5) if slot.question else ()
    return name, definition, question


def head_height(slot: SlotColumn, width: float, look: Look) -> float:
    """How high the head of a slot is."""
    name, definition, question = head_lines(slot, width, look)
    return look.px(len(name) * LINE + (len(definition) + len(question)) * SMALL_LINE + 4)


def fill(lanes: list[Lane], ends: dict[str, Ends], look: Look, slack: float) -> None:
    """Fills the lanes with blocks, one below the other."""
    for lane in lanes:
        lane.blocks = []
        for number, slot in enumerate(lane.slots):
            if number:
                lane.blocks.append(Block("gap", look.px(10), number))
                height = head_height(slot, lane.width, look)
                lane.blocks.append(Block("head", height + look.px(6), number))
            lane.blocks += _slot_blocks(slot, number, lane.width, look, slack)
        _pack(lane)
    _open_passes(lanes, ends)


def _slot_blocks(slot: SlotColumn, number: int, width: float, look: Look, slack: float) -> list[Block]:
    px = look.px
    blocks = [Block("pad", px(PAD), number)]
    for place, group in enumerate(slot.groups):
        if group.title:
            if place and blocks[-1].kind == "card":
                blocks.append(Block("pad", px(3), number, place))
            kind = "title" if group.cards else "empty"
            lines = _title_lines(group, width, look)
            height = px(TITLE_LINE + (len(lines) - 1) * SMALL_LINE)
            blocks.append(Block(kind, height, number, place, lines=lines))
        for index, card in enumerate(group.cards):
            if index:
                blocks.append(Block("pad", px(_CARD_GAP + slack), number, place))
            blocks.append(card_block(card, (number, place, index), width, look))
    if not any(block.free for block in blocks):
        blocks.append(Block("hint", px(40), number))
    if slot.note:
        lines = note_lines(slot, width, look)
        blocks.append(Block("note", px(6 + len(lines) * SMALL_LINE), number, lines=lines))
    blocks.append(Block("end", px(PAD if not slot.note else 3), number))
    return blocks


def _title_lines(group: Group, width: float, look: Look) -> tuple[str, ...]:
    small = look.metrics(Style.SMALL)
    beside = small.horizontalAdvance(group.note) + look.px(8) if group.note else 0.0
    return wrapped(group.title, width - 2 * look.px(PAD), small, most=3, beside=beside)


def note_lines(slot: SlotColumn, width: float, look: Look) -> tuple[str, ...]:
    """The note at the foot of a slot, wrapped."""
    return wrapped(slot.note, width - 2 * look.px(PAD), look.metrics(Style.SMALL), most=3)


def card_block(card: Card, at: tuple[int, int, int], width: float, look: Look) -> Block:
    """A card set into a lane of that width; ``at``: its slot, group and place there."""
    px = look.px
    inner = width - 2 * px(PAD)
    metrics, small = look.metrics(title_style(card)), look.metrics(Style.SMALL)
    lines = wrapped(card.shown, inner - px(24), metrics, most=4, beside=count_width(card, look))
    sublines = wrapped_parts(card.subline, inner - px(24), small, most=3)
    height = px(16) + len(lines) * px(LINE) + len(sublines) * px(SMALL_LINE)
    return Block(
        "card",
        max(px(52) if card.subline else px(36), height),
        *at,
        card=card,
        lines=lines,
        sublines=sublines,
    )


def _pack(lane: Lane) -> None:
    """Puts the blocks close together from the top."""
    top = 0.0
    for block in lane.blocks:
        block.top = top
        top += block.height
    lane.packed = top


def _open_passes(lanes: list[Lane], ends: dict[str, Ends]) -> None:
    """Opens a line through each lane that an arrow has to cross, between two cards near its way."""
    for guid, end in ends.items():
        if PHENOMENON in (end.start, end.end):
            continue
        for index in range(min(end.start, end.end) + 1, max(end.start, end.end)):
            settle(lanes, ends)
            _insert_pass(lanes, index, guid, end, ends)
            _pack(lanes[index])


def _insert_pass(lanes: list[Lane], index: int, guid: str, end: Ends, ends: dict[str, Ends]) -> None:
    """Between two neighbouring cards, or below the last: where it crosses the fewest other arrows and is
    least out of the way."""
    lane = lanes[index]
    middle = {block.key: block.top + block.height / 2 for one in lanes for block in one.blocks if block.key}
    before, behind = middle[end.cards[0]], middle[end.cards[1]]
    part = (index - end.start) / (end.end - end.start)
    wish = before * (1 - part) + behind * part
    beside = (
        {index - 1: before, index + 1: behind}
        if part > 0 and end.start < end.end
        else {
            index - 1: behind,
            index + 1: before,
        }
    )
    places = []
    for at, block in enumerate(lane.blocks):
        kind = lane.blocks[at - 1].kind if at else ""
        if (block.kind == "pad" and kind in ("card", "pass")) or block.kind in ("note", "end"):
            crossed = 0
            for other in ends.values():
                crossed += _crossing(block.top, index, beside, other, middle)
            places.append((abs(block.top - wish) + crossed * 1.6 * _crossing_cost(lane), at))
    at = min(places)[1]
    slot, group = lane.blocks[at].slot, lane.blocks[at].group
    lane.blocks.insert(at, Block("pass", _crossing_cost(lane) * 0.2, slot, group, arrow=guid))


def _crossing_cost(lane: Lane) -> float:
    """The height of a card, the measure of how far an arrow may go out of its way."""
    heights = [block.height for block in lane.blocks if block.kind == "card"]
    return min(heights, default=60.0)


def _crossing(y: float, lane: int, beside: dict[int, float], other: Ends, middle: dict[str, float]) -> bool:
    """Whether an arrow through ``lane`` at ``y`` crosses ``other`` in the gap on either side."""
    for here, there, mine, theirs in (
        (other.start, other.end, other.cards[0], other.cards[1]),
        (other.end, other.start, other.cards[1], other.cards[0]),
    ):
        if here == lane and there in beside and (middle[mine] - y) * (middle[theirs] - beside[there]) < 0:
            return True
    return False


def settle(lanes: list[Lane], ends: dict[str, Ends]) -> float:
    """Moves the cards of the shorter lanes down towards their partners; returns the common height."""
    height = max((lane.packed for lane in lanes), default=0.0)
    for lane in lanes:
        _pack(lane)
    for _round in range(3):
        for lane in sorted(lanes, key=lambda lane: -lane.packed):
            _pull(lane, _wishes(lanes, ends), height)
    return height


def _wishes(lanes: Sequence[Lane], ends: dict[str, Ends]) -> dict[str, list[float]]:
    """For every card and passage: the heights of what it is related to."""
    middle = {block.key: block.top + block.height / 2 for lane in lanes for block in lane.blocks if block.key}
    found: dict[str, list[float]] = {}
    for guid, end in ends.items():
        a, b = end.cards
        if PHENOMENON in (end.start, end.end) or end.start == end.end or a not in middle or b not in middle:
            continue
        through = middle.get(guid)
        found.setdefault(a, []).append(middle[b] if through is None else through)
        found.setdefault(b, []).append(middle[a] if through is None else through)
        if through is not None:
            found.setdefault(guid, []).append((middle[a] + middle[b]) / 2)
    return found


def _pull(lane: Lane, wishes: dict[str, list[float]], height: float) -> None:
    """Least squares with kept order and distances (pool adjacent violators)."""
    spare = height - lane.packed
    packed, top = [], 0.0
    for block in lane.blocks:
        packed.append(top)
        top += block.height
    free = [at for at, block in enumerate(lane.blocks) if block.free]
    pools: list[list[float]] = []  # weight, weighted sum, how many
    for at in free:
        block = lane.blocks[at]
        wish = wishes.get(block.key) if block.key else None
        weight = float(len(wish)) if wish else 0.02
        shift = sum(wish) / len(wish) - block.height / 2 - packed[at] if wish else 0.0
        pools.append([weight, weight * shift, 1])
        while len(pools) > 1 and pools[-2][1] / pools[-2][0] > pools[-1][1] / pools[-1][0]:
            last = pools.pop()
            pools[-1] = [one + other for one, other in zip(pools[-1], last, strict=True)]
    shifts = [min(max(pool[1] / pool[0], 0.0), spare) for pool in pools for _n in range(int(pool[2]))]
    moved = dict(zip(free, shifts, strict=True))
    _cling(lane, packed, moved)


def _cling(lane: Lane, packed: list[float], moved: dict[int, float]) -> None:
    """Notes and ends keep to what stands above them, heads and titles to what stands below."""
    shift = 0.0
    for at, block in enumerate(lane.blocks):
        if at in moved:
            shift = moved[at]
        if block.kind not in ("head", "title"):
            block.top = packed[at] + shift
    coming = 0.0
    for at in range(len(lane.blocks) - 1, -1, -1):
        coming = moved.get(at, coming)
        if lane.blocks[at].kind in ("head", "title"):
            lane.blocks[at].top = packed[at] + coming
