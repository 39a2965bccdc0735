"""The codings of a project as arrays: read once a revision, kept while nothing changes.

All documents lie one behind the other on one line: a place is ``rank of the document << 32 | position``. So
a sweep goes over the whole study at once, and no passage reaches into another document.
"""

from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Integer, String, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.journal_tables import Change
from qda.models.journal_tables import Unit as Act
from qda.models.material import Case, Coder, DocumentGroup, Paragraph, Source, Speaker

_TABLES: Final = {
    *("attribute", "attribute_value", "case_", "code", "coder", "coding", "document_group"),
    *("paragraph", "segment", "source", "speaker"),
}
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
NOBODY: Final = -1
SHIFT: Final = 32
_PIECE: Final = 100_000  # characters that are read as numbers in one go
POSITION: Final = (1 << SHIFT) - 1  # the part of a place on the one line that lies in its document


@dataclass(frozen=True, slots=True)
class Names:
    """Things of one kind: ids, GUIDs and names in their order, and the rank of each id and GUID."""

    ids: tuple[int, ...]
    guids: tuple[str, ...]
    names: tuple[str, ...]
    above: tuple[int, ...] = ()  # ranks of the codes or cases in which they stand, or NOBODY
    rank: dict[str, int] = field(default_factory=dict, repr=False)

    def ranks(self, ids: Ints) -> Ints:
        """The ranks of ids; NOBODY for 0."""
        table = np.full(max(self.ids, default=0) + 1, NOBODY, np.int64)
        table[np.array(self.ids, np.int64)] = np.arange(len(self.ids))
        return table[ids]


@dataclass(frozen=True, slots=True)
class Documents:
    """What is asked of documents, by rank."""

    names: Names
    kinds: tuple[str, ...]
    group: Ints  # rank of the group
    case: Ints
    length: Ints


@dataclass(frozen=True, slots=True)
class Lines:
    """The paragraphs of all documents, in reading order. ``place`` is where they begin, on the one line."""

    id: Ints
    place: Ints
    label_stop: Ints
    stop: Ints
    turn: Ints  # counted through all documents; outside of turns each paragraph has its own
    speaker: Ints
    first: Ints  # the row of each document's first paragraph; one more at the end
    numbers: tuple[str, ...]
    speaker_id: Ints


@dataclass(frozen=True, slots=True)
class Passages:
    """The segments in reading order. Paragraphs and turns are places on the one line."""

    id: Ints
    source: Ints
    start: Ints
    stop: Ints
    first: Ints
    last: Ints
    first_turn: Ints
    last_turn: Ints
    speaker: Ints
    case: Ints
    line: Ints  # the row of the first paragraph
    begin: Ints  # start and stop, on the one line
    end: Ints


@dataclass(frozen=True, slots=True)
class Codings:
    """The codings in the order of their segments; ``segment`` is a row of :class:`Passages`."""

    id: Ints
    segment: Ints
    code: Ints
    coder: Ints


@dataclass(frozen=True, slots=True)
class Store:
    """A project as arrays, at one revision. ``kept`` holds what was worked out for it."""

    revision: tuple[int, int]
    codes: Names
    cases: Names
    coders: Names
    groups: Names
    speakers: tuple[tuple[str, str, str], ...]  # label, name, role
    documents: Documents
    lines: Lines
    passages: Passages
    codings: Codings
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)


def on_line(source: Ints, position: Ints) -> Ints:
    """Places on the one line of all documents."""
    return (source << SHIFT) + position


# -- kept while nothing changes -----------------------------------------------------------------------------

_stores: "WeakKeyDictionary[Project, Store]" = WeakKeyDictionary()
_lock: Final = Lock()


def loaded(project: Project, db: Connection) -> Store:
    """The arrays of a project as ``db`` (an open connection of it) sees it."""
    revision = _revision(db)
    if _in_unit(project):  # what is not committed may still be taken back
        return _load(db, revision)
    with _lock:
        known = _stores.get(project)
    if known is not None and known.revision == revision:
        return known
    if known is not None and not _concerned(db, known.revision):
        known = replace(known, revision=revision)
    else:
        known = _load(db, revision)
    with _lock:
        _stores[project] = known
    return known


def warm(project: Project) -> None:
    """Reads the arrays ahead of the first query, for instance in a thread of its own."""
    with project.read() as db:
        loaded(project, db)


def _in_unit(project: Project) -> bool:
    try:
        return project.session is not None
    except RuntimeError:
        return False


def _concerned(db: Connection, since: tuple[int, int]) -> bool:
    """Whether the acts since a revision changed anything that is in the arrays, or that queries look up."""
    changed = db.execute(select(Change.table).where(Change.id > since[0]).distinct()).scalars()
    return not _TABLES.isdisjoint(changed)


def _revision(db: Connection) -> tuple[int, int]:
    change = db.execute(select(func.max(Change.id))).scalar_one()
    act = db.execute(select(func.max(Act.id))).scalar_one()
    return change or 0, act or 0


# -- reading ------------------------------------------------------------------------------------------------


def column_arrays(db: Connection, *columns: Any, where: Any = None) -> list[Ints]:
    """Whole columns of one table as arrays, row by row beside each other; nothing counts as 0.

    They come as one text a column, which is ten times as fast as row by row.
    """
    parts = [func.aggregate_strings(cast(func.coalesce(c, 0), String), ",") for c in columns]
    query = select(*parts)
    row = db.execute(query if where is None else query.where(where)).one()
    return [_numbers(words or "") for words in row]


def _numbers(words: str) -> Ints:
    """The numbers in a text, piece by piece, so that no other thread waits long for its turn."""
    found, start = [], 0
    while start < len(words):
        stop = words.find(",", start + _PIECE)
        stop = len(words) if stop < 0 else stop
        found.append(np.fromstring(words[start:stop], dtype=np.int64, sep=","))
        start = stop + 1
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _column_texts(db: Connection, column: Any) -> list[str]:
    """A whole column of texts without line ends, in the order of :func:`column_arrays`."""
    words = db.execute(select(func.aggregate_strings(column, "\n"))).scalar_one()
    return words.split("\n") if words is not None else []


def _load(db: Connection, revision: tuple[int, int]) -> Store:
    cases = _names(db, Case, Case.name, above=Case.parent_id, order=(Case.position, Case.id))
    groups = _names(db, DocumentGroup, DocumentGroup.name, order=(DocumentGroup.position, DocumentGroup.id))
    documents = _documents(db, cases, groups)
    rows = db.execute(select(Speaker.id, Speaker.label, Speaker.name, Speaker.role, Speaker.case_id)).all()
    speakers = Names(tuple(r.id for r in rows), (), ())
    own_case = cases.ranks(np.array([r.case_id or 0 for r in rows], np.int64))
    lines = _lines(db, documents, speakers)
    passages = _passages(db, documents, lines, own_case)
    codes = _names(db, Code, Code.name, above=Code.parent_id, order=(Code.position, Code.id))
    coders = _names(db, Coder, Coder.name, order=(Coder.id,))
    return Store(
        revision,
        codes,
        cases,
        coders,
        groups,
        tuple((r.label, r.name, r.role) for r in rows),
        documents,
        lines,
        passages,
        _codings(db, passages, codes, coders),
    )


def _names(
    db: Connection,
    entity: Any,
    name: InstrumentedAttribute[str],
    *,
    order: tuple[Any, ...],
    above: InstrumentedAttribute[int | None] | None = None,
) -> Names:
    columns: tuple[Any, ...] = (entity.id, entity.guid, name, *((above,) if above is not None else ()))
    rows = db.execute(select(*columns).order_by(*order)).all()
    place = {row[0]: at for at, row in enumerate(rows)}
    guids = tuple(row[1] for row in rows)
    return Names(
        tuple(place),
        guids,
        tuple(row[2] for row in rows),
        tuple(place.get(row[3], NOBODY) for row in rows) if above is not None else (),
        {guid: at for at, guid in enumerate(guids)},
    )


def _documents(db: Connection, cases: Names, groups: Names) -> Documents:
    names = _names(db, Source, Source.title, order=(Source.position, Source.id))
    query = select(Source.kind, Source.group_id, Source.case_id, Source.length)
    rows = db.execute(query.order_by(Source.position, Source.id)).all()
    group = groups.ranks(np.array([r.group_id or 0 for r in rows], np.int64))
    case = cases.ranks(np.array([r.case_id or 0 for r in rows], np.int64))
    length = np.array([r.length for r in rows], np.int64)
    return Documents(names, tuple(r.kind for r in rows), group, case, length)


def _lines(db: Connection, documents: Documents, speakers: Names) -> Lines:
    table = Paragraph
    spoken = column_arrays(
        db,
        table.id,
        table.source_id,
        table.start,
        table.label_stop,
        table.stop,
        table.speaker_id,
        cast(table.opens_turn, Integer),
    )
    numbers = _column_texts(db, table.number)
    source = documents.names.ranks(spoken[1])
    place = on_line(source, spoken[2])
    order = np.argsort(place, kind="stable")
    ids, _source, _start, label_stop, stop, speaker, opens = (one[order] for one in spoken)
    (notes,) = column_arrays(db, table.id, where=table.kind == "note")
    count = len(documents.names.ids)
    return Lines(
        ids,
        place[order],
        label_stop,
        stop,
        _turns(source[order], speaker > 0, opens > 0, np.isin(ids, notes)),
        speakers.ranks(speaker),
        np.searchsorted(source[order], np.arange(count + 1)),
        tuple(numbers[at] for at in order.tolist()),
        speaker,
    )


def _turns(source: Ints, spoken: Mask, opens: Mask, note: Mask) -> Ints:
    """A number for each paragraph: equal within a turn, its own outside of turns."""
    found = np.empty(len(source), np.int64)
    turn, inside, last = -1, False, -1
    rows = zip(source.tolist(), spoken.tolist(), opens.tolist(), note.tolist(), strict=True)
    for at, (document, has_speaker, begins, is_note) in enumerate(rows):
        inside = inside and document == last
        goes_on = inside and not begins and (has_speaker or is_note)
        if not goes_on:
            turn, inside = turn + 1, begins
        found[at], last = turn, document
    return found


def _passages(db: Connection, documents: Documents, lines: Lines, own_case: Ints) -> Passages:
    ids, source_id, start, stop = column_arrays(
        db, Segment.id, Segment.source_id, Segment.start, Segment.stop
    )
    source = documents.names.ranks(source_id)
    order = np.lexsort((ids, stop, on_line(source, start)))
    ids, source, start, stop = (one[order] for one in (ids, source, start, stop))
    row = _line_at(lines, source, start)
    last_row = np.maximum(row, _line_at(lines, source, np.maximum(start, stop - 1)))
    if not len(lines.id):  # no paragraphs at all: every document is one
        zero = np.zeros(len(ids), np.int64)
        turn = last_turn = paragraph = last_paragraph = zero
        speaker = np.full(len(ids), NOBODY, np.int64)
    else:
        within, last_within = np.clip(row, 0, None), np.clip(last_row, 0, None)
        turn, last_turn = lines.turn[within], lines.turn[last_within]
        paragraph, last_paragraph = (np.maximum(0, r - lines.first[source]) for r in (row, last_row))
        speaker = np.where(row >= 0, lines.speaker[within], NOBODY)
    bare = row < 0
    turn, last_turn = np.where(bare, 0, turn), np.where(bare, 0, last_turn)
    case = documents.case[source]
    if len(own_case):
        own = np.where(speaker >= 0, own_case[speaker], NOBODY)
        case = np.where(own >= 0, own, case)
    return Passages(
        ids,
        source,
        start,
        stop,
        on_line(source, paragraph),
        on_line(source, last_paragraph),
        on_line(source, turn),
        on_line(source, last_turn),
        speaker,
        case,
        row,
        on_line(source, start),
        on_line(source, stop),
    )


def _line_at(lines: Lines, source: Ints, position: Ints) -> Ints:
    """Rows of the paragraphs in which these positions stand; NOBODY in documents without paragraphs."""
    row = np.searchsorted(lines.place, on_line(source, position), side="right") - 1
    first = lines.first[source]
    return np.where(lines.first[source + 1] > first, np.maximum(row, first), NOBODY)


def _codings(db: Connection, passages: Passages, codes: Names, coders: Names) -> Codings:
    ids, segment_id, code_id, coder_id = column_arrays(
        db, Coding.id, Coding.segment_id, Coding.code_id, Coding.coder_id
    )
    row = np.zeros(int(passages.id.max(initial=0)) + 1, np.int64)
    row[passages.id] = np.arange(len(passages.id))
    segment = row[segment_id]
    order = np.lexsort((ids, segment))
    return Codings(ids[order], segment[order], codes.ranks(code_id)[order], coders.ranks(coder_id)[order])
