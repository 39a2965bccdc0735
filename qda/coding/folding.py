"""How words are found as people type them, everywhere: in one transcript, in all, in names and memos.

Upper and lower case and accents do not matter, ß is ss, umlauts may be written with or without dots or as two
letters (ueber, uber and über are one word; neue is not found in neu), ' is ’, a blank is any white space.
Parts of compounds are found. Places are code points of the text as it stands.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import product
from typing import Final

from qda.models.search_index import normalised

_UMLAUTS: Final = {"a": "ä", "o": "ö", "u": "ü"}
_DOTTED: Final = {dotted: plain for plain, dotted in _UMLAUTS.items()}
_MAY_BE_UMLAUTS: Final = 4  # so many of a query's ä, ae, … are looked up in each spelling
_APOSTROPHES: Final = "'’‘`´"
_PIECE: Final = re.compile(r"[äöü]|[aou]e|\s+|[" + _APOSTROPHES + "]|.", re.DOTALL)


@cache
def _form(character: str) -> str:
    return normalised(character)


class Folded:
    """A text in search form with the way back: almost every character has a form of one character.

    Umlauts stay, so that "neue" is not found in "neu" while "Mueller" is in "Müller".
    """

    def __init__(self, whole: str) -> None:
        self.whole = whole
        self._behind: list[int] = []  # places in the folded text just behind a form of another length
        self._shift: list[int] = [0]
        signs = set() if whole.isascii() else {sign for sign in set(whole) if sign > "\x7f"}
        if odd := {sign: len(_form(sign)) for sign in signs if len(_form(sign)) != 1}:
            self._map(whole, odd)
        self.text = _plain(whole, signs)

    def _map(self, whole: str, odd: dict[str, int]) -> None:
        shift = 0
        for found in re.finditer("[" + re.escape("".join(odd)) + "]", whole):
            for _step in range(odd[found[0]] - 1):
                shift += 1
                self._enter(found.start() + shift, shift)
            if not odd[found[0]]:
                shift -= 1
                self._enter(found.start() + shift + 1, shift)

    def _enter(self, place: int, shift: int) -> None:
        self._behind.append(place)
        self._shift.append(shift)

    def original(self, place: int) -> int:
        """The code point behind the folded ``place``."""
        return place - self._shift[bisect_right(self._behind, place)]

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """The text's own places of a folded stretch; marks of their own belong to the letter before them."""
        first, last = self.original(start), self.original(stop - 1) + 1
        while last < len(self.whole) and not _form(self.whole[last]):
            last += 1
        return first, last


def _plain(whole: str, signs: set[str]) -> str:
    """The search form of a text with these signs beyond ASCII."""
    if not signs.isdisjoint("\u0130Σ"):  # small, the one is longer and the other changes with its place
        return "".join(_umlaut_or_form(sign) for sign in whole)
    small = whole.lower()
    for sign in {sign.lower() for sign in signs}:
        small = small.replace(sign, _umlaut_or_form(sign))
    return small


def _umlaut_or_form(sign: str) -> str:
    small = sign.lower()
    return small if small in "äöü" else _form(sign)


def _pieces(query: str) -> list[str]:
    """What a query is read as: umlauts and their spellings, white space, apostrophes, other signs."""
    small = "".join(
        sign if sign in _DOTTED else _form(sign) for sign in unicodedata.normalize("NFC", query).lower()
    )
    return _PIECE.findall(small.strip())


def variants(query: str) -> list[str]:
    """The search forms of a query, for the index: umlauts with and without the e behind them."""
    spellings: list[tuple[str, ...]] = []
    count = 0
    for piece in _pieces(query):
        either: tuple[str, ...] = (piece,)
        if piece in _DOTTED or (len(piece) == 2 and not piece.isspace()):
            letter = _DOTTED.get(piece, piece[0])
            written = letter if piece in _DOTTED else piece
            either = (f"{letter}e", letter) if count < _MAY_BE_UMLAUTS else (written,)
            count += 1
        spellings.append(either)
    return ["".join(parts) for parts in product(*spellings)] if spellings else []


@lru_cache(maxsize=64)
def pattern(query: str) -> re.Pattern[str] | None:
    """What a query looks like in a folded text; None where there is nothing to find."""
    pieces = _pieces(query)
    return re.compile("".join(map(_written, pieces))) if pieces else None


def _written(piece: str) -> str:
    if piece in _DOTTED:
        plain = _DOTTED[piece]
        return f"(?:{plain}e|[{plain}{piece}])"
    if piece.isspace():
        return r"\s+"
    if len(piece) == 2:
        letter = piece[0]
        return f"(?:[{letter}{_UMLAUTS[letter]}]e|{_UMLAUTS[letter]})"
    if piece in _APOSTROPHES:
        return f"[{_APOSTROPHES}]"
    return f"[{piece}{_UMLAUTS[piece]}]" if piece in _UMLAUTS else re.escape(piece)


def find(text: Folded, query: str, *, whole: bool = False) -> list[tuple[int, int]]:
    """All places (start, stop) of a query in a text, in order, none over another.

    ``whole``: not where it is part of a longer word.
    """
    wanted = pattern(query)
    return [] if wanted is None else matches(text, wanted, whole=whole)


def matches(text: Folded, wanted: re.Pattern[str], *, whole: bool = False) -> list[tuple[int, int]]:
    """As :func:`find`, for a pattern made before."""
    hits: list[tuple[int, int]] = []
    for found in wanted.finditer(text.text):
        start, stop = text.span(*found.span())
        if (not hits or start >= hits[-1][1]) and not (whole and _part_of_a_word(text.whole, start, stop)):
            hits.append((start, stop))
    return hits


def find_in(text: str, query: str, *, whole: bool = False) -> list[tuple[int, int]]:
    """As :func:`find`, in a text that is looked through once."""
    wanted = pattern(query)
    return [] if wanted is None else matches(Folded(text), wanted, whole=whole)


def _part_of_a_word(text: str, start: int, stop: int) -> bool:
    return text[start - 1 : start].isalnum() or text[stop : stop + 1].isalnum()
