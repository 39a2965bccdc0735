"""Names before the words of a cue: ``Name: words``, ``[Name] words``, ``<Name> words``, after a dash or not.

A name counts where it recurs, or where nearly every cue begins with one; "also: …" in somebody's speech and
"[music]" are none.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from qda.exchange import labels

_DASH: Final = re.compile(r"(?:[-–—]|>>)\s*+(?=\S)")
_COLON: Final = re.compile(r"([^\W\d_][^:：\n<>\[\]]{0,58}?)\s*+[:：](?:\s++|$)")
_BRACKET: Final = re.compile(
    r"(?:\[([^\W\d_][^\[\]<>:]{0,58})\]|<([^\W\d_][^\[\]<>:]{0,58})>)\s*+:?(?:\s++|$)"
)
_SENTENCE: Final = re.compile(r"[,;!?…\"„“]|\w{5}\.\s")
_NEARLY_ALL: Final = 0.8  # of the cues


def has_dash(line: str) -> bool:
    """True for ``- Hello.``: a line of a dialogue."""
    return _DASH.match(line) is not None


@dataclass(frozen=True, slots=True)
class Named:
    """The names that a file uses, before a colon and in brackets."""

    colon: frozenset[str]
    bracket: frozenset[str]

    @classmethod
    def of(cls, cues: Sequence[Sequence[str]]) -> "Named":
        """Reads them from the lines of all cues that no tag gives to somebody."""
        cues = [cue for cue in cues if cue]
        return cls(frozenset(_colon_names(cues)), frozenset(_bracket_names(cues)))

    def split(self, line: str) -> tuple[str, str]:
        """The name before the words, or an empty text, and the words."""
        dash = _DASH.match(line)
        bare = line[dash.end() :] if dash else line
        found = _BRACKET.match(bare)
        if found is not None and (name := _clean(found[1] or found[2])) in self.bracket:
            return name, bare[found.end() :]
        found = _COLON.match(bare)
        if found is not None and (name := _clean(found[1])) in self.colon:
            return name, bare[found.end() :]
        return "", line


def _colon_names(cues: Sequence[Sequence[str]]) -> set[str]:
    lines = [line for cue in cues for line in cue]
    counts = Counter(name for line in lines if (name := _name(_COLON, line)))
    first = Counter(name for cue in cues if (name := _name(_COLON, cue[0])))
    if sum(first.values()) >= _NEARLY_ALL * len(cues) and len(first) <= max(10, len(cues) // 5):
        return {name for name in counts if name in first}
    good = {name: count for name, count in counts.items() if labels.plausible(name)}
    codes = {name for name in good if labels.is_code(name)}
    kept = {name for name, count in good.items() if count >= 3 or (count == 2 and name in codes)}
    return kept | (codes if len(codes) >= 2 else set())


def _bracket_names(cues: Sequence[Sequence[str]]) -> set[str]:
    order = [
        name
        for cue in cues
        for line in cue
        if (name := _name(_BRACKET, line)) and labels.plausible(name) and not labels.is_gesture(name)
    ]
    changes = sum(1 for a, b in pairwise(order) if a != b)
    counts = Counter(order)
    often = {name for name, count in counts.items() if count >= 2 or labels.is_code(name)}
    if len(often) < 2 or changes < 0.1 * len(order) or len(order) < 0.1 * len(cues):
        return often if often and all(labels.is_code(name) for name in often) else set()
    return often if len(order) < _NEARLY_ALL * len(cues) else set(counts)


def _name(pattern: re.Pattern[str], line: str) -> str:
    """The name that ``line`` may begin with, else an empty text; something must follow it."""
    dash = _DASH.match(line)
    found = pattern.match(line, dash.end() if dash else 0)
    if found is None or (pattern is _BRACKET and found.end() == len(line)):
        return ""
    name = _clean(next(group for group in found.groups() if group))
    return "" if len(name.split()) > 6 or _SENTENCE.search(name) else name


def _clean(name: str) -> str:
    return " ".join(name.split())
