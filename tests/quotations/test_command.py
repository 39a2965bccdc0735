"""``qda do PROJECT check-quotes``: what it prints, its exit code, its list."""

from pathlib import Path

import pytest
from docx import Document

from qda.cli import main
from qda.models import Project

from .thesis import made, text_of


@pytest.fixture(scope="module")
def thesis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(text_of("german"), tmp_path_factory.mktemp("thesis") / "thesis.docx")


def test_errors_are_printed_with_what_would_be_right_and_the_exit_code_is_one(path, thesis, capsys) -> None:
    before = path.read_bytes()
    assert main(["do", str(path), "check-quotes", f"file={thesis}"]) == 1
    out = capsys.readouterr().out
    assert "Ohne [-Protokoll-] {+Akten+} gibt’s mich nicht." in out
    assert "Right: (Interview C, Abs. 16)" in out
    assert "55 quotations compared" in out
    assert "Seitdem schreib ich auf" not in out  # what is right is not listed
    assert path.read_bytes() == before


def test_json_holds_every_quotation(path, thesis, capsys) -> None:
    import json

    assert main(["do", str(path), "check-quotes", f"file={thesis}", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["errors"], answer["unit"]) == (10, None)
    assert len(answer["quotations"]) == 55
    assert {"state", "quotation", "citation", "place", "source", "expected", "right"} <= set(
        answer["quotations"][0]
    )


def test_a_text_without_errors_gives_zero(path, tmp_path, capsys) -> None:
    file = tmp_path / "t.md"
    file.write_text("„Ohne Protokoll gibt’s mich nicht“ (B, Abs. 36).", encoding="utf-8")
    assert main(["do", str(path), "check-quotes", f"file={file}", "every=true"]) == 0
    assert "Ohne Protokoll" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check-quotes"], 2),
        (["check-quotes", "file=x.docx", "colour=red"], 2),
        (["check-quotes", "file=x.docx"], 1),
    ],
)
def test_a_wrong_call_is_told(path, words, code, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["do", str(path), *words]) == code


@pytest.mark.parametrize("suffix", ["docx", "html", "xlsx", "csv", "md"])
def test_the_list_is_written_without_the_words_of_those_who_have_not_agreed(
    path, thesis, suffix, tmp_path
) -> None:
    out = tmp_path / f"list.{suffix}"
    main(["do", str(path), "check-quotes", f"file={thesis}", f"save={out}"])
    assert out.stat().st_size > 200
    if suffix == "docx":
        words = "\n".join(cell.text for table in Document(str(out)).tables for cell in table._cells)
    elif suffix == "xlsx":
        return
    else:
        words = out.read_text(encoding="utf-8-sig")
    assert "Protokoll" in words
    assert "die sie vermissen" not in words


def test_the_act_does_the_same_from_a_script(path, thesis) -> None:
    from qda.acts import perform

    with Project.open(path) as project:
        told = perform(project, "check-quotes", {"file": str(thesis)})
        assert project.last_change is None
    assert told.startswith("55 quotations compared")
