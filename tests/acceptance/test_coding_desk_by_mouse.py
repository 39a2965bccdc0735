"""A day at the coding desk by mouse alone, in German; words are typed. Undone by the menu, done again."""

from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QTabBar

from qda.coding import codes, material, memo_piles, memo_queries, piles
from qda.ui.transcript.code_list import plus_place
from tests.acceptance.desk import (
    LEFT,
    TURNS,
    Mod,
    click,
    code_names,
    coded,
    drag,
    focus,
    from_menu,
    german,
    journalled,
    menu_at,
    pick,
    place_of,
    popup_menu,
    press_on,
    pull,
    row_place,
    seen,
    settle,
    sweep,
    until,
    write,
)

__all__ = ["german"]
ANSWER = TURNS[9].partition(": ")[2]


class Day:
    """The window and what is looked at in it; whatever acts is the pointer."""

    def __init__(self, window, qtbot, path) -> None:
        self.window, self.qtbot, self.path = window, qtbot, path

    @property
    def desk(self):
        return self.window.desk

    @property
    def workspace(self):
        return self.window.workspace("open")

    @property
    def pane(self):
        return self.workspace.pane

    @property
    def view(self):
        return self.pane.view

    def until(self, condition) -> None:
        until(self.qtbot, condition)

    def state(self) -> str:
        found, faults = journalled(self.desk.path)
        assert faults == []
        return found

    def text(self) -> str:
        return material.text(self.desk.project, material.sources(self.desk.project)[0].guid)

    def guid(self, name: str) -> str:
        return next(row.guid for row in codes.codes(self.desk.project) if row.name == name)

    def menu(self, *names: str) -> None:
        focus()  # a desktop makes the window active again
        from_menu(self.window, *names)

    def bar(self, command: str) -> None:
        """A button above the text."""
        settle()
        press_on(seen(self.pane, f"bar_{command}"))

    def at(self, words: str, letter: int = 0) -> QPoint:
        """A letter of these words in the viewport, scrolled to by the wheel's way where it is not seen."""
        bar = self.view.verticalScrollBar()
        position = self.view.text.index(words) + letter
        for step in (0, -9999, *[120] * 40):
            bar.setValue(bar.value() + step)  # the wheel
            place = place_of(self.view, position)
            if self.view.viewport().rect().adjusted(0, 4, 0, -40).contains(place):
                QApplication.processEvents()
                return place_of(self.view, position)
        raise AssertionError(words)

    def select(self, words: str) -> None:
        self.at(words)
        if words[-1].isalnum():
            sweep(self.view, words)
        else:  # what does not grow to a whole word: to the right half of the last sign
            pull(self.view, self.at(words), self.at(words, len(words) - 1) + QPoint(8, 0))
        span = self.view.selected_span()
        assert span is not None
        assert self.view.text[span.start : span.stop] == words

    def click_on(self, words: str) -> None:
        press_on(self.view.viewport(), self.at(words, 1))

    def context(self, words: str):
        return menu_at(self.view, self.at(words, 1))

    def take(self, name: str, *, add: bool = False) -> None:
        """A click on the row of the code field with this name: on its plus where others follow."""
        field = self.pane.field
        assert field.isVisible()
        rows = [(at, row) for at, row in enumerate(field.model.rows) if row.is_code]
        at = next(at for at, row in rows if row.name == name)
        area = field.list.visualRect(field.model.index(at))
        place = plus_place(area).center() if add else QPoint(area.left() + 60, area.center().y())
        press_on(field.list.viewport(), place)

    def code_menu(self, name: str):
        """The menu of a code in the tree."""
        tree = self.workspace.codes.tree
        settle()
        return menu_at(tree, row_place(tree, self.workspace.codes.model.index_of(self.guid(name))))


def begin_a_study(day: Day) -> None:
    press_on(seen(day.window, "new_title"))
    write("Netze – Öztürk")
    press_on(seen(day.window, "new_coder"))
    write("MK")
    click(day.window, "create")
    assert day.desk is not None


def bring_the_interview_in(day: Day) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(day.path))])
    assert drag(day.window, data, QPoint(700, 400))
    page = day.window.workspace("material").importing
    day.until(lambda: page.is_deciding and not page.is_running)
    day.until(lambda: seen(page, "import_go").isEnabled())
    click(page, "import_go")
    day.until(page.results.isVisible)
    (row,) = material.sources(day.desk.project)
    assert (row.title, row.turns) == ("Interview Öztürk", 25)
    tabs = day.window.findChild(QTabBar, "workspaces")
    press_on(tabs, tabs.tabRect(1).center())
    day.until(lambda: day.pane.source == row.guid)
    settle()


def code_what_is_selected(day: Day) -> None:
    desk = day.desk
    day.select("Angefangen hat es mit einem Anruf")
    day.bar("code")
    write("Anrufen")
    day.take("Anrufen")
    assert coded(desk) == [("Angefangen hat es mit einem Anruf", "Anrufen")]
    day.select("Kurzer Dienstweg")
    day.bar("code")
    write("Wege > Dienstweg")
    day.take("Dienstweg")
    assert ("Kurzer Dienstweg", "Dienstweg") in coded(desk)
    day.select("Ich geh rüber und frage")
    day.bar("code")
    write("Hingehen")
    day.take("Hingehen", add=True)
    write("Anruf")
    day.take("Anrufen")
    assert {("Ich geh rüber und frage", "Hingehen"), ("Ich geh rüber und frage", "Anrufen")} < set(
        coded(desk)
    )
    day.select("Erst telefoniere ich")
    day.bar("code-again")
    assert ("Erst telefoniere ich", "Anrufen") in coded(desk)
    day.select("Das Netzwerk bin ja ich")
    day.bar("code-in-vivo")
    assert ("Das Netzwerk bin ja ich", "Das Netzwerk bin ja ich") in coded(desk)
    day.select("einfach gemacht 😀")
    pick(day.context("einfach"), "Kodieren …")
    write("Machen")
    day.take("Machen")
    assert ("einfach gemacht 😀", "Machen") in coded(desk)


def code_whole_units(day: Day) -> None:
    for place, act, code, words in (
        ("geht es plötzlich", "Satz kodieren", "Rückhalt", "Dann geht es plötzlich."),
        ("Man kennt sich", "Absatz kodieren", "Wort halten", TURNS[11].partition(": ")[2]),
        ("Alle, die etwas", "Redebeitrag kodieren", "Entscheiden können", TURNS[19].partition(": ")[2]),
        ("Wie kommen Zusagen", "Antwort kodieren", "Zusagen holen", ANSWER),
    ):
        pick(day.context(place), act)
        write(code)
        day.take(code)
        assert (words, code) in coded(day.desk)


def code_by_dragging(day: Day) -> None:
    settle()
    desk, tree, model = day.desk, day.workspace.codes.tree, day.workspace.codes.model
    day.select("hält mir den Rücken frei")
    code = model.mimeData([model.index_of(day.guid("Rückhalt"))])
    assert drag(day.view, code, day.at("den Rücken"))
    assert ("hält mir den Rücken frei", "Rückhalt") in coded(desk)
    day.select("Per Mail kriegst du nie eine Zusage")
    settle()
    passage = day.view.createMimeDataFromSelection()
    assert drag(tree, passage, row_place(tree, model.index_of(day.guid("Wege"))))
    assert ("Per Mail kriegst du nie eine Zusage", "Wege") in coded(desk)
    # a code dropped where nothing is selected codes the turn
    code = model.mimeData([model.index_of(day.guid("Machen"))])
    assert drag(day.view, code, day.at("Schreiben Sie das auf"))
    assert ("Schreiben Sie das auf?", "Machen") in coded(desk)
    # and by the menu of a code in the tree
    day.select("Ohne Protokoll gibt’s mich nicht")
    pick(day.code_menu("Machen"), "Markierung kodieren")
    assert ("Ohne Protokoll gibt’s mich nicht", "Machen") in coded(desk)


def code_line_by_line(day: Day) -> None:
    desk, view = day.desk, day.view
    day.click_on("Die Zeit fehlt immer")
    settle()
    day.menu("code", "line-by-line")
    bar = seen(day.pane, "line_bar")
    assert view.text[view.selected_span().start :].startswith("Die Zeit fehlt immer.")
    press_on(seen(bar, "line_code"))
    write("Zeit")
    day.take("Zeit", add=True)
    write("Mangel")
    day.take("Mangel")
    assert view.text[view.selected_span().start :].startswith("Ich übernehme Dinge")
    press_on(seen(bar, "line_pass"))
    press_on(seen(bar, "line_back"))
    press_on(seen(bar, "line_code"))
    write("Übernehmen")
    day.take("Übernehmen")
    press_on(seen(bar, "line_leave"))
    found = coded(desk)
    assert {("Die Zeit fehlt immer.", "Zeit"), ("Die Zeit fehlt immer.", "Mangel")} < set(found)
    assert ("Ich übernehme Dinge, die sonst liegen bleiben.", "Übernehmen") in found


def code_what_was_searched(day: Day) -> None:
    day.menu("edit", "search-all")
    panel = day.workspace.results
    write("beschluss")
    day.until(lambda: panel.is_complete and len(panel.hits) == 2)
    click(panel, "search_all_code")
    dialog = QApplication.activeModalWidget()
    day.until(lambda: dialog.is_complete)
    write("Beschlossenes")
    day.until(lambda: dialog.is_complete and dialog.ok.isEnabled())
    click(dialog, "ok")
    day.until(lambda: not dialog.isVisible())
    focus()
    click(panel, "search_all_close")
    rows = [row for row in codes.codings(day.desk.project) if row.code_name == "Beschlossenes"]
    assert [(row.segment.text, row.origin) for row in rows] == [
        ("Ohne Beschluss rührt sich in den Ämtern keiner.", "search"),
        ("Am Ende galt der Beschluss.", "search"),
    ]


def of_code(day: Day, name: str) -> list[str]:
    return [words for words, code in coded(day.desk) if code == name]


def change_what_was_coded(day: Day) -> None:
    desk, view = day.desk, day.view
    whole = TURNS[11].partition(": ")[2]
    pick(day.context("Wer einmal sein Wort"), "Hier teilen")
    assert of_code(day, "Wort halten") == ["Meistens. Man kennt sich ja.", whole.partition("ja. ")[2]]
    settle()
    pick(day.context("Wer einmal sein Wort"), "Mit Berührendem verbinden")
    assert of_code(day, "Wort halten") == [whole]
    # its end dragged
    settle()
    day.click_on("Man kennt sich")
    settle()
    further = day.at("nächsten Mal", 10)
    cursor = QTextCursor(view.document())
    cursor.setPosition(view._shown.to_unit(view.text.index(whole) + len(whole)))
    pull(view, view.cursorRect(cursor).center(), further)
    assert of_code(day, "Wort halten") == [whole.removesuffix(" nichts.")]
    # recoded, commented on, a memo; by the buttons beside the text
    settle()
    inspector = day.workspace.inspector.coding
    click(inspector, "recode")
    day.take("Rückhalt")
    assert whole.removesuffix(" nichts.") in of_code(day, "Rückhalt")
    settle()
    press_on(seen(inspector, "coding_comment"))
    write("Gilt das auch für Ämter?")
    day.click_on("Man kennt sich")
    assert "Gilt das auch für Ämter?" in [row.comment for row in codes.codings(desk.project)]
    day.bar("memo-here")
    write("Vertrauen ersetzt Weisung.")
    click(day.window, "memo_close")
    assert "Vertrauen ersetzt Weisung." in [m.body for m in memo_queries.memos(desk.project)]
    focus()
    day.click_on("einfach gemacht")
    settle()
    click(inspector, "remove_coding")
    assert ("einfach gemacht 😀", "Machen") not in coded(desk)
    assert day.workspace.inspector.page is day.workspace.inspector.code


def correct_the_text(day: Day) -> None:
    quotes = [words for words, _code in coded(day.desk)]
    day.menu("edit", "edit-text")
    settle()
    place = day.at("Erlich gesagt", 1)
    press_on(day.view.viewport(), place - QPoint(3, 0))
    write("h")
    click(day.pane, "edit_save")
    assert "Ehrlich gesagt" in day.text()
    assert [words for words, _code in coded(day.desk)] == quotes
    day.menu("edit", "replace-in-all")
    page = day.workspace.page
    press_on(seen(page, "replace_words"))
    write("Beschluss")
    press_on(seen(page, "replace_by"))
    write("Ratsbeschluß 🏛")
    day.until(lambda: page._complete and not page._soon.isActive() and len(page.taken) == 2)
    settle()
    first = page.list.visualRect(page.list.passages.index(1))
    press_on(page.list.viewport(), page.list.rows.box(first).center())
    assert len(page.taken) == 1
    click(page, "replace_go")
    assert day.text().count("Ratsbeschluß 🏛") == 1
    click(page, "replace_back")
    assert day.view.text == day.text()
    assert ("Am Ende galt der Ratsbeschluß 🏛.", "Beschlossenes") in coded(day.desk)


def merge_two_codes(day: Day) -> None:
    pick(day.code_menu("Mangel"), "Zusammenlegen mit")
    dialog = QApplication.activeModalWidget()
    picker = dialog.picker
    at = next(at for at, row in enumerate(picker.model.rows) if row.name == "Zeit")
    index = picker.model.index(at)
    picker.list.scrollTo(index)
    press_on(picker.list.viewport(), picker.list.visualRect(index).center())
    words = dialog.findChild(QLabel, "merge_preview").text()
    assert "Zeit" in words
    assert "1 Kodierung" in words
    press_on(dialog.note)
    write("beides meint die fehlende Zeit")
    click(dialog, "ok")
    focus()
    assert "Mangel" not in code_names(day.desk)
    assert "beides meint die fehlende Zeit" in [m.body for m in memo_queries.memos(day.desk.project)]


def make_a_pile_a_category(day: Day) -> None:
    desk = day.desk
    day.menu("code", "lay-out-codes")
    page = day.workspace.laying
    settle()
    for name in ("Hingehen", "Anrufen"):
        items = [page.slips.item(at) for at in range(page.slips.count())]
        item = next(one for one in items if one.text() == name)
        press_on(page.slips.viewport(), page.slips.visualItemRect(item).center())
        data = page.slips.mimeData(page.slips.selectedItems())
        target = page.table.boxes[0] if piles.piles(desk.project) else page.table.new
        assert drag(target, data, target.rect().center())
        settle()
    (pile,) = piles.piles(desk.project)
    assert [one.name for one in pile.codes] == ["Hingehen", "Anrufen"]
    for name, words in (
        ("pile_name", "Zusagen holen gehen"),
        ("pile_why", "Beide Male geht jemand über Ämter hinweg."),
        ("pile_property", "Nähe"),
    ):
        press_on(seen(page, name))
        write(words)
    click(page, "make_category")
    settle()
    made = next(row for row in codes.codes(desk.project) if row.name == "Zusagen holen gehen")
    assert made.kind == "category"
    paths = [row.path for row in codes.codes(desk.project)]
    assert {"Zusagen holen gehen > Hingehen", "Zusagen holen gehen > Anrufen"} < set(paths)
    assert [row.name for row in codes.properties(desk.project, made.guid)] == ["Nähe"]
    click(page, "back_to_text")
    assert day.workspace.page is None


def set_a_property(day: Day) -> None:
    day.select("Ich geh rüber und frage")
    pick(day.context("Ich geh rüber"), "Eigenschaften")
    field = QApplication.activePopupWidget()
    assert field.objectName() == "value_field"
    press_on(field.list.viewport(), field.list.visualItemRect(field.list.item(0)).center())
    write("gegenüber")
    press_on(field.list.viewport(), field.list.visualItemRect(field.list.item(0)).center())
    (value,) = codes.property_values(day.desk.project)
    assert value.value == "gegenüber"
    # a click beside it closes it, as the system does for popups
    QTest.mouseClick(field, LEFT, Mod.NoModifier, QPoint(-50, -50))
    assert not field.isVisible()


def judge_a_comparison(day: Day) -> None:
    focus()
    day.click_on("Dann geht es plötzlich")
    section = day.workspace.inspector.coding.comparing
    day.until(lambda: section.isVisible() and section.shown is not None and section.passages())
    settle()
    click(section, "verdict_fits")
    write("Auch hier trägt sie.")
    click(section, "verdict_save")
    judged = [m.title for m in memo_queries.memos(day.desk.project) if m.body == "Auch hier trägt sie."]
    assert judged == ["„Rückhalt“: passt"]


def find_passages(day: Day) -> None:
    day.menu("analysis", "passages", "find-passages")
    day.until(lambda: day.workspace.page is not None and day.workspace.page.objectName() == "retrieval")
    page = day.workspace.page
    finder = page.builder.finder

    def take(name: str) -> None:
        at = next(at for at, one in enumerate(finder.model.rows) if one.name == name)
        index = finder.model.index(at)
        finder.list.scrollTo(index)
        press_on(finder.list.viewport(), finder.list.visualRect(index).center())

    press_on(seen(page, "add"))
    write("Anruf")
    take("Anrufen")
    press_on(seen(page, "relate"))
    menu = popup_menu()
    near = next(one for one in menu.actions() if one.objectName() == "relation_near")
    press_on(menu, menu.actionGeometry(near).center())
    write("Dienst")
    take("Dienstweg")
    text, rows = day.text(), codes.codings(day.desk.project)
    places = {row.guid: text.count("\n", 0, row.segment.start) for row in rows}
    others = [places[row.guid] for row in rows if row.code_name == "Dienstweg"]
    known = [
        row.segment.text
        for row in rows
        if row.code_name == "Anrufen" and any(abs(places[row.guid] - at) <= 1 for at in others)
    ]
    assert known == ["Ich geh rüber und frage"]
    day.until(lambda: not page.asking.busy and quotes(page) == known)
    click(page, "back_to_text")
    assert day.workspace.page is None


def quotes(page) -> list[str]:
    rows = page.table.rows
    found = [rows.found(row) for row in range(rows.rowCount())]
    return [one.segment.text for one in found if one is not None]


def filter_the_stripes(day: Day) -> None:
    day.at("Frau Öztürk, wie")
    day.bar("filter-codings")
    popup = QApplication.activePopupWidget()
    items = [popup.list.item(at) for at in range(popup.list.count())]
    area = popup.list.visualItemRect(next(one for one in items if one.text() == "Rückhalt"))
    press_on(popup.list.viewport(), area.center())
    QTest.mouseClick(popup, LEFT, Mod.NoModifier, QPoint(-50, -50))
    settle()
    assert {mark.row.name for mark in day.view.frame().marks} == {"Rückhalt"}
    press_on(seen(day.pane.filter_bar, "filter_clear"))
    assert len({mark.row.name for mark in day.view.frame().marks}) > 5


def look_at_a_picture(day: Day) -> None:
    day.menu("analysis", "pictures", "code-documents")
    page = day.workspace.page
    day.until(lambda: page.seen is not None and page.matrix.isVisible())
    settle()
    row = [row.name for row in page.seen.matrix.rows].index("Rückhalt")
    press_on(page.matrix.viewport(), page.matrix.cell_rect(row, 0).center())
    wanted = of_code(day, "Rückhalt")
    day.until(lambda: [row.text for row in page.panel.rows] == wanted)
    settle()
    view = page.panel.list
    place = view.visualRect(view.model().index(2, 0)).center()  # below the heading
    press_on(view.viewport(), place)
    QTest.mouseDClick(view.viewport(), LEFT, Mod.NoModifier, place)
    day.until(lambda: day.workspace.page is None and day.view.selected_span() is not None)
    span = day.view.selected_span()
    assert day.view.text[span.start : span.stop] == wanted[1]


def lay_a_memo_on_a_pile(day: Day) -> None:
    day.menu("memo", "memo-desk")
    desk = day.window.workspace("material").memos
    day.until(lambda: desk.isVisible() and desk.list.count() >= 3)
    press_on(desk.list.viewport(), desk.list.visualItemRect(desk.list.item(1)).center())
    title = desk.list.item(1).text()
    click(desk, "memo_lay")
    pick(popup_menu(), "Neuer Stapel")
    write("Kapitel „Rückhalt“")
    dialog = QApplication.activeModalWidget()
    box = dialog.findChild(QDialogButtonBox)
    press_on(box.button(QDialogButtonBox.StandardButton.Ok))
    project = day.desk.project
    names = {row.guid: row.title for row in memo_queries.memos(project)}
    laid = [(pile.name, [names[one] for one in pile.memos]) for pile in memo_piles.memo_piles(project)]
    assert laid == [("Kapitel „Rückhalt“", [title])]
    focus()
    tabs = day.window.findChild(QTabBar, "workspaces")
    press_on(tabs, tabs.tabRect(1).center())
    settle()


CHAPTERS = (
    begin_a_study,
    bring_the_interview_in,
    code_what_is_selected,
    code_whole_units,
    code_by_dragging,
    code_line_by_line,
    code_what_was_searched,
    change_what_was_coded,
    correct_the_text,
    merge_two_codes,
    make_a_pile_a_category,
    set_a_property,
    judge_a_comparison,
    find_passages,
    filter_the_stripes,
    look_at_a_picture,
    lay_a_memo_on_a_pile,
)


def test_a_day_by_mouse_alone_and_back_to_its_start(german, qtbot, tmp_path) -> None:
    day = Day(german, qtbot, tmp_path / "Interview Öztürk.txt")
    states, made = [], set()
    for chapter in CHAPTERS:
        chapter(day)
        states.append(day.state())
        made |= {row.guid for row in codes.codings(day.desk.project)}
    assert len(made) >= 20
    project = day.desk.project
    passed = [day.state()]
    while project.undo_label():
        day.menu("edit", "undo")
        assert day.state() != passed[-1], "an undo that changes nothing"
        passed.append(day.state())
    assert passed[-1] == states[0]
    assert set(states) <= set(passed)
    for _each in passed[1:]:
        day.menu("edit", "redo")
    assert project.redo_label() is None
    assert day.state() == passed[0]
    day.until(lambda: len(day.view._marks) == len(coded(day.desk)))
