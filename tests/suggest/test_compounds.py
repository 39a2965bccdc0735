"""Compounds fall into the words that people say."""

import pytest

from qda.suggest.language.compounds import parts, vocabulary
from qda.suggest.language.tools import of_tier


@pytest.fixture(scope="module")
def hanta():
    return of_tier("de", "hanta")


def of(tool, word: str, *study: str) -> str:
    token = tool.read(f"Da war die {word}.")[3]
    return "·".join(parts(token, vocabulary(tool.read(text) for text in study)))


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("Migrantenorganisation", "Migranten·organisation"),
        ("Sprachkurse", "Sprach·kurse"),
        ("Ausländerbehörde", "Ausländer·behörde"),
        ("Koordinierungsgruppe", "Koordinierungs·gruppe"),
        ("Integrationslotsinnen", "Integrations·lotsinnen"),
        ("Zuständigkeit", "Zuständigkeit"),
        ("Verband", "Verband"),
        ("Runde", "Runde"),
        ("Ost-West-Treffen", "Ost·West·Treffen"),
    ],
)
def test_a_compound_falls_into_its_parts(hanta, word, cut):
    assert of(hanta, word) == cut


def test_small_stems_are_one_part_where_the_study_knows_their_word(hanta):
    assert of(hanta, "Netzwerkkonferenz") == "Netz·werk·konferenz"
    assert of(hanta, "Netzwerkkonferenz", "Das Netzwerk trifft sich.") == "Netzwerk·konferenz"


def test_the_document_is_the_study_where_no_other_is_given(hanta):
    doc = hanta.read("Zur Netzwerkkonferenz kam das Netzwerk.")
    assert doc[1]._.qda_parts == ("Netzwerk", "konferenz")


def test_parts_together_are_the_word(hanta):
    doc = hanta.read("Straßenfeste, Bürgermeisterinnen, Ehrenamtskoordination, Kühlschränke, Feuerwehrhäuser")
    assert all("".join(token._.qda_parts) == token.text for token in doc)


def test_without_a_tagger_words_are_cut_where_the_study_knows_both_parts():
    simple = of_tier("de", "simplemma")
    assert of(simple, "Vereinsarbeit", "Der Verein hat Arbeit.") == "Vereins·arbeit"
    assert of(simple, "Vereinsarbeit") == "Vereinsarbeit"
