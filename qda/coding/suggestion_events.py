"""What was proposed for passages and what became of it: kept beside the journal, counted for the report.

Writing an event is no act: there is no unit, no undo, and nobody hears of it. That a proposal was shown stays
true when its coding is taken back.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, func, insert, select

from qda.models import Project
from qda.models.base import new_guid, storable
from qda.models.codes import Code
from qda.models.material import Coder, Source
from qda.models.suggested import SuggestionEvent

Kind = Literal["code", "new", "slot"]
Outcome = Literal["shown", "taken", "changed", "passed"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as it was shown, with its outcome; fields as in the table of events."""

    kind: Kind
    engine: str
    version: str
    score: float
    outcome: Outcome
    strong: bool = False
    code: str = ""
    name: str = ""
    form: str = ""
    reason: str = ""
    words: str = ""
    like_source: str = ""
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event, with names as they are now (empty where the row is gone)."""

    guid: str
    at: datetime
    coder: str
    coder_name: str
    source: str
    source_name: str
    start: int
    stop: int
    showing: str
    rank: int
    engine: str
    version: str
    kind: str
    form: str
    code: str
    name: str
    score: float
    strong: bool
    reason: str
    words: str
    outcome: str
    dismissed: bool


@dataclass(frozen=True, slots=True)
class Declared:
    """What one version of one engine proposed of one kind, and what became of it; for the report.

    ``proposals`` counts by outcome, ``strong`` those of them that were called strong. ``passages`` is how
    many times proposals were shown, ``passages_taken`` at how many of these one at least was taken, and
    ``passages_changed`` at how many another code alone was given.
    """

    engine: str
    version: str
    kind: str
    proposals: dict[str, int]
    strong: dict[str, int]
    passages: int
    passages_taken: int
    passages_changed: int


def record(project: Project, *, source: str, start: int, stop: int, proposed: Sequence[Proposed]) -> bool:
    """Keeps what was shown at once for a passage; false where nothing can be written just now."""
    showing, coder, at = new_guid(), project.coder, project.clock()
    rows = [
        {
            **{name: _stored(getattr(one, name)) for name in Proposed.__slots__},
            **{"guid": new_guid(), "at": at, "coder": coder, "source_guid": source},
            **{"start": start, "stop": stop, "showing": showing, "rank": rank},
        }
        for rank, one in enumerate(proposed, 1)
    ]

    def write(connection: Connection) -> None:
        connection.execute(insert(SuggestionEvent), rows)

    return not rows or project.work_aside(write)


def _stored(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


def events(project: Project) -> list[EventRow]:
    """All events, oldest first."""
    row = SuggestionEvent
    shown = func.coalesce(func.nullif(row.name, ""), Code.name, "")
    places = (row.source_guid, func.coalesce(Source.title, ""), row.start, row.stop, row.showing, row.rank)
    what = (row.engine, row.version, row.kind, row.form, row.code, shown, row.score, row.strong)
    query = (
        select(
            *(row.guid, row.at, row.coder, func.coalesce(Coder.name, "")),
            *(*places, *what, row.reason, row.words, row.outcome, row.dismissed),
        )
        .outerjoin(Coder, Coder.guid == row.coder)
        .outerjoin(Source, Source.guid == row.source_guid)
        .outerjoin(Code, Code.guid == row.code)
        .order_by(row.id)
    )
    with project.read() as db:
        found: list[Any] = list(db.execute(query))
    return [EventRow(*one) for one in found]


def dismissed(project: Project, *, source: str, start: int, stop: int, slots: bool = False) -> frozenset[str]:
    """Codes (GUIDs) and names that were passed by name for this passage, or for one that is mostly it.

    With ``slots`` the names of slots for which a hint was passed, and nothing else.
    """
    row = SuggestionEvent
    kind = row.kind == "slot" if slots else row.kind != "slot"
    query = select(row.start, row.stop, row.code, row.name).where(
        row.source_guid == source, row.dismissed, row.start < stop, row.stop > start, kind
    )
    with project.read() as db:
        found = db.execute(query).all()
    return frozenset(
        one.code or one.name
        for one in found
        if 2 * (min(one.stop, stop) - max(one.start, start)) > max(one.stop - one.start, stop - start)
    )


def declaration(project: Project) -> list[Declared]:
    """What was proposed and what became of it, by engine, version and kind."""
    row = SuggestionEvent
    columns = (row.engine, row.version, row.kind, row.showing, row.outcome, row.strong)
    with project.read() as db:
        found = db.execute(select(*columns).order_by(row.id)).all()
    counted: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    strong: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    passages: dict[tuple[str, str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in found:
        key = (one.engine, one.version, one.kind)
        counted[key][one.outcome] += 1
        strong[key][one.outcome] += bool(one.strong)
        passages[key][one.showing].add(one.outcome)
    return [
        Declared(
            *key,
            {outcome: counts[outcome] for outcome in OUTCOMES},
            {outcome: strong[key][outcome] for outcome in OUTCOMES},
            len(passages[key]),
            sum("taken" in outcomes for outcomes in passages[key].values()),
            sum("taken" not in outcomes and "changed" in outcomes for outcomes in passages[key].values()),
        )
        for key, counts in sorted(counted.items())
    ]
