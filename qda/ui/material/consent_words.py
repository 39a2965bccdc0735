"""What is said of a case's consent: in the tree, on its page, above the documents."""

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate

from qda.i18n import N_, _, ngettext
from qda.ui.material.values import is_due, shown_date

if TYPE_CHECKING:
    from qda.coding.rows import CaseRow

CONSENT: Final = (("open", N_("open")), ("yes", N_("yes")), ("no", N_("no")))


def today() -> date:
    """This day, as the machine has it."""
    day = QDate.currentDate()
    return date(day.year(), day.month(), day.day())


def mark_of(case: "CaseRow", today: date) -> str:
    """What the tree says behind the name of a case; empty where there is nothing to heed."""
    parts = [_("not quoted")] if case.quotable == "no" else []
    if is_due(case.delete_by, today):
        parts.append(_("delete by {date}").format(date=shown_date(case.delete_by)))
    return " · ".join(parts)


def standing_of(case: "CaseRow", above: str) -> str:
    """What is to be heeded of a case, for its page; ``above`` is the name of the case it stands in."""
    told = []
    if case.quotable == "no":
        told.append(_inherited(case.quote, above, _("May not be quoted"), _("“{name}” may not be quoted")))
    if case.archivable == "no":
        told.append(
            _inherited(case.archive, above, _("May not be archived"), _("“{name}” may not be archived"))
        )
    if case.delete_by:
        told.append(_("To be deleted by {date}").format(date=shown_date(case.delete_by)))
    return " · ".join(told)


def _inherited(own: str, above: str, words: str, words_above: str) -> str:
    return words if own == "no" else words_above.format(name=above)


def due_cases(cases: "list[CaseRow]", day: date) -> "list[CaseRow]":
    """Those whose data are to be deleted soon, or were to be before; the oldest first."""
    return sorted((row for row in cases if is_due(row.delete_by, day)), key=lambda row: row.delete_by)


def due_sentence(found: "list[CaseRow]") -> str:
    """The quiet line above the documents."""
    n, first = len(found), shown_date(found[0].delete_by)
    if n == 1:
        return _("1 case is to be deleted by {date}.").format(date=first)
    return ngettext(
        "{n} case is to be deleted, the first by {date}.",
        "{n} cases are to be deleted, the first by {date}.",
        n,
    ).format(n=n, date=first)
