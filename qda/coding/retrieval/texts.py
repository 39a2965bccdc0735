"""In which passages words stand. A hit lies in the words of one paragraph, and wholly in the passage."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from sqlalchemy import Connection, select

from qda.coding.access import pairs
from qda.coding.retrieval import spec
from qda.coding.retrieval.store import POSITION, SHIFT, Ints, Mask, Store
from qda.coding.search import find_in, indexed
from qda.models.base import storable
from qda.models.material import Source

_AT_ONCE: Final = 100  # documents read by one query
_LITTLE: Final = 3_000_000  # characters that are gone through faster than the index is asked


def with_words(db: Connection, store: Store, query: spec.Text, among: Mask) -> Mask:
    """Which of the passages ``among`` hold the words."""
    found = np.zeros(len(among), np.bool_)
    rows = np.flatnonzero(among)
    words = storable(query.words)
    if not len(rows) or not len(store.lines.id):
        return found
    begin, end = _hits(db, store, words, query.whole, _lines_of(store, rows))
    if not len(begin):
        return found
    passages = store.passages
    first = np.searchsorted(begin, passages.begin[rows], side="left")
    there = first < len(begin)
    found[rows] = there & (end[np.minimum(first, len(end) - 1)] <= passages.end[rows])
    return found


def _lines_of(store: Store, rows: Ints) -> Ints:
    """Rows of the paragraphs that these passages touch."""
    passages = store.passages
    first = passages.line[rows]
    last = first + (passages.last[rows] - passages.first[rows])
    edges = np.zeros(len(store.lines.id) + 1, np.int64)
    real = first >= 0
    np.add.at(edges, first[real], 1)
    np.add.at(edges, last[real] + 1, -1)
    return np.flatnonzero(np.cumsum(edges[:-1]) > 0)


def _hits(db: Connection, store: Store, words: str, whole: bool, wanted: Ints) -> tuple[Ints, Ints]:
    """Beginnings and ends of the hits in these paragraphs, on the one line, in order."""
    lines = store.lines
    length = lines.stop[wanted] - (lines.place[wanted] & POSITION)
    if length.sum() > _LITTLE:
        wanted = wanted[np.isin(lines.id[wanted], np.array(list(indexed(db, words)), np.int64))]
    begins: list[Ints] = []
    ends: list[Ints] = []
    source_of = lines.place >> SHIFT
    texts = _texts(db, store, np.unique(source_of[wanted]))
    source, text = -1, ""
    for first, last in _runs(wanted, source_of[wanted]):
        if int(source_of[first]) != source:
            source, text = int(source_of[first]), next(texts)
        start = int(lines.place[first] & POSITION)
        found = find_in(text[start : int(lines.stop[last])], words, whole=whole)
        if found:
            places = np.array(found, np.int64) + start
            kept = _in_words(store, slice(first, last + 1), places)
            begins.append(places[kept, 0] + (source << SHIFT))
            ends.append(places[kept, 1] + (source << SHIFT))
    none = [np.zeros(0, np.int64)]
    return np.concatenate(begins or none), np.concatenate(ends or none)


def _runs(rows: Ints, sources: Ints) -> Iterator[tuple[int, int]]:
    """First and last of those that follow each other in one document."""
    if len(rows):
        breaks = np.flatnonzero((np.diff(rows) != 1) | (np.diff(sources) != 0))
        firsts = [0, *(breaks + 1).tolist()]
        lasts = [*breaks.tolist(), len(rows) - 1]
        for first, last in zip(firsts, lasts, strict=True):
            yield int(rows[first]), int(rows[last])


def _in_words(store: Store, part: slice, places: Ints) -> Mask:
    """Which places lie in the words of one of these paragraphs, not in a label or between two."""
    lines = store.lines
    row = np.searchsorted(lines.place[part] & POSITION, places[:, 0], side="right") - 1
    inside: Mask = (places[:, 0] >= lines.label_stop[part][row]) & (places[:, 1] <= lines.stop[part][row])
    return inside


def _texts(db: Connection, store: Store, sources: Ints) -> Iterator[str]:
    """The stored texts of documents by rank, in this order."""
    ids = [store.documents.names.ids[rank] for rank in sources.tolist()]
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        read = pairs(db.execute(select(Source.id, Source.text).where(Source.id.in_(some))))
        yield from (read[one] for one in some)
