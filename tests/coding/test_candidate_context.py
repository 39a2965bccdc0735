"""Candidates in their text, passages passed over and taken up, relations made from a passage."""

import pytest

from qda.coding import codes, evidence, material, relating, theory
from qda.coding.candidate_context import AROUND, around, in_context, passed_over
from qda.coding.candidates import candidates
from qda.errors import KnownError
from tests.coding.helpers import code, named, passage
from tests.coding.test_candidates import relate, study, take_in  # noqa: F401 - a fixture

LONG = "Wort " * 90


def roles(pieces) -> list[tuple[str, str]]:
    return [(one.role, one.words.strip()) for one in pieces]


def test_both_passages_the_cue_and_what_stands_between_are_told_apart(study):  # noqa: F811
    project, relation, source = study
    found = candidates(project, relation=relation).rows
    shown = roles(in_context(project, found)[0])
    assert [words for role, words in shown if role == "passage"] == [
        "Alle Ämter waren da.",
        "Der Landrat blieb weg",
    ]
    assert ("cue", "aber") in shown
    assert "".join(one.words for one in in_context(project, found)[0] if one.role != "left out").strip()[
        :3
    ] in ("Wie", "I: ")
    text = material.text(project, source)
    for pieces in in_context(project, found):
        for one in pieces:
            if one.role != "left out":
                assert one.words in text.replace("\n", " ")


def test_words_between_passages_far_apart_and_the_middle_of_long_ones_are_left_out(project):
    text = f"B: Anfang. {LONG}Ende. {LONG}"
    pieces = around(text, 3, 10)
    assert roles(pieces)[:2] == [("around", "B:"), ("passage", "Anfang.")]
    assert pieces[-1].role == "left out"
    assert len("".join(one.words for one in pieces)) < 2 * AROUND + 30
    assert len("".join(one.words for one in around(text * 4, 3, len(text) * 3))) < 1200
    source = take_in(project, "A", text.strip())
    code(project, source, "Anfang.", "X")
    code(project, source, "Ende.", "Y")
    found = candidates(project, relation=relate(project, "X", "Y")).rows
    shown = roles(in_context(project, found)[0])
    assert ("left out", "[…]") in shown
    assert [words for role, words in shown if role == "passage"] == ["Anfang.", "Ende."]


@pytest.mark.parametrize(("reach", "near"), [("segment", 0), ("paragraph", 1), ("turn", 2), ("turns", 3)])
def test_the_other_code_is_as_near_as_is_asked_for(study, reach, near):  # noqa: F811
    project, relation, _source = study
    found = candidates(project, relation=relation, reach=reach, alone=False)
    assert found.total == near
    assert all(one.near not in ("alone", "cue") for one in found.rows)


def test_a_candidate_of_two_passages_is_passed_over_and_offered_again_in_one_step(study):  # noqa: F811
    project, relation, _source = study
    first = candidates(project, relation=relation).rows[0]
    steps = project.unit_count()
    evidence.pass_candidates(project, relation=relation, segments=list(first.segments))
    assert project.unit_count() == steps + 1
    passed = passed_over(project, relation)
    assert {one.segment.guid for one in passed} == set(first.segments)
    evidence.take_up_candidates(project, passed=[one.guid for one in passed])
    assert project.unit_count() == steps + 2
    assert candidates(project, relation=relation).rows[0] == first
    for act, words in ((evidence.pass_candidates, "segments"), (evidence.take_up_candidates, "passed")):
        more = {"relation": relation} if words == "segments" else {}
        with pytest.raises(KnownError):
            act(project, **{words: []}, **more)


def test_a_passage_is_taken_off_evidence_that_keeps_another(study):  # noqa: F811
    project, relation, source = study
    both = [passage(project, source, words) for words in ("Sorgen", "Die Runde")]
    piece = evidence.add_evidence(project, relation=relation, segments=both, polarity="supporting")
    first, second = theory.evidence(project, relation)[0].segments
    evidence.remove_evidence_segment(project, evidence=piece, segment=first.guid)
    assert [one.guid for one in theory.evidence(project, relation)[0].segments] == [second.guid]
    with pytest.raises(KnownError, match="only passage"):
        evidence.remove_evidence_segment(project, evidence=piece, segment=second.guid)
    project.undo()
    assert len(theory.evidence(project, relation)[0].segments) == 2


def test_a_relation_from_a_passage_is_one_step_with_its_codes_and_its_evidence(study):  # noqa: F811
    project, _relation, source = study
    model = theory.models(project)[0].guid
    steps, before = project.unit_count(), len(codes.codes(project))
    here = passage(project, source, "aber das machte mir Sorgen")
    made = relating.relate_passage(
        project,
        model=model,
        from_code=named(project, "Rückhalt"),
        to_code="Sorge",
        segments=[here],
        statement="Fehlender Rückhalt macht Sorgen.",
        kind="inferred",
    )
    assert project.unit_count() == steps + 1
    row = next(one for one in theory.relations(project) if one.guid == made)
    assert (row.from_name, row.type, row.to_name, row.supporting) == ("Rückhalt", "leads_to", "Sorge", 1)
    piece = theory.evidence(project, made)[0]
    assert (piece.kind, piece.segments[0].text) == ("inferred", "aber das machte mir Sorgen")
    project.undo()
    assert len(codes.codes(project)) == before
    with pytest.raises(KnownError):
        relating.relate_passage(
            project, model=model, from_code="Rückhalt", to_code="Rückhalt", segments=[here]
        )
    with pytest.raises(KnownError, match="at least one"):
        relating.relate_passage(project, model=model, from_code="Rückhalt", to_code="Neu", segments=[])
    assert len(codes.codes(project)) == before
