"""Where memos stand in a document: on passages, and on codings of them."""

from dataclasses import dataclass

from sqlalchemy import select

from qda.models import Project
from qda.models.codes import Coding, Memo, MemoLink, Segment
from qda.models.material import Source


@dataclass(frozen=True, slots=True)
class MemoPlace:
    """A passage with a memo. Positions are code points of the stored text."""

    start: int
    stop: int
    memo: str
    kind: str
    title: str


def memo_places(project: Project, source: str) -> list[MemoPlace]:
    """The memos on passages of a document, in the order of the text; one on both is told once."""
    columns = (Segment.start, Segment.stop, Memo.guid, Memo.kind, Memo.title)
    on_segments = (
        select(*columns)
        .join(MemoLink, (MemoLink.target_table == "segment") & (MemoLink.target_guid == Segment.guid))
        .join(Memo, Memo.id == MemoLink.memo_id)
        .join(Source, Source.id == Segment.source_id)
        .where(Source.guid == source)
    )
    on_codings = (
        select(*columns)
        .join(Coding, Coding.segment_id == Segment.id)
        .join(MemoLink, (MemoLink.target_table == "coding") & (MemoLink.target_guid == Coding.guid))
        .join(Memo, Memo.id == MemoLink.memo_id)
        .join(Source, Source.id == Segment.source_id)
        .where(Source.guid == source)
    )
    with project.read() as db:
        found = {
            MemoPlace(start, stop, memo, kind, title)
            for query in (on_segments, on_codings)
            for start, stop, memo, kind, title in db.execute(query)
        }
    return sorted(found, key=lambda place: (place.start, place.stop, place.title, place.memo))
