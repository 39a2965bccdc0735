"""Memos as they are wanted: by type, words, code, case, coder, pile, in an order; for desk and reports.

A memo is about a case where it hangs on the case, on one of its documents or passages, or on evidence with
such a passage; about a code where it hangs on the code, one of its codings, properties or placements. Codes
below and cases inside count with theirs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, Select, func, select

from qda.coding.folding import find_in
from qda.coding.memo_piles import MemoPileRow, memo_piles
from qda.coding.memo_queries import memos
from qda.coding.references import TARGET_TABLES
from qda.coding.rows import MemoRow
from qda.models import Project
from qda.models.codes import Code, Coding, MemoLink, Property, Segment
from qda.models.inquiry import SamplingDecision, SamplingTarget
from qda.models.journal_tables import Change, Unit
from qda.models.material import Case, Source
from qda.models.theory import Evidence, EvidenceSegment, Placement

Order = Literal["newest", "oldest", "changed", "title", "pile"]
ORDERS: Final[tuple[Order, ...]] = get_args(Order)
Pairs = Select[str, str]  # a target that memos hang on, and the code or case behind it


@dataclass(frozen=True, slots=True)
class MemoWish:
    """Which memos, and in which order; what is empty asks for nothing. GUIDs throughout.

    ``private``: all memos, only private ones, or none of them. ``order`` "pile" needs a pile, else it is as
    "oldest".
    """

    kinds: tuple[str, ...] = ()
    words: str = ""
    code: str = ""
    case: str = ""
    coder: str = ""
    pile: str = ""
    private: Literal["all", "only", "none"] = "all"
    order: Order = "newest"


@dataclass(frozen=True, slots=True)
class MemoBook:
    """All memos, newest first, with what they are about, when they were changed, and the piles."""

    rows: tuple[MemoRow, ...]
    piles: tuple[MemoPileRow, ...]
    codes: Mapping[str, frozenset[str]]
    cases: Mapping[str, frozenset[str]]
    changed: Mapping[str, datetime]

    def pile(self, guid: str) -> MemoPileRow | None:
        """A pile; none where it is gone."""
        return next((pile for pile in self.piles if pile.guid == guid), None)

    def wanted(self, wish: MemoWish) -> list[MemoRow]:
        """The memos that are wished for."""
        pile = self.pile(wish.pile) if wish.pile else None
        on_pile = dict.fromkeys(pile.memos) if pile else {}
        found = [
            row
            for row in self.rows
            if (not wish.kinds or row.kind in wish.kinds)
            and (not wish.coder or row.coder == wish.coder)
            and (not wish.pile or row.guid in on_pile)
            and (wish.private == "all" or row.private is (wish.private == "only"))
            and (not wish.code or wish.code in self.codes.get(row.guid, ()))
            and (not wish.case or wish.case in self.cases.get(row.guid, ()))
            and _has(row, wish.words)
        ]
        return self._ordered(found, wish.order, pile)

    def _ordered(self, rows: list[MemoRow], order: Order, pile: MemoPileRow | None) -> list[MemoRow]:
        if order == "title":
            return sorted(rows, key=lambda row: row.title.casefold())
        if order == "changed":
            return sorted(rows, key=lambda row: self.changed.get(row.guid, row.created), reverse=True)
        if order == "pile" and pile is not None:
            place = {guid: at for at, guid in enumerate(pile.memos)}
            return sorted(rows, key=lambda row: place.get(row.guid, len(place)))
        return rows if order == "newest" else rows[::-1]


def _has(row: MemoRow, words: str) -> bool:
    if not words.strip():
        return True
    whole = "\n".join((row.title, row.body, *row.link_names))
    return all(find_in(whole, word) for word in words.split())


def memo_book(project: Project) -> MemoBook:
    """All memos of the study as the desk and the report of memos read them."""
    rows = tuple(memos(project))
    piles = tuple(memo_piles(project))
    with project.read() as db:
        return MemoBook(
            rows,
            piles,
            _about(rows, _found(db, _CODES), _above(db, Code)),
            _about(rows, _found(db, _CASES), _above(db, Case)),
            _changed(db),
        )


def _of_code(entity: Any) -> Pairs:
    return select(entity.guid, Code.guid).join(Code, Code.id == entity.code_id)


def _of_case(query: Pairs) -> Pairs:
    return query.join(Source, Source.id == Segment.source_id).join(Case, Case.id == Source.case_id)


_CODES: Final[Mapping[str, Pairs]] = {
    "code": select(Code.guid, Code.guid.label("of")),
    "coding": _of_code(Coding),
    "property": _of_code(Property),
    "placement": _of_code(Placement),
}
_CASES: Final[Mapping[str, Pairs]] = {
    "case": select(Case.guid, Case.guid.label("of")),
    "source": select(Source.guid, Case.guid).join(Case, Case.id == Source.case_id),
    "segment": _of_case(select(Segment.guid, Case.guid).select_from(Segment)),
    "coding": _of_case(select(Coding.guid, Case.guid).join(Segment, Segment.id == Coding.segment_id)),
    "decision": select(SamplingDecision.guid, SamplingTarget.target_guid)
    .join(SamplingTarget, SamplingTarget.decision_id == SamplingDecision.id)
    .where(SamplingTarget.target_table == "case_"),
    "evidence": _of_case(
        select(Evidence.guid, Case.guid)
        .join(EvidenceSegment, EvidenceSegment.evidence_id == Evidence.id)
        .join(Segment, Segment.id == EvidenceSegment.segment_id)
    ),
}


def _found(db: Connection, queries: Mapping[str, Pairs]) -> dict[str, set[str]]:
    """The codes, or cases, behind everything that some memo hangs on, by target ("coding:GUID")."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind, query in queries.items():
        hung_on = select(MemoLink.target_guid).where(MemoLink.target_table == TARGET_TABLES[kind])
        for target, behind in db.execute(query.where(query.selected_columns[0].in_(hung_on))):
            found[f"{kind}:{target}"].add(behind)
    return found


def _above(db: Connection, entity: type[Code] | type[Case]) -> dict[str, tuple[str, ...]]:
    """What stands above each row, itself among it: a memo on a child is about its parents as well."""
    known = {
        r.id: (r.guid, r.parent_id) for r in db.execute(select(entity.id, entity.guid, entity.parent_id))
    }
    above: dict[str, tuple[str, ...]] = {}
    for guid, upper in known.values():
        line, parent = [guid], upper
        while parent in known and known[parent][0] not in line:
            line.append(known[parent][0])
            parent = known[parent][1]
        above[guid] = tuple(line)
    return above


def _about(
    rows: Iterable[MemoRow], bearing: Mapping[str, set[str]], above: Mapping[str, tuple[str, ...]]
) -> dict[str, frozenset[str]]:
    return {
        row.guid: frozenset(
            one for link in row.links for found in bearing.get(link, ()) for one in above.get(found, ())
        )
        for row in rows
        if row.links
    }


def _changed(db: Connection) -> dict[str, datetime]:
    """When each memo's words, type or privacy were last written."""
    query = (
        select(Change.guid, func.max(Unit.at).label("at"))
        .join(Unit, Unit.id == Change.unit_id)
        .where(Change.table == "memo")
        .group_by(Change.guid)
    )
    return {row.guid: row.at for row in db.execute(query)}
