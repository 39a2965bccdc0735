"""How far the turns are: read while they stand in view, coded, left uncoded; signs, counts, keys."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from qda.coding.reading import turn_states


def _states(coding):
    return [turn.state for turn in turn_states(coding.project, coding.source)]


@pytest.fixture
def unread(coding):
    """All turns unread; what stands in view is noted only when a test asks."""
    coding.pane.progress._still.setInterval(10**6)
    coding.pane.progress._still.stop()
    assert _states(coding) == ["unread"] * 4
    return coding


def test_what_stands_in_view_for_a_while_is_read_and_counted(coding, qtbot):
    coding.pane.progress._still.setInterval(50)
    coding.pane.progress._still.start()
    qtbot.waitUntil(lambda: _states(coding) == ["read"] * 4)
    label = coding.workspace.inspector.findChild(QLabel, "reading_counts")
    qtbot.waitUntil(lambda: label.text() == "4 read")


def test_a_window_that_is_not_in_use_reads_nothing(unread):
    unread.window.hide()
    unread.pane.progress.note_read()
    assert _states(unread) == ["unread"] * 4


def test_reading_is_no_act_and_nothing_to_undo(unread):
    before = unread.window.undo_label()
    unread.pane.progress.note_read()
    assert _states(unread) == ["read"] * 4
    assert unread.window.undo_label() == before


def test_the_key_leaves_the_turn_uncoded_and_takes_it_back(unread):
    unread.go("Zusagen")
    QTest.keyClick(unread.view, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert _states(unread)[1] == "uncoded"
    assert unread.told[-1] == "The turn is left uncoded on purpose."
    unread.go("Zusagen")
    QTest.keyClick(unread.view, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert _states(unread)[1] == "unread"


def test_leaving_a_turn_uncoded_is_undone(unread):
    unread.go("Zusagen")
    unread.run("mark-uncoded")
    unread.window.undo()
    assert _states(unread)[1] == "unread"


def test_a_coded_turn_is_not_left_uncoded(unread, qtbot):
    unread.code("Zusagen", "Absichern")
    qtbot.waitUntil(lambda: unread.view.turn_sign(1) == "coded")
    unread.go("Zusagen")
    unread.run("mark-uncoded")
    assert unread.told[-1] == "This turn has a coding already."
    assert _states(unread)[1] == "coded"


def test_the_menu_of_the_place_leaves_the_turn_uncoded(unread):
    unread.go("Ruhe")
    acts = {act.text().replace("&", ""): act for act in unread.pane.menu_of("").actions()}
    acts["Leave turn uncoded"].trigger()
    assert _states(unread)[3] == "uncoded"


def test_a_key_goes_from_one_unread_turn_to_the_next(unread):
    unread.pane.progress.note_read()
    for words in ("Zusagen", "Ruhe"):
        unread.go(words)
        unread.run("mark-unread")
    unread.go("Wie kam")
    QTest.keyClick(unread.view, Qt.Key.Key_F9)
    assert unread.view.current_paragraph().number == "2"
    QTest.keyClick(unread.view, Qt.Key.Key_F9)
    assert unread.view.current_paragraph().number == "4"
    QTest.keyClick(unread.view, Qt.Key.Key_F9)
    assert unread.told[-1] == "No unread turn below."
    QTest.keyClick(unread.view, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert unread.view.current_paragraph().number == "2"


def test_what_was_marked_unread_stays_so_while_it_is_in_view(unread):
    unread.pane.progress.note_read()
    unread.go("Ruhe")
    unread.run("mark-unread")
    unread.pane.progress.note_read()
    assert _states(unread) == ["read", "read", "read", "unread"]


def test_the_sign_is_said_to_a_screen_reader_and_in_the_tool_tip(unread, qtbot):
    unread.go("Ruhe")
    qtbot.waitUntil(lambda: unread.view.accessibleDescription().endswith("Turn not read yet"))
    unread.run("mark-uncoded")
    unread.go("Ruhe")
    assert unread.view.accessibleDescription().endswith("Turn left uncoded on purpose")
    line = unread.view.frame().lines[-1]
    place = QPoint(4, round(line.baseline))
    gutter = unread.view._gutter
    QApplication.sendEvent(gutter, QHelpEvent(QEvent.Type.ToolTip, place, gutter.mapToGlobal(place)))
    assert "Turn left uncoded on purpose" in QToolTip.text()


def test_the_interviewers_turns_stand_back_at_will_and_that_is_kept(unread):
    def colour():
        return unread.view.document().firstBlock().begin().fragment().charFormat().foreground().color()

    words = unread.view.document().lastBlock().begin().fragment().charFormat().foreground().color()
    assert colour() != words
    unread.run("dim-interviewer")
    assert colour() == words
    assert unread.project.setting("open.dimmed") == "0"
    unread.run("dim-interviewer")
    assert colour() != words
