"""The tables of a report as an Excel workbook: a sheet a table, and a last sheet that tells what it is.

Data come first, so that programs for statistics find them without settings. Texts are texts: never a
formula, never an error value; what a cell cannot hold is cut with an ellipsis.
"""

import io
import re
from typing import Any, Final

from qda.i18n import _, use_language
from qda.reports.model import Column, Report
from qda.reports.sheets import Sheet, Value, sheets
from qda.reports.text import begins_like_formula, clean, date_text, one_line

_CELL_LIMIT: Final = 32_767
_NAME_LIMIT: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WIDEST: Final = 60
_MANY: Final = 50_000  # cells; above that a workbook is written row by row
_FONT: Final = "Calibri"


def render(report: Report) -> bytes:
    """The workbook; KnownError if the report has no table."""
    from openpyxl import Workbook

    every = sheets(report)
    if sum(len(sheet.rows) * len(sheet.columns) for sheet in every) > _MANY:
        return _streamed(report, every)
    book = Workbook()
    names: list[str] = []
    for index, sheet in enumerate(every):
        page = book.active if index == 0 else book.create_sheet()
        names.append(_sheet_name(sheet.name or sheet.title, names))
        page.title = names[-1]  # type: ignore[union-attr]  # a new workbook has an active sheet
        _fill(page, sheet)
    with use_language(report.language):
        _about(book.create_sheet(_sheet_name(_("About this file"), names)), report, every, names)
    return _saved(book, report)


def _saved(book: Any, report: Report) -> bytes:
    book.properties.title = one_line(report.title)
    book.properties.creator = one_line(report.author)
    book.properties.language = "de-DE" if report.language == "de" else "en-GB"
    if report.created:
        book.properties.created = report.created.replace(tzinfo=None)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _streamed(report: Report, every: tuple[Sheet, ...]) -> bytes:
    """The workbook of very large tables, written row by row: figures without any look of their own."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    names: list[str] = []

    def text(page: Any, words: str, *, bold: bool = False) -> Any:
        cell = WriteOnlyCell(page)
        _set(cell, words)
        if bold:
            cell.font = Font(name=_FONT, bold=True)
        return cell

    for sheet in every:
        names.append(_sheet_name(sheet.name or sheet.title, names))
        page = book.create_sheet(names[-1])
        if any(column.title for column in sheet.columns):
            page.freeze_panes = "B2"
        page.column_dimensions["A"].width = _WIDEST
        if any(column.title for column in sheet.columns):
            page.append([text(page, one_line(column.title), bold=True) for column in sheet.columns])
        for row in sheet.rows:
            filled = (None if one == "" else one for one in row)
            page.append([text(page, one) if isinstance(one, str) else one for one in filled])
    with use_language(report.language):
        page = book.create_sheet(_sheet_name(_("About this file"), names))
    made = date_text(report.created, report.language) if report.created else ""
    for line in (report.title, report.subtitle, report.notice, report.author, made, *report.facts):
        if line:
            page.append([text(page, one_line(line))])
    return _saved(book, report)


def _sheet_name(wanted: str, taken: list[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of ``[]:*?/\\``, not used before."""
    plain = _FORBIDDEN.sub(" ", one_line(wanted)).strip("' ") or "1"
    used = {name.casefold() for name in taken} | {"history"}
    name, count = plain[:_NAME_LIMIT].strip("' "), 1
    while name.casefold() in used:
        count += 1
        ending = f" ({count})"
        name = plain[: _NAME_LIMIT - len(ending)].rstrip() + ending
    return name


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    header = any(column.title for column in sheet.columns)
    if header:
        rule = Border(bottom=Side(style="thin", color="20242A"))
        for index, column in enumerate(sheet.columns, start=1):
            entry = _put(page, 1, index, one_line(column.title))
            entry.font = Font(name=_FONT, bold=True)
            entry.border = rule
            entry.alignment = _alignment(column, Alignment)
        page.freeze_panes = "A2"
        page.print_title_rows = "1:1"
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"
    alignments = [_alignment(column, Alignment) for column in sheet.columns]
    for down, row in enumerate(sheet.rows, start=2 if header else 1):
        for index, value in enumerate(row, start=1):
            if value is not None and value != "":
                _put(page, down, index, value).alignment = alignments[min(index, len(alignments)) - 1]
    for index, width in enumerate(_widths(sheet), start=1):
        page.column_dimensions[get_column_letter(index)].width = width
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _alignment(column: Column, make: Any) -> Any:
    horizontal = {"left": None, "right": "right", "centre": "center"}[column.align]
    return make(horizontal=horizontal, vertical="top", wrap_text=True)


def _put(page: Any, row: int, column: int, value: Value) -> Any:
    """Writes one value; a string is always stored as a string."""
    entry = page.cell(row, column)
    if isinstance(value, str):
        _set(entry, value)
    else:
        entry.value = value
    return entry


def _set(entry: Any, value: str) -> None:
    """Puts a text into a cell: never a formula."""
    text = _ESCAPE_LIKE.sub("_x005F_", clean(value))
    if len(text) > _CELL_LIMIT:
        text = text[: _CELL_LIMIT - 1] + "…"
    entry.value = text
    entry.data_type = "s"
    if begins_like_formula(text):
        entry.quotePrefix = True


def _widths(sheet: Sheet) -> list[float]:
    """Widths in characters, by the contents: the whole of short texts, room to read long ones."""
    widths = []
    for index, column in enumerate(sheet.columns):
        longest = len(column.title) + 3
        for row in sheet.rows:
            if index < len(row) and row[index] is not None:
                lines = str(row[index]).split("\n")
                longest = max(longest, *(len(line) + 2 for line in lines))
        widths.append(float(min(max(longest, 6), _WIDEST)))
    return widths


def _about(page: Any, report: Report, every: tuple[Sheet, ...], names: list[str]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    _put(page, 1, 1, one_line(report.title)).font = Font(name=_FONT, bold=True, size=14)
    made = date_text(report.created, report.language) if report.created else ""
    lines = [report.subtitle, report.notice, report.author, made, *report.facts]
    row = 2
    for line in lines:
        if line:
            _put(page, row, 1, one_line(line))
            row += 1
    row += 1
    for sheet, name in zip(every, names, strict=True):
        entry = _put(page, row, 1, name)
        entry.hyperlink = Hyperlink(ref="", location=f"'{name.replace(chr(39), chr(39) * 2)}'!A1")
        entry.font = Font(name=_FONT, color="24588A", underline="single")
        _put(page, row, 2, sheet.title).alignment = Alignment(wrap_text=True, vertical="top")
        row += 1
    page.column_dimensions["A"].width = 40
    page.column_dimensions["B"].width = _WIDEST
