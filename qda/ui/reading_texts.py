"""While the window is idle, documents that came in or were corrected are read for their words, by a child.

It begins some seconds after the last act, says nothing, keeps what it has read document by document, and
ends with the study. Nothing waits for it: where somebody writes, it keeps its part a moment later.
"""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from qda.ui.background import Background

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.suggest.language.analysing import Analyst
    from qda.ui.desk import Desk

IDLE_MS = 8_000  # after this long without an act


class ReadingTexts(QObject):
    """Reads the texts of one open study."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._left: frozenset[str] = frozenset()  # those that could not be read are not tried again
        self._analyst: Analyst | None = None
        self._stopped = False
        self._background = Background()  # without a parent: its thread may outlive the study
        self._background.done.connect(self._keep_left)
        self._timer = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._timer.timeout.connect(self._begin)
        if not desk.project.read_only:
            desk.changed.connect(self._later)
            self._timer.start()

    @property
    def busy(self) -> bool:
        """Whether texts are being read just now."""
        return self._background.busy

    def _later(self, change: "Changed") -> None:
        """Another act: the window is not idle. Only texts and their turns make anything to read."""
        if self._timer.isActive() or not change.tables.isdisjoint(("source", "paragraph")):
            self._timer.start()

    def _begin(self) -> None:
        if self._desk.at_work or self._desk.held or self._background.busy:
            self._timer.start()
            return
        self._background.ask("texts", self._read)

    def _read(self) -> object:
        """In the thread: what could not be read."""
        from qda.coding.analyses import readable
        from qda.suggest.language.analysing import Analyst, StoppedError, analyse

        project, sources = self._desk.project, None
        if self._left:
            sources = [row.guid for row in readable(project) if row.guid not in self._left]
        self._analyst = analyst = Analyst()
        if self._stopped:
            return ()
        try:
            return analyse(project, sources, analyst=analyst).left
        except StoppedError:
            return ()

    def _keep_left(self, _name: str, left: Any) -> None:
        self._left |= frozenset(left)

    def stop(self) -> None:
        """Ends it, before the study is closed; comes back when that has happened."""
        self._stopped = True
        self._timer.stop()
        if self._analyst is not None:
            self._analyst.cancel()
        self._background.stop()
