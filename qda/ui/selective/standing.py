"""What speaks for the core category, as plain figures; no judgement. The same rule as in the report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from qda.coding import core_cases, material, partial, selective, story_targets, theory
from qda.coding.rows import CaseRow, CodeRow, CoreRow, SegmentRow
from qda.i18n import _
from qda.ui.background import Background

if TYPE_CHECKING:
    from qda.models import Project


_MANY: Final = 10_000  # codings that are counted in a thread, so that the window never waits for them


@dataclass(frozen=True, slots=True)
class Standing:
    """Figures on the core category.

    ``apart``: main categories that no active model links to it; ``without``: coded cases without a passage of
    it; ``against``: passages that speak against its relations; ``answers``: the author's, by question.
    """

    core: CoreRow
    linked: int
    others: int
    apart: tuple[CodeRow, ...]
    cases: int
    coded_cases: int
    by_case: str
    conditioned: int
    relations: int
    without: tuple[CaseRow, ...] = ()
    against: tuple[SegmentRow, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[tuple[str, str, str], ...]:
        """Label, figure, and what it counts."""
        figure = _("{n} of {of}")
        cases = figure.format(n=self.cases, of=self.coded_cases)
        return (
            (
                _("Main categories linked"),
                figure.format(n=self.linked, of=self.others),
                _(
                    "Categories that a relation of an active model joins to it, "
                    "or that stand in a model around it."
                ),
            ),
            (
                _("Cases with indicators"),
                f"{cases} ({self.by_case})" if self.by_case else cases,
                _("Cases with passages of the core category or of codes below it."),
            ),
            (
                _("Relations with conditions"),
                figure.format(n=self.conditioned, of=self.relations),
                _("Relations of active models that say under which conditions they hold."),
            ),
        )


class Standings(QObject):
    """Tells the figures at once in a small study; in a large one they are counted in a thread."""

    told = Signal(object)  # Standing or None

    def __init__(self, project: "Project", parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self._asking: Background | None = None

    def ask(self, codes: Iterable[CodeRow]) -> None:
        """Counts anew; ``codes`` in the order of the tree."""
        project, rows = self._project, tuple(codes)
        if self._asking is not None:
            self._asking.forget("core")
        if theory.core(project) is None or partial.coding_count(project) <= _MANY:
            self.told.emit(standing(project, rows))
            return
        if self._asking is None:
            self._asking = Background(self)
            self._asking.done.connect(self._answered)
        self._asking.ask("core", lambda: standing(project, rows))

    def _answered(self, _name: str, answer: Standing | None) -> None:
        self.told.emit(answer)

    def let_go(self) -> None:
        """Nothing is counted any more."""
        if self._asking is not None:
            self._asking.stop()


def standing(project: "Project", rows: Sequence[CodeRow]) -> Standing | None:
    """The figures; None where no core category is chosen."""
    core = theory.core(project)
    if core is None:
        return None
    relations = [
        row for row in story_targets.relation_names(project) if row.active and row.status != "rejected"
    ]
    linked, apart = theory.categories_by_core(project)
    codes = circle(rows, core.code)
    cases = core_cases.case_figures(project, codes)
    hidden = material.project_sheet(project).hide_frequencies
    return Standing(
        core,
        len(linked),
        len(linked) + len(apart),
        tuple(apart),
        len(cases.passages),
        len(cases.coded),
        cases.words(numbers=not hidden),
        sum(row.conditioned for row in relations),
        len(relations),
        cases.without,
        tuple(story_targets.against(project, codes)),
        selective.core_answers(project),
    )


def circle(rows: Iterable[CodeRow], core: str) -> list[str]:
    """The core category with the codes below it; ``rows`` in the order of the tree."""
    found = {core}
    for row in rows:
        if row.parent in found:
            found.add(row.guid)
    return list(found)
