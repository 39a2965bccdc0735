"""Saving the comparison as it stands on the page, by the renderers of the reports."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from qda.coding.comparison_quotations import quotations
from qda.i18n import _, language
from qda.ui.cases_beside.reading import Read

if TYPE_CHECKING:
    from qda.reports.model import Report
    from qda.ui.desk import Desk


def report_of_page(desk: "Desk", read: Read) -> "Report":
    """What the page shows, as a report: the same rows, cases and filter."""
    from qda.reports import cases

    found = read.shown
    written = [at for at, cell in found.cells.items() if cell.chosen]
    return cases.report_of(
        desk.project,
        found,
        language(),
        quotations=quotations(desk.project, found, written),
        attributes=read.wish.attributes,
    )


def save_comparison(parent: QWidget, desk: "Desk", read: Read, suffix: str) -> None:
    """Asks for a file and writes the comparison into it."""
    from qda.ui.typology.exporting import save_report

    title = _("Case comparison") + (f" {read.shown.title}" if read.shown.title else "")
    save_report(parent, desk, report_of_page(desk, read), title, (suffix,))
