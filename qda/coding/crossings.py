"""Codes against documents, cases and each other.

Every cell counts cases first, then documents, then segments, and leads to its segments
(:func:`cell_segments`). A segment counts once under a code, however many persons coded it so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np

from qda.coding.crossing_pairs import Entries, Tally, together
from qda.coding.references import code_paths
from qda.coding.retrieval import spec
from qda.coding.retrieval.evaluate import Evaluation, subtree
from qda.coding.retrieval.finding import Page, find
from qda.coding.retrieval.spec import Spec
from qda.coding.retrieval.store import Ints, Store, loaded
from qda.models import Project

Nearness = Literal["overlap", "paragraph", "turn", "near"]
Measure = Literal["cases", "documents", "segments"]
Kind = Literal["code-documents", "code-cases", "code-codes"]
NEARNESS: Final[dict[str, type[spec.Relation]]] = {
    "overlap": spec.Overlapping,
    "paragraph": spec.SameParagraph,
    "turn": spec.SameTurn,
    "near": spec.Near,  # in one paragraph, or in the next or the one before
}
MEASURES: Final[tuple[Measure, ...]] = ("cases", "documents", "segments")


@dataclass(frozen=True, slots=True)
class Head:
    """A row or column: a code (by path), document or case. Without GUID: what belongs to no case."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class Count:
    """In how many cases and documents, and how many segments."""

    cases: int
    documents: int
    segments: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty: GUIDs of its row and column, and what it counts."""

    row: str
    column: str
    cases: int
    documents: int
    segments: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """A table of codes and something else. It can be large: ask for cells one by one, or go through them.

    In code × code a cell counts the segments of the row's code that meet one of the column's code; the
    diagonal is the code itself.

    The totals of a row are what its code has in all, those of a column what the rows together have there;
    a segment counts once in each.
    """

    kind: Kind
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    with_children: bool
    within: Spec | None
    nearness: Nearness
    _keys: Ints = field(repr=False)
    _counts: Ints = field(repr=False)  # cases, documents, segments under one another
    row_totals: Ints = field(repr=False)  # the same three of each row, of each column, and of all together
    column_totals: Ints = field(repr=False)
    total: Ints = field(repr=False)
    _row: dict[str, int] = field(repr=False)
    _column: dict[str, int] = field(repr=False)

    def cell(self, row: str, column: str) -> Count:
        """What a row (a code's GUID) and a column (a GUID) count together."""
        key = self._row[row] * len(self.columns) + self._column[column]
        at = int(np.searchsorted(self._keys, key))
        if at == len(self._keys) or self._keys[at] != key:
            return Count(0, 0, 0)
        return Count(*self._counts[:, at].tolist())

    def cells(self) -> Iterator[Cell]:
        """The cells that are not empty, row by row."""
        wide = max(1, len(self.columns))
        for key, *counts in zip(self._keys.tolist(), *self._counts.tolist(), strict=True):
            row, column = divmod(key, wide)
            yield Cell(self.rows[row].guid, self.columns[column].guid, *counts)

    def table(self, what: Measure = "cases") -> Ints:
        """One of the three counts as a table of rows and columns, for painting."""
        found = np.zeros(len(self.rows) * len(self.columns), np.int64)
        found[self._keys] = self._counts[MEASURES.index(what)]
        return found.reshape(len(self.rows), len(self.columns))

    def tables(self) -> Ints:
        """All three counts (first axis) as tables of rows and columns."""
        found = np.zeros((len(MEASURES), len(self.rows) * len(self.columns)), np.int64)
        found[:, self._keys] = self._counts
        return found.reshape(len(MEASURES), len(self.rows), len(self.columns))

    @property
    def filled(self) -> int:
        """How many cells are not empty."""
        return len(self._keys)


# -- the three tables ---------------------------------------------------------------------------------------


def code_documents(
    project: Project,
    *,
    codes: Sequence[str] | None = None,
    with_children: bool = False,
    within: Spec | None = None,
) -> Crossing:
    """Codes × documents. ``codes`` are GUIDs (all without); ``within``: only what that query selects."""
    with project.read() as db:
        store = loaded(project, db)
        entries, rows = entries_of(Evaluation(db, store, within=within), store, codes, with_children)
        names = store.documents.names
        columns = tuple(map(Head, names.guids, names.names))
        heads = code_heads(code_paths(db), store, rows)
        tally = _by_column(entries, entries.source, max(1, len(columns)), len(rows))
        totals = _totals(entries, entries.source, len(rows), len(columns))
        more: dict[str, Any] = {"with_children": with_children, "within": within}
        return _crossing("code-documents", heads, columns, tally, totals, **more)


def code_cases(
    project: Project,
    *,
    codes: Sequence[str] | None = None,
    with_children: bool = False,
    within: Spec | None = None,
) -> Crossing:
    """Codes × cases; the last column is what belongs to none. A speaker's case outranks the document's."""
    with project.read() as db:
        store = loaded(project, db)
        entries, rows = entries_of(Evaluation(db, store, within=within), store, codes, with_children)
        columns = (*map(Head, store.cases.guids, store.cases.names), Head("", ""))
        column = np.where(entries.case < 0, len(store.cases.guids), entries.case)
        heads = code_heads(code_paths(db), store, rows)
        tally = _by_column(entries, column, len(columns), len(rows))
        totals = _totals(entries, column, len(rows), len(columns))
        more: dict[str, Any] = {"with_children": with_children, "within": within}
        return _crossing("code-cases", heads, columns, tally, totals, **more)


def code_codes(
    project: Project,
    *,
    codes: Sequence[str] | None = None,
    nearness: Nearness = "overlap",
    with_children: bool = False,
    within: Spec | None = None,
) -> Crossing:
    """Codes × codes: which occur together, by overlap, in one paragraph or turn, or a paragraph apart."""
    with project.read() as db:
        store = loaded(project, db)
        entries, rows = entries_of(Evaluation(db, store, within=within), store, codes, with_children)
        heads = code_heads(code_paths(db), store, rows)
        passages = store.passages
        ranges = {
            "overlap": (passages.begin, passages.end - 1),
            "paragraph": (passages.first, passages.last),
            "turn": (passages.first_turn, passages.last_turn),
            "near": (passages.first, passages.last + 1),  # reaches into the paragraph behind
        }
        low, high = (one[entries.segment] for one in ranges[nearness])
        above = _ancestry(store, rows) if with_children else None
        tally = together(entries, low, high, codes=len(rows), above=above)
        totals = _totals(entries, None, len(rows), len(rows))
        more: dict[str, Any] = {"with_children": with_children, "within": within, "nearness": nearness}
        return _crossing("code-codes", heads, heads, tally, totals, **more)


def cell_segments(
    project: Project, crossing: Crossing, row: str, column: str, *, offset: int = 0, limit: int = 200
) -> Page:
    """The segments that a cell counts."""
    code = spec.Code(row, crossing.with_children)
    query: Spec
    if crossing.kind == "code-documents":
        query = spec.And((code, spec.Document(column)))
    elif crossing.kind == "code-codes":
        other = spec.Code(column, crossing.with_children)
        query = code if row == column else NEARNESS[crossing.nearness](code, other)
    elif column:
        query = spec.And((code, spec.Case(column, with_inner=False)))
    else:
        cases = tuple(spec.Case(one.guid, with_inner=False) for one in crossing.columns if one.guid)
        query = spec.And((code, spec.Not(spec.Or(cases)))) if cases else code
    return find(project, query, within=crossing.within, offset=offset, limit=limit)


# -- how they come about ------------------------------------------------------------------------------------


def entries_of(
    evaluation: Evaluation, store: Store, codes: Sequence[str] | None, with_children: bool
) -> tuple[Entries, list[int]]:
    """Each segment once under each code, with how many codings make it so; and the ranks of the codes."""
    names = store.codes
    rows = in_tree(store) if codes is None else [names.rank[code] for code in codes]
    row_of = np.full(len(names.ids) + 1, -1, np.int64)
    row_of[rows] = np.arange(len(rows))
    seen = np.flatnonzero(evaluation.world)
    segment, code = store.codings.segment[seen], store.codings.code[seen]
    if with_children:
        owners = [[] for _code in names.ids]  # type: list[list[int]]
        for rank in rows:
            for below in subtree(names, rank, True):
                owners[below].append(int(row_of[rank]))
        size = np.array([len(one) for one in owners] or [0], np.int64)
        first = np.cumsum(size) - size
        flat = np.array([row for one in owners for row in one], np.int64)
        count = size[code]
        which = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        row = flat[np.repeat(first[code], count) + which]
        segment = np.repeat(segment, count)
    else:
        row = row_of[code]
        segment, row = segment[row >= 0], row[row >= 0]
    wide = max(1, len(rows))
    keys, times = np.unique(segment * wide + row, return_counts=True)
    segment = keys // wide
    passages = store.passages
    return Entries(segment, keys % wide, times, passages.source[segment], passages.case[segment]), rows


def in_tree(store: Store) -> list[int]:
    """The ranks of all codes in the order of the tree."""
    inside: dict[int, list[int]] = {}
    for rank, above in enumerate(store.codes.above):
        inside.setdefault(above, []).append(rank)
    found, waiting = [], list(reversed(inside.get(-1, [])))
    while waiting:
        rank = waiting.pop()
        found.append(rank)
        waiting += reversed(inside.get(rank, []))
    return found


def _ancestry(store: Store, rows: list[int]) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
    """Which row is which row's code above (or below) in the tree."""
    row_of = {rank: at for at, rank in enumerate(rows)}
    found = np.zeros((len(rows), len(rows)), np.bool_)
    for rank, at in row_of.items():
        above = store.codes.above[rank]
        while above >= 0:
            if above in row_of:
                found[at, row_of[above]] = found[row_of[above], at] = True
            above = store.codes.above[above]
    return found


def code_heads(paths: dict[str, str], store: Store, rows: list[int]) -> tuple[Head, ...]:
    return tuple(Head(store.codes.guids[rank], paths[store.codes.guids[rank]]) for rank in rows)


def _by_column(entries: Entries, column: Ints, wide: int, rows: int) -> Tally:
    tally = Tally(rows * wide)
    tally.add(entries.row * wide + column, entries.source, entries.case)
    return tally


def _totals(entries: Entries, column: Ints | None, rows: int, columns: int) -> tuple[Ints, Ints, Ints]:
    """What each row, each column and all together hold. Without columns these are the rows again."""
    by_row = counted_in(entries.row, entries, rows)
    once = np.ones(len(entries.segment), np.bool_)
    once[1:] = entries.segment[1:] != entries.segment[:-1]
    segments = entries.at(np.flatnonzero(once))
    total = counted_in(np.zeros(len(segments.segment), np.int64), segments, 1)
    by_column = by_row if column is None else counted_in(column[once], segments, columns)
    return by_row, by_column, total


def counted_in(cells: Ints, entries: Entries, count: int) -> Ints:
    """Cases, documents and segments of entries in their cells, as three rows."""
    tally = Tally(count)
    tally.add(cells, entries.source, entries.case)
    keys, counts = tally.counted()
    found = np.zeros((3, count), np.int64)
    found[:, keys] = counts
    return found


def _crossing(
    kind: Kind,
    rows: tuple[Head, ...],
    columns: tuple[Head, ...],
    tally: Tally,
    totals: tuple[Ints, Ints, Ints],
    *,
    with_children: bool,
    within: Spec | None,
    nearness: Nearness = "overlap",
) -> Crossing:
    keys, counts = tally.counted()
    return Crossing(
        kind,
        rows,
        columns,
        with_children,
        within,
        nearness,
        keys,
        counts,
        *totals,
        {head.guid: at for at, head in enumerate(rows)},
        {head.guid: at for at, head in enumerate(columns)},
    )
