"""Places are those of the text, whatever it holds; what transcribers write is no word."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.coding.positions import Span
from qda.coding.units import sentences
from qda.suggest.language.tools import of_tier
from qda.suggest.language.words import LABEL, SIGN, pieces

SNIPPETS = [
    "(.)",
    "(3)",
    "(lacht)",
    "//",
    "/ ",
    "#00:01:02-3#",
    "gibt’s",
    "\n",
    "  ",
    "😀",
    "z. B.",
    "3. Mai",
    "so’n",
]
TEXTS = st.lists(st.one_of(st.text(max_size=8), st.sampled_from(SNIPPETS)), max_size=12).map("".join)


@pytest.fixture(scope="module", params=["de", "en"])
def simple(request):
    return of_tier(request.param, "simplemma")


@given(text=TEXTS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_doc_is_its_text_sign_by_sign(simple, text):
    text = text.replace("\0", "")
    doc = simple.read(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@given(text=TEXTS, cut=st.tuples(st.integers(0, 40), st.integers(0, 40)))
@settings(max_examples=100, deadline=None)
def test_pieces_leave_out_blanks_alone_and_never_overlap(text, cut):
    labels = [cut] if cut[0] < cut[1] <= len(text) else []
    found = list(pieces(text, "de", labels))
    at = 0
    for start, stop, _kind in found:
        assert text[at:start].strip() == ""
        assert at <= start < stop
        at = stop
    assert text[at:].strip() == ""


def kinds(text: str, language: str = "de") -> list[tuple[str, str]]:
    return [(text[start:stop], kind) for start, stop, kind in pieces(text, language)]


@pytest.mark.parametrize(
    "sign", ["(.)", "(..)", "(3)", "(2,5)", "(lacht)", "((lacht))", "[lacht]", "(unv.)", "/", "//"]
)
def test_what_transcribers_write_is_one_sign(sign):
    assert kinds(f"Da {sign} war") == [("Da", ""), (sign, SIGN), ("war", "")]


@pytest.mark.parametrize("mark", ["#00:01:02-3#", "[00:12:01]", "(01:20)", "00:01:02"])
def test_time_marks_are_signs(mark):
    assert kinds(f"Ja. {mark}")[-1] == (mark, SIGN)


def test_what_people_say_in_brackets_are_words():
    assert [word for word, kind in kinds("Der Chip (seit 2002) und/oder so") if kind] == []


def test_a_break_behind_a_word_is_a_sign_of_its_own():
    assert kinds("wor/ und") == [("wor", ""), ("/", SIGN), ("und", "")]


def test_labels_are_no_words():
    doc = of_tier("de", "hanta").read("Frau B.: Ja.\nI: Gut.", [(0, 9), (13, 16)])
    assert [(t.text, t.pos_) for t in doc if t.tag_ == LABEL] == [("Frau B.:", "X"), ("I:", "X")]
    assert [sentence.text for sentence in doc.sents] == ["Frau B.:", "Ja.\n", "I:", "Gut."]


def test_signs_are_not_among_the_words_of_a_sentence():
    doc = of_tier("de", "hanta").read("Wir ham (.) die / Feste gemacht (lacht). Ja.")
    first = next(iter(doc.sents))
    words = [token.text for token in first if token.pos_ not in ("PUNCT", "SPACE", "X")]
    assert words == ["Wir", "ham", "die", "Feste", "gemacht"]


def test_english_clitics_are_words_and_german_ones_are_not():
    assert [word for word, _ in kinds("I’m sure they don't", "en")] == [
        "I",
        "’m",
        "sure",
        "they",
        "do",
        "n't",
    ]
    assert [word for word, _ in kinds("Weil’s so’n Fest gibt’s")] == ["Weil’s", "so’n", "Fest", "gibt’s"]


def test_abbreviations_ordinals_and_numbers_stay_whole():
    text = "Dr. Maus kommt z. B. am 3. Mai um 14:30 mit 1.200,50 Euro"
    words = [word for word, _ in kinds(text)]
    assert {"Dr.", "z. B.", "3.", "14:30", "1.200,50"} <= set(words)


def test_words_with_a_sign_for_all_genders_are_one():
    doc = of_tier("de", "hanta").read("Die Kolleg*innen und Nachbar:innen kamen.")
    assert [(t.text, t.pos_) for t in doc][1:4:2] == [("Kolleg*innen", "NOUN"), ("Nachbar:innen", "NOUN")]


def test_sentences_are_those_of_the_program():
    text = "Das war am 3. Mai. „Ja“, sagt er. Und dann (3) nichts mehr! Gut."
    doc = of_tier("de", "hanta").read(text)
    assert [s.text.strip() for s in doc.sents] == [
        text[span.start : span.stop] for span in sentences(text, Span(0, len(text)))
    ]
