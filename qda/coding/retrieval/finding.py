"""The results of a query: passages with their words and the codes on them, in the order of the texts."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from sqlalchemy import Connection, select

from qda.coding.codes import code_tree_colours
from qda.coding.material import Passages as Rows
from qda.coding.retrieval.evaluate import Evaluation
from qda.coding.retrieval.spec import Spec
from qda.coding.retrieval.store import POSITION as _POSITION
from qda.coding.retrieval.store import Ints, Store, loaded
from qda.coding.rows import SegmentRow
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Coder, Source, Speaker

_KEPT: Final = 8  # results of one revision


@dataclass(frozen=True, slots=True)
class CodeOn:
    """A code on a passage, and who put it there."""

    code: str
    name: str
    in_vivo: bool
    colour: int
    coders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the codes on it. Its GUID is empty where it is only what two passages share."""

    segment: SegmentRow
    codes: tuple[CodeOn, ...]


@dataclass(frozen=True, slots=True)
class CaseFound:
    """How much of a result lies in a case; ``case`` is empty for what belongs to none."""

    case: str
    name: str
    documents: int
    segments: int


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a result: how much there is in all, by case, and the rows of this part."""

    total: int
    documents: int
    by_case: tuple[CaseFound, ...]
    rows: tuple[Found, ...] = field(repr=False)
    offset: int = 0

    @property
    def cases(self) -> int:
        """In how many cases there is something."""
        return sum(bool(one.case) for one in self.by_case)


def find(
    project: Project, query: Spec, *, within: Spec | None = None, offset: int = 0, limit: int = 200
) -> Page:
    """The passages of a query, from ``offset`` on. ``within``: only what that query selects is seen.

    :raises KnownError: something that it names is gone.
    """
    with project.read() as db:
        store = loaded(project, db)
        rows, start, stop = _places(db, store, query, within)
        shown = slice(max(0, offset), max(0, offset) + limit)
        page = _rows(db, store, rows[shown], start[shown], stop[shown])
        documents = len(np.unique(store.passages.source[rows]))
        return Page(len(rows), documents, _by_case(store, rows), page, offset)


def found_segments(project: Project, query: Spec, *, within: Spec | None = None) -> list[str]:
    """The GUIDs of all passages of a query, in order (whole passages, also where parts were wanted)."""
    with project.read() as db:
        store = loaded(project, db)
        ids = store.passages.id[np.flatnonzero(Evaluation(db, store, within=within).segments(query))]
        guids = _guids(db, ids)
        return [guids[one] for one in ids.tolist()]


def count(project: Project, query: Spec, *, within: Spec | None = None) -> tuple[int, int, int]:
    """In how many cases and documents a query has passages, and how many."""
    with project.read() as db:
        store = loaded(project, db)
        rows, _start, _stop = _places(db, store, query, within)
        cases = store.passages.case[rows]
        return len(np.unique(cases[cases >= 0])), len(np.unique(store.passages.source[rows])), len(rows)


def _places(db: Connection, store: Store, query: Spec, within: Spec | None) -> tuple[Ints, Ints, Ints]:
    """Rows, starts and stops of a result; the last ones are kept for their further pages."""
    key = ("found", query, within)
    if key not in store.kept:
        evaluation = Evaluation(db, store, within=within)
        segments = evaluation.segments(query)
        places = evaluation.pieces(query, segments)
        if places is None:
            rows = np.flatnonzero(segments)
            places = rows, store.passages.start[rows], store.passages.stop[rows]
        older = [one for one in tuple(store.kept) if one[0] == "found"]
        for one in older[: max(0, len(older) - _KEPT + 1)]:
            store.kept.pop(one, None)
        store.kept[key] = places
    found: tuple[Ints, Ints, Ints] = store.kept[key]
    return found


def _by_case(store: Store, rows: Ints) -> tuple[CaseFound, ...]:
    cases, sources = store.passages.case[rows], store.passages.source[rows]
    segments = np.bincount(cases + 1, minlength=len(store.cases.ids) + 1)
    both = np.unique((cases + 1) * max(1, len(store.documents.kinds)) + sources)
    documents = np.bincount(both // max(1, len(store.documents.kinds)), minlength=len(segments))
    known = [("", ""), *zip(store.cases.guids, store.cases.names, strict=True)]
    listed = [CaseFound(*known[at], int(documents[at]), int(segments[at])) for at in np.flatnonzero(segments)]
    return tuple(sorted(listed, key=lambda one: not one.case))


def _guids(db: Connection, ids: Ints) -> dict[int, str]:
    found: dict[int, str] = {}
    wanted = ids.tolist()
    for at in range(0, len(wanted), 500):
        query = select(Segment.id, Segment.guid).where(Segment.id.in_(wanted[at : at + 500]))
        found.update((row[0], row[1]) for row in db.execute(query))
    return found


class _Rows(Rows):
    """Passages of many documents at once: texts in one query, paragraphs from the arrays."""

    def __init__(self, db: Connection, store: Store, sources: Ints) -> None:
        super().__init__(db)
        self._store = store
        names = store.documents.names
        self._ranks = {names.ids[rank]: rank for rank in sources.tolist()}
        columns = (Source.id, Source.guid, Source.title, Source.text, Source.case_id, Source.numbered)
        wanted = list(self._ranks)
        self._read = {
            row[0]: row[1:]
            for at in range(0, len(wanted), 500)
            for row in db.execute(select(*columns).where(Source.id.in_(wanted[at : at + 500])))
        }
        who = select(Speaker.id, Speaker.label, Speaker.role, Speaker.case_id)
        self._speakers = {row[0]: (row[1], row[2], row[3]) for row in db.execute(who)}

    def _document(
        self, source: int
    ) -> tuple[str, str, str, int | None, bool, list[tuple[int, int, str, int | None]]]:
        rank, lines = self._ranks[source], self._store.lines
        part = slice(int(lines.first[rank]), int(lines.first[rank + 1]))
        rows = zip(
            (lines.place[part] & _POSITION).tolist(),
            lines.stop[part].tolist(),
            lines.numbers[part],
            (one or None for one in lines.speaker_id[part].tolist()),
            strict=True,
        )
        guid, title, text, case, numbered = self._read[source]
        return guid, title, text, case, numbered, list(rows)

    def _speaker(self, speaker: int) -> tuple[str, str, int | None]:  # type: ignore[override]
        return self._speakers[speaker]


def _rows(db: Connection, store: Store, rows: Ints, start: Ints, stop: Ints) -> tuple[Found, ...]:
    passages = store.passages
    guids = _guids(db, passages.id[rows])
    codes = _codes_on(db, list(guids))
    made = _Rows(db, store, np.unique(passages.source[rows]))
    found = []
    for row, first, last in zip(rows.tolist(), start.tolist(), stop.tolist(), strict=True):
        one = int(passages.id[row])
        whole = first == passages.start[row] and last == passages.stop[row]
        source = store.documents.names.ids[int(passages.source[row])]
        segment = made.row(guids[one] if whole else "", source, first, last)
        found.append(Found(segment, codes.get(one, ())))
    return tuple(found)


def _codes_on(db: Connection, segments: list[int]) -> dict[int, tuple[CodeOn, ...]]:
    """The codes on segments (by id), in the order in which they were put there."""
    colours = {one.guid: one.colour for one in code_tree_colours(db)} if segments else {}
    listed: dict[int, dict[str, CodeOn]] = {}
    for at in range(0, len(segments), 500):
        query = (
            select(Coding.segment_id, Code.guid, Code.name, Code.origin, Coder.name)
            .join(Code, Code.id == Coding.code_id)
            .join(Coder, Coder.id == Coding.coder_id)
            .where(Coding.segment_id.in_(segments[at : at + 500]))
            .order_by(Coding.created, Coding.id)
        )
        for segment, code, name, origin, coder in db.execute(query):
            here = listed.setdefault(segment, {})
            before = here[code].coders if code in here else ()
            here[code] = CodeOn(code, name, origin == "in-vivo", colours[code], (*before, coder))
    return {segment: tuple(codes.values()) for segment, codes in listed.items()}
