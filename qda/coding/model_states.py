"""States of a model as plain data: as it is now, as it was frozen, and what differs between two.

A state holds slots, placements and relations with statement, conditions, status, and evidence counted by
case. It stands for itself: names are kept as they were.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from qda.coding import theory
from qda.coding.access import pairs
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.names import mapped

POLARITIES: Final = ("supporting", "contradicting", "qualifying")
Change = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """Pieces of evidence of a relation that have passages of a case; ``case`` is empty where it is none."""

    case: str
    name: str
    supporting: int
    contradicting: int
    qualifying: int


@dataclass(frozen=True, slots=True)
class SlotState:
    """A slot; ``name`` is its own, or empty where the template's holds."""

    guid: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class PlacementState:
    """A code in a slot (both GUIDs)."""

    guid: str
    slot: str
    code: str
    name: str
    level: str
    addressee: str


@dataclass(frozen=True, slots=True)
class RelationState:
    """A relation with its evidence counted; ``conditions`` in words."""

    guid: str
    number: int
    from_code: str
    from_name: str
    to_code: str
    to_name: str
    type: str
    own_type: str
    statement: str
    status: str
    conditions: tuple[str, ...]
    supporting: int
    contradicting: int
    qualifying: int
    searched: int
    cases: tuple[CaseEvidence, ...]


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model at a moment. ``phenomenon`` is the GUID of a code, or empty."""

    name: str
    template: str
    status: str
    phenomenon: str
    phenomenon_name: str
    slots: tuple[SlotState, ...]
    placements: tuple[PlacementState, ...]
    relations: tuple[RelationState, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field held before and holds behind."""

    field: str
    before: Any
    behind: Any


@dataclass(frozen=True, slots=True)
class PlacementChange:
    """A placement that came, went, or changed its slot, level or addressee."""

    change: Change
    before: PlacementState | None
    behind: PlacementState | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationChange:
    """A relation that came, went, or changed."""

    change: Change
    before: RelationState | None
    behind: RelationState | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class StateDifference:
    """What differs between two states of a model."""

    model: tuple[FieldChange, ...]
    slots_added: tuple[SlotState, ...]
    slots_removed: tuple[SlotState, ...]
    placements: tuple[PlacementChange, ...]
    relations: tuple[RelationChange, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not any((self.model, self.slots_added, self.slots_removed, self.placements, self.relations))


def present_state(project: Project, model: str) -> ModelState:
    """The model as it is now.

    :raises KnownError: there is no such model.
    """
    chosen = next((row for row in theory.models(project) if row.guid == model), None)
    if chosen is None:
        raise KnownError(_("What you want to change is no longer there ({name}).").format(name=model))
    own = _own_names(project, model)
    return ModelState(
        chosen.name,
        chosen.template,
        chosen.status,
        chosen.phenomenon or "",
        chosen.phenomenon_name,
        tuple(SlotState(slot.guid, slot.key, own.get(slot.guid, "")) for slot in chosen.slots),
        tuple(
            PlacementState(row.guid, row.slot, row.code, row.code_name, row.level, row.addressee)
            for row in theory.placements(project, model)
        ),
        _relations(project, model),
    )


def _own_names(project: Project, model: str) -> dict[str, str]:
    from sqlalchemy import select

    from qda.models.theory import ModelSlot, ParadigmModel

    query = (
        select(ModelSlot.guid, ModelSlot.name)
        .join(ParadigmModel, ParadigmModel.id == ModelSlot.model_id)
        .where(ParadigmModel.guid == model)
    )
    with project.read() as db:
        return pairs(db.execute(query))


def _evidence_places(
    project: Project, relations: Collection[str]
) -> Iterator[tuple[str, str, Iterable[tuple[str, str]]]]:
    """Relation, polarity and cases (GUID and name) of each piece of evidence; no text is read."""
    from sqlalchemy import select

    from qda.coding.passage_cases import PassageCases
    from qda.models.codes import Segment
    from qda.models.theory import Evidence, EvidenceSegment, Relation

    query = (
        select(Relation.guid, Evidence.id, Evidence.polarity, Segment.source_id, Segment.start)
        .join(Evidence, Evidence.relation_id == Relation.id)
        .join(EvidenceSegment, EvidenceSegment.evidence_id == Evidence.id)
        .join(Segment, Segment.id == EvidenceSegment.segment_id)
    )
    pieces: dict[tuple[str, int, str], dict[tuple[str, str], None]] = defaultdict(dict)
    with project.read() as db:
        cases = PassageCases(db)
        for relation, piece, polarity, source, start in db.execute(query):
            if relation in relations:
                pieces[relation, piece, polarity].setdefault(cases.at(source, start))
    for (relation, _piece, polarity), places in pieces.items():
        yield relation, polarity, places


def _relations(project: Project, model: str) -> tuple[RelationState, ...]:
    rows = theory.relations(project, model)
    wanted = {row.guid for row in rows}
    counted: dict[str, dict[tuple[str, str], dict[str, int]]] = defaultdict(dict)
    for relation, polarity, places in _evidence_places(project, wanted):
        for place in places:
            counts = counted[relation].setdefault(place, dict.fromkeys(POLARITIES, 0))
            counts[polarity] += 1
    return tuple(
        RelationState(
            row.guid,
            row.number,
            row.from_code,
            row.from_name,
            row.to_code,
            row.to_name,
            row.type,
            row.own_type,
            row.statement,
            row.status,
            tuple(condition.words for condition in row.conditions),
            row.supporting,
            row.contradicting,
            row.qualifying,
            row.searched,
            tuple(
                CaseEvidence(case, name, **counts)
                for (case, name), counts in sorted(counted[row.guid].items(), key=lambda one: one[0][1])
            ),
        )
        for row in rows
    )


# -- as it is stored ----------------------------------------------------------------------------------------


def to_json(state: ModelState) -> dict[str, Any]:
    """A state as it is stored; people's words stand under ``name``, ``words``, ``statement`` and the like."""
    return {
        "version": 1,
        "name": state.name,
        "template": state.template,
        "status": state.status,
        "phenomenon": {"guid": state.phenomenon, "name": state.phenomenon_name},
        "slots": [{"guid": s.guid, "key": s.key, "name": s.name} for s in state.slots],
        "placements": [
            {
                "guid": p.guid,
                "slot": p.slot,
                "of": p.code,
                "name": p.name,
                "level": p.level,
                "addressee": p.addressee,
            }
            for p in state.placements
        ],
        "relations": [_relation_to_json(r) for r in state.relations],
    }


def _relation_to_json(r: RelationState) -> dict[str, Any]:
    return {
        "guid": r.guid,
        "number": r.number,
        "from": {"guid": r.from_code, "name": r.from_name},
        "to": {"guid": r.to_code, "name": r.to_name},
        "type": r.type,
        "own_type": r.own_type,
        "statement": r.statement,
        "status": r.status,
        "conditions": [{"words": words} for words in r.conditions],
        "supporting": r.supporting,
        "contradicting": r.contradicting,
        "qualifying": r.qualifying,
        "searched": r.searched,
        "cases": [
            {"guid": c.case, "name": c.name, **{p: getattr(c, p) for p in POLARITIES}} for c in r.cases
        ],
    }


def from_json(kept: Mapping[str, Any]) -> ModelState:
    """The state that :func:`to_json` stored."""
    return ModelState(
        kept["name"],
        kept["template"],
        kept["status"],
        kept["phenomenon"]["guid"],
        kept["phenomenon"]["name"],
        tuple(SlotState(s["guid"], s["key"], s["name"]) for s in kept["slots"]),
        tuple(
            PlacementState(p["guid"], p["slot"], p["of"], p["name"], p["level"], p["addressee"])
            for p in kept["placements"]
        ),
        tuple(_relation_from_json(r) for r in kept["relations"]),
    )


def _relation_from_json(r: Mapping[str, Any]) -> RelationState:
    return RelationState(
        r["guid"],
        r["number"],
        r["from"]["guid"],
        r["from"]["name"],
        r["to"]["guid"],
        r["to"]["name"],
        r["type"],
        r["own_type"],
        r["statement"],
        r["status"],
        tuple(c["words"] for c in r["conditions"]),
        r["supporting"],
        r["contradicting"],
        r["qualifying"],
        r["searched"],
        tuple(CaseEvidence(c["guid"], c["name"], *(c[p] for p in POLARITIES)) for c in r["cases"]),
    )


_WORDS: Final = frozenset({"name", "words", "statement", "level", "addressee", "own_type"})


def without_case(
    kept: Mapping[str, Any], case: str, word: str, change: Callable[[str], str]
) -> dict[str, Any]:
    """A stored state that names a case no more (its counts stay); ``change`` is done to all words."""
    done = dict(kept)
    done["relations"] = [
        dict(
            relation,
            cases=[
                dict(one, guid="", name=word) if one["guid"] == case else one for one in relation["cases"]
            ],
        )
        for relation in kept.get("relations", ())
    ]
    return {key: _changed(value, change, key) for key, value in done.items()}


def _changed(value: Any, change: Callable[[str], str], key: str) -> Any:
    if isinstance(value, dict):
        return {inner: _changed(one, change, inner) for inner, one in value.items()}
    if isinstance(value, list):
        return [_changed(one, change, key) for one in value]
    return mapped(value, change) if key in _WORDS else value


# -- what differs -------------------------------------------------------------------------------------------


def difference(before: ModelState, behind: ModelState) -> StateDifference:
    """What came, went and changed from one state to another; things are the same by GUID."""
    slots = {slot.guid for slot in before.slots}
    still = {slot.guid for slot in behind.slots}
    return StateDifference(
        _fields(before, behind, ("name", "template", "status", "phenomenon", "phenomenon_name")),
        tuple(slot for slot in behind.slots if slot.guid not in slots),
        tuple(slot for slot in before.slots if slot.guid not in still),
        tuple(
            PlacementChange(*found)
            for found in _compared(
                before.placements, behind.placements, ("slot", "name", "level", "addressee")
            )
        ),
        tuple(
            RelationChange(*found)
            for found in _compared(
                before.relations,
                behind.relations,
                tuple(name for name in RelationState.__slots__ if name not in ("guid", "number")),
            )
        ),
    )


def _fields(before: Any, behind: Any, names: tuple[str, ...]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, getattr(before, name), getattr(behind, name))
        for name in names
        if getattr(before, name) != getattr(behind, name)
    )


def _compared(
    before: tuple[Any, ...], behind: tuple[Any, ...], names: tuple[str, ...]
) -> list[tuple[Change, Any, Any, tuple[FieldChange, ...]]]:
    old, new = {one.guid: one for one in before}, {one.guid: one for one in behind}
    found: list[tuple[Change, Any, Any, tuple[FieldChange, ...]]] = []
    for guid, one in new.items():
        if guid not in old:
            found.append(("added", None, one, ()))
        elif fields := _fields(old[guid], one, names):
            found.append(("changed", old[guid], one, fields))
    return found + [("removed", one, None, ()) for guid, one in old.items() if guid not in new]
