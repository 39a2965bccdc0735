"""What the history reads of a study, in a thread: whose lives can be told, a life, a model at two moments."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from qda.coding import theory
from qda.coding.codes import codes
from qda.coding.genesis import Genesis, genesis
from qda.coding.genesis_states import Moment, state_of
from qda.coding.genesis_words import DifferenceLine, SideRow, difference_lines, side_by_side, state_words
from qda.coding.model_versions import VersionRow, versions
from qda.coding.rows import CodeRow, ModelRow
from qda.errors import KnownError

if TYPE_CHECKING:
    from qda.models import Project

# What a life or a state is told from.
TABLES: Final = frozenset(
    {
        "code",
        "coding",
        "property",
        "core_category",
        "saturation_judgement",
        "memo",
        "memo_link",
        "paradigm_model",
        "model_slot",
        "placement",
        "relation",
        "relation_condition",
        "evidence",
        "evidence_segment",
        "counter_search",
        "model_version",
        "case_",
        "source",
    }
)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whose life can be told."""

    models: tuple[ModelRow, ...]
    categories: tuple[CodeRow, ...]
    other: CodeRow | None = None  # a code in hand that is no category

    @property
    def first(self) -> str:
        """The first model that was not given up, else the first of all."""
        active = [f"model:{one.guid}" for one in self.models if one.status == "active"]
        return next(iter([*active, *self.targets]), "")

    @property
    def targets(self) -> list[str]:
        """ "model:GUID" and "code:GUID", in their order."""
        rows = (*self.categories, *((self.other,) if self.other else ()))
        return [*(f"model:{one.guid}" for one in self.models), *(f"code:{one.guid}" for one in rows)]


@dataclass(frozen=True, slots=True)
class Life:
    """A life, and of a model its frozen versions."""

    genesis: Genesis
    versions: tuple[VersionRow, ...]

    @property
    def days(self) -> list[datetime]:
        """The last moment of each day on which something happened, oldest first."""
        last: dict[object, datetime] = {}
        for step in self.genesis.steps:
            day = step.at.astimezone().date()
            last[day] = max(step.at, last.get(day, step.at))
        return [_end_of_day(moment) for moment in last.values()]


@dataclass(frozen=True, slots=True)
class TwoStates:
    """Two states of a model: each in a few lines, everything side by side, and the difference in words."""

    before: tuple[str, ...]
    behind: tuple[str, ...]
    rows: tuple[SideRow, ...]
    lines: tuple[DifferenceLine, ...]
    refused: str = ""


def subjects(project: "Project", code: str) -> Subjects:
    """Models and categories; ``code`` is the code in hand (GUID), also where it is no category."""
    rows = codes(project)
    categories = tuple(row for row in rows if row.kind == "category")
    other = next((row for row in rows if row.guid == code and row.kind != "category"), None)
    return Subjects(tuple(theory.models(project)), categories, other)


def life(project: "Project", target: str) -> Life | None:
    """One life; none where it is gone."""
    try:
        found = genesis(project, target)
    except KnownError:
        return None
    kept = versions(project, target.partition(":")[2]) if found.kind == "model" else []
    return Life(found, tuple(kept))


def two_states(project: "Project", model: str, before: Moment, behind: Moment) -> TwoStates:
    """A model at two moments; the sentence that says why not where one of them is not there."""
    try:
        old, new = state_of(project, model, before), state_of(project, model, behind)
    except KnownError as problem:
        return TwoStates((), (), (), (), problem.sentence)
    return TwoStates(
        tuple(state_words(old)),
        tuple(state_words(new)),
        tuple(side_by_side(project, old, new)),
        tuple(difference_lines(project, old, new)),
    )


def _end_of_day(moment: datetime) -> datetime:
    """The last moment of a day, here."""
    return moment.astimezone().replace(hour=23, minute=59, second=59, microsecond=999_999)
