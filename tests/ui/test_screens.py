"""Every screen that pictures are taken of comes up on a study with next to nothing in it."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qda.coding import material, open_coding
from qda.i18n import set_language
from qda.ui.screens import SCREENS, each


def code(window):
    source = material.sources(window.project)[0].guid
    open_coding.code_passage(window.project, source=source, start=30, stop=45, code="holen")
    return window


def beside(window):
    """The dialogs that are open."""
    return {one for one in QApplication.topLevelWidgets() if one.isVisible()} - {window}


@pytest.fixture(scope="module")
def coded(kept_interview):
    return code(kept_interview)


def test_no_screen_makes_the_window_wider_than_a_small_screen(window, request) -> None:
    window.preferences.language = "de"  # its words are a third longer
    window.rebuild()
    coded = code(request.getfixturevalue("study"))
    try:
        coded.resize(1024, 700)
        widths = {}
        for screen in each(coded):
            QTest.qWait(20)
            widths[screen.name] = coded.width()
        assert {name: width for name, width in widths.items() if width > 1024} == {}
    finally:
        set_language("en")


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_the_screen_comes_up_and_is_left_without_a_word_of_refusal(coded, screen, qtbot) -> None:
    coded.show_workspace("open")
    coded.workspace("open").show_text()
    QTest.qWait(50)
    before, windows = coded.grab().toImage(), beside(coded)
    refused: list[str] = []
    coded.desk.refused.connect(refused.append)
    screen.prepare(coded)
    qtbot.waitUntil(lambda: beside(coded) != windows or coded.grab().toImage() != before)
    if screen.leave is not None:
        screen.leave(coded)
    coded.desk.refused.disconnect(refused.append)
    assert refused == []
