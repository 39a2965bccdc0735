"""Finds words in a stored text as people type them: no case, ß as ss, umlauts with or without dots.

"uber", "ueber" and "über" all find „über"; a blank finds any white space. The text is folded once and
positions are kept: hits are code points of the stored text.
"""

import re
from bisect import bisect_right
from typing import Final

from qda.coding.positions import Span

_DOTS: Final = "\u0308"
_ACCENT: Final = "[\u0300-\u036f]?"
_LIKE: Final = {
    "a": "aàáâãåä",
    "o": "oòóôõö",
    "u": "uùúûü",
    "e": "eèéêë",
    "i": "iìíîï",
    "c": "cçčć",
    "n": "nñń",
}
_UMLAUTS: Final = {"ä": "a", "ö": "o", "ü": "u"}
_QUOTES: Final = "['’‘`´]"


class Folded:
    """A text without case, and where each of its signs stood."""

    def __init__(self, text: str) -> None:
        self.folded = text.casefold()
        self._grown: list[int] = []  # places in the folded text just behind a sign that grew
        self._growth: list[int] = [0]
        longer = {sign: len(sign.casefold()) - 1 for sign in set(text) if len(sign.casefold()) > 1}
        if longer:
            total = 0
            for found in re.finditer("[" + re.escape("".join(longer)) + "]", text):
                growth = longer[found[0]]
                self._grown.extend(found.start() + total + step + 1 for step in range(growth))
                self._growth.extend(total + step + 1 for step in range(growth))
                total += growth

    def original(self, place: int) -> int:
        """Where the folded ``place`` stood in the text."""
        return place - self._growth[bisect_right(self._grown, place)]

    def span(self, start: int, stop: int) -> Span:
        """The text's span behind a folded one; a sign that is half in it is in it."""
        return Span(self.original(start), self.original(stop - 1) + 1)


def pattern(query: str) -> re.Pattern[str] | None:
    """What finds ``query`` in a folded text; None where there is nothing to find."""
    words = query.casefold().split()
    if not words:
        return None
    return re.compile(r"\s+".join(_word(word) for word in words))


def _word(word: str) -> str:
    parts: list[str] = []
    at = 0
    while at < len(word):
        pair = word[at : at + 2]
        umlaut = next((dotted for dotted, plain in _UMLAUTS.items() if pair == plain + "e"), "")
        if umlaut:
            parts.append(f"(?:{pair}|{umlaut}|{pair[0]}{_DOTS})")
            at += 2
            continue
        parts.append(_sign(word[at]))
        at += 1
    return "".join(parts)


def _sign(sign: str) -> str:
    if sign in _UMLAUTS:
        plain = _UMLAUTS[sign]
        return f"(?:{sign}|{plain}e|{plain}{_DOTS})"
    if sign in _LIKE:
        return f"[{_LIKE[sign]}]{_ACCENT}"
    if sign in "'’‘`´":
        return _QUOTES
    return re.escape(sign)


def find(text: Folded, query: str) -> list[Span]:
    """All places of ``query``, in order, none over another."""
    wanted = pattern(query)
    if wanted is None:
        return []
    return [text.span(*hit.span()) for hit in wanted.finditer(text.folded)]
