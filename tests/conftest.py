"""What all tests share: the real material beside the checkout, Qt without a display, their own settings."""

import gc
import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_PLACE = tempfile.mkdtemp(prefix="qda-tests-")
os.environ["QT_QPA_PLATFORM"] = os.environ.get("QDA_TEST_PLATFORM", "offscreen")
os.environ["QDA_SETTINGS"] = f"{_PLACE}/settings.ini"
os.environ["XDG_CONFIG_HOME"] = f"{_PLACE}/config"
os.environ["XDG_DATA_HOME"] = f"{_PLACE}/data"
os.environ["QDA_LANGUAGE"] = "en"

# Each worker and each program that a test starts would translate all modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

_finished = itertools.count(1)

SHARED = Path(os.environ.get("QDA_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Names the packages that are missing instead of letting Qt fail in the loader's words."""
    from qda.preflight import missing, sentence

    if packages := missing():
        pytest.exit(sentence(packages), returncode=3)


def pytest_collection_finish() -> None:
    """What was brought up by now stays until the end: nobody need look through it for garbage again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # as in the window


def pytest_runtest_logfinish() -> None:
    """Looks for rings of closed windows: here hundreds follow each other, and each holds a study's pages."""
    if next(_finished) % 20 == 0:
        gc.collect()


def pytest_sessionfinish() -> None:
    import shutil

    shutil.rmtree(_PLACE, ignore_errors=True)
    if gui := sys.modules.get("PySide6.QtGui"):
        # Without a screen Qt keeps what was copied until the process ends, after Python has: it would crash.
        app = gui.QGuiApplication.instance()
        if app is not None:
            gui.QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real material, whose files are in no repository."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"the real material is not beside the checkout ({SHARED})")
    return SHARED


@pytest.fixture(scope="session")
def shared_by_processes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this test run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def german_demo(shared_by_processes: Path) -> Path:
    """The file of the demo study, for reading and copying only."""
    from tests.demo_studies import built_once

    return built_once(shared_by_processes, "de")


@pytest.fixture(scope="session")
def english_demo(shared_by_processes: Path) -> Path:
    """The file of the demo study in its English wording, for reading and copying only."""
    from tests.demo_studies import built_once

    return built_once(shared_by_processes, "en")


@pytest.fixture(scope="session", autouse=True)
def _application(qapp: object) -> None:
    """One QApplication before anything paints: a figure of a report would start one without windows."""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Each test begins in English, whatever the one before left."""
    from qda.i18n import set_language

    set_language("en")
    yield
    set_language("en")


@pytest.fixture(scope="session", autouse=True)
def _without_waiting_for_the_disk() -> Iterator[None]:
    """Many thousand commits: that they wait for the disk is tested beside the storage (``tests/models``)."""
    from qda.models import engines

    usual = engines._WRITER
    engines._WRITER = tuple(one.replace("synchronous=FULL", "synchronous=OFF") for one in usual)
    yield
    engines._WRITER = usual
