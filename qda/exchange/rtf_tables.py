"""The tables at the head of a Rich Text file: fonts, which fix how bytes are letters, and styles."""

from dataclasses import dataclass
from typing import Final

from qda.exchange import rtf_words as words
from qda.exchange.blocks import Look, heading_level, outline_level
from qda.exchange.rtf_state import State
from qda.exchange.symbols import is_picture_font, symbol

_CONTROLS: Final = dict.fromkeys(point for point in range(32) if point != 9)


@dataclass(slots=True)
class _Font:
    name: str = ""
    encoding: str = ""
    pictures: bool = False


class Fonts:
    """The fonts by number; ``encoding`` is that of the file, where a font says nothing."""

    def __init__(self) -> None:
        self.encoding = words.USUAL
        self.usual = 0
        self._fonts: dict[int, _Font] = {}
        self._present = _Font()

    def set_page(self, number: int) -> None:
        """The code page of the whole file."""
        self.encoding = words.of_page(number)

    def define(self, word: str, number: int) -> None:
        """A word inside the table of fonts."""
        if word == "f":
            self._present = self._fonts[number] = _Font()
        elif word == "fcharset":
            self._present.encoding = words.of_charset(number, self.encoding)
            self._present.pictures = words.has_pictures(number)
        elif word == "cpg":
            self._present.encoding = words.of_page(number)

    def name(self, text: str) -> None:
        """A part of the name of the font that was defined last."""
        name, ended, _rest = text.partition(";")
        self._present.name = (self._present.name + name).lstrip()
        if ended:
            self._present = _Font()

    def decode(self, data: bytes, number: int | None) -> str:
        """The letters that ``data`` means in font ``number`` (None: the usual one)."""
        font = self._fonts.get(self.usual if number is None else number)
        if font is None:
            return data.decode(self.encoding, "replace").translate(_CONTROLS)
        if font.pictures and is_picture_font(font.name):
            return "".join(" " if byte == 32 else symbol(font.name, byte) for byte in data)
        return data.decode(font.encoding or self.encoding, "replace").translate(_CONTROLS)

    def sign(self, point: int, number: int | None) -> str:
        """The sign of a picture font that is written as a private character of Unicode."""
        font = self._fonts.get(self.usual if number is None else number)
        return symbol("" if font is None else font.name, point)


class Headings:
    """The styles that are headings, by number, with the look that they bring along."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, Look]] = {}
        self._name = ""

    def name(self, text: str, state: State) -> None:
        """A part of the name of the style that ``state`` describes."""
        name, ended, _rest = text.partition(";")
        self._name += name
        if ended:
            level = heading_level(self._name) or outline_level(state.outline)
            self._name = ""
            if level:
                self._known[state.style] = (level, state.look)

    def level(self, state: State) -> int:
        """The heading's level of the present paragraph, 0 for none."""
        known = self._known.get(state.style)
        return outline_level(state.outline) if known is None else known[0]

    def look(self, state: State) -> Look:
        """The look of the present run, without what the heading's style brings along."""
        known = self._known.get(state.style)
        if known is None or not any(known[1]):
            return state.look
        return Look(*(on and not own for on, own in zip(state.look, known[1], strict=True)))
