"""What a corrected file changes in a transcript, paragraph by paragraph, to be looked at before."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding.replacing import Replacement
from qda.coding.rows import ParagraphRow
from qda.coding.transcript import TranscriptDraft
from qda.models.splicing import RULES, Hunk, Places

AROUND: Final = 36  # characters of the old text shown on each side of a change


@dataclass(frozen=True, slots=True)
class Counts:
    """How many paragraphs stay as they are, change, come, go."""

    unchanged: int
    changed: int
    new: int
    gone: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One change: the number of its paragraph, what stood there, what will, and the words around it."""

    paragraph: str
    before: str
    removed: str
    inserted: str
    after: str


def counted(plan: Replacement, paragraphs: Sequence[ParagraphRow], draft: TranscriptDraft) -> Counts:
    """Counts the paragraphs; those of the new text that hold nothing of an old one are new."""
    if not plan.hunks:
        return Counts(len(paragraphs), 0, 0, 0)
    hunk_ends = [hunk.end for hunk in plan.hunks]
    import numpy as np

    places, rules = Places(plan.hunks), RULES["segment"]
    begins = np.array([row.start for row in paragraphs], dtype=np.int64)
    ends = np.array([row.stop for row in paragraphs], dtype=np.int64)
    kept: list[tuple[int, int]] = []
    changed = 0
    for old_start, old_stop, start, stop in zip(
        begins.tolist(),
        ends.tolist(),
        places.moved(begins, rules["start"]).tolist(),
        places.moved(ends, rules["stop"]).tolist(),
        strict=True,
    ):
        if start < stop:
            kept.append((start, stop))
            changed += _inside(plan.hunks, hunk_ends, old_start, old_stop)
    unchanged, gone = len(kept) - changed, len(paragraphs) - len(kept)
    stops = [stop for _start, stop in kept]
    new = sum(_apart(kept, stops, p.start, p.stop) for p in draft.paragraphs)
    return Counts(unchanged, changed, new, gone)


def _inside(hunks: Sequence[Hunk], ends: Sequence[int], start: int, stop: int) -> bool:
    """Whether a hunk reaches into ``start``–``stop``, and does not only touch an end of it."""
    at = bisect_left(ends, start)
    while at < len(hunks) and hunks[at].at < stop:
        hunk = hunks[at]
        if hunk.end > start or (hunk.at == start and not hunk.inserted.endswith("\n")):
            return True
        at += 1
    return at < len(hunks) and hunks[at].at == stop and not hunks[at].inserted.startswith("\n")


def _apart(kept: Sequence[tuple[int, int]], stops: Sequence[int], start: int, stop: int) -> bool:
    at = bisect_right(stops, start)
    return at >= len(kept) or kept[at][0] >= stop


def passages(plan: Replacement, paragraphs: Sequence[ParagraphRow], text: str, *, most: int) -> list[Passage]:
    """The first changes, in the order of the text; such as stand close together are one."""
    starts = [row.start for row in paragraphs]
    return [_passage(run, paragraphs, starts, text) for run in _runs(plan.hunks, text, most)]


def _runs(hunks: Sequence[Hunk], text: str, most: int) -> Iterator[list[Hunk]]:
    run: list[Hunk] = []
    done = 0
    for hunk in hunks:
        if run and (hunk.at - run[-1].end > AROUND or "\n" in text[run[-1].end : hunk.at]):
            yield run
            done += 1
            if done == most:
                return
            run = []
        run.append(hunk)
    if run:
        yield run


def _passage(
    run: Sequence[Hunk], paragraphs: Sequence[ParagraphRow], starts: Sequence[int], text: str
) -> Passage:
    start, stop = run[0].at, run[-1].end
    words: list[str] = []
    at = start
    for hunk in run:
        words += (text[at : hunk.at], hunk.inserted)
        at = hunk.end
    before, after = _before(text, start), _after(text, stop)
    place = max(0, bisect_right(starts, start) - 1)
    number = paragraphs[place].number if paragraphs else ""
    return Passage(number, before, text[start:stop], "".join(words), after)


def _before(text: str, at: int) -> str:
    line = text.rfind("\n", 0, at) + 1
    if at - line <= AROUND:
        return text[line:at]
    blank = text.find(" ", at - AROUND, at)
    return "… " + text[(blank + 1 if blank >= 0 else at - AROUND) : at]


def _after(text: str, at: int) -> str:
    line = text.find("\n", at)
    line = len(text) if line < 0 else line
    if line - at <= AROUND:
        return text[at:line]
    blank = text.rfind(" ", at, at + AROUND)
    return text[at : (blank if blank > at else at + AROUND)] + " …"
