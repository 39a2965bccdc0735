"""Small queries for a window that follows every act: only what an act touched is asked for again.

Whole documents and whole trees are read by ``codes`` and ``material``; these here stay below a millisecond
however large the project is.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, or_, select

from qda.coding.codebook import COLOUR_ORDER
from qda.coding.origins import kind_of
from qda.coding.rows import Mark
from qda.models import Project
from qda.models.codes import Code, Coding, MemoLink, Property, PropertyValue, Segment
from qda.models.material import Case, Coder, Paragraph, Source, Speaker
from qda.models.theory import Placement, Relation

_AT_ONCE = 400  # GUIDs in one query


def marks_of(
    project: Project, source: str, *, codings: Iterable[str] = (), segments: Iterable[str] = ()
) -> list[Mark]:
    """The codings of a document among those named, or on one of the named segments."""
    found: dict[str, Mark] = {}
    with project.read() as db:
        source_id = db.execute(select(Source.id).where(Source.guid == source)).scalar_one_or_none()
        if source_id is None:
            return []
        colours: dict[int, int] = {}
        for query, guids in zip(_mark_queries(), (list(codings), list(segments)), strict=True):
            for at in range(0, len(guids), _AT_ONCE):
                asked = {"guids": guids[at : at + _AT_ONCE], "source": source_id}
                for r in db.execute(query, asked):
                    if r.code_id not in colours:
                        colours[r.code_id] = _colour(db, r.code_id)
                    found[r.guid] = Mark(
                        r.guid,
                        r.segment,
                        r.start,
                        r.stop,
                        r.code,
                        r.name,
                        r.origin == "in-vivo",
                        colours[r.code_id],
                        r.coder,
                        r.comment,
                        kind_of(r.came),
                        r.phase,
                    )
    return list(found.values())


@cache  # made once: asked after every act
def _mark_queries() -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """The marks of a document by GUIDs of codings, and by GUIDs of segments."""
    query = (
        select(
            Coding.guid,
            Segment.guid.label("segment"),
            Segment.start,
            Segment.stop,
            Code.id.label("code_id"),
            Code.guid.label("code"),
            Code.name,
            Code.origin,
            Coder.name.label("coder"),
            Coding.comment,
            Coding.origin.label("came"),
            Coding.phase,
        )
        .join(Segment, Segment.id == Coding.segment_id)
        .join(Code, Code.id == Coding.code_id)
        .join(Coder, Coder.id == Coding.coder_id)
        .where(Segment.source_id == bindparam("source"))
    )
    wanted: BindParameter[str] = bindparam("guids", expanding=True)
    return query.where(Coding.guid.in_(wanted)), query.where(Segment.guid.in_(wanted))


def _colour(db: Connection, code: int) -> int:
    above: int | None = code
    while above is not None:
        row = db.execute(select(Code.colour, Code.parent_id).where(Code.id == above)).one()
        if row.colour is not None:
            return int(row.colour)
        above = row.parent_id
    return COLOUR_ORDER[0]


def source_counts(project: Project, sources: Iterable[str]) -> dict[str, int]:
    """How many codings the named documents have."""
    with project.read() as db:
        query = (
            select(Source.guid, func.count(Coding.id))
            .outerjoin(Segment, Segment.source_id == Source.id)
            .outerjoin(Coding, Coding.segment_id == Segment.id)
            .where(Source.guid.in_(list(sources)))
            .group_by(Source.guid)
        )
        return {row[0]: row[1] for row in db.execute(query)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a coding or segment lies."""

    source: str
    segment: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class CodedPlace:
    """A passage under a code: GUIDs of the code, of the case (if any) and of the document."""

    code: str
    segment: int
    case: str | None
    source: str


def coded_places(project: Project) -> Iterator[CodedPlace]:
    """Where the passages of all codes stand, without words; a speaker’s case outranks the document’s."""
    with project.read() as db:
        codes = {r.id: r.guid for r in db.execute(select(Code.id, Code.guid))}
        cases: dict[int | None, str] = {r.id: r.guid for r in db.execute(select(Case.id, Case.guid))}
        sources = {r.id: r for r in db.execute(select(Source.id, Source.guid, Source.case_id))}
        special = speakers_cases(db)
        query = select(Coding.code_id, Segment.id, Segment.source_id, Segment.start).join(
            Segment, Segment.id == Coding.segment_id
        )
        for code, segment, source, start in db.execute(query):
            case = sources[source].case_id
            if source in special:
                starts, found = special[source]
                case = found[max(0, bisect_right(starts, start) - 1)] or case
            yield CodedPlace(codes[code], segment, cases.get(case), sources[source].guid)


def coding_count(project: Project) -> int:
    """How many codings there are, whoever made them."""
    with project.read() as db:
        return int(db.execute(select(func.count(Coding.id))).scalar_one())


def speakers_cases(db: Connection) -> dict[int, tuple[list[int], list[int | None]]]:
    """For documents of which a speaker has a case of one’s own: starts of paragraphs, the cases there."""
    special = select(Speaker.source_id).where(Speaker.case_id.is_not(None))
    query = (
        select(Paragraph.source_id, Paragraph.start, Speaker.case_id)
        .outerjoin(Speaker, Speaker.id == Paragraph.speaker_id)
        .where(Paragraph.source_id.in_(special))
        .order_by(Paragraph.source_id, Paragraph.start)
    )
    found: dict[int, tuple[list[int], list[int | None]]] = {}
    for source, start, case in db.execute(query):
        starts, cases = found.setdefault(source, ([], []))
        starts.append(start)
        cases.append(case)
    return found


def place_of_coding(project: Project, coding: str) -> Place | None:
    """Where a coding lies; none where it is gone."""
    with project.read() as db:
        row = db.execute(
            select(Source.guid, Segment.guid, Segment.start, Segment.stop)
            .join(Segment, Segment.source_id == Source.id)
            .join(Coding, Coding.segment_id == Segment.id)
            .where(Coding.guid == coding)
        ).first()
    return Place(*row) if row else None


def code_of_coding(project: Project, coding: str) -> str:
    """The code of a coding; empty where it is gone."""
    with project.read() as db:
        query = select(Code.guid).join(Coding, Coding.code_id == Code.id).where(Coding.guid == coding)
        return db.execute(query).scalar_one_or_none() or ""


@dataclass(frozen=True, slots=True)
class CaseCount:
    """How many codings of a code stand in a case; ``case`` is empty for documents without one."""

    case: str
    name: str
    codings: int


def case_counts(project: Project, code: str) -> list[CaseCount]:
    """The codings of one code by case, in order; a speaker’s case outranks the document’s."""
    with project.read() as db:
        query = (
            select(Segment.source_id, Segment.start, Source.case_id)
            .join(Coding, Coding.segment_id == Segment.id)
            .join(Code, Code.id == Coding.code_id)
            .join(Source, Source.id == Segment.source_id)
            .where(Code.guid == code)
        )
        special = set(db.execute(select(Speaker.source_id).where(Speaker.case_id.is_not(None))).scalars())
        counts: dict[int | None, int] = {}
        for r in db.execute(query):
            case = r.case_id
            if r.source_id in special:
                case = _case_at(db, r.source_id, r.start) or case
            counts[case] = counts.get(case, 0) + 1
        rows = db.execute(select(Case.id, Case.guid, Case.name).order_by(Case.position, Case.id)).all()
        found = [CaseCount(r.guid, r.name, counts[r.id]) for r in rows if r.id in counts]
        return [*found, CaseCount("", "", counts[None])] if None in counts else found


def _case_at(db: Connection, source: int, start: int) -> int | None:
    query = (
        select(Speaker.case_id)
        .join(Paragraph, Paragraph.speaker_id == Speaker.id)
        .where(Paragraph.source_id == source, Paragraph.start <= start)
        .order_by(Paragraph.start.desc())
        .limit(1)
    )
    return db.execute(query).scalar_one_or_none()


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """Where a segment lies on a dimension, with the name of its case."""

    guid: str
    property: str
    value: str
    segment: str
    case_name: str


def values_of_code(project: Project, code: str) -> list[PlacedValue]:
    """The values on all properties of a code, oldest first."""
    with project.read() as db:
        query = (
            select(
                PropertyValue.guid,
                Property.guid.label("property"),
                PropertyValue.value,
                Segment.guid.label("segment"),
                Segment.source_id,
                Segment.start,
                Case.name.label("case_name"),
            )
            .join(Property, Property.id == PropertyValue.property_id)
            .join(Code, Code.id == Property.code_id)
            .join(Segment, Segment.id == PropertyValue.segment_id)
            .join(Source, Source.id == Segment.source_id)
            .outerjoin(Case, Case.id == Source.case_id)
            .where(Code.guid == code)
            .order_by(PropertyValue.id)
        )
        return [
            PlacedValue(r.guid, r.property, r.value, r.segment, _speakers_case(db, r) or r.case_name or "")
            for r in db.execute(query).all()
        ]


def _speakers_case(db: Connection, row: object) -> str:
    case = _case_at(db, row.source_id, row.start)  # type: ignore[attr-defined]
    return db.execute(select(Case.name).where(Case.id == case)).scalar_one() if case else ""


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would move: ``joined`` of the ``codings`` are the same as one that is there already."""

    codings: int
    joined: int
    children: int
    relations: int
    placements: int
    properties: int
    memos: int


def merge_preview(project: Project, code: str, into: str) -> MergePreview:
    """What :func:`qda.coding.codebook.merge_codes` would move from ``code`` to ``into``."""
    with project.read() as db:
        wanted = select(Code.id, Code.guid).where(Code.guid.in_((code, into)))
        ids = {r.guid: r.id for r in db.execute(wanted)}
        gone, kept = ids.get(code, -1), ids.get(into, -1)

        def count(entity: type, *where: object) -> int:
            query = select(func.count()).select_from(entity).where(*where)  # type: ignore[arg-type]
            return int(db.execute(query).scalar_one())

        theirs = select(Coding.segment_id).where(Coding.code_id == kept)
        return MergePreview(
            codings=count(Coding, Coding.code_id == gone),
            joined=count(Coding, Coding.code_id == gone, Coding.segment_id.in_(theirs)),
            children=count(Code, Code.parent_id == gone, Code.id != kept),
            relations=count(Relation, or_(Relation.from_id == gone, Relation.to_id == gone)),
            placements=count(Placement, Placement.code_id == gone),
            properties=count(Property, Property.code_id == gone),
            memos=count(MemoLink, MemoLink.target_table == "code", MemoLink.target_guid == code),
        )
