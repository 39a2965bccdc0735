"""Reading and storing in threads of their own; the window asks now and then what has come of it.

Nothing here knows widgets.
"""

import contextvars
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qda.coding.documents import known_files
from qda.errors import KnownError
from qda.exchange.importing import Decided, Imported, store
from qda.exchange.reader import CancelledError, Reader, ReadFile
from qda.ui.importing.looking import Facts, look
from qda.ui.yielding import yielding as yielding  # noqa: PLC0414 - others take it from here

if TYPE_CHECKING:
    from qda.models import Project

_JOIN: Final = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Wish:
    """A file to be read: ``key`` names it; ``file`` is what was read before, where it is read again."""

    key: int
    path: Path
    family: str | None = None
    encoding: str | None = None
    file: ReadFile | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read, and what was seen in it."""

    wish: Wish
    file: ReadFile
    facts: Facts


class Reading:
    """Reads what is wished for, one after the other, in one child process for the whole import."""

    def __init__(self, project: "Project") -> None:
        self.known: dict[str, str] = {}  # SHA-256 of the study's files, with a title
        self._project = project
        self._wishes: deque[Wish] = deque()
        self._answers: deque[Answer] = deque()
        self._asked = threading.Condition()
        self._open = 0  # wishes without an answer
        self._over = False
        self._problem: BaseException | None = None
        self._reader = Reader()
        # The language of sentences belongs to the context, which a new thread would not have.
        run = contextvars.copy_context().run
        self._thread = threading.Thread(target=run, args=(self._run,), name="reading", daemon=True)
        self._thread.start()

    @property
    def open(self) -> int:
        """How many files have not been answered for."""
        return self._open

    def wish(self, wishes: Sequence[Wish]) -> None:
        """Reads these; what is read again comes before what was never read."""
        with self._asked:
            for one in wishes:
                if one.file is None:
                    self._wishes.append(one)
                else:
                    self._wishes.appendleft(one)
            self._open += len(wishes)
            self._asked.notify()

    def take(self) -> Answer | None:
        """The next answer; none while there is none.

        A fault of the program is raised here, where it is seen.
        """
        if self._problem is not None:
            problem, self._problem = self._problem, None
            raise problem
        try:
            answer = self._answers.popleft()
        except IndexError:
            return None
        with self._asked:
            self._open -= 1
        return answer

    def stop(self) -> None:
        """Ends at once: the child is ended, too."""
        with self._asked:
            self._over = True
            self._wishes.clear()
            self._open = 0
            self._asked.notify()
        self._reader.cancel()
        self._thread.join(_JOIN)

    def _run(self) -> None:
        try:
            with self._reader:
                self.known = known_files(self._project)
                while (wish := self._next()) is not None:
                    with yielding():
                        file = self._read(wish)
                        self._answers.append(Answer(wish, file, look(file)))
        except CancelledError:
            pass
        except BaseException as problem:  # noqa: BLE001 - it is raised again in the window's thread
            self._problem = problem

    def _next(self) -> Wish | None:
        with self._asked:
            while not self._wishes and not self._over:
                self._asked.wait()
            return None if self._over else self._wishes.popleft()

    def _read(self, wish: Wish) -> ReadFile:
        try:
            if wish.file is not None:
                return self._reader.again(wish.file, family=wish.family, encoding=wish.encoding)
            return self._reader.read(wish.path, family=wish.family, encoding=wish.encoding)
        except CancelledError:
            raise
        except KnownError as problem:  # no child can be started
            return ReadFile(wish.path, None, b"", problem.sentence)


class Storing:
    """Stores what was decided, as one unit of work."""

    def __init__(self, project: "Project", files: Sequence[tuple[ReadFile, Decided]]) -> None:
        self.total = len(files)
        self.done = 0
        self.results: list[Imported] | None = None
        self.sentence = ""  # why nothing was stored
        self._project = project
        self._files = files
        self._stop = threading.Event()
        self._problem: BaseException | None = None
        run = contextvars.copy_context().run
        self._thread = threading.Thread(target=run, args=(self._run,), name="storing", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    @property
    def over(self) -> bool:
        """Whether it has ended. A fault of the program is raised here, where it is seen."""
        if self._thread.is_alive():
            return False
        if self._problem is not None:
            problem, self._problem = self._problem, None
            raise problem
        return True

    def cancel(self) -> None:
        """Ends soon, and takes back what was stored."""
        self._stop.set()

    def stop(self) -> None:
        """As :meth:`cancel`, and waits until that has happened."""
        self.cancel()
        self._thread.join(_JOIN)

    def _progress(self, done: int) -> bool:
        self.done = done
        return not self._stop.is_set()

    def _run(self) -> None:
        try:
            with yielding():
                results = store(self._project, self._files, progress=self._progress)
                _asked_once(self._project, results)
                self.results = results
        except KnownError as problem:
            self.sentence = problem.sentence
        except BaseException as problem:  # noqa: BLE001 - it is raised again in the window's thread
            self._problem = problem


def _asked_once(project: "Project", results: Sequence[Imported]) -> None:
    """Asks here for what the window shows next: the first time takes long, and nobody waits for it here."""
    from qda.coding import material
    from qda.exchange import labels  # noqa: F401 - the page of a document proposes slips

    material.sources(project)
    material.cases(project)
    material.groups(project)
    for source in [one.source for one in results if one.source is not None][:1]:
        material.source(project, source)
        material.speakers(project, source)
        material.paragraphs(project, source)
