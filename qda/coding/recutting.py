"""Paragraphs after a correction that brought or took line breaks.

A paragraph is a line that is not blank. The first part of one that was split keeps its number, the others get
34a, 34b, …; of such as were joined the first stays and answers to the numbers of the others too.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from qda.coding.access import AT_ONCE, add, delete, rows
from qda.coding.transcript import lines
from qda.models.material import Paragraph, TurnTopic
from qda.models.search_index import normalised
from qda.models.splicing import Hunk, applied

_LETTERS: Final = re.compile("[a-z]*$")


@dataclass(frozen=True, slots=True)
class Region:
    """Whole lines around hunks, in the old text and in the new one."""

    start: int
    stop: int
    new_start: int
    new_stop: int
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True, slots=True)
class Old:
    """A paragraph before the correction."""

    id: int
    start: int
    stop: int


@dataclass(slots=True)
class Line:
    """A line of the new text that is not blank, and the paragraphs that it takes up; the first has it."""

    start: int
    stop: int
    holds: list[Old] = field(default_factory=list)
    of: Old | None = None  # whose words stand in it, where it keeps none


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: the new lines of all regions, and paragraphs without words."""

    lines: tuple[Line, ...]
    gone: tuple[Old, ...]


# -- which lines belong to which paragraphs ------------------------------------------------------------------


def regions(old: str, new: str, hunks: Sequence[Hunk]) -> list[Region]:
    """The lines that hunks changed, where line breaks or blank lines came or went."""
    found: list[Region] = []
    shift = 0
    for hunk in hunks:
        first = hunk.at + shift
        last = first + len(hunk.inserted)
        shift += len(hunk.inserted) - len(hunk.removed)
        start = new.rfind("\n", 0, first) + 1
        stop = new.find("\n", last)
        stop = len(new) if stop < 0 else stop
        begin = hunk.at - (first - start)
        together: tuple[Hunk, ...] = (hunk,)
        if found and found[-1].new_stop >= start:
            before = found.pop()
            begin, start, together = before.start, before.new_start, (*before.hunks, hunk)
        found.append(Region(begin, hunk.end + stop - last, start, stop, together))
    return [region for region in found if _other_lines(old, new, region)]


def _other_lines(old: str, new: str, region: Region) -> bool:
    if any("\n" in hunk.removed or "\n" in hunk.inserted for hunk in region.hunks):
        return True
    before, after = old[region.start : region.stop], new[region.new_start : region.new_stop]
    return [not line.strip() for line in before.split("\n")] != [
        not line.strip() for line in after.split("\n")
    ]


def assigned(old: str, new: str, region: Region, paragraphs: Sequence[Old]) -> Plan:
    """Gives each paragraph the first free line that holds words of its own, else of what replaced them."""
    found = [
        Line(region.new_start + start, region.new_start + stop)
        for start, stop in lines(new[region.new_start : region.new_stop])
    ]
    kept = [(p, [n for s in _stayed(old, region, p) for n in _lines_at(found, *s)]) for p in paragraphs]
    replaced = [
        (p, [n for s in _instead(region, p) for n in _lines_at(found, *s)]) for p, own in kept if not own
    ]
    gone: list[Old] = []
    for paragraph, own in (*((p, own) for p, own in kept if own), *replaced):
        free = next((n for n in own if not found[n].holds), own[0] if own else None)
        if free is None:
            gone.append(paragraph)
        else:
            found[free].holds.append(paragraph)
    for line in found:
        line.holds.sort(key=lambda p: p.start)
    for paragraph, own in kept:
        for n in own:
            found[n].of = found[n].of or paragraph
    return Plan(tuple(found), tuple(gone))


def _lines_at(found: Sequence[Line], start: int, stop: int) -> list[int]:
    first = bisect_right(found, start, key=lambda line: line.stop)
    return list(range(first, bisect_left(found, stop, lo=first, key=lambda line: line.start)))


def _stayed(old: str, region: Region, paragraph: Old) -> Iterator[tuple[int, int]]:
    """Where in the new text words of the paragraph stand that were not changed."""
    at, shift = paragraph.start, region.new_start - region.start
    for hunk in (*region.hunks, Hunk(max(paragraph.stop, region.hunks[-1].end), "", "")):
        start, stop = max(at, paragraph.start), min(hunk.at, paragraph.stop)
        piece = old[start:stop] if start < stop else ""
        if piece.strip():
            start += len(piece) - len(piece.lstrip())
            yield start + shift, start + len(piece.strip()) + shift
        at, shift = hunk.end, shift + len(hunk.inserted) - len(hunk.removed)


def _instead(region: Region, paragraph: Old) -> Iterator[tuple[int, int]]:
    """Where in the new text stands what replaced words of the paragraph."""
    shift = region.new_start - region.start
    for hunk in region.hunks:
        if hunk.inserted.strip() and hunk.at < paragraph.stop and paragraph.start < hunk.end:
            yield hunk.at + shift, hunk.at + shift + len(hunk.inserted)
        shift += len(hunk.inserted) - len(hunk.removed)


def planned(session: Session, source: int, old: str, hunks: Sequence[Hunk]) -> Plan | None:
    """What is to be done to the paragraphs of a document whose text is still the old one."""
    new = applied(old, hunks)
    wanted = regions(old, new, hunks)
    if not wanted:
        return None
    query = (
        select(Paragraph.id, Paragraph.start, Paragraph.stop)
        .where(
            Paragraph.source_id == source,
            Paragraph.start >= wanted[0].start,
            Paragraph.start <= wanted[-1].stop,
        )
        .order_by(Paragraph.start, Paragraph.id)
    )
    paragraphs = [Old(*row) for row in session.execute(query)]
    plans, at = [], 0
    for region in wanted:
        while at < len(paragraphs) and paragraphs[at].start < region.start:
            at += 1
        first = at
        while at < len(paragraphs) and paragraphs[at].start <= region.stop:
            at += 1
        plans.append(assigned(old, new, region, paragraphs[first:at]))
    return Plan(tuple(n for p in plans for n in p.lines), tuple(n for p in plans for n in p.gone))


# -- the paragraphs themselves -------------------------------------------------------------------------------


def carry_out(session: Session, source: int, text: str, plan: Plan) -> None:
    """Cuts the paragraphs anew; ``text`` is the new text. Turns that lose their beginning keep the rest."""
    known = _known(session, [p.id for line in plan.lines for p in line.holds] + [p.id for p in plan.gone])
    owners = _known(session, [line.of.id for line in plan.lines if line.of])
    for row in (known[p.id] for p in plan.gone):
        _take_out(session, row)
    cut = _Cutting(session, source, text)
    for line in plan.lines:
        if line.holds:
            cut.keep(line, [known[p.id] for p in line.holds])
    session.flush()
    for line in plan.lines:
        if not line.holds:
            cut.make(line, owners.get(line.of.id) if line.of else None)


def _known(session: Session, ids: Sequence[int]) -> dict[int, Paragraph]:
    found: dict[int, Paragraph] = {}
    for at in range(0, len(ids), AT_ONCE):
        query = select(Paragraph).where(Paragraph.id.in_(ids[at : at + AT_ONCE]))
        found |= {row.id: row for row in session.scalars(query)}
    return found


class _Cutting:
    """Paragraphs of one document on their new lines, in the order of the text."""

    def __init__(self, session: Session, source: int, text: str) -> None:
        self._session = session
        self._source = source
        self._text = text
        self._taken: set[str] | None = None

    def keep(self, line: Line, rows: Sequence[Paragraph]) -> None:
        """The first of the paragraphs has the line; the others go up in it."""
        kept = rows[0]
        for row in rows[1:]:
            _join(self._session, kept, row)
        self._put(kept, line)

    def make(self, line: Line, owner: Paragraph | None) -> None:
        """A new paragraph; it goes on with the one out of which it was cut, else with the one before."""
        before = self._paragraph_before(line.start)
        like = owner or before
        row = Paragraph(
            source_id=self._source,
            number=self._free_number(before.number if before else "0"),
            kind=like.kind if like else "text",
            level=like.level if like else 0,
            opens_turn=False,
            speaker_id=like.speaker_id if like else None,
            label_stop=line.start,
        )
        self._put(row, line)
        add(self._session, row)

    def _put(self, row: Paragraph, line: Line) -> None:
        row.start, row.stop = line.start, line.stop
        row.label_stop = min(max(row.label_stop, line.start), line.stop)
        row.norm = normalised(self._text[row.label_stop : row.stop])

    def _paragraph_before(self, start: int) -> Paragraph | None:
        query = select(Paragraph).where(Paragraph.source_id == self._source, Paragraph.start < start)
        return self._session.scalars(
            query.order_by(Paragraph.start.desc(), Paragraph.id.desc()).limit(1)
        ).first()

    def _free_number(self, after: str) -> str:
        if self._taken is None:
            query = select(Paragraph.number, Paragraph.also).where(Paragraph.source_id == self._source)
            self._taken = {n for row in self._session.execute(query) for n in (row.number, *row.also.split())}
        base = _LETTERS.sub("", after)
        number = next(name for name in _names(base) if name not in self._taken)
        self._taken.add(number)
        return number


def _names(base: str) -> Iterator[str]:
    """34a … 34z, 34aa …"""
    count = 1
    while True:
        letters, rest = "", count
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("a") + letter) + letters
        yield base + letters
        count += 1


def _join(session: Session, kept: Paragraph, gone: Paragraph) -> None:
    kept.also = " ".join(dict.fromkeys([*kept.also.split(), gone.number, *gone.also.split()]))
    move_topics(session, gone, kept)
    if gone.opens_turn and kept.speaker_id is None:
        kept.opens_turn, kept.speaker_id = True, gone.speaker_id
    elif gone.opens_turn:
        for row in rest_of_turn(session, gone):
            row.speaker_id = kept.speaker_id
    delete(session, gone)


def _take_out(session: Session, gone: Paragraph) -> None:
    """A paragraph without words goes; its turn begins with the next one."""
    following = rest_of_turn(session, gone) if gone.opens_turn else []
    if following:
        following[0].opens_turn = True
        move_topics(session, gone, following[0])
    else:
        delete(session, *rows(session, TurnTopic, paragraph_id=gone.id))
    delete(session, gone)


def rest_of_turn(session: Session, first: Paragraph) -> list[Paragraph]:
    """The paragraphs behind the one that opens a turn, up to the next turn."""
    query = (
        select(Paragraph)
        .where(
            Paragraph.source_id == first.source_id,
            tuple_(Paragraph.start, Paragraph.id) > (first.start, first.id),
        )
        .order_by(Paragraph.start, Paragraph.id)
    )
    found: list[Paragraph] = []
    for row in session.scalars(query.execution_options(yield_per=20)):
        if row.opens_turn or row.speaker_id is None:
            break
        found.append(row)
    return found


def move_topics(session: Session, gone: Paragraph, kept: Paragraph) -> None:
    """Topics of the guide on one paragraph come to another."""
    for topic in rows(session, TurnTopic, paragraph_id=gone.id):
        if rows(session, TurnTopic, paragraph_id=kept.id, topic_id=topic.topic_id):
            delete(session, topic)
        else:
            topic.paragraph_id = kept.id
    session.flush()
