"""How often each code stands in which case, counted over all codings at once, for pictures of whole models.

A passage counts once for a code, whoever coded it; a code counts the passages of the codes below it too. The
arrays of the searches are used, so that half a million codings take a moment and no row becomes an object.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from qda.coding.retrieval import store
from qda.i18n import ngettext
from qda.models import Project


@dataclass(frozen=True, slots=True)
class Tally:
    """Passages by code and case; codes that are not known count none."""

    total: dict[str, int]
    by_case: dict[str, tuple[tuple[str, int], ...]]  # name and passages, in the order of the cases

    def passages(self, code: str) -> int:
        """How many passages stand under the code and those below it."""
        return self.total.get(code, 0)

    def by_case_text(self, code: str, *, most: int = 12) -> str:
        """ "A 9 · B 6"; more than ``most`` cases are only counted."""
        counted = self.by_case.get(code, ())
        if len(counted) > most:
            return ngettext("{n} case", "{n} cases", len(counted)).format(n=len(counted))
        return " · ".join(f"{name} {count}" for name, count in counted)


NOTHING: Final = Tally({}, {})


def tally(project: Project, cases: Sequence[str]) -> Tally:
    """Counts all codings; ``cases``: GUIDs in the order in which they are named."""
    with project.read() as db:
        known = store.loaded(project, db)
    segments, codes = len(known.passages.id), len(known.codes.guids)
    above = np.asarray(known.codes.above or [store.NOBODY] * codes, np.int64)
    code, segment = known.codings.code.astype(np.int64), known.codings.segment.astype(np.int64)
    levels = [code * segments + segment]
    while len(levels[-1]):
        up = above[levels[-1] // segments]
        levels.append(up[up >= 0] * segments + (levels[-1] % segments)[up >= 0])
    pairs = _once(np.concatenate(levels))
    if not len(pairs):
        return NOTHING
    code, case = pairs // segments, known.passages.case[pairs % segments]
    total = np.bincount(code, minlength=codes)
    names, width = known.cases, len(known.cases.guids)
    counted = np.bincount(
        code[case >= 0] * width + case[case >= 0] if width else np.zeros(0, np.int64),
        minlength=codes * width,
    )
    table = counted[: codes * width].reshape(codes, width)
    order = [names.rank[guid] for guid in cases if guid in names.rank]
    by_case = {
        guid: tuple((names.names[rank], int(row[rank])) for rank in order if row[rank])
        for guid, row in zip(known.codes.guids, table, strict=True)
    }
    return Tally({guid: int(total[rank]) for rank, guid in enumerate(known.codes.guids)}, by_case)


def _once(numbers: store.Ints) -> store.Ints:
    """Each number once, sorted; ``numpy.unique`` takes many times as long for so many."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]
