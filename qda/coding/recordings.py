"""The recording beside a transcript: where it lies, and which moment belongs to a place of the text."""

import os
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from qda.coding.access import clean, get
from qda.coding.references import SourceRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.material import Source, TimeMark


@dataclass(frozen=True, slots=True)
class TimeMarkRow:
    """A time mark: its place in the text (code points), its time, and as it was written."""

    position: int
    ms: int
    written: str


def set_media(project: Project, *, source: SourceRef, file: str = "") -> str:
    """Puts a recording beside a transcript; an empty ``file`` takes it away. The file stays where it is.

    The path is kept as seen from the project file where the two share a drive, so that a folder can move.
    """
    with project.unit(_("Choose the recording")) as session:
        row = get(session, Source, source)
        written = clean(file).strip()
        if written:
            path = Path(written).expanduser()
            if not path.is_absolute():
                path = project.path.parent / path
            if not path.is_file():
                raise KnownError(_("There is no file “{name}”.").format(name=path.name), path=path)
            try:
                written = Path(os.path.relpath(path.resolve(), project.path.parent.resolve())).as_posix()
            except ValueError:  # another drive
                written = path.resolve().as_posix()
        row.media = written
        return row.guid


def media_path(project: Project, source: str) -> Path | None:
    """Where the recording of a document lies; none where none was chosen (the file may be gone)."""
    with project.read() as db:
        written = db.execute(select(Source.media).where(Source.guid == source)).scalar_one_or_none()
    return project.path.parent / written if written else None


def time_marks(project: Project, source: str) -> list[TimeMarkRow]:
    """The time marks of a document, in the order of the text."""
    with project.read() as db:
        query = (
            select(TimeMark.position, TimeMark.ms, TimeMark.written)
            .join(Source, Source.id == TimeMark.source_id)
            .where(Source.guid == source)
            .order_by(TimeMark.position, TimeMark.id)
        )
        return [TimeMarkRow(r.position, r.ms, r.written) for r in db.execute(query)]


def moment_of(marks: list[TimeMarkRow], position: int) -> int:
    """The time of the last mark at or before ``position``, in milliseconds; 0 before the first."""
    at = bisect_right([mark.position for mark in marks], position)
    return marks[at - 1].ms if at else 0


def place_of(marks: list[TimeMarkRow], ms: int) -> int:
    """Where in the text one is at a moment: the place of the last mark that is not later."""
    heard = [mark for mark in marks if mark.ms <= ms]
    return max(heard, key=lambda mark: (mark.ms, mark.position)).position if heard else 0
