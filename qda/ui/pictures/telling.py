"""Cells, rows and columns of a table of codes in words: tool tips, and what a reader says."""

from typing import TYPE_CHECKING

from qda.i18n import _, ngettext
from qda.reports.pictures_of import column_name

if TYPE_CHECKING:
    from qda.coding.matrices import Matrix


def told(cases: int, documents: int, segments: int) -> str:
    """Cases first, then documents, then passages."""
    if not segments:
        return _("no passage")
    parts = (
        ngettext("{n} case", "{n} cases", cases).format(n=cases) if cases else _("no case"),
        ngettext("{n} document", "{n} documents", documents).format(n=documents),
        ngettext("{n} passage", "{n} passages", segments).format(n=segments),
    )
    return ", ".join(parts)


def counts_told(matrix: "Matrix", counts: tuple[int, int, int]) -> str:
    """What a cell counts; where frequencies are hidden only whether there is anything."""
    if matrix.hidden:
        return _("there are passages") if counts[2] else _("no passage")
    return told(*counts)


def title_of(matrix: "Matrix", row: int, column: int) -> str:
    """Both heads of a cell."""
    left, right = matrix.rows[row], matrix.columns[column]
    if matrix.wish.picture == "codes":
        if left.guid == right.guid:
            return left.name
        words = {
            "overlap": _("“{one}” overlapping “{other}”"),
            "paragraph": _("“{one}” in one paragraph with “{other}”"),
            "turn": _("“{one}” in one turn with “{other}”"),
            "near": _("“{one}” near “{other}”"),
        }[matrix.wish.nearness]
        return words.format(one=left.name, other=right.name)
    return _("“{code}” in: {place}").format(code=left.name, place=column_name(right))


def cell_told(matrix: "Matrix", row: int, column: int, *, lines: bool) -> str:
    """A cell in words; in ``lines`` under each other, or as one."""
    parts = [title_of(matrix, row, column), counts_told(matrix, matrix.cell(row, column))]
    if matrix.share is not None and not matrix.hidden:
        percent = f"{float(matrix.share[row, column]) * 100:.0f}"
        parts.append(_("{percent} % of the text").format(percent=percent))
    return ("\n" if lines else ", ").join(parts)


def row_told(matrix: "Matrix", row: int) -> str:
    """A code's head in words."""
    head = matrix.rows[row]
    if matrix.hidden:
        return head.path
    cases, documents, segments = matrix.row_totals[:, row].tolist()
    return f"{head.path}\n{told(cases, documents, segments)}"


def column_told(matrix: "Matrix", column: int) -> str:
    """A column's head in words."""
    head = matrix.columns[column]
    name = head.path if head.guid else column_name(head)
    name = f"{name}\n{head.band}" if head.band else name
    if matrix.hidden:
        return name
    cases, documents, segments = matrix.column_totals[:, column].tolist()
    return f"{name}\n{told(cases, documents, segments)}"
