"""Questions set apart by their looks alone: whole paragraphs in bold or italics, the answers plain.

No label stands in the text; the speakers are called I and B.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qda.exchange.openings import Line, Opening

ASKS: Final = "I"
ANSWERS: Final = "B"
_LOOKS: Final = ("bold", "italic", "underline")
_LEAST: Final = 8  # questions with their answers
_QUESTIONS: Final = 0.7  # of what is set apart ends with a question mark,
_IN_ANSWERS: Final = 0.3  # and not more than this share of the answers
_QUESTION: Final = re.compile(r"\?[\s\"'“”„«»’)\]*_!.…]*$")
_WORDS: Final = re.compile(r"[^\W_]|…|\.\.\.")
_INTERJECTION: Final = 4  # words: "Oh, I see." neither asks nor tells a title


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines that follow each other and look alike."""

    first: int
    last: int
    apart: bool


def find_questions(lines: Sequence[Line], *, by_hand: bool = False) -> Mapping[int, Opening]:
    """The openings by line index; empty where it is not very clear that the looks mean two speakers.

    ``by_hand``: somebody says that they do, and the first look that alternates is taken.
    """
    best: tuple[int, list[_Run]] = (0, [])
    seen = frozenset().union(*(line.apart for line in lines if line.apart))
    for look in _LOOKS:
        if look not in seen:
            continue
        runs = _runs(lines, look)
        if not by_hand and not _are_clear(runs, lines):
            continue
        asked = sum(run.apart for run in runs)
        if asked > best[0] and len(runs) > 1:
            best = asked, runs
    return {run.first: _opening(run) for run in best[1]}


def _runs(lines: Sequence[Line], look: str) -> list[_Run]:
    """From the first question on, what is set apart and what is plain, in turn."""
    runs: list[_Run] = []
    for index, line in enumerate(lines):
        apart = look in line.apart
        if line.note or not _WORDS.search(line.text) or (apart and line.text.isupper()):
            continue  # END OF SIDE A
        if line.heading:
            continue
        if runs and runs[-1].apart == apart:
            runs[-1] = _Run(runs[-1].first, index, apart)
        elif runs or (apart and _is_spoken(line.text)):
            runs.append(_Run(index, index, apart))
    return runs


def _is_spoken(text: str) -> bool:
    """False for a title: what comes first asks, or is a sentence, where most words are small."""
    words = text.strip("*_ ").split()
    small = sum(word[0].islower() for word in words)
    sentence = len(words) >= 5 and 2 * small >= len(words) and words[-1][-1] in ".!…"
    return sentence or (len(words) >= 2 and _QUESTION.search(text) is not None)


def _are_clear(runs: Sequence[_Run], lines: Sequence[Line]) -> bool:
    asked = [lines[run.last].text for run in runs if run.apart]
    answered = [lines[run.last].text for run in runs if not run.apart]
    whole = [text for text in asked if len(text.split()) > _INTERJECTION or _QUESTION.search(text)]
    if min(len(whole), len(answered)) < _LEAST or 2 * len(whole) < len(asked):
        return False
    return _share(whole) >= _QUESTIONS and _share(answered) <= _IN_ANSWERS


def _share(texts: Sequence[str]) -> float:
    return sum(_QUESTION.search(text) is not None for text in texts) / len(texts)


def _opening(run: _Run) -> Opening:
    """A label that does not stand in the text: it takes no place."""
    return Opening(ASKS if run.apart else ANSWERS, 0, 0)
