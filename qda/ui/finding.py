"""How the palette finds: letters of a name, words that mean the same, and what sounds alike.

Every word that is typed must be found; a beginning counts more than a middle, a middle more than a synonym,
a synonym more than a misspelling. The places of the letters come along, for showing.
"""

import json
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from qda import resources

_START: Final = 100.0
_INSIDE: Final = 80.0
_SYNONYM: Final = 60.0
_ALIKE: Final = 40.0
_FUZZY_FROM: Final = 4  # letters; shorter words look like anything
_FUZZY_LEAST: Final = 82.0  # per cent alike
_GROUP_FROM: Final = 3  # letters of a synonym that must be typed

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """How well something fits (higher is better), where the letters stand, by which synonym if by one."""

    score: float
    spans: tuple[Span, ...] = ()
    synonym: str = ""

    @property
    def is_alike(self) -> bool:
        """Whether nothing of it is called so: it only sounds like it."""
        return self.score < (_ALIKE + _SYNONYM) / 2


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """``text`` without case and accents, letter for letter as long as before."""
    return "".join(_letter(c) for c in text)


@cache
def _letter(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "s" if character in "ßẞ" else plain[0] if plain else character


@cache
def groups() -> tuple[tuple[str, ...], ...]:
    """The groups of words that mean the same, folded."""
    path = resources.path("search", "synonyms.json")
    read = json.loads(path.read_text(encoding="utf-8"))
    return tuple(tuple(folded(word) for word in group) for group in read["groups"])


def match(query: str, name: str, synonyms: tuple[str, ...] = ()) -> Match | None:
    """How ``query`` fits something called ``name``; none where a word of it is not found."""
    words = folded(query).split()
    if not words:
        return Match(0.0)
    plain = folded(name)
    others = tuple(folded(s) for s in synonyms)
    score, by = 0.0, ""
    spans: list[Span] = []
    for word in words:
        found = _word(word, plain, others)
        if found is None:
            return None
        score += found.score
        spans += found.spans
        by = by or found.synonym
    return Match(score / len(words) - len(name) / 100, tuple(sorted(spans)), by)


def _word(word: str, name: str, synonyms: tuple[str, ...]) -> Match | None:
    if (at := _beginning(word, name)) >= 0:
        return Match(_START, ((at, at + len(word)),))
    if (at := name.find(word)) >= 0:
        return Match(_INSIDE, ((at, at + len(word)),))
    for synonym in synonyms:
        if _beginning(word, synonym) >= 0:
            return Match(_SYNONYM + 5, (), synonym)
    if len(word) >= _GROUP_FROM and (means := _means(word, (name, *synonyms))):
        return Match(_SYNONYM, (), means)
    return _alike(word, name)


def _beginning(word: str, text: str) -> int:
    """Where a word of ``text`` begins with ``word``; -1 where none does."""
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at


def _means(word: str, names: tuple[str, ...]) -> str:
    """The typed word's whole form, where another word of its group stands in a name."""
    for typed, group in _meant(word):
        if any(_beginning(other, name) >= 0 for other in group for name in names):
            return typed.capitalize()
    return ""


@lru_cache(maxsize=256)
def _meant(word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The groups of which a word begins so, each with that word."""
    begun = ((next((g for g in group if g.startswith(word)), ""), group) for group in groups())
    return tuple((typed, group) for typed, group in begun if typed)


def _alike(word: str, name: str) -> Match | None:
    if len(word) < _FUZZY_FROM:
        return None
    from rapidfuzz import fuzz

    best: Match | None = None
    at = 0
    for piece in name.split(" "):
        ratio = fuzz.ratio(word, piece[: len(word) + 1])
        if ratio >= _FUZZY_LEAST - 7 and (best is None or ratio > best.score):
            best = Match(ratio, ((at, at + min(len(piece), len(word))),))
        at += len(piece) + 1
    return Match(_ALIKE * best.score / 100, best.spans) if best else None
