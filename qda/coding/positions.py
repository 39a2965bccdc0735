"""Positions in a text: Unicode code points, from 0, end exclusive.

One stored text is normalised once, when it comes in, and never silently again. Qt counts UTF-16 units;
:class:`QtPositions` converts at the view's edge and nowhere else.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:stop]``, in code points."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            msg = f"no span: {self.start}–{self.stop}"
            raise ValueError(msg)

    def overlaps(self, other: "Span") -> bool:
        """True where the two share at least one code point."""
        return self.start < other.stop and other.start < self.stop

    def contains(self, other: "Span") -> bool:
        """True where ``other`` lies wholly inside."""
        return self.start <= other.start and other.stop <= self.stop


class QtPositions:
    """Code points of one text to Qt's UTF-16 units and back; built once a text."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        self._astral: npt.NDArray[np.int64] = np.flatnonzero(codes > 0xFFFF)  # code points
        self._astral_qt = self._astral + np.arange(len(self._astral))  # the same places, in units

    def to_qt(self, point: int) -> int:
        """The UTF-16 unit at which code point ``point`` begins."""
        return point + int(np.searchsorted(self._astral, point, side="left"))

    def from_qt(self, unit: int) -> int:
        """The code point at UTF-16 unit ``unit``; a unit inside a pair means the pair's beginning."""
        return unit - int(np.searchsorted(self._astral_qt, unit, side="left"))

    def many_to_qt(self, points: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """As :meth:`to_qt`, for an array of code points."""
        return points + np.searchsorted(self._astral, points, side="left")


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where places of a foreign text lie in the normalised one (both in code points).

    From ``sources[i]`` on a place lies at ``targets[i]``, and runs along with the foreign text
    (``step[i]`` 1) or stands (``step[i]`` 0: characters that went; they fall on the next kept one).
    Never decreasing: what came later stays later.
    """

    sources: tuple[int, ...]
    targets: tuple[int, ...]
    step: tuple[int, ...]

    def to_text(self, position: int) -> int:
        """The place in the normalised text of ``position`` in the foreign one."""
        at = bisect_right(self.sources, position) - 1
        if at < 0:
            return position
        return self.targets[at] + (position - self.sources[at]) * self.step[at]

    def span(self, start: int, stop: int) -> Span:
        """The normalised place of the foreign ``[start, stop)``."""
        return Span(self.to_text(start), self.to_text(stop))


# Removed or replaced in every text. VT and FF are C0 controls and go like the others.
_LINE_ENDS: Final = r"\r\n|[\r\u2029\ufdd0\ufdd1]"
_GO: Final = r"\ufeff\ufffe\ud800-\udfff\x00-\x08\x0b-\x1f"
# ZWNJ and ZWJ shape words in these scripts and hold emoji together; between other letters they are dirt.
_JOINED: Final = (
    "\u0600-\u07ff\u0840-\u109f\u1780-\u18af\u1900-\u1aaf\u1b00-\u1c7f\ua840-\uabff"
    "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
    "\u2600-\u27bf\u2b00-\u2bff\ufe0f\U00010a00-\U00012000\U0001f000-\U0001faff"
)
_EMOJI_NEXT: Final = "\u2190-\u21ff\u2300-\u23ff"  # ♀ and ♂ lie above, the arrows of family signs here
_CODED: Final = re.compile(f"{_LINE_ENDS}|[{_GO}]")
_UNCODED: Final = re.compile(
    f"{_LINE_ENDS}|\u2028|[{_GO}\u00ad\u200b\u2060\u180e]"
    f"|[\u200c\u200d](?![{_JOINED}{_EMOJI_NEXT}])|(?<![{_JOINED}])[\u200c\u200d]"
)
# Most lines hold nothing of all this, and one class of characters is looked for many times as fast.
_ANY: Final = re.compile(f"[\u2028\u2029\ufdd0\ufdd1{_GO}\u00ad\u200b\u2060\u180e\u200c\u200d]")
_LINE_ENDING: Final = frozenset("\r\u2028\u2029\ufdd0\ufdd1")
# Every character below U+0300 is a starter, stable under NFC, and never joins the one before it.
_MAY_CHANGE: Final = re.compile("[\x00-\u02ff]?[\u0300-\U0010ffff]+")
_JOINS_BACK: Final = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\U00016d63\U00016d67]")

_Edit = tuple[int, int, str]  # start, stop, and what stands there instead


def normalise(text: str, *, coded: bool = False) -> tuple[str, OffsetMap]:
    """The text as it is stored, and where its foreign places went.

    CRLF, CR, U+2029, U+FDD0 and U+FDD1 become LF. BOM, U+FFFE, lone surrogates and the C0 controls other
    than TAB and LF go. A document that comes ``coded`` keeps everything else exactly. One that comes
    uncoded is put into NFC, loses soft hyphens and zero-width characters, and its U+2028 (a line end to
    every reader) becomes LF. ZWJ and ZWNJ stay where they carry meaning: inside emoji and inside the
    scripts whose letters they shape (Arabic, Persian, Indic). Direction marks stay. Twice gives the same.
    """
    pattern = _CODED if coded else _UNCODED
    found = pattern.finditer(text) if _ANY.search(text) else ()
    edits = [(m.start(), m.end(), "\n" if m[0][0] in _LINE_ENDING else "") for m in found]
    clean, first = _edited(text, edits)
    if coded or unicodedata.is_normalized("NFC", clean):
        return clean, first
    composed, second = _edited(clean, list(_compositions(clean)))
    return composed, _chained(first, second)


def _edited(text: str, edits: list[_Edit]) -> tuple[str, OffsetMap]:
    pieces: list[str] = []
    sources, targets, step = [0], [0], [1]
    done = length = 0

    def enter(source: int, target: int, runs: int) -> None:
        if sources[-1] == source:
            targets[-1], step[-1] = target, runs
        else:
            sources.append(source)
            targets.append(target)
            step.append(runs)

    for start, stop, instead in edits:
        pieces += (text[done:start], instead)
        length += start - done
        if instead == "\n":  # CRLF: the CR stands, the LF is the line end
            enter(start, length, 0)
            enter(stop - 1, length, 1)
        else:
            kept = min(stop - start, len(instead))
            enter(start, length, 1)
            enter(start + kept, length + len(instead), 0)
        length += len(instead)
        enter(stop, length, 1)
        done = stop
    pieces.append(text[done:])
    return "".join(pieces), OffsetMap(tuple(sources), tuple(targets), tuple(step))


def _compositions(text: str) -> Iterator[_Edit]:
    """What NFC changes, in pieces as small as can be."""
    for run in _MAY_CHANGE.finditer(text):
        if unicodedata.is_normalized("NFC", run[0]):
            continue
        start = run.start()
        for at in range(run.start() + 1, run.end() + 1):
            if at < run.end() and not _begins(text[at]):
                continue
            piece = text[start:at]
            composed = unicodedata.normalize("NFC", piece)
            if composed != piece:
                yield start, at, composed
            start = at


def _begins(character: str) -> bool:
    """True where NFC never joins ``character`` to what stands before it."""
    return (
        unicodedata.combining(character) == 0
        and not unicodedata.category(character).startswith("M")
        and not _JOINS_BACK.match(character)
    )


def _chained(first: OffsetMap, second: OffsetMap) -> OffsetMap:
    """``second`` after ``first``."""
    places = set(first.sources)
    for target in second.sources:
        at = bisect_left(first.targets, target)
        for i in range(max(at - 1, 0), min(at + 1, len(first.sources))):
            if first.step[i]:
                place = first.sources[i] + target - first.targets[i]
                after = first.sources[i + 1] if i + 1 < len(first.sources) else place + 1
                if first.sources[i] <= place < after:
                    places.add(place)
    sources = sorted(places)
    targets: list[int] = []
    step: list[int] = []
    for place in sources:
        between = first.to_text(place)
        runs = first.step[bisect_right(first.sources, place) - 1]
        targets.append(second.to_text(between))
        step.append(runs and second.step[bisect_right(second.sources, between) - 1])
    return OffsetMap(tuple(sources), tuple(targets), tuple(step))
