"""Search in one text and in all: found by the index, exact hits in Python on the stored text.

Upper and lower case, umlauts and ß do not matter (ae finds ä, ss finds ß); parts of compounds are found.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from sqlalchemy import Connection, select, text

from qda.coding.folding import Folded, find_in, matches, pattern, variants
from qda.models import Project
from qda.models.base import storable
from qda.models.material import Paragraph, Source

__all__ = ["Folded", "Hit", "find_in", "hits", "indexed", "search"]

_AT_ONCE = 400  # paragraphs read by one query
_FEW = 4000
_PARTED = re.compile(r"[\s'’‘`´]+")  # what may be written otherwise in the text


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the query stands; ``text`` is its paragraph's words."""

    source: str
    title: str
    paragraph: str
    start: int
    stop: int
    text: str

    @property
    def passage(self) -> str:
        """The place as acts take it: SOURCE:START-STOP."""
        return f"{self.source}:{self.start}-{self.stop}"


def search(project: Project, query: str, *, limit: int = 5000) -> list[Hit]:
    """The first hits of a query in all documents, in their order."""
    return hits(project, query, limit=limit)


def hits(
    project: Project,
    words: str,
    *,
    whole: bool = False,
    sources: Iterable[str] | None = None,
    limit: int | None = None,
) -> list[Hit]:
    """Every place where these words stand, in the order of the documents, or of some of them (GUIDs).

    ``whole``: not where they are part of a longer word.
    """
    query = storable(words)
    looked_for = pattern(query)
    listed: list[Hit] = []
    if looked_for is None:
        return listed
    wanted = None if sources is None else set(sources)
    with project.read() as db:
        documents = {
            r.id: (r.guid, r.title)
            for r in db.execute(select(Source.id, Source.guid, Source.title).order_by(*_ORDER))
            if wanted is None or r.guid in wanted
        }
        texts: dict[int, str] = {}
        for row in in_order(db, indexed(db, query), list(documents)):
            if row.source_id not in texts:
                texts = {row.source_id: words_of(db, row.source_id)}
            said = texts[row.source_id][row.label_stop : row.stop]
            for start, stop in matches(Folded(said), looked_for, whole=whole):
                place = (row.label_stop + start, row.label_stop + stop)
                listed.append(Hit(*documents[row.source_id], row.number, *place, said))
                if limit is not None and len(listed) >= limit:
                    return listed
    return listed


def indexed(db: Connection, query: str) -> set[int]:
    """Ids of the paragraphs in which a query may stand; it is in no other."""
    return {one for form in variants(query) for one in _indexed(db, form)}


_ORDER = (Source.position, Source.id)
_ROW = (
    Paragraph.id,
    Paragraph.source_id,
    Paragraph.start,
    Paragraph.label_stop,
    Paragraph.stop,
    Paragraph.number,
    Paragraph.speaker_id,
)


class ParagraphPlace(Protocol):
    """Where a paragraph lies, and who speaks in it (ids)."""

    id: int
    source_id: int
    start: int
    label_stop: int
    stop: int
    number: str
    speaker_id: int | None


def words_of(db: Connection, source: int) -> str:
    """The stored text of a document by id."""
    return db.execute(select(Source.text).where(Source.id == source)).scalar_one()


def every_place(db: Connection, documents: list[int]) -> Iterator[ParagraphPlace]:
    """All paragraphs of these documents, read as far as they are asked for."""
    for source in documents:
        query = select(*_ROW).where(Paragraph.source_id == source).order_by(Paragraph.start)
        yield from cast("list[ParagraphPlace]", db.execute(query).all())


def in_order(db: Connection, found: set[int], documents: list[int]) -> Iterator[ParagraphPlace]:
    """The paragraphs found, in the order of the documents and their texts.

    Where there are many, they are read document by document, as far as they are asked for.
    """
    if len(found) > _FEW:
        yield from (row for row in every_place(db, documents) if row.id in found)
        return
    place = {source: at for at, source in enumerate(documents)}
    ids = list(found)
    rows: list[ParagraphPlace] = []
    for at in range(0, len(ids), _AT_ONCE):
        query = select(*_ROW).where(Paragraph.id.in_(ids[at : at + _AT_ONCE]))
        rows += cast("list[ParagraphPlace]", db.execute(query).all())
    rows = [row for row in rows if row.source_id in place]
    yield from sorted(rows, key=lambda row: (place[row.source_id], row.start))


def _indexed(db: Connection, form: str) -> list[int]:
    """Ids of the paragraphs in which a search form may stand."""
    pieces = _PARTED.split(form)
    parts = [piece[at : at + 3] for piece in pieces for at in range(len(piece) - 2)]
    asked = " AND ".join(f'"{part}"' for part in parts if '"' not in part)
    if asked:
        sql = "SELECT rowid FROM paragraph_parts WHERE paragraph_parts MATCH :form"
    else:  # the trigram index begins at three letters
        sql, asked = "SELECT id FROM paragraph WHERE instr(norm, :form) > 0", max(pieces, key=len)
    return [row[0] for row in db.execute(text(sql), {"form": asked}).all()]
