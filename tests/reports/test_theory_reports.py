"""Paradigm, audit sheet and genesis as reports: as their golden files, and what must never be in them."""

import os
import re
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from qda.coding import axial, consent, evidence, material, memos, sampling, sheet, theory
from qda.coding.model_versions import freeze_model
from qda.coding.question_answers import answer_method
from qda.errors import UsageError
from qda.i18n import use_language
from qda.models import Project
from qda.reports.model import Figure, Report, Table, placeholders, walk
from qda.reports.registry import checked_options, render_bytes, report_kind
from tests.reports.small_study import build, guid, span

GOLDEN = Path(__file__).with_name("golden")
NAMES = ("paradigm", "audit", "genesis")


@pytest.fixture
def study(tmp_path: Path) -> Project:
    """The small study a month on: a version was frozen, a relation questioned, a question answered."""
    project = build(tmp_path / "study.qdaproj")
    minutes = count()
    project.clock = lambda: datetime(2024, 11, 4, 10, next(minutes) % 60, tzinfo=UTC)
    model = theory.models(project)[0].guid
    freeze_model(project, model=model, name="vor Fall C", note="Stand nach zwei Fällen.")
    first = theory.relations(project, model)[0].guid
    evidence.add_evidence(
        project,
        relation=first,
        segments=[span(project, "Interview B", "Formal war das korrekt.")],
        polarity="qualifying",
        kind="inferred",
    )
    axial.set_relation_status(project, relation=first, status="supported")
    case = material.cases(project)[1].guid
    evidence.note_search(project, relation=first, note="B noch einmal gelesen", case=case)
    memos.write_memo(
        project,
        kind="theoretical",
        title="Zu R1",
        body="Nicht das Hinfahren zählt.",
        target=f"relation:{first}",
    )
    sampling.decide_sampling(
        project,
        form="contrasting",
        gap="Nur A hat Vereine verloren.",
        sought="eine Koordination ohne Etat",
        why="minimaler Kontrast",
        targets=[f"case:{case}"],
    )
    answer_method(project, key="audit:sample", text="Zwei Anstellungsformen.\nMehr war nicht geplant.")
    answer_method(project, key="4", text="Gesucht wird nach Fall C.")
    return project


def _made(project: Project, name: str, **options: str) -> Report:
    kind = report_kind(name)
    with use_language("en"):
        return kind.build(project, checked_options(kind, {"language": "en", **options}))


def _text(report: Report) -> str:
    return render_bytes(report, "md").decode()


@pytest.mark.parametrize("name", NAMES)
def test_the_report_reads_as_its_golden_file(study, name):
    """Made anew with QDA_GOLDEN=1."""
    written = _text(_made(study, name))
    file = GOLDEN / f"{name}.en.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_format_of_it_can_be_made(study, name):
    made = _made(study, name)
    for kind in report_kind(name).formats:
        assert len(render_bytes(made, kind)) > 50


def test_the_paradigm_shows_figure_slots_and_evidence_of_each_kind(study):
    made = _made(study, "paradigm", model="Zusammenhalten")
    text = _text(made)
    assert any(isinstance(one, Figure) for one in walk(made.blocks))
    assert "What belongs here" in text
    assert "Supports – spoken by the respondent" in text
    assert "Speaks against – inferred by the researcher" in text
    assert "Qualifies – inferred by the researcher" in text
    assert "in case B · B noch einmal gelesen" in text


def test_a_model_given_up_is_shown_where_it_is_asked_for(study):
    assert "Integration steuern" not in _text(_made(study, "paradigm"))
    assert "Integration steuern" in _text(_made(study, "paradigm", model="Integration steuern"))


@pytest.mark.parametrize("name", ["paradigm", "study", "codetree", "genesis", "audit"])
def test_a_study_that_hides_frequencies_prints_none(study, name):
    shown = _text(_made(study, name))
    sheet.set_frequencies_hidden(study, hidden=True)
    hidden = _text(_made(study, name))
    counts = re.compile(
        r"\b\d+ passages?\b|\b[AB] \d|\| Passages \||\d+ (?:codings|pieces? of evidence|supports?\b|qualif)"
    )
    assert counts.search(shown)
    assert not counts.search(hidden)


def test_all_evidence_is_in_the_spreadsheet_and_told_once_on_the_pages(study):
    made = _made(study, "paradigm", model="Zusammenhalten")
    table = next(one for one in walk(made.blocks) if isinstance(one, Table) and one.sheet_only)
    pieces = [piece for piece in theory.evidence(study) if piece.segments]
    assert len(table.rows) == sum(len(piece.segments) for piece in pieces) > 0
    assert all(row[6].text.startswith("Interview ") for row in table.rows)
    assert "| Polarity |" not in _text(made)


@pytest.mark.parametrize("name", ["paradigm", "genesis"])
def test_a_model_that_does_not_exist_is_told_with_those_that_do(study, name):
    with pytest.raises(UsageError, match="Zusammenhalten"):
        _made(study, name, model="Nirgends")


def test_what_is_not_answered_is_printed_as_unanswered(study):
    made = _made(study, "audit", method="no", lists="no")
    table = next(one for one in walk(made.blocks) if isinstance(one, Table))
    answers = {row[0].number: row[3].text for row in table.rows if len(row) == 4}
    assert answers[1].startswith("Zwei Anstellungsformen.\nMehr war nicht geplant.\n(MK, 4 November 2024)")
    assert {answers[number] for number in range(2, 15)} == {"[unanswered]"}
    assert placeholders(made) == 13


def test_places_that_must_not_go_out_are_not_printed_in_the_audit_sheet(study):
    text = _text(_made(study, "audit"))
    assert "GEHEIM" not in text
    assert "which is shown in the program alone" in text


def test_private_memos_and_withheld_quotations_are_in_none_of_the_three(study):
    first = theory.relations(study)[0].guid
    memos.write_memo(
        study, kind="theoretical", title="Unter uns", body="Nie.", target=f"relation:{first}", private=True
    )
    consent.set_consent(study, case=material.cases(study)[0].guid, quote="no")
    for name in NAMES:
        text = _text(_made(study, name))
        assert "Unter uns" not in text
        assert "Blumen kriegen wir jedes Jahr, hat er gesagt" not in text
        assert "withheld" in text


def test_hidden_frequencies_leave_the_names_of_cases(study):
    sheet.set_frequencies_hidden(study, hidden=True)
    text = _text(_made(study, "audit", method="no"))
    assert "Anerkennung (core category): A, B" in text
    assert "A 1" not in text.split("Which hypotheses")[0]


def test_the_genesis_of_a_category_begins_with_the_passage_it_came_from(study):
    text = _text(_made(study, "genesis", code=guid(study, "Anerkennung")))
    assert "First passage in case A" in text
    assert "Blumen kriegen wir jedes Jahr" in text
    assert "vor Fall C" not in text


def test_the_genesis_of_a_model_tells_what_differs_since_a_version(study):
    text = _text(_made(study, "genesis", model="Zusammenhalten"))
    assert "From “vor Fall C” to “now”" in text
    assert "State: modified → supported" in text
