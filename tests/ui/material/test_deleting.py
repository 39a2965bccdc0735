"""A case deleted for good in the window: never by accident, never with a dead reference left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QPushButton, QWidget

from qda.coding import theory
from qda.coding.axial import add_model, place_code, relate_codes
from qda.coding.cases import add_case
from qda.coding.codebook import add_code
from qda.coding.codes import codes
from qda.coding.documents import set_source_case
from qda.coding.evidence import add_evidence
from qda.coding.material import cases, sources
from qda.coding.open_coding import code_in_vivo, code_passage
from qda.ui.material.deleting import DeletingDialog
from qda.ui.material.workspace import Workspace
from qda.ui.window import MainWindow


@pytest.fixture
def case(study: MainWindow) -> str:
    """Case B: the one interview, with an in-vivo code and a relation that rests on it."""
    assert study.desk is not None
    desk, project = study.desk, study.desk.project
    source = sources(project)[0].guid
    guid = desk.do(add_case, name="Fall B")
    assert guid is not None
    desk.do(set_source_case, source=source, case=guid)
    desk.do(code_in_vivo, source=source, start=27, stop=34)
    first, second = (desk.do(add_code, name=name) for name in ("Zusagen", "Ruhe"))
    model = desk.do(add_model, name="Modell", template="hajji")
    slots = theory.models(project)[0].slots
    for code, slot in ((first, slots[0]), (second, slots[1])):
        desk.do(place_code, model=model, code=code, slot=slot.guid)
    relation = desk.do(relate_codes, model=model, from_code=first, to_code=second, type="leads_to")
    desk.do(code_passage, source=source, start=23, stop=40, code=first)
    segment = f"{source}:23-40"
    desk.do(add_evidence, relation=relation, segments=[segment], polarity="supporting", kind="spoken")
    assert len(theory.evidence(project, relation)) == 1
    return guid


@pytest.fixture
def material(study: MainWindow) -> Workspace:
    found = study.workspace("material")
    assert isinstance(found, Workspace)
    return found


def _counted(material: Workspace, case: str, qtbot) -> DeletingDialog:
    dialog = material.case_acts.delete_for_good(case)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=20000)
    qtbot.wait(1)  # what was added to a layout is shown by the next event
    return dialog


def _words(dialog: DeletingDialog) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_it_tells_what_goes_and_waits_for_the_name(
    study: MainWindow, material: Workspace, case: str, qtbot
) -> None:
    dialog = _counted(material, case, qtbot)
    words = _words(dialog)
    assert "1 document with 21 words" in words, words
    assert "1 piece of evidence" in words
    assert QApplication.focusWidget() is dialog.name
    for written in ("", "fall b", "Fall"):
        dialog.name.setText(written)
        assert not dialog.delete.isEnabled()
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isHidden()  # Enter is Cancel here
    assert [row.name for row in cases(study.desk.project)] == ["Fall B"]
    study.undo()  # counting has left the history as it was
    assert theory.evidence(study.desk.project, theory.relations(study.desk.project)[0].guid) == []


def test_after_it_nothing_in_the_window_speaks_of_it(
    study: MainWindow, material: Workspace, case: str, qtbot
) -> None:
    assert study.desk is not None
    desk = study.desk
    desk.source_wanted.emit(sources(desk.project)[0].guid, 23, 40)  # the transcript is open
    desk.coding_chosen.emit(_coding(study))
    relation = theory.relations(desk.project)[0].guid
    study.show_workspace("axial")
    desk.relation_chosen.emit(relation)
    study.show_workspace("material")
    dialog = _counted(material, case, qtbot)
    QTest.keyClicks(dialog.name, "Fall B")
    dialog.delete.setFocus()
    QTest.keyClick(dialog.delete, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: dialog.cancel.text() == "Close", timeout=20000)
    assert "deleted for good" in _words(dialog)
    assert QApplication.focusWidget() is dialog.cancel
    QTest.keyClick(dialog.cancel, Qt.Key.Key_Space)
    assert (cases(desk.project), sources(desk.project)) == ([], [])
    assert material.tree.model().rowCount() == 0
    assert theory.relations(desk.project)[0].withdrawn == 1
    for key in ("open", "axial", "selective", "reports", "material"):
        study.show_workspace(key)
        QTest.qWait(80)
    study.show_workspace("axial")
    desk.relation_chosen.emit(relation)
    figures = study.workspace("axial").findChild(QWidget, "relation_figures")
    assert "evidence withdrawn: 1 piece" in figures.text()
    nothing = study.workspace("axial").findChild(QWidget, "no_evidence")
    assert "withdrawn" in nothing.findChild(type(figures)).text()
    assert "kurzen Dienstweg" not in desk.project.path.read_bytes().decode("utf-8", "replace")
    assert desk.source == "" or desk.source in [s.guid for s in sources(desk.project)]


def _coding(study: MainWindow) -> str:
    from qda.coding.codes import codings

    return codings(study.desk.project)[0].guid


def test_a_code_that_is_named_in_its_words_can_be_renamed_first(
    study: MainWindow, material: Workspace, case: str, qtbot
) -> None:
    dialog = _counted(material, case, qtbot)
    link = dialog.findChild(QPushButton, "rename_code_0")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    ask = dialog.findChild(QInputDialog)
    ask.setTextValue("Abmachung")
    ask.accept()
    qtbot.waitUntil(lambda: "Abmachung" in _words(dialog), timeout=20000)
    assert "Abmachung" in [row.name for row in codes(study.desk.project)]
    assert len(cases(study.desk.project)) == 1
    dialog.reject()


def test_it_is_found_by_the_words_withdrawn_consent(
    study: MainWindow, material: Workspace, case: str, qtbot
) -> None:
    row = next(c for c in study.rows.commands if c.id == "delete-case-for-good")
    assert "withdrawn consent" in row.synonyms
    material.tree.choose("case", case)
    menu = material.case_acts.menu(case)
    assert menu is not None
    assert any("delete for good" in action.text() for action in menu.actions())
    study.action("delete-case-for-good").trigger()
    dialog = study.findChild(DeletingDialog)
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=20000)
    assert dialog.found.case == "Fall B"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isHidden()


def test_a_dialog_left_while_it_counts_closes_when_counting_ends(
    study: MainWindow, material: Workspace, case: str, qtbot
) -> None:
    dialog = material.case_acts.delete_for_good(case)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(dialog.isHidden, timeout=20000)
    assert not study.desk.at_work
    assert len(cases(study.desk.project)) == 1
