"""What a passage can be valued on: the properties of the codes on it, of those above them, and all others."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from qda.coding.bearers import Bearer, Bearers
from qda.coding.profiles import Axis, axes
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Source


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a document in code points; it need not be a segment yet."""

    source: str
    start: int
    stop: int

    @property
    def written(self) -> str:
        """As acts take it."""
        return f"{self.source}:{self.start}-{self.stop}"


@dataclass(frozen=True, slots=True)
class Offer:
    """A property, and what is said on it of the passage and of its case: value (GUID) and place, or ""."""

    axis: Axis
    near: bool
    value: str = ""
    place: str = ""
    case_value: str = ""
    case_place: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """All that can be said of a passage. ``home`` is the code that a new property would be one of."""

    passage: Passage
    case: Bearer | None
    home: str
    home_name: str
    properties: tuple[Offer, ...]

    def offer(self, prop: str) -> Offer | None:
        """What is offered on a property (GUID)."""
        return next((one for one in self.properties if one.axis.property == prop), None)


def offers(project: Project, passage: Passage, *, first: str = "") -> Offers:
    """The properties for a passage, those of the codes on it first; ``first`` is the code in hand (GUID)."""
    with project.read() as db:
        who = Bearers(db)
        source = next((key for key, one in who.documents.items() if one.guid == passage.source), None)
        case = who.case_of(source, passage.start) if source is not None else None
        chain = _chain(db, passage, first)
        near = {guid: at for at, guid in enumerate(chain)}
        every = axes(db, bearers=who)
        home = _home(db, chain, {axis.code for axis in every})
        every.sort(key=lambda axis: near.get(axis.code, len(near)))
        listed = tuple(_offer(axis, passage, case, near=axis.code in near) for axis in every)
        name = db.execute(select(Code.name).where(Code.guid == home)).scalar_one_or_none() or ""
        return Offers(passage, case, home, name, listed)


def _offer(axis: Axis, passage: Passage, case: Bearer | None, *, near: bool) -> Offer:
    span = (passage.source, passage.start, passage.stop)
    here = next((one for one in axis.seen if one.segment and (one.source, one.start, one.stop) == span), None)
    whole = next((one for one in axis.seen if not one.segment and one.bearer == case), None)
    return Offer(
        axis,
        near,
        here.value if here else "",
        here.place if here else "",
        whole.value if whole else "",
        whole.place if whole else "",
    )


def _chain(db: Connection, passage: Passage, first: str) -> list[str]:
    """The codes on a passage, those of just this span before those that touch it; then all above them."""
    query = (
        select(Code.guid, Segment.start, Segment.stop)
        .join(Coding, Coding.code_id == Code.id)
        .join(Segment, Segment.id == Coding.segment_id)
        .join(Source, Source.id == Segment.source_id)
        .where(Source.guid == passage.source, Segment.start < passage.stop, Segment.stop > passage.start)
        .order_by(Segment.start, Segment.stop, Coding.id)
    )
    found = db.execute(query).all()
    exact = [r.guid for r in found if (r.start, r.stop) == (passage.start, passage.stop)]
    mine = [one for one in (first, *exact, *(r.guid for r in found)) if one]
    return list(dict.fromkeys((*mine, *_above(db, mine))))


def _above(db: Connection, codes: Iterable[str]) -> list[str]:
    rows = {r.id: r for r in db.execute(select(Code.id, Code.guid, Code.parent_id))}
    ids = {r.guid: r.id for r in rows.values()}
    found: list[str] = []
    for guid in codes:
        above = rows[ids[guid]].parent_id if guid in ids else None
        while above is not None:
            found.append(rows[above].guid)
            above = rows[above].parent_id
    return found


def _home(db: Connection, chain: list[str], having: set[str]) -> str:
    """Where a new property belongs: the nearest code with some, else the nearest category, else the first."""
    with_some = [guid for guid in chain if guid in having]
    if with_some:
        return with_some[0]
    query = select(Code.guid).where(Code.guid.in_(chain), Code.kind == "category")
    categories = set(db.execute(query).scalars())
    return next((guid for guid in chain if guid in categories), chain[0] if chain else "")
