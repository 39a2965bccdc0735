"""Asks the engines about the passage in hand, in a thread of its own; they learn from every act at once.

One for a desk. A little after a text was opened for which suggestions are shown, the engine is built and the
language tools are loaded, so that the first question is answered as fast as the others; for other texts
nothing is loaded. The engine is asked and taught in the same thread, one after the other: what was coded
before a question is known when it is answered.
"""

import threading
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from qda.errors import KnownError
from qda.ui.background import Background
from qda.ui.suggesting.offers import MOST, Answer, Place
from qda.ui.suggesting.switch import shown_for

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.suggest.ranking.engine import Engine
    from qda.ui.desk import Desk

WARM_AFTER_MS: Final = 1_500
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
        self._background.done.connect(self._done)
        self._lock = threading.Lock()
        self._changes: list[Changed] = []
        self._engine: Engine | None = None
        self._too_large = self._left = False
        self._warm_for = ""
        self._warming = QTimer(self, singleShot=True, interval=WARM_AFTER_MS)
        self._warming.timeout.connect(self._warm)
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

    @property
    def ready(self) -> bool:
        """Whether the engine is there."""
        return self._engine is not None

    def ask(self, place: Place) -> None:
        """Asks about a passage; of several questions the last is answered."""
        self._background.ask("passage", lambda: self.answer(place), first=True)

    def warm(self, source: str) -> None:
        """A text was opened (GUID): what it takes to answer is made ready when the window is at rest."""
        if self._engine is None and not self._left:
            self._warm_for = source
            self._warming.start()

    def _warm(self) -> None:
        source = self._warm_for
        self._background.ask("engine", lambda: self._made_ready(source))
        self._background.ask("names", lambda: self._names_ready(source))

    def stop(self) -> None:
        """The study is about to be closed, or the window to be built anew: then another one begins."""
        self._left = True
        self._warming.stop()
        self._background.stop()
        self._desk.changed.disconnect(self._changed)
        self.setParent(None)

    def _changed(self, change: "Changed") -> None:
        with self._lock:
            if self._follows:
                self._changes.append(change)

    def _done(self, name: str, answer: object) -> None:
        if name == "passage":
            self.answered.emit(answer)

    def _made_ready(self, source: str) -> None:
        """In the thread: the engine is built, where the text is one that it would be asked about."""
        if shown_for(self._project, source):
            self._engine_now()

    def _names_ready(self, source: str) -> None:
        """In the thread: what names are formed with is loaded, by asking for those of the first words."""
        if not shown_for(self._project, source):
            return
        from qda.coding import material
        from qda.suggest.phrases.naming import names_for

        rows = material.paragraphs(self._project, source)
        first = next((row for row in rows if row.label_stop > row.start), None)
        if first is not None:
            with suppress(KnownError):  # the document is gone
                names_for(self._project, source, first.label_stop, first.stop, 1)

    def answer(self, place: Place) -> Answer:
        """In the thread: what is known of a passage; nothing where suggestions are not shown for its text."""
        if not shown_for(self._project, place.source):
            return Answer(place)
        from qda.suggest.events import dismissed
        from qda.suggest.phrases.naming import names_for

        where = (place.source, place.start, place.stop)
        passed = dismissed(self._project, source=place.source, start=place.start, stop=place.stop)
        engine = self._engine_now()
        proposals = engine.propose(*where, MOST + len(passed)) if engine is not None else ()
        try:
            names = names_for(self._project, *where, _NAMES)
        except KnownError:  # the document is gone
            names = ()
        return Answer(place, proposals, names, passed)

    def _engine_now(self) -> "Engine | None":
        """The engine, knowing all that was done until now; none where the study is too large for it."""
        from qda.ui.suggesting.warming import LeftError, built

        if self._too_large:
            return None
        with self._lock:
            changes, self._changes = self._changes, []
            self._follows = True  # what is done while it is built is told to it, and changes nothing twice
        if self._engine is None:
            try:
                self._engine = built(self._project, lambda: self._left)
            except LeftError:
                return None
            self._read_at = monotonic()
            if self._engine is None:
                self._too_large, self._follows = True, False
                return None
        for change in changes:
            self._engine.changed(change)
        if monotonic() - self._read_at > _READ_AGAIN_S:
            self._engine.texts_read()
            self._read_at = monotonic()
        return self._engine
