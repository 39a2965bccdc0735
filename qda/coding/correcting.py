"""Correcting the text of a document: words, paragraphs. Everything that stands on it moves along.

A passage that would be left without words goes with what hangs on it; passages that become the same join.
"""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from qda.coding import recutting
from qda.coding.access import delete, get
from qda.coding.aligning import hunks_between
from qda.coding.dropping import drop_segments
from qda.coding.material import Passages
from qda.coding.positions import normalise
from qda.coding.references import SourceRef
from qda.coding.rows import SegmentRow
from qda.coding.segments import move_attachments
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Segment
from qda.models.journal_tables import Change, Unit
from qda.models.material import Paragraph, Source
from qda.models.splicing import RULES, Hunk, Places, applied, beside, hunks_of, splice, tidied


def vanishing(project: Project, *, source: str, hunks: Sequence[Hunk]) -> tuple[SegmentRow, ...]:
    """The passages that the correction would leave without words, in the order of the text."""
    with project.read() as db:
        row = db.execute(select(Source.id, Source.text).where(Source.guid == source)).one()
        ready = tidied(row.text, _normalised(hunks))
        gone = [guid for _id, guid, start, stop in _followed(db, row.id, row.text, ready) if start >= stop]
        found = Passages(db).of(gone)
    return tuple(sorted(found.values(), key=lambda segment: (segment.start, segment.stop)))


def correct(
    project: Project, *, source: str, hunks: Sequence[Hunk], label: str, drop: Sequence[str] = ()
) -> str:
    """Corrects the text of a document by hunks (places in the old text, ascending) as one act ``label``.

    Line breaks that come or go split and join paragraphs. What is inserted is normalised like any text.
    ``drop`` are passages (GUIDs) that go, although words would be left of them.

    :raises KnownError: the hunks do not fit the text, or nothing would be left of it.
    """
    return correct_exactly(project, source=source, hunks=_normalised(hunks), label=label, drop=drop)


def correct_exactly(
    project: Project, *, source: str, hunks: Sequence[Hunk], label: str, drop: Sequence[str] = ()
) -> str:
    """As :func:`correct`, with hunks of a text that is normalised; ``drop`` are passages (GUIDs) to go."""
    with project.unit(label) as session:
        row = get(session, Source, source)
        old = row.text
        ready = tidied(old, hunks)
        if not ready:
            return row.guid
        new = applied(old, ready)
        if not new.strip():
            raise KnownError(_("Nothing would be left of “{title}”.").format(title=row.title))
        _settle(session, row.id, old, ready, drop)
        plan = recutting.planned(session, row.id, old, ready)
        splice(session, row, ready)
        if plan is not None:
            recutting.carry_out(session, row.id, new, plan)
        return row.guid


def _normalised(hunks: Sequence[Hunk]) -> list[Hunk]:
    return [Hunk(hunk.at, hunk.removed, normalise(hunk.inserted)[0]) for hunk in hunks]


def touched(db: Connection, source: str, hunks: Sequence[Hunk]) -> list[SegmentRow]:
    """The passages of a document that share a place with one of the hunks, borders included, by place."""
    if not hunks:
        return []
    query = (
        select(Segment.guid)
        .join(Source, Source.id == Segment.source_id)
        .where(Source.guid == source, beside(hunks, "segment"))
    )
    found = Passages(db).of(list(db.execute(query).scalars()))
    return sorted(found.values(), key=lambda segment: (segment.start, segment.stop))


def _followed(
    db: Connection, source: int, old: str, hunks: Sequence[Hunk]
) -> list[tuple[int, str, int, int]]:
    """Id, GUID and new place of the segments near the hunks; one that keeps only blanks is empty."""
    if not hunks:
        return []
    query = (
        select(Segment.id, Segment.guid, Segment.start, Segment.stop)
        .where(Segment.source_id == source, beside(hunks, "segment"))
        .order_by(Segment.id)
    )
    found = db.execute(query).all()
    if not found:
        return []
    import numpy as np

    places, rules = Places(hunks), RULES["segment"]
    starts = places.moved(np.array([r.start for r in found], dtype=np.int64), rules["start"]).tolist()
    stops = places.moved(np.array([r.stop for r in found], dtype=np.int64), rules["stop"]).tolist()
    new = applied(old, hunks)
    return [
        (r.id, r.guid, start, stop if new[start:stop].strip() or not old[r.start : r.stop].strip() else start)
        for r, start, stop in zip(found, starts, stops, strict=True)
    ]


def _settle(session: Session, source: int, old: str, hunks: Sequence[Hunk], drop: Sequence[str]) -> None:
    """Takes out the segments that would be empty and those to ``drop``; joins such as would be the same."""
    session.flush()
    spans: dict[tuple[int, int], list[int]] = defaultdict(list)
    empty: list[int] = []
    unwanted = frozenset(drop)
    for row_id, guid, start, stop in _followed(session.connection(), source, old, hunks):
        if start < stop and guid not in unwanted:
            spans[start, stop].append(row_id)
        else:
            empty.append(row_id)
    if empty:
        drop_segments(session, empty)
    for same in spans.values():
        if len(same) > 1:
            # Evidence that went may have taken one of them along.
            found = [row for row in (session.get(Segment, row_id) for row_id in same) if row is not None]
            for gone in found[1:]:
                move_attachments(session, gone, found[0])
                delete(session, gone)


def moved(project: Project, *, source: str, units: Sequence[str], points: Sequence[int]) -> list[int]:
    """Where places of a text lie after corrections of it, by the units that made them, in their order."""
    with project.read() as db:
        query = (
            select(Change.old)
            .join(Unit, Unit.id == Change.unit_id)
            .where(
                Unit.guid.in_(units), Change.table == "source", Change.guid == source, Change.op == "splice"
            )
            .order_by(Change.id)
        )
        corrections = [Places(hunks_of(old)) for old in db.execute(query).scalars()]
    found = list(points)
    for places in corrections:
        found = [places.one(point, RULES["time_mark"]["position"]) for point in found]
    return found


# -- acts ---------------------------------------------------------------------------------------------------


def correct_text(project: Project, *, source: SourceRef, start: int, stop: int, text: str) -> str:
    """Writes ``text`` in place of a span of a document; codings follow, word by word."""
    label = _("Correct text")
    with project.unit(label) as session:
        row = get(session, Source, source)
        if not 0 <= start <= stop <= row.length:
            raise KnownError(
                _("{start}–{stop} is no passage of “{title}” ({length} characters).").format(
                    start=start, stop=stop, title=row.title, length=row.length
                )
            )
        new, _places = normalise(text)
        hunks = hunks_between(row.text[start:stop], new, at=start)
        return correct(project, source=row.guid, hunks=hunks, label=label)


def split_paragraph(project: Project, *, source: SourceRef, at: int) -> str:
    """Begins a new paragraph at a place of the text (code points); it gets the next free letter: 34a."""
    label = _("Split paragraph")
    with project.unit(label) as session:
        row = get(session, Source, source)
        query = select(Paragraph).where(
            Paragraph.source_id == row.id, Paragraph.label_stop < at, Paragraph.stop > at
        )
        paragraph = session.scalars(query).first()
        old = row.text
        first = old[paragraph.label_stop : at].rstrip() if paragraph else ""
        second = old[at : paragraph.stop].lstrip() if paragraph else ""
        if paragraph is None or not first or not second:
            raise KnownError(_("A paragraph can only be split between words of its own."))
        begin, end = paragraph.label_stop + len(first), paragraph.stop - len(second)
        return correct(project, source=row.guid, hunks=[Hunk(begin, old[begin:end], "\n")], label=label)


def join_paragraph(project: Project, *, source: SourceRef, paragraph: str) -> str:
    """Joins a paragraph (its number) to the one before, whose number stays; the label of its speaker goes."""
    label = _("Join paragraphs")
    with project.unit(label) as session:
        row = get(session, Source, source)
        found = paragraphs_of(session, row)
        at = place_of(found, row, paragraph)
        if at == 0:
            raise KnownError(_("There is no paragraph before it."))
        before, joined = found[at - 1], found[at]
        old = row.text
        begin, end = before.stop, joined.label_stop
        end += len(old[end : joined.stop]) - len(old[end : joined.stop].lstrip())
        begin -= len(old[before.start : begin]) - len(old[before.start : begin].rstrip())
        gap = " " if end < joined.stop else ""
        return correct(project, source=row.guid, hunks=[Hunk(begin, old[begin:end], gap)], label=label)


def paragraphs_of(session: Session, source: Source) -> list[Paragraph]:
    """The paragraphs of a document, in the order of the text."""
    query = select(Paragraph).where(Paragraph.source_id == source.id)
    return list(session.scalars(query.order_by(Paragraph.start, Paragraph.id)))


def place_of(found: Sequence[Paragraph], source: Source, number: str) -> int:
    """Which of the paragraphs has this number, or answers to it.

    :raises KnownError: none does.
    """
    wanted = number.strip()
    at = next((n for n, p in enumerate(found) if wanted == p.number or wanted in p.also.split()), None)
    if at is None:
        raise KnownError(_("“{title}” has no paragraph {number}.").format(title=source.title, number=wanted))
    return at
