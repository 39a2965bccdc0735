"""What was changed in a text while it is being typed: hunks of the old text, exact after every change.

Places are counted as whoever tells the changes counts them: for Qt's UTF-16 the texts are :func:`in_units`.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from qda.coding.aligning import hunks_between
from qda.models.splicing import Hunk

_HIGH, _LOW = ("\ud800", "\udbff"), ("\udc00", "\udfff")
_JOINERS: Final = "\u200c\u200d"
_ALIGNED: Final = 20_000  # signs of a passage pasted over another in which words that stayed are looked for


def in_units(text: str) -> str:
    """The text with each character beyond U+FFFF as its two surrogates, so that places are UTF-16 units."""
    if not text or max(text) <= "\uffff":
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, memoryview(raw).cast("H")))


def in_points(units: str) -> str:
    """The text of :func:`in_units` again; half a character that stands alone goes."""
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


class Edits:
    """All changes of one text. ``old`` is the text before the first of them."""

    def __init__(self, old: str) -> None:
        self.old = old
        self._at: list[int] = []  # the hunks: place and end in the old text, and what stands there now
        self._end: list[int] = []
        self._now: list[str] = []
        self._starts: list[int] = []  # where they stand now

    def __len__(self) -> int:
        return len(self._at)

    def hunks(self) -> list[Hunk]:
        """What makes the new text of the old one, in order; no two touch."""
        return [
            Hunk(at, self.old[at:end], now)
            for at, end, now in zip(self._at, self._end, self._now, strict=True)
        ]

    def text(self) -> str:
        """The new text."""
        pieces: list[str] = []
        at = 0
        for start, end, now in zip(self._at, self._end, self._now, strict=True):
            pieces += (self.old[at:start], now)
            at = end
        return "".join((*pieces, self.old[at:]))

    def change(self, at: int, removed: int, inserted: str) -> None:
        """At ``at`` of the new text ``removed`` signs gave way to ``inserted``; what stayed is no change."""
        gone = self._slice(at, at + removed)
        first, last = _common(gone, inserted)
        gone, inserted = gone[first : len(gone) - last], inserted[first : len(inserted) - last]
        if not gone and not inserted:
            return
        for hunk in reversed(_parts(gone, inserted, at + first)):
            self._put(hunk.at, hunk.end, hunk.inserted)

    def old_place(self, place: int) -> tuple[int, bool]:
        """Where a place of the new text stood in the old one; whether the sign there is one of the old."""
        hunk = bisect_left(self._starts, place + 1) - 1
        if hunk < 0:
            return place, True
        inside = place - self._starts[hunk]
        if inside < len(self._now[hunk]):
            return self._at[hunk], False
        return self._end[hunk] + inside - len(self._now[hunk]), True

    def _slice(self, start: int, stop: int) -> str:
        pieces: list[str] = []
        at = start
        hunk = max(0, bisect_left(self._starts, start) - 1)
        while at < stop:
            if hunk < len(self._at):
                begin, now = self._starts[hunk], self._now[hunk]
                if begin <= at < begin + len(now):
                    piece = now[at - begin : stop - begin]
                    pieces.append(piece)
                    at += len(piece)
                    continue
                if at >= begin + len(now) and (hunk + 1 < len(self._at) and self._starts[hunk + 1] <= at):
                    hunk += 1
                    continue
            after = bisect_left(self._starts, at + 1)
            upto = min(stop, self._starts[after]) if after < len(self._starts) else stop
            old, _kept = self.old_place(at)
            pieces.append(self.old[old : old + upto - at])
            at = upto
            hunk = after
        return "".join(pieces)

    def _put(self, start: int, stop: int, inserted: str) -> None:
        """Replaces a run of the new text; hunks that it touches become one with it."""
        first = bisect_left(self._starts, start)
        if first and self._starts[first - 1] + len(self._now[first - 1]) >= start:
            first -= 1
        last = first
        while last < len(self._at) and self._starts[last] <= stop:
            last += 1
        at, end, now = self._plain(first, start), self._plain(first, stop), inserted
        if last > first:
            here = self._starts[first]
            if here < start or here == start:
                at, now = self._at[first], self._now[first][: start - here] + now
            there, tail = self._starts[last - 1], self._now[last - 1]
            if there + len(tail) >= stop:
                end, now = self._end[last - 1], now + tail[stop - there :]
            else:
                end = self._end[last - 1] + stop - there - len(tail)
        growth = len(inserted) - (stop - start)
        gone = self.old[at:end]
        left, right = _common(gone, now)
        made = (at + left, end - right, now[left : len(now) - right])
        new = [made] if made[0] < made[1] or made[2] else []
        shift = self._starts[first] - self._at[first] if last > first else start - at
        self._at[first:last] = [at for at, _end, _now in new]
        self._end[first:last] = [end for _at, end, _now in new]
        self._now[first:last] = [now for _at, _end, now in new]
        self._starts[first:last] = [at + shift for at, _end, _now in new]
        for hunk in range(first + len(new), len(self._starts)):
            self._starts[hunk] += growth

    def _plain(self, hunk: int, place: int) -> int:
        """The old place of one that lies behind the hunks before ``hunk``."""
        if not hunk:
            return place
        return self._end[hunk - 1] + place - self._starts[hunk - 1] - len(self._now[hunk - 1])


def _parts(gone: str, inserted: str, at: int) -> list[Hunk]:
    """A passage put over another keeps the words that are in both."""
    if not (len(gone.split()) > 1 < len(inserted.split())) or len(gone) + len(inserted) > _ALIGNED:
        return [Hunk(at, gone, inserted)]
    before, after = in_points(gone), in_points(inserted)
    if in_units(before) != gone or in_units(after) != inserted:
        return [Hunk(at, gone, inserted)]
    before, after = before.replace("\u2029", "\n"), after.replace("\u2029", "\n")
    parts = []
    for hunk in hunks_between(before, after):
        removed, words = (in_units(w).replace("\n", "\u2029") for w in (hunk.removed, hunk.inserted))
        parts.append(Hunk(at + len(in_units(before[: hunk.at])), removed, words))
    return parts


def _common(one: str, other: str) -> tuple[int, int]:
    """How many signs are the same at the beginning and, beside those, at the end; no character is cut."""
    most = min(len(one), len(other))
    first = _same(one, other, most)
    if first and _HIGH[0] <= one[first - 1] <= _HIGH[1]:
        first -= 1
    last = _same(one[::-1], other[::-1], most - first)
    if last and _LOW[0] <= one[len(one) - last] <= _LOW[1]:
        last -= 1
    return first, last


def _same(one: str, other: str, most: int) -> int:
    if one[:most] == other[:most]:
        return most
    return next(n for n in range(most) if one[n] != other[n])


def with_words(old: str, hunks: Sequence[Hunk]) -> list[Hunk]:
    """The same changes, where letters typed at the end or the beginning of a word are part of that word.

    So what quotes a word goes on quoting all of it: the letter beside is taken into the hunk.
    """
    done: list[Hunk] = []
    for number, hunk in enumerate(hunks):
        if hunk.removed:
            done.append(hunk)
            continue
        at, words = hunk.at, hunk.inserted
        left = at > (done[-1].end if done else 0) and _is_word(old, at - 1)
        right = at < (hunks[number + 1].at if number + 1 < len(hunks) else len(old)) and _is_word(old, at)
        if left == right:  # between two words, or inside one: its borders are meant exactly
            done.append(hunk)
            continue
        same = [_is_word(words, n) for n in range(len(words))]
        if left:
            cut = same.index(False) if False in same else len(words)
            if cut:
                done.append(Hunk(at - 1, old[at - 1], old[at - 1] + words[:cut]))
            if words[cut:]:
                done.append(Hunk(at, "", words[cut:]))
        else:
            cut = len(words) - (same[::-1].index(False) if False in same else len(words))
            if words[:cut]:
                done.append(Hunk(at, "", words[:cut]))
            if words[cut:]:
                done.append(Hunk(at, old[at], words[cut:] + old[at]))
    return done


def _is_word(text: str, at: int) -> bool:
    sign = text[at]
    return sign.isalnum() or sign == "_" or sign in _JOINERS or unicodedata.category(sign)[0] == "M"
