"""Surveys: what columns seem to be, cases with attributes and documents from them, as one unit of work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.acts import perform
from qda.coding import cases, material
from qda.errors import KnownError
from qda.exchange import survey
from qda.exchange.survey_columns import guess_columns
from qda.exchange.tables_import import import_table
from qda.exchange.tables_in import read_table
from qda.models import Project

ANSWERS = (
    "Am Anfang war es schwer, weil niemand Zeit hatte und alles neu war.",
    "Wir haben viel gelernt, vor allem voneinander, und das bleibt auch.",
    "Ohne die Leute vom Amt wäre gar nichts gegangen, das muss man sagen.",
    "Ich weiß nicht, ob ich das noch einmal so machen würde wie damals.",
)
SURVEY = "Zeitstempel;E-Mail;Code;Alter;Ort;Seit;Antwort;Was war schwer?;Was bleibt?;leer\n" + "".join(
    f"2024-05-0{n + 1} 10:0{n};p{n}@example.org;00{n};{30 + n};{('Köln', 'Bonn')[n % 2]};0{n + 1}.03.2020;"
    f'{("ja", "nein")[n % 2]};"{ANSWERS[n]}";"{ANSWERS[3 - n] if n else ""}";\n'
    for n in range(4)
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study.qdaproj", title="Study", language="de", coder="Ada") as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "umfrage.csv"
    path.write_text(SURVEY, encoding="utf-8")
    return path


def test_columns_are_told_apart_by_names_and_values() -> None:
    guesses = {guess.name: guess for guess in guess_columns(read_table(SURVEY.encode()))}
    assert {name: guess.role for name, guess in guesses.items()} == {
        "Zeitstempel": "left_out",
        "E-Mail": "left_out",
        "Code": "case",
        "Alter": "attribute",
        "Ort": "attribute",
        "Seit": "attribute",
        "Antwort": "attribute",
        "Was war schwer?": "text",
        "Was bleibt?": "text",
        "leer": "left_out",
    }
    kinds = [(guesses[name].kind, guesses[name].choices) for name in ("Alter", "Ort", "Seit", "Antwort")]
    assert kinds == [
        ("number", ()), ("choice", ("Köln", "Bonn")), ("date", ()), ("choice", ("ja", "nein"))
    ]  # fmt: skip


def test_codes_with_noughts_are_no_numbers() -> None:
    table = read_table(b"Name;Kennung\nA;007\nB;008\n")
    assert [(guess.role, guess.kind) for guess in guess_columns(table)] == [
        ("case", "text"),
        ("attribute", "text"),
    ]


def test_a_row_becomes_a_case_with_attributes_and_one_document(project: Project, file: Path) -> None:
    known = cases.add_case(project, name="001")
    units = project.unit_count()
    source = perform(project, "import-survey", {"file": str(file)})
    assert project.unit_count() == units + 1
    found = material.cases(project)
    assert [case.name for case in found] == ["001", "000", "002", "003"]
    assert found[0].guid == known
    assert found[0].attributes == {"Alter": "31", "Ort": "Bonn", "Seit": "2020-03-02", "Antwort": "nein"}
    assert all(len(case.sources) == 1 for case in found)
    assert found[1].sources == (source,)
    titles = {row.guid: (row.title, row.kind, row.language) for row in material.sources(project)}
    assert titles[source] == ("000", "document", "de")
    assert material.text(project, source) == f"Was war schwer?\n{ANSWERS[0]}"
    (other,) = found[0].sources
    assert material.text(project, other) == f"Was war schwer?\n{ANSWERS[1]}\n\nWas bleibt?\n{ANSWERS[2]}"
    assert [(row.kind, row.number) for row in material.paragraphs(project, other)] == [
        ("heading", "1"), ("text", "2"), ("heading", "3"), ("text", "4")
    ]  # fmt: skip
    assert material.original(project, other) is None
    assert project.check() == []
    project.undo()
    assert [case.name for case in material.cases(project)] == ["001"]
    assert material.sources(project) == []


def test_each_answer_can_be_a_document_of_its_own(project: Project, file: Path) -> None:
    survey.import_survey(
        project, file=str(file), documents="answer", left_out=["Alter"], attribute_columns=["E-Mail"]
    )
    titles = [row.title for row in material.sources(project)]
    assert titles[:3] == ["000: Was war schwer?", "001: Was war schwer?", "001: Was bleibt?"]
    assert len(titles) == 7
    assert "Alter" not in material.cases(project)[0].attributes
    assert material.cases(project)[0].attributes["E-Mail"] == "p0@example.org"


def test_rows_without_a_name_get_one_with_their_number(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"Code;Frage\nA;{ANSWERS[0]}\n;{ANSWERS[1]}\nC;{ANSWERS[2]}\nD;{ANSWERS[3]}\nE;x\n")
    done = import_table(project, file)
    assert (done.family, done.error) == ("survey", None)
    assert [case.name for case in material.cases(project)] == ["A", "Case 2", "C", "D", "E"]
    assert done.warnings == ("1 row names no case; it got a name with its number.",)


def test_the_heads_of_some_tools_are_one_head() -> None:
    table = survey.with_one_head(
        read_table(
            b'StartDate,Q1,Q2\nStart Date,"Was war\nschwer?",Alter?\n'
            b'"{""ImportId"":""a""}","{""ImportId"":""b""}","{""ImportId"":""c""}"\n2024-01-01,Alles,3\n'
        )
    )
    assert table.columns == ("Start Date", "Was war schwer?", "Alter?")
    assert table.rows == (("2024-01-01", "Alles", "3"),)


def test_a_column_that_is_not_there_and_a_survey_without_answers_are_told(
    project: Project, file: Path
) -> None:
    with pytest.raises(KnownError, match="no column “Nase”"):
        survey.import_survey(project, file=str(file), text_columns=["Nase"])
    with pytest.raises(KnownError, match="nothing would come in"):
        survey.import_survey(
            project,
            file=str(file),
            left_out=["Alter", "Ort", "Seit", "Antwort", "Was war schwer?", "Was bleibt?"],
        )
    assert material.cases(project) == []


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("survey456.csv", "survey"),
        ("survey789.xlsx", "survey"),
        ("cases123.csv", "attributes"),
        ("cases456.xlsx", "attributes"),
    ],
)
def test_real_tables_come_in_by_what_they_hold(
    project: Project, shared: Path, name: str, family: str
) -> None:
    done = import_table(project, shared / "en" / "qualcoder" / "Examples" / name)
    assert (done.family, done.error, len(done.cases)) == (family, None, 3)
    assert len(done.sources) == (3 if family == "survey" else 0)
    assert "Age" in done.attributes
