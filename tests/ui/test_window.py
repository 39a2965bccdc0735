"""The window: workspaces, commands, undo, what is told, settings, names for screen readers."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPushButton, QScrollBar, QWidget

from qda.coding.codebook import add_code, remove_code
from qda.coding.codes import codes
from qda.coding.material import coders, sources
from qda.errors import KnownError
from qda.ui.settings import SettingsDialog
from qda.ui.table import commands
from qda.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def _project(window: MainWindow):
    assert window.desk is not None
    return window.desk.project


def test_no_key_means_two_things_in_one_workspace() -> None:
    for workspace in ("material", "open", "axial", "selective", "reports"):
        keys = Counter(c.key for c in commands() if c.key and (not c.workspaces or workspace in c.workspaces))
        assert [key for key, n in keys.items() if n > 1] == [], workspace


def test_every_command_has_an_id_of_its_own() -> None:
    assert [i for i, n in Counter(c.id for c in commands()).items() if n > 1] == []


def test_without_a_study_only_menus_with_something_to_offer_are_shown(window: MainWindow) -> None:
    assert [a.text().replace("&", "") for a in window.menuBar().actions()] == ["Project", "View", "Help"]


def test_workspaces_bear_the_names_of_the_template(window: MainWindow, tmp_path: Path) -> None:
    from qda.models import Project

    window.open_project(Project.create(tmp_path / "a.qdaproj", template="free"))
    names = [window.study.tabs.tabText(at) for at in range(5)]
    assert names == ["Material", "Initial coding", "Focused coding", "Theoretical coding", "Reports"]
    assert window.action("show-open").text() == "Initial coding"


def test_alt_and_a_digit_change_the_workspace(study: MainWindow) -> None:
    QTest.keyClick(study, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert study.current_workspace == "open"
    assert _project(study).phase == "open"
    QTest.keyClick(study, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert study.current_workspace == "material"


def test_a_click_on_a_tab_changes_the_workspace(study: MainWindow) -> None:
    tabs = study.study.tabs
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    assert study.current_workspace == "open"


def test_the_study_comes_back_with_the_workspace_that_was_in_front(study: MainWindow) -> None:
    path = _project(study).path
    study.show_workspace("open")
    study.close_study()
    study.open_path(path)
    assert study.current_workspace == "open"


def test_undo_and_redo_bear_the_name_of_the_act(study: MainWindow, qtbot) -> None:
    assert study.desk is not None
    study.desk.do(add_code, name="Dienstweg")
    qtbot.waitUntil(lambda: "Dienstweg" in study.action("undo").text())
    QTest.keyClick(study, Qt.Key.Key_Z, CTRL)
    assert codes(_project(study)) == []
    qtbot.waitUntil(lambda: "Dienstweg" in study.action("redo").text())
    QTest.keyClick(study, Qt.Key.Key_Z, CTRL | SHIFT)
    assert [c.name for c in codes(_project(study))] == ["Dienstweg"]


def test_a_removal_offers_its_undoing_and_the_link_brings_it_back(study: MainWindow) -> None:
    assert study.desk is not None
    code = study.desk.do(add_code, name="Dienstweg")
    study.desk.do(remove_code, code=code)
    study.desk.told.emit("Removed “Dienstweg”.")
    undo = study.findChild(QPushButton, "status_undo")
    assert undo.isVisible()
    assert study.status_line._place.text() == "Removed “Dienstweg”."
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert [c.name for c in codes(_project(study))] == ["Dienstweg"]
    assert not undo.isVisible()


def test_each_workspace_keeps_its_own_line_at_the_bottom(study: MainWindow) -> None:
    study.show_workspace("open")
    assert study.desk is not None
    study.desk.source_wanted.emit(sources(_project(study))[0].guid, 22, 22)
    study.show_workspace("material")
    assert study.status_line._place.text() == "1 document, 0 cases"
    study.show_workspace("open")
    assert study.status_line._place.text().startswith("Interview A")


def test_what_cannot_be_done_is_told_without_stopping_anybody(study: MainWindow) -> None:
    assert study.desk is not None

    def refuse(_project: object) -> str:
        raise KnownError("This cannot be.")

    study.desk.do(refuse)
    assert study.study.message.sentence == "This cannot be."
    assert QApplication.activeModalWidget() is None
    study.desk.do(add_code, name="Weiter")
    assert study.study.message.sentence == ""


def test_someone_else_codes_from_now_on(study: MainWindow) -> None:
    study.add_coder("TS")
    assert [c.name for c in coders(_project(study)) if c.current] == ["TS"]
    assert study.status_line._coder.text() == "Coded as TS"
    study._use_coder(coders(_project(study))[0].guid)
    assert study.status_line._coder.text() == "Coded as MK"


def test_a_closed_study_is_one_plain_file(study: MainWindow) -> None:
    path = _project(study).path
    study.close_study()
    assert sorted(p.name for p in path.parent.glob("study.qdaproj*")) == ["study.qdaproj"]
    assert path.read_bytes()[18:20] == b"\x01\x01"  # no log beside it


def test_what_is_being_typed_is_saved_when_the_study_is_closed(study: MainWindow) -> None:
    from qda.models import Project

    path = _project(study).path
    study.workspace("material").show_sheet()
    QTest.keyClicks(study.workspace("material").sheet._fields["own_role"], "Gast im Amt")
    study.close_study()
    from qda.coding.material import project_sheet

    with Project.open(path, read_only=True) as project:
        assert project_sheet(project).fields["own_role"] == "Gast im Amt"


def test_the_language_changes_at_once_and_the_study_stays(study: MainWindow, qtbot) -> None:
    study.show_settings()
    dialog = study.findChild(SettingsDialog)
    dialog.language.setFocus()
    QTest.keyClicks(dialog.language, "Deutsch")
    qtbot.waitUntil(lambda: study.study.tabs.tabText(1) == "Offenes Kodieren")
    assert len(sources(_project(study))) == 1
    again = [d for d in study.findChildren(SettingsDialog) if d.isVisible()]
    assert len(again) == 1
    again[0].spelling.setCurrentIndex(1)
    again[0].spelling.activated.emit(1)
    qtbot.waitUntil(lambda: study.study.tabs.tabText(1) == "Offenes Codieren")


def test_the_theme_changes_at_once(study: MainWindow) -> None:
    study.action("theme-dark").trigger()
    assert study.palette().window().color().lightness() < 60
    study.action("theme-light").trigger()
    assert study.palette().window().color().lightness() > 200


def test_f6_goes_through_the_panes(study: MainWindow) -> None:
    study.study.tabs.setFocus()
    QTest.keyClick(study, Qt.Key.Key_F6)
    assert study.workspace("material").isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(study, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is study.study.tabs


def test_a_project_dropped_on_the_start_screen_opens(window: MainWindow, tmp_path: Path) -> None:
    from qda.models import Project

    path = tmp_path / "dropped.qdaproj"
    Project.create(path, title="Fallen").close()
    window.take_in([path])
    assert window.windowTitle().startswith("Fallen")


def _unnamed(root: QWidget) -> list[str]:
    """Visible controls that take the focus and have no name for screen readers, or no object name."""
    found = []
    for widget in root.findChildren(QWidget):
        inner = isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")
        if inner or not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if isinstance(widget.parent(), QAbstractScrollArea) and widget.parent().viewport() is widget:
            continue
        if not widget.accessibleName() or not widget.objectName():
            found.append(
                f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parent()).__name__}"
            )
    return found


def test_every_control_of_the_start_screen_has_a_name(window: MainWindow) -> None:
    assert _unnamed(window.start) == []


@pytest.mark.parametrize("part", ["show_documents", "show_sheet", "show_memos"])
def test_every_control_of_the_material_has_a_name(study: MainWindow, part: str) -> None:
    from qda.coding.memos import write_memo

    assert study.desk is not None
    study.desk.do(write_memo, kind="diary", title="Tag 1", body="…")
    getattr(study.workspace("material"), part)()
    assert _unnamed(study.study) == []
    assert _unnamed(study.status_line) == []


def test_every_control_of_the_dialogs_has_a_name(study: MainWindow) -> None:
    study.show_settings()
    study.show_keys()
    study.show_about()
    for dialog in study.findChildren(QWidget):
        if dialog.isWindow() and dialog.isVisible() and dialog is not study:
            assert _unnamed(dialog) == []


def test_the_list_of_keys_shows_every_key(study: MainWindow) -> None:
    from qda.ui.dialogs import KeysDialog

    study.show_keys()
    table = study.findChild(KeysDialog).findChild(QWidget, "keys_table")
    assert table.rowCount() == len([c for c in commands() if c.key])


def test_a_bug_is_shown_and_kept_and_a_known_sentence_is_told(
    study: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qda.ui import app, dialogs

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(dialogs.QStandardPaths, "writableLocation", lambda _kind: str(tmp_path / "data"))
    app._catch_bugs(study)
    sys.excepthook(KnownError, KnownError("Bekannt."), None)
    assert study.study.message.sentence == "Bekannt."
    sys.excepthook(ValueError, ValueError("unser Fehler"), None)
    dialog = study.findChild(dialogs.CrashDialog)
    assert "unser Fehler" in dialog.report.toPlainText()
    assert "unser Fehler" in (tmp_path / "data" / "last-fault.txt").read_text()
    dialog.close()


def test_the_start_tells_when_it_was_painted_and_usable(tmp_path: Path) -> None:
    code = "from qda.ui.app import run; run([])"
    environment = os.environ | {"QDA_TRACE_START": "1", "QDA_SETTINGS": str(tmp_path / "s.ini")}
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        line = next(line for line in process.stderr if "painted_ms" in line)
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
    told = json.loads(line)
    assert 0 < told["painted_ms"] <= told["usable_ms"]
