"""Constant comparison: others of the code by case, the most like and the most unlike; judgements as notes."""

import math
from collections import Counter

import pytest

from qda.coding import cases, codes, comparing, documents, memo_queries, partial
from qda.errors import KnownError
from qda.models import Project
from qda.models.search_index import normalised
from tests.coding.helpers import code, named, span


def naive(a: str, b: str) -> float:
    """The formula, word for word."""
    grams = []
    for words in (a, b):
        text = f" {' '.join(normalised(words).split())} "
        grams.append(Counter(text[n : n + 3] for n in range(len(text) - 2)))
    norm = math.sqrt(sum(n * n for n in grams[0].values()) * sum(n * n for n in grams[1].values()))
    return sum(n * grams[1][gram] for gram, n in grams[0].items()) / norm if norm else 0.0


def test_likeness_is_the_cosine_of_trigram_counts() -> None:
    words = "Straßenfeste, 😀 und Ämter"
    others = ["STRASSENFEST und  Amt", "ja", "", "Straßenfeste, 😀 und Ämter", "שלום עולם"]
    found = comparing.likeness(words, others)
    assert found.tolist() == pytest.approx([naive(words, other) for other in others])
    assert found[3] == pytest.approx(1)


def test_nothing_is_like_nothing() -> None:
    assert comparing.likeness("", ["", "a"]).tolist() == pytest.approx([0, 0])


def test_the_others_of_a_code_are_told_by_case_with_the_most_like_and_the_most_unlike(
    project: Project, interview: str, group: str
) -> None:
    first, second = cases.add_case(project, name="A"), cases.add_case(project, name="Gruppe")
    documents.set_source_case(project, source=interview, case=first)
    documents.set_source_case(project, source=group, case=second)
    code(project, interview, "Am Anfang stand ich allein da", "Zeit")
    code(project, group, "Mir hilft die Geduld der anderen.", "Zeit")
    code(project, group, "Mir nicht, ich brauche Tempo.", "Zeit")
    code(project, group, "Geduld", "Anderes")
    found = comparing.comparison(
        project, code=named(project, "Zeit"), **span(project, group, "Mir hilft die Geduld der anderen.")
    )
    assert found.count == 2
    assert [(one.name, one.count, [p.text for p in one.passages]) for one in found.by_case] == [
        ("A", 1, ["Am Anfang stand ich allein da"]),
        ("Gruppe", 1, ["Mir nicht, ich brauche Tempo."]),
    ]
    assert [comparing.passages_of(project, one) for one in found.by_case] == [
        one.passages for one in found.by_case
    ]
    assert found.like is not None
    assert found.unlike is not None
    assert {found.like.text, found.unlike.text} == {
        "Am Anfang stand ich allein da",
        "Mir nicht, ich brauche Tempo.",
    }
    assert naive("Mir hilft die Geduld der anderen.", found.like.text) > naive(
        "Mir hilft die Geduld der anderen.", found.unlike.text
    )


def test_the_case_of_a_speaker_outranks_that_of_the_document(project: Project, group: str) -> None:
    from qda.coding import material

    case = cases.add_case(project, name="Die Eilige")
    speaker = next(s for s in material.speakers(project, group) if s.label == "B")
    documents.set_speaker_case(project, speaker=speaker.guid, case=case)
    code(project, group, "ich brauche Tempo", "Zeit")
    found = comparing.comparison(project, code=named(project, "Zeit"), **span(project, group, "Geduld"))
    assert [(one.case, one.name) for one in found.by_case] == [(case, "Die Eilige")]


def test_of_many_cases_the_words_are_read_when_they_are_looked_at(
    project: Project, group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "CASES_READ", 0)
    code(project, group, "ich brauche Tempo", "Zeit")
    (found,) = comparing.comparison(
        project, code=named(project, "Zeit"), **span(project, group, "Geduld")
    ).by_case
    assert (found.count, found.passages) == (1, ())
    assert [row.text for row in comparing.passages_of(project, found)] == ["ich brauche Tempo"]


def test_the_further_passages_of_a_case_are_read_by_pages(project: Project, group: str) -> None:
    words = ("Mir hilft", "die Geduld", "der anderen", "Mir nicht", "ich brauche", "Tempo", "Geduld der")
    for one in words:
        code(project, group, one, "Zeit")
    (found,) = comparing.comparison(
        project, code=named(project, "Zeit"), **span(project, group, "Geduld der anderen")
    ).by_case
    pages = [comparing.passages_of(project, found, start=start) for start in (0, 5, 10)]
    assert [[row.text for row in page] for page in pages] == [
        [words[at] for at in (6, 5, 4, 3, 2)],
        [words[1], words[0]],
        [],
    ]
    assert found.count == len(found.segments) == 7


def test_very_short_passages_are_not_held_up_as_unlike_where_there_are_longer_ones(
    project: Project, interview: str
) -> None:
    for words in ("Geld", "ohne Geld und ohne Auftrag", "Die Förderung war nie die Hauptsache."):
        code(project, interview, words, "Mittel")
    found = comparing.comparison(
        project, code=named(project, "Mittel"), **span(project, interview, "ohne Auftrag")
    )
    assert found.unlike is not None
    assert found.unlike.text == "Die Förderung war nie die Hauptsache."


def test_a_code_without_other_passages_has_nothing_to_compare(project: Project, interview: str) -> None:
    code(project, interview, "Geld", "Mittel")
    found = comparing.comparison(project, code=named(project, "Mittel"), **span(project, interview, "Geld"))
    assert found == comparing.Comparison(0, (), None, None)


def test_a_judgement_is_a_code_note_on_the_code_and_the_coding(project: Project, interview: str) -> None:
    coding = code(project, interview, "Geld", "Mittel")
    comparing.judge_fit(project, coding=coding, verdict="does_not_fit", text="Es geht um Zeit.")
    (memo,) = memo_queries.memos(project)
    assert (memo.kind, memo.title, memo.body) == ("code", "“Mittel”: does not fit", "Es geht um Zeit.")
    assert memo.links == (f"code:{named(project, 'Mittel')}", f"coding:{coding}")
    with pytest.raises(KnownError, match="which property"):
        comparing.judge_fit(project, coding=coding, verdict="new_property")
    project.undo()
    assert (memo_queries.memos(project), len(codes.codings(project))) == ([], 1)


def test_a_new_property_is_set_noted_and_taken_back_as_one_act(project: Project, interview: str) -> None:
    coding = code(project, interview, "Geld", "Mittel")
    comparing.note_property(project, coding=coding, name="Herkunft", value="fremd", text="Sonst eigenes.")
    (memo,) = memo_queries.memos(project)
    assert (memo.title, memo.body) == ("“Mittel”: new property", "Herkunft: fremd\n\nSonst eigenes.")
    mittel = named(project, "Mittel")
    assert [row.name for row in codes.properties(project, mittel)] == ["Herkunft"]
    assert [row.value for row in partial.values_of_code(project, mittel)] == ["fremd"]
    project.undo()
    assert memo_queries.memos(project) == []
    assert codes.properties(project, mittel) == []


def test_a_property_that_the_code_has_is_not_made_twice(project: Project, interview: str) -> None:
    for words in ("Geld", "ohne Auftrag"):
        coding = code(project, interview, words, "Mittel")
        comparing.note_property(project, coding=coding, name="Herkunft")
    assert [row.name for row in codes.properties(project, named(project, "Mittel"))] == ["Herkunft"]
    with pytest.raises(KnownError, match="property"):
        comparing.note_property(project, coding=coding, name=" ")


def test_an_imagined_case_is_compared_in_a_theoretical_note(project: Project, interview: str) -> None:
    code(project, interview, "Geld", "Mittel")
    form = comparing.imagined_form()
    assert form.count("?") == len(comparing.IMAGINED)
    comparing.compare_with_imagined(project, code=named(project, "Mittel"), text=f"{form}\nÜberfluss")
    (memo,) = memo_queries.memos(project)
    assert (memo.kind, memo.title) == ("theoretical", "“Mittel”: compared with an imagined case")
    comparing.compare_with_imagined(project, code=named(project, "Mittel"), text="Ohne alles", kind="code")
    assert {one.kind for one in memo_queries.memos(project)} == {"theoretical", "code"}
