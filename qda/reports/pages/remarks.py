"""Transcripts with remarks on pages: numbers at the left, notes at the right from their lines on."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from qda.coding.references import PATH_SEPARATOR
from qda.reports import docx_styles as look
from qda.reports.model import Line, Remark, Span, Transcript
from qda.reports.pages.flow import Item, Shape, paragraph
from qda.reports.pages.letters import Manner, Piece
from qda.reports.text import clean, colour, one_line

_NOTES: Final = 2_550  # twentieths of a point, as everywhere on pages
_GAP: Final = 330
_BAR: Final = 50
_TEXT: Final = Manner(10.5)
_HEAD: Final = Manner(9.5, second=True)
_SMALL: Final = Manner(8, second=True)
_MARK: Final = Manner(7, second=True)
_NOTE: Final = Manner(8)
_BETWEEN: Final = 50


def transcript(block: Transcript, *, width: float) -> list[Item]:
    """The paragraphs one below the other, as in Word where there are no remarks."""
    setter = _Setter(block, width)
    made = [item for line in block.lines for item in setter.line(line)]
    return [*made, *setter.rest()]


@dataclass(slots=True)
class _Note:
    """One line of a note, and whether room is left above it."""

    item: Item
    colour: str
    first: bool


@dataclass(slots=True)
class _Setter:
    """Sets lines; notes that find no room beside theirs wait for the next ones."""

    block: Transcript
    width: float
    waiting: deque[_Note] = field(default_factory=deque)
    room: float = 0.0

    @property
    def right(self) -> float:
        """The room at the right of the text."""
        return _NOTES + _GAP if self.block.remarks else 0.0

    def line(self, line: Line) -> Iterator[Item]:
        """A paragraph, or its lines where these are cited."""
        manner = _HEAD if line.kind == "head" else _TEXT
        manner = replace(manner, bold=line.kind == "heading")
        pieces = list(_pieces(line, manner))
        numbers = [str(number) for _place, number in line.numbers] or [line.number]
        for n, number in enumerate(numbers):
            after = 90.0 if n == len(numbers) - 1 else 0.0
            shape = Shape(after=after, line=276, left=look.NUMBER_WIDTH, right=self.right)
            some = pieces[n] if n < len(pieces) else []
            made = paragraph(some, shape, width=self.width) or paragraph(
                [Piece(" ", manner)], shape, width=self.width
            )
            made[0] = _numbered(made[0], one_line(number))
            begun = [span.remark for span in line.spans if span.begins]
            yield from (self._beside(item, begun) for item in made)

    def rest(self) -> Iterator[Item]:
        """Lines for notes that still wait at the end of the text."""
        while self.waiting:
            note = self.waiting.popleft()
            yield Item(
                note.item.height, self._painted(note, 0.0), words=note.item.words, lines=note.item.lines
            )

    def _beside(self, item: Item, begun: Sequence[int]) -> Item:
        """The line with notes at its right: those that begin in it, or that wait."""
        for remark in begun:
            if f"[{remark + 1}]" in item.words:
                self.waiting.extend(_note(self.block.remarks[remark], remark + 1))
        painted: list[_Painted] = []
        top = -self.room if self.waiting else 0.0
        while self.waiting:
            note = self.waiting[0]
            above = _BETWEEN if note.first and (painted or top) else 0.0
            if top + above + note.item.height > item.height:
                break
            self.waiting.popleft()
            painted.append(self._painted(note, top + above))  # the end of the line before may be its place
            top += above + note.item.height
        self.room = max(0.0, item.height - max(top, 0.0)) if self.waiting else 0.0
        if not painted:
            return item
        inner = item.paint

        def paint(painter: QPainter, x: float, y: float) -> None:
            inner(painter, x, y)
            for one in painted:
                one(painter, x, y)

        return replace(item, paint=paint)

    def _painted(self, note: _Note, top: float) -> "_Painted":
        return _Painted(note, self.width - _NOTES, top)


@dataclass(frozen=True, slots=True)
class _Painted:
    """A line of a note with the bar in its colour."""

    note: _Note
    left: float
    top: float

    def __call__(self, painter: QPainter, x: float, y: float) -> None:
        item = self.note.item
        if self.note.colour:
            bar = QRectF(x + self.left - 150, y + self.top, _BAR, item.height)
            painter.fillRect(bar, QColor(f"#{self.note.colour}"))
        item.paint(painter, x + self.left, y + self.top)


def _note(remark: Remark, number: int) -> Iterator[_Note]:
    title = one_line(remark.title)
    if remark.kind == "coding":  # the whole path stands in the list of codes
        title = title.rpartition(PATH_SEPARATOR)[2]
    pieces = [Piece(f"{number} ", _SMALL), Piece(title, replace(_NOTE, italic=remark.kind == "memo"))]
    pieces += [Piece(f" {one_line(remark.author)}", _SMALL)] if remark.author else []
    made = paragraph(pieces, Shape(), width=_NOTES)
    if remark.text.strip():
        made += paragraph([Piece(one_line(remark.text), _SMALL)], Shape(), width=_NOTES)
    for n, item in enumerate(made):
        yield _Note(item, colour(remark.colour), n == 0)


def _pieces(line: Line, manner: Manner) -> Iterator[list[Piece]]:
    """The pieces of each line that is cited, else of the whole paragraph."""
    begins: dict[int, list[Span]] = defaultdict(list)
    for span in line.spans:
        if span.begins:
            begins[0 if span.label else span.start].append(span)
    lines = {place for place, _number in line.numbers[1:]}
    made: list[Piece] = []
    if line.time and not line.time_last:
        made.append(Piece(f"{line.time} ", _SMALL))
    if line.label:
        made.append(Piece(clean(line.label), replace(manner, bold=True)))
    if line.instead:
        made.append(Piece(line.instead, replace(manner, italic=True)))
    places = sorted({0, len(line.text), *begins, *lines})
    for n, place in enumerate(places):
        if place in lines:
            yield made
            made = []
        made += [Piece(f"[{span.remark + 1}]\u2009", _MARK) for span in begins[place]]
        if n + 1 < len(places):
            made.append(Piece(clean(line.text[place : places[n + 1]]), manner))
    if line.time and line.time_last:
        made.append(Piece(f" {line.time}", _SMALL))
    yield made


def _numbered(item: Item, number: str) -> Item:
    """The line with its number at its left."""
    if not number:
        return item
    (made,) = paragraph([Piece(number, replace(_SMALL, points=8.5))], Shape(), width=10_000)
    inner, room = item.paint, max(0.0, (item.height - made.height) / 2)

    def paint(painter: QPainter, x: float, y: float) -> None:
        made.paint(painter, x, y + room)
        inner(painter, x, y)

    return replace(item, paint=paint, words=f"{number} {item.words}")
