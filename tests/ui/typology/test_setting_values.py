"""Passages are put on dimensions from the text: by keys alone, by the mouse alone, several in a row."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qda.coding import codes, profiles
from tests.ui.typology.conftest import DOWN, ENTER, ESCAPE


def test_digits_set_several_properties_of_the_selection_in_a_row(hands):
    hands.select("Zusagen")
    QTest.keyClick(
        hands.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    assert hands.field.isVisible()
    assert hands.listed() == ["Dauer", "Form"]
    hands.keys("1", "3", "2", "1")
    assert hands.values() == [("Dauer", "Zusagen", "lang"), ("Form", "Zusagen", "Wort")]
    assert hands.field.isVisible(), "another property may follow"
    hands.keys(ESCAPE)
    assert not hands.field.isVisible()
    hands.project.undo()
    hands.project.undo()
    assert hands.values() == []


def test_arrows_and_enter_set_what_is_lit_and_the_next_property_is_lit_then(hands):
    hands.select("Zusagen")
    hands.run("set-property-value")
    hands.keys(ENTER, DOWN, ENTER)
    assert hands.values() == [("Dauer", "Zusagen", "mittel")]
    assert hands.field.list.currentItem().text() == "Form"
    hands.keys(ENTER, ENTER)
    assert hands.values()[1] == ("Form", "Zusagen", "Wort")


def test_typing_finds_properties_of_other_codes_too(hands):
    from qda.coding import codebook, properties

    other = codebook.add_code(hands.project, name="Ort")
    properties.add_property(hands.project, code=other, name="Entfernung", places=["weit"])
    hands.select("Zusagen")
    hands.run("set-property-value")
    assert "Entfernung" not in hands.listed()
    hands.keys("entf", ENTER, "1")
    assert hands.values() == [("Entfernung", "Zusagen", "weit")]


def test_a_property_with_its_poles_is_made_in_passing(hands):
    hands.select("Zusagen")
    hands.run("set-property-value")
    hands.keys("Nähe: fern – mittel – nah", ENTER)
    made = codes.properties(hands.project)[-1]
    assert (made.name, made.pole_from, made.places, made.pole_to) == ("Nähe", "fern", ("mittel",), "nah")
    assert made.code == hands.guid("Bindung")
    assert hands.listed() == ["fern", "mittel", "nah"]
    hands.keys("3")
    assert hands.values() == [("Nähe", "Zusagen", "nah")]


def test_what_is_no_place_is_set_in_other_words_or_made_a_place(hands):
    hands.select("Zusagen")
    hands.run("set-property-value")
    hands.keys("1", "ein Jahr", ENTER)
    assert hands.values() == [("Dauer", "Zusagen", "ein Jahr")]
    assert codes.properties(hands.project)[0].places == ("mittel",)
    hands.keys("1", "zwei Jahre", DOWN, ENTER)
    assert hands.values() == [("Dauer", "Zusagen", "zwei Jahre")]
    assert codes.properties(hands.project)[0].places == ("mittel", "zwei Jahre")
    hands.project.undo()
    assert hands.values() == [("Dauer", "Zusagen", "ein Jahr")], "place and value are one act"
    assert codes.properties(hands.project)[0].places == ("mittel",)


def test_a_value_is_taken_off_and_escape_goes_back_one_step(hands):
    hands.select("Zusagen")
    hands.run("set-property-value")
    hands.keys("1", "1", "1")
    assert hands.listed()[-1] != "lang"
    hands.keys(Qt.Key.Key_Delete)
    assert hands.values() == []
    hands.keys("2", ESCAPE)
    assert hands.listed() == ["Dauer", "Form"]


def test_it_can_be_said_of_the_case_as_a_whole(hands):
    hands.select("Zusagen")
    hands.run("set-property-value")
    QTest.keyClick(hands.field.line, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert hands.field.whole.isChecked()
    hands.keys("1", "1")
    assert hands.values() == [], "of no passage"
    axis = profiles.profile(hands.project, hands.guid("Bindung")).axes[0]
    assert [(one.bearer.name, one.place, one.segment) for one in axis.seen] == [("Fall A", "kurz", "")]


def test_the_mouse_does_the_same(hands):
    hands.select("Zusagen")
    menu = hands.workspace.pane.menu_of("")
    entry = next(one for one in menu.actions() if one.text() == "P&roperties…")
    entry.trigger()
    assert hands.field.isVisible()
    for text in ("Form", "Papier"):
        items = [hands.field.list.item(at) for at in range(hands.field.list.count())]
        item = next(one for one in items if one.text() == text)
        place = hands.field.list.visualItemRect(item).center()
        QTest.mouseClick(hands.field.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert hands.values() == [("Form", "Zusagen", "Papier")]


def test_the_coding_at_the_cursor_is_meant_where_nothing_is_selected(hands):
    hands.view.clear_selection()
    hands.view.go_to(hands.view.text.index("Zusagen") + 2)
    hands.run("set-property-value")
    hands.keys("2", "1")
    assert hands.values() == [("Form", "Zusagen", "Wort")]


def test_beside_a_coding_it_says_what_to_do(hands):
    hands.view.clear_selection()
    hands.view.go_to(hands.view.text.index("Ruhe"))
    hands.run("set-property-value")
    assert not hands.field.isVisible()
    assert hands.told[-1].startswith("Select a passage")


def test_a_passage_without_a_code_can_still_be_valued(hands):
    hands.select("kurzen Dienstweg")
    hands.run("set-property-value")
    assert hands.listed() == ["Dauer", "Form"], "what there is"
    hands.keys("1", "1")
    assert hands.values() == [("Dauer", "kurzen Dienstweg", "kurz")]
