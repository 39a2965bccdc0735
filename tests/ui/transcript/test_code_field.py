"""The code field, used by keyboard alone."""

import pytest
from PySide6.QtCore import QRect, Qt

from qda.ui.transcript.code_field import CodeField
from qda.ui.transcript.code_list import Kind
from qda.ui.transcript.code_search import CodeSearch, split_parent
from qda.ui.transcript.rows import CodeChoice, Suggestion

CHOICES = [
    CodeChoice("v", "verschriftlichen", "Verbindlichkeit > verschriftlichen", 7, count=11),
    CodeChoice("a", "Verlässlichkeit der Ämter", "Absicherung > Verlässlichkeit der Ämter", 4, count=5),
    CodeChoice("r", "Rückhalt durch Verfügung", "Rückhalt > Rückhalt durch Verfügung", 5, count=3),
    CodeChoice(
        "d", "kurzer Dienstweg", "Verbindlichkeit > kurzer Dienstweg", 7, in_vivo=True, definition="Zuruf"
    ),
    CodeChoice("s", "Straße", "Straße", 9),
]


@pytest.fixture
def field(qtbot, light):
    field = CodeField()
    qtbot.addWidget(field)
    field.set_choices(CHOICES)
    field.heard = []
    field.chosen.connect(lambda guid: field.heard.append(("chosen", guid)))
    field.created.connect(lambda name: field.heard.append(("created", name)))
    return field


def _open(field, text=""):
    field.open_at(QRect(100, 100, 200, 25), 700, text)


def _names(field, kind=Kind.CODE):
    return [row.name for row in field.model.rows if row.kind is kind]


def test_typing_finds_codes_with_names_that_begin_so_first(field, qtbot):
    _open(field)
    qtbot.keyClicks(field.line, "ver")
    assert _names(field)[:3] == ["verschriftlichen", "Verlässlichkeit der Ämter", "Rückhalt durch Verfügung"]
    assert field.model.rows[0].parts == ((0, 3),)
    assert _names(field, Kind.NEW) == ["ver"]


def test_enter_takes_the_lit_code_and_closes(field, qtbot):
    _open(field, "ver")
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [("chosen", "a")]
    assert not field.isVisible()


def test_up_from_the_first_row_reaches_the_new_code(field, qtbot):
    _open(field, "ver")
    qtbot.keyClick(field.line, Qt.Key.Key_Up)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [("created", "ver")]


def test_enter_on_a_new_name_makes_the_code_even_where_others_are_similar(field, qtbot):
    _open(field, "kurze Dienstwege")
    assert "kurzer Dienstweg" in _names(field)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [("created", "kurze Dienstwege")]


def test_ctrl_enter_makes_a_new_code_under_a_parent(field, qtbot):
    _open(field, "Verbindlichkeit>  hinfahren")
    qtbot.keyClick(field.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert field.heard == [("created", "Verbindlichkeit > hinfahren")]
    assert split_parent(field.heard[0][1]) == ("Verbindlichkeit", "hinfahren")


def test_ctrl_enter_on_a_known_name_takes_that_code(field, qtbot):
    _open(field, "STRASSE")
    assert _names(field, Kind.NEW) == []
    qtbot.keyClick(field.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert field.heard == [("chosen", "s")]


def test_shift_enter_stays_open_for_another_code(field, qtbot):
    _open(field, "ver")
    qtbot.keyClick(field.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert field.isVisible()
    assert field.line.text() == ""
    assert "verschriftlichen" not in _names(field)
    qtbot.keyClicks(field.line, "dienst")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [("chosen", "v"), ("chosen", "d")]


def test_tab_completes_and_escape_closes_without_a_choice(field, qtbot):
    _open(field, "verf")
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.line.text() == "Rückhalt durch Verfügung"
    with qtbot.waitSignal(field.closed):
        qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.heard == []
    assert not field.isVisible()


def test_there_is_no_section_for_suggestions_without_any(field):
    _open(field)
    assert [row.kind for row in field.model.rows] == [Kind.CODE] * 5
    field.set_suggestions(
        [Suggestion("kurzer Dienstweg", "wie A, Abs. 16", "d", 7), Suggestion("rübergehen", "Wort")]
    )
    _open(field)
    assert [row.kind for row in field.model.rows][:3] == [Kind.SECTION, Kind.SUGGESTION, Kind.SUGGESTION]
    assert field.current.guid == "d"


def test_typed_words_come_before_suggestions(field, qtbot):
    field.set_suggestions([Suggestion("kurzer Dienstweg", "wie A, Abs. 16", "d", 7)])
    _open(field)
    qtbot.keyClicks(field.line, "durch")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [("chosen", "r")]


def test_the_lit_row_is_told_to_a_screen_reader(field, qtbot):
    _open(field, "ver")
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    assert field.line.accessibleName()
    assert field.line.accessibleDescription() == "Verlässlichkeit der Ämter"


def test_codes_are_found_by_definition_path_and_without_umlauts():
    search = CodeSearch(CHOICES)
    assert [hit.choice.guid for hit in search.rank("zuruf", 5)] == ["d"]
    assert search.rank("absicherung", 5)[0].choice.guid == "a"
    assert search.rank("ruckhalt", 5)[0].choice.guid == "r"
    (street,) = [hit for hit in search.rank("strasse", 5) if hit.sure]
    assert street.parts == ((0, 6),)
