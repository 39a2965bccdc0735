"""Questions to the study that may take long, in a thread of its own; answers come in the window's thread."""

import contextvars
import threading
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal

from qda.errors import KnownError

Question = Callable[[], object]
FIRST: Final = ("result", "gather")  # what somebody waits for


class Asking(QObject):
    """Answers one question after the other. A newer one of the same name takes the place of one that waits.

    ``answered`` brings the name, what was asked with it, and the answer; ``refused`` a sentence instead.
    """

    answered = Signal(str, object, object)
    refused = Signal(str, object, str)
    idle = Signal()
    _broken = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[str, tuple[object, Question]] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._broken.connect(self._raise)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._thread is not None

    def ask(self, name: str, about: object, question: Question) -> None:
        """Asks; what somebody waits for is answered first, else in the order of asking."""
        with self._lock:
            if self._stopped:
                return
            self._waiting[name] = (about, question)
            if self._thread is not None:
                return
            # The language of sentences belongs to the context, which a new thread would not have.
            run = contextvars.copy_context().run
            self._thread = threading.Thread(target=run, args=(self._run,), name="retrieval", daemon=True)
            self._thread.start()

    def forget(self, name: str) -> None:
        """What waits under this name is not wanted any more."""
        with self._lock:
            self._waiting.pop(name, None)

    def stop(self) -> None:
        """No more questions; comes back when the one at work is answered."""
        with self._lock:
            self._stopped = True
            self._waiting.clear()
            thread = self._thread
        if thread is not None:
            thread.join()

    def wait(self) -> None:
        """Comes back when all is answered (the answers come with the next events)."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _next(self) -> tuple[str, object, Question] | None:
        with self._lock:
            if not self._waiting:
                self._thread = None
                return None
            name = next((one for one in self._waiting if one in FIRST), next(iter(self._waiting)))
            return name, *self._waiting.pop(name)

    def _run(self) -> None:
        from qda.ui.importing.jobs import yielding

        with yielding():
            while (found := self._next()) is not None:
                self._answer(*found)
        if not self._stopped:
            self.idle.emit()

    def _answer(self, name: str, about: object, question: Question) -> None:
        try:
            answer = question()
        except KnownError as problem:
            if not self._stopped:
                self.refused.emit(name, about, problem.sentence)
        except Exception as problem:  # noqa: BLE001 - it is raised again in the window's thread
            if not self._stopped:
                self._broken.emit(problem)
        else:
            if not self._stopped:
                self.answered.emit(name, about, answer)

    def _raise(self, problem: Exception) -> None:
        raise problem
