"""Verdicts on the passage in hand and the comparison with an imagined case, by keys and by mouse, undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from qda.coding import codes, partial
from qda.coding.comparing import IMAGINED

_Key = Qt.Key
_LIKE = "Zusagen hole ich mir am Telefon"
_OWN = "hole ich mir die Zusagen wieder am Telefon"


@pytest.fixture
def coded(comparing):
    """An earlier passage, and one in hand."""
    comparing.code(_LIKE, source=1)
    comparing.in_hand = comparing.code(_OWN)
    comparing.choose(comparing.in_hand)
    return comparing


@pytest.mark.parametrize(
    ("key", "title"),
    [(_Key.Key_Y, "“Zusagen holen”: fits"), (_Key.Key_N, "“Zusagen holen”: does not fit")],
)
def test_a_verdict_by_keys_writes_a_code_note_and_the_text_has_the_focus_again(coded, key, title):
    coded.view.setFocus()
    coded.key(key, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    coded.type("Am Telefon wie dort.")
    coded.key(_Key.Key_Return)
    assert coded.memos() == [("code", title, "Am Telefon wie dort.")]
    assert coded.view.hasFocus()
    assert coded.view.active_coding == coded.in_hand
    coded.window.undo()
    assert coded.memos() == []
    assert len(coded.codings()) == 2


def test_enter_alone_is_enough(coded):
    coded.run("judge-fits")
    coded.key(_Key.Key_Return)
    assert coded.memos() == [("code", "“Zusagen holen”: fits", "")]


def test_digits_judge_in_the_list(coded):
    coded.run("compare")
    coded.key(_Key.Key_2)
    assert coded.section.verdicts.words.hasFocus()
    coded.key(_Key.Key_Return)
    assert coded.memos()[0][1] == "“Zusagen holen”: does not fit"


def test_a_click_opens_the_line_and_another_closes_it(coded):
    coded.click("verdict_fits")
    assert coded.section.verdicts.words.hasFocus()
    coded.click("verdict_fits")
    assert not coded.section.verdicts.words.isVisible()
    assert coded.view.hasFocus()
    assert coded.memos() == []


def test_escape_writes_nothing_and_what_was_typed_is_there_again(coded):
    coded.run("judge-fits")
    coded.type("halb")
    coded.key(_Key.Key_Escape)
    assert coded.memos() == []
    assert coded.view.hasFocus()
    coded.run("judge-fits")
    assert coded.section.verdicts.words.text() == "halb"


def test_words_about_one_coding_never_go_to_another(coded):
    coded.run("judge-fits")
    coded.type("zur ersten")
    coded.choose(coded.code("alles stand geschrieben"))
    assert not coded.section.verdicts.words.isVisible()
    coded.run("judge-fits")
    assert coded.section.verdicts.words.text() == ""
    coded.key(_Key.Key_Escape)
    coded.choose(coded.in_hand)
    assert coded.section.verdicts.words.text() == "zur ersten"
    assert coded.section.verdicts.words.isVisible()
    assert coded.memos() == []


def test_a_new_property_is_named_and_its_place_set_and_all_is_undone_at_once(coded):
    coded.run("judge-new-property")
    coded.type("Weg")
    coded.key(_Key.Key_Tab)
    coded.type("am Telefon")
    coded.key(_Key.Key_Tab)
    coded.type("Sonst schriftlich.")
    coded.key(_Key.Key_Return)
    code = partial.code_of_coding(coded.project, coded.in_hand)
    assert [row.name for row in codes.properties(coded.project, code)] == ["Weg"]
    assert [row.value for row in partial.values_of_code(coded.project, code)] == ["am Telefon"]
    assert coded.memos() == [
        ("code", "“Zusagen holen”: new property", "Weg: am Telefon\n\nSonst schriftlich.")
    ]
    assert coded.view.hasFocus()
    coded.settle()
    assert coded.page.properties.isVisible()
    coded.window.undo()
    assert (coded.memos(), codes.properties(coded.project, code)) == ([], [])


def test_a_property_without_a_name_is_asked_for_and_nothing_is_written(coded):
    coded.click("verdict_new_property")
    coded.key(_Key.Key_Return)
    assert coded.section.verdicts.name.hasFocus()
    assert coded.told[-1] == "Say which property the passage shows."
    assert coded.refused == []
    assert coded.memos() == []


def _misfit(coded):
    coded.run("judge-does-not-fit")
    coded.key(_Key.Key_Return)
    coded.settle()


def test_what_does_not_fit_may_be_left_so(coded):
    _misfit(coded)
    assert coded.section.verdicts.offers.isVisible()
    assert coded.view.hasFocus()
    coded.click("misfit_leave")
    assert not coded.section.verdicts.offers.isVisible()
    assert len(coded.codings()) == 2


def test_what_does_not_fit_can_be_removed_and_everything_undone(coded):
    _misfit(coded)
    coded.click("misfit_remove")
    assert coded.codings() == [("Zusagen holen", _LIKE)]
    coded.window.undo()
    assert len(coded.codings()) == 2
    coded.window.undo()
    assert coded.memos() == []


def test_what_does_not_fit_can_be_recoded(coded):
    _misfit(coded)
    coded.click("misfit_recode")
    assert coded.workspace.pane.field.isVisible()
    coded.workspace.pane.field.hide()


def test_after_recoding_nothing_more_is_offered(coded):
    from qda.coding import open_coding

    _misfit(coded)
    coded.desk.do(open_coding.recode, coding=coded.in_hand, code="Telefonieren")
    coded.settle()
    assert not coded.section.verdicts.offers.isVisible()
    assert coded.section._quiet.text() == "Nothing earlier: the first incident."


def test_what_does_not_fit_can_split_the_code(coded):
    _misfit(coded)
    coded.click("misfit_split")
    dialog = coded.window.findChild(QDialog, "split_code")
    assert dialog.isVisible()
    dialog.reject()


def test_the_offer_is_gone_with_the_next_coding(coded):
    _misfit(coded)
    coded.choose(coded.code("alles stand geschrieben"))
    assert not coded.section.verdicts.offers.isVisible()


def test_an_imagined_case_is_written_in_place_by_keys(coded):
    coded.run("compare")
    coded.key(_Key.Key_4)
    replies = coded.section.imagined.replies
    assert replies[0].hasFocus()
    coded.type("Alles nur schriftlich.")
    coded.key(_Key.Key_Tab)
    assert replies[1].hasFocus()
    coded.type("Wie im Handel.")
    coded.key(_Key.Key_Return)
    coded.type("Zweite Zeile.")
    coded.key(_Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    body = f"{IMAGINED[0]}\nAlles nur schriftlich.\n\n{IMAGINED[1]}\nWie im Handel.\nZweite Zeile."
    assert coded.memos() == [("theoretical", "“Zusagen holen”: compared with an imagined case", body)]
    assert coded.view.hasFocus()
    assert not coded.section.imagined.isVisible()
    coded.window.undo()
    assert coded.memos() == []


def test_an_imagined_case_by_mouse_as_a_code_note(coded):
    coded.click("imagined_begin")
    coded.type("Umgekehrt.")
    coded.click("imagined_code")
    assert [memo[0] for memo in coded.memos()] == ["code"]


def test_nothing_imagined_writes_no_note(coded):
    coded.click("imagined_begin")
    coded.click("imagined_theoretical")
    assert coded.memos() == []
    assert coded.told[-1] == "Nothing is written yet."


def test_what_was_imagined_and_not_written_waits_with_its_code(coded):
    coded.run("imagined-case")
    coded.type("Noch nicht fertig")
    coded.key(_Key.Key_Escape)
    assert coded.view.hasFocus()
    coded.choose(coded.code("alles stand geschrieben", "Anderes"))
    coded.run("imagined-case")
    assert coded.section.imagined.replies[0].toPlainText() == ""
    coded.key(_Key.Key_Escape)
    coded.choose(coded.in_hand)
    coded.run("imagined-case")
    assert coded.section.imagined.replies[0].toPlainText() == "Noch nicht fertig"


def test_the_first_incident_can_be_compared_with_an_imagined_case(comparing):
    comparing.choose(comparing.code(_OWN))
    comparing.click("imagined_begin")
    assert comparing.section.imagined.replies[0].hasFocus()


def test_a_study_that_can_only_be_read_compares_and_judges_nothing(coded, tmp_path):
    path = coded.project.path
    coded.window.close_study()
    from qda.models import Project

    coded.window.open_project(Project.open(path, read_only=True))
    coded.window.show_workspace("open")
    coded.desk = coded.window.desk
    coded.desk.source_wanted.emit(coded.sources[0], -1, -1)
    coded.choose(coded.in_hand)
    assert coded.shown() == [_LIKE, _LIKE]
    assert not any(button.isEnabled() for button in coded.section.verdicts.buttons.values())
    QTest.mouseClick(coded.section.passages()[0].quote, Qt.MouseButton.LeftButton)
    assert coded.workspace.pane.source == coded.sources[1]
