"""From categories to a theory in the real window: by keyboard alone, by mouse on the board, and back."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import time

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QTextEdit,
)
from sqlalchemy import text

from qda.coding import axial, cases, codebook, codes, documents, open_coding, selective, theory
from qda.coding.story_text import Reference, parse
from qda.models import Project
from qda.ui.board.scene import MIME_CODE

Key, Mod = Qt.Key, Qt.KeyboardModifier
INTERVIEW = """I: How do you keep them together?
B: I call them up, one by one. Thirty-four people. When I was ill nothing happened at all.
I: And the clubs?
B: They stayed once there was a room. Flowers alone they did not want.
B: The mayor came once. Then the heads of the offices came too.
"""
CODED = {
    "calling up": ["I call them up, one by one.", "Thirty-four people."],
    "irreplaceable": ["When I was ill nothing happened at all."],
    "backing": ["The mayor came once."],
    "clubs stay": ["They stayed once there was a room.", "Flowers alone they did not want."],
    "holding together": ["Then the heads of the offices came too."],
}
TABLES = (
    *("code", "segment", "coding", "paradigm_model", "model_slot", "placement", "relation"),
    *("relation_condition", "evidence", "evidence_segment", "counter_search", "core_category", "story"),
)


def state(project):
    """All rows of the theory by table; a row's number in the file is no part of it."""
    found = {}
    with project.read() as db:
        for table in TABLES:
            rows = db.execute(text(f"SELECT * FROM {table} ORDER BY guid")).mappings()
            found[table] = [tuple((k, v) for k, v in row.items() if k != "id") for row in rows]
    return found


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("QDA_SETTINGS", str(tmp_path / "settings.ini"))
    from qda.ui.app import build_main_window

    project = Project.create(
        tmp_path / "study.qdaproj", title="Trial", coder="MK", language="en", template="hajji"
    )
    source = documents.add_document(project, title="Interview A", text=INTERVIEW, kind="interview")
    case = cases.add_case(project, name="A")
    documents.set_source_case(project, source=source, case=case)
    stored = INTERVIEW.strip()
    for name, passages in CODED.items():
        for words in passages:
            start = stored.index(words)
            open_coding.code_passage(project, source=source, start=start, stop=start + len(words), code=name)
    window = build_main_window(project)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    yield window
    window.close()


@pytest.fixture
def project(window):
    return window.desk.project


def focus():
    """What a key goes to."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup
    return QApplication.focusWidget() or QApplication.activeWindow()


def press(*keys, modifier=Mod.NoModifier):
    for key in keys:
        back_to_the_window()
        QTest.keyClick(focus(), key, modifier)
        QApplication.processEvents()


def back_to_the_window():
    """A window manager gives the keyboard back when a dialog closes; without a screen nobody does."""
    active = QApplication.activeWindow()
    if active is None or not active.isVisible():
        for top in QApplication.topLevelWidgets():
            if top.objectName() == "main" and top.isVisible():
                top.activateWindow()
        QApplication.processEvents()


def write(words):
    back_to_the_window()
    QTest.keyClicks(focus(), words)
    QApplication.processEvents()


def tab_to(widget):
    """Goes on by Tab until the widget has the keyboard."""
    for _step in range(90):
        if QApplication.focusWidget() is widget:
            return
        press(Key.Key_Tab)
    pytest.fail(f"no Tab leads to {widget.objectName()}")


def guid_of(project, name):
    return next(row.guid for row in codes.codes(project) if row.name == name)


def undo_all(project, start):
    for _step in range(60):
        if state(project) == start:
            return
        assert project.undo_label(), "the start was not reached"
        press(Key.Key_Z, modifier=Mod.ControlModifier)
    pytest.fail("Ctrl+Z did not lead back to the start")


def model_by_keys(window):
    """A model with its phenomenon, by keys."""
    window.show_workspace("axial")
    QApplication.processEvents()
    assert focus().objectName() == "first_model"
    press(Key.Key_Space)
    write("Holding actors together")
    press(Key.Key_Return)
    workspace = window.workspace("axial")
    back_to_the_window()
    assert focus().objectName() == "choose_phenomenon"
    press(Key.Key_Space)
    write("holding")
    press(Key.Key_Return)
    return workspace


def placed_and_related_by_keys(workspace, project):
    tab_to(workspace.panel.unplaced)
    press(Key.Key_Home)
    assert workspace.panel.unplaced.choice.words == "calling up"
    press(Key.Key_2, modifier=Mod.ControlModifier)
    names = [choice.words for choice in workspace.panel.unplaced.choices.rows]
    press(Key.Key_Home, *[Key.Key_Down] * names.index("irreplaceable"))
    press(Key.Key_3, modifier=Mod.ControlModifier)
    placed = {row.code_name: row.slot_key for row in theory.placements(project)}
    assert placed == {"calling up": "strategies", "irreplaceable": "consequences"}

    press(Key.Key_T, modifier=Mod.ControlModifier | Mod.ShiftModifier)
    workspace.focus_first()
    press(Key.Key_B)
    write("calling up")
    press(Key.Key_Tab)
    press(Key.Key_6)
    write("irreplaceable")
    press(Key.Key_Tab)
    write("Calling up makes irreplaceable")
    press(Key.Key_Return)
    relation = theory.relations(project)[0]
    assert (relation.from_name, relation.type, relation.to_name, relation.statement) == (
        "calling up",
        "leads_to",
        "irreplaceable",
        "Calling up makes irreplaceable",
    )
    return relation


def all_passages_by_keys(workspace):
    """From the passages nearby to those of both codes; the list comes from a thread."""
    picker = workspace.findChild(QDialog, "picker")
    if picker.scope.key == "near":
        tab_to(picker.findChild(QAbstractButton, "picker_scope_near"))
        press(Key.Key_Right)
    until = time.monotonic() + 10
    while len(picker.list.choices.rows) < 3 and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)
    tab_to(picker.list)


def judged_by_keys(workspace, project, relation):
    press(Key.Key_V)
    all_passages_by_keys(workspace)
    press(Key.Key_S, Key.Key_W, Key.Key_K, Key.Key_E)
    press(Key.Key_Escape)
    pieces = theory.evidence(project, relation.guid)
    assert [(piece.polarity, piece.kind) for piece in pieces] == [
        ("supporting", "spoken"),
        ("contradicting", "spoken"),
        ("qualifying", "inferred"),
    ]

    table = workspace.tables.relations
    tab_to(table)
    table.setCurrentIndex(table.grid.index(0, table.column_named("status")))
    press(Key.Key_F2)
    choice = table.findChild(QComboBox, "cell_choice")
    choice.hidePopup()  # QTest cannot reach Qt's own list; the closed box takes the same keys
    QTest.keyPress(choice, Key.Key_Down)
    QApplication.processEvents()
    assert theory.relations(project)[0].status == "supported"
    assert table.grid.rows[0].status == "supported"

    tab_to(workspace.tables.evidence)
    press(Key.Key_Home, Key.Key_W)
    press(Key.Key_Delete)
    assert len(theory.evidence(project, relation.guid)) == 2


def test_a_model_is_built_and_undone_by_keyboard_alone(window, project):
    start = state(project)
    workspace = model_by_keys(window)
    model = theory.models(project)[0]
    assert (model.name, model.template, model.phenomenon_name) == (
        "Holding actors together",
        "hajji",
        "holding together",
    )

    relation = placed_and_related_by_keys(workspace, project)
    judged_by_keys(workspace, project, relation)
    undo_all(project, start)
    assert workspace.model is None
    assert focus() is not None


def drag(view, start, end):
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def drop_code(view, guid, at):
    data = QMimeData()
    data.setData(MIME_CODE, guid.encode())
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    view.dragEnterEvent(QDragEnterEvent(at, copy, data, left, Mod.NoModifier))
    view.dropEvent(QDropEvent(QPointF(at), copy, data, left, Mod.NoModifier))


def slot_middle(board, key):
    box = next(one for one in board.scene.layout_shown.slots if one.slot.key == key)
    return board.view.mapFromScene(box.ground.center())


def test_the_board_places_relates_and_takes_evidence_by_mouse(window, project, qtbot):
    model = axial.add_model(
        project, name="Board", template="hajji", phenomenon=guid_of(project, "holding together")
    )
    start = state(project)
    window.show_workspace("axial")
    workspace = window.workspace("axial")
    board = workspace.board
    board.view.relayout()
    calling, stay = guid_of(project, "calling up"), guid_of(project, "clubs stay")
    drop_code(board.view, calling, slot_middle(board, "strategies"))
    drop_code(board.view, stay, slot_middle(board, "consequences"))
    assert {row.code_name for row in theory.placements(project, model)} == {"calling up", "clubs stay"}

    card = board.scene.rect_of(("card", calling))
    edge = board.view.mapFromScene(QPointF(card.right(), card.center().y()))
    target = board.view.mapFromScene(board.scene.rect_of(("card", stay)).center())
    drag(board.view, edge, target)
    dialog = workspace.findChild(object, "relation_dialog")
    assert (dialog.start.key, dialog.end.key) == (calling, stay)
    QTest.keyClick(dialog.types, Key.Key_3)
    QTest.keyClicks(dialog.statement, "Calling up keeps the clubs")
    QTest.mouseClick(dialog.findChild(QAbstractButton, "accept"), Qt.MouseButton.LeftButton)
    relation = theory.relations(project)[0]
    assert (relation.type, relation.statement) == ("furthers", "Calling up keeps the clubs")
    assert workspace.relation.guid == relation.guid

    source = codes.codings(project)[0].segment.source
    window.desk.span_chosen.emit(source, 10, 20)
    for polarity in ("supporting", "contradicting", "qualifying"):
        button = workspace.page.adding.findChild(QAbstractButton, f"add_{polarity}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert theory.relations(project)[0].contradicting == 1
    modified = workspace.page.head.status.button("modified")
    QTest.mouseClick(modified, Qt.MouseButton.LeftButton)
    assert theory.relations(project)[0].status == "modified"
    undo_all(project, start)
    assert board.view.figure.arrows == ()


def test_references_of_the_story_line_survive_rename_and_undo(window, project):
    selective.choose_core(project, code=guid_of(project, "holding together"))
    window.show_workspace("selective")
    workspace = window.workspace("selective")
    edit = workspace.line
    edit.setFocus()
    start = state(project)
    write("She keeps ")
    press(Key.Key_At)
    write("calling")
    press(Key.Key_Return)
    assert focus() is edit
    write(" for ever")
    edit.flush()
    calling = guid_of(project, "calling up")
    assert theory.story(project, "story_line") == f"She keeps [calling up](code:{calling}) for ever"

    codebook.rename_code(project, code=calling, name="phoning")
    assert "phoning for ever" in edit.toPlainText()
    edit.flush()
    assert theory.story(project, "story_line") == f"She keeps [phoning](code:{calling}) for ever"
    edit.setFocus()
    undo_all(project, start)
    assert edit.toPlainText() == ""
    for _step in range(20):
        press(Key.Key_Z, modifier=Mod.ControlModifier | Mod.ShiftModifier)
    references = [p for p in parse(theory.story(project, "story_line")) if isinstance(p, Reference)]
    assert [(one.words, one.target) for one in references] == [("phoning", calling)]
    assert "She keeps phoning for ever" in edit.toPlainText()


def test_a_quotation_is_put_in_by_keys_and_cited(window, project):
    window.show_workspace("selective")
    edit = window.workspace("selective").line
    edit.setFocus()
    press(Key.Key_Greater)
    write("flowers")
    press(Key.Key_Return)
    edit.flush()
    reference = next(p for p in parse(theory.story(project, "story_line")) if isinstance(p, Reference))
    assert (reference.kind, reference.words) == ("segment", "“Flowers alone they did not want.”")
    assert "Interview A, para. 4. Wording as in the source." in edit.toPlainText()


@pytest.mark.parametrize("key", ["axial", "selective"])
def test_everything_that_can_be_reached_has_a_name(window, project, key):
    model = axial.add_model(project, name="Model", phenomenon=guid_of(project, "holding together"))
    calling, stay = guid_of(project, "calling up"), guid_of(project, "clubs stay")
    axial.place_code(project, model=model, code=calling, slot="strategies")
    relation = axial.relate_codes(project, model=model, from_code=calling, to_code=stay, type="furthers")
    selective.choose_core(project, code=calling)
    window.show_workspace(key)
    workspace = window.workspace(key)
    if key == "axial":
        workspace.show_relation(relation)
    for view in ("board", "table") if key == "axial" else ("",):
        if view:
            workspace.show_view(view)
        QApplication.processEvents()
        unnamed = [
            f"{type(widget).__name__} {widget.objectName()!r}"
            for kind in (QAbstractButton, QLineEdit, QTextEdit, QComboBox, QAbstractItemView)
            for widget in workspace.findChildren(kind)
            if widget.isVisible()
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not (
                widget.objectName()
                and QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
            )
        ]
        assert unnamed == []


def test_the_table_reads_every_cell_of_a_relation_to_a_screen_reader(window, project):
    model = axial.add_model(project, name="Model", phenomenon=guid_of(project, "holding together"))
    axial.relate_codes(
        project,
        model=model,
        from_code=guid_of(project, "backing"),
        to_code=guid_of(project, "clubs stay"),
        type="furthers",
    )
    window.show_workspace("axial")
    workspace = window.workspace("axial")
    workspace.show_view("table")
    table = workspace.tables.relations
    read = [
        table.grid.data(table.grid.index(0, column), Qt.ItemDataRole.AccessibleTextRole)
        for column in range(table.grid.columnCount())
    ]
    assert "From: backing" in read
    assert "To: clubs stay" in read
    assert "Status: Supposed" in read
