"""Files made to harm: each is refused in one sentence, and a good one beside it comes in."""

import io
import os
import signal
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from qda.coding.material import sources
from qda.exchange.importing import import_files
from qda.exchange.reader import Reader
from qda.models import Project
from tests.exchange.mutating import ODF, WORD, csv, docx, pdf

ROOT = Path(__file__).parents[2]
ENGLISH = {**os.environ, "QDA_LANGUAGE": "en"}
TALK = "I: Wie begann das?\nB: Ganz klein.\nI: Und dann?\nB: Dann wurden es mehr.\n"
NESTED = "<!DOCTYPE a [{entities}]>".format(
    entities="".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
)
ABROAD = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def zipped(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return stream.getvalue()


def document(before: str = "", words: str = "x") -> str:
    return (
        f"{before}<w:document {WORD}><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
    )


def lying(data: bytes) -> bytes:
    """An archive whose headers declare its parts small."""
    out = bytearray(data)
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = out.find(mark)
        while at >= 0:
            out[at + place : at + place + 4] = struct.pack("<I", 100)
            at = out.find(mark, at + 4)
    return bytes(out)


def endless_pdf() -> bytes:
    """A stream that unpacks to a gigabyte, in a file of a few pages."""
    packed = zlib.compress(b"(a) Tj " * 20_000_000, 9)
    start = pdf()
    at, stop = start.index(b"<< /Length"), start.index(b"endstream")
    head = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    return start[:at] + head + packed + b"\n" + start[stop:]


# Made where they are needed: some have hundreds of megabytes to pack.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: zipped({"word/document.xml": b"<a>" + b" " * 300_000_000}),
    "liar.docx": lambda: lying(zipped({"word/document.xml": b"<a>" + b" " * 80_000_000})),
    "parts.docx": lambda: zipped({f"p{n}": "" for n in range(6000)} | {"word/document.xml": document()}),
    "entities.docx": lambda: zipped({"word/document.xml": document(NESTED, "&e11;")}),
    "abroad.docx": lambda: zipped({"word/document.xml": document(ABROAD, "&e;")}),
    "entities.odt": lambda: zipped({"content.xml": f'{NESTED}<a xmlns:office="{ODF}:office:1.0">&e11;</a>'}),
    "deep.docx": lambda: zipped({"word/document.xml": f"<w:document {WORD}>" + "<w:p>" * 500_000}),
    "deep.rtf": lambda: b"{\\rtf1 " + b"{" * 3_000_000,
    "nothing.pdf": lambda: b"%PDF-1.7\n" + b"1 0 obj << /Kids [1 0 R] >> endobj\n" * 50_000,
    "bomb.xlsx": lambda: zipped({"xl/workbook.xml": b"<a>" + b" " * 300_000_000}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    with Reader() as reader:
        began = time.monotonic()
        file = reader.read_bytes(HOSTILE[name](), path=tmp_path / name)
        assert file.draft is None
        assert file.error
        assert file.bug == ""
        assert time.monotonic() - began < 31
        assert "root:" not in file.error
        good = reader.read_bytes(TALK.encode(), path=tmp_path / "good.txt")
        assert good.error is None


def test_a_small_pdf_that_unpacks_without_end_does_no_harm(tmp_path: Path) -> None:
    data = endless_pdf()
    assert len(data) < 1_000_000
    with Reader(seconds=10) as reader:
        file = reader.read_bytes(data, path=tmp_path / "endless.pdf")
        assert file.bug == ""
        assert reader.read_bytes(TALK.encode(), path=tmp_path / "good.txt").error is None


def test_names_that_lead_outside_are_never_written(tmp_path: Path) -> None:
    evil = {"../../evil.txt": "x", "/tmp/qda-evil.txt": "x", "word/document.xml": document(words="I: a")}
    path = tmp_path / "deep" / "er" / "evil.docx"
    path.parent.mkdir(parents=True)
    path.write_bytes(zipped(evil))
    with Project.create(tmp_path / "study.qdaproj") as project:
        import_files(project, [path])
    assert not Path("/tmp/qda-evil.txt").exists()
    assert {p.name for p in tmp_path.iterdir()} == {"deep", "study.qdaproj"}
    assert {p.name for p in path.parent.iterdir()} == {"evil.docx"}


def test_bad_and_good_files_of_one_import(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("bomb.docx", "abroad.docx", "deep.rtf"):
        (folder / name).write_bytes(HOSTILE[name]())
    (folder / "a.docx").write_bytes(docx())
    (folder / "b.csv").write_bytes(csv())
    (folder / "c.txt").write_text(TALK, encoding="utf-8")
    (folder / "leer.txt").touch()
    (folder / "ordner.docx").mkdir()
    with Project.create(tmp_path / "study.qdaproj") as project:
        done = {Path(one.file).name: one.error for one in import_files(project, sorted(folder.iterdir()))}
        good = {name for name, error in done.items() if error is None}
        assert good == {"a.docx", "b.csv", "c.txt"}
        assert project.check() == []


def _heeds_control_c() -> None:
    """What is begun in the background of a shell would not hear of it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _stopped(process: "subprocess.Popen[bytes]") -> tuple[bytes, bytes]:
    """Presses Ctrl+C, and again where Python lost the first one (in a callback it only tells of it)."""
    for _each in range(8):
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=8)
    process.kill()
    raise AssertionError("the import did not stop")


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent another way there")
def test_control_c_leaves_nothing_half_and_no_child(tmp_path: Path) -> None:
    study, folder = tmp_path / "study.qdaproj", tmp_path / "in"
    folder.mkdir()
    for n in range(400):
        (folder / f"{n}.txt").write_text(f"{TALK * 300}I: {n}\n", encoding="utf-8")
    Project.create(study).close()
    words = [sys.executable, "-m", "qda.cli", "import", str(study), str(folder)]
    with subprocess.Popen(
        words,
        cwd=ROOT,
        env=ENGLISH,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_heeds_control_c,  # noqa: PLW1509 - no other thread has begun
    ) as process:
        until = time.monotonic() + 30
        while time.monotonic() < until and not study.with_name("study.qdaproj-wal").exists():
            time.sleep(0.05)
        time.sleep(2.5)  # some files are in, and many are not
        out, err = _stopped(process)
    assert (process.returncode, out) == (1, b"")
    assert err.splitlines()[-1] == b"The import was stopped. Nothing was changed."
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["study.qdaproj"]
    with Project.open(study) as project:
        assert sources(project) == []
        assert project.undo_label() is None
        assert project.check() == []
