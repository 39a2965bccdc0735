"""The codings of one document with their passages, and its time marks, for whoever prints the document."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from qda.models.codes import Code, Coding, Segment
from qda.models.material import Coder, Source, TimeMark


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A coding of ``start``–``stop`` in the document; ``segment``, ``code`` and ``coder_guid`` are GUIDs."""

    guid: str
    segment: str
    start: int
    stop: int
    code: str
    coder: str
    coder_guid: str
    comment: str
    created: datetime


def time_marks(db: Connection, source: str) -> list[tuple[int, str]]:
    """Where the time marks of a document stand, and how they are written."""
    query = (
        select(TimeMark.position, TimeMark.written)
        .join(Source, Source.id == TimeMark.source_id)
        .where(Source.guid == source)
        .order_by(TimeMark.position)
    )
    return [(position, written) for position, written in db.execute(query).all()]


def coded_passages(db: Connection, source: str) -> list[CodedPassage]:
    """All codings of a document as they follow in it; of those that begin together the longer first."""
    query = (
        select(
            Coding.guid,
            Segment.guid.label("segment"),
            Segment.start,
            Segment.stop,
            Code.guid.label("code"),
            Coder.name.label("coder"),
            Coder.guid.label("coder_guid"),
            Coding.comment,
            Coding.created,
        )
        .join(Segment, Segment.id == Coding.segment_id)
        .join(Source, Source.id == Segment.source_id)
        .join(Code, Code.id == Coding.code_id)
        .join(Coder, Coder.id == Coding.coder_id)
        .where(Source.guid == source)
        .order_by(Segment.start, Segment.stop.desc(), Coding.created, Coding.id)
    )
    return [CodedPassage(*row) for row in db.execute(query).all()]


def segments_among(
    db: Connection, source: str, wanted: Collection[str]
) -> list[tuple[str, int, int, datetime]]:
    """Those segments of a document that are ``wanted`` (GUIDs): GUID, start, stop, when made."""
    query = (
        select(Segment.guid, Segment.start, Segment.stop, Segment.created)
        .join(Source, Source.id == Segment.source_id)
        .where(Source.guid == source)
    )
    return [(guid, start, stop, at) for guid, start, stop, at in db.execute(query).all() if guid in wanted]
