"""Questions to the study that may take long, in a thread of its own; answers come in the window's thread."""

import contextvars
import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from qda.errors import KnownError
from qda.exchange.undisturbed import undisturbed
from qda.ui.yielding import yielding

Work = Callable[[], object]


class Background(QObject):
    """Answers one question after the other; each has a name, and of those that wait under one name the last
    is asked.

    ``done`` brings the name and the answer, ``failed`` a sentence instead. What goes wrong otherwise is
    raised in the window's thread.
    """

    done = Signal(str, object)
    failed = Signal(str, str)
    _came = Signal(str, int, object, object)  # name, number, answer, what went wrong

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[str, tuple[int, Work]] = {}
        self._first: set[str] = set()
        self._oldest: dict[str, int] = {}  # by name: answers to older questions are not wanted any more
        self._count = 0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._under_way = 0  # answers that the window's thread has not taken yet
        self._stopped = False
        self._came.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._thread is not None or (self._under_way > 0 and not self._stopped)

    def ask(self, name: str, work: Work, *, first: bool = False) -> None:
        """Asks anew: what was asked before under this name is not answered any more.

        ``first``: before what waits under other names, because somebody waits for it.
        """
        self.forget(name)
        if first:
            self._first.add(name)
        self.ask_again(name, work)

    def ask_again(self, name: str, work: Work) -> None:
        """Asks; a question of this name that is at work is still answered, one that waits is not."""
        with self._lock:
            if self._stopped:
                return
            self._count += 1
            self._waiting[name] = self._count, work
            if self._thread is not None:
                return
            # The language of sentences belongs to the context, which a new thread would not have.
            run = contextvars.copy_context().run
            self._thread = threading.Thread(target=run, args=(self._run,), name="background", daemon=True)
            self._thread.start()

    def forget(self, name: str) -> None:
        """What was asked under this name is not wanted any more."""
        with self._lock:
            self._waiting.pop(name, None)
            self._oldest[name] = self._count + 1

    def stop(self) -> None:
        """No more questions, and no more answers; comes back when the one at work is at its end."""
        with self._lock:
            self._stopped = True
            self._waiting.clear()
        self.wait()

    def wait(self) -> None:
        """Comes back when all is answered (the answers come with the next events)."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _next(self) -> tuple[str, int, Work] | None:
        with self._lock:
            if not self._waiting:
                self._thread = None
                return None
            name = next((one for one in self._waiting if one in self._first), next(iter(self._waiting)))
            return name, *self._waiting.pop(name)

    def _run(self) -> None:
        with yielding():
            while (found := self._next()) is not None:
                self._answer(*found)

    def _answer(self, name: str, number: int, work: Work) -> None:
        answer, problem = None, None
        try:
            with undisturbed():
                answer = work()
        except Exception as caught:  # noqa: BLE001 - told or raised again in the window's thread
            problem = caught
        with self._lock:
            self._under_way += 1
        with suppress(RuntimeError):  # the window that asked is gone
            self._came.emit(name, number, answer, problem)

    def _take(self, name: str, number: int, answer: object, problem: Exception | None) -> None:
        with self._lock:
            self._under_way -= 1
        wanted = number >= self._oldest.get(name, 0)
        if self._stopped:
            return
        if problem is None:
            if wanted:
                self.done.emit(name, answer)
        elif not isinstance(problem, KnownError):
            raise problem
        elif wanted:
            self.failed.emit(name, problem.sentence)
