"""Tables of codes as a report: golden text, options, hidden frequencies, and tables of any size."""

import csv
import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qda.coding import sheet
from qda.errors import KnownError, UsageError
from qda.i18n import use_language
from qda.reports.docx_table import parted
from qda.reports.large import refuse_large
from qda.reports.model import Column, Figure, Report, Table, cell, number, walk
from qda.reports.registry import TABLE_FORMATS, checked_options, render_bytes, report_kind

from .small_study import at, build, guid

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    with build(tmp_path_factory.mktemp("matrix") / "study.qdaproj") as project:
        moment = project.clock()
        project.clock = lambda: moment
        yield project


def made(project, **options):
    kind = report_kind("matrix")
    given = {"language": "en", "picture": "no", **options}
    return kind.build(project, checked_options(kind, given))


def table_of(report):
    (found,) = [block for block in walk(report.blocks) if isinstance(block, Table)]
    return found


def sheet_of(report):
    return list(csv.reader(io.StringIO(render_bytes(report, "csv").decode("utf-8-sig"))))


@pytest.mark.parametrize("name", ["documents", "cases", "codes", "curve"])
def test_the_table_reads_as_its_golden_file(study, name):
    """Made anew with QDA_GOLDEN=1."""
    written = render_bytes(made(study, table=name), "md").decode()
    file = GOLDEN / f"matrix-{name}.en.md"
    if os.environ.get("QDA_GOLDEN"):
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


def test_cells_totals_and_the_last_row_count_each_passage_once(study):
    rows = sheet_of(made(study, table="cases"))
    assert rows[0] == ["Code", "Cases", "Passages", "A", "B"]
    by_name = {row[0]: row[1:] for row in rows[1:]}
    assert by_name["Anerkennung"] == ["2", "2", "1", "1"]
    assert by_name["unklare Zuständigkeit"] == ["1", "2", "2", ""]
    assert by_name["All together"][1] == "7"  # one passage bears two codes
    below = {row[0]: row[1:] for row in sheet_of(made(study, table="cases", below="yes"))[1:]}
    assert below["Anerkennung"] == ["2", "2", "1", "1"]


def test_only_a_branch_or_some_codes_stand_in_the_rows(study):
    branch = sheet_of(made(study, table="cases", branch=guid(study, "Anerkennung")))
    assert [row[0] for row in branch[1:]] == [
        "Anerkennung",
        "Anerkennung > Blumen statt Raum",
        "All together",
    ]
    some = sheet_of(made(study, table="codes", codes="Hinfahren; Anerkennung"))
    assert [row[0] for row in some[1:]] == ["Anerkennung", "Hinfahren"]
    with pytest.raises(KnownError):
        made(study, table="codes", codes="gibt es nicht")
    with pytest.raises(UsageError):
        made(study, table="tables")


def test_interviewers_turns_can_be_left_out_of_every_table(study):
    for name in ("cases", "documents", "codes", "curve"):
        every = {row[0]: row for row in sheet_of(made(study, table=name))}
        told = {row[0]: row for row in sheet_of(made(study, table=name, interviewer="no"))}
        assert every["unklare Zuständigkeit"][2] == "2"
        assert told["unklare Zuständigkeit"][2] == "1"


def test_columns_are_ordered_by_an_attribute_of_the_cases(study):
    rows = sheet_of(made(study, table="cases", columns="Alter"))
    assert rows[0][3:] == ["B [41]", "A [52]"]


def test_codes_that_overlap_are_counted_by_case(study):
    rows = sheet_of(made(study, table="codes"))
    at_row = {row[0]: row for row in rows}
    column = rows[0].index("Blumen statt Raum")
    assert at_row["Anerkennung"][column] == "1"
    assert at_row["Hinfahren"][column] == ""


def test_where_frequencies_are_hidden_no_figure_is_in_any_format(tmp_path):
    with build(tmp_path / "hidden.qdaproj") as project:
        sheet.set_frequencies_hidden(project, hidden=True)
        report = made(project, table="documents", picture="yes", order="count")
        rows = sheet_of(report)
        assert rows[0] == ["Code", "Interview A", "Interview B"]
        assert {value for row in rows[1:] for value in row[1:]} == {"●", ""}
        (figure,) = [block for block in walk(report.blocks) if isinstance(block, Figure)]
        assert not any(sign.isdigit() for sign in figure.alt.replace("rows", "").partition(":")[2][12:])
        assert at(project, "Interview A", "Blumen")["start"] > 0


def test_the_report_goes_into_every_format_with_its_picture(study):
    report = made(study, table="cases", picture="yes")
    assert any(isinstance(block, Figure) and block.png and block.svg for block in walk(report.blocks))
    for name in TABLE_FORMATS:
        assert len(render_bytes(report, name)) > 200


def wide(rows, columns):
    heads = (Column("Code"), Column("Cases", "right"), *(Column(f"C{at}", "right") for at in range(columns)))
    body = tuple(
        (cell(f"Code {row}"), number(1), *(number(row) for _c in range(columns))) for row in range(rows)
    )
    return Table(heads, body, caption="Wide", heads=2)


def test_a_wide_table_goes_on_below_itself_in_word_with_its_heads_again():
    parts = parted(wide(3, 20), landscape=False)
    assert [len(part.columns) for part in parts] == [7, 7, 7, 7]
    assert all(part.columns[0].title == "Code" for part in parts)
    assert [one.title for part in parts for one in part.columns[2:]] == [f"C{at}" for at in range(20)]
    assert all(len(row) == len(part.columns) for part in parts for row in part.rows)
    assert parted(replace(wide(3, 20), heads=0), landscape=False) == (replace(wide(3, 20), heads=0),)


def test_a_table_too_large_for_a_text_says_so_and_goes_whole_into_spreadsheets():
    large = Report("Groß", "en", (wide(260, 250),), cover=False)
    for name in ("docx", "html", "md"):
        with pytest.raises(KnownError, match="xlsx or csv"):
            render_bytes(large, name)
    refuse_large(Report("Klein", "en", (wide(3, 3),)))
    book = load_workbook(io.BytesIO(render_bytes(large, "xlsx")))
    page = book.worksheets[0]
    assert (page.max_row, page.max_column) == (261, 252)
    last = [one.value for one in next(iter(page.iter_rows(min_row=261)))]
    assert last[:4] == ["Code 259", 1, 259, 259]
    assert len(list(csv.reader(io.StringIO(render_bytes(large, "csv").decode("utf-8-sig"))))) == 261


def test_the_report_speaks_the_language_of_the_study(study):
    with use_language("en"):
        assert report_kind("matrix").build(study, {"picture": "no"}).language == "de"
