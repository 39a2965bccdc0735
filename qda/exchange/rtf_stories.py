"""The texts inside a Rich Text file, each on its own: the document, a note, a comment, a text box, a name.

The format marks only ends (of a paragraph, a cell, a row); a story puts paragraphs, cells and rows together.
"""

from dataclasses import dataclass, field
from typing import Final

from qda.exchange.blocks import Block, Look, row_of

MAX_LEVEL: Final = 12  # tables in tables


@dataclass(slots=True)
class _Row:
    """A row that has not ended: its cells, and the paragraphs of the cell that has not ended."""

    cells: list[list[Block]] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """One text; ``kind`` is the word that opened it."""

    kind: str
    done: list[Block] = field(default_factory=list)
    open: Block = field(default_factory=Block)
    after: list[Block] = field(default_factory=list)  # notes and boxes of the open paragraph
    rows: list[_Row] = field(default_factory=list)  # one a level of tables

    def add(self, text: str, look: Look) -> None:
        """More text in the open paragraph."""
        self.open.add(text, look)

    def end_paragraph(self, *, heading: int, level: int) -> None:
        """The open paragraph is complete; ``level`` of tables it stands in, 0 outside of them."""
        self._at_level(level)
        self.open.heading = 0 if level else heading
        target = self.rows[-1].cell if self.rows else self.done
        target.append(self.open)
        target.extend(self.after)
        self.open, self.after = Block(), []

    def end_cell(self, level: int) -> None:
        """The open paragraph ends a cell."""
        self.end_paragraph(heading=0, level=level)
        row = self.rows[-1]
        row.cells.append(row.cell)
        row.cell = []

    def end_row(self, level: int) -> None:
        """The row of that level is complete."""
        self._end_open(max(level, len(self.rows)))
        self._at_level(level)
        self._close_row()

    def finish(self) -> list[Block]:
        """All paragraphs, those included that nothing has ended."""
        self._end_open(len(self.rows))
        self._at_level(0)
        return self.done

    def _end_open(self, level: int) -> None:
        """Ends what nothing has ended; blanks alone are dropped."""
        if self.after or self.open.anchors or self.open.text.strip():
            self.end_paragraph(heading=0, level=level)
        elif self.open.length:
            self.open = Block()

    def _at_level(self, level: int) -> None:
        while len(self.rows) > level:
            self._close_row()
        while len(self.rows) < level:
            self.rows.append(_Row())

    def _close_row(self) -> None:
        row = self.rows.pop()
        if row.cell:
            row.cells.append(row.cell)
        made = row_of(row.cells)
        target = self.rows[-1].cell if self.rows else self.done
        if any(block.text.strip() for block in made) or made[0].anchors:
            target.extend(made)
