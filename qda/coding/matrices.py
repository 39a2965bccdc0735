"""Tables of codes as they are looked at: which rows, in which order, what stands at the heads.

A table is asked for by a :class:`Wish`, plain data that a window keeps and a report reads from its options.
Cases are counted first, then documents, then segments. Where the project hides frequencies, tables show only
whether there is anything, and nothing is sorted by count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from qda.coding import along_text, crossings
from qda.coding.codes import code_tree_colours
from qda.coding.crossings import MEASURES, Crossing, Measure, Nearness
from qda.coding.matrix_bands import Band, bands
from qda.coding.retrieval import spec
from qda.coding.retrieval.evaluate import subtree
from qda.coding.retrieval.store import NOBODY, Ints, Store, loaded
from qda.coding.rows import SegmentRow
from qda.models import Project
from qda.models.material import Attribute, ProjectSheet, Source

Picture = Literal["documents", "cases", "codes", "curve"]
RowChoice = Literal["all", "top", "branch", "chosen"]
RowOrder = Literal["tree", "count", "name"]
PICTURES: Final[tuple[Picture, ...]] = ("documents", "cases", "codes", "curve")
PARTS: Final = (10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be seen. ``codes`` are GUIDs: the top of a branch, or the codes chosen.

    ``order`` is that of the rows. ``columns``: the order of documents and cases ("study", "name", "count",
    "group", "kind", "case", or "attribute:GUID"), which for the last four stand in bands. ``sources`` are
    the documents of a curve (all without), ``parts`` into how many parts they are cut. Without
    ``interviewer``, passages that begin in the words of an interviewer do not count.
    """

    picture: Picture = "codes"
    measure: Measure = "cases"
    nearness: Nearness = "overlap"
    rows: RowChoice = "all"
    codes: tuple[str, ...] = ()
    with_children: bool = False
    order: RowOrder = "tree"
    columns: str = "study"
    empty: bool = True
    sources: tuple[str, ...] = ()
    parts: int = 20
    interviewer: bool = True

    def as_data(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Wish":
        """The wish that was written; what does not fit is as usual."""
        usual = cls()
        kept: dict[str, Any] = {}
        for one in fields(cls):
            value, like = data.get(one.name), getattr(usual, one.name)
            if isinstance(like, tuple) and isinstance(value, list):
                kept[one.name] = tuple(str(part) for part in value)
            elif type(value) is type(like):
                kept[one.name] = value
        return cls(**kept)


@dataclass(frozen=True, slots=True)
class Row:
    """A code at the head of a row. ``depth`` is 0 where rows do not stand as in the tree."""

    guid: str
    name: str
    path: str
    depth: int
    colour: int


@dataclass(frozen=True, slots=True)
class Column:
    """A document, a case, a code or a part at the head of a column; ``band`` is what it is grouped by."""

    guid: str
    name: str
    path: str
    band: str = ""
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table as it is looked at. The three counts (cases, documents, segments) are the first axis."""

    wish: Wish
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    counts: Ints = field(repr=False)
    row_totals: Ints = field(repr=False)
    column_totals: Ints = field(repr=False)
    total: Ints = field(repr=False)
    hidden: bool
    share: NDArray[np.float64] | None = field(repr=False, default=None)
    origin: Crossing | along_text.Curves | None = field(repr=False, default=None)

    @property
    def shown(self) -> Ints:
        """What the cells show: the count wished for; only 0 and 1 where frequencies are hidden."""
        found: Ints = self.counts[MEASURES.index(self.wish.measure)]
        return np.minimum(found, 1) if self.hidden else found

    def cell(self, row: int, column: int) -> tuple[int, int, int]:
        """Cases, documents and segments of a cell."""
        cases, documents, segments = self.counts[:, row, column].tolist()
        return cases, documents, segments


@dataclass(frozen=True, slots=True)
class Passages:
    """What a cell counts, and its passages from ``offset`` on."""

    cases: int
    documents: int
    total: int
    rows: tuple[SegmentRow, ...] = field(repr=False)
    offset: int = 0


def matrix(project: Project, wish: Wish) -> Matrix:
    """The table that is wished for; codes and documents that are gone are left out."""
    with project.read() as db:
        store = loaded(project, db)
        hidden = _hidden(db)
        colours = {one.guid: one.colour for one in code_tree_colours(db)}
        codes = _codes(store, wish)
        origin = _origin(project, wish, codes)
        found = _as_found(store, wish, origin, colours, hidden)
        labelled: Sequence[Band] = ()
        if wish.picture in ("documents", "cases"):
            labelled = bands(db, store, wish.picture, wish.columns)
    return _arranged(found, labelled)


def passages(
    project: Project, found: Matrix, row: str, column: str, *, offset: int = 0, limit: int = 200
) -> Passages:
    """The passages that a cell counts.

    :raises KnownError: the code, document or case is gone.
    """
    origin = found.origin
    if isinstance(origin, along_text.Curves):
        more = {"offset": offset, "limit": limit}
        counts, rows = along_text.part_segments(project, origin, row, int(column), **more)
        cases, documents, total = counts.tolist()
        return Passages(cases, documents, total, tuple(rows), offset)
    assert origin is not None
    page = crossings.cell_segments(project, origin, row, column, offset=offset, limit=limit)
    listed = tuple(one.segment for one in page.rows)
    return Passages(page.cases, page.documents, page.total, listed, offset)


def documents_of(project: Project) -> list[tuple[str, str]]:
    """GUIDs and titles of the documents, in their order."""
    with project.read() as db:
        query = select(Source.guid, Source.title).order_by(Source.position, Source.id)
        return [(guid, title) for guid, title in db.execute(query)]


def attributes_of(project: Project) -> list[tuple[str, str]]:
    """GUIDs and names of the attributes by which columns can be ordered."""
    with project.read() as db:
        query = select(Attribute.guid, Attribute.name).order_by(Attribute.position, Attribute.id)
        return [(guid, name) for guid, name in db.execute(query)]


def frequencies_hidden(project: Project) -> bool:
    """Whether the project hides frequencies."""
    with project.read() as db:
        return _hidden(db)


def _hidden(db: Connection) -> bool:
    return bool(db.execute(select(ProjectSheet.hide_frequencies)).scalar())


# -- how they come about ------------------------------------------------------------------------------------


def _codes(store: Store, wish: Wish) -> list[str] | None:
    """The GUIDs of the rows in the order of the tree; None for all."""
    names = store.codes
    if wish.rows == "all":
        return None
    in_tree = crossings.in_tree(store)
    if wish.rows == "top":
        wanted = {rank for rank in in_tree if names.above[rank] == NOBODY}
    else:
        known = [names.rank[code] for code in wish.codes if code in names.rank]
        below = wish.rows == "branch"
        wanted = {rank for top in known for rank in subtree(names, top, below)}
    return [names.guids[rank] for rank in in_tree if rank in wanted]


def _origin(project: Project, wish: Wish, codes: list[str] | None) -> Crossing | along_text.Curves:
    within = None if wish.interviewer else spec.Not(spec.Role("interviewer"))
    more: dict[str, Any] = {"codes": codes, "with_children": wish.with_children, "within": within}
    if wish.picture == "curve":
        sources = wish.sources or None
        return along_text.curves(project, sources=sources, parts=wish.parts, **more)
    if wish.picture == "documents":
        return crossings.code_documents(project, **more)
    if wish.picture == "cases":
        return crossings.code_cases(project, **more)
    return crossings.code_codes(project, nearness=wish.nearness, **more)


def _as_found(
    store: Store,
    wish: Wish,
    origin: Crossing | along_text.Curves,
    colours: Mapping[str, int],
    hidden: bool,
) -> Matrix:
    """The table in the order of the tree and of the study."""
    depths = _depths(store)
    in_tree = wish.order == "tree" and wish.rows != "chosen"
    least = min((depths[head.guid] for head in origin.rows), default=0)
    rows = tuple(
        Row(
            head.guid,
            store.codes.names[store.codes.rank[head.guid]],
            head.name,
            depths[head.guid] - least if in_tree else 0,
            colours.get(head.guid, 0),
        )
        for head in origin.rows
    )
    counts: Ints
    if isinstance(origin, along_text.Curves):
        columns = tuple(_part(at, origin.parts) for at in range(origin.parts))
        counts, share = origin.counts, origin.share
    else:
        columns = tuple(_column(head, row) for head, row in _paired(origin, rows))
        counts = origin.tables()
        share = None
    totals = origin.row_totals, origin.column_totals, origin.total
    return Matrix(wish, rows, columns, counts, *totals, hidden, share, origin)


def _paired(origin: Crossing, rows: tuple[Row, ...]) -> list[tuple[crossings.Head, Row | None]]:
    if origin.kind == "code-codes":
        return list(zip(origin.columns, rows, strict=True))
    return [(head, None) for head in origin.columns]


def _column(head: crossings.Head, row: Row | None) -> Column:
    if row is not None:
        return Column(head.guid, row.name, row.path, "", row.colour)
    return Column(head.guid, head.name, head.name)


def _part(at: int, parts: int) -> Column:
    low, high = round(100 * at / parts), round(100 * (at + 1) / parts)
    return Column(str(at), f"{low}–{high} %", f"{low}–{high} %")


def _depths(store: Store) -> dict[str, int]:
    found: dict[str, int] = {}
    for rank in crossings.in_tree(store):
        above = store.codes.above[rank]
        found[store.codes.guids[rank]] = found[store.codes.guids[above]] + 1 if above >= 0 else 0
    return found


def _arranged(found: Matrix, labelled: Sequence[Band]) -> Matrix:
    """The table with its rows and columns in the order wished for, without empty ones if so wished."""
    wish = found.wish
    rows = _sorted(wish.order, found.row_totals, [one.name for one in found.rows], found.hidden)
    if wish.picture == "codes":
        columns = rows
    elif wish.picture == "curve":
        columns = np.arange(len(found.columns))
    elif wish.columns in ("count", "name"):
        names = [one.name for one in found.columns]
        columns = _sorted(wish.columns, found.column_totals, names, found.hidden)
    elif labelled:
        columns = np.argsort(np.array([one.rank for one in labelled]), kind="stable")
    else:
        columns = np.arange(len(found.columns))
    full_rows, full_columns = _filled(found)
    if not wish.empty:
        rows = rows[full_rows[rows]]
    if wish.picture == "cases" or not wish.empty:
        # What belongs to no case is only shown where there is such a thing.
        bare = np.array([not one.guid for one in found.columns], np.bool_)
        dropped = ~full_columns & (bare if wish.empty else np.ones(len(bare), np.bool_))
        if wish.picture != "curve":
            columns = columns[~dropped[columns]]
    return _taken(found, rows, columns, labelled)


def _filled(found: Matrix) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which rows and columns hold anything; a code with itself does not count."""
    some = found.counts[2] > 0
    if found.wish.picture == "codes":
        some = some & ~np.eye(len(some), dtype=np.bool_)
    return some.any(axis=1), some.any(axis=0)


def _sorted(order: str, totals: Ints, names: list[str], hidden: bool) -> Ints:
    if order == "count" and not hidden:
        return np.lexsort((-totals[2], -totals[1], -totals[0]))
    if order == "name":
        return np.array(sorted(range(len(names)), key=lambda at: names[at].casefold()), np.int64)
    return np.arange(len(names))


def _taken(found: Matrix, rows: Ints, columns: Ints, labelled: Sequence[Band]) -> Matrix:
    heads = [found.columns[at] for at in columns.tolist()]
    if labelled:
        given = [labelled[at].label for at in columns.tolist()]
        heads = [
            Column(one.guid, one.name, one.path, band, one.colour)
            for one, band in zip(heads, given, strict=True)
        ]
    if _as_it_is(rows, len(found.rows)) and _as_it_is(columns, len(found.columns)):
        return replace(found, columns=tuple(heads))
    grid = np.ix_(rows, columns)
    return Matrix(
        found.wish,
        tuple(found.rows[at] for at in rows.tolist()),
        tuple(heads),
        np.stack([found.counts[which][grid] for which in range(len(MEASURES))]),
        found.row_totals[:, rows],
        found.column_totals[:, columns],
        found.total,
        found.hidden,
        found.share[grid] if found.share is not None else None,
        found.origin,
    )


def _as_it_is(order: Ints, count: int) -> bool:
    return len(order) == count and bool((order == np.arange(count)).all())
