"""The transcript in view follows a correction of its text, and one stays where one was reading."""

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from qda.coding import correcting, material
from qda.coding.documents import take_in
from qda.coding.open_coding import code_passage
from qda.exchange.reading import draft_from_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from qda.ui.open_coding.transcript_pane import TranscriptPane
    from qda.ui.window import MainWindow

LONG = "\n".join(
    f"{'IB'[n % 2]}: 🙂 Satz {n} mit einigen Worten, damit die Zeile lang genug ist." for n in range(200)
)


def opened(window: "MainWindow", qtbot: "QtBot") -> "tuple[TranscriptPane, str]":
    project = window.desk.project
    source = take_in(project, draft=draft_from_text(LONG), title="Lang")
    window.show_workspace("open")
    pane = window.workspace("open").pane
    qtbot.waitUntil(lambda: pane.source != "")
    pane.open_source(source, -1, -1)
    QTest.qWait(50)
    return pane, source


def test_the_text_shown_is_the_corrected_one_and_the_same_line_stays_at_the_top(
    study: "MainWindow", qtbot: "QtBot"
) -> None:
    pane, source = opened(study, qtbot)
    view, project = pane.view, study.desk.project
    place = view.text.index("Satz 120")
    coding = code_passage(project, source=source, start=place, stop=place + 8, code="Satz")
    view.go_to(place)
    QTest.qWait(20)
    cursor, top, baseline = view.reading()
    before = view.text[top : top + 20]
    study.desk.do(correcting.correct_text, source=source, start=3, stop=4, text="Ein 😀 sehr\nlanger Anfang:")
    QTest.qWait(20)
    grown = len(view.text) - len(LONG)
    assert view.text == material.text(project, source)
    assert grown > 10
    assert view.reading() == (cursor + grown, top + grown, baseline)
    assert view.text[top + grown : top + grown + 20] == before
    assert view.segment_row(coding) == (place + grown, place + grown + 8)
    study.desk.undo()
    QTest.qWait(20)
    assert view.text == LONG
    assert view.reading() == (cursor, top, baseline)


def test_a_correction_made_while_another_workspace_is_in_front_is_followed_later(
    study: "MainWindow", qtbot: "QtBot"
) -> None:
    pane, source = opened(study, qtbot)
    pane.view.go_to(pane.view.text.index("Satz 120"))
    QTest.qWait(20)
    _cursor, top, _baseline = pane.view.reading()
    study.show_workspace("material")
    study.desk.do(correcting.correct_text, source=source, start=3, stop=4, text="Ein langer Anfang")
    study.desk.do(correcting.correct_text, source=source, start=3, stop=3, text="Und ")
    study.show_workspace("open")
    QTest.qWait(50)
    grown = len(pane.view.text) - len(LONG)
    assert grown == len("Und Ein langer Anfang") - 1
    assert pane.view.reading()[1] == top + grown
