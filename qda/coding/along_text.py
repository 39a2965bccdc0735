"""Codes along the text: every coding of a document in its place, and codes over equal parts of documents.

A passage counts once under a code, however many persons coded it so. Places are code points.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from qda.coding.codes import code_tree_colours
from qda.coding.crossing_pairs import Entries
from qda.coding.crossings import Head, code_heads, counted_in, entries_of
from qda.coding.material import Passages
from qda.coding.references import code_paths
from qda.coding.retrieval.evaluate import Evaluation, subtree
from qda.coding.retrieval.spec import Spec
from qda.coding.retrieval.store import POSITION, Ints, Store, loaded
from qda.coding.rows import SegmentRow
from qda.models import Project

Span = tuple[int, int]
_INTERVIEWER = "interviewer"


@dataclass(frozen=True, slots=True)
class Tile:
    """A code on a passage of a document. ``asked``: it begins in the words of an interviewer."""

    code: str
    name: str
    path: str
    colour: int
    start: int
    stop: int
    asked: bool


@dataclass(frozen=True, slots=True)
class Portrait:
    """A document by its codings, in the order of the text.

    ``asked`` are the spans of interviewers' turns; ``paragraphs`` the numbers of paragraphs, with their
    starts.
    """

    source: str
    title: str
    length: int
    tiles: tuple[Tile, ...]
    asked: tuple[Span, ...]
    paragraphs: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Curves:
    """Codes over equal parts of documents, each document from 0 to 1.

    ``counts`` are cases, documents and segments (first axis) of each code in each part; ``share`` how much
    of the part's text stands under the code, from 0 to 1.
    """

    rows: tuple[Head, ...]
    sources: tuple[str, ...]
    parts: int
    with_children: bool
    within: Spec | None
    counts: Ints = field(repr=False)
    share: NDArray[np.float64] = field(repr=False)
    row_totals: Ints = field(repr=False)
    column_totals: Ints = field(repr=False)
    total: Ints = field(repr=False)


def portrait(
    project: Project, *, source: str, codes: Sequence[str] | None = None, with_children: bool = False
) -> Portrait:
    """Which code stands where in a document. ``with_children``: of these codes also those below them."""
    with project.read() as db:
        store = loaded(project, db)
        wanted = None if codes is None else _with_below(store, codes, with_children)
        entries, rows = entries_of(Evaluation(db, store), store, wanted, False)
        rank = store.documents.names.rank[source]
        here = entries.at(np.flatnonzero(entries.source == rank))
        paths, colours = code_paths(db), {one.guid: one.colour for one in code_tree_colours(db)}
        heads = [store.codes.guids[row] for row in rows]
        names = [store.codes.names[row] for row in rows]
        passages = store.passages
        asks = _asking(store)[passages.speaker[here.segment]]
        start, stop = passages.start[here.segment], passages.stop[here.segment]
        order = np.lexsort((-stop, start))
        places = zip(*(one[order].tolist() for one in (here.row, start, stop, asks)), strict=True)
        tiles = tuple(
            Tile(heads[row], names[row], paths[heads[row]], colours[heads[row]], first, last, asked)
            for row, first, last, asked in places
        )
        asked_spans, paragraphs = _lines(store, rank)
        length = int(store.documents.length[rank])
        return Portrait(source, store.documents.names.names[rank], length, tiles, asked_spans, paragraphs)


def curves(
    project: Project,
    *,
    sources: Sequence[str] | None = None,
    parts: int = 20,
    codes: Sequence[str] | None = None,
    with_children: bool = False,
    within: Spec | None = None,
) -> Curves:
    """How often codes stand in each of ``parts`` equal parts of documents (all without), and how densely.

    ``within``: only what that query selects.
    """
    with project.read() as db:
        store = loaded(project, db)
        entries, rows = entries_of(Evaluation(db, store, within=within), store, codes, with_children)
        ranks = _ranks(store, sources)
        entries = entries.at(np.flatnonzero(np.isin(entries.source, ranks)))
        heads = code_heads(code_paths(db), store, rows)
        begin, end = _ends(store, entries)
        first, last = _parts_of(store, entries, begin, end, parts)
        at, part = _spread(first, last)
        spread = entries.at(at)
        wide = len(rows) * parts
        counts = counted_in(spread.row * parts + part, spread, wide).reshape(3, len(rows), parts)
        once = np.unique(spread.segment * parts + part, return_index=True)[1]
        by_part = counted_in(part[once], spread.at(once), parts)
        first_of = np.unique(entries.segment, return_index=True)[1]
        total = counted_in(np.zeros(len(first_of), np.int64), entries.at(first_of), 1)
        by_row = counted_in(entries.row, entries, len(rows))
        guids = tuple(store.documents.names.guids[rank] for rank in ranks.tolist())
        share = _share(store, entries, ranks, len(rows), parts)
        return Curves(heads, guids, parts, with_children, within, counts, share, by_row, by_part, total)


def part_segments(
    project: Project, found: Curves, row: str, part: int, *, offset: int = 0, limit: int = 200
) -> tuple[Ints, list[SegmentRow]]:
    """Cases, documents and segments of a code in a part, and its passages from ``offset`` on."""
    with project.read() as db:
        store = loaded(project, db)
        seen = Evaluation(db, store, within=found.within)
        entries, _rows = entries_of(seen, store, [row], found.with_children)
        entries = entries.at(np.flatnonzero(np.isin(entries.source, _ranks(store, found.sources))))
        begin, end = _ends(store, entries)
        first, last = _parts_of(store, entries, begin, end, found.parts)
        entries = entries.at(np.flatnonzero((first <= part) & (part <= last)))
        counts = counted_in(np.zeros(len(entries.segment), np.int64), entries, 1)[:, 0]
        return counts, segment_rows(db, store, entries.segment[offset : offset + limit])


def tile_passage(project: Project, source: str, tile: Tile) -> SegmentRow:
    """The passage of a tile with its words."""
    with project.read() as db:
        store = loaded(project, db)
        passages, rank = store.passages, store.documents.names.rank[source]
        here = (passages.source == rank) & (passages.start == tile.start) & (passages.stop == tile.stop)
        return segment_rows(db, store, np.flatnonzero(here)[:1])[0]


def segment_rows(db: Connection, store: Store, segments: Ints) -> list[SegmentRow]:
    """Passages (rows of the store) with their words."""
    from sqlalchemy import select

    from qda.models.codes import Segment

    ids = store.passages.id[segments].tolist()
    guids: dict[int, str] = {}
    for at in range(0, len(ids), 500):
        query = select(Segment.id, Segment.guid).where(Segment.id.in_(ids[at : at + 500]))
        guids.update((row[0], row[1]) for row in db.execute(query))
    made, found = Passages(db), []
    for row in segments.tolist():
        source = store.documents.names.ids[int(store.passages.source[row])]
        start, stop = int(store.passages.start[row]), int(store.passages.stop[row])
        found.append(made.row(guids[int(store.passages.id[row])], source, start, stop))
    return found


# -- how they come about ------------------------------------------------------------------------------------


def _with_below(store: Store, codes: Sequence[str], with_children: bool) -> list[str]:
    names = store.codes
    ranks = {rank for code in codes for rank in subtree(names, names.rank[code], with_children)}
    return [names.guids[rank] for rank in sorted(ranks)]


def _asking(store: Store) -> NDArray[np.bool_]:
    """Which speakers interview; the last one (NOBODY) does not."""
    return np.array([*(role == _INTERVIEWER for _label, _name, role in store.speakers), False], np.bool_)


def _lines(store: Store, rank: int) -> tuple[tuple[Span, ...], tuple[tuple[str, int], ...]]:
    """The spans of interviewers' turns in a document, and its paragraphs."""
    lines = store.lines
    part = slice(int(lines.first[rank]), int(lines.first[rank + 1]))
    starts = (lines.place[part] & POSITION).tolist()
    length = int(store.documents.length[rank])
    asks = _asking(store)[lines.speaker[part]].tolist()
    spans: list[Span] = []
    for (start, stop), asked in zip(pairwise([*starts, length]), asks, strict=True):
        if asked and spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], stop)
        elif asked:
            spans.append((start, stop))
    return tuple(spans), tuple(zip(lines.numbers[part], starts, strict=True))


def _ranks(store: Store, sources: Sequence[str] | None) -> Ints:
    names = store.documents.names
    if sources is None:
        return np.arange(len(names.guids))
    return np.array([names.rank[source] for source in sources if source in names.rank], np.int64)


def _ends(store: Store, entries: Entries) -> tuple[Ints, Ints]:
    return store.passages.start[entries.segment], store.passages.stop[entries.segment]


def _parts_of(store: Store, entries: Entries, begin: Ints, end: Ints, parts: int) -> tuple[Ints, Ints]:
    """The first and the last part that each entry touches."""
    length = np.maximum(1, store.documents.length[entries.source])
    first = np.minimum(begin * parts // length, parts - 1)
    return first, np.maximum(first, np.minimum((end - 1) * parts // length, parts - 1))


def _spread(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Each entry once for each part that it touches: which entry, and the part."""
    count = last - first + 1
    at = np.repeat(np.arange(len(first)), count)
    return at, first[at] + np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)


def _share(store: Store, entries: Entries, ranks: Ints, rows: int, parts: int) -> NDArray[np.float64]:
    """How much of each part's text stands under each code; passages that overlap count once."""
    found = np.zeros(rows * parts)
    length = store.documents.length
    whole = float(length[ranks].sum())
    if not len(entries.segment) or not whole:
        return found.reshape(rows, parts)
    begin, end = _ends(store, entries)
    wide = int(length.max()) + 1
    offset = (entries.row * len(length) + entries.source) * wide
    order = np.argsort(offset + begin, kind="stable")
    begin, end, offset = (offset + begin)[order], (offset + end)[order], offset[order]
    reached = np.maximum.accumulate(end)
    new = np.ones(len(begin), np.bool_)
    new[1:] = begin[1:] > reached[:-1]
    opens = np.flatnonzero(new)
    closes = np.append(opens[1:] - 1, len(begin) - 1)
    low, high = (begin - offset)[opens], reached[closes] - offset[opens]
    row, source = np.divmod(offset[opens] // wide, len(length))
    size = length[source] / parts  # characters of a part, not always whole
    first = np.minimum((low / size).astype(np.int64), parts - 1)
    last = np.minimum(np.maximum(first, np.ceil(high / size).astype(np.int64) - 1), parts - 1)
    at, part = _spread(first, last)
    inside = np.minimum(high[at], (part + 1) * size[at]) - np.maximum(low[at], part * size[at])
    np.add.at(found, row[at] * parts + part, np.maximum(0, inside))
    return np.minimum(1.0, found.reshape(rows, parts) / (whole / parts))
