"""Asks for a comparison after the paint, in a thread; an answer that comes too late is dropped."""

import contextvars
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from qda.errors import KnownError
from qda.ui.yielding import yielding

if TYPE_CHECKING:
    from qda.coding.comparing import Comparison
    from qda.models import Project

AFTER_MS: Final = 90  # the coding is painted and the page about it built before the comparison begins
_LOOK_MS: Final = 15


@dataclass(frozen=True, slots=True)
class Wish:
    """A passage to be compared with the others of its code; ``turn`` tells wishes apart."""

    code: str
    source: str
    start: int
    stop: int
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a wish; ``counted`` is False where the study hides frequencies."""

    wish: Wish
    comparison: "Comparison"
    counted: bool


def compare(project: "Project", wish: Wish) -> Answer:
    """The comparison itself, in whichever thread."""
    from qda.coding.comparing import comparison
    from qda.coding.material import project_sheet

    found = comparison(project, code=wish.code, source=wish.source, start=wish.start, stop=wish.stop)
    return Answer(wish, found, not project_sheet(project).hide_frequencies)


class Asker(QObject):
    """One wish at a time; of those that come meanwhile the newest is next. Works in the window's thread."""

    answered = Signal(object)  # Answer, to the newest wish alone

    def __init__(self, project: "Project", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._turn = 0
        self._wish: Wish | None = None  # waits to be asked
        self._asked: Wish | None = None
        self._thread: threading.Thread | None = None
        self._answer: Answer | None = None
        self._problem: Exception | None = None
        self.work: Callable[[Project, Wish], Answer] = compare
        self._later = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._later.timeout.connect(self._start)
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._wish is not None or self._thread is not None

    def ask(self, code: str, source: str, start: int, stop: int) -> None:
        """Wishes for a comparison soon; an earlier wish is not answered any more."""
        self._turn += 1
        self._wish = Wish(code, source, start, stop, self._turn)
        self._later.start()

    def forget(self) -> None:
        """Nothing is wished for any more."""
        self._turn += 1
        self._wish = None
        self._later.stop()

    def wait(self) -> None:
        """Comes back when everything that was wished for is answered."""
        while self.busy:
            self._start()
            if self._thread is not None:
                self._thread.join()
            self._take()

    def _start(self) -> None:
        self._later.stop()
        if self._thread is not None or self._wish is None:
            return  # asked when the one at work is done
        self._asked, self._wish = self._wish, None
        self._answer = self._problem = None
        # The language of names belongs to the context, which a new thread would not have.
        run = contextvars.copy_context().run
        wish = self._asked
        self._thread = threading.Thread(target=run, args=(self._run, wish), name="comparing", daemon=True)
        self._thread.start()
        self._look.start()

    def _run(self, wish: Wish) -> None:
        try:
            with yielding():
                self._answer = self.work(self._project, wish)
        except Exception as problem:  # noqa: BLE001 - handed on to the window, which raises it
            self._problem = problem

    def _take(self) -> None:
        if self._thread is None or self._thread.is_alive():
            return
        self._thread = None
        self._look.stop()
        asked, answer, problem = self._asked, self._answer, self._problem
        if self._wish is not None:
            self._later.start()
        elif asked is not None and asked.turn == self._turn:
            if answer is not None:
                self.answered.emit(answer)
            elif problem is not None and not isinstance(problem, KnownError):
                raise problem
