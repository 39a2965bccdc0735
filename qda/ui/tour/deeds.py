"""What was done in the tour, act by act, so that all of it can be taken back."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qda.errors import KnownError

if TYPE_CHECKING:
    from qda.models import Changed, Project

_WATCHED: Final = ("coding", "memo", "evidence")


@dataclass(slots=True)
class Deed:
    """One act; ``stands`` until it is taken back. ``coder`` did it, and only that coder can undo it."""

    label: str
    coder: str
    stands: bool = True


@dataclass(slots=True)
class Deeds:
    """The acts since the tour began, the first one first, and what they made by table (GUIDs)."""

    all: list[Deed] = field(default_factory=list)
    made: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in _WATCHED})
    _before: int = 0  # acts older than the tour that were undone in it

    @property
    def standing(self) -> list[Deed]:
        """What is not taken back."""
        return [deed for deed in self.all if deed.stands]

    def follow(self, change: "Changed", coder: str) -> None:
        """An act was done, undone or done again."""
        for touched in change.touched:
            known = self.made.get(touched.table)
            if known is None:
                continue
            if touched.op == "insert":
                known.append(touched.guid)
            elif touched.op == "delete" and touched.guid in known:
                known.remove(touched.guid)
        if change.kind == "do":
            self.all = self.standing
            self.all.append(Deed(change.label, coder))
        elif change.kind == "undo":
            last = next((deed for deed in reversed(self.standing) if deed.coder == coder), None)
            if last is None:
                self._before += 1
            else:
                last.stands = False
        elif change.kind == "redo":
            self._redone(coder)

    def _redone(self, coder: str) -> None:
        first = next((deed for deed in self.all if not deed.stands and deed.coder == coder), None)
        if self._before:
            self._before -= 1
        elif first is not None:
            first.stands = True

    def take_back(self, project: "Project") -> None:
        """Undoes everything that stands; the caller follows no more changes while it does."""
        for deed in reversed(self.standing):
            try:
                if project.coder != deed.coder:
                    project.use_coder(deed.coder)
                project.undo()
            except KnownError:
                return  # its data were deleted for good: the study goes as it is
            deed.stands = False
