"""The dimensional profile of a category: each property as an axis, below it one row a case with its dots.

A dot stands at a place at which the case was seen; a filled one is the passage in hand, a square one the case
as a whole. What was written in other words stands below the axis. Nothing is averaged.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qda.figures.lettering import elided, wrapped
from qda.figures.painting import Look, Style, TextRun, paint_runs

_ROW: Final = 24.0
_DOT: Final = 16.0
_NARROW: Final = 58.0  # below this a place has no room for its name; only the poles are named then
_GUTTER: Final = 0.24  # of the width, at most, for the names of the cases
_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class ProfileDot:
    """A case at a place; ``key`` names it for whoever is asked what lies there."""

    place: str
    letter: str
    key: str
    whole: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A case and its dots."""

    name: str
    dots: tuple[ProfileDot, ...]


@dataclass(frozen=True, slots=True)
class ProfileAxis:
    """A property with its named places; dots at other places were written in other words."""

    name: str
    places: tuple[str, ...]
    rows: tuple[ProfileRow, ...]


@dataclass(frozen=True, slots=True)
class ProfileFigure:
    """A category on all its properties; ``notes`` stand below (what a square is, say)."""

    axes: tuple[ProfileAxis, ...]
    notes: tuple[str, ...] = ()
    empty: str = ""  # what stands where nothing lies on a property yet

    def arrange(self, *, width: float, look: Look) -> "ProfileLayout":
        """Lays the picture out; it grows in height."""
        return _Layout(self, width, look).done()


@dataclass(frozen=True, slots=True)
class DotBox:
    """A dot where it is painted, or the line of words of one that has no place on the axis."""

    rect: QRectF
    dot: ProfileDot
    axis: str
    row: str
    words: bool = False


@dataclass(frozen=True, slots=True)
class ProfileLayout:
    """The picture laid out for a width."""

    look: Look
    width: float
    height: float
    runs: tuple[TextRun, ...]
    lines: tuple[tuple[QPointF, QPointF, str, float], ...]  # from, to, ink, thickness
    dots: tuple[DotBox, ...]

    @property
    def size(self) -> QSizeF:
        """Width and height in layout units."""
        return QSizeF(self.width, self.height)

    def dot_at(self, at: QPointF) -> DotBox | None:
        """The dot under a point, a little larger than it is painted."""
        reach = self.look.px(3)
        return next(
            (box for box in self.dots if box.rect.adjusted(-reach, -reach, reach, reach).contains(at)), None
        )

    def paint(self, painter: QPainter) -> None:
        """Paints the whole picture, its ground included, from (0, 0)."""
        painter.fillRect(QRectF(0, 0, self.width, self.height), QColor(self.look.palette.paper))
        self.paint_content(painter)

    def paint_content(self, painter: QPainter) -> None:
        """Paints it on whatever ground there is."""
        for first, last, ink, thick in self.lines:
            painter.setPen(QPen(QColor(getattr(self.look.palette, ink)), thick))
            painter.drawLine(first, last)
        for box in self.dots:
            if not box.words:
                paint_dot(painter, box, self.look)
        paint_runs(painter, self.runs, self.look)


def paint_dot(painter: QPainter, box: DotBox, look: Look, *, focused: bool = False) -> None:
    """One dot with its letter; ``focused`` has a ring."""
    palette, dot, rect = look.palette, box.dot, box.rect
    radius = look.px(3) if dot.whole else rect.height() / 2
    painter.setPen(QPen(QColor(palette.accent if dot.here else palette.secondary), look.px(1.5)))
    painter.setBrush(QColor(palette.accent if dot.here else palette.paper))
    painter.drawRoundedRect(rect, radius, radius)
    if focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(palette.accent), look.px(2)))
        reach = look.px(3)
        painter.drawRoundedRect(rect.adjusted(-reach, -reach, reach, reach), radius + reach, radius + reach)
    metrics = look.metrics(Style.SMALL_STRONG)
    left = rect.center().x() - metrics.horizontalAdvance(dot.letter) / 2
    baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
    ink = "paper" if dot.here else "text"
    paint_runs(painter, (TextRun(dot.letter, left, baseline, Style.SMALL_STRONG, ink),), look)


class _Layout:
    """Sets one axis below the other."""

    def __init__(self, figure: ProfileFigure, width: float, look: Look) -> None:
        self.figure, self.width, self.look = figure, width, look
        self.margin = look.px(look.margin)
        self.runs: list[TextRun] = []
        self.lines: list[tuple[QPointF, QPointF, str, float]] = []
        self.dots: list[DotBox] = []
        names = [row.name for axis in figure.axes for row in axis.rows]
        body = look.metrics(Style.SMALL)
        longest = max((body.horizontalAdvance(name) for name in names), default=0.0)
        self.left = self.margin + min(longest + look.px(10), (width - 2 * self.margin) * _GUTTER)
        self.right = width - self.margin
        self.y = self.margin

    def done(self) -> ProfileLayout:
        """All of it."""
        for at, axis in enumerate(self.figure.axes):
            self.y += self.look.px(14) if at else 0
            self._axis(axis)
        for note in self.figure.notes:
            self._words(note, Style.SMALL, "minor", self.margin)
        return ProfileLayout(
            self.look,
            self.width,
            self.y + self.margin,
            tuple(self.runs),
            tuple(self.lines),
            tuple(self.dots),
        )

    def _words(self, text: str, style: Style, ink: str, left: float) -> None:
        metrics = self.look.metrics(style)
        for line in wrapped(text, self.right - left, metrics, most=4):
            self.runs.append(TextRun(line, left, self.y + metrics.ascent(), style, ink))
            self.y += metrics.height()
        self.y += self.look.px(3)

    def _axis(self, axis: ProfileAxis) -> None:
        self._words(axis.name, Style.STRONG, "text", self.margin)
        if axis.places:
            self._places(axis.places)
        for row in axis.rows:
            self._row(axis, row)
        if not axis.rows and self.figure.empty:
            self._words(self.figure.empty, Style.SMALL, "minor", self.margin)

    def _x(self, at: int, count: int) -> float:
        return self.left + (at + 0.5) * (self.right - self.left) / count

    def _places(self, places: tuple[str, ...]) -> None:
        """The names of the places, and the axis below them with a stroke for each."""
        look, count = self.look, len(places)
        metrics = look.metrics(Style.SMALL)
        room = (self.right - self.left) / count
        if room < look.px(_NARROW) and count > 2:
            half = (self.right - self.left) / 2 - look.px(4)
            first = wrapped(places[0], half, metrics, most=2)
            last = wrapped(places[-1], half, metrics, most=2)
            for line, words in enumerate(first):
                self._label(words, self.left, line)
            for line, words in enumerate(last):
                self._label(words, self.right - metrics.horizontalAdvance(words), line)
            self.y += max(len(first), len(last)) * metrics.height()
        else:
            every = [wrapped(place, room - look.px(8), metrics, most=_LINES) for place in places]
            tallest = max(len(lines) for lines in every)
            for at, lines in enumerate(every):
                for line, words in enumerate(lines, tallest - len(lines)):
                    left = self._x(at, count) - metrics.horizontalAdvance(words) / 2
                    self._label(words, left, line)
            self.y += tallest * metrics.height()
        self.y += look.px(7)
        axis = (QPointF(self._x(0, count), self.y), QPointF(self._x(count - 1, count), self.y))
        self.lines.append((*axis, "control_frame", look.px(1.5)))
        for at in range(count):
            x, reach = self._x(at, count), look.px(3)
            ends = (QPointF(x, self.y - reach), QPointF(x, self.y + reach))
            self.lines.append((*ends, "control_frame", look.px(1.5)))
        self.y += look.px(6)

    def _label(self, words: str, left: float, line: int) -> None:
        metrics = self.look.metrics(Style.SMALL)
        baseline = self.y + line * metrics.height() + metrics.ascent()
        self.runs.append(TextRun(words, left, baseline, Style.SMALL, "secondary"))

    def _row(self, axis: ProfileAxis, row: ProfileRow) -> None:
        look, count = self.look, len(axis.places)
        height = look.px(_ROW)
        on_axis = [dot for dot in row.dots if dot.place in axis.places]
        others = [dot for dot in row.dots if dot.place not in axis.places]
        middle = self.y + height / 2
        metrics = look.metrics(Style.SMALL)
        name = elided(row.name, self.left - self.margin - look.px(6), metrics)
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        self.runs.append(TextRun(name, self.margin, baseline, Style.SMALL, "secondary"))
        if on_axis:
            xs = [self._x(axis.places.index(dot.place), count) for dot in on_axis]
            ends = (QPointF(self._x(0, count), middle), QPointF(self._x(count - 1, count), middle))
            self.lines.append((*ends, "separator", look.px(1)))
            if len(set(xs)) > 1:
                span = (QPointF(min(xs), middle), QPointF(max(xs), middle))
                self.lines.append((*span, "secondary", look.px(1.5)))
            for dot, x in zip(on_axis, xs, strict=True):
                self._dot(axis, row, dot, x, middle)
            self.y += height
        for dot in others:
            self._other(axis, row, dot)

    def _dot(self, axis: ProfileAxis, row: ProfileRow, dot: ProfileDot, x: float, middle: float) -> None:
        look = self.look
        side = look.px(_DOT)
        wide = max(side, look.metrics(Style.SMALL_STRONG).horizontalAdvance(dot.letter) + look.px(8))
        twins = sum(
            box.row == row.name and box.axis == axis.name and abs(box.rect.center().x() - x) < wide
            for box in self.dots
            if not box.words
        )
        x = min(max(x + twins * (wide + look.px(2)), self.left + wide / 2), self.right - wide / 2)
        rect = QRectF(x - wide / 2, middle - side / 2, wide, side)
        self.dots.append(DotBox(rect, dot, axis.name, row.name))

    def _other(self, axis: ProfileAxis, row: ProfileRow, dot: ProfileDot) -> None:
        """Words that are no place of the axis stand where the dots would."""
        top = self.y + self.look.px(3)
        self.y = top
        self._words(dot.place, Style.SMALL, "text", self.left)
        self.dots.append(
            DotBox(
                QRectF(self.left, top, self.right - self.left, self.y - top), dot, axis.name, row.name, True
            )
        )
