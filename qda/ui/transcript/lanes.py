"""Which lane of the margin a bracket takes: greedy over the whole document, once.

Lanes depend on the text alone, not on the window, so that no bracket jumps while one scrolls or resizes.
Two brackets that might meet in one line take two lanes: a bracket keeps its lane for one line's measure
beyond its end, though not beyond its paragraph.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

SHOWN: Final = 3  # lanes drawn; what lies in a further one is counted
MEASURE: Final = 96  # characters in the widest line
_LANES: Final = 24  # enough to tell shown from counted; spares a pathological overlap its square


def assign(starts: Ints, ends: Ints) -> Ints:
    """The lane of each span; ``ends`` already hold the room that a bracket keeps behind it."""
    lanes = np.zeros(len(starts), dtype=np.int64)
    free_from: list[int] = []
    order = np.lexsort((-ends, starts))
    for at, start, end in zip(order.tolist(), starts[order].tolist(), ends[order].tolist(), strict=True):
        lane = next((lane for lane, free in enumerate(free_from) if free <= start), len(free_from))
        lane = min(lane, _LANES - 1)
        if lane == len(free_from):
            free_from.append(0)
        free_from[lane] = end
        lanes[at] = lane
    return lanes


def lane_beside(taken: Ints) -> int:
    """The first lane that none of ``taken`` uses: the others stay where they are."""
    used = set(taken.tolist())
    return next(lane for lane in range(_LANES) if lane not in used or lane == _LANES - 1)
