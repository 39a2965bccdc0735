"""What the page of saturation shows, read at once, in whichever thread."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qda.coding.matrices import frequencies_hidden
from qda.coding.sampling import DecisionRow, decisions
from qda.coding.saturation import Curve, States, curve, states, transcripts
from qda.coding.saturation_gaps import Gap, gaps
from qda.coding.saturation_judgements import JudgementRow, judgements

if TYPE_CHECKING:
    from qda.models import Project

TABLES: Final = frozenset(
    {
        *("code", "coding", "segment", "source", "case_", "property", "property_value", "speaker"),
        *("paradigm_model", "relation", "evidence", "evidence_segment", "counter_search"),
        *("saturation_judgement", "sampling_decision", "project_sheet"),
    }
)
"""What it is read from."""
SINCE: Final = "saturation.since"


@dataclass(frozen=True, slots=True)
class Standing:
    """The table of categories, its judgements (oldest first, by category), gaps, decisions and the curve."""

    states: States
    titles: Mapping[str, str]
    judged: Mapping[str, tuple[JudgementRow, ...]]
    gaps: tuple[Gap, ...]
    decisions: tuple[DecisionRow, ...]
    curve: Curve
    counted: bool

    def decided(self, gap: str) -> list[int]:
        """The numbers (from 1) of the decisions that start from this gap, by its words."""
        return [number for number, row in enumerate(self.decisions, 1) if row.gap == gap]


def read(project: "Project", *, since: str = "", whole: bool = True) -> Standing:
    """Reads everything anew; ``since`` is the transcript (GUID) up to which things were known, by default the
    last but one. Without gaps and decisions where not the ``whole`` is wanted.
    """
    judged: dict[str, list[JudgementRow]] = defaultdict(list)
    for row in judgements(project):
        judged[row.code].append(row)
    last = {code: rows[-1] for code, rows in judged.items()}
    found = states(project, since=since or None, judgements=last)
    return Standing(
        found,
        dict(transcripts(project)),
        {code: tuple(rows) for code, rows in judged.items()},
        tuple(gaps(project, found.rows)) if whole else (),
        tuple(decisions(project)) if whole else (),
        curve(project),
        not frequencies_hidden(project),
    )
