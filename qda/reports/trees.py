"""A tree of codes as a table: with indents for people, one column a level for spreadsheets."""

from typing import Final

from qda.i18n import Language, _, use_language
from qda.reports.model import Cell, Column, Run, Table, Tree, cell, number

_NAME_SHARE: Final = 8
_COUNT_SHARE: Final = 0.8
_DEFINITION_SHARE: Final = 5.5


def as_table(tree: Tree, language: Language) -> Table:
    """The tree for reading: names with indent and colour, counts (0 as a dash), definitions if any."""
    defined = any(path[-1].definition for _depth, path in tree.walk())
    with use_language(language):
        columns = [Column(_("Code"), share=_NAME_SHARE)]
        columns += [Column(title, "right", _COUNT_SHARE) for title in tree.count_titles]
        if defined:
            columns.append(Column(_("Definition"), share=_DEFINITION_SHARE))
    rows = []
    for depth, path in tree.walk():
        node = path[-1]
        name = Run(node.name, bold=depth == 0 or node.core)
        row = [cell(name, indent=depth, colour=node.colour)]
        row += [_count(node.counts, index) for index in range(len(tree.count_titles))]
        if defined:
            row.append(cell(node.definition))
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows), tree.caption, tree.anchor)


def as_sheet(tree: Tree, language: Language) -> Table:
    """The tree for spreadsheets: one column a level, counts, definition, colour and GUID, nothing merged."""
    levels = max((depth for depth, _path in tree.walk()), default=0) + 1
    with use_language(language):
        columns = [Column(_("Level {n}").format(n=level + 1), share=3) for level in range(levels)]
        columns += [Column(title, "right") for title in tree.count_titles]
        columns += [Column(_("Definition"), share=6), Column(_("Colour")), Column("GUID", share=3)]
    rows = []
    for depth, path in tree.walk():
        node = path[-1]
        row = [cell(node.name) if level == depth else Cell() for level in range(levels)]
        counts = (*node.counts, *(None,) * len(tree.count_titles))
        row += [number(counts[index]) for index in range(len(tree.count_titles))]
        row += [cell(node.definition), cell(node.colour), cell(node.guid)]
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows), tree.caption, tree.anchor)


def _count(counts: tuple[int, ...], index: int) -> Cell:
    if index >= len(counts):
        return Cell()
    return number(counts[index], text="–" if counts[index] == 0 else "")
