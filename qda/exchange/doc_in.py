"""Old Word documents (.doc, Word 6 to 2003): what a person sees in Word.

Fields show their result; deleted and hidden text is left out; the rows of tables become paragraphs whose
cells are joined by TAB; footnotes and endnotes follow their paragraph, text boxes stand at the end.
"""

import re
import struct
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from qda.exchange.blocks import Block, Content, Look, Remark, content_of, note_of, plain_text, row_of
from qda.exchange.doc_file import Run, WordFile, open_word
from qda.exchange.symbols import symbol

_SPECIAL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\uf020-\uf0ff]")
_FIELD_BEGINS, _FIELD_RESULT, _FIELD_ENDS = "\x13", "\x14", "\x15"
_BREAKS: Final = {"\x0b": "\n", "\x0e": "\n", "\x1e": "\u2011", "\x1f": "\u00ad"}
_CELL: Final = "\x07"
_NOTE_SIGN: Final = "\x02"
_MAX_DEPTH: Final = 64


@dataclass(frozen=True, slots=True)
class _Note:
    """A footnote or endnote: its place in the body, and where its text lies."""

    first: int
    last: int


def read_doc(data: bytes) -> Content:
    """Paragraphs and comments of an old Word document; KnownError where it can't be read."""
    word = open_word(data)
    notes = _notes(word)
    remarks, places = _remarks(word)
    body = _blocks(word, 0, word.parts.body, notes, places)
    begin = word.parts.body + word.parts.footnotes + word.parts.headers + word.parts.macros
    begin += word.parts.comments + word.parts.endnotes
    boxes = _blocks(word, begin, begin + word.parts.boxes)
    body += [block for block in boxes if block.text.strip()]
    return content_of(body, remarks)


def _blocks(
    word: WordFile,
    first: int,
    last: int,
    notes: dict[int, _Note] | None = None,
    places: list[tuple[int, str, bool]] | None = None,
) -> list[Block]:
    """The paragraphs of a part of the text."""
    walk = _Walk(word, notes or {}, places or [])
    for run in word.runs(first, last):
        walk.run(run)
    if walk.open_fields and walk.lost:  # a field that never ends would take the rest of the text along
        walk = _Walk(word, notes or {}, places or [], fields=False)
        for run in word.runs(first, last):
            walk.run(run)
    return walk.finished()


class _Walk:
    """One pass over a part of the text, run after run."""

    def __init__(
        self,
        word: WordFile,
        notes: dict[int, _Note],
        places: list[tuple[int, str, bool]],
        *,
        fields: bool = True,
    ) -> None:
        self._word = word
        self._notes = notes
        self._places = sorted(places)
        self._marked = [place[0] for place in self._places]
        self._with_fields = fields
        self._done: list[Block] = []
        self._block = Block()
        self._cell: list[Block] = []
        self._cells: list[list[Block]] = []
        self._waiting: list[Block] = []  # notes of the open paragraph
        self._fields: list[bool] = []  # of each open field: whether its result has begun
        self.lost = 0  # characters that open fields have swallowed since they began

    @property
    def open_fields(self) -> int:
        """How many fields have begun and not ended."""
        return len(self._fields)

    def run(self, run: Run) -> None:
        """The next text."""
        look = Look(run.look.bold, run.look.italic, run.look.underline)
        hidden = run.look.hidden or run.look.deleted
        if run.look.symbol is not None and not hidden:
            font, point = run.look.symbol
            self._plain(symbol(self._word.font(font), point), look, run.first, False)
            return
        at = 0
        for special in _SPECIAL.finditer(run.text):
            self._plain(run.text[at : special.start()], look, run.first + at, hidden)
            self._special(special[0], look, run.first + special.start(), hidden)
            at = special.end()
        self._plain(run.text[at:], look, run.first + at, hidden)

    def finished(self) -> list[Block]:
        """All paragraphs; what is still open ends here."""
        self._anchor(1 << 40)
        if self._block.length or self._block.anchors:
            self._end_paragraph(in_table=bool(self._cells or self._cell))
        if self._cell or self._cells:
            self._end_row()
        return self._done

    def _shows(self) -> bool:
        return all(self._fields)

    def _plain(self, text: str, look: Look, place: int, hidden: bool) -> None:
        if not text:
            return
        shown = not hidden and self._shows()
        if not shown:
            self.lost += 0 if hidden else len(text)
            text = ""
        done = 0
        stop = place + len(text)
        at = bisect_left(self._marked, place)
        while at < len(self._marked) and self._marked[at] < stop:
            inside = self._marked[at] - place
            self._block.add(text[done:inside], look)
            done = inside
            self._block.mark(self._places[at][1], opens=self._places[at][2])
            del self._marked[at], self._places[at]
        self._block.add(text[done:], look)

    def _anchor(self, before: int) -> None:
        """Comments that begin or end up to here and have found no text of their own."""
        while self._marked and self._marked[0] < before:
            _place, key, opens = self._places.pop(0)
            del self._marked[0]
            self._block.mark(key, opens=opens)

    def _special(self, sign: str, look: Look, place: int, hidden: bool) -> None:
        self._anchor(place + 1)
        if sign == _CELL:
            self._end_cell(place)
        elif sign in "\x0d\x0c":
            if not hidden and not (self._fields and not self._shows()):
                self._end_line(place)
        elif sign in (_FIELD_BEGINS, _FIELD_RESULT, _FIELD_ENDS):
            self._field(sign)
        elif hidden or not self._shows():
            return
        elif sign > "\uf000":
            self._block.add(symbol("Wingdings", ord(sign)), look)
        elif sign in _BREAKS:
            self._block.add(_BREAKS[sign], look)
        elif place in self._notes:
            self._note(place)

    def _field(self, sign: str) -> None:
        if not self._with_fields:
            return
        if sign == _FIELD_BEGINS and len(self._fields) < _MAX_DEPTH:
            self._fields.append(False)
        elif sign == _FIELD_RESULT and self._fields:
            self._fields[-1] = True
        elif sign == _FIELD_ENDS and self._fields:
            self._fields.pop()
            self.lost = self.lost if self._fields else 0

    def _note(self, place: int) -> None:
        note = self._notes[place]
        mark = f"[{sum(1 for block in self._all() if block.note) + 1}]"
        self._block.add(mark)
        inner = _blocks(self._word, note.first, note.last)
        self._waiting.append(note_of(mark, inner))

    def _all(self) -> Iterator[Block]:
        yield from self._done
        for cell in self._cells:
            yield from cell
        yield from self._cell
        yield from self._waiting

    def _end_line(self, place: int) -> None:
        look = self._word.paragraph(place)
        if not look.in_table and (self._cell or self._cells):
            self._end_row()
        self._block.heading = self._word.heading(look)
        self._end_paragraph(in_table=look.in_table)

    def _end_paragraph(self, *, in_table: bool) -> None:
        target = self._cell if in_table else self._done
        target.append(self._block)
        target.extend(self._waiting)
        self._block, self._waiting = Block(), []

    def _end_cell(self, place: int) -> None:
        look = self._word.paragraph(place)
        known = self._word.modern
        empty = not self._block.length and not self._cell
        if (known and look.row_end) or (not known and empty and self._cells):
            self._end_row()
            return
        self._end_paragraph(in_table=True)
        self._cells.append(self._cell)
        self._cell = []

    def _end_row(self) -> None:
        if self._cell:
            self._cells.append(self._cell)
        cells, self._cells, self._cell = self._cells, [], []
        if any(block.text.strip() for cell in cells for block in cell):
            self._done.extend(row_of(cells))


def _notes(word: WordFile) -> dict[int, _Note]:
    """Footnotes and endnotes by the place of their sign."""
    parts = word.parts
    endnotes = parts.body + parts.footnotes + parts.headers + parts.macros + parts.comments
    found: dict[int, _Note] = {}
    for signs, texts, begin, length in (
        (word.entry(2), word.entry(3), parts.body, parts.footnotes),
        (word.entry(46), word.entry(47), endnotes, parts.endnotes),
    ):
        count = max((len(signs) - 4) // 6, 0)
        if not count or len(texts) < 4 * (count + 1):
            continue
        places = struct.unpack_from(f"<{count}I", signs, 0)
        edges = struct.unpack_from(f"<{count + 1}I", texts, 0)
        for place, first, last in zip(places, edges, edges[1:], strict=False):
            if first < last <= length:
                found[place] = _Note(begin + first, begin + last)
    return found


def _remarks(word: WordFile) -> tuple[dict[str, Remark], list[tuple[int, str, bool]]]:
    """The comments, and where each begins and ends in the body."""
    parts = word.parts
    begin = parts.body + parts.footnotes + parts.headers + parts.macros
    signs, texts = word.entry(4), word.entry(5)
    count = max((len(signs) - 4) // 34, 0)
    if not count or len(texts) < 4 * (count + 1):
        return {}, []
    owners = _owners(word.entry(36))
    ranges = _ranges(word)
    places = struct.unpack_from(f"<{count}I", signs, 0)
    edges = struct.unpack_from(f"<{count + 1}I", texts, 0)
    remarks: dict[str, Remark] = {}
    points: list[tuple[int, str, bool]] = []
    for index in range(count):
        first, last = edges[index], edges[index + 1]
        if not first < last <= parts.comments:
            continue
        owner, _bits, _flags, tag = struct.unpack_from("<HHHI", signs, 4 * (count + 1) + 30 * index + 20)
        text = plain_text(_blocks(word, begin + first, begin + last))
        remarks[str(index)] = Remark(owners[owner] if owner < len(owners) else "", text)
        start, stop = ranges.get(tag, (places[index], places[index]))
        points += [(start, str(index), True), (max(start, stop), str(index), False)]
    return remarks, points


def _owners(table: bytes) -> list[str]:
    """The names of those who commented."""
    names: list[str] = []
    at = 0
    while at + 2 <= len(table) and len(names) < 1000:
        length = int.from_bytes(table[at : at + 2], "little")
        names.append(table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace"))
        at += 2 + 2 * length
    return names


def _ranges(word: WordFile) -> dict[int, tuple[int, int]]:
    """The text that each comment is about, by its number."""
    tags, begins, ends = word.entry(37), word.entry(42), word.entry(43)
    if len(tags) < 6 or len(begins) < 12:
        return {}
    extra = int.from_bytes(tags[4:6], "little")
    count = (len(begins) - 4) // 8
    firsts = struct.unpack_from(f"<{count}I", begins, 0)
    lasts = struct.unpack_from(f"<{len(ends) // 4}I", ends, 0)
    found: dict[int, tuple[int, int]] = {}
    at = 6
    for index in range(count):
        if at + 2 + extra > len(tags) or extra < 6:
            break
        at += 2 + 2 * int.from_bytes(tags[at : at + 2], "little")
        tag = int.from_bytes(tags[at + 2 : at + 6], "little")
        (end,) = struct.unpack_from("<H", begins, 4 * (count + 1) + 4 * index)
        if end < len(lasts):
            found[tag] = (firsts[index], lasts[end])
        at += extra
    return found
