"""What was changed between two versions of a text, as hunks of whole words.

Lines are matched first, then the words inside those that differ; what stayed between two large changes by
chance (an "und") is taken as changed too.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from qda.models.splicing import Hunk

_TOKENS: Final = re.compile(r"\n|[^\S\n]+|\w[\w\u0300-\u036f\u200c\u200d]*|[^\w\s]")
_CHANCE: Final = 4  # what stayed is chance where the changes on both sides are so many times as long
_LARGE: Final = 24  # characters of a change that may swallow what stayed beside it
_WORDS: Final = re.compile(r"\w[\w\u0300-\u036f\u200c\u200d]*")
_FEW: Final = 12  # words of a change in which a word in another spelling is looked for
_LONG_WORD: Final = 4  # characters; shorter words are alike by chance
_ALIKE: Final = 70.0  # of 100 (rapidfuzz)
_ENDS: Final = ".!?…:\n"  # of a sentence
_FIRST_SIGN: Final = 0x10000

_Edit = tuple[int, int, int, int]  # old start and stop, new start and stop


def hunks_between(old: str, new: str, *, at: int = 0) -> list[Hunk]:
    """Hunks that make ``new`` of ``old``; ``at`` is where ``old`` begins in the whole text."""
    if old == new:
        return []
    old_lines, new_lines = old.split("\n"), new.split("\n")
    old_at, new_at = _starts(old_lines), _starts(new_lines)
    hunks: list[Hunk] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_lines, new_lines, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        # A line with its end: at the end of the text, with the line end before it.
        a, b, c, d = old_at[i1], old_at[i2], new_at[j1], new_at[j2]
        if b > len(old) or d > len(new):
            b, d = len(old), len(new)
            if i1 and j1 and (i1 == i2 or j1 == j2):
                a, c = a - 1, c - 1
        hunks += _by_words(old[a:b], new[c:d], at + a)
    return hunks


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _by_words(old: str, new: str, at: int) -> list[Hunk]:
    if not old or not new:
        return [Hunk(at, old, new)]
    edits = _at_borders(old, new, _without_chance(old, _edits(old, new)))
    return [
        Hunk(at + a, old[a:b], new[c:d]) for edit in edits for a, b, c, d in _word_for_word(old, new, edit)
    ]


def _edits(old: str, new: str) -> Iterator[_Edit]:
    from rapidfuzz.distance import Levenshtein

    signs: dict[str, str] = {}
    olds, news = _TOKENS.findall(old), _TOKENS.findall(new)
    # Each word as one character: the comparison is quick for strings only.
    coded = [
        "".join(signs.setdefault(t, chr(_FIRST_SIGN + len(signs))) for t in side) for side in (olds, news)
    ]
    old_at, new_at = _places(olds), _places(news)
    for step in Levenshtein.opcodes(*coded):
        if step.tag != "equal":
            yield (
                old_at[step.src_start],
                old_at[step.src_end],
                new_at[step.dest_start],
                new_at[step.dest_end],
            )


def _places(tokens: Sequence[str]) -> list[int]:
    places = [0]
    for token in tokens:
        places.append(places[-1] + len(token))
    return places


def _without_chance(old: str, edits: Iterator[_Edit]) -> list[_Edit]:
    """Edits that touch, or between which next to nothing stayed, become one."""
    done: list[_Edit] = []
    for edit in edits:
        joined = edit
        while done and _by_chance(old, done[-1], joined):
            last = done.pop()
            joined = (last[0], joined[1], last[2], joined[3])
        done.append(joined)
    return done


def _at_borders(old: str, new: str, edits: list[_Edit]) -> list[_Edit]:
    """Where the same words stand before and behind what came or went: sentences, not halves of two."""
    done: list[_Edit] = []
    for n, (a, b, c, d) in enumerate(edits):
        before = done[-1] if done else (0, 0, 0, 0)
        after = edits[n + 1] if n + 1 < len(edits) else (len(old), len(old), len(new), len(new))
        if c == d:
            by = _slide(old, a, b, before[1], after[0])
        elif a == b:
            by = _slide(new, c, d, before[3], after[2])
        else:
            by = 0
        done.append((a + by, b + by, c + by, d + by))
    return done


def _slide(text: str, start: int, stop: int, low: int, high: int) -> int:
    """How far the run is best moved; between ``low`` and ``high`` the text stayed."""
    places = [0]
    while start + places[-1] > low and text[start + places[-1] - 1] == text[stop + places[-1] - 1]:
        places.append(places[-1] - 1)
    places.append(0)
    while stop + places[-1] < high and text[start + places[-1]] == text[stop + places[-1]]:
        places.append(places[-1] + 1)
    return max(places, key=lambda by: (_border(text, start + by), -abs(by)))


def _border(text: str, at: int) -> int:
    """How good a place to cut: a line, a sentence, a word, none."""
    before, after = text[max(0, at - 2) : at], text[at : at + 1]
    if not before or before.endswith("\n"):
        return 4
    if before[-1].isspace() and before[0] in _ENDS:
        return 3
    if before[-1].isspace() or after.isspace():
        return 2
    return 1 if not (before[-1].isalnum() and after.isalnum()) else 0


def _by_chance(old: str, before: _Edit, after: _Edit) -> bool:
    stayed = old[before[1] : after[0]]
    least = min(max(e[1] - e[0], e[3] - e[2]) for e in (before, after))
    return not stayed or ("\n" not in stayed and least >= _LARGE and len(stayed) * _CHANCE <= least)


def _word_for_word(old: str, new: str, edit: _Edit) -> Iterator[_Edit]:
    """A short edit, cut where a word is still there in another spelling."""
    a, b, c, d = edit
    olds, news = (
        [(m.start(), m.end()) for m in _WORDS.finditer(side, *ends)]
        for side, ends in ((old, (a, b)), (new, (c, d)))
    )
    if 0 < len(olds) <= _FEW and 0 < len(news) <= _FEW and len(olds) + len(news) > 2:
        for i, j in _spelt_otherwise([old[x:y] for x, y in olds], [new[x:y] for x, y in news]):
            (x, y), (u, v) = olds[i], news[j]
            yield from _changed((a, x, c, u))
            yield x, y, u, v
            a, c = y, v
    yield from _changed((a, b, c, d))


def _changed(edit: _Edit) -> Iterator[_Edit]:
    if edit[0] < edit[1] or edit[2] < edit[3]:
        yield edit


def _spelt_otherwise(olds: Sequence[str], news: Sequence[str]) -> list[tuple[int, int]]:
    """As many pairs of words that are nearly the same as can be had in order."""
    best: list[list[int]] = [[0] * (len(news) + 1) for _row in range(len(olds) + 1)]
    alike = [[_alike(x, y) for y in news] for x in olds]
    for i in reversed(range(len(olds))):
        for j in reversed(range(len(news))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(olds) and j < len(news):
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _alike(old: str, new: str) -> bool:
    from rapidfuzz import fuzz

    x, y = old.casefold(), new.casefold()
    return x == y or (min(len(x), len(y)) >= _LONG_WORD and fuzz.ratio(x, y) >= _ALIKE)
