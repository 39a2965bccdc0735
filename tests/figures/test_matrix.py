"""Tables of codes, curves and portraits as pictures: they show what they should, and every word fits."""

import random
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from qda.figures import matrix, matrix_paint, painting, portrait
from qda.figures.matrix import ColumnHead, MatrixFigure, RowHead
from qda.figures.painting import GREY, PRINT, Look, Style
from qda.figures.portrait import PortraitFigure, Stretch

LOOK = Look(PRINT, ("DejaVu Sans",), 13, margin=0.0)
NAMES = ("Anerkennung", "Verbindlichkeit ohne Weisungsbefugnis herstellen", "hinfahren", "„kurzer Dienstweg“")


def table(rows=6, columns=5, *, mark="number", bands=False, diagonal=False, seed=1, shares=False):
    chance = random.Random(seed)
    values = np.array([[chance.choice((0, 0, 1, 2, 12)) for _c in range(columns)] for _r in range(rows)])
    heads = [RowHead(NAMES[at % 4], at % 12 + 1, at % 3, (str(at), "123")) for at in range(rows)]
    tops = [
        ColumnHead(f"Interview {at} mit der Koordinatorin", f"Gruppe {at // 3}" if bands else "", str(at))
        for at in range(columns)
    ]
    shown = values / 12 if shares else values
    titles = ("Cases", "Passages")
    return MatrixFigure(tuple(heads), tuple(tops), shown, mark, "Cases", "Codes", titles, diagonal, shares)


def painted(figure, width=900):
    layout = figure.arrange(width=width, look=LOOK)
    whole = {name: round(getattr(layout, name)) for name in ("head_width", "head_height", "column_width")}
    layout = replace(layout, **whole)  # as the window does
    size = layout.size
    image = QImage(round(size.width()), round(size.height()), QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    layout.paint(painter)
    painter.end()
    return layout, image


def inks(image, area):
    """How many pixels of an area are not its first one's colour."""
    ground = image.pixel(round(area.left()) + 2, round(area.top()) + 2)
    found = 0
    for y in range(round(area.top()) + 1, round(area.bottom()) - 1):
        for x in range(round(area.left()) + 1, round(area.right()) - 1):
            found += image.pixel(x, y) != ground
    return found


@pytest.mark.parametrize("mark", ["number", "shade", "bubble", "yes"])
def test_each_cell_that_holds_something_is_painted_and_the_others_are_empty(mark):
    figure = table(mark=mark)
    layout, image = painted(figure)
    for row in range(6):
        for column in range(5):
            left = layout.head_width + column * layout.column_width
            top = layout.head_height + row * layout.row_height
            area = QRectF(left, top, layout.column_width, layout.row_height).adjusted(2, 2, -2, -2)
            middle = image.pixelColor(area.center().toPoint())
            drawn = inks(image, area) > 0 or middle != QColor(PRINT.paper)
            assert drawn == bool(figure.values[row, column])


def test_a_higher_value_has_a_larger_bubble_and_a_darker_shade():
    values = np.array([[1, 4, 12]])
    heads = tuple(ColumnHead(str(at)) for at in range(3))
    areas, shades = [], []
    for mark in ("bubble", "shade"):
        layout, image = painted(MatrixFigure((RowHead("A", 5),), heads, values, mark))
        for column in range(3):
            left = layout.head_width + column * layout.column_width
            area = QRectF(left, layout.head_height, layout.column_width, layout.row_height)
            if mark == "bubble":
                areas.append(inks(image, area.adjusted(2, 2, -2, -2)))
            else:
                shades.append(image.pixelColor(area.center().toPoint()).lightness())
    assert areas == sorted(areas)
    assert len(set(areas)) == 3
    assert shades == sorted(shades, reverse=True)
    assert len(set(shades)) == 3


@pytest.mark.parametrize("columns", [2, 5, 40])
@pytest.mark.parametrize("bands", [True, False])
def test_every_name_fits_its_room_whether_it_lies_or_stands(columns, bands):
    layout, _image = painted(table(12, columns, bands=bands))
    body, small = (layout.look.metrics(style) for style in (Style.BODY, Style.SMALL))
    for row in range(12):
        assert body.horizontalAdvance(layout.row_name(row)) <= layout.name_width(row) + 1
        assert layout.row_name(row)
    below = layout.head_height - layout.band_height - layout.total_height
    for column in range(columns):
        lines = layout.column_name(column)
        if layout.upright:
            assert small.horizontalAdvance(lines[0]) <= below
            assert layout.column_width >= small.ascent()
        else:
            assert max(map(small.horizontalAdvance, lines)) <= layout.column_width
            assert len(lines) * 16 <= below + 1
    assert layout.upright == (columns == 40)


def test_a_part_of_the_cells_is_painted_as_in_the_whole():
    figure = table(30, 30, diagonal=True)
    layout, image = painted(figure)
    width, height = 5 * layout.column_width, 4 * layout.row_height
    part = QImage(round(width), round(height), QImage.Format.Format_RGB32)
    part.fill(QColor(PRINT.paper))
    painter = QPainter(part)
    at = QPointF(-10 * layout.column_width, -8 * layout.row_height)
    matrix_paint.paint_cells(painter, layout, range(8, 12), range(10, 15), at)
    painter.end()
    left = round(layout.head_width + 10 * layout.column_width)
    top = round(layout.head_height + 8 * layout.row_height)
    whole = image.copy(left, top, part.width(), part.height())
    same = sum(
        part.pixel(x, y) == whole.pixel(x, y) for x in range(3, part.width() - 3) for y in range(3, 90)
    )
    assert same > 0.97 * (part.width() - 6) * 87


def test_in_a_table_of_codes_by_codes_a_code_with_itself_has_no_shade():
    figure = table(6, 6, mark="shade", diagonal=True)
    layout, image = painted(figure)
    for place in range(6):
        x = layout.head_width + (place + 0.5) * layout.column_width
        y = layout.head_height + (place + 0.5) * layout.row_height
        assert image.pixelColor(round(x), round(y)) == QColor(PRINT.panel)


@pytest.mark.parametrize("mark", ["curve", "bars"])
def test_a_curve_rises_where_there_is_more(mark):
    values = np.array([[0.0, 0.1, 1.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
    parts = tuple(ColumnHead(f"{at * 25}–{at * 25 + 25} %") for at in range(4))
    rows = RowHead("A", 7), RowHead("B", 3)
    layout, image = painted(MatrixFigure(rows, parts, values, mark, "Share", shares=True))

    def inked(row, column):
        left = layout.head_width + column * layout.column_width
        top = layout.head_height + row * layout.row_height
        return inks(image, QRectF(left, top, layout.column_width, layout.row_height).adjusted(4, 3, -4, -3))

    assert inked(0, 2) > inked(0, 1)
    assert inked(1, 2) == 0


@pytest.mark.parametrize("mark", ["number", "shade", "bubble", "curve"])
def test_tables_go_out_as_png_svg_and_pdf_and_in_grey(mark):
    figure = table(8, 12, mark=mark, shares=mark == "curve")
    width = matrix.natural_width_mm(figure)
    png = QImage.fromData(painting.to_png(figure, width_mm=width, dpi=100, palette=GREY))
    assert png.allGray()
    assert b"<text" not in painting.to_svg(figure, width_mm=width, title="Tabelle")
    assert painting.to_pdf(figure, width_mm=width).startswith(b"%PDF")
    down = matrix.size_mm(figure, width)[1]
    assert png.height() == pytest.approx(down / 25.4 * 100, abs=2)


def test_a_table_is_told_in_words():
    assert matrix.describe(table(2, 3)).startswith("Codes: 2 rows, 3 columns.")
    assert "Cases" in matrix.describe(table(2, 3))
    hidden = MatrixFigure((RowHead("A"),), (ColumnHead("1"),), np.array([[1]]), "yes", corner="Codes")
    assert matrix.describe(hidden) == "Codes: 1 row, 1 column."


# -- portraits ----------------------------------------------------------------------------------------------


def document(*stretches, length=1000, **more):
    made = tuple(Stretch(f"Kode {at}", at % 12 + 1, *one) for at, one in enumerate(stretches))
    return PortraitFigure(made, length, **more)


def laid(figure, width=800.0):
    return figure.arrange(width=width, look=LOOK)


def test_a_tile_is_as_wide_as_its_share_of_the_text():
    layout = laid(document((0, 100), (500, 700), per_line=1000))
    one, other = (piece.rect for piece in layout.pieces)
    assert other.width() == pytest.approx(2 * one.width(), abs=2)
    room = layout.lines[0].right - one.left()
    assert one.width() == pytest.approx(room / 10, abs=2)


def test_codings_that_overlap_lie_above_each_other_and_none_hides_another():
    chance = random.Random(4)
    spans = [(start, start + chance.randint(1, 90)) for start in (chance.randint(0, 900) for _ in range(60))]
    layout = laid(document(*spans, per_line=400))
    assert {piece.stretch for piece in layout.pieces} == set(range(60))
    for line in layout.by_line:
        rects = [layout.pieces[at].rect for at in line]
        for at, one in enumerate(rects):
            assert not any(one.intersects(other) for other in rects[at + 1 :])


def test_a_coding_goes_on_in_the_next_line_and_its_name_fits():
    layout = laid(document((350, 450), per_line=400))
    assert [(piece.line, piece.first) for piece in layout.pieces] == [(0, True), (1, False)]
    metrics = layout.look.metrics(Style.SMALL)
    for piece in layout.pieces:
        assert metrics.horizontalAdvance(piece.words) <= piece.rect.width()
    assert layout.at(*piece_middle(layout, 1)) == 0
    assert layout.at(1.0, 1.0) == -1


def piece_middle(layout, at):
    middle = layout.pieces[at].rect.center()
    return middle.x(), middle.y()


def test_what_is_left_out_takes_no_room():
    figure = document((0, 100), (200, 300), left_out=((100, 200), (300, 500)), length=600)
    assert [figure.kept(place) for place in (0, 100, 150, 200, 300, 499, 500, 600)] == [
        *(0, 100, 100, 100, 200, 200, 200, 300)
    ]
    layout = laid(figure)
    first, second = (piece.rect for piece in layout.pieces)
    assert second.left() - first.right() <= 2
    gone = laid(document((110, 150), left_out=((100, 200),), length=600))
    assert gone.pieces == ()


def test_lines_begin_with_the_number_of_their_paragraph_and_the_picture_is_not_empty():
    figure = document((10, 200), (450, 700), marks=(("1", 0), ("2", 390), ("3", 800)), per_line=400)
    layout = laid(figure)
    assert [line.mark for line in layout.lines] == ["1", "2", "3"]
    image = QImage.fromData(painting.to_png(figure, width_mm=120, dpi=60))
    assert not image.allGray()
    assert portrait.describe(figure).endswith("2 codings in the order of the text, 2 codes.")
