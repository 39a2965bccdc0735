"""Story and story line: references that live, and a text that is stored as it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qda.coding import evidence, material
from qda.ui import theme

Key = Qt.Key


def at(edit, words, *, behind=False):
    """Puts the cursor before (or behind) words of the text."""
    place = edit.toPlainText().index(words) + (len(words) if behind else 0)
    cursor = edit.textCursor()
    cursor.setPosition(len(edit.toPlainText()[:place].encode("utf-16-le")) // 2)
    edit.setTextCursor(cursor)


@pytest.mark.parametrize(
    "shape",
    [
        "Sie [ruft an](code:{code}) und [R1](relation:{relation}).\n\nDann 😀 [wieder](code:{code})!",
        "[„Ich rufe alle an“](segment:{passage})",
        "Ohne Verweis, mit [Klammern] und einem Schluss.\n",
        "[eins](code:{code})[zwei](code:{code})",
        "",
    ],
)
def test_a_text_comes_back_as_it_was_stored(edit, things, shape):
    body = shape.format(code=things["anrufen"], relation=things["relation"], passage=things["passage"])
    edit.show_text(body)
    assert edit.body == body


def test_counts_stand_behind_a_relation_and_follow_its_evidence(edit, things, project):
    edit.show_text(f"[R1](relation:{things['relation']}) trägt")
    assert edit.toPlainText() == "R1: 1 case, A 1 trägt"
    evidence.add_evidence(
        project, relation=things["relation"], segments=[things["passage"]], polarity="contradicting"
    )
    edit._targets.forget()
    edit.follow()
    assert edit.toPlainText() == "R1: 1 case, A 1 · 1 against trägt"
    assert edit.body == f"[R1](relation:{things['relation']}) trägt"


def test_what_is_typed_behind_a_reference_is_no_part_of_it_and_inside_it_is(edit, things):
    edit.show_text(f"[anrufen](code:{things['anrufen']})")
    at(edit, "anrufen", behind=True)
    QTest.keyClicks(edit, " viel")
    at(edit, "rufen")
    QTest.keyClicks(edit, "g")
    assert edit.body == f"[angrufen](code:{things['anrufen']}) viel"


def test_backspace_behind_counts_takes_the_whole_reference_at_the_second_press(edit, things):
    edit.show_text(f"Es gilt [R1](relation:{things['relation']})")
    at(edit, "A 1", behind=True)
    QTest.keyClick(edit, Key.Key_Backspace)
    assert edit.textCursor().selectedText() == "R1: 1 case, A 1"
    QTest.keyClick(edit, Key.Key_Backspace)
    assert edit.body == "Es gilt "


def test_copy_and_paste_keep_references(edit, things):
    edit.show_text(f"Sie [ruft an](code:{things['anrufen']}) gern")
    edit.selectAll()
    edit.copy()
    assert QApplication.clipboard().text() == "Sie ruft an gern"
    at(edit, "gern", behind=True)
    edit.paste()
    once = f"Sie [ruft an](code:{things['anrufen']}) gern"
    assert edit.body == once + once


def test_a_quotation_is_cited_and_one_with_other_words_is_marked(edit, things):
    edit.show_text(f"[„Ich rufe alle an, jede Woche“](segment:{things['passage']})")
    assert edit.toPlainText().endswith("(Interview A, para. 1)")
    edit.show_text(f"[„Ich rufe niemanden an“](segment:{things['passage']})")
    assert edit.toPlainText().endswith("(Interview A, para. 1; differs from the source)")
    edit.follow()
    assert edit.toPlainText().endswith("\nInterview A, para. 1: differs from the source")
    picture = edit.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bar = picture.pixelColor(1, 12).name().upper()
    assert bar == theme.LIGHT.notice


def test_typing_is_handed_over_once_after_a_pause(edit, qtbot):
    told = []
    edit.settled.connect(told.append)
    QTest.keyClicks(edit, "Zwei Menschen")
    qtbot.waitUntil(lambda: told == ["Zwei Menschen"], timeout=3000)
    edit.flush()
    assert told == ["Zwei Menschen"]


def test_selected_words_become_a_reference(edit, things, qtbot):
    edit.show_text("Sie ruft an")
    at(edit, "ruft an", behind=True)
    cursor = edit.textCursor()
    cursor.setPosition(4, cursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    QTest.keyClick(edit, Key.Key_At)
    QTest.keyClicks(edit.chooser.field, "anruf")
    QTest.keyClick(edit.chooser.field, Key.Key_Return)
    assert edit.body == f"Sie [ruft an](code:{things['anrufen']})"


def test_escape_leaves_the_sign_that_was_typed(edit, things):
    QTest.keyClick(edit, Key.Key_NumberSign)
    assert edit.completion.isVisible()
    QTest.keyClick(edit, Key.Key_Escape)
    assert not edit.completion.isVisible()
    QTest.keyClicks(edit, "12")
    assert edit.body == "#12"


def test_a_sign_inside_a_word_opens_nothing(edit):
    QTest.keyClicks(edit, "Ja!")
    assert not edit.completion.isVisible()
    assert edit.body == "Ja!"


def test_enter_on_a_reference_goes_where_it_points(edit, things, qtbot):
    edit.show_text(f"[ruft an](code:{things['anrufen']})")
    at(edit, "an")
    with qtbot.waitSignal(edit.opened) as asked:
        QTest.keyClick(edit, Key.Key_Return)
    assert asked.args == ["code", things["anrufen"]]


def test_a_reference_to_what_is_gone_keeps_its_words(edit, things, project):
    body = "[fort](code:00000000-0000-4000-8000-000000000000)"
    edit.show_text(body)
    assert edit.toPlainText() == "fort"
    assert edit.body == body
    assert material.segments(project)
