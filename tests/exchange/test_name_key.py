"""The key of the pseudonyms: encrypted, beside the project and never in it."""

import json
from pathlib import Path

import pytest

from qda import acts
from qda.coding import documents, material
from qda.coding.pseudonyms import Entry, Form, as_json
from qda.errors import KnownError
from qda.exchange.name_key import entries_from_key, export_key, read_key, write_key
from qda.models import Project

SECRET = 'drei\'Wörter "und" ein; --Semikolon'
ENTRIES = (
    Entry(
        "Frau Öztan",
        "person",
        "Frau Yildiz",
        (Form("Frau Öztan", "Frau Yildiz"), Form("Öztans", "Yildiz’", False)),
    ),
    Entry("Lindenau", "place", "eine Stadt", (Form("Lindenau", "eine Stadt"),), True),
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = write_key(tmp_path / "study", SECRET, ENTRIES)
    assert path.name == "study.qdakey"
    assert read_key(path, SECRET) == ENTRIES


def test_the_bytes_of_the_key_hold_no_name(tmp_path: Path) -> None:
    path = write_key(tmp_path / "study.qdakey", SECRET, ENTRIES)
    data = path.read_bytes()
    assert not data.startswith(b"SQLite format 3")
    for word in ("Öztan", "Lindenau", "Yildiz", "person", "CREATE TABLE"):
        assert word.encode() not in data
        assert word.encode("utf-16-le") not in data
        assert json.dumps(word)[1:-1].encode() not in data
    assert [file.name for file in tmp_path.iterdir()] == ["study.qdakey"]


@pytest.mark.parametrize("wrong", ["other", SECRET[:-1], SECRET.upper()])
def test_another_passphrase_opens_nothing_and_changes_nothing(
    tmp_path: Path, wrong: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = write_key(tmp_path / "study.qdakey", SECRET, ENTRIES)
    before = path.read_bytes()
    for attempt in (lambda: read_key(path, wrong), lambda: write_key(path, wrong, ENTRIES)):
        with pytest.raises(KnownError, match="passphrase is another one"):
            attempt()
    assert path.read_bytes() == before
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("empty", ["", "  ", "a\0b"])
def test_a_passphrase_is_demanded(tmp_path: Path, empty: str) -> None:
    with pytest.raises(KnownError, match="passphrase"):
        write_key(tmp_path / "study.qdakey", empty, ENTRIES)
    assert list(tmp_path.iterdir()) == []


def test_a_second_writing_joins_what_is_there(tmp_path: Path) -> None:
    path = write_key(tmp_path / "study.qdakey", SECRET, ENTRIES)
    write_key(path, SECRET, [Entry("Lindenau", "place", "Oberberg", (Form("Lindenauer", "Oberberger"),))])
    first, second = read_key(path, SECRET)
    assert first == ENTRIES[0]
    assert second.replacement == "Oberberg"
    assert {form.written for form in second.forms} == {"Lindenau", "Lindenauer"}


def test_a_file_that_is_no_key_is_told(tmp_path: Path) -> None:
    path = tmp_path / "study.qdakey"
    for data in (b"", b"no key", b"SQLite format 3\0" + bytes(4000)):
        path.write_bytes(data)
        with pytest.raises(KnownError):
            read_key(path, SECRET)
    with pytest.raises(KnownError, match="There is no file"):
        read_key(tmp_path / "other", SECRET)


def test_names_leave_the_key_as_csv_only_when_asked(tmp_path: Path) -> None:
    path = write_key(tmp_path / "study.qdakey", SECRET, ENTRIES)
    out = export_key(path, SECRET, tmp_path / "names.csv")
    lines = out.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("Frau Öztan;person;Frau Yildiz;")
    with pytest.raises(KnownError, match="exists already"):
        export_key(path, SECRET, out)


def test_a_later_transcript_gets_the_same_pseudonyms_from_the_key(tmp_path: Path, monkeypatch) -> None:
    key = tmp_path / "keys" / "study.qdakey"
    key.parent.mkdir()
    with Project.create(tmp_path / "study" / "a.qdaproj", title="A", language="de", coder="Ada") as project:
        first = documents.add_document(project, title="1", text="Frau Öztan kam.")
        given = as_json([Entry("Frau Öztan", "person", "Frau Yildiz")])
        acts.perform(
            project, "pseudonymise-with-key", {"key": str(key), "passphrase": SECRET, "entries": given}
        )
        assert material.text(project, first) == "Frau Yildiz kam."
        second = documents.add_document(project, title="2", text="Bei Öztans war die Öztan.")
        written = {form.written for form in entries_from_key(project, key, SECRET)[0].forms}
        assert {"Öztans", "Öztan", "Frau Öztan"} <= written
        monkeypatch.setenv("QDA_KEY_PASSPHRASE", SECRET)
        acts.perform(project, "pseudonymise-with-key", {"key": str(key)})
        assert material.text(project, second) == "Bei Yildiz’ war die Yildiz."
        acts.perform(project, "purge-names", {"key": str(key), "confirm": "true"})
    for file in (tmp_path / "study").iterdir():
        assert "Öztan".encode() not in file.read_bytes()
        assert SECRET.encode() not in file.read_bytes()
        assert b"qdakey" not in file.read_bytes()
