"""The history: every act with its moment, person and number of changes."""

from sqlalchemy import func, select

from qda.coding.access import pairs
from qda.coding.rows import UnitRow
from qda.models import Project
from qda.models.journal_tables import Change, Unit
from qda.models.material import Coder


def history(project: Project, *, limit: int | None = None) -> list[UnitRow]:
    """All acts, oldest first; with ``limit`` only the last ones."""
    with project.read() as db:
        names = pairs(db.execute(select(Coder.guid, Coder.name)))
        counted = select(Change.unit_id, func.count().label("n")).group_by(Change.unit_id).subquery()
        query = (
            select(Unit.guid, Unit.label, Unit.at, Unit.coder, Unit.kind, counted.c.n)
            .outerjoin(counted, counted.c.unit_id == Unit.id)
            .order_by(Unit.id.desc())
        )
        if limit is not None:
            query = query.limit(limit)
        found = [
            UnitRow(r.guid, r.label, r.at, names.get(r.coder, ""), r.kind, r.n or 0)
            for r in db.execute(query)
        ]
        return found[::-1]
