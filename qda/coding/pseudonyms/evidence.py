"""How capitalised words are used in the texts: what tells a name from a noun.

In German every noun has a capital. A noun sooner or later follows an article, a number or an adjective, and
occurs in lower case inside other words; a name does not. Counts are over all texts together.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from qda.coding.pseudonyms.readings import Reading
from qda.coding.pseudonyms.words import Words, words

TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+|\S")
_ENDS: Final = frozenset('.!?…:;–—"„“”«»‚‘/()[]\n|#*•')
_ADJECTIVE: Final = re.compile(r"[a-zäöüß]{2,}(?:e|en|er|es|em)$")


@dataclass(slots=True)
class Use:
    """How one word is used: mid-sentence with a capital, after an article or adjective, in documents."""

    middle: int = 0
    start: int = 0
    determined: int = 0
    placed: int = 0  # straight after a preposition of place
    genitive: int = 0  # with -s, and no article before it
    documents: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """All occurrences with a capital."""
        return self.middle + self.start


@dataclass(frozen=True, slots=True)
class Usage:
    """The use of all words of the texts: with a capital by the word, in lower case as a set."""

    capital: dict[str, Use]
    lower: frozenset[str]

    def of(self, word: str) -> Use:
        """The use of a word with a capital."""
        return self.capital.get(word) or Use()

    def base(self, word: str) -> str:
        """The word without a genitive -s, where it occurs without it too."""
        word = re.sub("['’]s$", "", word)
        for ending in ("ens", "es", "s"):
            stem = word.removesuffix(ending)
            if stem != word and len(stem) > 2 and stem in self.capital:
                return stem
        return word


def usage(texts: Sequence[Reading]) -> Usage:
    """Counts the words of the texts."""
    capital: defaultdict[str, Use] = defaultdict(Use)
    lower: set[str] = set()
    for reading in texts:
        _count(reading, words(reading.language), capital, lower)
    for word, use in list(capital.items()):
        twin = capital.get(f"{word}s")
        if twin is not None and not twin.determined:
            use.genitive += twin.middle
    return Usage(dict(capital), frozenset(lower))


def _count(reading: Reading, lists: Words, capital: dict[str, Use], lower: set[str]) -> None:
    before = "\n"
    for line in reading.text.split("\n"):
        before = "\n"
        for match in TOKEN.finditer(line):
            word = match[0]
            if word[0].isupper() and not (len(word) > 1 and word.isupper()):
                _note(capital[word], before, lists, reading.key)
            elif word[0].islower():
                lower.add(word)
            before = word


def _note(use: Use, before: str, lists: Words, key: str) -> None:
    use.documents.add(key)
    if before in _ENDS:
        use.start += 1
        return
    use.middle += 1
    folded = before.casefold()
    if folded in lists.place_before:
        use.placed += 1
    elif is_determiner(before, lists):
        use.determined += 1


def is_determiner(word: str, lists: Words) -> bool:
    """True for what stands before nouns and not before names: articles, numbers, adjectives."""
    folded = word.casefold()
    if folded in lists.articles or word.isdigit():
        return True
    return bool(
        lists.noun_ends
        and word[:1].islower()
        and folded not in lists.no_adjectives
        and _ADJECTIVE.match(word)
    )


def is_noun(word: str, found: Usage, lists: Words, *, used: bool = True) -> bool:
    """True where a capitalised word is an ordinary word, as far as lists and the texts tell.

    With ``used`` false articles and endings do not count: in speech a name has an article too.
    """
    folded = word.casefold()
    if folded in lists.nouns or word in lists.no_names:
        return True
    if folded in found.lower or folded in lists.articles:
        return True
    if used and any(folded.endswith(end) and len(folded) > len(end) + 1 for end in lists.noun_ends):
        return True
    use = found.of(word)
    return used and bool(lists.noun_ends) and use.determined > 0 and use.determined * 4 >= use.middle


def spoken_languages(texts: Iterable[Reading]) -> tuple[str, ...]:
    """The languages of the texts, the most frequent first."""
    counted: defaultdict[str, int] = defaultdict(int)
    for reading in texts:
        counted[reading.language] += len(reading.text)
    return tuple(sorted(counted, key=lambda name: -counted[name]))
