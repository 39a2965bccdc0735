"""``qda report`` of a part of the study: what is common to all reports, as a script gives it."""

from pathlib import Path

from .conftest import Call


def written(out: Path) -> str:
    return out.read_text(encoding="utf-8").replace("\\", "")


def test_a_report_is_narrowed_by_names_and_says_so(qda: Call, study: Path, tmp_path: Path) -> None:
    out = tmp_path / "part.md"
    keys = ("documents=Interview B", "coders=Eva", "citation={case}, § {paragraph}", "author=M. Kern")
    assert qda("report", study, "segments", out, *keys, "--language", "en").code == 0
    text = written(out)
    assert "Formal war das korrekt." in text
    assert "Amtsleiter" not in text
    assert "Ich schütz mich mit Regeln" not in text
    assert "Only these documents: Interview B" in text
    assert "Only codings and memos by Eva; the theory is shared by all" in text
    assert "B, § " in text
    assert "M. Kern" in text


def test_a_document_may_be_named_by_its_file_and_a_code_by_its_path(
    qda: Call, study: Path, tmp_path: Path
) -> None:
    out = tmp_path / "part.md"
    keys = ("documents=Interview_A.txt", "branches=Rückhalt > Spitze; Unersetzbar werden")
    assert qda("report", study, "codetree", out, *keys).code == 0
    text = written(out)
    assert "Unersetzbar werden" in text
    assert "Absicherung" not in text


def test_a_name_that_is_not_there_is_refused_and_nothing_is_written(
    qda: Call, study: Path, tmp_path: Path
) -> None:
    out = tmp_path / "part.md"
    said = qda("report", study, "segments", out, "cases=Nobody")
    assert said.code != 0
    assert "Nobody" in said.err
    assert not out.exists()


def test_the_list_of_reports_says_what_all_of_them_take(qda: Call) -> None:
    rows = qda("report", "--list", "--json").json
    for row in rows:
        assert {"documents", "coders", "branches", "citation", "author"} <= set(row["common"])
        assert not set(row["keys"]) & set(row["common"])
    assert qda("report", "--list").out.count("branches") == 1
