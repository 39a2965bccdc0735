"""Hits of words, to look at and to code: whole words or parts, in all documents or some."""

from qda.coding import codes, open_coding
from qda.coding.search import find_in, hits, search
from tests.coding.helpers import span


def test_whole_words_are_told_from_parts(project, interview):
    assert len(hits(project, "straße")) == 1
    assert hits(project, "straße", whole=True) == []
    (hit,) = hits(project, "vertrauen", whole=True)
    assert (hit.source, hit.start, hit.stop) == tuple(span(project, interview, "Vertrauen").values())


def test_a_whole_word_ends_at_any_sign_that_is_no_letter_or_digit():
    assert find_in("Amt, Amtsleiter, Vor-Amt, Amt4 Amt", "amt", whole=True) == [(0, 3), (21, 24), (31, 34)]


def test_hits_are_found_in_the_documents_asked_for(project, interview, group):
    assert {hit.source for hit in hits(project, "was")} == {group}
    assert {hit.source for hit in hits(project, "die")} == {interview, group}
    assert {hit.source for hit in hits(project, "die", sources=[group])} == {group}
    assert hits(project, "die", sources=[]) == []


def test_hits_are_all_there_are_and_a_search_gives_the_first(project, interview):
    every = hits(project, "e")
    assert len(every) > 20
    assert search(project, "e", limit=7) == every[:7]


def test_hits_can_be_coded_at_once(project, interview):
    found = hits(project, "vertrauen") + hits(project, "foerderung")
    open_coding.code_hits(project, spans=[hit.passage for hit in found], code="Fund")
    assert [row.segment.text for row in codes.codings(project)] == ["Vertrauen", "Förderung"]
