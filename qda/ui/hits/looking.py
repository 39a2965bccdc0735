"""Looks for words in all documents, one thread a query: hits come page by page, the window never waits."""

import contextvars
import threading
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from qda.coding import search_all
from qda.errors import KnownError
from qda.exchange.undisturbed import undisturbed
from qda.ui.yielding import yielding

if TYPE_CHECKING:
    from qda.coding.search_all import Query
    from qda.models import Project


_WORK_S: Final = 0.003
_REST_S: Final = 0.002


class Looking(QObject):
    """Only the last query's answers are heard: each carries its number."""

    page = Signal(int, object)  # hits
    done = Signal(int)  # that was all
    others = Signal(int, object, object)  # codes and memos with the words

    def __init__(self) -> None:
        super().__init__()  # without a parent: a thread may outlive the panel
        self.number = 0
        self._threads: list[threading.Thread] = []

    def look(self, project: "Project", query: "Query") -> int:
        """Begins to look; what was looked for before is let go. Returns the query's number."""
        self.number += 1
        context = contextvars.copy_context()
        thread = threading.Thread(
            target=context.run, args=(self._look, self.number, project, query), name="search", daemon=True
        )
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()
        return self.number

    def let_go(self) -> None:
        """Nobody waits any more."""
        self.number += 1

    def wait(self) -> None:
        """Ends what is under way before the study is closed."""
        self.let_go()
        for thread in self._threads:
            thread.join(2)

    def _look(self, number: int, project: "Project", query: "Query") -> None:
        try:
            with yielding(), undisturbed():
                self._go_through(number, project, query)
        except KnownError:  # the study was closed meanwhile; nobody waits for the answer
            return

    def _go_through(self, number: int, project: "Project", query: "Query") -> None:
        turn = Turns()

        def go_on() -> bool:
            turn.give_way()
            return self.number == number

        for page in search_all.pages(project, query, go_on=go_on):
            if self.number != number:
                return
            self.page.emit(number, page)
            turn.politely = True  # the first page is wanted at once, the rest has time
        self.done.emit(number)
        if self.number == number:
            self.others.emit(number, *search_all.others(project, query))


class Turns:
    """Lets the window have its turn between two small pieces of work."""

    def __init__(self) -> None:
        self.politely = False
        self._since = monotonic()

    def give_way(self) -> None:
        """Rests where it has worked for long enough."""
        if self.politely and monotonic() - self._since > _WORK_S:
            sleep(_REST_S)
            self._since = monotonic()
