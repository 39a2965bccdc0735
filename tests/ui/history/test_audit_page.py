"""The audit sheet: questions, figures that lead on, answers saved as one act when the field is left."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qda.coding import axial
from qda.coding.audit import QUESTIONS, audit_answers
from qda.coding.history import history
from qda.coding.question_answers import answer_method
from qda.ui.history.audit_page import AuditPage
from qda.ui.open_coding.parts import Quote, TitleLink
from tests.ui.history.conftest import shortcut

ENTER, ESCAPE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
CONTROL = Qt.KeyboardModifier.ControlModifier


def _open(hands) -> AuditPage:
    hands.run("audit-sheet")
    return hands.page(AuditPage)


def _answers(hands) -> dict[str, str]:
    return {key: row.body for key, row in audit_answers(hands.project).items()}


def test_it_opens_by_keys_with_the_first_question(hands):
    assert hands.window.action("audit-sheet").shortcut().toString() == "Ctrl+Alt+U"
    page = _open(hands)
    assert page.list.hasFocus()
    assert page.question.text() == "1. How and why was the first sample chosen?"
    assert page.signed.text() == "unanswered"
    assert page.field.accessibleName() == "Answer to: How and why was the first sample chosen?"


def test_an_answer_is_one_act_when_the_field_is_left_and_can_be_undone(hands):
    page = _open(hands)
    before = len(history(hands.project))
    hands.key(ENTER)
    assert page.field.hasFocus()
    hands.type("Ein Fall")
    QTest.qWait(1200)
    assert _answers(hands) == {}
    hands.type(", weil er offen war.")
    hands.key(ESCAPE)
    assert page.list.hasFocus()
    assert _answers(hands) == {"audit:sample": "Ein Fall, weil er offen war."}
    assert len(history(hands.project)) == before + 1
    assert page.signed.text().startswith("MK")
    hands.desk.undo()
    assert _answers(hands) == {}
    assert page.field.toPlainText() == ""
    hands.desk.redo()
    assert page.field.toPlainText() == "Ein Fall, weil er offen war."


def test_control_enter_saves_and_goes_on_to_the_next_question(hands):
    page = _open(hands)
    hands.key(ENTER)
    hands.type("Eins")
    hands.key(ENTER, CONTROL)
    assert page.question.text().startswith("2. ")
    assert page.field.hasFocus()
    hands.type("Zwei")
    hands.key(ENTER, CONTROL)
    assert list(_answers(hands).values()) == ["Eins", "Zwei"]


def test_turning_to_another_question_by_mouse_saves_the_answer_to_the_one_before(hands):
    page = _open(hands)
    page.field.setFocus()
    hands.type("Eins")
    row = next(at for at, one in enumerate(page.list.questions.rows) if one.number == 3)
    place = page.list.visualRect(page.list.questions.index(row)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.question.text().startswith("3. ")
    assert page.field.toPlainText() == ""
    assert _answers(hands) == {"audit:sample": "Eins"}


def test_nothing_is_written_where_nothing_was_changed(hands):
    page = _open(hands)
    before = len(history(hands.project))
    for _question in QUESTIONS:
        hands.key(ENTER)
        hands.key(ESCAPE)
        hands.key(DOWN)
    page.field.setFocus()
    hands.type("  ")
    hands.key(ESCAPE)
    assert len(history(hands.project)) == before


def test_an_answer_that_is_emptied_is_removed(hands):
    answer_method(hands.project, key="audit:sample", text="Falsch.")
    page = _open(hands)
    hands.key(ENTER)
    page.field.selectAll()
    hands.key(Qt.Key.Key_Delete)
    hands.key(ESCAPE)
    assert _answers(hands) == {}
    assert page.signed.text() == "unanswered"


def test_figures_lead_to_the_passage_and_to_the_relation(hands, qtbot):
    page = _open(hands)
    page.list.choose("audit:failures")
    quote = page.figures.findChildren(Quote)[0]
    assert quote.row.text == "Ruhe."[: len(quote.row.text)]
    relation = next(
        one for one in page.figures.findChildren(TitleLink) if "Dienstweg bindet" in one.toolTip()
    )
    chosen: list[str] = []
    hands.desk.relation_chosen.connect(chosen.append)
    relation.setFocus()
    hands.key(Qt.Key.Key_Space)
    assert set(chosen) == {hands.relation}
    assert not page.isVisible()
    hands.run("audit-sheet")
    quote = page.figures.findChildren(Quote)[0]
    QTest.mouseClick(quote, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: hands.window.current_workspace == "open")


def test_figures_follow_acts_and_what_is_being_written_stays(hands, qtbot):
    page = _open(hands)
    page.list.choose("audit:related")
    hands.key(ENTER)
    hands.type("Ich schreibe")
    axial.set_relation_status(hands.project, relation=hands.relation, status="rejected")
    qtbot.waitUntil(lambda: "rejected 1" in page.items["audit:related"].lines[0].words, timeout=10_000)
    assert page.field.toPlainText() == "Ich schreibe"
    assert _answers(hands) == {}


def test_a_study_that_cannot_be_written_is_looked_at_only(hands, monkeypatch):
    monkeypatch.setattr(hands.project, "read_only", True)
    page = _open(hands)
    assert page.field.isReadOnly()
    hands.key(ENTER)
    hands.key(ESCAPE)
    assert _answers(hands) == {}


def test_the_list_tells_number_question_and_answer_to_a_screen_reader(hands):
    answer_method(hands.project, key="audit:sample", text="Zwei Fälle.")
    page = _open(hands)
    told = [page.list.questions.index(at).data() for at in range(3)]
    assert told[0] == "How the theory came about"
    assert told[1] == "1. How and why was the first sample chosen? Zwei Fälle."
    assert told[2].endswith("unanswered")


def test_the_field_keeps_escape_from_the_window(hands):
    page = _open(hands)
    assert shortcut(page.field, ESCAPE)


def test_closing_the_study_saves_what_is_being_written(hands):
    page = _open(hands)
    page.field.setFocus()
    hands.type("Noch schnell")
    path = hands.project.path
    hands.window.close_study()
    from qda.models import Project

    with Project.open(path) as again:
        assert audit_answers(again)["audit:sample"].body == "Noch schnell"
