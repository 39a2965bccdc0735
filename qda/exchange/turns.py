"""Where turns begin: every family of labels is tried on every line, and the best one is taken.

A family's score is the share of lines that it opens, times 0.3 plus the rate of speaker change. Labels must
recur (three times; twice where they look like I, B, S1 or stand with a time), be told by a legend, belong to
a series that recurs (B3 beside B1 and B2), or be one stroke away from one that does.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from qda.exchange import labels
from qda.exchange.marks import DELIMITED
from qda.exchange.openings import MATCHERS, Family, Line, Opening
from qda.exchange.questions import ASKS, find_questions

MIN_SCORE: Final = 0.015
_RARE: Final = 0.05  # of the openings
_TIMED_LINE: Final = re.compile(rf"\s*{DELIMITED}\s*\S")


@dataclass(frozen=True, slots=True)
class Turns:
    """The openings by line index, and the family they belong to.

    ``families`` are all that fit, with their scores, the best first; empty where one was asked for.
    """

    family: Family
    openings: Mapping[int, Opening]
    score: float
    families: tuple[tuple[str, float], ...] = ()


def find_turns(lines: Sequence[Line], *, legend: Mapping[str, str], family: str | None = None) -> Turns:
    """The turns of a document, by the family that fits best or by the one that is asked for."""
    nothing = Turns("none", {}, 0.0)
    if family == "none":
        return nothing
    best = nothing
    fitting: dict[str, float] = {}
    known: dict[tuple[str, bool], bool] = {}  # labels that have been looked at come back
    for names, matcher, strict in MATCHERS:
        if family is not None and family not in names:
            continue
        openings = {
            index: opening
            for index, line in enumerate(lines)
            if (opening := matcher(line)) is not None
            and (opening.label in legend or _is_plausible(opening, known))
        }
        accepted = _accepted(openings, lines, legend, strict=strict)
        if family is None and _is_one_key(accepted, legend):
            continue
        if names[0] == "columns" and not _covers_times(accepted, lines):
            continue
        score = _score(accepted, len(lines))
        if score >= MIN_SCORE:
            name = _named(names, accepted, family)
            fitting[name] = max(score, fitting.get(name, 0.0))
            if score > best.score:
                best = Turns(name, accepted, score)
    if family in (None, "bold-questions"):
        asked = find_questions(lines, by_hand=family is not None)
        score = _score(asked, len(lines))
        if asked and (family is not None or not _have_labels(asked, best.openings)):
            fitting["bold-questions"] = score
            best = Turns("bold-questions", asked, score) if score > best.score else best
    ranked = sorted(fitting.items(), key=lambda pair: -pair[1]) if family is None else ()
    return replace(best, families=tuple(ranked))


def _is_plausible(opening: Opening, known: dict[tuple[str, bool], bool]) -> bool:
    key = opening.label, _is_set_apart(opening)
    if key not in known:
        known[key] = labels.plausible(opening.label, set_apart=key[1])
    return known[key]


def _is_one_key(openings: Mapping[int, Opening], legend: Mapping[str, str]) -> bool:
    """True where one word alone comes back (Responsible: …, a heading in bold): a key, no speaker."""
    names = {opening.label for opening in openings.values()}
    return (
        len(names) == 1
        and not any(o.marks or (o.emphasised and o.colon) for o in openings.values())
        and not any(name in legend or labels.tells_role(name) for name in names)
    )


def _have_labels(asked: Mapping[int, Opening], labelled: Mapping[int, Opening]) -> bool:
    """True where the questions that are set apart begin with labels: those tell more."""
    places = [index for index, opening in asked.items() if opening.label == ASKS]
    return sum(index in labelled for index in places) > 0.3 * len(places)


def _is_set_apart(opening: Opening) -> bool:
    return bool(opening.marks) or opening.emphasised or opening.alone


def _accepted(
    openings: Mapping[int, Opening], lines: Sequence[Line], legend: Mapping[str, str], *, strict: bool
) -> dict[int, Opening]:
    """The openings whose labels recur, and that look like the others."""
    good = _recurring(openings, lines, legend)
    kept = {index: opening for index, opening in openings.items() if opening.label in good}
    kept = {i: o for i, o in kept.items() if not o.alone or _is_followed(i, lines, openings)}
    kept = _of_one_look(kept, lines, legend)
    if strict:
        counts = Counter(opening.label for opening in kept.values())
        changes = _change_rate(kept)
        if len(counts) < 2 or changes < 0.3 or len(kept) < 0.1 * len(lines):
            return {}
        bare = [
            i for i, o in kept.items() if o.alone and not (o.marks or o.emphasised or o.headed or o.colon)
        ]
        close = sum(not lines[i].gap for i in bare)  # words on lines of their own, and no blank line above
        if 5 * close > len(kept) and (changes < 0.6 or len(kept) < 0.25 * len(lines)):
            return {}
    return kept


def _of_one_look(
    openings: Mapping[int, Opening], lines: Sequence[Line], legend: Mapping[str, str]
) -> dict[int, Opening]:
    """Without rare labels that lack what (nearly) all others have: a time, bold, a TAB, capitals, a gap."""
    counts = Counter(opening.label for opening in openings.values())
    often = {label for label, n in counts.items() if n >= max(3, _RARE * len(openings)) or label in legend}
    looks = {index: _look(opening, lines[index]) for index, opening in openings.items()}
    model = [looks[index] for index, opening in openings.items() if opening.label in often]
    if len(model) < 4:
        return dict(openings)
    shared = [
        name for name, share in _LOOKS.items() if sum(look[name] for look in model) >= share * len(model)
    ]
    has: dict[str, set[str]] = {}
    for index, opening in openings.items():
        has.setdefault(opening.label, set()).update(name for name in shared if looks[index][name])
    fits = {label for label in counts if len(has[label]) == len(shared)}
    frequent = Counter({label: counts[label] for label in often})
    return {
        i: o
        for i, o in openings.items()
        if o.label in often or o.label in fits or ("timed" not in shared and _is_typo(o.label, frequent))
    }


# What labels can have in common, and how many of them must.
_LOOKS: Final = {"timed": 0.8, "bold": 0.9, "tab": 0.9, "capitals": 0.95, "gap": 0.97, "margin": 0.97}


def _look(opening: Opening, line: Line) -> dict[str, bool]:
    indent = len(line.text) - len(line.text.lstrip())
    return {
        "timed": bool(opening.marks),
        "bold": opening.emphasised,
        "tab": "\t" in line.text[: opening.stop],
        "capitals": opening.label.isupper(),
        "gap": line.gap,
        "margin": indent <= 1,
    }


def _is_typo(label: str, counts: Mapping[str, int]) -> bool:
    return any(n >= 3 and labels.likely_typo(label, other) for other, n in counts.items())


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
    if any(label[0].isupper() and counts[label] >= 3 for label in good):  # then dann: and also: are speech
        upper = sum(counts[label] for label in good if not label[0].islower())
        if upper >= 0.7 * sum(counts[label] for label in good):
            good = {label for label in good if not label[0].islower() or label in legend}
    codes = {label for label in counts if labels.is_code(label) and (label.isupper() or len(label) > 2)}
    if len(codes) >= 2 and 2 * sum(counts[label] for label in codes) >= len(lines):
        good |= codes  # a short exchange: I: … B: …
    kept = sum(counts[label] for label in good)
    known = {labels.series(label) for label in good if re.search(r"\d", label)}
    mostly_timed = sum(timed[label] for label in good) >= 0.8 * max(kept, 1)
    dense = kept >= 8 and kept >= 0.5 * len(lines)
    twice = good | {label for label, count in counts.items() if count == 2 and labels.named(label)}
    frequent = {label: counts[label] for label in good if counts[label] >= 3}
    places: dict[str, list[int]] = {}
    for index, opening in openings.items():
        places.setdefault(opening.label, []).append(index)
    group = dense and len(good) >= 4
    between = {index for index, opening in openings.items() if opening.label in twice} | {-1, len(lines)}
    for label in sorted(counts.keys() - good):
        alike = _is_typo(label, frequent)
        in_layout = bool(kept >= 4 and mostly_timed and timed[label])
        in_series = labels.series(label) in known
        in_group = (group or (dense and counts[label] == 2)) and labels.named(label)
        if alike or in_layout or in_series or (in_group and _stands_between(places[label], between)):
            good.add(label)
    return good


def _stands_between(places: Sequence[int], openings: Collection[int]) -> bool:
    """True where a turn is one paragraph between turns of others, and none goes on after it."""
    return all(i + 1 in openings for i in places) and any(i - 1 in openings for i in places)


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
