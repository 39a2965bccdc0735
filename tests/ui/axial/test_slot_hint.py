"""The hint from a cue word beside the model: asked of the code that is looked at, decided by the person."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from qda.coding import axial, cases, codebook, documents, open_coding, theory
from qda.exchange.reading import draft_from_text
from qda.models import Project
from qda.suggest import events
from qda.suggest.cues.lexicon import lexicon
from qda.suggest.language.analysing import analyse_here
from qda.ui.suggesting.switch import set_when

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
TEXT = (
    "I: Wie kam es dazu?\n"
    "B: Wir treffen uns selten, weil das Amt kein Geld hat.\n"
    "B: Ich rufe alle an, um sie einzuladen.\n"
    "B: Blumen gibt es jedes Jahr."
)
BECAUSE = "weil das Amt kein Geld hat"


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "study.qdaproj", title="Probe", coder="MK", template="hajji") as made:
        source = documents.take_in(made, draft=draft_from_text(TEXT), title="Interview A")
        documents.set_source_language(made, source=source, language="de")
        documents.set_source_case(made, source=source, case=cases.add_case(made, name="A"))
        for code, words in (
            ("Mittel", BECAUSE),
            ("anrufen", "Ich rufe alle an, um sie einzuladen."),
            ("Blumen", "Blumen gibt es jedes Jahr."),
        ):
            start = TEXT.index(words)
            open_coding.code_passage(made, source=source, start=start, stop=start + len(words), code=code)
        codebook.add_code(made, name="zusammenhalten", kind="category")
        analyse_here(made)
        set_when(made, "on")
        yield made


@pytest.fixture
def model(project, codes):
    return axial.add_model(project, name="Modell", phenomenon=codes["zusammenhalten"])


@pytest.fixture
def hand(workspace, model, project, codes):
    workspace.refresh()
    return Hand(workspace, project, codes)


class Hand:
    def __init__(self, workspace, project, codes) -> None:
        self.workspace, self.project, self.codes = workspace, project, codes
        self.card, self.list = workspace.hint, workspace.panel.unplaced

    def wait(self) -> None:
        for _turn in range(600):
            QTest.qWait(5)
            if not self.card.looking:
                break
        QTest.qWait(10)

    def go_to(self, name: str) -> None:
        """Moves with the keyboard to a code not yet placed."""
        self.list.setFocus()
        keys = [row.key for row in self.list.choices.rows]
        QTest.keyClick(self.list, Key.Key_Home)
        for _step in range(keys.index(self.codes[name])):
            QTest.keyClick(self.list, Key.Key_Down)
        self.workspace.look_at(self.list.key)
        self.wait()

    def outcomes(self) -> list[tuple[str, str]]:
        return [(row.outcome, row.form) for row in events.events(self.project) if row.kind == "slot"]


def test_the_code_looked_at_is_asked_about_with_cue_word_and_who_gives_the_reason(hand):
    hand.go_to("Mittel")
    assert hand.card.isVisible()
    assert hand.card.current.words == (
        "»weil«: reason given by the respondent – condition of *zusammenhalten*?"
    )
    assert "<i>zusammenhalten</i>" in hand.card.words.text()
    assert "Interview A, para. 2" in hand.card.clause.text() or "Interview A" in hand.card.clause.text()
    assert theory.placements(hand.project, hand.workspace.model.guid) == []  # nothing is set


def test_a_code_without_a_cue_word_gets_no_hint(hand):
    hand.go_to("Blumen")
    assert not hand.card.isVisible()


def test_one_click_or_one_key_opens_the_passage(hand):
    hand.go_to("Mittel")
    wanted = []
    hand.workspace._desk.source_wanted.connect(lambda *place: wanted.append(place))
    QTest.mouseClick(hand.card.passage, LEFT)
    QTest.mouseClick(hand.card, LEFT, pos=hand.card.words.geometry().center())
    QTest.keyClick(hand.card, Key.Key_Return)
    assert len(wanted) == 3
    assert {TEXT[start:stop] for _source, start, stop in wanted} == {BECAUSE}


def test_delete_passes_it_and_it_does_not_come_again(hand):
    hand.go_to("Mittel")
    hand.card.setFocus()
    QTest.keyClick(hand.card, Key.Key_Delete)
    assert not hand.card.isVisible()
    assert hand.outcomes() == [("shown", "conditions"), ("passed", "conditions")]
    hand.go_to("Blumen")
    hand.go_to("Mittel")
    assert not hand.card.isVisible()


def test_a_code_placed_where_the_hint_asked_is_kept_as_taken(hand):
    hand.go_to("Mittel")
    hand.workspace.place_in(1)
    hand.wait()
    placed = theory.placements(hand.project, hand.workspace.model.guid)
    assert [row.code for row in placed] == [hand.codes["Mittel"]]
    assert hand.outcomes()[:2] == [("shown", "conditions"), ("taken", "conditions")]
    hand.workspace.look_at(hand.codes["Mittel"])
    hand.wait()
    assert not hand.card.isVisible()  # it stands there now


def test_a_code_placed_elsewhere_is_kept_as_such(hand):
    hand.go_to("Mittel")
    hand.workspace.place_in(3)
    hand.wait()
    assert hand.outcomes()[1] == ("changed", "conditions")


def test_events_have_the_version_of_the_cues(hand):
    hand.go_to("anrufen")
    assert hand.card.current.hint.slot == "strategies"
    (kept,) = [row for row in events.events(hand.project) if row.kind == "slot"]
    assert (kept.engine, kept.version, kept.words) == ("qda-cues", lexicon("de").version, "um")
    assert kept.version


def test_the_setting_of_suggestions_switches_hints_off(hand):
    set_when(hand.project, "off")
    hand.go_to("Mittel")
    assert not hand.card.isVisible()
    assert hand.outcomes() == []


def test_without_a_named_phenomenon_nothing_is_asked(hand):
    bare = axial.add_model(hand.project, name="Leer")
    hand.workspace.show_model(bare)
    hand.workspace.look_at(hand.codes["Mittel"])
    hand.wait()
    assert not hand.card.isVisible()


def test_escape_leads_back_to_the_board(hand):
    hand.go_to("Mittel")
    hand.card.setFocus()
    QTest.keyClick(hand.card, Key.Key_Escape)
    assert not hand.card.hasFocus()
    assert hand.card.mapTo(hand.workspace, QPoint(0, 0)).x() < hand.workspace.width() // 3
