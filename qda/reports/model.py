"""What a report is: title, sections, paragraphs, quotes, tables, trees and figures, as plain frozen values.

A module of a report makes one ``Report`` from a project; every renderer turns any ``Report`` into its format.
All strings are data of the user: no markup, any character; the renderers escape and clean them.
Numbers of sections, tables and figures are given at rendering and never stand in the texts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from qda.i18n import Language

Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one manner; a line feed in it is a line break.

    ``placeholder`` marks what the author still has to write. ``link`` names the ``anchor`` of a section,
    table, tree or figure; a link without text shows the target's label ("Table 3", "Section 4.2"). A link
    whose target is not in the report is shown as plain text.
    """

    text: str
    bold: bool = False
    italic: bool = False
    placeholder: bool = False
    link: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Note:
    """A small remark in secondary colour: counts below a heading, the source below a table."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage set off from the text, with quotation marks, and its citation in brackets.

    ``text`` is verbatim and without outer marks; ``citation`` is without brackets ("Interview 2, Abs. 34").
    """

    text: str
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list; ``level`` 0 is the outermost."""

    runs: Runs
    level: int = 0


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list with bullets, or with numbers if ``ordered``."""

    items: tuple[Item, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A paragraph with what it is cited by at its left ("34a"), or with nothing there.

    ``joined``: it goes on with the paragraph that the line before belongs to, without room between them.
    """

    number: str
    runs: Runs
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A text with numbers at its left, as it is cited.

    ``wide``: for reading on paper, with a wide margin at the right and room between the lines to write in.
    """

    lines: tuple[NumberedLine, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``share`` is its part of the width in relation to the other columns."""

    title: str
    align: Align = "left"
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; ``indent`` counts steps, ``colour`` ("#24588A") draws a chip before the text.

    A ``number`` goes into spreadsheets as a number; ``span`` columns are covered from here on. ``apart`` is
    what a spreadsheet shows instead, where rows must be understood alone (a code's path).
    """

    runs: Runs = ()
    indent: int = 0
    colour: str = ""
    number: int | float | None = None
    span: int = 1
    apart: str = ""

    @property
    def text(self) -> str:
        """The cell's text without its manner."""
        return plain(self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; without any column title it has no header row.

    An empty caption leaves the table unnumbered (a project sheet, say). ``name`` is the short title of its
    sheet in a spreadsheet, else the caption is used. ``heads``: so many columns at the left are heads; where
    a page is too narrow for the others they follow in further parts, each with its heads. With 0 a table is
    never parted. ``most``: so many of the other columns a page holds at most (0: as many as have room).
    ``sheet_only``: rows for spreadsheets of what is told elsewhere in the report; no page shows the table.
    ``page_only``: what pages show apart, because it found no room there, and spreadsheets hold elsewhere.
    ``flowing``: its rows are a text that goes on (a transcript): a page may end inside a row.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    anchor: str = ""
    name: str = ""
    heads: int = 0
    most: int = 0
    sheet_only: bool = False
    page_only: bool = False
    flowing: bool = False


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A code in its tree; ``counts`` stand in the order of ``Tree.count_titles``."""

    name: str
    guid: str
    counts: tuple[int, ...] = ()
    definition: str = ""
    colour: str = ""
    core: bool = False
    children: tuple["TreeNode", ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """Codes as a tree, shown as a table with indents; OPML, Mermaid and GraphML are made from it.

    ``count_keys``: what the first counts are called in formats for programs ("cases"). ``on_pages``: so many
    counts are shown on pages (None: all); spreadsheets hold all. ``returning``: it is made to be changed by
    hand and read in again, so that texts, too, carry the GUIDs.
    """

    nodes: tuple[TreeNode, ...]
    caption: str = ""
    count_titles: tuple[str, ...] = ()
    anchor: str = ""
    count_keys: tuple[str, ...] = ()
    on_pages: int | None = None
    returning: bool = False

    def walk(self) -> Iterator[tuple[int, tuple[TreeNode, ...]]]:
        """Every node in reading order as (depth from 0, path from its root to itself)."""
        pending: list[tuple[TreeNode, ...]] = [(node,) for node in reversed(self.nodes)]
        while pending:
            path = pending.pop()
            yield len(path) - 1, path
            pending.extend((*path, child) for child in reversed(path[-1].children))


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: ``png`` at 300 dpi for Word, ``svg`` (UTF-8) for the web if there is one.

    ``alt`` tells in words what is to be seen; ``width`` is in millimetres, at most the text's width is used.
    """

    caption: str
    alt: str
    png: bytes
    svg: bytes = b""
    width: float = 156.0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands in the margin of a transcript; ``title`` is the code's path, ``colour`` marks its words."""

    title: str
    text: str = ""
    kind: Literal["coding", "memo"] = "coding"
    author: str = ""
    created: datetime | None = None
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """What a remark covers of a line: ``text[start:stop]``; ``remark`` is its place among the remarks.

    ``label``: it begins before the words, at the speaker's label.
    """

    remark: int
    start: int
    stop: int
    begins: bool = True
    ends: bool = True
    label: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a transcript; ``number`` is what it is cited by, empty where it has none.

    ``numbers``: where the lines within begin in ``text``, and their numbers, where lines are cited.
    ``time`` is as it was written, and stands at the end with ``time_last``. ``kind``: text, heading or head
    (of the transcript). ``instead`` stands in place of words that are withheld.
    """

    number: str
    label: str
    text: str
    spans: tuple[Span, ...] = ()
    numbers: tuple[tuple[int, int], ...] = ()
    time: str = ""
    time_last: bool = False
    kind: Literal["text", "heading", "head"] = "text"
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A document with remarks in its margin, in the order of the text; ``shaded``: their words have a ground.

    ``record`` tells the program on the way back which remarks are its own; it goes into formats that can
    carry it unseen.
    """

    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...] = ()
    shaded: bool = True
    record: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; depth comes from nesting.

    Without ``numbered`` it is a small heading that is not in the table of contents. ``new_page`` begins a
    page, ``landscape`` turns the pages of the section (wide tables).
    """

    title: str
    blocks: tuple["Block", ...] = ()
    anchor: str = ""
    numbered: bool = True
    new_page: bool = False
    landscape: bool = False


Block = Section | Paragraph | Note | Quote | BulletList | Numbered | Table | Tree | Figure | Transcript


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``notice`` must be seen wherever the report goes ("invented teaching study").

    ``facts`` are short lines of the title page (documents, cases, state of the work). With ``cover`` there
    are a title page and a table of contents, else the title stands above the text. ``withheld`` tells who
    makes the report, in their language, what is not in it. ``template`` is the path of a Word document whose
    styles, pages, header and footer a docx has. ``only_table``: the name of the one table that a csv holds
    then, plain for programs of statistics. ``pack`` makes the zip of a report that is a package of files; it
    takes the options common to all reports.
    """

    title: str
    language: Language
    blocks: tuple[Block, ...] = ()
    subtitle: str = ""
    author: str = ""
    created: datetime | None = None
    notice: str = ""
    facts: tuple[str, ...] = ()
    cover: bool = True
    keywords: tuple[str, ...] = field(default=())
    withheld: tuple[str, ...] = ()
    template: str = ""
    only_table: str = ""
    pack: Callable[..., bytes] | None = field(default=None, compare=False)


def runs(*parts: str | Run) -> Runs:
    """Runs from strings and runs; empty strings are left out."""
    made = (Run(part) if isinstance(part, str) else part for part in parts)
    return tuple(run for run in made if run.text or run.link)


def paragraph(*parts: str | Run) -> Paragraph:
    """A paragraph from strings and runs."""
    return Paragraph(runs(*parts))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A text of the user (a memo, say), one paragraph a line; empty lines are left out."""
    return tuple(paragraph(line) for line in text.splitlines() if line.strip())


def note(*parts: str | Run) -> Note:
    """A small remark from strings and runs."""
    return Note(runs(*parts))


def bullets(*items: str | Run | Runs) -> BulletList:
    """A flat list with bullets."""
    return BulletList(tuple(Item(item if isinstance(item, tuple) else runs(item)) for item in items))


def cell(*parts: str | Run, indent: int = 0, colour: str = "", span: int = 1, apart: str = "") -> Cell:
    """A cell with text."""
    return Cell(runs(*parts), indent=indent, colour=colour, span=span, apart=apart)


def number(value: float | None, *, text: str = "") -> Cell:
    """A cell with a figure; ``text`` is how people read it (else as it is), None leaves the cell empty."""
    shown = text or ("" if value is None else str(value))
    return Cell(runs(shown), number=value)


def placeholder(hint: str) -> Run:
    """What the author still has to write, told by ``hint``; shown in square brackets."""
    return Run(f"[{hint}]", placeholder=True)


def reference(anchor: str, text: str = "") -> Run:
    """A cross-reference; without ``text`` it reads "Table 3", "Figure 1" or "Section 4.2"."""
    return Run(text, link=anchor)


def bold(every: Runs) -> Runs:
    """The same runs in bold."""
    return tuple(replace(run, bold=True) for run in every)


def plain(every: Runs) -> str:
    """The text of the runs."""
    return "".join(run.text for run in every)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in reading order, sections before what they hold."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block.blocks)


def runs_of(block: Block) -> Iterator[Run]:
    """Every run that stands directly in the block."""
    match block:
        case Paragraph() | Note():
            yield from block.runs
        case BulletList():
            for item in block.items:
                yield from item.runs
        case Numbered():
            for line in block.lines:
                yield from line.runs
        case Table():
            for row in block.rows:
                for entry in row:
                    yield from entry.runs
        case _:
            return


def placeholders(report: Report) -> int:
    """How many placeholders the author still has to fill in."""
    return sum(run.placeholder for block in walk(report.blocks) for run in runs_of(block))
