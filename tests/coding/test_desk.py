"""Reading, pencil marks, quick codes, sensitizing concepts, piles, saved queries, where I was."""

import json
from pathlib import Path

import pytest

from qda.coding import (
    codebook,
    codes,
    concepts,
    correcting,
    documents,
    material,
    memo_piles,
    memo_queries,
    memos,
    pencil,
    piles,
    questions,
    quick_codes,
    reading,
    saved_queries,
    whereabouts,
)
from qda.errors import KnownError
from qda.exchange import code_list
from qda.models import Project
from tests.coding.helpers import code, named, span, tree

# -- reading ------------------------------------------------------------------------------------------------


def states(project: Project, source: str) -> list[str]:
    return [turn.state for turn in reading.turn_states(project, source)]


def test_a_turn_is_unread_read_coded_or_left_uncoded_on_purpose(project: Project, interview: str) -> None:
    assert states(project, interview) == ["unread"] * 5
    starts = [turn.start for turn in reading.turn_states(project, interview)]
    before = project.unit_count()
    assert reading.mark_seen(project, source=interview, starts=starts[:3])
    assert project.unit_count() == before
    reading.mark_uncoded(project, source=interview, paragraph="3")
    code(project, interview, "Geld", "Geld")
    assert states(project, interview) == ["read", "coded", "uncoded", "unread", "unread"]
    assert reading.read_counts(project, interview) == reading.ReadCounts(2, 1, 1, 1)
    assert reading.read_counts(project, interview, respondents=True) == reading.ReadCounts(1, 0, 1, 1)
    reading.mark_seen(project, source=interview, starts=starts[:1], seen=False)
    assert states(project, interview)[0] == "unread"


def test_the_next_unread_turn_is_found_in_both_directions(project: Project, interview: str) -> None:
    turns = reading.turn_states(project, interview)
    reading.mark_seen(project, source=interview, starts=[turns[1].start])
    found = reading.next_turn(project, interview, after=turns[0].start)
    assert found is not None
    assert found.paragraph == "3"
    back = reading.next_turn(project, interview, after=turns[2].start, back=True)
    assert back is not None
    assert back.paragraph == "1"
    only = reading.next_turn(project, interview, after=turns[2].start, respondents=True)
    assert only is not None
    assert only.paragraph == "5"
    assert reading.next_turn(project, interview, after=turns[4].start) is None


def test_what_was_read_comes_back_with_a_document_that_was_removed(project: Project, interview: str) -> None:
    starts = [turn.start for turn in reading.turn_states(project, interview)]
    reading.mark_seen(project, source=interview, starts=starts[:2])
    documents.remove_source(project, source=interview)
    project.undo()
    assert states(project, interview)[:3] == ["read", "read", "unread"]


def test_leaving_a_turn_uncoded_can_be_undone_and_a_missing_paragraph_is_told(
    project: Project, interview: str
) -> None:
    reading.mark_uncoded(project, source=interview, paragraph="1")
    project.undo()
    assert states(project, interview)[0] == "unread"
    with pytest.raises(KnownError, match="no paragraph 99"):
        reading.mark_uncoded(project, source=interview, paragraph="99")


# -- pencil -------------------------------------------------------------------------------------------------


def test_a_pencil_mark_keeps_its_passage_and_moves_with_a_correction(
    project: Project, interview: str
) -> None:
    mark = pencil.pencil(project, **span(project, interview, "Straßenfeste"), note="seltsam")
    at = span(project, interview, "Arbeit")
    correcting.correct_text(
        project, source=interview, start=at["start"], stop=at["stop"], text="Tätigkeit damals"
    )
    (row,) = pencil.pencils(project, interview)
    assert material.text(project, interview)[row.start : row.stop] == "Straßenfeste"
    pencil.change_pencil(project, pencil=mark, note="nachfragen")
    assert pencil.pencils(project)[0].note == "nachfragen"
    pencil.remove_pencil(project, pencil=mark)
    assert (pencil.pencils(project), material.segments(project)) == ([], [])


def test_marked_twice_a_passage_has_one_mark_with_both_notes(project: Project, interview: str) -> None:
    for note in ("eins", "zwei", "eins"):
        pencil.pencil(project, **span(project, interview, "Geld"), note=note)
    assert [row.note for row in pencil.pencils(project)] == ["eins\nzwei"]


def test_a_mark_whose_words_are_taken_out_goes_with_them_and_comes_back(
    project: Project, interview: str
) -> None:
    place = span(project, interview, " 😀")
    pencil.pencil(project, **place)
    correcting.correct_text(project, source=interview, start=place["start"], stop=place["stop"], text="")
    assert pencil.pencils(project) == []
    project.undo()
    assert len(pencil.pencils(project)) == 1


# -- quick codes --------------------------------------------------------------------------------------------


def test_quick_codes_follow_merges_and_a_removed_code_leaves_its_key_empty(project: Project) -> None:
    a, b, c = (codebook.add_code(project, name=name) for name in "ABC")
    for key, one in ((1, a), (2, b), (3, c)):
        quick_codes.set_quick_code(project, key=key, code=one)
    codebook.merge_codes(project, code=b, into=a)
    assert quick_codes.quick_codes(project) == {1: a, 3: c}
    d = codebook.add_code(project, name="D")
    codebook.merge_codes(project, code=c, into=d)
    assert quick_codes.quick_codes(project) == {1: a, 3: d}
    codebook.remove_code(project, code=a)
    assert quick_codes.quick_codes(project) == {3: d}
    quick_codes.set_quick_code(project, key=5, code=d)
    assert quick_codes.quick_codes(project) == {5: d}
    with pytest.raises(KnownError, match="1 to 9"):
        quick_codes.set_quick_code(project, key=0, code=d)


# -- sensitizing concepts -----------------------------------------------------------------------------------


def test_a_sensitizing_concept_becomes_a_code_by_an_act_and_both_know_it(project: Project) -> None:
    concept = concepts.add_concept(
        project, name="Kapital > Soziales Kapital", origin="Bourdieu 1983", definition="Netz von Beziehungen"
    )
    memos.write_memo(project, kind="literature", title="B.", target=f"concept:{concept}")
    assert codes.codes(project) == []
    made = concepts.concept_to_code(project, concept=concept)
    assert tree(project) == ["Kapital", "Kapital > Soziales Kapital"]
    row = codes.codes(project)[1]
    assert (row.guid, row.origin, row.definition) == (made, "sensitizing", "Netz von Beziehungen")
    (kept,) = concepts.concepts(project)
    assert (kept.code, kept.memos) == (made, 1)
    assert memo_queries.memos(project, target=f"code:{made}")[0].link_names == (
        "Kapital > Soziales Kapital",
        "Soziales Kapital",
    )
    with pytest.raises(KnownError, match="become a code already"):
        concepts.concept_to_code(project, concept=concept)
    codebook.remove_code(project, code=made)
    assert concepts.concepts(project)[0].code is None


def test_concepts_are_changed_moved_and_removed_with_undo(project: Project) -> None:
    a, b = (concepts.add_concept(project, name=name) for name in ("A", "B"))
    concepts.change_concept(project, concept=a, name="A2", origin="Goffman")
    concepts.move_concept(project, concept=b, position=0)
    assert [(c.name, c.origin) for c in concepts.concepts(project)] == [("B", ""), ("A2", "Goffman")]
    concepts.remove_concept(project, concept=b)
    project.undo()
    assert [c.name for c in concepts.concepts(project)] == ["B", "A2"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("liste.txt", "Arbeit\n\tAlltag – was täglich geschieht\n\tRoutine\nMacht\n"),
        ("liste.md", "- Arbeit\n  - Alltag: was täglich geschieht\n  - Routine\n- Macht\n"),
        (
            "liste.csv",
            "Code;Parent;Definition\nArbeit;;\n"
            "Alltag;Arbeit;was täglich geschieht\nRoutine;Arbeit;\nMacht;;\n",
        ),
    ],
)
def test_a_code_list_arrives_as_sensitizing_concepts_with_what_stands_above(
    project: Project, tmp_path: Path, name: str, words: str
) -> None:
    path = tmp_path / name
    path.write_text(words, encoding="utf-8")
    code_list.import_concepts(project, file=str(path))
    assert [(c.name, c.definition) for c in concepts.concepts(project)] == [
        ("Arbeit", ""),
        ("Arbeit > Alltag", "was täglich geschieht"),
        ("Arbeit > Routine", ""),
        ("Macht", ""),
    ]
    assert {c.origin for c in concepts.concepts(project)} == {"liste"}
    assert codes.codes(project) == []
    with pytest.raises(KnownError, match="in the list already"):
        code_list.import_concepts(project, file=str(path))
    project.undo()
    assert concepts.concepts(project) == []


def test_a_list_without_any_name_is_refused(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "leer.txt"
    path.write_text("\n  \n\n", encoding="utf-8")
    with pytest.raises(KnownError, match="leer"):
        code_list.import_concepts(project, file=str(path))


# -- laying out codes ---------------------------------------------------------------------------------------


def test_a_pile_becomes_a_category_with_a_note_and_a_property_in_one_act(project: Project) -> None:
    a, b, below = (codebook.add_code(project, name=name) for name in ("Geduld", "Tempo", "Eile"))
    codebook.move_code(project, code=below, parent=b)
    pile = piles.new_pile(project, name="Zeit", x=40, y=-3)
    for one in (b, a, below):
        piles.pile_code(project, pile=pile, code=one)
    piles.pile_code(project, pile=pile, code=a, position=0, x=7)
    (row,) = piles.piles(project)
    assert [(c.name, c.x) for c in row.codes] == [("Geduld", 7), ("Tempo", 0), ("Eile", 0)]
    made = piles.pile_to_category(project, pile=pile, why="Beides ist Umgang mit Zeit.", property="Dauer")
    assert tree(project) == ["Zeit", "Zeit > Geduld", "Zeit > Tempo", "Zeit > Tempo > Eile"]
    assert codes.codes(project)[0].kind == "category"
    assert [p.name for p in codes.properties(project, made)] == ["Dauer"]
    (note,) = memo_queries.memos(project, target=f"code:{made}")
    assert note.kind == "code"
    assert note.body == ("Beides ist Umgang mit Zeit.\n\nCodes: Geduld, Tempo, Eile\n\nFirst property: Dauer")
    assert piles.piles(project) == []
    project.undo()
    assert tree(project) == ["Geduld", "Tempo", "Tempo > Eile"]
    assert len(piles.piles(project)[0].codes) == 3


def test_a_code_lies_on_one_pile_and_goes_from_it_when_it_is_merged_or_removed(project: Project) -> None:
    a, b, c = (codebook.add_code(project, name=name) for name in "ABC")
    first, second = piles.new_pile(project), piles.new_pile(project)
    for one in (a, b, c):
        piles.pile_code(project, pile=first, code=one)
    piles.pile_code(project, pile=second, code=a)
    codebook.merge_codes(project, code=b, into=a)
    codebook.remove_code(project, code=c)
    assert [[c.name for c in pile.codes] for pile in piles.piles(project)] == [[], ["A"]]
    piles.unpile_code(project, code=a)
    with pytest.raises(KnownError, match="on no pile"):
        piles.unpile_code(project, code=a)
    with pytest.raises(KnownError, match="no code on this pile"):
        piles.pile_to_category(project, pile=first, name="X")


def test_piles_are_put_in_order_and_to_places(project: Project) -> None:
    guids = [piles.new_pile(project, name=name) for name in "ABC"]
    piles.arrange_piles(project, piles=[guids[2], guids[0]], xs=[10, 20], ys=[1, 2])
    assert [(p.name, p.x, p.y) for p in piles.piles(project)] == [("C", 10, 1), ("A", 20, 2), ("B", 0, 0)]
    with pytest.raises(KnownError, match="place on the canvas"):
        piles.arrange_piles(project, piles=guids, xs=[1])


# -- saved queries ------------------------------------------------------------------------------------------


def test_a_saved_query_is_checked_kept_and_follows_a_merge(project: Project) -> None:
    a, b = codebook.add_code(project, name="A"), codebook.add_code(project, name="B")
    spec = {"version": 1, "query": {"type": "code", "code": b}}
    query = saved_queries.save_query(project, name="Alles zu B", spec=json.dumps(spec))
    codebook.merge_codes(project, code=b, into=a)
    (row,) = saved_queries.saved_queries(project)
    assert (row.guid, row.spec["query"]["code"]) == (query, a)
    with pytest.raises(KnownError, match="cannot be read"):
        saved_queries.change_query(project, query=query, spec="{}")
    saved_queries.change_query(project, query=query, name="Zu A")
    other = saved_queries.save_query(project, name="Z", spec=json.dumps(spec))
    saved_queries.move_query(project, query=other, position=0)
    assert [q.name for q in saved_queries.saved_queries(project)] == ["Z", "Zu A"]
    saved_queries.remove_query(project, query=other)
    assert [q.name for q in saved_queries.saved_queries(project)] == ["Zu A"]


# -- memos --------------------------------------------------------------------------------------------------


def test_memos_lie_on_piles_in_an_order_and_leave_them_when_they_are_removed(project: Project) -> None:
    a, b = (memos.write_memo(project, kind="code", title=title) for title in "AB")
    pile = memo_piles.new_memo_pile(project, name="Kapitel 1")
    memo_piles.put_memo(project, pile=pile, memo=a)
    memo_piles.put_memo(project, pile=pile, memo=b, position=0)
    assert memo_piles.memo_piles(project)[0].memos == (b, a)
    memo_piles.put_memo(project, pile=pile, memo=b)
    assert memo_piles.memo_piles(project)[0].memos == (a, b)
    memos.remove_memo(project, memo=a)
    assert memo_piles.memo_piles(project)[0].memos == (b,)
    memo_piles.take_memo(project, pile=pile, memo=b)
    memo_piles.rename_memo_pile(project, pile=pile, name="Kapitel 2")
    other = memo_piles.new_memo_pile(project, name="Rest")
    memo_piles.move_memo_pile(project, pile=other, position=0)
    assert [(p.name, p.memos) for p in memo_piles.memo_piles(project)] == [("Rest", ()), ("Kapitel 2", ())]
    memo_piles.remove_memo_pile(project, pile=pile)
    project.undo()
    assert len(memo_piles.memo_piles(project)) == 2


def test_the_answer_to_a_generative_question_is_a_code_note_on_the_passage(
    project: Project, interview: str
) -> None:
    assert [q.id for q in questions.QUESTIONS] == ["what", "who", "how", "when", "why", "what-for", "by-what"]
    questions.answer_question(
        project, **span(project, interview, "allein da 😀"), question="who", answer=" Niemand sonst. "
    )
    (memo,) = memo_queries.memos(project)
    assert (memo.kind, memo.title, memo.body) == ("code", "Who?", "Niemand sonst.")
    assert memo.links[0].startswith("segment:")
    with pytest.raises(KnownError, match="empty"):
        questions.answer_question(project, **span(project, interview, "Geld"), question="why", answer=" ")
    assert len(material.segments(project)) == 1


def test_where_was_i_tells_place_memos_open_notes_and_the_last_act(project: Project, interview: str) -> None:
    project.set_setting(whereabouts.LAST_SOURCE, interview)
    project.set_setting(whereabouts.PLACE + interview, "120")
    notes = {
        "[x] Termin": "",
        "Anrufe": "[x] Amt\n[x] Verein",
        "Fragen": "[x] eins\n[ ] zwei",
        "Ohne Kästchen": "noch lesen",
    }
    for title, body in notes.items():
        memos.write_memo(project, kind="operational", title=title, body=body)
    memos.write_memo(project, kind="code", title="Ein Gedanke")
    found = whereabouts.whereabouts(project)
    assert (found.source, found.title, found.place) == (interview, "Interview A", "120")
    assert [memo.title for memo in found.open_notes] == ["Ohne Kästchen", "Fragen"]
    assert (len(found.memos), found.memos[0].title) == (5, "Ein Gedanke")
    assert found.last_act is not None
    assert found.last_act.label == "New memo “Ein Gedanke”"
    whereabouts.set_note_done(project, memo=found.open_notes[0].guid)
    assert [memo.title for memo in whereabouts.whereabouts(project).open_notes] == ["Fragen"]
    whereabouts.set_note_done(project, memo=found.open_notes[0].guid, finished=False)
    assert whereabouts.whereabouts(project).open_notes[0].title == "Ohne Kästchen"
    with pytest.raises(KnownError, match="operational"):
        whereabouts.set_note_done(project, memo=found.memos[0].guid)


def test_a_place_in_a_document_that_is_gone_is_no_place(project: Project, interview: str) -> None:
    project.set_setting(whereabouts.LAST_SOURCE, interview)
    documents.remove_source(project, source=interview)
    assert whereabouts.whereabouts(project).source is None


def test_names_in_pencil_marks_concepts_and_queries_are_replaced_with_the_others(
    project: Project, interview: str
) -> None:
    from qda.coding.pseudonyms import pseudonymise

    pencil.pencil(project, **span(project, interview, "Geld"), note="Frau Zabel fragen")
    concepts.add_concept(project, name="Zabel-Regel", origin="nach Zabel")
    spec = {"version": 1, "query": {"type": "text", "words": "Zabel"}}
    saved_queries.save_query(project, name="Zabel", spec=json.dumps(spec))
    entry = {"clear": "Zabel", "kind": "person", "replacement": "[Kollegin]"}
    pseudonymise(project, entries=json.dumps([entry]))
    assert pencil.pencils(project)[0].note == "Frau [Kollegin] fragen"
    assert concepts.concepts(project)[0].origin == "nach [Kollegin]"
    (query,) = saved_queries.saved_queries(project)
    assert (query.name, query.spec["query"]["words"]) == ("[Kollegin]", "[Kollegin]")


def test_frequencies_are_hidden_for_the_study_with_undo(project: Project) -> None:
    from qda.coding import sheet

    sheet.set_frequencies_hidden(project, hidden=True)
    assert material.project_sheet(project).hide_frequencies
    project.undo()
    assert not material.project_sheet(project).hide_frequencies


def test_a_quick_code_may_be_named_by_nothing_to_empty_its_key(project: Project, interview: str) -> None:
    code(project, interview, "Geld", "Geld")
    quick_codes.set_quick_code(project, key=9, code=named(project, "Geld"))
    quick_codes.set_quick_code(project, key=9, code=None)
    assert quick_codes.quick_codes(project) == {}
