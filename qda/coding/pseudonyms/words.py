"""Word lists by which names are known: titles, offices, first names, common nouns; one file a language."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from qda import resources

LANGUAGES: Final = ("de", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of a language. Those that are compared without case are folded."""

    titles: tuple[str, ...]
    feminine: frozenset[str]
    masculine: frozenset[str]
    offices: tuple[str, ...]
    no_names: frozenset[str]
    first_names: frozenset[str]
    ambiguous: frozenset[str]
    streets: tuple[str, ...]
    ways: tuple[str, ...]
    no_streets: frozenset[str]
    place_words: tuple[str, ...]
    place_offices: tuple[str, ...]
    place_ends: tuple[str, ...]
    no_places: frozenset[str]
    regions: frozenset[str]
    place_before: frozenset[str]
    articles: frozenset[str]
    noun_ends: tuple[str, ...]
    nouns: frozenset[str]
    institutions: tuple[str, ...]
    legal: tuple[str, ...]
    institution_patterns: tuple[str, ...]
    known_institutions: tuple[str, ...]
    projects: tuple[str, ...]
    months: tuple[str, ...]
    labels: frozenset[str]
    header_people: frozenset[str]
    header_places: frozenset[str]
    header_institutions: frozenset[str]
    header_dates: frozenset[str]
    no_adjectives: frozenset[str]
    particles: tuple[str, ...]


_FOLDED: Final = frozenset(
    {
        "ambiguous",
        "no_adjectives",
        "no_streets",
        "no_places",
        "place_before",
        "articles",
        "nouns",
        "labels",
        "header_people",
        "header_places",
        "header_institutions",
        "header_dates",
        "feminine",
        "masculine",
    }
)
_SETS: Final = _FOLDED | {"no_names", "first_names", "regions"}


@cache
def words(language: str) -> Words:
    """The lists of ``language``; German where there are none."""
    name = language if language in LANGUAGES else "de"
    lists = json.loads(resources.path("pseudonyms", f"{name}.json").read_text(encoding="utf-8"))
    ready: dict[str, Any] = {
        key: frozenset(v.casefold() if key in _FOLDED else v for v in listed)
        if key in _SETS
        else tuple(listed)
        for key, listed in lists.items()
    }
    return Words(**ready)


@cache
def titles() -> tuple[str, ...]:
    """Forms of address and titles of all languages, the longest first."""
    found = {title for language in LANGUAGES for title in words(language).titles}
    return tuple(sorted(found, key=lambda t: (-len(t), t)))


@cache
def place_words() -> tuple[str, ...]:
    """Words before a place that are part of its name ("district of"), the longest first."""
    found = {word for language in LANGUAGES for word in words(language).place_words}
    return tuple(sorted(found, key=lambda t: (-len(t), t)))


@cache
def ambiguous() -> frozenset[str]:
    """Folded names that are ordinary words too."""
    return frozenset(word for language in LANGUAGES for word in words(language).ambiguous)


def gender(address: tuple[str, ...]) -> str:
    """The gender that forms of address tell: "f", "m", or none."""
    for language in LANGUAGES:
        lists = words(language)
        for word in address:
            folded = word.casefold()
            if folded in lists.feminine:
                return "f"
            if folded in lists.masculine:
                return "m"
    return ""
