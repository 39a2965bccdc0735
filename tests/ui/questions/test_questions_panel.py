"""The panel of the questions in the real window, by keyboard and by mouse, on the hand-made study."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qda.coding import evidence, question_answers, sampling
from qda.coding.material import text
from qda.coding.method_questions import Finding
from qda.models import Project
from qda.ui.questions.asked import Asked
from qda.ui.questions.panel import KEY, QuestionsPanel
from qda.ui.questions.section import ModelQuestions
from qda.ui.questions.tree import Row
from qda.ui.window import MainWindow
from tests.coding.method_questions.handmade import CLAIM, Handmade, handmade_study


@pytest.fixture
def made(window: MainWindow, tmp_path: Path) -> Iterator[Handmade]:
    handmade = handmade_study(tmp_path / "hand.qdaproj", template="hajji")
    window.open_project(handmade.project)
    yield handmade


@pytest.fixture
def panel(window: MainWindow, made: Handmade) -> QuestionsPanel:
    window.show_workspace("axial")
    window.action("questions").trigger()
    return shown(window)


def shown(window: MainWindow) -> QuestionsPanel:
    """The panel in front of the workspace in front."""
    found = [one for one in window.findChildren(QuestionsPanel) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def wait(condition: Callable[[], object]) -> None:
    until = time.monotonic() + 15
    while not condition() and time.monotonic() < until:
        QTest.qWait(10)
    assert condition()


def opened(panel: QuestionsPanel, group: Any) -> list[Row]:
    panel.open_group(group)
    wait(lambda: panel.tree.rows.group(group).below and not Asked.of(panel._desk).busy)
    return panel.tree.rows.group(group).below


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifier)


def take_in_hand(panel: QuestionsPanel, group: Any, name: str) -> Finding:
    """Puts the tree's cursor on a finding."""
    for row in opened(panel, group):
        panel.tree.setExpanded(panel.tree.rows.index_of(row), True)
        for one in row.below:
            if one.finding is not None and one.finding.name == name:
                panel.tree.setCurrentIndex(panel.tree.rows.index_of(one))
                return one.finding
    raise AssertionError(name)


def link(panel: QuestionsPanel, name: str) -> QWidget:
    found = [one for one in panel.detail.findChildren(QWidget, f"question_{name}") if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_nothing_is_asked_before_a_group_is_opened(panel: QuestionsPanel) -> None:
    QTest.qWait(50)
    asked = Asked.of(panel._desk)
    assert [asked.questions(row.group) for row in panel.tree.rows.groups if row.group != "relations"] == [
        None,
        None,
        None,
        None,
    ]
    assert [row.right for row in panel.tree.rows.groups] == [
        "5 questions",
        "3 questions",
        "3 questions",
        "2 questions",
        "1 question",
    ]


def test_a_group_opened_by_key_shows_questions_with_numbers_of_relations(panel: QuestionsPanel) -> None:
    panel.tree.setFocus()
    press(panel.tree, Qt.Key.Key_Home)
    press(panel.tree, Qt.Key.Key_Right)
    wait(lambda: panel.tree.rows.groups[0].below)
    told = [(row.title, row.right) for row in panel.tree.rows.groups[0].below]
    assert told == [
        ("Which relation has no evidence yet?", "relation 1"),
        ("Only Ada: contrast or gap?", "relation 2"),
        ("Something speaks against it: what follows?", "relations 4, 7"),
        ("Nothing speaks against it: was it searched for?", "relations 2, 3"),
        ("Which slot of a model is still empty?", "1"),
    ]


def test_enter_leads_to_the_relation(panel: QuestionsPanel, window: MainWindow, made: Handmade) -> None:
    chosen: list[str] = []
    panel._desk.relation_chosen.connect(chosen.append)
    take_in_hand(panel, "relations", "Relation 4")
    press(panel.tree, Qt.Key.Key_Return)
    assert set(chosen) == {made.relations["against"]}
    assert window.current_workspace == "axial"
    assert shown(window) is panel


def test_a_double_click_leads_to_the_passage_and_the_panel_goes_along(
    panel: QuestionsPanel, window: MainWindow, made: Handmade
) -> None:
    finding = take_in_hand(panel, "material", "Interview Ben, para. 4")
    at = panel.tree.visualRect(panel.tree.currentIndex()).center()
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    wait(lambda: window.current_workspace == "open" and panel._desk.span is not None)
    source, start, stop = panel._desk.span or ("", 0, 0)
    assert text(made.project, source)[start:stop] == "Wer zahlt das?"
    there = shown(window)
    assert there is not panel
    assert there.tree.current is not None
    assert there.tree.current.finding == finding


def test_a_claim_leads_to_its_sentence_in_the_story_line(panel: QuestionsPanel, window: MainWindow) -> None:
    take_in_hand(panel, "core", CLAIM)
    press(panel.tree, Qt.Key.Key_Return)
    assert window.current_workspace == "selective"
    edit = window.workspace("selective").line  # type: ignore[attr-defined]
    assert edit.textCursor().selectedText() == CLAIM


@pytest.mark.parametrize(
    ("group", "name", "workspace"),
    [
        ("relations", "Consequences (Netz)", "axial"),
        ("codes", "Leere Kategorie", "open"),
        ("material", "Cem", "material"),
        ("material", "Interview Ben", "open"),
    ],
)
def test_each_kind_of_finding_leads_to_its_workspace(
    panel: QuestionsPanel, window: MainWindow, group: str, name: str, workspace: str
) -> None:
    take_in_hand(panel, group, name)
    press(panel.tree, Qt.Key.Key_Return)
    wait(lambda: window.current_workspace == workspace)


def test_a_finding_is_answered_with_a_note_by_key_and_undone(
    panel: QuestionsPanel, window: MainWindow, made: Handmade
) -> None:
    take_in_hand(panel, "relations", "Relation 2")
    panel.tree.setFocus()
    press(panel.tree, Qt.Key.Key_F2)
    assert panel.detail.answer.hasFocus()
    QTest.keyClicks(panel.detail.answer, "Ben kennt keine Feste.")
    press(panel.detail.answer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel.tree.hasFocus()
    [answer] = question_answers.answers(made.project, "2")
    assert (answer.target, answer.body) == (made.relations["one case"], "Ben kennt keine Feste.")
    assert panel.tree.current is not None
    assert panel.tree.current.finding is not None
    assert panel.tree.current.finding.answer == "Ben kennt keine Feste."
    window.action("undo").trigger()
    assert question_answers.answers(made.project, "2") == []
    wait(lambda: panel.detail.answer.toPlainText() == "")


def test_esc_in_the_answer_leaves_it_as_it_was(panel: QuestionsPanel, made: Handmade) -> None:
    take_in_hand(panel, "relations", "Relation 2")
    panel.detail.write()
    QTest.keyClicks(panel.detail.answer, "Doch nicht")
    press(panel.detail.answer, Qt.Key.Key_Escape)
    assert question_answers.answers(made.project) == []
    assert panel.isVisible()


def test_an_answer_that_was_begun_is_kept_when_one_goes_elsewhere(
    panel: QuestionsPanel, made: Handmade
) -> None:
    take_in_hand(panel, "relations", "Relation 4")
    panel.detail.write()
    QTest.keyClicks(panel.detail.answer, "Es fehlt die Zeit.")
    take_in_hand(panel, "relations", "Relation 7")
    [answer] = question_answers.answers(made.project, "3")
    assert answer.target == made.relations["against"]
    assert panel.detail.answer.toPlainText() == ""


def test_what_is_shown_follows_acts_and_the_one_in_hand_stays(panel: QuestionsPanel, made: Handmade) -> None:
    take_in_hand(panel, "relations", "Relation 3")
    evidence.note_search(made.project, relation=made.relations["one case"])
    wait(lambda: [row.right for row in panel.tree.rows.groups[0].below][3] == "relation 3")
    assert panel.tree.current is not None
    assert panel.tree.current.finding is not None
    assert panel.tree.current.finding.name == "Relation 3"


def test_a_case_is_planned_from_a_gap(panel: QuestionsPanel, window: MainWindow, made: Handmade) -> None:
    finding = take_in_hand(panel, "relations", "Relation 2")
    before = {row.guid for row in sampling.decisions(made.project)}
    QTest.mouseClick(link(panel, "case"), Qt.MouseButton.LeftButton)
    [planned] = [row for row in sampling.decisions(made.project) if row.guid not in before]
    assert (planned.form, planned.gap) == ("contrasting", finding.sentence)
    assert window.current_workspace == "selective"


def test_a_memo_is_begun_on_what_the_finding_is_about(panel: QuestionsPanel, made: Handmade) -> None:
    wanted: list[tuple[str, str]] = []
    panel._desk.memo_wanted.connect(lambda memo, target: wanted.append((memo, target)))
    take_in_hand(panel, "relations", "Relation 4")
    QTest.mouseClick(link(panel, "memo"), Qt.MouseButton.LeftButton)
    assert wanted == [("", f"relation:{made.relations['against']}")]


def test_many_findings_come_in_pieces(panel: QuestionsPanel, made: Handmade) -> None:
    with made.project.unit("Viele Aussagen"):
        for number in range(150):
            made.relate(f"Aussage {number}")
    panel.open_group("relations")
    wait(lambda: panel.tree.rows.groups[0].below and panel.tree.rows.groups[0].below[0].right == "151")
    row = panel.tree.rows.groups[0].below[0]
    assert len(row.below) == 61
    assert row.below[-1].title == "91 more"
    panel.tree.setExpanded(panel.tree.rows.index_of(row), True)
    panel.tree.setCurrentIndex(panel.tree.rows.index_of(row.below[-1]))
    press(panel.tree, Qt.Key.Key_Return)
    assert len(row.below) == 121
    assert panel.tree.current is row.below[60]


def test_esc_gives_the_place_back(panel: QuestionsPanel, window: MainWindow) -> None:
    press(panel.tree, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_a_study_that_can_only_be_read_is_asked_but_not_answered(
    window: MainWindow, made: Handmade, tmp_path: Path
) -> None:
    path = made.project.path
    window.close_study()
    window.open_project(Project.open(path, read_only=True))
    window.show_workspace("selective")
    window.action("questions").trigger()
    panel = shown(window)
    take_in_hand(panel, "relations", "Relation 2")
    assert panel.detail.answer.isReadOnly()


def test_no_figure_of_findings_is_shown_for_a_group(panel: QuestionsPanel) -> None:
    opened(panel, "relations")
    assert panel.tree.rows.groups[0].right == "5 questions"


# -- the section beside the board ---------------------------------------------------------------------------


def test_the_section_tells_what_is_open_about_the_model_and_opens_the_panel(
    window: MainWindow, made: Handmade
) -> None:
    window.show_workspace("axial")
    section = window.workspace("axial").findChild(ModelQuestions)
    assert isinstance(section, ModelQuestions)
    wait(lambda: section.list.count() == 5)
    told = [section.list.item(at).text() for at in range(section.list.count())]
    assert told[:2] == ["No evidence yet?", "Only Ada: contrast or gap?"]
    section.list.setFocus()
    section.list.setCurrentRow(1)
    press(section.list, Qt.Key.Key_Return)
    panel = shown(window)
    wait(lambda: panel.tree.current is not None and panel.tree.current.title == "Only Ada: contrast or gap?")


def test_the_panel_is_known_to_the_three_workspaces_by_one_key(window: MainWindow, made: Handmade) -> None:
    for workspace in ("open", "axial", "selective"):
        window.show_workspace(workspace)
        window.action("questions").trigger()
        assert shown(window).isVisible()
        QApplication.processEvents()
    assert KEY == "questions"
