"""Attributes of cases as a table, out and in: the first column the case, one column for each attribute.

In csv, what begins like a formula (= + - @ and is no number) gets an apostrophe in front on the way out,
and loses it on the way in; in xlsx it is marked as text, and numbers and dates are true ones. The way there
and back changes nothing.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from qda.coding.case_values import Column, Refused, cases_named, set_values
from qda.coding.material import attributes, cases
from qda.coding.rows import AttributeRow, CaseRow
from qda.errors import KnownError
from qda.exchange.survey import refusals
from qda.exchange.survey_columns import guess_kind
from qda.exchange.tables_in import Table, read_table_file
from qda.i18n import _, ngettext
from qda.models import Project
from qda.writing import write_whole

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_AMBIGUOUS: Final = re.compile(r"(-?)(\d{1,3}\.\d{3})")
_ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_CELL_LIMIT: Final = 32_767
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class AttributesResult:
    """What came in: cases (GUIDs), names of attributes, and what did not fit."""

    cases: tuple[str, ...]
    attributes: tuple[str, ...]
    refused: tuple[Refused, ...]
    warnings: tuple[str, ...]


def export_attributes(project: Project, *, file: str) -> str:
    """Writes the attributes of all cases as a table: csv or xlsx, by the name of the file."""
    path = Path(file).expanduser()
    known, rows = attributes(project), cases(project)
    if not rows:
        raise KnownError(_("There are no cases yet."))
    if path.suffix.lower() == ".xlsx":
        data = _workbook(known, rows)
    elif path.suffix.lower() == ".csv":
        data = _csv(known, rows)
    else:
        raise KnownError(_("Attributes of cases are written as csv or xlsx: give the file such a name."))
    return str(write_whole(path, data))


def import_attributes(project: Project, *, file: str) -> str:
    """Reads attributes of cases from a table (csv, xlsx): the first column names the case, made if new.

    Empty cells leave what is there; values that do not fit are left out. Returns the first case's GUID.
    """
    done = bring_in(project, read_table_file(file))
    return done.cases[0]


def bring_in(project: Project, table: Table) -> AttributesResult:
    """Sets the attributes that a table tells, as one unit of work.

    :raises KnownError: it has a single column, or no row names a case.
    """
    plain = unguarded if table.format == "csv" else str
    columns = tuple(map(plain, table.columns))
    if len(columns) < 2:
        raise KnownError(_("The table has one column only: the first names the case, the others attributes."))
    rows = [tuple(map(plain, row)) for row in table.rows]
    named = [row for row in rows if row[0].strip()]
    if not named:
        raise KnownError(_("The first column is empty; it names the case."))
    wanted = [_column(name, at, rows, table) for at, name in enumerate(columns[1:], start=1)]
    label = ngettext("Import attributes of {n} case", "Import attributes of {n} cases", len(named))
    with project.unit(label.format(n=len(named))):
        guids = cases_named(project, names=[row[0] for row in named])
        keyed = [(guids[" ".join(row[0].split())], row[1:]) for row in named]
        refused = set_values(project, columns=wanted, values=keyed)
    return AttributesResult(
        tuple(dict.fromkeys(guid for guid, _row in keyed)),
        tuple(column.name for column in wanted),
        tuple(refused),
        (*table.warnings, *nameless(len(rows) - len(named)), *refusals(refused)),
    )


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that kept it from being a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def guarded(cell: str) -> str:
    """A cell that no program takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def nameless(count: int) -> Iterator[str]:
    """The sentence on rows that name no case, where there are any."""
    if count:
        yield ngettext(
            "{n} row names no case and was left out.", "{n} rows name no case and were left out.", count
        ).format(n=count)


def _column(name: str, at: int, rows: list[tuple[str, ...]], table: Table) -> Column:
    point = table.columns[at] in table.numeric
    kind, choices = guess_kind([row[at].strip() for row in rows], point=point)
    column = Column(name, kind, choices, decimal=point)
    if kind == "choice" and len(choices) > 1 and any(len(choice) > 40 for choice in choices):
        return replace(column, kind="text", choices=())
    return column


# -- writing ------------------------------------------------------------------------------------------------


def _csv(known: list[AttributeRow], rows: list[CaseRow]) -> bytes:
    """UTF-8 with byte order mark, comma, CRLF."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([guarded(_("Case")), *(guarded(one.name) for one in known)])
    for row in rows:
        values = (_as_text(one, row.attributes.get(one.name, "")) for one in known)
        writer.writerow([guarded(row.name), *(guarded(value) for value in values)])
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def _as_text(attribute: AttributeRow, value: str) -> str:
    """A number whose point could part thousands gets a nought in front, so that it means one thing only."""
    if attribute.kind == "number" and (found := _AMBIGUOUS.fullmatch(value)) is not None:
        return f"{found[1]}0{found[2]}"
    return value


def _workbook(known: list[AttributeRow], rows: list[CaseRow]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    page: Any = book.active
    page.title = _("Cases")
    for across, name in enumerate((_("Case"), *(one.name for one in known)), start=1):
        _put_text(page.cell(1, across), name).font = Font(bold=True)
        page.column_dimensions[page.cell(1, across).column_letter].width = min(max(len(name) + 3, 12), 50)
    for down, row in enumerate(rows, start=2):
        _put_text(page.cell(down, 1), row.name)
        for across, one in enumerate(known, start=2):
            if value := row.attributes.get(one.name, ""):
                _put(page.cell(down, across), one, value)
                page.cell(down, across).alignment = Alignment(vertical="top", wrap_text=len(value) > 40)
    page.freeze_panes = "B2"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(cell: Any, attribute: AttributeRow, value: str) -> None:
    """A true number or date where that gives the same text back, else text."""
    kind = attribute.kind
    if kind == "number" and _NUMBER.fullmatch(value) and (number := _as_number(value)) is not None:
        cell.value = number
    elif kind == "date" and _ISO_DAY.fullmatch(value) and value >= "1900-03-01":
        cell.value = date.fromisoformat(value)
        cell.number_format = "yyyy-mm-dd"
    else:
        _put_text(cell, _as_text(attribute, value))


def _as_number(value: str) -> int | float | None:
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,14})", value) and value != "-0":
        return int(value)
    number = float(value.replace(",", "."))
    return number if f"{number:.15g}" == value else None


def _put_text(cell: Any, value: str) -> Any:
    if len(value) > _CELL_LIMIT:
        raise KnownError(_("A value is too long for a cell of xlsx; write the table as csv."))
    cell.value = _ESCAPE_LIKE.sub("_x005F_", _UNWRITABLE.sub("", value))
    cell.data_type = "s"
    if _FORMULA.match(value):
        cell.quotePrefix = True
    return cell
