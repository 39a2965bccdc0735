"""A document as reports print it: its paragraphs as they are cited, with what is coded in each.

Places in a row count code points of the row's own text (without the speaker's label); what a coding covers
in the document is on its passage. What may not be quoted stands in no row: there is only its number.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from qda.coding.coded_passages import CodedPassage, coded_passages, segments_among, time_marks
from qda.coding.codes import code_tree
from qda.coding.line_numbers import LineNumbers
from qda.coding.material import cases, paragraphs, project_sheet, speakers, stored_text
from qda.coding.material import source as source_row
from qda.coding.rows import CodeRow, ParagraphRow, SourceRow
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project

INTERVIEWER = "interviewer"


@dataclass(frozen=True, slots=True)
class Passage:
    """A coding: ``start``–``stop`` in the document; ``path`` of its code, ``colour`` as "#24588A".

    Without a ``code`` it is a passage that was asked for though nobody has coded it.
    """

    guid: str
    segment: str
    start: int
    stop: int
    code: str
    name: str
    path: str
    in_vivo: bool
    colour: str
    coder: str
    comment: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """What a coding covers of one row: ``row.text[start:stop]``; does it begin, does it end here."""

    passage: Passage
    start: int
    stop: int
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of a document, ``begin``–``stop`` in it; its words begin at ``start``.

    ``number`` is the paragraph's ("34a"; "0.2" in the head); ``lines`` are filled where the study cites
    lines: where each begins in ``text``, and its number. ``label`` is the speaker's as it is read, on a row
    that opens a turn; ``head`` is what stands before the words in the document, as written. ``times`` are
    the time marks: place in ``text``, as written. A ``withheld`` row has no words and no codings.
    """

    number: str
    begin: int
    start: int
    stop: int
    kind: str
    level: int
    label: str
    role: str
    head: str
    text: str
    lines: tuple[tuple[int, int], ...] = ()
    times: tuple[tuple[int, str], ...] = ()
    parts: tuple[Part, ...] = ()
    withheld: bool = False

    @property
    def shown_label(self) -> str:
        """What stands before the words where a speaker begins: "B: "."""
        return f"{self.label}: " if self.label else ""

    @property
    def shown_number(self) -> str:
        """The number at the left; the head of a transcript has none."""
        return "" if self.kind == "header" else self.number.rpartition(":")[2]


@dataclass(frozen=True, slots=True)
class Transcript:
    """A document; ``silent``: whoever speaks in it may not be quoted, and no row is left.

    ``by_line``: it is cited by lines at the study's measure. ``withheld`` counts rows without words.
    """

    source: SourceRow
    sha256: str
    rows: tuple[Row, ...]
    passages: tuple[Passage, ...]
    by_line: bool = False
    silent: bool = False
    withheld: int = 0


@dataclass(slots=True)
class Shelf:
    """What all documents of a study share, read once: codes, consent, how is cited."""

    project: Project
    codes: Mapping[str, CodeRow] = field(default_factory=dict)
    by_line: bool = False
    measure: int = 70
    silent: frozenset[str] = frozenset()  # cases that may not be quoted

    @classmethod
    def of(cls, project: Project) -> "Shelf":
        """Reads it from the study."""
        sheet = project_sheet(project)
        with project.read() as db:
            rows = {row.guid: row for row in code_tree(db)}
        silent = frozenset(case.guid for case in cases(project) if case.quotable == "no")
        return cls(project, rows, "{lines}" in sheet.citation, sheet.line_measure, silent)


def transcript(
    shelf: Shelf,
    source: str,
    *,
    interviewer: bool = True,
    coders: Collection[str] = (),
    codes: Collection[str] | None = None,
    bare: Collection[str] = (),
) -> Transcript:
    """A document with its codings.

    Without ``interviewer`` the turns of interviewers are left out, and the numbers stay. ``coders`` are names
    or GUIDs (none: all), ``codes`` GUIDs (None: all). ``bare`` are segments that are wanted uncoded too.

    :raises KnownError: there is no such document.
    """
    project = shelf.project
    row = source_row(project, source)
    if row is None:
        raise KnownError(_("There is nothing called “{name}”.").format(name=source))
    lines = paragraphs(project, source)
    with project.read() as db:
        text = stored_text(db, source)
        times = time_marks(db, source)
        coded = coded_passages(db, source)
        uncoded = segments_among(db, source, bare) if bare else []
    passages = _with_bare(_passages(coded, shelf, coders, codes), uncoded)
    silent = _silent_speakers(shelf, row)
    by_line = shelf.by_line and not row.numbered
    numbers = LineNumbers(text, _counted(lines), measure=shelf.measure) if by_line else None
    made = _Rows(text, lines, silent, times, numbers).made()
    if made and all(one.withheld or one.role == INTERVIEWER for one in made) and row.case in shelf.silent:
        return Transcript(row, row.sha256, (), (), by_line, silent=True)
    kept = [one for one in made if interviewer or one.role != INTERVIEWER]
    return Transcript(
        row,
        row.sha256,
        tuple(_with_parts(kept, passages, made)),
        passages,
        by_line,
        withheld=sum(one.withheld for one in kept),
    )


def _counted(lines: Sequence[ParagraphRow]) -> list[tuple[int, int]]:
    """The paragraphs whose lines have numbers, as citations count them."""
    return [(line.start, line.stop) for line in lines if not line.number.startswith("0.")]


def _silent_speakers(shelf: Shelf, row: SourceRow) -> "tuple[frozenset[str], bool]":
    """Labels of speakers whose words may not be printed, and whether that holds of all others too."""
    own = {one.label: one.case for one in speakers(shelf.project, row.guid)}
    whole = row.case in shelf.silent
    silent = {label for label, case in own.items() if (case in shelf.silent if case else whole)}
    return frozenset(silent), whole


def _passages(
    coded: Sequence[CodedPassage], shelf: Shelf, coders: Collection[str], codes: Collection[str] | None
) -> tuple[Passage, ...]:
    colours = {number: _colour(number) for number in {code.colour for code in shelf.codes.values()}}
    found = []
    for one in coded:
        code = shelf.codes.get(one.code)
        if code is None or (codes is not None and one.code not in codes):
            continue
        if coders and one.coder not in coders and one.coder_guid not in coders:
            continue
        found.append(
            Passage(
                *(one.guid, one.segment, one.start, one.stop, one.code, code.name, code.path),
                *(code.origin == "in-vivo", colours[code.colour], one.coder, one.comment, one.created),
            )
        )
    return tuple(found)


def _with_bare(
    passages: Sequence[Passage], segments: Sequence[tuple[str, int, int, datetime]]
) -> tuple[Passage, ...]:
    """The passages with those segments that no coding stands for."""
    coded = {passage.segment for passage in passages}
    more = [
        Passage(
            guid,
            guid,
            start,
            stop,
            code="",
            name="",
            path="",
            in_vivo=False,
            colour="",
            coder="",
            comment="",
            created=created,
        )
        for guid, start, stop, created in segments
        if guid not in coded
    ]
    return tuple(sorted((*passages, *more), key=lambda one: (one.start, -one.stop, one.created)))


def _colour(number: int) -> str:
    from qda.figures.painting import PRINT

    return PRINT.code(number).name() if number else ""


@dataclass(slots=True)
class _Rows:
    """Makes the rows of one document, without codings."""

    text: str
    lines: Sequence[ParagraphRow]
    silent: tuple[frozenset[str], bool]
    times: Sequence[tuple[int, str]]
    numbers: LineNumbers | None

    def made(self) -> list[Row]:
        """All rows in their order; a time mark belongs to the paragraph in or before which it stands."""
        at = 0
        made = []
        for n, line in enumerate(self.lines):
            behind = self.lines[n + 1].start if n + 1 < len(self.lines) else len(self.text) + 1
            here = []
            while at < len(self.times) and self.times[at][0] < behind:
                here.append(self.times[at])
                at += 1
            made.append(self._row(line, here))
        return made

    def _row(self, line: ParagraphRow, times: Sequence[tuple[int, str]]) -> Row:
        labels, whole = self.silent
        withheld = line.role != INTERVIEWER and (line.speaker in labels if line.speaker else whole)
        text = "" if withheld else self.text[line.label_stop : line.stop]
        starts: tuple[tuple[int, int], ...] = ()
        if self.numbers is not None and line.kind != "header" and not line.number.startswith("0."):
            starts = self._lines(line)
        return Row(
            number=line.number,
            begin=line.start,
            start=line.label_stop,
            stop=line.stop,
            kind=line.kind,
            level=line.level,
            label=line.speaker if line.opens_turn else "",
            role=line.role,
            head="" if withheld else self.text[line.start : line.label_stop],
            text=text,
            lines=starts,
            times=() if withheld else tuple((_within(p, line), written) for p, written in times),
            withheld=withheld,
        )

    def _lines(self, line: ParagraphRow) -> tuple[tuple[int, int], ...]:
        """Where the lines of a paragraph begin in its words, and their numbers."""
        assert self.numbers is not None
        first = self.numbers.at(line.start)
        starts = self.numbers.starts
        found: dict[int, int] = {}
        for number in range(first, len(starts) + 1):
            if starts[number - 1] >= line.stop:
                break
            found.setdefault(max(0, starts[number - 1] - line.label_stop), number)
        return tuple(found.items())


def _within(position: int, line: ParagraphRow) -> int:
    return min(max(position, line.label_stop), line.stop) - line.label_stop


def _with_parts(rows: Sequence[Row], passages: Sequence[Passage], whole: Sequence[Row]) -> list[Row]:
    """The rows with what is coded in each; ``whole`` are those of the document, also left out ones.

    A coding of no words (a blank line, a label) is a point, in the row in or before which it lies.
    """
    begins, all_begins = [row.begin for row in rows], [row.begin for row in whole]
    found: dict[int, list[Part]] = defaultdict(list)
    for passage in passages:
        covered = _covered(rows, begins, passage)
        if not covered and rows and not _covered(whole, all_begins, passage):
            at = max(0, bisect_right(begins, passage.start) - 1)
            place = len(rows[at].text) if passage.start >= rows[at].start else 0
            covered = [(at, place, place)]
        shown = [one for one in covered if not rows[one[0]].withheld]
        for n, (index, start, stop) in enumerate(shown):
            part = Part(passage, start, stop, begins=n == 0, ends=n == len(shown) - 1)
            found[index].append(part)
    return [replace(row, parts=tuple(found[n])) if n in found else row for n, row in enumerate(rows)]


def _covered(rows: Sequence[Row], begins: Sequence[int], passage: Passage) -> list[tuple[int, int, int]]:
    """The rows of whose words a passage covers some: which row, from where to where in its words."""
    covered = []
    at = max(0, bisect_right(begins, passage.start) - 1)
    while at < len(rows) and rows[at].begin < passage.stop:
        row = rows[at]
        start, stop = max(passage.start, row.start), min(passage.stop, row.stop)
        if start < stop:
            covered.append((at, start - row.start, stop - row.start))
        at += 1
    return covered
