"""The study of the tour: the demo study in the interface's language, built into a folder of its own.

The folder goes with :meth:`Copy.remove`, and at the latest when the program ends.
"""

import contextvars
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from qda.errors import KnownError
from qda.i18n import Language

if TYPE_CHECKING:
    from collections.abc import Callable


_NAME: Final = "tour.qdaproj"
_UNTIL: Final = "07"  # files of the script before this one


class StoppedError(Exception):
    """The tour is not wanted any more."""


def build(path: Path, language: Language, tell: "Callable[[int, int], object]") -> None:
    """Builds the demo study at ``path``, as it stood after two interviews: nobody wants to wait for more.

    German where it does not exist in ``language``.

    ``tell`` hears after each act how many of how many are done, and may raise :class:`StoppedError`.

    :raises KnownError: the disk is full, say.
    """
    from qda import demo
    from qda.ui.demo import spoken

    demo.build(path, language=spoken(language), told=tell, until=_UNTIL).close()


class Copy(QObject):
    """The study of one tour, built in a thread of its own."""

    told = Signal(int, int)  # so many acts of so many
    done = Signal(str)  # a sentence where it failed

    def __init__(self, language: Language) -> None:
        super().__init__()  # without a parent: its thread may outlive the window
        self._language = language
        self._folder = tempfile.TemporaryDirectory(prefix="qda-tour-", ignore_cleanup_errors=True)
        self._unwanted = threading.Event()
        self._at_work = threading.Event()
        self.path: Path = Path(self._folder.name) / _NAME

    def start(self) -> None:
        """Begins to build."""
        context = contextvars.copy_context()
        self._at_work.set()
        threading.Thread(target=context.run, args=(self._run,), name="tour", daemon=True).start()

    def _tell(self, done: int, whole: int) -> None:
        if self._unwanted.is_set():
            raise StoppedError
        self.told.emit(done, whole)

    def _run(self) -> None:
        sentence = ""
        try:
            build(self.path, self._language, self._tell)
        except StoppedError:
            self._folder.cleanup()
            return
        except KnownError as problem:
            sentence = problem.sentence
        self._at_work.clear()
        if self._unwanted.is_set():
            self._folder.cleanup()
        else:
            self.done.emit(sentence)

    def remove(self) -> None:
        """Deletes the folder; while it is still being built in, its thread does so after the act in hand."""
        self._unwanted.set()
        if not self._at_work.is_set():
            self._folder.cleanup()
