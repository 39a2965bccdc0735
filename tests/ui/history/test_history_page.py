"""The history of the theory: lives along time, the step in hand in full, a model at two dates."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel

from qda.coding import axial, codebook
from qda.ui.history.page import HistoryPage
from qda.ui.open_coding.parts import Quote

ENTER, ESCAPE, DOWN, UP = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up


def _told(page) -> list[str]:
    return [step.words for step in page.timeline.rows.steps]


def test_it_opens_by_keys_and_begins_with_the_first_model(hands):
    assert hands.window.action("history").shortcut().toString() == "Ctrl+Alt+H"
    hands.run("history")
    page = hands.page(HistoryPage)
    assert page.title.text() == "Leihen"
    assert _told(page) == [
        "Made: “Leihen”",
        "R1: Dienstweg → leads to → Verbindlichkeit",
        "Frozen as “vor Fall C”",
        "R1: evidence: 1 speaks against",
        "R1: supposed → modified",
        "Memo: R1 – Warum",
    ]
    assert page.timeline.hasFocus()


def test_the_category_in_hand_comes_first_with_the_passage_it_came_from(hands, qtbot):
    hands.window.show_workspace("open")
    hands.desk.code_chosen.emit(hands.guid("Verbindlichkeit"))
    hands.run("history")
    page = hands.page(HistoryPage)
    assert page.title.text() == "Verbindlichkeit"
    assert _told(page)[:2] == ["Made from a passage: “Zusage”", "First passage in case A"]
    assert "Renamed: “Zusage” became “Verbindlichkeit”" in _told(page)
    hands.key(Qt.Key.Key_Home)
    assert page.timeline.step.words == "Made from a passage: “Zusage”"
    hands.key(ENTER)
    quote = hands.window.focusWidget()
    assert isinstance(quote, Quote)
    hands.key(ENTER)
    qtbot.waitUntil(lambda: hands.window.current_workspace == "open")
    view = hands.window.workspace("open").pane.view
    qtbot.waitUntil(lambda: view.selected_span() is not None)
    assert view.text[view.selected_span().start :].startswith("Zusagen")


def test_it_opens_before_the_story_where_one_is_there(hands):
    hands.window.show_workspace("selective")
    hands.run("history")
    hands.page(HistoryPage)
    assert hands.window.current_workspace == "selective"


def test_it_follows_acts_and_undo_while_it_is_seen(hands, qtbot):
    hands.run("history")
    page = hands.page(HistoryPage)
    hands.desk.do(axial.rename_model, model=hands.model, name="Borgen")
    qtbot.waitUntil(lambda: _told(page)[-1] == "Renamed: “Leihen” became “Borgen”", timeout=10_000)
    assert page.title.text() == "Borgen"
    hands.desk.undo()
    qtbot.waitUntil(lambda: _told(page)[-1] == "Memo: R1 – Warum", timeout=10_000)


def test_changes_and_memos_can_be_shown_alone(hands):
    hands.run("history")
    page = hands.page(HistoryPage)
    QTest.mouseClick(page.what.button("memos"), Qt.MouseButton.LeftButton)
    assert _told(page) == ["Memo: R1 – Warum"]
    QTest.mouseClick(page.what.button("changes"), Qt.MouseButton.LeftButton)
    assert _told(page)[-1] == "R1: supposed → modified"
    assert not [words for words in _told(page) if "evidence" in words]


def test_a_name_typed_finds_a_life(hands):
    hands.run("history")
    page = hands.page(HistoryPage)
    page.filter.setFocus()
    hands.type("verbind")
    hands.key(ENTER)
    hands.page(HistoryPage)
    assert page.title.text() == "Verbindlichkeit"


def test_a_step_leads_to_its_relation_and_its_memo(hands, qtbot):
    hands.run("history")
    page = hands.page(HistoryPage)
    chosen: list[str] = []
    hands.desk.relation_chosen.connect(chosen.append)
    page.timeline.setCurrentIndex(page.timeline.rows.index(4))
    QTest.mouseClick(hands.find("step_relation"), Qt.MouseButton.LeftButton)
    assert set(chosen) == {hands.relation}
    assert not page.isVisible()
    hands.run("history")
    page.timeline.setCurrentIndex(page.timeline.rows.index(5))
    wanted: list[str] = []
    hands.desk.memo_wanted.connect(lambda memo, _target: wanted.append(memo))
    QTest.mouseClick(hands.find("step_memo"), Qt.MouseButton.LeftButton)
    assert wanted == [page.timeline.rows.steps[5].memo]


def test_escape_leads_from_the_step_to_the_steps_and_from_there_back(hands):
    hands.run("history")
    page = hands.page(HistoryPage)
    hands.key(ENTER)
    assert page.panel.isAncestorOf(hands.window.focusWidget())
    hands.key(ESCAPE)
    assert page.timeline.hasFocus()
    hands.key(ESCAPE)
    assert not page.isVisible()


# -- two dates ----------------------------------------------------------------------------------------------


def _rows(page) -> list[tuple[str, str, str]]:
    tree = page.dates.tree
    tops = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    items = [top.child(at) for top in tops for at in range(top.childCount())]
    return [(one.text(0), one.text(1), one.text(2)) for one in items]


def test_a_version_stands_beside_the_model_now(hands):
    hands.run("model-dates")
    page = hands.page(HistoryPage)
    hands.bot.waitUntil(lambda: page.dates.found is not None, timeout=10_000)
    assert page.dates.before.currentText().startswith("Version “vor Fall C”")
    assert page.dates.behind.currentText() == "now"
    (row,) = _rows(page)
    assert row == ("R1: Der Dienstweg bindet", "supposed · no evidence", "modified · 1 against (A)")
    assert page.dates.summary.text() == "1 difference"
    hands.find("only_differences", QCheckBox).setChecked(False)
    assert ("Phenomenon", "Verbindlichkeit", "Verbindlichkeit") in _rows(page)


def test_it_comes_up_also_where_a_code_is_in_hand(hands):
    hands.window.show_workspace("open")
    hands.desk.code_chosen.emit(hands.guid("Verbindlichkeit"))
    hands.run("model-dates")
    page = hands.page(HistoryPage)
    hands.bot.waitUntil(lambda: page.dates.found is not None, timeout=10_000)
    assert page.title.text() == "Leihen"
    assert page.dates.isVisible()


def test_the_day_of_a_step_stands_beside_now_and_escape_leads_back(hands):
    hands.run("history")
    page = hands.page(HistoryPage)
    page.timeline.setCurrentIndex(page.timeline.rows.index(0))
    QTest.mouseClick(hands.find("step_dates"), Qt.MouseButton.LeftButton)
    hands.bot.waitUntil(lambda: page.dates.found is not None, timeout=10_000)
    assert page.dates.before.currentText() == "3 May 2024"
    QTest.mouseClick(hands.find("swap_dates"), Qt.MouseButton.LeftButton)
    assert page.dates.behind.currentText() == "3 May 2024"
    hands.key(ESCAPE)
    assert page.timeline.hasFocus()
    assert page.isVisible()


def test_a_difference_leads_to_the_relation(hands):
    hands.run("model-dates")
    page = hands.page(HistoryPage)
    hands.bot.waitUntil(lambda: page.dates.found is not None, timeout=10_000)
    chosen: list[str] = []
    hands.desk.relation_chosen.connect(chosen.append)
    page.dates.tree.setFocus()
    hands.key(ENTER)
    assert set(chosen) == {hands.relation}
    assert not page.isVisible()


def test_the_life_shown_is_saved_as_a_report(hands, tmp_path: Path, monkeypatch):
    hands.window.show_workspace("open")
    hands.desk.code_chosen.emit(hands.guid("Verbindlichkeit"))
    hands.run("history")
    hands.page(HistoryPage)
    out = tmp_path / "genesis.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(out), "MD (*.md)"))
    QTest.mouseClick(hands.find("history_report"), Qt.MouseButton.LeftButton)
    assert "Renamed" in out.read_text(encoding="utf-8") or "Umbenannt" in out.read_text(encoding="utf-8")


def test_a_study_without_category_and_model_says_what_to_do(study, qtbot):
    study.action("history").trigger()
    page = study.findChild(HistoryPage)
    qtbot.waitUntil(lambda: not page.worker.busy, timeout=10_000)
    QTest.qWait(20)
    assert "Make a code a category" in page.timeline.accessibleDescription()
    assert not page.panel.findChildren(QLabel, "step_title")


def test_a_life_that_ends_while_it_is_shown_gives_way_to_another(hands, qtbot):
    hands.window.show_workspace("open")
    hands.desk.code_chosen.emit(hands.guid("Verbindlichkeit"))
    hands.run("history")
    page = hands.page(HistoryPage)
    hands.desk.do(axial.remove_model, model=hands.model)
    hands.desk.do(codebook.remove_code, code=hands.guid("Verbindlichkeit"))
    qtbot.waitUntil(lambda: page.title.text() == "", timeout=10_000)
    hands.desk.undo()
    qtbot.waitUntil(lambda: page.title.text() == "Verbindlichkeit", timeout=10_000)
