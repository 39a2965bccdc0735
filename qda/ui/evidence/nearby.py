"""The passages near both codes of a relation, one after the other; they are looked up in a thread."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from qda.coding.candidate_context import Piece, in_context
from qda.coding.candidates import Candidate, Candidates, OfCase, candidates
from qda.ui.background import Background
from qda.ui.evidence.nearness import Nearness, keep, kept
from qda.ui.suggesting.likening import Likening
from qda.ui.yielding import yielding

if TYPE_CHECKING:
    from qda.models import Project
    from qda.ui.desk import Desk

PAGE: Final = 24
NARROW: Final = 60  # characters around a passage in the column
# An act on one of these changes what is near what, or what was judged already.
WATCHED: Final = frozenset(
    {
        *("coding", "code", "segment", "source", "case_", "speaker", "paragraph"),
        *("relation", "evidence", "evidence_segment", "candidate_pass"),
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of candidates with their texts, and the question it answers."""

    relation: str
    case: str | None
    page: Candidates
    pieces: tuple[tuple[Piece, ...], ...]


def look(
    project: "Project",
    relation: str,
    nearness: Nearness,
    *,
    case: str | None = None,
    offset: int = 0,
    limit: int = PAGE,
    wide: int = NARROW,
    likening: "Likening | None" = None,
) -> Found:
    """Looks candidates up, in any thread; ``likening`` orders them by their words, where they are known."""
    with yielding():
        like = likening.like() if likening is not None else None
        page = candidates(
            project,
            relation=relation,
            turns=nearness.turns,
            reach=nearness.reach,
            alone=nearness.alone,
            with_children=nearness.below,
            interviewer=nearness.asked,
            case=case,
            offset=offset,
            limit=limit,
            like=like,
        )
        return Found(relation, case, page, tuple(in_context(project, page.rows, wide=wide)))


class Nearby(QObject):
    """Steps through the candidates of one relation. ``at`` is the place among all of them, from 0."""

    changed = Signal()

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._worker = Background(self)
        self._worker.done.connect(self._came)
        self._worker.failed.connect(lambda _kind, _sentence: self._fail())
        self._found: Found | None = None
        self._gone: set[tuple[str, ...]] = set()  # judged just now; the answer from the file is under way
        self.relation = ""
        self.case: str | None = None
        self.at = 0
        self.nearness = kept(desk.project)
        self.looking = False

    # -- what is shown ----------

    @property
    def rows(self) -> list[tuple[Candidate, tuple[Piece, ...]]]:
        """The candidates of the page in hand that are not judged yet."""
        if self._found is None:
            return []
        pairs = zip(self._found.page.rows, self._found.pieces, strict=True)
        return [one for one in pairs if one[0].segments not in self._gone]

    @property
    def current(self) -> tuple[Candidate, tuple[Piece, ...]] | None:
        """The candidate in hand with its text."""
        rows, first = self.rows, self._found.page.offset if self._found else 0
        return rows[self.at - first] if 0 <= self.at - first < len(rows) else None

    @property
    def total(self) -> int:
        """How many there are, of the case where one is chosen."""
        if self._found is None:
            return 0
        page = self._found.page
        every = page.total
        if self._found.case is not None:
            every = sum(one.count for one in page.by_case if one.case == self._found.case)
        return every - (len(page.rows) - len(self.rows))

    @property
    def cases(self) -> tuple[OfCase, ...]:
        """How many there are in each case."""
        return self._found.page.by_case if self._found else ()

    @property
    def case_name(self) -> str:
        """The name of the chosen case."""
        return next((one.name for one in self.cases if one.case == self.case), "") if self.case else ""

    # -- what is asked ----------

    def show(self, relation: str, case: str | None = None) -> None:
        """The candidates of another relation, from the first one on."""
        if (relation, case) != (self.relation, self.case):
            self.relation, self.case, self.at = relation, case, 0
            self._found = None
            self._gone.clear()
            self.refresh()

    def only(self, case: str | None) -> None:
        """Only those of a case, or of all."""
        self.show(self.relation, case)

    def use(self, nearness: Nearness) -> None:
        """Another nearness; it is kept with the study."""
        if nearness != self.nearness:
            self.nearness, self.at = nearness, 0
            keep(self._desk.project, nearness)
            self.refresh()

    def refresh(self) -> None:
        """Looks again; what is shown stays until the answer is there."""
        if not self.relation:
            self._worker.forget("near")
            self._found, self.looking = None, False
            self.changed.emit()
            return
        project, relation, nearness, case = self._desk.project, self.relation, self.nearness, self.case
        offset, likening = max(0, self.at - PAGE // 3), Likening.of(self._desk)
        self.looking = True
        self._worker.ask(
            "near",
            lambda: look(project, relation, nearness, case=case, offset=offset, likening=likening),
        )
        self.changed.emit()

    def step(self, by: int) -> bool:
        """The next or the previous one; False where there is none."""
        at = self.at + by
        if not 0 <= at < self.total:
            return False
        self.at = at
        if self.current is None:
            self.refresh()
        else:
            self.changed.emit()
        return True

    def judged(self) -> None:
        """The one in hand was accepted or passed over: the next one takes its place."""
        if (current := self.current) is not None:
            self._gone.add(current[0].segments)
            self.at = min(self.at, max(0, self.total - 1))
            self.refresh()

    def let_go(self) -> None:
        """The study is about to be closed."""
        self._worker.stop()

    def _came(self, _kind: str, found: object) -> None:
        if not isinstance(found, Found) or (found.relation, found.case) != (self.relation, self.case):
            return
        self._found, self.looking = found, False
        self._gone.clear()
        if self.at >= self.total:
            self.at = max(0, self.total - 1)
            if self.total and self.current is None:
                self.refresh()
                return
        self.changed.emit()

    def _fail(self) -> None:
        """The relation went while it was looked for."""
        self._found, self.looking = None, False
        self.changed.emit()
