"""Tables: csv and xlsx as texts; attributes of cases out and in."""

import csv
import io
import random
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from qda.acts import perform
from qda.coding import attributes, cases, material
from qda.coding.case_values import Column, set_values
from qda.errors import KnownError
from qda.exchange import case_tables
from qda.exchange.tables_import import import_table
from qda.exchange.tables_in import looks_like_table, read_table
from qda.models import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study.qdaproj", title="Study", language="de", coder="Ada") as opened:
        yield opened


def workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    for index, rows in enumerate(sheets):
        page = book.active if index == 0 else book.create_sheet()
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_in_every_encoding_and_with_every_separator(separator: str, encoding: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(
        [["id", "Ort", "Antwort"], ["007", "Köln", f"Ja{separator} „sehr“\r\nund\nso"], ["008", "NA", ""]]
    )
    table = read_table(stream.getvalue().encode(encoding))
    assert table.columns == ("id", "Ort", "Antwort")
    assert table.rows == (("007", "Köln", f"Ja{separator} „sehr“\nund\nso"), ("008", "NA", ""))


def test_a_csv_may_tell_its_separator_miss_cells_and_name_columns_twice() -> None:
    table = read_table(b"sep=|\n\na|a||\n1,5|x\n\n2|y|z|w|\n")
    assert table.columns == ("a", "a (2)", "Column 3", "Column 4")
    assert table.rows == (("1,5", "x", "", ""), ("2", "y", "z", "w"))


def test_a_workbook_shows_what_a_person_sees() -> None:
    data = workbook(
        [],
        [
            ["id", "n", "d", "t", "b", "f"],
            ["007", 3.0, date(2024, 1, 31), datetime(2024, 1, 31, 8, 5), True, 0.1 + 0.2],
            ["NA", 12, None, time(9, 30), "=x", -2],
        ],
        [["other"]],
    )
    table = read_table(data)
    assert table.rows == (
        ("007", "3", "2024-01-31", "2024-01-31 08:05", "TRUE", "0.3"),
        ("NA", "12", "", "09:30", "", "-2"),
    )
    assert table.warnings == ("The sheet “Sheet1” was read; not read: Sheet, Sheet2.",)
    assert table.numeric == set(table.columns)
    assert read_table(workbook([["n"], [1.234], ["1.500"]])).numeric == set()


def test_numbers_in_a_format_of_noughts_keep_them() -> None:
    book = load_workbook(io.BytesIO(workbook([["id"], [7]])))
    book.active["A2"].number_format = "000"
    stream = io.BytesIO()
    book.save(stream)
    assert read_table(stream.getvalue()).rows == (("007",),)


def test_a_table_that_is_none_or_too_large_is_told_in_a_sentence() -> None:
    for data, words in (
        (b"a,b\n", "no rows"),
        (b"\n \n", "empty"),
        (b"a,b\n" + b"1,2\n" * 100_001, "more than 100000 rows"),
        (",".join(map(str, range(2001))).encode() + b"\n1", "more than 2000 columns"),
        (b'a,b\n"' + b"x" * 200_000, "quotation mark"),
        (b"\xd0\xcf\x11\xe0", "old format"),
        (b"PK\x03\x04", "damaged"),
        (workbook([]), "empty"),
    ):
        with pytest.raises(KnownError, match=words):
            read_table(data)


def test_a_workbook_with_a_document_type_of_its_own_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([["a"], [1]]))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, b"<!DOCTYPE x [<!ENTITY e 'e'>]>" + part if "sheet1" in name else part)
    with pytest.raises(KnownError, match="document type"):
        read_table(stream.getvalue())


@pytest.mark.parametrize(
    ("text", "is_table"),
    [
        ("Case;Age;Ort\nA;1;X\nB;2;Y\n", True),
        ("id,text\n1,Ja\n2,Nein\n", True),
        ("sep=;\na;b\n", True),
        ("I\tWie war es?\nB\tGut.\nI\tUnd dann?\n", False),
        ("Ja, also\nNein, nie\nDoch, ja\n", False),
        ("I: Wie war es?\n\nB: Gut, danke, sehr gut.\n", False),
        ("", False),
    ],
)
def test_a_table_looks_different_from_a_transcript(text: str, is_table: bool) -> None:
    assert looks_like_table(text) is is_table


def test_mutated_tables_are_read_or_told_and_nothing_else_happens() -> None:
    chance = random.Random(3)
    book = workbook([["Case", "Age", "Antwort"], ["A", 3, "x\ny"], ["B", date(2024, 1, 31), "z"]])
    lines = b'Case;Age;"Antwort"\nA;3;"x\ny"\nB;;z\n'
    done = 0
    for number in range(300):
        data = _mutated(chance, lines) if number % 3 else _mutated_parts(chance, book)
        try:
            table = read_table(data)
        except KnownError:
            continue
        done += 1
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert len(set(table.columns)) == len(table.columns)
    assert done > 100


def _mutated(chance: random.Random, whole: bytes) -> bytes:
    data = bytearray(whole)
    for _change in range(chance.randint(1, 5)):
        at = chance.randrange(len(data) + 1)
        data[at : at + chance.randint(0, 6)] = chance.choice(
            (b'"', b";", b"\n", b"\x00", b"\xff", b"<", b"", b"9")
        )
    return bytes(data)


def _mutated_parts(chance: random.Random, book: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(stream, "w") as new:
        victim = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _mutated(chance, part) if name == victim else part)
    return stream.getvalue()


# -- attributes of cases ------------------------------------------------------------------------------------

ODD = {
    "Wert": ["-3", "1.234", "12", "0.50"],
    "Tag": ["2024-01-31", "2024-03", "1899-05-01", "2024"],
    "Wahl": ["ja", "nein", "k. A.", "ja"],
    "=Text": ["=1+1", "'=schon", "+49 170", "007"],
    "Lang": ["a\nb;c,d", '"quoted"', "_x0041_ 😀", "-"],
}


def _filled(project: Project) -> None:
    attributes.add_attribute(project, name="Wert", kind="number")
    attributes.add_attribute(project, name="Tag", kind="date")
    attributes.add_attribute(project, name="Wahl", kind="choice", choices=["ja", "nein"], missing=["k. A."])
    for number, name in enumerate(("@A", "Fall B", "-", "= D")):
        case = cases.add_case(project, name=name)
        set_values(
            project,
            columns=[Column(attribute, decimal=True) for attribute in ODD],
            values=[(case, [values[number] for values in ODD.values()])],
        )


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_attributes_go_out_and_come_back_exactly(project: Project, tmp_path: Path, suffix: str) -> None:
    _filled(project)
    before = material.cases(project)
    file = str(tmp_path / f"out.{suffix}")
    assert perform(project, "export-attributes", {"file": file}) == file
    for case in before:
        for name in case.attributes:
            attributes.set_attribute(project, case=case.guid, name=name, value="")
    perform(project, "import-attributes", {"file": file})
    assert material.cases(project) == before
    units = project.unit_count()
    perform(project, "import-attributes", {"file": file})
    assert material.cases(project) == before
    assert project.unit_count() <= units + 1


def test_no_cell_of_a_csv_begins_like_a_formula(project: Project, tmp_path: Path) -> None:
    _filled(project)
    case_tables.export_attributes(project, file=str(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert [cell for cell in cells if cell[:1] in tuple("=+@-")] == ["-3"]
    assert {"'@A", "'=1+1", "''=schon", "'-", "'=Text"} <= set(cells)


def test_no_cell_of_a_workbook_is_a_formula_and_numbers_are_numbers(project: Project, tmp_path: Path) -> None:
    _filled(project)
    case_tables.export_attributes(project, file=str(tmp_path / "out.xlsx"))
    page = load_workbook(tmp_path / "out.xlsx").active
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s", "n", "d"}
    assert (page["B2"].value, page["C2"].value) == (-3, datetime(2024, 1, 31))


def test_what_does_not_fit_is_listed_and_the_rest_comes_in(project: Project, tmp_path: Path) -> None:
    attributes.add_attribute(project, name="Alter", kind="number")
    cases.add_case(project, name="A")
    file = tmp_path / "in.csv"
    file.write_text("Fall;alter;Ort\nA;alt;Köln\nB;47;\n;3;x\n", encoding="utf-8")
    done = import_table(project, file)
    assert (done.family, done.error, len(done.cases)) == ("attributes", None, 2)
    assert {case.name: case.attributes for case in material.cases(project)} == {
        "A": {"Ort": "Köln"},
        "B": {"Alter": "47"},
    }
    assert done.warnings[0] == "1 row names no case and was left out."
    assert "A, Alter: “alt” is no number" in done.warnings[1]
    project.undo()
    assert [case.name for case in material.cases(project)] == ["A"]


def test_an_empty_cell_leaves_what_is_there(project: Project, tmp_path: Path) -> None:
    case = cases.add_case(project, name="A")
    attributes.set_attribute(project, case=case, name="Ort", value="Köln")
    file = tmp_path / "in.csv"
    file.write_text("Fall,Ort,Amt\nA,,Bauamt\n")
    perform(project, "import-attributes", {"file": str(file)})
    assert material.cases(project)[0].attributes == {"Ort": "Köln", "Amt": "Bauamt"}


def test_two_cases_of_one_name_are_refused_and_nothing_comes_in(project: Project, tmp_path: Path) -> None:
    for _number in range(2):
        cases.add_case(project, name="A")
    file = tmp_path / "in.csv"
    file.write_text("Fall,Ort\nA,Köln\nB,Bonn\n")
    assert "2 cases called “A”" in (import_table(project, file).error or "")
    assert [case.name for case in material.cases(project)] == ["A", "A"]


def test_a_missing_file_and_a_wrong_suffix_are_told(project: Project, tmp_path: Path) -> None:
    assert "no file" in (import_table(project, tmp_path / "none.csv").error or "")
    cases.add_case(project, name="A")
    with pytest.raises(KnownError, match="csv or xlsx"):
        case_tables.export_attributes(project, file=str(tmp_path / "a.txt"))
    with pytest.raises(KnownError, match="was not written: its folder does not exist"):
        case_tables.export_attributes(project, file=str(tmp_path / "no" / "a.csv"))
