"""Which codes meet: pairs of passages found by a sweep, document by document, counted by sorting numbers.

Numbers are kept in 32 bits, which sorts several times as fast as 64.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qda.coding.retrieval.store import Ints, Mask

_NARROW: Final = (1 << 31) - 1
_DENSE: Final = 4_000_000  # cells that are counted in a table; above that in a list
_AT_ONCE: Final = 2_000_000  # pairs
_ENTRIES: Final = 30_000  # in one go, so that it stays near the processor


@dataclass(frozen=True, slots=True)
class Entries:
    """Segments under codes, each once, in the order of the segments. ``times``: how many codings say so."""

    segment: Ints
    row: Ints
    times: Ints
    source: Ints
    case: Ints

    def at(self, rows: Ints) -> "Entries":
        """Some of them."""
        return Entries(*(getattr(self, name)[rows] for name in self.__slots__))


class Tally:
    """Counts cells: distinct cases, distinct documents, and all."""

    def __init__(self, cells: int) -> None:
        self._cells = max(1, cells)
        self._dense = self._cells <= _DENSE
        self._counts = np.zeros((3, self._cells if self._dense else 0), np.int64)
        self._listed: tuple[list[Ints], ...] = ([], [], [])
        self._late: list[Ints] = []  # cells of cases of which more is to come

    def add(self, cells: Ints, source: Ints, case: Ints, *, whole: Mask | None = None) -> None:
        """Counts one segment in each of the cells, with its document and case (-1: none).

        Each document comes in one call. ``whole`` says which cases do, too (all, if nothing is said).
        """
        self._count(2, cells)
        self._count(1, self._distinct(source, cells))
        of_case = case >= 0
        late = np.zeros(len(cells), np.bool_) if whole is None else ~whole
        now = of_case & ~late
        self._count(0, self._distinct(case[now], cells[now]))
        if (of_case & late).any():
            rest = of_case & late
            self._late.append(np.unique(case[rest] * self._cells + cells[rest]))

    def counted(self) -> tuple[Ints, Ints]:
        """The cells that are not empty, in order, and their three counts."""
        if self._late:
            cells = np.unique(np.concatenate(self._late)) % self._cells
            self._late = []
            self._count(0, cells)
        if self._dense:
            keys = np.flatnonzero(self._counts[2])
            return keys, self._counts[:, keys]
        keys, counts = np.unique(np.concatenate(self._listed[2] or [_none()]), return_counts=True)
        found = np.zeros((3, len(keys)), np.int64)
        found[2] = counts
        for which in (0, 1):
            some, times = np.unique(np.concatenate(self._listed[which] or [_none()]), return_counts=True)
            found[which, np.searchsorted(keys, some)] = times
        return keys, found

    def _count(self, which: int, cells: Ints) -> None:
        if self._dense:
            if len(cells):
                self._counts[which] += np.bincount(cells, minlength=self._cells)
        else:
            self._listed[which].append(cells)

    def _distinct(self, groups: Ints, cells: Ints) -> Ints:
        """The cells of each group, each once."""
        if not len(cells):
            return cells
        first = groups.min()
        keys = _unique((groups - first) * self._cells + cells)
        found: Ints = keys % self._cells
        return found


def _none() -> Ints:
    return np.zeros(0, np.int64)


def _unique(keys: NDArray[Any]) -> Ints:
    """The keys in order, each once."""
    if len(keys) and keys.max() <= _NARROW:
        keys = keys.astype(np.int32)
    keys = np.sort(keys)
    new = np.ones(len(keys), np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    return keys[new].astype(np.int64)


def together(entries: Entries, low: Ints, high: Ints, *, codes: int, above: Mask | None) -> Tally:
    """Counts for each code how many of its segments meet one of each other code.

    Two meet where their ranges low–high (ends included) do. ``above``: which codes stand above or below
    each other, where a code's entries hold those of the codes below it; there one passage meets itself only
    if it bears other codings for the one code than for the other.
    """
    tally = Tally(codes * codes)
    order = np.lexsort((low, entries.source, _main_case(entries)))
    entries, low, high = entries.at(order), low[order], high[order]
    case_size = np.bincount(entries.case + 1)
    for part in _documents(entries.source, codes):
        some = entries.at(part)
        met = [_met(some, *pair, codes, above) for pair in _pairs(low[part], high[part])]
        keys = _unique(np.concatenate([*met, _none()]))
        left, other = keys // max(1, codes), keys % max(1, codes)
        own = np.arange(len(some.row))
        left, other = np.concatenate([left, own]), np.concatenate([other, some.row])
        cells = some.row[left] * codes + other
        here = np.bincount(some.case + 1, minlength=len(case_size))
        whole = (here == case_size)[some.case[left] + 1]
        tally.add(cells, some.source[left], some.case[left], whole=whole)
    return tally


def _main_case(entries: Entries) -> Ints:
    """For each entry the case in which its document begins, so that documents of one case lie together."""
    if not len(entries.source):
        return entries.source
    case = np.full(int(entries.source.max()) + 1, -1, np.int64)
    case[entries.source[::-1]] = entries.case[::-1]
    return case[entries.source]


def _documents(source: Ints, codes: int) -> Iterator[Ints]:
    """The entries (sorted so that each document's lie together) in parts of whole documents.

    Every part is so small that its numbers fit into 32 bits, as far as one document allows.
    """
    if not len(source):
        return
    edges = [0, *(np.flatnonzero(np.diff(source)) + 1).tolist(), len(source)]
    most = max(1, min(_ENTRIES, _NARROW // max(1, codes)))
    spread = max(1, _NARROW // max(1, codes * codes))
    start, lowest, highest = 0, int(source[0]), int(source[0])
    for first, last in pairwise(edges):
        document = int(source[first])
        wide = max(highest, document) - min(lowest, document) >= spread
        if first > start and (last - start > most or wide):
            yield np.arange(start, first)
            start, lowest, highest = first, document, document
        lowest, highest = min(lowest, document), max(highest, document)
    yield np.arange(start, len(source))


def _pairs(low: Ints, high: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Rows of ranges (sorted by ``low`` within documents that follow each other) that meet."""
    order = np.argsort(low, kind="stable")
    low, high = low[order], high[order]
    count = np.searchsorted(low, high, side="right") - np.arange(len(low)) - 1
    upto = np.cumsum(count)
    start = 0
    while start < len(low):
        before = int(upto[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(upto, before + _AT_ONCE, side="right")))
        some = count[start:stop]
        left = np.repeat(np.arange(start, stop), some)
        shift = np.repeat(np.cumsum(some) - some, some)
        right = np.arange(len(left)) - shift + left + 1
        yield order[left], order[right]
        start = stop


def _met(entries: Entries, one: Ints, other: Ints, codes: int, above: Mask | None) -> Ints:
    """Entries and the codes that they meet, as entry × codes + code."""
    real = entries.row[one] != entries.row[other]
    if above is not None:
        same = (
            (entries.segment[one] == entries.segment[other])
            & (entries.times[one] == entries.times[other])
            & above[entries.row[one], entries.row[other]]
        )
        real &= ~same
    one, other = one[real], other[real]
    keys = np.concatenate([one * codes + entries.row[other], other * codes + entries.row[one]])
    return _unique(keys)
