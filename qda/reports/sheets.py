"""The tables of a report as sheets of plain values, for spreadsheets and csv."""

from dataclasses import dataclass

from qda.errors import KnownError
from qda.i18n import _
from qda.reports.model import Column, Report, Section, Table, Tree, walk
from qda.reports.text import clean, one_line
from qda.reports.trees import as_sheet

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as values; ``title`` is the caption, else the heading above it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    name: str = ""


def sheets(report: Report) -> tuple[Sheet, ...]:
    """Every table and tree of the report; KnownError if it has none."""
    found = []
    heading = report.title
    for block in walk(report.blocks):
        if isinstance(block, Section):
            heading = block.title
        elif isinstance(block, Tree):
            found.append(_sheet(as_sheet(block, report.language), heading))
        elif isinstance(block, Table) and not block.page_only:
            found.append(_sheet(block, heading))
    if not found:
        raise KnownError(_("This report has no table; choose docx, html or md."))
    return tuple(found)


def _sheet(table: Table, heading: str) -> Sheet:
    rows = []
    for row in table.rows:
        values: list[Value] = []
        for one in row:
            values.append(clean(one.apart or one.text) if one.number is None else one.number)
            values += [None] * (one.span - 1)
        rows.append(tuple(values))
    return Sheet(one_line(table.caption or heading), table.columns, tuple(rows), one_line(table.name))
