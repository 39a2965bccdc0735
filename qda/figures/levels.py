"""The conditional/consequential matrix as a picture: levels as frames around the action.

Slots are columns through all frames, so that conditions stand at the left and consequences at the right on
every level. A path is drawn from chip to chip, from within outwards.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from qda.figures.lettering import elided, wrapped
from qda.figures.painting import Look, Style, TextRun, paint_runs

_PAD: Final = 10.0  # from frame to frame
_GAP: Final = 6.0
_EDGE: Final = 5.0
_RADIUS: Final = 14.0
_TITLE: Final = 24.0  # the line with a level's name
_THIN: Final = 21.0  # a level on which nothing lies
_HEADS: Final = 30.0


@dataclass(frozen=True, slots=True)
class LevelChip:
    """A placed code. ``column``: the number of its slot; ``note``: a minor second line."""

    key: str
    name: str
    colour: int
    column: int
    note: str = ""
    in_vivo: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """A level with its codes."""

    key: str
    name: str
    chips: tuple[LevelChip, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A piece of a path, from chip to chip (keys); ``strong``: the passage itself says so."""

    start: str
    end: str
    arrow_at_end: bool = True
    strong: bool = False


@dataclass(frozen=True, slots=True)
class LevelsFigure:
    """Rings from the action outwards, columns from left to right, and a path."""

    columns: tuple[str, ...]
    rings: tuple[Ring, ...]
    ways: tuple[Way, ...] = ()
    begins: tuple[str, ...] = ()  # chips with which the path begins

    def arrange(self, *, width: float, look: Look) -> "LevelsLayout":
        """Lays the frames out; the picture grows in height."""
        return _Setter(self, width, look).layout()


@dataclass(frozen=True, slots=True)
class ChipBox:
    """A chip where it is painted."""

    chip: LevelChip
    ring: str
    rect: QRectF
    runs: tuple[TextRun, ...]
    on_path: bool
    begins: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A level where it is painted, outermost first."""

    key: str
    rect: QRectF
    shaded: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of the path where it is painted, with the corners of its arrowhead."""

    path: QPainterPath
    head: tuple[QPointF, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class LevelsLayout:
    """The picture laid out for a width."""

    look: Look
    width: float
    height: float
    frames: tuple[Frame, ...]
    boxes: tuple[ChipBox, ...]
    runs: tuple[TextRun, ...]
    strokes: tuple[Stroke, ...]

    @property
    def size(self) -> QSizeF:
        """Width and height in layout units."""
        return QSizeF(self.width, self.height)

    def chip_at(self, at: QPointF) -> ChipBox | None:
        """The chip under a point."""
        return next((box for box in self.boxes if box.rect.contains(at)), None)

    def ring_at(self, at: QPointF) -> str | None:
        """The level (key) under a point: the innermost frame that holds it."""
        held = [frame.key for frame in self.frames if frame.rect.contains(at)]
        return held[-1] if held else None

    def box(self, key: str) -> ChipBox | None:
        """The first box of a chip."""
        return next((box for box in self.boxes if box.chip.key == key), None)

    def paint(self, painter: QPainter) -> None:
        """Paints the whole picture, its ground included, from (0, 0)."""
        painter.fillRect(QRectF(0, 0, self.width, self.height), QColor(self.look.palette.paper))
        self.paint_frames(painter)
        for box in self.boxes:
            paint_chip_box(painter, box, self.look)

    def paint_frames(self, painter: QPainter, *, lit: str | None = None) -> None:
        """Frames, names and path; ``lit``: the level onto which something is dragged."""
        palette = self.look.palette
        for frame in self.frames:
            target = lit is not None and frame.key == lit
            painter.setBrush(QColor(palette.panel if frame.shaded else palette.paper))
            ink, wide = (palette.accent, 2.0) if target else (palette.quiet_frame, 1.0)
            painter.setPen(QPen(QColor(ink), self.look.px(wide)))
            radius = self.look.px(_RADIUS)
            painter.drawRoundedRect(frame.rect, radius, radius)
        paint_runs(painter, self.runs, self.look)
        for stroke in self.strokes:
            thick = self.look.px(2.5 if stroke.strong else 1.5)
            painter.setPen(QPen(QColor(palette.accent), thick))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(stroke.path)
            if stroke.head:
                painter.setBrush(QColor(palette.accent))
                painter.drawPolygon(list(stroke.head))


def paint_chip_box(
    painter: QPainter, box: ChipBox, look: Look, *, current: bool = False, hovered: bool = False
) -> None:
    """One code with its coloured edge; thicker where the path goes through it."""
    palette = look.palette
    ground = palette.list_selection if current else palette.hover if hovered else palette.paper
    painter.setBrush(QColor(ground))
    ink = palette.accent if box.on_path or current else palette.quiet_frame
    painter.setPen(QPen(QColor(ink), look.px(2 if box.begins or current else 1)))
    painter.drawRect(box.rect)
    edge = QRectF(box.rect.left(), box.rect.top(), look.px(_EDGE), box.rect.height())
    painter.fillRect(edge, palette.code(box.chip.colour))
    paint_runs(painter, box.runs, look)


class _Setter:
    def __init__(self, figure: LevelsFigure, width: float, look: Look) -> None:
        self.figure, self.width, self.look = figure, width, look
        self.pad = look.px(_PAD)
        self.margin = look.px(look.margin)
        self.inset = self.margin + self.pad * len(figure.rings)
        count = max(1, len(figure.columns))
        self.column = (width - 2 * self.inset) / count
        self.path = {key for way in figure.ways for key in (way.start, way.end)} | set(figure.begins)
        self.runs: list[TextRun] = []
        self.boxes: list[ChipBox] = []

    def layout(self) -> LevelsLayout:
        y = self._heads()
        tops: list[tuple[Ring, float, float]] = []
        for depth, ring in enumerate(reversed(self.figure.rings)):  # the outermost first
            left = self.margin + self.pad * depth
            top = y
            y = self._ring(ring, left, y)
            tops.append((ring, left, top))
        frames = []
        bottom = y
        for number, (ring, left, top) in enumerate(reversed(tops)):  # the innermost closes first
            bottom += self.look.px(4) if number else 0
            frames.append((ring, left, top, bottom))
        shown = tuple(
            Frame(ring.key, QRectF(left, top, self.width - 2 * left, bottom - top), number % 2 == 0)
            for number, (ring, left, top, bottom) in enumerate(reversed(frames))
        )
        height = bottom + self.margin
        return LevelsLayout(
            self.look,
            self.width,
            height,
            shown,
            tuple(self.boxes),
            tuple(self.runs),
            tuple(self._strokes()),
        )

    def _heads(self) -> float:
        metrics = self.look.metrics(Style.STRONG)
        for number, name in enumerate(self.figure.columns):
            words = elided(name, self.column - self.pad, metrics)
            left = self.inset + number * self.column + self.look.px(2)
            self.runs.append(TextRun(words, left, self.margin + metrics.ascent(), Style.STRONG, "text"))
        return self.margin + self.look.px(_HEADS)

    def _ring(self, ring: Ring, left: float, top: float) -> float:
        look = self.look
        style = Style.SMALL_STRONG if ring.chips else Style.SMALL
        metrics = look.metrics(style)
        ink = "secondary" if ring.chips else "minor"
        baseline = top + look.px(4) + metrics.ascent()
        self.runs.append(TextRun(ring.name, left + self.pad, baseline, style, ink))
        if not ring.chips:
            return top + look.px(_THIN)
        y = top + look.px(_TITLE)
        bottom = y
        for number in range(max(1, len(self.figure.columns))):
            at = y
            for chip in ring.chips:
                if chip.column == number:
                    at = self._chip(chip, ring.key, at) + look.px(_GAP)
            bottom = max(bottom, at)
        return bottom + look.px(2)

    def _chip(self, chip: LevelChip, ring: str, top: float) -> float:
        look = self.look
        left = self.inset + chip.column * self.column
        wide = min(self.column - self.pad, look.px(260))
        style = Style.IN_VIVO if chip.in_vivo else Style.TITLE
        runs: list[TextRun] = []
        y = top + look.px(4)
        inner = left + look.px(_EDGE + 7)
        room = wide - look.px(_EDGE + 14)
        for text, face, ink, most in (
            (chip.name, style, "text", 2),
            (chip.note, Style.SMALL, "secondary", 1),
        ):
            metrics = look.metrics(face)
            for line in wrapped(text, room, metrics, most=most) if text else ():
                runs.append(TextRun(line, inner, y + metrics.ascent(), face, ink))
                y += metrics.height()
        y += look.px(4)
        rect = QRectF(left, top, wide, y - top)
        begins = chip.key in self.figure.begins
        self.boxes.append(ChipBox(chip, ring, rect, tuple(runs), chip.key in self.path, begins))
        return y

    def _strokes(self) -> list[Stroke]:
        places = {box.chip.key: box.rect for box in self.boxes}
        return [
            self._stroke(places[way.start], places[way.end], way)
            for way in self.figure.ways
            if way.start in places and way.end in places
        ]

    def _stroke(self, start: QRectF, end: QRectF, way: Way) -> Stroke:
        """Leaves and arrives at the sides that face each other, so that no box is crossed at its ends."""
        reach = self.look.px(34)
        if abs(start.center().x() - end.center().x()) < 1:  # in one column: round the right side
            a = QPointF(start.right(), start.center().y())
            b = QPointF(end.right(), end.center().y())
            out, into = QPointF(reach, 0), QPointF(reach, 0)
        elif start.center().x() < end.center().x():
            a, b = QPointF(start.right(), start.center().y()), QPointF(end.left(), end.center().y())
            out, into = QPointF(reach, 0), QPointF(-reach, 0)
        else:
            a, b = QPointF(start.left(), start.center().y()), QPointF(end.right(), end.center().y())
            out, into = QPointF(-reach, 0), QPointF(reach, 0)
        path = QPainterPath(a)
        path.cubicTo(a + out, b + into, b)
        tip, toward = (b, into) if way.arrow_at_end else (a, out)
        size = self.look.px(7)
        side = 1 if toward.x() > 0 else -1
        head = (
            tip,
            tip + QPointF(side * size, -size * 0.5),
            tip + QPointF(side * size, size * 0.5),
        )
        return Stroke(path, head, way.strong)
