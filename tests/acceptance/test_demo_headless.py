"""``qda demo --headless``: the whole job without a display, on the study that ships with the program."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from qda import demo
from qda.models import Project

from .conftest import Call

SCREENS = ("start", "material", "open", "axial", "selective", "reports")


@dataclass(frozen=True, slots=True)
class Built:
    """What ``qda demo FOLDER --headless`` left."""

    folder: Path
    said: str

    @property
    def study(self) -> Path:
        """The project file."""
        (path,) = self.folder.glob("*.qdaproj")
        return path

    def picture(self, screen: str, language: str, scheme: str) -> QImage:
        """One of the pictures."""
        return QImage(str(self.folder / "screenshots" / f"{screen}-{language}-{scheme}.png"))


def ran(*words: object) -> subprocess.CompletedProcess[str]:
    """``qda`` in a process of its own, without a display."""
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    call = [sys.executable, "-m", "qda.cli", *map(str, words)]
    return subprocess.run(call, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The demo, made once."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    done = ran("demo", folder, "--headless")
    assert done.returncode == 0, done.stderr
    return Built(folder, done.stdout)


def test_headless_demo_says_where_its_results_lie(built: Built) -> None:
    named = {Path(line.strip()) for line in built.said.splitlines() if line.startswith("  ")}
    lying = {path.resolve() for path in built.folder.rglob("*") if path.is_file()}
    assert named == lying


def test_headless_demo_writes_both_reports_in_every_format(built: Built) -> None:
    reports = {path.name for path in (built.folder / "reports").iterdir()}
    assert {"study.docx", "study.html"} <= reports
    assert {f"codetree.{kind}" for kind in ("docx", "html", "xlsx", "csv", "md", "opml", "mmd")} <= reports
    text = (built.folder / "reports" / "study.html").read_text(encoding="utf-8")
    assert built.study.stem in text  # it is called like the study


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_headless_demo_takes_a_picture_of_every_screen(built: Built, language: str, scheme: str) -> None:
    pictures = [built.picture(screen, language, scheme) for screen in SCREENS]
    assert {(one.width(), one.height()) for one in pictures} == {(1440, 900)}
    assert len({bytes(one.constBits()) for one in pictures}) == len(SCREENS)
    for one in pictures:
        corner = one.pixelColor(3, one.height() // 2).lightness()
        assert (corner > 128) == (scheme == "light")


def test_pictures_in_german_and_english_differ(built: Built) -> None:
    for screen in SCREENS:
        assert built.picture(screen, "de", "light") != built.picture(screen, "en", "light")


def test_headless_demo_leaves_one_plain_file_that_passes_the_check(built: Built, qda: Call) -> None:
    assert [path.name for path in built.folder.iterdir() if path.is_file()] == [built.study.name]
    assert qda("check", built.study).code == 0


def test_headless_demo_holds_the_work_of_a_study(built: Built, qda: Call) -> None:
    rows: Callable[[str], int] = lambda kind: len(qda("list", built.study, kind, "--json").json)  # noqa: E731
    assert rows("cases") == 7
    assert rows("relations") == 14
    assert rows("codings") >= 600
    assert rows("memos") >= 60
    assert rows("changes") > 2000


def test_headless_demo_again_is_built_anew_but_never_over_somebodys_work(
    tmp_path: Path, qda: Call, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from qda.command_line import showing

    # Any study will do here, and the demo takes its time.
    monkeypatch.setattr(demo, "build", lambda path, *, language: Project.create(path, language=language))
    path = showing.built(tmp_path, "de", anew=True)
    before = path.stat().st_ino, path.stat().st_mtime_ns
    assert showing.built(tmp_path, "de", anew=False) == path
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == before
    qda("do", path, "add-code", "name=Mein eigener")
    assert showing.built(tmp_path, "de", anew=True) == path
    assert path.name in capsys.readouterr().out
    assert "Mein eigener" in [row["name"] for row in qda("list", path, "codes", "--json").json]
