"""Where the paragraphs of a file that comes back lie in the documents of the study.

Paragraphs that stayed as they are find theirs by number and words; what was changed between them is aligned
word by word. Places are code points: of the file's paragraphs, and of the documents' texts.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from qda.coding.aligning import hunks_between
from qda.coding.comments_back_form import Comment, CommentedFile, as_in_file
from qda.coding.line_numbers import LineNumbers
from qda.coding.material import paragraphs, project_sheet, text
from qda.models import Project
from qda.models.splicing import RULES, Hunk, Places, tidied

_ALIKE: Final = 55.0  # of 100 (rapidfuzz): with the same number it is the same paragraph, changed
_OTHER: Final = 50.0  # less alike, the words at a place are quite other ones
_GONE: Final = 0.75  # of the letters of a passage


@dataclass(frozen=True, slots=True)
class Place:
    """``text[start:stop]`` of a document (a GUID)."""

    source: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of a document; in a file it can have the speaker's label as it is read, or as written.

    ``shown`` is the first, ``label`` the length of the label in it; ``begin`` where the paragraph begins in
    the document, ``start`` where its words do.
    """

    source: str
    begin: int
    start: int
    stop: int
    label: int
    shown: str
    whole: str
    numbers: tuple[str, ...]


def rows_of(project: Project, source: str) -> list[Row]:
    """The paragraphs of a document."""
    whole = text(project, source)
    lines = paragraphs(project, source)
    counted = [(line.start, line.stop) for line in lines if not line.number.startswith("0.")]
    numbers = LineNumbers(whole, counted, measure=project_sheet(project).line_measure)
    found = []
    for line in lines:
        label = f"{line.speaker}: " if line.opens_turn and line.speaker else ""
        words = as_in_file(whole[line.start : line.stop])
        found.append(
            Row(
                source=source,
                begin=line.start,
                start=line.label_stop,
                stop=line.stop,
                label=len(label),
                shown=label + words[line.label_stop - line.start :],
                whole=words,
                numbers=(line.number.rpartition(":")[2], str(numbers.at(line.start))),
            )
        )
    return found


@dataclass(slots=True)
class _Stretch:
    """Paragraphs of a file from ``first`` on, and the rows among which they lie (one row: it itself)."""

    first: int
    texts: Sequence[str]
    rows: Sequence[Row]
    by_label: bool = True

    @property
    def words(self) -> str:
        return "\n".join(self.texts)

    def target(self) -> str:
        return "\n".join(self._of(row) for row in self.rows)

    def _of(self, row: Row) -> str:
        return row.shown if self.by_label else row.whole

    def offset(self, paragraph: int, place: int) -> int:
        """A place of a paragraph in the joined words."""
        return sum(len(one) + 1 for one in self.texts[: paragraph - self.first]) + place

    def position(self, offset: int, *, end: bool) -> tuple[Row, int]:
        """The row and the place in its document that a place in the target means."""
        starts = [0]
        for row in self.rows[:-1]:
            starts.append(starts[-1] + len(self._of(row)) + 1)
        at = max(0, bisect_right(starts, offset - end) - 1)
        row, within = self.rows[at], offset - starts[at]
        if not end and within >= len(self._of(row)) and at + 1 < len(self.rows):
            row, within = self.rows[at + 1], 0
        if not self.by_label:
            return row, min(row.begin + within, row.stop)
        if within >= row.label:
            return row, min(row.start + within - row.label, row.stop)
        return row, row.start if end else row.begin


@dataclass(slots=True)
class _Aligned:
    """A stretch with what was changed in it."""

    stretch: _Stretch
    hunks: list[Hunk]
    places: Places | None = None

    @classmethod
    def of(cls, stretch: _Stretch) -> "_Aligned":
        old, new = stretch.words, stretch.target()
        hunks = [] if old == new else tidied(old, hunks_between(old, new))
        return cls(stretch, hunks, Places(hunks) if hunks else None)

    def point(self, paragraph: int, place: int, *, end: bool) -> tuple[Row, int]:
        offset = self.stretch.offset(paragraph, place)
        if self.places is not None:
            offset = self.places.one(offset, RULES["segment"]["stop" if end else "start"])
        return self.stretch.position(offset, end=end)

    def gone(self, start: int, stop: int) -> int:
        """How many letters between two places of the joined words are not in the document."""
        count = 0
        for hunk in self.hunks:
            if hunk.at < stop and hunk.end > start:
                count += _letters(hunk.removed[max(0, start - hunk.at) : stop - hunk.at])
        return count


@dataclass(slots=True)
class Mapping:
    """Where everything in a file lies; made by :func:`mapped`."""

    file: CommentedFile
    texts: dict[str, str]
    stretches: list[_Stretch]
    _aligned: dict[int, _Aligned] = field(default_factory=dict)
    _at: dict[int, int] = field(default_factory=dict)  # paragraph of the file to its stretch

    def __post_init__(self) -> None:
        for n, stretch in enumerate(self.stretches):
            for paragraph in range(stretch.first, stretch.first + len(stretch.texts)):
                self._at[paragraph] = n

    @property
    def found(self) -> int:
        """How many paragraphs of the file lie somewhere."""
        return len(self._at)

    def source_at(self, paragraph: int) -> str:
        """The document of the nearest paragraph before, else of the first one behind; empty without any."""
        before = [p for p in self._at if p <= paragraph]
        near = max(before) if before else min(self._at, default=None)
        return "" if near is None else self.stretches[self._at[near]].rows[0].source

    def place(self, comment: Comment) -> Place | None:
        """The words of a comment in their document; none where they are not there (any more)."""
        inside = [p for p in range(comment.first, comment.last + 1) if p in self._at]
        if not inside:
            return None
        first, last = inside[0], inside[-1]
        start = comment.start if first == comment.first else 0
        stop = comment.stop if last == comment.last else len(self.file.paragraphs[last])
        row, begin = self._of(first).point(first, start, end=False)
        other, end = self._of(last).point(last, stop, end=True)
        if row.source != other.source:  # over the border of two documents: what is in the first
            end = len(self.texts[row.source])
        if end <= begin or not self._is_there(comment, inside, Place(row.source, begin, end)):
            return None
        return Place(row.source, begin, end)

    def _of(self, paragraph: int) -> _Aligned:
        n = self._at[paragraph]
        if n not in self._aligned:
            self._aligned[n] = _Aligned.of(self.stretches[n])
        return self._aligned[n]

    def _is_there(self, comment: Comment, inside: Sequence[int], place: Place) -> bool:
        """Whether enough of the commented words stand at the place, or ones much like them."""
        from rapidfuzz import fuzz

        words, gone = [], 0
        for paragraph in inside:
            line = self.file.paragraphs[paragraph]
            start = comment.start if paragraph == comment.first else 0
            stop = comment.stop if paragraph == comment.last else len(line)
            words.append(line[start:stop])
            aligned = self._of(paragraph)
            if aligned.hunks:
                base = aligned.stretch.offset(paragraph, 0)
                gone += aligned.gone(base + start, base + stop)
        letters = _letters("".join(words))
        if not gone or gone <= _GONE * letters:
            return True
        now = self.texts[place.source][place.start : place.stop]
        return fuzz.ratio("\n".join(words), now) >= _OTHER


def _letters(words: str) -> int:
    return sum(c.isalnum() for c in words)


def mapped(project: Project, file: CommentedFile, sources: Sequence[str]) -> Mapping:
    """Finds the paragraphs of a file in documents, which stand in it in this order."""
    rows = [row for source in sources for row in rows_of(project, source)]
    texts = {source: text(project, source) for source in sources}
    return Mapping(file, texts, _Matching(file, rows).stretches())


def likeness(project: Project, file: CommentedFile, source: str) -> float:
    """The share of a document's words that stand in the file in whole paragraphs."""
    lines = {line.strip() for line in file.paragraphs}
    rows = rows_of(project, source)
    there = sum(len(row.whole) for row in rows if row.whole.strip() in lines or row.shown.strip() in lines)
    return there / max(1, sum(len(row.whole) for row in rows))


@dataclass(slots=True)
class _Matching:
    """Pairs the paragraphs of a file with rows, in their order."""

    file: CommentedFile
    rows: Sequence[Row]

    def stretches(self) -> list[_Stretch]:
        """Single pairs, and between them what has to be aligned."""
        pairs = self._pairs()
        found = [
            _Stretch(n, (self.file.paragraphs[n],), (row,), by_label)
            for n, row, by_label in self._single(pairs)
        ]
        edges = [(-1, -1), *pairs, (len(self.file.paragraphs), len(self.rows))]
        for (left, above), (right, below) in pairwise(edges):
            found += self._between(left + 1, right, self.rows[above + 1 : below])
        return sorted(found, key=lambda one: one.first)

    def _single(self, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, Row, bool]]:
        for n, at in pairs:
            yield n, self.rows[at], self._by_label(self.file.paragraphs[n], self.rows[at])

    def _by_label(self, line: str, row: Row) -> bool:
        """Whether the line has the label as it is read, not as the document has it."""
        if line == row.shown:
            return True
        if line == row.whole:
            return False
        from rapidfuzz import fuzz

        return fuzz.ratio(line, row.shown) >= fuzz.ratio(line, row.whole)

    def _between(self, start: int, stop: int, rows: Sequence[Row]) -> Iterator[_Stretch]:
        """The paragraphs of the file between two pairs: those with words, and rows to look for them in."""
        while start < stop and not self._counts(start):
            start += 1
        while stop > start and not self._counts(stop - 1):
            stop -= 1
        lines = self.file.paragraphs[start:stop]
        if not rows or not any(line.strip() for line in lines):
            return
        yield _Stretch(start, lines, rows, self._shown_rather(lines, rows))

    @staticmethod
    def _shown_rather(lines: Sequence[str], rows: Sequence[Row]) -> bool:
        from rapidfuzz import fuzz

        words = "\n".join(lines)
        return fuzz.ratio(words, "\n".join(row.shown for row in rows)) >= fuzz.ratio(
            words, "\n".join(row.whole for row in rows)
        )

    def _pairs(self) -> list[tuple[int, int]]:
        """Paragraphs and rows that belong together, in ascending order of both."""
        exact = self._numbered() if self._has_numbers else self._in_order()
        return list(self._with_changed(exact))

    @property
    def _has_numbers(self) -> bool:
        return any(self.file.numbers)

    def _numbered(self) -> list[tuple[int, int]]:
        """Paragraphs that have the number and the words of a row."""
        known: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, row in enumerate(self.rows):
            for number in dict.fromkeys((*row.numbers, "")):
                for line in dict.fromkeys((row.shown, row.whole)):
                    known[number, line].append(at)
        pairs: list[tuple[int, int]] = []
        last = -1
        for n, line in enumerate(self.file.paragraphs):
            places = known.get((self.file.numbers[n], line)) if self._counts(n) else None
            if places and (at := bisect_right(places, last)) < len(places):
                last = places[at]
                pairs.append((n, last))
        return pairs

    def _in_order(self) -> list[tuple[int, int]]:
        """Paragraphs that have the words of a row, where nothing has numbers."""
        lines = [(n, line.strip()) for n, line in enumerate(self.file.paragraphs) if line.strip()]
        there = {line for _n, line in lines}
        wanted = [(row.shown if row.shown.strip() in there else row.whole).strip() for row in self.rows]
        matcher = SequenceMatcher(None, [line for _n, line in lines], wanted, autojunk=False)
        return [
            (lines[block.a + k][0], block.b + k)
            for block in matcher.get_matching_blocks()
            for k in range(block.size)
        ]

    def _with_changed(self, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The pairs, and between them paragraphs that have the number of a row and words much like it."""
        edges = [(-1, -1), *pairs, (len(self.file.paragraphs), len(self.rows))]
        for n, (right, below) in enumerate(edges[1:]):
            left, above = edges[n]
            if self._has_numbers:
                yield from self._changed(range(left + 1, right), above + 1, below)
            if n < len(pairs):
                yield right, below

    def _changed(self, lines: range, first: int, below: int) -> Iterator[tuple[int, int]]:
        from rapidfuzz import fuzz

        for n in lines:
            number, line = self.file.numbers[n], self.file.paragraphs[n]
            if not number or not self._counts(n):
                continue
            for at in range(first, below):
                row = self.rows[at]
                alike = max(fuzz.ratio(line, row.shown), fuzz.ratio(line, row.whole))
                if number in row.numbers and alike >= _ALIKE:
                    yield n, at
                    first = at + 1
                    break

    def _counts(self, paragraph: int) -> bool:
        """Whether a paragraph of the file belongs to a transcript, as far as the file tells."""
        return not self.file.inside or self.file.inside[paragraph]
