"""Queries over all codings of the large project, and its codes against each other, after loading."""

from pathlib import Path
from typing import Any

import numpy as np

from tests.bench import data, raw
from tests.bench.figures import Figure, Scale, figure, repeated, timed

_PAGE = 50
_IDS = "SELECT group_concat(id), group_concat(segment_id), group_concat(code_id) FROM coding"
_OF_CODE = (
    "SELECT g.id, g.source_id, g.start, g.stop FROM coding c JOIN segment g ON g.id = c.segment_id "
    "JOIN source s ON s.id = g.source_id WHERE c.code_id = ? ORDER BY s.position, g.start LIMIT ?"
)
_JOINED = (
    "SELECT count(DISTINCT g.id) FROM coding c JOIN segment g ON g.id = c.segment_id "
    "JOIN segment h ON h.source_id = g.source_id AND h.start < g.stop AND h.stop > g.start "
    "JOIN coding d ON d.segment_id = h.id "
    "JOIN source s ON s.id = g.source_id WHERE c.code_id = ? AND d.code_id = ? AND s.case_id > 0"
)


def measure(folder: Path, scale: Scale) -> list[Figure]:
    """Loading, a first page, queries of three conditions, and the table of all codes."""
    from qda.coding import crossings
    from qda.coding.retrieval import find, spec, store
    from qda.models import Project

    path = data.crossed(folder, scale)
    plain = raw.connection(path)
    with Project.open(path, read_only=True) as project:
        with project.read() as db:
            load = [timed(lambda: store._load(db, (0, 0))) for _each in range(3)]
        store.warm(project)
        with project.read() as db:
            known = store.loaded(project, db)
        found = [
            figure(
                "retrieval.load",
                f"read {scale.codings:,} codings as arrays",
                load,
                raw=[timed(lambda: plain.execute(_IDS).fetchone()) for _each in range(3)],
                raw_is="three columns by group_concat",
            )
        ]
        codes, times = known.codes.guids, scale.repeats
        for code in codes[times : times + 3]:
            find(project, spec.Code(code), limit=_PAGE)
        asked = [codes[n % len(codes)] for n in range(times)]
        taken = [timed(lambda code=code: find(project, spec.Code(code), limit=_PAGE)) for code in asked]
        first = codes.index(asked[0])
        limit = repeated(lambda: plain.execute(_OF_CODE, (known.codes.ids[first], _PAGE)).fetchall(), times)
        name = f"first {_PAGE} segments of a code, with words and codes"
        about: dict[str, Any] = {"raw": limit, "raw_is": "plain SQL, places only", "goal": 50, "of": "p95"}
        found.append(figure("retrieval.code", name, taken, **about))
        found.append(_three(project, plain, known, times))
        crossed = repeated(lambda: crossings.code_codes(project), max(2, times // 4))
        sweep = repeated(lambda: _sweep(known), max(2, times // 4))
        about = {"raw": sweep, "raw_is": "numpy: pairs that overlap, counted once", "goal": 500}
        name = f"{scale.crossed_codes:,} codes × codes, cases, documents, segments"
        found.append(figure("crossing.codes", name, crossed, **about))
    plain.close()
    return found


def _three(project: Any, plain: Any, known: Any, times: int) -> Figure:
    """Two codes with all below them, near each other, respondents only, not a third one."""
    from qda.coding.retrieval import find, spec

    tops = [code for code, above in zip(known.codes.guids, known.codes.above, strict=True) if above < 0]

    def ask(number: int) -> None:
        one, other, third = (tops[(number + n) % len(tops)] for n in range(3))
        near = spec.Near(spec.Code(one, with_children=True), spec.Code(other, with_children=True), 2)
        without = spec.Not(spec.Code(third, with_children=True))
        find(project, spec.And((near, spec.Role("respondent"), without)), limit=_PAGE)

    ask(-1)
    taken = [timed(lambda number=number: ask(number)) for number in range(times)]
    pair = known.codes.ids[0], known.codes.ids[1]
    limit = repeated(lambda: plain.execute(_JOINED, pair).fetchone(), 3)
    about: dict[str, Any] = {"raw": limit, "raw_is": "plain SQL, two codes without those below, self-join"}
    return figure("retrieval.three", "a query of three conditions, first page", taken, goal=500, **about)


def _sweep(known: Any) -> Any:
    """Pairs of codings that overlap, each once, counted by their codes: nothing distinct, no documents."""
    segment, code = known.codings.segment, known.codings.code
    begin, end = known.passages.begin[segment], known.passages.end[segment]
    count = np.searchsorted(begin, end, side="left") - np.arange(len(begin)) - 1
    left = np.repeat(np.arange(len(begin), dtype=np.int32), count)
    right = np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count) + left + 1
    wide = len(known.codes.ids)
    return np.bincount(code[left] * wide + code[right], minlength=wide * wide)
