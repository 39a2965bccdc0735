"""``qda retrieve`` and the lists of codes against cases, documents and codes, as scripts use them."""

from pathlib import Path

import pytest

from qda.coding.references import is_guid

from .conftest import Call

SEGMENT = {"guid", "source", "source_name", "start", "stop", "text", "paragraph", "case", "codes"}
CELL = {"code", "code_path", "cases", "documents", "segments"}


def test_a_query_gives_passages_with_the_promised_keys(qda: Call, study: Path) -> None:
    rows = qda("retrieve", study, "Spitze or Absicherung", "--json").json
    assert [row["text"] for row in rows] == ["Auf einmal saßen da die Amtsleiter", "Formal war das korrekt."]
    for row in rows:
        assert set(row) >= SEGMENT
        assert all(map(is_guid, (row["guid"], row["source"], row["case"], *row["codes"])))
    assert rows[0]["code_paths"] == ["Rückhalt > Spitze"]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("Rückhalt+ and case:A", ["Auf einmal saßen da die Amtsleiter"]),
        ("Rückhalt", []),
        ("coder:Eva", ["Formal war das korrekt."]),
        ('"Unersetzbar werden" gefolgt-von(9) Spitze', []),
        ('Spitze followed-by(9) "Unersetzbar werden"', ["Auf einmal saßen da die Amtsleiter"]),
        ("attribute:Alter>50 and text:lob", []),
        ("attribute:Alter>50 and text:netzwerk", ["Das Netzwerk bin ja ich."]),
        ("saved:Rückhalt or Absicherung", ["Formal war das korrekt."]),
    ],
)
def test_a_query_speaks_of_codes_cases_people_and_words(
    qda: Call, study: Path, query: str, texts: list[str]
) -> None:
    assert [row["text"] for row in qda("retrieve", study, query, "--json").json] == texts


def test_people_read_the_sentence_then_cases_then_the_quotations(qda: Call, study: Path) -> None:
    said = qda("retrieve", study, "Rückhalt+ or Absicherung")
    sentence, counts, *rows = said.out.splitlines()
    assert (said.code, said.err) == (0, "")
    assert "*Rückhalt*" in sentence
    assert counts.startswith("2 ")
    assert "A 1 · B 1" in counts
    assert len(rows) == 2
    assert rows[0].endswith("→ Rückhalt > Spitze")


@pytest.mark.parametrize("query", ["", "Nirgends", "Spitze Absicherung", "(Spitze", "case:Z"])
def test_a_query_that_cannot_be_read_is_told_in_one_line_with_its_place(
    qda: Call, study: Path, query: str
) -> None:
    said = qda("retrieve", study, query, "--json")
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1
    assert any(sign.isdigit() for sign in said.err)


def test_asking_changes_no_byte_of_the_file(qda: Call, study: Path) -> None:
    before = study.read_bytes()
    assert qda("retrieve", study, "not Spitze").code == 0
    assert study.read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "column", "name"),
    [
        ("code-cases", "case", "case_name"),
        ("code-documents", "source", "source_name"),
        ("code-codes", "other", "other_path"),
    ],
)
def test_a_list_of_cells_counts_cases_documents_and_segments(
    qda: Call, study: Path, kind: str, column: str, name: str
) -> None:
    rows = qda("list", study, kind, "--json").json
    assert rows
    for row in rows:
        assert set(row) == {*CELL, column, name}
        assert is_guid(row["code"])
        assert is_guid(row[column])
        assert (row["cases"], row["documents"], row["segments"]) == (1, 1, 1)
    assert rows[0]["code_path"] == "Rückhalt > Spitze"
