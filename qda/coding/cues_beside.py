"""Cue words beside passages: in a passage and a little around it, within its paragraphs.

Words of negation are everywhere: they count inside of a passage alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np
from sqlalchemy import Connection, select

from qda.coding.cues import JOINING, Cue, CueKind, cues_in, kinds_in
from qda.coding.retrieval.store import POSITION, Ints, Store
from qda.models.material import Source

BESIDE: Final = 120  # characters around a passage in which cue words are looked for
Kinds = dict[int, frozenset[CueKind]]


def kinds_beside(db: Connection, store: Store, rows: Ints) -> Kinds:
    """Of which kinds the cue words beside passages (rows) are; looked up once a study."""
    known: Kinds = store.kept.setdefault("kinds of cues", {})
    fresh = [row for row in rows.tolist() if row not in known]
    for row, text, language, inner, outer in _stretches(db, store, fresh):
        inside = kinds_in(text, language, *inner) & {"negation"}
        known[row] = (kinds_in(text, language, *outer) & JOINING) | inside
    return known


def cues_beside(db: Connection, store: Store, rows: list[int]) -> dict[int, tuple[Cue, ...]]:
    """The cue words themselves."""
    return {
        row: tuple(
            one
            for one in cues_in(text, language, *outer)
            if one.kind != "negation" or (one.stop > inner[0] and one.start < inner[1])
        )
        for row, text, language, inner, outer in _stretches(db, store, rows)
    }


def together(some: tuple[Cue, ...], more: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Cues of two passages of one document, in the order of the text, each once."""
    every = {(one.start, one.stop): one for one in (*some, *more)}
    return tuple(every[place] for place in sorted(every))


def _stretches(
    db: Connection, store: Store, rows: list[int]
) -> Iterator[tuple[int, str, str, tuple[int, int], tuple[int, int]]]:
    """Passages (rows) with text and language of their document, where they stand, and what is beside them."""
    by_source: dict[int, list[tuple[int, int, int, int, int]]] = defaultdict(list)
    passages, lines = store.passages, store.lines
    here = np.array(rows, np.int64)
    source, first = passages.source[here], passages.line[here]
    start, stop = passages.start[here], passages.stop[here]
    low, high = np.maximum(0, start - BESIDE), stop + BESIDE
    if len(lines.id):
        last = lines.first[source] + (passages.last[here] & POSITION)
        within = first >= 0
        low = np.where(within, np.minimum(start, np.maximum(low, lines.label_stop[first])), low)
        high = np.where(
            within, np.maximum(stop, np.minimum(high, lines.stop[np.minimum(last, len(lines.id) - 1)])), high
        )
    ids = store.documents.names.ids
    columns = (one.tolist() for one in (source, start, stop, low, high))
    for row, document, *place in zip(rows, *columns, strict=True):
        by_source[ids[document]].append((row, *place))
    wanted = list(by_source)
    for at in range(0, len(wanted), 50):  # a text is as long as a book: never all at once
        query = select(Source.id, Source.language, Source.text).where(Source.id.in_(wanted[at : at + 50]))
        for identity, language, text in db.execute(query):
            for row, begin, end, left, right in by_source[identity]:
                yield row, text, language, (begin, end), (left, min(len(text), right))
