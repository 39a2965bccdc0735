"""What is common to all reports, in the settings at the right: folded, ticked, kept with the study."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListWidget, QPushButton, QToolButton, QWidget

from qda.coding.pseudonyms.entries import Entry
from qda.exchange.name_key import write_key
from qda.reports import pseudonymous
from qda.reports.registry import report_kind
from qda.ui.desk import Desk
from qda.ui.reports.settings import SettingsPanel
from tests.reports.small_study import build

FOLDS = ("part_of_study", "citing", "pseudonyms_fold")


@pytest.fixture
def desk(tmp_path, light, monkeypatch):
    monkeypatch.setenv("QDA_SETTINGS", str(tmp_path / "settings.ini"))
    made = Desk(build(tmp_path / "study.qdaproj"))
    yield made
    made.close()


@pytest.fixture
def panel(desk, qtbot):
    made = shown(desk, qtbot, {})
    yield made
    made.close()


def shown(desk, qtbot, chosen, name="segments"):
    made = SettingsPanel(report_kind(name), chosen, project=desk.project)
    qtbot.addWidget(made)
    made.resize(303, 1400)
    made.show()
    qtbot.waitExposed(made)
    return made


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def fold(panel, name):
    return panel.findChild(QToolButton, name)


def test_the_common_settings_are_folded_away_and_say_what_is_chosen(panel):
    assert [fold(panel, name).isChecked() for name in FOLDS] == [False, False, False]
    assert fold(panel, "part_of_study").accessibleName() == "Which part of the study: all"
    assert panel.findChild(QListWidget, "documents") is None
    assert panel.options == {}


def test_lists_in_which_nothing_is_ticked_say_that_all_are_meant(panel, qtbot):
    click(qtbot, fold(panel, "part_of_study"))
    assert fold(panel, "documents_fold").accessibleName() == "Documents: all"
    assert fold(panel, "branches_fold").accessibleName() == "Codes with those below them: all"


def test_documents_are_ticked_by_mouse(panel, qtbot):
    click(qtbot, fold(panel, "part_of_study"))
    click(qtbot, fold(panel, "documents_fold"))
    listed = panel.findChild(QListWidget, "documents")
    box = listed.visualItemRect(listed.item(1))
    with qtbot.waitSignal(panel.changed):
        qtbot.mouseClick(
            listed.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 14, box.center().y())
        )
    title = listed.item(1).text()
    assert panel.options["documents"] == listed.item(1).data(Qt.ItemDataRole.UserRole)
    assert fold(panel, "documents_fold").accessibleName() == f"Documents: 1 of {listed.count()}"
    assert fold(panel, "part_of_study").accessibleName() == "Which part of the study"
    with qtbot.waitSignal(panel.changed):
        click(qtbot, panel.findChild(QPushButton, "documents_all"))
    assert (panel.options, title in fold(panel, "documents_fold").text()) == ({}, False)
    assert fold(panel, "part_of_study").accessibleName() == "Which part of the study: all"


def test_codes_are_found_and_ticked_by_keyboard_alone(panel, qtbot):
    for name in ("part_of_study", "branches_fold"):
        fold(panel, name).setFocus()
        qtbot.keyClick(fold(panel, name), Qt.Key.Key_Space)
    listed = panel.findChild(QListWidget, "branches")
    assert listed.accessibleName() == "Codes with those below them"
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_End)
    with qtbot.waitSignal(panel.changed):
        qtbot.keyClick(listed, Qt.Key.Key_Space)
    assert panel.options["branches"] == listed.item(listed.count() - 1).data(Qt.ItemDataRole.UserRole)
    path = listed.item(listed.count() - 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert path.endswith(listed.item(listed.count() - 1).text().strip())


def test_what_was_chosen_is_open_and_ticked_again_and_what_is_gone_is_forgotten(desk, qtbot):
    first = desk.project
    from qda.coding.parts import part_choices

    known = part_choices(first).documents
    gone = "00000000-0000-4000-8000-000000000000"
    again = shown(desk, qtbot, {"documents": f"{known[0].guid};{gone}", "citation": "{case} {paragraph}"})
    assert again.options == {"documents": known[0].guid, "citation": "{case} {paragraph}"}
    assert [fold(again, name).isChecked() for name in FOLDS] == [True, True, False]
    listed = again.findChild(QListWidget, "documents")
    ticked = [n for n in range(listed.count()) if listed.item(n).checkState() is Qt.CheckState.Checked]
    assert ticked == [0]
    again.close()


def test_a_citation_is_shown_before_it_is_used_and_a_wrong_one_is_told(panel, qtbot):
    click(qtbot, fold(panel, "citing"))
    field = panel.findChild(QLineEdit, "citation")
    preview = panel.findChild(QLabel, "citation_preview")
    assert preview.text().startswith("For instance: (")
    with qtbot.waitSignal(panel.changed):
        qtbot.keyClicks(field, "{title} § {paragraph}")
    assert " § " in preview.text()
    assert panel.options["citation"] == "{title} § {paragraph}"
    field.clear()
    qtbot.keyClicks(field, "{page}")
    assert "cannot stand in a citation" in preview.text()


def test_the_author_goes_onto_the_title_page(panel, qtbot):
    click(qtbot, fold(panel, "citing"))
    with qtbot.waitSignal(panel.changed):
        qtbot.keyClicks(panel.findChild(QLineEdit, "author"), "M. Kern")
    assert panel.options == {"author": "M. Kern"}


def test_a_key_is_opened_with_its_passphrase_which_is_kept_nowhere(panel, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(pseudonymous, "_opened", {})
    key = write_key(tmp_path / "names.qdakey", "a long one", [Entry("Blumen", "person", "Rosa")])
    click(qtbot, fold(panel, "pseudonyms_fold"))
    qtbot.keyClicks(panel.findChild(QLineEdit, "pseudonyms"), str(key))
    qtbot.keyClick(panel.findChild(QLineEdit, "pseudonyms"), Qt.Key.Key_Return)
    state = panel.findChild(QLabel, "key_state")
    assert state.text() == "The key is locked."
    assert panel.options == {}
    word = panel.findChild(QLineEdit, "key_passphrase")
    qtbot.keyClicks(word, "wrong")
    click(qtbot, panel.findChild(QPushButton, "open_key"))
    assert "passphrase is another one" in state.text()
    word.clear()
    qtbot.keyClicks(word, "a long one")
    qtbot.keyClick(word, Qt.Key.Key_Return)
    assert state.text() == "The key is open: 1 name."
    assert panel.options == {"pseudonyms": str(key)}
    assert word.text() == ""
    assert not word.isVisible()


def test_passages_of_interviewers_can_be_left_out_only_where_that_means_something(panel, desk, qtbot):
    click(qtbot, fold(panel, "part_of_study"))
    check = panel.findChild(QCheckBox, "interviewer")
    with qtbot.waitSignal(panel.changed):
        check.click()
    assert panel.options == {"interviewer": "no"}
    memos = shown(desk, qtbot, {}, "memos")
    click(qtbot, fold(memos, "part_of_study"))
    assert memos.findChild(QCheckBox, "interviewer") is None
    memos.close()


def test_everything_that_takes_the_focus_has_a_name(panel, qtbot):
    for name in (*FOLDS, "documents_fold", "cases_fold", "branches_fold"):
        click(qtbot, fold(panel, name))
    nameless = [
        widget.objectName() or type(widget).__name__
        for widget in panel.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_a_report_of_a_part_is_shown_as_pages(desk, qtbot):
    from qda.coding.parts import part_choices
    from qda.ui.reports.workspace import Workspace

    one = part_choices(desk.project).documents[0]
    desk.project.set_setting("report", "segments")
    desk.project.set_setting("report.segments", f'{{"documents": "{one.guid}"}}')
    made = Workspace(desk)
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    made.shown()
    qtbot.waitUntil(lambda: made._ready is not None and not made.busy, timeout=20_000)
    assert any(one.name in line for line in made._ready.report.facts)
    assert one.name in made.findChild(QWidget, "withheld").text()
    made.let_go()
    assert Path(desk.project.path).exists()
