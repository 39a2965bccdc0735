"""Evidence: passages that support, contradict or qualify a relation."""

from typing import Literal

from sqlalchemy.orm import Session

from qda.coding.access import add, clean, coder_of, delete, get, optional, rows
from qda.coding.memos import drop_links
from qda.coding.references import CaseRef, EvidenceRef, PassageRef, PassRef, RelationRef, SearchRef
from qda.coding.segments import passage, release
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.inquiry import CandidatePass
from qda.models.material import Case
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


def add_evidence_segments(project: Project, *, evidence: EvidenceRef, segments: list[PassageRef]) -> str:
    """Adds passages to a piece of evidence."""
    with project.unit(_("Add passage to evidence")) as session:
        for one in segments:
            add_evidence_segment(project, evidence=evidence, segment=one)
        return get(session, Evidence, evidence).guid


def remove_evidence_segment(project: Project, *, evidence: EvidenceRef, segment: PassageRef) -> str:
    """Takes a passage off a piece of evidence that has others."""
    with project.unit(_("Take passage off the evidence")) as session:
        row, place = get(session, Evidence, evidence), passage(project, segment)
        links = rows(session, EvidenceSegment, evidence_id=row.id)
        gone = [link for link in links if link.segment_id == place.id]
        if gone and len(gone) == len(links):
            raise KnownError(_("It is the only passage of the evidence. Remove the evidence instead."))
        delete(session, *gone)
        release(session, place.id)
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


def note_search(
    project: Project, *, relation: RelationRef, note: str = "", case: CaseRef | None = None
) -> str:
    """Keeps that evidence against a relation was searched for (in ``case``) and none was found."""
    with project.unit(_("Searched, found none")) as session:
        row, where = get(session, Relation, relation), optional(session, Case, case)
        return add(
            session,
            CounterSearch(
                relation_id=row.id,
                case_id=where.id if where else None,
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


def pass_candidate(project: Project, *, relation: RelationRef, segment: PassageRef) -> str:
    """Passes over a passage that was offered as evidence of a relation: it is not offered again."""
    with project.unit(_("Pass over a candidate")) as session:
        row, place = get(session, Relation, relation), passage(project, segment)
        known = rows(session, CandidatePass, relation_id=row.id, segment_id=place.id)
        if known:
            return known[0].guid
        passed = CandidatePass(
            relation_id=row.id,
            segment_id=place.id,
            created=project.clock(),
            coder_id=coder_of(project).id,
        )
        return add(session, passed).guid


def pass_candidates(project: Project, *, relation: RelationRef, segments: list[PassageRef]) -> str:
    """Passes over a candidate that is made of several passages. Returns the GUID of the first pass."""
    with project.unit(_("Pass over a candidate")):
        if not segments:
            raise KnownError(_("Name at least one passage to pass over."))
        made = [pass_candidate(project, relation=relation, segment=one) for one in dict.fromkeys(segments)]
        return made[0]


def take_up_candidates(project: Project, *, passed: list[PassRef]) -> str:
    """Offers several passages again that were passed over. Returns the GUID of the first pass."""
    with project.unit(_("Offer a candidate again")):
        if not passed:
            raise KnownError(_("Name at least one passage to offer again."))
        for one in dict.fromkeys(passed):
            take_up_candidate(project, passed=one)
        return passed[0]


def take_up_candidate(project: Project, *, passed: PassRef) -> str:
    """Offers a passage again that was passed over."""
    with project.unit(_("Offer a candidate again")) as session:
        row = get(session, CandidatePass, passed)
        segment = row.segment_id
        delete(session, row)
        release(session, segment)
        return passed
