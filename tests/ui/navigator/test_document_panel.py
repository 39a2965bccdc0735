"""Documents and cases at the left."""

import pytest
from PySide6.QtCore import QModelIndex, Qt

from qda.coding import documents, material, open_coding
from qda.ui.navigator.document_model import ENTRY
from qda.ui.navigator.document_panel import DocumentPanel


@pytest.fixture
def panel(desk, qtbot):
    panel = DocumentPanel(desk)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def shown(model, above=None, depth=0):
    above = above or QModelIndex()
    found = []
    for at in range(model.rowCount(above)):
        index = model.index(at, 0, above)
        entry = index.data(ENTRY)
        found.append(f"{'  ' * depth}{entry.name}" + (f" {entry.count}" if entry.count else ""))
        found += shown(model, index, depth + 1)
    return found


def guid_of(desk, title):
    return next(row.guid for row in material.sources(desk.project) if row.title == title)


def test_documents_stand_in_their_cases_and_the_others_below(panel):
    assert shown(panel.model) == ["Fall A", "  Interview A 2", "Feldnotiz"]
    assert panel.tree.isExpanded(panel.model.index(0, 0))


def test_groups_hold_documents_without_a_case(panel, desk, qtbot):
    group = documents.add_group(desk.project, name="Feld")
    documents.move_to_group(desk.project, source=guid_of(desk, "Feldnotiz"), group=group)
    qtbot.waitUntil(lambda: shown(panel.model) == ["Fall A", "  Interview A 2", "Feld", "  Feldnotiz"])


def test_one_coding_more_changes_one_figure(panel, desk, qtbot):
    desk.source = guid_of(desk, "Interview A")
    coding = open_coding.code_passage(desk.project, source=desk.source, start=3, stop=7, code="Neu")
    qtbot.waitUntil(lambda: "  Interview A 3" in shown(panel.model))
    open_coding.remove_coding(desk.project, coding=coding)
    qtbot.waitUntil(lambda: "  Interview A 2" in shown(panel.model))


def test_enter_opens_a_document_and_a_case_is_told(panel, desk, qtbot):
    panel.tree.setCurrentIndex(panel.model.index_of(guid_of(desk, "Interview A")))
    with qtbot.waitSignal(desk.source_wanted) as wanted:
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)
    assert wanted.args == [guid_of(desk, "Interview A"), -1, -1]
    panel.tree.setCurrentIndex(panel.model.index(0, 0))
    with qtbot.waitSignal(desk.case_chosen):
        qtbot.keyClick(panel.tree, Qt.Key.Key_Return)


def test_del_removes_a_document_and_undo_brings_it_back(panel, desk, qtbot):
    before = shown(panel.model)
    panel.tree.setCurrentIndex(panel.model.index_of(guid_of(desk, "Interview A")))
    qtbot.keyClick(panel.tree, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shown(panel.model) == ["Fall A", "Feldnotiz"])
    desk.undo()
    qtbot.waitUntil(lambda: shown(panel.model) == before)


def test_the_menu_puts_a_document_into_a_case(panel, desk, qtbot):
    menu = panel.menu_of(guid_of(desk, "Feldnotiz"))
    inner = next(a.menu() for a in menu.actions() if a.menu())
    next(a for a in inner.actions() if a.text() == "Fall A").trigger()
    qtbot.waitUntil(lambda: shown(panel.model) == ["Fall A", "  Interview A 2", "  Feldnotiz"])


def test_a_case_is_renamed_in_place(panel, desk, qtbot):
    index = panel.model.index(0, 0)
    assert panel.model.setData(index, "Fall  A1 ", Qt.ItemDataRole.EditRole)
    qtbot.waitUntil(lambda: cases_of(desk) == ["Fall A1"])


def cases_of(desk):
    return [row.name for row in material.cases(desk.project)]
