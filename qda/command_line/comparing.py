"""A coded passage beside the others of its code, for scripts and terminals."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qda.command_line import output
from qda.i18n import _, ngettext

if TYPE_CHECKING:
    from qda.coding.comparing import Comparison, OfCase
    from qda.coding.rows import SegmentRow
    from qda.models import Project


def compare(path: Path, coding: str, *, as_json: bool) -> None:
    """Prints the most like, the most unlike and the others by case.

    :raises KnownError: there is no such coding.
    """
    from qda.coding import codes
    from qda.coding.comparing import comparison
    from qda.coding.references import resolve
    from qda.models import Project

    with Project.open(path, read_only=True) as project:
        (row,) = codes.codings(project, guids=[resolve(project, "coding", coding)])
        span = row.segment
        found = comparison(project, code=row.code, source=span.source, start=span.start, stop=span.stop)
        by_case = [(case, _passages(project, case)) for case in found.by_case]
    if as_json:
        output.as_json(
            {
                "code": row.code,
                "code_name": row.code_name,
                "coding": row.guid,
                "count": found.count,
                "like": asdict(found.like) if found.like else None,
                "unlike": asdict(found.unlike) if found.unlike else None,
                "cases": [_case(case, passages) for case, passages in by_case],
            }
        )
        return
    _say(row.code_name, row.segment, found)
    for case, passages in by_case:
        output.say(f"{case.name or _('no case')} {case.count}")
        for one in passages:
            output.say(f"  {_cited(one)}")


def _passages(project: "Project", case: "OfCase") -> list["SegmentRow"]:
    from qda.coding.comparing import passages_of

    found: list[SegmentRow] = []
    while page := passages_of(project, case, start=len(found)):
        found += page
    return found


def _case(case: "OfCase", passages: list["SegmentRow"]) -> dict[str, Any]:
    rows = [asdict(one) for one in passages]
    return {"case": case.case, "case_name": case.name, "count": case.count, "segments": rows}


def _say(name: str, own: "SegmentRow", found: "Comparison") -> None:
    others = ngettext("{n} other passage", "{n} other passages", found.count).format(n=found.count)
    output.say(f"{name}: {_cited(own)}")
    output.say(others if found.count else _("Nothing earlier: the first incident."))
    for words, one in ((_("Most like"), found.like), (_("Most unlike"), found.unlike)):
        if one is not None:
            output.say(f"{words}: {_cited(one)}")


def _cited(row: "SegmentRow") -> str:
    from qda.coding.citation import cited

    return cited(row)
