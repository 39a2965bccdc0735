"""Dimensional profiles: where passages and cases lie on the properties of a category. Nothing is calculated.

A value belongs to a passage, and through it to a case; or to a case as a whole, where the researcher says so.
"""

import builtins
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from qda.coding.bearers import Bearer, Bearers, ordered
from qda.coding.properties import dimension
from qda.models import Project
from qda.models.codes import Code, Property, PropertyValue, Segment
from qda.models.material import Source


@dataclass(frozen=True, slots=True)
class Seen:
    """A value: the place, whose it is, and its passage (GUID); without one it is of the case as a whole.

    ``start`` and ``stop`` are code points in the document ``source``.
    """

    value: str
    place: str
    bearer: Bearer
    segment: str = ""
    source: str = ""
    start: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True)
class Axis:
    """A property with its dimension and all that lies on it.

    ``places`` are the named ones from pole to pole, ``others`` what was written in other words.
    """

    property: str
    code: str
    code_name: str
    name: str
    places: tuple[str, ...]
    others: tuple[str, ...]
    seen: tuple[Seen, ...]

    @builtins.property
    def every_place(self) -> tuple[str, ...]:
        """The named places, then what was written in other words."""
        return (*self.places, *self.others)

    @builtins.property
    def bearers(self) -> tuple[Bearer, ...]:
        """Whose values there are, cases first."""
        return tuple(ordered(one.bearer for one in self.seen))

    def places_of(self, bearer: str) -> tuple[str, ...]:
        """All places at which a case (or document) was seen, in the order of the dimension."""
        here = {one.place for one in self.seen if one.bearer.guid == bearer}
        return tuple(place for place in self.every_place if place in here)

    def at(self, bearer: str, place: str) -> tuple[Seen, ...]:
        """What puts a case (or document) at a place."""
        return tuple(one for one in self.seen if (one.bearer.guid, one.place) == (bearer, place))


@dataclass(frozen=True, slots=True)
class Profile:
    """A category on all its properties; ``cases`` are all of the study."""

    code: str
    name: str
    axes: tuple[Axis, ...]
    cases: tuple[Bearer, ...] = ()

    @builtins.property
    def bearers(self) -> tuple[Bearer, ...]:
        """Whose values there are on any property, cases first."""
        return tuple(ordered(one.bearer for axis in self.axes for one in axis.seen))


def profile(project: Project, code: str) -> Profile:
    """The profile of a category (GUID); of one that is gone it is empty."""
    with project.read() as db:
        name = db.execute(select(Code.name).where(Code.guid == code)).scalar_one_or_none() or ""
        some = select(Property.id).join(Code, Code.id == Property.code_id).where(Code.guid == code).limit(1)
        if db.execute(some).first() is None:  # most codes: nobody need be read
            return Profile(code, name, ())
        who = Bearers(db)
        return Profile(code, name, tuple(axes(db, codes=[code], bearers=who)), tuple(who.cases.values()))


def profiles(project: Project) -> list[Profile]:
    """The profiles of all categories that have properties, in the order in which they were made."""
    with project.read() as db:
        found: dict[str, list[Axis]] = defaultdict(list)
        who = Bearers(db)
        for axis in axes(db, bearers=who):
            found[axis.code].append(axis)
        cases = tuple(who.cases.values())
        return [Profile(code, some[0].code_name, tuple(some), cases) for code, some in found.items()]


def axes(
    db: Connection,
    *,
    codes: Sequence[str] | None = None,
    properties: Sequence[str] | None = None,
    bearers: Bearers | None = None,
) -> list[Axis]:
    """Properties with their values: of the named codes, the named ones, or all."""
    query = (
        select(
            Property.id,
            Property.guid,
            Property.name,
            Property.pole_from,
            Property.pole_to,
            Property.places,
            Code.guid.label("code"),
            Code.name.label("code_name"),
        )
        .join(Code, Code.id == Property.code_id)
        .order_by(Code.created, Code.id, Property.position, Property.id)
    )
    if codes is not None:
        query = query.where(Code.guid.in_(list(codes)))
    if properties is not None:
        query = query.where(Property.guid.in_(list(properties)))
    rows = db.execute(query).all()
    seen = _seen(db, [row.id for row in rows], bearers) if rows else {}
    found = []
    for row in rows:
        places = tuple(dimension(row.pole_from, row.pole_to, row.places))
        here = tuple(seen.get(row.id, ()))
        others = tuple(dict.fromkeys(one.place for one in here if one.place not in places))
        found.append(Axis(row.guid, row.code, row.code_name, row.name, places, others, here))
    return found


def _seen(db: Connection, properties: Sequence[int], bearers: Bearers | None) -> dict[int, list[Seen]]:
    """The values by property: in the order of the documents, those of whole cases behind them."""
    who = bearers or Bearers(db)
    query = (
        select(
            PropertyValue.property_id,
            PropertyValue.guid,
            PropertyValue.value,
            PropertyValue.case_id,
            Segment.guid.label("segment"),
            Segment.source_id,
            Segment.start,
            Segment.stop,
        )
        .outerjoin(Segment, Segment.id == PropertyValue.segment_id)
        .outerjoin(Source, Source.id == Segment.source_id)
        .where(PropertyValue.property_id.in_(properties))
        .order_by(Source.position.is_(None), Source.position, Source.id, Segment.start, PropertyValue.id)
    )
    found: dict[int, list[Seen]] = defaultdict(list)
    for r in db.execute(query).all():
        if r.source_id is not None:
            place = (who.of(r.source_id, r.start), r.segment, who.documents[r.source_id].guid)
            seen = Seen(r.guid, r.value, *place, r.start, r.stop)
        elif r.case_id in who.cases:
            seen = Seen(r.guid, r.value, who.cases[r.case_id])
        else:
            continue
        found[r.property_id].append(seen)
    return found
