"""Cases compared in the window: rows and filters, quotations, summaries, notes; by keys and by mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from qda.coding import cases, codes, memo_queries, open_coding, sheet
from qda.coding.comparison_cells import cells, choose_quotation, write_summary
from qda.ui.cases_beside.choosing import CaseChooser, PassageChooser
from qda.ui.cases_beside.reading import kept

ENTER, ESCAPE, F2, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F2, Qt.Key.Key_Tab
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _chips(hands, row: str, case: str) -> list[tuple[str, str]]:
    return [(chip.name, "–" if chip.hollow else chip.figure) for chip in hands.content(row, case).chips]


def _rows(hands) -> list[str]:
    return [row.name for row in hands.page.read.shown.rows]


def _filters(hands) -> list[str]:
    return [one.text() for one in hands.page.filters.findChildren(QPushButton) if one.isVisible()]


def _click(hands, what: str, row: str, case: str) -> None:
    """Clicks on a part of a cell."""
    model, table = hands.table.shown, hands.table
    index = model.index(model.row_of(hands.row(row)), model.column_of(hands.case(case)))
    area = table.visualRect(index)
    hit = next(one for one in model.laid(index.row(), index.column(), area.width()).hits if one.what == what)
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=area.topLeft() + hit.area.center().toPoint(),
    )


def _body(hands, row: str, case: str) -> str:
    key, guid = hands.row(row), hands.case(case)
    return next((one.body for one in cells(hands.project).values() if (one.key, one.case) == (key, guid)), "")


def test_slots_stand_as_rows_and_cases_as_columns(hands):
    assert _rows(hands) == ["Context conditions", "Phenomenon", "Strategies", "Consequences"]
    assert _chips(hands, "Strategies", "A") == [("anrufen", "2")]
    assert _chips(hands, "Strategies", "C") == [("anrufen", "1"), ("hinfahren", "1")]
    assert hands.table.hasFocus()
    head = hands.table.shown.head(hands.table.shown.row_of(hands.row("Consequences")))
    assert head.part == "For the network"


def test_an_open_row_shows_what_a_case_does_not_have_and_where_it_lies(hands, qtbot):
    hands.turn("Strategies", "B")
    QTest.keyClick(hands.table, ENTER)
    assert _chips(hands, "Strategies", "B") == [("anrufen", "1"), ("aufschreiben", "1"), ("hinfahren", "–")]
    assert hands.content("Strategies", "B").values == "Takt: selten"
    assert "no passage" in hands.content("Strategies", "B").told
    QTest.keyClick(hands.table, ENTER)
    assert not hands.table.shown.open_key


def test_filters_count_and_narrow(hands):
    assert _filters(hands) == [
        "All 5",
        "Only in A 1",
        "Only in B 1",
        "Only in C 1",
        "In all 1",
        "Other value 1",
    ]
    buttons = [one for one in hands.page.filters.findChildren(QPushButton) if one.isVisible()]
    QTest.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert _rows(hands) == ["Strategies"]
    assert _chips(hands, "Strategies", "B") == [("aufschreiben", "1")]
    QTest.keyClick(buttons[4], Qt.Key.Key_Space)
    assert _chips(hands, "Strategies", "B") == [("anrufen", "1")]
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert len(_rows(hands)) == 4


def test_with_more_than_three_cases_one_filter_stands_for_all_that_is_in_one_alone(hands, qtbot):
    cases.add_case(hands.project, name="D")
    qtbot.waitUntil(lambda: len(hands.page.read.whole.columns) == 4)
    assert _filters(hands) == ["All 5", "Only in one case 3", "In all 0", "Other value 1"]


def test_a_summary_is_one_act_and_undo_takes_it_back(hands, qtbot):
    hands.turn("Strategies", "A")
    QTest.keyClick(hands.table, F2)
    assert hands.table.summary.hasFocus()
    acts = len(_history(hands))
    QTest.keyClicks(hands.table.summary, "A ruft an, B schreibt auf.")
    QTest.qWait(1000)  # longer than fields that save by themselves wait
    assert len(_history(hands)) == acts
    QTest.keyClick(hands.table.summary, ESCAPE)
    qtbot.waitUntil(lambda: _body(hands, "Strategies", "A") == "A ruft an, B schreibt auf.")
    assert len(_history(hands)) == acts + 1
    assert hands.table.hasFocus()
    qtbot.waitUntil(lambda: "A ruft an" in hands.content("Strategies", "A").told)
    hands.window.undo()
    qtbot.waitUntil(lambda: not hands.content("Strategies", "A").summary)


def _history(hands):
    from qda.coding.history import history

    return history(hands.project)


def test_tab_goes_to_the_summary_of_the_next_case(hands, qtbot):
    hands.turn("Strategies", "A")
    QTest.keyClick(hands.table, F2)
    QTest.keyClicks(hands.table.summary, "eins")
    QTest.keyClick(hands.table.summary, TAB)
    qtbot.waitUntil(lambda: _body(hands, "Strategies", "A") == "eins")
    assert hands.table.place[1] == hands.case("B")
    assert hands.table.summary.hasFocus()
    QTest.keyClicks(hands.table.summary, "zwei")
    QTest.keyClick(hands.table.summary, TAB, SHIFT)
    qtbot.waitUntil(lambda: _body(hands, "Strategies", "B") == "zwei")
    assert hands.table.summary.toPlainText() == "eins"


def test_what_is_being_written_is_kept_when_the_study_is_closed(hands):
    hands.turn("Strategies", "A")
    QTest.keyClick(hands.table, F2)
    QTest.keyClicks(hands.table.summary, "halb fert")
    path = hands.project.path
    hands.window.close_study()
    hands.window.open_path(path)
    assert [one.body for one in cells(hands.project).values()] == ["halb fert"]


def test_a_summary_of_odd_signs_comes_back_as_it_was(hands, qtbot):
    odd = "„[…]“ 🙂 [nicht](segment:das) \\[ <b>&amp;</b>\nzweite Zeile"
    place = {"row_kind": "slot", "row": hands.row("Strategies"), "case": hands.case("A")}
    write_summary(hands.project, **place, text=odd)
    qtbot.waitUntil(lambda: "🙂" in hands.content("Strategies", "A").told)
    hands.turn("Strategies", "A")
    hands.table.write()
    assert hands.table.summary.body() == odd
    QTest.keyClicks(hands.table.summary, "!")
    QTest.keyClick(hands.table.summary, ESCAPE)
    qtbot.waitUntil(lambda: _body(hands, "Strategies", "A") == odd + "!")


def test_a_reference_is_put_into_the_summary_and_leads_to_the_text(hands, qtbot):
    hands.turn("Strategies", "A")
    QTest.keyClick(hands.table, F2)
    QTest.keyClicks(hands.table.summary, "Sie ruft an: ")
    QTest.keyClick(hands.table.summary, Qt.Key.Key_R, CONTROL)
    chooser = hands.page.findChild(PassageChooser)
    QTest.keyClicks(chooser.field, "montag")
    QTest.keyClick(chooser.field, ENTER)
    QTest.keyClicks(hands.table.summary, "weiter")
    QTest.keyClick(hands.table.summary, ENTER, CONTROL)
    qtbot.waitUntil(lambda: "](segment:" in _body(hands, "Strategies", "A"))
    body = _body(hands, "Strategies", "A")
    assert body.startswith("Sie ruft an: [Interview A, para. 1](segment:")
    assert body.endswith(") weiter")
    qtbot.waitUntil(lambda: bool(hands.content("Strategies", "A").summary))
    _click(hands, "reference", "Strategies", "A")
    view = hands.window.workspace("open").pane.view
    qtbot.waitUntil(lambda: view.selected_span() is not None)
    assert view.text[view.selected_span().start :].startswith("Ich rufe alle an")


def test_a_passage_is_chosen_by_key_and_the_most_deviating_one_stands_beside_it(hands, qtbot):
    hands.turn("Strategies", "A")
    QTest.keyClick(hands.table, ENTER)
    QTest.keyClick(hands.table, Qt.Key.Key_Q)
    chooser = hands.page.findChild(PassageChooser)
    QTest.keyClicks(chooser.field, "Blumen")
    QTest.keyClick(chooser.field, ENTER)
    qtbot.waitUntil(lambda: hands.content("Strategies", "A").chosen is not None)
    assert hands.content("Strategies", "A").chosen.text.startswith("Blumen")
    qtbot.waitUntil(lambda: hands.content("Strategies", "A").deviating is not None)
    assert hands.content("Strategies", "A").deviating.text.startswith("Ich rufe alle an")
    _click(hands, "choose", "Strategies", "A")
    again = [one for one in hands.page.findChildren(PassageChooser) if one.isVisible()][-1]
    QTest.mouseClick(again.findChild(QPushButton, "passage_none"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: hands.content("Strategies", "A").chosen is None)


def test_u_and_t_lead_to_the_texts(hands, qtbot):
    key = hands.row("Strategies")
    segment = next(
        one.segment for one in codes.codings(hands.project) if one.segment.text.startswith("Blumen")
    )
    choose_quotation(hands.project, row_kind="slot", row=key, case=hands.case("A"), segment=segment.guid)
    qtbot.waitUntil(lambda: hands.content("Strategies", "A").chosen is not None)
    for letter, words in ((Qt.Key.Key_U, "Ich rufe alle an"), (Qt.Key.Key_T, "Blumen")):
        hands.window.show_workspace("axial")
        hands.turn("Strategies", "A")
        hands.table.setFocus()
        QTest.keyClick(hands.table, letter)
        view = hands.window.workspace("open").pane.view
        qtbot.waitUntil(
            lambda words=words, view=view: (
                view.selected_span() is not None and view.text[view.selected_span().start :].startswith(words)
            )
        )


def test_passages_of_two_cases_stand_side_by_side(hands, qtbot):
    hands.turn("Strategies", "A")
    qtbot.waitUntil(hands.page.side.beside.isEnabled)
    QTest.mouseClick(hands.page.side.beside, Qt.MouseButton.LeftButton)
    panes = hands.window.workspace("open").panes
    qtbot.waitUntil(lambda: len(panes.all) == 2)
    shown = {pane.view.text[:20] for pane in panes.all}
    assert shown == {TEXT_A, TEXT_B}


TEXT_A, TEXT_B = "B: Ich rufe alle an,", "B: Ich schreibe alle"


def test_the_side_shows_dimensions_and_keeps_a_note(hands, qtbot):
    from qda.ui.open_coding.dimension import DimensionBar

    hands.turn("Strategies", "A")
    side = hands.page.side
    qtbot.waitUntil(lambda: side.title.text() == "Strategies")
    (bar,) = [one for one in side.findChildren(DimensionBar) if not one.property("gone")]
    assert bar.accessibleDescription() == "A: laufend, B: selten"
    QTest.keyClick(hands.table, Qt.Key.Key_N)
    assert side.note.hasFocus()
    QTest.keyClicks(side.note, "Beide leihen.")
    QTest.keyClick(side.note, ESCAPE)
    assert hands.table.hasFocus()
    (memo,) = memo_queries.memos(hands.project)
    assert (memo.kind, memo.title, memo.body) == ("theoretical", "Strategies", "Beide leihen.")
    assert {link.partition(":")[0] for link in memo.links} == {"model", "case"}


def test_rows_can_be_categories_or_properties_and_it_is_remembered(hands):
    hands.page.bar.wished.emit({"rows": "codes"})
    assert _rows(hands) == ["zusammenhalten"]
    hands.page.bar.wished.emit({"rows": "properties"})
    assert _rows(hands) == []
    assert not hands.page.empty.isHidden()
    assert kept(hands.project).rows == "properties"


def test_cases_are_chosen_and_ordered_by_keys(hands):
    hands.page.choose_cases()
    chooser = hands.page.findChild(CaseChooser)
    QTest.keyClick(chooser.list, Qt.Key.Key_Space)  # not A
    chooser.list.setCurrentRow(2)
    QTest.keyClick(chooser.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(chooser.list, ENTER)
    assert [one.name for one in hands.page.read.shown.columns] == ["C", "B"]
    assert _filters(hands) == ["All 5", "Only in C 1", "Only in B 1", "In both 1", "Other value 0"]


def test_the_table_follows_acts_and_leaves_frequencies_out(hands, qtbot):
    coding = next(one for one in codes.codings(hands.project) if one.segment.text.startswith("Blumen"))
    open_coding.remove_coding(hands.project, coding=coding.guid)
    qtbot.waitUntil(lambda: _chips(hands, "Strategies", "A") == [("anrufen", "1")])
    sheet.set_frequencies_hidden(hands.project, hidden=True)
    qtbot.waitUntil(lambda: _chips(hands, "Strategies", "A") == [("anrufen", "")])


def test_escape_leads_back_to_the_model_and_letters_do_not_reach_it(hands):
    workspace = hands.window.workspace("axial")
    hands.turn("Strategies", "A")
    QTest.keyClick(hands.table, Qt.Key.Key_B)  # on the board this would begin a relation
    assert hands.page is not None
    QTest.keyClick(hands.table, ESCAPE)
    assert workspace.front.part is None


def test_chosen_passages_are_copied_as_citations(hands, qtbot):
    segment = next(
        one.segment for one in codes.codings(hands.project) if one.segment.text.startswith("Blumen")
    )
    choose_quotation(
        hands.project,
        row_kind="slot",
        row=hands.row("Strategies"),
        case=hands.case("A"),
        segment=segment.guid,
    )
    qtbot.waitUntil(lambda: hands.content("Strategies", "A").chosen is not None)
    hands.turn("Strategies", "A")
    QTest.keyClick(hands.table, Qt.Key.Key_C, CONTROL | SHIFT)
    assert "einen Raum nie." in QGuiApplication.clipboard().text()


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html"])
def test_the_page_is_saved_as_it_stands(hands, tmp_path, monkeypatch, suffix):
    hands.page.filters.chosen.emit("only_here", hands.case("B"))
    target = tmp_path / f"comparison.{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_any, **_more: (str(target), ""))
    hands.page.save(suffix)
    assert target.stat().st_size > 1000
    if suffix == "html":
        text = Path(target).read_text(encoding="utf-8")
        assert "aufschreiben" in text
        assert "hinfahren" not in text


def test_a_study_without_cases_says_what_to_do(window, tmp_path):
    from qda.models import Project

    window.open_project(Project.create(tmp_path / "leer.qdaproj", title="Leer", coder="MK"))
    window.action("compare-cases").trigger()
    page = window.workspace("axial").front.part
    assert "without cases" in page.empty.text()
    assert not page.empty.isHidden()
    assert page.table.isHidden()


def test_the_mouse_opens_a_row_at_its_head(hands):
    heads = hands.table.verticalHeader()
    at = hands.table.shown.row_of(hands.row("Strategies"))
    place = QPoint(20, heads.sectionViewportPosition(at) + 20)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert hands.table.shown.open_key == hands.row("Strategies")
    _click(hands, "summary", "Strategies", "C")
    assert hands.table.summary.hasFocus()
    assert hands.table.place[1] == hands.case("C")
