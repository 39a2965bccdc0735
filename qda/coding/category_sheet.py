"""What the sheet of a category shows beside its texts: where it stands, what overlaps with it, what is open.

Counts go by case first, then by document, then by segment; a segment counts once under a code, however many
persons coded it so. Only the passages of this code and what meets them are read, so that a sheet stays quick
in a large study.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Row, func, select
from sqlalchemy.orm import aliased

from qda.coding.bearers import Bearer, Bearers, Document, ordered
from qda.coding.codes import code_tree_colours
from qda.coding.profiles import axes
from qda.coding.references import code_paths
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Source


@dataclass(frozen=True, slots=True)
class InDocument:
    """How many segments of the code a document holds (of one case, where it holds several)."""

    source: str
    title: str
    segments: int


@dataclass(frozen=True, slots=True)
class InCase:
    """Where the code stands in a case; ``case`` is empty for documents without one."""

    case: str
    name: str
    documents: tuple[InDocument, ...]

    @property
    def segments(self) -> int:
        """How many segments of the code."""
        return sum(one.segments for one in self.documents)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A code that overlaps with this one: on how many cases, documents and segments of this code."""

    code: str
    name: str
    path: str
    in_vivo: bool
    colour: int
    cases: int
    documents: int
    segments: int


GapKind = Literal["definition", "typical", "deviating", "properties", "values", "pole", "cases", "since"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A question to the category; ``about`` is the property, document or first case that it is about."""

    kind: GapKind
    question: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """All that is shown of a code beside its texts."""

    cases: tuple[InCase, ...]
    neighbours: tuple[Neighbour, ...]
    gaps: tuple[Gap, ...]


def around(project: Project, code: str, *, below: bool = False) -> Around:
    """Where a code (GUID) stands, what overlaps with it, what is open about it.

    ``below``: passages of the codes below it in the tree are its own.
    """
    with project.read() as db:
        row = db.execute(select(Code.__table__).where(Code.guid == code)).first()
        if row is None:
            return Around((), (), ())
        who = Bearers(db)
        codes = _subtree(db, row.id) if below else [row.id]
        places = _places(db, codes)
        gaps = tuple(_gaps(db, who, row, places))
        return Around(_spread(who, places), _neighbours(db, who, codes), gaps)


def _subtree(db: Connection, code: int) -> list[int]:
    inside: dict[int | None, list[int]] = defaultdict(list)
    for r in db.execute(select(Code.id, Code.parent_id)):
        inside[r.parent_id].append(r.id)
    found = [code]
    for one in found:
        found += inside[one]
    return found


# -- where it stands ----------------------------------------------------------------------------------------

_Place = tuple[int, int, int]  # segment and document by id, start


def _places(db: Connection, codes: Sequence[int]) -> list[_Place]:
    query = (
        select(Segment.id, Segment.source_id, Segment.start)
        .join(Coding, Coding.segment_id == Segment.id)
        .where(Coding.code_id.in_(codes))
        .distinct()
    )
    return [(r.id, r.source_id, r.start) for r in db.execute(query)]


def _spread(who: Bearers, places: Iterable[_Place]) -> tuple[InCase, ...]:
    counts: dict[Bearer | None, dict[Document, int]] = defaultdict(lambda: defaultdict(int))
    for _segment, source, start in places:
        counts[who.case_of(source, start)][who.documents[source]] += 1
    found = []
    for case in [*ordered(one for one in counts if one), *([None] if None in counts else [])]:
        inside = sorted(counts[case].items(), key=lambda pair: pair[0].place)
        documents = tuple(InDocument(one.guid, one.title, count) for one, count in inside)
        found.append(InCase(case.guid if case else "", case.name if case else "", documents))
    return tuple(found)


def passages(
    project: Project,
    code: str,
    *,
    below: bool = False,
    case: str | None = None,
    source: str = "",
    with_code: str = "",
    limit: int | None = None,
) -> list[str]:
    """A coding (GUID) for each segment of a code in reading order, all or some of them, at most ``limit``.

    ``below``: also of the codes below it; ``case``: of this case ("" of none); ``source``: in this document;
    ``with_code``: where they overlap with passages of that code.
    """
    with project.read() as db:
        top = db.execute(select(Code.id).where(Code.guid == code)).scalar_one_or_none() or 0
        query = (
            select(func.min(Coding.guid).label("guid"), Segment.source_id, Segment.start)
            .select_from(Coding)
            .join(Segment, Segment.id == Coding.segment_id)
            .join(Source, Source.id == Segment.source_id)
            .where(Coding.code_id.in_(_subtree(db, top) if below else [top]))
            .group_by(Segment.id)
            .order_by(Source.position, Source.id, Segment.start, Segment.stop)
        )
        if source:
            query = query.where(Source.guid == source)
        if with_code:
            query = query.where(_meets(with_code))
        if case is None:
            return [r.guid for r in db.execute(query.limit(limit))]
        who = Bearers(db)
        found = (r.guid for r in db.execute(query) if _is(who.case_of(r.source_id, r.start), case))
        return list(islice(found, limit))


def _meets(code: str) -> ColumnElement[bool]:
    """Whether a segment overlaps with one of that code."""
    other, theirs, named = aliased(Segment), aliased(Coding), aliased(Code)
    return (
        select(other.id)
        .join(theirs, theirs.segment_id == other.id)
        .join(named, named.id == theirs.code_id)
        .where(
            named.guid == code,
            other.source_id == Segment.source_id,
            other.start < Segment.stop,
            other.stop > Segment.start,
        )
        .exists()
    )


def _is(bearer: Bearer | None, case: str) -> bool:
    return (bearer.guid if bearer else "") == case


# -- what overlaps with it ----------------------------------------------------------------------------------


def _neighbours(db: Connection, who: Bearers, codes: Sequence[int]) -> tuple[Neighbour, ...]:
    mine, ours, other, theirs = aliased(Segment), aliased(Coding), aliased(Segment), aliased(Coding)
    query = (
        select(theirs.code_id, mine.id, mine.source_id, mine.start)
        .select_from(ours)
        .join(mine, mine.id == ours.segment_id)
        .join(
            other,
            (other.source_id == mine.source_id) & (other.start < mine.stop) & (other.stop > mine.start),
        )
        .join(theirs, theirs.segment_id == other.id)
        .where(ours.code_id.in_(codes), theirs.code_id.not_in(codes))
        .distinct()
    )
    met: dict[int, list[_Place]] = defaultdict(list)
    for r in db.execute(query):
        met[r.code_id].append((r.id, r.source_id, r.start))
    if not met:
        return ()
    colours = {one.guid: one.colour for one in code_tree_colours(db)}
    paths = code_paths(db)
    found = []
    for one in _codes(db, met):
        places = met[one.id]
        cases = {who.case_of(source, start) for _segment, source, start in places} - {None}
        documents = {source for _segment, source, _start in places}
        shown = (one.guid, one.name, paths[one.guid], one.origin == "in-vivo", colours[one.guid])
        found.append(Neighbour(*shown, len(cases), len(documents), len(places)))
    return tuple(sorted(found, key=lambda one: (-one.cases, -one.documents, -one.segments, one.path)))


def _codes(db: Connection, ids: Iterable[int]) -> list[Row[int, str, str, str]]:
    wanted = list(ids)
    found: list[Row[int, str, str, str]] = []
    for at in range(0, len(wanted), 500):
        columns = select(Code.id, Code.guid, Code.name, Code.origin)
        found += db.execute(columns.where(Code.id.in_(wanted[at : at + 500]))).all()
    return found


# -- what is open -------------------------------------------------------------------------------------------


def _gaps(db: Connection, who: Bearers, row: Row[tuple[object, ...]], places: list[_Place]) -> list[Gap]:
    found: list[Gap] = []
    if row.kind == "category":
        if not row.definition.strip():
            found.append(Gap("definition", _("What is meant by it? There is no working definition yet.")))
        if places and row.typical_id is None:
            found.append(Gap("typical", _("Which passage shows it typically?")))
        if places and row.deviating_id is None:
            found.append(Gap("deviating", _("Which passage deviates from the others?")))
        found += _gaps_of_properties(db, who, row.guid)
    return [*found, *_gaps_of_cases(db, who, places)]


def _gaps_of_properties(db: Connection, who: Bearers, code: str) -> list[Gap]:
    found: list[Gap] = []
    every = axes(db, codes=[code], bearers=who)
    if not every:
        return [Gap("properties", _("In what does it vary? There is no property yet."))]
    for axis in every:
        seen = {one.place for one in axis.seen}
        if not seen:
            question = _("“{property}”: where do the passages lie? There is no value yet.")
            found.append(Gap("values", question.format(property=axis.name), axis.property))
        elif len(axis.places) > 1 and len(seen & {axis.places[0], axis.places[-1]}) == 1:
            there = axis.places[0] if axis.places[0] in seen else axis.places[-1]
            missing = axis.places[-1] if axis.places[0] in seen else axis.places[0]
            question = _(
                "“{property}”: of the poles only “{seen}” was seen. Is there “{missing}”, and where?"
            )
            words = question.format(property=axis.name, seen=there, missing=missing)
            found.append(Gap("pole", words, axis.property))
    return found


def _gaps_of_cases(db: Connection, who: Bearers, places: list[_Place]) -> list[Gap]:
    """Cases that have coded passages, but none of this code; and documents since its last one."""
    if not places:
        return []
    found: list[Gap] = []
    here = {case for _id, source, start in places if (case := who.case_of(source, start)) is not None}
    missing = [one for one in _coded_cases(db, who) if one not in here]
    if here and missing:
        names = ", ".join(one.name for one in missing)
        question = _("Not seen in {cases}: is it missing there, or was it not looked for?")
        found.append(Gap("cases", question.format(cases=names), missing[0].guid))
    last = max(who.documents[source].place for _id, source, _start in places)
    later = [source for source in _coded_sources(db) if who.documents[source].place > last]
    if len(later) > 1 or {who.case_of(source, 0) for source in later} & here:
        document = next(one for one in who.documents.values() if one.place == last)
        question = _("Not seen since “{document}”: does nothing new come, or is it no longer looked for?")
        found.append(Gap("since", question.format(document=document.title), document.guid))
    return found


def _coded_sources(db: Connection) -> list[int]:
    coded = select(Coding.id).join(Segment, Segment.id == Coding.segment_id)
    some = coded.where(Segment.source_id == Source.id).exists()
    return list(db.execute(select(Source.id).where(some)).scalars())


def _coded_cases(db: Connection, who: Bearers) -> list[Bearer]:
    found: set[Bearer | None] = set()
    for source in _coded_sources(db):
        if source not in who.special:
            found.add(who.case_of(source, 0))
            continue
        query = (
            select(Segment.start)
            .join(Coding, Coding.segment_id == Segment.id)
            .where(Segment.source_id == source)
            .distinct()
        )
        found |= {who.case_of(source, start) for start in db.execute(query).scalars()}
    return ordered(one for one in found if one is not None)
