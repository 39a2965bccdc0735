"""Codes of A searched for in B? For each relation the cases in which nobody has looked yet.

A case waits where one of the relation's codes (or one below it) occurs, there is no evidence of any polarity
from it, and no search for counter-evidence covers it. A search that names a case covers that case; one that
names none covers the cases whose documents were all there when it was noted: so each new case comes up again.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
from sqlalchemy import Connection, select

from qda.coding.paradigms import relation_label
from qda.coding.retrieval.store import NOBODY, Ints, Mask, Store, loaded
from qda.models import Project
from qda.models.material import Case, Source
from qda.models.theory import CounterSearch, Evidence, EvidenceSegment, ParadigmModel, Relation


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case in which a relation was not looked for. ``occurs``: both of its codes, or which one.

    ``words`` are the relation's: "calling leads to staying".
    """

    relation: str
    number: int
    model: str
    case: str
    case_name: str
    occurs: Literal["both", "from", "to"]
    words: str = ""


def waiting(
    project: Project,
    *,
    model: str | None = None,
    relation: str | None = None,
    with_children: bool = True,
    searched: Collection[tuple[str, str]] = (),
) -> list[Waiting]:
    """The queue, by model and number, both codes first, then cases in their order.

    Of active models and of relations that are not rejected, unless ``relation`` (GUID) names one; ``model``
    (GUID) narrows it. ``searched`` are further pairs of relation and case (GUIDs) that count as searched.
    """
    with project.read() as db:
        store = loaded(project, db)
        there = occurring(store, with_children=with_children)
        seen, covered = _seen(db, store), _covered(db, store, searched)
        rank = {identity: at for at, identity in enumerate(store.codes.ids)}
        found = []
        for row in _relations(db, model, relation):
            start, end = there[rank[row.from_id]], there[rank[row.to_id]]
            some = [
                case
                for case in np.flatnonzero(start | end).tolist()
                if case not in seen[row.id] and case not in covered[row.id]
            ]
            some.sort(key=lambda case: (not (start[case] and end[case]), case))
            names_of = store.codes.names
            words = (
                f"{names_of[rank[row.from_id]]} {relation_label(row.type, own=row.own_type)} "
                f"{names_of[rank[row.to_id]]}"
            )
            for case in some:
                occurs: Literal["both", "from", "to"] = "to"
                if start[case]:
                    occurs = "both" if end[case] else "from"
                names = store.cases.guids[case], store.cases.names[case]
                found.append(Waiting(row.guid, row.number, row.model, *names, occurs, words))
        return found


def occurring(store: Store, *, with_children: bool) -> Mask:
    """Which codes (rows) occur in which cases (columns), by rank; ``with_children``: or one below them."""
    key = ("occurring", with_children)
    if key not in store.kept:
        codings = store.codings
        cases = store.passages.case[codings.segment]
        found = np.zeros((len(store.codes.ids), len(store.cases.ids)), np.bool_)
        found[codings.code[cases >= 0], cases[cases >= 0]] = True
        if with_children:
            for rank in _deepest_first(store):
                above = store.codes.above[rank]
                if above != NOBODY:
                    found[above] |= found[rank]
        store.kept[key] = found
    kept: Mask = store.kept[key]
    return kept


def _deepest_first(store: Store) -> list[int]:
    """The ranks of the codes, those inside others before them."""
    inside: dict[int, list[int]] = defaultdict(list)
    for rank, above in enumerate(store.codes.above):
        inside[above].append(rank)
    found = list(inside[NOBODY])
    for rank in found:
        found += inside.get(rank, [])
    return found[::-1]


def _relations(db: Connection, model: str | None, relation: str | None) -> list[Any]:
    query = (
        select(
            Relation.id,
            Relation.guid,
            Relation.number,
            Relation.from_id,
            Relation.to_id,
            Relation.type,
            Relation.own_type,
            ParadigmModel.guid.label("model"),
        )
        .join(ParadigmModel, ParadigmModel.id == Relation.model_id)
        .order_by(ParadigmModel.position, ParadigmModel.id, Relation.number)
    )
    if model is not None:
        query = query.where(ParadigmModel.guid == model)
    if relation is not None:
        query = query.where(Relation.guid == relation)
    else:
        query = query.where(Relation.status != "rejected", ParadigmModel.status == "active")
    return list(db.execute(query).all())


def _seen(db: Connection, store: Store) -> dict[int, set[int]]:
    """By relation (id) the cases (ranks) from which there is evidence."""
    query = select(Evidence.relation_id, EvidenceSegment.segment_id).join(
        EvidenceSegment, EvidenceSegment.evidence_id == Evidence.id
    )
    rows = db.execute(query).all()
    found: dict[int, set[int]] = defaultdict(set)
    order = np.argsort(store.passages.id)
    at = (
        order[np.searchsorted(store.passages.id, [row[1] for row in rows], sorter=order)]
        if rows
        else order[:0]
    )
    for (relation, _segment), case in zip(rows, store.passages.case[at].tolist(), strict=True):
        found[relation].add(case)
    return found


def _covered(db: Connection, store: Store, searched: Collection[tuple[str, str]]) -> dict[int, set[int]]:
    """By relation (id) the cases (ranks) that a noted search covers."""
    found: dict[int, set[int]] = defaultdict(set)
    ids = {row.guid: row.id for row in db.execute(select(Relation.guid, Relation.id))}
    for relation, case in searched:
        if relation in ids and case in store.cases.rank:
            found[ids[relation]].add(store.cases.rank[case])
    complete = _complete_since(db, store)
    query = select(CounterSearch.relation_id, CounterSearch.created, Case.guid).outerjoin(
        Case, Case.id == CounterSearch.case_id
    )
    for relation_id, when, named in db.execute(query):
        if named is not None:
            found[relation_id].add(store.cases.rank[named])
        else:
            found[relation_id].update(case for case, since in complete.items() if since <= when)
    return found


def _complete_since(db: Connection, store: Store) -> dict[int, datetime]:
    """By case (rank) when the last of the documents with passages of it came in."""
    added = {row.id: row.added for row in db.execute(select(Source.id, Source.added))}
    pairs: Ints = np.unique((store.passages.case << 32) + store.passages.source)
    found: dict[int, datetime] = {}
    for pair in pairs[pairs >= 0].tolist():
        case, source = pair >> 32, pair & 0xFFFFFFFF
        when = added[store.documents.names.ids[source]]
        found[case] = max(found.get(case, when), when)
    return found
