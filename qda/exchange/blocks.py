"""Paragraphs while they are being read: what the readers of docx, odt and rtf have in common.

A block collects text with its looks and the places where comments begin and end; blocks become the rows of
a table and the texts of notes, and in the end the paragraphs and comments of the document. Places are code
points of the block's text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from qda.errors import KnownError
from qda.exchange.raw import RawComment, RawParagraph, RawStyle, StyleKind
from qda.i18n import _

_QUOTE_NAME: Final = re.compile(
    r"(?:block|lang|long|intens\w*)?[ _-]*(?:quot\w*|zitat\w*|block ?text)(?:[ _-]?(?:block|text))?",
    re.IGNORECASE,
)
_HEADING_NAME: Final = re.compile(r"(?:heading|überschrift|berschrift|title|titel)[ _]*(\d?)", re.IGNORECASE)
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?")
_ON_ONE_LINE: Final = str.maketrans("\n\t", "  ")
_LONG_WORD: Final = 200  # code points
_WORD: Final = re.compile(r"\S+")
_MAX_LEVEL: Final = 6
_Point = tuple[int, int]  # number of the block, place in it


class Look(NamedTuple):
    """How a run is set apart."""

    bold: bool = False
    italic: bool = False
    underline: bool = False


PLAIN: Final = Look()
_KINDS: Final[tuple[StyleKind, ...]] = ("bold", "italic", "underline")


class Anchor(NamedTuple):
    """A place at which the comment ``key`` begins or ends."""

    place: int
    key: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment without its place; ``date`` as the file writes it."""

    author: str
    text: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a word processor's file holds for us; ``header`` are pairs that the format itself declares."""

    paragraphs: tuple[RawParagraph, ...]
    comments: tuple[RawComment, ...] = ()
    warnings: tuple[str, ...] = ()
    header: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Block:
    """One paragraph, open for more text. ``first_cell`` is the length of a row's first cell.

    ``set_in``: it stands apart as a quotation does; ``page``: where it begins, 0 where that is not known.
    """

    heading: int = 0
    row: bool = False
    note: bool = False
    first_cell: int = 0
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    looks: list[tuple[int, int, Look]] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    set_in: bool = False
    page: int = 0

    @property
    def text(self) -> str:
        """The whole text so far."""
        if len(self.pieces) > 1:
            self.pieces = ["".join(self.pieces)]
        return self.pieces[0] if self.pieces else ""

    def add(self, text: str, look: Look = PLAIN) -> None:
        """More text at the end."""
        if not text:
            return
        start, self.length = self.length, self.length + len(text)
        self.pieces.append(text)
        if look is PLAIN or not any(look):
            return
        if self.looks and self.looks[-1][1:] == (start, look):
            start = self.looks.pop()[0]
        self.looks.append((start, self.length, look))

    def mark(self, key: str, *, opens: bool) -> None:
        """A comment begins or ends here."""
        self.anchors.append(Anchor(self.length, key, opens))

    def absorb(self, other: "Block", *, line: bool = False) -> None:
        """All of ``other`` at the end; ``line``: on this line, breaks and TABs become blanks."""
        text, shift = other.text, self.length
        self.add(text.translate(_ON_ONE_LINE) if line else text)
        self.looks.extend((start + shift, stop + shift, look) for start, stop, look in other.looks)
        self.anchors.extend(anchor._replace(place=anchor.place + shift) for anchor in other.anchors)

    def trimmed(self) -> "Block":
        """The same without blanks at both ends."""
        text = self.text
        kept = text.strip()
        cut = len(text) - len(text.lstrip())
        stop = len(kept)

        def moved(place: int) -> int:
            return min(max(place - cut, 0), stop)

        block = Block(length=stop, pieces=[kept])
        looks = ((moved(a), moved(b), look) for a, b, look in self.looks)
        block.looks = [(a, b, look) for a, b, look in looks if a < b]
        block.anchors = [anchor._replace(place=moved(anchor.place)) for anchor in self.anchors]
        return block


def row_of(cells: Sequence[Sequence[Block]]) -> list[Block]:
    """A table's row as one block, cells joined by TAB; the notes that belong to it follow it."""
    row, notes = Block(row=True), list[Block]()
    for index, cell in enumerate(cells):
        if index:
            row.add("\t")
        lines = [block for block in cell if not block.note]
        notes.extend(block for block in cell if block.note)
        while len(lines) > 1 and not lines[-1].text.strip():
            empty = lines.pop()
            lines[-1].anchors.extend(a._replace(place=lines[-1].length) for a in empty.anchors)
        for number, block in enumerate(lines):
            if number:
                row.add("\n")
            row.absorb(block)
        if not index:
            row.first_cell = row.length
    return [row, *notes]


def note_of(mark: str, blocks: Iterable[Block]) -> Block:
    """The text of a footnote or endnote on one line, behind its mark."""
    note = Block(note=True)
    note.add(mark)
    for block in blocks:
        if block.text.strip():
            note.add(" ")
            note.absorb(block.trimmed(), line=True)
    return note


def plain_text(blocks: Iterable[Block]) -> str:
    """The text of blocks, a line for each."""
    return "\n".join(block.text for block in blocks).strip()


def heading_level(name: str) -> int:
    """The level that a style's name tells, 0 for none."""
    found = _HEADING_NAME.fullmatch(name.strip())
    return int(found[1] or 1) if found else 0


def is_quote_name(name: str) -> bool:
    """True for the name of a style of quotations that are set in."""
    return _QUOTE_NAME.fullmatch(name.strip()) is not None


def outline_level(level: int) -> int:
    """A heading's level by its level in the outline, which counts from 1."""
    return level if 0 < level <= _MAX_LEVEL else 0


def content_of(
    blocks: Sequence[Block], remarks: Mapping[str, Remark], warnings: Iterable[str] = ()
) -> Content:
    """The finished document; KnownError where it holds no text."""
    if not any(block.text.strip() for block in blocks):
        raise KnownError(_("The file holds no text."))
    paragraphs = tuple(_paragraph(block) for block in blocks)
    return Content(paragraphs, tuple(_comments(blocks, remarks)), tuple(dict.fromkeys(warnings)))


def _paragraph(block: Block) -> RawParagraph:
    text = block.text
    styles = tuple(sorted(_styles(block, text), key=lambda style: (style.start, style.stop)))
    bold = _bold_beginning(text, [style for style in styles if style.kind == "bold"])
    if block.row:
        bold = min(bold, block.first_cell)
    return RawParagraph(
        text,
        bold=bold,
        heading=block.heading,
        row=block.row,
        note=block.note,
        styles=styles,
        set_in=block.set_in,
        page=block.page,
    )


def _styles(block: Block, text: str) -> Iterator[RawStyle]:
    for index, kind in enumerate(_KINDS):
        start = stop = 0
        for begin, end, look in block.looks:
            if not look[index]:
                continue
            if begin > stop:
                if text[start:stop].strip():
                    yield RawStyle(start, stop, kind)
                start = begin
            stop = end
        if text[start:stop].strip():
            yield RawStyle(start, stop, kind)


def _bold_beginning(text: str, runs: Iterable[RawStyle]) -> int:
    """Length of the beginning that is bold; plain blanks between bold runs belong to it."""
    stop = 0
    for run in runs:
        if text[stop : run.start].strip():
            break
        stop = run.stop
    return stop


def _comments(blocks: Sequence[Block], remarks: Mapping[str, Remark]) -> Iterator[RawComment]:
    """The comments at their places; where a place is a point it grows to the word that stands there."""
    begins: dict[str, _Point] = {}
    ends: dict[str, _Point] = {}
    for index, block in enumerate(blocks):
        for anchor in block.anchors:
            if anchor.opens:
                begins.setdefault(anchor.key, (index, anchor.place))
            else:
                ends[anchor.key] = (index, anchor.place)
    nowhere = max(i for i, block in enumerate(blocks) if block.text.strip())
    for key, remark in remarks.items():
        stop = ends.get(key) or begins.get(key) or (nowhere, blocks[nowhere].length)
        start = min(begins.get(key, stop), stop)
        if start == stop:
            start, stop = _grown(blocks, start)
        yield RawComment(remark.author, remark.text, start[0], stop[0], start[1], stop[1], _iso(remark.date))


def _grown(blocks: Sequence[Block], point: _Point) -> tuple[_Point, _Point]:
    """The word at a point: in which it stands, else before it, else after it; in a blank line the point."""
    index, place = point
    text = blocks[index].text
    near = max(place - _LONG_WORD, 0)
    words = [*_WORD.finditer(text, near, place + _LONG_WORD)]
    word = next((word for word in reversed(words) if word.start() <= place), next(iter(words), None))
    return ((index, word.start()), (index, word.end())) if word is not None else (point, point)


def _iso(date: str) -> str:
    found = _ISO.match(date)
    return found[0] if found else ""
