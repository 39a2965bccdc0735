"""Which act comes next for undo and redo: derived from the history, for each coder."""

from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import Connection, select

from qda.models.journal_tables import Unit


@dataclass(frozen=True, slots=True)
class Step:
    """A unit whose reverse is the next undo or redo."""

    unit: int
    label: str


@dataclass(slots=True)
class UndoStack:
    """The acts of one coder that can be taken back, and those that can be brought back."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    @classmethod
    def load(cls, db: Connection, coder: str) -> Self:
        """Reads the history of ``coder``."""
        stack = cls()
        query = (
            select(Unit.id, Unit.kind, Unit.reverses, Unit.label).where(Unit.coder == coder).order_by(Unit.id)
        )
        for row in db.execute(query):
            stack.push(*row)
        return stack

    def push(self, unit: int, kind: str, reverses: int | None, label: str) -> None:
        """Takes note of a finished unit."""
        step = Step(unit, label)
        if kind == "do":
            self.done.append(step)
            self.undone.clear()
        elif kind == "undo":
            self._drop(self.done, reverses)
            self.undone.append(step)
        elif kind == "redo":
            self._drop(self.undone, reverses)
            self.done.append(step)

    @staticmethod
    def _drop(steps: list[Step], unit: int | None) -> None:
        if steps and steps[-1].unit == unit:
            steps.pop()

    @property
    def undoable(self) -> Step | None:
        """The unit that an undo would reverse."""
        return self.done[-1] if self.done else None

    @property
    def redoable(self) -> Step | None:
        """The undo that a redo would reverse."""
        return self.undone[-1] if self.undone else None
