"""The transcript is corrected in the window, by keyboard alone and by mouse alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from qda.coding.topics import add_topic, topic_marks
from qda.ui.turns.go_to import GoToDialog
from qda.ui.turns.picking import PickDialog

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def press(correcting, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or correcting.window, key, modifiers)


def typed(words: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), words)


def picked(correcting, words: str) -> None:
    """Types a name into the dialog that asks for one, and takes it."""
    dialog = next(d for d in correcting.window.findChildren(PickDialog) if d.isVisible())
    line = dialog.findChild(QLineEdit, "pick_line")
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_menu_acts_on_the_place_where_it_was_opened(correcting):
    correcting.go("Wie fing")
    view = correcting.view
    place = view.paragraphs_rect(*[view.text.index("Das Amt")] * 2).center()
    from PySide6.QtGui import QContextMenuEvent

    shown = []
    view.menu_requested.disconnect()
    view.menu_requested.connect(lambda guid, at: shown.append((guid, at)))
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse,
        place,
        view.viewport().mapToGlobal(place),
        Qt.KeyboardModifier.NoModifier,
    )
    view.contextMenuEvent(event)
    assert shown
    assert correcting.pane.turns.number == "6"


# -- paragraphs ---------------------------------------------------------------------------------------------


def test_a_paragraph_is_split_at_the_cursor_and_joined_again(correcting):
    correcting.go("Da haben wir")
    press(correcting, Qt.Key.Key_Return, _CTRL | _SHIFT)
    assert "2a" in correcting.paragraphs()
    assert correcting.pane.turns.number == "2a"
    press(correcting, Qt.Key.Key_J, _CTRL)
    assert "2a" not in correcting.paragraphs()


def test_between_no_words_a_paragraph_cannot_be_split_and_a_sentence_says_so(correcting):
    correcting.go("Und der Beirat")
    correcting.pane.turns.split()
    assert "between words" in correcting.refused[-1]


@pytest.mark.parametrize(("written", "number"), [("5", "5"), ("00:01:10", "3"), ("12:30", "5")])
def test_a_number_or_a_time_leads_to_its_paragraph(correcting, written, number):
    correcting.go("Wie fing")
    press(correcting, Qt.Key.Key_G, _CTRL)
    dialog = correcting.window.findChild(GoToDialog)
    QTest.keyClicks(dialog.line, written)
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert correcting.pane.turns.number == number
    assert QApplication.focusWidget() is correcting.view


def test_a_joined_paragraph_is_reached_by_both_numbers_and_none_is_told(correcting):
    correcting.go("Und der Beirat")
    correcting.pane.turns.join()
    correcting.pane.turns.go_to()
    dialog = correcting.window.findChild(GoToDialog)
    QTest.keyClicks(dialog.line, "7")
    assert dialog.words.text().startswith("6: B: Das Amt.")
    dialog.line.setText("99")
    assert dialog.words.text() == "There is no such paragraph."
    assert not dialog.go.isEnabled()


# -- turns --------------------------------------------------------------------------------------------------


def test_a_turn_was_spoken_by_someone_else(correcting):
    correcting.go("Das Amt")
    press(correcting, Qt.Key.Key_R, _CTRL)
    picked(correcting, "C")
    rows = correcting.paragraphs()
    assert (rows["6"].speaker, rows["7"].speaker) == ("C", "C")
    correcting.window.undo()
    assert correcting.paragraphs()["6"].speaker == "B"


def test_a_turn_begins_at_a_paragraph(correcting):
    correcting.go("Und der Beirat")
    press(correcting, Qt.Key.Key_R, _CTRL | _SHIFT)
    picked(correcting, "I")
    row = correcting.paragraphs()["7"]
    assert (row.speaker, row.opens_turn) == ("I", True)
    press(correcting, Qt.Key.Key_J, _CTRL | _SHIFT)
    row = correcting.paragraphs()["7"]
    assert (row.speaker, row.opens_turn) == ("B", False)


def test_a_turn_in_the_middle_of_a_paragraph_splits_it_as_one_act(correcting):
    correcting.go("Und was noch")
    correcting.pane.turns.begin()
    dialog = correcting.window.findChild(PickDialog)
    assert dialog.check.isChecked()
    picked(correcting, "I")
    rows = correcting.paragraphs()
    assert (rows["4"].speaker, rows["4a"].speaker) == ("B", "I")
    correcting.window.undo()
    assert "4a" not in correcting.paragraphs()


def test_a_speaker_is_picked_by_mouse(correcting):
    correcting.go("Das Amt")
    correcting.pane.turns.spoken_by()
    dialog = correcting.window.findChild(PickDialog)
    row = dialog.list.visualItemRect(dialog.list.item(0)).center()
    assert dialog.list.item(0).text() == "I"
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert correcting.paragraphs()["6"].speaker == "I"


# -- topics -------------------------------------------------------------------------------------------------


def test_a_turn_opens_a_topic_which_stands_above_it_and_can_be_taken_off(correcting):
    add_topic(correcting.project, name="Anfang")
    correcting.go("Wie fing")
    press(correcting, Qt.Key.Key_T, _CTRL)
    picked(correcting, "Anf")
    correcting.go("Was steht")
    press(correcting, Qt.Key.Key_T, _CTRL)
    picked(correcting, "Hindernisse")  # a new one
    marks = topic_marks(correcting.project, correcting.source)
    assert [(m.paragraph, m.name) for m in marks] == [("1", "Anfang"), ("3", "Hindernisse")]
    assert correcting.view.paragraph(2).topic == "Hindernisse"
    assert "Topic: Hindernisse" in correcting.view.accessibleDescription()
    correcting.pane.turns.clear_topic()
    assert [m.paragraph for m in topic_marks(correcting.project, correcting.source)] == ["1"]
    correcting.pane.turns.clear_topic()
    assert correcting.told[-1] == "This turn opens no topic."


def test_the_topic_of_a_long_answer_is_set_on_the_paragraph_that_opens_the_turn(correcting):
    correcting.go("Und der Beirat")
    correcting.pane.turns.set_topic()
    picked(correcting, "Hilfe")
    assert [m.paragraph for m in topic_marks(correcting.project, correcting.source)] == ["6"]


def test_in_a_study_that_can_only_be_read_nothing_is_corrected(correcting, monkeypatch):
    monkeypatch.setattr(correcting.project, "read_only", True)
    correcting.go("Das Amt")
    correcting.pane.turns.spoken_by()
    assert correcting.window.findChild(PickDialog) is None
