"""Codes on the keys 1 to 9: put there by key and by menu, coded with by a digit."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from qda.coding.codes import codes
from qda.ui.navigator.code_model import KEY

_ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def holding(coding):
    """The code "Halten", chosen."""
    coding.code("Ruhe", "Halten")
    guid = next(row.guid for row in codes(coding.project) if row.name == "Halten")
    coding.desk.code_chosen.emit(guid)
    return guid


def test_alt_shift_and_a_digit_put_the_chosen_code_on_that_key(coding, holding):
    coding.view.setFocus()
    QTest.keyClick(coding.view, Qt.Key.Key_3, _ALT_SHIFT)
    index = coding.workspace.codes.model.index_of(holding)
    assert index.data(KEY) == 3
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Halten, 1 coding, key 3"
    assert coding.told[-1] == "Key 3 codes with “Halten”."


def test_a_digit_on_a_selection_codes_at_once(coding, holding):
    coding.run("quick-code-3")
    coding.select("Zusagen")
    QTest.keyClick(coding.view, Qt.Key.Key_3)
    assert coding.coded() == [("Halten", "Zusagen"), ("Halten", "Ruhe")]
    assert not coding.pane.field.isVisible()


def test_a_digit_without_a_selection_does_nothing(coding, holding):
    coding.run("quick-code-3")
    coding.go("Zusagen")
    before = len(coding.told)
    QTest.keyClick(coding.view, Qt.Key.Key_3)
    assert coding.coded() == [("Halten", "Ruhe")]
    assert coding.told[before:] == []
    assert not coding.pane.field.isVisible()


def test_an_empty_key_says_how_to_fill_it(coding):
    coding.select("Zusagen")
    QTest.keyClick(coding.view, Qt.Key.Key_7)
    told = "No code lies on key 7. Choose a code and press Alt+Shift+7 to put it there."
    assert coding.told[-1] == told
    assert coding.coded() == []


def test_a_letter_on_a_selection_still_opens_the_code_field_which_shows_the_digit(coding, holding):
    coding.run("quick-code-3")
    coding.select("Zusagen")
    QTest.keyClick(coding.view, Qt.Key.Key_H)
    field = coding.pane.field
    assert field.isVisible()
    assert field.line.text() == "h"
    assert [(row.name, row.key) for row in field.model.rows if row.guid] == [("Halten", 3)]
    field.close()


def test_the_menu_of_a_code_sets_the_key_and_takes_it_off(coding, holding):
    panel = coding.workspace.codes
    for on in (True, False):
        inner = panel.menu_of(holding, QPoint()).findChild(type(panel.menu_of("", QPoint())), "key_menu")
        inner.actions()[4].trigger()
        assert panel.model.index_of(holding).data(KEY) == (5 if on else 0)


def test_a_code_has_one_key_only(coding, holding):
    coding.run("quick-code-3")
    coding.run("quick-code-8")
    coding.select("Zusagen")
    QTest.keyClick(coding.view, Qt.Key.Key_3)
    assert coding.coded() == [("Halten", "Ruhe")]
    QTest.keyClick(coding.view, Qt.Key.Key_8)
    assert coding.coded() == [("Halten", "Zusagen"), ("Halten", "Ruhe")]
