"""The typology grid of two properties: places as rows and columns, cases in cells; empty ones ask."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qda.figures.lettering import wrapped
from qda.figures.painting import Look, Style, TextRun, paint_runs

_HEAD: Final = 0.2  # of the width, for the places of the rows
_PAD: Final = 8.0
_LEAST: Final = 46.0  # the height of a row
_LINES: Final = 5


@dataclass(frozen=True, slots=True)
class TypeCell:
    """What stands in a cell: the type's name, the cases, how many passages (or nothing)."""

    name: str = ""
    cases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TypologyFigure:
    """The grid as plain data. ``spare_row`` and ``spare_column``: the last one is "not placed".

    ``question`` stands in cells without a case.
    """

    row_title: str
    column_title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[TypeCell, ...], ...]
    spare_row: bool = False
    spare_column: bool = False
    question: str = "?"
    notes: tuple[str, ...] = ()

    def arrange(self, *, width: float, look: Look) -> "TypologyLayout":
        """Lays the grid out; it grows in height."""
        return _arranged(self, width, look)


@dataclass(frozen=True, slots=True)
class CellBox:
    """A cell where it is painted, by the numbers of its row and column."""

    rect: QRectF
    row: int
    column: int
    runs: tuple[TextRun, ...]
    spare: bool


@dataclass(frozen=True, slots=True)
class TypologyLayout:
    """The grid laid out for a width."""

    look: Look
    width: float
    height: float
    runs: tuple[TextRun, ...]
    cells: tuple[CellBox, ...]

    @property
    def size(self) -> QSizeF:
        """Width and height in layout units."""
        return QSizeF(self.width, self.height)

    def cell_at(self, at: QPointF) -> CellBox | None:
        """The cell under a point."""
        return next((box for box in self.cells if box.rect.contains(at)), None)

    def cell(self, row: int, column: int) -> CellBox:
        """A cell by its numbers."""
        return next(box for box in self.cells if (box.row, box.column) == (row, column))

    def paint(self, painter: QPainter) -> None:
        """Paints the whole grid, its ground included, from (0, 0)."""
        painter.fillRect(QRectF(0, 0, self.width, self.height), QColor(self.look.palette.paper))
        for box in self.cells:
            paint_cell(painter, box, self.look)
        paint_runs(painter, self.runs, self.look)


def paint_cell(
    painter: QPainter, box: CellBox, look: Look, *, current: bool = False, hovered: bool = False
) -> None:
    """One cell: its ground, frame and texts."""
    palette = look.palette
    ground = palette.panel if box.spare else palette.paper
    if current or hovered:
        ground = palette.list_selection if current else palette.hover
    painter.setPen(QPen(QColor(palette.separator), look.px(1)))
    painter.setBrush(QColor(ground))
    painter.drawRect(box.rect)
    if current:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(palette.accent), look.px(2)))
        inner = look.px(1)
        painter.drawRect(box.rect.adjusted(inner, inner, -inner, -inner))
    paint_runs(painter, box.runs, look)


def _set(
    text: str, *, left: float, top: float, room: float, style: Style, ink: str, look: Look, most: int = _LINES
) -> tuple[list[TextRun], float]:
    """Lines of text from ``top`` on, and where they end."""
    metrics = look.metrics(style)
    runs = []
    for line in wrapped(text, room, metrics, most=most):
        runs.append(TextRun(line, left, top + metrics.ascent(), style, ink))
        top += metrics.height()
    return runs, top


def _cell_runs(cell: TypeCell, question: str, place: QRectF, look: Look) -> tuple[list[TextRun], float]:
    """What stands in a cell, from the top of ``place`` on, as wide as that; and where it ends."""
    parts = [
        (cell.name, Style.STRONG, "text"),
        (" · ".join(cell.cases), Style.BODY, "text"),
        (question if not cell.cases and not cell.name else "", Style.BODY, "minor"),
        (cell.note, Style.SMALL, "secondary"),
    ]
    runs: list[TextRun] = []
    at = place.top()
    for text, style, ink in parts:
        if text:
            more, at = _set(
                text, left=place.left(), top=at, room=place.width(), style=style, ink=ink, look=look
            )
            runs += more
    return runs, at


def _arranged(figure: TypologyFigure, width: float, look: Look) -> TypologyLayout:
    margin, pad = look.px(look.margin), look.px(_PAD)
    inner = width - 2 * margin
    head = inner * _HEAD
    wide = (inner - head) / max(1, len(figure.columns))
    runs, y = _heads(figure, margin, head, wide, look)
    boxes: list[CellBox] = []
    for row, place in enumerate(figure.rows):
        spare_row = figure.spare_row and row == len(figure.rows) - 1
        ink = "secondary" if spare_row else "text"
        named, bottom = _set(
            place, left=margin, top=y + pad, room=head - pad, style=Style.TITLE, ink=ink, look=look
        )
        runs += named
        filled = []
        for column, cell in enumerate(figure.cells[row]):
            left = margin + head + column * wide
            area = QRectF(left + pad, y + pad, wide - 2 * pad, 0)
            texts, low = _cell_runs(cell, figure.question, area, look)
            spare = spare_row or (figure.spare_column and column == len(figure.columns) - 1)
            filled.append((left, column, tuple(texts), spare))
            bottom = max(bottom, low)
        height = max(look.px(_LEAST), bottom + pad - y)
        boxes += [
            CellBox(QRectF(left, y, wide, height), row, column, texts, spare)
            for left, column, texts, spare in filled
        ]
        y += height
    y += pad
    for note in figure.notes:
        more, y = _set(note, left=margin, top=y, room=inner, style=Style.SMALL, ink="secondary", look=look)
        runs += more
        y += look.px(3)
    return TypologyLayout(look, width, y + margin, tuple(runs), tuple(boxes))


def _heads(
    figure: TypologyFigure, margin: float, head: float, wide: float, look: Look
) -> tuple[list[TextRun], float]:
    """The names of both properties and the places of the columns; and where the first row begins."""
    pad = look.px(_PAD)
    left = margin + head
    runs, y = _set(
        figure.column_title,
        left=left + pad,
        top=margin,
        room=wide * len(figure.columns) - pad,
        style=Style.STRONG,
        ink="text",
        look=look,
        most=2,
    )
    y += look.px(4)
    bottom = y
    for column, place in enumerate(figure.columns):
        spare = figure.spare_column and column == len(figure.columns) - 1
        more, low = _set(
            place,
            left=left + column * wide + pad,
            top=y,
            room=wide - 2 * pad,
            style=Style.TITLE,
            ink="secondary" if spare else "text",
            look=look,
        )
        runs += more
        bottom = max(bottom, low)
    metrics = look.metrics(Style.STRONG)
    lines = wrapped(figure.row_title, head - pad, metrics, most=3)
    top = max(margin, bottom - len(lines) * metrics.height())
    more, low = _set(
        figure.row_title,
        left=margin,
        top=top,
        room=head - pad,
        style=Style.STRONG,
        ink="text",
        look=look,
        most=3,
    )
    return [*runs, *more], max(bottom, low) + look.px(6)
