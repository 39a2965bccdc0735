"""The code field, used by keyboard alone."""

import pytest
from PySide6.QtCore import QRect, Qt

from qda.ui.transcript.code_chips import Chip
from qda.ui.transcript.code_field import CodeField
from qda.ui.transcript.code_list import Kind, plus_place
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
    field.taken.connect(field.heard.append)
    return field


def _open(field, text=""):
    field.open_at(QRect(100, 100, 200, 25), 700, text)


def _chips(field):
    return [chosen.name for chosen in field.chips.chosen]


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
    assert field.heard == [["a"]]
    assert not field.isVisible()


def test_up_from_the_first_row_reaches_the_new_code(field, qtbot):
    _open(field, "ver")
    qtbot.keyClick(field.line, Qt.Key.Key_Up)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [["ver"]]


def test_enter_on_a_new_name_makes_the_code_even_where_others_are_similar(field, qtbot):
    _open(field, "kurze Dienstwege")
    assert "kurzer Dienstweg" in _names(field)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [["kurze Dienstwege"]]


def test_enter_makes_a_new_code_under_a_parent(field, qtbot):
    _open(field, "Verbindlichkeit>  hinfahren")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [["Verbindlichkeit > hinfahren"]]
    assert split_parent(field.heard[0][0]) == ("Verbindlichkeit", "hinfahren")


def test_alt_enter_on_a_known_name_takes_that_code(field, qtbot):
    _open(field, "STRASSE")
    assert _names(field, Kind.NEW) == []
    qtbot.keyClick(field.line, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert field.heard == [["s"]]


def test_alt_enter_makes_a_code_of_what_is_typed_where_another_is_lit(field, qtbot):
    _open(field, "ver")
    qtbot.keyClick(field.line, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert field.heard == [["ver"]]


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_ctrl_enter_chooses_a_code_and_goes_on_and_enter_gives_all_at_once(field, qtbot, modifier):
    _open(field, "ver")
    qtbot.keyClick(field.line, Qt.Key.Key_Return, modifier)
    assert field.isVisible()
    assert field.line.text() == ""
    assert _chips(field) == ["verschriftlichen"]
    assert "verschriftlichen" not in _names(field)
    qtbot.keyClicks(field.line, "Neues")
    qtbot.keyClick(field.line, Qt.Key.Key_Return, modifier)
    qtbot.keyClicks(field.line, "dienst")
    assert field.heard == []
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [["v", "Neues", "d"]]
    assert not field.isVisible()


def test_enter_in_the_empty_line_gives_what_was_chosen_and_nothing_else(field, qtbot):
    _open(field)
    qtbot.keyClicks(field.line, "dienst,stra,")
    assert _chips(field) == ["kurzer Dienstweg", "Straße"]
    assert field.current is None
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [["d", "s"]]


def test_a_plus_behind_a_blank_chooses_as_well_and_one_inside_a_name_does_not(field, qtbot):
    _open(field)
    qtbot.keyClicks(field.line, "dienst +")
    assert _chips(field) == ["kurzer Dienstweg"]
    qtbot.keyClicks(field.line, "A+B")
    assert field.line.text() == "A+B"


def test_quotation_marks_keep_a_comma_in_a_name(field, qtbot):
    _open(field)
    qtbot.keyClicks(field.line, '"Zusagen, mündlich"'.replace("ü", "ue"))
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [["Zusagen, muendlich"]]


def test_a_known_name_with_a_comma_is_typed_as_it_is(field, qtbot):
    field.set_choices([*CHOICES, CodeChoice("z", "Zusagen, informelle", "Zusagen, informelle", 2)])
    _open(field)
    qtbot.keyClicks(field.line, "zusagen, inf")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [["z"]]


def test_backspace_in_the_empty_line_and_a_click_take_a_chosen_code_off(field, qtbot):
    _open(field)
    qtbot.keyClicks(field.line, "dienst,stra,verf,")
    qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    assert _chips(field) == ["kurzer Dienstweg", "Straße"]
    qtbot.mouseClick(field.chips.findChildren(Chip)[0], Qt.MouseButton.LeftButton)
    assert _chips(field) == ["Straße"]
    assert "kurzer Dienstweg" in _names(field)


def test_with_the_mouse_the_plus_chooses_a_row_and_the_button_gives_all(field, qtbot):
    _open(field)
    for row, where in ((0, "plus"), (1, "ctrl")):
        place = field.list.visualRect(field.model.index(row))
        at = plus_place(place).center() if where == "plus" else place.center()
        held = Qt.KeyboardModifier.ControlModifier if where == "ctrl" else Qt.KeyboardModifier.NoModifier
        qtbot.mouseClick(field.list.viewport(), Qt.MouseButton.LeftButton, held, at)
    assert _chips(field) == ["verschriftlichen", "Rückhalt durch Verfügung"]
    assert field.give.text() == "Give 2 codes"
    qtbot.mouseClick(field.give, Qt.MouseButton.LeftButton)
    assert field.heard == [["v", "r"]]


def test_codes_that_the_passage_has_bear_a_tick(field):
    field.open_at(QRect(100, 100, 200, 25), 700, given={"d"})
    assert [row.name for row in field.model.rows if row.given] == ["kurzer Dienstweg"]
    index = field.model.index(3)
    assert "already" in field.model.data(index)


def test_where_one_code_is_asked_for_no_second_can_be_chosen(field, qtbot):
    field.open_at(QRect(100, 100, 200, 25), 700, "dienst", several=False)
    qtbot.keyClick(field.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert field.heard == [["d"]]


def test_a_parent_that_is_half_typed_is_offered_with_the_new_code(field, qtbot):
    _open(field, "dienst > hinfahren")
    new = [(row.beside, row.written) for row in field.model.rows if row.kind is Kind.NEW]
    assert new == [
        ("in kurzer Dienstweg", "Verbindlichkeit > kurzer Dienstweg > hinfahren"),
        ("in new: dienst", "dienst > hinfahren"),
    ]


def test_a_sign_for_below_shows_the_parents_and_enter_goes_on_behind_it(field, qtbot):
    _open(field)
    qtbot.keyClicks(field.line, "stra>")
    assert [row.kind for row in field.model.rows] == [Kind.PARENT]
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    qtbot.keyClicks(field.line, "Amt")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [["Straße > Amt"]]


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_the_parent_of_a_new_code_is_chosen_from_the_list(field, qtbot, by):
    _open(field, "hinfahren")
    if by == "key":
        qtbot.keyClick(field.line, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    else:
        qtbot.mouseClick(field.parent_link, Qt.MouseButton.LeftButton)
    assert field.line.text() == ""
    qtbot.keyClicks(field.line, "dienst")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "Verbindlichkeit > kurzer Dienstweg > hinfahren"
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [["Verbindlichkeit > kurzer Dienstweg > hinfahren"]]


def test_escape_leaves_the_choice_of_a_parent_with_the_name_kept(field, qtbot):
    _open(field, "hinfahren")
    qtbot.keyClick(field.line, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert field.isVisible()
    assert field.line.text() == "hinfahren"


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
    kinds = [row.kind for row in field.model.rows]
    assert kinds == [
        Kind.SECTION,
        Kind.SUGGESTION,
        Kind.SECTION,
        *[Kind.CODE] * 3,
        Kind.SECTION,
        Kind.SUGGESTION,
    ]
    assert field.current.guid == "d"


def test_at_most_three_codes_and_three_names_are_suggested(field):
    codes = [Suggestion(f"Kode {n}", "wie A", f"k{n}", n + 1) for n in range(5)]
    field.set_suggestions([*codes, *(Suggestion(f"Name {n}", "Wort") for n in range(5))])
    _open(field)
    assert _names(field, Kind.SUGGESTION) == ["Kode 0", "Kode 1", "Kode 2", "Name 0", "Name 1", "Name 2"]


def test_what_comes_late_is_taken_in_only_while_nothing_was_typed_or_moved(field, qtbot):
    late = [Suggestion("kurzer Dienstweg", "wie A, Abs. 16", "d", 7)]
    _open(field)
    lit = field.current
    assert field.offer(late)
    assert field.current == lit
    field.set_suggestions(())
    _open(field)
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    before = field.model.rows
    assert not field.offer(late)
    assert field.model.rows == before


def test_delete_passes_a_suggestion_and_is_the_lines_own_key_elsewhere(field, qtbot):
    field.set_suggestions([Suggestion("kurzer Dienstweg", "wie A, Abs. 16", "d", 7, leads=True)])
    _open(field)
    with qtbot.waitSignal(field.reason_wanted) as asked:
        qtbot.keyClick(field.line, Qt.Key.Key_Right)
    assert asked.args[0].guid == "d"
    with qtbot.waitSignal(field.passed) as passed:
        qtbot.keyClick(field.line, Qt.Key.Key_Delete)
    assert passed.args[0].guid == "d"
    assert _names(field, Kind.SUGGESTION) == []
    assert field.isVisible()
    qtbot.keyClicks(field.line, "ver")
    qtbot.keyClick(field.line, Qt.Key.Key_Home)
    qtbot.keyClick(field.line, Qt.Key.Key_Delete)
    assert field.line.text() == "er"


def test_typed_words_come_before_suggestions(field, qtbot):
    field.set_suggestions([Suggestion("kurzer Dienstweg", "wie A, Abs. 16", "d", 7)])
    _open(field)
    qtbot.keyClicks(field.line, "durch")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.heard == [["r"]]


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


def test_umlauts_are_found_as_they_are_spelt_out():
    search = CodeSearch(CHOICES)
    assert [hit.choice.guid for hit in search.rank("verfuegung", 5)] == ["r"]
    assert [hit.choice.guid for hit in search.rank("aemter", 5) if hit.sure] == ["a"]


def test_what_is_misspelt_is_found_in_name_path_and_definition_but_never_sure():
    search = CodeSearch(CHOICES)
    for typed, guid in (("dinestweg", "d"), ("rükhalt durch verf", "r"), ("verfügugn", "r")):
        hit = search.rank(typed, 5)[0]
        assert (hit.choice.guid, hit.sure) == (guid, False)
    known = CodeChoice("x", "Wege", "Amt > Wege", 1, definition="am Verfahren vorbei")
    assert not CodeSearch([known]).rank("verfaren vorbei", 5)[0].sure


def test_of_equal_rank_the_code_used_last_comes_first():
    rows = [
        CodeChoice(*(n, n, n, 1), count=c, recent=r)
        for n, c, r in (("Am", 9, 0), ("Amt", 1, 2), ("Amme", 1, 1))
    ]
    search = CodeSearch(rows)
    assert [hit.choice.guid for hit in search.rank("am", 5)] == ["Am", "Amme", "Amt"]


def test_what_is_chosen_is_not_offered_again_and_leaves_room_for_others():
    search = CodeSearch(CHOICES)
    assert [hit.choice.guid for hit in search.rank("ver", 1, without=frozenset("v"))] == ["a"]
