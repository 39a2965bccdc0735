"""Line numbers at a fixed measure: a property of the study, never of a window.

A line holds at most so many characters as the study's measure says; it breaks after white space, and a
longer word is cut. Each paragraph begins a line, blank lines and the head of a transcript have no number.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

LEAST: Final = 20  # characters a line
MOST: Final = 400


@lru_cache(maxsize=8)
def _line(measure: int) -> re.Pattern[str]:
    return re.compile(rf".{{1,{measure}}}(?:\s+|$)|.{{1,{measure}}}", re.DOTALL)


class LineNumbers:
    """The lines of one stored text. ``paragraphs`` are (start, stop) of those that count, in order."""

    def __init__(self, text: str, paragraphs: Iterable[tuple[int, int]], *, measure: int) -> None:
        line = _line(measure)
        self._starts = [
            found.start() for start, stop in paragraphs for found in line.finditer(text, start, stop)
        ]

    def __len__(self) -> int:
        return len(self._starts)

    def at(self, position: int) -> int:
        """The number (from 1) of the line that holds ``position``; 0 before the first line."""
        return bisect_right(self._starts, position)

    def between(self, start: int, stop: int) -> str:
        """The lines of a passage as they are cited: "120–124" or "120"; empty in the head."""
        first, last = self.at(start), self.at(max(start, stop - 1))
        if not first:
            return ""
        return str(first) if first == last else f"{first}–{last}"

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each line begins, in code points."""
        return tuple(self._starts)
