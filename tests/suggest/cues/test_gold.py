"""Two hundred clauses a language, labelled before the rules were written: how often a hint is right.

As measured with HanTa (right / hinted, of all that are labelled so; the first run of the rules in brackets):

===  ============  ==============  ==============  ============  ==============
..   causal        context         intervening     strategy      consequence
===  ============  ==============  ==============  ============  ==============
de   17/17 of 17   8/9 of 10       7/7 of 7        0/0 of 2      7/7 of 21
..   (17/18)       (8/9)           (7/7)           (0/0)         (6/7)
en   30/31 of 30   21/27 of 28     3/3 of 4        3/4 of 5      8/9 of 16
..   (30/32)       (20/33)         (3/3)           (3/5)         (9/17)
===  ============  ==============  ==============  ============  ==============

The errors of one half alone were looked at; on the other one 16 of 17 and 29 of 36 hints are right. It is not
a blind test: one person labelled both halves and wrote the rules. "und da" and "so" at the beginning of a
sentence, whose result only the sense tells, are passed over, so recall of consequences is low. There are too
few strategies to judge; of 40 German hints of strategies, drawn from other interviews once the rules stood
and read by the same person, 29 were right (three kinds of mistakes were mended after that).
"""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from qda import resources
from qda.exchange.reading import read_transcript
from qda.suggest.cues.hints import found_in
from qda.suggest.cues.lexicon import CLASSES, lexicon
from qda.suggest.language.tools import of_tier

GOLD = Path(__file__).parents[1] / "gold"
ENOUGH = 8  # hints of a class, to speak of a share


def rows(language: str) -> list[list[str]]:
    written = (GOLD / f"clauses.{language}.tsv").read_text(encoding="utf-8").splitlines()
    return [row.split("\t") for row in written if not row.startswith("#")][1:]


def judged(language: str, folder: Path, *, half: str = "") -> tuple[Counter[str], Counter[str]]:
    """Of each class how many hints there are, and how many of them are right."""
    words = lexicon(language)
    assert words is not None
    read, made, right = {}, Counter(), Counter()
    for _number, of_half, name, start, stop, label, said in rows(language):
        if half not in ("", of_half):
            continue
        if name not in read:
            draft = read_transcript(folder / name)
            labels = [(one.start, one.label_stop) for one in draft.paragraphs if one.label_stop > one.start]
            doc = of_tier(language, "hanta").read(draft.text, labels)
            read[name] = draft.text, list(found_in(doc, words, 0, len(draft.text)))
        text, found = read[name]
        clause = text[int(start) : int(stop)]
        if language == "de":
            assert " ".join(clause.split()) == " ".join(said.split())
        else:
            assert hashlib.sha256(clause.encode()).hexdigest().startswith(said)
        for kind in {one.kind for one in found if int(start) <= one.start < int(stop)}:
            made[kind] += 1
            right[kind] += kind in label.split("+")
    return made, right


@pytest.fixture(scope="module")
def german() -> Path:
    return resources.path("demo", "raw")


@pytest.fixture(scope="module")
def english(shared: Path) -> Path:
    folder = shared / "data" / "en"
    if not (folder / "western-sydney").is_dir():
        pytest.skip("the English interviews are not there")
    return folder


def seven_of_ten(made: Counter[str], right: Counter[str]) -> bool:
    return all(right[kind] / made[kind] >= 0.7 for kind in CLASSES if made[kind] >= ENOUGH)


def test_two_hundred_clauses_are_labelled_in_each_language():
    assert [len(rows(language)) for language in ("de", "en")] == [200, 200]


def test_seven_of_ten_german_hints_of_each_class_are_right(german):
    made, right = judged("de", german)
    assert seven_of_ten(made, right)
    assert sum(right.values()) >= 35


def test_seven_of_ten_english_hints_of_each_class_are_right(english):
    made, right = judged("en", english)
    assert seven_of_ten(made, right)
    assert sum(right.values()) >= 60


def test_seven_of_ten_german_hints_are_right_where_no_rule_was_developed(german):
    made, right = judged("de", german, half="report")
    assert sum(right.values()) / sum(made.values()) >= 0.7


def test_seven_of_ten_english_hints_are_right_where_no_rule_was_developed(english):
    made, right = judged("en", english, half="report")
    assert sum(right.values()) / sum(made.values()) >= 0.7
