"""Lists of small words by which names are formed (``resources/language/naming.*.json``), as sets."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Final

from qda import resources

LANGUAGES: Final = ("de", "en")


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of a language; all in small letters but the titles."""

    lists: dict[str, frozenset[str]]
    phrases: frozenset[tuple[str, ...]]
    reflexive: frozenset[tuple[str, str]]  # subject ("" is any) and pronoun
    titles: frozenset[str]
    version: str = ""  # of the lists and of the rules that use them; raised with every change of either

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists.get(name, frozenset())


@cache
def word_lists(language: str) -> WordLists:
    """The lists of a language, read once."""
    written = resources.path("language", f"naming.{language}.json").read_text(encoding="utf-8")
    raw: dict[str, str] = json.loads(written)
    pairs = (one.rpartition(":") for one in raw["reflexive"].split())
    return WordLists(
        {name: frozenset(words.lower().split()) for name, words in raw.items()},
        frozenset(tuple(one.lower().split()) for one in raw["phrases"].split("|")),
        frozenset((subject, pronoun) for subject, _colon, pronoun in pairs),
        frozenset(raw["titles"].split()),
        raw["version"],
    )
