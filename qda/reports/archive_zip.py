"""A report that is a package of files, as a zip."""

from qda.errors import KnownError
from qda.i18n import _
from qda.reports.model import Report


def render(report: Report) -> bytes:
    """The package.

    :raises KnownError: the report is none, or nothing may go into it.
    """
    if report.pack is None:
        raise KnownError(_("This report is no package of files; choose another format."))
    return report.pack()
