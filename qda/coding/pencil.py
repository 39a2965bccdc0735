"""Pencil marks: a passage marked without a code, by a person, with a note or none."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from qda.coding.access import add, clean, coder_of, delete, get, rows
from qda.coding.pointers import joined
from qda.coding.references import PencilRef, SourceRef
from qda.coding.segments import release, segment_at
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Segment
from qda.models.desk import Pencil
from qda.models.material import Coder, Source


@dataclass(frozen=True, slots=True)
class PencilRow:
    """A pencil mark and where it lies; ``coder`` is the person's name."""

    guid: str
    segment: str
    source: str
    start: int
    stop: int
    note: str
    coder: str
    created: datetime


def pencil(project: Project, *, source: SourceRef, start: int, stop: int, note: str = "") -> str:
    """Marks a passage without a code; marked again, the notes join. Returns the mark's GUID."""
    with project.unit(_("Pencil mark")) as session:
        segment = segment_at(project, get(session, Source, source), start, stop)
        person = coder_of(project)
        words = clean(note).strip()
        known = rows(session, Pencil, segment_id=segment.id, coder_id=person.id)
        if known:
            known[0].note = joined(known[0].note, words)
            return known[0].guid
        mark = Pencil(segment_id=segment.id, note=words, coder_id=person.id, created=project.clock())
        return add(session, mark).guid


def change_pencil(project: Project, *, pencil: PencilRef, note: str) -> str:
    """Writes the note of a pencil mark."""
    with project.unit(_("Change pencil mark")) as session:
        row = get(session, Pencil, pencil)
        row.note = clean(note).strip()
        return row.guid


def remove_pencil(project: Project, *, pencil: PencilRef) -> str:
    """Rubs a pencil mark out."""
    with project.unit(_("Remove pencil mark")) as session:
        row = get(session, Pencil, pencil)
        segment = row.segment_id
        delete(session, row)
        release(session, segment)
        return pencil


def pencils(project: Project, source: str | None = None) -> list[PencilRow]:
    """The pencil marks of a document, or of all, by place."""
    with project.read() as db:
        query = (
            select(
                Pencil.guid,
                Segment.guid.label("segment"),
                Source.guid.label("source"),
                Segment.start,
                Segment.stop,
                Pencil.note,
                Coder.name.label("coder"),
                Pencil.created,
            )
            .join(Segment, Segment.id == Pencil.segment_id)
            .join(Source, Source.id == Segment.source_id)
            .join(Coder, Coder.id == Pencil.coder_id)
            .order_by(Source.position, Source.id, Segment.start, Segment.stop, Pencil.id)
        )
        if source:
            query = query.where(Source.guid == source)
        return [PencilRow(*row) for row in db.execute(query)]
