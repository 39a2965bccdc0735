"""How acts name the objects they work on, and how a name that a person writes becomes a GUID.

An act's parameter is annotated with one of the types below; inside Python it is a GUID. The command line and
scripts may write a name or a path ("Parent > Child") instead; an ambiguous one is refused with candidates.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

from sqlalchemy import Connection, select

from qda.errors import AmbiguousError, KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Memo, Property, PropertyValue, Segment
from qda.models.desk import MemoPile, Pencil, Pile, SavedQuery, SensitizingConcept
from qda.models.inquiry import (
    CandidatePass,
    CodeMap,
    MapItem,
    MapLine,
    ModelVersion,
    QuestionAnswer,
    SamplingDecision,
    SaturationJudgement,
    UserTemplate,
)
from qda.models.journal import ENTITIES
from qda.models.material import Attribute, Case, Coder, DocumentGroup, Source, Speaker, Topic
from qda.models.theory import CounterSearch, Evidence, ModelSlot, ParadigmModel, Placement, Relation
from qda.models.theory import RelationCondition as Condition

PATH_SEPARATOR = " > "


@dataclass(frozen=True, slots=True)
class Ref:
    """A parameter that names a row of ``table``; ``new`` where a name not yet used makes one."""

    table: str
    new: bool = False


CodeRef = Annotated[str, Ref("code")]
CodeOrNew = Annotated[str, Ref("code", new=True)]
SourceRef = Annotated[str, Ref("source")]
GroupRef = Annotated[str, Ref("document_group")]
CaseRef = Annotated[str, Ref("case_")]
AttributeRef = Annotated[str, Ref("attribute")]
CoderRef = Annotated[str, Ref("coder")]
CoderOrNew = Annotated[str, Ref("coder", new=True)]
TopicRef = Annotated[str, Ref("topic")]
TopicOrNew = Annotated[str, Ref("topic", new=True)]
SpeakerRef = Annotated[str, Ref("speaker")]
SegmentRef = Annotated[str, Ref("segment")]
# A segment's GUID, or a span "SOURCE:START-STOP" that becomes a segment where it is none yet.
PassageRef = Annotated[str, Ref("segment", new=True)]
CodingRef = Annotated[str, Ref("coding")]
PropertyRef = Annotated[str, Ref("property")]
ValueRef = Annotated[str, Ref("property_value")]
MemoRef = Annotated[str, Ref("memo")]
ModelRef = Annotated[str, Ref("paradigm_model")]
SlotRef = Annotated[str, Ref("model_slot")]
PlacementRef = Annotated[str, Ref("placement")]
RelationRef = Annotated[str, Ref("relation")]
ConditionRef = Annotated[str, Ref("relation_condition")]
EvidenceRef = Annotated[str, Ref("evidence")]
SearchRef = Annotated[str, Ref("counter_search")]
PencilRef = Annotated[str, Ref("pencil")]
ConceptRef = Annotated[str, Ref("sensitizing_concept")]
PileRef = Annotated[str, Ref("pile")]
QueryRef = Annotated[str, Ref("saved_query")]
MemoPileRef = Annotated[str, Ref("memo_pile")]
DecisionRef = Annotated[str, Ref("sampling_decision")]
JudgementRef = Annotated[str, Ref("saturation_judgement")]
VersionRef = Annotated[str, Ref("model_version")]
AnswerRef = Annotated[str, Ref("question_answer")]
PassRef = Annotated[str, Ref("candidate_pass")]
TemplateRef = Annotated[str, Ref("user_template")]
MapRef = Annotated[str, Ref("code_map")]
ItemRef = Annotated[str, Ref("map_item")]
LineRef = Annotated[str, Ref("map_line")]
# "code:GUID", "case:GUID", "source:GUID", "segment:GUID", "relation:GUID" …
TargetRef = Annotated[str, Ref("*")]

TargetKind = Literal[
    "code",
    "case",
    "source",
    "segment",
    "coding",
    "memo",
    "model",
    "placement",
    "relation",
    "evidence",
    "property",
    "concept",
    "decision",
    "version",
    "map",
    "project",
]
TARGET_TABLES: dict[str, str] = {
    "code": "code",
    "case": "case_",
    "source": "source",
    "segment": "segment",
    "coding": "coding",
    "memo": "memo",
    "model": "paradigm_model",
    "placement": "placement",
    "relation": "relation",
    "evidence": "evidence",
    "property": "property",
    "concept": "sensitizing_concept",
    "decision": "sampling_decision",
    "version": "model_version",
    "map": "code_map",
    "project": "project_sheet",
}
TARGET_KINDS = {table: kind for kind, table in TARGET_TABLES.items()}
_NAMED: dict[str, tuple[type, str]] = {
    "source": (Source, "title"),
    "document_group": (DocumentGroup, "name"),
    "case_": (Case, "name"),
    "attribute": (Attribute, "name"),
    "coder": (Coder, "name"),
    "topic": (Topic, "name"),
    "memo": (Memo, "title"),
    "paradigm_model": (ParadigmModel, "name"),
    "sensitizing_concept": (SensitizingConcept, "name"),
    "pile": (Pile, "name"),
    "saved_query": (SavedQuery, "name"),
    "memo_pile": (MemoPile, "name"),
    "model_version": (ModelVersion, "name"),
    "user_template": (UserTemplate, "name"),
    "code_map": (CodeMap, "name"),
}
_UNNAMED = {
    "coding": Coding,
    "property_value": PropertyValue,
    "placement": Placement,
    "relation_condition": Condition,
    "evidence": Evidence,
    "counter_search": CounterSearch,
    "pencil": Pencil,
    "sampling_decision": SamplingDecision,
    "saturation_judgement": SaturationJudgement,
    "question_answer": QuestionAnswer,
    "candidate_pass": CandidatePass,
    "map_item": MapItem,
    "map_line": MapLine,
}


def is_guid(written: str) -> bool:
    """True for a GUID, with or without braces."""
    try:
        UUID(written.strip("{}"))
    except ValueError:
        return False
    return len(written) >= 36


def split_path(path: str) -> list[str]:
    """The names of a path, outermost first."""
    return [part for part in (p.strip() for p in re.split(r"\s>\s|^>|>$", path)) if part]


def resolve(project: Project, table: str, written: str) -> str:
    """The GUID that ``written`` (GUID, name or path) means.

    :raises KnownError: there is none; :class:`AmbiguousError` where there are several.
    """
    with project.read() as db:
        if table == "*":
            return _target(project, db, written)
        if is_guid(written):
            guid = written.strip("{}").lower()
            if _exists(db, table, guid):
                return guid
            raise _missing(written)
        if table in _NAMED:
            return _by_name(db, table, written)
        finder = {
            "code": _code,
            "speaker": _speaker,
            "segment": _segment,
            "property": _property,
            "model_slot": _slot,
            "relation": _relation,
        }.get(table)
        if finder is None:
            raise _missing(written)
        return finder(db, written)


def exists(project: Project, table: str, guid: str) -> bool:
    """True where a row of this GUID is in the table."""
    with project.read() as db:
        return _exists(db, table, guid)


def resolve_or_keep(project: Project, table: str, written: str) -> str:
    """As :func:`resolve`; a name that means nothing yet stays as it is."""
    try:
        return resolve(project, table, written)
    except AmbiguousError:
        raise
    except KnownError:
        return written


def resolve_source(project: Project, written: str) -> str:
    """The GUID of a document given by GUID, title or the name of the file it came from.

    :raises KnownError: there is none; :class:`AmbiguousError` where there are several.
    """
    try:
        return resolve(project, "source", written)
    except AmbiguousError:
        raise
    except KnownError:
        name = Path(written).name
        with project.read() as db:
            rows = db.execute(select(Source.guid, Source.title).where(Source.file_name == name)).all()
        if not name or not rows:
            raise
    return _one([(row.guid, row.title) for row in rows], written)


def _missing(written: str) -> KnownError:
    return KnownError(_("There is nothing called “{name}”.").format(name=written))


def _one(found: list[tuple[str, str]], written: str) -> str:
    if not found:
        raise _missing(written)
    if len(found) > 1:
        candidates = tuple(f"{label} ({guid})" for guid, label in found)
        raise AmbiguousError(
            _("“{name}” can mean: {candidates}.").format(name=written, candidates="; ".join(candidates)),
            candidates=candidates,
        )
    return found[0][0]


def _exists(db: Connection, table: str, guid: str) -> bool:
    entity = ENTITIES[table]
    return db.execute(select(entity.id).where(entity.guid == guid)).first() is not None


def _by_name(db: Connection, table: str, written: str) -> str:
    entity, field = _NAMED[table]
    column = getattr(entity, field)
    rows = db.execute(select(entity.guid, column)).all()  # type: ignore[attr-defined]
    exact = [(row[0], row[1]) for row in rows if row[1] == written]
    return _one(
        exact or [(row[0], row[1]) for row in rows if row[1].casefold() == written.casefold()], written
    )


def code_paths(db: Connection) -> dict[str, str]:
    """GUID → path of every code."""
    rows = {row.id: row for row in db.execute(select(Code.id, Code.guid, Code.name, Code.parent_id))}
    paths: dict[int, str] = {}

    def path(row_id: int) -> str:
        if row_id not in paths:
            row = rows[row_id]
            above = path(row.parent_id) + PATH_SEPARATOR if row.parent_id in rows else ""
            paths[row_id] = above + row.name
        return paths[row_id]

    return {row.guid: path(row.id) for row in rows.values()}


def _code(db: Connection, written: str) -> str:
    paths = code_paths(db)
    wanted = PATH_SEPARATOR.join(split_path(written))
    exact = [(guid, path) for guid, path in paths.items() if path == wanted]
    if not exact:
        exact = [(guid, path) for guid, path in paths.items() if path.rsplit(PATH_SEPARATOR, 1)[-1] == wanted]
    if not exact:
        exact = [(guid, path) for guid, path in paths.items() if path.endswith(PATH_SEPARATOR + wanted)]
    return _one(exact, written)


def _speaker(db: Connection, written: str) -> str:
    title, _colon, label = written.rpartition(":")
    query = select(Speaker.guid, Source.title, Speaker.label).join(Source, Source.id == Speaker.source_id)
    rows = [
        r for r in db.execute(query) if r.label == label.strip() and (not title or r.title == title.strip())
    ]
    return _one([(r.guid, f"{r.title}: {r.label}") for r in rows], written)


def passage_span(written: str) -> tuple[str, int, int] | None:
    """Source, start and stop of "SOURCE:START-STOP"; none where ``written`` is something else."""
    match = re.fullmatch(r"(.+):(\d+)[-–](\d+)", written, re.DOTALL)
    return (match[1], int(match[2]), int(match[3])) if match else None


def _segment(db: Connection, written: str) -> str:
    span = passage_span(written)
    if span is None:
        raise _missing(written)
    source = span[0] if is_guid(span[0]) else _by_name(db, "source", span[0])
    query = (
        select(Segment.guid)
        .join(Source, Source.id == Segment.source_id)
        .where(Source.guid == source, Segment.start == span[1], Segment.stop == span[2])
    )
    found = db.execute(query).scalars().first()
    return found if found is not None else f"{source}:{span[1]}-{span[2]}"


def _property(db: Connection, written: str) -> str:
    code, _dot, name = written.rpartition(PATH_SEPARATOR)
    query = select(Property.guid, Property.name, Code.name.label("code")).join(
        Code, Code.id == Property.code_id
    )
    rows = [r for r in db.execute(query) if r.name == (name or written)]
    if code:
        rows = [r for r in rows if r.code == code.rsplit(PATH_SEPARATOR, 1)[-1]]
    return _one([(r.guid, f"{r.code}{PATH_SEPARATOR}{r.name}") for r in rows], written)


def _slot(db: Connection, written: str) -> str:
    model, _dot, name = written.rpartition(PATH_SEPARATOR)
    query = select(ModelSlot.guid, ModelSlot.key, ModelSlot.name, ParadigmModel.name.label("model")).join(
        ParadigmModel, ParadigmModel.id == ModelSlot.model_id
    )
    rows = [r for r in db.execute(query) if (name or written) in (r.key, r.name) and model in ("", r.model)]
    return _one([(r.guid, f"{r.model}{PATH_SEPARATOR}{r.name or r.key}") for r in rows], written)


def _relation(db: Connection, written: str) -> str:
    model, _dot, number = written.rpartition(PATH_SEPARATOR)
    digits = re.fullmatch(r"[RrBb]?\s*(\d+)", (number or written).strip())
    query = select(
        Relation.guid, Relation.number, Relation.statement, ParadigmModel.name.label("model")
    ).join(ParadigmModel, ParadigmModel.id == Relation.model_id)
    rows = [
        r
        for r in db.execute(query)
        if ((digits and r.number == int(digits[1])) or r.statement == written) and model in ("", r.model)
    ]
    return _one([(r.guid, f"{r.model}{PATH_SEPARATOR}R{r.number}") for r in rows], written)


def _target(project: Project, db: Connection, written: str) -> str:
    kind, colon, name = written.partition(":")
    if kind == "project":
        from qda.models.material import ProjectSheet

        return f"project:{db.execute(select(ProjectSheet.guid)).scalar_one()}"
    if not colon or kind not in TARGET_TABLES:
        raise KnownError(
            _("“{name}” names no target. Write kind:name, for instance code:Trust.").format(name=written)
        )
    return f"{kind}:{resolve(project, TARGET_TABLES[kind], name.strip())}"
