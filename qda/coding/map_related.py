"""What could be put on a map: what is related to a thing, and what a few typed words find."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from qda.coding import partial, search, theory
from qda.coding.material import Passages
from qda.coding.memo_queries import target_names
from qda.coding.references import TARGET_KINDS
from qda.i18n import N_, _
from qda.models import Project
from qda.models.codes import Code, Coding, Memo, MemoLink, Segment
from qda.models.material import Case, Source
from qda.models.theory import Evidence, EvidenceSegment, Relation

Group = Literal["relations", "codes", "below", "above", "cases", "memos", "passages"]
GROUPS: Final[tuple[tuple[Group, str], ...]] = (
    ("relations", N_("Relations")),
    ("codes", N_("Codes")),
    ("below", N_("Codes filed below")),
    ("above", N_("Code it is filed below")),
    ("passages", N_("Typical and deviating passage")),
    ("cases", N_("Cases")),
    ("memos", N_("Memos")),
)
_HITS: Final = 400  # places that are looked at for coded passages
_PASSAGES: Final = 60


@dataclass(frozen=True, slots=True)
class Related:
    """An object ("kind:GUID") that has to do with a thing; ``label`` is what a line to it would say."""

    group: Group
    target: str
    label: str = ""


def related(project: Project, kind: str, guid: str) -> list[Related]:
    """What has to do with a code, case, memo or passage, group by group; rejected relations are left out."""
    finder = {"code": _of_code, "case": _of_case, "memo": _of_memo, "segment": _of_segment}.get(kind)
    if finder is None:
        return []
    with project.read() as db:
        found = finder(project, db, guid)
        if kind != "memo":
            found += _memos(db, kind, guid)
    return list(dict.fromkeys(found))


def _memos(db: Connection, kind: str, guid: str) -> list[Related]:
    tables = [table for table, one in TARGET_KINDS.items() if one == kind]
    query = (
        select(Memo.guid)
        .join(MemoLink, MemoLink.memo_id == Memo.id)
        .where(MemoLink.target_table.in_(tables), MemoLink.target_guid == guid)
        .order_by(Memo.created, Memo.id)
    )
    return [Related("memos", f"memo:{memo}") for memo in db.execute(query).scalars()]


def _of_code(project: Project, db: Connection, guid: str) -> list[Related]:
    found = [
        Related("relations", f"relation:{row.guid}")
        for row in theory.relations(project)
        if guid in (row.from_code, row.to_code) and row.status != "rejected"
    ]
    own, other = aliased(Code), aliased(Code)
    below = select(other.guid).join(own, own.id == other.parent_id).where(own.guid == guid)
    filed = _("filed below")
    for code in db.execute(below.order_by(other.position, other.id)).scalars():
        found.append(Related("below", f"code:{code}", filed))
    above = select(own.guid).join(other, own.id == other.parent_id).where(other.guid == guid)
    found += [Related("above", f"code:{code}", filed) for code in db.execute(above).scalars()]
    for column, words in ((Code.typical_id, _("typical")), (Code.deviating_id, _("deviating"))):
        query = select(Segment.guid).join(Code, column == Segment.id).where(Code.guid == guid)
        found += [Related("passages", f"segment:{one}", words) for one in db.execute(query).scalars()]
    found += [Related("cases", f"case:{row.case}") for row in partial.case_counts(project, guid) if row.case]
    return found


def _of_case(project: Project, db: Connection, guid: str) -> list[Related]:
    case, parent = aliased(Case), aliased(Case)
    inside = select(case.guid).join(parent, parent.id == case.parent_id).where(parent.guid == guid)
    around = select(parent.guid).join(case, parent.id == case.parent_id).where(case.guid == guid)
    nested = [*db.execute(inside.order_by(case.position)).scalars(), *db.execute(around).scalars()]
    coded = {place.code: None for place in partial.coded_places(project) if place.case == guid}
    return [
        *(Related("cases", f"case:{one}") for one in nested),
        *(Related("codes", f"code:{code}") for code in coded),
    ]


def _of_memo(_project: Project, db: Connection, guid: str) -> list[Related]:
    query = (
        select(MemoLink.target_table, MemoLink.target_guid)
        .join(Memo, Memo.id == MemoLink.memo_id)
        .where(Memo.guid == guid)
        .order_by(MemoLink.id)
    )
    groups: dict[str, Group] = {
        "code": "codes",
        "case": "cases",
        "segment": "passages",
        "relation": "relations",
        "memo": "memos",
    }
    found = []
    for table, target in db.execute(query):
        kind = TARGET_KINDS.get(table, "")
        if kind in groups:
            found.append(Related(groups[kind], f"{kind}:{target}"))
    return found


def _of_segment(_project: Project, db: Connection, guid: str) -> list[Related]:
    codes = (
        select(Code.guid)
        .join(Coding, Coding.code_id == Code.id)
        .join(Segment, Segment.id == Coding.segment_id)
        .where(Segment.guid == guid)
        .order_by(Code.position, Code.id)
    )
    relations = (
        select(Relation.guid)
        .join(Evidence, Evidence.relation_id == Relation.id)
        .join(EvidenceSegment, EvidenceSegment.evidence_id == Evidence.id)
        .join(Segment, Segment.id == EvidenceSegment.segment_id)
        .where(Segment.guid == guid, Relation.status != "rejected")
        .order_by(Relation.number)
    )
    row = Passages(db).of([guid]).get(guid)
    cases = [row.case] if row is not None and row.case else []
    return [
        *(Related("codes", f"code:{one}") for one in db.execute(codes).scalars()),
        *(Related("relations", f"relation:{one}") for one in db.execute(relations).scalars()),
        *(Related("cases", f"case:{one}") for one in cases),
    ]


# -- by words -----------------------------------------------------------------------------------------------


def passages_with(project: Project, words: str, *, limit: int = _PASSAGES) -> list[str]:
    """Coded passages (GUIDs) in which the words stand, in the order of the documents."""
    hits = search.hits(project, words, limit=_HITS) if len(words.strip()) > 1 else []
    found: dict[str, None] = {}
    with project.read() as db:
        ids = {r.guid: r.id for r in db.execute(select(Source.guid, Source.id))}
        for hit in hits:
            query = select(Segment.guid).where(
                Segment.source_id == ids[hit.source],
                Segment.start <= hit.start,
                Segment.stop >= hit.stop,
                select(Coding.id).where(Coding.segment_id == Segment.id).exists(),
            )
            found |= dict.fromkeys(db.execute(query.order_by(Segment.start, Segment.id)).scalars())
            if len(found) >= limit:
                break
    return list(found)[:limit]


def names_of(project: Project, targets: Iterable[str]) -> dict[str, str]:
    """How people call objects given as "kind:GUID"."""
    tables = {kind: table for table, kind in TARGET_KINDS.items()}
    asked = [(tables[kind], guid) for kind, _colon, guid in (t.partition(":") for t in targets)]
    with project.read() as db:
        names = target_names(db, asked)
    return {f"{TARGET_KINDS[table]}:{guid}": name for (table, guid), name in names.items()}
