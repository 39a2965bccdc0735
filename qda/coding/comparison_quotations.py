"""Quotations in a case comparison: the one that the author chose, and the most deviating one beside it.

The most deviating one is the passage of the cell that is least like the chosen one or, where none is chosen,
least like any typical passage of the row's codes (by :func:`qda.coding.comparing.likeness`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, select

from qda.coding.access import AT_ONCE
from qda.coding.case_comparison import Comparison, Place
from qda.coding.comparing import SHORT, likeness
from qda.coding.material import Passages
from qda.coding.rows import SegmentRow
from qda.models import Project
from qda.models.codes import Code, Segment
from qda.models.material import Source

LOOKED_AT: Final = 200  # the newest passages of a cell


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quotations of a cell. ``against``: what the deviating one is least like, if there is one."""

    chosen: SegmentRow | None
    deviating: SegmentRow | None
    against: Literal["chosen", "typical", ""]


def quotations(
    project: Project, found: Comparison, cells: Iterable[Place] | None = None
) -> dict[Place, Quoted]:
    """The quotations of some cells (of all without): only cells that have any.

    A passage that overlaps the one it is compared with is not its counterpart. Very short ones count only
    where all are short; of very many the newest 200 are looked at.
    """
    with project.read() as db:
        reader = _Reader(db, found)
        made = {at: reader.quoted(at) for at in (found.cells if cells is None else cells)}
    return {at: one for at, one in made.items() if one.chosen or one.deviating}


def chosen_passages(project: Project, found: Comparison) -> dict[str, SegmentRow]:
    """The passages chosen anywhere in the table, by GUID."""
    wanted = [cell.chosen for cell in found.cells.values() if cell.chosen]
    if not wanted:
        return {}
    with project.read() as db:
        return Passages(db).of(wanted)


def passages_here(project: Project, found: Comparison, at: Place) -> list[SegmentRow]:
    """All passages of a cell, in the order of the texts."""
    ids = found.segments.of(*at)
    with project.read() as db:
        query = (
            select(Segment.guid, Segment.source_id, Segment.start, Segment.stop)
            .join(Source, Source.id == Segment.source_id)
            .order_by(Source.position, Source.id, Segment.start, Segment.stop)
        )
        rows = [
            row
            for first in range(0, len(ids), AT_ONCE)
            for row in db.execute(query.where(Segment.id.in_(ids[first : first + AT_ONCE])))
        ]
        passages = Passages(db)
        return [passages.row(*row) for row in rows]


class _Reader:
    """Reads what stands in cells; texts once a document."""

    def __init__(self, db: Connection, found: Comparison) -> None:
        self._db, self._found = db, found
        self._rows = {row.key: row for row in found.rows}
        self._passages = Passages(db)
        self._texts: dict[int, str] = {}
        query = select(Code.guid, Segment.guid).join(Segment, Segment.id == Code.typical_id)
        self._typical: dict[str, str] = {row[0]: row[1] for row in db.execute(query)}

    def quoted(self, at: Place) -> Quoted:
        """The quotations of a cell."""
        chosen = self._found.cell(*at).chosen
        row = self._rows.get(at[0])
        typical = [self._typical[code] for code in (row.codes if row else ()) if code in self._typical]
        measure = self._segments(Segment.guid.in_([chosen] if chosen else typical))
        own = self._row(measure[0]) if chosen and measure else None
        newest = sorted(self._found.segments.of(*at))[-LOOKED_AT:]
        if not measure or not newest:
            return Quoted(own, None, "")
        others = [one for one in self._segments(Segment.id.in_(newest)) if not _meets(one, measure)]
        others = [one for one in others if one.stop - one.start >= SHORT] or others
        if not others:
            return Quoted(own, None, "")
        words = [self._words(one) for one in others]
        near = [likeness(self._words(one), words) for one in measure]
        closest = [max(values) for values in zip(*near, strict=True)]
        farthest = others[closest.index(min(closest))]
        return Quoted(own, self._row(farthest), "chosen" if chosen else "typical")

    def _segments(self, where: Any) -> Sequence[Any]:
        query = select(Segment.guid, Segment.source_id, Segment.start, Segment.stop).where(where)
        return self._db.execute(query.order_by(Segment.id)).all()

    def _words(self, one: Any) -> str:
        if one.source_id not in self._texts:
            query = select(Source.text).where(Source.id == one.source_id)
            self._texts[one.source_id] = self._db.execute(query).scalar_one()
        return self._texts[one.source_id][one.start : one.stop]

    def _row(self, one: Any) -> SegmentRow:
        return self._passages.row(one.guid, one.source_id, one.start, one.stop)


def _meets(one: Any, measure: Iterable[Any]) -> bool:
    return any(
        one.source_id == other.source_id and one.start < other.stop and other.start < one.stop
        for other in measure
    )
