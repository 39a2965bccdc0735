"""Time marks: how they are written, how long they are in milliseconds, and taking them out of a line.

A mark in brackets (``#00:03:22-0#``, ``[00:03:15]``, ``(00:03:15)``, ``{00:12}``) is one wherever it
stands; a bare time (``00:13``) only beside a label, because speech is full of times of day.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from qda.coding.transcript import CLOSING

CLOCK: Final = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,3}|-\d{1,3})?"
_RANGE: Final = rf"{CLOCK}(?:\s*(?:-->|[-–—]|bis|to)\s*{CLOCK})?"
DELIMITED: Final = (
    rf"(?:#{CLOCK}#?|\[\s*#?{_RANGE}#?\s*\]|\(\s*#?{_RANGE}#?\s*\)|\{{\s*{_RANGE}\s*\}}|<\s*{_RANGE}\s*>)"
)
ANY: Final = rf"(?:{DELIMITED}|{_RANGE})"
_DELIMITED: Final = re.compile(DELIMITED)
_CLOCK: Final = re.compile(rf"({CLOCK})")
_LONG: Final = re.compile(r"\d+:\d\d:\d\d")
_PARTS: Final = re.compile(r"(?:(\d+):)?(\d+):(\d\d)(?:[.,-](\d+))?")
_LONE: Final = re.compile(rf"\s*{ANY}\s*")
_LEADING: Final = re.compile(rf"\s*({CLOCK})(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A time mark in a line: ``line[start:stop]``."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line without its marks: each mark's place in the new line, its time and how it was written."""

    text: str
    marks: tuple[tuple[int, int, str], ...]
    cuts: tuple[tuple[int, int], ...]  # what went, in the old line

    def place(self, old: int) -> int:
        """Where a place of the old line lies in the new one."""
        return old - sum(min(stop, old) - start for start, stop in self.cuts if start < old)


def milliseconds(written: str) -> int:
    """The (first) time in ``written``; two parts are minutes and seconds, tenths may follow."""
    found = _CLOCK.search(written)
    parts = _PARTS.fullmatch(found[1]) if found else None
    if parts is None:
        msg = f"no time mark: {written!r}"
        raise ValueError(msg)
    hours, minutes, seconds, rest = parts.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(f"{rest or '':0<3}"[:3])


def delimited(line: str, *, short_in_parentheses: bool) -> list[Mark]:
    """The marks in brackets. ``(12:30)`` may be a time of day: it counts only where the document has many."""
    if ":" not in line:
        return []
    found = []
    for mark in _DELIMITED.finditer(line):
        if mark[0][0] == "(" and not _LONG.search(mark[0]) and not short_in_parentheses:
            continue
        around = line[mark.start() - 1 : mark.start()] + line[mark.end() : mark.end() + 1]
        if len(around) == 2 and around.isalnum():  # inside a word: taking it out would join two words
            continue
        found.append(Mark(mark.start(), mark.end()))
    return found


def uses_short_parentheses(lines: Sequence[str]) -> bool:
    """True where ``(12:30)`` stands at the edge of a line at least three times, and never goes back."""
    edge = re.compile(rf"^\s*(?:[^\s:]+:?\s*)?\(({CLOCK})\)|\(({CLOCK})\)\s*$")
    times = [milliseconds(m[1] or m[2]) for line in lines if (m := edge.search(line))]
    steps = sum(1 for a, b in pairwise(times) if b >= a)
    return len(times) >= 3 and steps >= 0.9 * (len(times) - 1)


def cut(line: str, marks: list[Mark]) -> CutLine:
    """``line`` without ``marks`` and without the white space they leave."""
    if not marks:
        return CutLine(line, (), ())
    cuts: list[tuple[int, int]] = []
    pieces: list[str] = []
    entries: list[tuple[int, int, str]] = []
    done = length = 0
    for mark in sorted(marks, key=lambda m: m.start):
        start, stop = _with_blanks(line, mark, done)
        pieces.append(line[done:start])
        length += start - done
        entries.append((length, milliseconds(line[mark.start : mark.stop]), line[mark.start : mark.stop]))
        cuts.append((start, stop))
        done = stop
    pieces.append(line[done:])
    return CutLine("".join(pieces), tuple(entries), tuple(cuts))


def _with_blanks(line: str, mark: Mark, done: int) -> tuple[int, int]:
    """The mark with the blanks of one side: those after it; before it at the end of a line or a label."""
    start, stop = mark.start, mark.stop
    if line[stop : stop + 1] in CLOSING and stop < len(line):  # **B [00:00:24]**, B (00:24):
        while start > done and line[start - 1].isspace():
            start -= 1
        return start, stop
    while stop < len(line) and line[stop].isspace():
        stop += 1
    if stop == len(line):
        while start > done and line[start - 1].isspace():
            start -= 1
    elif start > done and not line[start - 1].isspace():
        stop = mark.stop
        if line[stop : stop + 1].isspace() and line[stop + 1 : stop + 2].isspace():
            stop += 1
    return start, stop


def lone(lines: Sequence[str]) -> frozenset[int]:
    """The lines that hold a bare time and nothing else, where a document does so at least three times."""
    found = [i for i, line in enumerate(lines) if _LONE.fullmatch(line)]
    times = [milliseconds(lines[i]) for i in found]
    rising = sum(1 for a, b in pairwise(times) if b >= a)
    return frozenset(found if len(found) >= 3 and rising >= 0.8 * (len(found) - 1) else ())


def ends_in_time(words: str) -> bool:
    """True where the last line of a short text is a time: the label's cell of a table."""
    return len(words) < 80 and _LONE.fullmatch(words.rpartition("\n")[2]) is not None


def leading(line: str) -> Mark | None:
    """A bare time at the beginning of a line without label, where the document writes its times so."""
    found = _LEADING.match(line)
    return Mark(found.start(1), found.end(1)) if found else None
