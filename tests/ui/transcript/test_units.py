"""Words and sentences as a selection takes them."""

import pytest

from qda.coding.positions import Span
from qda.ui.transcript import units

TEXT = (
    "Also ich sag immer: Ohne Protokoll gibt’s mich nicht. Das ist z. B. Dr. Meier, ja … Und? „Na klar.“ Gut."
)


def _span(words, text=TEXT):
    return Span(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(
    ("rough", "whole"),
    [
        ("otokoll gibt", "Protokoll gibt’s"),
        (" mich ", "mich"),
        ("nicht.", "nicht."),
        ("s mich nich", "gibt’s mich nicht"),
        ("mmer:", "immer:"),
    ],
)
def test_a_selection_grows_to_whole_words_and_loses_blanks(rough, whole):
    assert units.snap(TEXT, _span(rough)) == _span(whole)


def test_only_blanks_are_no_selection():
    assert units.snap("a   b", Span(1, 4)) is None


def test_a_sign_of_several_code_points_is_never_split():
    text = "so 👩‍👩‍👧 wars"
    family = _span("👩‍👩‍👧", text)
    assert units.snap(text, Span(family.start, family.start + 1)) == family
    accented = "Cafe\u0301 zu"
    assert units.snap(accented, Span(3, 4)) == Span(0, 5)


def test_sentences_end_at_their_signs_and_not_at_abbreviations():
    parts = [TEXT[part.start : part.stop] for part in units.sentences(TEXT, Span(0, len(TEXT)))]
    assert parts == [
        "Also ich sag immer: Ohne Protokoll gibt’s mich nicht.",
        "Das ist z. B. Dr. Meier, ja …",
        "Und?",
        "„Na klar.“",
        "Gut.",
    ]
