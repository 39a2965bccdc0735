"""What speaks for the core category, as plain figures; no judgement. The same rule as in the report."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.coding import theory
from qda.coding.rows import CodeRow, CoreRow
from qda.i18n import _
from qda.ui.axial.reading import Reading

if TYPE_CHECKING:
    from qda.models import Project


@dataclass(frozen=True, slots=True)
class Standing:
    """Figures on the core category. ``apart``: main categories that no active model links to it."""

    core: CoreRow
    linked: int
    others: int
    apart: tuple[CodeRow, ...]
    cases: int
    coded_cases: int
    by_case: str
    conditioned: int
    relations: int

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
    active = {row.guid for row in reading.models if row.status == "active"}
    relations = [row for row in theory.relations(project) if row.model in active and row.status != "rejected"]
    linked, apart = theory.categories_by_core(project)
    return Standing(
        core,
        len(linked),
        len(linked) + len(apart),
        tuple(apart),
        reading.counts.cases(core.code),
        len(reading.counts.coded_cases()),
        reading.counts.by_case_text(core.code),
        sum(bool(row.conditions) for row in relations),
        len(relations),
    )
