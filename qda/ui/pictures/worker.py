"""Asks the study in a thread of its own, so that the window answers meanwhile. Of several wishes of one kind
only the newest is looked up."""

import contextvars
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from qda.errors import KnownError
from qda.exchange.undisturbed import undisturbed


class Worker(QObject):
    """Does one thing after the other. ``done`` brings what came of the newest wish of a kind.

    Signals come in the window's thread.
    """

    done = Signal(str, object)  # kind, what was found
    failed = Signal(str, str)  # kind, a sentence
    idle = Signal()
    _broken = Signal(object)  # an exception that is a bug

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wishes: dict[str, tuple[int, Callable[[], object]]] = {}
        self._newest: dict[str, int] = {}
        self._count = 0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._broken.connect(self._raise)

    def ask(self, kind: str, work: Callable[[], object]) -> None:
        """Looks something up; what was wished for before, of this kind, is not wanted any more."""
        with self._lock:
            self._count += 1
            self._newest[kind] = self._count
            self._wishes[kind] = self._count, work
            if self._thread is not None:
                return
            run = contextvars.copy_context().run  # the language of sentences belongs to the context
            self._thread = threading.Thread(target=run, args=(self._run,), name="pictures", daemon=True)
            self._thread.start()

    def forget(self, kind: str) -> None:
        """What was wished for is not wanted any more."""
        with self._lock:
            self._wishes.pop(kind, None)
            self._newest.pop(kind, None)

    @property
    def at_work(self) -> bool:
        """Whether something is being looked up."""
        return self._thread is not None

    def stop(self) -> None:
        """Waits for what is going on; nothing of it is told any more."""
        with self._lock:
            self._wishes.clear()
            self._newest.clear()
            thread = self._thread
        if thread is not None:
            thread.join(10)

    def _next(self) -> tuple[str, int, Callable[[], object]] | None:
        with self._lock:
            if not self._wishes:
                self._thread = None
                return None
            kind = next(iter(self._wishes))
            number, work = self._wishes.pop(kind)
            return kind, number, work

    def _run(self) -> None:
        while (wish := self._next()) is not None:
            kind, number, work = wish
            try:
                with undisturbed():
                    found = work()
            except KnownError as problem:
                if self._newest.get(kind) == number:
                    self.failed.emit(kind, problem.sentence)
            except Exception as problem:  # noqa: BLE001 - handed on to the window, which raises it there
                self._broken.emit(problem)
            else:
                if self._newest.get(kind) == number:
                    self.done.emit(kind, found)
        self.idle.emit()

    @staticmethod
    def _raise(problem: Exception) -> None:
        raise problem
