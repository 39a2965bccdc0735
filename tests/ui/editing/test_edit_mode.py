"""The text of a transcript is edited in the window: typed into, saved as one act, left, taken back."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from qda.coding import material, pencil
from qda.coding.codes import codings
from qda.coding.documents import take_in
from qda.coding.open_coding import code_passage
from qda.exchange.reading import draft_from_text

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORDS = (
    "I: Wie fing das bei Ihnen an?\n"
    "B: Mit dem Beirat 🙂. Da haben wir uns Zusagen geholt, auf dem kurzen Dienstweg.\n"
    "I: Was steht dem heute im Weg?\n"
    "B: Das Geld, erlich gesagt. Und die Zeit.\n"
    "\n"
    "I: Und wer hilft Ihnen?\n"
    "B: Das Amt. שלום sagt x\u0301s.\n"
    "Und der Beirat."
)


class Editing:
    """The window, and the interview in it."""

    def __init__(self, window: "MainWindow", source: str) -> None:
        assert window.desk is not None
        self.window, self.desk, self.source = window, window.desk, source
        self.told: list[str] = []
        self.refused: list[str] = []
        self.desk.told.connect(self.told.append)
        self.desk.refused.connect(self.refused.append)

    @property
    def project(self):
        return self.desk.project

    @property
    def pane(self):
        return self.window.workspace("open").pane

    @property
    def view(self):
        return self.pane.view

    @property
    def bar(self):
        return self.pane.editing.bar

    def stored(self) -> str:
        return material.text(self.project, self.source)

    def shown(self) -> str:
        return self.view.document().toRawText().replace("\u2029", "\n")

    def code(self, words: str, code: str = "Zusagen") -> str:
        at = self.stored().index(words)
        return code_passage(self.project, source=self.source, start=at, stop=at + len(words), code=code)

    def quotes(self) -> list[str]:
        return [row.segment.text for row in codings(self.project, source=self.source)]

    def begin(self) -> None:
        QTest.keyClick(self.view, Qt.Key.Key_F5)
        assert self.view.editing is not None

    def at(self, words: str, *, behind: bool = False, select: bool = False) -> None:
        """The cursor before these words as they are shown, or behind them, or over them."""
        raw = self.view.document().toRawText()
        cut = len(raw[: raw.index(words)].encode("utf-16-le")) // 2
        long = len(words.encode("utf-16-le")) // 2
        cursor = self.view.textCursor()
        cursor.setPosition(cut + (long if behind else 0))
        if select:
            cursor.setPosition(cut + long, QTextCursor.MoveMode.KeepAnchor)
        self.view.setTextCursor(cursor)
        self.view.setFocus()

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.view, key, modifiers)

    def type(self, words: str) -> None:
        for sign in words:  # what Qt's own clicks cannot write comes as from an input method
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(self.view, event)

    def save(self) -> None:
        self.press(Qt.Key.Key_Return, _CTRL)

    def numbers(self) -> list[str]:
        return [row.number for row in material.paragraphs(self.project, self.source)]


@pytest.fixture
def editing(study: "MainWindow") -> Editing:
    assert study.desk is not None
    source = take_in(study.desk.project, draft=draft_from_text(WORDS), title="Interview mit Fehlern")
    study.show_workspace("open")
    study.desk.source_wanted.emit(source, -1, -1)
    made = Editing(study, source)
    made.view.setFocus()
    return made


def test_typing_anywhere_is_saved_as_one_act_and_codings_keep_their_words(editing):
    for words in ("Zusagen", "die Zeit", "Beirat 🙂"):
        editing.code(words)
    before = editing.stored()
    units = editing.project.unit_count()
    editing.begin()
    assert editing.bar.isVisible()
    editing.at("rlich gesagt")
    editing.type("h")
    editing.at("Mit dem", select=True)
    editing.type("Zuerst mit dem")
    editing.at("Das Amt.", behind=True)
    editing.type(" Ja!")
    assert editing.stored() == before
    editing.save()
    assert editing.stored() == (
        before.replace("erlich", "ehrlich")
        .replace("B: Mit dem", "B: Zuerst mit dem")
        .replace("Amt.", "Amt. Ja!")
    )
    assert editing.project.unit_count() == units + 1
    assert editing.quotes() == ["Beirat 🙂", "Zusagen", "die Zeit"]
    assert editing.view.editing is None
    assert QApplication.focusWidget() is editing.view
    assert [
        editing.view.text[r.start : r.stop] for r in editing.view.codings_between(0, 10_000)
    ] == editing.quotes()
    editing.window.undo()
    assert editing.stored() == before
    assert editing.shown().count("erlich") == 1


def test_tints_and_brackets_move_along_while_typing(editing):
    coding = editing.code("die Zeit")
    editing.begin()
    old = editing.view._marks.mark(coding)
    editing.at("Wie fing")
    editing.type("Sagen Sie: ")
    new = editing.view._marks.mark(coding)
    assert (new.start - old.start, new.stop - old.stop) == (11, 11)
    editing.at("die Zeit", select=True)
    editing.press(Qt.Key.Key_Delete)
    assert not editing.view._marks.between(0, 10_000)
    editing.press(Qt.Key.Key_Z, _CTRL)
    assert editing.view._marks.mark(coding) == new


def test_undo_in_the_mode_takes_back_typing_alone(editing):
    editing.code("Zusagen")
    before = editing.shown()
    editing.begin()
    editing.at("Wie fing")
    editing.type("xy")
    editing.press(Qt.Key.Key_Z, _CTRL)
    assert editing.shown() == before
    assert editing.bar.count.text() == ""
    editing.press(Qt.Key.Key_Z, _CTRL | _SHIFT)
    assert "xy" in editing.shown()
    assert editing.quotes() == ["Zusagen"]


def test_return_splits_a_paragraph_and_taking_its_end_joins_it_again(editing):
    editing.begin()
    editing.at(" Da haben wir", select=False)
    editing.press(Qt.Key.Key_Return)
    assert editing.view.paragraph(2).number == "2a"
    editing.press(Qt.Key.Key_Delete)
    editing.save()
    assert "2a" in editing.numbers()
    assert "🙂.\nDa haben wir" in editing.stored()
    editing.begin()
    editing.at("Da haben wir")
    editing.press(Qt.Key.Key_Backspace)
    editing.type(" ")
    editing.save()
    assert "2a" not in editing.numbers()
    assert editing.stored() == WORDS


def test_an_empty_line_before_the_words_stands_before_the_label(editing):
    editing.begin()
    editing.at("Das Amt")
    editing.press(Qt.Key.Key_Return)
    editing.save()
    assert editing.stored() == WORDS.replace("B: Das Amt", "\nB: Das Amt")
    assert editing.numbers() == [row.number for row in editing.view.paragraphs()]


def test_a_paragraph_taken_away_with_the_one_after_takes_its_label_along(editing):
    editing.begin()
    editing.at("Was steht dem heute im Weg?\u2029", select=True)
    editing.press(Qt.Key.Key_Delete)
    editing.save()
    assert "Dienstweg.\nI: Das Geld, erlich" in editing.stored()


def test_letters_typed_at_the_end_of_a_coded_word_belong_to_it(editing):
    editing.code("Zusagen")
    editing.begin()
    editing.at("Zusagen", behind=True)
    editing.type("den sofort")
    editing.save()
    assert editing.quotes() == ["Zusagenden"]


def test_passages_that_would_lose_their_words_are_listed_and_can_be_looked_at(editing):
    editing.code("Zusagen geholt", "Mittel")
    at = editing.stored().index("Dienstweg")
    pencil.pencil(editing.project, source=editing.source, start=at, stop=at + 9)
    editing.begin()
    editing.at("Da haben wir uns Zusagen geholt, auf dem kurzen Dienstweg.", select=True)
    editing.press(Qt.Key.Key_Delete)
    editing.save()
    rows = [editing.bar.lost.item(row).text() for row in range(editing.bar.lost.count())]
    assert rows == ["Mittel: “Zusagen geholt”", "Pencil mark: “Dienstweg”"]
    assert editing.stored() == WORDS
    editing.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is editing.view
    assert editing.view.editing is not None
    editing.save()
    QTest.mouseClick(editing.bar.anyway, Qt.MouseButton.LeftButton)
    assert editing.quotes() == []
    assert pencil.pencils(editing.project, editing.source) == []
    editing.window.undo()
    assert editing.quotes() == ["Zusagen geholt"]
    assert len(pencil.pencils(editing.project, editing.source)) == 1


def test_leaving_keeps_what_was_typed_and_the_mode_brings_it_back(editing):
    before = editing.shown()
    editing.begin()
    editing.at("Wie fing")
    editing.type("🙂 ")
    editing.at("Das Amt")
    editing.press(Qt.Key.Key_Return)
    typed = editing.shown()
    editing.press(Qt.Key.Key_Escape)
    assert editing.shown() == before
    assert editing.view.editing is None
    assert editing.bar.isVisible()
    QTest.mouseClick(editing.bar.findChild(QPushButton, "edit_go_on"), Qt.MouseButton.LeftButton)
    assert editing.shown() == typed
    editing.save()
    assert "I: 🙂 Wie fing" in editing.stored()
    assert not editing.bar.isVisible()


def test_another_document_leaves_the_mode_and_keeps_what_was_typed(editing):
    editing.begin()
    editing.at("Wie fing")
    editing.type("Nun: ")
    other = material.sources(editing.project)[0].guid
    editing.desk.source_wanted.emit(other, -1, -1)
    assert editing.view.editing is None
    assert not editing.bar.isVisible()
    assert editing.desk.held == ""
    editing.desk.source_wanted.emit(editing.source, -1, -1)
    assert editing.bar.isVisible()
    editing.begin()
    assert "Nun: Wie fing" in editing.shown()


def test_a_draft_whose_text_was_changed_is_told_with_its_words(editing):
    from qda.coding.correcting import correct_text

    editing.begin()
    editing.at("Wie fing")
    editing.type("Nun ja: ")
    editing.press(Qt.Key.Key_Escape)
    correct_text(editing.project, source=editing.source, start=3, stop=6, text="Warum")
    editing.begin()
    assert "Nun ja:" in editing.refused[-1]
    assert "Nun ja" not in editing.shown()


def test_while_a_text_is_edited_nothing_else_changes_and_menus_say_why(editing):
    editing.code("Zusagen")
    editing.begin()
    editing.window.refresh_actions()
    action = editing.window.action("code-again") if "code-again" in editing.window.rows else None
    undo = editing.window.action("undo")
    assert not undo.isEnabled()
    assert "being edited" in undo.toolTip()
    assert action is None or not action.isEnabled()
    assert editing.desk.do(code_passage, source=editing.source, start=0, stop=5, code="X") is None
    assert "being edited" in editing.refused[-1]
    editing.press(Qt.Key.Key_Escape)
    editing.window.refresh_actions()
    assert undo.isEnabled()
    assert "being edited" not in undo.toolTip()


def test_a_study_that_can_only_be_read_is_not_edited(editing, monkeypatch):
    monkeypatch.setattr(editing.project, "read_only", True)
    QTest.keyClick(editing.view, Qt.Key.Key_F5)
    assert editing.view.editing is None
    assert "cannot be edited" in editing.refused[-1]


def test_what_cannot_be_saved_is_told_and_stays_typed(editing):
    from qda.coding.documents import add_document

    editing.source = add_document(
        editing.project, title="Notiz", text="Kurz.", kind="field_note", language="de"
    )
    editing.desk.source_wanted.emit(editing.source, -1, -1)
    editing.begin()
    editing.press(Qt.Key.Key_A, _CTRL)
    editing.type(" ")
    editing.save()
    assert "Nothing would be left" in editing.refused[-1]
    assert editing.view.editing is not None
    assert editing.stored() == "Kurz."
    editing.type("Lang.")
    editing.save()
    assert editing.stored() == " Lang."


def test_words_are_found_in_the_text_as_it_is_now(editing):
    editing.begin()
    editing.at("Wie fing")
    editing.type("Quitte ")
    QTest.keyClick(editing.view, Qt.Key.Key_F, _CTRL)
    search = editing.pane.editing.search
    assert search.isVisible()
    QTest.keyClicks(search.line, "quitte")
    assert search.count.text() == "1 of 1"
    QTest.keyClick(search.line, Qt.Key.Key_Escape)
    assert editing.view.editing is not None
    assert editing.view.textCursor().selectedText() == "Quitte"


def test_another_zoom_keeps_what_was_typed(editing):
    coding = editing.code("die Zeit")
    editing.begin()
    editing.at("Wie fing")
    editing.type("Nun: ")
    typed, place = editing.shown(), editing.view._marks.mark(coding)
    editing.press(Qt.Key.Key_Plus, _CTRL)
    assert editing.shown() == typed
    assert editing.view._marks.mark(coding) == place
    editing.type("x")
    editing.save()
    assert "I: Nun: xWie fing" in editing.stored()


def test_pasted_words_are_plain_and_many_paragraphs_come_at_once(editing):
    editing.code("die Zeit")
    editing.begin()
    QApplication.clipboard().setText("eins\r\nzwei 😀\nי")
    editing.at("Und die Zeit")
    editing.press(Qt.Key.Key_V, _CTRL)
    editing.save()
    assert "gesagt. eins\nzwei 😀\nיUnd die Zeit." in editing.stored()
    assert editing.quotes() == ["die Zeit"]
    assert editing.numbers()[3:6] == ["4", "4a", "4b"]


def test_a_corrected_passage_pasted_over_another_keeps_codings_on_words_that_stayed(editing):
    editing.code("Zusagen")
    editing.begin()
    QApplication.clipboard().setText("Da haben wir uns auf kurzem Wege Zusagen beschafft")
    editing.at("Da haben wir uns Zusagen geholt", select=True)
    editing.press(Qt.Key.Key_V, _CTRL)
    editing.save()
    assert editing.quotes() == ["Zusagen"]


def test_all_is_taken_back_at_once_and_undo_brings_it_again(editing):
    editing.begin()
    editing.at("Wie fing")
    editing.type("😀 a")
    editing.at("Das Amt")
    editing.press(Qt.Key.Key_Return)
    typed = editing.shown()
    QTest.mouseClick(editing.bar.back, Qt.MouseButton.LeftButton)
    assert editing.bar.count.text() == ""
    assert not editing.view.hunks()
    editing.press(Qt.Key.Key_Z, _CTRL)
    assert editing.shown() == typed


def test_the_mode_begins_from_the_menu_on_the_text_at_the_place_of_the_menu(editing):
    editing.at("erlich gesagt")
    menu = editing.pane.menu_of("")
    next(act for act in menu.actions() if act.text() == "Edit te&xt").trigger()
    editing.type("ganz ")
    QTest.mouseClick(editing.bar.save, Qt.MouseButton.LeftButton)
    assert "Das Geld, ganz erlich" in editing.stored()
    assert editing.view.editing is None


def test_no_break_spaces_stay_where_nothing_was_edited(editing):
    words = "I: Am 3.\u00a0Mai?\nB: Am 4.\u00a0Mai war das erlich."
    editing.source = take_in(editing.project, draft=draft_from_text(words), title="Daten")
    editing.desk.source_wanted.emit(editing.source, -1, -1)
    editing.begin()
    editing.at("erlich", select=True)
    editing.type("ehrlich")
    editing.save()
    assert editing.stored() == words.replace("erlich", "ehrlich")


def test_codings_whose_words_give_way_to_quite_other_ones_are_listed_too(editing):
    for coded in ("Zusagen geholt", "auf dem kurzen Dienstweg"):
        editing.code(coded, coded)
    editing.begin()
    editing.at("Da haben wir uns Zusagen geholt, auf dem kurzen Dienstweg.", select=True)
    editing.type("Nein.")
    editing.save()
    assert editing.bar.warning.text() == "2 passages would lose their words."
    QTest.mouseClick(editing.bar.anyway, Qt.MouseButton.LeftButton)
    assert editing.quotes() == []


def test_keys_of_acts_do_nothing_while_one_types(editing):
    editing.begin()
    editing.at("Das Amt")
    editing.press(Qt.Key.Key_J, _CTRL)
    assert len(editing.numbers()) == len(list(filter(str.strip, WORDS.split("\n"))))
    editing.press(Qt.Key.Key_Return, _CTRL | _SHIFT)
    assert editing.stored() == WORDS
