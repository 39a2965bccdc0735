"""Laying out codes in the real window: digits, N, drag, naming, undo."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from qda.coding import codebook, codes, memo_queries, piles
from qda.ui.navigator.several import codes_mime


@pytest.fixture
def desk(study):
    for name in ("hinfahren", "anrufen", "schreiben", "warten"):
        codebook.add_code(study.project, name=name)
    codebook.add_code(study.project, name="Dienstweg", kind="category")
    return study.desk


@pytest.fixture
def page(study, desk):
    study.show_workspace("open")
    study.action("lay-out-codes").trigger()
    found = study.workspace("open").laying
    assert found.isVisible()
    return found


def laid(desk):
    return [[one.name for one in pile.codes] for pile in piles.piles(desk.project)]


def names(page):
    return [page.slips.item(at).text() for at in range(page.slips.count())]


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(page.slips, key, modifier)
    QTest.qWait(20)


def drop(widget, codes_dropped):
    data = codes_mime([(guid, "") for guid in codes_dropped])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    widget.dropEvent(event)
    QTest.qWait(20)
    return event.isAccepted()


def test_concepts_that_stand_nowhere_wait_at_the_left_and_the_focus_is_on_them(page):
    assert names(page) == ["hinfahren", "anrufen", "schreiben", "warten"]
    assert page.slips.hasFocus()
    assert page.table.empty.isVisible()


def test_n_begins_a_pile_and_a_digit_lays_the_next_code_on_it(page, desk):
    press(page, Qt.Key.Key_N)
    assert laid(desk) == [["hinfahren"]]
    press(page, Qt.Key.Key_1)
    assert laid(desk) == [["hinfahren", "anrufen"]]
    assert names(page) == ["schreiben", "warten"]
    assert not page.table.empty.isVisible()


def test_a_digit_without_a_pile_changes_nothing_and_says_so(page, desk):
    told = []
    desk.told.connect(told.append)
    press(page, Qt.Key.Key_7)
    assert laid(desk) == []
    assert "7" in told[-1]


def test_undo_in_the_bar_takes_the_last_code_back_and_redo_lays_it_again(page, desk, study):
    press(page, Qt.Key.Key_N)
    press(page, Qt.Key.Key_1)
    study.action("undo").trigger()
    QTest.qWait(20)
    assert laid(desk) == [["hinfahren"]]
    assert names(page) == ["anrufen", "schreiben", "warten"]
    study.action("redo").trigger()
    QTest.qWait(20)
    assert laid(desk) == [["hinfahren", "anrufen"]]


def test_control_and_a_digit_file_a_code_below_a_category(page, desk):
    press(page, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert "Dienstweg > hinfahren" in [row.path for row in codes.codes(desk.project)]
    assert names(page) == ["anrufen", "schreiben", "warten"]


def test_several_codes_dropped_begin_a_pile_or_join_one_in_one_step(page, desk):
    guids = page.slips.guids()
    assert drop(page.table.new, guids[:2])
    assert laid(desk) == [["hinfahren", "anrufen"]]
    assert drop(page.table.boxes[0], guids[2:])
    assert laid(desk) == [["hinfahren", "anrufen", "schreiben", "warten"]]
    desk.undo()
    assert laid(desk) == [["hinfahren", "anrufen"]]
    QTest.qWait(20)
    assert drop(page.slips, guids[:1])
    assert laid(desk) == [["anrufen"]]


def test_del_takes_a_code_off_its_pile_and_the_code_stays(page, desk):
    press(page, Qt.Key.Key_N)
    box = page.table.boxes[0]
    box.slips.setFocus()
    QTest.keyClick(box.slips, Qt.Key.Key_Delete)
    QTest.qWait(20)
    assert laid(desk) == [[]]
    assert "hinfahren" in names(page)


def test_a_named_pile_becomes_a_category_with_a_code_note_and_a_property_in_one_step(page, desk):
    press(page, Qt.Key.Key_N)
    press(page, Qt.Key.Key_1)
    press(page, Qt.Key.Key_Return)
    name = page.findChild(QLineEdit, "pile_name")
    assert name.hasFocus()
    QTest.keyClicks(name, "Unterwegs sein")
    page.findChild(QPlainTextEdit, "pile_why").setPlainText("Beide Male geht jemand hin.")
    page.findChild(QLineEdit, "pile_property").setText("Aufwand")
    page.findChild(QPushButton, "make_category").click()
    QTest.qWait(20)
    made = {row.path: row for row in codes.codes(desk.project)}
    assert made["Unterwegs sein"].kind == "category"
    assert {"Unterwegs sein > hinfahren", "Unterwegs sein > anrufen"} <= set(made)
    assert [p.name for p in codes.properties(desk.project, made["Unterwegs sein"].guid)] == ["Aufwand"]
    assert any("Beide Male" in memo.body for memo in memo_queries.memos(desk.project))
    assert laid(desk) == []
    desk.undo()
    QTest.qWait(20)
    assert laid(desk) == [["hinfahren", "anrufen"]]
    assert "Unterwegs sein" not in [row.path for row in codes.codes(desk.project)]


def test_what_is_typed_for_a_pile_waits_while_another_is_in_hand(page, desk):
    press(page, Qt.Key.Key_N)
    press(page, Qt.Key.Key_N)
    first, second = (box.heap.guid for box in page.table.boxes[:2])
    page.take_in_hand(first)
    page.naming.name.setText("halb")
    page.take_in_hand(second)
    assert page.naming.name.text() == ""
    page.take_in_hand(first)
    assert page.naming.name.text() == "halb"


def test_a_pile_without_a_name_cannot_become_a_category(page):
    press(page, Qt.Key.Key_N)
    assert not page.naming.make.isEnabled()
    page.naming.name.setText("etwas")
    assert page.naming.make.isEnabled()


def test_escape_leads_back_to_the_text(page, study):
    press(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert study.workspace("open").pane.isVisible()


def test_everything_to_act_on_has_a_name(page):
    press(page, Qt.Key.Key_N)
    for kind in (QPushButton, QLineEdit, QPlainTextEdit):
        for widget in (one for one in page.findChildren(kind) if one.isVisible()):
            assert widget.objectName() or widget.parent().objectName(), widget
            assert widget.accessibleName(), widget.objectName()
    assert all(box.slips.accessibleName() for box in page.table.boxes)
