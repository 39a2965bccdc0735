"""Words that join two things said: of reason, condition, consequence, contrast, concession, and of negation.

The lists are data (``cues.de.json``, ``cues.en.json``) and short on purpose: a cue word says where to look,
never what is meant. Words are compared without regard to case, ß as ss; a cue of several words stands
unbroken but for blanks and signs between them.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from qda import resources

CueKind = Literal["reason", "condition", "consequence", "contrast", "concession", "negation"]
KINDS: Final[tuple[CueKind, ...]] = (
    *("reason", "condition", "consequence"),
    *("contrast", "concession", "negation"),
)
AGAINST: Final[frozenset[CueKind]] = frozenset(("contrast", "concession", "negation"))
JOINING: Final[frozenset[CueKind]] = frozenset(
    ("reason", "condition", "consequence", "contrast", "concession")
)
LANGUAGES: Final = ("de", "en")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word as it is said, at ``start``–``stop`` (code points in its document)."""

    kind: CueKind
    word: str
    start: int
    stop: int


_Entry = tuple[tuple[str, ...], CueKind]  # the words behind the first one, and what the whole is


@cache
def cue_words(language: str) -> dict[str, tuple[_Entry, ...]]:
    """The cues of a language by their first word (folded), longest first; nothing for other languages."""
    if language not in LANGUAGES:
        return {}
    lists = json.loads(resources.path(f"cues.{language}.json").read_text(encoding="utf-8"))
    found: dict[str, list[_Entry]] = defaultdict(list)
    for kind in KINDS:
        for written in lists[kind]:
            first, *rest = _WORD.findall(_folded(written))
            found[first].append((tuple(rest), kind))
    return {first: tuple(sorted(some, key=lambda one: -len(one[0]))) for first, some in found.items()}


def cues_in(text: str, language: str, start: int, stop: int) -> tuple[Cue, ...]:
    """The cues of a stretch of ``text``; words that it cuts through count, as far as the text goes."""
    if language not in LANGUAGES:
        return ()
    words = list(_WORD.finditer(text, *_whole_words(text, start, stop)))
    found = []
    for at, count, kind in _matches([_folded(word[0]) for word in words], language):
        begin, end = words[at].start(), words[at + count - 1].end()
        found.append(Cue(kind, " ".join(text[begin:end].split()), begin, end))
    return tuple(found)


def kinds_in(text: str, language: str, start: int, stop: int) -> frozenset[CueKind]:
    """Of which kinds there are cues in a stretch of ``text``: as :func:`cues_in`, but faster."""
    if language not in LANGUAGES:
        return frozenset()
    start, stop = _whole_words(text, start, stop)
    words = _WORD.findall(_folded(text[start:stop]))
    return frozenset(kind for _at, _count, kind in _matches(words, language))


def _matches(words: list[str], language: str) -> Iterator[tuple[int, int, CueKind]]:
    """Where cues stand in folded words: number of the first word, how many words, what it is."""
    known, free = cue_words(language), 0
    for at, first in enumerate(words):
        if first in known and at >= free:
            for rest, kind in known[first]:
                if not rest or tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                    free = at + 1 + len(rest)
                    yield at, 1 + len(rest), kind
                    break


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def _whole_words(text: str, start: int, stop: int) -> tuple[int, int]:
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < stop < len(text) and text[stop - 1].isalnum() and text[stop].isalnum():
        stop += 1
    return start, stop
