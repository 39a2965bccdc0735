"""The desk: what all parts of the window share about one open study.

It holds the project, does acts and tells the parts what changed or what the user turned to. Parts never call
one another; they ask the desk and listen to it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from qda.errors import KnownError
from qda.i18n import _
from qda.ui.reading_texts import ReadingTexts

if TYPE_CHECKING:
    from qda.models import Changed, Project

# What can be done while a text is being edited: it touches no text and nothing that stands on it.
_WHILE_HELD = ("qda.coding.memos", "qda.coding.memo_piles")
IDLE_MS = 3000  # after this long without an act the log is written into the file


class Desk(QObject):
    """One open study. All signals carry GUIDs; an empty one means nothing."""

    changed = Signal(object)  # qda.models.Changed, after every act, undo and redo
    source_wanted = Signal(str, int, int)  # show a document with start–stop selected (-1: where one was)
    beside_wanted = Signal(str, int, int)  # the same in the other of two texts
    source_shown = Signal(str)  # the transcript view shows this document now
    code_chosen = Signal(str)
    coding_chosen = Signal(str)
    span_chosen = Signal(str, int, int)  # source, start, stop of the selection in the transcript
    relation_chosen = Signal(str)
    case_chosen = Signal(str)
    decision_chosen = Signal(str)  # a sampling decision
    workspace_wanted = Signal(str)  # material, open, axial, selective, reports
    memo_wanted = Signal(str, str)  # memo to show; or "" and a target ("code:GUID") for a new one
    command_wanted = Signal(str)  # the id of a command of the window
    _heard = Signal(object)  # what changed, from whichever thread
    answers_wanted = Signal(str)  # all answers to a topic of the interview guide
    reading_changed = Signal(str)  # what has been read of this document is more or less than before
    told = Signal(str)  # a line for the status bar
    offered = Signal(str, str, object)  # the same with an act: its words, the function
    refused = Signal(str)  # a sentence that the user must see
    coder_changed = Signal()

    def __init__(self, project: "Project", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.source = ""
        self.code = ""
        self.coding = ""
        self.span: tuple[str, int, int] | None = None
        self.last_code = ""
        self.held = ""  # why nothing can be changed now, as a sentence; a text is being edited
        self.unsaved = 0  # acts that the file did not take (a full disk, say)
        self.code_chosen.connect(self._keep_code)
        self.coding_chosen.connect(self._keep_coding)
        self.source_shown.connect(self._keep_source)
        self.span_chosen.connect(self._keep_span)
        self._stop_work: Callable[[], object] | None = None
        self._heard.connect(self._on_changed)  # queued where another thread did the act
        self._unsubscribe = project.subscribe(self._heard.emit)
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(project.checkpoint)
        self.reading_texts = ReadingTexts(self)

    @property
    def path(self) -> Path:
        """The project file."""
        return self.project.path

    def do(self, function: Callable[..., str], **arguments: Any) -> str | None:
        """Does an act of ``qda.coding`` with GUIDs; what cannot be done is told in a sentence."""
        if self._is_refused_now() or self._is_held(function):
            self.unsaved += 1
            return None
        try:
            return function(self.project, **arguments)
        except KnownError as problem:
            if problem.path is not None:
                self.unsaved += 1
            self.refused.emit(problem.sentence)
            return None

    # -- work in another thread ------------------------------------------------------------------------------

    @property
    def at_work(self) -> bool:
        """Whether another thread writes into the study: nothing else can be changed until it is done."""
        return self._stop_work is not None

    def begin_work(self, stop: Callable[[], object]) -> None:
        """Another thread begins to write; ``stop`` ends it and comes back when that has happened."""
        self._stop_work = stop

    def end_work(self) -> None:
        """The other thread is done."""
        self._stop_work = None

    def stop_work(self) -> None:
        """Ends what goes on in another thread, before the study is closed; nothing of it is kept."""
        stop, self._stop_work = self._stop_work, None
        if stop is not None:
            stop()

    def _is_refused_now(self) -> bool:
        """Tells, instead of waiting with a window that does not answer."""
        if self.at_work:
            self.refused.emit(
                _("Another act is still at work. Nothing was changed; please try again after it.")
            )
        return self.at_work

    # -- a text in hand -------------------------------------------------------------------------------------

    def hold(self, reason: str) -> None:
        """Only memos can be written from now on; everything else is refused with ``reason``."""
        self.held = reason

    def release(self) -> None:
        """Everything can be done again."""
        self.held = ""

    def _is_held(self, function: Callable[..., object] | None = None) -> bool:
        if not self.held or (function is not None and function.__module__ in _WHILE_HELD):
            return False
        self.refused.emit(self.held)
        return True

    # -- undo and redo, coders -------------------------------------------------------------------------------

    def undo(self) -> None:
        """Takes the last act back."""
        self._step(self.project.undo)

    def redo(self) -> None:
        """Brings it back."""
        self._step(self.project.redo)

    def _step(self, step: Callable[[], str]) -> None:
        if self._is_refused_now() or self._is_held():
            return
        try:
            step()
        except KnownError as problem:
            self.refused.emit(problem.sentence)

    def use_coder(self, coder: str) -> None:
        """Who codes from now on."""
        self.project.use_coder(coder)
        self.coder_changed.emit()

    def close(self) -> None:
        """Lets go of the study and closes its file."""
        self.stop_work()
        self.reading_texts.stop()
        self._idle.stop()
        self._unsubscribe()
        self._heard.disconnect(self._on_changed)
        self.project.close()

    def _on_changed(self, change: "Changed") -> None:
        self._idle.start()
        self._forget_gone(change)
        self.changed.emit(change)

    def _forget_gone(self, change: "Changed") -> None:
        """What is no longer there is not in hand any more."""
        touched = {row.guid for row in change.touched}
        held = {"source": self.source, "code": self.code, "coding": self.coding}
        for table, guid in held.items():
            if guid in touched and not self._is_there(table, guid):
                setattr(self, table, "")
                if table == "source":
                    self.span = None
        if self.last_code in touched and not self._is_there("code", self.last_code):
            self.last_code = ""

    def _is_there(self, table: str, guid: str) -> bool:
        from qda.coding.references import exists

        return exists(self.project, table, guid)

    def _keep_code(self, guid: str) -> None:
        self.code = guid

    def _keep_coding(self, guid: str) -> None:
        self.coding = guid

    def _keep_source(self, guid: str) -> None:
        self.source = guid
        self.span = None

    def _keep_span(self, source: str, start: int, stop: int) -> None:
        self.span = (source, start, stop) if stop > start else None
