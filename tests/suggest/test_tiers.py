"""Three tiers behind one interface: the best that works, and the same attributes from each."""

import os
import subprocess
import sys

import pytest
from spacy.matcher import Matcher, PhraseMatcher

from qda import doctor
from qda.errors import KnownError
from qda.suggest.language import hanta as hanta_module
from qda.suggest.language import tagsets
from qda.suggest.language.tools import names, of_tier, tools, works
from qda.suggest.language.trained import installed

UNIVERSAL = frozenset(
    (
        *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
        *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X", "SPACE"),
    )
)
TEXT = "I: Die Konferenzen (lacht) gingen.\nB: Ham wir nix gemacht, die Netzwerkkonferenz ist dann / gut."


@pytest.fixture
def without_hanta(monkeypatch):
    monkeypatch.setattr(hanta_module, "MODELS", {"de": "nowhere.pgz", "en": "nowhere.pgz"})
    hanta_module.hanta.cache_clear()
    tools.cache_clear()
    yield
    hanta_module.hanta.cache_clear()
    tools.cache_clear()


def test_hanta_is_used_where_no_pipeline_is_installed():
    assert [works(language)[0] for language in ("de", "en")] == ["hanta", "hanta"]
    assert tools("de").tier == "hanta"
    assert tools("de").name == names()["de"]


def test_without_a_model_of_hanta_simple_rules_are_left(without_hanta):
    found = tools("de")
    assert (found.tier, found.name) == ("simplemma", names()["de"])
    assert works("en")[0] == "simplemma"


def test_without_hanta_itself_simple_rules_are_left(monkeypatch):
    monkeypatch.setitem(sys.modules, "HanTa.HanoverTagger", None)
    hanta_module.hanta.cache_clear()
    try:
        assert works("de")[0] == "simplemma"
    finally:
        hanta_module.hanta.cache_clear()


def test_the_largest_installed_pipeline_is_the_best(fake_pipeline):
    tools.cache_clear()
    assert installed("de") == fake_pipeline
    found = tools("de")
    assert (found.tier, found.name) == ("pipeline", names()["de"])
    assert "de_core_news_md-9.9.9" in found.name
    doc = found.read("Die Konferenzen gingen. Wir ham gelacht.")
    tagged = {token.text: (token.tag_, token.pos_, token.lemma_) for token in doc}
    assert tagged["Konferenzen"] == ("NN", "NOUN", "Konferenz")
    assert tagged["gingen"] == ("VVFIN", "VERB", "gehen")
    assert tagged["ham"] == ("VAFIN", "AUX", "haben")


def test_installed_pipelines_are_those_that_spacy_finds(fake_pipeline, tmp_path):
    program = "from spacy.util import get_installed_models as found; print(*sorted(found()))"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    told = subprocess.check_output(
        [sys.executable, "-W", "ignore", "-c", program], text=True, env=environment
    )
    assert fake_pipeline in told.split()


def test_a_pipeline_that_cannot_be_loaded_is_passed_by(fake_pipeline, monkeypatch):
    import spacy

    def broken(*_names, **_options):
        raise ValueError("[E1005] made for another version")

    monkeypatch.setattr(spacy, "load", broken)
    assert works("de")[0] == "hanta"


@pytest.mark.parametrize("tier", ["pipeline", "hanta", "simplemma"])
def test_every_tier_cuts_the_text_alike_and_fills_the_same_attributes(tier, fake_pipeline):
    doc = of_tier("de", tier).read(TEXT, [(0, 3), (35, 38)])
    first = of_tier("de", "hanta").read(TEXT, [(0, 3), (35, 38)])
    assert [(t.text, t.idx, t.is_sent_start) for t in doc] == [
        (t.text, t.idx, t.is_sent_start) for t in first
    ]
    rest = [
        token for token in doc if token.text not in ("dann", "gut", "die", "Die", "wir", "gemacht", "ist")
    ]
    told = [token for token in rest if tier != "pipeline" or token.text != "Netzwerkkonferenz"]
    assert all(token.pos_ in UNIVERSAL and token.tag_ and token.lemma_ for token in told)
    assert {t.text: t.pos_ for t in doc if t.text in ("(lacht)", "/", "\n", "I:")} == {
        "(lacht)": "PUNCT",
        "/": "PUNCT",
        "\n": "SPACE",
        "I:": "X",
    }
    assert [t.lemma_ for t in doc if t.text == "nix"] == ["nichts"]
    assert all(len(token._.qda_parts) >= 1 for token in doc)
    assert doc.has_annotation("SENT_START")


@pytest.mark.parametrize("tier", ["hanta", "simplemma"])
def test_matchers_find_by_lemma_and_part_of_speech(tier):
    found = of_tier("de", tier)
    doc = found.read("Wir machten die Vereine stark.")
    by_rule = Matcher(found.nlp.vocab)
    by_rule.add("x", [[{"POS": "DET"}, {"POS": "NOUN", "LEMMA": "Verein"}]])
    by_words = PhraseMatcher(found.nlp.vocab, attr="LEMMA")
    by_words.add("y", [found.read("die Vereine")])
    assert [doc[start:stop].text for _, start, stop in by_rule(doc)] == ["die Vereine"]
    assert [doc[start:stop].text for _, start, stop in by_words(doc)] == ["die Vereine"]


def test_english_has_its_own_tags():
    doc = tools("en").read("She hasn't been there, but they'd seen Mr. Smith's two dogs. What did you do?")
    pos = [(token.text, token.pos_) for token in doc]
    assert ("has", "AUX") in pos
    assert ("n't", "PART") in pos
    assert ("Smith", "PROPN") in pos
    assert ("dogs", "NOUN") in pos
    assert ("did", "AUX") in pos
    assert ("do", "VERB") in pos
    assert {t.text: t.lemma_ for t in doc}["seen"] == "see"


def test_other_languages_are_refused_in_a_sentence():
    with pytest.raises(KnownError, match="no language tools"):
        tools("xx")


# -- tags ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tags", "lemmas", "kinds"),
    [
        (
            ["PPER", "VA(FIN)", "ADV", "VV(PP)", "$."],
            ["ich", "haben", "da", "gehen", "."],
            "PRON AUX ADV VERB PUNCT",
        ),
        (["PPER", "VA(FIN)", "ART", "NN"], ["ich", "haben", "ein", "Hund"], "PRON VERB DET NOUN"),
        (["PPER", "VA(FIN)", "ADJ(D)"], ["es", "sein", "gut"], "PRON AUX ADJ"),
        (["PDAT", "NN", "VM(FIN)", "PTKNEG"], ["dies", "Hund", "wollen", "nicht"], "DET NOUN AUX PART"),
        (["KOUS", "NE", "PTKVZ", "ITJ"], ["weil", "Ute", "weg", "ach"], "SCONJ PROPN ADP INTJ"),
    ],
)
def test_german_tags_become_universal_ones(tags, lemmas, kinds):
    assert tagsets.german(tags, lemmas) == kinds.split()


def test_every_tag_of_the_german_model_has_its_part_of_speech():
    numbers = hanta_module.hanta("de")._tagger.int2tag
    tags = {numbers[-number] for number in numbers if number < 0} - {"UNKNOWN", "FM", "XY", "TRUNC"}
    assert [tag for tag in sorted(tags) if tagsets.german([tag], ["x"]) == ["X"]] == []


def test_every_tag_of_the_english_model_has_its_part_of_speech():
    numbers = hanta_module.hanta("en")._tagger.int2tag
    tags = {numbers[-number] for number in numbers if number < 0} - {"UNKNOWN", "UNC", "ZZ0", "!!!", "IN", ""}
    assert [tag for tag in sorted(tags) if tagsets.english([tag]) == ["X"]] == []


def test_penn_tags_are_known_too():
    tags = ("NN", "NNP", "VBD", "JJ", "RB", "MD", "IN", "UH", "CD")
    assert [tagsets.penn(tag) for tag in tags] == [
        "NOUN",
        "PROPN",
        "VERB",
        "ADJ",
        "ADV",
        "AUX",
        "ADP",
        "INTJ",
        "NUM",
    ]


# -- the doctor ---------------------------------------------------------------------------------------------


def rows() -> dict[str, doctor.Finding]:
    return {row.key: row for row in doctor.examine()}


def test_the_doctor_names_the_tier_and_how_to_get_a_better_one():
    found = rows()
    assert found["language_de"].good
    assert "HanTa" in found["language_de"].value
    assert "de_core_news_md" in found["language_de"].value
    assert "en_core_web_md" in found["language_en"].value


def test_the_doctor_minds_simple_rules(without_hanta):
    found = rows()["language_de"]
    assert not found.good
    assert "simple rules" in found.value


def test_the_doctor_is_content_with_a_pipeline(fake_pipeline):
    assert rows()["language_de"].value == "trained pipeline: de_core_news_md-9.9.9"
