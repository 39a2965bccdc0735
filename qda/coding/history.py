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
        columns = (Unit.guid, Unit.label, Unit.at, Unit.coder, Unit.kind)
        if limit is None:
            counted = select(Change.unit_id, func.count().label("n")).group_by(Change.unit_id).subquery()
            query = select(*columns, counted.c.n).outerjoin(counted, counted.c.unit_id == Unit.id)
        else:  # of a few acts each is counted by itself
            own = select(func.count()).where(Change.unit_id == Unit.id).scalar_subquery()
            query = select(*columns, own.label("n")).limit(limit)
        query = query.order_by(Unit.id.desc())
        found = [
            UnitRow(r.guid, r.label, r.at, names.get(r.coder, ""), r.kind, r.n or 0)
            for r in db.execute(query)
        ]
        return found[::-1]
