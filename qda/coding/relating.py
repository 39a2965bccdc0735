"""A relation from a passage: "this says that A leads to B", as one step."""

from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from qda.coding import axial, evidence
from qda.coding.codebook import code_named
from qda.coding.evidence import EvidenceKind, Polarity
from qda.coding.paradigms import relation_label
from qda.coding.references import CodeOrNew, ModelRef, PassageRef
from qda.coding.rows import SegmentRow
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Source
from qda.models.theory import Evidence, EvidenceSegment, ParadigmModel, Relation


def relate_passage(
    project: Project,
    *,
    model: ModelRef,
    from_code: CodeOrNew,
    to_code: CodeOrNew,
    segments: list[PassageRef],
    type: axial.RelationType = "leads_to",
    own_type: str = "",
    statement: str = "",
    polarity: Polarity = "supporting",
    kind: EvidenceKind = "spoken",
    note: str = "",
) -> str:
    """Relates two codes; the passages are the first evidence. Codes not yet known are made.

    Returns the relation's GUID.
    """
    with project.unit(_("Relation from a passage")):
        if not segments:
            raise KnownError(_("Evidence needs at least one passage."))
        start, end = code_named(project, from_code), code_named(project, to_code)
        relation = axial.relate_codes(
            project,
            model=model,
            from_code=start.guid,
            to_code=end.guid,
            type=type,
            own_type=own_type,
            statement=statement,
        )
        evidence.add_evidence(
            project, relation=relation, segments=segments, polarity=polarity, kind=kind, note=note
        )
        return relation


# -- what a passage could say -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShortRelation:
    """A relation of an active model without its evidence; ``here``: what the passage is for it already."""

    guid: str
    model: str
    model_name: str
    number: int
    from_code: str
    from_name: str
    type: str
    own_type: str
    to_code: str
    to_name: str
    statement: str
    status: str
    here: str = ""

    @property
    def words(self) -> str:
        """ "calling leads to staying"."""
        return f"{self.from_name} {relation_label(self.type, own=self.own_type)} {self.to_name}"


def short_relations(project: Project, passage: SegmentRow | None = None) -> list[ShortRelation]:
    """The relations of the active models, by model and number."""
    with project.read() as db:
        here = _evidence_here(db, passage) if passage is not None else {}
        start, end = aliased(Code), aliased(Code)
        query = (
            select(
                *(Relation.guid, ParadigmModel.guid, ParadigmModel.name, Relation.number),
                *(start.guid, start.name, Relation.type, Relation.own_type),
                *(end.guid, end.name, Relation.statement, Relation.status),
            )
            .join(ParadigmModel, ParadigmModel.id == Relation.model_id)
            .join(start, start.id == Relation.from_id)
            .join(end, end.id == Relation.to_id)
            .where(ParadigmModel.status == "active")
            .order_by(ParadigmModel.position, ParadigmModel.id, Relation.number)
        )
        return [ShortRelation(*row, here.get(row[0], "")) for row in db.execute(query)]


def _evidence_here(db: Connection, passage: SegmentRow) -> dict[str, str]:
    """By relation (GUID) the polarity that exactly this passage has as evidence."""
    query = (
        select(Relation.guid, Evidence.polarity)
        .join(Evidence, Evidence.relation_id == Relation.id)
        .join(EvidenceSegment, EvidenceSegment.evidence_id == Evidence.id)
        .join(Segment, Segment.id == EvidenceSegment.segment_id)
        .join(Source, Source.id == Segment.source_id)
        .where(Source.guid == passage.source, Segment.start == passage.start, Segment.stop == passage.stop)
        .order_by(Evidence.id)
    )
    return {row[0]: row[1] for row in db.execute(query)}


def codes_in(project: Project, source: str, start: int, stop: int) -> list[str]:
    """The codes (GUIDs) of passages that overlap a span, in the order of the text, each once."""
    with project.read() as db:
        query = (
            select(Code.guid)
            .join(Coding, Coding.code_id == Code.id)
            .join(Segment, Segment.id == Coding.segment_id)
            .join(Source, Source.id == Segment.source_id)
            .where(Source.guid == source, Segment.start < stop, Segment.stop > start)
            .order_by(Segment.start, Segment.stop, Coding.id)
        )
        return list(dict.fromkeys(db.execute(query).scalars()))
