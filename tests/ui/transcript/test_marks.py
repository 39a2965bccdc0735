"""Lanes and neighbours of codings."""

import random

import pytest

from qda.ui.transcript.mapping import ShownText
from qda.ui.transcript.marks import Marks
from qda.ui.transcript.rows import CodingRow


def _rows(text, number, seed=1):
    rng = random.Random(seed)
    starts = [rng.randrange(len(text) - 300) for _ in range(number)]
    return [
        CodingRow(f"c{at}", f"s{at}", start, start + rng.randrange(5, 300), "k", "Kode", at % 12 + 1)
        for at, start in enumerate(starts)
    ]


@pytest.fixture
def shown(long):
    return ShownText(long.text, long.paragraphs)


def test_brackets_over_the_same_words_take_different_lanes(shown, long):
    marks = Marks(shown, _rows(long.text, 400))
    for mark in marks.between(0, shown.units):
        for other in marks.between(mark.start, mark.stop):
            assert other is mark or other.lane != mark.lane


def test_adding_and_removing_one_moves_no_other(shown, long):
    rows = _rows(long.text, 300)
    marks = Marks(shown, rows)
    before = {row.guid: marks.lane_of(row.guid) for row in rows}
    extra = CodingRow("new", "s", rows[5].start, rows[5].stop, "k", "Neu", 3)
    assert [mark.row for mark in marks.update([*rows, extra])] == [extra]
    assert {row.guid: marks.lane_of(row.guid) for row in rows} == before
    taken = {
        marks.lane_of(mark.row.guid) for mark in marks.at(shown.to_unit(extra.start)) if mark.row != extra
    }
    assert marks.lane_of("new") not in taken
    marks.update(rows)
    assert "new" not in marks
    assert {row.guid: marks.lane_of(row.guid) for row in rows} == before


def test_after_any_changes_the_visible_marks_are_those_of_a_fresh_start(shown, long):
    rows = _rows(long.text, 120)
    marks = Marks(shown, rows)
    rng = random.Random(3)
    left = list(rows)
    for number in range(200):
        if rng.random() < 0.5 and left:
            marks.remove(left.pop(rng.randrange(len(left))).guid)
        else:
            row = CodingRow(f"n{number}", "s", number * 50, number * 50 + 90, "k", "Kode", 1, coder="MK")
            marks.add(row)
            left.append(row)
    fresh = Marks(shown, left)
    for start in range(0, shown.units, 5000):
        found = [mark.row for mark in marks.between(start, start + 5000)]
        assert found == [mark.row for mark in fresh.between(start, start + 5000)]
    assert marks.coders() == fresh.coders() == 2


def test_stepping_forward_meets_every_coding_once_in_the_order_of_the_text(shown, long):
    rows = _rows(long.text, 60)
    rows += [CodingRow(f"twin{at}", "s", rows[0].start, rows[0].stop, "k", "Kode", 1) for at in range(3)]
    marks = Marks(shown, rows)
    order = [mark.row.guid for mark in marks.between(0, shown.units)]
    met, guid = [], ""
    while step := marks.neighbour(-1, guid, forward=True):
        guid = step.row.guid
        met.append(guid)
    assert met == order
    back = []
    while step := marks.neighbour(shown.units, guid, forward=False):
        guid = step.row.guid
        back.append(guid)
    assert back == order[-2::-1]
