"""The project file: durable, plain at rest, refused in words where it cannot be used."""

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from qda.coding import codebook, codes, documents, material
from qda.errors import KnownError
from qda.i18n import use_language
from qda.models import Project, engines


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def made(folder: Path, name: str = "study.qdaproj") -> Path:
    with Project.create(folder / name, title="Study", coder="Ada") as project:
        codebook.add_code(project, name="Vertrauen")
    return folder / name


def names(path: Path) -> list[str]:
    with Project.open(path, read_only=True) as project:
        return [row.name for row in codes.codes(project)]


def pragma(project: Project, name: str, *, engine: str = "_writer") -> object:
    with getattr(project, engine).connect() as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar_one()


# -- making and opening -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["plain.qdaproj", "Ä ö ß 😀.qdaproj", "a?b#c%20d&e=f.qdaproj", "file:x.qdaproj", "a'b\"c"]
)
def test_a_file_of_any_name_is_the_file_that_is_used(tmp_path: Path, name: str) -> None:
    path = made(tmp_path, name)
    assert [p.name for p in tmp_path.iterdir()] == [name]
    assert names(path) == ["Vertrauen"]


def test_a_new_file_carries_its_identity(tmp_path: Path) -> None:
    head = made(tmp_path).read_bytes()[:100]
    assert head[:16] == b"SQLite format 3\0"
    assert head[68:72] == b"qda1"
    assert int.from_bytes(head[60:64], "big") == engines.SCHEMA_VERSION


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "study.qdaproj"
    path.write_text("mine")
    with pytest.raises(KnownError, match="exists already"):
        Project.create(path)
    assert path.read_text() == "mine"


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    assert made(tmp_path / "a" / "b").is_file()


def test_a_file_where_a_folder_is_needed_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(KnownError, match="cannot be made here"):
        Project.create(tmp_path / "a" / "study.qdaproj")


def test_opening_a_missing_file_makes_none(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"There is no file “none\.qdaproj”"):
        Project.open(tmp_path / "none.qdaproj")
    assert list(tmp_path.iterdir()) == []


def test_sentences_are_in_the_language_of_the_window(tmp_path: Path) -> None:
    with use_language("de"), pytest.raises(KnownError) as told:
        Project.open(tmp_path / "none.qdaproj")
    assert "none.qdaproj" in told.value.sentence
    assert told.value.path == tmp_path / "none.qdaproj"


@pytest.mark.parametrize(
    "content", [b"", b"x" * 50, b"no project at all " * 50, b"SQLite format 3\0" + b"\0" * 200]
)
def test_what_is_no_project_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.qdaproj"
    path.write_bytes(content)
    with pytest.raises(KnownError, match="no qda project"):
        Project.open(path)
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["other.qdaproj"]


def test_a_database_of_another_program_is_no_project(tmp_path: Path) -> None:
    path = tmp_path / "other.qda"
    connection = dbapi2.connect(str(path))
    connection.execute("CREATE TABLE code (name)")
    connection.close()
    with pytest.raises(KnownError, match="no qda project"):
        Project.open(path)


def test_a_folder_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read"):
        Project.open(tmp_path)


def test_a_file_that_was_never_finished_is_told(tmp_path: Path) -> None:
    path = tmp_path / "half.qdaproj"
    path.touch()
    engines.new_file(path)
    with pytest.raises(KnownError, match="damaged"):
        Project.open(path)
    with pytest.raises(KnownError, match="damaged"):
        Project.open(path, read_only=True)


@pytest.mark.parametrize("where", ["head", "tree", "cut"])
def test_a_damaged_file_is_told_in_words(tmp_path: Path, where: str) -> None:
    path = made(tmp_path)
    whole = path.read_bytes()
    broken = {
        "head": whole[:100] + b"\xff" * 3996 + whole[4096:],
        "tree": whole[:4096] + b"\xff" * (len(whole) - 4096),
        "cut": whole[:6000],
    }[where]
    path.write_bytes(broken)
    with pytest.raises(KnownError, match="damaged"), Project.open(path) as project:
        codes.codes(project)
        material.sources(project)
    assert path.read_bytes()[:100] == broken[:100]


def test_check_finds_what_is_wrong_inside(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Project.open(path) as project:
        documents.add_document(project, title="A", text="Ein kurzer Text")
        assert project.check() == []
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(
        "INSERT INTO segment (guid, source_id, start, stop, created) "
        "VALUES ('g', 1, 5, 500, '2025-01-01 00:00:00')"
    )
    connection.execute("UPDATE code SET parent_id = 77")
    connection.close()
    with Project.open(path, read_only=True) as project:
        assert project.check() == ["A row of “code” refers to nothing.", "1 segments lie outside their text."]


# -- durable and plain --------------------------------------------------------------------------------------


def test_the_writer_is_durable_and_the_reader_cannot_write(tmp_path: Path) -> None:
    with Project.open(made(tmp_path)) as project:
        assert pragma(project, "journal_mode") == "wal"
        assert pragma(project, "synchronous") == 2  # FULL
        assert pragma(project, "foreign_keys") == 1
        assert pragma(project, "trusted_schema") == 0
        assert pragma(project, "query_only", engine="_reader") == 1
        with project.read() as db, pytest.raises(Exception, match="readonly"):
            db.execute(text("DELETE FROM code"))


def test_at_rest_a_project_is_one_plain_file(tmp_path: Path) -> None:
    path = made(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["study.qdaproj"]
    assert path.read_bytes()[18:20] == b"\1\1"  # written and read without a log


def test_after_a_checkpoint_a_copy_of_the_file_alone_is_complete(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Project.open(path) as project:
        codebook.add_code(project, name="Nähe")
        project.checkpoint()
        shutil.copy(path, tmp_path / "copy.qdaproj")
    assert names(tmp_path / "copy.qdaproj") == ["Vertrauen", "Nähe"]


def test_a_checkpoint_inside_a_unit_waits_for_nobody(tmp_path: Path) -> None:
    with Project.open(made(tmp_path)) as project, project.unit("Two"):
        codebook.add_code(project, name="Nähe")
        began = time.monotonic()
        project.checkpoint()
        assert time.monotonic() - began < 1


CHILD = """
import sys
from qda.coding import codebook
from qda.models import Project
project = Project.open(sys.argv[1])
for number in range(10_000):
    codebook.add_code(project, name=f"Code {number}")
    print(number, flush=True)
"""


def test_a_killed_program_loses_no_act_that_was_shown_as_done(tmp_path: Path) -> None:
    path = made(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        last = -1
        for line in child.stdout:
            last = int(line)
            if last >= 60:
                child.send_signal(signal.SIGKILL)
                break
        last = max([last, *(int(line) for line in child.stdout if line.endswith("\n"))])
    with Project.open(path) as project:
        found = {row.name for row in codes.codes(project)}
        assert {f"Code {number}" for number in range(last + 1)} <= found
        assert project.check() == []
        assert project.undo() == f"New code “Code {len(found) - 2}”"
    assert [p.name for p in tmp_path.iterdir()] == ["study.qdaproj"]


# -- two programs, read-only, full disk ---------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_MS", 50)


def test_the_second_writer_is_told_that_another_program_writes(tmp_path: Path, impatient: None) -> None:
    path = made(tmp_path)
    with Project.open(path) as first, Project.open(path) as second:
        with first.unit("Long"):
            codebook.add_code(first, name="Erste")
            with pytest.raises(KnownError, match="written by another program"):
                codebook.add_code(second, name="Zweite")
            assert [c.name for c in codes.codes(second)] == ["Vertrauen"]
        codebook.add_code(second, name="Zweite")
        assert [c.name for c in codes.codes(first)] == ["Vertrauen", "Erste", "Zweite"]


def test_a_file_locked_by_another_program_is_told_when_opened(tmp_path: Path, impatient: None) -> None:
    path = made(tmp_path)
    other = dbapi2.connect(str(path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    for read_only in (False, True):
        with pytest.raises(KnownError, match="written by another program"):
            Project.open(path, read_only=read_only)
    other.execute("ROLLBACK")
    other.close()
    assert names(path) == ["Vertrauen"]


def test_the_last_one_out_leaves_one_plain_file(tmp_path: Path) -> None:
    path = made(tmp_path)
    first, second = Project.open(path), Project.open(path)
    codebook.add_code(first, name="Nähe")
    began = time.monotonic()
    first.close()
    assert time.monotonic() - began < 1
    assert [c.name for c in codes.codes(second)] == ["Vertrauen", "Nähe"]
    second.close()
    assert [p.name for p in tmp_path.iterdir()] == ["study.qdaproj"]


def test_reading_changes_no_byte(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = digest(path), path.stat().st_mtime_ns
    with Project.open(path, read_only=True) as project:
        codes.codes(project)
        project.set_setting("place", "3")
        project.checkpoint()
        for act in (lambda: codebook.add_code(project, name="x"), project.undo):
            with pytest.raises(KnownError, match="can only be read"):
                act()
        assert project.check() == []
    assert (digest(path), path.stat().st_mtime_ns) == before
    assert [p.name for p in tmp_path.iterdir()] == ["study.qdaproj"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everything"
)
def test_a_protected_file_is_opened_for_reading(tmp_path: Path) -> None:
    path = made(tmp_path)
    path.chmod(stat.S_IREAD)
    with Project.open(path) as project:
        assert project.read_only
        assert [c.name for c in codes.codes(project)] == ["Vertrauen"]


def test_a_copy_of_an_open_project_can_be_read_where_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path)
    medium = tmp_path / "medium"
    medium.mkdir()
    with Project.open(path) as project:
        project.checkpoint()
        shutil.copy(path, medium / "copy.qdaproj")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert names(medium / "copy.qdaproj") == ["Vertrauen"]
    assert [p.name for p in medium.iterdir()] == ["copy.qdaproj"]


def test_a_full_disk_keeps_what_was_saved(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Project.open(path) as project:
        pages = pragma(project, "page_count")
        assert pragma(project, f"max_page_count={pages}") == pages
        with pytest.raises(KnownError, match="disk is full"):
            documents.add_document(project, title="A", text="Wort " * 5000)
        assert [c.name for c in codes.codes(project)] == ["Vertrauen"]
        assert material.sources(project) == []
        pragma(project, "max_page_count=1000000")
        documents.add_document(project, title="A", text="Wort " * 5000)
        assert project.check() == []


def test_a_project_that_could_not_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise dbapi2.OperationalError("database or disk is full")

    monkeypatch.setattr(Project, "_begin_file", full)
    with pytest.raises(KnownError, match="disk is full"):
        Project.create(tmp_path / "study.qdaproj")
    assert list(tmp_path.iterdir()) == []


def test_settings_are_kept_and_are_no_acts(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Project.open(path) as project:
        units = project.unit_count()
        project.set_setting("place", "1")
        with pytest.raises(KnownError), project.unit("x"):
            project.set_setting("place", "2")
            codebook.add_code(project, name="")
        assert (project.setting("place"), project.setting("none", "x")) == ("1", "x")
        with project.unit("y"):
            project.set_setting("place", "3")
            assert project.setting("place") == "3"
        assert project.unit_count() == units
    with Project.open(path) as project:
        assert project.setting("place") == "3"
