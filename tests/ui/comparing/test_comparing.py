"""Constant comparison beside the text: what is shown, by keys and by mouse, late answers, the way back."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from qda.coding import codes, partial, sheet
from qda.ui.comparing.asking import compare
from qda.ui.comparing.switch import is_on
from qda.ui.open_coding.parts import Section

_Key = Qt.Key
_LIKE = "Zusagen hole ich mir am Telefon"
_OWN = "hole ich mir die Zusagen wieder am Telefon"
_UNLIKE = "eine Satzung mit Stempel und Siegel"
_PAPER = "der Beschluss im Kreistag"


@pytest.fixture
def coded(comparing):
    """Three earlier passages in two cases, and one in hand."""
    comparing.code(_PAPER)
    comparing.code(_LIKE, source=1)
    comparing.code(_UNLIKE, source=1)
    comparing.in_hand = comparing.code(_OWN)
    comparing.choose(comparing.in_hand)
    return comparing


def _select(comparing, words):
    start = comparing.view.text.index(words)
    comparing.view.select_span(start, start + len(words))
    comparing.view.setFocus()


def test_coding_by_hand_shows_the_most_like_the_most_unlike_and_the_cases(coded):
    assert coded.shown()[:2] == [_LIKE, _UNLIKE]
    assert coded.shown()[2:] == [_PAPER, _UNLIKE]
    names = [one.quote.accessibleName().partition(":")[0] for one in coded.section.passages()]
    assert names == ["Most like", "Most unlike", "Fall A", "Fall B"]


def test_the_first_coding_of_a_code_says_so_quietly(comparing):
    comparing.choose(comparing.code(_OWN))
    assert comparing.section._quiet.text() == "Nothing earlier: the first incident."
    assert comparing.section._quiet.isVisible()
    assert comparing.shown() == []


def test_coding_in_the_text_compares_and_leaves_the_focus_there(comparing):
    comparing.code(_LIKE, source=1)
    comparing.desk.last_code = codes.codes(comparing.project)[0].guid
    _select(comparing, _OWN)
    comparing.workspace.pane.again()
    assert comparing.view.hasFocus()
    comparing.settle()
    assert comparing.shown() == [_LIKE, _LIKE]
    assert comparing.view.hasFocus()


def test_the_only_other_passage_is_not_called_most_unlike(comparing):
    comparing.code(_LIKE, source=1)
    comparing.choose(comparing.code(_OWN))
    assert comparing.section.passages()[0].quote.accessibleName().startswith("The only other one")


def test_the_comment_stands_above_the_comparison_and_can_be_seen(coded):
    assert coded.page.comment.isVisible()
    above = coded.page.comment.mapTo(coded.page, coded.page.comment.rect().bottomLeft()).y()
    assert above <= coded.section.y()
    coded.run("comment-coding")
    assert coded.page.comment.hasFocus()


def test_nothing_is_compared_in_the_time_of_coding_itself(comparing):
    """The comparison begins after the paint, so that a coding is as quick as without it."""
    comparing.code(_LIKE, source=1)
    asked = []
    comparing.section.asker.work = lambda project, wish: asked.append(wish) or compare(project, wish)
    coding = comparing.code(_OWN)
    comparing.desk.coding_chosen.emit(coding)
    comparing.page.refresh()
    assert asked == []
    comparing.section.asker.wait()
    assert len(asked) == 1


def test_an_answer_that_comes_too_late_is_dropped(comparing):
    comparing.code(_LIKE, source=1)
    first, second = comparing.code(_PAPER), comparing.code("Wie kam es dazu", "Anfang")
    asker, go = comparing.section.asker, threading.Event()
    answers, asked = [], []
    asker.answered.connect(answers.append)

    def slow(project, wish):
        asked.append(wish)
        go.wait(10)
        return compare(project, wish)

    asker.work = slow
    comparing.desk.coding_chosen.emit(first)
    comparing.page.refresh()
    asker._start()
    comparing.desk.coding_chosen.emit(second)
    comparing.page.refresh()
    go.set()
    asker.wait()
    assert [wish.code for wish in asked] == [
        partial.code_of_coding(comparing.project, c) for c in (first, second)
    ]
    assert [answer.wish for answer in answers] == asked[1:]
    assert comparing.shown() == []


def test_a_bug_in_the_thread_is_seen(coded, qtbot):
    def broken(_project, _wish):
        raise ZeroDivisionError

    coded.section.asker.work = broken
    coded.section._ask()
    with pytest.raises(ZeroDivisionError):
        coded.section.asker.wait()


def test_another_coding_of_the_code_and_its_removal_are_followed(coded):
    coded.code("alles stand geschrieben")
    coded.settle()
    assert coded.section.shown.count == 4
    coded.window.undo()
    coded.settle()
    assert coded.section.shown.count == 3


def test_the_key_goes_to_the_first_passage_and_escape_back_to_the_text(coded):
    coded.key(_Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert coded.section.passages()[0].quote.hasFocus()
    coded.key(_Key.Key_Down)
    assert coded.section.passages()[1].quote.hasFocus()
    coded.key(_Key.Key_End)
    assert coded.section.passages()[-1].quote.hasFocus()
    coded.key(_Key.Key_Down)
    assert coded.section.passages()[-1].quote.hasFocus()
    coded.key(_Key.Key_Home)
    coded.key(_Key.Key_Escape)
    assert coded.view.hasFocus()


def test_enter_leads_to_a_passage_of_another_document_and_escape_back_to_the_same_place(coded):
    place, coding = coded.view.place(), coded.desk.coding
    coded.run("compare")
    coded.key(_Key.Key_Return)
    assert coded.workspace.pane.source == coded.sources[1]
    span = coded.view.selected_span()
    assert coded.view.text[span.start : span.stop] == _LIKE
    assert coded.view.hasFocus()
    panel = coded.workspace._right.currentWidget()
    assert [one.row.text for one in (panel.findChildren(type(coded.section.passages()[0])))] == [_LIKE, _OWN]
    coded.key(_Key.Key_Escape)
    assert (coded.workspace.pane.source, coded.view.place()) == (coded.sources[0], place)
    assert (coded.desk.coding, coded.view.active_coding) == (coding, coding)
    assert coded.view.selected_span() is None
    coded.settle()
    QTest.qWait(1)
    assert coded.section.passages()[0].quote.hasFocus()
    assert coded.section.isVisible()


def test_a_click_leads_there_and_the_button_back_into_the_text(coded):
    place = coded.view.place()
    QTest.mouseClick(coded.section.passages()[2].quote, Qt.MouseButton.LeftButton)
    span = coded.view.selected_span()
    assert coded.view.text[span.start : span.stop] == _PAPER
    coded.click("visit_back", coded.workspace)
    assert coded.view.place() == place
    assert coded.view.active_coding == coded.in_hand
    assert coded.view.hasFocus()
    coded.key(_Key.Key_Escape)  # its usual meaning again
    assert coded.view.active_coding == ""


def test_who_sets_another_coding_apart_there_goes_on_from_there(coded):
    coded.run("compare")
    coded.key(_Key.Key_Return)
    other = coded.code("auf dem kurzen Weg", "Anderes", source=1)
    coded.desk.coding_chosen.emit(other)
    assert coded.workspace._right.currentWidget() is coded.workspace.inspector
    coded.key(_Key.Key_Escape)
    coded.key(_Key.Key_Escape)
    assert coded.workspace.pane.source == coded.sources[1]


def test_the_way_back_is_there_when_the_coding_in_hand_was_undone_meanwhile(coded):
    coded.run("compare")
    coded.key(_Key.Key_Return)
    coded.window.undo()
    coded.key(_Key.Key_Escape)
    assert coded.workspace.pane.source == coded.sources[0]
    assert coded.desk.coding == ""
    assert coded.workspace._right.currentWidget() is coded.workspace.inspector
    assert coded.view.hasFocus()


def test_comparing_again_from_a_visited_passage_leads_back_first(coded):
    coded.run("compare")
    coded.key(_Key.Key_Down)
    coded.key(_Key.Key_Down)
    coded.key(_Key.Key_Return)
    coded.run("compare")
    assert coded.desk.coding == coded.in_hand
    assert coded.section.passages()[0].quote.hasFocus()


def test_space_reads_a_long_passage_in_full_and_folds_it_again(comparing):
    long = "Wir haben " + "uns die Zusagen geholt und 🙂 telefoniert, " * 40
    from qda.coding import documents
    from qda.exchange.reading import draft_from_text

    source = documents.take_in(comparing.project, draft=draft_from_text(long), title="Lang")
    text = long.strip()
    from qda.coding import open_coding

    comparing.desk.do(open_coding.code_passage, source=source, start=0, stop=len(text), code="Zusagen holen")
    comparing.choose(comparing.code(_OWN))
    comparing.run("compare")
    quote = comparing.section.passages()[0].quote
    folded = quote.sizeHint().height()
    assert quote.cut()
    comparing.key(_Key.Key_Space)
    lines, _beside = quote._laid_out(quote.width() - 8)
    assert "".join(lines).strip("„“”") == text
    assert quote.sizeHint().height() > 3 * folded
    comparing.key(_Key.Key_Space)
    assert quote.sizeHint().height() == folded
    assert comparing.workspace.pane.source == comparing.sources[0]


def test_the_menu_reads_leads_and_copies(coded):
    passage = coded.section.passages()[1]
    acts = {act.text().partition("\t")[0]: act for act in passage.menu().actions()}
    assert list(acts) == ["Read in full", "Go there", "Copy as citation"]
    acts["Copy as citation"].trigger()
    assert QGuiApplication.clipboard().text() == f"“{_UNLIKE}” (Interview B, para. 4)"
    acts["Read in full"].trigger()
    assert passage.quote.whole
    acts["Go there"].trigger()
    assert coded.workspace.pane.source == coded.sources[1]


def test_a_passage_is_copied_by_key(coded):
    coded.run("compare")
    coded.key(_Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == f"“{_LIKE}” (Interview B, para. 2)"


def test_more_passages_of_a_case_come_by_pages(comparing):
    words = (
        "Die Zusagen",
        "haben wir",
        "uns auf",
        "kurzen Dienstweg",
        "ging über",
        "das Telefon",
        "Dann kam",
    )
    for one in words:
        comparing.code(one)
    comparing.choose(comparing.code(_OWN))
    assert comparing.shown()[2:] == ["Dann kam"]
    comparing.click("more_passages")
    assert len(comparing.shown()[2:]) == 5
    comparing.click("more_passages")
    assert comparing.shown()[2:] == list(reversed(words))
    assert comparing.found("more_passages") is None


def _words(section: Section) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in section.findChildren(QLabel) if label.isVisible())


def test_frequencies_that_the_study_hides_are_not_shown_here(coded):
    assert "1 passage" in _words(coded.section)
    assert "2 passages" in _words(coded.section)
    sheet.set_frequencies_hidden(coded.project, hidden=True)
    coded.settle()
    assert "passages" not in _words(coded.section)
    assert coded.found("more_passages").text() == "More"


def test_it_can_be_switched_off_and_the_key_brings_it_back(coded):
    coded.click("comparing_off")
    assert coded.section.isHidden()
    assert not is_on(coded.desk)
    asked = []
    coded.section.asker.work = lambda project, wish: asked.append(wish) or compare(project, wish)
    coded.choose(coded.code("alles stand geschrieben"))
    assert coded.section.isHidden()
    assert asked == []
    coded.run("compare")
    coded.settle()
    assert coded.section.isVisible()
    assert coded.section.isAncestorOf(coded.window.focusWidget())
    coded.run("compare-while-coding")
    assert coded.section.isHidden()
    assert coded.view.hasFocus()


def test_the_way_of_measuring_is_told_and_is_no_verdict(coded):
    assert "letters" in coded.section.title.toolTip()
    assert "no verdict" in coded.section.title.toolTip()


def test_the_comparison_comes_back_from_the_sheet_of_the_code(coded):
    coded.desk.code_chosen.emit(partial.code_of_coding(coded.project, coded.in_hand))
    assert not coded.section.isVisible()
    coded.run("compare")
    assert coded.section.isVisible()
    assert coded.section.isAncestorOf(coded.window.focusWidget())
