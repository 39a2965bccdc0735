"""The transcript is corrected in the window, by keyboard alone and by mouse alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from qda.coding.codes import codings
from qda.coding.open_coding import code_passage
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


# -- words --------------------------------------------------------------------------------------------------


def test_a_word_is_put_right_by_keyboard_and_codings_stay_on_their_words(correcting):
    at = correcting.text().index("Die Zeit")
    code_passage(correcting.project, source=correcting.source, start=at, stop=at + 8, code="Mittel")
    correcting.select("erlich")
    press(correcting, Qt.Key.Key_E, _CTRL | _SHIFT)
    field = correcting.pane.turns.field
    assert QApplication.focusWidget() is field.text
    assert field.words.startswith("B: Das Geld, erlich")
    typed("ehrlich")
    press(correcting, Qt.Key.Key_Return)
    assert "Das Geld, ehrlich gesagt." in correcting.text()
    assert [row.segment.text for row in codings(correcting.project, source=correcting.source)] == ["Die Zeit"]
    assert not field.isVisible()
    assert QApplication.focusWidget() is correcting.view
    correcting.window.undo()
    assert "erlich gesagt" in correcting.text()


def test_esc_leaves_the_words_as_they_were(correcting):
    before = correcting.text()
    correcting.go("Beirat")
    press(correcting, Qt.Key.Key_E, _CTRL | _SHIFT)
    typed("XY")
    press(correcting, Qt.Key.Key_Escape)
    assert correcting.text() == before
    assert not correcting.pane.turns.field.isVisible()


def test_keys_of_the_transcript_are_left_to_the_words_while_they_are_corrected(correcting):
    correcting.go("Das Amt")
    press(correcting, Qt.Key.Key_E, _CTRL | _SHIFT)
    press(correcting, Qt.Key.Key_J, _CTRL)
    assert len(correcting.paragraphs()) == 7
    typed("Z")
    press(correcting, Qt.Key.Key_Z, _CTRL)
    assert correcting.pane.turns.field.words == "B: Das Amt."


def test_codings_that_would_lose_their_words_are_listed_first_and_undo_brings_all_back(correcting):
    at = correcting.text().index("Das Geld")
    for code in ("Mittel", "Klage"):
        code_passage(correcting.project, source=correcting.source, start=at, stop=at + 8, code=code)
    correcting.select("Das Geld, erlich gesagt. ")
    press(correcting, Qt.Key.Key_E, _CTRL | _SHIFT)
    press(correcting, Qt.Key.Key_Delete)
    press(correcting, Qt.Key.Key_Return)
    field = correcting.pane.turns.field
    assert field.warning.text() == "2 codings would lose their words"
    assert [field.lost.item(row).text() for row in range(field.lost.count())] == [
        "Mittel, Klage: “Das Geld”"
    ] or field.lost.item(0).text() == "Klage, Mittel: “Das Geld”"
    assert "Das Geld" in correcting.text()
    press(correcting, Qt.Key.Key_Escape)  # back to the words
    assert QApplication.focusWidget() is field.text
    press(correcting, Qt.Key.Key_Return)
    press(correcting, Qt.Key.Key_Return)  # agrees
    assert "Das Geld" not in correcting.text()
    assert codings(correcting.project, source=correcting.source) == []
    correcting.window.undo()
    assert sorted(c.code_name for c in codings(correcting.project, source=correcting.source)) == [
        "Klage",
        "Mittel",
    ]


def test_by_mouse_alone_a_word_is_put_right(correcting):
    correcting.view.reveal(correcting.text().index("erlich"))
    correcting.go("erlich")
    menu = correcting.pane.menu_of("")
    next(act for act in menu.actions() if act.text() == "Correct te&xt…").trigger()
    field = correcting.pane.turns.field
    field.text.setPlainText(field.words.replace("erlich", "ehrlich"))
    QTest.mouseClick(field.findChild(QPushButton, "correction_take"), Qt.MouseButton.LeftButton)
    assert "ehrlich gesagt" in correcting.text()


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


def test_no_break_spaces_stay_where_nothing_was_corrected(study, correcting):
    from qda.coding.documents import take_in
    from qda.exchange.reading import draft_from_text

    words = "I: Am 3.\u00a0Mai?\nB: Am 4.\u00a0Mai war das erlich."
    correcting.source = take_in(correcting.project, draft=draft_from_text(words), title="Daten")
    correcting.desk.source_wanted.emit(correcting.source, -1, -1)
    correcting.select("erlich")
    correcting.pane.turns.correct()
    typed("ehrlich")
    press(correcting, Qt.Key.Key_Return)
    assert correcting.text() == words.replace("erlich", "ehrlich")


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


def test_shift_enter_in_the_editor_splits_too(correcting):
    correcting.go("Da haben wir")
    correcting.pane.turns.correct()
    press(correcting, Qt.Key.Key_Return, _SHIFT)
    press(correcting, Qt.Key.Key_Return)
    assert "2a" in correcting.paragraphs()


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
    correcting.pane.turns.correct()
    assert not correcting.pane.turns.field.isVisible()
    correcting.pane.turns.spoken_by()
    assert correcting.window.findChild(PickDialog) is None


def test_codings_whose_words_give_way_to_quite_other_ones_are_listed_too(correcting):
    words = "Mit dem Beirat. Da haben wir uns Zusagen geholt, auf dem kurzen Dienstweg."
    for coded in ("Zusagen geholt", "auf dem kurzen Dienstweg"):
        at = correcting.text().index(coded)
        stop = at + len(coded)
        code_passage(correcting.project, source=correcting.source, start=at, stop=stop, code=coded)
    correcting.select(words)
    correcting.pane.turns.correct()
    typed("Nein.")
    press(correcting, Qt.Key.Key_Return)
    field = correcting.pane.turns.field
    assert field.warning.text() == "2 codings would lose their words"
    QTest.mouseClick(field.take, Qt.MouseButton.LeftButton)
    assert codings(correcting.project, source=correcting.source) == []
