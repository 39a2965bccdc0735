"""Case comparison: cases as columns; slots of a model, categories or properties as rows.

A cell holds the codes that occur there with their counts, the values seen, the author's summary, and a
quotation that the author chose (:mod:`qda.coding.comparison_quotations` sets the most deviating one beside
it). A code counts those below it, if so wished; a passage counts once under a code, however many persons
coded it so.

Flags say what to look at, never what it means. *Only here*: it occurs in one of the compared cases alone. *In
all*: it occurs in each of them. *Different dimension*: two cases were seen at different places of a property.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np
from sqlalchemy import Connection, func, select

from qda.coding.codes import code_tree_colours
from qda.coding.comparison_rows import Head, RowKind, Split, chosen_model, code_heads, slot_heads
from qda.coding.profiles import Axis, axes
from qda.coding.retrieval.store import Ints, Mask, Store, loaded
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import ProjectSheet

Rows = Literal["slots", "codes", "properties"]
Flag = Literal["only_here", "in_all", "different"]
FLAGS: Final[tuple[Flag, ...]] = ("only_here", "in_all", "different")
BY_ADDRESSEE: Final[tuple[Split, ...]] = ("addressee",)
Place = tuple[str, str]  # key of a row and GUID of a case


@dataclass(frozen=True, slots=True)
class CodeHere:
    """A code in a cell, and how many passages of the case it has; flags are those of the code."""

    guid: str
    name: str
    count: int
    only_here: bool = False
    in_all: bool = False
    different: bool = False


@dataclass(frozen=True, slots=True)
class CodeLook:
    """How a code is shown; ``colour`` is an index."""

    name: str
    colour: int
    in_vivo: bool


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
    """A slot, code or property (GUID). ``codes`` stand in it; ``different``: names of such properties.

    ``part`` is the addressee or level that the row is about, ``key`` names it among all rows.
    """

    kind: RowKind
    guid: str
    name: str
    codes: tuple[str, ...]
    cases: int
    flags: frozenset[Flag]
    different: tuple[str, ...] = ()
    part: str = ""
    part_name: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A case."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table. Cells that are empty are not in ``cells``; ``hidden``: the study hides frequencies.

    ``where`` tells of every code of the rows in which of the compared cases it occurs, ``looks`` how it is
    shown; ``model`` is the model of the slots.
    """

    title: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: Mapping[Place, Cell] = field(repr=False)
    hidden: bool
    segments: "Segments" = field(repr=False)
    model: str = ""
    where: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    looks: Mapping[str, CodeLook] = field(default_factory=dict, repr=False)

    def cell(self, row: str, case: str) -> Cell:
        """What stands in a cell (row by its key, case by GUID)."""
        return self.cells.get((row, case), Cell())


def comparison(
    project: Project,
    *,
    rows: Rows = "slots",
    model: str | None = None,
    codes: Sequence[str] | None = None,
    cases: Sequence[str] | None = None,
    with_children: bool = True,
    interviewer: bool = True,
    split: Collection[Split] = BY_ADDRESSEE,
    chosen: Mapping[Place, str] | None = None,
    summaries: Mapping[Place, str] | None = None,
) -> Comparison:
    """The table of slots of a ``model`` (the first active one), of ``codes``, or of properties of ``codes``.

    Without ``codes`` all categories are meant; ``cases`` are GUIDs, in the order wished (all without).
    Without ``interviewer``, passages that begin in the words of an interviewer do not count. ``split``:
    by what slots are taken apart. ``chosen`` are quotations (segments) and ``summaries`` texts by row and
    case.

    :raises KnownError: there is no such model.
    """
    wanted, title, which = None, "", ""
    if rows == "slots":
        found = chosen_model(project, model)
        title, which = found.name, found.guid
        written = {key for key, _case in (*(chosen or {}), *(summaries or {}))}
        wanted = slot_heads(project, found, split=split, written=written)
    with project.read() as db:
        store = loaded(project, db)
        heads = code_heads(db, codes) if wanted is None else wanted
        known = {code: None for head in heads for code in head.codes if code in store.codes.rank}
        dimensions: dict[str, list[Axis]] = defaultdict(list)
        for axis in axes(db, codes=list(known)):
            dimensions[axis.code].append(axis)
        table = _Table(_columns(store, cases), _looks(db, known), chosen or {}, summaries or {})
        if rows == "properties":
            some = [axis for code in known for axis in dimensions[code]]
            table.segments = _seen(db, some, table.columns)
            for axis in some:
                table.add_property(axis)
        else:
            left_out = None if interviewer else _asked(store)
            table.count(store, list(known), heads, with_children=with_children, left_out=left_out)
            for head in heads:
                table.add(head, dimensions)
        hidden = bool(db.execute(select(ProjectSheet.hide_frequencies)).scalar())
        return table.finished(title, hidden=hidden, model=which)


def has_many_codings(project: Project, *, more_than: int) -> bool:
    """Whether there are (or were) so many codings that comparing them takes its time; answered at once."""
    with project.read() as db:
        return (db.execute(select(func.max(Coding.id))).scalar() or 0) > more_than


# -- how it comes about -------------------------------------------------------------------------------------


def _columns(store: Store, cases: Sequence[str] | None) -> tuple[Column, ...]:
    names = dict(zip(store.cases.guids, store.cases.names, strict=True))
    wanted = names if cases is None else [one for one in dict.fromkeys(cases) if one in names]
    return tuple(Column(guid, names[guid]) for guid in wanted)


def _looks(db: Connection, codes: Collection[str]) -> dict[str, CodeLook]:
    colours = {one.guid: one.colour for one in code_tree_colours(db)}
    query = select(Code.guid, Code.name, Code.origin)
    return {
        r.guid: CodeLook(r.name, colours[r.guid], r.origin == "in-vivo")
        for r in db.execute(query)
        if r.guid in codes
    }


def _asked(store: Store) -> Mask:
    """The passages that begin in the words of an interviewer."""
    roles = np.array([role == "interviewer" for _label, _name, role in store.speakers] + [False])
    found: Mask = roles[store.passages.speaker]  # nobody is the last one
    return found


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
    store: Store,
    heads: list[Head],
    shown: Ints,
    cases: Mapping[str, int],
    *,
    with_children: bool,
    left_out: Mask | None,
) -> Segments:
    """The passages under the codes of each head, each once; ``shown``: the column of each case, or -1."""
    size, owners = _owners(store, heads, with_children=with_children)
    codings, passages = store.codings, store.passages
    case = shown[passages.case]
    if left_out is not None:
        case = np.where(left_out, -1, case)
    column = case[codings.segment]
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
    rows = {head.key: at for at, head in enumerate(heads)}
    return Segments(rows, cases, cell, passages.id[segment])


def _owners(store: Store, heads: list[Head], *, with_children: bool) -> tuple[Ints, Ints]:
    """For each code how many heads it counts for, and those of all codes one after the other."""
    own: dict[int, list[int]] = defaultdict(list)
    for at, head in enumerate(heads):
        for code in head.codes:
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
        self,
        columns: tuple[Column, ...],
        looks: Mapping[str, CodeLook],
        chosen: Mapping[Place, str],
        summaries: Mapping[Place, str],
    ) -> None:
        self.rows: list[Row] = []
        self.cells: dict[Place, Cell] = {}
        self.segments = Segments({}, {}, np.zeros(0, np.int64), np.zeros(0, np.int64))
        self.columns = columns
        self._looks = looks
        self._chosen, self._summaries = chosen, summaries
        self._written = {*chosen, *summaries}
        self._counts: dict[str, dict[str, int]] = {}  # by code and case
        self._seen: dict[str, dict[str, tuple[str, ...]]] = {}  # places by property and case

    def finished(self, title: str, *, hidden: bool, model: str) -> Comparison:
        """The table."""
        where = {code: frozenset(of) for code, of in self._counts.items()}
        rows, cells = tuple(self.rows), self.cells
        return Comparison(title, rows, self.columns, cells, hidden, self.segments, model, where, self._looks)

    def count(
        self,
        store: Store,
        codes: list[str],
        heads: list[Head],
        *,
        with_children: bool,
        left_out: Mask | None,
    ) -> None:
        """Counts the codes by case, and gathers the passages of each cell."""
        shown = np.full(len(store.cases.ids) + 1, -1, np.int64)  # the last one: no case
        shown[[store.cases.rank[one.guid] for one in self.columns]] = np.arange(len(self.columns))
        cases = {one.guid: at for at, one in enumerate(self.columns)}
        single = [Head("code", code, "", (code,)) for code in codes]

        def gathered(some: list[Head]) -> Segments:
            return _gathered(store, some, shown, cases, with_children=with_children, left_out=left_out)

        own = self.segments = gathered(single)
        if [(head.key, head.codes) for head in heads] != [(head.key, head.codes) for head in single]:
            self.segments = gathered(heads)
        for at, code in enumerate(codes):
            of = own.counts[at].tolist()
            self._counts[code] = {one.guid: of[n] for n, one in enumerate(self.columns) if of[n]}

    def add(self, head: Head, dimensions: Mapping[str, list[Axis]]) -> None:
        """A row of codes; those that are gone are left out."""
        codes = tuple(code for code in head.codes if code in self._looks)
        counts = [(code, self._counts.get(code, {})) for code in codes]
        every = len(self.columns)
        some = [axis for code in codes for axis in dimensions.get(code, ())]
        differing = [axis for axis in some if self._differs(axis)]
        flags: set[Flag] = set()
        if any(len(of) == 1 for _code, of in counts):
            flags.add("only_here")
        if every and any(len(of) == every for _code, of in counts):
            flags.add("in_all")
        if differing:
            flags.add("different")
        other = {axis.code for axis in differing}
        there: set[str] = set()
        for column in self.columns:
            case = column.guid
            here = tuple(
                CodeHere(
                    code, self._looks[code].name, of[case], len(of) == 1, len(of) == every, code in other
                )
                for code, of in counts
                if case in of
            )
            if here:
                there.add(case)
            if here or some or (head.key, case) in self._written:
                count = self.segments.count(head.key, case) if here else 0
                self._put((head.key, case), Cell(here, count, self._values(some, case)))
        self.rows.append(
            Row(
                head.kind,
                head.guid,
                head.name,
                codes,
                len(there),
                frozenset(flags),
                tuple(dict.fromkeys(axis.name for axis in differing)),
                head.part,
                head.part_name,
                head.key,
            )
        )

    def add_property(self, axis: Axis) -> None:
        """A row of the places of one property."""
        flags: set[Flag] = {"different"} if self._differs(axis) else set()
        places = [self._places(axis).get(one.guid, ()) for one in self.columns]
        full = sum(bool(some) for some in places)
        if full == 1:
            flags.add("only_here")
        if places and full == len(places):
            flags.add("in_all")
        for one in self.columns:
            at = axis.property, one.guid
            count = self.segments.count(*at)
            self._put(at, Cell((), count, self._values([axis], one.guid)))
        name = _("{category}: {property}").format(category=axis.code_name, property=axis.name)
        different = (axis.name,) if "different" in flags else ()
        row = Row("property", axis.property, name, (axis.code,), full, frozenset(flags), different)
        self.rows.append(replace(row, key=axis.property))

    def _differs(self, axis: Axis) -> bool:
        """Whether two cases were seen at different places."""
        places = self._places(axis)
        return len({places[one.guid] for one in self.columns if one.guid in places}) > 1

    def _places(self, axis: Axis) -> dict[str, tuple[str, ...]]:
        """The places at which cases were seen, by case; gathered once."""
        if axis.property not in self._seen:
            here: dict[str, set[str]] = defaultdict(set)
            for one in axis.seen:
                here[one.bearer.guid].add(one.place)
            order = axis.every_place
            self._seen[axis.property] = {
                case: tuple(place for place in order if place in some) for case, some in here.items()
            }
        return self._seen[axis.property]

    def _values(self, dimensions: Iterable[Axis], case: str) -> tuple[ValueHere, ...]:
        return tuple(
            ValueHere(axis.property, axis.name, places)
            for axis in dimensions
            if (places := self._places(axis).get(case))
        )

    def _put(self, at: Place, cell: Cell) -> None:
        summary, chosen = self._summaries.get(at, ""), self._chosen.get(at, "")
        if summary or chosen:
            cell = replace(cell, summary=summary, chosen=chosen)
        if not cell.empty:
            self.cells[at] = cell
