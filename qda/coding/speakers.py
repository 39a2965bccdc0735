"""Speakers of a document: who is behind a label, and two labels of one person."""

from sqlalchemy import select

from qda.coding.access import clean, delete, get, rows
from qda.coding.material import stored_text
from qda.coding.references import SpeakerRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.material import Paragraph, Source, Speaker


def name_speaker(project: Project, *, speaker: SpeakerRef, name: str = "") -> str:
    """Says who is behind a label ("the deputy"); the label in the text stays as it is."""
    with project.unit(_("Name speaker")) as session:
        row = get(session, Speaker, speaker)
        row.name = " ".join(clean(name).split())
        return row.guid


def merge_speakers(project: Project, *, speaker: SpeakerRef, into: SpeakerRef) -> str:
    """Gives all turns of one speaker to another of the same document: the label was mistyped.

    The text stays as it is; role and case are those of ``into``.
    """
    with project.unit(_("Merge speakers")) as session:
        gone, kept = get(session, Speaker, speaker), get(session, Speaker, into)
        if gone.id == kept.id:
            raise KnownError(_("A speaker cannot be merged with itself."))
        if gone.source_id != kept.source_id:
            raise KnownError(_("Only speakers of one document can be merged."))
        for paragraph in rows(session, Paragraph, speaker_id=gone.id):
            paragraph.speaker_id = kept.id
        session.flush()
        delete(session, gone)
        return kept.guid


def words_spoken(project: Project, *, source: str) -> dict[str, int]:
    """How many words each speaker of a document says, by GUID; labels do not count."""
    with project.read() as db:
        text = stored_text(db, source)
        query = (
            select(Speaker.guid, Paragraph.label_stop, Paragraph.stop)
            .join(Paragraph, Paragraph.speaker_id == Speaker.id)
            .join(Source, Source.id == Paragraph.source_id)
            .where(Source.guid == source)
        )
        counted: dict[str, int] = {}
        for row in db.execute(query):
            counted[row.guid] = counted.get(row.guid, 0) + len(text[row.label_stop : row.stop].split())
    return counted
