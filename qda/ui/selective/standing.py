"""What speaks for the core category, as plain figures; no judgement. The same rule as in the report."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qda.coding import core_cases, material, selective, story_targets, theory
from qda.coding.rows import CaseRow, CodeRow, CoreRow, SegmentRow
from qda.i18n import _
from qda.ui.axial.reading import Reading

if TYPE_CHECKING:
    from qda.models import Project


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


def standing(project: "Project", reading: Reading) -> Standing | None:
    """The figures; None where no core category is chosen."""
    core = theory.core(project)
    if core is None:
        return None
    relations = [
        row for row in story_targets.relation_names(project) if row.active and row.status != "rejected"
    ]
    linked, apart = theory.categories_by_core(project)
    codes = circle(reading, core.code)
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


def circle(reading: Reading, core: str) -> list[str]:
    """The core category with the codes below it."""
    found = {core}
    for row in reading.codes.values():  # in the order of the tree
        if row.parent in found:
            found.add(row.guid)
    return list(found)
