"""What stands in the way is told in one sentence, with exit code 1; what was saved stays."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qda.models import engines

from .conftest import Call, Said

QUICK = 50  # ms to wait for another writer


def refused(said: Said, *words: str) -> None:
    """One line on standard error that holds the words, nothing on standard output, exit code 1."""
    assert said.code == 1
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err


@pytest.fixture(params=["en", "de"])
def tongue(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both languages."""
    monkeypatch.setenv("QDA_LANGUAGE", request.param)
    return str(request.param)


def make_no_project(folder: Path, kind: str) -> Path:
    """A file that is something else."""
    path = folder / f"{kind}.qdaproj"
    if kind == "sqlite":
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE t (a)")
        db.close()
    else:
        path.write_bytes({"empty": b"", "text": b"I: Hallo\n", "random": bytes(range(256)) * 20}[kind])
    return path


READERS = (("list", "codes"), ("text", "Interview A"), ("search", "netz"), ("history",), ("check",))
WRITERS = (("undo",), ("do", "add-code", "name=Neu"), ("code", "Interview A", "0", "4", "Neu"))


@pytest.mark.parametrize("words", READERS + WRITERS, ids=" ".join)
def test_a_missing_file_is_refused_and_never_created(
    qda: Call, tmp_path: Path, words: tuple[str, ...], tongue: str
) -> None:
    path = tmp_path / "fehlt.qdaproj"
    refused(qda(words[0], path, *words[1:]), "fehlt.qdaproj")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [(), *READERS, *WRITERS], ids=" ".join)
@pytest.mark.parametrize("kind", ["empty", "text", "random", "sqlite"])
def test_what_is_no_project_is_refused_and_untouched(
    qda: Call, tmp_path: Path, kind: str, words: tuple[str, ...]
) -> None:
    path = make_no_project(tmp_path, kind)
    before = path.read_bytes()
    refused(qda(*words[:1], path, *words[1:]), path.name)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_newer_project_is_refused_and_untouched(qda: Call, study: Path, tongue: str) -> None:
    data = bytearray(study.read_bytes())
    data[60:64] = (engines.SCHEMA_VERSION + 1).to_bytes(4, "big")
    study.write_bytes(data)
    refused(qda("list", study, "codes"), "study.qdaproj")
    refused(qda("do", study, "add-code", "name=Neu"), "study.qdaproj")
    assert study.read_bytes() == bytes(data)


def test_a_damaged_project_is_refused(qda: Call, study: Path) -> None:
    data = bytearray(study.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    study.write_bytes(data)
    refused(qda("list", study, "codes"), "study.qdaproj")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program is in the middle of writing (in a process of its own: locks belong to processes)."""
    program = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "db.execute('BEGIN IMMEDIATE'); print('locked', flush=True); sys.stdin.read()"
    )
    call = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        yield
        other.communicate("")


def test_while_another_program_writes_acts_are_refused_and_reading_goes_on(
    qda: Call, study: Path, tongue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = tuple(p.replace("busy_timeout=5000", f"busy_timeout={QUICK}") for p in engines._WRITER)
    monkeypatch.setattr(engines, "_WRITER", quick)
    with locked(study):
        refused(qda("do", study, "add-code", "name=Neu"), "study.qdaproj")
        assert qda("list", study, "codes", "--json").code == 0
    assert "Neu" not in [row["name"] for row in qda("list", study, "codes", "--json").json]
    assert qda("do", study, "add-code", "name=Neu").code == 0


def test_a_project_that_may_not_be_written_is_read_and_its_acts_are_refused(
    qda: Call, study: Path, tongue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and may(path, mode))
    before = study.read_bytes()
    refused(qda("do", study, "add-code", "name=Neu"), "study.qdaproj")
    assert qda("list", study, "codes").code == 0
    assert study.read_bytes() == before


def test_on_a_full_disk_the_act_is_refused_and_what_was_saved_stays(
    qda: Call, study: Path, tongue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = qda("list", study, "memos", "--json").json
    with sqlite3.connect(study) as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
    db.close()
    full = (*engines._WRITER, f"PRAGMA max_page_count={pages + 1}")
    with monkeypatch.context() as patch:
        patch.setattr(engines, "_WRITER", full)
        said = qda("do", study, "write-memo", "kind=code", "title=lang", f"body={'x' * 100_000}")
    refused(said, "study.qdaproj")
    assert qda("list", study, "memos", "--json").json == before
    assert qda("check", study).code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
@pytest.mark.parametrize("words", [("list", "turns"), ("list", "turns", "--json"), ("text", "Interview A")])
def test_output_that_cannot_be_written_is_told_too(study: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        call = [sys.executable, "-m", "qda.cli", words[0], str(study), *words[1:]]
        done = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


BAD_TRANSCRIPTS = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "binary.txt": bytes(range(256)) * 50,
    "picture.docx": b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "broken.docx": b"PK\x03\x04" + bytes(range(200)),
    "old.doc": b"\xd0\xcf\x11\xe0" + bytes(1000),
    "program.txt": b"\x7fELF" + bytes(range(256)) * 20,
}


@pytest.mark.parametrize("name", BAD_TRANSCRIPTS)
def test_what_is_no_transcript_is_refused_by_name(
    qda: Call, study: Path, tmp_path: Path, name: str, tongue: str
) -> None:
    file = tmp_path / name
    file.write_bytes(BAD_TRANSCRIPTS[name])
    refused(qda("import", study, file), name)
    assert len(qda("list", study, "sources", "--json").json) == 2


@pytest.mark.parametrize("name", ["missing.docx", "."])
def test_a_missing_transcript_or_a_folder_is_refused(
    qda: Call, study: Path, tmp_path: Path, name: str
) -> None:
    refused(qda("import", study, tmp_path / name))
    assert len(qda("list", study, "sources", "--json").json) == 2


@pytest.mark.parametrize(("start", "stop"), [(10, 10), (10, 5), (0, 10**9)])
def test_a_span_outside_the_text_is_refused(qda: Call, study: Path, start: int, stop: int) -> None:
    refused(qda("code", study, "Interview A", start, stop, "Neu"), "Interview A")
    assert "Neu" not in [row["name"] for row in qda("list", study, "codes", "--json").json]


def test_the_window_is_refused_in_a_sentence_where_there_is_no_display(
    qda: Call, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    refused(qda(study), "--headless")
    refused(qda(), "--headless")


def test_a_missing_library_is_named_by_its_debian_package(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    from qda import preflight

    def load(name: str) -> None:
        if name == "libEGL.so.1":
            raise OSError(name)

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", load)
    assert preflight.missing() == ("libegl1",)
    assert "libegl1" in preflight.sentence(preflight.missing())


def test_the_sentence_is_in_the_language_asked_for(
    qda: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = (
        ("list", tmp_path / "fehlt.qdaproj", "codes"),
        ("list", make_no_project(tmp_path, "text"), "codes"),
        ("do", tmp_path / "fehlt.qdaproj", "nope"),
        ("import", tmp_path / "fehlt.qdaproj", tmp_path / "x.docx"),
    )
    english = [qda(*words).err for words in calls]
    monkeypatch.setenv("QDA_LANGUAGE", "de_DE.UTF-8")
    german = [qda(*words).err for words in calls]
    asked = [qda("--language", "en", *words).err for words in calls]
    assert asked == english
    assert all(a != b for a, b in zip(english, german, strict=True))
