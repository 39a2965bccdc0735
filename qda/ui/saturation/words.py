"""How judgements, forms of sampling and what came of them are called in the window."""

from collections.abc import Sequence
from typing import Final, get_args

from qda.coding.sampling import SamplingForm, SamplingOutcome
from qda.coding.saturation import CategoryState, Dimension
from qda.coding.saturation_judgements import SaturationState
from qda.i18n import _, ngettext
from qda.reports.sampling import form_word, outcome_word
from qda.reports.saturation import state_word

DASH: Final = "–"


def states() -> tuple[tuple[str, str], ...]:
    """The judgements on a category, as labels."""
    return tuple((key, state_word(key)) for key in get_args(SaturationState))


def forms() -> tuple[tuple[str, str], ...]:
    """The forms of sampling, as labels."""
    return tuple((key, form_word(key)) for key in get_args(SamplingForm))


def form_told(key: str) -> str:
    """What one looks for in this form of sampling, in one sentence."""
    return {
        "open": _("Whatever can open up the field: nothing is known yet of what matters."),
        "relational": _("What shows a category at other places of its dimensions, and how categories meet."),
        "discriminate": _(
            "What can prove or disprove relations and the story line, and fill thin categories."
        ),
        "similar": _("A case much like those known: does what was found hold there?"),
        "contrasting": _("A case as unlike as can be: where does what was found end?"),
    }.get(key, "")


def outcomes() -> tuple[tuple[str, str], ...]:
    """What came of looking there, as labels. Refused and not reached are results."""
    return tuple((key, outcome_word(key)) for key in get_args(SamplingOutcome))


def seen_told(one: Dimension) -> str:
    """The places of a property that were seen, from pole to pole."""
    return " · ".join(one.seen) or DASH


def missing_told(one: Dimension) -> str:
    """The poles of a property that were not seen."""
    return " · ".join(one.missing_poles)


def new_told(one: Dimension) -> str:
    """What of a property is new since the transcript."""
    told = " · ".join(one.new_places)
    return _("property: {places}").format(places=told) if one.new else told


def since_told(row: CategoryState) -> str:
    """In one line what changed in a category since the transcript. Nothing is concluded from it."""
    parts = []
    if not row.dimensions:
        parts.append(_("no property yet"))
    if not row.since:
        parts.append(_("not met since"))
    elif row.dimensions:
        new = sum(len(one.new_places) for one in row.dimensions)
        told = ngettext("since: {n} new value", "since: {n} new values", new).format(n=new)
        parts.append(told if new else _("nothing new since"))
    missing = [pole for one in row.dimensions for pole in one.missing_poles]
    if missing:
        told = ngettext("pole not seen: {poles}", "poles not seen: {poles}", len(missing))
        parts.append(told.format(poles=", ".join(missing)))
    if len(row.case_names) == 1:
        parts.append(_("{case} only").format(case=row.case_names[0]))
    return " · ".join(parts)


def numbers_told(numbers: Sequence[int]) -> str:
    """The decisions that lead somewhere, by their numbers."""
    listed = ", ".join(map(str, numbers))
    return ngettext("decision {numbers}", "decisions {numbers}", len(numbers)).format(numbers=listed)
