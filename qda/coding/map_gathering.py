"""Several things of a map at once: put on with their arrows, taken off, a whole map copied. One act each."""

from sqlalchemy.orm import Session

from qda.coding.access import add, clean, delete, get, next_place, required, rows
from qda.coding.memos import target_of
from qda.coding.pointers import drop_item
from qda.coding.references import ItemRef, LineRef, MapRef, TargetRef
from qda.coding.segments import release_named
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code
from qda.models.inquiry import CodeMap, MapItem, MapLine
from qda.models.theory import Relation

_APART = 170  # from the middle of a relation to the middles of its codes


def gather_on_map(
    project: Project,
    *,
    map: MapRef,
    targets: list[TargetRef],
    xs: list[int],
    ys: list[int],
    around: ItemRef | None = None,
    labels: list[str] | None = None,
) -> str:
    """Puts objects on a map; a relation brings its two codes and its arrow. What is there already stays.

    With ``around`` a plain line leads from that thing to each object that is no relation, with its label.

    :raises KnownError: an object has no place.
    """
    with project.unit(_("Put on map")) as session:
        row = get(session, CodeMap, map)
        if not targets or len(xs) != len(targets) or len(ys) != len(targets):
            raise KnownError(_("Each thing needs a place on the map."))
        middle = _of_map(session, row, around) if around else None
        words = [*(labels or []), *[""] * len(targets)]
        for target, x, y, label in zip(targets, xs, ys, words, strict=False):
            table, guid = target_of(project, target)
            if table == "relation":
                _put_relation(session, row, get(session, Relation, guid), x, y)
                continue
            item = _put(session, row, (table, guid), (x, y))
            if middle is not None and middle.id != item.id:
                _join(session, middle, item, label)
        return row.guid


def _of_map(session: Session, row: CodeMap, guid: str) -> MapItem:
    item = get(session, MapItem, guid)
    if item.map_id != row.id:
        raise KnownError(_("This stands on another map."))
    return item


def _put(session: Session, row: CodeMap, target: tuple[str, str], place: tuple[int, int]) -> MapItem:
    known = rows(session, MapItem, map_id=row.id, target_table=target[0], target_guid=target[1])
    return known[0] if known else add(session, _item(row, target, place))


def _item(row: CodeMap, target: tuple[str, str], place: tuple[int, int], text: str = "") -> MapItem:
    x, y = place
    return MapItem(map_id=row.id, target_table=target[0], target_guid=target[1], text=text, x=x, y=y)


def _put_relation(session: Session, row: CodeMap, relation: Relation, x: int, y: int) -> None:
    """The codes go to both sides of the place; where one is there already the other takes the place."""
    codes = [session.get_one(Code, one) for one in (relation.from_id, relation.to_id)]
    on_map = [
        rows(session, MapItem, map_id=row.id, target_table="code", target_guid=code.guid) for code in codes
    ]
    apart = 0 if any(on_map) else _APART
    start, end = (
        _put(session, row, ("code", code.guid), (x + aside, y))
        for code, aside in zip(codes, (-apart, apart), strict=True)
    )
    if not rows(session, MapLine, map_id=row.id, relation_id=relation.id):
        line = MapLine(map_id=row.id, from_id=start.id, to_id=end.id, relation_id=relation.id)
        line.directed = True
        add(session, line)


def _join(session: Session, start: MapItem, end: MapItem, label: str) -> None:
    pair = {start.id, end.id}
    here = rows(session, MapLine, from_id=start.id) + rows(session, MapLine, to_id=start.id)
    if not any({line.from_id, line.to_id} == pair for line in here):
        words = " ".join(clean(label).split())
        add(session, MapLine(map_id=start.map_id, from_id=start.id, to_id=end.id, label=words))


def clear_off_map(
    project: Project,
    *,
    map: MapRef,
    items: list[ItemRef] | None = None,
    lines: list[LineRef] | None = None,
) -> str:
    """Takes several things and lines off a map; a thing goes with its lines, relations stay.

    :raises KnownError: nothing is named, or it stands on another map.
    """
    with project.unit(_("Take off map")) as session:
        row = get(session, CodeMap, map)
        if not items and not lines:
            raise KnownError(_("Choose what is to be taken off the map."))
        gone = [get(session, MapLine, guid) for guid in dict.fromkeys(lines or [])]
        if any(line.map_id != row.id for line in gone):
            raise KnownError(_("This stands on another map."))
        delete(session, *gone)
        for guid in dict.fromkeys(items or []):
            item = _of_map(session, row, guid)
            table, target = item.target_table, item.target_guid
            drop_item(session, item)
            if table == "segment":
                release_named(session, target)
        return row.guid


def duplicate_map(project: Project, *, map: MapRef, name: str) -> str:
    """Begins a map with all that is on another one."""
    with project.unit(_("New map “{name}”").format(name=name)) as session:
        row = get(session, CodeMap, map)
        copy = add(session, CodeMap(name=required(name, _("The map")), position=next_place(session, CodeMap)))
        new: dict[int, MapItem] = {}
        for item in rows(session, MapItem, map_id=row.id):
            target = item.target_table, item.target_guid
            made = _item(copy, target, (item.x, item.y), item.text)
            new[item.id] = add(session, made)
        for line in rows(session, MapLine, map_id=row.id):
            add(
                session,
                MapLine(
                    map_id=copy.id,
                    from_id=new[line.from_id].id,
                    to_id=new[line.to_id].id,
                    relation_id=line.relation_id,
                    label=line.label,
                    directed=line.directed,
                ),
            )
        return copy.guid
