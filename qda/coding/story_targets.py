"""What a story can refer to, in few words and fast: relations by their sentence, passages by their words."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from qda.coding.citation import may_quote
from qda.coding.material import Passages
from qda.coding.rows import SegmentRow
from qda.coding.search import Hit, search
from qda.coding.story_claims import sentences_of
from qda.coding.story_text import Plain, Reference, parse
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Source
from qda.models.theory import Evidence, EvidenceSegment, ParadigmModel, Relation, RelationCondition, Story

_MOST_HITS = 16


@dataclass(frozen=True, slots=True)
class RelationName:
    """A relation as one finds it: its number, its sentence or both ends, whether its model is active."""

    guid: str
    number: int
    model: str
    from_code: str
    from_name: str
    to_code: str
    to_name: str
    statement: str
    status: str
    active: bool
    conditioned: bool

    @property
    def words(self) -> str:
        """The statement, or both ends where it has none."""
        return self.statement or f"{self.from_name} – {self.to_name}"


def relation_names(project: Project) -> list[RelationName]:
    """All relations by model and number, without their evidence."""
    start, end = aliased(Code), aliased(Code)
    conditioned = select(RelationCondition.id).where(RelationCondition.relation_id == Relation.id).exists()
    query = (
        select(
            Relation.guid,
            Relation.number,
            ParadigmModel.guid.label("model"),
            start.guid.label("from_code"),
            start.name.label("from_name"),
            end.guid.label("to_code"),
            end.name.label("to_name"),
            Relation.statement,
            Relation.status,
            ParadigmModel.status.label("model_status"),
            conditioned.label("conditioned"),
        )
        .join(ParadigmModel, ParadigmModel.id == Relation.model_id)
        .join(start, start.id == Relation.from_id)
        .join(end, end.id == Relation.to_id)
        .order_by(ParadigmModel.position, ParadigmModel.id, Relation.number)
    )
    with project.read() as db:
        return [RelationName(*r[:9], r[9] == "active", bool(r[10])) for r in db.execute(query)]


def near_passages(project: Project, *, most: int = 60) -> list[SegmentRow]:
    """Passages that a theory is told with: quoted in a story, evidence, typical and deviating ones.

    Those that may not be quoted are left out; where there are too few, the last coded ones come behind.
    """
    with project.read() as db:
        guids = list(dict.fromkeys(_near(db, most)))[:most]
        found = Passages(db).of(guids)
    return [found[guid] for guid in guids if guid in found and may_quote(found[guid])]


def _near(db: Connection, most: int) -> Iterable[str]:
    for body in db.execute(select(Story.body)).scalars():
        yield from (
            part.target for part in parse(body) if isinstance(part, Reference) and part.kind == "segment"
        )
    pieces = (
        select(Segment.guid)
        .join(EvidenceSegment, EvidenceSegment.segment_id == Segment.id)
        .order_by(EvidenceSegment.id.desc())
        .limit(most)
    )
    yield from db.execute(pieces).scalars()
    for column in (Code.deviating_id, Code.typical_id):
        yield from db.execute(select(Segment.guid).join(Code, column == Segment.id).limit(most)).scalars()
    coded = select(Segment.guid).join(Coding, Coding.segment_id == Segment.id).order_by(Coding.id.desc())
    yield from db.execute(coded.limit(most)).scalars()


def passages_with(project: Project, words: str, *, most: int = 8) -> list[SegmentRow]:
    """Passages in which words stand, shortest first, and where none is: the paragraph itself.

    A row without a GUID is a paragraph's words that are no passage yet.
    """
    hits = search(project, words, limit=_MOST_HITS)
    rows: dict[tuple[str, int, int], SegmentRow] = {}
    with project.read() as db:
        passages = Passages(db)
        ids = {row.guid: row.id for row in db.execute(select(Source.id, Source.guid))}
        for hit in hits:
            source = ids[hit.source]
            query = select(Segment.guid, Segment.start, Segment.stop).where(
                Segment.source_id == source, Segment.start <= hit.start, Segment.stop >= hit.stop
            )
            spans = [(r.guid, r.start, r.stop) for r in db.execute(query)]
            guid, start, stop = min(spans, key=lambda one: one[2] - one[1], default=("", hit.start, hit.stop))
            if not guid:
                start, stop = _sentence(hit, passages.row("", source, start, stop).text)
            row = passages.row(guid, source, start, stop)
            if may_quote(row):
                rows.setdefault((row.source, row.start, row.stop), row)
            if len(rows) >= most:
                break
    return list(rows.values())


def _sentence(hit: Hit, words: str) -> tuple[int, int]:
    """The sentence around a hit (code points of the document)."""
    within = hit.text.find(words)
    for sentence in sentences_of((Plain(hit.text),)):
        if sentence.start <= within < sentence.stop:
            return hit.start - within + sentence.start, hit.start - within + sentence.stop
    return hit.start, hit.stop


def against(project: Project, codes: Iterable[str], *, most: int = 12) -> list[SegmentRow]:
    """Passages that speak against relations of active models which join one of the codes (GUIDs)."""
    ends = select(Code.id).where(Code.guid.in_(list(codes)))
    query = (
        select(Segment.guid)
        .join(EvidenceSegment, EvidenceSegment.segment_id == Segment.id)
        .join(Evidence, Evidence.id == EvidenceSegment.evidence_id)
        .join(Relation, Relation.id == Evidence.relation_id)
        .join(ParadigmModel, ParadigmModel.id == Relation.model_id)
        .where(
            Evidence.polarity == "contradicting",
            ParadigmModel.status == "active",
            Relation.status != "rejected",
            Relation.from_id.in_(ends) | Relation.to_id.in_(ends),
        )
        .order_by(Relation.number, Evidence.id)
        .limit(most)
    )
    with project.read() as db:
        guids = list(dict.fromkeys(db.execute(query).scalars()))
        found = Passages(db).of(guids)
    return [found[guid] for guid in guids if guid in found]
