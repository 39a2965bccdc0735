"""Suggestions in the real window, in German, on the demo study: by keyboard alone, and by mouse alone.

A passage is selected; exactly three codes are suggested, names for new codes apart from them; the reason of
the first one opens the passage that it names; the suggestion is accepted and undone: the ranks return.
"""

from dataclasses import dataclass
from shutil import copyfile

import pytest
from PySide6.QtTest import QTest

from qda.coding import codes, material
from qda.coding.origins import SUGGESTION
from qda.models import Project
from qda.suggest import events
from qda.suggest.language.analysing import analyse_here
from qda.suggest.ranking.engine import Engine
from qda.ui.open_coding.transcript_pane import LAST_SOURCE
from qda.ui.suggesting.switch import shown_for
from qda.ui.transcript.code_list import Kind, reason_place
from tests.acceptance.desk import (
    CTRL,
    LEFT,
    Key,
    Mod,
    choose,
    coded,
    focus,
    from_menu,
    german,
    journalled,
    press,
    press_on,
    seen,
    sweep,
)

__all__ = ["german"]
_LONGEST = 420  # characters of the passage: it is selected sign by sign


@dataclass(frozen=True)
class Passage:
    """A passage with three suggestions, and where the reason of the first one lies."""

    source: str
    title: str
    words: str
    like_title: str
    like_words: str
    like_number: str


@pytest.fixture(scope="module")
def read_demo(german_demo, tmp_path_factory):
    """The demo study with its texts read for their words, where one of its passages was open last."""
    path = tmp_path_factory.mktemp("suggestions") / "demo.qdaproj"
    copyfile(german_demo, path)
    with Project.open(path) as project:
        analyse_here(project)
        found = passage(project)
        project.set_setting(LAST_SOURCE, found.source)
    return path, found


def passage(project: Project) -> Passage:
    """The shortest answer with three suggestions, the first of them likened to a passage of another text."""
    engine, found = Engine(project), []
    for source in material.sources(project):
        if source.kind != "interview" or not shown_for(project, source.guid):
            continue
        text = material.text(project, source.guid)
        for row in material.paragraphs(project, source.guid):
            words = text[row.label_stop : row.stop]
            if row.role == "interviewer" or len(words) > _LONGEST or text.count(words) > 1:
                continue
            made = engine.propose(source.guid, row.label_stop, row.stop, 3)
            if len(made) == 3 and made[0].reason.source not in ("", source.guid):
                reason = made[0].reason
                there = material.text(project, reason.source)[reason.start : reason.stop]
                about = (reason.title, there, reason.paragraph)
                found.append(Passage(source.guid, source.title, words, *about))
    assert found, "no short answer of the study has three suggestions"
    return min(found, key=lambda one: len(one.words))


class Day:
    """The window at the passage, and what is looked at in it."""

    def __init__(self, window, qtbot, path, found: Passage) -> None:
        self.window, self.qtbot, self.path, self.passage = window, qtbot, path, found
        window.open_path(path)
        window.show_workspace("open")
        self.until(lambda: self.pane.source == found.source)
        self.before = journalled(path)[0]

    @property
    def desk(self):
        return self.window.desk

    @property
    def pane(self):
        return self.window.workspace("open").pane

    @property
    def field(self):
        return self.pane.field

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=60_000)

    def wait_for_suggestions(self) -> None:
        self.until(lambda: self.pane.choosing.showing.ready)

    @property
    def selected(self) -> str:
        span = self.pane.view.selected_span()
        return self.pane.view.text[span.start : span.stop] if span else ""

    def suggested(self) -> list[tuple[str, str, str]]:
        """Codes that are suggested: name, strength, reason."""
        rows = [row for row in self.field.model.rows if row.kind is Kind.SUGGESTION and row.guid]
        return [(row.name, row.beside, row.below) for row in rows]

    def look(self) -> list[tuple[str, str, str]]:
        """Exactly three codes; names for new ones stand apart, below the codes that there are or none."""
        rows = self.field.model.rows
        kinds = [(row.kind, bool(row.guid)) for row in rows]
        known = [at for at, kind in enumerate(kinds) if kind == (Kind.SUGGESTION, True)]
        assert len(known) == 3
        assert known == list(range(known[0], known[0] + 3))
        names = [at for at, kind in enumerate(kinds) if kind == (Kind.SUGGESTION, False)]
        assert len(names) <= 3
        assert all(any(rows[n].kind is Kind.SECTION for n in range(known[-1], at)) for at in names)
        assert all(reason for _name, _strength, reason in self.suggested())
        return self.suggested()

    def at_the_reason(self) -> bool:
        found = self.passage
        return self.pane.bar.title.text() == found.like_title and self.selected == found.like_words

    def check_named(self, reason: str) -> None:
        """The reason names the document and paragraph that are open now."""
        assert reason.startswith(f"wie {self.passage.like_title}, Abs. {self.passage.like_number}")

    def was_taken(self, name: str) -> bool:
        here = self.passage.words
        kept = [row for row in events.events(self.desk.project) if row.name == name]
        taken = bool(kept) and kept[-1].outcome == "taken"
        return taken and (here, name) in coded(self.desk)

    def origins(self) -> int:
        return codes.origins(self.desk.project).get(SUGGESTION, 0)


@pytest.fixture
def day(german, qtbot, read_demo, tmp_path):
    path, found = read_demo
    own = tmp_path / "Studie.qdaproj"
    copyfile(path, own)
    return Day(german, qtbot, own, found)


def test_by_keyboard_alone(day):
    came_before = day.origins()
    day.pane.view.setFocus()
    choose(day.pane.view, day.passage.words)
    day.wait_for_suggestions()
    press(Key.Key_Return)
    day.until(day.field.isVisible)
    ranks = day.look()
    name, _strength, reason = ranks[0]
    assert day.field.current.name == name
    press(Key.Key_Right)
    day.until(day.at_the_reason)
    day.check_named(reason)
    press(Key.Key_Escape)
    day.until(lambda: day.field.isVisible() and day.selected == day.passage.words)
    assert day.look() == ranks
    press(Key.Key_Return)
    day.until(lambda: day.was_taken(name))
    assert day.origins() == came_before + 1
    press(Key.Key_Z, CTRL)
    day.until(lambda: journalled(day.path)[0] == day.before)
    choose(day.pane.view, day.passage.words)
    day.wait_for_suggestions()
    press(Key.Key_Return)
    day.until(day.field.isVisible)
    assert day.look() == ranks


def test_by_mouse_alone(day):
    came_before = day.origins()
    view, words = day.pane.view, day.passage.words

    def open_field() -> None:
        view.reveal(view.text.index(words) + len(words))
        QTest.qWait(50)
        sweep(view, words)
        assert day.selected == words
        day.wait_for_suggestions()
        press_on(seen(day.pane, "bar_code"))
        day.until(day.field.isVisible)

    def row_of(name: str):
        rows = day.field.model.rows
        at = next(n for n, row in enumerate(rows) if row.kind is Kind.SUGGESTION and row.name == name)
        return day.field.list.visualRect(day.field.model.index(at))

    open_field()
    ranks = day.look()
    name, _strength, reason = ranks[0]
    port = day.field.list.viewport()
    QTest.mouseClick(port, LEFT, Mod.NoModifier, reason_place(row_of(name)).center())
    day.until(day.at_the_reason)
    day.check_named(reason)
    press_on(seen(day.window, "visit_back"))
    day.until(lambda: day.field.isVisible() and day.selected == words)
    assert day.look() == ranks
    place = row_of(name)
    QTest.mouseClick(port, LEFT, Mod.NoModifier, place.topLeft() + place.center() / 4)
    day.until(lambda: day.was_taken(name))
    assert day.origins() == came_before + 1
    focus()
    from_menu(day.window, "edit", "undo")
    day.until(lambda: journalled(day.path)[0] == day.before)
    open_field()
    assert day.look() == ranks
