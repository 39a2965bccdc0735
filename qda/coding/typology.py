"""Typology of two properties: their places as rows and columns, the cases in the cells.

A case stands at all places at which its passages were seen, or at which it was put as a whole; nothing is
averaged. So a case may fall into several cells, and it is said which. What has passages of the categories but
no value on a property is *not placed* there. An empty cell is a question.

A type is named by a theoretical memo that hangs on both properties, and whose first line names both places.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from qda.coding.access import add, coder_of, get, required
from qda.coding.bearers import Bearer, Bearers, ordered
from qda.coding.profiles import Axis, Seen, axes
from qda.coding.references import PropertyRef
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Memo, MemoLink, Property, Segment

NOT_PLACED = ""
_TIMES = " × "
_BOTH = 2  # properties on which the memo of a type hangs


@dataclass(frozen=True, slots=True)
class Type:
    """A named type: its memo, and what is written on it below the line of its places.

    A ``private`` one is in no report.
    """

    memo: str
    name: str
    text: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Two places ("" is not placed), whose passages fall here, those passages, and the type's name.

    ``seen`` are the values that put the cases here, rows first; a passage may be among them twice.
    """

    row: str
    column: str
    bearers: tuple[Bearer, ...]
    seen: tuple[Seen, ...]
    type: Type | None = None

    @property
    def segments(self) -> tuple[str, ...]:
        """The passages (GUIDs) that put the cases here, each once."""
        return tuple(dict.fromkeys(one.segment for one in self.seen if one.segment))

    @property
    def together(self) -> tuple[str, ...]:
        """The passages (GUIDs) that lie at both places themselves."""
        written = [one.segment for one in self.seen if one.segment]
        return tuple(segment for segment in self.segments if written.count(segment) > 1)

    @property
    def cases(self) -> int:
        """On how many cases the cell rests."""
        return sum(one.is_case for one in self.bearers)


@dataclass(frozen=True, slots=True)
class Typology:
    """The grid. ``several`` are those that fall into more than one cell."""

    rows: Axis
    columns: Axis
    row_places: tuple[str, ...]
    column_places: tuple[str, ...]
    bearers: tuple[Bearer, ...]
    several: tuple[Bearer, ...]
    _cells: dict[tuple[str, str], Cell] = field(repr=False)

    def cell(self, row: str, column: str) -> Cell:
        """The cell of two places."""
        return self._cells[row, column]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, row by row."""
        return tuple(self._cells.values())

    @property
    def cases(self) -> int:
        """On how many cases the whole grid rests."""
        return sum(one.is_case for one in self.bearers)

    def public(self) -> "Typology":
        """The grid without the types whose memo is private."""
        cells = {
            at: replace(cell, type=None) if cell.type and cell.type.private else cell
            for at, cell in self._cells.items()
        }
        return replace(self, _cells=cells)

    def elsewhere(self, cell: Cell, bearer: Bearer) -> tuple[Cell, ...]:
        """The other cells into which one falls."""
        return tuple(one for one in self.cells if bearer in one.bearers and one is not cell)


def typology(project: Project, *, rows: str, columns: str) -> Typology:
    """The grid of two properties (GUIDs), of one category or of two.

    :raises KnownError: one is gone, or both are the same.
    """
    if rows == columns:
        raise KnownError(_("A typology needs two different properties."))
    with project.read() as db:
        who = Bearers(db)
        found = {axis.property: axis for axis in axes(db, properties=[rows, columns], bearers=who)}
        if rows not in found or columns not in found:
            raise KnownError(_("One of the two properties is no longer there."))
        down, across = found[rows], found[columns]
        coded = _coded(db, {down.code, across.code}, who)
        everyone = ordered((*down.bearers, *across.bearers, *coded))
        types = _types(db, down, across)
    places = {
        one: (down.places_of(one.guid) or (NOT_PLACED,), across.places_of(one.guid) or (NOT_PLACED,))
        for one in everyone
    }
    cells = {}
    for row in (*down.every_place, NOT_PLACED):
        for column in (*across.every_place, NOT_PLACED):
            here = tuple(one for one in everyone if row in places[one][0] and column in places[one][1])
            seen = [s for one in here for s in (*down.at(one.guid, row), *across.at(one.guid, column))]
            cells[row, column] = Cell(row, column, here, tuple(seen), types.get((row, column)))
    several = tuple(one for one in everyone if len(places[one][0]) * len(places[one][1]) > 1)
    return Typology(
        down,
        across,
        (*down.every_place, NOT_PLACED),
        (*across.every_place, NOT_PLACED),
        tuple(everyone),
        several,
        cells,
    )


def _coded(db: Connection, codes: set[str], who: Bearers) -> set[Bearer]:
    """Whose passages stand under the categories."""
    query = (
        select(Segment.source_id, Segment.start)
        .join(Coding, Coding.segment_id == Segment.id)
        .join(Code, Code.id == Coding.code_id)
        .where(Code.guid.in_(codes))
        .distinct()
    )
    return {who.of(r.source_id, r.start) for r in db.execute(query)}


# -- types that have a name ---------------------------------------------------------------------------------


def _types(db: Connection, down: Axis, across: Axis) -> dict[tuple[str, str], Type]:
    wanted = {down.property, across.property}
    linked = (
        select(MemoLink.memo_id, MemoLink.target_guid)
        .where(MemoLink.target_table == "property")
        .order_by(MemoLink.id)
    )
    on: dict[int, list[str]] = defaultdict(list)
    for r in db.execute(linked.where(MemoLink.target_guid.in_(wanted))):
        on[r.memo_id].append(r.target_guid)
    both = [memo for memo, guids in on.items() if set(guids) == wanted]
    query = select(Memo.id, Memo.guid, Memo.title, Memo.body, Memo.private).where(
        Memo.id.in_(both), Memo.kind == "theoretical"
    )
    places = {down.property: down.every_place, across.property: across.every_place}
    found: dict[tuple[str, str], Type] = {}
    for memo in db.execute(query.order_by(Memo.id)):
        head, _line, text = memo.body.partition("\n")
        for row in places[down.property]:
            for column in places[across.property]:
                named = {down.property: row, across.property: column}
                if _names(head, [named[guid] for guid in on[memo.id]]):
                    found.setdefault((row, column), Type(memo.guid, memo.title, text.strip(), memo.private))
    return found


def named_types(project: Project) -> list[tuple[Typology, Cell]]:
    """All types that have a name, in the order in which they were named, with the grid of each."""
    with project.read() as db:
        links = (
            select(MemoLink.memo_id, MemoLink.target_guid)
            .join(Memo, Memo.id == MemoLink.memo_id)
            .where(MemoLink.target_table == "property", Memo.kind == "theoretical")
            .order_by(MemoLink.memo_id, MemoLink.id)
        )
        on: dict[int, list[str]] = defaultdict(list)
        for r in db.execute(links):
            on[r.memo_id].append(r.target_guid)
    found = []
    for rows, columns in dict.fromkeys(tuple(guids) for guids in on.values() if len(set(guids)) == _BOTH):
        grid = typology(project, rows=rows, columns=columns)
        found += [(grid, cell) for cell in grid.cells if cell.type]
    return found


def _names(head: str, places: list[str]) -> bool:
    """Whether a line says these two places: "Property: place × Property: place"."""
    for at in range(len(head)):
        if not head.startswith(_TIMES, at):
            continue
        sides = head[:at], head[at + len(_TIMES) :]
        if all(side.endswith(f": {place}") for side, place in zip(sides, places, strict=True)):
            return True
    return False


def name_type(
    project: Project,
    *,
    rows: PropertyRef,
    row: str,
    columns: PropertyRef,
    column: str,
    name: str,
) -> str:
    """Names the type at two places: a theoretical memo on both properties; one that is there is renamed.

    :raises KnownError: nothing lies or is named at these places.
    """
    grid = typology(project, rows=rows, columns=columns)
    if row not in grid.rows.every_place or column not in grid.columns.every_place:
        raise KnownError(_("A type is named at a place of both properties."))
    known = grid.cell(row, column).type
    title = required(name, _("The type"))
    with project.unit(_("Name type “{name}”").format(name=title)) as session:
        if known is not None:
            memo = get(session, Memo, known.memo)
            memo.title = title
            return memo.guid
        first, second = get(session, Property, rows), get(session, Property, columns)
        memo = add(
            session,
            Memo(
                kind="theoretical",
                title=title,
                body=f"{first.name}: {row}{_TIMES}{second.name}: {column}\n",
                coder_id=coder_of(project).id,
                created=project.clock(),
            ),
        )
        for prop in (first, second):
            add(session, MemoLink(memo_id=memo.id, target_table="property", target_guid=prop.guid))
        return memo.guid
