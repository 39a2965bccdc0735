"""The wheel carries its resources: built, installed beside the locked libraries, used elsewhere."""

import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]
Ran = subprocess.CompletedProcess[str]


def ran(*words: object, folder: Path) -> Ran:
    """A call in ``folder``, without anything of this process's own places."""
    hidden = ("PYTHONPATH", "DISPLAY", "WAYLAND_DISPLAY", "VIRTUAL_ENV")
    clean = {key: value for key, value in os.environ.items() if key not in hidden}
    call = [str(word) for word in words]
    return subprocess.run(call, cwd=folder, env=clean, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    here = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    done = ran(*pip, *here, "--wheel-dir", folder, ROOT, folder=folder)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("qda-*.whl")
    return built


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder far from the checkout."""
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def installed(wheel: Path, place: Path) -> Callable[..., Ran]:
    """Calls the installed ``qda`` in an environment that has the wheel and the locked libraries."""
    venv.create(place / "env", with_pip=False, symlinks=os.name != "nt")
    scripts = place / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", scripts / "python"]
    done = ran(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, folder=place)
    assert done.returncode == 0, done.stderr
    packages = ran(
        scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=place
    ).stdout.strip()
    # A path in a .pth is not searched for further .pth files: the checkout's own install stays unseen.
    (Path(packages) / "locked.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return lambda *words: ran(scripts / "qda", *words, folder=place)


def test_the_wheel_holds_the_package_its_resources_and_no_more(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "qda/_resources/paradigms/hajji.json" in names
    assert "qda/_resources/templates/report.html.j2" in names
    assert any(name.startswith("qda/_resources/demo/raw/") for name in names)
    assert {f"qda/_resources/tutorial/tutorial.{language}.md" for language in ("de", "en")} < set(names)
    assert "qda/_resources/tutorial/pictures/finished-en.png" in names
    assert "qda/py.typed" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"qda"}


def test_the_installed_program_finds_its_resources_in_the_package(
    installed: Callable[..., Ran], place: Path
) -> None:
    rows = {row["key"]: row for row in json.loads(installed("doctor", "--json").stdout)}
    resources = Path(rows["resources"]["value"])
    assert resources.is_relative_to(place)
    assert resources.name == "_resources"
    assert rows["resources"]["good"]


def test_the_installed_program_does_the_work_outside_the_checkout(
    installed: Callable[..., Ran], place: Path
) -> None:
    text = place / "Interview.txt"
    text.write_text("I: Wie war das?\nB: Da hat keiner gefragt.\n", encoding="utf-8")
    for words in (
        ("new", "study.qdaproj", "--template", "strauss-corbin"),
        ("import", "study.qdaproj", text),
        ("code", "study.qdaproj", "Interview", "19", "40", "Zuständigkeit"),
        ("report", "study.qdaproj", "study", "out"),
    ):
        done = installed(*words)
        assert (done.returncode, done.stderr) in {(0, ""), (0, "27 placeholders still to fill in\n")}
    written = {path.suffix for path in (place / "out").iterdir()}
    assert {".docx", ".html"} <= written
    (coding,) = json.loads(installed("list", "study.qdaproj", "codings", "--json").stdout)
    assert coding["path"] == "Zuständigkeit"


def test_the_installed_program_builds_the_demo_headless(installed: Callable[..., Ran], place: Path) -> None:
    done = installed("demo", "demo", "--headless")
    assert done.returncode == 0, done.stderr
    found = [path.suffix for path in (place / "demo").rglob("*")]
    assert found.count(".qdaproj") == 1
    assert found.count(".docx") == 10  # the study, its codes and transcripts, the reports of its theory
    assert found.count(".png") == 24
