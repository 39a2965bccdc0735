"""The results of a query: passages with their words and the codes on them, in the order of the texts."""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import Final, Literal, get_args

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
Order = Literal["place", "case", "document", "speaker"]
"""As the texts stand; by case (in their order, those of none last), title or speaker, and then so."""
ORDERS: Final[tuple[str, ...]] = get_args(Order)


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
    """A passage with the codes on it. Its GUID is empty where it is only what two passages share.

    ``before`` and ``after`` are the words around it, where they were asked for.
    """

    segment: SegmentRow
    codes: tuple[CodeOn, ...]
    before: str = ""
    after: str = ""


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
    project: Project,
    query: Spec,
    *,
    within: Spec | None = None,
    offset: int = 0,
    limit: int = 200,
    order: Order = "place",
    falling: bool = False,
    context: int | None = None,
) -> Page:
    """The passages of a query, from ``offset`` on. ``within``: only what that query selects is seen.

    ``falling`` turns the order round. ``context``: the rest of the paragraphs in which a passage stands, and
    so many before and behind them, come along.

    :raises KnownError: something that it names is gone.
    """
    with project.read() as db:
        store = loaded(project, db)
        places = _ordered(store, _places(db, store, query, within), order, falling=falling)
        rows = places[0]
        shown = slice(max(0, offset), max(0, offset) + limit)
        page = _rows(db, store, (places[0][shown], places[1][shown], places[2][shown]), context)
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


def _ordered(
    store: Store, places: tuple[Ints, Ints, Ints], order: Order, *, falling: bool
) -> tuple[Ints, Ints, Ints]:
    """A result in another order; within the same case, title or speaker as the texts stand."""
    if order == "place" and not falling:
        return places
    rows, start, stop = places
    passages = store.passages
    if order == "case":
        keys = passages.case[rows]
        keys = np.where(keys < 0, len(store.cases.ids), keys)
    elif order == "document":
        keys = _ranked([name.casefold() for name in store.documents.names.names])[passages.source[rows]]
    elif order == "speaker":
        names = [label.casefold() for label, _name, _role in store.speakers]
        keys = _ranked([*names, "\U0010ffff"])[passages.speaker[rows]]  # NOBODY is the last one
    else:
        keys = np.arange(len(rows))
    found = np.argsort(-keys if falling else keys, kind="stable")
    return rows[found], start[found], stop[found]


def _ranked(words: list[str]) -> Ints:
    """The rank of each word among all; equal ones have the same."""
    places = {word: at for at, word in enumerate(sorted(set(words)))}
    return np.array([places[word] for word in words], np.int64)


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

    def around(self, source: int, start: int, stop: int, paragraphs: int) -> tuple[str, str]:
        """The words before and behind a passage, up to so many paragraphs away from its own."""
        _guid, _title, text, _case, _numbered, lines = self._cached(source)
        starts = self._starts(source)
        if not lines:
            return "", ""
        first = max(0, bisect_right(starts, start) - 1)
        last = max(first, bisect_right(starts, max(start, stop - 1)) - 1)
        begin = lines[max(0, first - paragraphs)][0]
        end = lines[min(len(lines) - 1, last + paragraphs)][1]
        return text[min(begin, start) : start], text[stop : max(end, stop)]


def _rows(
    db: Connection, store: Store, places: tuple[Ints, Ints, Ints], context: int | None
) -> tuple[Found, ...]:
    rows, start, stop = places
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
        listed = Found(segment, codes.get(one, ()))
        if context is not None:
            before, after = made.around(source, first, last, context)
            listed = replace(listed, before=before, after=after)
        found.append(listed)
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
