"""Lines of a printed page in reading order: columns one after the other, the cells of a table's row together.

The order of the page's content is taken where it makes sense, because every program writes column by column
and cell by cell; where it jumps about, the places decide.
"""

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from qda.exchange.pdf_glyphs import Fragment

_COLUMN_LINES: Final = 7  # so many lines on both sides are columns, fewer are cells


@dataclass(slots=True)
class Line:
    """A line of text: its fragments from left to right, its baseline and the block that it belongs to."""

    page: int
    y: float
    size: float
    parts: list[Fragment]
    block: int = 0

    @property
    def x0(self) -> float:
        """The left edge, in points."""
        return self.parts[0].x0

    @property
    def x1(self) -> float:
        """The right edge, in points."""
        return max(part.x1 for part in self.parts)

    @property
    def text(self) -> str:
        """The characters, fragments joined by a blank."""
        return " ".join(part.text for part in self.parts)


@dataclass(slots=True)
class Row:
    """The row of a table whose cells have several lines."""

    cells: list[list[Line]]


@dataclass(slots=True)
class _Block:
    """Lines that follow one another downward."""

    lines: list[Line] = field(default_factory=list)
    beside: "_Block | None" = None  # the block to the left, at whose first line this one begins

    @property
    def x0(self) -> float:
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        return max(line.x1 for line in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0].y

    @property
    def bottom(self) -> float:
        return self.lines[-1].y


Item = Line | Row


def ordered(pages: Sequence[Sequence[Fragment]]) -> list[Item]:
    """All lines of a document in reading order."""
    split = [_page_blocks(fragments, index) for index, fragments in enumerate(pages)]
    columns = _column_places(split)
    items: list[Item] = []
    number = 0
    for blocks in split:
        cells = _are_cells(blocks, columns)
        for index, block in enumerate(blocks):
            if block.beside is not None and index and cells:
                _to_row(items, block)
                continue
            number += 1
            for line in block.lines:
                line.block = number
            items.extend(block.lines)
    return items


def _to_row(items: list[Item], block: _Block) -> None:
    """Puts ``block`` beside what stands left of it, as the next cell of one row."""
    before = block.beside
    last = items[-1] if items else None
    if isinstance(last, Row):
        last.cells.append(block.lines)
        return
    count = len(before.lines) if before is not None else 0
    taken = items[len(items) - count :]
    lines = [item for item in taken if isinstance(item, Line)]
    del items[len(items) - count :]
    items.append(Row([lines, block.lines]))


def _column_places(split: Sequence[Sequence[_Block]]) -> list[float]:
    """Where the second columns of the document begin."""
    found: list[float] = []
    for blocks in split:
        pairs = [block for block in blocks if block.beside is not None]
        if len(pairs) > 3:
            continue
        for block in pairs:
            left = block.beside
            if left is not None and min(len(block.lines), len(left.lines)) >= _COLUMN_LINES:
                found.append(block.x0)
    return found


def _are_cells(blocks: Sequence[_Block], columns: Sequence[float]) -> bool:
    pairs = [block for block in blocks if block.beside is not None]
    if not pairs:
        return False
    return not all(any(abs(block.x0 - place) < 6 for place in columns) for block in pairs) or len(pairs) > 3


def _page_blocks(fragments: Sequence[Fragment], page: int) -> list[_Block]:
    lines = list(_lines(fragments, page))
    blocks = _blocks(lines)
    if len(blocks) > max(10, 0.45 * len(lines)):  # the order of the content is none
        by_place = sorted(fragments, key=lambda part: (-part.y, part.x0))
        lines = list(_lines([*_level(by_place)], page))
        blocks = [_Block(lines)] if lines else []
    return _paired(_top_down(blocks))


def _level(by_height: Sequence[Fragment]) -> Iterator[Fragment]:
    """Fragments from the top, those of one height from the left."""
    row: list[Fragment] = []
    for part in by_height:
        if row and row[0].y - part.y > 0.45 * max(part.size, row[0].size):
            yield from sorted(row, key=lambda p: p.x0)
            row = []
        row.append(part)
    yield from sorted(row, key=lambda p: p.x0)


def _lines(fragments: Sequence[Fragment], page: int) -> Iterator[Line]:
    line: Line | None = None
    for part in fragments:
        if line is not None and _belongs(line, part):
            insort(line.parts, part, key=lambda piece: piece.x0)
            if part.size > 1.02 * line.size:  # a raised number comes before what it numbers
                line.y, line.size = part.y, part.size
            continue
        if line is not None:
            yield line
        line = Line(page, part.y, part.size, [part])
    if line is not None:
        yield line


def _belongs(line: Line, part: Fragment) -> bool:
    if abs(line.y - part.y) > 0.45 * max(line.size, part.size):
        return False
    slack = 0.8 * max(line.size, part.size)
    return all(part.x0 > other.x1 - slack or part.x1 < other.x0 + slack for other in line.parts)


def _blocks(lines: Sequence[Line]) -> list[_Block]:
    """New blocks where the content jumps up; a piece left of its line that comes late goes to its line."""
    blocks: list[_Block] = []
    for line in lines:
        last = blocks[-1] if blocks else None
        if last is not None and line.y <= last.bottom + 0.3 * line.size:
            last.lines.append(line)
            continue
        home = _home(blocks, line)
        if home is not None:
            home.parts = sorted(home.parts + line.parts, key=lambda part: part.x0)
        else:
            blocks.append(_Block([line]))
    return blocks


def _home(blocks: Sequence[_Block], line: Line) -> Line | None:
    """The line to whose left ``line`` stands at the same height."""
    for block in blocks[-2:]:
        for other in block.lines:
            level = abs(other.y - line.y) < 0.3 * max(other.size, line.size)
            if level and line.x1 < other.x0 + 1 and other.x0 - line.x1 < 8 * other.size:
                return other
    return None


def _top_down(blocks: Sequence[_Block]) -> list[_Block]:
    """Blocks that came late but stand wholly above others of their column go before them."""
    placed: list[_Block] = []
    for block in blocks:
        at = len(placed)
        for index, other in enumerate(placed):
            shared = min(block.x1, other.x1) - max(block.x0, other.x0)
            if block.bottom > other.top and shared > 0.5 * min(block.x1 - block.x0, other.x1 - other.x0):
                at = index
                break
        placed.insert(at, block)
    return placed


def _paired(blocks: Sequence[_Block]) -> list[_Block]:
    """Splits each block at the line where the next one begins beside it, and notes the pair."""
    result: list[_Block] = []
    for block in blocks:
        if result and (at := _match(result[-1], block)) is not None:
            left = result[-1]
            if at:
                result[-1:] = [_Block(left.lines[:at], left.beside), _Block(left.lines[at:])]
            block.beside = result[-1]
            result.append(block)
            if (below := _below(block, block.beside)) is not None:
                result[-1:] = [_Block(block.lines[:below], block.beside), _Block(block.lines[below:])]
            continue
        result.append(block)
    return result


def _match(left: _Block, right: _Block) -> int | None:
    """The line of ``left`` at whose height ``right`` begins, if all from there stands left of ``right``."""
    first = right.lines[0]
    for index, line in enumerate(left.lines):
        if abs(line.y - first.y) < 0.5 * max(line.size, first.size):
            edge = max(other.x1 for other in left.lines[index:])
            return index if edge < first.x0 + 2 else None
    return None


def _below(right: _Block, left: _Block) -> int | None:
    """The first line of ``right`` that goes back to the left edge: what follows is below both."""
    for index, line in enumerate(right.lines):
        if line.x0 < left.x1 - 1 and line.y < min(left.bottom, right.lines[index - 1].y):
            return index
    return None
