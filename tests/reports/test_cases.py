"""Case comparison as a report: as its golden file; heeding consent and hidden frequencies."""

import os
from pathlib import Path

import pytest

from qda.coding import codebook, consent, material, open_coding, sheet
from qda.errors import KnownError
from qda.i18n import use_language
from qda.models import Project
from qda.reports.model import Report, Table, walk
from qda.reports.registry import TABLE_FORMATS, checked_options, render_bytes, report_kind
from tests.reports.small_study import at, build, guid, span

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def study(tmp_path: Path) -> Project:
    """The small study with a typical passage and one that deviates from it."""
    project = build(tmp_path / "study.qdaproj")
    place = at(project, "Interview A", "Die wollten nicht wieder die mit dem Essen sein.")
    open_coding.code_passage(project, code="Bleiben der Vereine", **place)  # type: ignore[arg-type]
    code = guid(project, "Bleiben der Vereine")
    codebook.choose_passage(
        project, code=code, which="typical", segment=span(project, "Interview A", "einen Raum nie")
    )
    return project


def _made(project: Project, **options: str) -> Report:
    kind = report_kind("cases")
    with use_language("en"):
        return kind.build(project, checked_options(kind, {"language": "en", **options}))


def _text(report: Report) -> str:
    return render_bytes(report, "md").decode()


@pytest.mark.parametrize("rows", ["slots", "codes", "properties"])
def test_the_report_reads_as_its_golden_file(study, rows):
    """Made anew with QDA_GOLDEN=1."""
    written = _text(_made(study, rows=rows))
    file = GOLDEN / f"cases-{rows}.en.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", TABLE_FORMATS)
def test_every_format_takes_it(study, kind):
    assert len(render_bytes(_made(study), kind)) > 50


def test_words_of_those_who_may_not_be_quoted_are_not_printed(study):
    assert "mit dem Essen sein" in _text(_made(study))
    consent.set_consent(study, case=material.cases(study)[0].guid, quote="no")
    silenced = _made(study)
    assert "mit dem Essen sein" not in _text(silenced)
    assert "1 quotation is withheld: no consent." in silenced.withheld


def test_a_study_that_hides_frequencies_has_no_counts(study):
    assert "Hinfahren (1)" in _text(_made(study))
    sheet.set_frequencies_hidden(study, hidden=True)
    text = _text(_made(study))
    assert "Hinfahren" in text
    assert "(1)" not in text


def test_filters_and_choices_of_codes_and_cases_narrow_it(study):
    table = next(
        one for one in walk(_made(study, only="different", rows="codes").blocks) if isinstance(one, Table)
    )
    assert [row[0].text.splitlines()[0] for row in table.rows] == ["Description", "Alter", "Anerkennung"]
    table = next(
        one
        for one in walk(_made(study, codes="Hinfahren", cases="B", attributes="no").blocks)
        if isinstance(one, Table)
    )
    assert [one.title for one in table.columns] == ["Category", "Case B"]
    assert [row[0].text for row in table.rows] == ["Hinfahren"]
    with pytest.raises(KnownError):
        _made(study, codes="Nichts dergleichen")


def test_summaries_and_chosen_quotations_stand_in_their_cells(study):
    from qda.coding.comparison_cells import choose_quotation, write_summary

    code, case = guid(study, "Bleiben der Vereine"), material.cases(study)[0].guid
    here = {"row_kind": "code", "row": code, "case": case}
    write_summary(study, text="In A gehen sie, wo es beim Wort bleibt.", **here)
    choose_quotation(study, segment=span(study, "Interview A", "einen Raum nie"), **here)
    text = _text(_made(study, codes="Bleiben der Vereine"))
    assert "“einen Raum nie” (Interview A, para. 4)<br>*most deviating:* “Die wollten" in text
    assert "<br>*Summary:* In A gehen sie, wo es beim Wort bleibt." in text
    consent.set_consent(study, case=case, quote="no")
    assert "einen Raum nie" not in _text(_made(study, codes="Bleiben der Vereine"))


def test_a_reference_of_a_summary_is_printed_as_its_words(study):
    from qda.coding.comparison_cells import write_summary

    code, case = guid(study, "Bleiben der Vereine"), material.cases(study)[0].guid
    segment = next(one.guid for one in material.segments(study) if one.case == case)
    text = f"Sie gehen ([Interview A, para. 4](segment:{segment}))."
    write_summary(study, row_kind="code", row=code, case=case, text=text)
    assert "*Summary:* Sie gehen (Interview A, para. 4)." in _text(_made(study, codes="Bleiben der Vereine"))


def test_notes_on_the_comparison_follow_it_and_private_ones_do_not(study):
    from qda.coding import memos
    from qda.coding.comparison_notes import write_comparison_note

    cases = [one.guid for one in material.cases(study)]
    code = guid(study, "Bleiben der Vereine")
    for body in ("Beide leihen.", "Nur für mich."):
        memo = write_comparison_note(study, title="Bleiben", body=body, target=f"code:{code}", cases=cases)
    memos.set_memo_private(study, memo=memo, private=True)
    text = _text(_made(study, codes="Bleiben der Vereine"))
    assert "**Bleiben.** Beide leihen." in text
    assert "Nur für mich" not in text


def test_a_page_holds_three_cases_at_most(study):
    from qda.coding.cases import add_case
    from qda.reports.docx_table import parted

    for name in "CDEFG":
        add_case(study, name=name)
    table = next(one for one in walk(_made(study).blocks) if isinstance(one, Table))
    assert [[one.title for one in part.columns] for part in parted(table, landscape=True)] == [
        ["Slot", "Case A", "Case B"],
        ["Slot", "Case C", "Case D"],
        ["Slot", "Case E", "Case F", "Case G"],
    ]
