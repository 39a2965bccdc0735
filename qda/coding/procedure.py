"""How a study came about, as its history tells it: acts by month and phase, work on codebook and documents.

Acts that were undone are left out, as if they had not been. Nothing here judges the work; it counts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from qda.coding.category_life import undone_units
from qda.coding.rows import CodingRow
from qda.models import Project
from qda.models.journal_tables import Change, Unit

PHASES: Final = ("open", "axial", "selective", "")
"""The workspaces in which acts are done; the last one are acts outside of them (import, cases, sheet)."""

_CODE_TEXTS: Final = ("definition", "delimitation", "anchor", "rule")
_CODE_FIELDS: Final = (*_CODE_TEXTS, "name", "kind", "parent_id", "typical_id", "deviating_id")


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase: how many acts on how many days, and between which moments they lie."""

    phase: str
    acts: int
    days: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month (its first day's ``year`` and ``month``) with acts by phase, and what became of the codebook.

    ``gone`` counts codes that were merged into others or removed; ``worded`` new versions of definition,
    delimitation, anchor example and rule.
    """

    year: int
    month: int
    acts: dict[str, int]
    made: int
    renamed: int
    filed: int
    worded: int
    gone: int


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A person's codings in a document: how many, and between which moments."""

    source: str
    coder: str
    codings: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Procedure:
    """The history in figures: phases in their order, months from the first to the last."""

    phases: tuple[PhaseRow, ...]
    months: tuple[MonthRow, ...]


def procedure(project: Project) -> Procedure:
    """Reads the history once."""
    with project.read() as db:
        undone = undone_units(db)
        query = select(Unit.id, Unit.at, Unit.phase).where(Unit.kind.in_(("do", "start"))).order_by(Unit.id)
        units = [row for row in db.execute(query) if row.id not in undone]
        fields = (Change.unit_id, Change.op, Change.field)
        changed = db.execute(select(*fields).where(Change.table == "code")).all()
    moments: dict[str, list[datetime]] = defaultdict(list)
    months: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    when: dict[int, tuple[int, int]] = {}
    for row in units:
        at = _here(row.at)
        phase = row.phase if row.phase in PHASES else ""
        moments[phase].append(at)
        when[row.id] = (at.year, at.month)
        months[at.year, at.month][phase] += 1
    book: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for unit, op, field in changed:
        what = _what(op, field)
        if what and unit in when:
            book[when[unit]][what] += 1
    return Procedure(
        tuple(_phase(phase, moments[phase]) for phase in PHASES if moments[phase]),
        tuple(_month(key, months[key], book[key]) for key in sorted(months)),
    )


def code_dates(project: Project) -> dict[str, tuple[datetime, datetime]]:
    """When each code (GUID) came into the history and when its name, place or words last changed.

    Codes of which the history holds nothing are left out.
    """
    with project.read() as db:
        undone = undone_units(db)
        query = (
            select(Change.guid, Change.unit_id, Unit.at)
            .join(Unit, Unit.id == Change.unit_id)
            .where(Change.table == "code", Change.op.in_(("insert", "update")))
            .where(Change.field.in_(("", *_CODE_FIELDS)), Unit.kind.in_(("do", "start")))
            .order_by(Change.id)
        )
        found: dict[str, tuple[datetime, datetime]] = {}
        for guid, unit, at in db.execute(query):
            if unit not in undone:
                found[guid] = (found[guid][0] if guid in found else at, at)
    return found


def work(codings: Iterable[CodingRow]) -> list[WorkRow]:
    """Who coded how much in which document, in the order in which the codings come."""
    found: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for one in codings:
        found[one.segment.source, one.coder].append(one.created)
    return [WorkRow(*key, len(some), min(some), max(some)) for key, some in found.items()]


def last_acts(project: Project, *, days: int) -> list[tuple[str, int, int, datetime]]:
    """By person (GUID): acts of the last ``days`` before the newest act, all acts, and the newest moment.

    Undone acts count: they were work, too.
    """
    with project.read() as db:
        newest = db.execute(select(func.max(Unit.at))).scalar_one_or_none()
        if newest is None:
            return []
        rows = db.execute(select(Unit.coder, Unit.at).where(Unit.kind == "do")).all()
    counted: dict[str, list[datetime]] = defaultdict(list)
    for coder, at in rows:
        counted[coder].append(at)
    return [
        (coder, sum((newest - at).days < days for at in some), len(some), max(some))
        for coder, some in counted.items()
    ]


def _what(op: str, field: str) -> str:
    """What a change of a code is in the columns of a month; empty for what is not counted."""
    if op == "insert":
        return "made"
    if op == "delete":
        return "gone"
    if field in _CODE_TEXTS:
        return "worded"
    return {"name": "renamed", "parent_id": "filed"}.get(field, "")


def _phase(phase: str, moments: Sequence[datetime]) -> PhaseRow:
    days = {at.date() for at in moments}
    return PhaseRow(phase, len(moments), len(days), min(moments), max(moments))


def _month(key: tuple[int, int], acts: Counter[str], book: Counter[str]) -> MonthRow:
    return MonthRow(
        *key, dict(acts), book["made"], book["renamed"], book["filed"], book["worded"], book["gone"]
    )


def _here(moment: datetime) -> datetime:
    """A moment by the clock of this place."""
    return moment.astimezone() if moment.tzinfo else moment
