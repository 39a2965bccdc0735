"""New codes per transcript as a curve: a point for each transcript, its count above, its number below.

The transcripts of the base stand on a tinted ground. The axis begins at zero; nothing is smoothed.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from qda.figures.lettering import wrapped
from qda.figures.painting import Look, Style, TextRun, paint_runs

HIGH: Final = 130.0  # what the highest count takes
_NAMED: Final = 64.0  # room below a point from which its transcript is named
_POINT: Final = 3.5
_LINES: Final = 3
_LINE: Final = 16.0


@dataclass(frozen=True, slots=True)
class Step:
    """A transcript: its name and how many codes are new in it."""

    name: str
    new: int


@dataclass(frozen=True, slots=True)
class NewCodesFigure:
    """The curve.

    ``base``: so many first transcripts are the base, named ``base_title`` (0: none); ``high``: what the
    highest count takes, in pixels of the drawings.
    """

    steps: tuple[Step, ...]
    base: int = 0
    base_title: str = ""
    high: float = HIGH

    def arrange(self, *, width: float, look: Look) -> "NewCodesLayout":
        """Lays the curve out for ``width`` layout units."""
        margin, small = look.px(look.margin), look.metrics(Style.SMALL)
        wide = (width - 2 * margin) / max(1, len(self.steps))
        named = wide >= look.px(_NAMED)
        names = tuple(
            tuple(wrapped(one.name, wide - look.px(8), small, most=_LINES)) if named else (str(at),)
            for at, one in enumerate(self.steps, 1)
        )
        top = margin + look.px(2 * _LINE + 8)
        floor = top + look.px(self.high)
        lines = max((len(some) for some in names), default=1)
        height = floor + look.px(8 + lines * _LINE) + margin
        most = max((one.new for one in self.steps), default=0) or 1
        points = tuple(
            QPointF(margin + (at + 0.5) * wide, floor - one.new / most * (floor - top))
            for at, one in enumerate(self.steps)
        )
        return NewCodesLayout(self, look, QSizeF(width, height), wide, top, floor, points, names)


@dataclass(frozen=True, slots=True)
class NewCodesLayout:
    """The curve laid out: where its points are, and what stands below them."""

    figure: NewCodesFigure
    look: Look
    size: QSizeF
    wide: float
    top: float
    floor: float
    points: tuple[QPointF, ...]
    names: tuple[tuple[str, ...], ...]

    def paint(self, painter: QPainter) -> None:
        """Paints the whole picture, its ground included, from (0, 0)."""
        look, palette = self.look, self.look.palette
        margin = look.px(look.margin)
        painter.fillRect(QRectF(QPointF(0, 0), self.size), QColor(palette.paper))
        base = min(self.figure.base, len(self.points))
        if base:
            ground = QRectF(margin, margin, base * self.wide, self.floor - margin)
            painter.fillRect(ground, QColor(palette.panel))
        painter.setPen(QPen(QColor(palette.quiet_frame), look.px(1)))
        painter.drawLine(QPointF(margin, self.floor), QPointF(self.size.width() - margin, self.floor))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.text), look.px(1.6)))
        painter.drawPolyline(QPolygonF(list(self.points)))
        painter.setBrush(QColor(palette.text))
        for point in self.points:
            painter.drawEllipse(point, look.px(_POINT), look.px(_POINT))
        painter.restore()
        paint_runs(painter, self.runs(), look)

    def runs(self) -> tuple[TextRun, ...]:
        """All that is written: the base, counts above the points, names or numbers below."""
        look, small = self.look, self.look.metrics(Style.SMALL)
        found = []
        if self.figure.base and self.figure.base_title and self.points:
            left = look.px(look.margin) + look.px(6)
            baseline = look.px(look.margin) + look.px(_LINE)
            found.append(TextRun(self.figure.base_title, left, baseline, Style.SMALL, "secondary"))
        room = max((small.horizontalAdvance(some[0]) for some in self.names), default=0.0) + look.px(4)
        every = max(1, round(room / self.wide + 0.5)) if room > self.wide else 1
        for at, (point, step) in enumerate(zip(self.points, self.figure.steps, strict=True)):
            count = str(step.new)
            if small.horizontalAdvance(count) <= self.wide:
                x = point.x() - small.horizontalAdvance(count) / 2
                found.append(TextRun(count, x, point.y() - look.px(8), Style.SMALL_STRONG, "text"))
            if at % every == 0:
                for line, words in enumerate(self.names[at]):
                    x = point.x() - small.horizontalAdvance(words) / 2
                    baseline = self.floor + look.px(4 + (line + 1) * _LINE) - small.descent()
                    found.append(TextRun(words, x, baseline, Style.SMALL, "text"))
        return tuple(found)
