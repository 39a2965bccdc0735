"""Evidence in the real window: passages nearby, pieces of several passages, the queue, from a passage."""

import threading
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from qda.coding import codes, documents, evidence, material
from qda.coding import theory as theories
from qda.coding.candidate_context import passed_over
from qda.reports.figures_of import UNKNOWN

Key = Qt.Key


@pytest.fixture
def axial(theory, qtbot):
    theory.show_workspace("axial")
    workspace = theory.workspace("axial")
    qtbot.waitUntil(lambda: workspace.page.adding.near.current is not None)
    return workspace


def relation(workspace) -> str:
    return workspace.relation.guid


def pieces(window):
    return theories.evidence(window.project)


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)


def shown(workspace) -> str:
    return workspace.page.adding.card.words.text()


def test_what_may_contradict_comes_first_with_its_text_and_its_reason(axial):
    adding = axial.page.adding
    assert adding.count.text() == "1 of 2"
    assert "Ich rufe alle an." in shown(axial)
    assert "Aber" in shown(axial)
    assert "in one paragraph" in adding.card.about.text()
    assert "may speak against it" in adding.card.about.text()
    assert "“Aber” (contrast)" in adding.card.about.toolTip()


def test_keys_step_take_pass_and_undo(theory, axial, qtbot):
    adding = axial.page.adding
    press(theory, Key.Key_F9)
    assert adding.card.hasFocus()
    press(theory, Key.Key_Down)
    assert adding.count.text() == "2 of 2"
    press(theory, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert adding.count.text() == "1 of 2"
    press(theory, Key.Key_K)
    press(theory, Key.Key_W)
    piece = pieces(theory)[0]
    assert (piece.polarity, piece.kind, len(piece.segments)) == ("contradicting", "inferred", 2)
    qtbot.waitUntil(lambda: adding.count.text() == "1 of 1")
    assert "Anrufen" in shown(axial)
    press(theory, Key.Key_U)
    qtbot.waitUntil(lambda: adding.near.total == 0 and not adding.near.looking)
    assert len(passed_over(theory.project, relation(axial))) == 2
    assert "No passage nearby" in adding.card.about.text()
    theory.undo()
    qtbot.waitUntil(lambda: adding.count.text() == "1 of 1")
    theory.undo()
    qtbot.waitUntil(lambda: adding.count.text() == "1 of 2")
    assert pieces(theory) == []
    theory.undo()  # the relation itself
    assert axial.relation is None


def test_by_mouse_a_passage_is_taken_and_another_one_passed(theory, axial, qtbot):
    adding = axial.page.adding

    def click(name: str) -> None:
        QTest.mouseClick(axial.findChild(QPushButton, name), Qt.MouseButton.LeftButton)

    click("kind_inferred")
    click("add_qualifying")
    qtbot.waitUntil(lambda: adding.count.text() == "1 of 1")
    click("pass_candidate")
    qtbot.waitUntil(lambda: adding.near.total == 0 and not adding.near.looking)
    assert [(one.polarity, one.kind) for one in pieces(theory)] == [("qualifying", "inferred")]
    assert len(passed_over(theory.project, relation(axial))) == 2


def test_the_nearness_chosen_is_kept_with_the_study(theory, axial, qtbot):
    from dataclasses import replace

    from qda.ui.evidence.nearness import kept

    near = axial.page.adding.near
    near.use(replace(near.nearness, reach="segment", alone=False))
    qtbot.waitUntil(lambda: not near.looking)
    assert near.total == 0
    assert axial.page.adding.nearness.text().startswith("same passage")
    assert kept(theory.project) == near.nearness
    theory.project.set_setting("axial.nearness", '{"reach": 3}')
    assert kept(theory.project).reach == "turns"


def test_a_passage_joins_the_piece_in_hand_and_is_taken_off_again(theory, axial, qtbot):
    adding = axial.page.adding
    source = material.sources(theory.project)[1].guid
    piece = evidence.add_evidence(
        theory.project, relation=relation(axial), segments=[f"{source}:50-76"], polarity="supporting"
    )
    qtbot.waitUntil(lambda: axial.page.evidence.current == piece and not adding.near.looking)
    adding.focus_card()
    steps = theory.project.unit_count()
    press(theory, Key.Key_J)
    assert theory.project.unit_count() == steps + 1
    assert len(pieces(theory)[0].segments) == 3
    qtbot.waitUntil(lambda: adding.near.total == 1)
    axial.page.evidence.take_off()
    chooser = axial.findChild(QDialog, "chooser")
    assert len(chooser.list.choices.rows) == 3
    chooser._take(chooser.list.choices.rows[0].key)
    assert len(pieces(theory)[0].segments) == 2


def test_what_was_passed_over_is_in_the_list_and_is_taken_up_again(theory, axial, qtbot):
    axial.page.adding.pass_over()
    axial.pick_evidence()
    picker = axial.findChild(QDialog, "picker")
    qtbot.waitUntil(lambda: len(picker.list.choices.rows) == 1)
    picker.scope.show_key("passed")
    picker._scoped("passed")
    qtbot.waitUntil(lambda: len(picker.list.choices.rows) == 2)
    picker.list.setFocus()
    QTest.keyClick(picker.list, Key.Key_U)
    qtbot.waitUntil(lambda: len(picker.list.choices.rows) == 1)
    QTest.keyClick(picker.list, Key.Key_W)
    assert [one.polarity for one in pieces(theory)] == ["contradicting"]
    qtbot.waitUntil(lambda: not picker.list.choices.rows)
    assert passed_over(theory.project, relation(axial)) == []
    picker.scope.show_key("both")
    picker._scoped("both")
    qtbot.waitUntil(lambda: len(picker.list.choices.rows) == 4)
    picker.accept()


def test_searched_found_none_is_kept_for_a_case_or_for_all_and_taken_back(theory, axial, qtbot):
    case = material.cases(theory.project)[1].guid
    axial.acts.note_search(relation(axial), case)
    dialog = axial.findChild(QDialog, "search_dialog")
    assert dialog.where.currentData() == case
    QTest.keyClicks(dialog.note, "bei den Anrufen")
    dialog.accept()
    line = axial.findChild(QPushButton, "remove_search")
    qtbot.waitUntil(lambda: "in B" in line.text())  # once it has its room
    assert "bei den Anrufen" in line.text()
    line.click()
    assert theories.counter_searches(theory.project) == []


def test_the_queue_leads_to_the_passages_of_a_case_and_empties(theory, axial, qtbot):
    theory.action("relation-queue").trigger()
    panel = axial.right.part
    qtbot.waitUntil(lambda: len(panel.list.choices.rows) == 2)
    assert "2 times a case" in panel.told.text()
    QTest.keyClick(panel.list, Key.Key_Space)
    assert [row.faded for row in panel.list.choices.rows] == [False, True]
    panel.back.click()
    panel.list.make_current(next(row.key for row in panel.list.choices.rows if row.words == "Case B"))
    QTest.keyClick(panel.list, Key.Key_Return)
    adding = axial.page.adding
    qtbot.waitUntil(lambda: adding.title.text() == "Nearby in B")
    assert "Anrufen" in shown(axial)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Key.Key_N)
    axial.findChild(QDialog, "search_dialog").accept()
    qtbot.waitUntil(lambda: [row.words for row in panel.list.choices.rows] == ["Case A"])
    adding.near.only(None)
    qtbot.waitUntil(lambda: adding.near.current is not None and adding.near.total == 2)
    adding.take("contradicting")
    qtbot.waitUntil(lambda: not panel.list.choices.rows)
    assert panel.told.text().startswith("Nothing waits")


def test_forty_cases_are_reached_by_keys_and_by_a_list(theory, axial, qtbot):
    from qda.coding import cases, documents

    project = theory.project
    guids = []
    for number in range(40):
        source = documents.add_document(project, title=f"I{number}", text="B: So ist das.", kind="interview")
        documents.set_source_case(project, source=source, case=cases.add_case(project, name=f"Fall {number}"))
        for at in (3, 6):
            guids.append(
                evidence.add_evidence(
                    project,
                    relation=relation(axial),
                    segments=[f"{source}:{at}-{at + 3}"],
                    polarity="supporting",
                )
            )
    view = axial.page.evidence
    assert view.cases.isVisible()
    assert len(view._made) == 40
    assert len(view._items) < 40  # those out of sight are not made yet
    qtbot.wait(20)
    view._go_to(guids[0])
    for _step in range(39):
        press(theory, Key.Key_Right)
    last = QApplication.focusWidget()
    assert last.row.guid == guids[78]
    qtbot.wait(20)
    assert not last.visibleRegion().isEmpty()
    press(theory, Key.Key_Down)
    assert view.focused.guid == guids[79]
    view.ask_case()
    chooser = axial.findChild(QDialog, "chooser")
    chooser._take("5")
    assert view.focused.guid == guids[10]
    press(theory, Key.Key_E)
    assert next(one for one in pieces(theory) if one.guid == guids[10]).polarity == "qualifying"
    assert view.focused.guid == guids[10]


def select(window, qtbot, start: int, stop: int) -> str:
    window.show_workspace("open")
    source = material.sources(window.project)[0].guid
    window.desk.source_wanted.emit(source, start, stop)
    qtbot.waitUntil(lambda: window.desk.span == (source, start, stop))
    window.refresh_actions()
    return source


def test_a_passage_says_that_one_thing_leads_to_another(theory, qtbot):
    source = select(theory, qtbot, 3, 43)
    theory.action("relate-passage").trigger()
    dialog = theory.findChild(QDialog, "passage_relation_dialog")
    assert (dialog.start.currentText(), dialog.end.currentText()) == ("anrufen", "bleiben")
    assert "Relation 1 says so already" in dialog.there.text()
    dialog.end.setEditText("Vertrauen")
    assert "New code" in dialog.there.text()
    QTest.keyClicks(dialog.statement, "Wer anruft, dem traut man.")
    steps = theory.project.unit_count()
    dialog.accept()
    assert theory.project.unit_count() == steps + 1
    made = next(row for row in theories.relations(theory.project) if row.number == 2)
    assert (made.from_name, made.to_name, made.supporting) == ("anrufen", "Vertrauen", 1)
    piece = theories.evidence(theory.project, made.guid)[0]
    assert (piece.segments[0].source, piece.segments[0].start, piece.segments[0].stop) == (source, 3, 43)
    theory.undo()
    assert "Vertrauen" not in {row.name for row in codes.codes(theory.project)}


def test_a_relation_said_again_gets_the_passage_as_evidence(theory, qtbot):
    select(theory, qtbot, 3, 43)
    theory.action("relate-passage").trigger()
    dialog = theory.findChild(QDialog, "passage_relation_dialog")
    dialog.polarity.button("contradicting").click()
    dialog.accept()
    assert [one.polarity for one in pieces(theory)] == ["contradicting"]
    assert len(theories.relations(theory.project)) == 1


def test_a_passage_becomes_evidence_of_a_relation_from_the_text_by_keys(theory, qtbot):
    select(theory, qtbot, 3, 20)
    theory.action("passage-as-evidence").trigger()
    dialog = theory.findChild(QDialog, "relation_chooser")
    QTest.keyClicks(dialog.field, "bleiben")
    QTest.keyClick(dialog.field, Key.Key_Return)
    QTest.keyClick(dialog.list, Key.Key_K)
    QTest.keyClick(dialog.list, Key.Key_E)
    assert [(one.polarity, one.kind) for one in pieces(theory)] == [("qualifying", "inferred")]
    theory.action("passage-as-evidence").trigger()
    dialogs = [one for one in theory.findChildren(QDialog, "relation_chooser") if one.isVisible()]
    assert "qualifies already" in dialogs[0].list.choices.rows[0].below
    dialogs[0].reject()


def test_a_relation_needs_two_codes_that_differ(theory, qtbot):
    select(theory, qtbot, 3, 20)
    theory.action("relate-passage").trigger()
    dialog = theory.findChild(QDialog, "passage_relation_dialog")
    assert dialog.end.currentText() == ""
    dialog.accept()
    assert dialog.isVisible()
    dialog.end.setEditText("anrufen")
    dialog.accept()
    assert dialog.isVisible()
    dialog.reject()
    assert len(theories.relations(theory.project)) == 1


def test_without_a_model_one_is_named_first(theory, qtbot):
    from qda.coding import axial as acts

    acts.remove_model(theory.project, model=theories.models(theory.project)[0].guid)
    select(theory, qtbot, 3, 43)
    theory.action("relate-passage").trigger()
    ask = theory.findChild(QDialog, "model_dialog")
    ask.name.setText("Erstes")
    ask.accept()
    dialog = theory.findChild(QDialog, "passage_relation_dialog")
    dialog.accept()
    assert [row.name for row in theories.models(theory.project)] == ["Erstes"]
    assert pieces(theory)[0].polarity == "supporting"


def test_many_conditions_leave_room_and_the_menu_holds_them_all(theory, axial, qtbot):
    from qda.coding import axial as acts

    for number in range(12):
        words = f"im Fall der Fälle Nummer {number}"
        acts.add_condition(theory.project, relation=relation(axial), text=words)
    head = axial.page.head
    qtbot.wait(20)  # what is made new is shown a moment later
    more = next(one for one in head.findChildren(QPushButton, "more_conditions") if one.isVisible())
    shown = [one for one in head.findChildren(QPushButton, "relation_condition") if one.isVisible()]
    assert 0 < len(shown) < 12
    assert more.text() == f"{12 - len(shown)} more"
    more.click()
    menu = QApplication.activePopupWidget()
    assert sum("Nummer" in action.text() for action in menu.actions()) == 12
    menu.close()


def test_beside_the_table_the_list_of_passages_comes_up(theory, axial, qtbot):
    axial.show_view("table")
    theory.refresh_actions()
    press(theory, Key.Key_U)
    picker = axial.findChild(QDialog, "picker")
    assert picker.isVisible()
    qtbot.waitUntil(lambda: len(picker.list.choices.rows) == 2)
    QTest.keyClick(picker.list, Key.Key_W)
    assert [one.polarity for one in pieces(theory)] == ["contradicting"]
    picker.accept()


def test_what_is_counted_for_a_relation_from_a_passage_ends_with_the_study(theory, qtbot, monkeypatch):
    begun, ended = threading.Event(), threading.Event()

    def slowly(*_asked: object) -> object:
        begun.set()
        time.sleep(0.3)
        ended.set()
        return UNKNOWN

    monkeypatch.setattr("qda.ui.axial.reading._MANY", 0)
    monkeypatch.setattr("qda.coding.tallies.tally", slowly)
    select(theory, qtbot, 3, 43)
    theory.action("relate-passage").trigger()
    qtbot.waitUntil(begun.is_set)
    assert theory.close_study()
    assert ended.is_set()


def test_a_passage_in_hand_is_dropped_with_its_document(theory, axial, qtbot):
    adding = axial.page.adding
    source = select(theory, qtbot, 3, 43)
    theory.show_workspace("axial")
    assert adding.of_hand
    assert "Ich rufe alle an." in shown(axial)
    documents.remove_source(theory.project, source=source)
    assert not adding.of_hand
    assert not adding.which.isVisible()
    qtbot.waitUntil(lambda: adding.near.total == 1)
    assert "Anrufen, das mache ich auch." in shown(axial)
