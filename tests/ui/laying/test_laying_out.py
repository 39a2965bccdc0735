"""Laying out codes in the real window: digits, N, drag, naming, undo."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
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


def test_a_pile_moved_by_keys_lies_where_it_was_put_in_one_step_and_keeps_its_key(page, desk, qtbot):
    for _each in range(2):
        press(page, Qt.Key.Key_N)
    box = page.table.boxes[0]
    box.slips.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(box.slips, key, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(page.tidy.isEnabled)
    first, second = piles.piles(desk.project)
    assert first.x > 0 < first.y
    assert (second.x, second.y) == (0, 0)
    assert [box.key.text() for box in page.table.boxes if box.heap.is_pile] == ["Key 1", "Key 2"]
    desk.undo()
    assert [(pile.x, pile.y) for pile in piles.piles(desk.project)] == [(0, 0), (0, 0)]


def test_a_pile_dragged_by_its_head_lies_there_and_none_lies_on_it(page, desk):
    press(page, Qt.Key.Key_N)
    press(page, Qt.Key.Key_N)
    box = page.table.boxes[0]
    at = box.name.geometry().center()
    QTest.mousePress(box, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(box, at + QPoint(3, 30))
    QTest.mouseMove(box, at + QPoint(3, 30))
    QTest.mouseRelease(box, Qt.MouseButton.LeftButton, pos=at)
    QTest.qWait(30)
    first = piles.piles(desk.project)[0]
    assert first.y > 0
    areas = [box.geometry() for box in page.table.boxes if box.heap.is_pile]
    assert not areas[0].intersects(areas[1])
    page.tidy_button.click()
    assert [(pile.x, pile.y) for pile in piles.piles(desk.project)] == [(0, 0), (0, 0)]


def test_the_list_does_by_keys_what_the_table_does(page, desk):
    page.faces.setCurrentIndex(1)
    assert page.listing.isVisible()
    press(page, Qt.Key.Key_N)
    press(page, Qt.Key.Key_1)
    press(page, Qt.Key.Key_N)
    assert laid(desk) == [["hinfahren", "anrufen"], ["schreiben"]]
    listing = page.listing
    listing.setFocus()
    listing.setCurrentItem(listing.topLevelItem(0).child(1))
    QTest.keyClick(listing, Qt.Key.Key_2)
    QTest.qWait(20)
    assert laid(desk) == [["hinfahren"], ["schreiben", "anrufen"]]
    listing.setCurrentItem(listing.topLevelItem(1))
    QTest.keyClick(listing, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.qWait(20)
    assert laid(desk) == [["schreiben", "anrufen"], ["hinfahren"]]
    listing.setCurrentItem(listing.topLevelItem(0).child(0))
    QTest.keyClick(listing, Qt.Key.Key_Delete)
    QTest.qWait(20)
    assert laid(desk) == [["anrufen"], ["hinfahren"]]
    QTest.keyClick(listing, Qt.Key.Key_Return)
    QTest.qWait(20)
    assert page.naming.name.hasFocus()


def test_in_the_list_a_drop_lays_codes_on_the_line_s_pile_and_beside_all_lines_begins_one(page, desk):
    page.faces.setCurrentIndex(1)
    press(page, Qt.Key.Key_N)
    listing = page.listing
    guids = page.slips.guids()

    def let_fall(place, codes):
        data = codes_mime([(guid, "") for guid in codes])
        event = QDropEvent(
            QPointF(place),
            Qt.DropAction.MoveAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        listing.dropEvent(event)
        QTest.qWait(20)

    let_fall(listing.visualItemRect(listing.topLevelItem(0)).center(), guids[:1])
    assert laid(desk) == [["hinfahren", "anrufen"]]
    let_fall(QPoint(5, listing.viewport().height() - 5), guids[1:])
    assert laid(desk) == [["hinfahren", "anrufen"], ["schreiben", "warten"]]
    desk.undo()
    assert laid(desk) == [["hinfahren", "anrufen"]]


def test_table_or_list_is_kept_with_the_study(page, desk, study):
    page.faces.setCurrentIndex(1)
    study.rebuild()
    study.show_workspace("open")
    study.action("lay-out-codes").trigger()
    assert study.workspace("open").laying.as_list
