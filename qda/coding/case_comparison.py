"""Case comparison: cases as columns; slots of a model, categories or properties as rows.

A cell holds the codes that occur there with their counts, the values seen, the author's summary, and a
quotation that the author chose (:mod:`qda.coding.comparison_quotations` sets the most deviating one beside
it). A code counts those below it, if so wished; a passage counts once under a code, however many persons
coded it so.

Flags say what to look at, never what it means. *Only here*: it occurs in one of the compared cases alone. *In
all*: it occurs in each of them. *Different dimension*: two cases were seen at different places of a property.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np
from sqlalchemy import Connection, select

from qda.coding import theory
from qda.coding.profiles import Axis, axes
from qda.coding.retrieval.store import Ints, Store, loaded
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Segment
from qda.models.material import ProjectSheet

RowKind = Literal["slot", "code", "property"]
Flag = Literal["only_here", "in_all", "different"]
FLAGS: Final[tuple[Flag, ...]] = ("only_here", "in_all", "different")
Place = tuple[str, str]  # GUIDs of a row (slot, code or property) and of a case


@dataclass(frozen=True, slots=True)
class CodeHere:
    """A code in a cell, and how many passages of the case it has; flags are those of the code."""

    guid: str
    name: str
    count: int
    only_here: bool = False
    in_all: bool = False


@dataclass(frozen=True, slots=True)
class ValueHere:
    """Where a case was seen on a property: its places in the order of the dimension."""

    property: str
    name: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row shows of a case. ``passages`` counts them once, under whatever codes of the row."""

    codes: tuple[CodeHere, ...] = ()
    passages: int = 0
    values: tuple[ValueHere, ...] = ()
    summary: str = ""
    chosen: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing occurs and nothing is written."""
        return not (self.codes or self.values or self.summary or self.chosen)


@dataclass(frozen=True, slots=True)
class Row:
    """A slot, code or property (GUID). ``codes`` stand in it; ``different``: names of such properties."""

    kind: RowKind
    guid: str
    name: str
    codes: tuple[str, ...]
    cases: int
    flags: frozenset[Flag]
    different: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A case."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table. Cells that are empty are not in ``cells``; ``hidden``: the study hides frequencies."""

    title: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: Mapping[Place, Cell] = field(repr=False)
    hidden: bool
    segments: "Segments" = field(repr=False)

    def cell(self, row: str, case: str) -> Cell:
        """What stands in a cell."""
        return self.cells.get((row, case), Cell())


def comparison(
    project: Project,
    *,
    rows: Literal["slots", "codes", "properties"] = "slots",
    model: str | None = None,
    codes: Sequence[str] | None = None,
    cases: Sequence[str] | None = None,
    with_children: bool = True,
    chosen: Mapping[Place, str] | None = None,
    summaries: Mapping[Place, str] | None = None,
) -> Comparison:
    """The table of slots of a ``model`` (the first active one), of ``codes``, or of properties of ``codes``.

    Without ``codes`` all categories are meant; ``cases`` are GUIDs (all without). ``chosen`` are quotations
    (segments) and ``summaries`` texts by row and case.

    :raises KnownError: there is no such model.
    """
    heads = _slots(project, model) if rows == "slots" else None
    with project.read() as db:
        store = loaded(project, db)
        title, wanted = heads or ("", _codes(db, codes))
        known = {code: None for _guid, _name, some in wanted for code in some if code in store.codes.rank}
        dimensions: dict[str, list[Axis]] = defaultdict(list)
        for axis in axes(db, codes=list(known)):
            dimensions[axis.code].append(axis)
        columns = tuple(
            Column(guid, name)
            for guid, name in zip(store.cases.guids, store.cases.names, strict=True)
            if cases is None or guid in set(cases)
        )
        table = _Table(columns, chosen or {}, summaries or {})
        if rows == "properties":
            some = [axis for code in known for axis in dimensions[code]]
            table.segments = _seen(db, some, columns)
            for axis in some:
                table.add_property(axis)
        else:
            table.count(store, list(known), wanted, with_children=with_children)
            kind: RowKind = "slot" if rows == "slots" else "code"
            for guid, name, members in wanted:
                table.add(kind, guid, name, tuple(dict.fromkeys(members)), dimensions)
        hidden = bool(db.execute(select(ProjectSheet.hide_frequencies)).scalar())
        return Comparison(title, tuple(table.rows), columns, table.cells, hidden, table.segments)


def filtered(found: Comparison, flag: Flag, *, case: str | None = None) -> Comparison:
    """Only what has a flag: rows without it go, and of the others the codes without it.

    ``case`` (GUID): only what is so in this case.
    """
    cells, rows = {}, []
    for row in found.rows:
        if flag not in row.flags:
            continue
        if row.kind == "property" or flag == "different":
            here = {one.guid: found.cell(row.guid, one.guid) for one in found.columns}
        else:
            here = {one.guid: _narrowed(found.cell(row.guid, one.guid), flag) for one in found.columns}
        told = here[case] if case is not None and case in here else None
        if told is None or (told.values if row.kind == "property" else told.codes):
            rows.append(row)
            cells.update({(row.guid, guid): one for guid, one in here.items() if not one.empty})
    return replace(found, rows=tuple(rows), cells=cells)


def _narrowed(cell: Cell, flag: Flag) -> Cell:
    some = tuple(one for one in cell.codes if (one.only_here if flag == "only_here" else one.in_all))
    return replace(cell, codes=some) if some else Cell()


# -- how it comes about -------------------------------------------------------------------------------------

_Head = tuple[str, str, tuple[str, ...]]  # GUID, name, codes


def _slots(project: Project, model: str | None) -> tuple[str, list[_Head]]:
    every = theory.models(project)
    found = next((one for one in every if (one.guid == model if model else one.status == "active")), None)
    if found is None:
        raise KnownError(_("There is no model whose slots could be compared."))
    placed: dict[str, list[str]] = defaultdict(list)
    for one in theory.placements(project, found.guid):
        placed[one.slot].append(one.code)
    heads = [(slot.guid, slot.name, tuple(placed[slot.guid])) for slot in found.slots]
    return found.name, heads


def _codes(db: Connection, codes: Sequence[str] | None) -> list[_Head]:
    query = select(Code.guid, Code.name).order_by(Code.position, Code.id)
    if codes is None:
        return [(r.guid, r.name, (r.guid,)) for r in db.execute(query.where(Code.kind == "category"))]
    names = {r.guid: r.name for r in db.execute(query)}
    return [(code, names[code], (code,)) for code in dict.fromkeys(codes) if code in names]


class Segments:
    """The passages of each cell by their ids; ``counts`` is a table of rows and cases."""

    def __init__(self, rows: Mapping[str, int], columns: Mapping[str, int], cell: Ints, ids: Ints) -> None:
        self._rows, self._columns = rows, columns
        self._cell, self._ids = cell, ids
        shape = len(rows), len(columns)
        self.counts: Ints = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)

    def of(self, row: str, case: str) -> list[int]:
        """The ids of a cell's passages."""
        if row not in self._rows or case not in self._columns:
            return []
        key = self._rows[row] * len(self._columns) + self._columns[case]
        first, stop = np.searchsorted(self._cell, [key, key + 1])
        found: list[int] = self._ids[first:stop].tolist()
        return found

    def count(self, row: str, case: str) -> int:
        """How many passages a cell has."""
        return int(self.counts[self._rows[row], self._columns[case]])


def _gathered(
    store: Store, heads: list[_Head], shown: Ints, cases: Mapping[str, int], *, with_children: bool
) -> Segments:
    """The passages under the codes of each head, each once; ``shown``: the column of each case, or -1."""
    size, owners = _owners(store, heads, with_children=with_children)
    codings, passages = store.codings, store.passages
    column = shown[passages.case[codings.segment]]
    seen = np.flatnonzero((column >= 0) & (size[codings.code] > 0))
    code, column, segment = codings.code[seen], column[seen], codings.segment[seen]
    count, first = size[code], np.cumsum(size) - size
    which = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    cell = owners[np.repeat(first[code], count) + which] * len(cases) + np.repeat(column, count)
    wide = len(passages.id) + 1
    keys = np.sort(cell * wide + np.repeat(segment, count))
    new = np.ones(len(keys), np.bool_)
    new[1:] = keys[1:] != keys[:-1]  # several coders, or several codes of a row
    cell, segment = np.divmod(keys[new], wide)
    rows = {guid: at for at, (guid, _name, _codes) in enumerate(heads)}
    return Segments(rows, cases, cell, passages.id[segment])


def _owners(store: Store, heads: list[_Head], *, with_children: bool) -> tuple[Ints, Ints]:
    """For each code how many heads it counts for, and those of all codes one after the other."""
    own: dict[int, list[int]] = defaultdict(list)
    for at, (_guid, _name, members) in enumerate(heads):
        for code in members:
            if code in store.codes.rank:
                own[store.codes.rank[code]].append(at)
    found = []
    for rank in range(len(store.codes.ids)):
        here, above = set(own.get(rank, ())), store.codes.above[rank]
        while with_children and above >= 0:
            here.update(own.get(above, ()))
            above = store.codes.above[above]
        found.append(sorted(here))
    size = np.array([len(one) for one in found], np.int64)
    return size, np.array([at for one in found for at in one], np.int64)


def _seen(db: Connection, dimensions: list[Axis], columns: tuple[Column, ...]) -> Segments:
    """The passages that put cases at places of properties."""
    wanted = list({one.segment for axis in dimensions for one in axis.seen if one.segment})
    ids: dict[str, int] = {}
    for at in range(0, len(wanted), 500):
        query = select(Segment.guid, Segment.id).where(Segment.guid.in_(wanted[at : at + 500]))
        ids.update((row.guid, row.id) for row in db.execute(query))
    cases = {one.guid: at for at, one in enumerate(columns)}
    pairs = {
        (row * len(cases) + cases[one.bearer.guid], ids[one.segment])
        for row, axis in enumerate(dimensions)
        for one in axis.seen
        if one.bearer.guid in cases and one.segment in ids
    }
    found = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    return Segments(
        {axis.property: at for at, axis in enumerate(dimensions)}, cases, found[:, 0], found[:, 1]
    )


class _Table:
    """Gathers rows and cells."""

    def __init__(
        self, columns: tuple[Column, ...], chosen: Mapping[Place, str], summaries: Mapping[Place, str]
    ) -> None:
        self.rows: list[Row] = []
        self.cells: dict[Place, Cell] = {}
        self.segments = Segments({}, {}, np.zeros(0, np.int64), np.zeros(0, np.int64))
        self._columns = columns
        self._chosen, self._summaries = chosen, summaries
        self._written = {*chosen, *summaries}
        self._counts: dict[str, dict[str, int]] = {}  # by code and case
        self._names: dict[str, str] = {}

    def count(self, store: Store, codes: list[str], heads: list[_Head], *, with_children: bool) -> None:
        """Counts the codes by case, and gathers the passages of each cell."""
        rank = store.codes.rank
        self._names = {code: store.codes.names[rank[code]] for code in codes}
        shown = np.full(len(store.cases.ids) + 1, -1, np.int64)  # the last one: no case
        shown[[store.cases.rank[one.guid] for one in self._columns]] = np.arange(len(self._columns))
        cases = {one.guid: at for at, one in enumerate(self._columns)}
        single: list[_Head] = [(code, "", (code,)) for code in codes]
        own = self.segments = _gathered(store, single, shown, cases, with_children=with_children)
        if [(guid, members) for guid, _name, members in heads] != [(c, m) for c, _n, m in single]:
            self.segments = _gathered(store, heads, shown, cases, with_children=with_children)
        for at, code in enumerate(codes):
            of = own.counts[at].tolist()
            self._counts[code] = {one.guid: of[n] for n, one in enumerate(self._columns) if of[n]}

    def add(
        self,
        kind: RowKind,
        guid: str,
        name: str,
        codes: tuple[str, ...],
        dimensions: Mapping[str, list[Axis]],
    ) -> None:
        """A row of codes; those that are gone are left out."""
        codes = tuple(code for code in codes if code in self._names)
        counts = [(code, self._counts.get(code, {})) for code in codes]
        every = len(self._columns)
        some = [axis for code in codes for axis in dimensions.get(code, ())]
        flags: set[Flag] = set()
        if any(len(of) == 1 for _code, of in counts):
            flags.add("only_here")
        if every and any(len(of) == every for _code, of in counts):
            flags.add("in_all")
        different = tuple(axis.name for axis in some if self._differs(axis))
        if different:
            flags.add("different")
        there: set[str] = set()
        for column in self._columns:
            case = column.guid
            here = tuple(
                CodeHere(code, self._names[code], of[case], len(of) == 1, len(of) == every)
                for code, of in counts
                if case in of
            )
            if here:
                there.add(case)
            if here or some or (guid, case) in self._written:
                count = self.segments.count(guid, case) if here else 0
                self._put((guid, case), Cell(here, count, _values(some, case)))
        self.rows.append(Row(kind, guid, name, codes, len(there), frozenset(flags), different))

    def add_property(self, axis: Axis) -> None:
        """A row of the places of one property."""
        flags: set[Flag] = {"different"} if self._differs(axis) else set()
        places = [axis.places_of(one.guid) for one in self._columns]
        full = sum(bool(some) for some in places)
        if full == 1:
            flags.add("only_here")
        if places and full == len(places):
            flags.add("in_all")
        for one in self._columns:
            at = axis.property, one.guid
            count = self.segments.count(*at)
            self._put(at, Cell((), count, _values([axis], one.guid)))
        name = _("{category}: {property}").format(category=axis.code_name, property=axis.name)
        different = (axis.name,) if "different" in flags else ()
        self.rows.append(
            Row("property", axis.property, name, (axis.code,), full, frozenset(flags), different)
        )

    def _differs(self, axis: Axis) -> bool:
        """Whether two cases were seen at different places."""
        return len({places for one in self._columns if (places := axis.places_of(one.guid))}) > 1

    def _put(self, at: Place, cell: Cell) -> None:
        summary, chosen = self._summaries.get(at, ""), self._chosen.get(at, "")
        if summary or chosen:
            cell = replace(cell, summary=summary, chosen=chosen)
        if not cell.empty:
            self.cells[at] = cell


def _values(dimensions: Iterable[Axis], case: str) -> tuple[ValueHere, ...]:
    return tuple(
        ValueHere(axis.property, axis.name, places) for axis in dimensions if (places := axis.places_of(case))
    )
