"""What the axial workspace has read is right after every act, though most of it is not read again."""

import pytest

from qda.coding import axial, evidence, open_coding, theory
from qda.coding.codes import codings as _codings
from qda.ui.axial.reading import Reading


@pytest.fixture
def reading(project, model, relation):
    made = Reading(project)
    unsubscribe = project.subscribe(made.follow)
    made.placed(made.models[0])
    yield made
    unsubscribe()


def held(reading):
    return reading.placed(reading.models[0]).relations


def test_after_each_act_on_evidence_the_relations_are_what_is_stored(
    project, model, relation, codes, reading
):
    other = axial.relate_codes(
        project, model=model, from_code=codes["Mittel"], to_code=codes["anrufen"], type="hinders"
    )
    assert held(reading) == theory.relations(project, model)
    segment = next(row.segment.guid for row in _codings(project))
    piece = evidence.add_evidence(
        project, relation=relation, segments=[segment], polarity="supporting", kind="spoken"
    )
    for act in (
        lambda: evidence.change_evidence(project, evidence=piece, polarity="contradicting"),
        lambda: evidence.note_search(project, relation=other, note="überall"),
        lambda: axial.add_condition(project, relation=other, text="im Winter"),
        lambda: axial.set_relation_status(project, relation=relation, status="modified"),
        lambda: evidence.remove_evidence(project, evidence=piece),
        lambda: axial.turn_relation(project, relation=relation),
        lambda: axial.remove_relation(project, relation=other),
    ):
        act()
        assert held(reading) == theory.relations(project, model)
    while project.undo_label():
        project.undo()
        if not reading.models:
            break
        assert held(reading) == theory.relations(project, reading.models[0].guid)


def test_only_the_relation_of_the_evidence_is_read_again(project, model, relation, reading, monkeypatch):
    asked = []
    real = theory.relations
    monkeypatch.setattr(theory, "relations", lambda *a, **k: asked.append(k.get("guids")) or real(*a, **k))
    segment = next(row.segment.guid for row in _codings(project))
    evidence.add_evidence(
        project, relation=relation, segments=[segment], polarity="supporting", kind="spoken"
    )
    assert held(reading)[0].supporting == 1
    assert asked == [{relation}]


def test_a_coding_that_is_resized_into_another_turn_is_read_again(project, model, relation, reading):
    row = _codings(project)[0]
    evidence.add_evidence(
        project, relation=relation, segments=[row.segment.guid], polarity="supporting", kind="spoken"
    )
    open_coding.resize_coding(project, coding=row.guid, start=row.segment.start, stop=row.segment.stop - 1)
    assert held(reading) == theory.relations(project, model)


def test_rows_of_several_tables_tell_whose_they_are_unless_one_is_gone(project, relation, codes):
    segment = next(row.segment.guid for row in _codings(project))
    piece = evidence.add_evidence(
        project, relation=relation, segments=[segment], polarity="supporting", kind="spoken"
    )
    search = evidence.note_search(project, relation=relation, note="überall")
    condition = axial.add_condition(project, relation=relation, text="im Winter")
    rows = [("evidence", piece), ("counter_search", search), ("relation_condition", condition)]
    assert theory.relations_of(project, rows) == {relation}
    assert theory.relations_of(project, [("relation", relation), *rows, rows[0]]) == {relation}
    assert theory.relations_of(project, []) == set()
    evidence.remove_evidence(project, evidence=piece)
    assert theory.relations_of(project, rows) is None
