"""The journal: collects what a unit of work wrote, and takes units back.

Mapper events see every write in the order of its execution, with ids; one Core insert at the end of the
unit stores them. Rows and references are named by GUID. Features write no undo code.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Column, Connection, Table, bindparam, event, inspect, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Mapper, Session, object_session

from qda.errors import KnownError
from qda.i18n import _
from qda.models import codes, material, theory
from qda.models.base import Base, Entity, UtcDateTime
from qda.models.journal_tables import Change

__all__ = ["ENTITIES", "Collector", "Recorded", "apply_reversed", "insert_bundle", "remove_bundle"]

ENTITIES: dict[str, type[Entity]] = {
    str(mapper.local_table.name): mapper.class_  # type: ignore[attr-defined]
    for module in (material, codes, theory)
    for mapper in Base.registry.mappers
    if mapper.class_.__module__ == module.__name__ and issubclass(mapper.class_, Entity)
}
# A document comes and goes as one entry; by rows it would be thousands.
BUNDLE = ("speaker", "paragraph", "time_mark")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One change as the journal keeps it."""

    op: str
    table: str
    guid: str
    field: str = ""
    old: Any = None
    new: Any = None


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _lively(column: Column[Any], value: Any) -> Any:
    if isinstance(value, str) and isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return value


def _target(column: Column[Any]) -> Table | None:
    for key in column.foreign_keys:
        return key.column.table
    return None


def table_of(entity: type[Base]) -> Table:
    """The table of a mapped class."""
    return cast("Table", entity.__table__)


def _fields(entity: type[Entity]) -> list[Column[Any]]:
    columns = table_of(entity).columns
    return [c for c in columns if c.name not in ("id", "guid") and c.name not in entity.derived]


@dataclass(slots=True)
class Collector:
    """What one unit has written so far; ``guids`` remembers (table, id) → GUID across units."""

    guids: dict[tuple[str, int], str]
    changes: list[Recorded] = field(default_factory=list)

    def name_of(self, connection: Connection, table: Table, row: int | None) -> str | None:
        """The GUID of row ``row`` of ``table``."""
        if row is None:
            return None
        known = self.guids.get((table.name, row))
        if known is None:
            known = connection.execute(select(table.c.guid).where(table.c.id == row)).scalar_one()
            self.guids[table.name, row] = known
        return known

    def value(self, connection: Connection, column: Column[Any], value: Any) -> Any:
        """A column's value as the journal writes it: references as GUID, moments as text."""
        target = _target(column)
        return _plain(value) if target is None else self.name_of(connection, target, value)

    def whole(self, connection: Connection, row: Entity) -> dict[str, Any]:
        """All fields of a row that hold something."""
        values = {c.name: self.value(connection, c, getattr(row, c.name)) for c in _fields(type(row))}
        return {name: value for name, value in values.items() if value is not None}


def _collector(target: Entity) -> Collector:
    session = object_session(target)
    if session is None or "collector" not in session.info:
        msg = "a row was written outside a unit of work"
        raise RuntimeError(msg)
    found: Collector = session.info["collector"]
    return found


@event.listens_for(Entity, "after_insert", propagate=True)
def _inserted(mapper: Mapper[Any], connection: Connection, target: Entity) -> None:
    collector = _collector(target)
    table = mapper.local_table.name  # type: ignore[attr-defined]
    collector.guids[table, target.id] = target.guid
    collector.changes.append(Recorded("insert", table, target.guid, new=collector.whole(connection, target)))


@event.listens_for(Entity, "after_update", propagate=True)
def _updated(mapper: Mapper[Any], connection: Connection, target: Entity) -> None:
    collector = _collector(target)
    table = mapper.local_table.name  # type: ignore[attr-defined]
    state = inspect(target)
    for column in _fields(type(target)):
        if column.name in state.unloaded:
            continue
        history = state.attrs[column.name].history
        if not history.has_changes():
            continue
        old = history.deleted[0] if history.deleted else None
        new = history.added[0] if history.added else None
        if old == new:
            continue
        collector.changes.append(
            Recorded(
                "update",
                table,
                target.guid,
                column.name,
                collector.value(connection, column, old),
                collector.value(connection, column, new),
            )
        )


@event.listens_for(Entity, "before_delete", propagate=True)
def _deleting(mapper: Mapper[Any], connection: Connection, target: Entity) -> None:
    # Before, not after: the rows it refers to may go in the same flush, and are still there now.
    collector = _collector(target)
    table = mapper.local_table.name  # type: ignore[attr-defined]
    collector.guids[table, target.id] = target.guid
    collector.changes.append(Recorded("delete", table, target.guid, old=collector.whole(connection, target)))


# -- documents as one entry ---------------------------------------------------------------------------------


def _columns(table: Table) -> list[Column[Any]]:
    entity = ENTITIES[table.name]
    return [c for c in table.columns if c.name != "id" and c.name not in entity.derived]


def insert_bundle(session: Session, source: Entity, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Stores a document with its speakers, paragraphs and time marks as one entry of the journal.

    ``rows`` holds for each table of the bundle rows with GUIDs; ``speaker_id`` of a paragraph and other
    references may be given as GUIDs. The search index is made by one statement for the document.
    """
    collector: Collector = session.info["collector"]
    connection = session.connection()
    connection.execute(table_of(material.SearchState).update().values(bulk=1))
    before = len(collector.changes)
    session.add(source)
    session.flush()
    del collector.changes[before:]
    speakers: dict[str, int] = {}
    for name in BUNDLE:
        entity = ENTITIES[name]
        ready = [dict(row, source_id=source.id) for row in rows.get(name, ())]
        for row in ready:
            if isinstance(row.get("speaker_id"), str):
                row["speaker_id"] = speakers[row["speaker_id"]]
        if ready:
            connection.execute(table_of(entity).insert(), ready)
        if name == "speaker":
            table = table_of(entity)
            found = connection.execute(select(table.c.guid, table.c.id).where(table.c.source_id == source.id))
            speakers = {row.guid: row.id for row in found}
    from qda.models.search_index import index_source

    index_source(connection, source.id)
    connection.execute(table_of(material.SearchState).update().values(bulk=0))
    collector.changes.append(
        Recorded("bundle-in", "source", source.guid, new={name: len(rows.get(name, ())) for name in BUNDLE})
    )


def remove_bundle(session: Session, source: Entity) -> None:
    """Takes a document out with its bundle; the entry keeps all of it. What refers to it must be gone."""
    collector: Collector = session.info["collector"]
    connection = session.connection()
    session.refresh(source, ["text"])
    kept: dict[str, Any] = {"source": collector.whole(connection, source)}
    for name in BUNDLE:
        table = table_of(ENTITIES[name])
        columns = [c for c in _columns(table) if c.name != "source_id"]
        found = connection.execute(
            select(*columns).where(table.c.source_id == source.id).order_by(table.c.id)
        )
        kept[name] = {
            "columns": [c.name for c in columns],
            "rows": [
                [collector.value(connection, c, v) for c, v in zip(columns, row, strict=True)]
                for row in found
            ],
        }
    before = len(collector.changes)
    for name in reversed(BUNDLE):
        table = table_of(ENTITIES[name])
        connection.execute(sql_delete(table).where(table.c.source_id == source.id))
    session.delete(source)
    session.flush()
    del collector.changes[before:]
    collector.changes.append(Recorded("bundle-out", "source", source.guid, old=kept))


# -- taking a unit back -------------------------------------------------------------------------------------


class _Reverser:
    """Applies the reverse of changes through the session, so that the journal sees it like any act."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.collector: Collector = session.info["collector"]
        self.pending: dict[str, Entity] = {}

    def row(self, table: str, guid: str) -> Entity | None:
        entity = ENTITIES[table]
        if guid in self.pending:
            self.flush()
        return self.session.scalars(select(entity).where(entity.guid == guid)).one_or_none()

    def flush(self) -> None:
        self.session.flush()
        self.pending.clear()

    def reference(self, target: Table, guid: str | None) -> int | None:
        if guid is None:
            return None
        if guid in self.pending:
            self.flush()
        row: int | None = (
            self.session.connection()
            .execute(select(target.c.id).where(target.c.guid == guid))
            .scalar_one_or_none()
        )
        if row is None:
            raise _since_changed()
        return row

    def lively(self, column: Column[Any], value: Any) -> Any:
        target = _target(column)
        return _lively(column, value) if target is None else self.reference(target, value)

    def take_back(self, change: Change) -> None:
        {
            "insert": self._take_out,
            "delete": self._put_back,
            "update": self._set_back,
            "bundle-in": self._bundle_out,
            "bundle-out": self._bundle_in,
        }[change.op](change)

    def _take_out(self, change: Change) -> None:
        row = self.row(change.table, change.guid)
        if row is None or self.collector.whole(self.session.connection(), row) != change.new:
            raise _since_changed()
        self.session.delete(row)
        self.session.flush()

    def _put_back(self, change: Change) -> None:
        row = self._made(change.table, change.guid, change.old)
        self.session.add(row)
        self.pending[change.guid] = row

    def _made(self, table: str, guid: str, values: dict[str, Any]) -> Entity:
        entity = ENTITIES[table]
        columns = table_of(entity).columns
        ready = {
            c.name: self.lively(c, values.get(c.name))
            for c in columns
            if c.name not in ("id", "guid") and c.name not in entity.derived
        }
        row = entity(guid=guid, **ready)
        if isinstance(row, material.Paragraph):
            from qda.models.search_index import normalised_part

            row.norm = normalised_part(self.session.connection(), row.source_id, row.label_stop, row.stop)
        return row

    def _set_back(self, change: Change) -> None:
        row = self.row(change.table, change.guid)
        if row is None:
            raise _since_changed()
        column = table_of(type(row)).columns[change.field]
        current = self.collector.value(self.session.connection(), column, getattr(row, change.field))
        if current != change.new:
            raise _since_changed()
        setattr(row, change.field, self.lively(column, change.old))
        self.session.flush()

    def _bundle_out(self, change: Change) -> None:
        row = self.row("source", change.guid)
        if row is None:
            raise _since_changed()
        remove_bundle(self.session, row)

    def _bundle_in(self, change: Change) -> None:
        self.flush()
        kept = change.old
        source = self._made("source", change.guid, kept["source"])
        rows: dict[str, list[dict[str, Any]]] = {}
        for name in BUNDLE:
            table = table_of(ENTITIES[name])
            columns = [table.columns[c] for c in kept[name]["columns"]]
            rows[name] = [self._bundle_row(columns, values) for values in kept[name]["rows"]]
        from qda.models.search_index import add_norms

        add_norms(kept["source"]["text"], rows["paragraph"])
        insert_bundle(self.session, source, rows)

    def _bundle_row(self, columns: Sequence[Column[Any]], values: list[Any]) -> dict[str, Any]:
        # A paragraph's speaker is in the bundle itself: it stays a GUID until insert_bundle knows its id.
        return {
            c.name: value if c.name == "speaker_id" else self.lively(c, value)
            for c, value in zip(columns, values, strict=True)
        }


def _since_changed() -> KnownError:
    return KnownError(_("This cannot be undone: the same thing has been changed since by someone else."))


def apply_reversed(session: Session, changes: Iterable[Change]) -> None:
    """Takes ``changes`` (in their order) back, last first.

    :raises KnownError: where a value is no longer the one that the unit left.
    """
    reverser = _Reverser(session)
    for change in reversed(list(changes)):
        reverser.take_back(change)
    reverser.flush()


def store(connection: Connection, unit: int, changes: Sequence[Recorded]) -> None:
    """Writes the collected changes of a unit by one statement."""
    if not changes:
        return
    statement = (
        table_of(Change)
        .insert()
        .values({c: bindparam(c) for c in ("unit_id", "seq", "op", "table", "guid", "field", "old", "new")})
    )
    connection.execute(
        statement,
        [
            {
                "unit_id": unit,
                "seq": seq,
                "op": c.op,
                "table": c.table,
                "guid": c.guid,
                "field": c.field,
                "old": c.old,
                "new": c.new,
            }
            for seq, c in enumerate(changes)
        ],
    )
