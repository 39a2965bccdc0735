"""What speaks for a candidate beyond the places of its codes: words like those of the evidence, other values.

How like two passages are is told by who knows words (:class:`Likeness`, given from above this layer); without
it candidates stand in the order of places alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from sqlalchemy import Connection, select

from qda.coding.retrieval.evaluate import subtree
from qda.coding.retrieval.store import NOBODY, Ints, Mask, Store, loaded
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Property, PropertyValue
from qda.models.theory import Evidence, EvidenceSegment

Place = tuple[str, int, int]  # document (GUID), start, stop
_MOST_CODES: Final = 5_000  # of two branches; values are not asked for in larger ones


class Likeness(Protocol):
    """Who knows which passages are alike."""

    def nearest(self, known: Sequence[Place], some: Sequence[Place]) -> Sequence[tuple[float, int]] | None:
        """For each of some how like it is to the nearest known one (0 to 1), and which that is.

        None where texts have not been read for their words, or there are too many of them.
        """

    def shared(self, one: Place, other: Place) -> tuple[str, ...]:
        """The words that two passages have in common, the telling ones first."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Likeness to a piece of evidence: how much, and the row of its passage (-1: none)."""

    much: float = 0.0
    row: int = -1


UNLIKE: Final = Alike()
MOST_ALIKE: Final = 2_000  # candidates that are compared in their words; more are told by their places alone


@dataclass(frozen=True, slots=True)
class OtherValue:
    """A passage lies elsewhere on a property than all passages that are known: "Form: written, not oral"."""

    property: str
    value: str
    known: tuple[str, ...]


def evidence_ids(db: Connection, relation: int, polarity: str = "") -> list[int]:
    """The segments (ids) that are evidence of a relation (id), of one polarity or of any."""
    query = (
        select(EvidenceSegment.segment_id)
        .join(Evidence, Evidence.id == EvidenceSegment.evidence_id)
        .where(Evidence.relation_id == relation)
    )
    if polarity:
        query = query.where(Evidence.polarity == polarity)
    return list(db.execute(query).scalars())


def place_of(store: Store, row: int) -> Place:
    """Where a passage (row) lies."""
    passages = store.passages
    source = store.documents.names.guids[int(passages.source[row])]
    return source, int(passages.start[row]), int(passages.stop[row])


def alike(store: Store, known: Ints, rows: Sequence[int], like: Likeness) -> dict[int, Alike]:
    """How like passages (rows) are to the known ones; nothing where that cannot be told."""
    others = known.tolist()
    if not others or not rows:
        return {}
    found = like.nearest([place_of(store, row) for row in others], [place_of(store, row) for row in rows])
    if found is None:
        return {}
    return {row: Alike(much, others[at]) for row, (much, at) in zip(rows, found, strict=True)}


def other_values(db: Connection, store: Store, branch: Mask, known: Iterable[int]) -> dict[int, OtherValue]:
    """By segment (id) the value that none of the ``known`` segments (ids) has, where they have any.

    Properties are those of the codes of a branch and of all codes above them.
    """
    codes = {store.codes.ids[at] for at in _with_above(store, branch)}
    query = (
        select(Property.id, Property.name, PropertyValue.segment_id, PropertyValue.value)
        .join(PropertyValue, PropertyValue.property_id == Property.id)
        .join(Code, Code.id == Property.code_id)
        .where(PropertyValue.segment_id.is_not(None))
        .where(Code.id.in_(sorted(codes)))
        .order_by(Property.position, Property.id, PropertyValue.id)
    )
    rows = db.execute(query).all() if len(codes) < _MOST_CODES else []
    there = set(known)
    usual: dict[int, dict[str, None]] = {}
    for row in rows:
        if row.segment_id in there:
            usual.setdefault(row.id, {})[row.value] = None
    return {
        row.segment_id: OtherValue(row.name, row.value, tuple(usual[row.id]))
        for row in reversed(rows)
        if row.id in usual and row.value not in usual[row.id]
    }


def passages_of(project: Project, code: str) -> tuple[list[Place], dict[Place, OtherValue]]:
    """The passages of a code (GUID) and of those below it; and others that lie elsewhere on its properties.

    :raises KnownError: the code is gone.
    """
    with project.read() as db:
        store = loaded(project, db)
        if code not in store.codes.rank:
            raise KnownError(_("There is nothing called “{name}”.").format(name=code))
        branch = np.zeros(len(store.codes.ids), np.bool_)
        branch[subtree(store.codes, store.codes.rank[code], True)] = True
        own = np.unique(store.codings.segment[branch[store.codings.code]])
        ids = store.passages.id
        others = other_values(db, store, branch, ids[own].tolist())
        rows = np.flatnonzero(np.isin(ids, np.array(sorted(others), np.int64))).tolist() if others else []
        elsewhere = {place_of(store, row): others[int(ids[row])] for row in rows}
        return [place_of(store, row) for row in own.tolist()], elsewhere


def _with_above(store: Store, branch: Mask) -> set[int]:
    found: set[int] = set()
    for at in np.flatnonzero(branch).tolist():
        above = at
        while above != NOBODY and above not in found:
            found.add(above)
            above = store.codes.above[above]
    return found
