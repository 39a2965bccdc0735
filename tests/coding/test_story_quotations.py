"""Quotations of a story beside their source."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.coding import documents
from qda.coding.story_quotations import (
    Difference,
    differences,
    find_quotation,
    mended,
    span_of,
    typed_quotations,
    words_with_places,
)
from qda.coding.story_text import quotation_agrees
from qda.models import Project

SOURCE = "Da hat, ähm, Frau Demir gesagt: (lacht) Blumen kriegen wir jedes Jahr, einen Raum nie. (3) So."


@pytest.mark.parametrize(
    ("quotation", "shown"),
    [
        ("„Blumen bekommen wir jedes Jahr“", [("bekommen", "kriegen")]),
        ("„Blumen kriegen wir auch jedes Jahr“", [("auch", "")]),
        ("„Blumen kriegen wir einen Raum nie“", [("", "jedes Jahr")]),
        ("„Blumen schenkt man uns jedes Jahr“", [("schenkt man uns", "kriegen wir")]),
        ("„Da hat [Name] Blumen“", [("", "Frau")]),
        ("„Blumen kriegen wir […] einen Saal nie“", [("Saal", "Raum")]),
    ],
)
def test_what_differs_is_told_word_by_word(quotation, shown):
    assert [(one.words, one.source) for one in differences(quotation, SOURCE)] == shown


def test_places_of_a_difference_are_those_of_the_quotation():
    (one,) = differences("„Blumen bekommen wir“", SOURCE)
    assert one == Difference(8, 16, "bekommen", "kriegen")


@pytest.mark.parametrize(
    ("quotation", "result"),
    [
        ("„Blumen bekommen wir jedes Jahr.“", "„Blumen kriegen wir jedes Jahr.“"),
        ("„Blumen kriegen wir auch jedes Jahr“", "„Blumen kriegen wir jedes Jahr“"),
        ("„Blumen kriegen wir einen Raum nie“", "„Blumen kriegen wir jedes Jahr einen Raum nie“"),
        ("„Blumen kriegen wir […] einen Saal nie“", "„Blumen kriegen wir […] einen Raum nie“"),
    ],
)
def test_the_wording_of_the_source_is_taken_and_nothing_else(quotation, result):
    assert mended(quotation, SOURCE) == result


WORDS = st.sampled_from(
    ["ich", "du", "wir", "gehen", "ähm", "nie", "[…]", "[Name]", "Raum,", "(3)", "jetzt."]
)
RUNS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TEXTS = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)


@RUNS
@given(TEXTS, TEXTS.filter(lambda text: "[" not in text))
def test_a_mended_quotation_agrees_with_its_source(quotation, source):
    if not words_with_places(source):
        return  # nothing but fillers
    assert quotation_agrees(mended(quotation, source), source)


@RUNS
@given(TEXTS, TEXTS.filter(lambda text: "[" not in text))
def test_differences_are_none_exactly_where_a_quotation_agrees(quotation, source):
    if words_with_places(quotation):
        assert (not differences(quotation, source)) == quotation_agrees(quotation, source)


@RUNS
@given(TEXTS, TEXTS.filter(lambda text: "[" not in text))
def test_a_quotation_that_agrees_has_a_place(quotation, source):
    span = span_of(quotation, source)
    assert (span is not None) == quotation_agrees(quotation, source)
    if span is not None:
        assert quotation_agrees(quotation, source[span[0] : span[1]]) or "[" in quotation


def test_words_in_quotation_marks_are_found_and_scare_quotes_are_not():
    text = (
        'Sie sagt: „Blumen kriegen wir jedes Jahr.“ Das ist „Steuern“, "so to say here" und »eins zwei drei«.'
    )
    assert [text[one.start : one.stop] for one in typed_quotations(text)] == [
        "„Blumen kriegen wir jedes Jahr.“",
        '"so to say here"',
        "»eins zwei drei«",
    ]


def test_a_quotation_that_was_typed_is_found_in_the_material(tmp_path):
    with Project.create(tmp_path / "s.qdaproj", title="Probe", coder="MK", template="hajji") as project:
        text = f"B: Erst etwas anderes.\nB: {SOURCE}"
        source = documents.add_document(project, title="Interview A", text=text, kind="interview")
        (row,) = find_quotation(project, "Frau Demir gesagt: Blumen […] nie")
        assert (row.source, row.guid) == (source, "")
        assert row.text == "Frau Demir gesagt: (lacht) Blumen kriegen wir jedes Jahr, einen Raum nie."
        assert find_quotation(project, "Frau Demir gesagt: Rosen") == []
