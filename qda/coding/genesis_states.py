"""A model as it was at any moment: the rows of today, with every change of the journal since taken back.

To which case a passage belongs is told as it is known today, and so are the names of cases. What was deleted
for good is not told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from qda.coding.access import AT_ONCE, pairs
from qda.coding.model_states import (
    POLARITIES,
    CaseEvidence,
    ModelState,
    PlacementState,
    RelationState,
    SlotState,
    StateDifference,
    difference,
    present_state,
)
from qda.coding.model_versions import version_state
from qda.coding.passage_cases import NOWHERE, PassageCases
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.journal import ENTITIES, fields_of, table_of, target_of
from qda.models.journal_tables import Change, Unit
from qda.models.material import Case, Source

Fields = dict[str, Any]
Rows = dict[str, dict[str, Fields]]  # by table and GUID; references are GUIDs
TABLES: Final = (
    "paradigm_model",
    "model_slot",
    "placement",
    "relation",
    "relation_condition",
    "evidence",
    "evidence_segment",
    "counter_search",
    "code",
    "property",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A state to look at: a frozen version (GUID), a moment, or without both the model as it is now."""

    at: datetime | None = None
    version: str = ""


def state_at(project: Project, model: str, moment: datetime) -> ModelState | None:
    """The model (GUID) as it was at the end of the moment; none where it was not there yet, or not any more.

    The model may be gone by now.
    """
    with project.read() as db:
        rows = rows_at(db, moment)
        if model not in rows["paradigm_model"]:
            return None
        return _Past(db, rows, model).state()


def state_of(project: Project, model: str, moment: Moment) -> ModelState:
    """The state that a moment names.

    :raises KnownError: the version is gone, or the model was not there.
    """
    if moment.version:
        return version_state(project, moment.version)
    if moment.at is None:
        return present_state(project, model)
    found = state_at(project, model, moment.at)
    if found is None:
        raise KnownError(_("The model was not there at this date."))
    return found


def states_differ(project: Project, model: str, before: Moment, behind: Moment) -> StateDifference:
    """What differs between the states of two moments.

    :raises KnownError: as :func:`state_of`.
    """
    return difference(state_of(project, model, before), state_of(project, model, behind))


def rows_at(db: Connection, moment: datetime) -> Rows:
    """The rows of the theory as they were at the end of the moment."""
    rows = {name: _present(db, name) for name in TABLES}
    query = (
        select(Change.op, Change.table, Change.guid, Change.field, Change.old)
        .join(Unit, Unit.id == Change.unit_id)
        .where(Unit.at > moment, Change.table.in_(TABLES))
        .order_by(Change.id.desc())
    )
    for op, table, guid, name, old in db.execute(query):
        known = rows[table]
        if op == "insert":
            known.pop(guid, None)
        elif op == "delete":
            known[guid] = dict(old or {})
        elif op == "update" and guid in known:
            known[guid][name] = old
    return rows


def _present(db: Connection, name: str) -> dict[str, Fields]:
    entity = ENTITIES[name]
    table = table_of(entity)
    columns: list[Any] = [table.c.guid.label("guid")]
    joined: Any = table
    for column in fields_of(entity):
        target = target_of(column)
        if target is None:
            columns.append(column)
            continue
        other = target.alias()
        joined = joined.outerjoin(other, other.c.id == column)
        columns.append(other.c.guid.label(column.name))
    found = db.execute(select(*columns).select_from(joined).order_by(table.c.id))
    return {row.guid: dict(row._mapping) for row in found}


class _Past:
    """Puts one model together from the rows of a moment."""

    def __init__(self, db: Connection, rows: Rows, model: str) -> None:
        self._db = db
        self._rows = rows
        self._model = model

    def state(self) -> ModelState:
        row = self._rows["paradigm_model"][self._model]
        phenomenon = row.get("phenomenon_id") or ""
        slots = self._of("model_slot", "model_id", {self._model})
        return ModelState(
            row["name"],
            row["template"],
            row.get("status", "active"),
            phenomenon,
            self._code(phenomenon),
            tuple(SlotState(guid, one["key"], one.get("name") or "") for guid, one in slots.items()),
            self._placements(slots),
            self._relations(),
        )

    def _of(self, table: str, field: str, owners: Iterable[str]) -> dict[str, Fields]:
        """Rows of some owners, in their order."""
        wanted = set(owners)
        found = [(guid, one) for guid, one in self._rows[table].items() if one.get(field) in wanted]
        return dict(sorted(found, key=lambda pair: pair[1].get("position") or 0))

    def _code(self, guid: str) -> str:
        return str(self._rows["code"].get(guid, {}).get("name", ""))

    def _placements(self, slots: dict[str, Fields]) -> tuple[PlacementState, ...]:
        placed = self._of("placement", "slot_id", slots)
        order = {slot: at for at, slot in enumerate(slots)}
        found = sorted(placed.items(), key=lambda pair: order[pair[1]["slot_id"]])
        return tuple(
            PlacementState(
                guid,
                one["slot_id"],
                one["code_id"],
                self._code(one["code_id"]),
                one.get("level") or "",
                one.get("addressee") or "",
            )
            for guid, one in found
        )

    def _relations(self) -> tuple[RelationState, ...]:
        mine = self._of("relation", "model_id", {self._model})
        conditions = self._conditions(mine)
        searched = self._of("counter_search", "relation_id", mine)
        pieces = self._of("evidence", "relation_id", mine)
        cases = self._evidence_cases(pieces)
        by_relation: dict[str, dict[str, Fields]] = defaultdict(dict)
        for key, piece in pieces.items():
            by_relation[piece["relation_id"]][key] = piece
        sought = Counter(search["relation_id"] for search in searched.values())
        found = []
        for guid, one in sorted(mine.items(), key=lambda pair: pair[1]["number"]):
            some = by_relation[guid]
            polarities = [piece["polarity"] for piece in some.values()]
            found.append(
                RelationState(
                    guid,
                    one["number"],
                    one["from_id"],
                    self._code(one["from_id"]),
                    one["to_id"],
                    self._code(one["to_id"]),
                    one["type"],
                    one.get("own_type") or "",
                    one.get("statement") or "",
                    one.get("status") or "supposed",
                    tuple(conditions[guid]),
                    polarities.count("supporting"),
                    polarities.count("contradicting"),
                    polarities.count("qualifying"),
                    sought[guid],
                    _by_case(some, cases),
                )
            )
        return tuple(found)

    def _conditions(self, relations: Iterable[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for one in self._of("relation_condition", "relation_id", relations).values():
            found[one["relation_id"]].append(self.condition(one))
        return found

    def condition(self, one: Fields) -> str:
        """A condition in words, as the relation's own list says it."""
        parts = [self._code(one["code_id"])] if one.get("code_id") else []
        known = self._rows["property"].get(one.get("property_id") or "")
        if known is not None:
            parts.append(f"{self._code(known['code_id'])} · {known['name']}: {one.get('value') or ''}")
        parts.append(one.get("text") or "")
        return " – ".join(part for part in parts if part)

    def _evidence_cases(self, pieces: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
        """GUID and name of the cases of each piece of evidence; ("", "") for passages of none."""
        links = self._of("evidence_segment", "evidence_id", pieces).values()
        where = cases_of_passages(self._db, {link["segment_id"] for link in links})
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for link in links:
            found[link["evidence_id"]].add(where.get(link["segment_id"], ("", "")))
        return found


def _by_case(pieces: dict[str, Fields], cases: dict[str, set[tuple[str, str]]]) -> tuple[CaseEvidence, ...]:
    counted: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(POLARITIES, 0))
    for guid, piece in pieces.items():
        for place in cases[guid]:
            counted[place][piece["polarity"]] += 1
    ordered = sorted(counted.items(), key=lambda one: one[0][1])
    return tuple(CaseEvidence(case, name, **counts) for (case, name), counts in ordered)


def cases_of_passages(db: Connection, segments: Iterable[str]) -> dict[str, tuple[str, str]]:
    """GUID and name of the case of passages, also of those that are gone; those of no case are left out."""
    wanted = set(segments)
    there = PassageCases(db).of(wanted)
    found = {guid: named for guid, named in there.items() if named != NOWHERE}
    gone = sorted(wanted - there.keys())
    documents: dict[str, str] = {}
    for at in range(0, len(gone), AT_ONCE):
        query = select(Change.guid, Change.old).where(
            Change.table == "segment", Change.op == "delete", Change.guid.in_(gone[at : at + AT_ONCE])
        )
        documents |= {guid: old["source_id"] for guid, old in db.execute(query) if old}
    if documents:
        named = select(Source.guid, Case.guid).join(Case, Case.id == Source.case_id)
        case = pairs(db.execute(named))
        names = pairs(db.execute(select(Case.guid, Case.name)))
        known = {guid: case[source] for guid, source in documents.items() if source in case}
        found |= {guid: (one, names[one]) for guid, one in known.items()}
    return found
