"""The interview guide: topics in an order, found where they were asked, all answers to one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from qda.coding.topics import add_topic, set_topic, topic_marks, topics
from qda.ui.turns.guide_page import ANSWERS, ASKED, PROPOSED


@pytest.fixture
def guide(correcting):
    """The guide with three topics, none set on a turn."""
    project = correcting.project
    correcting.topics = {
        "Anfang": add_topic(project, name="Anfang", question="Wie fing das an?"),
        "Hindernisse": add_topic(project, name="Hindernisse", question="Was steht Ihnen im Weg?"),
        "Hilfe": add_topic(project, name="Hilfe", question="Wer hilft Ihnen?"),
    }
    correcting.window.action("show-guide").trigger()
    correcting.material = correcting.window.workspace("material")
    return correcting


def _order(guide):
    return [row.name for row in topics(guide.project)]


def test_a_first_topic_is_made_from_the_empty_guide(correcting):
    correcting.window.action("show-guide").trigger()
    material = correcting.window.workspace("material")
    assert material.guide.first.isVisible()
    material.add_topic("Anfang")
    assert [row.name for row in topics(correcting.project)] == ["Anfang"]
    assert QApplication.focusWidget() is material.guide.question
    QTest.keyClicks(material.guide.question, "Wie fing das an?")
    material.guide.question.flush()
    assert topics(correcting.project)[0].question == "Wie fing das an?"


def test_topics_are_put_into_another_order_by_keys(guide):
    listed = guide.material.topics
    assert QApplication.focusWidget() is listed
    listed.choose(guide.topics["Hilfe"])
    QTest.keyClick(listed, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert _order(guide) == ["Anfang", "Hilfe", "Hindernisse"]
    assert listed.current == guide.topics["Hilfe"]
    guide.window.undo()
    assert _order(guide) == ["Anfang", "Hindernisse", "Hilfe"]


def test_a_topic_is_renamed_by_f2_and_removed_by_del(guide):
    QTest.keyClick(guide.material.topics, Qt.Key.Key_F2)
    field = guide.material.guide.name
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "Beginn")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert _order(guide)[0] == "Beginn"
    guide.material.topics.setFocus()
    QTest.keyClick(guide.material.topics, Qt.Key.Key_Delete)
    assert _order(guide) == ["Hindernisse", "Hilfe"]
    guide.window.undo()
    assert _order(guide)[0] == "Beginn"


def test_where_it_was_asked_is_proposed_and_accepted_by_a_person(guide, qtbot):
    page = guide.material.guide
    QTest.mouseClick(page.find_link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.find_link.isEnabled)
    assert page.views.currentIndex() == PROPOSED
    assert topic_marks(guide.project) == []  # proposed, not set
    assert QApplication.focusWidget() is page.list
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    first = topic_marks(guide.project)[0]
    assert first.name == "Anfang"
    for name in ("Hindernisse", "Hilfe"):
        guide.material.topics.choose(guide.topics[name])
        page.views.setCurrentIndex(PROPOSED)
        QTest.mouseClick(page.findChild(QPushButton, "topic_accept_all"), Qt.MouseButton.LeftButton)
    found = {(m.paragraph, m.name) for m in topic_marks(guide.project, guide.source)}
    assert found == {("1", "Anfang"), ("3", "Hindernisse"), ("5", "Hilfe")}


def test_all_answers_are_read_beside_the_text_and_coded_from_there(guide):
    for number, name in (("1", "Anfang"), ("3", "Hindernisse"), ("5", "Hilfe")):
        set_topic(guide.project, source=guide.source, paragraph=number, topic=guide.topics[name])
    page = guide.material.guide
    guide.material.topics.choose(guide.topics["Hilfe"])
    page.views.setCurrentIndex(ANSWERS)
    QTest.mouseClick(page.findChild(QPushButton, "topic_beside"), Qt.MouseButton.LeftButton)
    assert guide.window.current_workspace == "open"
    answers = guide.window.workspace("open").answers
    assert answers.isVisible()
    assert answers.count.text() == "1 answer in 1 document"
    assert QApplication.focusWidget() is answers.list
    span = guide.view.selected_span()
    assert guide.view.text[span.start : span.stop] == "Das Amt.\nUnd der Beirat."
    QTest.keyClick(answers.list, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is guide.view
    guide.pane.code_with(_code(guide))
    assert answers.isVisible()  # one goes on through the list
    guide.window.action("answers").trigger()
    QTest.keyClick(answers.list, Qt.Key.Key_Escape)
    assert not answers.isVisible()


def _code(guide):
    from qda.coding.codebook import add_code

    return add_code(guide.project, name="Hilfe von oben")


def test_an_answer_is_copied_with_its_place(guide):
    set_topic(guide.project, source=guide.source, paragraph="3", topic=guide.topics["Hindernisse"])
    guide.desk.answers_wanted.emit(guide.topics["Hindernisse"])
    answers = guide.window.workspace("open").answers
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(answers.list, Qt.Key.Key_C, control)
    assert QApplication.clipboard().text().startswith("“Das Geld, erlich gesagt.")
    assert "Interview mit Fehlern, para. 4" in QApplication.clipboard().text()


def test_a_topic_is_taken_off_a_turn_in_the_list(guide):
    set_topic(guide.project, source=guide.source, paragraph="3", topic=guide.topics["Anfang"])
    page = guide.material.guide
    page.views.setCurrentIndex(ASKED)
    page.list.setFocus()
    page.list.step(1)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)
    assert topic_marks(guide.project) == []


def test_the_sheet_comes_back_from_the_guide(guide):
    guide.window.action("show-sheet").trigger()
    assert guide.material.sheet.isVisible()
    assert not guide.material.guide.isVisible()
