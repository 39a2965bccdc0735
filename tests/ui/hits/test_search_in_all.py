"""The search in all documents in the real window: typing, narrowing, going on, citing."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qda.coding import cases, codebook, memos

_CITE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_hits_are_counted_and_lie_under_their_document(hits):
    hits.search("vertrauen")
    assert hits.panel.count.text() == "1 document, 6 hits"
    model = hits.panel.list.passages
    assert model.is_heading(0) and model.heading(0) == "Interview B"
    shown = model.excerpt(1)
    assert [shown.words[a:b] for a, b in shown.marks] == ["Vertrauen"]
    assert shown.place == "I, para. 1"


def test_enter_in_the_field_leads_to_the_first_hit_and_down_to_the_next(hits, qtbot):
    hits.run("search-all")
    QTest.keyClicks(hits.panel.line, "zusagen")
    QTest.keyClick(hits.panel.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hits.selected() == "Zusagen")
    first = hits.desk.source
    QTest.keyClick(hits.panel.line, Qt.Key.Key_Down)
    assert hits.selected() == "Zusagen"
    assert hits.desk.source != first
    assert QApplication.focusWidget() is hits.panel.line


def test_the_search_is_narrowed_by_ticks_and_by_place(hits):
    hits.search("vertrauen")
    for box, left in ((hits.panel.respondents, 4), (hits.panel.whole, 3)):
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() - box.rect().center() / 2)
        box.setChecked(True)
        hits.settle()
        assert len(hits.panel.hits) == left
    hits.panel.respondents.setChecked(False)
    hits.panel.whole.setChecked(False)
    case = cases.add_case(hits.project, name="A")
    assert case
    hits.settle()
    at = hits.panel.within.findText("Only case A")
    hits.panel.within.setCurrentIndex(at)
    hits.panel.within.activated.emit(at)
    hits.settle()
    assert hits.panel.count.text() == "Nothing found"


def test_f3_goes_on_from_the_text_and_round(hits):
    hits.search("nochmal")
    hits.view.setFocus()
    hits.run("next-hit")
    assert hits.selected() == "nochmal"
    hits.run("next-hit")
    assert hits.selected() == "nochmal"
    hits.search("zusagen")
    hits.view.setFocus()
    hits.run("next-hit")
    here = hits.desk.source
    hits.run("previous-hit")
    assert hits.desk.source != here


def test_f3_means_the_search_above_the_text_while_it_is_open(hits):
    hits.run("search")
    bar = hits.workspace.pane.search
    QTest.keyClicks(bar.line, "vertrauen")
    told = bar.count.text()
    hits.run("next-hit")
    assert bar.count.text() != told
    hits.run("previous-hit")
    assert bar.count.text() == told


def test_hits_are_copied_as_the_sentences_they_stand_in(hits):
    hits.search("vertrauensleute")
    hits.panel.list.setFocus()
    QTest.keyClick(hits.panel.list, Qt.Key.Key_Down)
    QTest.keyClick(hits.panel.list, Qt.Key.Key_C, _CITE)
    copied = QApplication.clipboard().text()
    assert copied == "“Auch Vertrauensleute gab es, für die Zusagen.” (Interview B, para. 2)"
    assert hits.told[-1] == "Copied with its place."


def test_codes_and_memos_with_the_words_are_a_second_answer(hits, qtbot):
    made = codebook.add_code(hits.project, name="Vertrauen")
    memos.write_memo(hits.project, kind="theoretical", title="Zum Vertrauen", body="")
    hits.search("vertrauen")
    qtbot.waitUntil(hits.panel.also_link.isVisible)
    assert hits.panel.also_link.text() == "▸ Also in 1 code and 1 memo"
    QTest.mouseClick(hits.panel.also_link, Qt.MouseButton.LeftButton)
    assert hits.panel.also.count() == 2
    hits.panel.also.setCurrentRow(0)
    hits.panel.also.setFocus()
    QTest.keyClick(hits.panel.also, Qt.Key.Key_Return)
    assert hits.desk.code == made


def test_an_empty_list_says_what_to_do(hits):
    hits.search("")
    assert hits.panel.list.accessibleDescription().startswith("Type a word")


def test_escape_gives_the_place_back(hits):
    hits.search("vertrauen")
    QTest.keyClick(hits.panel.line, Qt.Key.Key_Escape)
    assert not hits.panel.isVisible()
    assert QApplication.focusWidget() is hits.view
