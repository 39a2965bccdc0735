"""Writes reports beside the window: how far it is, stopping, and what was written last."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from qda.reports.all_reports import Outcome, Progress, Wanted, write_all
from qda.ui.background import Background
from qda.ui.reports.making import Broken, seen

if TYPE_CHECKING:
    from qda.models import Project

_LAST: Final = "report.exports"
_OFTEN_S: Final = 0.05  # no more news than a person can see


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of one wish; ``stopped``: a person ended it."""

    outcomes: tuple[Outcome, ...]
    wanted: tuple[Wanted, ...]
    stopped: bool


class Exporter(QObject):
    """Writes what is wanted, one wish after the other. Signals come in the window's thread."""

    progressed = Signal(object)  # Progress
    ended = Signal(object)  # Ended
    broken = Signal(object)  # an exception that is a bug

    def __init__(self, project_path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = project_path
        self._work = Background(self)
        self._work.done.connect(self._done)
        self._count = 0  # wishes so far
        self._open = 0  # wishes without an end
        self._stopped_to = 0  # wishes up to this number are not wanted any more
        self._closing = False
        self._at = (0, 0)  # the wish at work and its report
        self._told = 0.0
        self._lock = Lock()

    @property
    def busy(self) -> bool:
        """Whether something is being written or waits."""
        return self._open > 0

    def start(self, wanted: Sequence[Wanted]) -> None:
        """Writes the reports after those that were wanted before."""
        self._count += 1
        self._open += 1
        number, wishes, path = self._count, tuple(wanted), self._path

        def work() -> Ended:
            outcomes = write_all(path, list(wishes), lambda progress: self._goes_on(number, progress))
            return Ended(tuple(outcomes), wishes, len(outcomes) < len(wishes))

        self._work.ask(f"export {number}", seen(work))

    def cancel(self) -> None:
        """Ends what is being written and what waits: files that are not whole yet stay as they were."""
        with self._lock:
            self._stopped_to = self._count

    def stop(self) -> None:
        """The study is about to be closed: a file that is being written is finished, no other is begun."""
        with self._lock:
            self._closing = True
            self._stopped_to = max(self._stopped_to, self._at[0] - 1)
        self._work.wait()
        self._work.stop()
        self._open = 0

    def _goes_on(self, number: int, progress: Progress) -> bool:
        """Asked and told by the thread."""
        with self._lock:
            if number <= self._stopped_to or (self._closing and progress.at > self._last_of(number)):
                return False
            if not self._closing:
                self._at = number, progress.at
        now = monotonic()
        if not self._closing and (now - self._told > _OFTEN_S or not progress.done):
            self._told = now
            self.progressed.emit(progress)
        return True

    def _last_of(self, number: int) -> int:
        """The last report of a wish that is still written when the study is closed."""
        return self._at[1] if number == self._at[0] else 0

    def _done(self, _name: str, answer: object) -> None:
        self._open = max(0, self._open - 1)
        if isinstance(answer, Broken):
            self.broken.emit(answer.problem)
        else:
            self.ended.emit(answer)


# -- what was written last, kept in the study ---------------------------------------------------------------


def keep(project: "Project", wanted: Sequence[Wanted]) -> None:
    """Keeps what was written, to be written again; places beside the study are kept as seen from it."""
    rows = [
        {
            "name": one.name,
            "format": one.format,
            "out": _kept(project.path, one.out),
            "options": dict(one.options),
        }
        | ({"may_lack": True} if one.may_lack else {})
        for one in wanted
    ]
    project.set_setting(_LAST, json.dumps(rows, ensure_ascii=False))


def kept(project: "Project") -> list[Wanted]:
    """What was written last; nothing where that is unknown or cannot be read."""
    try:
        rows = json.loads(project.setting(_LAST) or "[]")
        return [_wanted(project.path, row) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []


def _wanted(study: Path, row: dict[str, Any]) -> Wanted:
    options = {str(key): str(value) for key, value in row["options"].items()}
    out = study.parent / str(row["out"])  # an absolute one stays as it is
    return Wanted(str(row["name"]), str(row["format"]), out, options, may_lack=bool(row.get("may_lack")))


def _kept(study: Path, out: Path) -> str:
    """The place as seen from the study where it lies beside or below it, else the whole."""
    whole, here = os.path.abspath(out), os.path.abspath(study.parent)  # noqa: PTH100 - links are not followed
    if Path(whole).is_relative_to(here):
        return Path(whole).relative_to(here).as_posix()
    return whole


def last_place(project: "Project", name: str, format_name: str) -> Path | None:
    """Where the report was written last in that format, else in another one, with the wanted suffix."""
    place = project.setting(f"report.{name}.out")
    if not place:
        return None
    return (project.path.parent / place).with_suffix(f".{format_name}")


def keep_place(project: "Project", one: Wanted) -> None:
    """Keeps where a report was written."""
    project.set_setting(f"report.{one.name}.out", _kept(project.path, one.out))


def known_here(study: Path, wanted: Sequence[Wanted], saving_folder: Path) -> bool:
    """Whether the places are this person's: a study from elsewhere must not say where files are replaced.

    They are where they lie beside the study or where something was saved on this computer last.
    """
    here = [os.path.abspath(folder) for folder in (study.parent, saving_folder)]  # noqa: PTH100
    places = [Path(os.path.abspath(one.out)) for one in wanted]  # noqa: PTH100
    return all(
        place.suffix == f".{one.format}" and any(place.is_relative_to(folder) for folder in here)
        for one, place in zip(wanted, places, strict=True)
    )
