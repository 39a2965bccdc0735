"""What a stranger runs into: choices, drafts, files that vanish, disks that are full."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QInputDialog, QLineEdit

from qda.coding.codebook import add_code
from qda.coding.material import cases, project_sheet, sources
from qda.coding.memo_queries import memos
from qda.errors import KnownError
from qda.ui.controls import WordButton
from qda.ui.open_coding.memos_section import _says_the_same
from qda.ui.open_coding.parts import breakable
from qda.ui.palette import ENTRY, Palette

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def test_enter_opens_the_study_that_was_open_last(study: "MainWindow") -> None:
    study.close_study()
    study.start.focus_first()
    QTest.keyClick(study.start.recents, Qt.Key.Key_Return)
    assert study.desk is not None


def test_a_choice_opens_whole(window: "MainWindow") -> None:
    box = window.start.findChild(QComboBox, "new_language")
    box.showPopup()
    view = box.view()
    last = view.visualRect(box.model().index(box.count() - 1, 0))
    assert view.viewport().rect().contains(last)
    box.hidePopup()


@pytest.mark.parametrize("answer", ["Fall A", ""])
def test_a_case_is_made_where_one_is_chosen(study: "MainWindow", answer: str, qtbot) -> None:
    study.show_workspace("material")
    page = study.workspace("material").document
    page.case.setCurrentIndex(page.case.count() - 1)
    page.case.activated.emit(page.case.currentIndex())
    asked = page.findChild(QInputDialog, "ask_name")
    asked.findChild(QLineEdit).setText(answer)
    asked.accept()
    made = cases(study.project)
    assert [case.name for case in made] == ([answer] if answer else [])
    assert sources(study.project)[0].case == (made[0].guid if made else None)
    assert page.case.currentData() == (made[0].guid if made else "")


def test_a_research_question_not_kept_yet_is_there_again(study: "MainWindow") -> None:
    path = study.desk.path
    study.workspace("material").sheet.questions.text.setPlainText("Wie koordinieren sie?")
    study.close_study()
    study.open_path(path)
    questions = study.workspace("material").sheet.questions
    assert questions.text.toPlainText() == "Wie koordinieren sie?"
    questions.keep.click()
    assert [question[0] for question in project_sheet(study.project).questions] == ["Wie koordinieren sie?"]
    study.close_study()
    study.open_path(path)
    assert study.workspace("material").sheet.questions.text.toPlainText() == ""


def test_words_that_the_file_does_not_take_keep_the_study_open(study: "MainWindow", monkeypatch) -> None:
    path = study.desk.path
    study.desk.memo_wanted.emit("", "")
    body = study.study.memo_panel.editor.body
    with monkeypatch.context() as full:

        def refuse(*_args: object, **_named: object) -> str:
            raise KnownError("The disk is full.", path=path)

        full.setattr("qda.ui.memos.editor.write_memo_on", refuse)
        body.setPlainText("Gerade gedacht")
        body.flush()
        assert not study.close_study()
        assert study.desk is not None
        assert body.toPlainText() == "Gerade gedacht"
    assert study.close_study()  # there is room again
    study.open_path(path)
    assert [memo.body for memo in memos(study.project)] == ["Gerade gedacht"]


def test_closing_twice_closes_without_what_cannot_be_saved(study: "MainWindow", monkeypatch) -> None:
    def refuse(*_args: object, **_named: object) -> str:
        raise KnownError("The disk is full.", path=study.desk.path)

    study.desk.memo_wanted.emit("", "")
    monkeypatch.setattr("qda.ui.memos.editor.write_memo_on", refuse)
    study.study.memo_panel.editor.body.setPlainText("Gerade gedacht")
    assert not study.close_study()
    assert study.close_study()
    assert study.desk is None


@pytest.mark.skipif("os.name == 'nt'", reason="an open file cannot be removed there")
def test_a_file_removed_while_it_is_open_is_there_after_closing(study: "MainWindow") -> None:
    path: Path = study.desk.path
    study.desk.do(add_code, name="Vertrauen")
    path.unlink()
    study.close_study()
    assert path.exists()
    assert study.start.message.isVisible()
    assert not list(path.parent.glob("*-wal"))


def test_the_palette_leads_to_a_code(study: "MainWindow") -> None:
    code = study.desk.do(add_code, name="Zuständigkeit")
    palette = Palette.show_over(study) or Palette.current
    assert palette is not None
    palette.field.setText("zust")
    found = [palette.list.item(at).data(ENTRY) for at in range(palette.list.count())]
    next(entry for entry in found if entry.text == "Zuständigkeit").run()
    assert study.current_workspace == "open"
    assert study.desk.code == code
    palette.close()


def test_long_words_may_break_and_nothing_is_said_twice() -> None:
    assert breakable("kurz und gut") == "kurz und gut"
    assert breakable("Ä" * 500).replace("\u200b", "") == "Ä" * 500
    assert max(map(len, breakable("Interview_" * 9).split("\u200b"))) == 8
    assert _says_the_same("Zuständig sein heißt …", "Zuständig sein heißt gerufen zu werden")
    assert not _says_the_same("Erster Gedanke", "Zuständig sein heißt gerufen zu werden")


def test_a_narrow_bar_drops_the_keys_before_the_acts(study: "MainWindow") -> None:
    study.show_workspace("open")
    bar = study.workspace("open").pane.bar
    words = [button for button in bar.findChildren(WordButton) if button.objectName().startswith("bar_")]
    wide = sum(button.hint(with_key=True).width() for button in words)
    bar.resize(wide, bar.height())  # too narrow for title, words and keys
    assert words
    assert all(button.isVisible() for button in words)
    assert sum(button.sizeHint().width() for button in words) < wide


def test_keys_are_named_in_the_language_chosen(study: "MainWindow") -> None:
    named = {}
    for language in ("de", "en"):
        study.preferences.language = language
        study.rebuild()
        named[language] = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
    assert named["en"] == "Ctrl+K"
    assert named["de"] in ("Strg+K", "Ctrl+K")  # the second where Qt came without its translations
