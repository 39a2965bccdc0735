"""Rich Text files (rtf) of Word, LibreOffice, TextEdit, WordPad and transcription programs.

A reader of our own, because those that turn RTF into plain text lose what marks turns in transcripts (bold
labels, tables) and what belongs beside the text (notes, comments), and show hidden or deleted words. Kept are
bold, italic and underline, headings, tables (a row a paragraph, cells joined by TAB), text boxes after their
paragraph, notes behind a mark after theirs, comments with their range. One pass over the tokens, without
recursion; what comes out is not longer than what went in, but for the marks of notes.
"""

import re
from collections.abc import Callable
from typing import Final

from qda.errors import KnownError
from qda.exchange import rtf_state
from qda.exchange import rtf_words as words
from qda.exchange.blocks import PLAIN, Content, Remark, content_of, note_of, plain_text
from qda.exchange.rtf_state import State
from qda.exchange.rtf_stories import Story
from qda.exchange.rtf_tables import Fonts, Headings
from qda.exchange.rtf_tokens import Token, Tokens
from qda.exchange.symbols import symbol
from qda.i18n import _

MAX_DEPTH: Final = 5_000  # groups in groups
_ABOUT_COMMENTS: Final = ("atnauthor", "atnid", "atndate", "atnref")
_READ: Final = frozenset(("footnote", "annotation", "shptxt", "dptxbxtext"))  # not where they are hidden
_APART: Final = _READ | {*_ABOUT_COMMENTS, "atrfstart", "atrfend", "fldinst", "fonttbl", "stylesheet", "upr"}
_ENTERED: Final = frozenset(("shpinst", "do", "nesttableprops", "ud"))  # starred, and yet they hold text
_FONT_WORDS: Final = frozenset(("f", "fcharset", "cpg"))
_PACKED: Final = re.compile(r"-?[0-9]{1,12}")
_SYMBOL: Final = re.compile(r"SYMBOL\s+(?:(0x[0-9a-f]{1,4})|(\d{1,5}))\b", re.IGNORECASE)
_SYMBOL_FONT: Final = re.compile(r"\\f\s*\"?([^\"\\\n]+)")


def read_rtf(data: bytes) -> Content:
    """Paragraphs and comments of a Rich Text file; KnownError where it is damaged, hostile or empty."""
    data = data.lstrip().removeprefix(b"\xef\xbb\xbf").lstrip()
    if not data.startswith(b"{\\rtf"):
        raise KnownError(_("The file is no Rich Text file."))
    reader = _Reader(data)
    reader.run()
    return content_of(reader.body.finish(), reader.remarks, reader.warnings)


class _Reader:
    """One pass over a file."""

    def __init__(self, data: bytes) -> None:
        self.body = Story("rtf")
        self.remarks: dict[str, Remark] = {}
        self.warnings: list[str] = []
        self._tokens = Tokens(data)
        self._state = State(self.body)
        self._stack: list[State] = []
        self._fonts = Fonts()
        self._headings = Headings()
        self._bytes = bytearray()  # in the encoding of the present font
        self._high = 0  # first half of a surrogate pair
        self._skip = 0  # characters to come that stand in for one of Unicode
        self._fresh = False  # nothing has come in the group yet
        self._starred = False
        self._picture_ended = False
        self._symbol_shown = False  # by the instruction of the present field
        self._about = dict.fromkeys(_ABOUT_COMMENTS, "")
        self._noted = 0
        self._ended: set[str] = set()  # comments whose end has been met
        self._acts = self._vocabulary()

    def run(self) -> None:
        """Reads to the end of the outermost group, or of the file."""
        while (token := self._tokens.next()) is not None:
            if token.text:
                self._raw(token.text)
            elif token.byte >= 0:
                self._raw(bytes((token.byte,)))
            elif token.word:
                self._word(token)
            elif token.sign:
                self._sign(token.sign)
            elif token.brace == "{":
                self._begin()
            else:
                self._end()
                if not self._stack:
                    return
        self.warnings.append(_("The file breaks off before its end; its last words may be missing."))
        while self._stack:
            self._end()

    # --- groups

    def _begin(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._stack) >= MAX_DEPTH:
            raise KnownError(_("The file is nested deeper than any document and is not opened."))
        self._stack.append(self._state)
        self._state = self._state.inner()
        self._fresh, self._starred = True, False

    def _end(self) -> None:
        self._flush()
        self._skip = 0
        self._fresh = self._starred = False
        closed, self._state = self._state, self._stack.pop()
        if closed.owns:
            self._finish(closed.story)
        if self._picture_ended:
            self._picture_ended = False
            self._tokens.skip_exactly(b"\\'ac")  # the sign that stands for a picture

    def _apart(self, word: str) -> None:
        """The group is a text of its own."""
        if word in _READ and not self._state.shown:
            self._tokens.skip_group()
        else:
            self._state.begin(Story(word))

    def _finish(self, story: Story) -> None:
        """A text of its own has ended: it goes where it belongs."""
        around = self._state.story
        blocks = story.finish()
        kind, text = story.kind, plain_text(blocks)
        if kind == "footnote" and text:
            self._noted += 1
            mark = f"[{self._noted}]"
            around.add(mark, PLAIN)
            around.after.append(note_of(mark, blocks))
        elif kind in ("shptxt", "dptxbxtext") and text:
            around.after.extend(blocks)
        elif kind == "annotation":
            self._comment(around, text)
        elif kind in self._about:
            self._about[kind] = text
        elif kind in ("atrfstart", "atrfend"):
            around.open.mark(text, opens=kind == "atrfstart")
            if kind == "atrfend":
                self._ended.add(text)
        elif kind == "fldinst":
            self._instruction(around, text)

    def _comment(self, around: Story, text: str) -> None:
        about, self._about = self._about, dict.fromkeys(_ABOUT_COMMENTS, "")
        key = about["atnref"]
        if not key or key in self.remarks:
            key = f"\0{len(self.remarks)}"
        if key not in self._ended:
            around.open.mark(key, opens=False)
        self.remarks[key] = Remark(about["atnauthor"] or about["atnid"], text, _date(about["atndate"]))

    def _instruction(self, around: Story, text: str) -> None:
        """Of all fields only a symbol says in its instruction what its result may lack."""
        found = _SYMBOL.match(text)
        if found is None or not self._state.shown:
            return
        font = _SYMBOL_FONT.search(text)
        point = int(found[1], 16) if found[1] else int(found[2])
        around.add(symbol("" if font is None else font[1].strip(), point), self._state.look)
        self._symbol_shown = True

    # --- text

    def _raw(self, text: bytes) -> None:
        self._fresh = False
        if self._skip:
            dropped = min(self._skip, len(text))
            self._skip -= dropped
            text = text[dropped:]
        self._bytes += text

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = self._fresh
            return
        self._flush()
        self._fresh = False
        if sign in words.LINE_ENDS:
            self._paragraph(None)
        elif sign in words.SIGNS:
            self._character(words.SIGNS[sign])

    def _character(self, text: str) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._show(text)

    def _flush(self) -> None:
        """Decodes the bytes that have come in."""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._show(self._fonts.decode(data, self._state.font))

    def _show(self, text: str) -> None:
        """Text in the present story."""
        self._high = 0
        state = self._state
        if state.story.kind == "fonttbl":
            self._fonts.name(text)
        elif state.story.kind == "stylesheet":
            self._headings.name(text, state)
        elif state.shown:
            state.story.add(text, self._headings.look(state))

    def _unicode(self, number: int | None) -> None:
        """A UTF-16 unit, written as a signed number; some write whole code points."""
        high, self._high = self._high, 0
        point = number or 0
        if point < 0:
            point += 0x10000
        if 0xD800 <= point < 0xDC00:
            self._high = point
        elif 0xDC00 <= point < 0xE000:
            self._show(chr(0x10000 + ((high - 0xD800) << 10) + point - 0xDC00) if high else "\ufffd")
        elif 0xF000 <= point <= 0xF0FF:
            self._show(self._fonts.sign(point, self._state.font))
        elif 32 <= point <= 0x10FFFF or point == 9:
            self._show(chr(point))
        self._skip = self._state.fallback

    # --- words

    def _word(self, token: Token) -> None:
        self._flush()
        word, number = token.word, token.number
        starred, self._starred, self._fresh = self._starred, False, False
        inside = len(self._stack) > 1
        if word in words.CHARACTERS:
            self._character(words.CHARACTERS[word])
        elif word in _APART and inside:
            self._apart(word)
        elif inside and (word in words.SKIPPED or (starred and not self._is_entered(word))):
            self._tokens.skip_group()
        else:
            self._skip = 0
            self._do(word, number)

    def _is_entered(self, word: str) -> bool:
        return word in _ENTERED or (word == "cs" and self._state.story.kind != "stylesheet")

    def _do(self, word: str, number: int | None) -> None:
        change = rtf_state.ACTS.get(word)
        if change is not None:
            change(self._state, number)
        elif word in _FONT_WORDS:
            if self._state.story.kind == "fonttbl":
                self._fonts.define(word, number or 0)
            elif word == "f":
                self._state.font = number or 0
        elif word in self._acts:
            self._acts[word](number)

    def _vocabulary(self) -> dict[str, Callable[[int | None], None]]:
        """What the words do that change more than the state."""
        return {
            **{"par": self._paragraph, "sect": self._paragraph, "page": self._break, "column": self._break},
            **{"cell": self._cell, "row": self._row, "nestcell": self._cell, "nestrow": self._row},
            **{"u": self._unicode, "bin": self._binary, "ud": self._out_of_upr, "field": self._field},
            **{"fldrslt": self._result, "NeXTGraphic": self._picture, "ansicpg": self._page},
            **{"mac": lambda _n: self._page(10000), "pc": lambda _n: self._page(437)},
            **{"pca": lambda _n: self._page(850), "deff": self._usual_font},
        }

    def _paragraph(self, _number: int | None) -> None:
        state = self._state
        if not state.deleted:
            state.story.end_paragraph(heading=self._headings.level(state), level=state.tables)

    def _break(self, _number: int | None) -> None:
        if self._state.story.open.length:
            self._show("\n")

    def _cell(self, _number: int | None) -> None:
        self._state.story.end_cell(max(self._state.tables, 1))

    def _row(self, _number: int | None) -> None:
        self._state.story.end_row(max(self._state.tables, 1))

    def _binary(self, number: int | None) -> None:
        self._tokens.skip_bytes(number or 0)

    def _out_of_upr(self, _number: int | None) -> None:
        """What stands here for readers of Unicode belongs to the text around."""
        self._state.story = next((s.story for s in reversed(self._stack) if s.story.kind != "upr"), self.body)

    def _field(self, _number: int | None) -> None:
        self._symbol_shown = False

    def _result(self, _number: int | None) -> None:
        if self._symbol_shown:
            self._tokens.skip_group()

    def _picture(self, _number: int | None) -> None:
        self._tokens.skip_group()
        self._picture_ended = True

    def _page(self, number: int | None) -> None:
        self._fonts.set_page(number or 0)

    def _usual_font(self, number: int | None) -> None:
        self._fonts.usual = number or 0


def _date(written: str) -> str:
    """ISO from the packed date of Word (minute, hour, day, month, year); empty where it is none."""
    if _PACKED.fullmatch(written) is None:
        return ""
    packed = int(written) & 0xFFFFFFFF  # late years are written as negative numbers
    year, month, day = 1900 + (packed >> 20 & 0x1FF), packed >> 16 & 0xF, packed >> 11 & 0x1F
    hour, minute = packed >> 6 & 0x1F, packed & 0x3F
    if not (1 <= month <= 12 and day and hour < 24 and minute < 60):
        return ""
    return f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}"
