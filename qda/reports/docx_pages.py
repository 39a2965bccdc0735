"""Where headings will stand in Word: page numbers for the table of contents before Word counts itself.

An estimate from the lengths of the texts. Word replaces it when the user updates the field, and never asks.
"""

from dataclasses import dataclass
from math import ceil
from typing import Final

from qda.i18n import Language
from qda.reports.model import (
    Block,
    BulletList,
    Figure,
    Note,
    Numbered,
    Paragraph,
    Quote,
    Report,
    Section,
    Table,
    Transcript,
    Tree,
    plain,
)
from qda.reports.numbering import Layout
from qda.reports.trees import as_table

_PORTRAIT: Final = (442.0, 688.0)
_LANDSCAPE: Final = (689.0, 440.0)
_BODY_LINE: Final = 15.9
_BODY_SIGN: Final = 5.25
_CELL_LINE: Final = 12.1
_CELL_SIGN: Final = 4.75
_CONTENTS_LINE: Final = 16.5
_READING_LINE: Final = 19.8
_READING_SIGNS: Final = 0.56  # of those that a line of the text holds


def pages(report: Report, layout: Layout) -> dict[str, int]:
    """The estimated page of every section, by its ident; pages count from the cover as 1."""
    start = 1
    if report.cover:
        start = 2 + ceil(max(len(layout.contents()) * _CONTENTS_LINE + 40, 1) / _PORTRAIT[1])
    cursor = _Cursor(start)
    found: dict[str, int] = {}
    landscape = False
    for placed in layout.placed:
        if placed.landscape != landscape:
            landscape = placed.landscape
            cursor.turn(landscape=landscape)
        block = placed.block
        if isinstance(block, Section):
            if block.new_page:
                cursor.new_page()
            size = (46.0, 38.0, 31.0, 27.0, 25.0)[min(placed.level, 5) - 1]
            cursor.need(size + 2 * _BODY_LINE)
            found[placed.ident] = cursor.page
            cursor.take(size)
        else:
            _take(block, cursor, report.language)
    return found


@dataclass(slots=True)
class _Cursor:
    page: int
    used: float = 0.0
    size: tuple[float, float] = _PORTRAIT

    def need(self, height: float) -> None:
        if self.used and self.used + height > self.size[1]:
            self.page, self.used = self.page + 1, 0.0

    def take(self, height: float) -> None:
        self.used += height
        while self.used > self.size[1]:
            self.page, self.used = self.page + 1, self.used - self.size[1]

    def new_page(self) -> None:
        if self.used:
            self.page, self.used = self.page + 1, 0.0

    def turn(self, *, landscape: bool) -> None:
        self.new_page()
        self.size = _LANDSCAPE if landscape else _PORTRAIT


def _lines(text: str, signs: float) -> int:
    return sum(max(1, ceil(len(line) / max(signs, 1))) for line in text.split("\n"))


def _take(block: Block, cursor: _Cursor, language: Language) -> None:
    signs = cursor.size[0] / _BODY_SIGN
    match block:
        case Paragraph():
            cursor.take(_lines(plain(block.runs), signs) * _BODY_LINE + 6)
        case Note():
            cursor.take(_lines(plain(block.runs), signs * 1.2) * 11.5 + 7)
        case Quote():
            height = _lines(block.text + block.citation, signs * 0.95) * 14.6 + 12
            cursor.need(height)
            cursor.take(height)
        case BulletList():
            for item in block.items:
                cursor.take(_lines(plain(item.runs), signs * 0.95) * 15.5 + 3)
        case Numbered() | Transcript():
            _take_lines(block, signs, cursor)
        case Table() | Tree():
            _take_table(block if isinstance(block, Table) else as_table(block, language), cursor)
        case Figure():
            height = figure_height(block) + 45
            cursor.need(height)
            cursor.take(height)
        case Section():
            pass


def _take_lines(block: Numbered | Transcript, signs: float, cursor: _Cursor) -> None:
    """A text with numbers at its left."""
    if isinstance(block, Transcript):
        for spoken in block.lines:
            cursor.take(_lines(spoken.label + spoken.text, signs * 0.93) * 14.6 + 4.5)
        return
    height = _READING_LINE if block.wide else _BODY_LINE
    across = signs * (_READING_SIGNS if block.wide else 0.9)
    for line in block.lines:
        cursor.take(_lines(plain(line.runs), across) * height + (0 if line.joined else 6))


def _take_table(table: Table, cursor: _Cursor) -> None:
    total = sum(column.share for column in table.columns) or 1.0
    cursor.take((30 if table.caption else 0) + 20)
    for row in table.rows:
        height = _CELL_LINE
        for column, one in zip(table.columns, row, strict=False):
            width = cursor.size[0] * column.share / total - 8.5
            height = max(height, _lines(one.text, width / _CELL_SIGN) * _CELL_LINE)
        cursor.need(height + 6.5)
        cursor.take(height + 6.5)


def figure_height(figure: Figure) -> float:
    """The height of a picture in points at its width, from the size in the head of its PNG."""
    across = int.from_bytes(figure.png[16:20], "big") or 1
    down = int.from_bytes(figure.png[20:24], "big")
    return min(figure.width, 156.0) / 25.4 * 72 * down / across
