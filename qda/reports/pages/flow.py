"""What stands on pages, before it is broken into pages: lines, rows, pictures, one below the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QImage, QPaintEngine, QPainter

from qda.reports import docx_styles as look
from qda.reports.docx_table import column_widths
from qda.reports.model import Align, Cell, Column, Figure, Table
from qda.reports.pages.hyphens import whole
from qda.reports.pages.letters import Line, Manner, Piece, lines
from qda.reports.svg import harmless
from qda.reports.text import colour, one_line

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

Paint = Callable[[QPainter, float, float], None]

_CELL: Final = 9.5
_CELL_SPREAD: Final = 1.08
_ABOVE: Final = 60
_LINE: Final = 7  # what the rule adds to a row
_GAP: Final = 170
_INDENT: Final = 227
_WHOLE_UP_TO: Final = 6
_RULES: Final = {
    "heavy": (20, look.TEXT_COLOUR),
    "head": (15, look.TEXT_COLOUR),
    "thin": (10, look.LINE_COLOUR),
}


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is not broken across pages.

    ``before`` and ``after`` are the least room to its neighbours, none at the top of a page. ``keep``: it
    stays with the next item. ``head`` is painted above it where it begins a page (the head of its table).
    ``section`` names the section, table or figure that begins here, ``leads_to`` the section that a line of
    the contents is for. ``lines``: the lines in it, each with where it stands from the item's corner.
    """

    height: float
    paint: Paint
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    new_page: bool = False
    landscape: bool = False
    head: "Item | None" = None
    section: str = ""
    leads_to: str = ""
    placeholders: int = 0
    words: str = ""
    lines: tuple[tuple[Line, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph stands: room around it, distance of lines (in 240ths), margins, what it stays with.

    ``bound``: it belongs to a number or mark at its left, whichever way it runs.
    """

    before: float = 0.0
    after: float = 0.0
    line: int = 240
    left: float = 0.0
    right: float = 0.0
    hanging: float = 0.0
    align: Align = "left"
    keep: bool = False
    whole: bool = False
    bound: bool = False


def paragraph(pieces: list[Piece], shape: Shape, *, width: float) -> list[Item]:
    """A paragraph as its lines; the first two and the last two stay together."""
    room = width - shape.left - shape.right
    spread = shape.line / 240
    made = lines(pieces, room, spread=spread, align=shape.align, hanging=shape.hanging, bound=shape.bound)
    items = []
    for at, line in enumerate(made):
        first, last = at == 0, at == len(made) - 1
        tied = shape.keep if last else shape.whole or shape.keep or first or at == len(made) - 2
        items.append(
            Item(
                line.height,
                _at(line, shape.left),
                before=shape.before if first else 0.0,
                after=shape.after if last else 0.0,
                keep=tied,
                placeholders=line.placeholders,
                words=whole((line.words,)),
                lines=((line, shape.left, 0.0),),
            )
        )
    return items


def _at(line: Line, left: float) -> Paint:
    return lambda painter, x, y: line.paint(painter, x + left, y)


def picture(figure: Figure, image: QImage, width: float, height: float) -> Item:
    """A picture at its size: on the screen its dots, on paper its shapes where it has any."""
    shapes: list[QSvgRenderer | None] = []  # made where they are painted, when they are first needed

    def paint(painter: QPainter, x: float, y: float) -> None:
        area = QRectF(x, y, width, height)
        if painter.paintEngine().type() == QPaintEngine.Type.Pdf:
            if not shapes:
                shapes.append(_shapes(figure))
            if drawn := shapes[0]:
                drawn.render(painter, area)
                return
        painter.drawImage(area, image)

    return Item(height, paint, before=240, after=120, keep=True, words=figure.alt)


def _shapes(figure: Figure) -> "QSvgRenderer | None":
    from PySide6.QtSvg import QSvgRenderer

    if not (figure.svg and (svg := harmless(figure.svg))):
        return None
    found = QSvgRenderer(QByteArray(svg))
    return found if found.isValid() else None


# -- tables -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Set:
    """A cell's lines and where they begin."""

    lines: list[Line]
    x: float
    chip: str
    chip_x: float


def table(one: Table, pieces: Callable[[Cell], list[Piece]], *, width: int) -> Iterator[Item]:
    """A table as its rows; rows stay whole, a short table stays on one page unless its rows are texts."""
    if not one.columns:
        return
    widths = column_widths(one, width)
    head = _head(one, widths, width) if any(column.title for column in one.columns) else None
    if head:
        yield replace(head, keep=True)
    long = bool(one.most) or one.flowing  # as in Word
    together = len(one.rows) <= _WHOLE_UP_TO and not long
    for at, row in enumerate(one.rows):
        last = at == len(one.rows) - 1
        upper = "heavy" if at == 0 and head is None else ""
        made = _row(row, one.columns, widths, pieces)
        made = _ruled(made, width, upper=upper, lower="heavy" if last else "thin")
        group = len(row) == 1 and row[0].span >= len(one.columns) > 1
        edge = not long and at in (0, len(one.rows) - 2)  # no row stands alone on a page
        keep = not last and (together or edge or group)
        yield replace(made, head=head, keep=keep, after=200.0 if last else 0.0)


def _head(one: Table, widths: list[int], width: int) -> Item:
    titles = tuple(Cell() for _column in one.columns)
    words = {id(cell): column.title for cell, column in zip(titles, one.columns, strict=True)}
    bold = Manner(_CELL, bold=True)
    made = _row(titles, one.columns, widths, lambda cell: [Piece(one_line(words[id(cell)]), bold)])
    return _ruled(made, width, upper="heavy", lower="head")


def _row(
    row: tuple[Cell, ...],
    columns: tuple[Column, ...],
    widths: list[int],
    pieces: Callable[[Cell], list[Piece]],
) -> Item:
    sets: list[_Set] = []
    at, x = 0, 0.0
    for cell in row:
        if at >= len(columns):
            break
        span = max(1, min(cell.span, len(columns) - at))
        room = float(sum(widths[at : at + span]))
        align = columns[at].align if span == 1 else "left"
        after_figures = at > 0 and columns[at - 1].align == "right" and align == "left"
        chip = colour(cell.colour)
        inset = cell.indent * _INDENT + (_GAP if after_figures else 0)
        left = inset + (_INDENT if chip else 0)
        free = room - left - (_GAP if at + span < len(columns) else 0)
        sets.append(
            _Set(lines(pieces(cell), free, spread=_CELL_SPREAD, align=align), x + left, chip, x + inset)
        )
        at, x = at + span, x + room
    height = max((sum(line.height for line in one.lines) for one in sets), default=0.0)
    words = "\t".join(whole(line.words for line in one.lines) for one in sets)
    found = sum(line.placeholders for one in sets for line in one.lines)
    placed = tuple(_placed(sets))
    return Item(height + 2 * _ABOVE + _LINE, _paint_row(sets), placeholders=found, words=words, lines=placed)


def _placed(sets: list[_Set]) -> Iterator[tuple[Line, float, float]]:
    for one in sets:
        down = float(_ABOVE)
        for line in one.lines:
            yield line, one.x, down
            down += line.height


def _paint_row(sets: list[_Set]) -> Paint:
    def paint(painter: QPainter, x: float, y: float) -> None:
        for one in sets:
            down = y + _ABOVE
            if one.chip and one.lines:
                side = 110.0
                middle = down + one.lines[0].height / 2 - side / 2
                painter.fillRect(QRectF(x + one.chip_x, middle, side, side), QColor(f"#{one.chip}"))
            for line in one.lines:
                line.paint(painter, x + one.x, down)
                down += line.height

    return paint


def _ruled(row: Item, width: float, *, upper: str, lower: str) -> Item:
    """The row with its rules."""
    inner, height = row.paint, row.height

    def paint(painter: QPainter, x: float, y: float) -> None:
        inner(painter, x, y)
        for name, down in ((upper, y), (lower, y + height)):
            if name:
                thick, tint = _RULES[name]
                painter.fillRect(QRectF(x, down - thick / 2, width, thick), QColor(f"#{tint}"))

    return replace(row, paint=paint)
