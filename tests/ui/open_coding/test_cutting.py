"""Codings are split at the cursor and merged where they meet, by key and by menu."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_the_key_splits_the_coding_before_the_word_at_the_cursor(coding):
    coding.code("Zusagen geholt", "Absichern")
    start, stop = coding.place("geholt")
    coding.view.go_to((start + stop) // 2)
    coding.view.setFocus()
    QTest.keyClick(coding.view, Qt.Key.Key_D, _CTRL_SHIFT)
    assert coding.coded() == [("Absichern", "Zusagen"), ("Absichern", "geholt")]
    coding.window.undo()
    assert coding.coded() == [("Absichern", "Zusagen geholt")]


def test_the_second_part_is_set_apart_after_a_split(coding):
    coding.code("Zusagen geholt", "Absichern")
    coding.go("geholt")
    coding.run("split-coding")
    start, stop = coding.place("geholt")
    assert coding.view.segment_row(coding.view.active_coding) == (start, stop)


def test_without_a_coding_at_the_cursor_it_is_said(coding):
    coding.go("Ruhe")
    coding.run("split-coding")
    assert coding.told[-1] == "There is no coding at the cursor."
    assert coding.coded() == []


def test_a_split_at_the_first_word_is_refused_in_one_sentence(coding):
    coding.code("Zusagen geholt", "Absichern")
    coding.go("Zusagen")
    coding.run("split-coding")
    assert coding.refused == ["A coding can only be split between words of its own."]


def test_the_menu_of_a_coding_splits_and_merges(coding):
    guid = coding.code("Zusagen geholt", "Absichern")
    coding.go("geholt")
    acts = {a.text().replace("&", ""): a for a in coding.pane.menu_of(guid).actions()}
    acts["Split here"].trigger()
    assert len(coding.coded()) == 2
    acts = {a.text().replace("&", ""): a for a in coding.pane.menu_of(coding.view.active_coding).actions()}
    acts["Merge with what it meets"].trigger()
    assert coding.coded() == [("Absichern", "Zusagen geholt")]


def test_the_key_merges_the_coding_set_apart_with_those_it_meets_and_no_other(coding):
    coding.code("Wir haben", "Absichern")
    second = coding.code("uns Zusagen", "Absichern")
    coding.code("Dienstweg", "Absichern")
    coding.code("Zusagen geholt", "Holen")
    coding.view.activate(second)
    coding.view.setFocus()
    QTest.keyClick(coding.view, Qt.Key.Key_Y, _CTRL_SHIFT)
    assert coding.coded() == [
        ("Absichern", "Wir haben uns Zusagen"),
        ("Holen", "Zusagen geholt"),
        ("Absichern", "Dienstweg"),
    ]


def test_codings_of_one_code_in_the_selection_are_merged(coding):
    coding.code("Wir haben", "Absichern")
    coding.code("uns Zusagen", "Absichern")
    coding.select("haben uns")
    coding.run("merge-codings")
    assert coding.coded() == [("Absichern", "Wir haben uns Zusagen")]


def test_with_text_between_them_the_selection_is_not_merged(coding):
    coding.code("Wir haben", "Absichern")
    coding.code("geholt", "Absichern")
    coding.select("Wir haben uns Zusagen geholt")
    coding.run("merge-codings")
    assert len(coding.coded()) == 2
    assert coding.refused == ["There is text between these codings. They can only be merged where they meet."]
