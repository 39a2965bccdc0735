"""Ranks codes for what is typed into the code field: name first, then path, definition, similarity.

A hit is *sure* where all typed words occur; what is only similar is offered below and never taken by
Enter unasked, so that typing a new name makes a new code. Among hits of one rank the codes used last come
first, then those used most.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import accumulate, islice
from typing import Final

from qda.coding.folding import Folded
from qda.ui.transcript.rows import CodeChoice

SEPARATOR: Final = ">"
_LETTERS: Final = tuple(zip("äöüàáâéèêíóúç", "aouaaaeeeiouc", strict=True))
_PLAIN: Final = str.maketrans(dict(_LETTERS))
_SIMILAR: Final = 78.0  # of 100
_SHORTEST_SIMILAR: Final = 3
_SHORTEST_IN_DEFINITION: Final = 5
_NEAR_WORDS: Final = 40  # words of names that are looked at for one that was typed
_NEAR_IN_PATH: Final = 5
_MOST_DEFINITIONS: Final = 4000
_PATH_COSTS: Final = 8.0
_LONG_AGO: Final = 1 << 30
_SPELT: Final = re.compile("ae|oe|ue")  # as typed where a keyboard has no umlauts
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A code for the query. ``parts`` are the matched stretches of its name."""

    choice: CodeChoice
    parts: tuple[tuple[int, int], ...] = ()
    sure: bool = True


def fold(text: str) -> str:
    """Without case and dots."""
    return text.casefold().translate(_PLAIN)


def split_parent(name: str) -> tuple[str, str]:
    """The path of the parent ("" for none) and the new code's own name in what was typed."""
    parts = [part.strip() for part in name.split(SEPARATOR) if part.strip()]
    return f" {SEPARATOR} ".join(parts[:-1]), parts[-1] if parts else ""


class _Column:
    """One field of all codes, folded and joined, so that a word is looked for at once in all."""

    def __init__(self, texts: Iterable[str]) -> None:
        joined = "\n".join(text.replace("\n", " ") for text in texts).casefold()
        for dotted, plain in _LETTERS:
            joined = joined.replace(dotted, plain)
        self.lines = joined.split("\n")
        self._joined = joined + "\n"

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.lines)]

    def holding(self, word: str) -> set[int]:
        """The codes whose field has ``word`` in it."""
        found: set[int] = set()
        place = self._joined.find(word)
        while place >= 0:
            at = bisect_right(self._starts, place) - 1
            found.add(at)
            place = self._joined.find(word, self._starts[at + 1])
        return found

    def holding_all(self, words: Sequence[str]) -> set[int]:
        """The codes whose field has every one of ``words`` in it."""
        found = self.holding(words[0])
        for word in words[1:]:
            found = {at for at in found if word in self.lines[at]}
        return found


class CodeSearch:
    """The codes to search in; folded once."""

    def __init__(self, choices: Sequence[CodeChoice]) -> None:
        self._choices = tuple(choices)
        self._near_words: dict[str, dict[str, float]] = {}

    @cached_property
    def _names(self) -> _Column:
        return _Column(choice.name for choice in self._choices)

    @cached_property
    def _paths(self) -> _Column:
        return _Column(choice.path for choice in self._choices)

    @cached_property
    def _definitions(self) -> _Column:
        return _Column(choice.definition for choice in self._choices)

    @cached_property
    def _by_words(self) -> dict[str, CodeChoice]:
        """Codes by their names and paths as written, case aside; the first one of a name."""
        found: dict[str, CodeChoice] = {}
        for choice in self._choices:
            found.setdefault(_tidy(choice.name), choice)
        for choice in self._choices:
            found.setdefault(_tidy(choice.path), choice)
        return found

    def named(self, name: str) -> CodeChoice | None:
        """The code of exactly this name or path, case aside."""
        return self._by_words.get(_tidy(name))

    def begins(self, typed: str) -> bool:
        """Whether a name begins like this."""
        wanted = fold(" ".join(typed.split()))
        return any(self._names.lines[at].startswith(wanted) for at in self._names.holding(wanted))

    def rank(self, query: str, limit: int, *, without: frozenset[str] = frozenset()) -> list[Hit]:
        """The best ``limit`` codes; all in the given order where nothing is typed."""
        wanted = fold(" ".join(query.split()))
        if not wanted:
            left = (choice for choice in self._choices if choice.guid not in without)
            return [Hit(choice) for choice in islice(left, limit)]
        spellings = _spellings(wanted)
        gone = {at for at, choice in enumerate(self._choices) if choice.guid in without} if without else set()
        tiers = self._tiers(spellings, limit, gone)
        best = nsmallest(limit, tiers, key=lambda at: (tiers[at], *self._use(at)))
        hits = [Hit(self._choices[at], self._parts(at, spellings)) for at in best]
        if len(hits) < limit and len(wanted) >= _SHORTEST_SIMILAR:
            hits += self._similar(wanted, gone | tiers.keys(), limit - len(hits))
        return hits

    def _use(self, at: int) -> tuple[int, int, int]:
        """The smaller, the sooner it is offered: used last, used most, as in the tree."""
        choice = self._choices[at]
        return choice.recent or _LONG_AGO, -choice.count, at

    def _tiers(self, spellings: Sequence[str], limit: int, gone: set[int]) -> dict[int, int]:
        """How well codes fit, the smaller the better; worse fits only as far as there is room for them."""
        found: dict[int, int] = {}
        for wanted in spellings:
            words = wanted.replace(SEPARATOR, " ").split() or [wanted]
            for at in self._names.holding(wanted) - gone:
                tier = _tier_in_name(self._names.lines[at], wanted)
                found[at] = min(tier, found.get(at, tier))
            if len(found) < limit:
                _fill_up(found, self._names.holding_all(words) - gone, 3)
            if len(found) < limit:
                _fill_up(found, self._paths.holding_all(words) - gone, 5)
            if len(found) < limit and len(wanted) >= _SHORTEST_SIMILAR:
                _fill_up(found, self._definitions.holding(wanted) - gone, 6)
        return found

    def _parts(self, at: int, spellings: Sequence[str]) -> tuple[tuple[int, int], ...]:
        text = Folded(self._choices[at].name)
        plain = text.text.translate(_PLAIN)
        for wanted in spellings:
            words = [wanted] if wanted in plain else wanted.replace(SEPARATOR, " ").split()
            parts: list[tuple[int, int]] = []
            for word in words:
                place = _word_start(plain, word)
                if place >= 0:
                    parts.append(text.span(place, place + len(word)))
            if parts:
                return tuple(sorted(parts))
        return ()

    # what is only similar

    @cached_property
    def _vocabulary(self) -> dict[str, list[int]]:
        """The words of all names, each with the codes that have it."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(self._names.lines):
            for word in _WORD.findall(name):
                found[word].append(at)
        return found

    def _similar(self, wanted: str, gone: Collection[int], limit: int) -> list[Hit]:
        near = [self._near(word) for word in _WORD.findall(wanted) if len(word) >= _SHORTEST_SIMILAR]
        if not near:
            return []
        scores = self._in_names(near, gone)
        if len(scores) < limit:
            scores |= self._in_paths(near, {*gone, *scores})
        if not scores and len(wanted) >= _SHORTEST_IN_DEFINITION:
            scores = self._in_definitions(wanted, gone, limit)
        ranked = sorted(scores, key=lambda at: (-scores[at], *self._use(at)))
        return [Hit(self._choices[at], self._alike(at, wanted), sure=False) for at in ranked[:limit]]

    def _near(self, word: str) -> dict[str, float]:
        """The words of names that are like one that was typed, perhaps not to its end; the best first."""
        # only when somebody types: the window opens without it
        from rapidfuzz import fuzz, process

        if word not in self._near_words:
            long = [known for known in self._vocabulary if len(known) >= len(word) - 1]
            found = process.extract(
                word, long, scorer=fuzz.partial_ratio, score_cutoff=_SIMILAR, limit=_NEAR_WORDS
            )
            self._near_words[word] = {known: score for known, score, _at in found}
        return self._near_words[word]

    def _in_names(self, near: Sequence[dict[str, float]], gone: Collection[int]) -> dict[int, float]:
        """The codes whose names have something like every typed word."""
        totals: dict[int, float] = {}
        for number, words in enumerate(near):
            best: dict[int, float] = {}
            for known, score in words.items():
                for at in self._vocabulary[known]:
                    best.setdefault(at, score)
            totals = {
                at: score + totals.get(at, 0.0)
                for at, score in best.items()
                if at not in gone and (not number or at in totals)
            }
        return {at: total / len(near) for at, total in totals.items()}

    def _in_paths(self, near: Sequence[dict[str, float]], gone: Collection[int]) -> dict[int, float]:
        """The codes below such ones."""
        totals: dict[int, float] = {}
        for number, words in enumerate(near):
            best: dict[int, float] = {}
            for known, score in islice(words.items(), _NEAR_IN_PATH):
                for at in self._paths.holding(known):
                    best.setdefault(at, score)
            totals = {
                at: score + totals.get(at, 0.0)
                for at, score in best.items()
                if at not in gone and (not number or at in totals)
            }
        return {at: total / len(near) - _PATH_COSTS for at, total in totals.items()}

    def _in_definitions(self, wanted: str, gone: Collection[int], limit: int) -> dict[int, float]:
        from rapidfuzz import fuzz, process

        texts = ((at, text) for at, text in enumerate(self._definitions.lines) if text and at not in gone)
        some = dict(islice(texts, _MOST_DEFINITIONS))
        found = process.extract(wanted, some, scorer=fuzz.partial_ratio, score_cutoff=_SIMILAR, limit=limit)
        return {at: score for _text, score, at in found}

    def _alike(self, at: int, wanted: str) -> tuple[tuple[int, int], ...]:
        """What of the name is like what was typed, where the places can be told."""
        from rapidfuzz import fuzz

        name = self._names.lines[at]
        aligned = fuzz.partial_ratio_alignment(wanted, name, score_cutoff=_SIMILAR)
        same_places = len(self._choices[at].name) == len(name) > len(wanted)
        return ((aligned.dest_start, aligned.dest_end),) if aligned and same_places else ()


def _fill_up(found: dict[int, int], places: set[int], tier: int) -> None:
    for at in places:
        found.setdefault(at, tier)


def _tier_in_name(name: str, wanted: str) -> int:
    """How well a name fits that has the words in it."""
    if name.startswith(wanted):
        return 0 if name == wanted else 1
    return 2 if f" {wanted}" in name or f"-{wanted}" in name else 4


def _tidy(name: str) -> str:
    """A name or path without case, with blanks as in a path."""
    return SEPARATOR.join(" ".join(part.split()) for part in name.casefold().split(SEPARATOR))


def _spellings(wanted: str) -> tuple[str, ...]:
    """What was typed, and the same with umlauts where their spelling out was typed."""
    plain = _SPELT.sub(lambda found: found[0][0], wanted)
    return (wanted,) if plain == wanted else (wanted, plain)


def _word_start(text: str, word: str) -> int:
    """Where ``word`` occurs, at the beginning of a word if it does so anywhere."""
    if text.startswith(word):
        return 0
    for before in (" ", "-"):
        place = text.find(before + word)
        if place >= 0:
            return place + 1
    return text.find(word)
