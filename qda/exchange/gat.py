"""Lines that a file numbers itself, as transcripts by GAT 2 do: the numbers, and how wide they stand.

The numbers leave the text and become those of the paragraphs. What stands behind them keeps every blank,
because overlaps are aligned by blanks. Every line, or every fifth one, carries a number in front.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_NUMBER: Final = re.compile(r"(?P<lead>[ \t]*+)(?P<n>\d{1,5})(?P<sign>[.)]?)(?P<gap>\t|[ \u00a0]+|$)")
_LABEL: Final = re.compile(r"\s*[^\W\d_][^\s:]{0,20}(?: [^\s:]{1,20}){0,2}:|\s*[A-ZÄÖÜ]{1,4}\d{0,3}(?:\t|  )")
_LEAST: Final = 6  # lines
_SHARE: Final = 0.7  # of the lines are numbered, where every line should be
_LABELLED: Final = 0.7  # of the numbers stand before a label: then it is the turns that are numbered
_FIFTH: Final = 5


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """``numbers`` and ``widths`` (code points that go from the beginning of the line) by index of line.

    ``numbers`` has an entry for every line that is not blank, from ``first`` on: 1, 2, …, 2a for a line
    without a number after 2, and 3:1 for line 1 of page 3 where a file begins anew on each page.
    """

    first: int
    numbers: Mapping[int, str]
    widths: Mapping[int, int]


def own_numbers(lines: Sequence[str]) -> OwnNumbers | None:
    """The numbers of a text that numbers its lines itself; None where it does not."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    found = {i: m for i in filled if (m := _NUMBER.match(lines[i])) is not None}
    if len(found) < 3:
        return None
    marked = sum(bool(m["sign"]) for m in found.values())
    labelled = sum(1 for i, m in found.items() if _LABEL.match(lines[i], m.end())) / len(found)
    if 2 * marked > len(found) and labelled < 0.3:
        return None  # a list, not a transcript
    first, last = min(found), max(found)
    region = [i for i in filled if first <= i <= last]
    values = {i: int(m["n"]) for i, m in found.items()}
    if _every_line(values, region, share=_SHARE if labelled < _LABELLED else 1 - _LABELLED):
        pass
    elif (fifth := _fifths(values, region)) is not None:
        found = {i: found[i] for i in fifth}
        first = _backwards(min(fifth), values[min(fifth)], filled)
    else:
        return None
    kept = [i for i in filled if i >= first]
    numbers = dict(_named(kept, {i: values[i] for i in found}))
    return OwnNumbers(first, numbers, _widths(lines, kept, found))


def _every_line(values: Mapping[int, int], region: Sequence[int], *, share: float) -> bool:
    if len(values) < max(share * len(region), 3):
        return False
    order = [values[i] for i in region if i in values]
    steps = [b - a for a, b in pairwise(order)]
    ones = sum(step == 1 for step in steps)
    restarts = sum(step < 0 and b <= 2 for step, b in zip(steps, order[1:], strict=True))
    if restarts and len(order) < 8 * (restarts + 1):
        return False
    if len(order) < _LEAST or (order[0] > 20 and ones < 0.95 * len(steps)):
        return len(order) >= 4 and order[0] <= 1 and ones == len(steps)
    rising = sum(0 < step <= 3 for step in steps) + restarts
    return ones + restarts >= 0.7 * len(steps) and rising >= 0.9 * len(steps)


def _fifths(values: Mapping[int, int], region: Sequence[int]) -> list[int] | None:
    """The lines that carry 5, 10, 15, …, each five lines after the other."""
    places = {index: order for order, index in enumerate(region)}
    good = [i for i in values if values[i] % _FIFTH == 0 and values[i]]
    if len(good) < 3 or len(good) < 0.9 * len(values):
        return None
    right = sum(
        values[b] - values[a] == _FIFTH and 3 <= places[b] - places[a] <= _FIFTH for a, b in pairwise(good)
    )
    return good if right >= 0.8 * (len(good) - 1) else None


def _backwards(index: int, value: int, filled: Sequence[int]) -> int:
    """The line that has number 1 where line ``index`` has ``value``."""
    order = filled.index(index)
    return filled[max(order - value + 1, 0)]


def _named(kept: Sequence[int], values: Mapping[int, int]) -> Iterator[tuple[int, str]]:
    told = [i for i in kept if i in values]
    page, several = 1, any(values[b] < values[a] and values[b] <= 2 for a, b in pairwise(told))
    taken: dict[str, int] = {}
    before = 0
    counted = dict(_counted(kept, values))
    for index in kept:
        value = counted.get(index)
        if value is not None:
            page += value < before and value <= 2
            before = value
        name = _free(f"{page}:{before}" if several else str(before), taken, letter=value is None)
        yield index, name


def _counted(kept: Sequence[int], values: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The numbers told, and those between two that are as many lines apart as their numbers say."""
    order = {index: place for place, index in enumerate(kept)}
    told = [i for i in kept if i in values]
    yield from ((i, values[i]) for i in told)
    if told and values[told[0]] == order[told[0]] + 1:
        yield from ((kept[place], place + 1) for place in range(order[told[0]]))
    for a, b in pairwise(told):
        if 1 < values[b] - values[a] == order[b] - order[a]:
            yield from ((kept[order[a] + k], values[a] + k) for k in range(1, order[b] - order[a]))
    lone = len(told) < 0.5 * len(kept)
    if told and lone:
        last = told[-1]
        yield from (
            (kept[place], values[last] + place - order[last]) for place in range(order[last] + 1, len(kept))
        )


def _free(name: str, taken: dict[str, int], *, letter: bool) -> str:
    """The name, with a letter where it is taken or only continues a number."""
    if name not in taken:
        taken[name] = 0
        if not letter:
            return name
    taken[name] += 1
    return name + _letters(taken[name])


def _letters(count: int) -> str:
    """a, b, … z, aa, ab, … for 1, 2, …."""
    out = ""
    while count:
        count, rest = divmod(count - 1, 26)
        out = chr(97 + rest) + out
    return out


def _widths(lines: Sequence[str], kept: Sequence[int], found: Mapping[int, re.Match[str]]) -> dict[int, int]:
    """How much goes from each line: up to one column where the text stands in one, else the same gap."""
    columns: dict[int, int] = {}
    gap = 1 << 16
    for i, m in found.items():
        if m["gap"] == "\t" or m.end() == len(lines[i]):
            continue
        columns[m.end("sign")] = min(columns.get(m.end("sign"), 1 << 16), m.end())
        gap = min(gap, m.end() - m.end("sign"))
    column = columns.popitem()[1] if len(set(columns.values())) == 1 else 0
    widths = {}
    for i in kept:
        number = found.get(i)
        leading = len(lines[i]) - len(lines[i].lstrip(" \t"))
        if number is None:
            tab = lines[i].startswith("\t") and gap == 1 << 16
            widths[i] = 1 if tab else min(leading, column)
        elif number["gap"] == "\t":
            widths[i] = number.end()
        else:
            widths[i] = min(column or number.end("sign") + gap, number.end())
    return widths
