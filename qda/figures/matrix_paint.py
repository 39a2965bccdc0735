"""Paints a table of codes: cells, heads and legend each by one function, for the window and for files."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from qda.figures.lettering import elided
from qda.figures.matrix import ALONG, MatrixLayout
from qda.figures.painting import Look, Style, TextRun, paint_runs
from qda.i18n import _

_SHADES: Final = (0.14, 0.86)  # how much of the ink the lowest and the highest value have
_AREA: Final = 0.25
_STEPS: Final = 5


def paint_all(painter: QPainter, layout: MatrixLayout) -> None:
    """The whole picture, ground and legend included."""
    look, figure, size = layout.look, layout.figure, layout.size
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(look.palette.paper))
    margin = look.px(look.margin)
    painter.translate(margin, margin)
    rows, columns = range(len(figure.rows)), range(len(figure.columns))
    cells = QPointF(layout.head_width, layout.head_height)
    paint_cells(painter, layout, rows, columns, cells)
    paint_row_heads(painter, layout, rows, QPointF(0, layout.head_height))
    paint_column_heads(painter, layout, columns, QPointF(layout.head_width, 0))
    paint_corner(painter, layout)
    if layout.legend_height:
        below = layout.head_height + layout.row_height * len(figure.rows)
        paint_legend(painter, layout, QPointF(0, below + look.px(10)))
    painter.translate(-margin, -margin)


def mixed(ground: str, ink: QColor, share: float) -> QColor:
    """``share`` of an ink over a ground, opaque."""
    below = QColor(ground)
    parts = zip(below.getRgb()[:3], ink.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(low + (high - low) * share) for low, high in parts))


# -- cells --------------------------------------------------------------------------------------------------


def paint_cells(painter: QPainter, layout: MatrixLayout, rows: range, columns: range, at: QPointF) -> None:
    """The cells of some rows and columns; ``at`` is where the first cell of all would be."""
    if not len(rows) or not len(columns):
        return
    _lines(painter, layout, rows, columns, at)
    if layout.figure.diagonal:
        _diagonal(painter, layout, rows, columns, at)
    mark = layout.figure.mark
    if mark in ALONG:
        for row in rows:
            (_curve if mark == "curve" else _bars)(painter, layout, row, columns, at)
        return
    some = layout.figure.values[rows.start : rows.stop, columns.start : columns.stop]
    down, across = np.nonzero(some)
    if layout.figure.diagonal and mark != "number":  # what a code has itself stands at its head
        other = down + rows.start != across + columns.start
        down, across = down[other], across[other]
    values = some[down, across].tolist()
    cells = zip((down + rows.start).tolist(), (across + columns.start).tolist(), values, strict=True)
    {"number": _numbers, "shade": _shades, "bubble": _bubbles, "yes": _dots}[mark](painter, layout, cells, at)


Cells = Iterable[tuple[int, int, float]]


def _lines(painter: QPainter, layout: MatrixLayout, rows: range, columns: range, at: QPointF) -> None:
    left = at.x() + columns.start * layout.column_width
    right = at.x() + columns.stop * layout.column_width
    top, bottom = at.y() + rows.start * layout.row_height, at.y() + rows.stop * layout.row_height
    painter.setPen(QPen(QColor(layout.look.palette.separator), layout.look.px(1)))
    ends = (at.y() + row * layout.row_height for row in range(rows.start + 1, rows.stop + 1))
    lines = [QLineF(left, end, right, end) for end in ends]
    if layout.figure.mark not in ALONG:
        borders = (at.x() + column * layout.column_width for column in range(columns.start, columns.stop + 1))
        lines += [QLineF(x, top, x, bottom) for x in borders]
    painter.drawLines(lines)


def _diagonal(painter: QPainter, layout: MatrixLayout, rows: range, columns: range, at: QPointF) -> None:
    ground = QColor(layout.look.palette.panel)
    for place in range(max(rows.start, columns.start), min(rows.stop, columns.stop)):
        painter.fillRect(_box(layout, place, place, at, inside=layout.look.px(1)), ground)


def _box(layout: MatrixLayout, row: int, column: int, at: QPointF, *, inside: float = 0.0) -> QRectF:
    x, y = at.x() + column * layout.column_width, at.y() + row * layout.row_height
    return QRectF(x, y, layout.column_width, layout.row_height).adjusted(inside, inside, -inside, -inside)


def _numbers(painter: QPainter, layout: MatrixLayout, cells: Cells, at: QPointF) -> None:
    look, figure = layout.look, layout.figure
    metrics = look.metrics(Style.SMALL)
    rise = (layout.row_height + metrics.ascent() - metrics.descent()) / 2
    known: dict[float, tuple[str, float]] = {}
    painter.setFont(look.font(Style.SMALL))
    painter.setPen(QColor(look.palette.text))
    for row, column, value in cells:
        if value not in known:
            words = figure.told(value)
            known[value] = words, (layout.column_width - metrics.horizontalAdvance(words)) / 2
        words, left = known[value]
        x = at.x() + column * layout.column_width + left
        y = at.y() + row * layout.row_height + rise
        if look.outlines:
            paint_runs(painter, (TextRun(words, x, y, Style.SMALL, "text"),), look)
        else:
            painter.drawText(QPointF(x, y), words)


def _shades(painter: QPainter, layout: MatrixLayout, cells: Cells, at: QPointF) -> None:
    edge = layout.look.px(1)
    known: dict[float, QColor] = {}
    for row, column, value in cells:
        if value not in known:
            known[value] = _shade(layout, value)
        painter.fillRect(_box(layout, row, column, at, inside=edge), known[value])


def _shade(layout: MatrixLayout, value: float) -> QColor:
    palette = layout.look.palette
    low, high = _SHADES
    share = low + (high - low) * min(1.0, value / layout.figure.highest)
    return mixed(palette.paper, QColor(palette.accent), share)


def _bubbles(painter: QPainter, layout: MatrixLayout, cells: Cells, at: QPointF) -> None:
    palette = layout.look.palette
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    heads = layout.figure.rows
    for row, column, value in cells:
        radius = _radius(layout, value)
        painter.setBrush(palette.code(heads[row].colour))
        painter.drawEllipse(_box(layout, row, column, at).center(), radius, radius)
    painter.restore()


def _radius(layout: MatrixLayout, value: float) -> float:
    """The area goes with the value; the least is still seen."""
    most = min(layout.row_height, layout.column_width) / 2 - layout.look.px(1.5)
    share = float(min(1.0, value / layout.figure.highest))
    return max(layout.look.px(2), most * float(share**0.5))


def _dots(painter: QPainter, layout: MatrixLayout, cells: Cells, at: QPointF) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(layout.look.palette.secondary))
    radius = layout.look.px(4)
    for row, column, _value in cells:
        painter.drawEllipse(_box(layout, row, column, at).center(), radius, radius)
    painter.restore()


def _height(layout: MatrixLayout, value: float) -> float:
    room = layout.row_height - layout.look.px(8)
    return float(room * min(1.0, value / layout.figure.highest))


def _curve(painter: QPainter, layout: MatrixLayout, row: int, columns: range, at: QPointF) -> None:
    """A line through the middles of the parts, the area below it tinted; where nothing is, no line."""
    figure, palette = layout.figure, layout.look.palette
    first, stop = max(0, columns.start - 1), min(len(figure.columns), columns.stop + 1)
    values = figure.values[row, first:stop].tolist()
    floor = at.y() + (row + 1) * layout.row_height - layout.look.px(1)
    places = [at.x() + (column + 0.5) * layout.column_width for column in range(first, stop)]
    if not any(values):
        return
    points = [QPointF(x, floor - _height(layout, value)) for x, value in zip(places, values, strict=True)]
    if first == 0:
        points.insert(0, QPointF(at.x(), points[0].y()))
    if stop == len(figure.columns):
        points.append(QPointF(at.x() + stop * layout.column_width, points[-1].y()))
    colour = palette.code(figure.rows[row].colour)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mixed(palette.paper, colour, _AREA))
    low = [QPointF(points[-1].x(), floor), QPointF(points[0].x(), floor)]
    painter.drawPolygon(QPolygonF([*points, *low]))
    painter.setPen(QPen(colour, layout.look.px(1.6)))
    painter.drawPolyline(QPolygonF(points))
    painter.restore()


def _bars(painter: QPainter, layout: MatrixLayout, row: int, columns: range, at: QPointF) -> None:
    figure, look = layout.figure, layout.look
    colour = look.palette.code(figure.rows[row].colour)
    floor = at.y() + (row + 1) * layout.row_height - look.px(1)
    gap = min(look.px(1), layout.column_width / 6)
    for column in columns:
        value = float(figure.values[row, column])
        if value:
            high = max(look.px(2), _height(layout, value))
            x = at.x() + column * layout.column_width
            painter.fillRect(QRectF(x + gap, floor - high, layout.column_width - 2 * gap, high), colour)


# -- heads --------------------------------------------------------------------------------------------------


def paint_row_heads(painter: QPainter, layout: MatrixLayout, rows: range, at: QPointF) -> None:
    """Names and totals of rows; ``at`` is the corner of the first row of all."""
    look, figure = layout.look, layout.figure
    palette, body = look.palette, look.metrics(Style.BODY)
    if not len(rows):
        return
    top, high = at.y() + rows.start * layout.row_height, len(rows) * layout.row_height
    painter.fillRect(QRectF(at.x(), top, layout.head_width, high), QColor(palette.panel))
    rise = (layout.row_height + body.ascent() - body.descent()) / 2
    for row in rows:
        head, y = figure.rows[row], at.y() + row * layout.row_height
        left = layout.name_left(row)
        if head.colour:
            chip = QRectF(
                at.x() + left - layout.chip - look.px(6),
                y + (layout.row_height - layout.chip) / 2,
                layout.chip,
                layout.chip,
            )
            painter.fillRect(chip, palette.code(head.colour))
        runs = [TextRun(layout.row_name(row), at.x() + left, y + rise, Style.BODY, "text")]
        right = at.x() + layout.head_width - look.px(6)
        for width, total in zip(reversed(layout.total_widths), reversed(head.totals), strict=False):
            x = right - body.horizontalAdvance(total)
            runs.append(TextRun(total, x, y + rise, Style.BODY, "secondary"))
            right -= width
        paint_runs(painter, tuple(runs), look)
    painter.setPen(QPen(QColor(palette.separator), look.px(1)))
    ends = (at.y() + row * layout.row_height for row in range(rows.start + 1, rows.stop + 1))
    painter.drawLines([QLineF(at.x(), end, at.x() + layout.head_width, end) for end in ends])


def paint_column_heads(painter: QPainter, layout: MatrixLayout, columns: range, at: QPointF) -> None:
    """Names, bands and totals of columns; ``at`` is the corner of the first column of all."""
    if not len(columns):
        return
    look, palette = layout.look, layout.look.palette
    left = at.x() + columns.start * layout.column_width
    wide = len(columns) * layout.column_width
    painter.fillRect(QRectF(left, at.y(), wide, layout.head_height), QColor(palette.panel))
    if layout.band_height:
        _bands(painter, layout, columns, at)
    for column in columns:
        _column_name(painter, layout, column, at)
        _column_total(painter, layout, column, at)
    painter.setPen(QPen(QColor(palette.quiet_frame), look.px(1)))
    end = at.y() + layout.head_height
    painter.drawLine(QLineF(left, end, left + wide, end))


def _column_name(painter: QPainter, layout: MatrixLayout, column: int, at: QPointF) -> None:
    look, small = layout.look, layout.look.metrics(Style.SMALL)
    x = at.x() + column * layout.column_width
    floor = at.y() + layout.head_height - layout.total_height - look.px(6)
    lines = layout.column_name(column)
    if layout.upright:
        painter.save()
        painter.translate(x + (layout.column_width + small.ascent() - small.descent()) / 2, floor)
        painter.rotate(-90)
        paint_runs(painter, (TextRun(lines[0], 0, 0, Style.SMALL, "text"),), look)
        painter.restore()
        return
    if layout.figure.mark in ALONG:
        if _labelled(layout, column):
            words = lines[0].split("–")[0] + " %"
            paint_runs(painter, (TextRun(words, x, floor - small.descent(), Style.SMALL, "secondary"),), look)
        return
    line = look.px(16)
    first = floor - line * (len(lines) - 1) - small.descent()
    runs = tuple(
        TextRun(
            words,
            x + (layout.column_width - small.horizontalAdvance(words)) / 2,
            first + at_line * line,
            Style.SMALL,
            "text",
        )
        for at_line, words in enumerate(lines)
    )
    paint_runs(painter, runs, look)


def _labelled(layout: MatrixLayout, column: int) -> bool:
    """Parts of a text are told at every tenth, or every quarter where there is little room."""
    count = len(layout.figure.columns)
    wide = layout.column_width * count
    steps = 10 if wide > layout.look.px(600) else 4
    return (column * steps) % count < steps and (column * steps) // count != ((column - 1) * steps) // count


def _column_total(painter: QPainter, layout: MatrixLayout, column: int, at: QPointF) -> None:
    total = layout.figure.columns[column].total
    if not total or layout.figure.mark in ALONG:
        return
    look, small = layout.look, layout.look.metrics(Style.SMALL)
    width = small.horizontalAdvance(total)
    if width > layout.column_width:
        return
    x = at.x() + (column + 0.5) * layout.column_width - width / 2
    y = at.y() + layout.head_height - look.px(5)
    paint_runs(painter, (TextRun(total, x, y, Style.SMALL, "secondary"),), look)


def _bands(painter: QPainter, layout: MatrixLayout, columns: range, at: QPointF) -> None:
    look, strong = layout.look, layout.look.metrics(Style.SMALL_STRONG)
    rise = (layout.band_height + strong.ascent() - strong.descent()) / 2
    for first, stop, label in layout.bands:
        if stop <= columns.start or first >= columns.stop:
            continue
        shown = max(first, columns.start)
        left = at.x() + shown * layout.column_width
        room = (stop - shown) * layout.column_width
        painter.setPen(QPen(QColor(look.palette.quiet_frame), look.px(1)))
        edge = at.x() + first * layout.column_width
        painter.drawLine(QLineF(edge, at.y(), edge, at.y() + layout.head_height))
        words = elided(label, room - look.px(8), strong)
        if words != "…":
            run = TextRun(words, left + look.px(4), at.y() + rise, Style.SMALL_STRONG, "secondary")
            paint_runs(painter, (run,), look)


def paint_corner(painter: QPainter, layout: MatrixLayout) -> None:
    """What rows and columns are, and the titles of the totals."""
    look, figure = layout.look, layout.figure
    palette, small = look.palette, look.metrics(Style.SMALL)
    area = QRectF(0, 0, layout.head_width, layout.head_height)
    painter.fillRect(area, QColor(palette.panel))
    base = layout.head_height - look.px(5)
    right = layout.head_width - look.px(6)
    runs = []
    for width, title in zip(reversed(layout.total_widths), reversed(figure.total_titles), strict=True):
        x = right - small.horizontalAdvance(title)
        runs.append(TextRun(title, x, base, Style.SMALL, "secondary"))
        right -= width
    corner = elided(figure.corner, right - look.px(8), small)
    runs.append(TextRun(corner, look.px(8), base, Style.SMALL_STRONG, "secondary"))
    paint_runs(painter, tuple(runs), look)
    painter.setPen(QPen(QColor(palette.quiet_frame), look.px(1)))
    painter.drawLine(QLineF(0, layout.head_height, layout.head_width, layout.head_height))


# -- legend -------------------------------------------------------------------------------------------------


def legend_words(layout: MatrixLayout) -> str:
    """What cells show, in words."""
    figure = layout.figure
    if figure.mark == "yes":
        return _("A dot: there are passages.")
    if figure.mark in ALONG and not figure.shares and figure.highest <= 1 and not figure.unit:
        return _("Filled: there are passages.")
    if figure.mark == "number":
        return _("Cells show: {unit}").format(unit=figure.unit)
    if figure.mark in ALONG:
        return _("Full height: {value} ({unit})").format(value=figure.told(figure.highest), unit=figure.unit)
    return figure.unit


def paint_legend(painter: QPainter, layout: MatrixLayout, at: QPointF) -> float:
    """What cells show, with samples of shade or bubble; returns how wide it is."""
    look, figure = layout.look, layout.figure
    small = look.metrics(Style.SMALL)
    words = legend_words(layout)
    base = at.y() + look.px(15)
    x = at.x() + look.px(8)
    paint_runs(painter, (TextRun(words, x, base, Style.SMALL, "secondary"),), look)
    x += small.horizontalAdvance(words) + look.px(12)
    if figure.mark not in ("shade", "bubble"):
        return x - at.x()
    for value in _samples(figure.highest):
        told = figure.told(value)
        box = QRectF(x, at.y() + look.px(1), look.px(20), look.px(20))
        if figure.mark == "shade":
            painter.fillRect(box, _shade(layout, value))
        else:
            _sample_bubble(painter, look, box, _radius(layout, value))
        x = box.right() + look.px(4)
        paint_runs(painter, (TextRun(told, x, base, Style.SMALL, "secondary"),), look)
        x += small.horizontalAdvance(told) + look.px(12)
    return x - at.x()


def _sample_bubble(painter: QPainter, look: Look, box: QRectF, radius: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.palette.control_frame))
    painter.drawEllipse(box.center(), min(radius, box.width() / 2), min(radius, box.width() / 2))
    painter.restore()


def _samples(highest: float) -> list[float]:
    """A few whole values from the least to the highest."""
    steps = min(_STEPS, int(highest))
    if steps <= 1:
        return [highest]
    return sorted({round(1 + (highest - 1) * step / (steps - 1)) for step in range(steps)})
