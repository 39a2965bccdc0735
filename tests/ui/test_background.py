"""Questions asked in a thread: which answers come, which do not, and how it ends."""

import threading

import pytest

from qda.errors import KnownError
from qda.ui.background import Background


class Gate:
    """Work that goes on when it is let through."""

    def __init__(self, answer: object) -> None:
        self.begun, self.open = threading.Event(), threading.Event()
        self._answer = answer

    def __call__(self) -> object:
        self.begun.set()
        assert self.open.wait(5)
        return self._answer


@pytest.fixture
def background(qapp):
    made = Background()
    made.told = []
    made.done.connect(lambda name, answer: made.told.append((name, answer)))
    made.failed.connect(lambda name, words: made.told.append((name, words)))
    yield made
    made.stop()


def test_an_answer_and_a_refusal_come_with_their_names(background, qtbot):
    def refuse() -> object:
        raise KnownError("Not now.")

    background.ask("one", lambda: 1)
    background.ask("two", refuse)
    qtbot.waitUntil(lambda: len(background.told) == 2)
    assert background.told == [("one", 1), ("two", "Not now.")]
    assert not background.busy


def test_of_several_questions_of_one_name_only_the_last_is_answered(background, qtbot):
    gate = Gate("old")
    background.ask("name", gate)
    assert gate.begun.wait(5)
    background.ask("name", lambda: "never asked")
    background.ask("name", lambda: "new")
    gate.open.set()
    qtbot.waitUntil(lambda: not background.busy)
    assert background.told == [("name", "new")]


def test_an_answer_that_is_there_but_not_wanted_any_more_is_not_told(background, qtbot):
    background.ask("name", lambda: "old")
    background.wait()
    assert background.busy  # until the window has taken it
    background.forget("name")
    qtbot.waitUntil(lambda: not background.busy)
    assert background.told == []


def test_asked_again_what_is_at_work_is_answered_too(background, qtbot):
    gate = Gate("old")
    background.ask("name", gate)
    assert gate.begun.wait(5)
    background.ask_again("name", lambda: "new")
    gate.open.set()
    qtbot.waitUntil(lambda: background.told == [("name", "old"), ("name", "new")])


def test_what_is_forgotten_is_not_answered(background, qtbot):
    gate = Gate("old")
    background.ask("at work", gate)
    background.ask("waiting", lambda: 1)
    assert gate.begun.wait(5)
    background.forget("at work")
    background.forget("waiting")
    background.ask("other", lambda: 2)
    gate.open.set()
    qtbot.waitUntil(lambda: background.told == [("other", 2)])


def test_what_somebody_waits_for_comes_first(background, qtbot):
    gate = Gate(0)
    background.ask("at work", gate)
    assert gate.begun.wait(5)
    background.ask("later", lambda: 1)
    background.ask("wanted", lambda: 2, first=True)
    gate.open.set()
    qtbot.waitUntil(lambda: [name for name, _answer in background.told] == ["at work", "wanted", "later"])


def test_after_the_stop_nothing_is_answered_and_nothing_asked(background, qtbot):
    gate = Gate(1)
    background.ask("at work", gate)
    assert gate.begun.wait(5)
    threading.Timer(0.1, gate.open.set).start()
    background.stop()
    assert gate.open.is_set()
    background.ask("later", lambda: 2)
    qtbot.wait(20)
    assert background.told == []
    assert not background.busy


def test_a_bug_in_the_work_is_raised_in_the_window_s_thread(background, qtbot):
    def broken() -> object:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as seen:
        background.ask("name", broken)
        qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] is ZeroDivisionError
