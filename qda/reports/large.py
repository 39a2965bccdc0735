"""Tables that are too large to be read as a text; as a spreadsheet or csv they go out whole."""

from typing import Final

from qda.errors import KnownError
from qda.i18n import _
from qda.reports.model import Report, Table, walk
from qda.reports.text import number_text

MOST_CELLS: Final = 60_000


def refuse_large(report: Report) -> None:
    """KnownError if a table of the report is no text any more."""
    for block in walk(report.blocks):
        if isinstance(block, Table) and block.heads:
            rows, columns = len(block.rows), len(block.columns)
            if rows * columns > MOST_CELLS:
                raise KnownError(
                    _(
                        "A table of {rows} × {columns} cells is too large for a text; "
                        "export it as xlsx or csv, or choose fewer rows and columns."
                    ).format(
                        rows=number_text(rows, report.language), columns=number_text(columns, report.language)
                    )
                )
