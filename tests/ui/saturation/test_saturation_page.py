"""Saturation and gaps in the window: read, judged by key, taken back; from a gap to a decision."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from qda.coding import cases, codebook, sheet
from qda.coding.sampling import decisions
from qda.coding.saturation_judgements import judge_saturation, judgements, standing


def cell(page, row: int, column: str) -> str:
    grid = page.table.grid
    return str(grid.index(row, page.table.column_named(column)).data())


def judged(hands) -> list[tuple[str, str]]:
    return [(row.state, row.reason) for row in judgements(hands.project)]


def test_the_table_tells_values_poles_and_what_is_new_since_the_last_but_one_transcript(hands):
    page = hands.saturation()
    assert [row.name for row in page.table.grid.rows] == ["Zusage", "Beschluss"]
    assert (cell(page, 0, "cases"), cell(page, 1, "cases")) == ("A", "A B")
    assert (cell(page, 0, "missing"), cell(page, 1, "missing")) == ("schriftlich", "")
    assert (cell(page, 0, "new"), cell(page, 1, "new")) == ("", "lang")
    assert (cell(page, 0, "seen"), cell(page, 1, "seen")) == ("mündlich", "kurz · lang")
    assert cell(page, 0, "judgement") == "not judged"
    assert page.since.currentText() == "Interview A"
    assert page.state.text() == "that is, in: Interview B"


def test_a_judgement_is_made_by_three_keys_and_undone(hands):
    page = hands.saturation()
    assert page.table.hasFocus()
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_2)
    assert page.panel.bar.reason.hasFocus()
    assert judged(hands) == []
    hands.press("lang nur in B")
    hands.press(Qt.Key.Key_Return)
    hands.settled(page)
    assert judged(hands) == [("provisional", "lang nur in B")]
    assert page.table.hasFocus()
    assert cell(page, 1, "judgement").startswith("provisional, ")
    assert cell(page, 1, "judgement").endswith("\nlang nur in B")
    hands.desk.undo()
    hands.settled(page)
    assert cell(page, 1, "judgement") == "not judged"


def test_escape_drops_a_judgement_that_was_begun_and_does_not_leave_the_page(hands):
    page = hands.saturation()
    hands.press(Qt.Key.Key_3)
    hands.press("vielleicht")
    hands.press(Qt.Key.Key_Escape)
    assert page.isVisible()
    assert page.panel.bar.choice.key == ""
    assert page.panel.bar.reason.text() == ""
    assert judged(hands) == []
    hands.press(Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_what_was_begun_for_one_category_waits_while_another_is_in_hand(hands):
    page = hands.saturation()
    hands.press(Qt.Key.Key_1)
    hands.press("zu bald")
    page.table.setFocus()
    hands.press(Qt.Key.Key_Down)
    assert page.panel.bar.reason.text() == ""
    assert page.panel.bar.keeper.isHidden()
    hands.press(Qt.Key.Key_Up)
    assert page.panel.bar.reason.text() == "zu bald"
    hands.click("judgement_keep")
    hands.settled(page)
    assert judged(hands) == [("open", "zu bald")]


def test_a_judgement_is_made_by_mouse_alone(hands):
    page = hands.saturation()
    hands.click("judgement_state_saturated")
    hands.click("judgement_keep")
    hands.settled(page)
    assert judged(hands) == [("saturated", "")]


def test_the_history_shows_the_last_first_and_takes_one_back(hands):
    code = hands.guid("Zusage")
    for state, reason in (("open", "zu bald"), ("provisional", "ein Pol fehlt")):
        judge_saturation(hands.project, code=code, state=state, reason=reason)
    page = hands.saturation()
    history = page.panel.history
    assert [(row.words, row.below) for row in history.choices.rows] == [
        ("provisional", "ein Pol fehlt"),
        ("open", "zu bald"),
    ]
    history.setFocus()
    history.setCurrentIndex(history.choices.index(0))
    hands.press(Qt.Key.Key_Delete)
    hands.settled(page)
    assert standing(hands.project)[code].state == "open"
    assert page.panel.bar.choice.key == "open"


def test_gaps_lie_below_and_one_becomes_a_decision_by_one_key(hands):
    page = hands.saturation()
    words = [row.words for row in page.gaps.list.choices.rows]
    assert words[0].startswith("Zusage: “Dauer Zusage”: of the poles only “mündlich” was seen.")
    assert any(row.startswith("Zusage: Seen in A only") for row in words)
    assert words[-1] == "Relation 1: Zusage – Beschluss: what does it rest on? There is no evidence yet."
    page.gaps.list.setFocus()
    hands.press(Qt.Key.Key_D)
    (row,) = decisions(hands.project)
    assert (row.form, row.gap) == ("relational", words[0])
    assert hands.front.objectName() == "sampling"
    hands.bot.waitUntil(hands.front.sheet.fields["sought"].hasFocus)


def test_a_gap_names_its_decision_and_leads_to_it(hands):
    page = hands.saturation()
    hands.click("gap_decide")
    page = hands.saturation()
    first = page.gaps.list.choices.rows[0]
    assert first.detail == "decision 1"
    page.gaps.list.setFocus()
    hands.press(Qt.Key.Key_Return)
    assert hands.front.objectName() == "sampling"
    assert len(decisions(hands.project)) == 1


def test_gaps_of_this_category_follow_the_row_in_hand(hands):
    page = hands.saturation()
    hands.click("gaps_of_this")
    assert all(row.words.startswith("Zusage") for row in page.gaps.list.choices.rows)
    page.table.setFocus()
    hands.press(Qt.Key.Key_Down)
    assert all(row.words.startswith("Beschluss") for row in page.gaps.list.choices.rows)


def test_a_relation_in_a_gap_is_gone_to(hands):
    page = hands.saturation()
    chosen: list[str] = []
    hands.desk.relation_chosen.connect(chosen.append)
    rows = page.gaps.list.choices.rows
    page.gaps.list.setCurrentIndex(page.gaps.list.choices.index(len(rows) - 1))
    hands.click("gap_there")
    assert len(set(chosen)) == 1
    assert hands.window.current_workspace == "axial"


def test_since_another_transcript_other_things_are_new(hands):
    page = hands.saturation()
    page.since.setCurrentIndex(1)
    page.since.activated.emit(1)
    hands.settled(page)
    assert [cell(page, at, "new") for at in (0, 1)] == ["", ""]
    assert page.state.text() == "there is none after it"


def test_the_curve_is_small_and_says_what_it_is_not(hands):
    page = hands.saturation()
    words = " ".join(label.text() for label in page.panel.curve.findChildren(QLabel))
    assert "no measure of theoretical saturation" in words
    assert "not yet determinable with 2 transcripts (it takes 6)" in words
    assert "Interview A: 2 new codes." in page.panel.curve.picture.accessibleDescription()
    wanted: list[str] = []
    hands.desk.source_wanted.connect(lambda source, _start, _stop: wanted.append(source))
    page.panel.curve.picture.setFocus()
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Return)
    assert set(wanted) == {hands.source("Interview B")}


def test_a_study_that_hides_frequencies_counts_nothing_here(hands):
    sheet.set_frequencies_hidden(hands.project, hidden=True)
    page = hands.saturation()
    assert cell(page, 1, "since") == "●"
    assert page.panel.curve.picture.isHidden()


def test_an_act_elsewhere_is_seen_at_once(hands):
    page = hands.saturation()
    codebook.set_code_kind(hands.project, code=hands.guid("Zusage"), kind="concept")
    hands.bot.waitUntil(lambda: [row.name for row in page.table.grid.rows] == ["Beschluss"])


def test_without_categories_the_page_says_what_to_do(study, qtbot):
    study.show_workspace("selective")
    study.action("saturation").trigger()
    page = study.workspace("selective").front.part
    qtbot.waitUntil(lambda: page.standing is not None)
    assert page.empty.isVisible()
    assert "Gather codes into a category" in page.empty.text()


def test_the_menu_of_a_row_judges_and_leads(hands):
    page = hands.saturation()
    page.table.customContextMenuRequested.emit(QPoint(20, 20))
    menu = page.findChild(QMenu, "saturation_menu")
    texts = [act.text() for act in menu.actions()]
    assert "Judge: saturated\t3" in texts
    next(act for act in menu.actions() if act.text().endswith("\t3")).trigger()
    assert page.panel.bar.choice.key == "saturated"
    menu.close()


def test_reading_only_looks_but_does_not_judge(hands, tmp_path):
    path = hands.project.path
    hands.window.close_study()
    from qda.models import Project

    hands.window.open_project(Project.open(path, read_only=True))
    hands.desk = hands.window.desk
    page = hands.saturation()
    refused: list[str] = []
    hands.desk.refused.connect(refused.append)
    QTest.keyClick(page.table, Qt.Key.Key_2)
    assert refused
    assert not page.panel.bar.choice.isEnabled()
    assert page.gaps.decide.isHidden()


def test_the_small_table_judges_by_key_too(hands):
    from qda.ui.saturation.beside import SaturationBeside

    hands.window.show_workspace("selective")
    beside = SaturationBeside(hands.desk, hands.window)
    beside.resize(380, 460)
    beside.show()
    hands.settled(beside)
    assert [row.name for row in beside.table.grid.rows] == ["Zusage", "Beschluss"]
    assert "pole not seen: schriftlich" in beside.bar.told.text()
    QTest.keyClick(beside.table, Qt.Key.Key_1)
    QTest.keyClicks(beside.bar.reason, "nur A")
    QTest.keyClick(beside.bar.reason, Qt.Key.Key_Return)
    hands.bot.waitUntil(lambda: judged(hands) == [("open", "nur A")])
    hands.settled(beside)
    column = beside.table.column_named("reason")
    assert beside.table.grid.index(0, column).data().endswith(" nur A")
    cases.add_case(hands.project, name="C")
    hands.settled(beside)
    beside.let_go()
    beside.deleteLater()
