"""Ranks codes for what is typed into the code field: name first, then path, definition, similarity.

A hit is *sure* where all typed words occur; what is only similar is offered below and never taken by
Enter unasked, so that typing a new name makes a new code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qda.ui.transcript.finding import Folded
from qda.ui.transcript.rows import CodeChoice

SEPARATOR: Final = ">"
_PLAIN: Final = str.maketrans("äöüàáâéèêíóúç", "aouaaaeeeiouc")
_SIMILAR: Final = 78.0  # of 100
_SHORTEST_SIMILAR: Final = 3


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


class CodeSearch:
    """The codes to search in; folded once."""

    def __init__(self, choices: Sequence[CodeChoice]) -> None:
        self._choices = tuple(choices)
        self._names = [fold(choice.name) for choice in choices]
        self._paths = [fold(choice.path) for choice in choices]
        self._definitions = [fold(choice.definition) for choice in choices]

    def named(self, name: str) -> CodeChoice | None:
        """The code of exactly this name or path, case aside."""
        wanted = " ".join(name.casefold().split())
        for choice in self._choices:
            if wanted in (choice.name.casefold(), choice.path.casefold()):
                return choice
        return None

    def rank(self, query: str, limit: int, *, without: frozenset[str] = frozenset()) -> list[Hit]:
        """The best ``limit`` codes; all in the given order where nothing is typed."""
        wanted = fold(" ".join(query.split()))
        left = [at for at, choice in enumerate(self._choices) if choice.guid not in without]
        if not wanted:
            return [Hit(self._choices[at]) for at in left[:limit]]
        ranked = [(tier, at) for at in left if (tier := self._tier(at, wanted)) is not None]
        ranked.sort(key=lambda one: (one[0], -self._choices[one[1]].count, one[1]))
        hits = [Hit(self._choices[at], self._parts(at, wanted)) for _tier, at in ranked[:limit]]
        if len(hits) < limit and len(wanted) >= _SHORTEST_SIMILAR:
            found = {at for _tier, at in ranked}
            hits += self._similar(wanted, [at for at in left if at not in found], limit - len(hits))
        return hits

    def _tier(self, at: int, wanted: str) -> int | None:
        """How well the code fits; the smaller the better."""
        name = self._names[at]
        if wanted in name:
            if name.startswith(wanted):
                return 0 if name == wanted else 1
            return 2 if f" {wanted}" in name or f"-{wanted}" in name else 4
        words = wanted.replace(SEPARATOR, " ").split()
        if all(word in name for word in words):
            return 3
        if all(word in self._paths[at] for word in words):
            return 5
        if len(wanted) >= _SHORTEST_SIMILAR and wanted in self._definitions[at]:
            return 6
        return None

    def _parts(self, at: int, wanted: str) -> tuple[tuple[int, int], ...]:
        name = self._choices[at].name
        text = Folded(name)
        plain = text.folded.translate(_PLAIN)
        words = [wanted] if wanted in plain else wanted.replace(SEPARATOR, " ").split()
        parts: list[tuple[int, int]] = []
        for word in words:
            place = _word_start(plain, word)
            if place >= 0:
                span = text.span(place, place + len(word))
                parts.append((span.start, span.stop))
        return tuple(sorted(parts))

    def _similar(self, wanted: str, places: list[int], limit: int) -> list[Hit]:
        # only when somebody types: the window opens without it
        from rapidfuzz import fuzz, process

        names = {at: self._names[at] for at in places}
        found = process.extract(wanted, names, scorer=fuzz.WRatio, score_cutoff=_SIMILAR, limit=limit)
        hits: list[Hit] = []
        for name, _score, at in found:
            aligned = fuzz.partial_ratio_alignment(wanted, name)
            same_places = len(self._choices[at].name) == len(name) > len(wanted)
            part = ((aligned.dest_start, aligned.dest_end),) if aligned and same_places else ()
            hits.append(Hit(self._choices[at], part, sure=False))
        return hits


def _word_start(text: str, word: str) -> int:
    """Where ``word`` occurs, at the beginning of a word if it does so anywhere."""
    if text.startswith(word):
        return 0
    for before in (" ", "-"):
        place = text.find(before + word)
        if place >= 0:
            return place + 1
    return text.find(word)
