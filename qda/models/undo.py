"""Which act comes next for undo and redo: asked of the history, for each coder.

Nothing is kept in memory, so that two programs on one file never disagree, and a history of half a million
acts costs nothing.
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from qda.models.journal_tables import Unit


@dataclass(frozen=True, slots=True)
class Step:
    """A unit whose reverse is the next undo or redo; ``erased``: its data are gone, it is a wall."""

    unit: int
    label: str
    erased: bool = False


@cache  # made once: the window asks after every act
def _standing() -> Select[int, str, bool]:
    """The last unit of a coder, of one kind, that nothing has reversed.

    One kind a query: the index then hands the units out from the last one back, and none is sorted.
    """
    later = aliased(Unit)
    return (
        select(Unit.id, Unit.label, Unit.erased)
        .where(
            Unit.coder == bindparam("coder"),
            Unit.kind == bindparam("kind"),
            Unit.id > bindparam("after"),
            ~select(later.id).where(later.reverses == Unit.id).exists(),
        )
        .order_by(Unit.id.desc())
        .limit(1)
    )


def _last_standing(db: Connection, coder: str, kind: str, *, after: int = 0) -> Step | None:
    row = db.execute(_standing(), {"coder": coder, "kind": kind, "after": after}).first()
    return Step(row.id, row.label, row.erased) if row else None


def undoable(db: Connection, coder: str) -> Step | None:
    """The unit that an undo would reverse: the coder's last act that stands."""
    steps = [_last_standing(db, coder, kind) for kind in ("do", "redo")]
    return max((step for step in steps if step), key=lambda step: step.unit, default=None)


def redoable(db: Connection, coder: str) -> Step | None:
    """The undo that a redo would reverse; a new act ends what could be redone."""
    last_act = db.scalar(select(func.max(Unit.id)).where(Unit.coder == coder, Unit.kind == "do"))
    return _last_standing(db, coder, "undo", after=last_act or 0)
