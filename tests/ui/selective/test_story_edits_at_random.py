"""References live through whatever is typed: nothing is lost, nothing that follows the study is stored."""

import random

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qda.coding import material
from qda.coding.story_text import Reference, parse, words_of
from qda.ui.selective.reads import Reads

Key, Mod = Qt.Key, Qt.KeyboardModifier
KEYS = (
    Key.Key_Backspace,
    Key.Key_Delete,
    Key.Key_Left,
    Key.Key_Right,
    Key.Key_Up,
    Key.Key_Down,
    Key.Key_Home,
)
LETTERS = "ab 😀.„“#@>![]\\"


def act(edit, chance):
    """Does one thing that people do to a text."""
    what = chance.randrange(12)
    if what < 5:
        typed = QKeyEvent(QEvent.Type.KeyPress, 0, Mod.NoModifier, chance.choice(LETTERS))
        QApplication.sendEvent(edit, typed)
    elif what < 8:
        shift = Mod.ShiftModifier if chance.random() < 0.3 else Mod.NoModifier
        QTest.keyClick(edit, chance.choice(KEYS), shift)
    elif what == 8:
        cursor = edit.textCursor()
        cursor.setPosition(chance.randrange(edit.document().characterCount()))
        edit.setTextCursor(cursor)
        edit.leave_completion()
        QTest.keyClick(edit, Key.Key_Return)
    elif what == 9:
        cursor = edit.textCursor()
        cursor.setPosition(chance.randrange(edit.document().characterCount()))
        cursor.movePosition(
            QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, chance.randrange(9)
        )
        edit.setTextCursor(cursor)
    elif what == 10:
        edit.copy()
        edit.paste()
    else:
        edit.follow_typed()


def read_anew(edit):
    """The text read without what is remembered of it."""
    return "\n".join(read.stored for read in Reads(edit.document()).all())


@pytest.mark.parametrize("seed", range(24))
def test_a_text_stays_whole_under_any_edits(edit, things, project, seed):
    QApplication.clipboard().clear()
    chance = random.Random(seed)
    body = (
        f"# Titel [ruft an](code:{things['anrufen']})\n\nSie [R1](relation:{things['relation']}) trägt.\n"
        f"[„Ich rufe alle an“](segment:{things['passage']})\nUnd [„niemanden“](segment:{things['passage']})."
    )
    edit.show_text(body)
    known = {*things.values(), *(case.guid for case in material.cases(project))}
    for _step in range(90):
        act(edit, chance)
        assert edit.body == read_anew(edit)
    edit.follow_typed()
    stored = edit.body
    references = [part for part in parse(stored) if isinstance(part, Reference)]
    assert {one.target for one in references} <= known
    assert not [one for one in references if "case, A" in one.words or "para." in one.words]
    edit.show_other(stored)
    assert words_of(edit.body) == words_of(stored)
    edit.show_text(body)
    assert edit.body == body
    assert edit.body == read_anew(edit)
