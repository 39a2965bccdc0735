"""Gaps of a growing theory as questions: what is open about categories and relations.

A gap is a question, not a fault. Each names what it is about and the form of sampling it most often leads to;
which one is taken, a person decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import select

from qda.coding.access import pairs
from qda.coding.rows import RelationRow
from qda.coding.sampling import SamplingForm
from qda.coding.saturation import CategoryState, Dimension
from qda.i18n import _
from qda.models import Project
from qda.models.material import Case

GapKind = Literal[
    "passages", "properties", "values", "pole", "case", "deviating", "evidence", "one_case", "unsearched"
]
KINDS: Final[tuple[GapKind, ...]] = (
    *("pole", "case", "deviating", "one_case", "unsearched"),
    *("evidence", "values", "properties", "passages"),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A question to a category or a relation (``target``: "code:GUID", "relation:GUID").

    ``name`` is how that is called, ``form`` the form of sampling that fits most often.
    """

    kind: GapKind
    target: str
    name: str
    question: str
    form: SamplingForm

    @property
    def words(self) -> str:
        """The gap as a sampling decision keeps it."""
        return f"{self.name}: {self.question}"


def gaps(project: Project, rows: Sequence[CategoryState]) -> list[Gap]:
    """What is open: about the categories of the table of saturation, then about relations of active models.

    In words of the current language.
    """
    from qda.coding import theory

    with project.read() as db:
        cases = pairs(db.execute(select(Case.guid, Case.name)))
    active = {model.guid for model in theory.models(project) if model.status == "active"}
    relations = [row for row in theory.relations(project) if row.model in active and row.status != "rejected"]
    found = [gap for row in rows for gap in _of_category(row, compared=len(cases) > 1)]
    return [*found, *(gap for row in relations for gap in _of_relation(row, cases))]


def _of_category(row: CategoryState, *, compared: bool) -> Iterator[Gap]:
    target = f"code:{row.code}"
    if not row.passages:
        yield Gap("passages", target, row.name, _("Which passages show it? There is none yet."), "open")
        return
    if not row.dimensions:
        question = _("In what does it vary? There is no property yet.")
        yield Gap("properties", target, row.name, question, "open")
    for one in row.dimensions:
        yield from _of_dimension(row, one)
    if compared and len(row.case_names) == 1:
        question = _("Seen in {case} only: is it missing elsewhere, or was it not looked for?")
        words = question.format(case=row.case_names[0])
        yield Gap("case", target, row.name, words, "contrasting")
    if not row.deviating:
        question = _("Which passage deviates from the others?")
        yield Gap("deviating", target, row.name, question, "contrasting")


def _of_dimension(row: CategoryState, one: Dimension) -> Iterator[Gap]:
    target = f"code:{row.code}"
    if not one.seen:
        question = _("“{property}”: where do the passages lie? There is no value yet.")
        yield Gap("values", target, row.name, question.format(property=one.name), "relational")
        return
    missing = one.missing_poles
    if len(missing) == 1:
        seen = next(pole for pole in one.poles if pole not in missing)
        question = _("“{property}”: of the poles only “{seen}” was seen. Is there “{missing}”, and where?")
        words = question.format(property=one.name, seen=seen, missing=missing[0])
        yield Gap("pole", target, row.name, words, "relational")
    elif missing:
        question = _("“{property}”: neither “{one}” nor “{other}” was seen. Where do the poles lie?")
        words = question.format(property=one.name, one=missing[0], other=missing[1])
        yield Gap("pole", target, row.name, words, "relational")


def _of_relation(row: RelationRow, cases: Mapping[str, str]) -> Iterator[Gap]:
    target = f"relation:{row.guid}"
    name = _("Relation {number}").format(number=row.number)
    told = f"{row.from_name} – {row.to_name}"
    if not row.supporting + row.contradicting + row.qualifying:
        question = _("{relation}: what does it rest on? There is no evidence yet.")
        yield Gap("evidence", target, name, question.format(relation=told), "discriminate")
        return
    if len(cases) > 1 and len(row.cases) == 1:
        question = _("{relation}: all evidence is from {case}. Contrast or gap?")
        words = question.format(relation=told, case=cases.get(row.cases[0], ""))
        yield Gap("one_case", target, name, words, "discriminate")
    if not row.contradicting and not row.searched:
        question = _("{relation}: nothing speaks against it. Was that searched for?")
        yield Gap("unsearched", target, name, question.format(relation=told), "discriminate")
