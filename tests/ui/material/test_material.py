"""The Material workspace: import, documents, cases, project sheet; by keyboard and by mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from qda.coding.attributes import set_attribute
from qda.coding.cases import add_case
from qda.coding.documents import add_group
from qda.coding.material import cases, project_sheet, sources, speakers
from qda.ui.material.workspace import Workspace
from qda.ui.material.writing import NewDocumentDialog
from qda.ui.window import MainWindow

TRANSCRIPT = "I: Guten Tag.\nB: Ja, gut, ähm, wir haben angefangen.\nI: Womit?\nB: Mit dem Beirat.\n"


@pytest.fixture
def material(study: MainWindow) -> Workspace:
    found = study.workspace("material")
    assert isinstance(found, Workspace)
    return found


def _project(window: MainWindow):
    assert window.desk is not None
    return window.desk.project


def _drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(700, 400), copy, data, left, Qt.KeyboardModifier.NoModifier))


def _cells(material: Workspace) -> list[list[str]]:
    return [[cell.whole for cell in row] for row in material.importing.table.grid.rows]


def _import(material: Workspace, qtbot) -> None:
    """Waits until all files have been read, and brings them in by Enter."""
    page = material.importing
    qtbot.waitUntil(lambda: not page.is_running, timeout=20000)
    QTest.keyClick(page.files.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.results.isVisible, timeout=20000)


def test_dropped_files_come_in_as_one_act_and_refused_ones_say_why(
    study: MainWindow, material: Workspace, tmp_path: Path, qtbot
) -> None:
    good, bad, empty = tmp_path / "Gespräch_1.txt", tmp_path / "bild.png", tmp_path / "leer.txt"
    good.write_text(TRANSCRIPT, encoding="utf-8")
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    empty.write_bytes(b"")
    _drop(study, good, bad, empty)
    _import(material, qtbot)
    rows = _cells(material)
    assert rows[0][:3] == ["Gespräch_1.txt", "4", "I (Interviewer), B (Respondent)"]
    assert "picture" in rows[1][3]
    assert "empty" in rows[2][3]
    assert [s.title for s in sources(_project(study))] == ["Interview A", "Gespräch 1"]
    study.undo()
    assert [s.title for s in sources(_project(study))] == ["Interview A"]


def test_a_folder_gives_the_material_in_it(
    study: MainWindow, material: Workspace, tmp_path: Path, qtbot
) -> None:
    folder = tmp_path / "Interviews"
    folder.mkdir()
    for name in ("b.txt", "a.md", "bild.png", "lied.mp3"):
        (folder / name).write_text(TRANSCRIPT, encoding="utf-8")
    _drop(study, folder)
    _import(material, qtbot)
    assert [row[0] for row in _cells(material)] == ["a.md", "b.txt"]


def test_the_list_says_how_many_turns_real_transcripts_have(
    study: MainWindow, material: Workspace, shared: Path, qtbot
) -> None:
    files = sorted((shared / "data").rglob("*.docx"))[:3]
    assert files
    material.import_files(files)
    _import(material, qtbot)
    assert all(row[1].isdigit() for row in _cells(material))


def test_without_a_study_dropped_transcripts_are_told_where_to_go(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TRANSCRIPT)
    _drop(window, path)
    assert "study first" in window.start.message.sentence


def test_an_empty_study_offers_one_button(window: MainWindow, tmp_path: Path) -> None:
    from qda.models import Project

    window.open_project(Project.create(tmp_path / "neu.qdaproj"))
    assert window.findChild(QPushButton, "import_first").isVisible()


# -- documents and cases ------------------------------------------------------------------------------------


def test_a_document_is_put_into_a_case_by_its_list(study: MainWindow, material: Workspace) -> None:
    material.add_case("Fall A")
    guid = sources(_project(study))[0].guid
    material.choose_document(guid)
    choice = material.document.case
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert sources(_project(study))[0].case_name == "Fall A"
    index = material.tree.model().index(0, 0)
    assert (index.data(), index.model().index(0, 0, index).data()) == ("Fall A", "Interview A")


def test_a_document_dropped_on_a_group_goes_there_and_stays_in_its_case(
    study: MainWindow, material: Workspace
) -> None:
    assert study.desk is not None
    case = study.desk.do(add_case, name="Fall A")
    group = study.desk.do(add_group, name="Pretest")
    guid = sources(_project(study))[0].guid
    material.tree.put(guid, "case", case)
    material.tree.put(guid, "group", group)
    row = sources(_project(study))[0]
    assert (row.case, row.group) == (case, group)


def test_roles_and_cases_of_speakers_are_chosen_in_the_page(study: MainWindow, material: Workspace) -> None:
    guid = sources(_project(study))[0].guid
    material.choose_document(guid)
    role = material.document.findChild(type(material.document.kind), "speaker_role_1")
    assert role.currentData() == "respondent"
    role.setFocus()
    QTest.keyClick(role, Qt.Key.Key_Down)
    assert [s.role for s in speakers(_project(study), guid)] == ["interviewer", "left_out"]


def test_the_title_of_a_document_is_written_over_and_saved(
    study: MainWindow, material: Workspace, qtbot
) -> None:
    material.choose_document(sources(_project(study))[0].guid)
    material.tree.setFocus()
    QTest.keyClick(study, Qt.Key.Key_F2)
    assert QApplication.focusWidget() is material.document.title
    QTest.keyClicks(material.document.title, "Anfang")
    qtbot.waitUntil(lambda: sources(_project(study))[0].title == "Anfang", timeout=3000)


def test_a_document_is_removed_with_del_and_comes_back(study: MainWindow, material: Workspace) -> None:
    material.choose_document(sources(_project(study))[0].guid)
    material.tree.setFocus()
    study.refresh_actions()
    QTest.keyClick(material.tree, Qt.Key.Key_Delete)
    assert sources(_project(study)) == []
    QTest.mouseClick(study.findChild(QPushButton, "status_undo"), Qt.MouseButton.LeftButton)
    assert len(sources(_project(study))) == 1


def test_attributes_of_any_case_are_fields_at_every_case(study: MainWindow, material: Workspace) -> None:
    assert study.desk is not None
    first = study.desk.do(add_case, name="Fall A")
    second = study.desk.do(add_case, name="Fall B")
    study.desk.do(set_attribute, case=first, name="Umfang", value="50 %")
    study.desk.do(set_attribute, case=first, name="Seit", value="2016")
    material.show_documents()
    material.tree.choose("case", second)
    field = material.case.attributes.field("Umfang")
    assert field.text() == ""
    field.setFocus()
    QTest.keyClicks(field, "100 %")
    QTest.keyClick(field, Qt.Key.Key_Return)
    rows = {c.name: c.attributes for c in cases(_project(study))}
    assert rows == {"Fall A": {"Umfang": "50 %", "Seit": "2016"}, "Fall B": {"Umfang": "100 %"}}


def test_a_field_note_is_typed_and_taken_in(study: MainWindow, material: Workspace) -> None:
    material.new_document()
    dialog = material.findChild(NewDocumentDialog)
    assert not dialog.keep.isEnabled()
    QTest.keyClicks(dialog.title, "Sitzung am Montag")
    QTest.keyClicks(dialog.text, "Alle kamen zu spaet.")
    dialog.keep.click()
    row = next(s for s in sources(_project(study)) if s.title == "Sitzung am Montag")
    assert row.kind == "field_note"


def test_enter_on_a_document_opens_it_for_reading(study: MainWindow, material: Workspace) -> None:
    material.choose_document(sources(_project(study))[0].guid)
    QTest.keyClick(material.tree, Qt.Key.Key_Return)
    assert study.current_workspace == "open"
    assert study.desk is not None
    assert study.desk.source == sources(_project(study))[0].guid


# -- project sheet ------------------------------------------------------------------------------------------


def test_the_sheet_is_filled_in_by_keyboard_alone(study: MainWindow, material: Workspace, qtbot) -> None:
    study.action("show-sheet").trigger()
    focus = QApplication.focusWidget()
    assert focus is material.sheet.title
    QTest.keyClicks(focus, "!")
    QTest.keyClick(focus, Qt.Key.Key_Tab)  # template
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is material.sheet.questions.text
    QTest.keyClicks(QApplication.focusWidget(), "Was tun sie?")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)  # keep as version
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    while QApplication.focusWidget() is not material.sheet._fields["prior_knowledge"]:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "Nichts.")
    qtbot.waitUntil(
        lambda: project_sheet(_project(study)).fields["prior_knowledge"] == "Nichts.", timeout=3000
    )
    sheet = project_sheet(_project(study))
    assert sheet.title == "Koordination!"
    assert [text for text, _reason, _since in sheet.questions] == ["Was tun sie?"]
    assert study.windowTitle().startswith("Koordination!")


def test_a_new_wording_of_the_question_keeps_the_old_one_with_the_reason(
    study: MainWindow, material: Workspace
) -> None:
    material.show_sheet()
    questions = material.sheet.questions
    for text, reason in (("Was tun sie?", ""), ("Was folgt daraus?", "Folgen kamen ungefragt")):
        questions.text.setPlainText(text)
        questions.reason.setText(reason)
        QTest.mouseClick(questions.keep, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    rows = project_sheet(_project(study)).questions
    assert [(text, reason) for text, reason, _since in rows] == [
        ("Was tun sie?", ""),
        ("Was folgt daraus?", "Folgen kamen ungefragt"),
    ]


def test_a_section_at_the_left_leads_to_its_field(study: MainWindow, material: Workspace) -> None:
    material.show_sheet()
    sections = material.sections
    item = next(sections.item(i) for i in range(sections.count()) if sections.item(i).text() == "Own role")
    rect = sections.visualItemRect(item)
    QTest.mouseClick(sections.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert QApplication.focusWidget() is material.sheet._fields["own_role"]


def test_undo_shows_in_the_field_at_once(study: MainWindow, material: Workspace) -> None:
    material.show_sheet()
    field = material.sheet._fields["notes"]
    QTest.keyClicks(field, "Erst")
    field.flush()
    study.undo()
    assert field.toPlainText() == ""


def test_the_template_renames_the_workspaces(study: MainWindow, material: Workspace) -> None:
    material.show_sheet()
    choice = material.sheet.template
    choice.setCurrentIndex(choice.findData("free"))
    choice.activated.emit(choice.currentIndex())
    assert study.study.tabs.tabText(2) == "Focused coding"
