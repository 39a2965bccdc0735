"""Codings cut, joined, given to other codes; several codes at once; what came from a search."""

import pytest

from qda.coding import (
    codes,
    cutting,
    evidence,
    hit_coding,
    material,
    memo_queries,
    memos,
    open_coding,
    regrouping,
)
from qda.coding.codebook import add_code, move_code
from qda.errors import KnownError
from qda.models import Project
from tests.coding.helpers import code, coded, named, passage, span, tree

WHOLE = "ohne Geld und ohne Auftrag"


def test_a_coding_is_cut_at_a_place_and_the_blanks_there_belong_to_neither(
    project: Project, interview: str
) -> None:
    coding = code(project, interview, WHOLE, "Lage", comment="beides fehlt")
    memo = memos.write_memo(project, kind="code", title="Mangel", target=f"coding:{coding}")
    at = span(project, interview, WHOLE)["start"] + len("ohne Geld ")
    other = cutting.split_coding(project, coding=coding, at=at)
    assert coded(project) == [("ohne Geld", "Lage"), ("und ohne Auftrag", "Lage")]
    first, second = codes.codings(project)
    assert (first.guid, first.comment, second.guid, second.comment) == (coding, "beides fehlt", other, "")
    assert memo_queries.memos(project, target=f"coding:{coding}")[0].guid == memo
    project.undo()
    assert coded(project) == [(WHOLE, "Lage")]


def test_evidence_on_a_passage_keeps_its_words_where_the_coding_on_it_is_cut(
    project: Project, interview: str
) -> None:
    from qda.coding import axial

    coding = code(project, interview, WHOLE, "Lage")
    model = axial.add_model(project, name="M", template="free", phenomenon=named(project, "Lage"))
    relation = axial.relate_codes(
        project,
        model=model,
        from_code=named(project, "Lage"),
        to_code=add_code(project, name="Ziel"),
        type="furthers",
    )
    evidence.add_evidence(
        project, relation=relation, segments=[passage(project, interview, WHOLE)], polarity="supporting"
    )
    at = span(project, interview, WHOLE)["start"] + len("ohne Geld")
    cutting.split_coding(project, coding=coding, at=at)
    assert [s.text for s in material.segments(project)] == ["ohne Geld", WHOLE, "und ohne Auftrag"]


@pytest.mark.parametrize("at", [0, 10_000])
def test_a_cut_outside_the_words_is_refused(project: Project, interview: str, at: int) -> None:
    coding = code(project, interview, WHOLE, "Lage")
    with pytest.raises(KnownError, match="between words"):
        cutting.split_coding(project, coding=coding, at=at)
    assert coded(project) == [(WHOLE, "Lage")]


def test_codings_that_overlap_or_touch_become_one_with_both_comments(
    project: Project, interview: str
) -> None:
    a = code(project, interview, "ohne Geld", "Lage", comment="Geld")
    b = code(project, interview, "und ohne Auftrag", "Lage", comment="Auftrag")
    c = code(project, interview, "Geld und ohne", "Lage")
    kept = cutting.merge_codings(project, codings=[b, c, a])
    (row,) = codes.codings(project)
    assert (row.guid, row.segment.text, row.comment) == (kept, WHOLE, "Geld\nAuftrag")
    assert kept == a


def test_codings_with_words_between_them_or_of_two_codes_are_not_merged(
    project: Project, interview: str
) -> None:
    a = code(project, interview, "ohne Geld", "Lage")
    apart = code(project, interview, "Auftrag", "Lage")
    other = code(project, interview, "und ohne", "Ort")
    for pair, reason in (([a, apart], "meet"), ([a, other], "one code"), ([a, a], "two codings")):
        with pytest.raises(KnownError, match=reason):
            cutting.merge_codings(project, codings=pair)
    assert len(coded(project)) == 3


def test_one_passage_takes_several_codes_in_one_act(project: Project, interview: str) -> None:
    open_coding.code_several(project, **span(project, interview, WHOLE), codes=["Geld", "Lage > Auftrag"])
    assert coded(project) == [(WHOLE, "Geld"), (WHOLE, "Auftrag")]
    project.undo()
    assert (coded(project), tree(project)) == ([], [])


def test_codings_from_a_search_keep_that_and_those_by_hand_stay_by_hand(
    project: Project, interview: str
) -> None:
    code(project, interview, "Geld", "Geld")
    hits = [passage(project, interview, words) for words in ("Geld", "Vertrauen", "Förderung")]
    hit_coding.code_hits(project, spans=hits, code="Geld")
    assert [row.origin for row in codes.codings(project)] == ["hand", "search", "search"]
    assert codes.origins(project) == {"hand": 1, "search": 2}
    project.undo()
    assert coded(project) == [("Geld", "Geld")]


def test_a_coding_remembers_in_which_phase_it_was_made(project: Project, interview: str) -> None:
    code(project, interview, "Geld", "Geld")
    project.phase = "axial"
    code(project, interview, "Vertrauen", "Vertrauen")
    assert [row.phase for row in codes.codings(project)] == ["", "axial"]
    assert [mark.phase for mark in codes.marks(project, interview)] == ["", "axial"]


def test_passages_go_to_another_code_together_and_equal_ones_join(project: Project, interview: str) -> None:
    codings = [code(project, interview, words, "A", comment="a") for words in ("Geld", "Auftrag")]
    code(project, interview, "Geld", "B", comment="b")
    cutting.reassign_codings(project, codings=codings, code="B")
    assert coded(project) == [("Geld", "B"), ("Auftrag", "B")]
    assert codes.codings(project)[0].comment == "b\na"


def test_a_code_is_split_by_giving_each_passage_to_a_new_one_beside_it(
    project: Project, interview: str
) -> None:
    rows = [code(project, interview, words, "Oben > Mittel") for words in ("Geld", "Auftrag", "Vertrauen")]
    old = named(project, "Mittel")
    cutting.split_code(project, code=old, codings=rows[:2], names=["Geld", "Mandat"], note="zweierlei")
    assert tree(project) == ["Oben", "Oben > Mittel", "Oben > Geld", "Oben > Mandat"]
    assert coded(project) == [("Geld", "Geld"), ("Auftrag", "Mandat"), ("Vertrauen", "Mittel")]
    (note,) = memo_queries.memos(project, target=f"code:{old}")
    assert (note.title, note.body) == ("Split: “Mittel” into “Geld”, “Mandat”", "zweierlei")
    with pytest.raises(KnownError, match="Only passages of"):
        cutting.split_code(project, code=old, codings=rows[:1], names=["Geld"])


def test_several_codes_move_together_and_those_below_them_go_along(project: Project) -> None:
    a = add_code(project, name="A")
    inner = add_code(project, name="Innen", parent=a)
    b = add_code(project, name="B")
    c = add_code(project, name="C")
    add_code(project, name="C1", parent=c)
    regrouping.move_codes(project, codes=[b, a, inner], parent=c, position=0)
    assert tree(project) == ["C", "C > B", "C > A", "C > A > Innen", "C > C1"]
    with pytest.raises(KnownError, match="below itself"):
        regrouping.move_codes(project, codes=[c], parent=inner)
    project.undo()
    assert tree(project) == ["A", "A > Innen", "B", "C", "C > C1"]


def test_moving_one_code_by_position_still_counts_the_others_only(project: Project) -> None:
    rows = [add_code(project, name=name) for name in "ABC"]
    move_code(project, code=rows[0], position=1)
    assert tree(project) == ["B", "A", "C"]


def test_a_merge_tells_beforehand_what_it_will_join_and_then_does_exactly_that(
    project: Project, interview: str
) -> None:
    for words, name in (("Geld", "A"), ("Geld", "B"), ("Auftrag", "B"), ("Vertrauen", "C")):
        code(project, interview, words, name)
    a, b, c = (named(project, name) for name in "ABC")
    memos.write_memo(project, kind="code", title="n", target=f"code:{b}")
    add_code(project, name="B1", parent=b)
    seen = regrouping.merge_preview(project, codes=[a, b, c], into=a)
    assert (seen.codings, seen.joining, seen.memos, seen.children, seen.refused) == (3, 1, 1, 1, "")
    regrouping.merge_several(project, codes=[a, b, c], into=a)
    assert coded(project) == [("Geld", "A"), ("Auftrag", "A"), ("Vertrauen", "A")]
    assert tree(project) == ["A", "A > B1"]


def test_a_merge_that_a_relation_forbids_is_told_beforehand(project: Project) -> None:
    from qda.coding import axial

    a, b = add_code(project, name="A"), add_code(project, name="B")
    model = axial.add_model(project, name="M", template="free", phenomenon=a)
    axial.relate_codes(project, model=model, from_code=a, to_code=b, type="furthers")
    seen = regrouping.merge_preview(project, codes=[b], into=a)
    assert seen.refused == "Relation 1 of “M” stands between two of these codes. Remove it first."
    with pytest.raises(KnownError, match="Relation 1"):
        regrouping.merge_several(project, codes=[b], into=a)
