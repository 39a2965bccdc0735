"""Hits in the documents asked for, as parts of words and as whole words; coding them at once."""

import pytest

from qda.coding import (
    cases,
    codebook,
    codes,
    documents,
    extents,
    hit_coding,
    material,
    memos,
    open_coding,
    search_all,
)
from qda.coding.search import find_in, hits, search
from qda.coding.search_all import Query, found
from qda.errors import KnownError
from tests.coding.helpers import code, coded, span

WORDS = (
    "I: Wie war das? Und das Vertrauen?\n"
    "B: Da war Vertrauen. Es gab Vertrauensleute, und wir haben's gemacht!\n"
    "Das Vertrauen der Leute.\n"
    "I: Aha.\n"
    "B: Vertrauen und nochmal Vertrauen, sagt Frau Müller."
)


@pytest.fixture
def talk(project):
    from qda.exchange.reading import draft_from_text

    return documents.take_in(project, draft=draft_from_text(WORDS), title="Gespräch")


def said(project, hit):
    return material.text(project, hit.source)[hit.start : hit.stop]


def test_whole_words_are_told_from_parts(project, interview):
    assert len(hits(project, "straße")) == 1
    assert hits(project, "straße", whole=True) == []
    (hit,) = hits(project, "vertrauen", whole=True)
    assert (hit.source, hit.start, hit.stop) == tuple(span(project, interview, "Vertrauen").values())


def test_a_whole_word_ends_at_any_sign_that_is_no_letter_or_digit():
    assert find_in("Amt, Amtsleiter, Vor-Amt, Amt4 Amt", "amt", whole=True) == [(0, 3), (21, 24), (31, 34)]


def test_umlauts_blanks_and_apostrophes_are_found_however_they_are_written():
    assert find_in("Zuege, Züge, Zuge", "züge") == [(0, 5), (7, 11), (13, 17)]
    assert find_in("ich hab’s\u00a0 so", "hab's so") == [(4, 13)]
    assert find_in("é, e", "é") == [(0, 1), (3, 4)]


def test_hits_are_found_in_the_documents_asked_for(project, interview, group):
    assert {hit.source for hit in hits(project, "was")} == {group}
    assert {hit.source for hit in hits(project, "die")} == {interview, group}
    assert {hit.source for hit in hits(project, "die", sources=[group])} == {group}
    assert hits(project, "die", sources=[]) == []


def test_hits_are_all_there_are_and_a_search_gives_the_first(project, interview):
    every = hits(project, "e")
    assert len(every) > 20
    assert search(project, "e", limit=7) == every[:7]


# -- full text ----------------------------------------------------------------------------------------------


def test_several_words_are_a_hit_where_all_stand_in_one_paragraph(project, talk):
    first, second = found(project, Query("leute vertrauen"))
    assert (said(project, first), said(project, second)) == ("Vertrauensleute", "Vertrauen der Leute")
    assert [first.said[a:b] for a, b in first.marks] == ["Vertrauen", "Vertrauen", "leute"]


def test_words_in_quotation_marks_and_the_exact_phrase_stand_one_behind_the_other(project, talk):
    for query in (Query("„vertrauen der“ leute"), Query("vertrauen der leute", phrase=True)):
        assert [said(project, hit) for hit in found(project, query)] == ["Vertrauen der Leute"]
    assert found(project, Query("der vertrauen", phrase=True)) == []


def test_whole_words_only_respondents_one_case_one_group_one_document(project, talk, interview):
    everywhere = len(found(project, Query("vertrauen")))
    assert everywhere == 7
    assert len(found(project, Query("vertrauen", whole=True))) == 6
    assert len(found(project, Query("vertrauen", source=talk))) == 6
    roles = {row.label: row.guid for row in material.speakers(project, talk)}
    documents.set_speaker_role(project, speaker=roles["I"], role="interviewer")
    documents.set_speaker_role(project, speaker=roles["B"], role="respondent")
    assert len(found(project, Query("vertrauen", source=talk, role="respondent"))) == 5
    cases.add_case(project, name="B")
    (case,) = [row.guid for row in material.cases(project) if row.name == "B"]
    documents.set_speaker_case(project, speaker=roles["B"], case=case)
    (one, *_rest) = by_case = found(project, Query("vertrauen", case=case))
    assert (len(by_case), one.case_name, one.speaker) == (5, "B", "B")
    group = documents.add_group(project, name="Gespräche")
    documents.move_to_group(project, source=talk, group=group)
    assert {hit.source for hit in found(project, Query("vertrauen", group=group))} == {talk}


def test_the_first_page_is_small_and_all_pages_are_all_hits(project, talk):
    documents.add_document(project, title="Lang", text="\n".join(["ja nein ja"] * 100))
    pages = list(search_all.pages(project, Query("ja")))
    assert [len(page) for page in pages] == [60, 140]
    assert len(found(project, Query("ja"), most=70)) == 70


def test_a_search_that_nobody_waits_for_ends(project, talk):
    assert list(search_all.pages(project, Query("vertrauen"), go_on=lambda: False)) == [[]]


@pytest.mark.parametrize("words", ["", "  ", "„“", "e"])
def test_too_little_is_not_looked_for(words):
    assert not Query(words).is_enough


def test_codes_and_memos_with_the_words_are_found_too(project, talk):
    codebook.add_code(project, name="Vertrauen", definition="Zutrauen zu Leuten")
    codebook.add_code(project, name="Nähe")
    memos.write_memo(project, kind="theoretical", title="Idee", body="Leute und Vertrauen")
    with_codes, with_memos = search_all.others(project, Query("vertrauen leute"))
    assert [one.name for one in with_codes] == ["Vertrauen"]
    assert [one.title for one in with_memos] == ["Idee"]


# -- coding hits --------------------------------------------------------------------------------------------


def test_hits_can_be_coded_at_once(project, interview):
    every = hits(project, "vertrauen") + hits(project, "foerderung")
    hit_coding.code_hits(project, spans=[hit.passage for hit in every], code="Fund")
    assert [row.segment.text for row in codes.codings(project)] == ["Vertrauen", "Förderung"]


@pytest.mark.parametrize(
    ("extent", "words"),
    [
        ("as_found", ["Vertrauen"]),
        ("words", ["Vertrauensleute"]),
        ("sentence", ["Es gab Vertrauensleute, und wir haben's gemacht!"]),
        ("paragraph", ["Da war Vertrauen. Es gab Vertrauensleute, und wir haben's gemacht!"]),
        (
            "turn",
            ["Da war Vertrauen. Es gab Vertrauensleute, und wir haben's gemacht!\nDas Vertrauen der Leute."],
        ),
    ],
)
def test_what_is_coded_of_a_hit_is_chosen(project, talk, extent, words):
    hit = hits(project, "vertrauen")[2]
    hit_coding.code_hits(project, spans=[hit.passage], code="A", extent=extent)
    assert [row.segment.text for row in codes.codings(project)] == words


def test_two_hits_in_one_sentence_are_one_coding(project, talk):
    spans = [hit.passage for hit in hits(project, "vertrauen")[-2:]]
    hit_coding.code_hits(project, spans=spans, code="A", extent="sentence")
    assert len(codes.codings(project)) == 1


def test_coded_hits_say_which_words_were_looked_for_and_are_one_undo(project, talk):
    code(project, talk, "Vertrauen", "A")
    spans = [hit.passage for hit in hits(project, "vertrauen")]
    hit_coding.code_hits(project, spans=spans, code="A", words="  vertrauen ")
    assert {(row.origin, row.searched) for row in codes.codings(project)} == {
        ("hand", ""),
        ("search", "vertrauen"),
    }
    assert codes.origins(project) == {"hand": 1, "search": 5}
    assert {mark.origin for mark in codes.marks(project, talk)} == {"hand", "search"}
    assert project.undo() == "Code search hits “vertrauen”"
    assert coded(project) == [("Vertrauen", "A")]


def test_places_that_are_coded_already_are_known(project, talk):
    start, stop = WORDS.index("Da war"), WORDS.index(" Es gab")
    open_coding.code_passage(project, source=talk, start=start, stop=stop, code="A")
    (row,) = codes.codes(project)
    places = [(hit.source, hit.start, hit.stop) for hit in hits(project, "vertrauen")]
    assert extents.coded_with(project, row.guid, places) == [False, True, False, False, False, False]


def test_no_hit_and_a_place_that_is_not_there_are_refused(project, talk):
    with pytest.raises(KnownError, match="at least one"):
        hit_coding.code_hits(project, spans=[], code="A")
    with pytest.raises(KnownError, match="no passage"):
        hit_coding.code_hits(project, spans=[f"{talk}:5-99999"], code="A", extent="sentence")
    assert codes.codes(project) == []
