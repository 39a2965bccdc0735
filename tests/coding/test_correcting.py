"""Correcting a transcript by hand: words, paragraphs, turns; codings stay on their words."""

import pytest

from qda.coding import (
    axial,
    codebook,
    codes,
    correcting,
    evidence,
    material,
    memos,
    open_coding,
    search,
    sheet,
    theory,
    topics,
    turn_borders,
)
from qda.errors import KnownError
from qda.models import Project
from qda.models.splicing import Hunk
from tests.coding.helpers import code, coded, named, passage, span


@pytest.fixture(autouse=True)
def _bea(project: Project) -> None:
    """A second person, before anything is done."""
    sheet.add_coder(project, name="Bea")


def numbers(project: Project, source: str) -> list[str]:
    return [row.number for row in material.paragraphs(project, source)]


def words_of(project: Project, source: str) -> dict[str, str]:
    """Each paragraph's words (without its label) by number."""
    text = material.text(project, source)
    return {p.number: text[p.label_stop : p.stop] for p in material.paragraphs(project, source)}


def said(project: Project, source: str) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.paragraph) for turn in material.turns(project, source)]


def change(project: Project, source: str, words: str, text: str) -> None:
    correcting.correct_text(project, **span(project, source, words), text=text)


def number_at(project: Project, source: str, words: str) -> int:
    return int(span(project, source, words)["start"])


# -- words --------------------------------------------------------------------------------------------------


def test_a_coding_keeps_its_words_when_words_before_inside_and_after_it_are_corrected(
    project: Project, interview: str
) -> None:
    code(project, interview, "allein da 😀, ohne Geld", "Allein")
    change(project, interview, "Am Anfang", "Ganz am Anfang")
    change(project, interview, "ohne Geld", "ohne jedes Geld")
    change(project, interview, "Auftrag", "Auftrag und Amt")
    assert coded(project) == [("allein da 😀, ohne jedes Geld", "Allein")]
    project.undo()
    project.undo()
    project.undo()
    assert coded(project) == [("allein da 😀, ohne Geld", "Allein")]


def test_a_word_put_in_at_the_border_of_a_coding_stays_outside_it(project: Project, interview: str) -> None:
    code(project, interview, "Vertrauen", "Vertrauen")
    change(project, interview, "kam Vertrauen.", "kam großes Vertrauen zurück.")
    assert coded(project) == [("Vertrauen", "Vertrauen")]
    change(project, interview, "Vertrauen", "Zutrauen")
    assert coded(project) == [("Zutrauen", "Vertrauen")]


def test_a_whole_paragraph_written_anew_keeps_the_codings_of_the_words_that_stayed(
    project: Project, interview: str
) -> None:
    code(project, interview, "Straßenfeste", "Feste")
    code(project, interview, "kam Vertrauen", "Vertrauen")
    change(
        project,
        interview,
        "Dann kamen die Straßenfeste, und mit ihnen kam Vertrauen.",
        "Danach kamen dann unsere Straßenfeste, und mit denen, da kam Vertrauen!",
    )
    assert coded(project) == [("Straßenfeste", "Feste"), ("kam Vertrauen", "Vertrauen")]


def test_a_correction_is_one_entry_of_the_history(project: Project, interview: str) -> None:
    for word in ("Anfang", "Geld", "Vertrauen", "Förderung"):
        code(project, interview, word, "Wort")
    before = project.unit_count()
    change(project, interview, "Ihre", "Eure ganze")
    assert project.unit_count() == before + 1
    assert project.last_change is not None
    assert [(t.table, t.op) for t in project.last_change.touched] == [("source", "splice")]


def test_what_is_inserted_is_normalised_and_found(project: Project, interview: str) -> None:
    change(project, interview, "Auftrag", "Gema\u0308lde\r\nBu\u0308ro")
    assert "Gemälde\nBüro" in material.text(project, interview)
    assert [hit.paragraph for hit in search.search(project, "Gemälde")] == ["2"]
    assert search.search(project, "Auftrag") == []


def test_a_correction_that_does_not_fit_the_text_changes_nothing(project: Project, interview: str) -> None:
    text = material.text(project, interview)
    with pytest.raises(KnownError):
        correcting.correct(project, source=interview, hunks=[Hunk(0, "X", "Y")], label="Correct")
    with pytest.raises(KnownError):
        correcting.correct(project, source=interview, hunks=[Hunk(0, text, " \n")], label="Correct")
    with pytest.raises(KnownError):
        correcting.correct_text(project, source=interview, start=5, stop=9999, text="")
    assert material.text(project, interview) == text


def test_passages_without_words_go_with_all_that_hangs_on_them_and_come_back(
    project: Project, interview: str
) -> None:
    coding = code(project, interview, "ohne Geld", "Mittel")
    memos.write_memo(project, kind="code", title="Geld", target=f"coding:{coding}")
    model = axial.add_model(project, name="Modell")
    ends = {"from_code": named(project, "Mittel"), "to_code": codebook.add_code(project, name="Ziel")}
    relation = axial.relate_codes(project, model=model, type="leads_to", **ends)
    evidence.add_evidence(
        project, relation=relation, segments=[passage(project, interview, "ohne Geld")], polarity="supporting"
    )
    hunks = [Hunk(number_at(project, interview, ", ohne Geld"), ", ohne Geld", "")]
    gone = correcting.vanishing(project, source=interview, hunks=hunks)
    assert [segment.text for segment in gone] == ["ohne Geld"]
    correcting.correct(project, source=interview, hunks=hunks, label="Correct")
    assert coded(project) == []
    assert theory.evidence(project, relation) == []
    project.undo()
    assert coded(project) == [("ohne Geld", "Mittel")]
    assert [len(e.segments) for e in theory.evidence(project, relation)] == [1]


def test_a_passage_of_which_only_blanks_are_left_goes_like_one_without_words(
    project: Project, interview: str
) -> None:
    code(project, interview, "ohne Geld", "Mittel")
    at = number_at(project, interview, " ohne Geld ")
    hunks = [Hunk(at, " ohne Geld ", "  ")]
    gone = correcting.vanishing(project, source=interview, hunks=hunks)
    assert [segment.text for segment in gone] == ["ohne Geld"]
    correcting.correct(project, source=interview, hunks=hunks, label="Correct")
    assert coded(project) == []


def test_passages_that_become_the_same_join(project: Project, interview: str) -> None:
    code(project, interview, "ohne Geld", "Mittel")
    code(project, interview, "ohne Geld und", "Lage")
    start = number_at(project, interview, " und ohne")
    correcting.correct(project, source=interview, hunks=[Hunk(start, " und", "")], label="Correct")
    assert coded(project) == [("ohne Geld", "Mittel"), ("ohne Geld", "Lage")]
    assert [segment.text for segment in material.segments(project)] == ["ohne Geld"]
    project.undo()
    assert coded(project) == [("ohne Geld", "Mittel"), ("ohne Geld und", "Lage")]


# -- paragraphs ---------------------------------------------------------------------------------------------


def test_the_later_part_of_a_split_paragraph_gets_a_letter_and_goes_on_with_the_turn(
    project: Project, interview: str
) -> None:
    correcting.split_paragraph(project, source=interview, at=number_at(project, interview, "ohne Geld"))
    correcting.split_paragraph(project, source=interview, at=number_at(project, interview, "ohne Auftrag"))
    assert numbers(project, interview) == ["1", "2", "2a", "2b", "3", "4", "5"]
    assert words_of(project, interview)["2a"] == "ohne Geld und"
    assert said(project, interview) == [("I", "1"), ("B", "2"), ("B", "3"), ("I", "4"), ("B", "5")]
    assert {p.speaker for p in material.paragraphs(project, interview) if p.number.startswith("2")} == {"B"}
    project.undo()
    project.undo()
    assert numbers(project, interview) == ["1", "2", "3", "4", "5"]


def test_a_coding_over_the_place_of_a_split_runs_on_over_the_line_end(
    project: Project, interview: str
) -> None:
    code(project, interview, "allein da 😀, ohne Geld", "Allein")
    correcting.split_paragraph(project, source=interview, at=number_at(project, interview, "ohne Geld"))
    assert coded(project) == [("allein da 😀,\nohne Geld", "Allein")]


def test_a_joined_paragraph_answers_to_both_numbers_and_loses_its_label(
    project: Project, interview: str
) -> None:
    code(project, interview, "kamen die Straßenfeste", "Feste")
    correcting.join_paragraph(project, source=interview, paragraph="3")
    assert numbers(project, interview) == ["1", "2", "4", "5"]
    assert words_of(project, interview)["2"].endswith(
        "ohne Auftrag. Dann kamen die Straßenfeste, und mit ihnen kam Vertrauen."
    )
    assert coded(project) == [("kamen die Straßenfeste", "Feste")]
    assert turn_borders.set_turn_speaker(project, source=interview, paragraph="3", speaker="I")
    assert said(project, interview)[1] == ("I", "2")


def test_a_number_once_given_is_not_given_again_beside_one_that_is_there(
    project: Project, interview: str
) -> None:
    correcting.split_paragraph(project, source=interview, at=number_at(project, interview, "ohne Geld"))
    correcting.join_paragraph(project, source=interview, paragraph="2a")
    correcting.split_paragraph(project, source=interview, at=number_at(project, interview, "ohne Auftrag"))
    assert numbers(project, interview) == ["1", "2", "2b", "3", "4", "5"]


def test_a_paragraph_is_split_only_between_its_own_words(project: Project, interview: str) -> None:
    for words in ("B: Am", "Am Anfang", "\nB: Dann"):
        with pytest.raises(KnownError):
            correcting.split_paragraph(project, source=interview, at=number_at(project, interview, words))
    with pytest.raises(KnownError):
        correcting.join_paragraph(project, source=interview, paragraph="1")
    with pytest.raises(KnownError):
        correcting.join_paragraph(project, source=interview, paragraph="77")


def test_new_lines_get_numbers_after_the_line_before_and_old_ones_keep_theirs(
    project: Project, interview: str
) -> None:
    start = number_at(project, interview, "B: Dann")
    hunk = Hunk(start, "", "(lacht)\n\n(Pause)\n")
    correcting.correct(project, source=interview, hunks=[hunk], label="Correct")
    assert numbers(project, interview) == ["1", "2", "2a", "2b", "3", "4", "5"]
    assert words_of(project, interview)["3"].startswith("Dann kamen")
    assert said(project, interview)[2] == ("B", "3")


def test_a_turn_whose_first_line_is_taken_out_begins_with_the_next_and_keeps_its_topic(
    project: Project, interview: str
) -> None:
    topics.set_topic(project, source=interview, paragraph="1", topic="Anfang")
    start = number_at(project, interview, "I: Wie")
    correcting.split_paragraph(project, source=interview, at=number_at(project, interview, "begann"))
    assert numbers(project, interview)[:2] == ["1", "1a"]
    hunk = Hunk(start, "I: Wie\n", "")
    correcting.correct(project, source=interview, hunks=[hunk], label="Correct")
    assert said(project, interview)[0] == ("I", "1a")
    assert [(mark.name, mark.paragraph) for mark in topics.topic_marks(project, interview)] == [
        ("Anfang", "1a")
    ]
    project.undo()
    assert [(mark.name, mark.paragraph) for mark in topics.topic_marks(project, interview)] == [
        ("Anfang", "1")
    ]


# -- turns --------------------------------------------------------------------------------------------------


def test_a_turn_begins_where_a_person_says_and_with_a_new_speaker(project: Project, interview: str) -> None:
    correcting.split_paragraph(project, source=interview, at=number_at(project, interview, "ohne Geld"))
    turn_borders.begin_turn(project, source=interview, paragraph="2a", speaker="C")
    assert said(project, interview)[:4] == [("I", "1"), ("B", "2"), ("C", "2a"), ("B", "3")]
    assert [s.label for s in material.speakers(project, interview)] == ["I", "B", "C"]
    turn_borders.join_turn(project, source=interview, paragraph="2a")
    assert said(project, interview)[:3] == [("I", "1"), ("B", "2"), ("B", "3")]
    assert material.segments(project, interview) == []


def test_the_first_turn_has_none_before_it(project: Project, interview: str) -> None:
    with pytest.raises(KnownError):
        turn_borders.join_turn(project, source=interview, paragraph="1")


def test_a_turn_is_given_to_another_speaker(project: Project, interview: str) -> None:
    turn_borders.set_turn_speaker(project, source=interview, paragraph="3", speaker="I")
    assert said(project, interview)[2] == ("I", "3")
    project.undo()
    assert said(project, interview)[2] == ("B", "3")


# -- several people -----------------------------------------------------------------------------------------


def use(project: Project, name: str) -> None:
    project.use_coder(next(row.guid for row in material.coders(project) if row.name == name))


def test_a_coding_removed_before_another_person_corrected_comes_back_on_its_words(
    project: Project, interview: str
) -> None:
    coding = code(project, interview, "Vertrauen", "Vertrauen")
    open_coding.remove_coding(project, coding=coding)
    use(project, "Bea")
    change(project, interview, "Am Anfang", "Ganz am Anfang")
    use(project, "Ada")
    project.undo()
    assert coded(project) == [("Vertrauen", "Vertrauen")]
    project.undo()
    assert coded(project) == []
    project.redo()
    assert coded(project) == [("Vertrauen", "Vertrauen")]


def test_a_coding_whose_words_another_person_took_out_does_not_come_back(
    project: Project, interview: str
) -> None:
    coding = code(project, interview, "ohne Geld", "Mittel")
    open_coding.remove_coding(project, coding=coding)
    use(project, "Bea")
    change(project, interview, ", ohne Geld und", "")
    use(project, "Ada")
    with pytest.raises(KnownError, match="no longer there"):
        project.undo()
    assert coded(project) == []


def test_a_coding_made_before_a_correction_of_another_person_can_still_be_undone(
    project: Project, interview: str
) -> None:
    code(project, interview, "Vertrauen", "Vertrauen")
    use(project, "Bea")
    change(project, interview, "Am Anfang", "Ganz am Anfang")
    project.undo()
    change(project, interview, "Straßenfeste", "großen Straßenfeste")
    use(project, "Ada")
    project.undo()
    assert codes.codings(project) == []


def test_a_correction_is_not_undone_where_another_person_corrected_since(
    project: Project, interview: str
) -> None:
    change(project, interview, "Am Anfang", "Ganz am Anfang")
    use(project, "Bea")
    change(project, interview, "Vertrauen", "Zutrauen")
    use(project, "Ada")
    with pytest.raises(KnownError, match="Bea has changed the same thing since"):
        project.undo()
    assert "Ganz am Anfang" in material.text(project, interview)
    use(project, "Bea")
    project.undo()
    use(project, "Ada")
    project.undo()
    assert "Ganz" not in material.text(project, interview)


def test_a_correction_is_not_undone_where_a_person_coded_only_what_it_put_in(
    project: Project, interview: str
) -> None:
    change(project, interview, "Anfang", "frühen Anfang")
    use(project, "Bea")
    code(project, interview, "frühen", "Früh")
    use(project, "Ada")
    with pytest.raises(KnownError):
        project.undo()
    assert coded(project) == [("frühen", "Früh")]
