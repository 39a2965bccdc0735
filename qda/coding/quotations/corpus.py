"""The documents of a study as words that can be searched fast: each different word is one character."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from qda.coding.line_numbers import LineNumbers
from qda.coding.quotations.wording import WORD, Run, blanked, norm
from qda.models.material import Paragraph, ProjectSheet, Source, Speaker

_FIRST_SIGN: Final = 0x10000
_MOST: Final = 200  # places of one run that are looked at
_FAR: Final = 600  # words of the document that an omission may leave out
_OFTEN: Final = 400  # a word that stands so often says nothing about the place
_BIN: Final = 12  # words


class Chain(NamedTuple):
    """Where the runs of a quotation stand in a document: numbers of words, end exclusive."""

    parts: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def stop(self) -> int:
        return self.parts[-1][1]


@dataclass(slots=True)
class Document:
    """A document, cut into words. ``row`` is its id; places are numbers of words unless said otherwise."""

    row: int
    guid: str
    title: str
    kind: str
    numbered: bool
    text: str
    coded: str  # a character for each word
    starts: list[int]  # of each word, code points
    stops: list[int]
    paragraphs: list[int]  # where each begins, code points
    numbers: list[str]  # of the paragraphs, with those that they answer to besides, apart by blanks
    counted: list[tuple[int, int]]  # paragraphs that have line numbers
    labels: frozenset[str]
    measure: int
    _lines: LineNumbers | None = None
    _places: dict[str, list[int]] | None = None

    def words(self, start: int, stop: int) -> list[str]:
        """The words as they stand in the text."""
        return [self.text[self.starts[at] : self.stops[at]] for at in range(start, stop)]

    def span(self, chain: Chain) -> tuple[int, int]:
        """From the first word to the last, in code points."""
        return self.starts[chain.start], self.stops[chain.stop - 1]

    def paragraph_at(self, word: int) -> int:
        """The index of the paragraph in which a word stands."""
        return max(bisect_right(self.paragraphs, self.starts[word]) - 1, 0)

    def line_at(self, word: int) -> float:
        """The number of the line in which a word begins."""
        return float(self.lines.at(self.starts[word]))

    @property
    def lines(self) -> LineNumbers:
        """The lines at the study's measure."""
        if self._lines is None:
            self._lines = LineNumbers(self.text, self.counted, measure=self.measure)
        return self._lines

    def words_of_lines(self, first: int, last: int) -> tuple[int, int] | None:
        """The words of these lines, both included."""
        lines = self.lines.starts
        if not 1 <= first <= len(lines):
            return None
        stop = lines[last] if last < len(lines) else len(self.text) + 1
        return bisect_left(self.starts, lines[first - 1]), bisect_left(self.starts, stop)

    def words_in(self, paragraph: int) -> tuple[int, int]:
        """The words of a paragraph by its index."""
        last = paragraph + 1
        stop = self.paragraphs[last] if last < len(self.paragraphs) else len(self.text) + 1
        return bisect_left(self.starts, self.paragraphs[paragraph]), bisect_left(self.starts, stop)

    def chains(
        self, runs: Sequence[tuple[str, int | None]], start: int = 0, stop: int = -1
    ) -> Iterator[Chain]:
        """Where all runs (coded, and the room before each) stand in their order, word for word."""
        coded, first = self.coded, runs[0][0]
        end = len(coded) if stop < 0 else stop
        at = coded.find(first, start, end)
        seen = 0
        while at >= 0 and seen < _MOST:
            seen += 1
            if (chain := self._chained(runs, at, end)) is not None:
                yield chain
            at = coded.find(first, at + 1, end)

    def _chained(self, runs: Sequence[tuple[str, int | None]], at: int, end: int) -> Chain | None:
        parts = [(at, at + len(runs[0][0]))]
        for coded, room in runs[1:]:
            begin = parts[-1][1]
            reach = begin + (_FAR if room is None else room) + len(coded)
            found = self.coded.find(coded, begin, min(reach, end))
            if found < 0:
                return None
            parts.append((found, found + len(coded)))
        return Chain(tuple(parts))

    @property
    def places(self) -> dict[str, list[int]]:
        """Where each word stands."""
        if self._places is None:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for at, sign in enumerate(self.coded):
                found[sign].append(at)
            self._places = dict(found)
        return self._places


class Corpus:
    """All documents of a study."""

    def __init__(self, db: Connection) -> None:
        self._signs: dict[str, str] = {}
        self._known: dict[str, str] = {}
        measure = db.execute(select(ProjectSheet.line_measure)).scalar_one()
        labels = defaultdict[int, set[str]](set)
        for source, label in db.execute(select(Speaker.source_id, Speaker.label)).all():
            labels[source].add(label)
        lines = defaultdict[int, list[tuple[int, int, int, str]]](list)
        places = (Paragraph.source_id, Paragraph.start, Paragraph.label_stop, Paragraph.stop)
        columns = (*places, Paragraph.number, Paragraph.also)
        for row in db.execute(select(*columns).order_by(Paragraph.source_id, Paragraph.start)).all():
            lines[row[0]].append((row[1], row[2], row[3], f"{row[4]} {row[5]}".strip()))
        query = select(Source.id, Source.guid, Source.title, Source.kind, Source.numbered, Source.text)
        self.documents: dict[str, Document] = {}
        for one in db.execute(query.order_by(Source.position, Source.id)):
            known = frozenset(labels[one.id])
            document = (one.id, one.guid, one.title, one.kind, one.numbered, one.text)
            self.documents[one.guid] = self._read(document, lines[one.id], known, measure)

    def coded(self, runs: Iterable[Run]) -> list[tuple[str, int | None]]:
        """Runs of a quotation as documents are searched for them."""
        return [("".join(self._sign(word.norm) for word in run.words), run.room) for run in runs]

    def likely(
        self, coded: str, within: Iterable[Document], *, most: int = 3
    ) -> list[tuple[int, Document, int]]:
        """Where a run may stand with other words in it: votes, document, its probable first word."""
        votes: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        documents = list(within)
        for at, sign in enumerate(coded):
            hits = [(one, one.places.get(sign, ())) for one in documents]
            if sum(len(places) for _one, places in hits) > _OFTEN:
                continue
            for one, places in hits:
                for place in places:
                    votes[one.guid, (place - at) // _BIN].add(at)
        joined = {
            (guid, bin_): len(found | votes.get((guid, bin_ + 1), set()))
            for (guid, bin_), found in votes.items()
        }
        best = sorted(joined, key=lambda key: -joined[key])[:most]
        return [(joined[key], self.documents[key[0]], max(key[1] * _BIN, 0)) for key in best]

    def _sign(self, word: str) -> str:
        sign = self._signs.get(word)
        if sign is None:
            sign = self._signs[word] = chr(_FIRST_SIGN + len(self._signs))
        return sign

    def _read(
        self,
        row: tuple[int, str, str, str, bool, str],
        lines: Sequence[tuple[int, int, int, str]],
        labels: frozenset[str],
        measure: int,
    ) -> Document:
        text = row[5]
        known, words = self._known, blanked(text)
        starts: list[int] = []
        stops: list[int] = []
        signs: list[str] = []
        for start, label_stop, stop, _number in lines or [(0, 0, len(text), "1")]:
            for found in WORD.finditer(words, max(start, label_stop), stop):
                written = found[0]
                sign = known.get(written)
                if sign is None:
                    if not (word := norm(written)):
                        continue
                    sign = known[written] = self._sign(word)
                begin, end = found.span()
                starts.append(begin)
                stops.append(end)
                signs.append(sign)
        return Document(
            *row,
            "".join(signs),
            starts,
            stops,
            [line[0] for line in lines] or [0],
            [line[3] for line in lines] or ["1"],
            [(line[0], line[2]) for line in lines if not line[3].startswith("0.")],
            labels,
            measure,
        )
