"""Lays a code map out: boxes as large as their words, lines from edge to edge, badges that cover nothing.

A box does not depend on its place: its words are set once. So a drag lays out only the lines at what moves.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter

from qda import i18n
from qda.figures.code_map import Box, CodeMapFigure, Face, Link
from qda.figures.lettering import elided, wrapped, wrapped_parts
from qda.figures.painting import Look, Style, TextRun

_LEAST, _CODE, _WIDE, _TEXT = 92.0, 176.0, 216.0, 232.0  # widths of the words in a box
_PAD: Final = 10.0
_BEFORE: Final = 5.0  # what the edge of a code takes at the left
_LINE, _SMALL_LINE = 18.0, 15.5
_TITLE_LINES, _WORD_LINES, _REMARK_LINES, _OWN_LINES = 3, 5, 3, 12
_BADGE: Final = 190.0
_BADGE_LINE, _BADGE_PAD = 15.0, 7.0
_ASIDE: Final = 54.0  # between lines that join the same two boxes
_BESIDE: Final = (4.0, 20.0, 36.0)  # points between a line and its badge where there is no room on it
_PLACES: Final = (0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72)  # where along a line its badge may lie
_QUOTES: Final = {"de": ("„", "“"), "en": ("“", "”")}


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A face, set: its size and its lines of text, from its corner."""

    width: float
    height: float
    runs: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box at its place in the picture."""

    box: Box
    rect: QRectF
    face: FaceBox


@dataclass(frozen=True, slots=True)
class BadgeText:
    """What stands on a line; ``runs`` count from the corner of ``size``."""

    size: QSizeF
    runs: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A line at its place: a curve of three points; ``badge`` is where its words are, ``at`` how far on."""

    link: Link
    start: QPointF
    control: QPointF
    end: QPointF
    text: BadgeText | None
    badge: QRectF
    at: float


def shown_title(face: Face) -> str:
    """The title: the words of a speaker in quotation marks."""
    if not face.in_vivo or face.title[:1] in '„“”"«»':
        return face.title
    before, behind = _QUOTES[i18n.language()]
    return f"{before}{face.title}{behind}"


# -- boxes --------------------------------------------------------------------------------------------------


class _Setting:
    """Sets the words of one face, line by line."""

    def __init__(self, look: Look, left: float, room: float) -> None:
        self.look, self.left, self.room = look, left, room
        self.y = look.px(8)
        self.widest = 0.0
        self.runs: list[TextRun] = []

    def add(self, words: str, style: Style, ink: str, *, most: int, beside: float = 0.0) -> None:
        """Adds lines below what is there."""
        if not words.strip():
            return
        metrics = self.look.metrics(style)
        small = style in (Style.SMALL, Style.SMALL_STRONG)
        step = self.look.px(_SMALL_LINE if small else _LINE)
        lines = [
            line
            for part in words.rstrip().splitlines()
            for line in wrapped(part, self.room, metrics, most=most, beside=beside)
        ]
        if len(lines) > most:
            lines[most - 1] = elided(f"{lines[most - 1]} … …", self.room, metrics).rstrip(" …") + " …"
        for number, line in enumerate(lines[:most]):
            baseline = self.y + (step + metrics.ascent() - metrics.descent()) / 2
            self.runs.append(TextRun(line, self.left, baseline, style, ink))
            own = metrics.horizontalAdvance(line) + (beside if not number else 0)
            self.widest = max(self.widest, own)
            self.y += step


@lru_cache(maxsize=4096)
def face_box(face: Face, look: Look) -> FaceBox:
    """A face with its words set."""
    px = look.px
    left = px(_PAD + (_BEFORE if face.kind in ("code", "segment") else 0))
    wide = {"code": _CODE, "case": _CODE, "text": _TEXT}.get(face.kind, _WIDE)
    page = _Setting(look, left, px(wide))
    page.add(face.note, Style.SMALL, "minor", most=1)
    if face.kind == "text":
        page.add(face.title, Style.BODY, "text", most=_OWN_LINES)
    else:
        _title(page, face)
    quoted = face.kind == "segment"
    page.add(
        face.words, Style.BODY if quoted else Style.SMALL, "text" if quoted else "secondary", most=_WORD_LINES
    )
    page.add(face.place, Style.SMALL, "secondary", most=2)
    page.add(face.subline, Style.SMALL, "secondary", most=2)
    page.add(face.remark, Style.SMALL, "text", most=_REMARK_LINES)
    width = max(px(_LEAST), page.widest + left + px(_PAD))
    runs = tuple(_at_right(run, width, look) for run in page.runs)
    return FaceBox(width, page.y + px(8), runs)


def _title(page: _Setting, face: Face) -> None:
    style = Style.IN_VIVO if face.in_vivo else Style.STRONG if face.strong else Style.TITLE
    if face.count is None:
        page.add(shown_title(face), style, "text", most=_TITLE_LINES)
        return
    figure = str(face.count)
    beside = page.look.metrics(Style.BODY).horizontalAdvance(figure) + page.look.px(10)
    top = page.y
    page.add(shown_title(face), style, "text", most=_TITLE_LINES, beside=beside)
    metrics = page.look.metrics(Style.BODY)
    baseline = top + (page.look.px(_LINE) + metrics.ascent() - metrics.descent()) / 2
    page.runs.append(TextRun(figure, -1.0, baseline, Style.BODY, "secondary"))


def _at_right(run: TextRun, width: float, look: Look) -> TextRun:
    """The figure of a code goes to the right edge, once the width is known."""
    if run.x >= 0:
        return run
    x = width - look.px(_PAD) - look.metrics(run.style).horizontalAdvance(run.text)
    return TextRun(run.text, x, run.baseline, run.style, run.ink)


def placed(box: Box, look: Look) -> PlacedBox:
    """A box at its place."""
    face = face_box(box.face, look)
    middle = QPointF(look.px(box.x), look.px(box.y))
    rect = QRectF(middle.x() - face.width / 2, middle.y() - face.height / 2, face.width, face.height)
    return PlacedBox(box, rect, face)


# -- lines --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def badge_text(link: Link, look: Look) -> BadgeText | None:
    """The words on a line, set; none where it has none."""
    room = look.px(_BADGE)
    head = Style.SMALL_STRONG if link.is_relation else Style.SMALL
    lines = [
        (line, head, "text")
        for line in (wrapped(link.label, room, look.metrics(head), most=3) if link.label else ())
    ]
    inks = ["text", *["secondary"] * len(link.badge)]
    for text, ink in zip(link.badge, inks, strict=False):
        parts = wrapped_parts(text, room, look.metrics(Style.SMALL))
        lines += [(line, Style.SMALL, ink) for line in parts]
    if not lines:
        return None
    wide = max(look.metrics(style).horizontalAdvance(text) for text, style, _ink in lines)
    width, step = wide + 2 * look.px(_BADGE_PAD), look.px(_BADGE_LINE)
    runs = tuple(
        TextRun(
            text,
            (width - look.metrics(style).horizontalAdvance(text)) / 2,
            look.px(14) + row * step,
            style,
            ink,
        )
        for row, (text, style, ink) in enumerate(lines)
    )
    return BadgeText(QSizeF(width, len(lines) * step + look.px(6)), runs)


def sides(links: Iterable[Link]) -> dict[str, float]:
    """How far each line bows aside (in steps), so that lines between the same boxes lie apart."""
    pairs: dict[frozenset[str], list[Link]] = defaultdict(list)
    for link in links:
        pairs[frozenset((link.start, link.end))].append(link)
    found = {}
    for same in pairs.values():
        for number, link in enumerate(same):
            step = number - (len(same) - 1) / 2
            found[link.guid] = step if link.start <= link.end else -step
    return found


def route(
    link: Link, start: QRectF, end: QRectF, look: Look, *, side: float = 0.0, at: float = 0.5
) -> PlacedLink:
    """A line from edge to edge, with its words ``at`` that part of it."""
    one, other = start.center(), end.center()
    dx, dy = other.x() - one.x(), other.y() - one.y()
    long = math.hypot(dx, dy) or 1.0
    bow = side * 2 * look.px(_ASIDE)
    control = QPointF(
        (one.x() + other.x()) / 2 - dy / long * bow, (one.y() + other.y()) / 2 + dx / long * bow
    )
    towards_end = control if side else other
    towards_start = control if side else one
    first, last = edge_point(start, towards_end), edge_point(end, towards_start)
    if not side:
        control = (first + last) / 2
    text = badge_text(link, look)
    placed_link = PlacedLink(link, first, control, last, text, QRectF(), at)
    return with_badge_at(placed_link, at)


def with_badge_at(line: PlacedLink, at: float) -> PlacedLink:
    """The same line with its words elsewhere along it."""
    if line.text is None:
        return line
    middle, size = point_at(line, at), line.text.size
    rect = QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width(), size.height())
    return PlacedLink(line.link, line.start, line.control, line.end, line.text, rect, at)


def point_at(line: PlacedLink, at: float) -> QPointF:
    """A point of the curve; 0 is its beginning, 1 its end."""
    back = 1 - at
    return line.start * (back * back) + line.control * (2 * back * at) + line.end * (at * at)


def edge_point(rect: QRectF, towards: QPointF) -> QPointF:
    """Where the line from the middle of a box to a point leaves the box."""
    middle = rect.center()
    dx, dy = towards.x() - middle.x(), towards.y() - middle.y()
    across = rect.width() / 2 / abs(dx) if dx else math.inf
    along = rect.height() / 2 / abs(dy) if dy else math.inf
    share = min(across, along)
    return middle if math.isinf(share) else QPointF(middle.x() + dx * share, middle.y() + dy * share)


def routes(
    links: Sequence[Link],
    rects: Mapping[str, QRectF],
    look: Look,
    *,
    before: Mapping[str, PlacedLink] | None = None,
) -> dict[str, PlacedLink]:
    """All lines; the words of each lie where they cover no box and no other words, if that can be.

    ``before``: lines as they were; one that runs as it did keeps its words where they are.
    """
    aside, known = sides(links), before or {}
    made, new = {}, set()
    for link in links:
        guid = link.guid
        line = route(link, rects[link.start], rects[link.end], look, side=aside[guid])
        old = known.get(guid)
        if old is not None and old.link == link and (old.start, old.end) == (line.start, line.end):
            made[guid] = old
        else:
            made[guid] = line
            new.add(guid)
    return _spread(made, new, rects, look) if new else made


def _spread(
    made: dict[str, PlacedLink], new: set[str], rects: Mapping[str, QRectF], look: Look
) -> dict[str, PlacedLink]:
    """Finds places for the words of those lines that are new."""
    import numpy as np

    held = [*rects.values(), *(line.badge for guid, line in made.items() if line.text and guid not in new)]
    count = len(held)
    taken = np.empty((count + len(new), 4))
    for row, rect in enumerate(held):
        taken[row] = rect.left(), rect.top(), rect.right(), rect.bottom()
    air = look.px(2)
    for guid in [guid for guid in made if guid in new]:
        line = made[guid]
        if line.text is None:
            continue
        best, least = line, math.inf
        for tried in _tries(line, look):
            rect, here = tried.badge, taken[:count]
            wide = np.minimum(here[:, 2], rect.right() + air) - np.maximum(here[:, 0], rect.left() - air)
            tall = np.minimum(here[:, 3], rect.bottom() + air) - np.maximum(here[:, 1], rect.top() - air)
            covered = float((np.clip(wide, 0, None) * np.clip(tall, 0, None)).sum())
            if covered < least:
                best, least = tried, covered
            if not covered:
                break
        made[guid] = best
        taken[count] = best.badge.left(), best.badge.top(), best.badge.right(), best.badge.bottom()
        count += 1
    return made


def _tries(line: PlacedLink, look: Look) -> Iterator[PlacedLink]:
    """Where the words of a line may lie: along it, else beside its middle."""
    yield from (with_badge_at(line, at) for at in _PLACES)
    middle = with_badge_at(line, 0.5)
    run = line.end - line.start
    long = math.hypot(run.x(), run.y()) or 1.0
    across = QPointF(-run.y() / long, run.x() / long)
    half = abs(across.x()) * line.badge.width() / 2 + abs(across.y()) * line.badge.height() / 2
    for step in _BESIDE:
        for side in (-1, 1):
            by = across * (side * (half + look.px(step)))
            yield replace(middle, badge=middle.badge.translated(by))


# -- the whole picture --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MapPicture:
    """A map laid out for files: everything at its place, and by how much it is made smaller."""

    look: Look
    boxes: tuple[PlacedBox, ...]
    links: tuple[PlacedLink, ...]
    extent: QRectF
    factor: float

    @property
    def size(self) -> QSizeF:
        """Width and height in layout units."""
        return QSizeF(self.extent.width() * self.factor, self.extent.height() * self.factor)

    def paint(self, painter: QPainter) -> None:
        """Paints the whole map, its ground included, from (0, 0)."""
        from qda.figures.code_map_paint import paint

        painter.fillRect(QRectF(0, 0, self.size.width(), self.size.height()), QColor(self.look.palette.paper))
        painter.save()
        painter.scale(self.factor, self.factor)
        painter.translate(-self.extent.topLeft())
        paint(painter, self.boxes, self.links, self.look)
        painter.restore()


def _laid_out(figure: CodeMapFigure, look: Look) -> tuple[tuple[PlacedBox, ...], tuple[PlacedLink, ...]]:
    boxes = tuple(placed(box, look) for box in figure.boxes)
    rects = {one.box.guid: one.rect for one in boxes}
    return boxes, tuple(routes(figure.links, rects, look).values())


def extent_of(boxes: Iterable[PlacedBox], links: Iterable[PlacedLink]) -> QRectF:
    """What everything takes together; empty for nothing."""
    whole = QRectF()
    for box in boxes:
        whole = whole.united(box.rect)
    for line in links:
        bounds = QRectF(line.start, line.end).normalized()
        bend = point_at(line, 0.5)
        whole = whole.united(bounds.united(QRectF(bend.x(), bend.y(), 1, 1))).united(line.badge)
    return whole


def natural_size(figure: CodeMapFigure, look: Look) -> QSizeF:
    """The size of the map where nothing makes it smaller."""
    margin = look.px(look.margin)
    return extent_of(*_laid_out(figure, look)).adjusted(-margin, -margin, margin, margin).size()


def picture(figure: CodeMapFigure, *, width: float, look: Look) -> MapPicture:
    """The map no wider than ``width``."""
    boxes, links = _laid_out(figure, look)
    margin = look.px(look.margin)
    extent = extent_of(boxes, links).adjusted(-margin, -margin, margin, margin)
    return MapPicture(look, boxes, links, extent, min(1.0, width / extent.width()))
