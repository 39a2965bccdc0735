"""Line by line in the real window: sentence after sentence, with the generative questions."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from qda.coding.documents import take_in
from qda.coding.memo_queries import memos
from qda.exchange.reading import draft_from_text
from qda.ui.lines.mode import LineMode
from tests.ui.open_coding.conftest import Coding

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

TEXT = (
    "I: Wie kam es dazu?\n"
    "B: Wir haben (.) Zusagen geholt, z. B. von Dr. Kurz. Das war 🙂 so verabredet! Danach kam nichts.\n"
    "I: Und dann?\n"
    "B: Ruhe. Am Ende war es gut."
)
LINES = [
    "Wir haben (.) Zusagen geholt, z. B. von Dr. Kurz.",
    "Das war 🙂 so verabredet!",
    "Danach kam nichts.",
    "Ruhe.",
    "Am Ende war es gut.",
]
Key, Mod = Qt.Key, Qt.KeyboardModifier


class Lines(Coding):
    """The window with the interview, and the mode of its pane."""

    @property
    def mode(self) -> LineMode:
        return LineMode.of(self.desk, self.pane)

    @property
    def lit(self) -> str:
        """The words of the line in hand."""
        line = self.mode.current
        return self.view.text[line.start : line.stop] if line else ""

    @property
    def selected(self) -> str:
        span = self.view.selected_span()
        return self.view.text[span.start : span.stop] if span else ""

    @property
    def progress(self) -> str:
        return self.mode.bar.progress.text()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        popup = QApplication.activePopupWidget()
        QTest.keyClick((popup.focusWidget() if popup else None) or QApplication.focusWidget(), key, modifier)
        QTest.qWait(5)

    def type(self, words: str) -> None:
        for sign in words:
            popup = QApplication.activePopupWidget()
            QTest.keyClicks((popup.focusWidget() if popup else None) or QApplication.focusWidget(), sign)
        QTest.qWait(5)

    def click(self, widget: QPushButton) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QTest.qWait(5)

    def click_on(self, words: str) -> None:
        """A click into the text, on the first letter of these words."""
        cursor = QTextCursor(self.view.document())
        cursor.setPosition(self.view.shown.to_unit(self.place(words)[0]))
        place = self.view.cursorRect(cursor).center() + QPoint(3, 0)
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, place)
        QTest.qWait(5)


@pytest.fixture
def lines(study: "MainWindow") -> Lines:
    source = take_in(study.desk.project, draft=draft_from_text(TEXT), title="Interview B")
    study.show_workspace("open")
    made = Lines(study)
    made.pane.open_source(source, -1, -1)
    QTest.qWait(20)
    made.view.setFocus()
    return made


@pytest.fixture
def on(lines: Lines) -> Lines:
    lines.press(Key.Key_L, Mod.ControlModifier | Mod.AltModifier)
    assert lines.mode.is_on
    return lines


def test_the_key_lights_the_first_sentence_of_the_respondent_and_all_is_told(on: Lines) -> None:
    assert on.lit == on.selected == LINES[0]
    assert on.progress == "1 of 5 sentences · 0 coded"
    assert on.mode.bar.isVisible()
    assert on.mode.questions.isVisible()


def test_space_passes_backspace_and_up_go_back(on: Lines) -> None:
    on.press(Key.Key_Space)
    on.press(Key.Key_Space)
    assert on.lit == LINES[2]
    assert on.progress == "3 of 5 sentences · 0 coded · 2 passed"
    on.press(Key.Key_Backspace)
    assert on.lit == LINES[1]
    on.press(Key.Key_Up)
    assert on.lit == on.selected == LINES[0]
    on.press(Key.Key_Up)
    assert on.told[-1] == "This is the first one of the transcript."


def test_down_goes_on_without_passing_and_the_end_is_told(on: Lines) -> None:
    for _each in range(5):
        on.press(Key.Key_Down)
    assert on.lit == LINES[-1]
    assert on.told[-1] == "This was the last one of the transcript."
    assert "passed" not in on.progress


def test_enter_opens_the_code_field_and_coding_goes_on_to_the_next(on: Lines) -> None:
    on.press(Key.Key_Return)
    on.type("Absichern")
    on.press(Key.Key_Return)
    assert on.coded() == [("Absichern", LINES[0])]
    assert on.lit == on.selected == LINES[1]
    QTest.qWait(80)
    assert on.progress == "2 of 5 sentences · 1 coded"


def test_a_letter_begins_a_code_and_several_are_given_in_one_act(on: Lines) -> None:
    on.type("Wege,Regeln")
    on.press(Key.Key_Return)
    assert on.coded() == [("Regeln", LINES[0]), ("Wege", LINES[0])]
    assert on.lit == LINES[1]
    on.window.undo()
    assert on.coded() == []


def test_escape_in_the_code_field_stays_at_the_sentence(on: Lines) -> None:
    on.press(Key.Key_Space)
    on.type("Ab")
    on.press(Key.Key_Escape)
    assert on.mode.is_on
    assert on.lit == on.selected == LINES[1]


def test_a_digit_gives_the_code_on_that_key_and_goes_on(on: Lines) -> None:
    code = on.workspace.codes.acts.make("Wege")
    on.workspace.codes.acts._book.set_key(3, code)
    on.view.setFocus()
    on.press(Key.Key_3)
    assert on.coded() == [("Wege", LINES[0])]
    assert on.lit == LINES[1]


def test_in_vivo_and_the_last_code_go_on_as_well(on: Lines) -> None:
    on.press(Key.Key_I, Mod.ControlModifier)
    on.press(Key.Key_L, Mod.ControlModifier)
    assert [words for _code, words in on.coded()] == LINES[:2]
    assert on.lit == LINES[2]


def test_a_part_of_the_sentence_is_coded_and_one_goes_on(on: Lines) -> None:
    on.select("Zusagen geholt")
    QTest.qWait(5)
    assert on.lit == LINES[0]
    on.press(Key.Key_Return)
    on.type("Holen")
    on.press(Key.Key_Return)
    assert on.coded() == [("Holen", "Zusagen geholt")]
    assert on.lit == LINES[1]


def test_escape_takes_the_whole_sentence_again_and_then_leaves(on: Lines) -> None:
    on.select("Zusagen geholt")
    on.press(Key.Key_Escape)
    assert on.selected == LINES[0]
    on.press(Key.Key_Escape)
    assert not on.mode.is_on
    assert not on.mode.bar.isVisible()
    assert not on.mode.questions.isVisible()
    assert on.view.selected_span() is None


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_a_question_is_answered_in_place_and_leads_back_to_the_same_sentence(on: Lines, by: str) -> None:
    on.press(Key.Key_Space)
    questions = on.mode.questions
    if by == "key":
        on.press(Key.Key_2, Mod.ControlModifier)
    else:
        on.click(questions.buttons[1])
    assert QApplication.focusWidget() is questions.field
    assert "roles" in questions.help.text()
    on.type("Zwei, die sich kennen")
    if by == "key":
        on.press(Key.Key_Escape)
    else:
        on.click(questions.done)
    (memo,) = memos(on.project)
    assert (memo.kind, memo.title, memo.body) == ("code", "Who?", "Zwei, die sich kennen")
    assert QApplication.focusWidget() is on.view
    assert on.lit == on.selected == LINES[1]
    assert not questions.field.isVisible()
    on.window.undo()
    assert memos(on.project) == []


def test_an_answer_is_kept_when_another_question_is_asked_and_by_enter(on: Lines) -> None:
    on.press(Key.Key_1, Mod.ControlModifier)
    on.type("eins")
    on.press(Key.Key_7, Mod.ControlModifier)
    on.type("sieben")
    on.press(Key.Key_Return, Mod.ShiftModifier)
    on.type("und mehr")
    on.press(Key.Key_Return)
    assert {(m.title, m.body) for m in memos(on.project)} == {
        ("What?", "eins"),
        ("By what means?", "sieben\nund mehr"),
    }
    assert QApplication.focusWidget() is on.view


def test_an_empty_answer_writes_nothing(on: Lines) -> None:
    on.press(Key.Key_4, Mod.ControlModifier)
    on.press(Key.Key_Escape)
    assert memos(on.project) == []
    assert on.refused == []
    assert on.mode.is_on


def test_a_click_takes_the_sentence_under_the_pointer_in_hand(on: Lines) -> None:
    on.click_on("Danach")
    assert on.lit == on.selected == LINES[2]


def test_the_buttons_go_back_pass_code_and_leave(on: Lines) -> None:
    bar = on.mode.bar
    on.click(bar.buttons["pass"])
    assert on.lit == LINES[1]
    on.click(bar.buttons["back"])
    assert on.lit == LINES[0]
    on.click(bar.buttons["code"])
    assert on.pane.field.isVisible()
    on.press(Key.Key_Escape)
    on.click(bar.buttons["leave"])
    assert not on.mode.is_on


def test_the_interviewers_turns_are_skipped_at_will_and_that_is_kept(on: Lines) -> None:
    on.click(on.mode.bar.skip)
    assert on.lit == LINES[0]
    assert on.progress == "2 of 7 sentences · 0 coded"
    on.press(Key.Key_Up)
    assert on.lit == "Wie kam es dazu?"
    on.press(Key.Key_Escape)
    on.run("line-by-line")
    assert not on.mode.bar.skip.isChecked()


@pytest.mark.parametrize(
    ("unit", "told"),
    [("turn", "1 of 2 turns · 0 coded"), ("paragraph", "1 of 2 paragraphs · 0 coded")],
)
def test_one_goes_by_turn_or_paragraph_instead(on: Lines, unit: str, told: str) -> None:
    combo = on.mode.bar.unit
    combo.setFocus()
    combo.setCurrentIndex(combo.findData(unit))
    combo.activated.emit(combo.currentIndex())
    assert on.lit.startswith("Wir haben")
    assert on.lit.endswith("nichts.")
    assert on.progress == told
    assert QApplication.focusWidget() is on.view


def test_one_comes_back_to_where_one_was_even_in_another_session(on: Lines) -> None:
    on.press(Key.Key_Space)
    on.press(Key.Key_Space)
    on.press(Key.Key_Escape)
    on.go("Wie kam")
    path = on.desk.path
    on.window.close_study()
    on.window.open_path(path)
    on.window.show_workspace("open")
    again = Lines(on.window)
    QTest.qWait(20)
    again.run("line-by-line")
    assert again.lit == LINES[2]


def test_another_document_has_its_own_place_and_the_mode_goes_on_there(on: Lines) -> None:
    first = on.source
    on.press(Key.Key_Space)
    other = take_in(on.project, draft=draft_from_text("Eins. Zwei."), title="Interview C")
    on.desk.source_wanted.emit(other, -1, -1)
    QTest.qWait(20)
    assert on.lit == "Eins."
    on.desk.source_wanted.emit(first, -1, -1)
    QTest.qWait(20)
    assert on.lit == LINES[1]


def test_a_passage_shown_from_a_list_is_the_line_from_then_on(on: Lines) -> None:
    start, stop = on.place("Ende")
    on.desk.source_wanted.emit(on.source, start, stop)
    QTest.qWait(5)
    assert on.lit == LINES[4]
    assert on.selected == "Ende"


def test_the_lines_follow_a_correction_of_the_text(on: Lines) -> None:
    from qda.coding import correcting

    on.press(Key.Key_Space)
    start, stop = on.place("nichts")
    on.desk.do(correcting.correct_text, source=on.source, start=start, stop=stop, text="viel. Sehr viel")
    QTest.qWait(20)
    assert on.lit == on.selected == LINES[1]
    assert on.progress.startswith("2 of 6 sentences")


def test_undo_of_a_coding_is_counted_and_the_sentence_stays(on: Lines) -> None:
    on.press(Key.Key_I, Mod.ControlModifier)
    on.press(Key.Key_Z, Mod.ControlModifier)
    QTest.qWait(80)
    assert on.progress == "2 of 5 sentences · 0 coded"
    assert on.lit == on.selected == LINES[1]


def test_a_memo_from_the_sentence_leads_back_to_it(on: Lines) -> None:
    on.press(Key.Key_Space)
    on.press(Key.Key_M, Mod.ControlModifier)
    on.type("Notiz")
    on.press(Key.Key_Escape)
    assert QApplication.focusWidget() is on.view
    assert on.lit == on.selected == LINES[1]
    assert [m.body for m in memos(on.project)] == ["Notiz"]


def test_what_is_not_in_hand_recedes_and_comes_back(on: Lines) -> None:
    def ink(words: str) -> int:
        """The darkest point of the words on the screen."""
        cursor = QTextCursor(on.view.document())
        cursor.setPosition(on.view.shown.to_unit(on.place(words)[0]))
        rect = on.view.cursorRect(cursor).adjusted(0, 0, 60, 0)
        image = on.view.viewport().grab(rect).toImage()
        places = [(x, y) for x in range(image.width()) for y in range(image.height())]
        return min(image.pixelColor(*place).lightness() for place in places)

    lit, receded = ink("Wir haben"), ink("Ruhe.")
    assert receded > lit + 30
    on.press(Key.Key_Escape)
    assert ink("Ruhe.") < receded - 30


def test_the_edit_mode_ends_the_mode(on: Lines) -> None:
    on.view.begin_editing()
    assert not on.mode.is_on
    assert not on.mode.bar.isVisible()


def test_an_empty_text_says_that_there_is_nothing(lines: Lines) -> None:
    other = take_in(lines.project, draft=draft_from_text("…"), title="Leer")
    lines.pane.open_source(other, -1, -1)
    lines.run("line-by-line")
    assert lines.progress == "There is nothing to go through in this text."
    for key in (Key.Key_Space, Key.Key_Backspace, Key.Key_Down, Key.Key_Return):
        lines.press(key)
    lines.press(Key.Key_1, Mod.ControlModifier)
    lines.press(Key.Key_Escape)
    assert not lines.mode.is_on


def test_every_control_of_the_mode_is_named(on: Lines) -> None:
    on.press(Key.Key_1, Mod.ControlModifier)
    for part in (on.mode.bar, on.mode.questions):
        reached = (w for w in part.findChildren(QWidget) if w.isVisible())
        controls = [w for w in reached if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert len(controls) > 5
        names = [QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name) for w in controls]
        assert all(names), [w.objectName() for w in controls]


def test_in_a_narrow_window_the_keys_give_way_to_how_far_one_is(on: Lines) -> None:
    button = on.mode.bar.buttons["pass"]
    wide = button.sizeHint().width()
    on.window.workspace("open").columns.setSizes([520, 430, 490])
    QTest.qWait(20)
    assert button.sizeHint().width() < wide


def test_the_mode_is_begun_and_left_from_the_menu(lines: Lines) -> None:
    lines.run("line-by-line")
    QTest.qWait(5)
    assert lines.window.action("line-by-line").isChecked()
    lines.run("line-by-line")
    QTest.qWait(5)
    assert not lines.mode.is_on
    assert not lines.window.action("line-by-line").isChecked()


def test_a_click_into_the_text_keeps_the_answer_and_closes_its_field(on: Lines) -> None:
    on.press(Key.Key_1, Mod.ControlModifier)
    on.type("Zusagen")
    on.click_on("Danach")
    assert [m.body for m in memos(on.project)] == ["Zusagen"]
    assert not on.mode.questions.field.isVisible()
    assert on.lit == LINES[2]


def test_an_answer_that_is_being_typed_is_kept_when_the_study_is_closed(on: Lines) -> None:
    from qda.models import Project

    on.press(Key.Key_3, Mod.ControlModifier)
    on.type("noch nicht fertig")
    path = on.desk.path
    on.window.close_study()
    with Project.open(path, read_only=True) as project:
        assert [m.body for m in memos(project)] == ["noch nicht fertig"]
