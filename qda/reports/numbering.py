"""Numbers and labels: gives every section, table and figure its number and resolves cross-references.

Renderers read the flat sequence of ``place``; so all formats show the same numbers.
"""

from dataclasses import dataclass, field
from typing import Final

from qda.i18n import _, use_language
from qda.reports.model import Block, Figure, Report, Run, Section, Table, Tree

NUMBERED_LEVELS: Final = 3
"""Sections below this depth are never numbered and never in the table of contents."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block in its place.

    ``level`` is the depth of a section from 1, else that of the section around it; ``number`` "4.2" or "3";
    ``label`` "Section 4.2", "Table 3"; ``ident`` a name for anchors in the output, unique and plain ASCII.
    """

    block: Block
    level: int
    number: str = ""
    label: str = ""
    ident: str = ""
    landscape: bool = False
    in_contents: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The report as a sequence, and where its anchors are."""

    placed: tuple[Placed, ...]
    anchors: dict[str, Placed]

    def contents(self) -> tuple[Placed, ...]:
        """The sections of the table of contents."""
        return tuple(one for one in self.placed if one.in_contents)

    def target(self, run: Run) -> Placed | None:
        """What the run links to; None if it is no link or its target is not in the report."""
        return self.anchors.get(run.link) if run.link else None

    def text(self, run: Run) -> str:
        """The text to show for a run: its own, or the label of what it links to."""
        if run.text or not run.link:
            return run.text
        target = self.target(run)
        return (target.label or _title(target.block)) if target else run.link


def place(report: Report) -> Layout:
    """Numbers every block of the report, in the report's language."""
    walker = _Walker()
    with use_language(report.language):
        walker.visit(report.blocks, level=0, prefix="", landscape=False)
    return Layout(tuple(walker.placed), walker.anchors)


def _title(block: Block) -> str:
    return block.title if isinstance(block, Section) else ""


@dataclass(slots=True)
class _Walker:
    placed: list[Placed] = field(default_factory=list)
    anchors: dict[str, Placed] = field(default_factory=dict)
    tables: int = 0
    figures: int = 0
    sections: int = 0

    def visit(self, blocks: tuple[Block, ...], *, level: int, prefix: str, landscape: bool) -> None:
        count = 0
        for block in blocks:
            if isinstance(block, Section):
                numbered = block.numbered and level < NUMBERED_LEVELS
                count += numbered
                number = f"{prefix}{count}" if numbered else ""
                turned = landscape or block.landscape
                self._section(block, level + 1, number, turned)
                inner = f"{number}." if numbered else f"{prefix}0."
                deeper = level + 1 if numbered else max(level + 1, NUMBERED_LEVELS)
                self.visit(block.blocks, level=deeper, prefix=inner, landscape=turned)
            elif not (isinstance(block, Table) and block.sheet_only):
                self._block(block, level, landscape)

    def _section(self, block: Section, level: int, number: str, landscape: bool) -> None:
        self.sections += 1
        label = _("Section {number}").format(number=number) if number else ""
        ident = f"section-{self.sections}"
        self._add(Placed(block, level, number, label, ident, landscape, bool(number)), block.anchor)

    def _block(self, block: Block, level: int, landscape: bool) -> None:
        number = label = ident = ""
        if isinstance(block, Table | Tree) and block.caption:
            self.tables += 1
            number, ident = str(self.tables), f"table-{self.tables}"
            label = _("Table {number}").format(number=number)
        elif isinstance(block, Figure):
            self.figures += 1
            number, ident = str(self.figures), f"figure-{self.figures}"
            label = _("Figure {number}").format(number=number)
        anchor = block.anchor if isinstance(block, Table | Tree | Figure) else ""
        self._add(Placed(block, level, number, label, ident, landscape), anchor)

    def _add(self, placed: Placed, anchor: str) -> None:
        self.placed.append(placed)
        if anchor and placed.ident:
            self.anchors.setdefault(anchor, placed)
