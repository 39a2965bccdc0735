"""A table of a report in Word: fixed widths, repeated head, rows that stay whole, thin rules."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeVar

from qda.reports import docx_parts as parts
from qda.reports import docx_styles as look
from qda.reports.model import Align, Cell, Column, Run, Runs, Table
from qda.reports.text import colour, one_line

_COLUMNS, _WIDE_COLUMNS = 8, 13  # that a page holds of a table that goes on below itself
_NARROWEST: Final = 340
_GAP: Final = 170
_EM: Final = 190  # of the text of a table
_BOLD: Final = 1.15
_NARROW, _BROAD = frozenset("fijltI.,:;!|()[]’'-/ "), frozenset("mwMW")
_TEXT_SIGN: Final = 92  # on average, in running text
_CHIP: Final = 227
_INDENT: Final = 227
_LONGEST_WORD: Final = 24
_RUNNING_TEXT: Final = 30  # signs of a line from which on a column holds texts
_FROM_TEXTS: Final = 0.15  # of their width at most goes to short cells beside them
_LEAST_OF_A_PAGE: Final = 7  # so many columns have room whatever words they have
_WHOLE_UP_TO: Final = 6
_GROUP_CELLS: Final = 2  # a number and a heading
_BREAKABLE_FROM: Final = 1_400
_FLOWING_FROM: Final = 200  # signs of a row, from which on a page may end inside it
_WHOLE_LINES: Final = 20  # of a row in a table whose cells are texts of their own
_ALIGN: Final[dict[Align, str]] = {"left": "", "right": "right", "centre": "center"}

Inline = Callable[[Runs], str]
_Part = TypeVar("_Part", Cell, Column)


def table_xml(table: Table, *, width: int, inline: Inline) -> str:
    """The table at ``width`` twentieths of a point; ``inline`` makes runs."""
    if not table.columns:
        table = replace(table, columns=(Column(""),))
    widths = column_widths(table, width)
    header = any(column.title for column in table.columns)
    rows = [_head(table.columns, widths)] if header else []
    long = bool(table.most) or table.flowing
    together = len(table.rows) <= _WHOLE_UP_TO and not long
    for index, row in enumerate(table.rows):
        last = index == len(table.rows) - 1
        edge = not long and index in (0, len(table.rows) - 2)  # no row stands alone on a page
        keep = not last and (together or edge or _is_group(row, table))
        whole = _whole(row, widths, table)
        rows.append(_row(row, table.columns, widths, inline, keep=keep, texts=bool(table.most), whole=whole))
    if not rows:  # Word refuses a table without a row
        rows = [_row((), table.columns, widths, inline, keep=False)]
    return parts.table(widths=widths, rows=rows, header=header, caption=one_line(table.caption))


def parted(table: Table, *, landscape: bool) -> tuple[Table, ...]:
    """A table with heads in parts that a page holds, alike in size, the heads repeated; others whole."""
    most = _WIDE_COLUMNS if landscape else _COLUMNS
    if table.most:
        most = min(most, table.heads + table.most)
    heads, others = table.heads, len(table.columns) - table.heads
    if not heads or others < 2:
        return (table,)
    step = max(1, min(most - heads, _fitting(table, landscape=landscape)))
    count = -(-others // step)
    if count == 1:
        return (table,)
    ends = [heads + others * n // count for n in range(count + 1)]

    def taken(cells: tuple[_Part, ...], start: int, stop: int) -> tuple[_Part, ...]:
        return cells[:heads] + cells[start:stop]

    return tuple(
        replace(
            table,
            columns=taken(table.columns, start, stop),
            rows=tuple(taken(row, start, stop) for row in table.rows),
        )
        for start, stop in pairwise(ends)
    )


def _fitting(table: Table, *, landscape: bool) -> int:
    """How many columns beside the heads a page holds before their words would have to be broken."""
    width = (look.PAGE_HEIGHT if landscape else look.PAGE_WIDTH) - 2 * look.MARGIN_SIDE
    least = [_least(table, index) for index in range(len(table.columns))]
    room = width - min(sum(least[: table.heads]), width // 2)
    widest = max(min(need, width // _LEAST_OF_A_PAGE) for need in least[table.heads :])
    return int(room // widest)


def column_widths(table: Table, width: int) -> list[int]:
    """Widths by shares, but no column narrower than its longest word if that can be; together ``width``.

    Where the words need more than there is, the longest ones are divided and the short ones stay whole.
    """
    columns = table.columns
    total = sum(column.share for column in columns) or 1.0
    wanted = [width * column.share / total for column in columns]
    least = [min(_least(table, index), width // 3) for index in range(len(columns))]
    if sum(least) > width:
        most = _at_most(least, width)
        least = [min(each, most) for each in least]
    short = sum(max(0.0, need - has) for need, has in zip(least, wanted, strict=True))
    spare = sum(max(0.0, has - need) for need, has in zip(least, wanted, strict=True))
    taken = short / spare if spare else 0.0
    widths = [
        int(need if has <= need else has - (has - need) * taken)
        for need, has in zip(least, wanted, strict=True)
    ]
    widths[widths.index(max(widths))] += width - sum(widths)
    return _with_whole_cells(table, widths, least)


def _at_most(least: list[int], width: int) -> int:
    """How wide a column may be so that all of them fit, the narrow ones as wide as they need."""
    left, columns = width, len(least)
    for each in sorted(least):
        if each * columns > left:
            break
        left, columns = left - each, columns - 1
    return left // max(1, columns)


def _least(table: Table, index: int) -> int:
    """The width that the longest word of a column needs."""
    need = _word(table.columns[index].title, bold=True)
    for row in table.rows:
        if index < len(row) and row[index].span == 1 and all(one.span == 1 for one in row[:index]):
            one = row[index]
            if not one.runs:
                continue
            strong = any(run.bold for run in one.runs)
            lead = one.indent * _INDENT + (_CHIP if one.colour else 0)
            need = max(need, _word(one.text, bold=strong) + lead)
    return max(_NARROWEST, need + _GAP + _left(table.columns, index))


def _with_whole_cells(table: Table, widths: list[int], least: list[int]) -> list[int]:
    """The widths so that fewer cells of few signs ("7 cases", a date) are broken: what they lack comes from
    columns that have more than their lines need, and a little of it from running texts."""
    lacks, spare = [], []
    for index, has in enumerate(widths):
        need, running = _lines_of(table, index)
        free = max(0, has - max(need, least[index]))
        lacks.append(0 if running else max(0, need - has))
        spare.append(min(int(has * _FROM_TEXTS), free) if running else free)
    found, left = list(widths), sum(spare)
    taken = 0
    for index in sorted(range(len(found)), key=lambda at: lacks[at]):
        if lacks[index] <= left - taken:
            found[index] += lacks[index]
            taken += lacks[index]
    if taken:
        found = [has - more * taken // left for has, more in zip(found, spare, strict=True)]
        found[spare.index(max(spare))] += sum(widths) - sum(found)
    return found


def _lines_of(table: Table, index: int) -> tuple[int, bool]:
    """The width that the lines of a column need, and whether they are running text."""
    need = 0
    for row in table.rows:
        if index >= len(row) or any(one.span > 1 for one in row[: index + 1]):
            continue
        strong = any(run.bold for run in row[index].runs)
        lead = row[index].indent * _INDENT + (_CHIP if row[index].colour else 0)
        for line in row[index].text.split("\n"):
            if len(line) > _RUNNING_TEXT:
                return 0, True
            need = max(need, lead + _line(line, bold=strong))
    return need + _GAP + _left(table.columns, index), False


@lru_cache(maxsize=8192)
def _line(text: str, *, bold: bool) -> int:
    """The width of a line."""
    return round(sum(map(_sign, text)) * _EM * (_BOLD if bold else 1))


@lru_cache(maxsize=8192)  # a table's cells are measured for Word and again for its pages
def _word(text: str, *, bold: bool) -> int:
    """The width of the widest word; the longest ones are hyphenated and claim no more."""
    pieces = text.replace("-", "- ").replace("/", "/ ").split()
    widest = max((sum(map(_sign, piece[:_LONGEST_WORD])) for piece in pieces), default=0.0)
    return round(widest * _EM * (_BOLD if bold else 1))


def _sign(sign: str) -> float:
    """The width of a letter in ems, as serif faces have it."""
    if sign in _NARROW:
        return 0.37
    if sign in _BROAD:
        return 0.97
    return 0.69 if sign.isupper() else 0.58


def _left(columns: tuple[Column, ...], index: int) -> int:
    """More room between figures and a text that follows them."""
    return _GAP if index and columns[index - 1].align == "right" and columns[index].align == "left" else 0


def _is_group(row: tuple[Cell, ...], table: Table) -> bool:
    """Whether the row is a heading inside the table, which must stay with the row below it."""
    whole = sum(one.span for one in row) >= len(table.columns) > 1
    return whole and len(row) <= _GROUP_CELLS and row[-1].span > 1


def _head(columns: tuple[Column, ...], widths: list[int]) -> str:
    cells = []
    for index, (column, width) in enumerate(zip(columns, widths, strict=True)):
        title = parts.paragraph(
            "QdaTableHead", parts.run(one_line(column.title)), text=column.title, align=_ALIGN[column.align]
        )
        cells.append(
            parts.cell(width, title, left=_left(columns, index), last=index == len(columns) - 1, bottom=True)
        )
    return parts.row("".join(cells), header=True)


def _row(
    row: tuple[Cell, ...],
    columns: tuple[Column, ...],
    widths: list[int],
    inline: Inline,
    *,
    keep: bool,
    texts: bool = False,
    whole: bool = True,
) -> str:
    cells = []
    at = 0
    for one in row:
        if at >= len(columns):
            break
        span = max(1, min(one.span, len(columns) - at))
        if texts:
            content = "".join(
                _content(part, columns[at], inline, keep=keep, whole=True) for part in _lines(one)
            )
        else:
            content = _content(one, columns[at], inline, keep=keep)
        cells.append(
            parts.cell(
                sum(widths[at : at + span]),
                content,
                span=span,
                left=_left(columns, at),
                last=at + span == len(columns),
            )
        )
        at += span
    if at < len(columns):
        blank = parts.paragraph("QdaTableText", "")
        cells.append(parts.cell(sum(widths[at:]), blank, span=len(columns) - at, last=True))
    return parts.row("".join(cells), whole=whole)


def _whole(row: tuple[Cell, ...], widths: list[int], table: Table) -> bool:
    """Whether a page may not end inside the row: unless it is so high that much would stay empty."""
    if table.flowing:
        return max((len(one.text) for one in row), default=0) < _FLOWING_FROM
    if not table.most:
        return max((len(one.text) for one in row), default=0) < _BREAKABLE_FROM
    lines = [
        sum(1 + len(line) * _TEXT_SIGN // width for line in one.text.split("\n"))
        for one, width in zip(row, widths, strict=False)
    ]
    return max(lines, default=0) <= _WHOLE_LINES


def _lines(one: Cell) -> list[Cell]:
    """The lines of a cell, each as a cell of its own: a page may end between them."""
    lines: list[list[Run]] = [[]]
    for run in one.runs:
        for at, words in enumerate(run.text.split("\n")):
            if at:
                lines.append([])
            if words or run.link:
                lines[-1].append(replace(run, text=words))
    return [replace(one, runs=tuple(line)) for line in lines]


def _content(one: Cell, column: Column, inline: Inline, *, keep: bool, whole: bool = False) -> str:
    runs = inline(one.runs)
    tint = colour(one.colour)
    if tint:
        runs = parts.run("■\t", tint=tint) + runs
    return parts.paragraph(
        "QdaTableText",
        runs,
        keep_next=keep,
        keep_lines=whole,
        text=one.text,
        left=one.indent * _INDENT + (_CHIP if tint else 0),
        hanging=_CHIP if tint else 0,
        align=_ALIGN[column.align] if one.span == 1 else "",
    )
