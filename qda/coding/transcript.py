"""The intermediate form of a document: what an importer hands over before anything is stored.

Positions are code points of the stored text. A paragraph is a line of it that is not blank; it keeps its
number for ever. A turn begins at each label and ends with its last paragraph. Time marks stand beside the
text, at the place where they stood in it, so that an export can put them back.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from qda.coding.positions import normalise

ParagraphKind = Literal["text", "heading", "header", "row", "note"]
StyleKind = Literal["bold", "italic", "underline"]
Role = Literal["interviewer", "respondent", "left_out"]

CLOSING: Final = "*_:"  # ends a label: a time mark before it stands close to it
_MARKUP: Final = "*_#>[({<- \t"


@dataclass(frozen=True, slots=True)
class ParagraphDraft:
    """One line of the stored text, ``text[start:stop]`` (without the LF).

    ``label_stop`` is where the spoken text begins after a label, and ``start`` where there is none.
    ``speaker`` is the label as written, without colon and stars; a paragraph without a label inherits it
    from its turn. ``number`` is what it is cited by: 1, 2, …; in the header 0.1, 0.2, …. ``level`` is that
    of a heading, 0 elsewhere.
    """

    start: int
    stop: int
    label_stop: int
    speaker: str | None
    opens_turn: bool
    kind: ParagraphKind
    number: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class TimeMarkDraft:
    """A time mark, taken out of the text: where it stood, its time in milliseconds, and as written."""

    position: int
    ms: int
    written: str


@dataclass(frozen=True, slots=True)
class StyleDraft:
    """A run of the stored text that is set apart in the file."""

    start: int
    stop: int
    kind: StyleKind


@dataclass(frozen=True, slots=True)
class CommentDraft:
    """A comment in the margin of the file, on ``text[start:stop]``; ``date`` is ISO, or empty."""

    author: str
    text: str
    start: int
    stop: int
    date: str


@dataclass(frozen=True, slots=True)
class LikeLabel:
    """A rare label that looks like a mistyped other one: proposed for merging, never merged unasked."""

    label: str
    like: str
    turns: int


@dataclass(frozen=True, slots=True)
class SpeakerDraft:
    """A speaker by label; ``name`` is what a legend says of the label, else empty."""

    label: str
    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class TranscriptDraft:
    """A document that has been read and not yet been stored.

    ``header`` holds the metadata as pairs in the order of the file; ``format`` is docx, odt, rtf, pdf, doc,
    txt, md, html, vtt, srt or typed; ``encoding`` is empty where the format fixes it; ``family`` tells how
    turns are marked ("none": no turns); ``language`` is de, en or empty. ``warnings`` are sentences in the
    window's language. ``numbered``: the file numbers its lines itself, and those numbers (taken out of the
    text) are the paragraphs' numbers.
    """

    text: str
    paragraphs: tuple[ParagraphDraft, ...]
    speakers: tuple[SpeakerDraft, ...]
    time_marks: tuple[TimeMarkDraft, ...]
    header: tuple[tuple[str, str], ...]
    format: str
    encoding: str
    family: str
    language: str
    warnings: tuple[str, ...]
    styles: tuple[StyleDraft, ...] = ()
    comments: tuple[CommentDraft, ...] = ()
    likes: tuple[LikeLabel, ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class TurnDraft:
    """One turn, from the start of its label to the end of its last paragraph.

    ``paragraph`` is the number of its first paragraph; ``time_ms`` when it begins, None where unknown.
    """

    paragraph: str
    start: int
    stop: int
    speaker: str
    time_ms: int | None


def turns(draft: TranscriptDraft) -> list[TurnDraft]:
    """The turns of a document, in its order."""
    found: list[TurnDraft] = []
    for run in _runs(draft.paragraphs):
        first, last = run[0], run[-1]
        start = _label_start(draft.text, first)
        before = found[-1].stop if found else 0
        time = _begin(draft.time_marks, before=before, first=first)
        found.append(TurnDraft(first.number, start, last.stop, first.speaker or "", time))
    return found


def plain_document(
    text: str, *, format: str = "typed", encoding: str = "", language: str = ""
) -> TranscriptDraft:
    """A document without turns: a field note, a text typed in the window."""
    stored, _ = normalise(text)
    paragraphs = tuple(
        ParagraphDraft(start, stop, start, None, opens_turn=False, kind="text", number=str(number))
        for number, (start, stop) in enumerate(lines(stored), start=1)
    )
    return TranscriptDraft(stored, paragraphs, (), (), (), format, encoding, "none", language, ())


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and stop of every line that is not blank."""
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            yield start, start + len(line)
        start += len(line) + 1


def with_time_marks(text: str, marks: Iterable[TimeMarkDraft]) -> str:
    """The text with its time marks back in their places, apart from the words by a blank.

    A bare time in a line with TABs is a column of its own and gets a TAB.
    """
    out: list[str] = []
    done = 0
    last = "\n"
    for mark in sorted(marks, key=_place):
        piece, done = text[done : mark.position], mark.position
        last = piece[-1:] or last
        following = text[done : done + 1]
        column = mark.written[0].isdigit() and "\t" in _line_around(text, done)
        gap = "\t" if column else " "
        before = "" if last.isspace() else gap
        after = "" if not following or following.isspace() or following in CLOSING else gap
        out += (piece, before, mark.written, after)
        last = after or mark.written[-1]
    return "".join(out) + text[done:]


def with_line_numbers(
    text: str, paragraphs: Iterable[ParagraphDraft], marks: Iterable[TimeMarkDraft] = ()
) -> str:
    """The text of a document that numbers its own lines, with numbers and time marks back in front.

    Numbers get zeros in front so that all are equally wide, and three blanks behind (a TAB where the lines
    are columns by TAB). A line whose number only continues another one (2a) or is of the head gets blanks.
    """
    numbers: dict[int, ParagraphDraft] = {}
    line = at = 0
    for paragraph in paragraphs:
        line, at = line + text.count("\n", at, paragraph.start), paragraph.start
        numbers[line] = paragraph
    told = {row: p.number.rpartition(":")[2] for row, p in numbers.items()}
    width = max((len(number) for number in told.values() if number.isdigit()), default=2)
    openings = [p for p in numbers.values() if p.opens_turn]
    tabbed = bool(openings) and all("\t" in text[p.start : p.stop] for p in openings)
    width, gap = max(width, 2), "\t" if tabbed else "   "
    out = []
    for row, written in enumerate(with_time_marks(text, marks).split("\n")):
        number = told.get(row, "")
        if number.isdigit():
            out.append(f"{number:0>{width}}{gap}{written}")
        else:
            within = row in numbers and numbers[row].kind != "header"
            out.append(f"{' ' * width}{gap}{written}" if within else written)
    return "\n".join(out)


def _line_around(text: str, position: int) -> str:
    start = text.rfind("\n", 0, position) + 1
    stop = text.find("\n", position)
    return text[start:] if stop < 0 else text[start:stop]


def _runs(paragraphs: Iterable[ParagraphDraft]) -> Iterator[list[ParagraphDraft]]:
    run: list[ParagraphDraft] = []
    for paragraph in paragraphs:
        if paragraph.opens_turn:
            if run:
                yield run
            run = [paragraph]
        elif run and paragraph.speaker is not None:
            run.append(paragraph)
        elif run and paragraph.kind != "note":  # a footnote is not spoken, and the turn goes on after it
            yield run
            run = []
    if run:
        yield run


def _label_start(text: str, paragraph: ParagraphDraft) -> int:
    """Where the label begins, its markup included; a line number before it does not belong to it."""
    at = text.find(paragraph.speaker or "", paragraph.start, paragraph.label_stop)
    if at < 0:
        return paragraph.start
    while at > paragraph.start and text[at - 1] in _MARKUP:
        at -= 1
    while text[at].isspace():
        at += 1
    return at


def _begin(marks: Sequence[TimeMarkDraft], *, before: int, first: ParagraphDraft) -> int | None:
    """The time at the label; else the time that stands at the end of the turn before."""
    low = bisect_left(marks, before, key=_place)
    here = bisect_left(marks, first.start, key=_place)
    high = bisect_right(marks, first.label_stop, key=_place)
    if here < high:
        return marks[here].ms
    return marks[here - 1].ms if low < here else None


def _place(mark: TimeMarkDraft) -> int:
    return mark.position
