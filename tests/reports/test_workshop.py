"""A passage for an interpretation group: found as it is cited, without codes, silent about the case."""

import os
from pathlib import Path

import pytest

from qda.coding import cases, consent, material, sheet
from qda.coding.correcting import join_paragraph, split_paragraph
from qda.errors import KnownError, UsageError
from qda.i18n import LANGUAGES, use_language
from qda.models import Project
from qda.reports.model import Numbered, Report, Table, placeholders, plain, walk
from qda.reports.registry import build_report, render_bytes, report_kind
from tests.reports.small_study import at, build

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def study(tmp_path: Path) -> Project:
    return build(tmp_path / "study.qdaproj")


def _made(project: Project, **options: str) -> Report:
    with use_language("en"):
        return build_report("workshop", project, {"language": "en", **options})


def _text(report: Report) -> str:
    return render_bytes(report, "md").decode()


def _words(report: Report) -> str:
    found = [one for one in walk(report.blocks) if isinstance(one, Numbered)]
    return " ".join(plain(line.runs) for one in found for line in one.lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_reads_as_its_golden_file(study, language):
    """Made anew with QDA_GOLDEN=1."""
    asked = {"passage": "Interview A, paras. 2–4", "before": "1", "question": "Wer spricht hier zu wem?"}
    written = _text(_made(study, **asked, language=language))
    file = GOLDEN / f"workshop.{language}.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", report_kind("workshop").formats)
def test_every_format_takes_it(study, kind):
    assert len(render_bytes(_made(study, passage="Interview A, para. 2"), kind)) > 100


@pytest.mark.parametrize(
    "passage",
    [
        "Interview A, Abs. 4",
        "Interview A, para. 4",
        "Interview A, paras. 4–4",
        "(Interview A, Abs. 4)",
        "interview a: 4",
        "Interview A, §4",
        "Interview A 4",
        "A, Abs. 4",
    ],
)
def test_a_passage_is_found_as_people_cite_it(study, passage):
    words = _words(_made(study, passage=passage))
    assert words.startswith("B: Blumen kriegen wir")
    assert "Essen" not in words


@pytest.mark.parametrize("passage", ["4-5", "Abs. 4–5", "4 – 5"])
def test_with_a_document_the_numbers_are_enough(study, passage):
    words = _words(_made(study, source="Interview A", passage=passage))
    assert words.startswith("B: Blumen")
    assert words.endswith("Essen sein.")


def test_a_title_that_ends_in_a_figure_is_not_taken_for_a_paragraph(study):
    from qda.coding.documents import rename_source

    rename_source(study, source=at(study, "Interview A", "I:")["source"], title="Runde 2, Abs. 1")  # type: ignore[arg-type]
    assert _words(_made(study, passage="Runde 2, Abs. 1, Abs. 4")).startswith("B: Blumen")


def test_paragraphs_that_were_cut_or_joined_are_found_by_their_numbers(study):
    place = at(study, "Interview A", "Wir haben’s")
    split_paragraph(study, source=place["source"], at=place["start"])  # type: ignore[arg-type]
    assert _words(_made(study, passage="Interview A, Abs. 2a")).startswith("Wir haben’s")
    join_paragraph(study, source=place["source"], paragraph="5")  # type: ignore[arg-type]
    assert "Essen" in _words(_made(study, passage="Interview A, Abs. 5"))


def test_lines_are_numbered_as_they_would_be_cited(study):
    sheet.set_line_measure(study, characters=30)
    sheet.set_citation(study, template="{title}, Z. {lines}")
    place = at(study, "Interview A", "Blumen kriegen wir")
    row = material.span_row(study, place["source"], place["start"], place["stop"])  # type: ignore[arg-type]
    report = _made(study, passage=f"Interview A, Z. {row.lines}", named="yes")
    (text,) = [one for one in walk(report.blocks) if isinstance(one, Numbered)]
    assert [line.number for line in text.lines] == [row.lines]
    assert "Blumen kriegen wir" in plain(text.lines[0].runs)
    assert report.facts[0] == f"Interview A, Z. {row.lines}"


def test_nothing_gives_the_case_away_unless_it_is_asked_for(study):
    cases.rename_case(study, case=material.cases(study)[0].guid, name="Tannstetten")
    silent = _text(_made(study, passage="Interview A, Abs. 2–4", question="Was geschieht?"))
    for told in ("Interview A", "Tannstetten", "Leihen & halten", "zuständig ist (", "Anerkennung"):
        assert told not in silent
    named = _made(study, passage="Interview A, Abs. 2–4", named="yes")
    assert named.facts == ("Interview A, paras. 2–4", "Interview · Case Tannstetten")


def test_context_stands_before_the_passage_and_is_told_apart(study):
    report = _made(study, passage="Interview A, Abs. 4", before="1")
    before, passage = [one for one in walk(report.blocks) if isinstance(one, Numbered)]
    assert plain(before.lines[0].runs) == "I: Und die Vereine?"
    assert all(run.italic for run in before.lines[0].runs)
    assert not any(run.italic for run in passage.lines[0].runs)


def test_blank_lines_for_notes_are_as_many_as_wanted(study):
    made = _made(study, passage="Interview A, Abs. 2", notes="3")
    (table,) = [one for one in walk(made.blocks) if isinstance(one, Table)]
    assert len(table.rows) == 3
    none = _made(study, passage="Interview A, Abs. 2", notes="0")
    assert not any(isinstance(one, Table) for one in walk(none.blocks))


def test_what_is_not_said_yet_is_a_placeholder(study):
    assert placeholders(_made(study)) == 2
    assert placeholders(_made(study, passage="Interview A, Abs. 2", question="Wer?")) == 0


def test_words_without_consent_are_withheld_and_said(study):
    consent.set_consent(study, case=material.cases(study)[0].guid, quote="no")
    report = _made(study, passage="Interview A, Abs. 2–4")
    assert "Blumen" not in _text(report)
    assert "zuständig" not in _text(report)
    assert any("withheld" in line for line in report.withheld)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"passage": "Interview A, Abs. 99"}, "no paragraph 99"),
        ({"passage": "Interview A, Abs. 4–2"}, "ends before it begins"),
        ({"passage": "Interview Q, Abs. 4"}, "Interview Q"),
        ({"passage": "Interview A"}, "names no paragraphs"),
        ({"passage": "Interview A, Z. 999"}, "no line 999"),
    ],
)
def test_a_passage_that_is_not_there_is_told_in_a_sentence(study, options, told):
    with pytest.raises(KnownError, match=told):
        _made(study, **options)


def test_too_many_lines_are_refused(study):
    with pytest.raises(UsageError, match="from 0 to 60"):
        _made(study, passage="Interview A, Abs. 2", notes="61")
