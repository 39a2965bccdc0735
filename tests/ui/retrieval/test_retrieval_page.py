"""The page of retrieval in the real window: by keyboard alone, by mouse alone, live, with undo."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from qda.coding import cases, codes, documents, material, memo_queries, open_coding, saved_queries, sheet
from qda.coding.retrieval import find, parse, spec
from qda.exchange.reading import draft_from_text
from qda.ui.retrieval.commands import _page
from qda.ui.retrieval.page import RetrievalPage
from qda.ui.window import MainWindow

TEXT = (
    "I: Wie kam es dazu?\n"
    "B: Am Anfang stand Vertrauen. 🙂 Dann kam der Streit.\n"
    "I: Und dann?\n"
    "B: Ruhe.\n"
    "I: Woran lag der Streit?\n"
    "B: Am Geld."
)
CODED = (
    ("Vertrauen", "Am Anfang stand Vertrauen."),
    ("Konflikt", "Dann kam der Streit."),
    ("Konflikt", "Woran lag der Streit?"),
    ("Mittel > Geld", "Am Geld."),
)


@pytest.fixture
def coded(study: MainWindow) -> MainWindow:
    """The study with a second interview, two cases and a few codes."""
    project = study.desk.project
    documents.take_in(project, draft=draft_from_text(TEXT), title="Interview B")
    sources = {row.title: row.guid for row in material.sources(project)}
    for title, source in sources.items():
        case = cases.add_case(project, name=title[-1])
        documents.set_source_case(project, source=source, case=case)
    for code, words in CODED:
        start = TEXT.index(words)
        open_coding.code_passage(
            project, source=sources["Interview B"], start=start, stop=start + len(words), code=code
        )
    open_coding.code_passage(project, source=sources["Interview A"], start=3, stop=19, code="Vertrauen")
    return study


@pytest.fixture
def page(coded: MainWindow, qtbot: QtBot) -> Iterator[RetrievalPage]:
    """The page in front, with nothing asked yet."""
    made = _page(coded)
    qtbot.waitUntil(lambda: not made.asking.busy)
    yield made
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMenu):
            widget.close()
    made.builder.finder.close()


def guid(page: RetrievalPage, name: str) -> str:
    return next(row.guid for row in codes.codes(page._desk.project) if row.name == name)


def quotes(page: RetrievalPage) -> list[str]:
    rows = page.table.rows
    found = [rows.found(row) for row in range(rows.rowCount())]
    return [one.segment.text for one in found if one is not None]


def settled(page: RetrievalPage, qtbot: QtBot) -> list[str]:
    """The quotes, when they are there."""
    qtbot.waitUntil(lambda: not page._soon.isActive() and not page.asking.busy)
    qtbot.wait(20)
    qtbot.waitUntil(lambda: not page._wait.isActive() and page.figures.text() != "Looking…")
    return quotes(page)


def asks(page: RetrievalPage, written: str, qtbot: QtBot) -> list[str]:
    page.show_query(parse(page._desk.project, written))
    return settled(page, qtbot)


def type_into_focus(words: str) -> None:
    for letter in words:  # the first one may open a field that takes the others
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, letter)


def press(key: Qt.Key, *, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    popup = QApplication.activePopupWidget()
    widget = popup if isinstance(popup, QMenu) else QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, with_)


def button(page: QWidget, name: str) -> QWidget:
    found = [one for one in page.findChildren(QWidget, name) if one.isVisible()]
    assert found, name
    return found[-1]


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose(menu: QWidget | None, name: str) -> None:
    """Clicks a row of the menu that is open."""
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.objectName() == name)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def test_trust_near_conflict_only_respondents_case_b_by_keyboard_alone(
    coded: MainWindow, qtbot: QtBot
) -> None:
    coded.action("find-passages").trigger()
    workspace = coded.workspace("open")
    qtbot.waitUntil(lambda: isinstance(workspace.page, RetrievalPage))
    page = workspace.page
    assert QApplication.focusWidget() is button(page, "add")
    type_into_focus("Vert")  # typing begins a condition
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is button(page, "add")
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)  # near, within…
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)  # near
    type_into_focus("konfl")
    press(Qt.Key.Key_Return)
    type_into_focus("Respond")
    press(Qt.Key.Key_Return)
    type_into_focus("b")
    press(Qt.Key.Key_Return)
    project = coded.desk.project
    assert page.query == parse(project, "Vertrauen near Konflikt and role:respondent and case:B")
    assert page.sentence.text() == (
        "<i>Vertrauen</i> near <i>Konflikt</i> (1 paragraph), only respondents, case B"
    )
    assert page.written.line.text() == "Vertrauen near(1) Konflikt and role:respondent and case:B"
    assert settled(page, qtbot) == ["Am Anfang stand Vertrauen."]
    assert page.figures.text() == "1 case · 1 document · 1 passage"
    page.builder.finder.close()


def test_the_same_by_mouse_alone(page: RetrievalPage, qtbot: QtBot) -> None:
    finder = page.builder.finder
    click(button(page, "add"))
    take(page, guid(page, "Vertrauen"))
    click(button(page, "relate"))
    choose(QApplication.activePopupWidget(), "relation_near")
    finder.reach.setValue(2)
    take(page, guid(page, "Konflikt"))
    click(button(page, "add"))
    take(page, "kind-of:role")
    take(page, "role:respondent")
    assert page.query == parse(page._desk.project, "Vertrauen near(2) Konflikt and role:respondent")
    assert settled(page, qtbot) == ["Am Anfang stand Vertrauen."]


def take(page: RetrievalPage, key: str) -> None:
    """Clicks a row of the editor that is open."""
    finder = page.builder.finder
    row = next(at for at, one in enumerate(finder.model.rows) if one.guid in (key, f"code:{key}"))
    index = finder.model.index(row)
    finder.list.scrollTo(index)
    place = finder.list.visualRect(index).center()
    QTest.mouseClick(finder.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_chip_is_changed_turned_round_and_taken_out(page: RetrievalPage, qtbot: QtBot) -> None:
    asks(page, "Vertrauen and role:respondent", qtbot)
    click(button(page, "chip_0"))
    take(page, guid(page, "Konflikt"))
    assert page.query == parse(page._desk.project, "Konflikt and role:respondent")
    click(button(page, "chip_1"))
    click(button(page.builder.finder, "part_not"))
    assert settled(page, qtbot) == ["Woran lag der Streit?"]
    button(page, "chip_1").setFocus()
    press(Qt.Key.Key_Delete)
    assert page.query == parse(page._desk.project, "Konflikt")
    press(Qt.Key.Key_Delete)
    assert page.builder.is_empty


def test_a_code_comes_with_those_below_it_by_a_tick(page: RetrievalPage, qtbot: QtBot) -> None:
    click(button(page, "add"))
    type_into_focus("mittel")
    button(page.builder.finder, "condition_inner").setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)
    assert page.query == parse(page._desk.project, "Mittel+")
    assert settled(page, qtbot) == ["Am Geld."]
    click(button(page, "chip_0"))
    tick = button(page.builder.finder, "condition_inner")
    place = QPoint(12, tick.height() // 2)
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=place)  # what is changed is so at once
    assert not page.builder.finder.isVisible()
    assert page.query == parse(page._desk.project, "Mittel")


def test_or_another_puts_both_in_brackets_further_in(page: RetrievalPage, qtbot: QtBot) -> None:
    asks(page, "Vertrauen near(3) Konflikt and role:respondent", qtbot)
    click(button(page, "chip_0_1"))
    click(button(page.builder.finder, "part_or"))
    take(page, guid(page, "Geld"))
    wanted = parse(page._desk.project, "Vertrauen near(3) (Konflikt or Geld) and role:respondent")
    assert page.query == wanted
    depths = [line._depth for line in page.builder._lines]
    assert depths == [0, 1, 0]
    click(button(page, "join_0_1_0"))
    choose(QApplication.activePopupWidget(), "join_and")
    assert page.query == parse(
        page._desk.project, "Vertrauen near(3) (Konflikt and Geld) and role:respondent"
    )


def test_a_relation_is_changed_at_its_word(page: RetrievalPage, qtbot: QtBot) -> None:
    asks(page, "Vertrauen near Konflikt", qtbot)
    click(button(page, "relation_0"))
    choose(QApplication.activePopupWidget(), "relation_followed_by")
    button(page, "relation_0").setFocus()
    type_into_focus("+")
    assert page.query == parse(page._desk.project, "Vertrauen followed-by(2) Konflikt")
    click(button(page, "relation_0"))
    choose(QApplication.activePopupWidget(), "relation_swap")
    assert page.query == parse(page._desk.project, "Konflikt followed-by(2) Vertrauen")


@pytest.mark.parametrize(
    ("kind", "fill", "written"),
    [
        ("text", {"condition_words": "streit"}, "text:streit"),
        ("date", {"condition_since": "2020", "condition_until": "3/2099"}, "date:2020-01-01..2099-03-31"),
    ],
)
def test_forms_make_conditions(page: RetrievalPage, kind: str, fill: dict[str, str], written: str) -> None:
    click(button(page, "add"))
    take(page, f"kind-of:{kind}")
    for name, words in fill.items():
        field = button(page.builder.finder, name)
        field.setFocus()
        QTest.keyClicks(field, words)
    click(button(page.builder.finder, "condition_take"))
    assert page.query == parse(page._desk.project, written)


def test_a_day_that_is_none_is_told_and_nothing_is_taken(page: RetrievalPage) -> None:
    click(button(page, "add"))
    take(page, "kind-of:date")
    QTest.keyClicks(button(page.builder.finder, "condition_since"), "gestern")
    click(button(page.builder.finder, "condition_take"))
    assert "gestern" in page.builder.finder.note.text()
    assert page.builder.finder.isVisible()
    assert page.builder.is_empty


def test_what_is_written_and_what_is_clicked_stay_in_step(page: RetrievalPage, qtbot: QtBot) -> None:
    line = page.written.line
    line.setFocus()
    QTest.keyClicks(line, "Konflikt and role:interviewer")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert settled(page, qtbot) == ["Woran lag der Streit?"]
    assert button(page, "chip_1").accessibleName() == "only interviewers"
    button(page, "chip_1").setFocus()
    press(Qt.Key.Key_Delete)
    assert line.text() == "Konflikt"


def test_an_error_in_writing_is_told_at_its_place_and_the_query_stays(
    page: RetrievalPage, qtbot: QtBot
) -> None:
    asks(page, "Vertrauen", qtbot)
    line = page.written.line
    line.selectAll()
    QTest.keyClicks(line, "Vertrauen near Wurst")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.place == len("Vertrauen near ")
    assert "Wurst" in page.written.note.text()
    assert page.query == parse(page._desk.project, "Vertrauen")
    line.selectAll()
    QTest.keyClicks(line, "Konflikt")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert (line.place, page.written.note.isVisible()) == (None, False)


def test_one_goes_back_to_the_query_before(page: RetrievalPage, qtbot: QtBot) -> None:
    assert not page.previous.isVisible()
    asks(page, "Vertrauen", qtbot)
    asks(page, "Vertrauen and role:respondent", qtbot)
    click(button(page, "new_query"))
    assert page.builder.is_empty
    click(button(page, "previous_query"))
    assert page.query == parse(page._desk.project, "Vertrauen and role:respondent")
    click(button(page, "previous_query"))
    assert page.query == parse(page._desk.project, "Vertrauen")
    assert not page.previous.isVisible()


def test_a_result_follows_the_acts_of_the_window(page: RetrievalPage, qtbot: QtBot) -> None:
    assert asks(page, "Konflikt", qtbot) == ["Dann kam der Streit.", "Woran lag der Streit?"]
    source = material.sources(page._desk.project)[1].guid
    start = TEXT.index("Ruhe")
    page._desk.do(open_coding.code_passage, source=source, start=start, stop=start + 5, code="Konflikt")
    assert page._soon.isActive()
    assert settled(page, qtbot) == ["Dann kam der Streit.", "Ruhe.", "Woran lag der Streit?"]
    page._desk.undo()
    assert len(settled(page, qtbot)) == 2


def test_enter_leads_to_the_text_and_the_key_back_to_the_same_place(
    coded: MainWindow, page: RetrievalPage, qtbot: QtBot
) -> None:
    asks(page, "Konflikt", qtbot)
    page.table.take_in_hand(1)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    workspace = coded.workspace("open")
    assert workspace.page is None
    assert coded.desk.span is not None
    assert TEXT[slice(*coded.desk.span[1:])] == "Woran lag der Streit?"
    coded.action("find-passages").trigger()
    assert workspace.page is page
    assert page.table.hasFocus()
    assert page.table.currentIndex().row() == 1


def test_a_click_on_the_place_leads_to_the_text(coded: MainWindow, page: RetrievalPage, qtbot: QtBot) -> None:
    asks(page, "Geld", qtbot)
    index = page.table.rows.index(0, 1)
    place = page.table.visualRect(index).topLeft() + QPoint(12, 12)
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert coded.workspace("open").page is None
    assert coded.desk.source == material.sources(coded.desk.project)[1].guid


def test_selected_passages_are_copied_with_their_places(page: RetrievalPage, qtbot: QtBot) -> None:
    asks(page, "Konflikt", qtbot)
    page.table.selectAll()
    page.table.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page.table, Qt.Key.Key_C, both)
    assert QGuiApplication.clipboard().text() == (
        "“Dann kam der Streit.” (Interview B, para. 2)\n“Woran lag der Streit?” (Interview B, para. 5)"
    )


def test_selected_passages_get_a_code_and_one_undo_takes_it_back(page: RetrievalPage, qtbot: QtBot) -> None:
    asks(page, "Konflikt", qtbot)
    page.table.selectAll()
    page.ask_code()
    field = QApplication.activePopupWidget()
    assert field is not None
    line = field.findChild(QWidget, "code_field_line")
    assert line is not None
    QTest.keyClicks(line, "Streit")
    QTest.keyClick(line, Qt.Key.Key_Return)
    project = page._desk.project
    assert len(find(project, parse(project, "Streit and Konflikt")).rows) == 2
    page._desk.undo()
    assert "Streit" not in [row.name for row in codes.codes(project)]
    assert len(settled(page, qtbot)) == 2


def test_a_memo_begins_with_the_selected_passages(page: RetrievalPage, qtbot: QtBot) -> None:
    asks(page, "Konflikt", qtbot)
    page.table.selectAll()
    click(button(page, "memo_on_passages"))
    (memo,) = memo_queries.memos(page._desk.project)
    assert memo.title == "Konflikt"
    assert "Woran lag der Streit?" in memo.body
    assert len(memo.links) == 2


def test_a_query_is_kept_as_a_live_set_changed_renamed_moved_and_removed_with_undo(
    page: RetrievalPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["Streit", "Geldfragen", "Zank"])
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: (next(answers), True))
    asks(page, "Konflikt", qtbot)
    click(button(page, "save_set"))
    asks(page, "Geld", qtbot)
    click(button(page, "save_set"))
    settled(page, qtbot)
    assert [one.name for one in page.sets.sets] == ["Streit", "Geldfragen"]
    assert page.sets.sets[0].told == "1 case · 1 document · 2 passages"
    click_set(page, 0)
    settled(page, qtbot)
    assert page.title.text() == "Streit"
    page.builder.turn_round((0,))
    click(button(page, "keep_change"))
    assert saved_queries.saved_queries(page._desk.project)[0].spec["query"]["type"] == "not"
    page.sets.list.setFocus()
    QTest.keyClick(page.sets.list, Qt.Key.Key_F2)
    settled(page, qtbot)
    assert [one.name for one in page.sets.sets] == ["Zank", "Geldfragen"]
    QTest.keyClick(page.sets.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settled(page, qtbot)
    assert [one.name for one in page.sets.sets] == ["Geldfragen", "Zank"]
    page.sets.put_in_hand(page.sets.sets[0].guid)
    QTest.keyClick(page.sets.list, Qt.Key.Key_Delete)
    settled(page, qtbot)
    assert [one.name for one in page.sets.sets] == ["Zank"]
    page._desk.undo()
    settled(page, qtbot)
    assert [one.name for one in page.sets.sets] == ["Geldfragen", "Zank"]


def click_set(page: RetrievalPage, row: int) -> None:
    sets = page.sets.list
    place = sets.visualItemRect(sets.item(row)).center()
    QTest.mouseClick(sets.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_hidden_frequencies_are_not_shown(page: RetrievalPage, qtbot: QtBot) -> None:
    saved_queries.save_query(
        page._desk.project, name="Alle", spec='{"version": 1, "query": {"type": "and", "of": []}}'
    )
    sheet.set_frequencies_hidden(page._desk.project, hidden=True)
    assert len(asks(page, "Konflikt", qtbot)) == 2
    assert page.figures.text() == "Frequencies are hidden in this study."
    assert [one.told for one in page.sets.sets] == [""]


def test_a_head_orders_turns_round_and_brings_the_order_of_the_texts_back(
    page: RetrievalPage, qtbot: QtBot
) -> None:
    page.show_query(spec.Not(spec.Text("xyz")))
    by_place = settled(page, qtbot)
    head = page.table.horizontalHeader()
    head.sectionClicked.emit(3)
    assert page.table.order == ("case", False)
    assert settled(page, qtbot) == by_place
    head.sectionClicked.emit(3)
    assert settled(page, qtbot) == [*by_place[1:], by_place[0]]
    head.sectionClicked.emit(3)
    assert page.table.order == ("place", False)


def test_what_stands_around_comes_along(page: RetrievalPage, qtbot: QtBot) -> None:
    asks(page, "Geld", qtbot)
    page.context.setChecked(True)
    settled(page, qtbot)
    found = page.table.rows.found(0)
    assert found is not None
    assert (found.before, found.after) == ("I: Woran lag der Streit?\nB: ", "")
    page.around.setValue(2)
    settled(page, qtbot)
    found = page.table.rows.found(0)
    assert found is not None
    assert found.before.startswith("B: Ruhe.")


@pytest.mark.parametrize("suffix", ["docx", "html", "xlsx", "csv", "md"])
def test_a_result_goes_to_every_format(
    page: RetrievalPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    from qda.ui.retrieval.exporting import ExportDialog

    def accept(dialog: ExportDialog) -> int:
        dialog.format.setCurrentIndex(dialog.format.findData(suffix))
        return int(ExportDialog.DialogCode.Accepted)

    monkeypatch.setattr(ExportDialog, "exec", accept)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(tmp_path / "aus"), ""))
    asks(page, "Konflikt", qtbot)
    told: list[str] = []
    page._desk.told.connect(told.append)
    click(button(page, "export_passages"))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert (tmp_path / f"aus.{suffix}").stat().st_size > 150
    assert f"aus.{suffix}" in told[1]


def test_rows_of_a_long_result_are_fetched_when_they_are_seen(study: MainWindow, qtbot: QtBot) -> None:
    project = study.desk.project
    text = "\n".join(f"B: Satz {n}." for n in range(450))
    source = documents.take_in(project, draft=draft_from_text(text), title="Lang")
    with project.unit("many"):
        for n in range(450):
            start = text.index(f"Satz {n}.")
            open_coding.code_passage(project, source=source, start=start, stop=start + 6, code="Satz")
    page = _page(study)
    asks(page, "Satz", qtbot)
    assert page.table.rows.rowCount() == 450
    assert sorted(page.table.rows._pages) == [0]
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: page.table.rows.found(449) is not None)
    assert page.table.rows.found(449).segment.text == "Satz 4"
    page.table.rows._pages.pop(0)
    rows = page.table.rows
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    page.table.selectionModel().select(rows.index(3, 0), flags)
    got: list[str] = []
    page._gather(lambda found: got.extend(one.segment.text for one in found))
    qtbot.waitUntil(lambda: got == ["Satz 3"])


def test_closing_the_study_waits_for_the_question_at_work(page: RetrievalPage, coded: MainWindow) -> None:
    path = coded.desk.path
    page.show_query(parse(coded.desk.project, "Konflikt"))
    assert coded.close_study()
    assert not path.with_name(path.name + "-wal").exists()


def test_everything_that_can_be_used_has_a_name(page: RetrievalPage, qtbot: QtBot) -> None:
    asks(page, "Vertrauen near (Konflikt or not Geld) and role:respondent", qtbot)
    click(button(page, "chip_0_0"))
    usable: Callable[[QWidget], bool] = lambda one: one.focusPolicy() is not Qt.FocusPolicy.NoFocus  # noqa: E731
    for root in (page, page.builder.finder):
        named = [one for one in root.findChildren(QWidget) if usable(one) and one.isVisible()]
        nameless = [type(one).__name__ for one in named if not one.accessibleName() and not inner(one)]
        assert nameless == []


def inner(widget: QWidget) -> bool:
    """Parts of Qt's own widgets have the name of these."""
    return widget.objectName().startswith("qt_") or type(widget).__name__ in ("QScrollArea", "QSplitter")
