"""Candidates for names, by rules; each is accepted or dropped by a person.

Speech has few names and many capitals: what only looks like one is ranked low, and the list is cut.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding.pseudonyms.entries import Entry, NameKind
from qda.coding.pseudonyms.evidence import Usage, usage
from qda.coding.pseudonyms.forms import Finder, parted
from qda.coding.pseudonyms.guesses import Guess, guesses
from qda.coding.pseudonyms.readings import Reading
from qda.coding.pseudonyms.words import gender
from qda.i18n import _

LEAST: Final = 0.3  # below this a guess is not shown
LIKELY: Final = 0.6  # from here on a guess is shown in any case
MOST: Final = 30  # of the others


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a candidate stands: ``key`` as in :class:`Reading`; code points."""

    key: str
    title: str
    start: int
    stop: int
    written: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a name. ``forms`` are (written, count); ``weight`` 0–1 is how likely; ``reason`` why."""

    clear: str
    kind: NameKind
    forms: tuple[tuple[str, int], ...]
    spots: tuple[Spot, ...]
    reason: str
    weight: float

    @property
    def count(self) -> int:
        """How often it occurs."""
        return len(self.spots)


# Language tools give further guesses by the same shape.
Proposer = Callable[[Sequence[Reading]], Iterable[Candidate]]


def candidates(
    texts: Sequence[Reading],
    *,
    known: Iterable[str] = (),
    proposers: Iterable[Proposer] = (),
    least: float = LEAST,
    most: int = MOST,
) -> tuple[Candidate, ...]:
    """What may be names in the texts, the likeliest first.

    Of the less likely ones at most ``most``. ``known`` are names decided already (clear or pseudonym):
    they are left out.
    """
    found = usage(texts)
    grouped = _grouped(guesses(texts, found), found)
    decided = {part.casefold() for name in known for part in (name, parted(name, "person")[1])}
    rows = [
        row
        for guess in grouped
        if guess.weight >= least and guess.name.casefold() not in decided
        if (row := _candidate(guess, texts)) is not None
    ]
    seen = {row.clear.casefold() for row in rows}
    for proposer in proposers:
        rows += [
            row
            for row in proposer(texts)
            if row.clear.casefold() not in seen and row.clear.casefold() not in decided
        ]
    rows.sort(key=lambda row: (-row.weight, -row.count, row.clear))
    kept = _without_covered(rows)
    likely = sum(row.weight >= LIKELY for row in kept)
    return tuple(kept[: likely + most])


def proposal(kind: NameKind, number: int, *, clear: str = "") -> str:
    """A neutral placeholder in the current language ("[Person 3]"), with the form of address kept."""
    words_of_kind: dict[NameKind, str] = {
        "person": _("[Person {n}]"),
        "place": _("[Place {n}]"),
        "institution": _("[Institution {n}]"),
        "office": _("[Office {n}]"),
        "project": _("[Project {n}]"),
        "date": _("[Date {n}]"),
        "other": _("[Name {n}]"),
    }
    title, _name = parted(clear, kind) if clear else ((), "")
    address = f"{title[0]} " if title and gender(title[:1]) else ""
    return f"{address}{words_of_kind[kind].format(n=number)}"


def as_entry(candidate: Candidate, replacement: str, *, coarse: bool = False) -> Entry:
    """A candidate that a person accepted."""
    return Entry(candidate.clear, candidate.kind, replacement, coarse=coarse)


# -- guesses of one name ------------------------------------------------------------------------------------


def _grouped(listed: Iterable[Guess], found: Usage) -> list[Guess]:
    """One guess a name: the surest kind and reason; further ones raise the weight a little."""
    by_name: dict[str, list[Guess]] = {}
    for guess in listed:
        by_name.setdefault(_key(guess, found), []).append(guess)
    last = {
        key.split()[-1]: key
        for key, group in by_name.items()
        if " " in key and max(group, key=lambda g: g.weight).kind == "person"
    }
    merged: dict[str, list[Guess]] = {}
    for key, group in by_name.items():
        # "Müller" goes with "Anna Müller".
        kinds = {guess.kind for guess in group}
        target = last.get(key, key) if kinds <= {"person", "other"} else key
        merged.setdefault(target, []).extend(group)
    return [_best(key, group) for key, group in merged.items()]


def _key(guess: Guess, found: Usage) -> str:
    name = guess.name
    if guess.kind in ("person", "place", "other") and " " not in name:
        name = found.base(name)
        if guess.kind == "place" and name.endswith("er"):
            for stem in (name[:-2], f"{name[:-2]}e", f"{name[:-2]}en"):
                if stem in found.capital:
                    name = stem
                    break
    return name


def _best(name: str, group: list[Guess]) -> Guess:
    best = max(group, key=lambda guess: guess.weight)
    reasons = {guess.reason for guess in group}
    weight = min(1.0, best.weight + 0.05 * (len(reasons) - 1) + 0.02 * min(len(group) - 1, 5))
    return Guess(name, best.kind, weight, best.reason)


def _candidate(guess: Guess, texts: Sequence[Reading]) -> Candidate | None:
    look = Finder(Entry(guess.name, guess.kind, "x"))
    short = sum(letter.isalnum() for letter in guess.name) < 6
    spots = [
        Spot(reading.key, reading.title, match.start(), match.end(), match[0])
        for reading in texts
        for match in look.matches(reading.text)
        if _is_form(match[0], guess, short=short)
    ]
    if not spots:
        return None
    counted: dict[str, int] = {}
    for spot in spots:
        counted[spot.written] = counted.get(spot.written, 0) + 1
    forms = tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
    clear = _usual(guess, forms)
    return Candidate(clear, guess.kind, forms, tuple(spots), guess.reason, round(guess.weight, 2))


def _is_form(written: str, guess: Guess, *, short: bool) -> bool:
    title, name = parted(written, guess.kind)
    if not title and name[:1].islower() and guess.name[:1].isupper():
        return False
    # Inside a longer word it is chance.
    longest = max(map(len, re.split("[-\u2010\u2011 ]", name)))
    return longest <= max(map(len, re.split("[- ]", guess.name))) + (2 if short else 4)


def _usual(guess: Guess, forms: tuple[tuple[str, int], ...]) -> str:
    """With the form of address, where most occurrences have one ("Frau Brenneke")."""
    if guess.kind != "person":
        return guess.name
    by_gender = {"f": 0, "m": 0, "": 0}
    address = {"f": "", "m": ""}
    for written, count in forms:
        title, _name = parted(written, "person")
        told = gender(title)
        by_gender[told] += count
        if told and not address[told]:
            address[told] = "Herr" if title[0] == "Herrn" else title[0]
    for told in ("f", "m"):
        if by_gender[told] * 2 > sum(by_gender.values()):
            return f"{address[told]} {guess.name}"
    return guess.name


def _without_covered(rows: list[Candidate]) -> list[Candidate]:
    """Without those whose every spot lies inside a likelier candidate's."""
    taken: dict[str, list[tuple[int, int]]] = {}
    kept = []
    for row in rows:
        inside = row.spots and all(
            any(start <= spot.start and spot.stop <= stop for start, stop in taken.get(spot.key, ()))
            for spot in row.spots
        )
        if inside:
            continue
        kept.append(row)
        for spot in row.spots:
            taken.setdefault(spot.key, []).append((spot.start, spot.stop))
    return kept
