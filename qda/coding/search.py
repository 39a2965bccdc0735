"""Search in one text and in all: found by the index, exact hits in Python on the stored text.

Upper and lower case, umlauts and ß do not matter (ae finds ä, ss finds ß); parts of compounds are found.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from sqlalchemy import Connection, Row, select, text

from qda.models import Project
from qda.models.base import storable
from qda.models.material import Paragraph, Source
from qda.models.search_index import normalised

_AT_ONCE = 400  # paragraphs read by one query
_FEW = 4000
_SPELT_OUT = re.compile("[aou]e")
_UMLAUTS = {"a": "ä", "o": "ö", "u": "ü"}
_MAY_BE_UMLAUTS = 4  # so many of a query's ae, oe, ue are looked up as umlauts one by one


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


@cache
def _form(character: str) -> str:
    return normalised(character)


class Folded:
    """A text in search form with the way back: almost every character has a form of one character.

    Umlauts stay, so that "neue" is not found in "neu" while "Mueller" is in "Müller".
    """

    def __init__(self, whole: str) -> None:
        self._behind: list[int] = []  # places in the folded text just behind a form of another length
        self._shift: list[int] = [0]
        signs = set() if whole.isascii() else {sign for sign in set(whole) if sign > "\x7f"}
        if odd := {sign: len(_form(sign)) for sign in signs if len(_form(sign)) != 1}:
            self._map(whole, odd)
        self.text = _plain(whole, signs)

    def _map(self, whole: str, odd: dict[str, int]) -> None:
        shift = 0
        for found in re.finditer("[" + re.escape("".join(odd)) + "]", whole):
            for _step in range(odd[found[0]] - 1):
                shift += 1
                self._enter(found.start() + shift, shift)
            if not odd[found[0]]:
                shift -= 1
                self._enter(found.start() + shift + 1, shift)

    def _enter(self, place: int, shift: int) -> None:
        self._behind.append(place)
        self._shift.append(shift)

    def original(self, place: int) -> int:
        """The code point behind the folded ``place``."""
        return place - self._shift[bisect_right(self._behind, place)]


def _plain(whole: str, signs: set[str]) -> str:
    """The search form of a text with these signs beyond ASCII."""
    if not signs.isdisjoint("\u0130Σ"):  # small, the one is longer and the other changes with its place
        return "".join(_umlaut_or_form(sign) for sign in whole)
    small = whole.lower()
    for sign in {sign.lower() for sign in signs}:
        small = small.replace(sign, _umlaut_or_form(sign))
    return small


def _umlaut_or_form(sign: str) -> str:
    small = sign.lower()
    return small if small in "äöü" else _form(sign)


def variants(query: str) -> list[str]:
    """The search forms of a query, for the index: as written, and with ae, oe, ue read as umlauts."""
    forms = [""]
    done = 0
    first = normalised(query)
    for count, found in enumerate(_SPELT_OUT.finditer(first)):
        before = first[done : found.start()]
        either = (found[0], found[0][0]) if count < _MAY_BE_UMLAUTS else (found[0],)
        forms = [form + before + letters for form in forms for letters in either]
        done = found.end()
    return [form + first[done:] for form in forms] if first.strip() else []


@lru_cache(maxsize=64)
def _pattern(query: str) -> re.Pattern[str] | None:
    """What a query looks like in a folded text."""
    first = normalised(query)
    if not first.strip():
        return None
    parts, done = [], 0
    for found in _SPELT_OUT.finditer(first):
        letter = found[0][0]
        parts += [
            _plainly(first[done : found.start()]),
            f"(?:[{letter}{_UMLAUTS[letter]}]e|{_UMLAUTS[letter]})",
        ]
        done = found.end()
    return re.compile("".join([*parts, _plainly(first[done:])]))


def _plainly(letters: str) -> str:
    return "".join(f"[{c}{_UMLAUTS[c]}]" if c in _UMLAUTS else re.escape(c) for c in letters)


def find_in(text: str, query: str, *, whole: bool = False) -> list[tuple[int, int]]:
    """All places (start, stop in code points) of a query in a text, in order, not overlapping.

    ``whole``: not where it is part of a longer word.
    """
    pattern = _pattern(query)
    return _find(text, pattern, whole=whole) if pattern is not None else []


def _find(text: str, pattern: re.Pattern[str], *, whole: bool = False) -> list[tuple[int, int]]:
    folded = Folded(text)
    hits: list[tuple[int, int]] = []
    for found in pattern.finditer(folded.text):
        start, stop = folded.original(found.start()), folded.original(found.end() - 1) + 1
        while stop < len(text) and not _form(text[stop]):
            stop += 1  # a mark of its own belongs to the letter before it
        if (not hits or start >= hits[-1][1]) and not (whole and _part_of_a_word(text, start, stop)):
            hits.append((start, stop))
    return hits


def _part_of_a_word(text: str, start: int, stop: int) -> bool:
    return text[start - 1 : start].isalnum() or text[stop : stop + 1].isalnum()


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
    pattern = _pattern(query)
    listed: list[Hit] = []
    if pattern is None:
        return listed
    wanted = None if sources is None else set(sources)
    with project.read() as db:
        documents = {
            r.id: (r.guid, r.title)
            for r in db.execute(select(Source.id, Source.guid, Source.title).order_by(*_ORDER))
            if wanted is None or r.guid in wanted
        }
        texts: dict[int, str] = {}
        for row in _paragraphs(db, indexed(db, query), list(documents)):
            if row.source_id not in texts:
                texts = {row.source_id: _words(db, row.source_id)}
            said = texts[row.source_id][row.label_stop : row.stop]
            for start, stop in _find(said, pattern, whole=whole):
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
)


def _words(db: Connection, source: int) -> str:
    return db.execute(select(Source.text).where(Source.id == source)).scalar_one()


def _paragraphs(
    db: Connection, found: set[int], documents: list[int]
) -> Iterator[Row[int, int, int, int, int, str]]:
    """The paragraphs found, in the order of the documents and their texts.

    Where there are many, they are read document by document, as far as they are asked for.
    """
    if len(found) > _FEW:
        for source in documents:
            query = select(*_ROW).where(Paragraph.source_id == source).order_by(Paragraph.start)
            yield from (row for row in db.execute(query).all() if row.id in found)
        return
    place = {source: at for at, source in enumerate(documents)}
    ids = list(found)
    rows: list[Row[int, int, int, int, int, str]] = []
    for at in range(0, len(ids), _AT_ONCE):
        rows += db.execute(select(*_ROW).where(Paragraph.id.in_(ids[at : at + _AT_ONCE]))).all()
    rows = [row for row in rows if row.source_id in place]
    yield from sorted(rows, key=lambda row: (place[row.source_id], row.start))


def _indexed(db: Connection, form: str) -> list[int]:
    """Ids of the paragraphs in which a search form may stand."""
    parts = [form[at : at + 3] for at in range(len(form) - 2)]
    asked = " AND ".join(f'"{part}"' for part in parts if '"' not in part)
    if asked:
        sql = "SELECT rowid FROM paragraph_parts WHERE paragraph_parts MATCH :form"
    else:  # the trigram index begins at three letters
        sql, asked = "SELECT id FROM paragraph WHERE instr(norm, :form) > 0", form
    return [row[0] for row in db.execute(text(sql), {"form": asked}).all()]
