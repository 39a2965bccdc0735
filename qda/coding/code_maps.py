"""Code maps: codes, cases, memos, passages and relations on a canvas; arrows are relations or plain lines."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session, aliased

from qda.coding.access import add, clean, delete, get, next_place, optional, pairs, required, rows
from qda.coding.memo_queries import target_names
from qda.coding.memos import drop_links, target_of
from qda.coding.pointers import drop_item
from qda.coding.references import TARGET_KINDS, ItemRef, LineRef, MapRef, RelationRef, TargetRef
from qda.coding.segments import release_named
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.inquiry import CodeMap, MapItem, MapLine
from qda.models.theory import Relation


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A thing on a map; ``kind`` and ``target`` (GUID) are empty where it is words of one's own.

    ``x`` and ``y`` are its middle, in pixels of a screen whose letters are 13 pixels.
    """

    guid: str
    kind: str
    target: str
    name: str
    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line between two things (GUIDs of items); ``relation`` is the GUID of the relation it stands for."""

    guid: str
    start: str
    end: str
    relation: str | None
    label: str
    directed: bool


@dataclass(frozen=True, slots=True)
class MapRow:
    """A map with what is on it."""

    guid: str
    name: str
    position: int
    items: tuple[ItemRow, ...]
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class MapName:
    """A map in the list of maps; ``items`` counts the things on it."""

    guid: str
    name: str
    items: int


def new_map(project: Project, *, name: str) -> str:
    """Begins a map."""
    with project.unit(_("New map “{name}”").format(name=name)) as session:
        row = CodeMap(name=required(name, _("The map")), position=next_place(session, CodeMap))
        return add(session, row).guid


def rename_map(project: Project, *, map: MapRef, name: str) -> str:
    """Gives a map another name."""
    with project.unit(_("Rename map")) as session:
        row = get(session, CodeMap, map)
        row.name = required(name, _("The map"))
        return row.guid


def move_map(project: Project, *, map: MapRef, position: int) -> str:
    """Puts a map at another place among the maps (0 first)."""
    with project.unit(_("Move map")) as session:
        row = get(session, CodeMap, map)
        query = select(CodeMap).order_by(CodeMap.position, CodeMap.id)
        others = [one for one in session.scalars(query) if one.id != row.id]
        others.insert(max(0, min(position, len(others))), row)
        for number, one in enumerate(others):
            one.position = number
        return row.guid


def remove_map(project: Project, *, map: MapRef) -> str:
    """Removes a map; what it shows stays."""
    with project.unit(_("Remove map")) as session:
        row = get(session, CodeMap, map)
        delete(session, *rows(session, MapLine, map_id=row.id))
        items = rows(session, MapItem, map_id=row.id)
        delete(session, *items)
        drop_links(session, "code_map", row.guid)
        delete(session, row)
        release_named(session, *(item.target_guid for item in items if item.target_table == "segment"))
        return map


def put_on_map(
    project: Project, *, map: MapRef, target: TargetRef | None = None, text: str = "", x: int = 0, y: int = 0
) -> str:
    """Puts an object or words of one's own on a map; an object that is there already is moved."""
    with project.unit(_("Put on map")) as session:
        row = get(session, CodeMap, map)
        table, guid = target_of(project, target) if target else ("", "")
        words = clean(text).strip()
        if not table and not words:
            raise KnownError(_("Put an object or words on the map."))
        known = rows(session, MapItem, map_id=row.id, target_table=table, target_guid=guid) if table else []
        if known:
            known[0].x, known[0].y = x, y
            known[0].text = words or known[0].text
            return known[0].guid
        item = MapItem(map_id=row.id, target_table=table, target_guid=guid, text=words, x=x, y=y)
        return add(session, item).guid


def arrange_map(project: Project, *, map: MapRef, items: list[ItemRef], xs: list[int], ys: list[int]) -> str:
    """Puts things on these places of a map, as one act; the others stay where they are."""
    with project.unit(_("Arrange map")) as session:
        row = get(session, CodeMap, map)
        if not items or len(xs) != len(items) or len(ys) != len(items):
            raise KnownError(_("Each thing needs a place on the map."))
        for guid, x, y in zip(items, xs, ys, strict=True):
            item = _item(session, row, guid)
            item.x, item.y = x, y
        return row.guid


def word_item(project: Project, *, item: ItemRef, text: str) -> str:
    """Writes the words of a thing on a map.

    :raises KnownError: nothing would be left of it.
    """
    with project.unit(_("Write on map")) as session:
        row = get(session, MapItem, item)
        words = clean(text).strip()
        if not words and not row.target_table:
            raise KnownError(_("Put an object or words on the map."))
        row.text = words
        return row.guid


def take_off_map(project: Project, *, item: ItemRef) -> str:
    """Takes a thing off a map, with its lines."""
    with project.unit(_("Take off map")) as session:
        row = get(session, MapItem, item)
        table, guid = row.target_table, row.target_guid
        drop_item(session, row)
        if table == "segment":
            release_named(session, guid)
        return item


def draw_line(
    project: Project,
    *,
    start: ItemRef,
    end: ItemRef,
    relation: RelationRef | None = None,
    label: str = "",
    directed: bool = False,
) -> str:
    """Draws a line between two things of a map: for a relation, or a plain one."""
    with project.unit(_("Draw line on map")) as session:
        first, last = get(session, MapItem, start), get(session, MapItem, end)
        if first.map_id != last.map_id or first.id == last.id:
            raise KnownError(_("A line joins two things of one map."))
        stands = optional(session, Relation, relation)
        return add(
            session,
            MapLine(
                map_id=first.map_id,
                from_id=first.id,
                to_id=last.id,
                relation_id=stands.id if stands else None,
                label=" ".join(clean(label).split()),
                directed=directed,
            ),
        ).guid


def change_line(
    project: Project,
    *,
    line: LineRef,
    label: str | None = None,
    directed: bool | None = None,
    relation: RelationRef | None = None,
) -> str:
    """Changes the label of a line, whether it is an arrow, or makes it stand for a relation."""
    with project.unit(_("Change line on map")) as session:
        row = get(session, MapLine, line)
        if label is not None:
            row.label = " ".join(clean(label).split())
        if directed is not None:
            row.directed = directed
        if relation is not None:
            row.relation_id = get(session, Relation, relation).id
        return row.guid


def turn_line(project: Project, *, line: LineRef) -> str:
    """Swaps the ends of a line. A relation it stands for stays as it is."""
    with project.unit(_("Turn line on map")) as session:
        row = get(session, MapLine, line)
        row.from_id, row.to_id = row.to_id, row.from_id
        return row.guid


def remove_line(project: Project, *, line: LineRef) -> str:
    """Removes a line of a map; a relation it stood for stays."""
    with project.unit(_("Remove line on map")) as session:
        delete(session, get(session, MapLine, line))
        return line


def _item(session: Session, row: CodeMap, guid: str) -> MapItem:
    item = get(session, MapItem, guid)
    if item.map_id != row.id:
        raise KnownError(_("This stands on another map."))
    return item


def maps(project: Project) -> list[MapRow]:
    """The maps with what is on them, in their order."""
    return _maps(project, None)


def code_map(project: Project, guid: str) -> MapRow | None:
    """One map with what is on it; none where it is gone."""
    return next(iter(_maps(project, guid)), None)


def drawn_map(project: Project, guid: str) -> MapRow | None:
    """The same without the names of things, which takes no look at any text; none where it is gone."""
    with project.read() as db:
        row = db.execute(select(CodeMap.__table__).where(CodeMap.guid == guid)).one_or_none()
        if row is None:
            return None
        query = select(MapItem.__table__).where(MapItem.map_id == row.id).order_by(MapItem.id)
        items = tuple(
            ItemRow(t.guid, TARGET_KINDS.get(t.target_table, ""), t.target_guid, "", t.text, t.x, t.y)
            for t in db.execute(query)
        )
        return MapRow(row.guid, row.name, row.position, items, tuple(_lines(db, [row.id])[row.id]))


def map_names(project: Project) -> list[MapName]:
    """The maps and how much is on each, in their order."""
    with project.read() as db:
        items = pairs(db.execute(select(MapItem.map_id, func.count()).group_by(MapItem.map_id)))
        query = select(CodeMap.__table__).order_by(CodeMap.position, CodeMap.id)
        return [MapName(r.guid, r.name, items.get(r.id, 0)) for r in db.execute(query)]


def _maps(project: Project, guid: str | None) -> list[MapRow]:
    with project.read() as db:
        wanted = select(CodeMap.__table__).order_by(CodeMap.position, CodeMap.id)
        if guid is not None:
            wanted = wanted.where(CodeMap.guid == guid)
        found = db.execute(wanted).all()
        ids = [r.id for r in found]
        items, lines = _items(db, ids), _lines(db, ids)
        return [MapRow(r.guid, r.name, r.position, tuple(items[r.id]), tuple(lines[r.id])) for r in found]


def _items(db: Connection, maps: list[int]) -> dict[int, list[ItemRow]]:
    query = select(MapItem.__table__).where(MapItem.map_id.in_(maps)).order_by(MapItem.id)
    things = db.execute(query).all()
    names = target_names(db, [(t.target_table, t.target_guid) for t in things if t.target_table])
    items: dict[int, list[ItemRow]] = defaultdict(list)
    for t in things:
        name = names.get((t.target_table, t.target_guid), "")
        kind = TARGET_KINDS.get(t.target_table, "")
        items[t.map_id].append(ItemRow(t.guid, kind, t.target_guid, name, t.text, t.x, t.y))
    return items


def _lines(db: Connection, maps: list[int]) -> dict[int, list[LineRow]]:
    start, end = aliased(MapItem), aliased(MapItem)
    query = (
        select(MapLine.__table__, start.guid.label("start"), end.guid.label("end"), Relation.guid.label("r"))
        .join(start, start.id == MapLine.from_id)
        .join(end, end.id == MapLine.to_id)
        .outerjoin(Relation, Relation.id == MapLine.relation_id)
        .where(MapLine.map_id.in_(maps))
        .order_by(MapLine.id)
    )
    lines: dict[int, list[LineRow]] = defaultdict(list)
    for one in db.execute(query):
        lines[one.map_id].append(LineRow(one.guid, one.start, one.end, one.r, one.label, one.directed))
    return lines
