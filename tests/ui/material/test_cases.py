"""Cases in the window: page, attributes, consent, the table of all; by keyboard and by mouse."""

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QPushButton, QWidget

from qda.coding.attributes import add_attribute, set_attribute
from qda.coding.cases import add_case
from qda.coding.consent import set_consent
from qda.coding.documents import set_source_case
from qda.coding.material import attributes, cases, sources
from qda.coding.memo_queries import memos
from qda.ui.material.attribute_dialog import AttributeDialog
from qda.ui.material.tree import MARK
from qda.ui.material.workspace import Workspace
from qda.ui.material.writing import NewDocumentDialog
from qda.ui.window import MainWindow


@pytest.fixture
def material(study: MainWindow) -> Workspace:
    found = study.workspace("material")
    assert isinstance(found, Workspace)
    return found


@pytest.fixture
def case(study: MainWindow, material: Workspace) -> str:
    """Case A, in hand, with attributes of every kind."""
    assert study.desk is not None
    do = study.desk.do
    guid = do(add_case, name="Fall A")
    do(add_attribute, name="Ort", kind="text", missing=["k. A."])
    do(add_attribute, name="Stunden", kind="number")
    do(add_attribute, name="Seit", kind="date")
    do(add_attribute, name="Träger", kind="choice", choices=["Stadt", "Kreis"], missing=["weiß nicht"])
    assert guid is not None
    study.desk.case_chosen.emit(guid)
    return guid


def _project(window: MainWindow):
    assert window.desk is not None
    return window.desk.project


def _values(window: MainWindow, name: str = "Fall A") -> dict[str, str]:
    return next(row.attributes for row in cases(_project(window)) if row.name == name)


def _type(field: QWidget, words: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


# -- the form of one case -----------------------------------------------------------------------------------


def test_answers_are_typed_in_german_and_kept_in_one_form(
    study: MainWindow, material: Workspace, case: str
) -> None:
    form = material.case.attributes
    _type(form.field("Stunden"), "19,5")
    _type(form.field("Seit"), "1.3.2025")
    _type(form.field("Ort"), "k. a.")
    choice = form.field("Träger")
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert _values(study) == {"Stunden": "19.5", "Seit": "2025-03-01", "Ort": "k. A.", "Träger": "Stadt"}
    assert form.field("Ort").styleSheet() != ""  # no answer is quiet
    study.undo()
    assert "Träger" not in _values(study)
    assert choice.currentData() == ""


def test_a_wrong_answer_stays_in_its_field_with_its_sentence_until_it_is_right(
    study: MainWindow, material: Workspace, case: str
) -> None:
    form = material.case.attributes
    field = form.field("Seit")
    _type(field, "32.13.2020")
    sentence = form.findChild(QWidget, "attribute_2_sentence")
    assert "no date" in sentence.text()
    assert field.accessibleDescription() == sentence.text()
    _type(form.field("Ort"), "Kassel")  # another act refreshes the page
    assert field.text() == "32.13.2020"
    field.selectAll()
    _type(field, "03/2020")
    assert sentence.isHidden()
    assert _values(study)["Seit"] == "2020-03"


def test_escape_brings_back_what_was_stored(study: MainWindow, material: Workspace, case: str) -> None:
    field = material.case.attributes.field("Stunden")
    _type(field, "12")
    _type(field, "x")
    assert field.sentence
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.sentence) == ("12", "")


def test_an_empty_answer_is_no_answer(study: MainWindow, material: Workspace, case: str) -> None:
    field = material.case.attributes.field("Stunden")
    _type(field, "12")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "Stunden" not in _values(study)
    assert [row.name for row in cases(_project(study))] == ["Fall A"]  # Del emptied the field, no more


# -- folder, portrait ---------------------------------------------------------------------------------------


def test_a_postscript_is_written_into_the_case_as_one_act(
    study: MainWindow, material: Workspace, case: str
) -> None:
    before = len(sources(_project(study)))
    QTest.mouseClick(material.case.folder.postscript, Qt.MouseButton.LeftButton)
    dialog = material.findChild(NewDocumentDialog)
    assert (dialog.kind.currentData(), dialog.title.text()) == ("postscript", "Postscript Fall A")
    QTest.keyClicks(dialog.text, "Das Band lief noch.")
    dialog.keep.click()
    row = sources(_project(study))[-1]
    assert (row.kind, row.case) == ("postscript", case)
    link = material.case.folder.findChild(QPushButton, "case_document_0")
    assert link.text() == "Postscript Fall A"
    study.undo()
    assert len(sources(_project(study))) == before


def test_the_folder_leads_to_its_documents(study: MainWindow, material: Workspace, case: str) -> None:
    assert study.desk is not None
    guid = sources(_project(study))[0].guid
    study.desk.do(set_source_case, source=guid, case=case)
    link = material.case.folder.findChild(QPushButton, "case_document_0")
    assert "4 turns" in link.accessibleName()
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert material.tree.in_hand == ("source", guid)


def test_the_portrait_is_written_in_place_and_is_a_memo(
    study: MainWindow, material: Workspace, case: str
) -> None:
    text = material.case.portrait.text
    text.setFocus()
    QTest.keyClicks(text, "Eine ruhige Frau.")
    text.flush()
    QTest.keyClicks(text, " Sie lacht.")
    text.flush()
    rows = memos(_project(study), target=f"case:{case}")
    assert [(m.kind, m.body) for m in rows] == [("portrait", "Eine ruhige Frau. Sie lacht.")]


def test_a_case_inside_another_stands_in_its_folder_and_leads_back(
    study: MainWindow, material: Workspace, case: str
) -> None:
    material.case_acts.add_inner(case, "Frau K.")
    assert material.case.name.text() == "Frau K."
    assert material.case.folder.inner.isHidden()  # once, not deeper
    above = material.case.folder.findChild(QPushButton, "case_above_0")
    QTest.mouseClick(above, Qt.MouseButton.LeftButton)
    assert material.case.name.text() == "Fall A"


# -- consent ------------------------------------------------------------------------------------------------


def test_consent_is_noted_by_keyboard_and_seen_in_the_tree_in_words(
    study: MainWindow, material: Workspace, case: str
) -> None:
    consent = material.case.consent
    consent.quote.setFocus()
    QTest.keyClick(consent.quote, Qt.Key.Key_End)
    _type(consent.date, "1.2.2024")
    row = cases(_project(study))[0]
    assert (row.quote, row.consent_date) == ("no", "2024-02-01")
    assert material.tree.currentIndex().data(MARK) == "not quoted"
    study.undo()
    study.undo()
    assert material.tree.currentIndex().data(MARK) == ""
    assert consent.quote.currentData() == "open"


def test_a_date_of_deletion_needs_its_day(study: MainWindow, material: Workspace, case: str) -> None:
    field = material.case.consent.delete_by
    _type(field, "2030")
    assert "day open" in material.case.consent.sentence.text()
    assert cases(_project(study))[0].delete_by == ""


def test_cases_due_are_told_above_the_documents_and_one_click_away(
    study: MainWindow, material: Workspace, case: str
) -> None:
    assert study.desk is not None
    other = study.desk.do(add_case, name="Fall B")
    words = material.findChild(QWidget, "due_words")
    assert words.isHidden() or not words.isVisible()
    soon = QDate.currentDate().addDays(3).toString(Qt.DateFormat.ISODate)
    study.desk.do(set_consent, case=other, delete_by=soon)
    assert words.isVisible()
    assert soon in words.text()
    QTest.mouseClick(material.findChild(QPushButton, "due_show"), Qt.MouseButton.LeftButton)
    assert material.case.name.text() == "Fall B"
    study.desk.do(set_consent, case=other, delete_by="2999-01-01")
    assert not words.isVisible()


# -- the table of all ---------------------------------------------------------------------------------------


def _cell(material: Workspace, row: int, column: int) -> None:
    view = material.attributes.view
    view.setCurrentIndex(view.table.index(row, column))
    view.setFocus()


def _edit(material: Workspace, words: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    view = material.attributes.view
    QTest.keyClicks(view, words[0]) if words else QTest.keyClick(view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit | QComboBox)
    if isinstance(editor, QComboBox):
        editor = editor.lineEdit()
    editor.setText(words)
    QTest.keyClick(editor, key)


def test_the_table_is_filled_by_keys_alone(study: MainWindow, material: Workspace, case: str) -> None:
    study.action("show-attributes").trigger()
    view = material.attributes.view
    assert QApplication.focusWidget() is view
    _cell(material, 0, 2)
    _edit(material, "19,5", Qt.Key.Key_Tab)
    assert view.currentIndex().column() == 3
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    _cell(material, 0, 4)
    _edit(material, "kreis")
    assert view.currentIndex().row() == 1  # Enter goes down
    assert _values(study) == {"Stunden": "19.5", "Träger": "Kreis"}
    _cell(material, 1, 0)
    _edit(material, "Fall B")
    assert [row.name for row in cases(_project(study))] == ["Fall A", "Fall B"]
    _cell(material, 0, 2)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert _values(study) == {"Träger": "Kreis"}
    assert [row.name for row in cases(_project(study))] == ["Fall A", "Fall B"]


def test_what_does_not_fit_stays_in_its_cell_and_says_why(
    study: MainWindow, material: Workspace, case: str
) -> None:
    material.show_attributes()
    _cell(material, 0, 2)
    _edit(material, "viele")
    table = material.attributes.view.table
    assert table.index(0, 2).data() == "viele"
    assert "no number" in table.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert "no number" in study.study.message.sentence
    _cell(material, 0, 2)
    _edit(material, "12")
    assert _values(study) == {"Stunden": "12"}


def test_a_block_from_a_spreadsheet_is_pasted_as_one_act(
    study: MainWindow, material: Workspace, case: str
) -> None:
    assert study.desk is not None
    study.desk.do(add_case, name="Fall B")
    material.show_attributes()
    QApplication.clipboard().setText("Kassel\t12\t1.3.2020\nFulda\tviel\t2021\n")
    _cell(material, 0, 1)
    view = material.attributes.view
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert _values(study) == {"Ort": "Kassel", "Stunden": "12", "Seit": "2020-03-01"}
    assert _values(study, "Fall B") == {"Ort": "Fulda", "Seit": "2021"}
    assert view.table.index(1, 2).data() == "viel"
    study.undo()
    assert _values(study) == {}


def test_rows_are_sorted_by_numbers_as_numbers_and_empty_ones_last(
    study: MainWindow, material: Workspace, case: str
) -> None:
    assert study.desk is not None
    for name, hours in (("Fall B", "9"), ("Fall C", "100"), ("Ärztin", "")):
        guid = study.desk.do(add_case, name=name)
        study.desk.do(set_attribute, case=guid, name="Stunden", value=hours)
    study.desk.do(set_attribute, case=case, name="Stunden", value="20.5")
    material.show_attributes()
    view = material.attributes.view

    def names() -> list[str]:
        return [view.table.index(row, 0).data() for row in range(view.table.cases)]

    view.sort_by(2, Qt.SortOrder.AscendingOrder)
    assert names() == ["Fall B", "Fall A", "Fall C", "Ärztin"]
    view.sort_by(2, Qt.SortOrder.DescendingOrder)
    assert names() == ["Fall C", "Fall A", "Fall B", "Ärztin"]
    header = view.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert names() == ["Ärztin", "Fall A", "Fall B", "Fall C"]


def test_columns_are_made_changed_moved_and_removed_from_the_menu(
    study: MainWindow, material: Workspace, case: str
) -> None:
    material.show_attributes()
    _cell(material, 0, 1)
    QTest.keyClick(material.attributes.view, Qt.Key.Key_Menu)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    assert words[:2] == ["Sort upwards", "Sort downwards"]
    _action(material, 1, "Move to the right").trigger()
    assert [row.name for row in attributes(_project(study))][:2] == ["Stunden", "Ort"]
    _action(material, 2, "Remove “Ort”").trigger()
    assert "Ort" not in [row.name for row in attributes(_project(study))]
    study.undo()
    assert "Ort" in [row.name for row in attributes(_project(study))]


def _action(material: Workspace, column: int, words: str):
    menu = material.attributes.menu_of(column)
    return next(action for action in menu.actions() if action.text() == words)


def test_an_attribute_is_made_by_keyboard_and_a_wrong_kind_is_told_in_its_dialog(
    study: MainWindow, material: Workspace, case: str
) -> None:
    assert study.desk is not None
    study.desk.do(set_attribute, case=case, name="Ort", value="Kassel")
    material.show_attributes()
    _action(material, 1, "Change “Ort”…").trigger()
    dialog = study.findChild(AttributeDialog)
    dialog.kind.show_key("number")
    dialog.keep.click()
    assert dialog.isVisible()
    assert "Kassel" in dialog.sentence.text()
    dialog.kind.show_key("choice")
    dialog.choices.setPlainText("Kassel\nFulda")
    dialog.missing.setText("k. A.; -99")
    dialog.name.setText("Stadt")
    dialog.keep.click()
    row = attributes(_project(study))[0]
    assert (row.name, row.kind, row.choices, row.missing) == (
        "Stadt",
        "choice",
        ("Kassel", "Fulda"),
        ("k. A.", "-99"),
    )


def test_two_hundred_cases_with_forty_attributes_stay_fluent(study: MainWindow, material: Workspace) -> None:
    from time import perf_counter

    from qda.coding.case_values import Column, cases_named, set_values

    project = _project(study)
    with project.unit("many"):
        guids = cases_named(project, names=[f"Fall {n}" for n in range(200)])
        columns = [Column(f"Merkmal {n}", "number" if n % 2 else "text") for n in range(40)]
        values = [(guid, [str(n) for n in range(40)]) for guid in guids.values()]
        set_values(project, columns=columns, values=values)
    material.show_attributes()
    view = material.attributes.view
    QApplication.processEvents()
    _cell(material, 0, 2)
    spent = []
    for n in range(10):
        begin = perf_counter()
        _edit(material, str(n))
        QApplication.processEvents()
        spent.append(perf_counter() - begin)
    assert sorted(spent)[5] < 0.3  # a shared machine; usually a tenth of it
    assert view.currentIndex().row() == 10
    assert _values(study, "Fall 9")["Merkmal 1"] == "9"


def test_the_answers_are_written_to_a_table(
    study: MainWindow, material: Workspace, case: str, tmp_path
) -> None:
    assert study.desk is not None
    study.desk.do(set_attribute, case=case, name="Ort", value="Kassel")
    material.attributes.write_to(tmp_path / "faelle.csv")
    assert "Fall A,Kassel" in (tmp_path / "faelle.csv").read_text(encoding="utf-8-sig")


def test_everything_on_the_pages_has_a_name(study: MainWindow, material: Workspace, case: str) -> None:
    for page in (material.case, material.attributes):
        for kind in (QLineEdit, QComboBox, QPushButton):
            for widget in page.findChildren(kind):
                if widget.objectName().startswith("qt_"):
                    continue
                assert widget.objectName(), widget
                assert widget.accessibleName(), widget.objectName()


def test_documents_that_are_added_to_a_case_come_into_it(
    study: MainWindow, material: Workspace, case: str, tmp_path, qtbot
) -> None:
    path = tmp_path / "Gespräch 2.txt"
    path.write_text("I: Guten Tag.\nB: Ja, gut.\nI: Womit?\nB: Mit dem Beirat.\n", encoding="utf-8")
    material.case_acts.files_wanted.emit([path], case)
    page = material.importing
    qtbot.waitUntil(lambda: bool(page.plan.items) and page.plan.items[0].state != "waiting", timeout=20000)
    page.import_now()
    qtbot.waitUntil(lambda: len(sources(_project(study))) == 2, timeout=20000)
    assert sources(_project(study))[-1].case == case
    study.desk.stop_work()
