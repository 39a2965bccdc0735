"""How a theory grows: sampling, judgements, versions, cells, answers, own templates, the board, maps."""

import json

import pytest

from qda.coding import (
    axial,
    cases,
    code_maps,
    codebook,
    comparison_cells,
    documents,
    evidence,
    material,
    model_versions,
    properties,
    pseudonyms,
    question_answers,
    sampling,
    saturation_judgements,
    templates,
    theory,
    withdrawing,
)
from qda.errors import KnownError
from qda.models import Project
from tests.coding.helpers import code, named, passage
from tests.coding.watching import Watcher

SPEC = {
    "slots": [
        {"key": "phenomenon", "role": "phenomenon", "name": "Phenomenon"},
        {"key": "turns", "role": "own", "name": {"de": "Wendepunkte", "en": "Turning points"}},
        {"key": "outcome", "role": "consequence", "name": "Outcome", "levels": True},
    ]
}


def spec(*keys: str) -> str:
    return json.dumps({"slots": [slot for slot in SPEC["slots"] if slot["key"] in ("phenomenon", *keys)]})


def sound(project: Project) -> None:
    watcher = Watcher(project.path)
    try:
        assert watcher.faults() == []
    finally:
        watcher.close()


class Theory:
    """A model with two placed codes and a relation that has evidence."""

    def __init__(self, project: Project, interview: str) -> None:
        self.project, self.source = project, interview
        self.case = cases.add_case(project, name="Ada Brenneke")
        documents.set_source_case(project, source=interview, case=self.case)
        code(project, interview, "Geld", "Mangel")
        code(project, interview, "Vertrauen", "Vertrauen")
        code(project, interview, "Straßenfeste", "Feste")
        self.lack, self.trust, self.feasts = (named(project, n) for n in ("Mangel", "Vertrauen", "Feste"))
        self.model = axial.add_model(project, name="M", template="hajji", phenomenon=self.trust)
        self.slots = theory.models(project)[0].slots
        self.placed = axial.place_code(project, model=self.model, code=self.lack, slot=self.slots[0].guid)
        self.relation = axial.relate_codes(
            project,
            model=self.model,
            from_code=self.feasts,
            to_code=self.trust,
            type="furthers",
            statement="Feste nützen Ada Brenneke.",
        )
        self.piece = evidence.add_evidence(
            project,
            relation=self.relation,
            segments=[passage(project, interview, "Straßenfeste")],
            polarity="supporting",
        )


@pytest.fixture
def made(project: Project, interview: str) -> Theory:
    return Theory(project, interview)


# -- sampling -----------------------------------------------------------------------------------------------


def test_a_sampling_decision_leads_to_cases_documents_and_passages_and_says_what_it_brought(
    project: Project, made: Theory
) -> None:
    later = passage(project, made.source, "Die Förderung")
    decision = sampling.decide_sampling(
        project, form="contrasting", gap="kein Gegenfall", sought="Streit", targets=[f"segment:{later}"]
    )
    sampling.add_target(project, decision=decision, target=f"source:{made.source}")
    sampling.note_outcome(project, decision=decision, outcome="refused", brought="keine Zeit")
    (row,) = sampling.decisions(project)
    assert (row.form, row.gap, row.sought, row.outcome) == (
        "contrasting",
        "kein Gegenfall",
        "Streit",
        "refused",
    )
    assert [target.kind for target in row.targets] == ["segment", "source"]
    sampling.remove_target(project, decision=decision, target=f"segment:{row.targets[0].guid}")
    sound(project)
    sampling.remove_sampling(project, decision=decision)
    assert sampling.decisions(project) == []
    project.undo()
    assert [t.kind for t in sampling.decisions(project)[0].targets] == ["source"]


def test_cases_before_the_first_decision_are_starting_cases(project: Project, made: Theory) -> None:
    decision = sampling.decide_sampling(project, form="relational", why="Stadt und Land")
    second = cases.add_case(project, name="B")
    third = cases.add_case(project, name="C")
    assert [case.starting for case in material.cases(project)] == [True, False, False]
    sampling.add_target(project, decision=decision, target=f"case:{second}")
    assert sampling.unsampled_cases(project) == [third]
    sampling.set_starting(project, case=third, starting=True)
    assert sampling.unsampled_cases(project) == []


def test_a_decision_without_anything_or_to_a_code_is_refused(project: Project, made: Theory) -> None:
    with pytest.raises(KnownError, match="Say what is sought"):
        sampling.decide_sampling(project, form="open")
    with pytest.raises(KnownError, match="leads to cases"):
        sampling.decide_sampling(project, form="open", why="x", targets=[f"code:{made.trust}"])
    assert sampling.decisions(project) == []


def test_a_target_that_is_removed_leaves_the_decision(project: Project, made: Theory) -> None:
    sampling.decide_sampling(project, form="open", why="x", targets=[f"case:{made.case}"])
    cases.remove_case(project, case=made.case)
    assert [row.targets for row in sampling.decisions(project)] == [()]
    sound(project)
    project.undo()
    assert [len(row.targets) for row in sampling.decisions(project)] == [1]


# -- judgements ---------------------------------------------------------------------------------------------


def test_the_last_judgement_counts_and_the_earlier_ones_stay(project: Project, made: Theory) -> None:
    saturation_judgements.judge_saturation(project, code=made.trust, state="provisional", reason="ein Fall")
    last = saturation_judgements.judge_saturation(project, code=made.trust, state="open")
    assert [(r.state, r.holds) for r in saturation_judgements.judgements(project)] == [
        ("provisional", False),
        ("open", True),
    ]
    saturation_judgements.remove_judgement(project, judgement=last)
    assert saturation_judgements.standing(project)[made.trust].state == "provisional"


def test_judgements_follow_a_merge_and_go_with_their_code(project: Project, made: Theory) -> None:
    saturation_judgements.judge_saturation(project, code=made.lack, state="saturated")
    other = codebook.add_code(project, name="Armut")
    codebook.merge_codes(project, code=made.lack, into=other)
    assert list(saturation_judgements.standing(project)) == [other]
    axial.remove_placement(project, placement=made.placed)
    codebook.remove_code(project, code=other)
    assert saturation_judgements.judgements(project) == []
    project.undo()
    assert list(saturation_judgements.standing(project)) == [other]


# -- versions -----------------------------------------------------------------------------------------------


def test_a_version_keeps_the_model_as_it_was_and_the_difference_is_told(
    project: Project, made: Theory
) -> None:
    version = model_versions.freeze_model(project, model=made.model, name="vor Fall B")
    assert model_versions.versions_differ(project, version).empty
    axial.set_relation_status(project, relation=made.relation, status="modified")
    axial.move_placement(project, placement=made.placed, slot=made.slots[1].guid)
    new = axial.place_code(project, model=made.model, code=made.feasts, slot=made.slots[0].guid)
    evidence.remove_evidence(project, evidence=made.piece)
    second = model_versions.freeze_model(project, model=made.model, name="danach")
    found = model_versions.versions_differ(project, version, second)
    assert found == model_versions.versions_differ(project, version)
    assert [(c.change, (c.behind or c.before).guid) for c in found.placements] == [
        ("added", new),
        ("changed", made.placed),
    ]
    (changed,) = found.relations
    assert {f.field: (f.before, f.behind) for f in changed.fields if f.field != "cases"} == {
        "status": ("supposed", "modified"),
        "supporting": (1, 0),
    }
    state = model_versions.version_state(project, version)
    assert [(c.name, c.supporting) for c in state.relations[0].cases] == [("Ada Brenneke", 1)]


def test_versions_go_with_their_model_and_come_back(project: Project, made: Theory) -> None:
    version = model_versions.freeze_model(project, model=made.model, name="vor Fall B")
    before = model_versions.version_state(project, version)
    axial.remove_model(project, model=made.model)
    assert model_versions.versions(project) == []
    sound(project)
    project.undo()
    assert model_versions.version_state(project, version) == before
    other = axial.add_model(project, name="Zweites", template="hajji")
    foreign = model_versions.freeze_model(project, model=other, name="x")
    with pytest.raises(KnownError, match="different models"):
        model_versions.versions_differ(project, version, foreign)


# -- cells --------------------------------------------------------------------------------------------------


def test_a_cell_holds_a_summary_and_one_chosen_passage(project: Project, made: Theory) -> None:
    place = {"row_kind": "slot", "row": made.slots[0].guid, "case": made.case}
    comparison_cells.write_summary(project, **place, text="kein Geld")
    comparison_cells.choose_quotation(project, **place, segment=passage(project, made.source, "ohne Auftrag"))
    comparison_cells.choose_quotation(project, **place, segment=passage(project, made.source, "allein da"))
    (cell,) = comparison_cells.cells(project).values()
    assert cell.body == "kein Geld"
    assert material.segment(project, cell.segment).text == "allein da"
    sound(project)
    comparison_cells.write_summary(project, **place, text=" ")
    comparison_cells.choose_quotation(project, **place)
    assert comparison_cells.cells(project) == {}
    sound(project)


def test_cells_join_with_their_codes_and_go_with_slot_property_and_case(
    project: Project, made: Theory
) -> None:
    prop = properties.add_property(project, code=made.trust, name="Dauer")
    for kind, row in (("code", made.lack), ("code", made.feasts), ("property", prop)):
        place = {"row_kind": kind, "row": row, "case": made.case}
        comparison_cells.write_summary(project, **place, text=f"zu {kind}")
        quoted = passage(project, made.source, "Auftrag" if row == made.lack else "Heute")
        comparison_cells.choose_quotation(project, **place, segment=quoted)
    other = codebook.add_code(project, name="Armut")
    codebook.merge_codes(project, code=made.lack, into=other)
    assert {key[1] for key in comparison_cells.cells(project, "code")} == {other, made.feasts}
    codebook.merge_codes(project, code=other, into=made.feasts)
    (joined,) = comparison_cells.cells(project, "code").values()
    assert joined.row == made.feasts
    sound(project)
    properties.remove_property(project, property=prop)
    assert comparison_cells.cells(project, "property") == {}
    cases.remove_case(project, case=made.case)
    assert comparison_cells.cells(project) == {}
    sound(project)


# -- answers, searches, candidates --------------------------------------------------------------------------


def test_an_answer_takes_the_place_of_the_one_before_and_goes_with_its_object(
    project: Project, made: Theory
) -> None:
    target = f"relation:{made.relation}"
    question_answers.answer_method(project, key="2", target=target, text="ein Kontrast")
    question_answers.answer_method(project, key="2", target=target, text="eine Lücke")
    question_answers.answer_method(project, key="process.sample", text="Zugang")
    assert [(r.key, r.target_name, r.body) for r in question_answers.answers(project)] == [
        ("2", "R1", "eine Lücke"),
        ("process.sample", "", "Zugang"),
    ]
    axial.remove_relation(project, relation=made.relation)
    assert [row.key for row in question_answers.answers(project)] == ["process.sample"]
    project.undo()
    question_answers.answer_method(project, key="2", target=target, text="")
    assert [row.key for row in question_answers.answers(project)] == ["process.sample"]


def test_a_search_may_be_for_one_case_and_goes_with_it(project: Project, made: Theory) -> None:
    evidence.note_search(project, relation=made.relation)
    evidence.note_search(project, relation=made.relation, case=made.case, note="nichts")
    rows = theory.counter_searches(project, made.relation)
    assert [(row.case, row.note) for row in rows] == [(None, ""), (made.case, "nichts")]
    cases.remove_case(project, case=made.case)
    assert [row.case for row in theory.counter_searches(project)] == [None]


def test_a_passed_candidate_is_kept_until_it_is_taken_up_or_its_relation_goes(
    project: Project, made: Theory
) -> None:
    passed = evidence.pass_candidate(
        project, relation=made.relation, segment=passage(project, made.source, "Und heute")
    )
    assert [guid for guid, _segment in theory.passed_candidates(project, made.relation)] == [passed]
    axial.remove_relation(project, relation=made.relation)
    sound(project)
    project.undo()
    evidence.take_up_candidate(project, passed=passed)
    assert theory.passed_candidates(project, made.relation) == []
    sound(project)


def test_what_hangs_on_a_passage_goes_with_its_document_and_comes_back(
    project: Project, made: Theory
) -> None:
    here = passage(project, made.source, "Und heute")
    evidence.pass_candidate(project, relation=made.relation, segment=here)
    sampling.decide_sampling(project, form="open", why="x", targets=[f"segment:{here}"])
    comparison_cells.choose_quotation(project, row_kind="code", row=made.trust, case=made.case, segment=here)
    chart = code_maps.new_map(project, name="Skizze")
    code_maps.put_on_map(project, map=chart, target=f"segment:{here}")
    documents.remove_source(project, source=made.source)
    assert comparison_cells.cells(project) == {}
    assert code_maps.maps(project)[0].items == ()
    sound(project)
    project.undo()
    assert len(comparison_cells.cells(project)) == 1
    assert len(code_maps.maps(project)[0].items) == 1
    sound(project)


# -- templates ----------------------------------------------------------------------------------------------


def test_a_model_can_be_made_from_a_template_of_the_user(project: Project, made: Theory) -> None:
    guid = templates.add_template(project, name="Eigenes", spec=spec("turns", "outcome"))
    model = axial.add_model(project, name="E", template=f"own:{guid}", phenomenon=made.trust)
    row = next(row for row in theory.models(project) if row.guid == model)
    assert [(slot.key, slot.name, slot.levels) for slot in row.slots] == [
        ("turns", "Turning points", False),
        ("outcome", "Outcome", True),
    ]
    assert "Eigenes" in [str(known.name) for known in templates.offered(project)]
    with pytest.raises(KnownError, match="A model is made"):
        templates.remove_template(project, template=guid)


def test_a_changed_template_leaves_placements(project: Project, made: Theory) -> None:
    guid = templates.add_template(project, name="Eigenes", spec=spec("turns"))
    model = axial.add_model(project, name="E", template=f"own:{guid}", phenomenon=made.trust)
    placed = axial.place_code(project, model=model, code=made.lack, slot="turns")
    templates.change_template(project, template=guid, spec=spec("outcome"))
    row = next(row for row in theory.models(project) if row.guid == model)
    assert [(slot.name, slot.role) for slot in row.slots] == [
        ("Outcome", "consequence"),
        ("Turning points", "own"),
    ]
    assert [p.slot_key for p in theory.placements(project, model) if p.guid == placed] == ["turns"]
    axial.remove_placement(project, placement=placed)
    templates.change_template(project, template=guid, spec=spec("turns", "outcome"))
    templates.change_template(project, template=guid, spec=spec("outcome"))
    row = next(row for row in theory.models(project) if row.guid == model)
    assert [slot.key for slot in row.slots] == ["outcome"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("nonsense", "not JSON"),
        ("{}", "no list of slots"),
        ('{"slots": [{"key": "a", "role": "own", "name": "A"}]}', "one slot for the phenomenon"),
        ('{"slots": [{"key": "a", "role": "king", "name": "A"}]}', "role of slot"),
        ('{"slots": [{"role": "own", "name": "A"}]}', "has a key"),
        ('{"slots": [{"key": "a", "role": "own"}]}', "a key and a name"),
        ('{"slots": [{"key": "a", "role": "own", "name": 3}]}', "one text"),
    ],
)
def test_what_is_no_template_is_refused(project: Project, written: str, said: str) -> None:
    with pytest.raises(KnownError, match=said):
        templates.add_template(project, name="E", spec=written)


# -- the board and maps -------------------------------------------------------------------------------------


def test_a_card_stays_where_it_was_put_until_the_board_is_tidied(project: Project, made: Theory) -> None:
    axial.place_card(project, placement=made.placed, x=120, y=-40)
    assert [(p.x, p.y) for p in theory.placements(project)] == [(120, -40)]
    axial.tidy_board(project, model=made.model)
    assert [(p.x, p.y) for p in theory.placements(project)] == [(None, None)]
    project.undo()
    assert [(p.x, p.y) for p in theory.placements(project)] == [(120, -40)]


def test_a_map_joins_things_by_relations_and_plain_lines(project: Project, made: Theory) -> None:
    chart = code_maps.new_map(project, name="Skizze")
    first = code_maps.put_on_map(project, map=chart, target=f"code:{made.feasts}", x=1)
    second = code_maps.put_on_map(project, map=chart, target=f"code:{made.trust}", y=2)
    words = code_maps.put_on_map(project, map=chart, text="und dann?")
    assert code_maps.put_on_map(project, map=chart, target=f"code:{made.trust}", x=9) == second
    code_maps.draw_line(project, start=first, end=second, relation=made.relation, directed=True)
    plain = code_maps.draw_line(project, start=second, end=words)
    code_maps.change_line(project, line=plain, label="vielleicht", directed=True)
    code_maps.arrange_map(project, map=chart, items=[first, words], xs=[5, 6], ys=[7, 8])
    (row,) = code_maps.maps(project)
    assert [(i.name, i.text, i.x, i.y) for i in row.items] == [
        ("Feste", "", 5, 7),
        ("Vertrauen", "", 9, 0),
        ("", "und dann?", 6, 8),
    ]
    assert [(line.relation, line.label) for line in row.lines] == [(made.relation, ""), (None, "vielleicht")]
    with pytest.raises(KnownError, match="two things"):
        code_maps.draw_line(project, start=first, end=first)
    axial.remove_relation(project, relation=made.relation)
    assert [line.label for line in code_maps.maps(project)[0].lines] == ["vielleicht"]
    codebook.merge_codes(project, code=made.lack, into=made.feasts)
    code_maps.take_off_map(project, item=words)
    assert code_maps.maps(project)[0].lines == ()
    sound(project)
    code_maps.remove_map(project, map=chart)
    project.undo()
    assert len(code_maps.maps(project)[0].items) == 2


def test_codes_that_join_are_one_thing_on_a_map(project: Project, made: Theory) -> None:
    chart = code_maps.new_map(project, name="Skizze")
    here = [
        code_maps.put_on_map(project, map=chart, target=f"code:{guid}")
        for guid in (made.lack, made.feasts, made.trust)
    ]
    code_maps.draw_line(project, start=here[0], end=here[1])
    code_maps.draw_line(project, start=here[0], end=here[2])
    codebook.merge_codes(project, code=made.lack, into=made.feasts)
    (row,) = code_maps.maps(project)
    assert [(line.start, line.end) for line in row.lines] == [(here[1], here[2])]
    sound(project)


def test_what_something_points_to_cannot_be_taken_back_before_it(project: Project, made: Theory) -> None:
    extra = codebook.add_code(project, name="Neu")
    chart = code_maps.new_map(project, name="Skizze")
    code_maps.put_on_map(project, map=chart, target=f"code:{extra}")
    for _step in range(3):
        project.undo()
    assert code_maps.maps(project) == []
    for _step in range(3):
        project.redo()
    assert [item.name for item in code_maps.maps(project)[0].items] == ["Neu"]


# -- names and consent --------------------------------------------------------------------------------------


def _write_everywhere(project: Project, made: Theory) -> str:
    version = model_versions.freeze_model(project, model=made.model, name="vor Brenneke", note="Brenneke")
    sampling.decide_sampling(
        project, form="open", gap="Brenneke", sought="Brenneke", why="Brenneke", targets=[f"case:{made.case}"]
    )
    saturation_judgements.judge_saturation(project, code=made.trust, state="open", reason="nur Brenneke")
    place = {"row_kind": "code", "row": made.trust, "case": made.case}
    comparison_cells.write_summary(project, **place, text="Brenneke zögert")
    comparison_cells.choose_quotation(project, **place, segment=passage(project, made.source, "Und heute"))
    question_answers.answer_method(project, key="1", text="Brenneke war zuerst da")
    chart = code_maps.new_map(project, name="Um Brenneke")
    code_maps.put_on_map(project, map=chart, text="Brenneke?")
    evidence.note_search(project, relation=made.relation, case=made.case, note="bei Brenneke")
    return version


def test_names_are_replaced_in_all_that_was_written(project: Project, made: Theory) -> None:
    version = _write_everywhere(project, made)
    rows = [{"clear": "Brenneke", "replacement": "Weber", "kind": "person"}]
    pseudonyms.pseudonymise(project, entries=json.dumps(rows))
    state = model_versions.version_state(project, version)
    assert state.relations[0].statement == "Feste nützen Ada Weber."
    assert state.relations[0].cases[0].name == "Ada Weber"
    watcher = Watcher(project.path)
    try:
        assert "Brenneke" not in watcher.state()
    finally:
        watcher.close()


def test_a_withdrawn_case_is_in_no_version_cell_or_search(project: Project, made: Theory) -> None:
    version = _write_everywhere(project, made)
    withdrawing.delete_case_for_good(project, case=made.case, confirm="Ada Brenneke", names_too=True)
    state = model_versions.version_state(project, version)
    assert [(c.case, c.name, c.supporting) for c in state.relations[0].cases] == [("", "[withdrawn]", 1)]
    assert "Brenneke" not in state.relations[0].statement
    assert comparison_cells.cells(project) == {}
    assert [row.targets for row in sampling.decisions(project)] == [()]
    assert theory.counter_searches(project) == []
    sound(project)
    assert b"Ada Brenneke" not in project.path.read_bytes()
    with pytest.raises(KnownError):
        project.undo()
