"""Finding in a transcript."""

import pytest
from PySide6.QtCore import Qt

from qda.coding.folding import Folded, find
from qda.ui.transcript.search_bar import SearchBar


def _found(text, query):
    return [text[start:stop] for start, stop in find(Folded(text), query)]


@pytest.mark.parametrize("query", ["über", "UEBER", "uber"])
def test_umlauts_are_found_however_they_are_typed(query):
    assert _found("Ich hab über Übersicht und ueber, neuer", query) == ["über", "Über", *_spelt_out(query)]


def _spelt_out(query: str) -> list[str]:
    """Who writes u alone does not mean ue."""
    return [] if query == "uber" else ["ueber"]


def test_sharp_s_is_double_s_and_positions_stay():
    text = "Straße, STRASSE 😀 und große Maße"
    assert _found(text, "strasse") == ["Straße", "STRASSE"]
    assert _found(text, "maße") == ["Maße"]
    assert _found(text, "😀 und") == ["😀 und"]


def test_a_blank_finds_a_line_feed_and_signs_are_meant_as_typed():
    assert _found("das\nwar (lacht) so", "das war (lacht)") == ["das\nwar (lacht)"]
    assert _found("a.b axb", "a.b") == ["a.b"]
    assert _found("abc", "   ") == []


@pytest.fixture
def bar(view, short, qtbot):
    view.set_transcript(short.text, short.paragraphs)
    bar = SearchBar(view)
    qtbot.addWidget(bar)
    bar.open()
    return bar


def test_the_bar_counts_and_goes_round(bar, short, qtbot):
    qtbot.keyClicks(bar.line, "regeln")
    assert bar.count.text() == "1 of 2"
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.count.text() == "2 of 2"
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.count.text() == "1 of 2"
    qtbot.keyClick(bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == "2 of 2"


def test_labels_that_are_not_shown_are_not_found(bar, qtbot):
    qtbot.keyClicks(bar.line, "B:")
    assert bar.hits == []
    assert bar.count.text() == "Nothing found"


def test_escape_closes_and_leaves_the_hit_selected(bar, view, short, qtbot):
    qtbot.keyClicks(bar.line, "strasse")
    qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    span = view.selected_span()
    assert short.text[span.start : span.stop] == "Straße"
