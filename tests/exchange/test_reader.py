"""Files are read in a child process: what a hostile one does, it does there, and the next is read."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qda.child_process import resident
from qda.errors import KnownError
from qda.exchange import wire
from qda.exchange.disk import MAX_FILE, expanded
from qda.exchange.reader import CancelledError, Reader
from qda.exchange.reading import read_transcript
from qda.i18n import use_language

ROOT = Path(__file__).parents[2]
TALK = "I: Wie begann das?\nB: Ganz klein, mit zwei Leuten.\nI: Und dann?\nB: Dann wurden es mehr.\n"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "Interview.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


@pytest.fixture
def bad(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """A reader whose child does what the name of a file says, with small limits."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with Reader(memory=150 << 20, seconds=1.0, module="tests.exchange.bad_worker") as reader:
        yield reader


def named(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(TALK, encoding="utf-8")
    return path


def test_the_child_gives_the_draft_that_reading_gives(talk: Path) -> None:
    with Reader() as reader:
        file = reader.read(talk)
    assert file.error is None
    assert file.draft == read_transcript(talk)
    assert file.original == TALK.encode()
    assert len(file.sha256) == 64


def test_every_real_file_comes_through_the_pipe_as_it_was_read(shared: Path) -> None:
    files = [
        f for f in sorted(shared.rglob("*")) if f.suffix in (".docx", ".odt", ".rtf", ".txt", ".vtt", ".srt")
    ]
    with Reader() as reader:
        for path in files:
            file = reader.read(path)
            if file.draft is None:
                with pytest.raises(KnownError):
                    read_transcript(path)
            else:
                assert file.draft == read_transcript(path), path.name


def test_another_family_is_found_without_sending_the_file_again(talk: Path) -> None:
    with Reader() as reader:
        file = reader.read(talk)
        plain = reader.again(file, family="none")
        assert plain.draft is not None
        assert plain.draft.family == "none"
        assert plain.draft.speakers == ()
        reader.close()
        assert reader.again(file).draft == file.draft  # a new child asks for the bytes


def test_an_unknown_family_is_told(talk: Path) -> None:
    with Reader() as reader:
        assert "dance" in str(reader.read(talk, family="dance").error)


def test_sentences_come_in_the_language_of_the_window(tmp_path: Path) -> None:
    path = tmp_path / "bild.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with Reader() as reader:
        english = reader.read(path).error
        with use_language("de"):
            german = reader.read(path).error
    assert "picture" in str(english)
    assert german != english


def test_one_child_reads_all_files(talk: Path) -> None:
    with Reader() as reader:
        reader.read(talk)
        first = reader._child.process.pid
        reader.read(talk)
        assert reader._child.process.pid == first
        process = reader._child.process
    assert process.poll() is not None


# -- what stands in the way on the disk ---------------------------------------------------------------------


def test_what_is_no_file_of_a_document_is_told_without_opening_it(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "folder.docx").mkdir()
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(MAX_FILE + 1)
    os.mkfifo(tmp_path / "pipe.txt")
    with Reader() as reader:
        sentences = {
            name: reader.read(tmp_path / name).error
            for name in ("empty.txt", "folder.docx", "huge.txt", "pipe.txt", "missing.txt")
        }
    assert "empty" in sentences["empty.txt"]
    assert "folder" in sentences["folder.docx"]
    assert "larger" in sentences["huge.txt"]
    assert "no file that can be read" in sentences["pipe.txt"]
    assert "no file" in sentences["missing.txt"]


def test_two_hundred_million_blank_bytes_are_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "sparse.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_FILE)
    with Reader() as reader:
        assert "empty" in str(reader.read(path).error)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_told(talk: Path) -> None:
    talk.chmod(0)
    with Reader() as reader:
        assert "may not read" in str(reader.read(talk).error)


def test_a_folder_gives_the_transcripts_in_it_and_below(tmp_path: Path) -> None:
    for name in ("b.txt", "a.docx", "x.png", ".hidden.txt", "~$a.docx", "sub/c.odt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    single = tmp_path / "x.png"
    found = expanded([tmp_path, single])
    assert [p.name for p in found] == ["a.docx", "b.txt", "c.odt", "x.png"]


# -- what a file does to its reader --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("crash.txt", "stops its reader"),
        ("sleep.txt", "too long"),
        ("eat.txt", "memory"),
        ("bug.txt", "IndexError"),
    ],
)
def test_a_file_that_brings_its_reader_down_is_told_and_the_next_is_read(
    bad: Reader, tmp_path: Path, name: str, words: str
) -> None:
    began = time.monotonic()
    file = bad.read(named(tmp_path, name))
    assert file.draft is None
    assert name in str(file.error)
    assert words in str(file.error)
    assert time.monotonic() - began < 20
    assert bad.read(named(tmp_path, "good.txt")).error is None


def test_a_bug_keeps_its_traceback(bad: Reader, tmp_path: Path) -> None:
    assert "bad_worker.py" in bad.read(named(tmp_path, "bug.txt")).bug


def test_memory_that_earlier_files_left_behind_is_not_held_against_a_file(
    bad: Reader, tmp_path: Path
) -> None:
    assert bad.read(named(tmp_path, "good.txt")).error is None
    first = bad._child.process.pid
    assert "memory" in str(bad.read(named(tmp_path, "eat.txt")).error)
    assert bad.read(named(tmp_path, "good.txt")).error is None
    assert bad._child.process.pid != first


def test_the_parent_watches_the_memory_where_the_system_does_not(bad: Reader, tmp_path: Path) -> None:
    bad._watched, bad._seconds, bad._memory = True, 30.0, 400 << 20
    watching = 60 << 20
    good = bad.read(named(tmp_path, "good.txt"))
    assert good.error is None
    bad._memory = watching  # the child's own limit stays far above
    assert "memory" in str(bad.read(named(tmp_path, "eat.txt")).error)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the hook alone refuses")
def test_the_child_writes_nothing_and_calls_nobody(bad: Reader, tmp_path: Path) -> None:
    assert bad.read(named(tmp_path, "write.txt")).bug == ""
    assert not Path("/tmp/qda-was-here").exists()
    assert bad.read(named(tmp_path, "call.txt")).bug == ""


def test_what_libraries_print_disturbs_nothing(
    bad: Reader, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert bad.read(named(tmp_path, "chatter.txt")).error is None
    assert capfd.readouterr() == ("", "")


def test_an_answer_that_makes_no_sense_is_a_crash(bad: Reader, tmp_path: Path) -> None:
    assert "stops its reader" in str(bad.read(named(tmp_path, "garble.txt")).error)
    assert bad.read(named(tmp_path, "good.txt")).error is None


def test_reading_is_cancelled_at_once_from_another_thread(bad: Reader, tmp_path: Path) -> None:
    bad._seconds = 30.0
    threading.Timer(0.5, bad.cancel).start()
    began = time.monotonic()
    with pytest.raises(CancelledError):
        bad.read(named(tmp_path, "sleep.txt"))
    assert time.monotonic() - began < 10
    with pytest.raises(CancelledError):
        bad.read(named(tmp_path, "good.txt"))


def test_a_child_that_cannot_start_is_told(talk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with Reader(module="qda.exchange.none") as reader, pytest.raises(KnownError, match="cannot be started"):
        reader.read(talk)
    assert "qda.exchange.none" in capfd.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_child_outlives_a_parent_that_is_killed(talk: Path) -> None:
    program = (
        "import sys, time; from qda.exchange.reader import Reader; r = Reader(); r.read(sys.argv[1]); "
        "print(r._child.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, str(talk)], stdout=subprocess.PIPE, cwd=ROOT)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and time.monotonic() < until:
        time.sleep(0.05)
        if "State:\tZ" in Path(f"/proc/{child}/status").read_text():
            break
    else:
        assert not Path(f"/proc/{child}").exists()


# -- the parent believes nothing -----------------------------------------------------------------------------


class Pipe:
    """What was written to it is read from it."""

    def __init__(self, data: bytes) -> None:
        self.data = memoryview(data)

    def readinto(self, buffer: memoryview) -> int:
        count = min(len(buffer), len(self.data), 1000)
        buffer[:count], self.data = self.data[:count], self.data[count:]
        return count


def test_a_changed_answer_is_refused_or_a_draft_and_never_another_error(talk: Path) -> None:
    import random

    frames = wire.frames_of(read_transcript(talk), {"families": []})
    whole, chance = b"".join(frames), random.Random(5)
    seen = set()
    for _each in range(3000):
        data = bytearray(whole)
        for _change in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.choice(b'0123456789-"[]{},:JBtrue\x00\xff')
        pipe = Pipe(bytes(data))
        try:
            head = wire.receive(pipe)
            draft = wire.receive_draft(pipe, head)
        except (wire.GarbledError, EOFError):
            seen.add("refused")
            continue
        seen.add("draft")
        assert all(0 <= p.start <= p.label_stop <= p.stop <= len(draft.text) for p in draft.paragraphs)
        assert {p.speaker for p in draft.paragraphs if p.speaker} <= {s.label for s in draft.speakers}
    assert seen == {"refused", "draft"}


def test_a_frame_that_claims_to_be_endless_is_refused() -> None:
    with pytest.raises(wire.GarbledError):
        wire.receive(Pipe(b"J\xff\xff\xff\xff"))


def test_the_module_knows_the_memory_of_a_process() -> None:
    call = [sys.executable, "-c", "print(flush=True); input()"]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        held = resident(process)
        process.kill()
    assert 1_000_000 < held < 500_000_000
