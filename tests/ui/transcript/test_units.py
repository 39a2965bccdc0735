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


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Das ist (.) Kurt. Und (3) Meier auch.", ["Das ist (.) Kurt.", "Und (3) Meier auch."]),
        ("Wir haben (unv.) Regeln. Ja.", ["Wir haben (unv.) Regeln.", "Ja."]),
        ("Das war es. (..) Dann kam sie.", ["Das war es. (..)", "Dann kam sie."]),
        ("Am 3. Mai 2015. Da war Prof. Dr. Kurz da.", ["Am 3. Mai 2015.", "Da war Prof. Dr. Kurz da."]),
        ("Frau M. Kraus, d. h. Anna, bzw. Eva. Gut.", ["Frau M. Kraus, d. h. Anna, bzw. Eva.", "Gut."]),
        ("Also z.B. Ämter u.a. Vereine. Mhm.", ["Also z.B. Ämter u.a. Vereine.", "Mhm."]),
        ("(Das war so verabredet.) Dann kam es.", ["(Das war so verabredet.)", "Dann kam es."]),
        ("Das geht... Na ja. Ähm… Gut!", ["Das geht...", "Na ja.", "Ähm…", "Gut!"]),
        ("Er sagt: „Geht nicht.“ Ich sage: „Doch!“", ["Er sagt: „Geht nicht.“", "Ich sage: „Doch!“"]),
        ("und dann hab ich/ wir haben das so gemacht", ["und dann hab ich/ wir haben das so gemacht"]),
        ("Wirklich? ja ja. Gut", ["Wirklich? ja ja.", "Gut"]),
        ("", []),
    ],
)
def test_pauses_remarks_ordinals_and_abbreviations_end_no_sentence(text, parts):
    assert [text[p.start : p.stop] for p in units.sentences(text, Span(0, len(text)))] == parts
