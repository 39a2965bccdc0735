"""A tree of codes as a table: with indents for people, one column a level for spreadsheets.

A tree that is made to come back carries the GUIDs of its codes and, in spreadsheets, what they were when it
was written (:mod:`qda.coding.code_tree_form`).
"""

from typing import Final

from qda.coding.code_tree_form import Mark, mark_of
from qda.i18n import Language, _, use_language
from qda.reports.model import Cell, Column, Run, Table, Tree, TreeNode, cell, number

_NAME_SHARE: Final = 8
_COUNT_SHARE: Final = 0.8
_DEFINITION_SHARE: Final = 5.5
_BESIDE_ROOMY: Final = (5, 9)  # of names and definitions, where these are what the tree is for


def as_table(tree: Tree, language: Language, *, guids: bool = False, below: bool = False) -> Table:
    """The tree for reading: names with indent and colour, counts (0 as a dash), definitions if any.

    ``guids``: with the GUID of every code in a last column, if the tree is made to come back. ``below``:
    definitions that are what the tree is for stand below the names, as wide as a page lets them.
    """
    defined = any(path[-1].definition for _depth, path in tree.walk())
    guids = guids and tree.returning
    titles = tree.count_titles[: tree.on_pages]
    roomy = defined and tree.returning
    below = below and roomy and bool(titles)
    beside = defined and not below
    with use_language(language):
        name, definition = _BESIDE_ROOMY if roomy else (_NAME_SHARE, _DEFINITION_SHARE)
        columns = [Column(_("Code and definition") if below else _("Code"), share=name + definition * below)]
        columns += [Column(title, "right", _COUNT_SHARE) for title in titles]
        if beside:
            columns.append(Column(_("Definition"), share=definition))
        if guids:
            columns.append(Column("GUID", share=3))
    rows = []
    for depth, path in tree.walk():
        node = path[-1]
        told = [Run(node.name, bold=depth == 0 or node.core or below)]
        told += [Run(f"\n{node.definition}")] * (below and bool(node.definition))
        row = [cell(*told, indent=depth, colour=node.colour)]
        row += [_count(node.counts, index) for index in range(len(titles))]
        row += [cell(node.definition)] * beside
        row += [cell(node.guid)] * guids
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows), tree.caption, tree.anchor)


def as_sheet(tree: Tree, language: Language) -> Table:
    """The tree for spreadsheets: one column a level, counts, definition, colour and GUID, nothing merged."""
    nodes = list(tree.walk())
    levels = max((depth for depth, _path in nodes), default=0) + 1
    defined = not tree.returning or any(path[-1].definition for _depth, path in nodes)
    coloured = not tree.returning or any(path[-1].colour for _depth, path in nodes)
    marks = marks_of(tree) if tree.returning else ()
    with use_language(language):
        columns = [Column(_("Level {n}").format(n=level + 1), share=3) for level in range(levels)]
        columns += [Column(title, "right") for title in tree.count_titles]
        columns += [Column(_("Definition"), share=6)] * defined
        columns += [Column(_("Colour"))] * coloured
        columns.append(Column("GUID", share=3))
        columns += [Column(_("As written"), share=2)] * tree.returning
    rows = []
    for at, (depth, path) in enumerate(nodes):
        node = path[-1]
        row = [cell(node.name) if level == depth else Cell() for level in range(levels)]
        counts = (*node.counts, *(None,) * len(tree.count_titles))
        row += [number(counts[index]) for index in range(len(tree.count_titles))]
        row += [cell(node.definition)] * defined
        row += [cell(node.colour)] * coloured
        row.append(cell(node.guid))
        row += [cell(mark.written()) for mark in marks[at : at + 1]]
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows), tree.caption, tree.anchor)


def marks_of(tree: Tree) -> tuple[Mark, ...]:
    """What every code is as the tree shows it, in the order of reading."""
    return tuple(_mark(at, path) for at, (_depth, path) in enumerate(tree.walk()))


def _mark(at: int, path: tuple[TreeNode, ...]) -> Mark:
    node = path[-1]
    above = path[-2].guid if len(path) > 1 else ""
    return mark_of(at, name=node.name, above=above, definition=node.definition, colour=node.colour)


def _count(counts: tuple[int, ...], index: int) -> Cell:
    if index >= len(counts):
        return Cell()
    return number(counts[index], text="–" if counts[index] == 0 else "")
