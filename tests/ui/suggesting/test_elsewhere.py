"""Passages elsewhere like those of a code, by keyboard and by mouse: read, taken, passed, undone."""

import pytest
from PySide6.QtTest import QTest

from qda.coding import codes
from qda.coding.origins import SUGGESTION
from qda.suggest import events
from qda.suggest.elsewhere import ENGINE
from qda.suggest.language.analysing import analyse_here
from qda.ui.suggesting.elsewhere import ElsewherePanel
from qda.ui.suggesting.switch import set_when
from tests.ui.open_coding.hands import LEFT, Key

AGAINST = "Und bei mir hat der Amtsleiter keine Zusage gegeben, auch nicht auf dem kurzen Dienstweg."
LIKE = "Ich rufe den Amtsleiter an und habe die Zusage auf dem kurzen Dienstweg."


@pytest.fixture
def later() -> str:
    return f"I: Und bei Ihnen?\nB: {LIKE}\nB: Der Bus fährt um sechs ab und der Fahrer wartet.\nB: {AGAINST}"


@pytest.fixture
def elsewhere(suggesting):
    """The panel for the code, filled."""
    analyse_here(suggesting.project)
    return Hand(suggesting)


class Hand:
    def __init__(self, suggesting) -> None:
        self.suggesting, self.project = suggesting, suggesting.project
        self.code = next(row.guid for row in codes.codes(self.project) if row.name == "auf Zuruf regeln")
        suggesting.desk.code_chosen.emit(self.code)
        suggesting.window.refresh_actions()
        suggesting.run("elsewhere")
        self.panel = suggesting.window.findChild(ElsewherePanel)
        self.wait()

    def wait(self) -> None:
        for _turn in range(1000):
            QTest.qWait(10)
            if not self.panel.looking:
                break
        QTest.qWait(20)

    @property
    def words(self) -> list[str]:
        return [row.segment.text for row in self.panel.rows]

    def press(self, key) -> None:
        QTest.keyClick(self.panel.list, key)
        QTest.qWait(30)

    def outcomes(self) -> dict[str, str]:
        return {row.outcome: row.name for row in events.events(self.project) if row.engine == ENGINE}


def test_what_may_contradict_is_first_and_the_reason_is_told(elsewhere):
    assert elsewhere.words == [AGAINST, LIKE]
    assert "“keine”" in elsewhere.panel.why.text() or "“nicht”" in elsewhere.panel.why.text()
    assert "like Interview A" in elsewhere.panel.why.text()
    assert elsewhere.panel.told.text() == "2 passages · 1 of them may contradict"


def test_by_keyboard_one_is_read_another_taken_and_undone(elsewhere):
    elsewhere.press(Key.Key_Down)
    assert elsewhere.suggesting.selected == LIKE
    assert elsewhere.panel.list.hasFocus()
    elsewhere.press(Key.Key_C)
    elsewhere.wait()
    assert ("auf Zuruf regeln", LIKE) in elsewhere.suggesting.coded()
    assert codes.origins(elsewhere.project)[SUGGESTION] == 1
    assert elsewhere.words == [AGAINST]
    elsewhere.suggesting.desk.undo()
    elsewhere.wait()
    assert elsewhere.words == [AGAINST, LIKE]
    elsewhere.press(Key.Key_Escape)
    assert elsewhere.outcomes() == {"taken": "auf Zuruf regeln"}


def test_delete_passes_one_for_this_code(elsewhere):
    elsewhere.press(Key.Key_Delete)
    assert elsewhere.words == [LIKE]
    assert "passed" in elsewhere.outcomes()
    elsewhere.panel.refresh()
    elsewhere.wait()
    assert elsewhere.words == [LIKE]


def test_one_passage_gets_the_code_though_all_are_selected(elsewhere):
    before = len(elsewhere.suggesting.coded())
    elsewhere.panel.list.selectAll()
    elsewhere.press(Key.Key_C)
    elsewhere.wait()
    assert len(elsewhere.suggesting.coded()) == before + 1
    assert len(elsewhere.words) == 1


def test_by_mouse_alone_one_is_read_its_likeness_shown_and_the_code_given(elsewhere):
    panel = elsewhere.panel
    row = panel.list.visualRect(panel.list.passages.index(panel.list.passages.row_of(panel.rows[1])))
    QTest.mouseClick(panel.list.viewport(), LEFT, pos=row.center())
    QTest.qWait(20)
    assert elsewhere.suggesting.selected == LIKE
    QTest.mouseClick(panel.like, LEFT)
    QTest.qWait(20)
    assert elsewhere.suggesting.pane.bar.title.text() == "Interview A"
    assert panel.isVisible()
    QTest.mouseClick(panel.give, LEFT)
    elsewhere.wait()
    elsewhere.suggesting.desk.source_wanted.emit(elsewhere.suggesting.later, -1, -1)
    assert ("auf Zuruf regeln", LIKE) in elsewhere.suggesting.coded()


def test_the_setting_switches_it_off_and_says_so(elsewhere):
    set_when(elsewhere.project, "off")
    elsewhere.panel.refresh()
    elsewhere.wait()
    assert elsewhere.words == []
    assert "Suggestions…" in elsewhere.panel.told.text()


def test_texts_that_were_not_gone_through_are_left_out(elsewhere):
    set_when(elsewhere.project, "after-reading")
    elsewhere.panel.refresh()
    elsewhere.wait()
    assert elsewhere.words == []
    assert "left out" in elsewhere.panel.told.text()
