"""Leads arrows straight from card to card, wherever the cards lie: around the phenomenon, or put by hand.

Of a few ways an arrow takes the one that passes under the fewest other cards. Its badge lies on it where it
covers no card and no other badge; what is nearest to that is taken where there is no such place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF

from qda.figures.painting import Look
from qda.figures.paradigm import Arrow, ParadigmFigure
from qda.figures.paradigm_arrows import Cubic, Route, Tip, point_on
from qda.figures.paradigm_badges import BadgeBox, Leader, Point, badge_box

Side = Literal["left", "right", "top", "bottom"]
Sides = tuple[Side, Side]

_HEAD: Final = 9.0
_BADGE_ROOM: Final = 190.0  # a badge is at most so wide
_STEPS: Final = 22  # points of a cubic for looking where it runs
_UNDER: Final = 420.0  # what it costs to pass under a card, in pixels of way
_OUT: Final[dict[Side, Point]] = {
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "top": (0.0, -1.0),
    "bottom": (0.0, 1.0),
}
_ALONG: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)
_OFF: Final = (0.0, 14.0, -14.0, 28.0, -28.0, 44.0, -44.0, 64.0, -64.0, 90.0, -90.0)


@dataclass(slots=True)
class Ground:
    """What arrows and badges find on the board: cards (the phenomenon too), heads of slots, badges that
    stay, lines."""

    cards: Mapping[str, QRectF]
    words: Sequence[QRectF] = ()
    badges: list[QRectF] = field(default_factory=list)
    lines: list[list[Point]] = field(default_factory=list)


def direct_routes(
    figure: ParadigmFigure, arrows: Sequence[Arrow], ground: Ground, look: Look
) -> tuple[Route, ...]:
    """The arrows with their badges; ``ground.badges`` grows by these."""
    sides = {arrow.guid: _sides(arrow, ground, look) for arrow in arrows}
    ports = _ports(arrows, sides, ground, look)
    ways = {
        arrow.guid: _way(arrow, sides[arrow.guid], (ports[arrow.guid, 0], ports[arrow.guid, 1]), look)
        for arrow in arrows
    }
    lines = {guid: _polyline(cubic) for guid, (cubic, _tips) in ways.items()}
    ground.lines += lines.values()
    found = []
    for arrow in arrows:
        cubic, tips = ways[arrow.guid]
        box = badge_box(figure, arrow, look, look.px(_BADGE_ROOM))
        badge, leader = place_badge(box, lines[arrow.guid], ground, look)
        found.append(Route(arrow, (cubic,), tips, badge, leader, 0))
    return tuple(found)


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
    if len(trials) == 1:
        return trials[0]
    reach = one.united(other).adjusted(-look.px(70), -look.px(70), look.px(70), look.px(70))
    between = [
        rect
        for guid, rect in ground.cards.items()
        if guid not in (arrow.from_card, arrow.to_card) and rect.intersects(reach)
    ]
    if not between:
        return trials[0]
    heads = [rect for rect in ground.words if rect.intersects(reach)]

    def cost(sides: Sides) -> float:
        start, stop = _middle(one, sides[0]), _middle(other, sides[1])
        line = _polyline(_cubic(start, sides[0], stop, sides[1], look))
        under = float(sum(_meets(line, rect) for rect in between))
        under += 0.4 * sum(_meets(line, rect) for rect in heads)
        long = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(line))
        return look.px(_UNDER) * under + long + look.px(90) * trials.index(sides)

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


def _meets(line: Sequence[Point], rect: QRectF) -> bool:
    left, top, right, bottom = rect.left(), rect.top(), rect.right(), rect.bottom()
    return any(left <= x <= right and top <= y <= bottom for x, y in line)


# --- badges ------------------------------------------------------------------------------------------


def place_badge(
    box: BadgeBox, line: Sequence[Point], ground: Ground, look: Look
) -> tuple[BadgeBox, Leader | None]:
    """A badge beside or on its arrow, where it covers no card and no badge; ``ground.badges`` gets it."""
    width, height = box.rect.width(), box.rect.height()
    air, edge = look.px(3), look.px(2)
    reach = QRectF(0, 0, 0, 0)
    xs, ys = [x for x, _y in line], [y for _x, y in line]
    reach = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).adjusted(
        -width - look.px(95), -height - look.px(95), width + look.px(95), height + look.px(95)
    )
    near = [rect.adjusted(-air, -air, air, air) for rect in _within(ground.cards.values(), reach)]
    near += [rect.adjusted(-air, -air, air, air) for rect in _within(ground.badges, reach)]
    near += _within(ground.words, reach)
    foreign = [other for other in ground.lines if other is not line and _touches(other, reach)]
    best: tuple[float, QRectF] | None = None
    last = len(line) - 1
    for off in _OFF:
        if best is not None and abs(off) * 2 > best[0]:
            break
        for part in _ALONG:
            at = part * last
            low = min(int(at), last - 1)
            (x0, y0), (x1, y1) = line[low], line[low + 1]
            x, y = x0 + (x1 - x0) * (at - low), y0 + (y1 - y0) * (at - low)
            long = max(1e-6, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
            x, y = x - (y1 - y0) / long * look.px(off), y + (x1 - x0) / long * look.px(off)
            rect = QRectF(max(edge, x - width / 2), max(edge, y - height / 2), width, height)
            cost = abs(off) * 2 + abs(part - 0.5) * 40 + 400 * sum(other.intersects(rect) for other in near)
            if best is None or cost < best[0]:
                cost += 30 * sum(_meets(other, rect) for other in foreign)
            if best is None or cost < best[0]:
                best = cost, rect
    assert best is not None  # there is always a first place
    ground.badges.append(best[1])
    return BadgeBox(best[1], box.runs), _leader(best[1], line, look)


def _within(rects: Iterable[QRectF], reach: QRectF) -> list[QRectF]:
    return [rect for rect in rects if rect.intersects(reach)]


def _touches(line: Sequence[Point], reach: QRectF) -> bool:
    return any(reach.contains(x, y) for x, y in line)


def _leader(rect: QRectF, line: Sequence[Point], look: Look) -> Leader | None:
    """A thin line to the arrow where the badge does not lie on it."""
    if _meets(line, rect.adjusted(-2, -2, 2, 2)):
        return None
    centre = rect.center()
    nearest = min(line, key=lambda p: abs(p[0] - centre.x()) + abs(p[1] - centre.y()))
    inset = look.px(6)
    x = min(max(nearest[0], rect.left() + inset), rect.right() - inset)
    y = min(max(nearest[1], rect.top()), rect.bottom())
    return QPointF(*nearest), QPointF(x, y)
