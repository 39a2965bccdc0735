"""Saturation: what still changes in each category, and new codes per transcript. Nothing is called saturated.

The table of categories comes first: passages, new properties and places since a transcript, places seen,
relations, cases, and what a person judged. A place is new where it was first seen after that transcript, in
the order of the transcripts; a property where all its places are. What is known of a case as a whole belongs
to the first transcript of that case.

The curve is no measure of theoretical saturation. It tells new codes per transcript: codes that survived,
each at its first passage. What is reckoned from it follows G. Guest, E. Namey and M. Chen, "A simple method
to assess and report thematic saturation in qualitative research", PLoS ONE 15(5), 2020, e0232076. *Base
size*: so many first transcripts (there 4, 5 or 6) give the base, the codes found in them. *Run length*: so
many transcripts in a row (there 2 or 3) are looked at together; runs move on by one transcript and overlap.
*New information ratio*: the codes new in a run, divided by the codes of the base, which stays the same for
all runs. With fewer transcripts than base and one run there is none.

Two things differ from the paper. It counts themes of an inductive thematic analysis in the order of the
interviews; here codes are counted as they are now, in an order that can be chosen. And its threshold for new
information (5 % or 0 %) is left out on purpose: where to stop is judged, not reckoned.
"""

import builtins
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, Protocol

import numpy as np
from sqlalchemy import Connection, func, select

from qda.coding.access import pairs
from qda.coding.codebook import COLOUR_ORDER
from qda.coding.crossings import entries_of
from qda.coding.profiles import Axis, axes
from qda.coding.references import PATH_SEPARATOR
from qda.coding.retrieval.evaluate import Evaluation
from qda.coding.retrieval.store import Ints, Store, loaded
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Case, Source
from qda.models.theory import ParadigmModel, Relation

Order = Literal["coded", "imported", "study"]
ORDERS: Final[tuple[Order, ...]] = ("coded", "imported", "study")
KINDS: Final = ("interview", "focus_group")  # the documents that are transcripts
BASE: Final = 4
RUN: Final = 2
_MOMENTS: Final = "first codings"


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript with codings: the codes (GUIDs) that are new in it, and how many there are up to it."""

    source: str
    title: str
    new: tuple[str, ...]
    upto: int


@dataclass(frozen=True, slots=True)
class Run:
    """Transcripts ``first``–``last`` (from 0) looked at together.

    ``ratio``: new codes by those of the base; none where the base holds no code.
    """

    first: int
    last: int
    new: int
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """New codes per transcript. ``uncoded`` counts transcripts without any coding; they are left out."""

    transcripts: tuple[Transcript, ...]
    base: int
    run: int
    base_codes: int
    runs: tuple[Run, ...]
    uncoded: int

    @property
    def determinable(self) -> bool:
        """Whether there are transcripts enough for the base and one run."""
        return bool(self.runs)


class Judgement(Protocol):
    """What a person judged of a category, with the reason."""

    @property
    def state(self) -> str:
        """Open, provisional or saturated."""

    @property
    def reason(self) -> str:
        """Why."""

    @property
    def created(self) -> datetime:
        """When."""

    @property
    def coder(self) -> str:
        """By whom."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A property: its places that were seen and not seen, and those that are new since the transcript."""

    property: str
    name: str
    seen: tuple[str, ...]
    unseen: tuple[str, ...]
    new: bool
    new_places: tuple[str, ...]
    poles: tuple[str, ...] = ()

    @builtins.property
    def missing_poles(self) -> tuple[str, ...]:
        """The poles that were not seen, where one was seen at all."""
        return tuple(pole for pole in self.poles if pole not in self.seen)


@dataclass(frozen=True, slots=True)
class CategoryState:
    """What is known of a category.

    ``since``: its passages in transcripts behind the one asked about; ``case_names``: the cases in which it
    was met, in their order; ``deviating``: a passage was chosen as such.
    """

    code: str
    name: str
    path: str
    cases: int
    passages: int
    since: int
    dimensions: tuple[Dimension, ...]
    relations: int
    judgement: Judgement | None
    case_names: tuple[str, ...] = ()
    colour: int = 0
    deviating: bool = False

    @property
    def new_properties(self) -> tuple[str, ...]:
        """Names of the properties that were first seen since then."""
        return tuple(one.name for one in self.dimensions if one.new)

    @property
    def quiet(self) -> bool:
        """Whether it was met again since then, and nothing new was seen. A person judges what that means."""
        return self.since > 0 and not any(one.new_places for one in self.dimensions)


@dataclass(frozen=True, slots=True)
class States:
    """The table of categories; ``since`` and ``behind`` are transcripts (GUIDs): up to here, and after it."""

    since: str
    behind: tuple[str, ...]
    rows: tuple[CategoryState, ...]


def transcripts(
    project: Project, *, order: Order = "coded", chosen: Sequence[str] | None = None
) -> list[tuple[str, str]]:
    """GUIDs and titles of the coded transcripts: by their first coding, as they came in, as in the study.

    ``chosen``: these documents (GUIDs), in this order.
    """
    with project.read() as db:
        return _ordered(db, loaded(project, db), order, chosen)[0]


def curve(
    project: Project,
    *,
    order: Order = "coded",
    chosen: Sequence[str] | None = None,
    base: int = BASE,
    run: int = RUN,
) -> Curve:
    """New codes per transcript; ``base`` and ``run`` are numbers of transcripts, at least 1."""
    base, run = max(1, base), max(1, run)
    with project.read() as db:
        store = loaded(project, db)
        listed, uncoded = _ordered(db, store, order, chosen)
        first = _first_transcripts(store, [guid for guid, _title in listed])
    counts = [len(first[at]) for at in range(len(listed))]
    found, upto = [], 0
    for at, (guid, title) in enumerate(listed):
        upto += counts[at]
        found.append(Transcript(guid, title, tuple(first[at]), upto))
    base_codes = sum(counts[:base])
    runs = []
    for start in range(base, len(counts) - run + 1):
        new = sum(counts[start : start + run])
        runs.append(Run(start, start + run - 1, new, new / base_codes if base_codes else None))
    return Curve(tuple(found), base, run, base_codes, tuple(runs), uncoded)


def states(
    project: Project,
    *,
    since: str | None = None,
    order: Order = "coded",
    chosen: Sequence[str] | None = None,
    with_children: bool = True,
    judgements: Mapping[str, Judgement] | None = None,
) -> States:
    """The table of categories since a transcript (GUID; without: since the last but one).

    ``judgements`` are the last ones by category (GUID).
    """
    with project.read() as db:
        store = loaded(project, db)
        listed = [guid for guid, _title in _ordered(db, store, order, chosen)[0]]
        upto = since if since in listed else (listed[-2] if len(listed) > 1 else "")
        at = listed.index(upto) if upto else -1
        categories = _categories(db)
        guids = [row.guid for row in categories]
        counts = _counts(db, store, guids, set(listed[at + 1 :]), with_children=with_children)
        dimensions: dict[str, list[Axis]] = defaultdict(list)
        for axis in axes(db, codes=guids):
            dimensions[axis.code].append(axis)
        place, links = _places(store, listed), _relations(db, with_children=with_children)
        rows = tuple(
            CategoryState(
                row.guid,
                row.name,
                row.path,
                len(counts[number].cases),
                counts[number].passages,
                counts[number].since,
                tuple(_dimension(axis, place, at) for axis in dimensions[row.guid]),
                links[row.guid],
                (judgements or {}).get(row.guid),
                counts[number].cases,
                row.colour,
                row.deviating,
            )
            for number, row in enumerate(categories)
        )
        return States(upto, tuple(listed[at + 1 :]), rows)


# -- how it comes about -------------------------------------------------------------------------------------


def _moments(db: Connection, store: Store) -> dict[int, datetime]:
    """When each document (by id) was first coded; kept as long as no coding comes or goes."""
    if _MOMENTS not in store.kept:
        query = (
            select(Segment.source_id, func.min(Coding.created))
            .join(Coding, Coding.segment_id == Segment.id)
            .group_by(Segment.source_id)
        )
        store.kept[_MOMENTS] = pairs(db.execute(query))
    found: dict[int, datetime] = store.kept[_MOMENTS]
    return found


def _ordered(
    db: Connection, store: Store, order: Order, chosen: Sequence[str] | None
) -> tuple[list[tuple[str, str]], int]:
    """The coded transcripts in their order, and how many have no coding."""
    moments = _moments(db, store)
    query = select(Source.id, Source.guid, Source.title, Source.kind, Source.added)
    rows = list(db.execute(query.order_by(Source.position, Source.id)).all())
    if chosen is not None:
        place = {guid: at for at, guid in enumerate(chosen)}
        rows = sorted((row for row in rows if row.guid in place), key=lambda row: place[row.guid])
    else:
        rows = [row for row in rows if row.kind in KINDS]
    some = [row for row in rows if row.id in moments]
    if chosen is None and order != "study":
        some.sort(key=lambda row: moments[row.id] if order == "coded" else row.added)
    return [(row.guid, row.title) for row in some], len(rows) - len(some)


def _first_transcripts(store: Store, listed: list[str]) -> dict[int, list[str]]:
    """By place of a transcript the codes (GUIDs) that occur there first, in the order of the codes."""
    place = _by_source(store, listed, other=len(listed))
    first = np.full(len(store.codes.ids), len(listed), np.int64)
    codings = store.codings
    np.minimum.at(first, codings.code, place[store.passages.source[codings.segment]])
    found: dict[int, list[str]] = defaultdict(list)
    for code, at in enumerate(first.tolist()):
        if at < len(listed):
            found[at].append(store.codes.guids[code])
    return found


def _by_source(store: Store, listed: Sequence[str], *, other: int) -> Ints:
    """For each document (rank) its place among the transcripts; ``other`` for documents that are none."""
    found = np.full(len(store.documents.names.ids) + 1, other, np.int64)
    for at, guid in enumerate(listed):
        found[store.documents.names.rank[guid]] = at
    return found


@dataclass(frozen=True, slots=True)
class _Category:
    guid: str
    name: str
    path: str
    colour: int
    deviating: bool


def _categories(db: Connection) -> list[_Category]:
    """The categories in the order of the tree."""
    columns = (Code.id, Code.guid, Code.name, Code.kind, Code.parent_id, Code.colour, Code.deviating_id)
    children: dict[int | None, list[Any]] = defaultdict(list)
    for row in db.execute(select(*columns).order_by(Code.position.desc(), Code.id.desc())):
        children[row.parent_id].append(row)
    found: list[_Category] = []
    stack = [(row, "", COLOUR_ORDER[0]) for row in children[None]]
    while stack:
        row, above, colour = stack.pop()
        path = f"{above}{PATH_SEPARATOR}{row.name}" if above else row.name
        shown = row.colour if row.colour is not None else colour
        if row.kind == "category":
            found.append(_Category(row.guid, row.name, path, shown, row.deviating_id is not None))
        stack += [(child, path, shown) for child in children[row.id]]
    return found


@dataclass(frozen=True, slots=True)
class _Count:
    cases: tuple[str, ...]
    passages: int
    since: int


def _counts(
    db: Connection, store: Store, codes: list[str], behind: set[str], *, with_children: bool
) -> list[_Count]:
    """Names of cases, passages, and passages in the transcripts behind, of each category."""
    entries, _ranks = entries_of(Evaluation(db, store), store, codes, with_children)
    new = np.array([guid in behind for guid in store.documents.names.guids], np.bool_)
    every = np.bincount(entries.row, minlength=len(codes))
    since = np.bincount(entries.row[new[entries.source]], minlength=len(codes))
    wide, some = max(1, len(store.cases.ids)), entries.case >= 0
    table = np.bincount(entries.row[some] * wide + entries.case[some], minlength=len(codes) * wide)
    names = _case_names(db, store)
    return [
        _Count(tuple(names[at] for at in np.flatnonzero(row).tolist()), all_, new_)
        for row, all_, new_ in zip(
            table.reshape(len(codes), wide), every.tolist(), since.tolist(), strict=True
        )
    ]


def _case_names(db: Connection, store: Store) -> list[str]:
    names = {row.guid: row.name for row in db.execute(select(Case.guid, Case.name))}
    return [names.get(guid, "") for guid in store.cases.guids]


def _places(store: Store, listed: list[str]) -> dict[str, int]:
    """By document and by case (GUIDs) the place of the transcript; of a case that of its first one."""
    found = {guid: at for at, guid in enumerate(listed)}
    for at, guid in enumerate(listed):
        case = int(store.documents.case[store.documents.names.rank[guid]])
        if case >= 0:
            found.setdefault(store.cases.guids[case], at)
    return found


def _dimension(axis: Axis, place: Mapping[str, int], at: int) -> Dimension:
    """A property since the transcript at a place: what was seen later only is new."""
    first: dict[str, int] = {}
    for one in axis.seen:
        where = place.get(one.source or one.bearer.guid, -1)
        first[one.place] = min(first.get(one.place, where), where)
    seen = tuple(one for one in axis.every_place if one in first)
    new = tuple(one for one in seen if first[one] > at)
    unseen = tuple(one for one in axis.places if one not in first)
    poles = (axis.places[0], axis.places[-1]) if len(axis.places) > 1 and seen else ()
    return Dimension(axis.property, axis.name, seen, unseen, bool(seen) and len(new) == len(seen), new, poles)


def _relations(db: Connection, *, with_children: bool) -> Counter[str]:
    """How many relations of active models each code has that are not rejected.

    ``with_children``: those of the codes below it are its own, each once.
    """
    rows = {row.id: row for row in db.execute(select(Code.id, Code.guid, Code.parent_id))}
    query = (
        select(Relation.from_id, Relation.to_id)
        .join(ParadigmModel, ParadigmModel.id == Relation.model_id)
        .where(Relation.status != "rejected", ParadigmModel.status == "active")
    )
    found: Counter[str] = Counter()
    for ends in db.execute(query):
        touched: set[int] = set()
        for end in ends:
            at = end
            while at in rows and at not in touched:
                touched.add(at)
                at = rows[at].parent_id if with_children else None
        found.update(rows[one].guid for one in touched)
    return found
