"""Replace in all transcripts, in the window: by keyboard alone and by mouse alone, with one undo."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qda.coding import material
from qda.coding.codes import codings
from qda.coding.documents import take_in
from qda.coding.open_coding import code_passage
from qda.exchange.reading import draft_from_text

if TYPE_CHECKING:
    from qda.ui.editing.replacing import ReplacePage
    from qda.ui.window import MainWindow

_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(study: "MainWindow") -> "ReplacePage":
    assert study.desk is not None
    for number in range(3):
        words = f"I: Was ist mit Zusagen Nummer {number}?\nB: Zusagen 😀 sind zusagen, Zusagenlisten nicht."
        take_in(study.desk.project, draft=draft_from_text(words), title=f"Gespräch {number}")
    study.show_workspace("open")
    QTest.keyClick(study, Qt.Key.Key_H, _CTRL)
    found = study.workspace("open").page
    assert found.objectName() == "replacing"
    return found


def wait(page: "ReplacePage", qtbot) -> None:
    qtbot.waitUntil(lambda: page._complete and not page._soon.isActive(), timeout=3000)


def texts(page: "ReplacePage") -> list[str]:
    project = page._desk.project
    return [material.text(project, row.guid) for row in material.sources(project)]


def test_by_keyboard_alone_some_places_are_left_and_the_others_are_one_act(page, qtbot):
    before = texts(page)
    assert QApplication.focusWidget() is page.words
    QTest.keyClicks(page.words, "zusagen")
    QTest.keyClick(page.words, Qt.Key.Key_Tab)
    QTest.keyClicks(page.by, "Versprechen")
    QTest.keyClick(page.by, Qt.Key.Key_Return)
    wait(page, qtbot)
    assert len(page.taken) == 10
    assert QApplication.focusWidget() is page.list
    QTest.keyClick(page.list, Qt.Key.Key_Space)  # left
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Delete)  # left, and on
    assert page.count.text() == "8 of 10 places chosen"
    assert page.go.text() == "Replace at 8 places"
    QTest.keyClick(page.list, Qt.Key.Key_Return, _CTRL)
    assert sum(text.count("Versprechen") for text in texts(page)) == 8
    page.window().undo()
    assert texts(page) == before
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert page.window().workspace("open").page is None


def test_by_mouse_alone_in_one_document(page, qtbot):
    page.words.setText("Zusagen")
    page.by.setText("Zusage")
    page.match_case.click()
    page.where.setCurrentIndex(1)
    page.where.activated.emit(1)
    wait(page, qtbot)
    here = page._desk.source
    assert {place.source for place in page.taken} == {here}
    QTest.mouseClick(page.go, Qt.MouseButton.LeftButton)
    assert sum("Zusage " in text for text in texts(page)) == 1


def test_places_whose_codings_would_vanish_say_so_and_can_be_looked_at(page, qtbot):
    project = page._desk.project
    source = material.sources(project)[-1].guid
    at = material.text(project, source).index("Zusagen 😀")
    code_passage(project, source=source, start=at, stop=at + 7, code="Wort")
    page.words.setText("Zusagen")
    wait(page, qtbot)
    lost = [place for place in page.taken if place.lost]
    assert [place.lost for place in lost] == [("Wort",)]
    assert "1 takes codings away" in page.count.text()
    page.list.choose(lost[0])
    page.look_at()
    assert page.window().workspace("open").page is None
    assert page._desk.span == (source, at, at + 7)
    assert codings(project, source=source)


def test_words_that_stand_nowhere_are_told(page, qtbot):
    page.words.setText("Quitte")
    wait(page, qtbot)
    assert not page.go.isEnabled()
    assert "stands in none" in page.list.accessibleDescription()
