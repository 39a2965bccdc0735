"""Open coding in the real window, by keyboard alone and by mouse alone, each undone to its start."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from qda.coding import codes, material
from qda.exchange.importing import import_files
from qda.models import Project
from qda.ui.transcript import mime
from tests.acceptance.desk import (
    Key,
    Mod,
    choose,
    click,
    code_names,
    coded,
    cursor_to,
    drag,
    entry,
    place_of,
    press,
    row_place,
    settle,
    state,
    sweep,
    undo_all,
    write,
)

INTERVIEW = """I: Wie kommen Zusagen zustande?
B: Ohne Protokoll gibt’s mich nicht. Ich schütz mich mit Regeln. Das ist 😀 was anderes als Misstrauen.
I: Und wenn es eilt?
B: Dann ruf ich gar nicht erst die Abteilung an, da geh ich rüber. Kurzer Dienstweg nennen die das.
B: Und am nächsten Tag schreib ich es auf.
I: Wer hält das aus?
B: Die Leiterin hält mir den Rücken frei. Ohne die wär ich nach vier Wochen weg gewesen.
"""


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("QDA_SETTINGS", str(tmp_path / "settings.ini"))
    from qda.ui.app import build_main_window

    (tmp_path / "Interview B.txt").write_text(INTERVIEW, encoding="utf-8")
    project = Project.create(tmp_path / "study.qdaproj", title="Probe", coder="MK")
    import_files(project, [tmp_path / "Interview B.txt"])
    window = build_main_window(project)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    window.show_workspace("open")
    qtbot.waitUntil(lambda: window.workspace("open").pane.source != "")
    QTest.qWait(50)
    yield window
    window.close()


@pytest.fixture
def desk(window):
    return window.desk


@pytest.fixture
def workspace(window):
    return window.workspace("open")


@pytest.fixture
def view(workspace):
    workspace.pane.view.setFocus()
    return workspace.pane.view


def code_by_keys(workspace, view, desk):
    # select, type, Enter: a new code
    choose(view, "Ohne Protokoll gibt’s mich nicht")
    write("Regeln")
    assert workspace.pane.field.isVisible()
    press(Key.Key_Return)
    assert coded(desk) == [("Ohne Protokoll gibt’s mich nicht", "Regeln")]
    # a code below one that is there, and a second one for the same passage
    choose(view, "Ich schütz mich mit Regeln")
    press(Key.Key_Return)
    write("Regeln > sich schützen")
    press(Key.Key_Return, Mod.ShiftModifier)
    write("Haltung")
    press(Key.Key_Return)
    assert ("Ich schütz mich mit Regeln", "sich schützen") in coded(desk)
    assert ("Ich schütz mich mit Regeln", "Haltung") in coded(desk)
    assert [row.path for row in codes.codes(desk.project)][:2] == ["Regeln", "Regeln > sich schützen"]
    # code again with the last, behind an emoji: exactly these words
    choose(view, "was anderes als Misstrauen")
    press(Key.Key_L, Mod.ControlModifier)
    assert ("was anderes als Misstrauen", "Haltung") in coded(desk)
    # in vivo
    choose(view, "Kurzer Dienstweg")
    press(Key.Key_I, Mod.ControlModifier)
    assert ("Kurzer Dienstweg", "Kurzer Dienstweg") in coded(desk)


def change_by_keys(view, desk):
    # the whole answer by one key
    cursor_to(view, "Und wenn es eilt")
    press(Key.Key_A, Mod.ControlModifier | Mod.ShiftModifier)
    write("übergehen")
    press(Key.Key_Return)
    answer = next(words for words, name in coded(desk) if name == "übergehen")
    assert answer.startswith("Dann ruf ich") and answer.endswith("schreib ich es auf.")
    # shorten and lengthen the coding set apart by words
    press(Key.Key_Left, Mod.AltModifier | Mod.ShiftModifier)
    assert next(words for words, name in coded(desk) if name == "übergehen").endswith("schreib ich es")
    press(Key.Key_Down, Mod.AltModifier | Mod.ShiftModifier)
    assert next(words for words, name in coded(desk) if name == "übergehen").startswith("ruf ich")
    # a comment, saved when one goes back to the text
    press(Key.Key_E, Mod.ControlModifier)
    write("auch beim Jobcenter?")
    press(Key.Key_Escape)
    assert QApplication.focusWidget() is view
    comments = {row.comment for row in codes.codings(desk.project)}
    assert "auch beim Jobcenter?" in comments
    # to the previous coding, which is taken off again
    press(Key.Key_F8, Mod.ShiftModifier)
    before = len(coded(desk))
    press(Key.Key_Delete)
    assert len(coded(desk)) == before - 1


def file_by_keys(workspace, view, desk):
    # the tree: rename in place, code the selection from it
    workspace.codes.focus_tree()
    workspace.codes.tree.choose(next(r.guid for r in codes.codes(desk.project) if r.name == "Haltung"))
    press(Key.Key_F2)
    editor = workspace.codes.tree.findChild(QLineEdit, "rename")
    assert editor is not None and editor.text() == "Haltung"
    editor.selectAll()
    QTest.keyClicks(editor, "Haltung zu Regeln")
    QTest.keyClick(editor, Key.Key_Return)
    settle()
    assert "Haltung zu Regeln" in code_names(desk)
    view.setFocus()
    choose(view, "Die Leiterin hält mir den Rücken frei")
    workspace.codes.focus_tree()
    press(Key.Key_Return)
    assert ("Die Leiterin hält mir den Rücken frei", "Haltung zu Regeln") in coded(desk)


def test_a_session_by_keyboard_alone_and_back_again(window, workspace, view, desk):
    start = state(desk.project)
    code_by_keys(workspace, view, desk)
    change_by_keys(view, desk)
    file_by_keys(workspace, view, desk)
    undo_all(desk, start)
    settle()
    assert workspace.codes.model.rowCount() == 0
    assert len(view._marks) == 0


def drag_codes_and_passages(panel, view, desk, guids):
    # a code dragged onto the selection, and onto a turn
    sweep(view, "Ohne Protokoll gibt’s mich nicht")
    assert view.selected_span() is not None
    target = place_of(view, view.text.index("Protokoll"))
    assert drag(view, mime.code_mime(guids["Regeln"], "Regeln"), target)
    assert coded(desk) == [("Ohne Protokoll gibt’s mich nicht", "Regeln")]
    target = place_of(view, view.text.index("Rücken"))
    assert drag(view, mime.code_mime(guids["Wege"], "Wege"), target)
    assert coded(desk)[-1][1] == "Wege"
    assert coded(desk)[-1][0].startswith("Die Leiterin")
    # the selection dragged onto a code
    sweep(view, "Kurzer Dienstweg")
    span = view.createMimeDataFromSelection()
    index = panel.model.index_of(guids["Wege"])
    assert drag(panel.tree, span, row_place(panel.tree, index))
    assert ("Kurzer Dienstweg", "Wege") in coded(desk)
    # a code dragged onto another stands below it; nothing is merged
    rows = len(codes.codes(desk.project))
    index = panel.model.index_of(guids["Verbindlichkeit"])
    assert drag(panel.tree, mime.code_mime(guids["Regeln"]), row_place(panel.tree, index))
    assert len(codes.codes(desk.project)) == rows
    assert "Verbindlichkeit > Regeln" in [row.path for row in codes.codes(desk.project)]
    # and not onto what stands below itself
    settle()
    panel.tree.expandAll()
    index = panel.model.index_of(guids["Regeln"])
    assert not drag(panel.tree, mime.code_mime(guids["Verbindlichkeit"]), row_place(panel.tree, index))


def change_a_coding_by_mouse(workspace, view, desk):
    pane = workspace.pane
    # a click on a coding sets it apart; its buttons recode and remove
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        Mod.NoModifier,
        place_of(view, view.text.index("Dienstweg")),
    )
    settle()
    assert desk.coding and workspace.inspector.page is workspace.inspector.coding
    click(workspace.inspector.coding, "recode")
    assert pane.field.isVisible()
    field_rows = [pane.field.model.row(pane.field.model.index(i)) for i in range(pane.field.model.rowCount())]
    at = next(i for i, row in enumerate(field_rows) if row.name == "Regeln")
    place = pane.field.list.visualRect(pane.field.model.index(at)).center()
    QTest.mouseClick(pane.field.list.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, place)
    assert ("Kurzer Dienstweg", "Regeln") in coded(desk)
    # its end dragged to the word behind
    settle()
    end = view.text.index("Kurzer Dienstweg") + len("Kurzer Dienstweg")
    cursor = QTextCursor(view.document())
    cursor.setPosition(view._shown.to_unit(end))
    grip = view.cursorRect(cursor).center()
    further = place_of(view, view.text.index("nennen") + 3)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, grip)
    QTest.mouseMove(view.viewport(), further)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, further)
    assert ("Kurzer Dienstweg nennen", "Regeln") in coded(desk)
    settle()
    click(workspace.inspector.coding, "remove_coding")
    assert "Kurzer Dienstweg nennen" not in [words for words, _code in coded(desk)]


def change_a_code_by_mouse(panel, desk, guids):
    # the menu of a code: a category, another colour, gone
    menu = panel.menu_of(guids["Wege"], QPoint(0, 0))
    entry(menu, "category").trigger()
    assert next(r for r in codes.codes(desk.project) if r.guid == guids["Wege"]).kind == "category"
    panel.acts.ask_colour(guids["Wege"], QPoint(10, 10))
    grid = panel.findChild(QWidget, "colours")
    click(grid, "colour_11")
    assert next(r for r in codes.codes(desk.project) if r.guid == guids["Wege"]).own_colour == 11
    menu = panel.menu_of(guids["Wege"], QPoint(0, 0))
    entry(menu, "Remove").trigger()
    assert "Wege" not in code_names(desk)


def test_a_session_by_mouse_alone_and_back_again(window, workspace, view, desk):
    start = state(desk.project)
    panel = workspace.codes
    for name in ("Verbindlichkeit", "Regeln", "Wege"):
        made = panel.acts.make(name)
        assert made
    settle()
    guids = {row.name: row.guid for row in codes.codes(desk.project)}
    drag_codes_and_passages(panel, view, desk, guids)
    change_a_coding_by_mouse(workspace, view, desk)
    change_a_code_by_mouse(panel, desk, guids)
    undo_all(desk, start)


def test_merging_shows_what_moves_and_keeps_the_reason(window, workspace, view, desk):
    acts = workspace.codes.acts
    one, other = acts.make("Regeln"), acts.make("Vorschriften")
    acts.make("Satzung", one)
    start, stop = view.text.index("Regeln"), view.text.index("Regeln") + 6
    for code in (one, other):
        view.select_span(start, stop)
        workspace.pane.code_with(code)
    acts.ask_merge(one)
    dialog = window.findChild(QWidget, "merge_codes")
    QTest.keyClicks(dialog.picker.line, "Vorsch")
    words = dialog.findChild(QLabel, "merge_preview").text()
    assert "1 coding" in words and "1 code below" in words and "joins" in words
    QTest.keyClicks(dialog.note, "derselbe Gedanke")
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert code_names(desk) == ["Vorschriften", "Satzung"]
    assert coded(desk) == [("Regeln", "Vorschriften")]
    from qda.coding.memo_queries import memos

    assert [m.body for m in memos(desk.project)] == ["derselbe Gedanke"]
    desk.undo()
    assert set(code_names(desk)) == {"Regeln", "Satzung", "Vorschriften"}


def test_what_theory_stands_on_is_not_removed_and_the_sentence_is_shown(window, workspace, desk):
    from qda.coding.selective import choose_core

    core = workspace.codes.acts.make("Verbindlichkeit herstellen")
    desk.do(choose_core, code=core)
    workspace.codes.acts.remove(core)
    assert "core category" in window.study.message.sentence
    assert code_names(desk) == ["Verbindlichkeit herstellen"]


def test_a_citation_is_copied_as_formatted_and_as_plain_text(window, workspace, view, desk):
    choose(view, "Kurzer Dienstweg")
    press(Key.Key_C, Mod.ControlModifier | Mod.ShiftModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "“Kurzer Dienstweg” (Interview B, para. 4)"
    assert "“Kurzer Dienstweg” <span>(Interview B, para. 4)</span>" in data.html()


def test_search_in_all_leads_to_the_text(window, workspace, view, desk, qtbot):
    press(Key.Key_F, Mod.ControlModifier | Mod.ShiftModifier)
    assert QApplication.focusWidget() is workspace.results.line
    write("ruecken")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: view.selected_span() is not None)
    assert [hit.paragraph for hit in workspace.results.hits] == ["7"]
    span = view.selected_span()
    assert view.text[span.start : span.stop] == "Rücken"
    press(Key.Key_Escape)
    assert QApplication.focusWidget() is view


def test_the_place_of_reading_is_kept_for_each_document(window, workspace, view, desk):
    from qda.coding.documents import add_document

    first = desk.source
    other = desk.do(add_document, title="Postskript", text="Es hat geregnet.\nDanach nicht mehr.")
    cursor_to(view, "Rücken")
    place = view.current_position()
    desk.source_wanted.emit(other, -1, -1)
    assert view.text.startswith("Es hat")
    desk.source_wanted.emit(first, -1, -1)
    assert view.current_position() == place


def test_the_definition_is_saved_as_it_is_typed(window, workspace, desk, qtbot):
    code = workspace.codes.acts.make("Wege")
    settle()
    press(Key.Key_D, Mod.ControlModifier)
    field = workspace.inspector.code.fields["definition"]
    assert QApplication.focusWidget() is field
    write("am Verfahren vorbei")

    def saved():
        return next(r for r in codes.codes(desk.project) if r.guid == code).definition

    assert saved() == ""
    qtbot.waitUntil(lambda: saved() == "am Verfahren vorbei", timeout=3000)
    desk.undo()
    qtbot.waitUntil(lambda: field.toPlainText() == "", timeout=3000)


def test_typical_passage_and_property_value_follow_the_coding_set_apart(window, workspace, view, desk):
    from qda.coding.properties import add_property

    code = workspace.codes.acts.make("Regeln")
    prop = desk.do(
        add_property, code=code, name="Grundlage", pole_from="Beziehung", pole_to="Beschluss", places=[]
    )
    start = view.text.index("Ohne Protokoll")
    view.select_span(start, start + 14)
    workspace.pane.code_with(code)
    settle()
    window.action("choose-typical").trigger()
    row = codes.codes(desk.project)[0]
    assert material.segment(desk.project, row.typical).text == "Ohne Protokoll"
    settle()
    from qda.ui.open_coding.dimension import DimensionBar

    bar = next(b for b in workspace.inspector.coding.findChildren(DimensionBar) if b.isVisible())
    bar.setFocus()
    press(Key.Key_Right)
    assert [(v.property, v.value) for v in codes.property_values(desk.project)] == [(prop, "Beziehung")]
    settle()
    bar = next(b for b in workspace.inspector.coding.findChildren(DimensionBar) if b.isVisible())
    assert bar.hasFocus()
    press(Key.Key_Right)
    assert [v.value for v in codes.property_values(desk.project)] == ["Beschluss"]


def test_every_control_can_be_reached_and_is_named(window, workspace, view, desk):
    code = workspace.codes.acts.make("Regeln")
    view.select_span(view.text.index("Regeln"), view.text.index("Regeln") + 6)
    workspace.pane.code_with(code)
    for guid in ("", desk.coding):
        desk.coding_chosen.emit(guid)
        settle()
        unnamed = [
            (w.metaObject().className(), w.objectName())
            for w in workspace.findChildren(QWidget)
            if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and not (name_of(w))
        ]
        assert unnamed == []


def name_of(widget):
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""
