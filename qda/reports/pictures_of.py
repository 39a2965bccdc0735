"""Tables of codes, curves and portraits as plain figures for the painters, and what they show in words."""

from typing import TYPE_CHECKING, Final

from qda.coding.crossings import MEASURES, Measure
from qda.coding.matrices import Column, Matrix, Wish
from qda.i18n import _

if TYPE_CHECKING:
    from qda.coding.along_text import Portrait, Tile
    from qda.figures.matrix import Mark, MatrixFigure
    from qda.figures.portrait import PortraitFigure

SHARE: Final = "share"  # what a curve shows: how much of the text


def measure_name(measure: str) -> str:
    """What is counted, as a head."""
    return {
        "cases": _("Cases"),
        "documents": _("Documents"),
        "segments": _("Passages"),
        SHARE: _("Share of the text"),
    }[measure]


def total_measures(wish: Wish) -> tuple[Measure, ...]:
    """What is counted for a whole row: cases first, then what the cells show (passages beside cases)."""
    return ("cases", wish.measure if wish.measure != "cases" else "segments")


def corner_name(wish: Wish) -> str:
    """What rows and columns are."""
    return {
        "documents": _("Codes × documents"),
        "cases": _("Codes × cases"),
        "codes": _("Codes × codes"),
        "curve": _("Codes over the text"),
    }[wish.picture]


def column_name(column: Column) -> str:
    """A column's head; without a case it says so."""
    return column.name if column.guid else _("no case")


def matrix_figure(found: Matrix, mark: "Mark") -> "MatrixFigure":
    """A table as plain data for the painter, in the current language. ``mark``: how cells are told.

    Where frequencies are hidden, cells show only whether there is anything, and there are no totals.
    """
    from qda.figures.matrix import ColumnHead, MatrixFigure, RowHead

    wish, hidden = found.wish, found.hidden
    along = wish.picture == "curve"
    shares = along and mark == "curve" and not hidden and found.share is not None
    told = total_measures(wish)
    totals = [found.row_totals[MEASURES.index(one)].tolist() for one in told]
    below = found.column_totals[MEASURES.index(wish.measure)].tolist()
    rows = tuple(
        RowHead(row.name, row.colour, row.depth, () if hidden else tuple(str(one[at]) for one in totals))
        for at, row in enumerate(found.rows)
    )
    columns = tuple(
        ColumnHead(column_name(one), one.band, "" if hidden else str(below[at]), one.colour)
        for at, one in enumerate(found.columns)
    )
    unit = measure_name(SHARE if shares else wish.measure)
    return MatrixFigure(
        rows,
        columns,
        found.share if shares and found.share is not None else found.shown,
        _mark(mark, along=along, hidden=hidden),
        "" if hidden else unit,
        corner_name(wish),
        () if hidden else tuple(map(measure_name, told)),
        wish.picture == "codes",
        shares,
    )


def _mark(mark: "Mark", *, along: bool, hidden: bool) -> "Mark":
    if along:
        return "bars" if hidden or mark != "curve" else "curve"
    if hidden:
        return "yes"
    return "number" if mark in ("curve", "bars") else mark


def portrait_figure(found: "Portrait", *, without_asked: bool, per_line: int = 0) -> "PortraitFigure":
    """A document's portrait; ``without_asked`` leaves the turns of interviewers out."""
    from qda.figures.portrait import PortraitFigure, Stretch

    tiles = shown_tiles(found, without_asked=without_asked)
    return PortraitFigure(
        tuple(Stretch(one.name, one.colour, one.start, one.stop) for one in tiles),
        found.length,
        found.asked if without_asked else (),
        found.paragraphs,
        per_line,
        found.title,
    )


def shown_tiles(found: "Portrait", *, without_asked: bool) -> "list[Tile]":
    """The codings of a portrait that are seen, in the order of its figure."""
    return [one for one in found.tiles if not (without_asked and one.asked)]


def told(found: Matrix) -> str:
    """What cells show, in a sentence."""
    wish = found.wish
    if found.hidden:
        return _("Frequencies are hidden: a dot says that there are passages.")
    if wish.picture == "codes":
        return _meeting(wish)
    words = {
        "documents": _("{unit} in which a code stands in a document; each passage counts once under a code."),
        "cases": _("{unit} in which a code stands in a case; each passage counts once under a code."),
        "curve": _("{unit} in which a code stands in equal parts of the documents, from beginning to end."),
    }
    if wish.measure == "segments":
        words["documents"] = _("{unit} under a code in a document; each passage counts once under a code.")
        words["cases"] = _("{unit} under a code in a case; each passage counts once under a code.")
        words["curve"] = _("{unit} under a code in equal parts of the documents, from beginning to end.")
    return words[wish.picture].format(unit=measure_name(wish.measure))


def _meeting(wish: Wish) -> str:
    """What cells of codes by codes show."""
    if wish.measure == "segments":
        return {
            "overlap": _("Passages of the row's code that overlap one of the column's code."),
            "paragraph": _("Passages of the row's code in a paragraph with one of the column's code."),
            "turn": _("Passages of the row's code in a turn with one of the column's code."),
            "near": _("Passages of the row's code at most one paragraph from one of the column's code."),
        }[wish.nearness]
    words = {
        "overlap": _("{unit} where passages of the row's code overlap one of the column's code."),
        "paragraph": _("{unit} where the row's code and the column's code stand in one paragraph."),
        "turn": _("{unit} where the row's code and the column's code stand in one turn."),
        "near": _("{unit} where the row's code and the column's code are at most one paragraph apart."),
    }
    return words[wish.nearness].format(unit=measure_name(wish.measure))
