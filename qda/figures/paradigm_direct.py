"""Leads arrows straight from card to card, wherever the cards lie: around the phenomenon, or put by hand.

Of a few ways an arrow takes the one that passes under the fewest other cards. Its badge lies on it where it
covers no card and no other badge; what is nearest to that is taken where there is no such place.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from itertools import pairwise
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF

from qda.figures.painting import Look
from qda.figures.paradigm import Arrow, ParadigmFigure
from qda.figures.paradigm_arrows import Cubic, Route, Tip, point_on
from qda.figures.paradigm_badges import BadgeBox, Box, Leader, Point, badge_box

Side = Literal["left", "right", "top", "bottom"]
Sides = tuple[Side, Side]

_HEAD: Final = 9.0
_BADGE_ROOM: Final = 190.0  # a badge is at most so wide
_STEPS: Final = 22  # points of a cubic for looking where it runs
_UNDER: Final = 420.0  # what it costs to pass under a card, in pixels of way
_CELL: Final = 160.0  # of the grid in which things are looked for
_HEADS, _BADGES = "head", "badge"  # what lies in the grid besides cards, which bear GUIDs
_OUT: Final[dict[Side, Point]] = {
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "top": (0.0, -1.0),
    "bottom": (0.0, 1.0),
}
_ALONG: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
_OFF: Final = (0.0, 14.0, -14.0, 28.0, -28.0, 44.0, -44.0, 64.0, -64.0, 90.0, -90.0)


class Ground:
    """What arrows and badges find on the board: cards (the phenomenon too), heads of slots, badges.

    Things lie in a grid of cells, so that looking at a place asks only what is near it.
    """

    def __init__(
        self, cards: Mapping[str, QRectF], words: Iterable[QRectF] = (), badges: Iterable[QRectF] = ()
    ) -> None:
        self.cards = dict(cards)
        self.hasty = False  # while a card is under way a badge need not lie in its best place
        self.lines: list[tuple[Box, list[Point]]] = []  # extent and points of the arrows led so far
        self._cells: dict[tuple[int, int], list[tuple[str, Box]]] = {}
        for guid, rect in self.cards.items():
            self._put(guid, _box(rect))
        for rect in words:
            self._put(_HEADS, _box(rect))
        for rect in badges:
            self.put_badge(rect)

    def _put(self, key: str, box: Box) -> None:
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append((key, box))

    def put_badge(self, rect: QRectF) -> None:
        """A badge lies there now."""
        self._put(_BADGES, _box(rect))

    def with_moved(self, card: str, rect: QRectF, without: Iterable[QRectF]) -> "Ground":
        """The same with one card elsewhere and without some badges; this one stays as it is."""
        made = copy(self)
        made.hasty = True
        made.cards, made.lines, made._cells = {**self.cards, card: rect}, [], dict(self._cells)
        gone = {_box(one) for one in (self.cards[card], *without)}
        for box in gone:
            for cell in _cells(box):
                made._cells[cell] = [one for one in made._cells.get(cell, ()) if one[1] not in gone]
        for cell in _cells(_box(rect)):
            made._cells[cell] = [*made._cells.get(cell, ()), (card, _box(rect))]
        return made

    def under(self, line: Sequence[Point], ends: Collection[str]) -> float:
        """How much a line passes under: each card counts 1, the head of a slot 0.4."""
        met: dict[Box, float] = {}
        for x, y in line:
            for key, box in self._cells.get((int(x // _CELL), int(y // _CELL)), ()):
                if key not in ends and key != _BADGES and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                    met[box] = 0.4 if key == _HEADS else 1.0
        return sum(met.values())

    def covered(self, box: Box) -> int:
        """How many things a badge there would cover."""
        left, top, right, bottom = box
        return len(
            {
                other
                for cell in _cells(box)
                for _key, other in self._cells.get(cell, ())
                if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            }
        )

    def lines_under(self, box: Box, own: Sequence[Point]) -> int:
        """How many other arrows a badge there would cover."""
        left, top, right, bottom = box
        return sum(
            extent[0] <= right
            and extent[2] >= left
            and extent[1] <= bottom
            and extent[3] >= top
            and line is not own
            and _meets(line, box)
            for extent, line in self.lines
        )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    """The cells that a box touches."""
    for x in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
        for y in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
            yield x, y


def _box(rect: QRectF) -> Box:
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def direct_routes(
    figure: ParadigmFigure,
    arrows: Sequence[Arrow],
    ground: Ground,
    look: Look,
    *,
    boxes: dict[str, BadgeBox] | None = None,
) -> tuple[Route, ...]:
    """The arrows with their badges; the ground holds these afterwards.

    ``boxes``: badges set already, kept by whoever asks for the same arrows again and again.
    """
    boxes = {} if boxes is None else boxes
    sides = {arrow.guid: _sides(arrow, ground, look) for arrow in arrows}
    ports = _ports(arrows, sides, ground, look)
    ways = {
        arrow.guid: _way(arrow, sides[arrow.guid], (ports[arrow.guid, 0], ports[arrow.guid, 1]), look)
        for arrow in arrows
    }
    lines = {guid: _polyline(cubic) for guid, (cubic, _tips) in ways.items()}
    ground.lines += [(_extent(line), line) for line in lines.values()]
    placed: dict[str, tuple[BadgeBox, Leader | None]] = {}
    for arrow in sorted(arrows, key=lambda arrow: _length(lines[arrow.guid])):  # short ones have least choice
        if arrow.guid not in boxes:
            boxes[arrow.guid] = badge_box(figure, arrow, look, look.px(_BADGE_ROOM))
        placed[arrow.guid] = place_badge(boxes[arrow.guid], lines[arrow.guid], ground, look)
    return tuple(
        Route(arrow, (ways[arrow.guid][0],), ways[arrow.guid][1], *placed[arrow.guid], 0) for arrow in arrows
    )


def rebadged(route: Route, ground: Ground, look: Look) -> Route:
    """The same arrow with its badge where it covers nothing now."""
    line = [point for cubic in route.cubics for point in _polyline(cubic)]
    box = BadgeBox(QRectF(0, 0, route.badge.rect.width(), route.badge.rect.height()), route.badge.runs)
    badge, leader = place_badge(box, line, ground, look)
    return Route(route.arrow, route.cubics, route.tips, badge, leader, route.gap)


# --- ways --------------------------------------------------------------------------------------------


def _sides(arrow: Arrow, ground: Ground, look: Look) -> Sides:
    """At which sides an arrow leaves and reaches its cards: the shortest way under the fewest cards."""
    one, other = ground.cards[arrow.from_card], ground.cards[arrow.to_card]
    trials = _trials(one, other)
    ends = (arrow.from_card, arrow.to_card)

    def cost(sides: Sides) -> float:
        start, stop = _middle(one, sides[0]), _middle(other, sides[1])
        line = _polyline(_cubic(start, sides[0], stop, sides[1], look))
        aside = look.px(150) * trials.index(sides)
        return look.px(_UNDER) * ground.under(line, ends) + _length(line) + aside

    return min(trials, key=cost)


def _trials(one: QRectF, other: QRectF) -> list[Sides]:
    """Pairs of sides worth a try, the natural one first."""
    across = max(other.left() - one.right(), one.left() - other.right())
    down = max(other.top() - one.bottom(), one.top() - other.bottom())
    flat: Sides = ("right", "left") if other.center().x() >= one.center().x() else ("left", "right")
    steep: Sides = ("bottom", "top") if other.center().y() >= one.center().y() else ("top", "bottom")
    bows: list[Sides] = [("right", "right"), ("left", "left")]
    if across > 0 and down > 0:
        corners: list[Sides] = [(flat[0], steep[1]), (steep[0], flat[1])]
        return [flat, steep, *corners] if across >= down else [steep, flat, *corners]
    if across > 0:
        return [flat, ("top", "top"), ("bottom", "bottom")]
    return [steep, *bows] if down > 0 else bows


def _middle(rect: QRectF, side: Side) -> Point:
    x, y = rect.center().x(), rect.center().y()
    return {
        "left": (rect.left(), y),
        "right": (rect.right(), y),
        "top": (x, rect.top()),
        "bottom": (x, rect.bottom()),
    }[side]


def _ports(
    arrows: Sequence[Arrow], sides: Mapping[str, Sides], ground: Ground, look: Look
) -> dict[tuple[str, int], Point]:
    """Where each end (arrow, 0 or 1) touches: ends at one side of a card spread, sorted by partner."""
    shared: dict[tuple[str, Side], list[tuple[float, str, int]]] = {}
    for arrow in arrows:
        pair = arrow.from_card, arrow.to_card
        for which in (0, 1):
            side = sides[arrow.guid][which]
            partner = ground.cards[pair[1 - which]].center()
            order = partner.y() if side in ("left", "right") else partner.x()
            shared.setdefault((pair[which], side), []).append((order, arrow.guid, which))
    found: dict[tuple[str, int], Point] = {}
    for (card, side), users in shared.items():
        users.sort()
        rect = ground.cards[card]
        upright = side in ("left", "right")
        room = (rect.height() if upright else rect.width()) - look.px(14)
        step = min(look.px(13 if upright else 26), room / max(1, len(users) - 1))
        x, y = _middle(rect, side)
        for place, (_order, guid, which) in enumerate(users):
            off = (place - (len(users) - 1) / 2) * step
            found[guid, which] = (x, y + off) if upright else (x + off, y)
    return found


def _way(
    arrow: Arrow, sides: Sides, touching: tuple[Point, Point], look: Look
) -> tuple[Cubic, tuple[Tip, ...]]:
    """The curve of an arrow and its tips."""
    bar = arrow.type_key == "hinders"
    start, stop = touching
    tips = [_tip(stop, sides[1], "bar" if bar else "head")]
    stop = _off(stop, sides[1], look.px(2.5 if bar else _HEAD - 1))
    if arrow.type_key == "in_tension_with":
        tips.append(_tip(start, sides[0], "head"))
        start = _off(start, sides[0], look.px(_HEAD - 1))
    return _cubic(start, sides[0], stop, sides[1], look), tuple(tips)


def _tip(at: Point, side: Side, shape: Literal["head", "bar"]) -> Tip:
    x, y = _OUT[side]
    return Tip(QPointF(*at), QPointF(-x, -y), shape)


def _off(at: Point, side: Side, by: float) -> Point:
    x, y = _OUT[side]
    return at[0] + x * by, at[1] + y * by


def _cubic(start: Point, leaving: Side, stop: Point, reaching: Side, look: Look) -> Cubic:
    """A curve that leaves and arrives across the edges; between two like sides it bows."""
    across, down = abs(stop[0] - start[0]), abs(stop[1] - start[1])
    if leaving == reaching:
        apart = down if leaving in ("left", "right") else across
        reach = min(max(look.px(34), apart * 0.35), look.px(130))
        edge = {
            "left": min(start[0], stop[0]),
            "right": max(start[0], stop[0]),
            "top": min(start[1], stop[1]),
            "bottom": max(start[1], stop[1]),
        }[leaving]
        x, y = _OUT[leaving]
        if x:
            return start, (edge + x * reach, start[1]), (edge + x * reach, stop[1]), stop
        return start, (start[0], edge + y * reach), (stop[0], edge + y * reach), stop
    first = (across if leaving in ("left", "right") else down) * 0.5
    last = (across if reaching in ("left", "right") else down) * 0.5
    least = look.px(18)
    return (
        start,
        _off(start, leaving, max(first, least)),
        _off(stop, reaching, max(last, least)),
        stop,
    )


def _polyline(cubic: Cubic) -> list[Point]:
    return [point_on(cubic, step / _STEPS) for step in range(_STEPS + 1)]


def _length(line: Sequence[Point]) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(line))


def _extent(line: Sequence[Point]) -> Box:
    xs, ys = [x for x, _y in line], [y for _x, y in line]
    return min(xs), min(ys), max(xs), max(ys)


def _meets(line: Sequence[Point], box: Box) -> bool:
    left, top, right, bottom = box
    for x, y in line:  # noqa: SIM110 - called very often, and a generator takes twice as long
        if left <= x <= right and top <= y <= bottom:
            return True
    return False


# --- badges ------------------------------------------------------------------------------------------


def place_badge(
    box: BadgeBox, line: Sequence[Point], ground: Ground, look: Look
) -> tuple[BadgeBox, Leader | None]:
    """A badge beside or on its arrow, where it covers no card and no badge; the ground gets it."""
    width, height = box.rect.width(), box.rect.height()
    air, edge, last = look.px(3), look.px(2), len(line) - 1
    best: tuple[float, Box] | None = None
    for off in _OFF[:3] if ground.hasty else _OFF:
        if best is not None and abs(off) * 2 > best[0]:
            break
        for part in _ALONG:
            x, y = _beside(line, part * last, look.px(off))
            left, top = max(edge, x - width / 2), max(edge, y - height / 2)
            cost = abs(off) * 2 + abs(part - 0.5) * 40
            if best is not None and cost >= best[0]:
                continue
            there = left, top, left + width, top + height
            cost += 400 * ground.covered((left - air, top - air, there[2] + air, there[3] + air))
            if best is None or cost < best[0]:
                cost += 30 * ground.lines_under(there, line)
            if best is None or cost < best[0]:
                best = cost, there
    assert best is not None  # there is always a first place
    rect = QRectF(best[1][0], best[1][1], width, height)
    ground.put_badge(rect)
    return BadgeBox(rect, box.runs), _leader(rect, line, look)


def _beside(line: Sequence[Point], at: float, off: float) -> Point:
    """A point of a line, moved aside by ``off``."""
    low = min(int(at), len(line) - 2)
    (x0, y0), (x1, y1) = line[low], line[low + 1]
    x, y = x0 + (x1 - x0) * (at - low), y0 + (y1 - y0) * (at - low)
    long = max(1e-6, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
    return x - (y1 - y0) / long * off, y + (x1 - x0) / long * off


def _leader(rect: QRectF, line: Sequence[Point], look: Look) -> Leader | None:
    """A thin line to the arrow where the badge does not lie on it."""
    if _meets(line, _box(rect.adjusted(-2, -2, 2, 2))):
        return None
    centre = rect.center()
    nearest = min(line, key=lambda p: abs(p[0] - centre.x()) + abs(p[1] - centre.y()))
    inset = look.px(6)
    x = min(max(nearest[0], rect.left() + inset), rect.right() - inset)
    y = min(max(nearest[1], rect.top()), rect.bottom())
    return QPointF(*nearest), QPointF(x, y)
