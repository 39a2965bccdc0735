"""Five hundred words and sixty forms of speech, tagged by hand before any tagger ran."""

import re
from pathlib import Path

import pytest

from qda import resources
from qda.exchange.reading import read_transcript
from qda.suggest.language.tools import of_tier

GOLD = Path(__file__).parent / "gold"
WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")  # how the words of the gold are counted
NOUNS = ("NOUN", "PROPN")


def lines(name: str) -> list[list[str]]:
    rows = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [row.split("\t") for row in rows if not row.startswith("#")][1:]


@pytest.fixture(scope="module")
def hanta():
    return of_tier("de", "hanta")


@pytest.fixture(scope="module")
def pairs(hanta) -> list[tuple[str, str]]:
    """Of each of the five hundred words the part of speech by hand, and by the tools."""
    read = {}
    for path in resources.path("demo", "raw").iterdir():
        if path.stem.startswith(("Interview", "Fokusgruppe")):
            draft = read_transcript(path)
            labels = [(p.start, p.label_stop) for p in draft.paragraphs if p.label_stop > p.start]
            doc = hanta.read(draft.text, labels)
            places = [(token.idx, token.idx + len(token), token.pos_) for token in doc]
            read[path.stem.replace("_", " ")] = list(WORD.finditer(draft.text)), places
    found = []
    for _number, title, nth, word, pos in lines("tokens.de.tsv"):
        words, places = read[title]
        at = words[int(nth)]
        assert at[0] == word
        found.append((pos, next(p for start, stop, p in places if start <= at.start() < stop)))
    return found


def measured(pairs, kinds: tuple[str, ...]) -> tuple[float, float]:
    """Precision and recall."""
    both = sum(gold in kinds and ours in kinds for gold, ours in pairs)
    return both / sum(ours in kinds for _, ours in pairs), both / sum(gold in kinds for gold, _ in pairs)


def test_nouns_are_found_and_nothing_else_is_one(pairs):
    assert len(pairs) == 500
    precision, recall = measured(pairs, NOUNS)
    assert precision >= 0.95
    assert recall >= 0.95


def test_common_nouns_alone_are_mostly_right(pairs):
    precision, recall = measured(pairs, ("NOUN",))
    assert precision >= 0.9
    assert recall >= 0.95


def test_nineteen_of_twenty_words_have_their_part_of_speech(pairs):
    assert sum(gold == ours for gold, ours in pairs) / len(pairs) >= 0.95


@pytest.mark.parametrize(("form", "lemma", "pos", "sentence"), lines("spoken.de.tsv"), ids=lambda x: x[:12])
def test_a_form_of_speech_is_understood(hanta, form, lemma, pos, sentence):
    doc = hanta.read(sentence)
    assert (lemma, pos) in [(token.lemma_, token.pos_) for token in doc if token.text == form]
