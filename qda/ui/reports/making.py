"""Makes the report that is looked at beside the window: reads the study in a thread.

The thread opens the file for reading itself, so that it never meets a unit of work of the window.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from qda.errors import KnownError
from qda.ui.background import Background

if TYPE_CHECKING:
    from qda.reports.model import Report

_PREVIEW: Final = "preview"


@dataclass(frozen=True, slots=True)
class Preparation:
    """A report ready to be looked at."""

    name: str
    report: "Report"
    placeholders: int
    withheld: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """An answer that is none: a fault of the program."""

    problem: Exception


def seen(work: Callable[[], object]) -> Callable[[], object]:
    """The work with its faults as its answer, so that those who wait for it learn of them."""

    def guarded() -> object:
        try:
            return work()
        except KnownError:
            raise
        except Exception as problem:  # noqa: BLE001 - handed on to the window, which raises it there
            return Broken(problem)

    return guarded


class Maker(QObject):
    """Makes one report at a time; of several wishes the newest holds. Signals come in the window's thread."""

    prepared = Signal(object)  # Preparation
    failed = Signal(str)  # a sentence
    broken = Signal(object)  # an exception that is a bug

    def __init__(self, project_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = project_path
        self._work = Background(self)
        self._work.done.connect(self._done)
        self._work.failed.connect(lambda _name, sentence: self.failed.emit(sentence))

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._work.busy

    def prepare(self, name: str, options: Mapping[str, str]) -> None:
        """Makes the report; ``prepared`` brings it."""
        path, chosen = self._path, dict(options)
        self._work.ask(_PREVIEW, seen(lambda: _prepared(path, name, chosen)))

    def stop(self) -> None:
        """Nothing more is made; what is running is waited for."""
        self._work.stop()

    def _done(self, _name: str, answer: object) -> None:
        if isinstance(answer, Broken):
            self.broken.emit(answer.problem)
        else:
            self.prepared.emit(answer)


def _prepared(path: Path, name: str, options: dict[str, str]) -> Preparation:
    from qda.reports.model import placeholders
    from qda.reports.registry import build_report

    report = build_report(name, path, options)
    return Preparation(name, report, placeholders(report), report.withheld)
