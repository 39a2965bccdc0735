"""A day at the coding desk by keyboard alone, in German, from the start screen on; then all of it undone."""

from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from qda.coding import codes, material, memo_piles, memo_queries, piles
from tests.acceptance.desk import (
    ALT,
    CTRL,
    SHIFT,
    TURNS,
    Key,
    choose,
    code_names,
    coded,
    cursor_to,
    focus,
    german,
    journalled,
    press,
    settle,
    tab_to,
    until,
    write,
)

__all__ = ["german"]
ANSWER = TURNS[9].partition(": ")[2]


class Day:
    """The window and what is looked at in it; whatever acts is a key."""

    def __init__(self, window, qtbot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def desk(self):
        return self.window.desk

    @property
    def workspace(self):
        return self.window.workspace("open")

    @property
    def view(self):
        return self.workspace.pane.view

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

    def in_text(self) -> None:
        self.until(lambda: focus() is self.view)

    def run(self, words: str) -> None:
        """A command by the palette."""
        press(Key.Key_K, CTRL)
        write(words)
        press(Key.Key_Return)


def begin_a_study(day: Day) -> None:
    assert focus().objectName() == "new_title"
    write("Netzwerke ohne Weisung – Öztürk")
    tab_to("new_coder")
    press(Key.Key_A, CTRL)
    write("MK")
    press(Key.Key_Return)
    assert day.desk is not None
    assert day.desk.path.name == "Netzwerke ohne Weisung – Öztürk.qdaproj"


def bring_the_interview_in(day: Day) -> None:
    press(Key.Key_O, CTRL | SHIFT)
    page = day.window.workspace("material").importing
    day.until(lambda: page.is_deciding and not page.is_running and focus() is page.files.table)
    press(Key.Key_Return)
    day.until(page.results.isVisible)
    (row,) = material.sources(day.desk.project)
    assert (row.title, row.turns) == ("Interview Öztürk", 25)
    press(Key.Key_2, ALT)
    day.until(lambda: day.workspace.pane.source == row.guid)
    day.in_text()
    assert day.view.text.count("\n") >= 24


def code_what_is_selected(day: Day) -> None:
    view, desk = day.view, day.desk
    choose(view, "Angefangen hat es mit einem Anruf")
    write("Anrufen")
    press(Key.Key_Return)
    assert coded(desk) == [("Angefangen hat es mit einem Anruf", "Anrufen")]
    choose(view, "Kurzer Dienstweg")
    press(Key.Key_Return)
    write("Wege > Dienstweg")
    press(Key.Key_Return)
    assert ("Kurzer Dienstweg", "Dienstweg") in coded(desk)
    assert "Wege > Dienstweg" in [row.path for row in codes.codes(desk.project)]
    choose(view, "Ich geh rüber und frage")
    write("Hingehen")
    press(Key.Key_Return, SHIFT)
    write("Anrufen")
    press(Key.Key_Return)
    assert {("Ich geh rüber und frage", "Hingehen"), ("Ich geh rüber und frage", "Anrufen")} < set(
        coded(desk)
    )
    choose(view, "Erst telefoniere ich")
    press(Key.Key_L, CTRL)
    assert ("Erst telefoniere ich", "Anrufen") in coded(desk)
    choose(view, "Das Netzwerk bin ja ich")
    press(Key.Key_I, CTRL)
    assert ("Das Netzwerk bin ja ich", "Das Netzwerk bin ja ich") in coded(desk)
    choose(view, "einfach gemacht 😀")
    write("Machen")
    press(Key.Key_Return)
    assert ("einfach gemacht 😀", "Machen") in coded(desk)


def code_whole_units(day: Day) -> None:
    view, desk = day.view, day.desk
    for place, key, code, words in (
        ("geht es plötzlich", Key.Key_W, "Rückhalt", "Dann geht es plötzlich."),
        ("Man kennt sich", Key.Key_P, "Wort halten", TURNS[11].partition(": ")[2]),
        ("Alle, die etwas", Key.Key_T, "Entscheiden können", TURNS[19].partition(": ")[2]),
        ("Wie kommen Zusagen", Key.Key_A, "Zusagen holen", ANSWER),
    ):
        cursor_to(view, place)
        press(key, CTRL | SHIFT)
        assert day.workspace.pane.field.isVisible()
        write(code)
        press(Key.Key_Return)
        assert (words, code) in coded(desk)


def code_by_a_digit(day: Day) -> None:
    view, desk = day.view, day.desk
    press(Key.Key_K, CTRL | SHIFT)
    write("rückh")
    press(Key.Key_Return)
    assert focus() is day.workspace.codes.tree
    assert desk.code == day.guid("Rückhalt")
    press(Key.Key_3, ALT | SHIFT)
    press(Key.Key_F6)
    assert focus() is view
    choose(view, "hält mir den Rücken frei")
    press(Key.Key_3)
    assert ("hält mir den Rücken frei", "Rückhalt") in coded(desk)
    # the selection coded from the tree
    choose(view, "bekommt beim nächsten Mal nichts")
    press(Key.Key_K, CTRL | SHIFT)
    write("mach")
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert focus() is view
    assert ("bekommt beim nächsten Mal nichts", "Machen") in coded(desk)
    press(Key.Key_K, CTRL | SHIFT)
    press(Key.Key_Escape)
    assert day.workspace.codes.line.text() == ""
    press(Key.Key_F6)
    assert focus() is view


def code_line_by_line(day: Day) -> None:
    view, desk = day.view, day.desk
    cursor_to(view, "Die Zeit fehlt immer")
    press(Key.Key_L, CTRL | ALT)
    assert view.text[slice(*view_span(view))] == "Die Zeit fehlt immer."
    write("Zeit,Mangel")
    press(Key.Key_Return)
    assert view.text[slice(*view_span(view))].startswith("Ich übernehme Dinge")
    press(Key.Key_2, CTRL)
    write("Wer sonst übernähme sie?")
    press(Key.Key_Return)
    write("Übernehmen")
    press(Key.Key_Return)
    press(Key.Key_3)  # the code on that key, and on to the next line
    press(Key.Key_Space)
    assert view.text[slice(*view_span(view))] == "Das ist kein Lob. 🙂"
    press(Key.Key_L, CTRL)
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert view.selected_span() is None
    found = coded(desk)
    assert ("Die Zeit fehlt immer.", "Zeit") in found
    assert ("Die Zeit fehlt immer.", "Mangel") in found
    assert ("Ich übernehme Dinge, die sonst liegen bleiben.", "Übernehmen") in found
    assert ("Dann ist das Netzwerk weg.", "Rückhalt") in found
    assert ("Das ist kein Lob. 🙂", "Rückhalt") in found
    assert [m.body for m in memo_queries.memos(desk.project)] == ["Wer sonst übernähme sie?"]


def view_span(view) -> tuple[int, int]:
    span = view.selected_span()
    assert span is not None
    return span.start, span.stop


def code_what_was_searched(day: Day) -> None:
    desk = day.desk
    press(Key.Key_F, CTRL | SHIFT)
    panel = day.workspace.results
    assert focus() is panel.line
    write("beschluss")
    press(Key.Key_Return)
    day.until(lambda: panel.is_complete and len(panel.hits) == 2)
    tab_to("search_all_code")
    press(Key.Key_Space)
    dialog = QApplication.activeModalWidget()
    day.until(lambda: dialog.is_complete)
    write("Beschlossenes")
    press(Key.Key_Return)
    day.until(lambda: dialog.is_complete and focus() is dialog.list)
    press(Key.Key_Return, CTRL)
    day.until(lambda: not dialog.isVisible())
    found = [
        (row.segment.text, row.origin) for row in codes.codings(desk.project) if row.code_name[:4] == "Besc"
    ]
    assert found == [
        ("Ohne Beschluss rührt sich in den Ämtern keiner.", "search"),
        ("Am Ende galt der Beschluss.", "search"),
    ]
    press(Key.Key_Escape)
    day.in_text()


def change_what_was_coded(day: Day) -> None:
    view, desk = day.view, day.desk
    # cut in two before a word, and joined again
    cursor_to(view, "Wer einmal sein Wort")
    press(Key.Key_D, CTRL | SHIFT)
    halves = [words for words, code in coded(desk) if code == "Wort halten"]
    assert halves == ["Meistens. Man kennt sich ja.", TURNS[11].partition("ja. ")[2]]
    press(Key.Key_Y, CTRL | SHIFT)
    assert [words for words, code in coded(desk) if code == "Wort halten"] == [TURNS[11].partition(": ")[2]]
    # one word shorter, by the keys that go with a coding; then its ends moved as a selection is
    press(Key.Key_Left, ALT | SHIFT)
    assert next(words for words, code in coded(desk) if code == "Wort halten").endswith("Mal")
    press(Key.Key_F2)
    press(Key.Key_F2)
    press(Key.Key_Right, CTRL | SHIFT)
    press(Key.Key_Right, CTRL | SHIFT)  # the full stop is a step of its own
    press(Key.Key_Return)
    assert next(words for words, code in coded(desk) if code == "Wort halten").startswith("Man kennt")
    # another code, a comment, a memo; each leads back to the same word
    press(Key.Key_C, CTRL | ALT)
    write("rückh")
    press(Key.Key_Return)
    assert ("Man kennt sich ja. Wer einmal sein Wort bricht, bekommt beim nächsten Mal", "Rückhalt") in coded(
        desk
    )
    here = view.current_position()
    press(Key.Key_E, CTRL)
    write("Gilt das auch für Ämter?")
    press(Key.Key_Escape)
    day.in_text()
    assert "Gilt das auch für Ämter?" in [row.comment for row in codes.codings(desk.project)]
    press(Key.Key_M, CTRL)
    write("Vertrauen ersetzt Weisung.")
    press(Key.Key_Escape)
    day.in_text()
    assert view.current_position() == here
    assert "Vertrauen ersetzt Weisung." in [m.body for m in memo_queries.memos(desk.project)]
    # and one that is taken off again
    cursor_to(view, "niemand gefragt")
    press(Key.Key_F8)
    before = coded(desk)
    press(Key.Key_Delete)
    gone = [row for row in before if row not in coded(desk)]
    assert gone == [("einfach gemacht 😀", "Machen")]
    assert day.workspace.inspector.page is day.workspace.inspector.code, "no coding is in hand any more"


def correct_the_text(day: Day) -> None:
    view, desk = day.view, day.desk
    quotes = [words for words, _code in coded(desk)]
    cursor_to(view, "rlich gesagt")
    press(Key.Key_F5)
    write("h")
    press(Key.Key_Return, CTRL)
    assert "Ehrlich gesagt" in day.text()
    assert [words for words, _code in coded(desk)] == quotes
    day.in_text()
    press(Key.Key_H, CTRL)
    page = day.workspace.page
    assert focus().objectName() == "replace_words"
    press(Key.Key_A, CTRL)
    write("Beschluss")
    press(Key.Key_Tab)
    if focus().objectName() != "replace_by":
        tab_to("replace_by")
    write("Ratsbeschluß 🏛")
    press(Key.Key_Return)
    day.until(lambda: page._complete and len(page.taken) == 2 and focus() is page.list)
    press(Key.Key_Delete)
    press(Key.Key_Return, CTRL)
    day.until(lambda: "Ratsbeschluß" in day.text())
    assert day.text().count("Ratsbeschluß 🏛") == 1
    assert ("Am Ende galt der Ratsbeschluß 🏛.", "Beschlossenes") in coded(desk)
    press(Key.Key_Escape)
    day.in_text()
    assert view.text == day.text(), "the text shown is the one stored"


def merge_two_codes(day: Day) -> None:
    desk = day.desk
    press(Key.Key_K, CTRL | SHIFT)
    write("mangel")
    press(Key.Key_Return)
    press(Key.Key_X, CTRL | SHIFT)
    dialog = QApplication.activeModalWidget()
    write("zeit")
    words = dialog.findChild(QLabel, "merge_preview").text()
    assert "Zeit" in words and "1 Kodierung" in words, words
    tab_to("merge_note")
    write("beides meint die fehlende Zeit")
    press(Key.Key_Return)
    assert "Mangel" not in code_names(desk)
    assert "beides meint die fehlende Zeit" in [m.body for m in memo_queries.memos(desk.project)]
    press(Key.Key_K, CTRL | SHIFT)
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    day.in_text()


def make_a_pile_a_category(day: Day) -> None:
    desk = day.desk
    press(Key.Key_L, CTRL | SHIFT)
    page = day.workspace.laying
    assert focus() is page.slips
    names = [page.slips.item(at).text() for at in range(page.slips.count())]
    for _each in range(names.index("Hingehen")):
        press(Key.Key_Down)
    press(Key.Key_N)
    settle()
    press(Key.Key_Home)
    assert page.slips.currentItem().text() == "Anrufen"
    press(Key.Key_1)
    settle()
    (pile,) = piles.piles(desk.project)
    assert [one.name for one in pile.codes] == ["Hingehen", "Anrufen"]
    press(Key.Key_Return)
    day.until(lambda: focus().objectName() == "pile_name")
    write("Zusagen holen gehen")
    press(Key.Key_Tab)
    write("Beide Male geht jemand über Ämter hinweg.")
    press(Key.Key_Tab)
    write("Nähe")
    press(Key.Key_Return, CTRL)
    settle()
    paths = [row.path for row in codes.codes(desk.project)]
    assert {"Zusagen holen gehen > Hingehen", "Zusagen holen gehen > Anrufen"} < set(paths)
    (made,) = (row for row in codes.codes(desk.project) if row.name == "Zusagen holen gehen")
    assert made.kind == "category"
    assert [row.name for row in codes.properties(desk.project, made.guid)] == ["Nähe"]
    press(Key.Key_Escape)
    day.in_text()
    rows = {row.name: row.colour for row in codes.codes(desk.project)}
    shown = {row.name: row.colour for row in day.view.codings_between(0, len(day.view.text))}
    assert shown["Anrufen"] == rows["Zusagen holen gehen"], "stripes have the colour of the branch"


def set_a_property(day: Day) -> None:
    view, desk = day.view, day.desk
    choose(view, "Ich geh rüber und frage")
    press(Key.Key_D, CTRL | ALT)
    field = focus().window()
    assert field.objectName() == "value_field"
    assert field.list.item(0).text() == "Nähe"
    press(Key.Key_1)
    write("gegenüber")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    day.in_text()
    (value,) = codes.property_values(desk.project)
    assert value.value == "gegenüber"


def judge_a_comparison(day: Day) -> None:
    view, desk = day.view, day.desk
    cursor_to(view, "Wenn es eng wird")
    press(Key.Key_F8)
    assert desk.coding
    press(Key.Key_V, CTRL | ALT)
    section = day.workspace.inspector.coding.comparing
    day.until(lambda: section.shown is not None and section.passages())
    words = {one.row.text for one in section.passages()}
    assert len(words) >= 2
    assert words < {words for words, code in coded(desk) if code == "Rückhalt"}
    press(Key.Key_2)
    write("Hier ruft sie nur an.")
    press(Key.Key_Return)
    day.in_text()
    judged = [m for m in memo_queries.memos(desk.project) if m.body == "Hier ruft sie nur an."]
    assert [m.title for m in judged] == ["„Rückhalt“: passt nicht"]


def find_passages(day: Day) -> None:
    press(Key.Key_F, CTRL | ALT)
    day.until(lambda: day.workspace.page is not None and day.workspace.page.objectName() == "retrieval")
    page = day.workspace.page
    day.until(lambda: focus().objectName() == "add")
    write("Beschl")
    press(Key.Key_Return)
    press(Key.Key_Right)
    press(Key.Key_Return)  # near, within …
    press(Key.Key_Down)
    press(Key.Key_Return)
    write("rückh")
    press(Key.Key_Return)
    press(Key.Key_Left)
    press(Key.Key_Left)
    assert focus().objectName() == "relation_0"
    write("+")  # two paragraphs apart
    day.until(lambda: quotes(page) == near(day, "Beschlossenes", "Rückhalt", 2))
    assert quotes(page) == ["Ohne Beschluss rührt sich in den Ämtern keiner."]
    press(Key.Key_Escape)
    day.in_text()


def quotes(page) -> list[str]:
    rows = page.table.rows
    found = [rows.found(row) for row in range(rows.rowCount())]
    return [one.segment.text for one in found if one is not None]


def near(day: Day, code: str, other: str, paragraphs: int) -> list[str]:
    """What a reader would find: passages of a code so near to one of another."""
    text, rows = day.text(), codes.codings(day.desk.project)
    placed = [(row, text.count("\n", 0, row.segment.start)) for row in rows]
    others = [at for row, at in placed if row.code_name == other]
    mine = [(row, at) for row, at in placed if row.code_name == code]
    return [row.segment.text for row, at in mine if any(abs(at - there) <= paragraphs for there in others)]


def filter_the_stripes(day: Day) -> None:
    view = day.view
    press(Key.Key_Home, CTRL)
    press(Key.Key_X, CTRL | ALT)
    write("rückh")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    day.in_text()
    assert {mark.row.name for mark in view.frame().marks} == {"Rückhalt"}
    press(Key.Key_X, CTRL | ALT)
    write("rückh")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert len({mark.row.name for mark in view.frame().marks}) > 5


def look_at_a_picture(day: Day) -> None:
    day.run("Kodes × Dokumente")
    day.until(lambda: day.workspace.page is not None and day.workspace.page.objectName() == "pictures")
    page = day.workspace.page
    day.until(lambda: page.seen is not None and focus() is page.matrix)
    names = [row.name for row in page.seen.matrix.rows]
    press(Key.Key_Home, CTRL)
    for _each in range(names.index("Rückhalt")):
        press(Key.Key_Down)
    wanted = [words for words, code in coded(day.desk) if code == "Rückhalt"]
    day.until(lambda: [row.text for row in page.panel.rows] == wanted)
    press(Key.Key_Return)
    day.until(lambda: focus() is page.panel.list)
    press(Key.Key_Down)
    press(Key.Key_Return)
    day.in_text()
    assert day.view.text[slice(*view_span(day.view))] == wanted[1]


def lay_a_memo_on_a_pile(day: Day) -> None:
    press(Key.Key_M, CTRL | SHIFT)
    desk = day.window.workspace("material").memos
    day.until(desk.isVisible)
    tab_to("memo_list")
    assert desk.list.count() >= 4
    press(Key.Key_T)
    press(Key.Key_Down)
    press(Key.Key_Return)
    write("Kapitel „Rückhalt“")
    press(Key.Key_Return)
    ((name, memos),) = [(p.name, p.memos) for p in memo_piles.memo_piles(day.desk.project)]
    assert name == "Kapitel „Rückhalt“"
    assert len(memos) == 1
    press(Key.Key_2, ALT)
    day.in_text()


CHAPTERS = (
    begin_a_study,
    bring_the_interview_in,
    code_what_is_selected,
    code_whole_units,
    code_by_a_digit,
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


def test_a_day_by_keyboard_alone_and_back_to_its_start(german, qtbot, tmp_path, monkeypatch) -> None:
    paths = [str(tmp_path / "Interview Öztürk.txt")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (paths, ""))
    day = Day(german, qtbot)
    states, made = [], set()
    for chapter in CHAPTERS:
        chapter(day)
        states.append(day.state())
        made |= {row.guid for row in codes.codings(day.desk.project)}
    project = day.desk.project
    assert len(made) >= 20
    passed = [day.state()]
    while project.undo_label():
        press(Key.Key_Z, CTRL)
        assert day.state() != passed[-1], "an undo that changes nothing"
        passed.append(day.state())
    steps = len(passed) - 1
    assert steps >= 35
    assert passed[-1] == states[0]
    assert set(states) <= set(passed)
    assert (codes.codes(project), material.sources(project)) == ([], [])
    for _each in range(steps):
        press(Key.Key_Z, CTRL | SHIFT)
    assert project.redo_label() is None
    assert day.state() == passed[0]
    day.until(lambda: day.view.isVisible() and len(day.view._marks) == len(coded(day.desk)))
