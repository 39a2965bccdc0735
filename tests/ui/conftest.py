"""Widgets are tested without a screen."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from qda.models import Project
    from qda.ui.window import MainWindow


@pytest.fixture
def light(qapp: QApplication) -> QApplication:
    """The application in the light theme."""
    from qda.ui import theme

    theme.apply(qapp, dark=False)
    return qapp


def _own_settings(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    path = folder / "settings.ini"
    patch.setenv("QDA_SETTINGS", str(path))
    documents = folder / "Documents"
    documents.mkdir()
    for module in ("start", "window", "demo", "material.workspace"):
        patch.setattr(f"qda.ui.{module}.documents_folder", lambda: documents)
    return path


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and documents of this test alone."""
    return _own_settings(tmp_path, monkeypatch)


@pytest.fixture
def left_in() -> str:
    """The workspace in which a study was when it was open last; none: it opens as a new one does.

    Tests of one workspace say so here: the material need not be built before it.
    """
    return ""


@pytest.fixture
def window(
    qapp: QApplication, settings: Path, left_in: str, monkeypatch: pytest.MonkeyPatch
) -> "Iterator[MainWindow]":
    """The real window at its start screen."""
    from qda.ui.app import build_main_window

    made = build_main_window(None)
    if left_in:
        kept = made.preferences.study_state
        monkeypatch.setattr(made.preferences, "study_state", lambda path: kept(path) or left_in)
    yield _shown(made)
    made.close()
    made.deleteLater()


def _shown(window: "MainWindow") -> "MainWindow":
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    return window


@pytest.fixture(scope="module")
def kept_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> "Iterator[MainWindow]":
    """One real window for all tests of a module, for those that leave it as they found it."""
    from qda.ui.app import build_main_window

    with pytest.MonkeyPatch.context() as patch:
        _own_settings(tmp_path_factory.mktemp("window"), patch)
        made = build_main_window(None)
        yield _shown(made)
        made.close()
        made.deleteLater()


@pytest.fixture(scope="module")
def kept_interview(kept_window: "MainWindow", tmp_path_factory: pytest.TempPathFactory) -> "MainWindow":
    """The window of a module with the study of one short interview open in it."""
    kept_window.open_project(_interview(tmp_path_factory.mktemp("study") / "study.qdaproj"))
    return kept_window


@pytest.fixture
def study(window: "MainWindow", tmp_path: Path) -> "MainWindow":
    """The real window with a study that holds one short interview, coded by nobody yet."""
    window.open_project(_interview(tmp_path / "study.qdaproj"))
    return window


def _interview(path: Path) -> "Project":
    from tests.kept import kept_study

    project, _nothing = kept_study(path, _talk, title="Koordination", coder="MK", template="hajji")
    return project


def _talk(project: "Project") -> None:
    from qda.coding.documents import take_in
    from qda.exchange.reading import draft_from_text

    text = (
        "I: Wie kam es dazu?\n"
        "B: Wir haben uns Zusagen geholt, 🙂 auf dem kurzen Dienstweg.\n"
        "I: Und dann?\n"
        "B: Ruhe."
    )
    take_in(project, draft=draft_from_text(text), title="Interview A")
