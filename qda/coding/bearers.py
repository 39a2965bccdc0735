"""Whose a passage is: its case, or its document where that belongs to none.

A speaker's own case outranks the document's. Paragraphs are read for documents with such speakers alone.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from qda.models.material import Case, Paragraph, Source, Speaker


@dataclass(frozen=True, slots=True)
class Bearer:
    """A case, or a document that belongs to none; ``place`` orders them, cases first."""

    guid: str
    name: str
    is_case: bool
    place: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document by name; ``place`` orders them as the study does."""

    guid: str
    title: str
    place: int


class Bearers:
    """Cases and documents of a project, as an open connection sees them."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        cases = db.execute(select(Case.id, Case.guid, Case.name).order_by(Case.position, Case.id)).all()
        self.cases = {r.id: Bearer(r.guid, r.name, True, at) for at, r in enumerate(cases)}
        columns = (Source.id, Source.guid, Source.title, Source.case_id)
        sources = db.execute(select(*columns).order_by(Source.position, Source.id)).all()
        self.documents = {r.id: Document(r.guid, r.title, at) for at, r in enumerate(sources)}
        self._own = {r.id: self.cases.get(r.case_id or 0) for r in sources}
        special = select(Speaker.source_id).where(Speaker.case_id.is_not(None)).distinct()
        self._special = set(db.execute(special).scalars())
        self._lines: dict[int, tuple[list[int], list[int | None]]] = {}

    def case_of(self, source: int, start: int) -> Bearer | None:
        """The case of a passage that begins at ``start`` (code points) in a document (by id)."""
        own = self._own[source]
        if source not in self._special:
            return own
        if source not in self._lines:
            self._lines[source] = self._read(source)
        starts, cases = self._lines[source]
        spoken = cases[max(0, bisect_right(starts, start) - 1)] if starts else None
        return self.cases.get(spoken or 0, own)

    def of(self, source: int, start: int) -> Bearer:
        """The case of a passage, or its document."""
        found = self.case_of(source, start)
        if found is not None:
            return found
        document = self.documents[source]
        return Bearer(document.guid, document.title, False, len(self.cases) + document.place)

    def _read(self, source: int) -> tuple[list[int], list[int | None]]:
        query = (
            select(Paragraph.start, Speaker.case_id)
            .outerjoin(Speaker, Speaker.id == Paragraph.speaker_id)
            .where(Paragraph.source_id == source)
            .order_by(Paragraph.start)
        )
        rows = self._db.execute(query).all()
        return [r.start for r in rows], [r.case_id for r in rows]

    @property
    def special(self) -> frozenset[int]:
        """Documents (by id) in which a speaker has a case of their own."""
        return frozenset(self._special)


def ordered(bearers: Iterable[Bearer]) -> list[Bearer]:
    """Cases in their order, then documents without one."""
    return sorted(set(bearers), key=lambda one: one.place)


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Names without the words that all of them begin with: "Fall A", "Fall B" are A and B."""
    words = [name.split() for name in names]
    common = 0
    while len(words) > 1 and all(len(w) > common + 1 and w[common] == words[0][common] for w in words):
        common += 1
    return {name: " ".join(name.split()[common:]) for name in names}
