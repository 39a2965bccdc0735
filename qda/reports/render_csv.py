"""The tables of a report as csv.

UTF-8 with byte order mark (Excel needs it, pandas and readr skip it), comma, CRLF, quotes where needed.
A text that begins like a formula gets an apostrophe in front; figures stay figures. Several tables stand
one below the other, each with its caption above it and an empty line between. A report with an
``only_table`` gives that table alone, without byte order mark: R would take it for a part of the first name.
"""

import csv
import io

from qda.reports.model import Report
from qda.reports.sheets import Sheet, Value, sheets
from qda.reports.text import begins_like_formula, one_line


def render(report: Report) -> bytes:
    """All tables of the report, or its only one; KnownError if it has none."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    every = sheets(report)
    if report.only_table:
        _write(writer, next(sheet for sheet in every if sheet.name == report.only_table))
        return stream.getvalue().encode("utf-8")
    for index, sheet in enumerate(every):
        if index:
            writer.writerow([])
        if len(every) > 1:
            writer.writerow([_safe(sheet.title)])
        _write(writer, sheet)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def _write(writer: object, sheet: Sheet) -> None:
    put = writer.writerow  # type: ignore[attr-defined]  # the type of csv's writers has no public name
    if any(column.title for column in sheet.columns):
        put([_safe(one_line(column.title)) for column in sheet.columns])
    for row in sheet.rows:
        put([_safe(value) for value in row])


def _safe(value: Value) -> Value:
    if isinstance(value, str) and begins_like_formula(value):
        return f"'{value}"
    return value
