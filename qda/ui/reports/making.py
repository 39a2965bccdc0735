"""Makes reports beside the window: reads the study and writes files in a thread of its own.

The thread opens the file for reading itself, so that it never meets a unit of work of the window.
"""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qda.errors import KnownError

if TYPE_CHECKING:
    from qda.reports.model import Report


@dataclass(frozen=True, slots=True)
class Preparation:
    """A report ready to be looked at."""

    name: str
    report: "Report"
    placeholders: int
    withheld: tuple[str, ...]


class Maker(QObject):
    """Makes one thing at a time, files first; of several wishes for a preview the newest holds.

    Signals come in the window's thread.
    """

    prepared = Signal(object)  # Preparation
    written = Signal(object)  # Path
    failed = Signal(str)  # a sentence
    broken = Signal(object)  # an exception that is a bug
    idle = Signal()

    def __init__(self, project_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = project_path
        self._thread: threading.Thread | None = None
        self._next: Callable[[], None] | None = None
        self._writes: deque[Callable[[], None]] = deque()
        self._stopped = False
        self._lock = threading.Lock()

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._thread is not None

    def prepare(self, name: str, options: Mapping[str, str]) -> None:
        """Makes the report and its pages; ``prepared`` brings them."""
        with self._lock:
            self._next = lambda: self._prepare(name, dict(options))
        self._start()

    def write(self, report: "Report", out: Path, format_name: str) -> None:
        """Writes a report that has been made to a file; ``written`` brings its path."""
        with self._lock:
            self._writes.append(lambda: self._write(report, out, format_name))
        self._start()

    def stop(self) -> None:
        """Lets no more preview begin; what is running and files that wait are waited for."""
        with self._lock:
            self._stopped, self._next = True, None
            running = self._thread
        if running is not None:
            running.join()

    def _start(self) -> None:
        with self._lock:
            if self._stopped or self._thread is not None:
                return
            # The language of the window goes along: errors are told in it.
            run = copy_context().run
            self._thread = threading.Thread(target=run, args=(self._run,), name="reports", daemon=True)
            self._thread.start()

    def _work(self) -> Callable[[], None] | None:
        """The next thing to make; none ends the thread."""
        with self._lock:
            if self._writes:
                return self._writes.popleft()
            work, self._next = self._next, None
            if work is None:
                self._thread = None
            return work

    def _run(self) -> None:
        while (work := self._work()) is not None:
            try:
                work()
            except KnownError as problem:
                self.failed.emit(problem.sentence)
            except Exception as problem:  # noqa: BLE001 - handed on to the window, which raises it there
                self.broken.emit(problem)
        self.idle.emit()

    def _prepare(self, name: str, options: dict[str, str]) -> None:
        from qda.reports.model import placeholders
        from qda.reports.registry import build_report

        report = build_report(name, self._path, options)
        if self._next is None and not self._stopped:
            self.prepared.emit(Preparation(name, report, placeholders(report), report.withheld))

    def _write(self, report: "Report", out: Path, format_name: str) -> None:
        from qda.reports.files import write_whole
        from qda.reports.registry import render_bytes

        self.written.emit(write_whole(out, render_bytes(report, format_name)))
