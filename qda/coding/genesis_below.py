"""Codes that were put below a category: from the journal, each with the passage from which it was made."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from qda.coding.access import AT_ONCE, pairs
from qda.coding.category_life import undone_units
from qda.coding.genesis_steps import Step
from qda.coding.material import Passages
from qda.i18n import _
from qda.models.journal_tables import Change, Unit
from qda.models.material import Coder


def put_below(db: Connection, code: str) -> Iterator[Step]:
    """Codes that came below a code (GUID) or went away from it; those of one act are one step."""
    coders = pairs(db.execute(select(Coder.guid, Coder.name)))
    names: dict[str, str] = {}
    made: dict[str, int] = {}  # by code the act that made it
    steps: dict[tuple[int, bool], tuple[Any, list[str], list[str]]] = {}
    for row in _changes(db):
        if row.op == "insert":
            names[row.guid], made[row.guid] = (row.new or {}).get("name", ""), row.unit_id
        elif row.field == "name":
            names[row.guid] = row.new
        old, new = _parents(row)
        if old != new and code in (old, new):
            _row, here, guids = steps.setdefault((row.unit_id, new == code), (row, [], []))
            here.append(names.get(row.guid, ""))
            guids.append(row.guid)
    first = _made_from(
        db, {guid: made[guid] for _r, _n, some in steps.values() for guid in some if guid in made}
    )
    passages = Passages(db).of(first.values())
    for (_unit, came), (row, told, guids) in steps.items():
        words = _("Put below it") if came else _("No longer below it")
        shown = tuple(passages[first[guid]] for guid in guids if first.get(guid) in passages) if came else ()
        yield Step(
            "moved",
            row.at,
            coders.get(row.coder, ""),
            words,
            parts=tuple(told),
            passages=shown,
            codes=tuple(guids),
        )


def _changes(db: Connection) -> Iterator[Any]:
    undone = undone_units(db)
    query = (
        select(
            *(Change.unit_id, Change.op, Change.guid, Change.field, Change.old, Change.new),
            *(Unit.at, Unit.coder),
        )
        .join(Unit, Unit.id == Change.unit_id)
        .where(
            Change.table == "code",
            Unit.kind == "do",
            or_(Change.op == "insert", Change.field.in_(("name", "parent_id"))),
        )
        .order_by(Change.id)
    )
    return (row for row in db.execute(query) if row.unit_id not in undone)


def _parents(row: Any) -> tuple[str, str]:
    """Below which code one stood before and stands after a change; both empty where that is not changed."""
    if row.op == "insert":
        return "", str((row.new or {}).get("parent_id") or "")
    if row.field == "parent_id":
        return str(row.old or ""), str(row.new or "")
    return "", ""


def _made_from(db: Connection, made: dict[str, int]) -> dict[str, str]:
    """The passage (GUID) that was coded in the act that made a code."""
    found: dict[str, str] = {}
    units = sorted(set(made.values()))
    for at in range(0, len(units), AT_ONCE):
        query = (
            select(Change.new)
            .where(
                Change.unit_id.in_(units[at : at + AT_ONCE]), Change.table == "coding", Change.op == "insert"
            )
            .order_by(Change.id)
        )
        for new in db.execute(query).scalars():
            if new and new.get("code_id") in made:
                found.setdefault(new["code_id"], new.get("segment_id", ""))
    return found


def first_passages(db: Connection, codes: Iterable[str]) -> dict[str, tuple[datetime, str]]:
    """For codes (GUIDs) that were made by coding a passage: when, and the passage (GUID) if it is there."""
    wanted = set(codes)
    made: dict[str, int] = {}
    moments: dict[str, datetime] = {}
    for row in _changes(db):
        if row.op == "insert" and row.guid in wanted:
            made[row.guid], moments[row.guid] = row.unit_id, row.at
    return {guid: (moments[guid], segment) for guid, segment in _made_from(db, made).items()}
