"""Reading: which turns are unread, read, coded, or left uncoded on purpose.

What was read is side data, noted paragraph by paragraph while the text passes by; leaving a turn uncoded is a
decision, and an act. Where a text has no turns, each paragraph counts as one.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, case, func, select, update

from qda.coding.access import get
from qda.coding.correcting import paragraphs_of, place_of
from qda.coding.references import SourceRef
from qda.coding.turn_borders import opening
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Coding, Segment
from qda.models.material import Paragraph, Source, Speaker

ReadState = Literal["unread", "read", "coded", "uncoded"]
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TurnState:
    """A turn: number of its first paragraph, its span, who speaks, and how far it is.

    ``coded`` outranks ``uncoded`` (left uncoded on purpose), that ``read``, that ``unread``.
    """

    paragraph: str
    start: int
    stop: int
    speaker: str
    role: str
    state: ReadState


@dataclass(frozen=True, slots=True)
class ReadCounts:
    """How many turns are how far; each turn is in one of the four."""

    unread: int
    read: int
    coded: int
    uncoded: int


def mark_uncoded(project: Project, *, source: SourceRef, paragraph: str, uncoded: bool = True) -> str:
    """Says that a turn (the number of a paragraph in it) stays uncoded on purpose, or takes that back."""
    with project.unit(_("Leave turn uncoded") if uncoded else _("Turn is to be coded")) as session:
        row = get(session, Source, source)
        found = paragraphs_of(session, row)
        at = place_of(found, row, paragraph)
        first = opening(found, at)
        turn = found[at if first is None else first]
        turn.uncoded = uncoded
        return turn.guid


def mark_seen(project: Project, *, source: str, starts: Collection[int], seen: bool = True) -> bool:
    """Notes paragraphs (by where they start) as read, or as unread again. No act: called while scrolling.

    False where it could not be noted just now; nothing is lost by asking again later.
    """
    wanted = sorted(starts)
    own = select(Source.id).where(Source.guid == source).scalar_subquery()
    return all(
        project.write_aside(
            update(Paragraph)
            .where(
                Paragraph.source_id == own,
                Paragraph.start.in_(wanted[at : at + _AT_ONCE]),
                Paragraph.seen.is_(not seen),
            )
            .values(seen=seen)
            .execution_options(synchronize_session=False)
        )
        for at in range(0, len(wanted), _AT_ONCE)
    )


def turn_states(project: Project, source: str) -> list[TurnState]:
    """The turns of a document, in order, and how far each is."""
    with project.read() as db:
        found = db.execute(select(Source.id).where(Source.guid == source)).scalar_one_or_none()
        return [] if found is None else _states(db, found)


def read_counts(project: Project, source: str, *, respondents: bool = False) -> ReadCounts:
    """How many turns of a document are how far; ``respondents``: without the interviewer's."""
    states = [
        turn.state for turn in turn_states(project, source) if not respondents or turn.role != "interviewer"
    ]
    return ReadCounts(*(states.count(s) for s in ("unread", "read", "coded", "uncoded")))


@dataclass(frozen=True, slots=True)
class BegunReading:
    """A document of which some has been read and ``unread`` turns have not."""

    source: str
    title: str
    unread: int


def begun_readings(project: Project, *, limit: int = 5) -> tuple[list[BegunReading], int]:
    """Documents that were begun and not read to the end, and how many were not begun at all.

    One look at all paragraphs; turns are counted only in the first ``limit`` that have some left.
    """
    seen = func.sum(case((Paragraph.seen, 1), else_=0))
    query = (
        select(Source.guid, Source.title, seen)
        .join(Paragraph, Paragraph.source_id == Source.id)
        .where(Paragraph.kind != "header")
        .group_by(Source.id)
        .having(seen < func.count())
        .order_by(Source.position, Source.id)
    )
    with project.read() as db:
        rows = db.execute(query).all()
    found: list[BegunReading] = []
    for guid, title, some in rows:
        if len(found) == limit:
            break
        unread = read_counts(project, guid).unread if some else 0
        if unread:
            found.append(BegunReading(guid, title, unread))
    return found, sum(not some for _guid, _title, some in rows)


def next_turn(
    project: Project,
    source: str,
    *,
    after: int,
    states: Collection[str] = ("unread",),
    back: bool = False,
    respondents: bool = False,
) -> TurnState | None:
    """The next turn behind a place (or the last one before it) that is in one of the states."""
    turns = [
        turn
        for turn in turn_states(project, source)
        if turn.state in states and (not respondents or turn.role != "interviewer")
    ]
    if back:
        return next((turn for turn in reversed(turns) if turn.start < after), None)
    return next((turn for turn in turns if turn.start > after), None)


def _states(db: Connection, source: int) -> list[TurnState]:
    query = (
        select(
            Paragraph.number,
            Paragraph.start,
            Paragraph.stop,
            Paragraph.kind,
            Paragraph.opens_turn,
            Paragraph.speaker_id,
            Paragraph.uncoded,
            Paragraph.seen,
            Speaker.label,
            Speaker.role,
        )
        .outerjoin(Speaker, Speaker.id == Paragraph.speaker_id)
        .where(Paragraph.source_id == source)
        .order_by(Paragraph.start)
    )
    turns = _turns([row for row in db.execute(query).all() if row.kind != "header"])
    coded = _coded(db, source, turns)
    return [
        TurnState(
            turn[0].number,
            turn[0].start,
            turn[-1].stop,
            turn[0].label or "",
            turn[0].role or "",
            _state(turn, has_code),
        )
        for turn, has_code in zip(turns, coded, strict=True)
    ]


def _turns(rows: Sequence[Any]) -> list[list[Any]]:
    turns: list[list[Any]] = []
    for row in rows:
        goes_on = turns and not row.opens_turn and row.speaker_id is not None
        if goes_on and turns[-1][-1].speaker_id == row.speaker_id:
            turns[-1].append(row)
        else:
            turns.append([row])
    return turns


def _coded(db: Connection, source: int, turns: Sequence[Sequence[Any]]) -> list[bool]:
    """Which of the turns hold a coding, or a part of one."""
    coded = [False] * len(turns)
    stops = [turn[-1].stop for turn in turns]
    query = (
        select(Segment.start, Segment.stop)
        .join(Coding, Coding.segment_id == Segment.id)
        .where(Segment.source_id == source)
        .order_by(Segment.start)
    )
    for start, stop in db.execute(query).all():
        at = bisect_left(stops, start + 1)
        while at < len(turns) and turns[at][0].start < stop:
            coded[at] = True
            at += 1
    return coded


def _state(turn: Sequence[Any], coded: bool) -> ReadState:
    if coded:
        return "coded"
    if turn[0].uncoded:
        return "uncoded"
    return "read" if all(row.seen for row in turn) else "unread"
