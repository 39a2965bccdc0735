"""Long work on the study in a thread of its own; the window asks now and then what has come of it."""

import contextvars
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from qda.errors import KnownError

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_ASK_MS: Final = 40


class StoppedError(Exception):
    """Raised inside the work to end it: its unit of work leaves nothing."""


class Work(QObject):
    """``function`` in a thread; it is handed a function that takes how many are done.

    While it runs, nothing else can change the study. ``done`` brings what it gave (none where it was stopped
    or refused) and the sentence of a refusal.
    """

    progressed = Signal(int)
    done = Signal(object, str)

    def __init__(
        self, desk: "Desk", function: Callable[[Callable[[int], None]], Any], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._function = function
        self._stop = threading.Event()
        self._count = 0
        self._result: Any = None
        self._sentence = ""
        self._problem: BaseException | None = None
        self._ask = QTimer(self, interval=_ASK_MS)
        self._ask.timeout.connect(self._look)
        # The language of sentences belongs to the context, which a new thread would not have.
        run = contextvars.copy_context().run
        self._thread = threading.Thread(target=run, args=(self._run,), name="work", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._desk.begin_work(self.stop)
        self._thread.start()
        self._ask.start()

    def cancel(self) -> None:
        """Ends at the next step, if the work has steps; nothing of it is kept then."""
        self._stop.set()

    def stop(self) -> None:
        """As :meth:`cancel`, and waits for the end (the study is being closed)."""
        self.cancel()
        self._ask.stop()
        self._thread.join()

    def _step(self, count: int) -> None:
        self._count = count
        if self._stop.is_set():
            raise StoppedError

    def _run(self) -> None:
        from qda.ui.yielding import yielding

        try:
            with yielding():
                self._result = self._function(self._step)
        except StoppedError:
            pass
        except KnownError as problem:
            self._sentence = problem.sentence
        except BaseException as problem:  # noqa: BLE001 - it is raised again in the window's thread
            self._problem = problem

    def _look(self) -> None:
        self.progressed.emit(self._count)
        if self._thread.is_alive():
            return
        self._ask.stop()
        self._desk.end_work()
        if self._problem is not None:
            problem, self._problem = self._problem, None
            self.done.emit(None, "")
            raise problem
        self.done.emit(self._result, self._sentence)
