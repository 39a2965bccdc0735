"""Gaps as questions, about categories and relations; sampling decisions that go on from them."""

import pytest

from qda.coding import axial, cases, codebook, documents, evidence, memos, properties, sampling
from qda.coding.memo_queries import memos as memo_rows
from qda.coding.saturation import states
from qda.coding.saturation_gaps import Gap, gaps
from qda.models import Project
from tests.coding.conftest import draft
from tests.coding.helpers import code, named, passage

WORDS = "I: Frage?\nB: eins zwei drei vier fünf sechs sieben acht neun zehn"


@pytest.fixture
def study(project: Project) -> Project:
    """Two cases with a transcript each; a category that lies on one pole, in one case."""
    read = draft(WORDS, {"I": "interviewer", "B": "respondent"})
    for name in ("A", "B"):
        case = cases.add_case(project, name=name)
        source = documents.take_in(project, draft=read, title=f"Interview {name}")
        documents.set_source_case(project, source=source, case=case)
        code(project, source, "zwei", "Pflege")
        if name == "A":
            code(project, source, "eins", "Mittel")
    codebook.set_code_kind(project, code=named(project, "Mittel"), kind="category")
    return project


def found(project: Project) -> list[Gap]:
    return gaps(project, states(project).rows)


def kinds(project: Project) -> list[str]:
    return [gap.kind for gap in found(project)]


def dimension(project: Project, **more: object) -> str:
    named_ = {"code": named(project, "Mittel"), "name": "Dauer", "pole_from": "kurz", "pole_to": "lang"}
    return properties.add_property(project, **named_, **more)  # type: ignore[arg-type]


def value(project: Project, prop: str, words: str, at: str) -> None:
    source = next(one for one in sources(project) if one[1] == "Interview A")[0]
    properties.set_property_value(project, property=prop, segment=passage(project, source, at), value=words)


def sources(project: Project) -> list[tuple[str, str]]:
    from qda.coding.material import sources as rows

    return [(one.guid, one.title) for one in rows(project)]


def test_a_category_without_property_in_one_case_without_a_deviating_passage_asks_three_times(study):
    assert kinds(study) == ["properties", "case", "deviating"]
    assert "A only" in found(study)[1].question
    assert {gap.target for gap in found(study)} == {f"code:{named(study, 'Mittel')}"}


def test_a_pole_is_missing_until_it_is_seen(study):
    prop = dimension(study)
    assert kinds(study)[0] == "values"
    value(study, prop, "kurz", "eins")
    gap = found(study)[0]
    assert (gap.kind, gap.form) == ("pole", "relational")
    assert "Is there “lang”" in gap.question
    value(study, prop, "lang", "drei")
    assert "pole" not in kinds(study)


def test_values_between_the_poles_leave_both_open(study):
    value(study, dimension(study, places=["mittel"]), "mittel", "eins")
    assert "neither “kurz” nor “lang”" in found(study)[0].question


def test_a_deviating_passage_and_a_second_case_close_their_gaps(study):
    dimension(study)
    other = next(guid for guid, title in sources(study) if title == "Interview B")
    code(study, other, "drei", "Mittel")
    place = passage(study, other, "drei")
    codebook.choose_passage(study, code=named(study, "Mittel"), which="deviating", segment=place)
    assert kinds(study) == ["values"]


def test_a_category_nobody_coded_asks_for_passages_only(study):
    made = codebook.add_code(study, name="Takt", kind="category")
    assert [gap.kind for gap in found(study) if gap.target == f"code:{made}"] == ["passages"]


@pytest.fixture
def relation(study: Project) -> str:
    ends = {"from_code": named(study, "Mittel"), "to_code": named(study, "Pflege")}
    model = axial.add_model(study, name="M", phenomenon=named(study, "Pflege"))
    return axial.relate_codes(study, model=model, type="hinders", **ends)


def asked(project: Project, relation: str) -> list[str]:
    return [gap.kind for gap in found(project) if gap.target == f"relation:{relation}"]


def test_a_relation_asks_for_evidence_then_for_another_case_and_for_what_speaks_against_it(study, relation):
    assert asked(study, relation) == ["evidence"]
    (first, _title), (second, _other) = sources(study)
    add = {"relation": relation, "kind": "spoken"}
    evidence.add_evidence(study, polarity="supporting", segments=[passage(study, first, "eins")], **add)
    assert asked(study, relation) == ["one_case", "unsearched"]
    evidence.add_evidence(study, polarity="contradicting", segments=[passage(study, second, "zwei")], **add)
    assert asked(study, relation) == []


def test_searched_and_found_none_is_an_answer(study, relation):
    (first, _title), _second = sources(study)
    place = passage(study, first, "eins")
    evidence.add_evidence(study, relation=relation, kind="spoken", polarity="supporting", segments=[place])
    evidence.note_search(study, relation=relation)
    assert asked(study, relation) == ["one_case"]


def test_rejected_relations_and_given_up_models_ask_nothing(study, relation):
    axial.set_relation_status(study, relation=relation, status="rejected")
    assert asked(study, relation) == []


# -- from a gap to a decision, and to a case ----------------------------------------------------------------


def test_the_case_of_a_decision_is_no_starting_case_and_says_from_which_decision_it_comes(study):
    gap = found(study)[1]
    decision = sampling.decide_sampling(study, form=gap.form, gap=gap.question, sought="ohne Etat")
    case = sampling.sample_case(study, decision=decision, name="C")
    origins = {one.name: one for one in sampling.case_origins(study)}
    assert (origins["A"].starting, origins["A"].decisions) == (True, ())
    assert (origins["C"].case, origins["C"].starting, origins["C"].decisions) == (case, False, (1,))
    assert sampling.unsampled_cases(study) == []
    study.undo()
    assert [one.name for one in sampling.case_origins(study)] == ["A", "B"]
    assert sampling.decisions(study)[0].targets == ()


def test_a_later_case_without_decision_is_unexplained_until_one_leads_to_where_it_stands(study):
    decision = sampling.decide_sampling(study, form="open", sought="Gemeinde")
    town = cases.add_case(study, name="Gemeinde")
    person = cases.add_case(study, name="Person", parent=town)
    assert sampling.unsampled_cases(study) == [town, person]
    sampling.add_targets(study, decision=decision, targets=[f"case:{town}"])
    assert sampling.unsampled_cases(study) == []


def test_passages_already_collected_are_led_to_in_one_act(study):
    decision = sampling.decide_sampling(study, form="discriminate", sought="Gegenbelege")
    first = sources(study)[0][0]
    places = [f"segment:{first}:10-14", f"segment:{first}:20-24"]
    sampling.add_targets(study, decision=decision, targets=places)
    assert [target.kind for target in sampling.decisions(study)[0].targets] == ["segment", "segment"]
    study.undo()
    assert sampling.decisions(study)[0].targets == ()


def test_a_memo_hangs_on_a_decision_by_what_is_sought_and_stays_when_it_goes(study):
    decision = sampling.decide_sampling(study, form="open", gap="Nur A.", sought="ein Fall ohne Etat")
    memos.write_memo(study, kind="operational", title="Zugang", target=f"decision:{decision}")
    (memo,) = memo_rows(study, target=f"decision:{decision}")
    assert memo.link_names == ("ein Fall ohne Etat",)
    sampling.change_sampling(study, decision=decision, sought="")
    assert memo_rows(study)[0].link_names == ("Nur A.",)
    sampling.remove_sampling(study, decision=decision)
    assert [(row.title, row.links) for row in memo_rows(study)] == [("Zugang", ())]


def test_memos_hang_on_versions_and_maps_and_stay_when_they_go(study, relation):
    from qda.coding import code_maps, model_versions, theory

    model = theory.models(study)[0].guid
    version = model_versions.freeze_model(study, model=model, name="vor C")
    chart = code_maps.new_map(study, name="Skizze")
    for target in (f"version:{version}", f"map:{chart}"):
        memos.write_memo(study, kind="theoretical", title=target[:3], target=target)
    assert sorted(row.link_names[0] for row in memo_rows(study)) == ["Skizze", "vor C"]
    code_maps.remove_map(study, map=chart)
    axial.remove_model(study, model=model)
    assert [row.links for row in memo_rows(study)] == [(), ()]


def test_a_memo_on_a_decision_is_about_the_cases_it_leads_to(study):
    from qda.coding.memo_sorting import memo_book

    decision = sampling.decide_sampling(study, form="similar", sought="Amt ohne Etat")
    case = sampling.sample_case(study, decision=decision, name="C")
    memo = memos.write_memo(study, kind="operational", title="Zugang", target=f"decision:{decision}")
    assert memo_book(study).cases[memo] == frozenset({case})
