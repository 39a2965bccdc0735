"""Positions: one normalisation, and where every foreign place went."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.coding.positions import OffsetMap, QtPositions, Span, normalise

CURIOUS = (
    "aeouäöüßÄé \t\n\r\u2028\u2029\ufdd0\ufdd1\ufeff\ufffe\x00\x07\x0b\x0c\x1f\ud800\udc00"
    "\u00ad\u200b\u200c\u200d"
    "\u2060\u0301\u0308\u0323\u0338=←👩🏽‍👧❤\ufe0f𝄞שלוםבֵּ\u05b0מרحَبًاा\u0915\u093c\u09c7\u09be가\u1100\u1161\u11a8Å\u212b\u0344🇩🇪"
)
texts = st.text(alphabet=st.one_of(st.sampled_from(CURIOUS), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("foreign", "stored"),
    [
        ("a\r\nb\rc\u2029d\ufdd0e\ufdd1f\ng", "a\nb\nc\nd\ne\nf\ng"),
        ("\ufeffI: ja\ufffe\x00\x07\x0b\x0c\x1f\ttab", "I: ja\ttab"),
        ("ein\ud800zeln\udc00", "einzeln"),
        ("a\r\n\r\nb\n\rc", "a\n\nb\n\nc"),
    ],
)
@pytest.mark.parametrize("coded", [False, True])
def test_line_ends_become_lf_and_invisible_rubbish_goes(foreign, stored, coded):
    assert normalise(foreign, coded=coded)[0] == stored


def test_an_uncoded_text_comes_composed_without_soft_hyphens_and_zero_width_characters():
    foreign = (
        "Mu\u0308ller Inte\u00adgration Null\u200bbreite wort\u2060fest auf\u200clage a\u200db eins\u2028zwei"
    )
    assert normalise(foreign)[0] == "Müller Integration Nullbreite wortfest auflage ab eins\nzwei"


def test_a_coded_text_keeps_everything_else_exactly():
    foreign = "Mu\u0308ller Inte\u00adgration Null\u200bbreite auf\u200clage eins\u2028zwei"
    assert normalise(foreign, coded=True)[0] == foreign


def test_joiners_stay_inside_emoji_and_inside_persian_and_indic_words():
    family, persian, hindi = "👩\u200d👧 👩🏽\u200d🦰 ❤\ufe0f\u200d🔥", "می\u200cخواهم", "क्\u200dष"
    assert normalise(f"{family} {persian} {hindi}")[0] == f"{family} {persian} {hindi}"


def test_direction_marks_of_hebrew_and_arabic_stay():
    assert normalise("שלום\u200f (ja)\u200e")[0] == "שלום\u200f (ja)\u200e"


def test_places_after_crlf_and_marks_move_by_what_went():
    foreign = "\ufeffI: a\r\nB: u\u0308b\u00ader"
    text, map_ = normalise(foreign)
    assert text == "I: a\nB: über"
    assert text[map_.to_text(foreign.index("B")) :] == "B: über"
    assert text[map_.to_text(foreign.index("er")) :] == "er"
    assert map_.span(1, 5) == Span(0, 4)
    assert map_.to_text(foreign.index("\r")) == map_.to_text(foreign.index("\n")) == text.index("\n")


@given(texts, st.booleans())
def test_normalising_twice_changes_nothing_more(foreign, coded):
    once = normalise(foreign, coded=coded)[0]
    assert normalise(once, coded=coded)[0] == once


@given(texts)
def test_an_uncoded_text_is_in_nfc_and_holds_no_forbidden_character(foreign):
    text = normalise(foreign)[0]
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(
        "[\r\x00-\x08\x0b-\x1f\ufeff\ufffe\ud800-\udfff\u00ad\u200b\u2060\u2028\u2029\ufdd0\ufdd1]", text
    )


@given(texts, st.booleans())
def test_the_map_is_monotone_and_ends_at_the_end(foreign, coded):
    text, map_ = normalise(foreign, coded=coded)
    places = [map_.to_text(i) for i in range(len(foreign) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(text)
    assert places[0] == 0


@given(texts, st.booleans())
def test_a_character_that_stays_is_found_at_its_mapped_place(foreign, coded):
    text, map_ = normalise(foreign, coded=coded)
    for i, character in enumerate(foreign):
        here, after = map_.to_text(i), map_.to_text(i + 1)
        if "a" <= character <= "z" and after == here + 1:
            assert unicodedata.normalize("NFD", text[here])[0] == character


@given(
    st.lists(
        st.sampled_from(["ab ", "u\u0308", "\r\n", "\u00ad", "שּׁ", "👩🏽‍👧", "e\u0323\u0301", "z"]),
        max_size=30,
    )
)
def test_every_cut_between_whole_characters_maps_to_the_same_cut_of_the_result(parts):
    foreign = "".join(parts)
    text, map_ = normalise(foreign)
    at = 0
    for part in parts:
        stored = normalise(part)[0]
        assert text[map_.to_text(at) : map_.to_text(at + len(part))] == stored
        at += len(part)


def test_a_map_without_entries_before_a_place_leaves_it():
    assert OffsetMap((5,), (3,), (1,)).to_text(2) == 2


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("a𝄞👩שé"), st.characters(exclude_categories=["Cs"])), max_size=40
    )
)
def test_qt_units_and_code_points_convert_both_ways(text):
    places = QtPositions(text)
    for point in range(len(text) + 1):
        unit = len(text[:point].encode("utf-16-le")) // 2
        assert places.to_qt(point) == unit
        assert places.from_qt(unit) == point


def test_spans_know_overlap_and_containment_and_refuse_nonsense():
    assert Span(0, 3).overlaps(Span(2, 5))
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(0, 5).contains(Span(1, 5))
    with pytest.raises(ValueError, match="no span"):
        Span(3, 2)
