"""Where turns begin: every family of labels is tried on every line, and the best one is taken.

A family's score is the share of lines that it opens, times 0.3 plus the rate of speaker change. Labels must
recur (three times; twice where they look like I, B, S1 or stand with a time), be told by a legend, belong to
a series that recurs (B3 beside B1 and B2), or be one stroke away from one that does.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from qda.exchange import labels
from qda.exchange.marks import DELIMITED
from qda.exchange.openings import MATCHERS, Family, Line, Opening

MIN_SCORE: Final = 0.015
_STRICT: Final = frozenset(("label-line", "columns", "bracket", "table"))
_TIMED_LINE: Final = re.compile(rf"\s*{DELIMITED}\s*\S")


@dataclass(frozen=True, slots=True)
class Turns:
    """The openings by line index, and the family they belong to."""

    family: Family
    openings: Mapping[int, Opening]
    score: float


def find_turns(lines: Sequence[Line], *, legend: Mapping[str, str], family: str | None = None) -> Turns:
    """The turns of a document, by the family that fits best or by the one that is asked for."""
    nothing = Turns("none", {}, 0.0)
    if family == "none":
        return nothing
    best = nothing
    for names, matcher in MATCHERS:
        if family is not None and family not in names:
            continue
        openings = {
            index: opening
            for index, line in enumerate(lines)
            if (opening := matcher(line)) is not None
            and (labels.plausible(opening.label) or opening.label in legend)
        }
        accepted = _accepted(openings, lines, legend, strict=names[0] in _STRICT)
        if names[0] == "columns" and not _covers_times(accepted, lines):
            continue
        score = _score(accepted, len(lines))
        if score > best.score:
            best = Turns(_named(names, accepted, family), accepted, score)
    return best if best.score >= MIN_SCORE else nothing


def _accepted(
    openings: Mapping[int, Opening], lines: Sequence[Line], legend: Mapping[str, str], *, strict: bool
) -> dict[int, Opening]:
    """The openings whose labels recur."""
    good = _recurring(openings, lines, legend)
    kept = {index: opening for index, opening in openings.items() if opening.label in good}
    timed = sum(1 for opening in kept.values() if opening.marks)
    if timed >= 0.8 * len(kept):  # where labels stand with times, a rare label that never does is none
        counts = Counter(opening.label for opening in kept.values())
        with_time = {opening.label for opening in kept.values() if opening.marks}
        often = {label for label, count in counts.items() if count >= max(3, 0.02 * len(kept))}
        kept = {
            i: o for i, o in kept.items() if o.label in with_time or o.label in often or o.label in legend
        }
    kept = {i: o for i, o in kept.items() if not o.alone or _is_followed(i, lines, openings)}
    if strict:
        counts = Counter(opening.label for opening in kept.values())
        changes = _change_rate(kept)
        if len(counts) < 2 or changes < 0.3 or len(kept) < 0.1 * len(lines):
            return {}
    return kept


def _covers_times(openings: Mapping[int, Opening], lines: Sequence[Line]) -> bool:
    """True where nearly every line with a time has a label: ``[00:10] I think`` is no turn of I."""
    timed = [index for index, line in enumerate(lines) if _TIMED_LINE.match(line.text)]
    return sum(1 for index in timed if index in openings) >= 0.9 * len(timed)


def _recurring(openings: Mapping[int, Opening], lines: Sequence[Line], legend: Mapping[str, str]) -> set[str]:
    counts = Counter(opening.label for opening in openings.values())
    timed = Counter(opening.label for opening in openings.values() if opening.marks)
    good = {
        label
        for label, count in counts.items()
        if count >= 3 or (count == 2 and (labels.is_code(label) or timed[label])) or label in legend
    }
    kept = sum(counts[label] for label in good)
    codes = {label for label in counts if labels.is_code(label)}
    if len(codes) >= 2 and 2 * sum(counts[label] for label in codes) >= len(lines):
        good |= codes  # a short exchange: I: … B: …
    known = {labels.series(label) for label in good if re.search(r"\d", label)}
    mostly_timed = sum(timed[label] for label in good) >= 0.8 * max(kept, 1)
    for label in counts.keys() - good:
        alike = any(labels.likely_typo(label, other) and counts[other] >= 3 for other in good)
        in_layout = bool(kept >= 4 and mostly_timed and timed[label])
        if alike or in_layout or labels.series(label) in known:
            good.add(label)
    return good


def _is_followed(index: int, lines: Sequence[Line], openings: Mapping[int, Opening]) -> bool:
    """True where a label that stands alone is followed by speech, or has a colon or time of its own."""
    opening = openings[index]
    if opening.colon or opening.marks:
        return True
    following = openings.get(index + 1)
    return index + 1 < len(lines) and (following is None or not following.alone)


def _change_rate(openings: Mapping[int, Opening]) -> float:
    order = [openings[index].label for index in sorted(openings)]
    if len(order) < 2:
        return 0.0
    return sum(1 for a, b in pairwise(order) if a != b) / (len(order) - 1)


def _score(openings: Mapping[int, Opening], lines: int) -> float:
    if len(openings) < 2 or not lines:
        return 0.0
    return len(openings) / lines * (0.3 + _change_rate(openings))


def _named(names: tuple[Family, ...], openings: Mapping[int, Opening], asked: str | None) -> Family:
    """The family's name, by what most of its openings look like."""
    if asked in names:
        return next(name for name in names if name == asked)
    half = len(openings) / 2
    found = openings.values()
    looks: tuple[tuple[Family, int], ...] = (
        ("heading", sum(o.headed for o in found)),
        ("bold", sum(o.emphasised for o in found)),
        ("label-line", sum(o.alone and not o.marks for o in found)),
        ("time-label", sum(o.time_first for o in found)),
        ("label-time", sum(bool(o.marks) and not o.time_first for o in found)),
    )
    for name, count in looks:
        if name in names and count > half:
            return name
    return names[0]
