"""Sensitizing concepts in the real window: written, brought in, made codes, removed."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from qda.coding import codes, concepts
from qda.ui.code_tree_in.dialog import CodeTreeDialog


@pytest.fixture
def page(study):
    study.action("sensitizing-concepts").trigger()
    found = study.workspace("open").concepts
    assert found.isVisible()
    return found


def press(page, name):
    page.findChild(QPushButton, name).click()
    QTest.qWait(20)


def test_an_empty_list_says_what_to_do_first(page):
    assert page.empty.isVisible()
    assert not page.form.isVisible()


def test_what_is_typed_is_kept_when_one_turns_to_another(page, study):
    page.add("Grenzobjekt")
    page.add("Vertrauen")
    page.findChild(QLineEdit, "concept_origin").setText("Star 1989")
    page.definition.setPlainText("Was beide brauchen.")
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    kept = {row.name: row for row in concepts.concepts(study.project)}["Vertrauen"]
    assert (kept.origin, kept.definition) == ("Star 1989", "Was beide brauchen.")
    assert page.name.text() == "Grenzobjekt"


def test_a_code_list_is_seen_before_it_comes_in_as_concepts_not_as_codes(
    page, study, tmp_path, qtbot, monkeypatch
):
    file = tmp_path / "liste.txt"
    file.write_text("Vertrauen\nMacht\nMacht\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    press(page, "bring_in_list")
    dialog = next(one for one in study.findChildren(CodeTreeDialog) if one.isVisible())
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=20000)
    assert "Twice in the file, taken once: Macht" in dialog.told.text()
    assert concepts.concepts(study.project) == []
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    QTest.qWait(20)
    assert [row.name for row in concepts.concepts(study.project)] == ["Vertrauen", "Macht"]
    assert page.list.count() == 2
    assert codes.codes(study.project) == []


def test_a_concept_becomes_a_code_once_and_undo_takes_the_code_back(page, study):
    page.add("Macht")
    press(page, "concept_to_code")
    assert [row.name for row in codes.codes(study.project)] == ["Macht"]
    assert not page.make.isEnabled()
    assert "Macht" in page.became.text()
    study.desk.undo()
    QTest.qWait(20)
    assert codes.codes(study.project) == []
    assert page.make.isEnabled()


def test_a_removed_concept_comes_back_by_undo(page, study):
    page.add("Macht")
    press(page, "remove_concept")
    assert concepts.concepts(study.project) == []
    assert page.empty.isVisible()
    study.desk.undo()
    QTest.qWait(20)
    assert page.list.count() == 1


def test_a_memo_hangs_on_the_concept(page, study):
    page.add("Macht")
    wanted = []
    study.desk.memo_wanted.connect(lambda memo, target: wanted.append((memo, target)))
    press(page, "concept_memo")
    guid = concepts.concepts(study.project)[0].guid
    assert wanted[0][0] == ""
    assert wanted[0][1].endswith(guid)
    assert study.study.memo_panel.isVisible()


def order(study):
    return [row.name for row in concepts.concepts(study.project)]


def test_a_concept_goes_to_another_place_by_alt_and_the_arrow_keys_and_undo_takes_it_back(page, study):
    for name in ("Feld", "Macht", "Vertrauen"):
        page.add(name)
    page.list.setFocus()
    assert page.list.currentItem().text() == "Vertrauen"
    for _each in range(2):
        QTest.keyClick(page.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        QTest.qWait(20)
    assert order(study) == ["Vertrauen", "Feld", "Macht"]
    assert page.list.currentItem().text() == "Vertrauen"
    study.desk.undo()
    assert order(study) == ["Feld", "Vertrauen", "Macht"]


def test_a_concept_is_dragged_to_its_place(page, study):
    for name in ("Feld", "Macht", "Vertrauen"):
        page.add(name)
    page.list.setCurrentRow(0)
    area = page.list.visualItemRect(page.list.item(2))
    data = page.list.model().mimeData([page.list.indexFromItem(page.list.item(0))])

    class Fallen(QDropEvent):
        def source(self):
            return page.list

    place = QPointF(area.center().x(), area.bottom() - 1)
    nothing = Qt.KeyboardModifier.NoModifier
    page.list.dropEvent(Fallen(place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, nothing))
    QTest.qWait(20)
    assert order(study) == ["Macht", "Vertrauen", "Feld"]
