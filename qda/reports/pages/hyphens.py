"""Where a word that is wider than its column may be broken: before the last consonant between two vowels.

That is the rule of German schools, and English words are read well enough with it; other words are never
touched. Compounds are not known here: a narrow column is no place for fine distinctions.
"""

import re
from collections.abc import Iterable
from typing import Final

SOFT: Final = "\u00ad"
_VOWELS: Final = frozenset("aeiouyäöüáàâéèêëíìîïóòôúùûAEIOUYÄÖÜ")
_UNITS: Final = ("sch", "ch", "ck", "ph", "th", "qu", "gr", "kr")
_FIRST: Final = 2  # letters that stay at least, before and after
_LAST: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]{6,}")


def hyphened(text: str) -> str:
    """The text with soft hyphens in its longer words."""
    return _WORD.sub(lambda found: _parts(found.group()), text)


def whole(lines: Iterable[str]) -> str:
    """What stands in lines, without the hyphens: a broken word is one word."""
    return " ".join(lines).replace(f"{SOFT} ", "").replace(SOFT, "")


def _parts(word: str) -> str:
    found, start = [], 0
    for at in range(_FIRST, len(word) - _LAST + 1):
        if at > start + 1 and _may_break(word, at):
            found.append(word[start:at])
            start = at
    return SOFT.join([*found, word[start:]])


def _may_break(word: str, at: int) -> bool:
    """Whether a syllable can begin at ``at``: a consonant (or what sounds as one) before a vowel."""
    if word[at] in _VOWELS:
        return False
    for unit in _UNITS:
        if word[at - 1 : at - 1 + len(unit)].lower() == unit or word[at - 2 : at - 2 + len(unit)].lower() == (
            unit if len(unit) > 2 else ""
        ):
            return False  # in the midst of one
    unit = next((one for one in _UNITS if word.startswith((one, one.capitalize()), at)), word[at])
    after = at + len(unit)
    begins = after < len(word) and word[after] in _VOWELS
    return begins and any(letter in _VOWELS for letter in word[:at])
