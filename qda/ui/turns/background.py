"""One piece of work in a thread of its own, so that the window answers meanwhile."""

import contextvars
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from qda.errors import KnownError


class Background(QObject):
    """Does ``work`` once; ``done`` hands over what it gives, ``failed`` the sentence of a known error."""

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()  # without a parent: its thread may outlive the dialog
        self._work = work
        context = contextvars.copy_context()  # the language of sentences belongs to it
        self._thread = threading.Thread(target=context.run, args=(self._run,), daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def wait(self) -> None:
        """Comes back when it is done."""
        self._thread.join()

    def _run(self) -> None:
        try:
            found = self._work()
        except KnownError as problem:
            self.failed.emit(problem.sentence)
            return
        self.done.emit(found)
