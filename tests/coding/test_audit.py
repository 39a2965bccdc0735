"""The audit questions show what the study holds; the answers are the author's."""

import pytest

from qda.coding import (
    axial,
    cases,
    codebook,
    consent,
    documents,
    evidence,
    material,
    memos,
    sampling,
    selective,
    sheet,
    theory,
)
from qda.coding.audit import QUESTIONS, audit, audit_answers
from qda.coding.question_answers import answer_method
from qda.models import Project
from tests.coding.helpers import code, named, passage


@pytest.fixture
def study(project: Project, interview: str) -> Project:
    """One case, one category with a code below it, a relation that fails."""
    case = cases.add_case(project, name="A")
    documents.set_source_case(project, source=interview, case=case)
    code(project, interview, "allein da", "Einsamkeit")
    code(project, interview, "ohne Geld", "Einsamkeit > Not")
    code(project, interview, "Vertrauen", "Trost")
    codebook.set_code_kind(project, code=named(project, "Einsamkeit"), kind="category")
    model = axial.add_model(project, name="Alleinsein", phenomenon=named(project, "Einsamkeit"))
    relation = axial.relate_codes(
        project,
        model=model,
        from_code=named(project, "Not"),
        to_code=named(project, "Trost"),
        type="acts_back_on",
        statement="Not wirkt zurück auf Trost",
    )
    evidence.add_evidence(
        project,
        relation=relation,
        segments=[passage(project, interview, "Vertrauen")],
        polarity="contradicting",
    )
    return project


def _lines(project: Project, key: str, *, interviewer: bool = True) -> list[tuple[int, str]]:
    item = next(one for one in audit(project, interviewer=interviewer) if one.question.key == f"audit:{key}")
    return [(line.level, line.words) for line in item.lines]


def test_each_question_has_its_own_key_and_some_figure_even_where_nothing_was_done(project):
    items = audit(project)
    assert len({one.question.key for one in items}) == len(QUESTIONS) == 14
    assert all(item.lines for item in items)
    assert all(item.answer is None for item in items)


def test_starting_cases_and_sampling_decisions_are_told(study):
    assert _lines(study, "sample")[0] == (0, "1 starting case: A")
    assert _lines(study, "sampling") == [(0, "No sampling decision is written down.")]
    other = cases.add_case(study, name="C")
    cases_ = [f"case:{other}"]
    decision = sampling.decide_sampling(
        study, form="contrasting", gap="Nur A.", sought="ohne Etat", why="Kontrast", targets=cases_
    )
    sampling.set_starting(study, case=other, starting=False)
    sampling.note_outcome(study, decision=decision, outcome="refused", brought="Keine Zeit.")
    told = _lines(study, "sampling")
    assert (1, "Decision 1: contrasting case – refused") in told
    assert (2, "Case C") in told
    assert (1, "Einsamkeit: not met in C") in told


def test_a_category_counts_its_cases_with_the_codes_below_it(study):
    assert (1, "Einsamkeit: 1 case (A 2)") in _lines(study, "categories")
    sheet.set_frequencies_hidden(study, hidden=True)
    assert (1, "Einsamkeit: A") in _lines(study, "categories")


def test_the_interviewers_words_can_be_left_out_of_the_counts(study, interview):
    code(study, interview, "Wie begann Ihre Arbeit?", "Einsamkeit")
    assert (1, "Einsamkeit: 1 case (A 3)") in _lines(study, "categories")
    assert (1, "Einsamkeit: 1 case (A 2)") in _lines(study, "categories", interviewer=False)


def test_incidents_are_the_passages_from_which_the_category_came(study):
    item = next(one for one in audit(study) if one.question.key == "audit:incidents")
    assert [(line.words, [one.text for one in line.passages]) for line in item.lines] == [
        ("Einsamkeit", []),
        ("From the passage came “Einsamkeit”", ["allein da"]),
        ("From the passage came “Not”", ["ohne Geld"]),
    ]


def test_what_failed_is_told_with_what_was_changed_since(study):
    relation = theory.relations(study)[0].guid
    assert _lines(study, "failures")[-1] == (2, "Nothing was changed since.")
    axial.set_relation_status(study, relation=relation, status="modified")
    axial.add_condition(study, relation=relation, text="wenn jemand da ist")
    memos.write_memo(study, kind="theoretical", title="Warum", body="So.", target=f"relation:{relation}")
    memos.write_memo(
        study, kind="theoretical", title="Für mich", body="Nie.", target=f"relation:{relation}", private=True
    )
    assert _lines(study, "failures") == [
        (0, "1 relation has evidence against it or was modified or rejected"),
        (1, "R1: Not wirkt zurück auf Trost – modified"),
        (2, "1 piece of evidence against"),
        (2, "supposed → modified"),
        (2, "Holds when, added: wenn jemand da ist"),
        (2, "Memo: R1 – Warum"),
    ]


def test_what_stands_in_a_model_given_up_is_no_hypothesis(study):
    assert _lines(study, "hypotheses")[0] == (0, "1 relation stated")
    axial.set_model_status(study, model=theory.models(study)[0].guid, status="abandoned")
    assert _lines(study, "hypotheses") == [(0, "No relation has been stated yet.")]


def test_the_core_category_is_told_with_the_one_before_it(study):
    assert _lines(study, "core") == [(0, "No core category is chosen yet.")]
    selective.choose_core(study, code=named(study, "Trost"))
    selective.choose_core(study, code=named(study, "Einsamkeit"), reasons="Alles hängt daran.")
    told = _lines(study, "core")
    assert told[:3] == [
        (0, "Core category: Einsamkeit"),
        (1, "Chosen before: Trost"),
        (0, "Met in 1 case (A 2)"),
    ]
    assert (0, "Reasons") in told
    assert (0, "Rivals: nothing written yet") in told


def test_relations_that_act_back_are_process(study):
    assert _lines(study, "process")[0] == (0, "Acts back – R1: Not wirkt zurück auf Trost")


def test_an_answer_belongs_to_its_question_alone(study):
    answer_method(study, key="audit:core", text="Weil alles daran hängt.")
    answer_method(study, key="2", text="Kontrast.")
    relation = theory.relations(study)[0].guid
    answer_method(study, key="audit:core", text="Zu R1.", target=f"relation:{relation}")
    assert {key: row.body for key, row in audit_answers(study).items()} == {
        "audit:core": "Weil alles daran hängt."
    }
    answered = [item.question.key for item in audit(study) if item.answer]
    assert answered == ["audit:core"]


def test_passages_without_consent_are_marked_for_the_reports(study):
    consent.set_consent(study, case=material.cases(study)[0].guid, quote="no")
    item = next(one for one in audit(study) if one.question.key == "audit:incidents")
    assert {one.quote for line in item.lines for one in line.passages} == {"no"}
