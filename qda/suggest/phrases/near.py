"""Whether two names nearly match: umlauts, plural, case, word order and compounds make no difference.

Names are compared by keys: their words in small letters, without articles and endings, in alphabetical order.
Two keys match where they have the same number of words and each pair is alike (:data:`ALIKE`, rapidfuzz) and
begins alike, so that "unbefristet" is never "befristet"; or where the words of one, put together, are the
compound that is the other (Arbeit im Netzwerk, Netzwerkarbeit). A negation is a word as any other.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import permutations
from typing import Final

from rapidfuzz import fuzz

ALIKE: Final = 90.0  # of 100, for each pair of words
JOINED: Final = 90.0  # of 100, for a compound and its parts, which lack what joins them
_BEGINNING: Final = 2  # letters that must be the same
_SHORT: Final = 4  # letters up to which a word must be the same
_MOST_PARTS: Final = 3
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FOLDED: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "’": "'"})
_TWO: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_ARTICLES: Final = "der die das den dem des ein eine einen einem einer eines the a an"
_BINDING: Final = "of in im am zum zur von vom"
_LEFT_OUT: Final = frozenset(f"{_ARTICLES} {_BINDING}".split())
_ENDINGS: Final = ("innen", "en", "em", "er", "es", "e", "n", "s")
_STEM: Final = 4  # letters that are left of a word at least; one less where it had an umlaut


@lru_cache(maxsize=50_000)
def key(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared."""
    words = [_stem(word) for word in _WORD.findall(name.casefold())]
    kept = [word for word in words if word not in _LEFT_OUT]
    return tuple(sorted(kept or words))


def _stem(word: str) -> str:
    """Without umlauts and endings, as often as there is one: leaders, leader, lead."""
    plain = word.translate(_FOLDED)
    for two, one in _TWO:
        if two in plain and (two != "ue" or not re.search("[aeq]ue", plain)):
            plain = plain.replace(two, one)
    if plain.endswith("ies") and len(plain) > _STEM + 1:
        return f"{plain[:-3]}y"
    least = _STEM - (len(plain) != len(word) or any(sign in word for sign in "äöü"))
    while (end := next((end for end in _ENDINGS if plain.endswith(end)), "")) and len(plain) - len(
        end
    ) >= least:
        plain = plain.removesuffix(end)
    return plain


def nearly(one: str, other: str) -> bool:
    """Whether two names nearly match."""
    return likeness(key(one), key(other)) > 0


class Names:
    """Names in which the nearest is looked for; those that cannot match are not looked at."""

    def __init__(self, names: Iterable[str]) -> None:
        self._alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._with_part: dict[str, list[str]] = defaultdict(list)
        for name in names:
            words = key(name)
            self._alike[_beginnings(words)].append(name)
            if 1 < len(words) <= _MOST_PARTS:
                for part in dict.fromkeys(_beginnings(words)):
                    self._with_part[part].append(name)

    def nearest(self, name: str) -> str | None:
        """The name that is most like it, among those that nearly match; the first of equals."""
        ours = key(name)
        begin = _beginnings(ours)
        others = [*self._alike.get(begin, ())]
        if len(ours) == 1:
            others += self._with_part.get(begin[0], ())
        elif len(ours) <= _MOST_PARTS:
            others += [one for part in dict.fromkeys(begin) for one in self._alike.get((part,), ())]
        best, most = None, 0.0
        for other in others:
            found = likeness(ours, key(other))
            if found > most:
                best, most = other, found
        return best


def _beginnings(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word[:_BEGINNING] for word in words)


def likeness(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """How alike two keys are, of 100; 0 where they do not match."""
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return 100.0
    if len(ours) == len(theirs):
        return _paired(ours, theirs)
    if len(ours) == 1:
        return _compound(ours[0], theirs)
    return _compound(theirs[0], ours) if len(theirs) == 1 else 0.0


def _paired(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    least = 100.0
    for one, other in zip(ours, theirs, strict=True):
        if one == other:
            continue
        if min(len(one), len(other)) <= _SHORT or one[:_BEGINNING] != other[:_BEGINNING]:
            return 0.0
        least = min(least, fuzz.ratio(one, other, score_cutoff=ALIKE))
        if not least:
            return 0.0
    return least


def _compound(word: str, parts: tuple[str, ...]) -> float:
    whole = sum(map(len, parts))
    if len(parts) > _MOST_PARTS or abs(len(word) - whole) > len(parts) * 2 or not word.isalpha():
        return 0.0
    return max(
        (
            fuzz.ratio(word, "".join(order), score_cutoff=JOINED)
            for order in permutations(parts)
            if word.startswith(order[0]) and order[-1] in word[len(order[0]) :]
        ),
        default=0.0,
    )
