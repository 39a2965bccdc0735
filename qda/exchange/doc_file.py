"""The binary Word format: where the text of an old Word file lies, and what its runs look like.

Word 97 and later keep a piece table that names the parts of the text in order, each in one byte or two a
character; Word 6 and 95 keep the text in one run of bytes. Places (``cp``) count UTF-16 units from the
beginning of the text. Everything that a file says of sizes is checked against what it holds.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, TypeVar

from qda.errors import KnownError
from qda.exchange.doc_ole import streams
from qda.i18n import _

_T = TypeVar("_T")
_MAX_CHARACTERS: Final = 20_000_000
_COMPLEX, _ENCRYPTED, _TABLE = 0x0004, 0x0100, 0x0200
_FIRST_97: Final = 0xC1
_VARIABLE: Final = 6
_OPERANDS: Final = (1, 1, 2, 4, 2, 2, 0, 3)  # by the kind of the property; 6 says its length itself
_TOGGLES: Final = {0x0835: "bold", 0x0836: "italic", 0x083C: "hidden", 0x0800: "deleted"}
_UNDERLINE, _SYMBOL, _CHAR_STYLE = 0x2A3E, 0x6A09, 0x4A30
_IN_TABLE, _ROW_END, _OUTLINE = 0x2416, 0x2417, 0x2640
_FILLER: Final = "\x00"  # stands after a character of two units, so that places count units


class Run(NamedTuple):
    """Text of one look; ``first`` is the place of its first character."""

    first: int
    text: str
    look: "RunLook"


@dataclass(frozen=True, slots=True)
class RunLook:
    """What a run says of itself; ``symbol`` is font and character of a picture font."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    hidden: bool = False
    deleted: bool = False
    symbol: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """What a paragraph says of itself: its style, whether it is in a table, whether its mark ends a row."""

    style: int = 0
    in_table: bool = False
    row_end: bool = False
    outline: int = 9


@dataclass(slots=True)
class _StyleEntry:
    sti: int = 0xFFF
    base: int = 0xFFF
    chpx: bytes = b""


class _Piece(NamedTuple):
    first: int
    last: int
    offset: int  # in the main stream
    width: int  # bytes of a character


@dataclass(frozen=True, slots=True)
class Parts:
    """The lengths of the texts that follow one another: body, footnotes, headers, macros, …"""

    body: int
    footnotes: int
    headers: int
    macros: int
    comments: int
    endnotes: int
    boxes: int


@dataclass(slots=True)
class WordFile:
    """An opened Word document."""

    main: bytes
    table: bytes
    modern: bool
    encoding: str
    parts: Parts
    pieces: list[_Piece] = field(default_factory=list)
    _styles: list[_StyleEntry] = field(default_factory=list)
    _runs: list[tuple[int, int, bytes]] = field(default_factory=list)
    _paragraphs: list[tuple[int, int, ParagraphLook]] = field(default_factory=list)
    _looks: dict[tuple[bytes, int], RunLook] = field(default_factory=dict)

    def entry(self, index: int) -> bytes:
        """The table number ``index`` of those that the file's head lists; empty where it has none."""
        at = 0x9A + 8 * index
        if not self.modern or at + 8 > len(self.main):
            return b""
        start, length = struct.unpack_from("<II", self.main, at)
        return self.table[start : start + length] if start + length <= len(self.table) else b""

    def runs(self, first: int, last: int) -> Iterator[Run]:
        """The text from ``first`` to ``last``, in pieces of one look."""
        for piece in self.pieces:
            start, stop = max(piece.first, first), min(piece.last, last)
            if start < stop:
                yield from self._piece(piece, start, stop)

    def paragraph(self, cp: int) -> ParagraphLook:
        """What the paragraph says that the mark at ``cp`` ends."""
        at = bisect_right(self.pieces, cp, key=lambda piece: piece.first) - 1
        if at < 0 or cp >= self.pieces[at].last:
            return ParagraphLook()
        piece = self.pieces[at]
        return self._paragraph_at(piece.offset + (cp - piece.first) * piece.width)[2]

    def font(self, index: int) -> str:
        """The name of a font; empty where the file has none of that number."""
        table = self.entry(15)
        at = 4
        while at < len(table) and index > 0:
            at += 1 + table[at]
            index -= 1
        name = table[at + 40 : at + 1 + table[at]] if at < len(table) else b""
        return name[: len(name) // 2 * 2].decode("utf-16-le", "replace").split("\x00")[0]

    def heading(self, look: ParagraphLook) -> int:
        """The level of a heading, 0 for text."""
        seen = set[int]()
        style = look.style
        while style < len(self._styles) and style not in seen:
            seen.add(style)
            entry = self._styles[style]
            if 1 <= entry.sti <= 9:
                return min(entry.sti, 6)
            style = entry.base
        return look.outline + 1 if look.outline < 6 else 0

    def _piece(self, piece: _Piece, start: int, stop: int) -> Iterator[Run]:
        at = piece.offset + (start - piece.first) * piece.width
        end = piece.offset + (stop - piece.first) * piece.width
        while at < end:
            _begin, edge, looks = self._paragraph_at(at)
            run_edge, properties = self._run_at(at)
            upto = min(end, edge, run_edge)
            upto = min(end, at + max((upto - at) // piece.width, 1) * piece.width)
            text = _decoded(self.main[at:upto], piece.width, self.encoding)
            yield Run(piece.first + (at - piece.offset) // piece.width, text, self._look(properties, looks))
            at = upto

    def _paragraph_at(self, offset: int) -> tuple[int, int, ParagraphLook]:
        at = bisect_right(self._paragraphs, offset, key=lambda entry: entry[0]) - 1
        following = self._paragraphs[at + 1][0] if at + 1 < len(self._paragraphs) else len(self.main) + 1
        if at >= 0 and offset < self._paragraphs[at][1]:
            return self._paragraphs[at]
        return offset, max(following, offset + 1), ParagraphLook()

    def _run_at(self, offset: int) -> tuple[int, bytes]:
        at = bisect_right(self._runs, offset, key=lambda entry: entry[0]) - 1
        if at >= 0 and offset < self._runs[at][1]:
            return self._runs[at][1], self._runs[at][2]
        following = self._runs[at + 1][0] if at + 1 < len(self._runs) else len(self.main) + 1
        return max(following, offset + 1), b""

    def _look(self, properties: bytes, paragraph: ParagraphLook) -> RunLook:
        key = (properties, paragraph.style)
        if (known := self._looks.get(key)) is not None:
            return known
        base = self._style_look(paragraph.style)
        if self.heading(paragraph):
            base = replace(base, bold=False)  # a heading's look is no speaker's
        for code, operand in properties_of(properties):
            if code == _CHAR_STYLE and len(operand) == 2:
                own = self._style_look(int.from_bytes(operand, "little"))
                base = replace(
                    base,
                    bold=base.bold or own.bold,
                    italic=base.italic or own.italic,
                    hidden=base.hidden or own.hidden,
                )
        self._looks[key] = look = _with(base, properties)
        return look

    def _style_look(self, style: int) -> RunLook:
        chain: list[bytes] = []
        seen = set[int]()
        while style < len(self._styles) and style not in seen:
            seen.add(style)
            chain.append(self._styles[style].chpx)
            style = self._styles[style].base
        look = RunLook()
        for chpx in reversed(chain):
            look = _with(look, chpx)
        return look


def open_word(data: bytes) -> WordFile:
    """The document; KnownError where it is no Word document, protected, fast-saved by Word 95, or damaged."""
    main, tables = streams(data)
    if len(main) < 0x60:
        raise KnownError(_("The Word file is damaged: it has no head."))
    magic, version = struct.unpack_from("<HH", main, 0)
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if magic not in (0xA5EC, 0xA5DC, 0xA699, 0xA697, 0xA698):
        raise KnownError(_("The file is an Office file, but holds no Word document."))
    if flags & _ENCRYPTED:
        raise KnownError(_("The Word file is protected by a password; save it without one first."))
    if version < _FIRST_97:
        return _old(main, version, flags)
    table = tables.get("1Table" if flags & _TABLE else "0Table")
    if table is None or len(main) < 0x1AA:
        raise KnownError(_("The Word file is damaged: its list of pieces is missing."))
    lengths = struct.unpack_from("<7i", main, 0x4C) if len(main) >= 0x68 else (0,) * 7
    word = WordFile(main, table, True, "cp1252", _parts(lengths, main))
    word.pieces = _pieces(word.entry(33), len(main))
    if not word.pieces:
        raise KnownError(_("The Word file is damaged: its list of pieces is missing."))
    word._styles = _styles(word.entry(1))
    word._runs = _character_runs(main, word.entry(12))
    word._paragraphs = _paragraph_runs(main, word.entry(13))
    return word


def _old(main: bytes, version: int, flags: int) -> WordFile:
    """Word 6 and 95: the text lies in one run of bytes."""
    if flags & _COMPLEX:
        raise KnownError(
            _("The Word file was fast-saved by Word 95; open and save it with a newer Word first.")
        )
    if version < 0x65:
        raise KnownError(_("The Word file is older than Word 6; save it with a newer program first."))
    first, last = struct.unpack_from("<II", main, 0x18)
    body, foot, head, macro, comments, end, boxes = struct.unpack_from("<7i", main, 0x34)
    parts = _parts((body, foot, head, macro, comments, end, boxes), main)
    if not 0 < first < last <= len(main):
        raise KnownError(_("The Word file is damaged: its text is missing."))
    encoding = "mac_roman" if main[0x12] & 1 else "cp1252"
    return WordFile(main, b"", False, encoding, parts, [_Piece(0, last - first, first, 1)])


def _parts(lengths: Sequence[int], main: bytes) -> Parts:
    if min(lengths) < 0 or sum(lengths) > min(len(main), _MAX_CHARACTERS):
        raise KnownError(_("The Word file is damaged: its lengths make no sense."))
    return Parts(*lengths)


def _pieces(clx: bytes, size: int) -> list[_Piece]:
    """The piece table; pieces that reach out of the file end with it."""
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    if at + 5 > len(clx) or clx[at] != 2:
        return []
    plc = clx[at + 5 : at + 5 + int.from_bytes(clx[at + 1 : at + 5], "little")]
    count = (len(plc) - 4) // 12
    if count < 1:
        return []
    places = struct.unpack_from(f"<{count + 1}I", plc, 0)
    pieces, total = list[_Piece](), 0
    for index in range(count):
        (where,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)
        first, last = places[index], places[index + 1]
        width = 1 if where & 0x40000000 else 2
        offset = (where & 0x3FFFFFFF) // 2 if width == 1 else where & 0x3FFFFFFF
        if last <= first or (pieces and first < pieces[-1].last) or offset >= size:
            continue
        last = min(last, first + (size - offset) // width)
        total += last - first
        if total > min(2 * size, _MAX_CHARACTERS):
            raise KnownError(_("The Word file is damaged: its lengths make no sense."))
        if last > first:
            pieces.append(_Piece(first, last, offset, width))
    return pieces


def _decoded(raw: bytes, width: int, encoding: str) -> str:
    if width == 1:
        text = raw.decode(encoding, "replace")
        if "\ufffd" in text:  # bytes that the code page leaves free
            pairs = zip(text, raw, strict=True)
            text = "".join(chr(byte) if char == "\ufffd" else char for char, byte in pairs)
        return text
    text = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace")
    if any(char > "\uffff" for char in text):
        return "".join(char + _FILLER if char > "\uffff" else char for char in text)
    return text


def properties_of(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """Each property of a list with its operand."""
    at = 0
    while at + 2 <= len(properties):
        (code,) = struct.unpack_from("<H", properties, at)
        at += 2
        kind = code >> 13
        length = _OPERANDS[kind]
        if kind == _VARIABLE:
            if code == 0xD608:  # a table's definition tells its length in two bytes
                length = int.from_bytes(properties[at : at + 2], "little") + 1
            else:
                length = properties[at] + 1 if at < len(properties) else 1
        yield code, properties[at : at + length]
        at += length


def _with(base: RunLook, properties: bytes) -> RunLook:
    """``base`` as the properties change it."""
    changes: dict[str, object] = {}
    for code, operand in properties_of(properties):
        if not operand:
            continue
        name = _TOGGLES.get(code)
        if name is not None:
            value = operand[0]
            here = bool(getattr(base, name))
            changes[name] = here if value == 0x80 else not here if value == 0x81 else value == 1
        elif code == _UNDERLINE:
            changes["underline"] = operand[0] not in (0, 5)
        elif code == _SYMBOL and len(operand) == 4:
            changes["symbol"] = struct.unpack("<HH", operand)
    return replace(base, **changes) if changes else base  # type: ignore[arg-type]


def _pages(main: bytes, plc: bytes) -> Iterator[tuple[bytes, tuple[int, ...]]]:
    """The pages of properties that a table lists, each once, with the offsets of their runs."""
    count = (len(plc) - 4) // 8
    seen = set[int]()
    for index in range(count):
        (page,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * index)
        block = main[512 * (page & 0x3FFFFF) :][:512]
        if page in seen or len(block) < 512 or not 0 < block[511] <= 101:
            continue
        seen.add(page)
        yield block, struct.unpack_from(f"<{block[511] + 1}I", block, 0)


def _character_runs(main: bytes, plc: bytes) -> list[tuple[int, int, bytes]]:
    runs: list[tuple[int, int, bytes]] = []
    for block, places in _pages(main, plc):
        count = len(places) - 1
        for index in range(count):
            at = 2 * block[4 * (count + 1) + index] if 4 * (count + 1) + index < 511 else 0
            properties = block[at + 1 : at + 1 + block[at]] if at else b""
            if places[index] < places[index + 1]:
                runs.append((places[index], places[index + 1], properties))
    return _ascending(runs)


def _paragraph_runs(main: bytes, plc: bytes) -> list[tuple[int, int, ParagraphLook]]:
    runs: list[tuple[int, int, ParagraphLook]] = []
    for block, places in _pages(main, plc):
        count = len(places) - 1
        for index in range(count):
            where = 4 * (count + 1) + 13 * index
            at = 2 * block[where] if where < 511 else 0
            if places[index] < places[index + 1]:
                runs.append((places[index], places[index + 1], _paragraph_look(block, at)))
    return _ascending(runs)


def _ascending(runs: list[tuple[int, int, _T]]) -> list[tuple[int, int, _T]]:
    """In order of their place, without what overlaps."""
    kept: list[tuple[int, int, _T]] = []
    for run in sorted(runs, key=lambda entry: entry[:2]):
        if not kept or run[0] >= kept[-1][1]:
            kept.append(run)
    return kept


def _paragraph_look(block: bytes, at: int) -> ParagraphLook:
    if not at:
        return ParagraphLook()
    length = 2 * block[at] - 1
    start = at + 1
    if block[at] == 0 and at + 1 < 512:
        length, start = 2 * block[at + 1], at + 2
    papx = block[start : start + max(length, 0)]
    style = int.from_bytes(papx[:2], "little")
    in_table = row_end = False
    outline = 9
    for code, operand in properties_of(papx[2:]):
        if not operand:
            continue
        if code == _IN_TABLE:
            in_table = operand[0] == 1
        elif code == _ROW_END:
            row_end = operand[0] == 1
        elif code == _OUTLINE:
            outline = operand[0]
    return ParagraphLook(style, in_table, row_end, outline)


def _styles(sheet: bytes) -> list[_StyleEntry]:
    """The style sheet: number, ancestor and character properties of each style."""
    if len(sheet) < 6:
        return []
    head, count, base_size = struct.unpack_from("<HHH", sheet, 0)
    at = 2 + head
    styles: list[_StyleEntry] = []
    while len(styles) < min(count, 4096) and at + 2 <= len(sheet):
        (size,) = struct.unpack_from("<H", sheet, at)
        styles.append(_style(sheet[at + 2 : at + 2 + size], base_size))
        at += 2 + size + size % 2
    return styles


def _style(entry: bytes, base_size: int) -> _StyleEntry:
    if len(entry) < 6 or base_size < 6:
        return _StyleEntry()
    first, second, third = struct.unpack_from("<HHH", entry, 0)
    at = base_size
    if at + 2 > len(entry):
        return _StyleEntry(first & 0xFFF, second >> 4)
    at += 2 + 2 * int.from_bytes(entry[at : at + 2], "little") + 2
    chpx = b""
    kind = second & 0xF
    for number in range(min(third & 0xF, 4)):
        if at + 2 > len(entry):
            break
        size = int.from_bytes(entry[at : at + 2], "little")
        if (kind, number) in ((1, 1), (2, 0)):
            chpx = entry[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
    return _StyleEntry(first & 0xFFF, second >> 4, chpx)
