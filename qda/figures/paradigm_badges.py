"""The badges of a paradigm's arrows: their text, their size, and places where they cover nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from PySide6.QtCore import QPointF, QRectF

from qda.figures.lettering import parts, wrapped
from qda.figures.painting import Look, Style, TextRun
from qda.figures.paradigm import Arrow, ParadigmFigure

_BADGE_LINE, _BADGE_PAD = 15.0, 7.0
_OFF, _ASIDE, _COVERING = (
    2.0,
    0.3,
    60.0,
)  # what a place costs: a pixel off the line or the middle, a line covered

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
Leader = tuple[QPointF, QPointF]


@dataclass(frozen=True, slots=True)
class BadgeBox:
    """The evidence of a relation; ``runs`` count from the corner of ``rect``."""

    rect: QRectF
    runs: tuple[TextRun, ...]


def badge_sizes(figure: ParadigmFigure, arrow: Arrow, look: Look) -> tuple[float, float]:
    """The width of a badge as written, and with its parts one below the other."""
    written = _badge_lines(figure, arrow)
    strong = look.metrics(Style.SMALL_STRONG)
    apart = [(part, style, ink) for text, style, ink in written for part in parts(text)]
    if figure.captions and arrow.caption:  # it may wrap at its words
        words = max(arrow.caption.split(), key=strong.horizontalAdvance)
        apart[: len(parts(arrow.caption))] = [(words, Style.SMALL_STRONG, "text")]
    return _text_width(written, look), _text_width(apart, look)


def _badge_lines(figure: ParadigmFigure, arrow: Arrow) -> list[tuple[str, Style, str]]:
    """Lines with style and ink, as written."""
    caption = [(arrow.caption, Style.SMALL_STRONG, "text")] if figure.captions and arrow.caption else []
    inks = ["text", *["secondary"] * len(arrow.badge)]
    return caption + [(text, Style.SMALL, ink) for text, ink in zip(arrow.badge, inks, strict=False)]


def _fitted(lines: Sequence[tuple[str, Style, str]], room: float, look: Look) -> list[tuple[str, Style, str]]:
    """Lines that keep to ``room``: first taken apart at the middle dots, then wrapped."""
    fitted = []
    for text, style, ink in lines:
        metrics = look.metrics(style)
        fits = metrics.horizontalAdvance(text) <= room
        for part in (text,) if fits else parts(text):
            fitted += [(line, style, ink) for line in wrapped(part, room, metrics, most=4)]
    return fitted


def _text_width(lines: Sequence[tuple[str, Style, str]], look: Look) -> float:
    widest = max((look.metrics(style).horizontalAdvance(text) for text, style, _ink in lines), default=0.0)
    return widest + 2 * look.px(_BADGE_PAD)


def badge_box(figure: ParadigmFigure, arrow: Arrow, look: Look, room: float) -> BadgeBox:
    """The badge of an arrow for a gap of ``room``, at (0, 0)."""
    inner = room - 2 * look.px(_BADGE_PAD)
    lines = _fitted(_badge_lines(figure, arrow), inner, look)
    width = _text_width(lines, look)
    height = len(lines) * look.px(_BADGE_LINE) + look.px(6)
    runs = []
    for row, (text, style, ink) in enumerate(lines):
        x = (width - look.metrics(style).horizontalAdvance(text)) / 2
        runs.append(TextRun(text, x, look.px(14) + row * look.px(_BADGE_LINE), style, ink))
    return BadgeBox(QRectF(0, 0, width, height), tuple(runs))


@dataclass(frozen=True, slots=True)
class Gap:
    """The room between two lanes, in which badges may lie."""

    left: float
    right: float
    top: float
    bottom: float

    def holds(self, point: Point) -> bool:
        """Whether an arrow is inside the gap here."""
        return self.left - 1 <= point[0] <= self.right + 1


def place_badges(
    badges: dict[str, BadgeBox], lines: dict[str, list[Point]], gap: Gap, look: Look
) -> dict[str, tuple[QRectF, Leader | None]]:
    """Puts the badges of one gap where they cover no other badge and, if it can be, no foreign line.

    ``lines``: all arrows as points. A badge that could not stay on its arrow comes with a leader.
    """
    inside = {guid: [point for point in line if gap.holds(point)] for guid, line in lines.items()}
    boxes: dict[str, Box] = {}
    order = sorted(badges, key=lambda guid: _middle(inside[guid])[1])
    for _round in range(2):
        for guid in order:
            near = _Neighbours(
                boxes=[box for other, box in boxes.items() if other != guid],
                lines=[
                    (min(y for _x, y in line), max(y for _x, y in line), line)
                    for other, line in inside.items()
                    if other != guid and line
                ],
                air=look.px(4),
            )
            boxes[guid] = _best(badges[guid].rect, inside[guid], near, gap, look)
    return {guid: _with_leader(boxes[guid], inside[guid], look) for guid in badges}


@dataclass(frozen=True, slots=True)
class _Neighbours:
    boxes: list[Box]
    lines: list[tuple[float, float, list[Point]]]  # uppermost, lowest, points
    air: float

    def hit(self, box: Box) -> bool:
        """Whether ``box`` touches another badge."""
        air = self.air
        left, top, right, bottom = box[0] - air, box[1] - air, box[2] + air, box[3] + air
        for one_left, one_top, one_right, one_bottom in self.boxes:
            if left < one_right and one_left < right and top < one_bottom and one_top < bottom:
                return True
        return False

    def covered(self, box: Box, most: float) -> int:
        """How many foreign arrows ``box`` covers; nobody asks further than to ``most``."""
        left, top, right, bottom = box
        count = 0
        for uppermost, lowest, points in self.lines:
            if uppermost > bottom or lowest < top:
                continue
            for x, y in points:
                if left <= x <= right and top <= y <= bottom:
                    count += 1
                    if count >= most:
                        return count
                    break
        return count


def _best(size: QRectF, line: Sequence[Point], near: _Neighbours, gap: Gap, look: Look) -> Box:
    """The cheapest place: on the line, near the middle of the gap, over no other line."""
    width, height = size.width(), size.height()
    centre = (gap.left + gap.right) / 2
    lowest, highest = gap.left + width / 2 + look.px(10), gap.right - width / 2 - look.px(10)
    if lowest > highest:
        lowest = highest = centre
    top = gap.top + near.air + height / 2
    bottom = max(top, gap.bottom - height / 2)
    best: tuple[float, Box] | None = None
    for aside in (0.0, *(sign * step * look.px(8) for step in range(1, 60) for sign in (1, -1))):
        if best is not None and abs(aside) * _OFF > best[0]:
            break
        for x, y in (line[6:-6:4] or line) if aside else (line[2:-2] or line):
            middle = min(max(x, lowest), highest)
            height_at = min(max(y + aside, top), bottom)
            cost = (abs(middle - x) + abs(height_at - y)) * _OFF + abs(middle - centre) * _ASIDE
            if best is not None and cost >= best[0]:
                continue
            box = middle - width / 2, height_at - height / 2, middle + width / 2, height_at + height / 2
            if near.hit(box):
                continue
            most = inf if best is None else (best[0] - cost) / _COVERING
            cost += _COVERING * near.covered(box, most)
            if best is None or cost < best[0]:
                best = cost, box
    return best[1] if best is not None else _free(size, _middle(line)[1], near, (lowest, centre, highest))


def _free(size: QRectF, wish: float, near: _Neighbours, columns: Sequence[float]) -> Box:
    """The nearest place that no badge holds; below all of them there is always one."""
    half, tall = size.width() / 2, size.height()
    beside = [other[3] + near.air * 1.5 for other in near.boxes]
    boxes = [(x - half, top, x + half, top + tall) for x in columns for top in beside]
    free = [box for box in boxes if not near.hit(box)]
    return min(free, key=lambda box: abs(box[1] + tall / 2 - wish))


def _middle(line: Sequence[Point]) -> Point:
    return line[len(line) // 2] if line else (0.0, 0.0)


def _crosses(points: Sequence[Point], box: Box) -> bool:
    left, top, right, bottom = box
    return any(left <= x <= right and top <= y <= bottom for x, y in points)


def _with_leader(box: Box, line: Sequence[Point], look: Look) -> tuple[QRectF, Leader | None]:
    """The place of a badge; with a thin line to its arrow where it does not lie on it."""
    left, top, right, bottom = box
    rect = QRectF(left, top, right - left, bottom - top)
    if not line or _crosses(line, (left - 1, top - 1, right + 1, bottom + 1)):
        return rect, None
    nearest = min(line, key=lambda p: abs(p[0] - rect.center().x()) + abs(p[1] - rect.center().y()))
    x = min(max(nearest[0], left + look.px(6)), right - look.px(6))
    edge = bottom if nearest[1] > rect.center().y() else top
    return rect, (QPointF(*nearest), QPointF(x, edge))
