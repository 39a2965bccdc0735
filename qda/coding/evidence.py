"""Evidence: passages that support, contradict or qualify a relation."""

from typing import Literal

from sqlalchemy.orm import Session

from qda.coding.access import add, clean, coder_of, delete, get, rows
from qda.coding.memos import drop_links
from qda.coding.references import EvidenceRef, PassageRef, RelationRef, SearchRef
from qda.coding.segments import passage, release
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.theory import CounterSearch, Evidence, EvidenceSegment, Relation

Polarity = Literal["supporting", "contradicting", "qualifying"]
EvidenceKind = Literal["spoken", "inferred"]


def add_evidence(
    project: Project,
    *,
    relation: RelationRef,
    segments: list[PassageRef],
    polarity: Polarity,
    kind: EvidenceKind = "spoken",
    note: str = "",
) -> str:
    """Gives a relation a piece of evidence: one or more passages, spoken or inferred."""
    with project.unit(_("Add evidence")) as session:
        row = get(session, Relation, relation)
        if not segments:
            raise KnownError(_("Evidence needs at least one passage."))
        piece = add(
            session,
            Evidence(
                relation_id=row.id,
                polarity=polarity,
                kind=kind,
                note=clean(note).strip(),
                coder_id=coder_of(project).id,
                created=project.clock(),
            ),
        )
        for written in dict.fromkeys(segments):
            place = passage(project, written)
            if not rows(session, EvidenceSegment, evidence_id=piece.id, segment_id=place.id):
                add(session, EvidenceSegment(evidence_id=piece.id, segment_id=place.id))
        return piece.guid


def change_evidence(
    project: Project,
    *,
    evidence: EvidenceRef,
    polarity: Polarity | None = None,
    kind: EvidenceKind | None = None,
    note: str | None = None,
) -> str:
    """Changes what a piece of evidence says, whose reading it is, or its note."""
    with project.unit(_("Change evidence")) as session:
        row = get(session, Evidence, evidence)
        if polarity is not None:
            row.polarity = polarity
        if kind is not None:
            row.kind = kind
        if note is not None:
            row.note = clean(note).strip()
        return row.guid


def add_evidence_segment(project: Project, *, evidence: EvidenceRef, segment: PassageRef) -> str:
    """Adds a passage to a piece of evidence."""
    with project.unit(_("Add passage to evidence")) as session:
        row, place = get(session, Evidence, evidence), passage(project, segment)
        if not rows(session, EvidenceSegment, evidence_id=row.id, segment_id=place.id):
            add(session, EvidenceSegment(evidence_id=row.id, segment_id=place.id))
        return row.guid


def drop_evidence(session: Session, piece: Evidence) -> None:
    """Removes a piece of evidence inside a running unit; passages that nothing else needs go too."""
    links = rows(session, EvidenceSegment, evidence_id=piece.id)
    segments = [link.segment_id for link in links]
    delete(session, *links)
    drop_links(session, "evidence", piece.guid)
    delete(session, piece)
    release(session, *segments)


def remove_evidence(project: Project, *, evidence: EvidenceRef) -> str:
    """Removes a piece of evidence."""
    with project.unit(_("Remove evidence")) as session:
        drop_evidence(session, get(session, Evidence, evidence))
        return evidence


def note_search(project: Project, *, relation: RelationRef, note: str = "") -> str:
    """Keeps that evidence against a relation was searched for and none was found."""
    with project.unit(_("Searched, found none")) as session:
        row = get(session, Relation, relation)
        return add(
            session,
            CounterSearch(
                relation_id=row.id,
                note=clean(note).strip(),
                coder_id=coder_of(project).id,
                created=project.clock(),
            ),
        ).guid


def remove_search(project: Project, *, search: SearchRef) -> str:
    """Takes a "searched, found none" back."""
    with project.unit(_("Remove “searched, found none”")) as session:
        delete(session, get(session, CounterSearch, search))
        return search
