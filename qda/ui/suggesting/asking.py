"""Asks the engines about the passage in hand, in a thread of its own; they learn from every act at once.

One for a desk. Nothing is loaded before a passage is selected in a text for which suggestions are shown. The
engine is asked and taught in the same thread, one after the other: what was coded before a question is known
when it is answered.
"""

import threading
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from qda.errors import KnownError
from qda.ui.background import Background
from qda.ui.suggesting.offers import MOST, Answer, Place
from qda.ui.suggesting.switch import shown_for

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.suggest.ranking.engine import Engine
    from qda.ui.desk import Desk

_NAMES: Final = 6  # some of them are codes that there are already
_READ_AGAIN_S: Final = 30  # after so long it is asked whether more texts were read for their words


class Asking(QObject):
    """The engine of one open study. ``answered`` brings an :class:`Answer` to the last question."""

    answered = Signal(object)

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._project = desk.project
        self._background = Background()  # without a parent: its thread may outlive the study
        self._background.done.connect(lambda _name, answer: self.answered.emit(answer))
        self._lock = threading.Lock()
        self._changes: list[Changed] = []
        self._engine: Engine | None = None
        self._follows = False
        self._read_at = 0.0
        desk.changed.connect(self._changed)

    @classmethod
    def of(cls, desk: "Desk") -> "Asking":
        """The one of a desk."""
        found = desk.findChild(cls)
        return found if isinstance(found, cls) else cls(desk, desk)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._background.busy

    def ask(self, place: Place) -> None:
        """Asks about a passage; of several questions the last is answered."""
        self._background.ask("passage", lambda: self.answer(place), first=True)

    def stop(self) -> None:
        """The study is about to be closed, or the window to be built anew: then another one begins."""
        self._background.stop()
        self._desk.changed.disconnect(self._changed)
        self.setParent(None)

    def _changed(self, change: "Changed") -> None:
        with self._lock:
            if self._follows:
                self._changes.append(change)

    def answer(self, place: Place) -> Answer:
        """In the thread: what is known of a passage; nothing where suggestions are not shown for its text."""
        if not shown_for(self._project, place.source):
            return Answer(place)
        from qda.suggest.events import dismissed
        from qda.suggest.phrases.naming import names_for

        where = (place.source, place.start, place.stop)
        passed = dismissed(self._project, source=place.source, start=place.start, stop=place.stop)
        proposals = self._engine_now().propose(*where, MOST + len(passed))
        try:
            names = names_for(self._project, *where, _NAMES)
        except KnownError:  # the document is gone
            names = ()
        return Answer(place, proposals, names, passed)

    def _engine_now(self) -> "Engine":
        """The engine, knowing all that was done until now."""
        from qda.suggest.ranking.engine import Engine

        with self._lock:
            changes, self._changes = self._changes, []
            self._follows = True  # what is done while it is built is told to it, and changes nothing twice
        if self._engine is None:
            self._engine = Engine(self._project)
            self._read_at = monotonic()
        for change in changes:
            self._engine.changed(change)
        if monotonic() - self._read_at > _READ_AGAIN_S:
            self._engine.texts_read()
            self._read_at = monotonic()
        return self._engine
