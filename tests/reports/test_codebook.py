"""The codebook as a report: sets of fields, own fields, layouts, formats."""

import csv
import io
import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qda.coding import codebook, consent, material, open_coding, sheet
from qda.errors import UsageError
from qda.i18n import LANGUAGES
from qda.models import Project
from qda.reports.codebook import FIELDS, SETS
from qda.reports.model import Quote, Report, Section, Table, placeholders, plain, walk
from qda.reports.registry import build_report, render_bytes, report_kind

from .samples import HOSTILE
from .small_study import at, build, guid

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    with build(tmp_path_factory.mktemp("codebook") / "study.qdaproj") as project:
        moment = project.clock()
        project.clock = lambda: moment
        yield project


@pytest.fixture
def own(tmp_path):
    """A study that this test may change."""
    with build(tmp_path / "own.qdaproj") as project:
        yield project


def made(project: Project, **options: str) -> Report:
    return build_report("codebook", project, {"language": "en", **options})


def book(report: Report) -> Table:
    (found,) = [one for one in walk(report.blocks) if isinstance(one, Table)]
    return found


def row(report: Report, name: str) -> dict[str, str]:
    found = book(report)
    (cells,) = [one for one in found.rows if one[0].text == name]
    return {column.title: cell.text for column, cell in zip(found.columns, cells, strict=True)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_codebook_reads_as_its_golden_file(study, language):
    """Made anew with QDA_GOLDEN=1."""
    written = render_bytes(made(study, language=language), "md").decode()
    file = GOLDEN / f"codebook.{language}.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


def test_every_code_has_a_place_of_its_own_under_those_above_it(study):
    report = made(study)
    sections = {one.title: one for one in walk(report.blocks) if isinstance(one, Section)}
    inner = [one.title for one in sections["Anerkennung"].blocks if isinstance(one, Section)]
    assert inner == ["Blumen statt Raum"]
    assert {one.name for one in _codes(study)} == {title.strip("“”") for title in sections}


def _codes(project: Project):
    from qda.coding.codes import codes

    return codes(project)


def test_a_code_is_told_with_all_that_is_known_of_it(study):
    report = made(study)
    (section,) = [
        one for one in walk(report.blocks) if isinstance(one, Section) and one.title == "Anerkennung"
    ]
    words = [plain(block.runs) for block in section.blocks if hasattr(block, "runs")]
    facts = words[0]
    assert "category, own words, core category" in facts
    assert "2 cases (A 1 · B 1), 2 passages" in facts
    assert "Made on: 1 October 2024" in facts
    assert "Working definition: Wie Mitarbeit gewürdigt wird." in words
    assert "Properties and dimensions: Art: symbolisch – mit Ressource" in words
    assert Quote("Blumen kriegen wir jedes Jahr", "Interview A, para. 4") in section.blocks


@pytest.mark.parametrize("name", [one for one in SETS if one != "full"])
def test_short_sets_are_one_table_of_their_fields(study, name):
    report = made(study, fields=name)
    assert book(report).columns[0].title == "Code"
    rules = "rule" in SETS[name] and name != "mayring"  # grounded theory has none, and none is written
    assert len(book(report).columns) == 1 + len(SETS[name]) - rules
    assert len(book(report).rows) == len(_codes(study))
    assert not report.cover


def test_the_team_sees_coding_rules_where_one_is_written(own):
    titles = [column.title for column in book(made(own, fields="team")).columns]
    codebook.set_code_field(own, code=guid(own, "Hinfahren"), field="rule", value="Nur, wo jemand hinfährt.")
    assert "Coding rule" not in titles
    assert "Coding rule" in [column.title for column in book(made(own, fields="team")).columns]


def test_passages_are_told_once_where_they_have_a_column_of_their_own(study):
    one = row(made(study, fields="short"), "Anerkennung")
    assert one["Cases"] == "2 cases (A 1 · B 1)"
    assert one["Passages"] == "2"


def test_the_set_of_content_analysis_asks_for_definition_example_and_rule(own):
    sheet.set_template(own, template="content-analysis")
    report = made(own, fields="mayring")
    assert [column.title for column in book(report).columns] == [
        "Code",
        "Definition",
        "Anchor example",
        "Coding rule",
    ]
    assert (
        row(report, "Anerkennung")["Anchor example"]
        == "“Blumen kriegen wir jedes Jahr” (Interview A, para. 4)"
    )
    assert row(report, "Hinfahren")["Coding rule"] == "[rule]"
    assert placeholders(report) > len(_codes(own))


def test_own_fields_stand_in_the_order_in_which_they_were_named(study):
    report = made(study, own_fields="changed; path;cases")
    assert [column.title for column in book(report).columns] == ["Code", "Last changed on", "Path", "Cases"]
    assert row(report, "Blumen statt Raum")["Path"] == "Anerkennung > Blumen statt Raum"


def test_a_field_that_there_is_not_is_refused_with_those_there_are(study):
    with pytest.raises(UsageError, match="“poems” is no field of a codebook; there are: path, kind"):
        made(study, own_fields="definition;poems")


def test_the_team_sees_who_coded_with_each_code(own):
    open_coding.code_passage(own, code="Hinfahren", coder="TS", **at(own, "Interview A", "Blumen"))
    assert row(made(own, fields="team"), "Hinfahren")["Coded by"] == "MK 1 · TS 1"


def test_hidden_frequencies_are_in_no_field(own):
    sheet.set_frequencies_hidden(own, hidden=True)
    report = made(own, own_fields="cases;passages;coders")
    assert [column.title for column in book(report).columns] == ["Code", "Cases", "Coded by"]
    assert row(report, "Anerkennung") == {"Code": "Anerkennung", "Cases": "A · B", "Coded by": "MK"}


def test_an_example_of_a_case_that_may_not_be_quoted_is_its_place_alone(own):
    case = next(one.guid for one in material.cases(own) if one.name == "A")
    consent.set_consent(own, case=case, quote="no")
    for fields in ("full", "mayring"):
        written = render_bytes(made(own, fields=fields), "md").decode()
        assert "Blumen kriegen wir jedes Jahr" not in written
        assert "1 quotation is withheld: no consent." in written


def test_spreadsheets_hold_a_row_for_each_code_with_its_path_whatever_the_layout(study):
    data = render_bytes(made(study), "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data)))
    heads = rows[0]
    assert heads[:2] == ["Code", "Path"]
    assert len(heads) == 2 + len(SETS["full"])
    assert len(rows) == 1 + len(_codes(study))
    workbook = load_workbook(io.BytesIO(render_bytes(made(study), "xlsx")))
    assert workbook.sheetnames[0] == "Codebook"
    assert workbook["Codebook"].max_row == len(rows)


def test_every_field_has_a_title_and_every_set_holds_fields_that_there_are():
    assert {key for keys in SETS.values() for key in keys} <= set(FIELDS)
    assert all(one.title for one in FIELDS.values())


def test_an_empty_codebook_says_so(tmp_path):
    with Project.create(tmp_path / "new.qdaproj", title="New", coder="MK") as project:
        for name in SETS:
            assert placeholders(made(project, fields=name)) == 1


def test_hostile_names_and_definitions_go_through_every_format(own):
    code = guid(own, "Hinfahren")
    for words in HOSTILE:
        codebook.set_code_field(own, code=code, field="definition", value=words)
        report = made(own, own_fields="definition")
        for format_name in report_kind("codebook").formats:
            written = render_bytes(report, format_name)
            if format_name == "html":
                assert b"<script" not in written
            if format_name == "csv":
                assert not any(line.startswith((b"=", b"+", b"@")) for line in written.splitlines())
