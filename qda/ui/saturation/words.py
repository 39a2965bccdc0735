"""How judgements, forms of sampling and what came of them are called in the window."""

from collections.abc import Sequence
from typing import Final

from qda.coding.saturation import CategoryState, Dimension
from qda.i18n import _, ngettext

DASH: Final = "–"
_NAMED: Final = 5  # cases that are named; more are counted


def states() -> tuple[tuple[str, str], ...]:
    """The judgements on a category, as labels."""
    return ("open", _("open")), ("provisional", _("provisional")), ("saturated", _("saturated"))


def state_word(key: str) -> str:
    """One judgement; nobody has judged where it is empty."""
    return dict(states()).get(key, _("not judged"))


def forms() -> tuple[tuple[str, str], ...]:
    """The forms of sampling, as labels."""
    return (
        ("open", _("open")),
        ("relational", _("relational and variational")),
        ("discriminate", _("discriminate")),
        ("similar", _("similar case")),
        ("contrasting", _("contrasting case")),
    )


def form_word(key: str) -> str:
    """One form of sampling."""
    return dict(forms()).get(key, key)


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
    return (
        ("open", _("open")),
        ("reached", _("reached")),
        ("refused", _("refused")),
        ("not_reached", _("not reached")),
    )


def outcome_word(key: str) -> str:
    """What came of it."""
    return dict(outcomes()).get(key, key)


def cases_told(row: CategoryState, *, counted: bool = True) -> str:
    """The cases of a category: by name where they are few."""
    if not row.case_names:
        return DASH
    if len(row.case_names) <= _NAMED and sum(map(len, row.case_names)) <= 4 * _NAMED:
        short = all(len(one) < 4 for one in row.case_names)
        return (" " if short else ", ").join(row.case_names)
    if not counted:
        return _("several cases")
    n = len(row.case_names)
    return ngettext("{n} case", "{n} cases", n).format(n=n)


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
    if not row.since:
        parts.append(_("not met since"))
    else:
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
