"""Search in one text and in all: found by the index, exact hits in Python on the stored text.

Upper and lower case, umlauts and ß do not matter (ae finds ä, ss finds ß); parts of compounds are found.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from qda.models import Project
from qda.models.search_index import normalised

_SPELT_OUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the query stands; ``text`` is its paragraph's words."""

    source: str
    title: str
    paragraph: str
    start: int
    stop: int
    text: str


class Folded:
    """A text in search form with the way back: ``places[i]`` is the code point behind its i-th character."""

    def __init__(self, whole: str) -> None:
        folded: list[str] = []
        self.places: list[int] = []
        for at, character in enumerate(whole):
            for piece in normalised(character):
                folded.append(piece)
                self.places.append(at)
        self.places.append(len(whole))
        self.text = "".join(folded)


def variants(query: str) -> list[str]:
    """The search forms of a query: as written, and with ae, oe, ue read as umlauts."""
    first = normalised(query)
    forms = [first]
    spelt = first
    for written, letter in _SPELT_OUT:
        spelt = spelt.replace(written, letter)
    if spelt != first:
        forms.append(spelt)
    return [form for form in forms if form.strip()]


def find_in(whole: str, query: str) -> list[tuple[int, int]]:
    """All places (start, stop in code points) of a query in a text, in order, not overlapping."""
    folded = Folded(whole)
    found: dict[int, int] = {}
    for form in variants(query):
        at = folded.text.find(form)
        while at >= 0:
            start, stop = folded.places[at], folded.places[at + len(form) - 1] + 1
            found[start] = max(stop, found.get(start, 0))
            at = folded.text.find(form, at + len(form))
    hits: list[tuple[int, int]] = []
    for start, stop in sorted(found.items()):
        if not hits or start >= hits[-1][1]:
            hits.append((start, stop))
    return hits


def search(project: Project, query: str, *, limit: int = 5000) -> list[Hit]:
    """All hits of a query in all documents, in their order."""
    forms = variants(query)
    if not forms:
        return []
    hits: list[Hit] = []
    with project.read() as db:
        for row in _paragraphs(db, forms):
            whole = row[5]
            for start, stop in find_in(whole, query):
                hits.append(Hit(row[0], row[1], row[2], row[3] + start, row[3] + stop, whole))
                if len(hits) >= limit:
                    return hits
    return hits


def _paragraphs(db: Connection, forms: list[str]) -> list[tuple[str, str, str, int, int, str]]:
    rows: dict[int, Any] = {}
    for form in forms:
        if len(form) < 3:  # the trigram index begins at three letters
            where, value = "instr(paragraph.norm, :form) > 0", form
        else:
            where = "paragraph.id IN (SELECT rowid FROM paragraph_parts WHERE paragraph_parts MATCH :form)"
            value = " AND ".join(
                f'"{form[i : i + 3]}"' for i in range(len(form) - 2) if '"' not in form[i : i + 3]
            )
            if not value:
                where, value = "instr(paragraph.norm, :form) > 0", form
        query = text(
            "SELECT paragraph.id, source.guid, source.title, paragraph.number, paragraph.label_stop, "
            "paragraph.stop, source.id, source.position FROM paragraph JOIN source "
            f"ON source.id = paragraph.source_id WHERE {where} "
            "ORDER BY source.position, source.id, paragraph.start"
        )
        for row in db.execute(query, {"form": value}):
            rows[row[0]] = row
    texts: dict[int, str] = {}
    found = []
    for row in sorted(rows.values(), key=lambda r: (r[7], r[6], r[4])):
        source = row[6]
        if source not in texts:
            texts[source] = db.execute(
                text("SELECT text FROM source WHERE id = :id"), {"id": source}
            ).scalar_one()
        found.append((row[1], row[2], row[3], row[4], row[5], texts[source][row[4] : row[5]]))
    return found
