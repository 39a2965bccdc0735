"""Which passages have another one near, over, inside or behind them: by sorting and counting, never pair by
pair.

Ranges lie on the one line of all documents. How many ranges touch a given one is the number that begin
before it ends less the number that end before it begins: two binary searches.
"""

import numpy as np

from qda.coding.retrieval.store import Ints, Mask


def touching(low: Ints, high: Ints, *, others_low: Ints, others_high: Ints, reach: int = 0) -> Ints:
    """How many of the others touch each range low–high (ends included), made longer by ``reach``."""
    begun = np.searchsorted(np.sort(others_low), high + reach, side="right")
    over = np.searchsorted(np.sort(others_high), low - reach, side="left")
    count: Ints = begun - over
    return count


def behind(end: Ints, reach: Ints, *, others_begin: Ints, others_first: Ints) -> Ints:
    """How many others begin at or after ``end``, in a paragraph up to ``reach``."""
    near = np.searchsorted(np.sort(others_first), reach, side="right")
    before = np.searchsorted(np.sort(others_begin), end, side="left")
    count: Ints = np.maximum(0, near - before)
    return count


def inside(begin: Ints, end: Ints, alone: Mask, *, others_begin: Ints, others_end: Ints) -> Mask:
    """Which ranges begin–end lie inside another one. Where ``alone``, that may not be the range itself,
    which is among the others then.
    """
    if not len(others_begin):
        return np.zeros(len(begin), np.bool_)
    order = np.argsort(others_begin, kind="stable")
    farthest = np.maximum.accumulate(others_end[order])
    row = np.searchsorted(others_begin[order], begin, side="right")
    reached = np.where(row > 0, farthest[np.maximum(row, 1) - 1], -1)
    found = reached >= end
    doubtful = alone & (reached == end)
    if doubtful.any():  # nothing reaches farther: is there a second one that ends here?
        found[doubtful] = _ending(begin[doubtful], end[doubtful], others_begin, others_end) > 1
    return found


def around(begin: Ints, end: Ints, alone: Mask, *, others_begin: Ints, others_end: Ints) -> Mask:
    """Which ranges begin–end have another one inside them; ``alone`` as in :func:`inside`."""
    if not len(others_begin):
        return np.zeros(len(begin), np.bool_)
    order = np.argsort(others_begin, kind="stable")
    nearest = np.minimum.accumulate(others_end[order][::-1])[::-1]
    row = np.searchsorted(others_begin[order], begin, side="left")
    beyond = row >= len(nearest)
    reached = np.where(beyond, np.iinfo(np.int64).max, nearest[np.minimum(row, len(nearest) - 1)])
    found = reached <= end
    doubtful = alone & (reached == end)
    if doubtful.any():
        before = _ending(begin[doubtful] - 1, end[doubtful], others_begin, others_end)
        every = np.sort(others_end)
        same = np.searchsorted(every, end[doubtful], "right") - np.searchsorted(every, end[doubtful], "left")
        found[doubtful] = same - before > 1
    return found


def _ending(begin: Ints, end: Ints, others_begin: Ints, others_end: Ints) -> Ints:
    """How many others end exactly at ``end`` and begin at or before ``begin``."""
    ends, end_rank = np.unique(others_end, return_inverse=True)
    begins, begin_rank = np.unique(others_begin, return_inverse=True)
    wide = len(begins) + 1
    keys = np.sort(end_rank * wide + begin_rank)
    rank = np.searchsorted(ends, end) * wide
    upto = np.searchsorted(begins, begin, side="right")
    return np.searchsorted(keys, rank + upto, side="left") - np.searchsorted(keys, rank, side="left")


def pairs(begin: Ints, end: Ints, *, others_begin: Ints, others_end: Ints) -> tuple[Ints, Ints]:
    """Every range with every other one that shares characters with it, as rows of both.

    The others are sorted by their beginning.
    """
    if not len(others_begin) or not len(begin):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    farthest = np.maximum.accumulate(others_end)
    first = np.searchsorted(farthest, begin, side="right")
    last = np.searchsorted(others_begin, end, side="left")
    count = np.maximum(0, last - first)
    left = np.repeat(np.arange(len(begin)), count)
    right = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    real = others_end[right] > begin[left]
    return left[real], right[real]
