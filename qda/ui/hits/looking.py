"""Looks for words in all documents, one thread a query: hits come page by page, the window never waits."""

import contextvars
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qda.coding import search_all
from qda.errors import KnownError

if TYPE_CHECKING:
    from qda.coding.search_all import Query
    from qda.models import Project


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
            for page in search_all.pages(project, query, go_on=lambda: self.number == number):
                if self.number != number:
                    return
                self.page.emit(number, page)
            self.done.emit(number)
            if self.number == number:
                self.others.emit(number, *search_all.others(project, query))
        except KnownError:  # the study was closed meanwhile; nobody waits for the answer
            return
