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
    from qda.ui.window import MainWindow


@pytest.fixture
def light(qapp: QApplication) -> QApplication:
    """The application in the light theme."""
    from qda.ui import theme

    theme.apply(qapp, dark=False)
    return qapp


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and documents of this test alone."""
    path = tmp_path / "settings.ini"
    monkeypatch.setenv("QDA_SETTINGS", str(path))
    documents = tmp_path / "Documents"
    documents.mkdir()
    for module in ("start", "window", "demo", "material.workspace"):
        monkeypatch.setattr(f"qda.ui.{module}.documents_folder", lambda: documents)
    return path


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
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def study(window: "MainWindow", tmp_path: Path) -> "MainWindow":
    """The real window with a study that holds one short interview, coded by nobody yet."""
    from qda.coding.documents import take_in
    from qda.exchange.reading import draft_from_text
    from qda.models import Project

    project = Project.create(tmp_path / "study.qdaproj", title="Koordination", coder="MK", template="hajji")
    text = (
        "I: Wie kam es dazu?\n"
        "B: Wir haben uns Zusagen geholt, 🙂 auf dem kurzen Dienstweg.\n"
        "I: Und dann?\n"
        "B: Ruhe."
    )
    take_in(project, draft=draft_from_text(text), title="Interview A")
    window.open_project(project)
    return window
