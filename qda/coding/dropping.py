"""Removing segments with everything that hangs on them, table by table: there may be thousands."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from qda.coding.access import AT_ONCE, E, delete, rows
from qda.coding.evidence import drop_evidence
from qda.coding.memos import drop_links
from qda.models.codes import Code, Coding, PropertyValue, Segment
from qda.models.desk import Pencil
from qda.models.inquiry import CandidatePass, CellQuotation
from qda.models.theory import Evidence, EvidenceSegment


def drop_segments(session: Session, segments: Sequence[int]) -> None:
    """Removes segments (by id) inside a running unit, with codings, pencil marks, values and memo links.

    Evidence that loses its last passage goes; codes lose the passages chosen for them.
    """
    codings = _on(session, Coding, Coding.segment_id, segments)
    drop_links(session, "coding", *(coding.guid for coding in codings))
    delete(session, *codings)
    delete(session, *_on(session, Pencil, Pencil.segment_id, segments))
    delete(session, *_on(session, CandidatePass, CandidatePass.segment_id, segments))
    delete(session, *_on(session, CellQuotation, CellQuotation.segment_id, segments))
    links = _on(session, EvidenceSegment, EvidenceSegment.segment_id, segments)
    delete(session, *links)
    for piece in sorted({link.evidence_id for link in links}):
        if not rows(session, EvidenceSegment, evidence_id=piece):
            drop_evidence(session, session.get_one(Evidence, piece))
    delete(session, *_on(session, PropertyValue, PropertyValue.segment_id, segments))
    for field in ("typical_id", "deviating_id", "in_vivo_id"):
        for code in _on(session, Code, getattr(Code, field), segments):
            setattr(code, field, None)
    session.flush()
    gone = _on(session, Segment, Segment.id, segments)
    drop_links(session, "segment", *(segment.guid for segment in gone))
    delete(session, *gone)


def _on(
    session: Session, entity: type[E], column: InstrumentedAttribute[Any], segments: Sequence[int]
) -> list[E]:
    found: list[E] = []
    for at in range(0, len(segments), AT_ONCE):
        query = select(entity).where(column.in_(segments[at : at + AT_ONCE])).order_by(entity.id)
        found += session.scalars(query)
    return found
