"""Which passages are alike in their words, for the lists of candidates; one for a desk."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.ui.suggesting.switch import when

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.suggest.likeness import TextLikeness
    from qda.ui.desk import Desk


class Likening(QObject):
    """Nothing is loaded before somebody asks, in a thread."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._project = desk.project
        self._made: TextLikeness | None = None
        self._lock = threading.Lock()
        desk.changed.connect(self._changed)

    @classmethod
    def of(cls, desk: "Desk") -> "Likening":
        """The one of a desk."""
        found = desk.findChild(cls)
        return found if isinstance(found, cls) else cls(desk)

    def like(self) -> "TextLikeness | None":
        """In any thread: who tells it; nobody where the study shows no suggestions."""
        if when(self._project) == "off":
            return None
        from qda.suggest.likeness import TextLikeness

        with self._lock:
            if self._made is None:
                self._made = TextLikeness(self._project)
            return self._made

    def _changed(self, change: "Changed") -> None:
        if self._made is not None:
            self._made.heard(change)
