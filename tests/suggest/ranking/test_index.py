"""The index: the same codings make the same ranks, whatever came and went before."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.suggest.ranking.features import plain_words
from qda.suggest.ranking.index import Index, Label, Place
from qda.suggest.ranking.weights import NAMES, shipped

WORDS = [
    *("Vertrauen", "Netzwerk", "Konferenz", "Verwaltung", "Antrag", "Ehrenamt", "Geduld", "Absprache"),
    *("Bürgermeister", "Sitzung", "Förderung", "Sprachkurs", "Verein", "Dienstweg", "Rückhalt", "wachsen"),
    *("verlieren", "warten", "zusagen", "einladen"),
]
LABELS = tuple(
    Label(f"code-{n}", WORDS[n], f"Wenn jemand {WORDS[-n - 1]} sagt", f"top-{n % 2}") for n in range(5)
)


def passage(number: int) -> tuple[Place, object]:
    chance = random.Random(number)
    text = " ".join(chance.choices(WORDS, k=chance.randint(1, 12)))
    return Place(f"source-{number % 3}", number * 7, number * 7 + 20), plain_words(text).of(0, len(text))


def fresh(labels=LABELS) -> Index:
    index = Index()
    for label in labels:
        index.name(label)
    return index


def ranks(index: Index, number: int) -> list[tuple[str, float]]:
    return [
        (code, round(score, 7)) for code, score, _spoken in index.ranked(*passage(number), shipped(), least=1)
    ]


steps = st.lists(
    st.tuples(
        st.sampled_from(("learn", "learn", "learn", "forget", "merge", "rename")),
        st.integers(0, 15),
        st.integers(0, 4),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_an_index_that_followed_ranks_as_one_made_from_nothing(acts):
    index, labels = fresh(), {label.guid: label for label in LABELS}
    codings: list[tuple[int, str]] = []
    for act, number, code in acts:
        guid = f"code-{code}"
        if act == "learn":
            index.learn(*passage(number), guid)
            codings.append((number, guid))
        elif act == "forget" and codings:
            gone = codings.pop(number % len(codings))
            index.forget(passage(gone[0])[0], gone[1])
        elif act == "rename":
            labels[guid] = Label(guid, WORDS[number], "", "top-0")
            index.name(labels[guid])
        elif act == "merge":
            into = f"code-{(code + 1) % 5}"
            for at, (place, given_code) in enumerate(codings):
                if given_code == guid:
                    index.forget(passage(place)[0], guid)
                    index.learn(*passage(place), into)
                    codings[at] = place, into
    again = fresh(labels.values())
    for number, guid in reversed(codings):
        again.learn(*passage(number), guid)
    for number in range(0, 20, 3):
        assert ranks(index, number) == ranks(again, number)


def test_a_coding_that_is_removed_leaves_nothing_behind():
    index = fresh()
    for number in range(8):
        index.learn(*passage(number), f"code-{number % 4}")
    before = [ranks(index, number) for number in range(12)]
    index.learn(*passage(9), "code-4")
    assert [ranks(index, number) for number in range(12)] != before
    index.forget(passage(9)[0], "code-4")
    assert [ranks(index, number) for number in range(12)] == before


def test_many_removals_put_the_index_together_anew_with_the_same_ranks(monkeypatch):
    monkeypatch.setattr("qda.suggest.ranking.space._SLACK", 3)
    index, other = fresh(), fresh()
    for number in range(4):
        index.learn(*passage(number), f"code-{number}")
        other.learn(*passage(number), f"code-{number}")
    for number in range(5, 30):
        index.learn(*passage(number), "code-1")
        index.forget(passage(number)[0], "code-1")
    assert [ranks(index, n) for n in range(12)] == [ranks(other, n) for n in range(12)]


def test_a_passage_is_no_example_for_itself():
    index = fresh()
    place, features = passage(3)
    index.learn(place, features, "code-1")
    index.learn(*passage(6), "code-2")
    table = index.table(place, features)
    own = table.values[table.codes.index("code-1")]
    assert np.all(own[:4] == 0.0)


def test_what_two_people_gave_alike_is_there_until_both_have_taken_it_back():
    index = fresh()
    place, features = passage(3)
    index.learn(place, features, "code-1")
    index.learn(place, features, "code-1")
    index.forget(place, "code-1")
    assert index.codes_at(place.source, place.start, place.stop) == {"code-1"}
    index.forget(place, "code-1")
    assert index.passages == 0


def test_a_code_given_shortly_before_in_the_text_counts_and_one_given_behind_does_not():
    index = fresh()
    _place, features = passage(1)
    index.learn(Place("s", 0, 10), features, "code-1")
    index.learn(Place("s", 90, 99), features, "code-2")
    table = index.table(Place("s", 20, 30), features)
    recent = dict(zip(table.codes, table.values[:, NAMES.index("recent")], strict=True))
    assert recent == {"code-1": pytest.approx(1.0), "code-2": pytest.approx(0.0)}


def fitted(index: Index, text: str) -> dict[str, float]:
    table = index.table(Place("asked", 0, 9), plain_words(text).of(0, len(text)))
    return dict(zip(table.codes, table.values[:, NAMES.index("fitted")], strict=True))


def learned(index: Index, text: str, code: str, at: int) -> None:
    index.learn(Place("s", at, at + 9), plain_words(text).of(0, len(text)), code)


def test_passages_that_say_the_same_do_not_outvote_one_that_is_nearer():
    index = fresh()
    for at in range(30):
        learned(index, "Vertrauen Verein Geduld", "code-1", at * 10)
    learned(index, "Vertrauen Netzwerk", "code-2", 900)
    learned(index, "Sitzung Antrag", "code-3", 910)
    told = fitted(index, "Vertrauen Netzwerk")
    assert told["code-2"] > told["code-1"] > told["code-3"] == 0.0


def test_where_very_many_passages_are_equally_alike_those_that_are_nearer_still_count():
    index = fresh()
    for at in range(250):
        learned(index, "Vertrauen Verein", "code-1", at * 10)
    learned(index, "Vertrauen Netzwerk", "code-2", 5000)
    for at in range(600, 660):
        learned(index, "Sitzung Antrag", "code-3", at * 10)
    told = fitted(index, "Vertrauen Netzwerk")
    assert told["code-2"] > 0.3
    assert told["code-1"] == 0.0


def test_without_any_coding_nothing_is_ranked():
    assert fresh().ranked(*passage(1), shipped()) == []
