"""Sampling as a report: decisions with what they brought, starting cases, a refusal as a result."""

import os
from pathlib import Path

import pytest

from qda.coding import cases, consent, sampling
from qda.i18n import use_language
from qda.models import Project
from qda.reports.model import Report
from qda.reports.registry import TABLE_FORMATS, checked_options, render_bytes, report_kind
from tests.reports.small_study import build, span

GOLDEN = Path(__file__).with_name("golden") / "sampling.en.md"


@pytest.fixture
def study(tmp_path: Path) -> Project:
    """The small study with a case reached, a refusal, passages looked at again, and a case of no decision."""
    project = build(tmp_path / "study.qdaproj")
    reached = sampling.decide_sampling(
        project, form="similar", gap="Nur bei A gesehen.", sought="Amt ohne Etat", why="Minimaler Kontrast."
    )
    sampling.sample_case(project, decision=reached, name="Fall C")
    sampling.note_outcome(project, decision=reached, outcome="reached", brought="Das Telefon trägt.")
    refused = sampling.decide_sampling(project, form="contrasting", sought="Verein, der gegangen ist")
    sampling.note_outcome(project, decision=refused, outcome="refused", brought="Auch ein Befund.")
    again = sampling.decide_sampling(project, form="discriminate", why="Gegenbelege?")
    sampling.add_targets(
        project,
        decision=again,
        targets=[f"segment:{span(project, 'Interview B', 'Formal war das korrekt.')}"],
    )
    cases.add_case(project, name="Fall D")
    return project


def _made(project: Project) -> Report:
    kind = report_kind("sampling")
    with use_language("en"):
        return kind.build(project, checked_options(kind, {"language": "en"}))


def test_the_report_reads_as_its_golden_file(study):
    """Made anew with QDA_GOLDEN=1."""
    written = render_bytes(_made(study), "md").decode()
    if os.environ.get("QDA_GOLDEN"):
        GOLDEN.write_text(written, encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", TABLE_FORMATS)
def test_every_format_takes_it(study, kind):
    assert len(render_bytes(_made(study), kind)) > 50


def test_a_study_without_decisions_says_so_and_names_its_starting_cases(tmp_path):
    text = render_bytes(_made(build(tmp_path / "other.qdaproj")), "md").decode()
    assert "There is no sampling decision." in text
    assert "| ● |" in text


def test_words_of_those_who_may_not_be_quoted_are_taken_out(study):
    decision = sampling.decisions(study)[0].guid
    sampling.note_outcome(
        study,
        decision=decision,
        outcome="reached",
        brought="Er sagt: „Samstags fahr ich hin, steht in keinem Konzept.“",
    )
    assert "Samstags fahr ich hin, steht in keinem Konzept." in render_bytes(_made(study), "md").decode()
    case = next(one for one in sampling.case_origins(study) if one.documents and _holds(study, one.case))
    consent.set_consent(study, case=case.case, quote="no")
    made = _made(study)
    assert "Samstags fahr ich hin, steht in keinem Konzept." not in render_bytes(made, "md").decode()
    assert made.withheld


def _holds(project: Project, case: str) -> bool:
    from qda.coding import material

    titles = {one.guid: one.title for one in material.sources(project)}
    mine = next(one for one in material.cases(project) if one.guid == case)
    return any(titles[source] == "Interview B" for source in mine.sources)
