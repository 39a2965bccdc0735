"""What the page of pictures asks the study, in a thread of its own: one picture with all that its choices
need."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.coding import along_text, matrices
from qda.coding.along_text import Portrait, Tile
from qda.coding.matrices import Matrix
from qda.coding.rows import SegmentRow
from qda.reports.pictures_of import matrix_figure, portrait_figure, shown_tiles
from qda.ui.pictures.views import View

if TYPE_CHECKING:
    from qda.figures.matrix import MatrixFigure
    from qda.figures.portrait import PortraitFigure
    from qda.models import Project

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture, the choices there are beside it, and whether frequencies are hidden."""

    view: View
    documents: tuple[tuple[str, str], ...]
    attributes: tuple[tuple[str, str], ...]
    hidden: bool
    matrix: Matrix | None = None
    figure: "MatrixFigure | None" = None
    portrait: Portrait | None = None
    tiles: tuple[Tile, ...] = ()
    stretches: "PortraitFigure | None" = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The passages of a cell, from ``offset`` on."""

    rows: tuple[SegmentRow, ...]
    total: int
    offset: int = 0


def picture(project: "Project", view: View) -> Callable[[], Seen]:
    """Work: the picture of a view as it is now."""
    view = deepcopy(view)

    def work() -> Seen:
        documents = tuple(matrices.documents_of(project))
        attributes = tuple(matrices.attributes_of(project))
        hidden = matrices.frequencies_hidden(project)
        if view.picture != "portrait":
            found = matrices.matrix(project, view.wish)
            figure = matrix_figure(found, view.shown_mark)
            return Seen(view, documents, attributes, hidden, found, figure)
        known = [guid for guid, _title in documents]
        if not known:
            return Seen(view, documents, attributes, hidden)
        if view.source not in known:
            view.source = known[0]
        below = view.with_children or view.rows == "branch"
        codes = list(view.codes) if view.rows in ("branch", "chosen") else None
        if view.rows == "top":
            codes = [row.guid for row in matrices.matrix(project, view.wish).rows]
        portrait = along_text.portrait(project, source=view.source, codes=codes, with_children=below)
        stretches = portrait_figure(portrait, without_asked=view.without_asked, per_line=view.per_line)
        tiles = tuple(shown_tiles(portrait, without_asked=view.without_asked))
        return Seen(view, documents, attributes, hidden, portrait=portrait, tiles=tiles, stretches=stretches)

    return work


def cell(project: "Project", matrix: Matrix, row: int, column: int, offset: int) -> Callable[[], Listed]:
    """Work: the passages of a cell."""
    code, other = matrix.rows[row].guid, matrix.columns[column].guid

    def work() -> Listed:
        found = matrices.passages(project, matrix, code, other, offset=offset, limit=_PAGE)
        return Listed(found.rows, found.total, offset)

    return work


def tile(project: "Project", source: str, one: Tile) -> Callable[[], Listed]:
    """Work: the passage of a tile."""
    return lambda: Listed((along_text.tile_passage(project, source, one),), 1)
