"""Paragraphs from printed lines: by gaps, indents, short last lines, looks, and the labels of speakers."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from qda.exchange import openings
from qda.exchange.pdf_lines import Item, Line, Row
from qda.exchange.pdf_text import Joiner
from qda.exchange.raw import RawParagraph
from qda.exchange.turns import find_turns

_WIDE_GAP: Final = 1.9  # so many usual distances between two lines are an empty line
_SENTENCE_ENDS: Final = frozenset('.?!…:;)]}#/"“”’»«')
_BULLETS: Final = frozenset("•▪◦‣➢✓–—-*")


@dataclass(frozen=True, slots=True)
class Shape:
    """The usual measures of a document, in points."""

    pitch: dict[float, float]  # the distance of two lines, by size
    size: float  # of most of the text
    right: dict[int, float]  # the right margin of each block
    indented: float | None  # how far first lines are set in, where they are

    def distance(self, size: float) -> float:
        """The usual distance of two lines of ``size``."""
        return self.pitch.get(round(size, 1), 1.2 * size)


def shape_of(lines: Sequence[Line]) -> Shape:
    """The measures of a document."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    right = _right_margins(lines)
    return Shape(_pitches(lines), size, right, _first_line_indent(lines, right))


def _pitches(lines: Sequence[Line]) -> dict[float, float]:
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    for above, line in pairwise(lines):
        same = above.block == line.block and abs(above.size - line.size) < 0.3
        if same and 0.8 * line.size < above.y - line.y < 4 * line.size:
            gaps[round(line.size, 1)][round((above.y - line.y) * 4) / 4] += 1
    result = {}
    for size, counts in gaps.items():
        total = sum(counts.values())
        near = {gap: sum(n for g, n in counts.items() if abs(g - gap) <= 0.5) for gap in counts}
        often = [gap for gap, count in near.items() if count >= max(2, 0.08 * total)]
        result[size] = min(often, default=min(counts))
    return result


def _right_margins(lines: Sequence[Line]) -> dict[int, float]:
    """The place that the longest lines reach; a block of few lines takes it from those like it."""
    blocks: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        blocks[line.block].append(line)
    own = {block: _reached([line.x1 for line in members]) for block, members in blocks.items()}
    left = {block: min(line.x0 for line in members) for block, members in blocks.items()}
    result = {}
    for block, members in blocks.items():
        alike = [
            own[other]
            for other, others in blocks.items()
            if len(others) >= min(12, len(members)) and abs(left[other] - left[block]) < 20
        ]
        result[block] = max(own[block], median(alike)) if len(members) < 200 and alike else own[block]
    return result


def _reached(ends: Sequence[float]) -> float:
    """The right margin: what at least two lines come near; one line alone may stand out."""
    ordered = sorted(ends, reverse=True)
    for first, second in pairwise(ordered):
        if first - second < 12:
            return first
    return ordered[0]


def _first_line_indent(lines: Sequence[Line], right: dict[int, float]) -> float | None:
    """How far the first lines of paragraphs are set in, if they are often."""
    found = Counter[float]()
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if above.block == line.block == below.block and abs(above.x0 - below.x0) < 1:
            step = line.x0 - above.x0
            if 0.7 * line.size < step < 5 * line.size and line.x1 > right[line.block] - 6 * line.size:
                found[round(step * 2) / 2] += 1
    if not found:
        return None
    step, count = found.most_common(1)[0]
    return step if count >= max(3, 0.03 * len(lines)) else None


def paragraphs_of(items: Sequence[Item], *, opened: set[int]) -> list["Draft"]:
    """The lines of each paragraph. ``opened`` holds ``id()`` of lines that surely open one."""
    lines = [item for item in items if isinstance(item, Line)]
    shape = shape_of(lines)
    labelled = _labelled([[line] for line in lines], shape)
    if not labelled:  # labels on lines of their own are too rare among printed lines
        begins = {id(line) for above, line in pairwise(lines) if above.block != line.block}
        first = _built(items, shape, opened | begins)
        labelled = _labelled([draft.lines for draft in first if draft.cells is None], shape)
    return _built(items, shape, opened | labelled)


def _built(items: Sequence[Item], shape: Shape, opened: set[int]) -> list["Draft"]:
    builder = _Builder(shape, opened)
    for item in items:
        if isinstance(item, Row):
            builder.row(item)
        else:
            builder.line(item)
    return builder.done()


@dataclass(slots=True)
class Draft:
    """The lines of one paragraph, or the cells of a row; ``blank``: an empty line stands before."""

    lines: list[Line]
    cells: list[list[Line]] | None = None
    blank: bool = False
    level: int = 0  # of a heading


class _Builder:
    """Line after line into paragraphs."""

    def __init__(self, shape: Shape, opened: set[int]) -> None:
        self._shape = shape
        self._opened = opened
        self._drafts: list[Draft] = []
        self._current: Draft | None = None

    def row(self, row: Row) -> None:
        first = row.cells[0][0]
        self._drafts.append(Draft([first], row.cells))
        self._current = None

    def line(self, line: Line) -> None:
        current = self._current
        if current is None or self._opens(current.lines, line):
            blank = current is not None and self._is_blank_before(current.lines[-1], line)
            self._current = Draft([line], blank=blank)
            self._drafts.append(self._current)
        else:
            current.lines.append(line)

    def done(self) -> list[Draft]:
        """The paragraphs, headings with their level."""
        sizes = Counter(round(d.lines[0].size) for d in self._drafts if self._is_heading(d))
        levels = {size: min(at + 1, 6) for at, size in enumerate(sorted(sizes, reverse=True))}
        for draft in self._drafts:
            if self._is_heading(draft):
                draft.level = levels[round(draft.lines[0].size)]
        return self._drafts

    def _is_heading(self, draft: Draft) -> bool:
        if draft.cells is not None or len(draft.lines) > 3:
            return False
        text = draft.lines[0].text
        larger = all(line.size >= 1.13 * self._shape.size for line in draft.lines)
        return larger and any(c.isalpha() for c in text) and id(draft.lines[0]) not in self._opened

    def _is_blank_before(self, above: Line, line: Line) -> bool:
        if above.block != line.block:
            return False
        return above.y - line.y > _WIDE_GAP * self._shape.distance(max(line.size, above.size))

    def _opens(self, lines: Sequence[Line], line: Line) -> bool:
        above = lines[-1]
        if id(line) in self._opened or abs(above.size - line.size) > 0.08 * above.size + 0.2:
            return True
        if above.block == line.block:
            gap = above.y - line.y
            distance = self._shape.distance(line.size)
            if gap > 1.28 * distance + 0.5 or gap < 0.3 * line.size:
                return True
            if self._indent_opens(lines, line):
                return True
        elif self._shape.indented and above.page != line.page and _is_set_in(line, lines, self._shape):
            return True
        return _looks_differ(lines, line) or self._is_short(above, line) or _is_bullet(line)

    def _indent_opens(self, lines: Sequence[Line], line: Line) -> bool:
        above = lines[-1]
        step = line.x0 - above.x0
        first = len(lines) == 1
        indent = self._shape.indented
        if abs(step) < 0.7 * line.size:
            return indent is not None and first and _is_set_in(line, lines, self._shape)
        if step > 0:
            if indent is not None and abs(step - indent) < 1.5:
                return True
            return not first
        return not first or (indent is None and not _has_label_tab(lines[0], line))

    def _is_short(self, above: Line, line: Line) -> bool:
        """True where the first word of ``line`` would have fitted above."""
        last = above.parts[-1]
        if last.hyphen:
            return False
        width = line.parts[0].word - line.parts[0].x0
        return above.x1 + width + 0.6 * line.size < self._shape.right[above.block]


def _has_label_tab(first: Line, line: Line) -> bool:
    """True where the line above was only set in by a tab: its words go on at the margin."""
    return line.x0 < first.x0


def _is_set_in(line: Line, lines: Sequence[Line], shape: Shape) -> bool:
    """True where ``line`` begins as far in as first lines do, measured from its block's left edge."""
    indent = shape.indented or 0.0
    above = lines[-1]
    before = lines[0] if len(lines) > 1 else None
    if before is not None and len(lines) > 1:
        return abs(line.x0 - lines[1].x0 - indent) < 1.5
    return abs(line.x0 - above.x0) < 1 and above.block == line.block


def _looks_differ(lines: Sequence[Line], line: Line) -> bool:
    """True where a sentence has ended and wholly bold (or italic) meets plain, or the reverse."""
    if lines[-1].parts[-1].runs[-1][0].rstrip()[-1:] not in _SENTENCE_ENDS:
        return False
    for place in (1, 2):
        here = _share(line, place)
        if 0 < here <= 0.99:
            continue
        shares = [_share(member, place) for member in (lines[0], lines[-1])]
        if (min(shares) > 0.99 and here == 0) or (max(shares) == 0 and here > 0.99):
            return True
    return False


def _share(line: Line, place: int) -> float:
    """Which part of a line's letters and digits is bold (place 1) or italic (2)."""
    looks = {run[place] for part in line.parts for run in part.runs}
    if len(looks) == 1:
        return float(looks.pop())
    counts = [(sum(map(str.isalnum, run[0])), run[place]) for part in line.parts for run in part.runs]
    total = sum(count for count, _marked in counts)
    return sum(count for count, marked in counts if marked) / total if total else 0.5


def _is_bullet(line: Line) -> bool:
    text = line.parts[0].text
    alone = len(line.parts) > 1 and text.strip() in _BULLETS
    return alone or (text[:1] in "•▪◦‣➢✓" and text[:1] != "")


def _labelled(groups: Sequence[Sequence[Line]], shape: Shape) -> set[int]:
    """``id()`` of the lines that open a turn, among the first lines of ``groups``."""
    seen = []
    above: Line | None = None
    for group in groups:
        line = group[0]
        apart = 1.28 * shape.distance(line.size) + 0.5
        gap = above is None or above.block != line.block or above.y - line.y > apart
        joined = Joiner.plain(group)
        seen.append(openings.Line(joined.text, joined.bold, gap=gap))
        above = group[-1]
    found = find_turns(seen, legend={})
    result = set()
    for index, opening in found.openings.items():
        if not opening.alone or seen[index].gap or opening.colon or opening.marks:
            result.add(id(groups[index][0]))
    return result


def raw_paragraph(draft: Draft, joiner: Joiner) -> RawParagraph:
    """The paragraph as it is handed over."""
    if draft.cells is None:
        joined = joiner.joined(draft.lines)
        page = draft.lines[0].page + 1
        return RawParagraph(
            joined.text, bold=joined.bold, heading=draft.level, styles=joined.styles, page=page
        )
    cells = [joiner.joined(cell, keep_lines=True) for cell in draft.cells]
    text = "\t".join(cell.text for cell in cells)
    bold = cells[0].bold if cells[0].bold == len(cells[0].text) else 0
    styles, at = [], 0
    for cell in cells:
        styles += [replace(s, start=s.start + at, stop=s.stop + at) for s in cell.styles]
        at += len(cell.text) + 1
    return RawParagraph(text, bold=bold, row=True, styles=tuple(styles))
