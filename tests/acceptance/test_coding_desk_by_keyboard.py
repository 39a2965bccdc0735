"""A day at the coding desk by keyboard alone, in German: from the start screen to the query, and all undone."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from qda.coding import codes, material, memo_queries, piles, saved_queries
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
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert view.selected_span() is None
    found = coded(desk)
    assert ("Die Zeit fehlt immer.", "Zeit") in found
    assert ("Die Zeit fehlt immer.", "Mangel") in found
    assert ("Ich übernehme Dinge, die sonst liegen bleiben.", "Übernehmen") in found
    assert [m.body for m in memo_queries.memos(desk.project)] == ["Wer sonst übernähme sie?"]


def view_span(view) -> tuple[int, int]:
    span = view.selected_span()
    assert span is not None
    return span.start, span.stop


CHAPTERS = (
    begin_a_study,
    bring_the_interview_in,
    code_what_is_selected,
    code_whole_units,
    code_by_a_digit,
    code_line_by_line,
)


def test_a_day_by_keyboard_alone_and_back_to_its_start(german, qtbot, tmp_path, monkeypatch) -> None:
    paths = [str(tmp_path / "Interview Öztürk.txt")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (paths, ""))
    day = Day(german, qtbot)
    for chapter in CHAPTERS:
        chapter(day)
