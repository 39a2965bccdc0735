"""Words and forms of speech, tagged by hand without any tagger.

``tokens`` and ``spoken`` were there before the tools, and those who made the tools had seen them; ``fresh``
was drawn and tagged by another person afterwards, and nothing was made with it. Of the sixty fresh forms of
speech, most of them dialect, 26 were understood at first sight: a measure, not a rule.
"""

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
def texts(hanta):
    """Words and tagged places of every transcript, by its title."""
    read = {}
    for path in resources.path("demo", "raw").iterdir():
        if path.stem.startswith(("Interview", "Fokusgruppe")):
            draft = read_transcript(path)
            labels = [(p.start, p.label_stop) for p in draft.paragraphs if p.label_stop > p.start]
            doc = hanta.read(draft.text, labels)
            places = [(token.idx, token.idx + len(token), token.pos_) for token in doc]
            read[path.stem.replace("_", " ")] = list(WORD.finditer(draft.text)), places
    return read


def beside(texts, name: str) -> list[tuple[str, str]]:
    """Of each word of the file the part of speech by hand, and by the tools."""
    found = []
    for _number, title, nth, word, pos in lines(name):
        words, places = texts[title]
        at = words[int(nth)]
        assert at[0] == word
        found.append((pos, next(p for start, stop, p in places if start <= at.start() < stop)))
    return found


@pytest.fixture(scope="module")
def pairs(texts) -> list[tuple[str, str]]:
    return beside(texts, "tokens.de.tsv")


def measured(pairs, kinds: tuple[str, ...]) -> tuple[float, float]:
    """Precision and recall."""
    both = sum(gold in kinds and ours in kinds for gold, ours in pairs)
    return both / sum(ours in kinds for _, ours in pairs), both / sum(gold in kinds for gold, _ in pairs)


@pytest.mark.parametrize("name", ["tokens.de.tsv", "fresh.de.tsv"])
def test_nouns_are_found_and_nothing_else_is_one(texts, name):
    pairs = beside(texts, name)
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


def test_two_of_five_fresh_forms_of_speech_are_understood(hanta):
    right = 0
    for form, lemma, pos, sentence in lines("fresh_spoken.de.tsv"):
        right += (lemma, pos) in [(t.lemma_, t.pos_) for t in hanta.read(sentence) if t.text == form]
    assert right >= 24
