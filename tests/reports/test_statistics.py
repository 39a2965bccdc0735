"""Tables for statistics: read without settings, right to the last coding, and nothing that may not leave."""

import io
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from qda.coding import attributes, codebook, codes, consent, material, open_coding, sheet
from qda.errors import KnownError
from qda.models import Project
from qda.reports.registry import build_report, render_bytes
from qda.reports.statistics import TABLES, machine_name

from .small_study import at, build, guid

HOSTILE = ("=1+1", "<script>x</script>", '"; DROP TABLE code; --', "שלום 🌷", "-2", "CON", "a,b\nc", "Größe!")


def table(study: Path | Project, name: str, **options: str) -> pd.DataFrame:
    """A table as pandas reads its csv without any setting."""
    data = render_bytes(build_report("statistics", study, {"table": name, **options}), "csv")
    return pd.read_csv(io.BytesIO(data))


def book(study: Path | Project, **options: str) -> dict[str, pd.DataFrame]:
    data = render_bytes(build_report("statistics", study, options), "xlsx")
    return pd.read_excel(io.BytesIO(data), sheet_name=None)


def test_every_table_of_the_demo_is_the_same_in_csv_and_in_the_workbook(german_demo: Path) -> None:
    sheets = book(german_demo)
    assert list(sheets)[: len(TABLES)] == list(TABLES)
    for name in TABLES:
        found = table(german_demo, name)
        assert found.shape == sheets[name].shape
        assert list(found.columns) == list(sheets[name].columns)
    codings = sheets["codings"].sort_values("coding").reset_index(drop=True)
    plain = table(german_demo, "codings").sort_values("coding").reset_index(drop=True)
    for column in ("start", "stop", "words", "quotable", "created", "code_column"):
        assert codings[column].tolist() == plain[column].tolist()


def test_the_sums_are_those_of_the_list_of_codings(german_demo: Path) -> None:
    with Project.open(german_demo, read_only=True) as project:
        listed = codes.codings(project)
    frame = table(german_demo, "codings")
    assert set(frame["coding"]) == {one.guid for one in listed}
    assert len(frame) == len(listed) > 500
    by_case = table(german_demo, "codes_by_cases")
    by_document = table(german_demo, "codes_by_documents")
    assert by_document.iloc[:, 2:].to_numpy().sum() == len(listed)
    assert by_case.iloc[:, 2:].to_numpy().sum() == sum(one.segment.case is not None for one in listed)
    expected = Counter((one.segment.case, one.code) for one in listed)
    column_of = dict(zip(frame["code"].tolist(), frame["code_column"].tolist(), strict=True))
    for (case, code), count in expected.items():
        if case is not None:
            row = by_case[by_case["case"] == case]
            assert row[column_of[code]].tolist() == [count]
    flags = table(german_demo, "coded_by_cases").iloc[:, 2:]
    assert flags.to_numpy().tolist() == (by_case.iloc[:, 2:] > 0).to_numpy().astype(int).tolist()
    cases = table(german_demo, "cases").set_index("case")["codings"]
    assert cases.to_dict() == by_case.set_index("case").iloc[:, 1:].sum(axis=1).to_dict()


def test_counts_with_those_below_never_count_a_passage_twice(german_demo: Path) -> None:
    with Project.open(german_demo, read_only=True) as project:
        rows = {one.guid: one for one in codes.codes(project)}
        passages: dict[str, set[tuple[str, str]]] = {}
        for one in codes.codings(project):
            at_code: str | None = one.code
            while at_code is not None:
                passages.setdefault(at_code, set()).add((one.segment.guid, one.coder))
                at_code = rows[at_code].parent
    frame = table(german_demo, "codes_by_documents", below="yes", names="guid")
    for code, found in passages.items():
        assert frame[f"code_{code.replace('-', '')[:8]}"].sum() == len(found)


def test_columns_are_ascii_unique_and_the_same_in_both_languages(german_demo: Path) -> None:
    german, english = book(german_demo, language="de"), book(german_demo, language="en")
    for name in TABLES:
        columns = list(german[name].columns)
        assert columns == list(english[name].columns)
        assert len(set(columns)) == len(columns)
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", one) for one in columns)


def test_the_codebook_names_every_column_of_every_table(german_demo: Path) -> None:
    sheets = book(german_demo, language="en")
    told = sheets["codebook"]
    for name in TABLES[:-1]:
        assert told[told["table"] == name]["column"].tolist() == list(sheets[name].columns)
    assert told[told["table"] != "reading"]["meaning"].notna().all()
    assert told[told["table"] == "reading"]["column"].tolist()[-3:] == ["pandas", "r", "excel"]


def test_a_new_code_moves_no_name_of_a_column(tmp_path: Path) -> None:
    with build(tmp_path / "s.qdaproj") as project:
        before = set(table(project, "codes_by_cases").columns)
        for name in HOSTILE:
            codebook.add_code(project, name=name)
        after = list(table(project, "codes_by_cases").columns)
    assert before < set(after)
    assert len(after) == len(before) + len(HOSTILE)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", one) for one in after)


def test_a_new_name_keeps_the_column_that_is_named_by_guid(tmp_path: Path) -> None:
    with build(tmp_path / "s.qdaproj") as project:
        before = list(table(project, "codes_by_cases", names="guid").columns)
        codebook.rename_code(project, code=guid(project, "Anerkennung"), name="Würdigung")
        assert list(table(project, "codes_by_cases", names="guid").columns) == before


def test_hostile_names_are_data_in_csv_and_workbook(tmp_path: Path) -> None:
    with build(tmp_path / "s.qdaproj") as project:
        for name in HOSTILE:
            place = at(project, "Interview B", "Samstags fahr ich hin")
            open_coding.code_passage(project, code=name, comment=name, **place)  # type: ignore[arg-type]
        csv = table(project, "codings")
        made = build_report("statistics", project, {})
        stored = {one.name: one.name for one in codes.codes(project)}
    workbook = load_workbook(io.BytesIO(render_bytes(made, "xlsx")))
    page = workbook["codings"]
    heads = [entry.value for entry in page[1]]
    names = {row[heads.index("code_name")].value for row in page.iter_rows(min_row=2)}
    assert {"=1+1", "-2"} <= names <= set(stored)
    assert all(entry.data_type != "f" for row in page.iter_rows() for entry in row)
    read = csv["code_name"].str.replace(r"^'(?=[=+@\t-])", "", regex=True)
    assert set(read) == names
    assert {"'=1+1", "'-2"} <= set(csv["code_name"])


def test_names_for_machines() -> None:
    assert machine_name("Größe der Stelle (in %)") == "groesse_der_stelle_in"
    assert machine_name("שלום", mark="1f3a") == "x_1f3a"
    assert machine_name("") == "column"
    assert machine_name("2024") == "x_2024"
    assert machine_name("Alter", taken=["alter", "alter_2"]) == "alter_3"


def test_attributes_stand_in_columns_of_their_type(tmp_path: Path) -> None:
    with build(tmp_path / "s.qdaproj") as project:
        case = material.cases(project)[0].guid
        for name, kind in (("Gehalt", "number"), ("Seit", "date"), ("case", "text")):
            attributes.add_attribute(project, name=name, kind=kind)  # type: ignore[arg-type]
        for name, value in (("Gehalt", "1234,5"), ("Seit", "1.3.2020"), ("case", "x")):
            attributes.set_attribute(project, case=case, name=name, value=value)
        frame = table(project, "cases").set_index("case_name")
    assert frame.loc["A", "gehalt"] == pytest.approx(1234.5)
    assert frame.loc["A", "seit"] == "2020-03-01"
    assert frame.loc["A", "case_2"] == "x"
    assert frame["gehalt"].isna().tolist() == [False, True]


def test_words_without_consent_are_in_no_table(tmp_path: Path) -> None:
    with build(tmp_path / "s.qdaproj") as project:
        place = at(project, "Interview A", "hat er gesagt")
        said = "Blumen kriegen wir jedes Jahr, hat er gesagt, einen Raum nie."
        open_coding.code_passage(project, code="Anerkennung", comment=said, **place)  # type: ignore[arg-type]
        consent.set_consent(project, case=material.cases(project)[0].guid, quote="no")
        made = build_report("statistics", project, {"language": "en"})
        every = [render_bytes(build_report("statistics", project, {"table": t}), "csv") for t in TABLES]
        frame = table(project, "codings")
    assert all("jedes Jahr" not in one.decode() for one in every)
    silent = frame[frame["case_name"] == "A"]
    assert len(silent) > 0
    assert silent["text"].isna().all()
    assert set(silent["quotable"]) == {0}
    assert frame[frame["case_name"] == "B"]["text"].notna().all()
    assert any("withheld" in line for line in made.withheld)


def test_a_study_that_hides_frequencies_has_no_column_of_counts(tmp_path: Path) -> None:
    with build(tmp_path / "s.qdaproj") as project:
        sheet.set_frequencies_hidden(project, hidden=True)
        sheets = book(project)
        with pytest.raises(KnownError, match=r"hides frequencies|Häufigkeiten"):
            table(project, "codes_by_cases")
    assert not {"codes_by_cases", "codes_by_documents"} & set(sheets)
    assert "codings" not in {*sheets["cases"].columns, *sheets["documents"].columns}
    assert set(sheets["coded_by_cases"].iloc[:, 2:].to_numpy().ravel()) <= {0, 1}


def test_without_interviewers_their_passages_are_in_no_count(german_demo: Path) -> None:
    frame = table(german_demo, "codings")
    without = table(german_demo, "codes_by_documents", interviewer="no").iloc[:, 2:].to_numpy().sum()
    assert without == (frame["role"] != "interviewer").sum()
