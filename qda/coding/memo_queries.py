"""Queries on memos: by type, by what they hang on; how a target is called."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, select

from qda.coding.citation import paragraphs_cited
from qda.coding.material import Passages
from qda.coding.references import TARGET_TABLES
from qda.coding.rows import MemoRow
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Memo, MemoLink, Property, Segment
from qda.models.desk import SensitizingConcept
from qda.models.inquiry import CodeMap, ModelVersion, SamplingDecision
from qda.models.material import Case, Coder, Source
from qda.models.theory import Evidence, ParadigmModel, Placement, Relation

_KINDS = {table: kind for kind, table in TARGET_TABLES.items()}


def memos(
    project: Project,
    *,
    target: str | None = None,
    kind: str | None = None,
    guids: Iterable[str] | None = None,
) -> list[MemoRow]:
    """Memos, newest first; of one type, those that hang on ``target`` ("code:GUID"), or those named."""
    with project.read() as db:
        query = (
            select(
                Memo.id,
                Memo.guid,
                Memo.kind,
                Memo.title,
                Memo.body,
                Memo.private,
                Coder.name.label("coder"),
                Memo.created,
            )
            .join(Coder, Coder.id == Memo.coder_id)
            .order_by(Memo.created.desc(), Memo.id.desc())
        )
        linked = select(MemoLink.memo_id, MemoLink.target_table, MemoLink.target_guid).order_by(MemoLink.id)
        if kind:
            query = query.where(Memo.kind == kind)
        if guids is not None:
            query = query.where(Memo.guid.in_(list(guids)))
            linked = linked.where(MemoLink.memo_id.in_(query.with_only_columns(Memo.id).order_by(None)))
        if target:
            wanted, _colon, guid = target.partition(":")
            query = query.where(
                Memo.id.in_(
                    select(MemoLink.memo_id).where(
                        MemoLink.target_table == TARGET_TABLES[wanted], MemoLink.target_guid == guid
                    )
                )
            )
        links: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for r in db.execute(linked):
            links[r.memo_id].append((r.target_table, r.target_guid))
        rows = db.execute(query).all()
        names = target_names(db, {pair for r in rows for pair in links[r.id]})
        return [
            MemoRow(
                r.guid,
                r.kind,
                r.title,
                r.body,
                r.private,
                r.coder,
                r.created,
                tuple(f"{_KINDS[t]}:{g}" for t, g in links[r.id]),
                tuple(names.get((t, g), "") for t, g in links[r.id]),
            )
            for r in rows
        ]


def target_names(db: Connection, targets: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """How a person calls objects given by table and GUID."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for table, guid in targets:
        wanted[table].append(guid)
    found: dict[tuple[str, str], str] = {}
    simple = {
        "code": Code.name,
        "case_": Case.name,
        "source": Source.title,
        "memo": Memo.title,
        "paradigm_model": ParadigmModel.name,
        "property": Property.name,
        "sensitizing_concept": SensitizingConcept.name,
        "model_version": ModelVersion.name,
        "code_map": CodeMap.name,
    }
    for table, column in simple.items():
        if wanted[table]:
            entity = column.class_
            for guid, name in db.execute(select(entity.guid, column).where(entity.guid.in_(wanted[table]))):
                found[table, guid] = name
    if wanted["project_sheet"]:
        found |= {("project_sheet", guid): _("The study") for guid in wanted["project_sheet"]}
    queries = {
        "relation": select(Relation.guid, Relation.number).where(Relation.guid.in_(wanted["relation"])),
        "evidence": select(Evidence.guid, Relation.number)
        .join(Relation, Relation.id == Evidence.relation_id)
        .where(Evidence.guid.in_(wanted["evidence"])),
    }
    for table, numbered in queries.items():
        found |= {(table, guid): f"R{number}" for guid, number in db.execute(numbered)}
    if wanted["sampling_decision"]:
        found |= _decision_names(db, wanted["sampling_decision"])
    if wanted["placement"]:
        query = select(Placement.guid, Code.name).join(Code, Code.id == Placement.code_id)
        found |= {
            ("placement", g): n for g, n in db.execute(query.where(Placement.guid.in_(wanted["placement"])))
        }
    return found | _passage_names(db, wanted["segment"], wanted["coding"])


def _decision_names(db: Connection, guids: list[str]) -> dict[tuple[str, str], str]:
    """A sampling decision is called by what is sought; else by its gap, or why."""
    columns = (SamplingDecision.guid, SamplingDecision.sought, SamplingDecision.gap, SamplingDecision.why)
    return {
        ("sampling_decision", guid): sought or gap or why or _("Sampling decision")
        for guid, sought, gap, why in db.execute(select(*columns).where(SamplingDecision.guid.in_(guids)))
    }


def _passage_names(db: Connection, segments: list[str], codings: list[str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    passages = Passages(db)
    for guid, row in passages.of(segments).items():
        found["segment", guid] = paragraphs_cited(row)
    if codings:
        query = (
            select(Coding.guid, Code.name, Segment.guid.label("segment"))
            .join(Code, Code.id == Coding.code_id)
            .join(Segment, Segment.id == Coding.segment_id)
            .where(Coding.guid.in_(codings))
        )
        for r in db.execute(query):
            found["coding", r.guid] = f"{r.name}, {paragraphs_cited(passages.of([r.segment])[r.segment])}"
    return found
