"""Full text over all documents, as the panel of the search wants it: several words, filters, case, speaker.

Hits come in pages, in the order of the documents, so that the first can be shown while the rest is looked
for. Several words are a hit where all of them stand in one paragraph; words in quotation marks, or all of
them with ``phrase``, are looked for one behind the other. Codes and memos that hold the same words are a
second answer (:func:`others`).

Other forms of a word come from :func:`forms`, where the query asks for them: it is the one place that says
what is looked for besides the word as typed. They come from the lemmas that the language tools have kept
(:mod:`qda.coding.analyses`), and are found as whole words only.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from sqlalchemy import Connection, or_, select

from qda.coding.access import pairs
from qda.coding.analyses import any_forms
from qda.coding.extents import extended
from qda.coding.folding import Folded, matches, pattern
from qda.coding.material import Passages
from qda.coding.rows import SegmentRow
from qda.coding.search import ParagraphPlace, every_place, in_order, indexed, words_of
from qda.models import Project
from qda.models.base import storable
from qda.models.codes import Code, Memo
from qda.models.material import Analysis, Case, DocumentGroup, Source, Speaker, WordForm

MOST: Final = 20_000  # hits that are listed; who finds more narrows the search
_FIRST: Final = 60  # hits of the first page
_PAGE: Final = 2_000
_AT_HAND: Final = 4  # documents that are gone through before the index is asked: common words stand there
_MOST_FORMS: Final = 200  # of a word
_SHORTEST: Final = 2  # letters from which on everything is searched
_TERM: Final = re.compile(r"[„“”\"»«]([^„“”\"»«]+)[“”\"»«]|(\S+)")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and where. ``whole``: not parts of words; ``forms``: other forms of words, too.

    Others are GUIDs, or a role.
    """

    words: str
    phrase: bool = False
    whole: bool = False
    forms: bool = False
    role: str = ""
    case: str = ""
    group: str = ""
    source: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        """The words and phrases that must all be there."""
        words = storable(self.words).strip()
        if self.phrase:
            return (words.strip('„“”"»« '),) if words else ()
        found = (m[1] or m[2] for m in _TERM.finditer(words))
        return tuple(term for one in found if (term := one.strip('„“”"»« ')) and pattern(term) is not None)

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to look for."""
        return sum(map(len, self.terms)) >= _SHORTEST


@dataclass(frozen=True, slots=True)
class FullHit:
    """A hit at ``start``–``stop`` of its document. ``said`` are its paragraph's words, from ``begin`` on.

    ``marks`` are the places in ``said`` that were looked for.
    """

    source: str
    title: str
    case: str
    case_name: str
    paragraph: str
    speaker: str
    start: int
    stop: int
    begin: int
    said: str = field(repr=False)
    marks: tuple[tuple[int, int], ...]

    @property
    def passage(self) -> str:
        """The place as acts take it: SOURCE:START-STOP."""
        return f"{self.source}:{self.start}-{self.stop}"


@dataclass(frozen=True, slots=True)
class CodeWith:
    """A code with the words in its name or its fields; ``where`` is what they stand in."""

    guid: str
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class MemoWith:
    """A memo with the words in title or body."""

    guid: str
    title: str
    kind: str
    where: str


def forms(db: Connection, term: str) -> tuple[str, ...]:
    """What is looked for instead of a word: itself, then the other forms of its lemmas in the texts."""
    word = unicodedata.normalize("NFC", term).lower()
    if len(word.split()) != 1:
        return (term,)
    lemmas = select(WordForm.lemma).where(or_(WordForm.form == word, WordForm.lemma == word))
    living = WordForm.analysis_id.in_(
        select(Analysis.id).join(Source, Source.sha256 == Analysis.sha256)  # not what was corrected away
    )
    found = select(WordForm.form).where(WordForm.lemma.in_(lemmas), living)
    others = {*db.execute(found.distinct()).scalars()} - {word}
    return (term, *sorted(others)[:_MOST_FORMS])


def knows_forms(project: Project) -> bool:
    """Whether other forms of a word are found as well."""
    return any_forms(project)


def _of_forms(words: Sequence[str]) -> re.Pattern[str] | None:
    """Where other forms stand, as whole words and exactly as they are written."""
    if not words:
        return None
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)


# -- documents ----------------------------------------------------------------------------------------------


def pages(
    project: Project, query: Query, *, most: int = MOST, go_on: Callable[[], bool] = lambda: True
) -> Iterator[list[FullHit]]:
    """The hits page by page, a small one first; ``go_on`` is asked between two paragraphs."""
    terms = query.terms
    if not terms:
        return
    with project.read() as db:
        looking = _Looking(db, query)
        page: list[FullHit] = []
        size = _FIRST
        for count, hit in enumerate(looking.hits(go_on), 1):
            page.append(hit)
            if len(page) >= size or count >= most:
                yield page
                page, size = [], _PAGE
            if count >= most:
                return
        yield page


def found(project: Project, query: Query, *, most: int = MOST) -> list[FullHit]:
    """All hits, at most so many."""
    return [hit for page in pages(project, query, most=most) for hit in page]


def sentences_of(project: Project, hits: Sequence[FullHit]) -> list[SegmentRow]:
    """The sentences in which hits stand, each once, as rows that can be cited."""
    with project.read() as db:
        passages = Passages(db)
        ids = pairs(db.execute(select(Source.guid, Source.id)))
        wanted = extended(db, [(hit.source, hit.start, hit.stop) for hit in hits], "sentence")
        return [passages.row("", ids[guid], start, stop) for guid, start, stop in dict.fromkeys(wanted)]


class _Looking:
    """One search: who speaks, whose document it is, what is wanted."""

    def __init__(self, db: Connection, query: Query) -> None:
        self._db = db
        self._query = query
        self._terms = [forms(db, term) if query.forms else (term,) for term in query.terms]
        self._patterns = [(pattern(one[0]), _of_forms(one[1:])) for one in self._terms]
        self._cases = {r.id: r for r in db.execute(select(Case.id, Case.guid, Case.name, Case.parent_id))}
        columns = (Speaker.id, Speaker.label, Speaker.role, Speaker.case_id)
        self._speakers = {r.id: r for r in db.execute(select(*columns))}
        self._wanted_cases = self._inside(query.case)
        sources = (
            select(Source.id, Source.guid, Source.title, Source.case_id, DocumentGroup.guid.label("group"))
            .outerjoin(DocumentGroup, DocumentGroup.id == Source.group_id)
            .order_by(Source.position, Source.id)
        )
        self._sources = {
            r.id: r
            for r in db.execute(sources)
            if (not query.source or r.guid == query.source) and (not query.group or r.group == query.group)
        }

    def _inside(self, case: str) -> set[int]:
        """The case and those inside it."""
        own = {row.id for row in self._cases.values() if row.guid == case}
        return own | {row.id for row in self._cases.values() if row.parent_id in own}

    def hits(self, go_on: Callable[[], bool]) -> Iterator[FullHit]:
        whole, at = "", -1
        for row in self._paragraphs():
            if not go_on():
                return
            if row.source_id != at:
                at, whole = row.source_id, words_of(self._db, row.source_id)
            yield from self._in(row, whole)

    def _paragraphs(self) -> Iterator[ParagraphPlace]:
        documents = list(self._sources)
        narrowed = bool(self._query.role or self._query.case)
        places = chain(every_place(self._db, documents[:_AT_HAND]), self._indexed(documents[_AT_HAND:]))
        yield from (row for row in places if not narrowed or self._is_wanted(row))

    def _indexed(self, documents: list[int]) -> Iterator[ParagraphPlace]:
        if not documents:
            return
        ids: set[int] | None = None
        for one in self._terms:
            some = {number for form in one for number in indexed(self._db, form)}
            ids = some if ids is None else ids & some
        yield from in_order(self._db, ids or set(), documents)

    def _case_of(self, row: ParagraphPlace) -> int | None:
        speaker = self._speakers.get(row.speaker_id or 0)
        own = speaker.case_id if speaker is not None else None
        case: int | None = own or self._sources[row.source_id].case_id
        return case

    def _is_wanted(self, row: ParagraphPlace) -> bool:
        speaker = self._speakers.get(row.speaker_id or 0)
        if self._query.role and (speaker is None or speaker.role != self._query.role):
            return False
        return not self._query.case or self._case_of(row) in self._wanted_cases

    def _in(self, row: ParagraphPlace, whole: str) -> Iterator[FullHit]:
        said = whole[row.label_stop : row.stop]
        folded = Folded(said)
        places: list[list[tuple[int, int]]] = []
        for typed, others in self._patterns:
            here = set(matches(folded, typed, whole=self._query.whole)) if typed else set()
            if others is not None:
                here |= {found.span() for found in others.finditer(said)}
            if not here:
                return
            places.append(sorted(here))
        for start, stop in places[0] if len(places) == 1 else [_shortest(places)]:
            marks = ((start, stop),) if len(places) == 1 else _joined(places)
            yield self._hit(row, said, start, stop, marks)

    def _hit(
        self, row: ParagraphPlace, said: str, start: int, stop: int, marks: tuple[tuple[int, int], ...]
    ) -> FullHit:
        source = self._sources[row.source_id]
        speaker = self._speakers.get(row.speaker_id or 0)
        case = self._cases.get(self._case_of(row) or 0)
        return FullHit(
            source.guid,
            source.title,
            case.guid if case is not None else "",
            case.name if case is not None else "",
            row.number,
            speaker.label if speaker is not None else "",
            row.label_stop + start,
            row.label_stop + stop,
            row.label_stop,
            said,
            marks,
        )


def _shortest(places: list[list[tuple[int, int]]]) -> tuple[int, int]:
    """The shortest stretch in which each of the words stands once."""
    line = sorted((start, stop, word) for word, some in enumerate(places) for start, stop in some)
    latest: dict[int, tuple[int, int]] = {}
    best = (line[0][0], max(stop for _start, stop, _word in line))
    for start, stop, word in line:
        latest[word] = (start, stop)
        if len(latest) == len(places):
            first = min(one[0] for one in latest.values())
            last = max(one[1] for one in latest.values())
            if last - first < best[1] - best[0]:
                best = (first, last)
    return best


def _joined(places: list[list[tuple[int, int]]]) -> tuple[tuple[int, int], ...]:
    """All places in order, those that touch as one."""
    line: list[tuple[int, int]] = []
    for start, stop in sorted(place for some in places for place in some):
        if line and start < line[-1][1]:
            line[-1] = (line[-1][0], max(stop, line[-1][1]))
        else:
            line.append((start, stop))
    return tuple(line)


# -- codes and memos ----------------------------------------------------------------------------------------


def others(project: Project, query: Query) -> tuple[list[CodeWith], list[MemoWith]]:
    """Codes and memos that hold all the words, by name and title."""
    terms = [p for term in query.terms if (p := pattern(term))]
    if not terms:
        return [], []

    def where(*fields: str) -> str | None:
        """The first field with the first word, where all words stand in one of them."""
        folded = [Folded(one) for one in fields if one]
        if not all(any(matches(one, term, whole=query.whole) for one in folded) for term in terms):
            return None
        return next(one.whole for one in folded if matches(one, terms[0], whole=query.whole))

    with project.read() as db:
        columns = (Code.guid, Code.name, Code.definition, Code.delimitation, Code.anchor, Code.rule)
        codes = [
            CodeWith(row.guid, row.name, " ".join(held.split()))
            for row in db.execute(select(*columns).order_by(Code.name))
            if (held := where(*row[1:])) is not None
        ]
        notes = select(Memo.guid, Memo.title, Memo.kind, Memo.body).order_by(Memo.title)
        memos = [
            MemoWith(row.guid, row.title, row.kind, " ".join(held.split()))
            for row in db.execute(notes)
            if (held := where(row.title, row.body)) is not None
        ]
    return codes, memos
