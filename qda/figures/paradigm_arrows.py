"""Leads the arrows of a paradigm and puts their badges where they cover nothing.

An arrow leaves a card at the side of its partner and crosses only the gap between the lanes, or a lane at
the line that was opened for it. Arrows within a lane bow into the gap beside it, those to the phenomenon
rise through it. Badges lie on their arrows; where there is no room, a thin line leads to them, and the
layout is told (``strained``) so that it can give more room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF

from qda.figures.painting import Look
from qda.figures.paradigm import Arrow, ParadigmFigure, Status
from qda.figures.paradigm_badges import BadgeBox, Gap, Leader, Point, badge_box, place_badges
from qda.figures.paradigm_lanes import PHENOMENON, Ends

_STEPS: Final = 26  # points of a cubic for looking where it runs
_HEAD: Final = 9.0

Cubic = tuple[Point, Point, Point, Point]
Side = Literal["left", "right", "up"]


@dataclass(frozen=True, slots=True)
class Stage:
    """What the arrows find: cards, passages (arrow, lane) → y, lanes and gaps as (left, right)."""

    cards: dict[str, QRectF]
    passes: dict[tuple[str, int], float]
    lanes: tuple[tuple[float, float], ...]
    gaps: tuple[tuple[float, float], ...]
    strip: QRectF
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Tip:
    """An end of an arrow: where, pointing where to (unit vector), and its shape."""

    at: QPointF
    towards: QPointF
    shape: Literal["head", "bar"]


@dataclass(frozen=True, slots=True)
class Route:
    """An arrow in its place. ``leader``: from the line to a badge that had to move aside."""

    arrow: Arrow
    cubics: tuple[Cubic, ...]
    tips: tuple[Tip, ...]
    badge: BadgeBox
    leader: Leader | None
    gap: int

    @property
    def strained(self) -> bool:
        """Whether the badge found no place on its arrow."""
        return self.leader is not None

    @property
    def status(self) -> Status:
        """As of the relation."""
        return self.arrow.status


def routes(figure: ParadigmFigure, ends: dict[str, Ends], stage: Stage, look: Look) -> tuple[Route, ...]:
    """All drawn arrows with their badges."""
    sides = {arrow.guid: _sides(ends[arrow.guid], stage) for arrow in figure.drawn}
    ports = _ports(figure.drawn, sides, ends, stage, look)
    ways = {}
    for arrow in figure.drawn:
        touching = ports[arrow.guid, 0], ports[arrow.guid, 1]
        ways[arrow.guid] = _way(arrow, ends[arrow.guid], sides[arrow.guid], touching, stage, look=look)
    lines = {guid: _polyline(cubics) for guid, (cubics, _tips) in ways.items()}
    placed: dict[str, tuple[BadgeBox, Leader | None]] = {}
    for number, (left, right) in enumerate(stage.gaps):
        badges = {
            arrow.guid: badge_box(figure, arrow, look, right - left - look.px(24))
            for arrow in figure.drawn
            if ends[arrow.guid].gap == number
        }
        gap = Gap(left, right, stage.top, stage.bottom)
        for guid, (rect, leader) in place_badges(badges, lines, gap, look).items():
            placed[guid] = BadgeBox(rect, badges[guid].runs), leader
    return tuple(
        Route(arrow, *ways[arrow.guid], *placed[arrow.guid], ends[arrow.guid].gap) for arrow in figure.drawn
    )


def _sides(end: Ends, stage: Stage) -> tuple[Side, Side]:
    """At which side an arrow leaves its first card and reaches its second."""
    last = len(stage.lanes) - 1
    beside: Side = "left" if max(end.start, end.end) == last and last > 0 else "right"
    if end.start == PHENOMENON:
        return "up", beside
    if end.end == PHENOMENON:
        return beside, "up"
    if end.start == end.end:
        return beside, beside
    return ("right", "left") if end.start < end.end else ("left", "right")


def _ports(
    arrows: Sequence[Arrow],
    sides: dict[str, tuple[Side, Side]],
    ends: dict[str, Ends],
    stage: Stage,
    look: Look,
) -> dict[tuple[str, int], Point]:
    """Where each end (arrow, 0 or 1) touches: ends at one side of a card spread, sorted by partner."""
    shared: dict[tuple[str, Side, int], list[tuple[float, str, int]]] = {}
    for arrow in arrows:
        pair = arrow.from_card, arrow.to_card
        for which in (0, 1):
            side = sides[arrow.guid][which]
            other = stage.cards.get(pair[1 - which])
            height = other.center().y() if other else stage.top
            gap = ends[arrow.guid].gap if side == "up" else 0
            shared.setdefault((pair[which], side, gap), []).append((height, arrow.guid, which))
    found: dict[tuple[str, int], Point] = {}
    for (card, side, gap), users in shared.items():
        users.sort()
        if side == "up":
            left, right = stage.gaps[gap]
            step = (right - left) / (len(users) + 1)
            for place, (_height, guid, which) in enumerate(users):
                found[guid, which] = (left + step * (place + 1), stage.strip.bottom())
            continue
        rect = stage.cards[card]
        step = min(look.px(13), (rect.height() - look.px(14)) / max(1, len(users) - 1))
        first = rect.center().y() - step * (len(users) - 1) / 2
        x = rect.left() if side == "left" else rect.right()
        for place, (_height, guid, which) in enumerate(users):
            found[guid, which] = (x, first + place * step)
    return found


def _way(
    arrow: Arrow,
    end: Ends,
    sides: tuple[Side, Side],
    touching: tuple[Point, Point],
    stage: Stage,
    *,
    look: Look,
) -> tuple[tuple[Cubic, ...], tuple[Tip, ...]]:
    """The curves of an arrow and its tips."""
    start, stop = touching
    leaving, reaching = _outwards(sides[0]), _outwards(sides[1])
    tips = [_tip(stop, reaching, "bar" if arrow.type_key == "hinders" else "head")]
    start_at = start
    if arrow.type_key == "in_tension_with":
        tips.append(_tip(start, leaving, "head"))
        start_at = _off(start, leaving, look.px(_HEAD - 1))
    stop_at = _off(stop, reaching, look.px(2.5 if tips[0].shape == "bar" else _HEAD - 1))
    through = _through(arrow.guid, end, stage)
    stations = [(start_at, leaving), *through, (stop_at, (-reaching[0], -reaching[1]))]
    if end.start == end.end:
        left, right = stage.gaps[end.gap]
        return (_bow(start_at, stop_at, leaving[0], (right - left) * 0.5, look),), tuple(tips)
    cubics = []
    for at in range(0, len(stations) - 1):
        (one, direction), (other, arrival) = stations[at], stations[at + 1]
        cubics.append(_cubic(one, direction, other, arrival, look))
    return tuple(cubics), tuple(tips)


def _through(guid: str, end: Ends, stage: Stage) -> list[tuple[Point, Point]]:
    """The passages through lanes on the way, as points with the direction of travel."""
    if PHENOMENON in (end.start, end.end):
        return []
    step = 1 if end.end > end.start else -1
    found: list[tuple[Point, Point]] = []
    for lane in range(end.start + step, end.end, step):
        left, right = stage.lanes[lane]
        y = stage.passes[guid, lane]
        order = (left, right) if step > 0 else (right, left)
        found += [((x, y), (float(step), 0.0)) for x in order]
    return found


def _outwards(side: Side) -> Point:
    return {"left": (-1.0, 0.0), "right": (1.0, 0.0), "up": (0.0, 1.0)}[side]


def _off(at: Point, direction: Point, by: float) -> Point:
    return at[0] + direction[0] * by, at[1] + direction[1] * by


def _tip(at: Point, outwards: Point, shape: Literal["head", "bar"]) -> Tip:
    return Tip(QPointF(*at), QPointF(-outwards[0], -outwards[1]), shape)


def _cubic(one: Point, leaving: Point, other: Point, arriving: Point, look: Look) -> Cubic:
    """A cubic that leaves and arrives in the given directions."""
    across, down = abs(other[0] - one[0]), abs(other[1] - one[1])
    if leaving[0] and arriving[0]:
        reach = max(across * 0.5, look.px(12))
        return one, _off(one, leaving, reach), _off(other, arriving, -reach), other
    sideways, upright = max(across, look.px(12)), max(down * 0.6, look.px(16))
    first = sideways if leaving[0] else upright
    last = sideways if arriving[0] else upright
    return one, _off(one, leaving, first), _off(other, arriving, -last), other


def _bow(one: Point, other: Point, outwards: float, room: float, look: Look) -> Cubic:
    """A bow beside the lane; it reaches three quarters as far as its handles."""
    reach = min(max(look.px(26), room), look.px(150)) / 0.75 * outwards
    return one, (one[0] + reach, one[1]), (other[0] + reach, other[1]), other


def point_on(cubic: Cubic, t: float) -> Point:
    """The point of a cubic at ``t`` (0–1)."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = cubic
    s = 1 - t
    a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3


def _polyline(cubics: Sequence[Cubic]) -> list[Point]:
    return [point_on(cubic, step / _STEPS) for cubic in cubics for step in range(_STEPS + 1)]
