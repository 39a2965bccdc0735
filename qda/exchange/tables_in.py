"""Tables (csv, xlsx): every cell as the text that a person sees; 007 stays 007, NA stays NA.

csv: encoding as of any text, separator ``;`` ``,`` TAB or ``|`` by what cuts most evenly (or by a first
line ``sep=;``). xlsx: the first sheet that holds data; dates in ISO, whole numbers without point, numbers
in a format of noughts with them, formulas as their last result. The first row with something in it names
the columns.
"""

import csv
import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qda.errors import KnownError
from qda.exchange.archive import Archive
from qda.exchange.disk import file_bytes
from qda.exchange.text_in import decode
from qda.i18n import _

if TYPE_CHECKING:
    from openpyxl.cell import Cell

MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 2_000
_SEPARATORS: Final = (";", ",", "\t", "|")
_LOOKED_AT: Final = 300  # records
_SEP_LINE: Final = re.compile(r"sep=(.)[ \t]*\n", re.IGNORECASE)
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TWO_MEANINGS: Final = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
_NOUGHTS: Final = re.compile(r"0{2,30}")
# What the library for workbooks raises on damaged parts.
_DAMAGE: Final = (
    LookupError,  # also of encodings
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    SyntaxError,  # lxml's errors of syntax
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    AssertionError,
    zipfile.BadZipFile,
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts: every row has a cell for every column, names of columns are all different.

    ``format`` is csv or xlsx, ``encoding`` empty for xlsx. ``warnings`` are sentences. ``numeric`` are the
    columns of a workbook without texts like 1.234: a point in their numbers is a decimal point.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    format: str = "csv"
    encoding: str = ""
    warnings: tuple[str, ...] = ()
    numeric: frozenset[str] = frozenset()

    def column(self, name: str) -> list[str]:
        """The cells of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]


def read_table_file(path: Path | str, *, encoding: str | None = None) -> Table:
    """The table in a file; KnownError, in one sentence, where there is none."""
    path = Path(path)
    try:
        return read_table(file_bytes(path), encoding=encoding)
    except KnownError as error:
        error.path = path
        raise


def read_table(data: bytes, *, encoding: str | None = None) -> Table:
    """The table that ``data`` (csv or xlsx, by its content) holds.

    :raises KnownError: it is empty, damaged, or too large.
    """
    if data.startswith(b"PK"):
        return _read_xlsx(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise KnownError(_("The table is in an old format or encrypted; save it as xlsx or csv."))
    return _read_csv(data, encoding)


def looks_like_table(text: str) -> bool:
    """True for the text of a csv file: a row of different names, and rows cut as evenly as it."""
    text = text[:200_000].lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _SEP_LINE.match(text):
        return True
    try:
        records = _records(text, _separator(text))
    except csv.Error:
        return False
    if len(records) < 2 or len(records[0]) < 2:
        return False
    head = [cell.strip() for cell in records[0]]
    even = sum(1 for record in records if len(record) == len(head))
    return (
        even >= 0.9 * len(records)
        and all(head)
        and len(set(head)) == len(head)
        and not any(head[0] == record[0].strip() for record in records[1:])
        and not any(record[1].startswith(" ") for record in records if len(record) > 1)
    )


# -- csv ----------------------------------------------------------------------------------------------------


def _read_csv(data: bytes, encoding: str | None) -> Table:
    decoded = decode(data, encoding=encoding)
    text = decoded.text.lstrip("\ufeff").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    told = _SEP_LINE.match(text)
    if told is not None:
        text = text[told.end() :]
    try:
        separator = told[1] if told is not None else _separator(text)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=False)
        columns, cells = _shaped(rows)
    except (csv.Error, ValueError, TypeError) as error:
        raise KnownError(
            _("The table cannot be taken apart: perhaps a quotation mark in it is never closed.")
        ) from error
    told_of: tuple[str, ...] = ()
    if not decoded.sure:
        told_of = (_("The encoding was guessed: {name}.").format(name=decoded.encoding),)
    return Table(columns, cells, "csv", decoded.encoding, told_of)


def _separator(text: str) -> str:
    """The separator that cuts the first records most evenly, and into most cells among equals."""
    best, choice = (0.0, 0), ","
    for separator in _SEPARATORS:
        if separator not in text:
            continue
        try:
            counts = [len(record) for record in _records(text, separator)]
        except csv.Error:
            continue
        width, often = Counter(counts).most_common(1)[0] if counts else (1, 0)
        if width > 1 and (score := (round(often / len(counts), 1), width)) > best:
            best, choice = score, separator
    return choice


def _records(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text[:500_000], newline=""), delimiter=separator)
    return [record for record in islice(reader, _LOOKED_AT) if any(cell.strip() for cell in record)]


def _shaped(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Names of columns and full rows; KnownError for none, or too many."""
    filled = (row for row in rows if any(cell.strip() for cell in row))
    head = next(filled, None)
    if head is None:
        raise KnownError(_("The table is empty."))
    kept: list[Sequence[str]] = []
    for row in filled:
        kept.append(row)
        if len(kept) > MAX_ROWS:
            raise KnownError(_("The table has more than {n} rows.").format(n=MAX_ROWS))
    width = max((_width(row) for row in (head, *kept)), default=0)
    if width > MAX_COLUMNS:
        raise KnownError(_("The table has more than {n} columns.").format(n=MAX_COLUMNS))
    if not kept:
        raise KnownError(_("The table has names of columns and no rows."))
    columns = tuple(_named([*head, *[""] * (width - len(head))][:width]))
    return columns, tuple((*row[:width], *[""] * (width - len(row))) for row in kept)


def _width(row: Sequence[str]) -> int:
    """Up to the last cell with something in it."""
    return next((n for n in range(len(row), 0, -1) if row[n - 1].strip()), 0)


def _named(head: Iterable[str]) -> Iterator[str]:
    """The names of the columns: none empty, none twice."""
    seen: set[str] = set()
    for number, cell in enumerate(head, start=1):
        name = " ".join(cell.split()) or _("Column {n}").format(n=number)
        unique, again = name, 1
        while unique in seen:
            again += 1
            unique = f"{name} ({again})"
        seen.add(unique)
        yield unique


# -- xlsx ---------------------------------------------------------------------------------------------------


def _read_xlsx(data: bytes) -> Table:
    _refuse_hostile(data)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library speaks about looks that it does not know
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            found = _first_table(book)
    except _DAMAGE as error:
        raise KnownError(_("The file is damaged: its table cannot be read.")) from error
    if found is None:
        raise KnownError(_("The table is empty."))
    return found


def _first_table(book: Any) -> Table | None:
    names = [sheet.title for sheet in book.worksheets]
    for index, sheet in enumerate(book.worksheets):
        sheet.reset_dimensions()
        spoiled: set[int] = set()
        rows = _texts(sheet, spoiled)
        first = next((row for row in rows if any(cell.strip() for cell in row)), None)
        if first is not None:
            columns, cells = _shaped(_and_then(first, rows))
            others = [name for at, name in enumerate(names) if at != index]
            numeric = frozenset(name for at, name in enumerate(columns) if at not in spoiled)
            return Table(columns, cells, "xlsx", "", tuple(_left(names[index], others)), numeric)
    return None


def _left(taken: str, others: Sequence[str]) -> Iterator[str]:
    if others:
        yield _("The sheet “{sheet}” was read; not read: {others}.").format(
            sheet=taken, others=", ".join(others)
        )


def _and_then(first: list[str], rows: Iterable[list[str]]) -> Iterator[list[str]]:
    yield first
    yield from rows


def _texts(sheet: Any, spoiled: set[int]) -> Iterator[list[str]]:
    """The rows of a sheet as texts; more rows than any table has are an error, also if they are empty.

    ``spoiled`` learns which columns hold texts that look like numbers with thousands or with a fraction.
    """
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1)):
        if number > 2 * MAX_ROWS:
            raise KnownError(_("The table has more than {n} rows.").format(n=MAX_ROWS))
        texts = [_text(cell) for cell in row]
        spoiled.update(
            at
            for at, cell in enumerate(row)
            if isinstance(cell.value, str) and _TWO_MEANINGS.fullmatch(cell.value.strip())
        )
        yield texts


def _text(cell: "Cell") -> str:
    value: Any = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        words: str = _ESCAPED.sub(_unescaped, value)
        return words.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    return _moment(value)


def _unescaped(found: re.Match[str]) -> str:
    """Workbooks write a character that XML cannot hold as ``_x000D_``."""
    letter = chr(int(found[1], 16))
    return letter if letter.isprintable() or letter in "\t\n" else ""


def _number(value: float, pattern: str) -> str:
    if value == int(value) and abs(value) < 1e15:
        whole = str(int(value))
        return whole.zfill(len(pattern)) if _NOUGHTS.fullmatch(pattern) else whole
    return f"{value:.15g}"


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        if value.time() == time(0):
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="minutes" if not value.second else "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes" if not value.second else "seconds")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _refuse_hostile(data: bytes) -> None:
    """Unpacks every part with a count, as nothing else does; then the library may."""
    archive = Archive(data)
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise KnownError(_("The file is damaged: its zip container cannot be opened.")) from error
    if "xl/workbook.xml" not in archive:
        raise KnownError(_("The file is no table; tables come in as csv or xlsx."))
    for name in dict.fromkeys(names):
        part = archive.read(name)
        if name.endswith((".xml", ".rels")) and any(mark in part for mark in _DOCTYPES):
            raise KnownError(_("The file declares a document type of its own and is not opened."))
