"""A table of codes as a picture: data, and how it is laid out; painting is in ``matrix_paint``.

Heads stand at the left and on top; the window keeps them in view and paints only the cells that are seen,
files get the whole. A cell is told by a number, a bubble or a shade; codes over parts of a text by a curve or
by bars. Values come as an array, so that a table of a thousand codes is no thousand thousand objects.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFontMetricsF, QPainter

from qda.figures.lettering import elided, wrapped
from qda.figures.painting import PRINT_UNITS, Look, Style, ensure_gui, print_look
from qda.i18n import _, ngettext

Mark = Literal["number", "shade", "bubble", "yes", "curve", "bars"]
ALONG: Final = ("curve", "bars")
_MM: Final = 25.4
_ROW: Final = 24.0
_TALL_ROW: Final = 44.0
_CHIP: Final = 8.0
_INDENT: Final = 12.0
_PAD: Final = 8.0
_WIDE: Final = 84.0  # from this width on, names of columns lie flat
_WIDEST: Final = 150.0
_NARROW: Final = {"number": 30.0, "shade": 20.0, "bubble": 24.0, "yes": 20.0}
_HEAD: Final = (90.0, 300.0)  # least and greatest width of the heads of rows
_UPRIGHT: Final = 170.0  # the longest name that stands upright is cut here
_LINES: Final = 3
_LINE: Final = 16.0
_BAND: Final = 20.0
_LEGEND: Final = 34.0


@dataclass(frozen=True, slots=True)
class RowHead:
    """A code: its name, its colour (an index), how deep it stands in the tree, what it counts in all."""

    name: str
    colour: int = 0
    depth: int = 0
    totals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A document, case, code or part of a text. Columns of one ``band`` that follow each other share it."""

    name: str
    band: str = ""
    total: str = ""
    colour: int = 0


@dataclass(frozen=True)
class MatrixFigure:
    """A table as a picture. ``values`` has a row for each row and a column for each column.

    ``unit`` says what cells count ("Cases"), ``corner`` what rows and columns are, ``total_titles`` stand
    over the totals of rows. ``diagonal``: rows and columns are the same, the cells where they meet are set
    back. ``shares``: values are shares of 1 and read as per cent.
    """

    rows: tuple[RowHead, ...]
    columns: tuple[ColumnHead, ...]
    values: NDArray[Any] = field(repr=False)
    mark: Mark = "number"
    unit: str = ""
    corner: str = ""
    total_titles: tuple[str, ...] = ()
    diagonal: bool = False
    shares: bool = False

    def arrange(self, *, width: float, look: Look) -> "MatrixLayout":
        """Lays the table out for ``width``; where it does not do, the table is wider."""
        return lay_out(self, width, look)

    @cached_property
    def highest(self) -> float:
        """The greatest value beside the diagonal, at least 1 (of shares: as it is)."""
        values = self.values
        if self.diagonal and values.size:
            values = values * ~np.eye(len(values), dtype=np.bool_)
        most = float(values.max()) if values.size else 0.0
        return most if self.shares and most > 0 else max(1.0, most)

    def told(self, value: float) -> str:
        """A value as it is read."""
        return f"{value * 100:.0f} %" if self.shares else str(int(value))


@dataclass(frozen=True)
class MatrixLayout:
    """A table laid out. The cells begin at (``head_width``, ``head_height``)."""

    figure: MatrixFigure
    look: Look
    row_height: float
    column_width: float
    head_width: float
    head_height: float
    total_widths: tuple[float, ...]
    upright: bool
    band_height: float
    total_height: float
    legend_height: float

    @property
    def size(self) -> QSizeF:
        """The whole, with its margin and the legend."""
        across = self.head_width + self.column_width * len(self.figure.columns)
        down = self.head_height + self.row_height * len(self.figure.rows) + self.legend_height
        margin = 2 * self.look.px(self.look.margin)
        return QSizeF(max(across, self.look.px(240)) + margin, down + margin)

    def paint(self, painter: QPainter) -> None:
        """Paints the whole."""
        from qda.figures.matrix_paint import paint_all

        paint_all(painter, self)

    @cached_property
    def bands(self) -> tuple[tuple[int, int, str], ...]:
        """Columns that stand together: first, behind the last, what they share."""
        found, at = [], 0
        for band, heads in groupby(self.figure.columns, key=lambda head: head.band):
            count = len(list(heads))
            found.append((at, at + count, band))
            at += count
        return tuple(found)

    @cached_property
    def row_names(self) -> dict[int, str]:
        """Names of rows as they were elided; filled by whoever paints."""
        return {}

    @cached_property
    def column_names(self) -> dict[int, tuple[str, ...]]:
        """Names of columns in lines; filled by whoever paints."""
        return {}

    def row_name(self, row: int) -> str:
        """The name of a row as it fits."""
        if row not in self.row_names:
            head = self.figure.rows[row]
            self.row_names[row] = elided(head.name, self.name_width(row), self.look.metrics(Style.BODY))
        return self.row_names[row]

    def name_left(self, row: int) -> float:
        """Where the name of a row begins."""
        head, look = self.figure.rows[row], self.look
        return look.px(_PAD + min(head.depth, 8) * _INDENT + (_CHIP + 6 if head.colour else 0))

    def name_width(self, row: int) -> float:
        """How much room the name of a row has."""
        return self.head_width - self.name_left(row) - sum(self.total_widths) - self.look.px(_PAD)

    def column_name(self, column: int) -> tuple[str, ...]:
        """The name of a column as it fits: one line upright, else several."""
        if column not in self.column_names:
            name, look = self.figure.columns[column].name, self.look
            if self.upright:
                room = self.head_height - self.band_height - self.total_height - look.px(12)
                lines: tuple[str, ...] = (elided(name, room, look.metrics(Style.SMALL)),)
            elif self.figure.mark in ALONG:
                lines = (name,)
            else:
                room = self.column_width - look.px(10)
                lines = wrapped(name, room, look.metrics(Style.SMALL), most=_LINES)
            self.column_names[column] = lines
        return self.column_names[column]

    @property
    def chip(self) -> float:
        """The side of a code's square."""
        return self.look.px(_CHIP)


def lay_out(figure: MatrixFigure, width: float, look: Look) -> MatrixLayout:
    """Finds widths and heights."""
    body, small = look.metrics(Style.BODY), look.metrics(Style.SMALL)
    px, along = look.px, figure.mark in ALONG
    totals = _total_widths(figure, look)
    left = [px(_PAD + min(one.depth, 8) * _INDENT + (_CHIP + 6 if one.colour else 0)) for one in figure.rows]
    names = _widths([one.name for one in figure.rows], body)
    wanted = max((start + name for start, name in zip(left, names, strict=True)), default=0.0)
    wanted = max(wanted, small.horizontalAdvance(figure.corner) + px(_PAD))
    most = max(px(_HEAD[0]), min(px(_HEAD[1]), 0.5 * width - sum(totals)))
    head_width = min(wanted + px(_PAD + 2), most) + sum(totals)
    count = len(figure.columns)
    room = max(0.0, width - head_width - 2 * px(look.margin)) / max(1, count)
    longest = max(_widths([one.name for one in figure.columns], small), default=0.0)
    upright = not along and room < px(_WIDE)
    if along:
        column_width = max(px(9), room)
    elif upright:
        column_width = max(px(_NARROW.get(figure.mark, 30.0)), _number_width(figure, small) + px(8))
    else:
        column_width = min(room, px(_WIDEST), max(px(_WIDE), longest + px(14)))
    banded = any(one.band for one in figure.columns)
    total_height = px(18) if any(one.total for one in figure.columns) or figure.total_titles else 0.0
    band_height = px(_BAND) if banded else 0.0
    return MatrixLayout(
        figure,
        look,
        px(_TALL_ROW if along else _ROW),
        column_width,
        head_width,
        band_height + total_height + _names_height(figure, look, column_width, longest, upright=upright),
        totals,
        upright,
        band_height,
        total_height,
        px(_LEGEND) if figure.rows and figure.columns else 0.0,
    )


def _names_height(
    figure: MatrixFigure, look: Look, column_width: float, longest: float, *, upright: bool
) -> float:
    if upright:
        return min(look.px(_UPRIGHT), longest + look.px(12))
    if figure.mark in ALONG:
        return look.px(_LINE + 8)
    small, room = look.metrics(Style.SMALL), column_width - look.px(10)
    lines = max((len(wrapped(one.name, room, small, most=_LINES)) for one in figure.columns), default=1)
    return look.px(lines * _LINE + 10)


def _total_widths(figure: MatrixFigure, look: Look) -> tuple[float, ...]:
    small, body = look.metrics(Style.SMALL), look.metrics(Style.BODY)
    found = []
    for at, title in enumerate(figure.total_titles):
        figures = {one.totals[at] for one in figure.rows if at < len(one.totals)}
        widest = max((body.horizontalAdvance(one) for one in figures), default=0.0)
        found.append(max(widest, small.horizontalAdvance(title)) + look.px(12))
    return tuple(found)


def _widths(names: Sequence[str], metrics: QFontMetricsF) -> list[float]:
    """Widths of names; of very many only those with most letters are measured."""
    if len(names) <= 400:
        return [metrics.horizontalAdvance(name) for name in names]
    letter = metrics.averageCharWidth()
    longest = sorted(names, key=len)[-50:]
    known = {name: metrics.horizontalAdvance(name) for name in longest}
    return [known.get(name, len(name) * letter * 0.9) for name in names]


def _number_width(figure: MatrixFigure, metrics: QFontMetricsF) -> float:
    if figure.mark != "number" or not figure.values.size:
        return 0.0
    widest = max([figure.told(float(figure.values.max())), *(one.total for one in figure.columns)], key=len)
    return metrics.horizontalAdvance("0" * len(widest))


def natural_width_mm(figure: MatrixFigure, least: float = 160.0) -> float:
    """How wide the picture is on paper, at least ``least`` millimetres."""
    ensure_gui()
    layout = figure.arrange(width=least / _MM * PRINT_UNITS, look=print_look())
    return max(least, layout.size.width() / PRINT_UNITS * _MM)


def size_mm(figure: MatrixFigure, width: float) -> tuple[float, float]:
    """Width and height of the picture on paper, in millimetres, laid out for ``width``."""
    ensure_gui()
    size = figure.arrange(width=width / _MM * PRINT_UNITS, look=print_look()).size
    return size.width() / PRINT_UNITS * _MM, size.height() / PRINT_UNITS * _MM


def describe(figure: MatrixFigure) -> str:
    """The picture in a sentence or two: how large, and where most is."""
    down = ngettext("{n} row", "{n} rows", len(figure.rows)).format(n=len(figure.rows))
    across = ngettext("{n} column", "{n} columns", len(figure.columns)).format(n=len(figure.columns))
    told = _("{corner}: {rows}, {columns}.").format(corner=figure.corner, rows=down, columns=across)
    values = figure.values
    if figure.diagonal and values.size:
        values = values * ~np.eye(len(values), dtype=np.bool_)
    if figure.mark == "yes" or not values.size or not values.any():
        return told
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    most = _("Most in “{row}” and “{column}”: {value} ({unit}).").format(
        row=figure.rows[int(row)].name,
        column=figure.columns[int(column)].name,
        value=figure.told(float(values[row, column])),
        unit=figure.unit,
    )
    return f"{told} {most}"
