"""Queries on codes: the tree with its counts, codings of a document or a code, properties, counts by case."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, func, select
from sqlalchemy.orm import aliased

from qda.coding import origins as origins_
from qda.coding.access import pairs
from qda.coding.codebook import COLOUR_ORDER
from qda.coding.material import Passages
from qda.coding.references import PATH_SEPARATOR
from qda.coding.rows import CodeRow, CodingRow, Mark, PropertyRow, ValueRow
from qda.models import Project
from qda.models.codes import Code, Coding, Property, PropertyValue, Segment
from qda.models.material import Case, Coder, Paragraph, Source, Speaker
from qda.models.theory import CoreCategory


def codes(project: Project) -> list[CodeRow]:
    """All codes in the order of the tree, with counts of their own and with those below."""
    with project.read() as db:
        return code_tree(db)


def code_tree(db: Connection) -> list[CodeRow]:
    """As :func:`codes`, on an open connection."""
    counts = pairs(db.execute(select(Coding.code_id, func.count()).group_by(Coding.code_id)))
    core = set(db.execute(select(CoreCategory.code_id)).scalars())
    children: dict[int | None, list[Row[tuple[object, ...]]]] = defaultdict(list)
    rows = db.execute(select(Code.__table__).order_by(Code.position, Code.id)).all()
    wanted = {s for r in rows for s in (r.typical_id, r.deviating_id, r.in_vivo_id) if s}
    segments = _guids(db, wanted)
    for row in rows:
        children[row.parent_id].append(row)
    guids = {row.id: row.guid for row in rows}
    below: dict[int, int] = {}

    def sum_below(row_id: int) -> int:
        if row_id not in below:
            below[row_id] = counts.get(row_id, 0) + sum(sum_below(c.id) for c in children[row_id])
        return below[row_id]

    found: list[CodeRow] = []
    stack = [(row, 0, COLOUR_ORDER[0], "") for row in reversed(children[None])]
    while stack:
        row, depth, colour, above = stack.pop()
        shown = row.colour if row.colour is not None else colour
        path = f"{above}{PATH_SEPARATOR}{row.name}" if above else row.name
        found.append(
            CodeRow(
                row.guid,
                row.name,
                path,
                guids.get(row.parent_id),
                depth,
                row.position,
                row.kind,
                row.origin,
                shown,
                row.colour,
                row.definition,
                row.delimitation,
                row.anchor,
                row.rule,
                row.id in core,
                counts.get(row.id, 0),
                sum_below(row.id),
                segments.get(row.typical_id),
                segments.get(row.deviating_id),
                segments.get(row.in_vivo_id),
            )
        )
        stack += [(child, depth + 1, shown, path) for child in reversed(children[row.id])]
    return found


def _guids(db: Connection, ids: Iterable[int]) -> dict[int | None, str]:
    wanted = sorted(ids)
    found: dict[int | None, str] = {}
    for at in range(0, len(wanted), 500):
        query = select(Segment.id, Segment.guid).where(Segment.id.in_(wanted[at : at + 500]))
        found |= {r.id: r.guid for r in db.execute(query)}
    return found


def marks(project: Project, source: str) -> list[Mark]:
    """The codings of a document as the transcript shows them, by place."""
    with project.read() as db:
        colours = {c.guid: c.colour for c in code_tree_colours(db)}
        codes_ = {
            row.id: (row.guid, row.name, row.origin == "in-vivo", colours[row.guid])
            for row in db.execute(select(Code.id, Code.guid, Code.name, Code.origin))
        }
        coders = {row.id: row.name for row in db.execute(select(Coder.id, Coder.name))}
        query = (
            select(
                Coding.guid,
                Segment.guid,
                Segment.start,
                Segment.stop,
                Coding.code_id,
                Coding.coder_id,
                Coding.comment,
                Coding.origin,
                Coding.phase,
            )
            .join(Segment, Segment.id == Coding.segment_id)
            .join(Source, Source.id == Segment.source_id)
            .where(Source.guid == source)
            .order_by(Segment.start, Segment.stop, Coding.created, Coding.id)
        )
        return [
            Mark(
                *(guid, segment, start, stop, *codes_[code], coders[coder], comment),
                origins_.kind_of(came),
                phase,
            )
            for guid, segment, start, stop, code, coder, comment, came, phase in db.execute(query).all()
        ]


@dataclass(frozen=True, slots=True)
class Colour:
    """The colour in which a code is shown."""

    guid: str
    colour: int


def code_tree_colours(db: Connection) -> list[Colour]:
    """The shown colour of every code, without counting anything."""
    rows = {r.id: r for r in db.execute(select(Code.id, Code.guid, Code.parent_id, Code.colour))}
    shown: dict[int, int] = {}

    def colour(row_id: int) -> int:
        if row_id not in shown:
            row = rows[row_id]
            if row.colour is not None:
                shown[row_id] = row.colour
            else:
                shown[row_id] = colour(row.parent_id) if row.parent_id in rows else COLOUR_ORDER[0]
        return shown[row_id]

    return [Colour(r.guid, colour(r.id)) for r in rows.values()]


def codings(
    project: Project,
    *,
    source: str | None = None,
    code: str | None = None,
    below: bool = False,
    guids: Iterable[str] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[CodingRow]:
    """Coded passages with their words: of a document, of a code (``below``: with the codes under it)."""
    with project.read() as db:
        colours = {c.guid: c.colour for c in code_tree_colours(db)}
        query = (
            select(
                Coding.guid,
                Code.guid.label("code"),
                Code.name,
                Code.origin,
                Coder.name.label("coder"),
                Coding.comment,
                Coding.created,
                Coding.origin.label("came"),
                Coding.phase,
                Segment.guid.label("segment"),
                Segment.source_id,
                Segment.start,
                Segment.stop,
            )
            .join(Segment, Segment.id == Coding.segment_id)
            .join(Source, Source.id == Segment.source_id)
            .join(Code, Code.id == Coding.code_id)
            .join(Coder, Coder.id == Coding.coder_id)
            .order_by(Source.position, Source.id, Segment.start, Segment.stop, Coding.created, Coding.id)
        )
        if source:
            query = query.where(Source.guid == source)
        if code:
            query = query.where(Code.id.in_(_subtree(code)) if below else Code.guid == code)
        if guids is not None:
            query = query.where(Coding.guid.in_(list(guids)))
        if limit is not None:
            query = query.limit(limit).offset(offset)
        passages = Passages(db)
        return [
            CodingRow(
                r.guid,
                r.code,
                r.name,
                r.origin == "in-vivo",
                colours[r.code],
                r.coder,
                r.comment,
                r.created,
                passages.row(r.segment, r.source_id, r.start, r.stop),
                *(origins_.kind_of(r.came), r.phase, origins_.words_of(r.came)),
            )
            for r in db.execute(query)
        ]


def origin_counts(project: Project) -> list[tuple[str, str, int]]:
    """Codings by how they came about: the kind, what was looked for, how many."""
    with project.read() as db:
        query = select(Coding.origin, func.count()).group_by(Coding.origin).order_by(Coding.origin)
        return [(origins_.kind_of(one), origins_.words_of(one), count) for one, count in db.execute(query)]


def origins(project: Project) -> dict[str, int]:
    """How many codings came about by hand, how many from a search."""
    counted: dict[str, int] = {}
    for kind, _words, count in origin_counts(project):
        counted[kind] = counted.get(kind, 0) + count
    return counted


def _subtree(code: str) -> Select[int]:
    top = select(Code.id).where(Code.guid == code).cte("subtree", recursive=True)
    child = aliased(Code)
    tree = top.union_all(select(child.id).where(child.parent_id == top.c.id))
    return select(tree.c.id)


@dataclass(frozen=True, slots=True)
class CodeCounts:
    """How often a code (without those below it) stands in each case and each document, by GUID."""

    by_case: dict[str, int]
    by_source: dict[str, int]


def counts_by_case(project: Project) -> dict[str, CodeCounts]:
    """For every code its codings by case and by document. A speaker's own case outranks the document's."""
    with project.read() as db:
        cases = {r.id: r.guid for r in db.execute(select(Case.id, Case.guid))}
        sources = {
            r.id: (r.guid, r.case_id) for r in db.execute(select(Source.id, Source.guid, Source.case_id))
        }
        special = set(db.execute(select(Speaker.source_id).where(Speaker.case_id.is_not(None))).scalars())
        guids = pairs(db.execute(select(Code.id, Code.guid)))
        found: dict[str, CodeCounts] = {}
        query = (
            select(Segment.source_id, Coding.code_id, func.count().label("n"))
            .select_from(Coding)
            .outerjoin(Segment, Segment.id == Coding.segment_id)
            .group_by(Segment.source_id, Coding.code_id)
        )
        for source_id, code_id, n in db.execute(query):
            counts = found.setdefault(guids[code_id], CodeCounts({}, {}))
            source, case_id = sources[source_id]
            counts.by_source[source] = n
            if case_id and source_id not in special:
                counts.by_case[cases[case_id]] = counts.by_case.get(cases[case_id], 0) + n
        for source_id in special:
            _count_speakers(db, source_id, sources[source_id][1], cases, found)
        return found


def _count_speakers(
    db: Connection,
    source: int,
    own_case: int | None,
    cases: dict[int, str],
    found: dict[str, CodeCounts],
) -> None:
    from bisect import bisect_right

    lines = db.execute(
        select(Paragraph.start, Speaker.case_id)
        .outerjoin(Speaker, Speaker.id == Paragraph.speaker_id)
        .where(Paragraph.source_id == source)
        .order_by(Paragraph.start)
    ).all()
    starts = [line.start for line in lines]
    query = (
        select(Code.guid, Segment.start)
        .join(Coding, Coding.code_id == Code.id)
        .join(Segment, Segment.id == Coding.segment_id)
        .where(Segment.source_id == source)
    )
    for guid, start in db.execute(query):
        line = lines[max(0, bisect_right(starts, start) - 1)] if lines else None
        case = (line.case_id if line else None) or own_case
        if case:
            by_case = found[guid].by_case
            by_case[cases[case]] = by_case.get(cases[case], 0) + 1


def properties(project: Project, code: str | None = None) -> list[PropertyRow]:
    """The properties of a category, or of all."""
    with project.read() as db:
        query = (
            select(
                Property.guid,
                Code.guid.label("code"),
                Property.name,
                Property.pole_from,
                Property.pole_to,
                Property.places,
            )
            .join(Code, Code.id == Property.code_id)
            .order_by(Code.created, Code.id, Property.position, Property.id)
        )
        if code:
            query = query.where(Code.guid == code)
        return [
            PropertyRow(r.guid, r.code, r.name, r.pole_from, r.pole_to, tuple(r.places))
            for r in db.execute(query)
        ]


def property_values(project: Project, prop: str | None = None) -> list[ValueRow]:
    """Where passages lie on a dimension (or on all)."""
    with project.read() as db:
        passages = Passages(db)
        query = (
            select(
                PropertyValue.guid,
                Property.guid.label("property"),
                PropertyValue.value,
                Segment.guid.label("segment"),
                Segment.source_id,
                Segment.start,
                Segment.stop,
            )
            .join(Property, Property.id == PropertyValue.property_id)
            .join(Segment, Segment.id == PropertyValue.segment_id)
            .join(Source, Source.id == Segment.source_id)
            .order_by(Property.position, Property.id, Source.position, Source.id, Segment.start)
        )
        if prop:
            query = query.where(Property.guid == prop)
        return [
            ValueRow(r.guid, r.property, r.value, passages.row(r.segment, r.source_id, r.start, r.stop))
            for r in db.execute(query)
        ]
