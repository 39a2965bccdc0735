"""Passages as vectors of one kind of features: what they share with another, by cosine.

A passage is known by counts of features (:mod:`features`). Its vector has for each feature
(1 + ln count) · ln((1 + N) / (1 + df)), N being the passages here and df how many have the feature: the
weights of Salton and Buckley (1988). Only counts are kept, all integers, so that taking a passage out brings
back exactly what was before it; weights come from the counts when somebody asks.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from qda.suggest.ranking.features import Bag

Floats = npt.NDArray[np.float64]
_SLACK: Final = 1_000  # rows taken out that still lie here, at least, before all begins anew
_SHORT: Final = 1e-9  # shorter vectors are none
_MOST: Final = 255  # more often than that counts no more
_TABLE: Final = 1.0 + np.log(np.maximum(np.arange(_MOST + 1), 1))
_SQUARES: Final = _TABLE**2


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of counts one after another; row n lies from offset n to offset n + 1."""

    ids: Any
    much: Floats  # 1 + ln count
    squares: Floats
    offsets: Any

    @classmethod
    def of(cls, ids: Any, counts: Any, offsets: Any) -> "_Rows":
        capped = np.minimum(counts, _MOST)
        return cls(ids, _TABLE[capped], _SQUARES[capped], offsets)

    def lengths(self, idf: Floats) -> Floats:
        """The length of each vector."""
        return np.asarray(np.sqrt(self._summed((idf**2)[self.ids] * self.squares)))

    def products(self, asked: Floats, idf: Floats) -> Floats:
        """The product of each vector with ``asked``, which is weighted already."""
        return self._summed((asked * idf)[self.ids] * self.much)

    def _summed(self, values: Floats) -> Floats:
        found = np.zeros(len(self.offsets) - 1)
        filled = self.offsets[1:] > self.offsets[:-1]
        if filled.any():
            found[filled] = np.add.reduceat(values, self.offsets[:-1][filled])
        return found


@dataclass(frozen=True, slots=True)
class Hits:
    """Where features that were asked for stand: rows, places among those asked, and how often."""

    rows: Any
    at: Any
    counts: Floats


class Space:
    """Rows of counts. Rows have numbers, which stay until :attr:`crowded` asks to begin anew.

    ``by`` is a space of the same features whose weights count here.
    """

    def __init__(self, by: "Space | None" = None) -> None:
        self._by = by
        self._df = np.zeros(1024, dtype=np.int64)
        self._ids: Any = np.zeros(4096, dtype=np.intp)
        self._much: Any = np.zeros(4096)
        self._squares: Any = np.zeros(4096)
        self._offsets = array("q", [0])
        self._alive = bytearray()
        self._living = 0
        self._fresh: tuple[_Rows, Floats, Floats] | None = None  # rows, weights of features, lengths

    def __len__(self) -> int:
        return self._living

    def add(self, bag: Bag) -> int:
        """Adds a row; returns its number."""
        self.make_room(bag)
        start, stop = self._offsets[-1], self._offsets[-1] + len(bag.ids)
        if stop > len(self._ids):
            self._ids, self._much, self._squares = (
                np.concatenate((one, np.zeros(max(stop, len(one)), dtype=one.dtype)))
                for one in (self._ids, self._much, self._squares)
            )
        capped = np.minimum(bag.counts, _MOST)
        self._ids[start:stop], self._much[start:stop] = bag.ids, _TABLE[capped]
        self._squares[start:stop] = _SQUARES[capped]
        self._offsets.append(stop)
        self._df[bag.ids] += 1
        self._alive.append(1)
        self._living += 1
        self._fresh = None
        return len(self._alive) - 1

    def remove(self, number: int) -> None:
        """Takes a row out; its counts are subtracted."""
        self._alive[number] = 0
        self._living -= 1
        self._df[self._ids[self._offsets[number] : self._offsets[number + 1]]] -= 1
        self._fresh = None

    @property
    def crowded(self) -> bool:
        """Whether more rows lie here that were taken out than that count."""
        return len(self._alive) - self._living > max(_SLACK, self._living)

    def likeness(self, bag: Bag) -> Floats:
        """The cosine of ``bag`` with every row; 0 for those that were taken out."""
        self.make_room(bag)
        rows, idf, lengths = self._weighted()
        asked, length = _asked(bag, idf)
        whole = lengths * length
        return _divided(rows.products(asked, idf), whole)

    def among(self, numbers: Any) -> Floats:
        """The cosines of some rows with each other."""
        rows, idf, lengths = self._weighted()
        first, last = rows.offsets[numbers], rows.offsets[numbers + 1]
        many = last - first
        which = np.repeat(np.arange(len(numbers)), many)
        at = np.arange(len(which)) + np.repeat(first - np.cumsum(many) + many, many)
        ids = rows.ids[at]
        used = np.zeros(len(idf), dtype=np.intp)
        used[ids] = 1
        column = np.cumsum(used) - 1
        dense = np.zeros((len(numbers), int(used.sum())))
        whole = np.maximum(lengths[numbers], _SHORT)[which]
        dense[which, column[ids]] = rows.much[at] * idf[ids] / whole
        return np.asarray(dense @ dense.T)

    def hits(self, bag: Bag, without: int | None = None) -> Hits:
        """The features of a bag in the rows that are here, but for one of them."""
        self.make_room(bag)
        places = np.full(len(self._df), -1, dtype=np.intp)
        places[bag.ids] = np.arange(len(bag.ids))
        used = self._offsets[-1]
        at = places[self._ids[:used]]
        found = np.flatnonzero(at >= 0)
        rows = np.searchsorted(np.array(self._offsets), found, side="right") - 1
        alive = np.frombuffer(bytes(self._alive), dtype=np.uint8) > 0
        kept = alive[rows]
        if without is not None:
            kept &= rows != without
        found, rows = found[kept], rows[kept]
        return Hits(rows, at[found], _counted(self._much[found]))

    def totals(self) -> Floats:
        """How many features each row has; 0 for those that were taken out."""
        sums = np.concatenate(([0.0], np.cumsum(_counted(self._much[: self._offsets[-1]]))))
        totals = np.diff(sums[np.array(self._offsets)])
        return np.where(np.frombuffer(bytes(self._alive), dtype=np.uint8) > 0, totals, 0.0)

    def kinds(self) -> int:
        """How many features there are here."""
        return int(np.count_nonzero(self._df))

    def shared(self, one: Bag, other: Bag, named: Callable[[int], str]) -> list[str]:
        """The features that two have in common, those first that most of the cosine comes from.

        Of equals the first by their names: numbers are as what was read before.
        """
        self.make_room(one)
        self.make_room(other)
        idf = self._weighted()[1]
        both, here, there = np.intersect1d(one.ids, other.ids, assume_unique=True, return_indices=True)
        much = _much(one)[here] * _much(other)[there] * idf[both] ** 2
        found = [
            (-round(float(of), 9), named(int(number)))
            for number, of in zip(both, much, strict=True)
            if of > 0
        ]
        return [name for _of, name in sorted(found)]

    def beside(self, bags: Sequence[Bag]) -> "Beside":
        """Rows that stand beside the others: weighted as they are, but no passages."""
        for bag in bags:
            self.make_room(bag)
        return Beside(self, bags)

    def idf(self) -> Floats:
        """The weight of each feature, by its number."""
        return self._weighted()[1]

    def make_room(self, bag: Bag) -> None:
        """Room for the features of a bag."""
        if self._by is not None:
            self._by.make_room(bag)
        needed = int(bag.ids[-1]) + 1 if len(bag.ids) else 0
        if needed > len(self._df):
            self._df = np.concatenate((self._df, np.zeros(max(needed, len(self._df)), dtype=np.int64)))
            self._fresh = None

    def _weighted(self) -> tuple[_Rows, Floats, Floats]:
        other = self._by._weighted()[1] if self._by is not None else None
        if self._fresh is None or (other is not None and other is not self._fresh[1]):
            idf = np.log((1.0 + self._living) / (1.0 + self._df)) if other is None else other
            used = slice(0, self._offsets[-1])
            rows = _Rows(self._ids[used], self._much[used], self._squares[used], np.array(self._offsets))
            lengths = rows.lengths(idf)
            lengths[np.frombuffer(bytes(self._alive), dtype=np.uint8) == 0] = 0.0
            self._fresh = rows, idf, lengths
        return self._fresh


class Beside:
    """Names, definitions and the like, beside the passages of a space, by its weights of the moment."""

    def __init__(self, space: Space, bags: Iterable[Bag]) -> None:
        bags = list(bags)
        self._space = space
        self._lengths: tuple[Floats, Floats] | None = None  # by which weights, and which they are
        nothing = np.zeros(0, dtype=np.intc)
        self._rows = _Rows.of(
            np.concatenate([nothing, *(bag.ids for bag in bags)]),
            np.concatenate([nothing, *(bag.counts for bag in bags)]),
            np.cumsum([0, *(len(bag.ids) for bag in bags)]),
        )

    def likeness(self, bag: Bag) -> Floats:
        """The cosine of ``bag`` with every row."""
        self._space.make_room(bag)
        idf = self._space.idf()
        asked, length = _asked(bag, idf)
        if self._lengths is None or self._lengths[0] is not idf:
            self._lengths = idf, self._rows.lengths(idf)
        return _divided(self._rows.products(asked, idf), self._lengths[1] * length)


def _much(bag: Bag) -> Floats:
    return _TABLE[np.minimum(bag.counts, _MOST)]


def _counted(much: Floats) -> Floats:
    """The counts that stand behind 1 + ln count."""
    return np.asarray(np.rint(np.exp(much - 1.0)))


def _asked(bag: Bag, idf: Floats) -> tuple[Floats, float]:
    """The vector of a bag among all features, and its length."""
    asked = np.zeros(len(idf))
    asked[bag.ids] = _much(bag) * idf[bag.ids]
    return asked, float(np.sqrt((asked[bag.ids] ** 2).sum()))


def _divided(products: Floats, lengths: Floats) -> Floats:
    return np.asarray(np.divide(products, lengths, out=np.zeros(len(products)), where=lengths > _SHORT))
