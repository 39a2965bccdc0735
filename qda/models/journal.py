"""The journal: collects what a unit of work wrote.

Mapper events see every write in the order of its execution, with ids; one Core insert at the end of the
unit stores them. Rows and references are named by GUID. Features write no undo code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Column, Connection, Table, bindparam, event, inspect, select
from sqlalchemy import delete as sql_delete
from sqlalchemy.orm import Mapper, Session, object_session

from qda.models import codes, desk, inquiry, material, suggested, theory
from qda.models.base import Base, Entity
from qda.models.journal_tables import Change

ENTITIES: dict[str, type[Entity]] = {
    str(mapper.local_table.name): mapper.class_  # type: ignore[attr-defined]
    for module in (material, codes, theory, desk, inquiry, suggested)
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


def target_of(column: Column[Any]) -> Table | None:
    """The table that a reference points to; none for other columns."""
    for key in column.foreign_keys:
        return key.column.table
    return None


def table_of(entity: type[Base]) -> Table:
    """The table of a mapped class."""
    return cast("Table", entity.__table__)


def fields_of(entity: type[Entity]) -> list[Column[Any]]:
    """The columns that the journal keeps."""
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
        target = target_of(column)
        return _plain(value) if target is None else self.name_of(connection, target, value)

    def whole(self, connection: Connection, row: Entity) -> dict[str, Any]:
        """All fields of a row that hold something."""
        values = {c.name: self.value(connection, c, getattr(row, c.name)) for c in fields_of(type(row))}
        return {name: value for name, value in values.items() if value is not None}


def _collector(target: Entity) -> Collector:
    session = object_session(target)
    if session is None or "collector" not in session.info:
        msg = "a row was written outside a unit of work"
        raise RuntimeError(msg)
    found: Collector = session.info["collector"]
    return found


@event.listens_for(Entity, "mapper_configured", propagate=True)
def _remembers(mapper: Mapper[Any], entity: type[Entity]) -> None:
    """A value set where none is loaded would be journalled without the old one."""
    for column in mapper.column_attrs:
        getattr(entity, column.key).impl.active_history = True


@event.listens_for(Entity, "load", propagate=True)
def _loaded(target: Entity, context: Any) -> None:
    collector: Collector | None = context.session.info.get("collector")
    if collector is not None:
        collector.guids[target.__tablename__, target.id] = target.guid


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
    for column in fields_of(type(target)):
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
    left_out = {"id", *entity.derived} - entity.kept_in_bundle
    return [c for c in table.columns if c.name not in left_out]


def insert_bundle(session: Session, source: Entity, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Stores a document with its speakers, paragraphs and time marks as one entry of the journal.

    ``rows`` holds for each table of the bundle rows with GUIDs; ``speaker_id`` of a paragraph and other
    references may be given as GUIDs. The search index is made by one statement for the document, or for
    many where :func:`qda.models.search_index.in_bulk` is at work.
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
    from qda.models.search_index import index_later, index_source

    if not index_later(session, source.id):
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
