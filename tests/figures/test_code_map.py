"""Code maps as pictures: boxes as large as their words, lines from edge to edge, orders without overlaps."""

import random
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from qda.figures.code_map import Box, CodeMapFigure, Face, Link, describe, describe_link
from qda.figures.code_map_layout import face_box, picture, placed, routes
from qda.figures.code_map_tidy import Join, free_place, tidy
from qda.figures.painting import print_look, to_pdf, to_png, to_svg
from qda.i18n import use_language

KINDS = ("code", "case", "memo", "segment", "relation", "text")


@pytest.fixture
def look():
    return print_look()


def face(kind, words="Verbindlichkeit ohne Weisungsbefugnis herstellen"):
    if kind == "segment":
        return Face(kind, words=f"„{words}“", place="Interview A, Abs. 6")
    if kind == "memo":
        return Face(kind, words, note="Reflexion", words=f"{words} " * 12)
    return Face(kind, words, count=12 if kind == "code" else None, colour=3, remark="nur hier")


def small():
    boxes = (
        Box("a", face("code", "Anrufen"), 0, 0),
        Box("b", face("code", "Bleiben"), 400, 0),
        Box("c", Face("text", "und dann?"), 200, 200),
    )
    links = (
        Link("1", "a", "b", "1 leads to", ("2 cases (A 5 · B 1)", "1 qualifies"), "supported", "head"),
        Link("2", "b", "c"),
        Link("3", "b", "a", "2 acts back on", (), "supposed", "head"),
    )
    return CodeMapFigure("Skizze", boxes, links)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", ["kurz", "Verbindlichkeit ohne Weisungsbefugnis herstellen", "W" * 120])
def test_no_words_leave_their_box(look, kind, words):
    made = face_box(face(kind, words), look)
    for run in made.runs:
        assert run.x >= 0
        assert run.x + look.metrics(run.style).horizontalAdvance(run.text) <= made.width + 0.5
        assert run.baseline + look.metrics(run.style).descent() <= made.height


def test_words_of_ones_own_keep_their_lines(look):
    made = face_box(Face("text", "eins\nzwei"), look)
    assert [run.text for run in made.runs] == ["eins", "zwei"]


def test_words_that_are_cut_say_so(look):
    made = face_box(Face("text", "Zeile\n" * 60), look)
    assert made.runs[-1].text.endswith("…")
    assert len(made.runs) < 20


def test_a_line_runs_from_edge_to_edge_and_lines_between_the_same_boxes_lie_apart(look):
    figure = small()
    rects = {box.guid: placed(box, look).rect for box in figure.boxes}
    lines = routes(figure.links, rects, look)
    one, back = lines["1"], lines["3"]
    assert one.start.x() == pytest.approx(rects["a"].right())
    assert one.end.x() == pytest.approx(rects["b"].left())
    assert not one.badge.intersects(back.badge)
    for line in (one, back):
        assert not any(line.badge.intersects(rect) for rect in rects.values())


def test_a_line_whose_ends_stayed_keeps_its_words_where_they_are(look):
    figure = small()
    rects = {box.guid: placed(box, look).rect for box in figure.boxes}
    before = routes(figure.links, rects, look)
    rects["c"] = rects["c"].translated(look.px(40), 0)
    after = routes(figure.links, rects, look, before=before)
    assert after["1"] is before["1"]
    assert after["2"] is not before["2"]


def test_a_map_wider_than_the_page_is_made_smaller_as_a_whole(look):
    figure = small()
    own = picture(figure, width=1e9, look=look)
    half = picture(figure, width=own.size.width() / 2, look=look)
    assert own.factor == 1.0
    assert half.factor == pytest.approx(0.5)
    assert half.size.height() == pytest.approx(own.size.height() / 2)


def test_files_hold_the_picture():
    figure = small()
    image = QImage.fromData(to_png(figure, width_mm=figure.width_mm(), dpi=100))
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert len(colours) > 20
    svg = to_svg(figure, width_mm=figure.width_mm(), title="Skizze", description=describe(figure))
    assert b"<title>Skizze</title>" in svg
    assert to_pdf(figure, width_mm=figure.width_mm()).startswith(b"%PDF")


def test_an_empty_map_is_told_and_drawn(look):
    empty = CodeMapFigure("Leer")
    with use_language("en"):
        assert describe(empty) == "Nothing lies on this map yet."
    assert picture(empty, width=1000, look=look).size.width() > 0


def test_a_map_is_told_thing_by_thing_and_line_by_line():
    with use_language("en"):
        words = describe(small())
        plain = describe_link(small(), Link("4", "a", "c", shape="head"))
    assert "3 things, 3 lines." in words
    assert "Own words, und dann?" in words
    assert "Anrufen – 1 leads to – Bleiben, 2 cases (A 5 · B 1), 1 qualifies" in words
    assert plain == "Anrufen → und dann?"


def made_up(count, lines, seed=1):
    chance = random.Random(seed)
    sizes = {str(at): (chance.uniform(92, 220), chance.uniform(36, 120)) for at in range(count)}
    joins = []
    for _line in range(lines):
        one, other = chance.sample(sorted(sizes), 2)
        joins.append(Join(one, other, chance.random() < 0.7, (chance.uniform(0, 140), 40)))
    return sizes, joins


def rect(name, places, sizes):
    (x, y), (wide, tall) = places[name], sizes[name]
    return QRectF(x - wide / 2, y - tall / 2, wide, tall)


@pytest.mark.parametrize("order", ["near", "layers"])
@pytest.mark.parametrize(("count", "lines"), [(1, 0), (2, 1), (3, 0), (14, 9), (40, 70), (90, 60)])
def test_no_boxes_overlap_in_either_order(order, count, lines):
    sizes, joins = made_up(count, lines)
    places = tidy(sizes, joins, order)
    assert set(places) == set(sizes)
    for one, other in combinations(sizes, 2):
        assert not rect(one, places, sizes).intersects(rect(other, places, sizes))


def test_in_layers_arrows_lead_to_the_right_even_round_in_a_circle():
    sizes = dict.fromkeys("abcd", (120.0, 40.0))
    joins = [Join("a", "b", True), Join("b", "c", True), Join("c", "a", True), Join("c", "d", True)]
    places = tidy(sizes, joins, "layers")
    assert places["a"][0] < places["b"][0] < places["c"][0] < places["d"][0]


def test_by_nearness_what_is_joined_lies_nearer_than_what_is_not():
    names = "abcdef"
    sizes = dict.fromkeys(names, (100.0, 40.0))
    joins = [Join(one, other) for one, other in pairwise(names)]
    places = tidy(sizes, joins, "near")

    def far(one, other):
        return abs(places[one][0] - places[other][0]) + abs(places[one][1] - places[other][1])

    assert far("a", "b") < far("a", "c") < far("a", "f")


def test_between_joined_boxes_there_is_room_for_the_words_of_their_line():
    sizes = dict.fromkeys("ab", (120.0, 40.0))
    places = tidy(sizes, [Join("a", "b", True, (150.0, 50.0))], "near")
    gap = abs(places["a"][0] - places["b"][0]) - 120
    below = abs(places["a"][1] - places["b"][1]) - 40
    assert gap >= 150 or below >= 50


def test_the_same_map_is_put_in_the_same_order_again():
    sizes, joins = made_up(25, 30)
    assert tidy(sizes, joins, "near") == tidy(dict(sizes), list(joins), "near")


def test_a_free_place_is_the_nearest_that_overlaps_nothing():
    taken = [(-100.0, -30.0, 100.0, 30.0)]
    x, y = free_place(taken, (180.0, 60.0), (0.0, 0.0))
    assert not QRectF(x - 90, y - 30, 180, 60).intersects(QRectF(-100, -30, 200, 60))
    assert abs(x) + abs(y) < 250
    assert free_place([], (180.0, 60.0), (7.0, 8.0)) == (7.0, 8.0)


def test_a_line_of_another_map_text_is_not_taken_for_the_same(look):
    figure = small()
    rects = {box.guid: placed(box, look).rect for box in figure.boxes}
    before = routes(figure.links, rects, look)
    changed = [replace(link, label="anders") if link.guid == "1" else link for link in figure.links]
    assert routes(changed, rects, look, before=before)["1"].link.label == "anders"
