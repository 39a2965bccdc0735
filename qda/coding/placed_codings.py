"""Where codings lie, without their words: the shortest answer, for what follows every act."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Source

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class PlacedCoding:
    """A coding (GUID): its document, start and stop, segment and code (GUIDs)."""

    guid: str
    source: str
    start: int
    stop: int
    segment: str
    code: str


def placed_codings(project: Project, guids: Collection[str] | None = None) -> list[PlacedCoding]:
    """All codings of all people in the order of the texts, or those of some GUIDs that are there."""
    columns = (Coding.guid, Source.guid, Segment.start, Segment.stop, Segment.guid, Code.guid)
    query = (
        select(*columns)
        .join(Segment, Segment.id == Coding.segment_id)
        .join(Source, Source.id == Segment.source_id)
        .join(Code, Code.id == Coding.code_id)
        .order_by(Source.position, Source.id, Segment.start, Segment.stop, Coding.id)
    )
    wanted = None if guids is None else sorted(guids)
    with project.read() as db:
        if wanted is None:
            return [PlacedCoding(*row) for row in db.execute(query)]
        return [
            PlacedCoding(*row)
            for at in range(0, len(wanted), _AT_ONCE)
            for row in db.execute(query.where(Coding.guid.in_(wanted[at : at + _AT_ONCE])))
        ]
