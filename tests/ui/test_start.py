"""The start screen: studies that were open, a new one, and files that cannot be opened."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton

from qda.coding.material import coders, project_sheet
from qda.models import Project
from qda.ui.start import told_moment
from qda.ui.window import MainWindow


def _focus() -> object:
    return QApplication.focusWidget()


def test_a_new_study_is_made_by_keyboard_alone(window: MainWindow, tmp_path: Path) -> None:
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(_focus(), "Land: Netze")
    QTest.keyClick(_focus(), Qt.Key.Key_Tab)
    QTest.keyClicks(_focus(), "KL")
    for _step in range(2):
        QTest.keyClick(_focus(), Qt.Key.Key_Tab)
    QTest.keyClick(_focus(), Qt.Key.Key_Right)
    assert window.start.template == "strauss-corbin"
    QTest.keyClick(window.start.title, Qt.Key.Key_Return)
    assert window.desk is not None
    sheet = project_sheet(window.desk.project)
    assert (sheet.title, sheet.template) == ("Land: Netze", "strauss-corbin")
    assert [c.name for c in coders(window.desk.project)] == ["KL"]
    assert window.desk.path == tmp_path / "Documents" / "Land Netze.qdaproj"


def test_a_new_study_is_made_by_mouse_alone_but_for_its_title(window: MainWindow) -> None:
    window.start.title.setText("Ehrenamt")
    plain = window.start.findChild(QRadioButton, "template_content-analysis")
    plain.click()
    QTest.mouseClick(window.start.create_button, Qt.MouseButton.LeftButton)
    assert window.desk is not None
    assert project_sheet(window.desk.project).template == "content-analysis"


def test_a_study_without_a_title_is_not_made_and_the_title_gets_the_focus(window: MainWindow) -> None:
    window.start.create_study()
    assert window.desk is None
    assert "title" in window.start.message.sentence
    assert _focus() is window.start.title


def test_a_second_study_of_the_same_title_gets_a_file_of_its_own(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "Documents" / "Netze.qdaproj").write_bytes(b"")
    window.start.title.setText("Netze")
    assert window.start.path.name == "Netze 2.qdaproj"


def test_a_closed_study_stands_in_the_list_with_its_counts_and_enter_opens_it(study: MainWindow) -> None:
    assert study.desk is not None
    path = study.desk.path
    study.close_study()
    item = study.start.recents.item(0)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Koordination, 1 interview, 0 codings")
    study.start.focus_first()
    study.start.recents.setCurrentRow(0)
    QTest.keyClick(study.start.recents, Qt.Key.Key_Return)
    assert study.desk is not None
    assert study.desk.path == path


def test_del_takes_a_study_off_the_list_and_leaves_its_file(study: MainWindow) -> None:
    assert study.desk is not None
    path = study.desk.path
    study.close_study()
    study.start.recents.setCurrentRow(0)
    QTest.keyClick(study.start.recents, Qt.Key.Key_Delete)
    assert study.start.recents.count() == 0
    assert path.exists()


def test_moments_are_told_as_one_says_them() -> None:
    from datetime import datetime, timedelta

    now = datetime(2026, 11, 22, 15, 0).astimezone()
    assert told_moment(now - timedelta(hours=1), now) == "today, 14:00"
    assert told_moment(now - timedelta(days=1), now) == "yesterday"
    assert told_moment(now - timedelta(days=30), now) == "23 October"
    assert told_moment(now - timedelta(days=400), now) == "18 October 2025"


def _no_project(path: Path) -> None:
    path.write_text("no database at all " * 20)


def _other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()


def _newer(path: Path) -> None:
    Project.create(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=9000")
    connection.commit()
    connection.close()


def _damaged(path: Path) -> None:
    Project.create(path).close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(bytes(data))


def _missing(path: Path) -> None:
    path.unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (_no_project, "no qda project"),
        (_other_database, "no qda project"),
        (_newer, "newer version"),
        (_damaged, "damaged"),
        (_missing, "There is no file"),
    ],
)
def test_what_cannot_be_opened_is_told_in_one_sentence_and_nothing_changes(
    window: MainWindow, tmp_path: Path, make, word: str
) -> None:
    path = tmp_path / "study.qdaproj"
    make(path)
    before = path.read_bytes() if path.exists() else None
    assert window.open_path(path) is False
    assert word in window.start.message.sentence
    assert window.desk is None
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_locked_study_is_told_in_one_sentence(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "study.qdaproj"
    Project.create(path).close()
    # In a process of its own: locks of one process do not stand in its own way.
    code = f"import sqlite3, sys; c = sqlite3.connect({str(path)!r}); c.execute('BEGIN EXCLUSIVE'); "
    code += "print('locked', flush=True); sys.stdin.read()"
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert other.stdout.readline().strip() == b"locked"
        assert window.open_path(path) is False
        assert "another program" in window.start.message.sentence
    finally:
        other.communicate()


def test_a_study_that_can_only_be_read_says_so(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "study.qdaproj"
    Project.create(path, title="Alt").close()
    window.open_project(Project.open(path, read_only=True))
    assert "only be read" in window.study.message.sentence
    assert "read only" in window.windowTitle()
    window.refresh_actions()
    assert not window.action("import").isEnabled()
