"""Queries on the theory: models with slots, placements, relations with counted evidence, core, story."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from qda.coding import templates as own_templates
from qda.coding.access import pairs
from qda.coding.codes import code_tree, code_tree_colours
from qda.coding.material import Passages
from qda.coding.paradigms import ParadigmTemplate
from qda.coding.partial import speakers_cases
from qda.coding.parts import within_part
from qda.coding.rows import (
    CodeRow,
    ConditionRow,
    CoreRow,
    EvidenceRow,
    ModelRow,
    PlacementRow,
    RelationRow,
    SlotRow,
)
from qda.models import Project
from qda.models.codes import Code, Property, Segment
from qda.models.inquiry import CandidatePass
from qda.models.material import Case, Coder, Source
from qda.models.theory import (
    CoreCategory,
    CounterSearch,
    Evidence,
    EvidenceSegment,
    ModelSlot,
    ParadigmModel,
    Placement,
    Relation,
    RelationCondition,
    Story,
)


def models(project: Project) -> list[ModelRow]:
    """All models with their slots, in words of the current language."""
    with project.read() as db:
        slots: dict[int, list[SlotRow]] = defaultdict(list)
        templates = {r.id: r.template for r in db.execute(select(ParadigmModel.id, ParadigmModel.template))}
        known = {name: own_templates.template(project, name) for name in set(templates.values())}
        for r in db.execute(select(ModelSlot.__table__).order_by(ModelSlot.position, ModelSlot.id)):
            slots[r.model_id].append(_slot(r, known[templates[r.model_id]]))
        query = (
            select(
                ParadigmModel.id,
                ParadigmModel.guid,
                ParadigmModel.name,
                ParadigmModel.template,
                ParadigmModel.status,
                Code.guid.label("phenomenon"),
                Code.name.label("phenomenon_name"),
            )
            .outerjoin(Code, Code.id == ParadigmModel.phenomenon_id)
            .order_by(ParadigmModel.position, ParadigmModel.id)
        )
        return [
            ModelRow(
                r.guid,
                r.name,
                r.template,
                r.phenomenon,
                r.phenomenon_name or "",
                r.status,
                tuple(slots[r.id]),
            )
            for r in db.execute(query)
        ]


def _slot(row: Any, template: ParadigmTemplate) -> SlotRow:
    known = template.slot(row.key)
    if known is None:
        return SlotRow(row.guid, row.key, row.name, row.definition, row.question, "own", False, False)
    return SlotRow(
        row.guid,
        row.key,
        row.name or str(known.name),
        row.definition or str(known.definition),
        row.question or str(known.question),
        known.role,
        known.levels,
        known.addressees,
    )


def placements(project: Project, model: str | None = None) -> list[PlacementRow]:
    """The codes in the slots of a model (or of all), in the order of the slots."""
    with project.read() as db:
        colours = {c.guid: c.colour for c in code_tree_colours(db)}
        query = (
            select(
                Placement.guid,
                ParadigmModel.guid.label("model"),
                ModelSlot.guid.label("slot"),
                ModelSlot.key,
                Code.guid.label("code"),
                Code.name,
                Code.origin,
                Placement.level,
                Placement.addressee,
                Placement.position,
                Placement.x,
                Placement.y,
            )
            .join(ModelSlot, ModelSlot.id == Placement.slot_id)
            .join(ParadigmModel, ParadigmModel.id == ModelSlot.model_id)
            .join(Code, Code.id == Placement.code_id)
            .order_by(
                ParadigmModel.position,
                ParadigmModel.id,
                ModelSlot.position,
                ModelSlot.id,
                Placement.position,
                Placement.id,
            )
        )
        if model:
            query = query.where(ParadigmModel.guid == model)
        return [
            PlacementRow(
                r.guid,
                r.model,
                r.slot,
                r.key,
                r.code,
                r.name,
                r.origin == "in-vivo",
                colours[r.code],
                r.level,
                r.addressee,
                r.position,
                r.x,
                r.y,
            )
            for r in db.execute(query)
        ]


def evidence(project: Project, relation: str | None = None) -> list[EvidenceRow]:
    """The evidence of a relation (or of all), oldest first."""
    with project.read() as db:
        return _evidence(db, relation)


def _evidence(db: Connection, relation: str | None) -> list[EvidenceRow]:
    links: dict[int, list[str]] = defaultdict(list)
    query = (
        select(EvidenceSegment.evidence_id, Segment.guid)
        .join(Segment, Segment.id == EvidenceSegment.segment_id)
        .join(Source, Source.id == Segment.source_id)
        .order_by(Source.position, Source.id, Segment.start, Segment.stop)
    )
    pieces = (
        select(
            Evidence.id,
            Evidence.guid,
            Relation.guid.label("relation"),
            Evidence.polarity,
            Evidence.kind,
            Evidence.note,
            Coder.name.label("coder"),
            Evidence.created,
        )
        .join(Relation, Relation.id == Evidence.relation_id)
        .join(Coder, Coder.id == Evidence.coder_id)
        .join(ParadigmModel, ParadigmModel.id == Relation.model_id)
        .order_by(ParadigmModel.position, ParadigmModel.id, Relation.number, Evidence.created, Evidence.id)
    )
    if relation:
        pieces = pieces.where(Relation.guid == relation)
        query = (
            query.join(Evidence, Evidence.id == EvidenceSegment.evidence_id)
            .join(Relation, Relation.id == Evidence.relation_id)
            .where(Relation.guid == relation)
        )
    for piece, guid in db.execute(query):
        links[piece].append(guid)
    passages = Passages(db).of(guid for guids in links.values() for guid in guids)
    found = []
    for r in db.execute(pieces):
        segments = tuple(passages[guid] for guid in links[r.id])
        cases = tuple(dict.fromkeys(s.case for s in segments if s.case))
        found.append(
            EvidenceRow(r.guid, r.relation, r.polarity, r.kind, r.note, r.coder, r.created, segments, cases)
        )
    return found


def relations(
    project: Project, model: str | None = None, *, guids: Collection[str] | None = None
) -> list[RelationRow]:
    """The relations of a model (of all, or those named), by number, their evidence counted: cases first."""
    with project.read() as db:
        counted = _counted_evidence(db, guids)
        conditions = _conditions(db)
        searches = pairs(
            db.execute(select(CounterSearch.relation_id, func.count()).group_by(CounterSearch.relation_id))
        )
        start, end = aliased(Code), aliased(Code)
        query = (
            select(
                Relation.id,
                Relation.guid,
                ParadigmModel.guid.label("model"),
                Relation.number,
                start.guid.label("from_code"),
                start.name.label("from_name"),
                end.guid.label("to_code"),
                end.name.label("to_name"),
                Relation.type,
                Relation.own_type,
                Relation.statement,
                Relation.status,
                Relation.withdrawn,
            )
            .join(ParadigmModel, ParadigmModel.id == Relation.model_id)
            .join(start, start.id == Relation.from_id)
            .join(end, end.id == Relation.to_id)
            .order_by(ParadigmModel.position, ParadigmModel.id, Relation.number)
        )
        if model:
            query = query.where(ParadigmModel.guid == model)
        if guids is not None:
            query = query.where(Relation.guid.in_(guids))
        return [
            _relation(r, counted.get(r.id, _NONE), conditions.get(r.id, ()), searches.get(r.id, 0))
            for r in db.execute(query)
        ]


# Rows that belong to a relation, by table: GUID of the row, GUID of its relation.
_OF_RELATIONS: Final = {
    "relation": select(Relation.guid, Relation.guid.label("relation")),
    "evidence": select(Evidence.guid, Relation.guid).join(Relation, Relation.id == Evidence.relation_id),
    "evidence_segment": select(EvidenceSegment.guid, Relation.guid)
    .join(Evidence, Evidence.id == EvidenceSegment.evidence_id)
    .join(Relation, Relation.id == Evidence.relation_id),
    "counter_search": select(CounterSearch.guid, Relation.guid).join(
        Relation, Relation.id == CounterSearch.relation_id
    ),
    "relation_condition": select(RelationCondition.guid, Relation.guid).join(
        Relation, Relation.id == RelationCondition.relation_id
    ),
}


def relations_of(project: Project, touched: Iterable[tuple[str, str]]) -> set[str] | None:
    """The relations (GUIDs) to which rows (table, GUID) of evidence, searches and conditions belong.

    None where one of the rows is gone: whose it was cannot be told.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for table, guid in touched:
        wanted[table].add(guid)
    found: set[str] = set()
    with project.read() as db:
        for table, guids in wanted.items():
            query = _OF_RELATIONS[table]
            whose = pairs(db.execute(query.where(query.selected_columns[0].in_(guids))))
            if len(whose) < len(guids):
                return None
            found |= set(whose.values())
    return found


def relation_counts(project: Project) -> dict[str, int]:
    """How many relations each model has; models without are left out."""
    with project.read() as db:
        query = (
            select(ParadigmModel.guid, func.count(Relation.id))
            .join(Relation, Relation.model_id == ParadigmModel.id)
            .group_by(ParadigmModel.guid)
        )
        return pairs(db.execute(query))


@dataclass(frozen=True, slots=True)
class _CountedEvidence:
    """The evidence of one relation: pieces by polarity, its cases in order, supporting pieces by name."""

    polarity: Counter[str]
    cases: dict[str, None]
    by_case: Counter[str]


_NONE: Final = _CountedEvidence(Counter(), {}, Counter())


def _counted_evidence(db: Connection, guids: Collection[str] | None = None) -> dict[int, _CountedEvidence]:
    """The evidence of all relations counted without reading a text, so that a large model opens at once."""
    known = {r.id: (r.guid, r.name) for r in db.execute(select(Case.id, Case.guid, Case.name))}
    documents = pairs(db.execute(select(Source.id, Source.case_id)))
    special = speakers_cases(db)
    pieces = select(Evidence.relation_id, Evidence.id, Evidence.polarity)
    if guids is not None:
        pieces = pieces.join(Relation, Relation.id == Evidence.relation_id).where(Relation.guid.in_(guids))
    rows = db.execute(pieces.order_by(Evidence.created, Evidence.id)).all()
    places = _places_of_evidence(db, [piece for _relation, piece, _polarity in rows], some=guids is not None)
    found: dict[int, _CountedEvidence] = {}
    for relation, piece, polarity in rows:
        counted = found.get(relation)
        if counted is None:
            counted = found[relation] = _CountedEvidence(Counter(), {}, Counter())
        counted.polarity[polarity] += 1
        named = set[str]()
        for source, start in places.get(piece, ()):
            case = documents[source]
            if source in special:
                starts, own = special[source]
                case = own[max(0, bisect_right(starts, start) - 1)] or case
            if case is None:
                continue
            guid, name = known[case]
            counted.cases.setdefault(guid)
            if polarity == "supporting" and name not in named:
                named.add(name)
                counted.by_case[name] += 1
    return found


def _places_of_evidence(db: Connection, pieces: list[int], *, some: bool) -> dict[int, list[tuple[int, int]]]:
    """Document and start of the passages of each piece, in the order of the material.

    Of ``some`` pieces only these are read. (To sort all of them in the database takes twice as long.)
    """
    query = select(EvidenceSegment.evidence_id, Segment.source_id, Segment.start, Segment.stop).join_from(
        EvidenceSegment, Segment, Segment.id == EvidenceSegment.segment_id
    )
    rows: list[Any] = []
    for at in range(0, len(pieces), 500) if some else ():
        rows += db.execute(query.where(EvidenceSegment.evidence_id.in_(pieces[at : at + 500]))).all()
    if not some:
        rows += db.execute(query).all()
    found: dict[int, list[tuple[int, int]]] = {}
    several: dict[int, list[Any]] = {}
    for row in rows:
        piece, source, start, _stop = row
        if piece in found:
            several.setdefault(piece, [])
        found.setdefault(piece, []).append((source, start))
    if several:
        order = pairs(db.execute(select(Source.id, Source.position)))
        for row in rows:
            if row[0] in several:
                several[row[0]].append(row)
        for piece, of in several.items():
            of.sort(key=lambda row: (order[row[1]], *row[1:]))
            found[piece] = [(source, start) for _piece, source, start, _stop in of]
    return found


def _relation(
    r: Any, counted: _CountedEvidence, conditions: Sequence[ConditionRow], searched: int
) -> RelationRow:
    polarity = counted.polarity
    fields = r._mapping
    kept = {
        k: fields[k]
        for k in (
            "guid",
            "model",
            "number",
            "from_code",
            "from_name",
            "to_code",
            "to_name",
            "type",
            "own_type",
            "statement",
            "status",
            "withdrawn",
        )
    }
    return RelationRow(
        **kept,
        conditions=tuple(conditions),
        supporting=polarity["supporting"],
        contradicting=polarity["contradicting"],
        qualifying=polarity["qualifying"],
        searched=searched,
        cases=tuple(counted.cases),
        by_case=tuple(sorted(counted.by_case.items())),
    )


def _conditions(db: Connection) -> dict[int, list[ConditionRow]]:
    owner = aliased(Code)
    query = (
        select(
            RelationCondition.guid,
            RelationCondition.relation_id,
            RelationCondition.value,
            RelationCondition.text,
            Code.guid.label("code"),
            Code.name.label("code_name"),
            Property.guid.label("property"),
            Property.name.label("property_name"),
            owner.name.label("owner"),
        )
        .outerjoin(Code, Code.id == RelationCondition.code_id)
        .outerjoin(Property, Property.id == RelationCondition.property_id)
        .outerjoin(owner, owner.id == Property.code_id)
        .order_by(RelationCondition.position, RelationCondition.id)
    )
    found: dict[int, list[ConditionRow]] = defaultdict(list)
    for r in db.execute(query):
        parts = [r.code_name, f"{r.owner} · {r.property_name}: {r.value}" if r.property else None, r.text]
        words = " – ".join(p for p in parts if p)
        found[r.relation_id].append(ConditionRow(r.guid, r.code, r.property, r.value, r.text, words))
    return found


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A "searched, found none"; ``case`` is the GUID of the case it was searched for in, or none."""

    guid: str
    relation: str
    note: str
    coder: str
    created: datetime
    case: str | None
    case_name: str


def counter_searches(project: Project, relation: str | None = None) -> list[SearchRow]:
    """Each "searched, found none" of a relation (or of all), oldest first, with its case."""
    with project.read() as db:
        query = (
            select(
                CounterSearch.guid,
                Relation.guid.label("relation"),
                CounterSearch.note,
                Coder.name.label("coder"),
                CounterSearch.created,
                Case.guid.label("case"),
                func.coalesce(Case.name, "").label("case_name"),
            )
            .join(Relation, Relation.id == CounterSearch.relation_id)
            .join(Coder, Coder.id == CounterSearch.coder_id)
            .outerjoin(Case, Case.id == CounterSearch.case_id)
            .order_by(CounterSearch.created, CounterSearch.id)
        )
        if relation:
            query = query.where(Relation.guid == relation)
        return [SearchRow(*r) for r in db.execute(query)]


def passed_candidates(project: Project, relation: str) -> list[tuple[str, str]]:
    """The passages passed over for a relation: GUID of the pass, GUID of the passage."""
    with project.read() as db:
        query = (
            select(CandidatePass.guid, Segment.guid)
            .join(Segment, Segment.id == CandidatePass.segment_id)
            .join(Relation, Relation.id == CandidatePass.relation_id)
            .where(Relation.guid == relation)
            .order_by(CandidatePass.id)
        )
        return [(r[0], r[1]) for r in db.execute(query)]


def searches(project: Project, relation: str) -> list[tuple[str, str, str, object]]:
    """Each "searched, found none" of a relation: GUID, note, coder, moment."""
    with project.read() as db:
        query = (
            select(CounterSearch.guid, CounterSearch.note, Coder.name, CounterSearch.created)
            .join(Relation, Relation.id == CounterSearch.relation_id)
            .join(Coder, Coder.id == CounterSearch.coder_id)
            .where(Relation.guid == relation)
            .order_by(CounterSearch.created, CounterSearch.id)
        )
        return [(r[0], r[1], r[2], r[3]) for r in db.execute(query)]


def core(project: Project) -> CoreRow | None:
    """The core category, if one is chosen."""
    with project.read() as db:
        r = db.execute(
            select(
                CoreCategory.guid,
                Code.guid.label("code"),
                Code.name,
                CoreCategory.reasons,
                CoreCategory.rivals,
                CoreCategory.since,
            ).join(Code, Code.id == CoreCategory.code_id)
        ).first()
        return None if r is None else CoreRow(r.guid, r.code, r.name, r.reasons, r.rivals, r.since)


def story(project: Project, kind: str) -> str:
    """The text of the story or the story line, with its references; empty where none is written.

    In a part of the study quotations of what is out are left out.
    """
    with project.read() as db:
        body = db.execute(select(Story.body).where(Story.kind == kind)).scalar_one_or_none() or ""
    return within_part(project, body)


def categories_by_core(project: Project) -> tuple[list[CodeRow], list[CodeRow]]:
    """The main categories beside the core category: those linked to it, and those not (yet).

    The core's circle is the core category with the codes filed below it; a category speaks with the codes
    filed below it as well. It is linked where a relation of an active model (not a rejected one) joins it to
    the circle, or where it is placed in an active model whose phenomenon lies in the circle.
    """
    with project.read() as db:
        tree = code_tree(db)
    chosen = core(project)
    if chosen is None:
        return [], []
    below = _branches(tree)
    circle = below[chosen.code]
    active = {m.guid: m.phenomenon for m in models(project) if m.status == "active"}
    linked: set[str] = set()
    for relation in relations(project):
        ends = {relation.from_code, relation.to_code}
        if relation.model in active and relation.status != "rejected" and ends & circle:
            linked |= ends
    for placed in placements(project):
        if active.get(placed.model) in circle:
            linked.add(placed.code)
    others = [row for row in tree if row.kind == "category" and row.guid not in circle]
    return (
        [row for row in others if below[row.guid] & linked],
        [row for row in others if not below[row.guid] & linked],
    )


def _branches(tree: list[CodeRow]) -> dict[str, set[str]]:
    """For each code the GUIDs of itself and of all codes below it."""
    found: dict[str, set[str]] = {row.guid: {row.guid} for row in tree}
    for row in reversed(tree):  # children stand behind their parents
        if row.parent in found:
            found[row.parent] |= found[row.guid]
    return found
