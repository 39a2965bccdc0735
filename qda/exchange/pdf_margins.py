"""What is printed on every page and belongs to none: running headers, footers, page numbers, gutter numbers.

Everything is told by its place and by coming again: a line at the edge of the page that returns on other
pages with at most its page number changed; numbers that rise beside the column of the text. Numbers that a
transcriber has typed at every line of a text whose lines are units of speech (GAT 2) belong to the text and
stay: they are written 01, 02 …, or their lines end where they like, while those of a numbered print run to
the right margin.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from qda.exchange.pdf_glyphs import Fragment, Page

_EDGE_BANDS: Final = 4  # so many lines at the top and at the bottom may be a header or footer
_NUMBER: Final = re.compile(r"\d{1,5}")
_DIGITS: Final = re.compile(r"\d+")
_ROMAN: Final = re.compile(r"[ivxlc]{1,7}")
_PAGE_ONLY: Final = re.compile(
    r"(?:seite|page|s\.|p\.|pg\.)\s*\d+(?:\s*(?:von|of|/|\|)\s*\d+)?|[-–—]\s*\d+\s*[-–—]|\d+\s*(?:/|von|of)\s*\d+",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Gutter:
    """The numbers beside the text, by page."""

    numbers: dict[int, list[Fragment]] = field(default_factory=dict)
    own: bool = False  # typed by the transcriber: part of the text
    paragraphs: bool = False  # they stand at the first line of each paragraph


@dataclass(slots=True)
class _Band:
    """The fragments at one height of a page."""

    y: float
    size: float
    parts: list[Fragment]

    @property
    def text(self) -> str:
        return " ".join(part.text.strip() for part in sorted(self.parts, key=lambda part: part.x0))


def gutter_of(pages: Sequence[Page]) -> Gutter:
    """The numbers in the gutter of a print; none where there is no column of rising numbers."""
    found: dict[int, list[Fragment]] = {}
    for index, page in enumerate(pages):
        if numbers := _column_of_numbers(page.fragments):
            found[index] = numbers
    values = [[int(part.text) for part in numbers] for numbers in found.values()]
    steps = Counter(b - a for page_values in values for a, b in pairwise(page_values))
    total = sum(steps.values())
    if total < 3 or not steps:
        return Gutter()
    step, often = steps.most_common(1)[0]
    if step not in (1, 2, 5, 10) or often < 0.7 * total:
        return Gutter()
    return _judged(pages, Gutter(found), step)


def _judged(pages: Sequence[Page], gutter: Gutter, step: int) -> Gutter:
    """Whether the numbers belong to the text, and what they count."""
    beside = lines = interleaved = same_size = 0
    ends: list[float] = []
    for index, numbers in gutter.numbers.items():
        taken = {id(part) for part in numbers}
        text = [part for part in pages[index].fragments if id(part) not in taken]
        bands = _bands(text)
        lines += len(bands)
        ends += [max(part.x1 for part in band.parts) for band in bands]
        beside += sum(any(abs(part.y - band.y) < 0.5 * band.size for band in bands) for part in numbers)
        size = median(part.size for part in text)
        same_size += sum(abs(part.size - size) < 0.5 for part in numbers)
        orders = [part.order for part in numbers]
        interleaved += sum(1 for a, b in pairwise(orders) if b - a > 1)
    count = sum(len(numbers) for numbers in gutter.numbers.values())
    every_line = step == 1 and beside >= 0.85 * lines
    typed = interleaved >= 0.7 * count and same_size >= 0.9 * count
    right = sorted(ends)[int(0.97 * (len(ends) - 1))]
    left = min(part.x0 for index in gutter.numbers for part in pages[index].fragments)
    full = sum(end > right - 0.15 * (right - left) for end in ends)
    padded = sum(part.text.strip()[0] == "0" for numbers in gutter.numbers.values() for part in numbers)
    gutter.own = step == 1 and (padded > 0 or (typed and (not every_line or full < 0.3 * len(ends))))
    gutter.paragraphs = step == 1 and not every_line
    return gutter


def _column_of_numbers(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Rising bare numbers that are aligned, and beside which on their side nothing stands."""
    numbers = [part for part in fragments if _NUMBER.fullmatch(part.text.strip())]
    if len(numbers) < 3:
        return []
    others = [part for part in fragments if not _NUMBER.fullmatch(part.text.strip())]
    best: list[Fragment] = []
    for side in ("x0", "x1"):
        clusters: dict[int, list[Fragment]] = defaultdict(list)
        for part in numbers:
            clusters[round(getattr(part, side) / 4)].append(part)
        for key in list(clusters):
            group = clusters[key] + clusters.get(key + 1, [])
            if len(group) > len(best) and _is_outside(group, others):
                best = group
    best = sorted(best, key=lambda part: -part.y)
    rising = sum(1 for a, b in pairwise(best) if int(b.text) > int(a.text))
    return best if len(best) >= 3 and rising >= 0.9 * (len(best) - 1) else []


def _is_outside(group: Sequence[Fragment], others: Sequence[Fragment]) -> bool:
    if not others:
        return False
    left, right = min(part.x0 for part in group), max(part.x1 for part in group)
    if right - left > 60:
        return False
    beside = [part for part in others if any(abs(part.y - number.y) < 0.6 * part.size for number in group)]
    if len(beside) < 0.6 * len(group):
        return False
    before = sum(part.x0 >= right - 1 for part in others)
    after = sum(part.x1 <= left + 1 for part in others)
    return max(before, after) >= 0.95 * len(others) or (
        all(part.x0 >= right for part in beside) and before >= 0.85 * len(others)
    )


def running(pages: Sequence[Page]) -> set[int]:
    """``id()`` of the fragments of headers, footers and page numbers."""
    bands = [_bands(page.fragments) for page in pages]
    gone: set[int] = set()
    pitch = _pitch(bands)
    for bottom in (False, True):
        alive = set(range(len(pages)))
        for depth in range(_EDGE_BANDS):
            edge = {
                index: bands[index][-1 - depth if bottom else depth]
                for index in alive
                if len(bands[index]) > depth
            }
            alive = _recurring(edge, bands, pitch, depth=depth, bottom=bottom)
            if not alive:
                break
            for index in alive:
                gone.update(id(part) for part in edge[index].parts)
    if len(pages) == 1 and bands[0]:
        for band in (bands[0][0], bands[0][-1]):
            if _PAGE_ONLY.fullmatch(band.text.strip()) and len(bands[0]) > 1:
                gone.update(id(part) for part in band.parts)
    return gone


def _recurring(
    edge: dict[int, _Band], bands: Sequence[list[_Band]], pitch: float, *, depth: int, bottom: bool
) -> set[int]:
    """The pages whose band at the edge comes again on others."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, band in edge.items():
        groups[_pattern(band.text, index), 0].append(index)
    needed = max(2, 0.3 * len(bands)) if len(bands) > 4 else max(2, len(bands) - 1)
    found: set[int] = set()
    for (pattern, _zero), indexes in groups.items():
        if not pattern.strip():
            continue
        heights = median(edge[index].y for index in indexes)
        level = {index for index in indexes if abs(edge[index].y - heights) < 8}
        apart = sum(_apart(edge[i], bands[i], pitch, depth=depth, bottom=bottom) for i in level)
        sure = apart >= 0.6 * len(level) or (len(level) >= 5 and len(level) >= 0.5 * len(bands))
        numbered = "\ufffc" in pattern
        if len(level) >= (2 if numbered else needed) and sure:
            found |= level
    return found | _numbered(edge, bands, pitch, depth=depth, bottom=bottom)


def _numbered(
    edge: dict[int, _Band], bands: Sequence[list[_Band]], pitch: float, *, depth: int, bottom: bool
) -> set[int]:
    """Bands of one height that differ but begin or end with the number of their page, apart from the text."""
    groups: dict[int, set[int]] = defaultdict(set)
    for index, band in edge.items():
        numbers = _DIGITS.findall(band.text)
        ends = {numbers[0]} if numbers and band.text.strip().startswith(numbers[0]) else set()
        if numbers and band.text.strip().endswith(numbers[-1]):
            ends.add(numbers[-1])
        if len(band.text) <= 120 and _apart(band, bands[index], pitch, depth=depth, bottom=bottom):
            for number in ends:
                groups[int(number[:6]) - index].add(index)
    found: set[int] = set()
    for indexes in groups.values():
        height = median(edge[index].y for index in indexes)
        level = {index for index in indexes if abs(edge[index].y - height) < 8}
        if len(level) >= max(3, 0.3 * len(bands)):
            found |= level
    return found


def _pattern(text: str, index: int) -> str:
    """The text with the page's number out of it; a mark stands for a number that runs with the pages."""
    bare = " ".join(text.split())
    if _PAGE_ONLY.fullmatch(bare) or _NUMBER.fullmatch(bare):
        first = int(_DIGITS.findall(bare)[0])
        return f"\ufffc{first - index}\ufffc" + _DIGITS.sub("#", bare)
    if _ROMAN.fullmatch(bare):
        return "\ufffcroman"
    return _DIGITS.sub("#", bare)


def _apart(band: _Band, bands: Sequence[_Band], pitch: float, *, depth: int, bottom: bool) -> bool:
    """True where the band stands off the text, or looks smaller than it."""
    at = len(bands) - 1 - depth if bottom else depth
    inner = at - 1 if bottom else at + 1
    if not 0 <= inner < len(bands):
        return False
    return abs(bands[inner].y - band.y) > 1.35 * pitch or band.size < 0.95 * bands[inner].size


def _pitch(bands: Sequence[list[_Band]]) -> float:
    """The usual distance of two lines."""
    gaps = Counter(
        round((a.y - b.y) * 2) / 2 for page in bands for a, b in pairwise(page) if a.y - b.y > 0.7 * a.size
    )
    often = [gap for gap, count in gaps.items() if count >= max(2, 0.1 * sum(gaps.values()))]
    return min(often, default=median(gaps.elements()) if gaps else 12.0)


def _bands(fragments: Sequence[Fragment]) -> list[_Band]:
    """All fragments by their height, from the top."""
    return list(_banded(sorted(fragments, key=lambda part: -part.y)))


def _banded(ordered: Sequence[Fragment]) -> Iterator[_Band]:
    band: _Band | None = None
    for part in ordered:
        if band is not None and abs(part.y - band.y) < 0.45 * max(part.size, band.size):
            band.parts.append(part)
            band.size = max(band.size, part.size)
            continue
        if band is not None:
            yield band
        band = _Band(part.y, part.size, [part])
    if band is not None:
        yield band
