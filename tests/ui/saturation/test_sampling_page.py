"""Sampling in the window: decisions written by keys, led to cases and passages, refused; starting cases."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QLineEdit, QMenu, QWidget

from qda.coding import cases, sampling
from qda.coding.memo_queries import memos
from qda.ui.saturation.passages_dialog import PassagesDialog

ALT = Qt.KeyboardModifier.AltModifier


def rows(hands) -> list[sampling.DecisionRow]:
    return sampling.decisions(hands.project)


def origin(page, name: str) -> str:
    at = next(at for at, row in enumerate(page.cases.grid.rows) if row.name == name)
    return str(page.cases.grid.index(at, 1).data())


def dialog(hands, name: str) -> QDialog:
    found = [one for one in hands.window.findChildren(QDialog, name) if one.isVisible()]
    assert found
    return found[-1]


def answer(hands, words: str) -> None:
    """Types into the dialog that asks for a name, and takes it."""
    asked = dialog(hands, "ask_name")
    assert isinstance(asked, QInputDialog)
    asked.setTextValue(words)
    asked.accept()
    QApplication.processEvents()
    hands.window.activateWindow()  # no window manager does it here


@pytest.fixture
def page(hands):
    """The page with two decisions, the first in hand."""
    sampling.decide_sampling(hands.project, form="similar", gap="Nur A.", sought="Amt ohne Etat")
    sampling.decide_sampling(hands.project, form="contrasting", sought="Verein, der ging")
    return hands.sampling()


def test_the_first_decision_is_asked_for_and_written_by_keys(hands):
    page = hands.sampling()
    assert page.first.hasFocus()
    hands.press(Qt.Key.Key_Space)
    answer(hands, "Amt ohne Etat")
    assert [row.sought for row in rows(hands)] == ["Amt ohne Etat"]
    hands.bot.waitUntil(page.sheet.fields["gap"].hasFocus)
    hands.press("Nur A.")
    hands.press(Qt.Key.Key_Tab)
    assert rows(hands)[0].gap == "Nur A."
    for _field in range(1):
        hands.press(Qt.Key.Key_Tab)
    hands.press("Minimaler Kontrast.")
    page.sheet.flush()
    assert rows(hands)[0].why == "Minimaler Kontrast."


def test_form_and_outcome_are_changed_in_the_table_and_in_the_sheet(hands, page):
    model = page.table.grid
    model.setData(model.index(0, page.table.column_named("form")), "discriminate")
    model.setData(model.index(0, page.table.column_named("outcome")), "not_reached")
    QApplication.processEvents()
    assert (rows(hands)[0].form, rows(hands)[0].outcome) == ("discriminate", "not_reached")
    assert page.sheet.form.currentData() == "discriminate"
    assert page.sheet.outcome.key == "not_reached"
    hands.click("outcome_refused")
    page.sheet.fields["brought"].setFocus()
    hands.press("Auch ein Befund.")
    page.sheet.flush()
    assert (rows(hands)[0].outcome, rows(hands)[0].brought) == ("refused", "Auch ein Befund.")


def test_a_refusal_and_what_it_brought_are_undone_one_by_one(hands, page):
    hands.click("outcome_refused")
    page.sheet.fields["brought"].setPlainText("Befund")
    page.sheet.flush()
    hands.desk.undo()
    assert (rows(hands)[0].outcome, rows(hands)[0].brought) == ("refused", "")
    hands.desk.undo()
    QApplication.processEvents()
    assert rows(hands)[0].outcome == "open"
    assert page.sheet.outcome.key == "open"


def test_decisions_are_moved_and_removed_by_keys(hands, page):
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down, ALT)
    QApplication.processEvents()
    assert [row.sought for row in rows(hands)] == ["Verein, der ging", "Amt ohne Etat"]
    assert page.table.key == rows(hands)[1].guid
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert [row.sought for row in rows(hands)] == ["Verein, der ging"]
    assert page.sheet.guid == rows(hands)[0].guid
    assert hands.told[-1] == "Removed the sampling decision."


def test_the_new_case_of_a_decision_says_where_it_comes_from(hands, page):
    hands.click("target_new")
    answer(hands, "C")
    assert origin(page, "C") == "decision 1 · no document yet"
    assert origin(page, "A") == "starting case"
    assert page.state.text() == "Starting cases: A, B"
    hands.desk.undo()
    QApplication.processEvents()
    assert [row.name for row in page.cases.grid.rows] == ["A", "B"]


def test_a_case_without_decision_is_told_and_led_to(hands, page):
    cases.add_case(hands.project, name="D")
    QApplication.processEvents()
    assert page.cases_told.text() == "No sampling decision leads to: D"
    page.cases.setCurrentIndex(page.cases.grid.index(2, 0))
    hands.click("case_lead")
    assert page.cases_told.text() == ""
    assert origin(page, "D") == "decision 1 · no document yet"


def test_a_case_becomes_a_starting_case_by_one_key(hands, page):
    cases.add_case(hands.project, name="D")
    QApplication.processEvents()
    page.cases.setFocus()
    page.cases.setCurrentIndex(page.cases.grid.index(2, 0))
    QTest.keyClick(page.cases, Qt.Key.Key_S)
    QApplication.processEvents()
    assert origin(page, "D") == "starting case · no document yet"
    QTest.keyClick(page.cases, Qt.Key.Key_S)
    QApplication.processEvents()
    assert origin(page, "D") == "no sampling decision leads here · no document yet"


def test_cases_and_documents_are_chosen_from_a_list_and_taken_off(hands, page):
    for kind, words in (("case", "B"), ("source", "Interview A")):
        hands.click(f"target_{kind}")
        chooser = dialog(hands, "chooser")
        field = chooser.findChild(QLineEdit, "chooser_field")
        QTest.keyClicks(field, words)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()
    assert [(target.kind, target.name) for target in rows(hands)[0].targets] == [
        ("case", "B"),
        ("source", "Interview A"),
    ]
    hands.click("target_off_0")
    assert [target.name for target in rows(hands)[0].targets] == ["Interview A"]


def test_passages_already_collected_are_ticked_and_led_to_as_one_act(hands, page):
    hands.click("target_passages")
    taking = dialog(hands, "passages_dialog")
    assert isinstance(taking, PassagesDialog)
    taking.of.setCurrentIndex(taking.of.findText("Beschluss"))
    taking.of.activated.emit(taking.of.currentIndex())
    hands.bot.waitUntil(lambda: taking.told.text() == "2 passages")
    assert not taking.take.isEnabled()
    hands.press(Qt.Key.Key_Space)
    assert taking.take.text() == "Take 1 passage"
    taking.every.click()
    taking.take.click()
    QApplication.processEvents()
    assert [target.kind for target in rows(hands)[0].targets] == ["segment", "segment"]
    there = page.sheet.targets.findChildren(QWidget, "target_there_0")[-1]
    assert "Dienstweg" in there.accessibleName()
    hands.desk.undo()
    assert rows(hands)[0].targets == ()


def test_transcripts_are_brought_in_for_the_case_of_the_decision(hands, page, tmp_path, monkeypatch):
    file = tmp_path / "Interview C.txt"
    file.write_text("I: Und?\nB: Nur mein Telefon.\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(file)], ""))
    hands.click("target_files")
    chooser = dialog(hands, "chooser")
    field = chooser.findChild(QLineEdit, "chooser_field")
    QTest.keyClicks(field, "C")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    (target,) = rows(hands)[0].targets
    assert (target.kind, target.name) == ("case", "C")
    material = hands.window.workspace("material")
    assert hands.window.current_workspace == "material"
    assert material.is_importing
    material.importing.stop()


def test_a_memo_hangs_on_the_decision_in_hand_and_leads_back(hands, page):
    from qda.coding.memos import write_memo
    from qda.ui.memos.targets import go_to

    asked: list[tuple[str, str]] = []
    hands.desk.memo_wanted.connect(lambda memo, target: asked.append((memo, target)))
    hands.click("decision_memo")
    guid = rows(hands)[0].guid
    assert asked == [("", f"decision:{guid}")]
    write_memo(hands.project, kind="operational", title="Zugang", target=f"decision:{guid}")
    assert memos(hands.project)[0].link_names == ("Amt ohne Etat",)
    hands.window.show_workspace("material")
    page.table.make_current(rows(hands)[1].guid)
    go_to(hands.desk, f"decision:{guid}")
    QApplication.processEvents()
    assert hands.front is page
    assert page.table.key == guid


def test_the_menu_of_a_decision_offers_all_that_the_sheet_does(hands, page):
    from PySide6.QtCore import QPoint

    page.table.customContextMenuRequested.emit(QPoint(20, 20))
    menu = page.findChild(QMenu, "decision_menu")
    names = [act.text() for act in menu.actions() if act.text()]
    assert len(names) == 9
    menu.close()


def test_where_nothing_can_be_written_all_can_be_read(hands, page):
    from qda.models import Project

    path: Path = hands.project.path
    hands.window.close_study()
    hands.window.open_project(Project.open(path, read_only=True))
    hands.desk = hands.window.desk
    page = hands.sampling()
    assert [row.sought for row in page.rows] == ["Amt ohne Etat", "Verein, der ging"]
    assert not page.new.isEnabled()
    assert page.sheet.fields["why"].isReadOnly()
    assert page.sheet.targets.adding.isHidden()


def test_a_memo_can_be_hung_on_a_decision_a_version_and_a_map_and_leads_there(hands, page):
    from qda.coding import code_maps, model_versions, theory
    from qda.ui.memos.hanging import TargetField
    from qda.ui.memos.targets import go_to, target_word

    model = theory.models(hands.project)[0].guid
    version = model_versions.freeze_model(hands.project, model=model, name="vor C")
    chart = code_maps.new_map(hands.project, name="Skizze")
    field = TargetField(hands.desk, hands.window)
    field.fill()
    offered = {field.itemText(at): field.itemData(at) for at in range(field.count())}
    assert offered["Sampling decision 1: Amt ohne Etat"] == f"decision:{rows(hands)[0].guid}"
    assert offered["Version of a model: M, vor C"] == f"version:{version}"
    assert offered["Map: Skizze"] == f"map:{chart}"
    assert [target_word(f"{kind}:") for kind in ("decision", "version", "map")] == [
        "Sampling decision",
        "Version of a model",
        "Map",
    ]
    go_to(hands.desk, f"version:{version}")
    assert hands.window.current_workspace == "axial"
    field.deleteLater()
