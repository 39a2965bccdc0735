"""Quotations compared with the documents of a study: which are right, and what is the matter with others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, select

from qda.coding import material
from qda.coding.citation import paragraphs_cited
from qda.coding.quotations.citations import Citation, Citations, Item
from qda.coding.quotations.comparing import Match, changed, difference, exact_match, expected, near_match
from qda.coding.quotations.corpus import Chain, Corpus, Document
from qda.coding.quotations.findings import Checked, Finding, State
from qda.coding.quotations.linking import Linked, linked
from qda.coding.quotations.names import Names
from qda.coding.quotations.placing import holds, numbers_of, passages_of, written_right
from qda.coding.quotations.wording import WORD, Run, norm, runs_of
from qda.coding.quotations.written import Written
from qda.coding.rows import SegmentRow
from qda.errors import KnownError
from qda.i18n import _, use_language
from qda.models import Project
from qda.models.material import PseudonymRecord

Progress = Callable[[int, int], bool]

_UNCITED: Final = 5  # words in a row that are no accident
_ELSEWHERE: Final = 3  # words that are enough for another place, or another document
_SHORT: Final = 5
_IN_PLACE: Final = 0.45  # of the words, so that it is the cited place with other words
_NEARLY: Final = 0.7
_ANYWHERE: Final = 0.6
_COPIED: Final = 0.8
_SAME: Final = 3  # words
_TITLES: Final = frozenset(
    ("Frau", "Herr", "Herrn", "Dr", "Prof", "Mr", "Mrs", "Ms", "Befragte", "Befragter")
)
_AT_ONCE: Final = 25  # quotations between two looks at whether to go on


def check(project: Project, paragraphs: Sequence[Written], *, progress: Progress | None = None) -> Checked:
    """A finding for each quotation that names a document of the study, or stands in one word for word.

    ``progress`` hears how many of how many are done; where it says no the check stops.

    :raises KnownError: it was stopped.
    """
    sheet = material.project_sheet(project)
    names = Names.of(material.sources(project), material.cases(project), material.speakers(project))
    with project.read() as db, use_language("en" if sheet.language == "en" else "de"):
        judge = _Judge(db, sheet.citation)
        found = linked(paragraphs, Citations(names, sheet.citation))
        findings: list[Finding] = []
        literature = uncited = 0
        for number, one in enumerate(found):
            if progress is not None and not number % _AT_ONCE and not progress(number, len(found)):
                raise KnownError(_("The check was stopped."))
            made = judge.finding(one)
            if made is not None:
                findings.append(made)
            elif one.citation is not None and one.citation.kind == "literature" and one.link != "none":
                literature += 1
            elif one.link != "copy":
                uncited += 1
    words = sum(len(WORD.findall(one.text)) for one in paragraphs)
    return Checked(tuple(findings), literature, uncited, words)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Where a quotation was found, if anywhere; ``there``: at the cited place."""

    match: Match | None
    there: bool
    runs: tuple[Run, ...]


class _Judge:
    """Compares one quotation after the other; texts are read once."""

    def __init__(self, db: Connection, template: str) -> None:
        self._corpus = Corpus(db)
        self._documents = list(self._corpus.documents.values())
        self._passages = material.Passages(db)
        self._by_line = "{lines}" in template
        self._labels = frozenset[str]().union(*(one.labels for one in self._documents))
        named = PseudonymRecord.kind != "other"
        replaced = db.execute(select(PseudonymRecord.replacement).where(named)).scalars()
        self._pseudonyms = frozenset(word for one in replaced for word in _proper(one))

    def finding(self, one: Linked) -> Finding | None:
        """What is to be said of a quotation; nothing of literature, scare quotes, the author's own words."""
        cite = one.citation
        if cite is None or one.link == "none":
            return self._uncited(one)
        if cite.kind == "literature":
            return None
        verdict = self._verdict(one, cite)
        if verdict is None:
            return None
        if verdict.match is None or not verdict.match.exact or not verdict.there:
            if one.link == "likely":
                return self._uncited(one)
            if one.link == "copy" and (verdict.match is None or verdict.match.score < _COPIED):
                return None
        return self._told(one, cite, verdict)

    # -- looking --------------------------------------------------------------------------------------------

    def _verdict(self, one: Linked, cite: Citation) -> _Verdict | None:
        best: _Verdict | None = None
        before: tuple[Run, ...] = ()
        for text in self._readings(one):
            for unbroken in (False, True):
                runs = runs_of(text, self._labels, unbroken=unbroken)
                if not runs or runs == before:
                    continue
                before = runs
                made = self._looked(runs, cite)
                if made.match is not None and made.match.score >= 1:
                    return made
                if best is None or (made.match is not None and best.match is None):
                    best = made
        return best

    def _readings(self, one: Linked) -> Iterator[str]:
        yield one.text
        if one.apart and one.last_part:
            yield one.text[one.last_part :].strip()  # what stands above may be set in for another reason

    def _looked(self, runs: tuple[Run, ...], cite: Citation) -> _Verdict:
        own = [self._corpus.documents[g] for g in cite.sources if g in self._corpus.documents]
        others = (
            [] if cite.kind == "study" and not own else [one for one in self._documents if one not in own]
        )
        own = own or (self._documents if cite.kind == "study" else [])
        coded, count = self._corpus.coded(runs), sum(len(run.words) for run in runs)
        exact = [exact_match(one, runs, chain) for one in own for chain in one.chains(coded)]
        there = [match for match in exact if self._holds(cite, match.document, match.chain)]
        if there:
            return _Verdict(max(there, key=lambda match: match.exact), True, runs)
        near = self._in_place(runs, cite, own)
        if near is not None and count < _SHORT and near.score >= _NEARLY:
            return _Verdict(near, True, runs)
        if exact:
            return _Verdict(min(exact, key=lambda match: self._distance(cite, match)), False, runs)
        if near is not None:
            return _Verdict(near, self._holds(cite, near.document, near.chain), runs)
        if count >= _ELSEWHERE:
            for one in others:
                for chain in one.chains(coded):
                    return _Verdict(exact_match(one, runs, chain), False, runs)
        for documents in (own, others):
            far = self._anywhere(runs, documents)
            if far is not None:
                return _Verdict(far, self._holds(cite, far.document, far.chain), runs)
        return _Verdict(None, False, runs)

    def _holds(self, cite: Citation, document: Document, chain: Chain) -> bool:
        return cite.kind == "study" and holds(cite, document, chain, by_line=self._by_line)

    def _in_place(self, runs: tuple[Run, ...], cite: Citation, documents: Iterable[Document]) -> Match | None:
        """The cited passage with other words."""
        best: Match | None = None
        count = sum(len(run.words) for run in runs)
        for document in documents:
            for start, stop in passages_of(cite, document, by_line=self._by_line):
                match = near_match(self._corpus, document, runs, start, stop)
                if match is not None and (best is None or match.score > best.score):
                    best = match
        least = _IN_PLACE if count > 1 else 0.3
        return best if best is not None and best.score >= least and self._alike(best, count) else None

    def _alike(self, match: Match, count: int) -> bool:
        return match.same_words >= min(_SAME, count - 1)

    def _anywhere(self, runs: tuple[Run, ...], documents: Sequence[Document]) -> Match | None:
        """The passage of these documents that comes nearest."""
        longest = max(runs, key=lambda run: len(run.words))
        (coded, _room), *_rest = self._corpus.coded([longest])
        count = sum(len(run.words) for run in runs)
        ahead = sum(len(run.words) for run in runs[: runs.index(longest)])
        best: Match | None = None
        for votes, document, at in self._corpus.likely(coded, documents):
            if votes < min(_SAME, len(coded)):
                continue
            loose = 600 if any(run.room is None for run in runs) else 40
            low = max(0, at - ahead * 2 - (loose if ahead else 16))
            high = min(len(document.coded), at + count * 2 + loose)
            match = near_match(self._corpus, document, runs, low, high)
            if match is not None and (best is None or match.score > best.score):
                best = match
        good = best is not None and best.score >= _ANYWHERE and best.same_words >= _SAME
        return best if good else None

    def _distance(self, cite: Citation, match: Match) -> float:
        """How many paragraphs or lines a passage is away from the cited place."""
        document, place = match.document, match.chain.start
        number = next(iter(numbers_of(document, document.paragraph_at(place))), 0.0)
        ranges = [(r, item) for item in cite.items for r in item.ranges if self._of(item, document)]
        if not ranges:
            return 0.0
        return min(
            abs((document.line_at(place) if item.unit == "line" else number) - r.first) for r, item in ranges
        )

    def _of(self, item: Item, document: Document) -> bool:
        return not item.sources or document.guid in item.sources

    # -- telling --------------------------------------------------------------------------------------------

    def _uncited(self, one: Linked) -> Finding | None:
        """A quotation without a citation that stands in a document, word for word."""
        if one.link == "copy":
            return None
        runs = runs_of(one.text)
        if sum(len(run.words) for run in runs) < _UNCITED or len(runs[0].words) < _SAME:
            return None
        coded = self._corpus.coded(runs)
        for document in self._documents:
            for chain in document.chains(coded):
                match = exact_match(document, runs, chain)
                row = self._row(match)
                state: State = "consent" if row.quote == "no" else "hint"
                made = self._finding(one, state, _Verdict(match, False, runs), row)
                return replace(made, citation="", right=f"({paragraphs_cited(row)})")
        return None

    def _told(self, one: Linked, cite: Citation, verdict: _Verdict) -> Finding:
        match = verdict.match
        states: list[State] = []
        if cite.kind == "unknown":
            states.append("unknown")
        if match is None:
            return Finding(
                states[0] if states else "missing",
                one.text,
                cite.written,
                one.place,
                before=one.before,
                after=one.after,
            )
        row = self._row(match)
        if row.quote == "no":
            states.insert(0, "consent")
        if not match.exact:
            states.append("name" if self._names_someone(match) else "text")
        if not verdict.there and cite.kind == "study":
            states.append("place")
        states.sort(key=["consent", "name", "unknown", "text", "place"].index)
        made = self._finding(one, states[0] if states else "right", verdict, row)
        right = "" if verdict.there else written_right(cite, match, row)
        return replace(made, also=tuple(states[1:]), right=right)

    def _finding(self, one: Linked, state: State, verdict: _Verdict, row: SegmentRow) -> Finding:
        match = verdict.match
        assert match is not None
        start, stop = match.document.span(match.chain)
        return Finding(
            state,
            one.text,
            one.citation.written if one.citation is not None else "",
            one.place,
            source=match.document.guid,
            title=match.document.title,
            start=start,
            stop=stop,
            expected=one.text if match.exact else expected(match, verdict.runs, one.text),
            difference=() if match.exact else difference(match, verdict.runs),
            consent=row.quote,
            before=one.before,
            after=one.after,
        )

    def _row(self, match: Match) -> SegmentRow:
        return self._passages.row("", match.document.row, *match.document.span(match.chain))

    def _names_someone(self, match: Match) -> bool:
        """Whether other words stand where the document has a pseudonym."""
        for pairs in match.pairs:
            gone: list[str] = []
            new: list[str] = []
            for word, place in [*pairs, (None, None)]:
                if (word is None and place is None) or not changed(match.document, word, place):
                    if new and any(w[:1].isupper() for w in new) and self._is_pseudonym(gone):
                        return True
                    gone, new = [], []
                    continue
                if place is not None:
                    gone += match.document.words(place, place + 1)
                if word is not None:
                    new.append(word.text)
        return False

    def _is_pseudonym(self, gone: Sequence[str]) -> bool:
        return any(word[:1].isupper() and norm(word) in self._pseudonyms for word in gone)


def _proper(replacement: str) -> Iterator[str]:
    """The names in what stands for a name."""
    for word in WORD.findall(replacement):
        if word[:1].isupper() and len(word) > 1 and word not in _TITLES:
            yield norm(word)
