"""What the page of the case comparison shows, read at once: the table, what of it is looked at, passages."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, cast

from qda.coding import comparison_cells, material, theory
from qda.coding.case_comparison import FLAGS, Comparison, Flag, Place, Rows, comparison, has_many_codings
from qda.coding.comparison_filters import Tallies, filtered, tallies
from qda.coding.comparison_quotations import chosen_passages
from qda.coding.comparison_rows import Split
from qda.coding.rows import CaseRow, ModelRow, SegmentRow

if TYPE_CHECKING:
    from qda.models import Project

_KEPT: Final = "cases_beside.wish"
_LARGE: Final = 20_000  # codings
_ROWS: Final = ("slots", "codes", "properties")
WATCHED: Final = frozenset(
    {
        *("coding", "code", "segment", "source", "case_", "speaker", "attribute", "attribute_value"),
        *("paradigm_model", "model_slot", "placement", "property", "property_value", "project_sheet"),
        *("cell_summary", "cell_quotation", "evidence", "evidence_segment", "relation", "memo", "memo_link"),
    }
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be compared. Empty ``cases`` are all; ``only`` is a flag, ``only_case`` one case for it.

    Empty ``model`` is the first active one. ``attributes``: the row of the cases' features is there.
    """

    rows: Rows = "slots"
    model: str = ""
    cases: tuple[str, ...] = ()
    split: tuple[Split, ...] = ("addressee",)
    interviewer: bool = True
    attributes: bool = True
    only: str = ""
    only_case: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """The table as wished (``shown``) and before the filter (``whole``)."""

    wish: Wish
    whole: Comparison
    shown: Comparison
    counts: Tallies
    models: tuple[ModelRow, ...] = ()
    cases: Mapping[str, CaseRow] = field(default_factory=dict)
    chosen: Mapping[str, SegmentRow] = field(default_factory=dict)

    @property
    def counted(self) -> bool:
        """Whether frequencies may be shown."""
        return not self.whole.hidden


def kept(project: "Project") -> Wish:
    """What was wished the last time in this study."""
    try:
        found = json.loads(project.setting(_KEPT) or "{}")
    except ValueError:
        return Wish()
    return _wish(found) if isinstance(found, dict) else Wish()


def _wish(found: dict[str, Any]) -> Wish:
    known = {name: found[name] for name in asdict(Wish()) if name in found}
    for name in ("cases", "split"):
        if name in known:
            known[name] = tuple(str(one) for one in known[name])
    wish = Wish(**known)
    rows = wish.rows if wish.rows in _ROWS else "slots"
    split = tuple(one for one in wish.split if one in ("addressee", "level"))
    return replace(wish, rows=rows, split=split, only=wish.only if wish.only in FLAGS else "")


def keep(project: "Project", wish: Wish) -> None:
    """Remembers what is wished, beside the study's acts."""
    written = json.dumps(asdict(wish))
    if not project.read_only and project.setting(_KEPT) != written:
        project.set_setting(_KEPT, written)


def is_large(project: "Project") -> bool:
    """Whether reading may take so long that the window should answer meanwhile."""
    return has_many_codings(project, more_than=_LARGE)


def read(project: "Project", wish: Wish) -> Read:
    """Reads the table; what is wished and no longer there is left out of the wish."""
    models = tuple(theory.models(project))
    cases = {one.guid: one for one in material.cases(project)}
    wish = _possible(wish, models, cases)
    whole = _whole(project, wish)
    shown = whole
    if wish.only:
        shown = filtered(whole, cast(Flag, wish.only), case=wish.only_case or None)
    return Read(wish, whole, shown, tallies(whole), models, cases, chosen_passages(project, whole))


def with_summary(found: Read, at: Place, body: str) -> Read:
    """As it is once a summary is written: the next cell is turned to before all is read again."""

    def changed(table: Comparison) -> Comparison:
        cell = replace(table.cell(*at), summary=body)
        return replace(table, cells={**table.cells, at: cell})

    return replace(found, whole=changed(found.whole), shown=changed(found.shown))


def _possible(wish: Wish, models: tuple[ModelRow, ...], cases: Mapping[str, CaseRow]) -> Wish:
    chosen = tuple(one for one in wish.cases if one in cases)
    model = next((one.guid for one in models if one.guid == wish.model), "")
    with_phenomenon = [one.guid for one in models if one.status == "active" and one.phenomenon]
    if not model and with_phenomenon:
        model = with_phenomenon[-1]
    rows: Rows = wish.rows if wish.rows != "slots" or model else "codes"
    case = wish.only_case if wish.only_case in (chosen or cases) else ""
    return replace(wish, cases=chosen, model=model, rows=rows, only_case=case)


def _whole(project: "Project", wish: Wish) -> Comparison:
    written = comparison_cells.cells(project).values()
    chosen: dict[Place, str] = {(one.key, one.case): one.segment for one in written if one.segment}
    summaries: dict[Place, str] = {(one.key, one.case): one.body for one in written if one.body}
    return comparison(
        project,
        rows=wish.rows,
        model=wish.model or None,
        cases=wish.cases or None,
        interviewer=wish.interviewer,
        split=wish.split,
        chosen=chosen,
        summaries=summaries,
    )
