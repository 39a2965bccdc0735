"""What several questions read of a study, read once for one asking, without a word of its texts."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from qda.coding.bearers import Bearer, Bearers
from qda.coding.paradigms import relation_label
from qda.coding.retrieval.store import Ints, Store, loaded
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Segment
from qda.models.theory import Evidence, EvidenceSegment, ParadigmModel, Relation


@dataclass(slots=True)
class Piece:
    """A piece of evidence: its GUID, polarity, the cases and the passages (GUIDs) it stands on."""

    guid: str
    polarity: str
    cases: set[Bearer | None] = field(default_factory=set)
    segments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Standing:
    """A relation of an active model with all its evidence."""

    id: int
    guid: str
    number: int
    model: str
    model_name: str
    words: str
    status: str
    withdrawn: int
    pieces: list[Piece] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many pieces by polarity."""
        return Counter(piece.polarity for piece in self.pieces)

    @property
    def cases(self) -> set[Bearer | None]:
        """Whose passages all of its evidence stands on; None stands for a document without a case."""
        return {case for piece in self.pieces for case in piece.cases}


class Study:
    """A project as an open connection sees it."""

    def __init__(self, project: Project, db: Connection) -> None:
        self.project = project
        self.db = db

    @cached_property
    def bearers(self) -> Bearers:
        """Whose passages are whose."""
        return Bearers(self.db)

    @cached_property
    def store(self) -> Store:
        """The codings as arrays."""
        return loaded(self.project, self.db)

    @cached_property
    def coded(self) -> Ints:
        """The passages that are coded, as rows of the arrays, in reading order."""
        marked = np.zeros(len(self.store.passages.id), np.bool_)
        marked[self.store.codings.segment] = True
        return np.flatnonzero(marked)

    @cached_property
    def several_models(self) -> bool:
        """Whether a relation's number alone does not say which one it is."""
        return len({one.model for one in self.relations}) > 1

    @cached_property
    def relations(self) -> list[Standing]:
        """The relations of all active models, by model and number."""
        start, end = aliased(Code), aliased(Code)
        query = (
            select(
                *(Relation.id, Relation.guid, Relation.number, Relation.type, Relation.own_type),
                *(Relation.statement, Relation.status, Relation.withdrawn),
                ParadigmModel.guid.label("model"),
                ParadigmModel.name.label("model_name"),
                start.name.label("from_name"),
                end.name.label("to_name"),
            )
            .join(ParadigmModel, ParadigmModel.id == Relation.model_id)
            .join(start, start.id == Relation.from_id)
            .join(end, end.id == Relation.to_id)
            .where(ParadigmModel.status == "active")
            .order_by(ParadigmModel.position, ParadigmModel.id, Relation.number)
        )
        found = [
            Standing(r.id, r.guid, r.number, r.model, r.model_name, _said(r), r.status, r.withdrawn)
            for r in self.db.execute(query)
        ]
        pieces = self._pieces()
        for one in found:
            one.pieces = pieces.get(one.id, [])
        return found

    def _pieces(self) -> dict[int, list[Piece]]:
        query = (
            select(
                *(Evidence.id, Evidence.relation_id, Evidence.guid, Evidence.polarity),
                *(Segment.guid.label("segment"), Segment.source_id, Segment.start),
            )
            .outerjoin(EvidenceSegment, EvidenceSegment.evidence_id == Evidence.id)
            .outerjoin(Segment, Segment.id == EvidenceSegment.segment_id)
            .order_by(Evidence.created, Evidence.id)
        )
        known: dict[int, Piece] = {}
        found: dict[int, list[Piece]] = defaultdict(list)
        for r in self.db.execute(query):
            piece = known.get(r.id)
            if piece is None:
                piece = known[r.id] = Piece(r.guid, r.polarity)
                found[r.relation_id].append(piece)
            if r.segment is not None:
                piece.segments.append(r.segment)
                piece.cases.add(self.bearers.case_of(r.source_id, r.start))
        return found


def _said(row: Any) -> str:
    """A relation in words: its statement, or its ends and type."""
    statement = " ".join(row.statement.split()).rstrip(".")
    if statement:
        return str(statement)
    label = relation_label(row.type, own=row.own_type)
    return _("{first} {relation} {second}").format(first=row.from_name, relation=label, second=row.to_name)
