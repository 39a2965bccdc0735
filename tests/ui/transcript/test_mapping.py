"""Places of the stored text and of the document, both ways."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qda.coding.positions import Span
from qda.ui.transcript.mapping import ShownText
from qda.ui.transcript.rows import ParagraphRow

_WORDS = st.text(alphabet="ab ß😀👩é\u0301\u200dא", max_size=12)


def test_labels_are_not_in_the_document_and_words_are(short):
    shown = ShownText(short.text, short.paragraphs)
    assert shown.block_text(1).startswith("Wir haben 😀")
    assert [shown.block_text(number)[:3] for number in range(6)] == ["Int", "Wir", "Sie", "Nee", "Und", "Wie"]


def test_a_place_behind_an_emoji_comes_back(short):
    shown = ShownText(short.text, short.paragraphs)
    point = short.text.index("mich mit Regeln")
    unit = shown.to_unit(point)
    document = "\n".join(shown.block_text(number) for number in range(6))
    utf16 = document.encode("utf-16-le")[2 * unit :].decode("utf-16-le")
    assert utf16.startswith("mich mit Regeln")
    assert shown.to_point(unit) == point


def test_a_place_in_a_label_falls_on_the_first_word(short):
    shown = ShownText(short.text, short.paragraphs)
    row = short.paragraphs[1]
    assert shown.to_unit(row.start) == shown.to_unit(row.label_stop) == shown.block_range(1)[0]


def test_a_selection_that_only_touches_the_next_block_takes_no_label(short):
    shown = ShownText(short.text, short.paragraphs)
    first, _stop = shown.block_range(1)
    following, _ = shown.block_range(2)
    row = short.paragraphs[1]
    assert shown.span(first, following) == Span(row.label_stop, row.stop)
    _, end_before = shown.block_range(0)
    assert shown.span(end_before, following) == Span(row.label_stop, row.stop)


def test_a_turn_goes_on_without_a_label(short):
    shown = ShownText(short.text, short.paragraphs)
    turn = shown.turn_at(short.text.index("Straße"))
    assert short.text[turn.start : turn.stop].startswith("Nee. Ich")
    assert short.text[turn.start : turn.stop].endswith("kennt jeder.")


def test_nothing_shown_maps_to_the_beginning():
    shown = ShownText("", ())
    assert shown.to_unit(5) == shown.to_point(5) == shown.units == 0
    assert shown.to_units(np.array([3, 4])).tolist() == [0, 0]


@given(st.lists(st.tuples(st.sampled_from(["", "B: ", "I:"]), _WORDS), min_size=1, max_size=6))
def test_every_shown_place_comes_back_and_order_is_kept(turns):
    text, rows = "", []
    for number, (label, words) in enumerate(turns):
        start = len(text)
        text += label + words
        rows.append(ParagraphRow(str(number), str(number), start, len(text), start + len(label)))
        text += "\n"
    shown = ShownText(text, rows)
    units = shown.to_units(np.arange(len(text)))
    assert (np.diff(units) >= 0).all()
    assert units.tolist() == [shown.to_unit(point) for point in range(len(text))]
    for number in range(len(rows)):
        span = shown.shown_span(number)
        for point in range(span.start, span.stop + 1):
            assert shown.to_point(shown.to_unit(point)) == point
        first, stop = shown.block_range(number)
        assert stop - first == len(shown.block_text(number).encode("utf-16-le")) // 2
