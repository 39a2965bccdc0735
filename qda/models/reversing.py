"""Taking a unit of work back: the reverse of its changes, through the session, so that the journal sees it.

Refused with a reason where someone else has changed the same thing since, or built on it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, select
from sqlalchemy.orm import Session, aliased

from qda.errors import KnownError
from qda.i18n import _
from qda.models import codes, material
from qda.models.base import Base, Entity, UtcDateTime
from qda.models.journal import (
    BUNDLE,
    ENTITIES,
    Collector,
    insert_bundle,
    remove_bundle,
    table_of,
    target_of,
)
from qda.models.journal_tables import Change, Unit
from qda.models.search_index import add_norms, normalised_part

# Acts share these rows, and they go when nothing needs them: undo leaves them to whoever does.
SHARED = frozenset({"segment"})


def _lively(column: Column[Any], value: Any) -> Any:
    if isinstance(value, str) and isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return value


def _is_default(column: Column[Any], value: Any) -> bool:
    default = column.default
    if default is None:
        return False
    return bool(default.is_callable or value == default.arg)  # type: ignore[attr-defined]


class _Reverser:
    """Applies the reverse of changes through the session, so that the journal sees it like any act."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.collector: Collector = session.info["collector"]
        self.pending: dict[str, Entity] = {}
        self.gone: dict[str, Change] = {}
        self.shared: list[tuple[Entity, Change]] = []

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
            raise KnownError(_("This cannot be undone: what it refers to is no longer there."))
        return row

    def lively(self, column: Column[Any], value: Any) -> Any:
        target = target_of(column)
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
        if row is None or not self._as_left(row, change.new):
            raise _since_changed(self.session, change)
        if change.table in SHARED:
            self.shared.append((row, change))
        else:
            self._delete(row, change)

    def _delete(self, row: Entity, change: Change) -> None:
        self.session.delete(row)
        self.session.flush()
        self.gone[change.guid] = change

    def _release(self) -> None:
        """Shared rows go last: what the same unit hung on them is gone by then."""
        self.flush()
        for row, change in self.shared:
            if not self._needed(row):
                self._delete(row, change)
        self.shared.clear()

    def _as_left(self, row: Entity, left: dict[str, Any]) -> bool:
        # A column younger than the entry shows its default; one that held nothing is not in the entry.
        whole = self.collector.whole(self.session.connection(), row)
        columns = table_of(type(row)).columns
        return left.keys() <= whole.keys() and all(
            value == left[name] if name in left else _is_default(columns[name], value)
            for name, value in whole.items()
        )

    def _needed(self, row: Entity) -> bool:
        connection = self.session.connection()
        target = table_of(type(row))
        for table in Base.metadata.tables.values():
            for column in table.columns:
                if target_of(column) is target:
                    query = select(table.c.id).where(column == row.id).limit(1)
                    if connection.execute(query).first() is not None:
                        return True
        return self._links(target.name, [row.guid]) is not None

    def _links(self, table: str, guids: list[str]) -> str | None:
        link = table_of(codes.MemoLink)
        query = select(link.c.target_guid).where(link.c.target_table == table, link.c.target_guid.in_(guids))
        return self.session.connection().execute(query.limit(1)).scalar_one_or_none()

    def finish(self) -> None:
        """Flushes; refuses where a memo would hang on nothing (its link is no foreign key)."""
        self._release()
        for table in {change.table for change in self.gone.values()}:
            guids = [guid for guid, change in self.gone.items() if change.table == table]
            for at in range(0, len(guids), 500):
                hung = self._links(table, guids[at : at + 500])
                if hung is not None:
                    raise KnownError(_("This cannot be undone: a memo has been hung on it since."))

    def _put_back(self, change: Change) -> None:
        row = self._made(change.table, change.guid, change.old)
        self.session.add(row)
        self.pending[change.guid] = row

    def _made(self, table: str, guid: str, values: dict[str, Any]) -> Entity:
        entity = ENTITIES[table]
        columns = table_of(entity).columns
        ready = {name: self.lively(columns[name], value) for name, value in values.items()}
        row = entity(guid=guid, **ready)
        if isinstance(row, material.Paragraph):
            row.norm = normalised_part(self.session.connection(), row.source_id, row.label_stop, row.stop)
        return row

    def _set_back(self, change: Change) -> None:
        row = self.row(change.table, change.guid)
        if row is None:
            raise _since_changed(self.session, change)
        column = table_of(type(row)).columns[change.field]
        current = self.collector.value(self.session.connection(), column, getattr(row, change.field))
        if current != change.new:
            raise _since_changed(self.session, change)
        setattr(row, change.field, self.lively(column, change.old))
        self.session.flush()

    def _bundle_out(self, change: Change) -> None:
        self._release()
        row = self.row("source", change.guid)
        if row is None or self._touched_since(row, change):
            raise _since_changed(self.session, change)
        remove_bundle(self.session, row)
        self.gone[change.guid] = change

    def _touched_since(self, source: Entity, change: Change) -> bool:
        """True where someone else's act on the document or its parts still stands."""
        connection = self.session.connection()
        parts = [table_of(ENTITIES[name]) for name in BUNDLE]
        if _standing_act(connection, change, [source.guid]) is not None:
            return True
        for part in parts:
            guids = connection.execute(select(part.c.guid).where(part.c.source_id == source.id)).scalars()
            if _standing_act(connection, change, list(guids)) is not None:
                return True
        return False

    def _bundle_in(self, change: Change) -> None:
        self.flush()
        kept = change.old
        source = self._made("source", change.guid, kept["source"])
        rows: dict[str, list[dict[str, Any]]] = {}
        for name in BUNDLE:
            table = table_of(ENTITIES[name])
            columns = [table.columns[c] for c in kept[name]["columns"]]
            rows[name] = [self._bundle_row(columns, values) for values in kept[name]["rows"]]
        add_norms(kept["source"]["text"], rows["paragraph"])
        insert_bundle(self.session, source, rows)

    def _bundle_row(self, columns: Sequence[Column[Any]], values: list[Any]) -> dict[str, Any]:
        # A paragraph's speaker is in the bundle itself: it stays a GUID until insert_bundle knows its id.
        return {
            c.name: value if c.name == "speaker_id" else self.lively(c, value)
            for c, value in zip(columns, values, strict=True)
        }


def _standing_act(connection: Connection, change: Change, guids: list[str]) -> tuple[str, str] | None:
    """Label and coder (GUID) of the last act of someone else on these rows that nothing has reversed."""
    mine = connection.execute(select(Unit.coder).where(Unit.id == change.unit_id)).scalar_one()
    later = aliased(Unit)
    for at in range(0, len(guids), 500):
        query = (
            select(Unit.label, Unit.coder)
            .join(Change, Change.unit_id == Unit.id)
            .where(
                Change.guid.in_(guids[at : at + 500]),
                Change.table.in_(("source", *BUNDLE) if change.op.startswith("bundle") else (change.table,)),
                Unit.id > change.unit_id,
                Unit.coder != mine,
                Unit.kind.in_(("do", "redo")),
                ~select(later.id).where(later.reverses == Unit.id).exists(),
            )
            .order_by(Unit.id.desc())
            .limit(1)
        )
        row = connection.execute(query).first()
        if row is not None:
            return row.label, row.coder
    return None


def _since_changed(session: Session, change: Change) -> KnownError:
    connection = session.connection()
    act = _standing_act(connection, change, [change.guid])
    coder = table_of(material.Coder)
    name = act and connection.execute(select(coder.c.name).where(coder.c.guid == act[1])).scalar_one_or_none()
    if act is None or name is None:
        return KnownError(_("This cannot be undone: the same thing has been changed since by someone else."))
    return KnownError(
        _("This cannot be undone: {coder} has changed the same thing since (“{act}”).").format(
            coder=name, act=act[0]
        )
    )


def apply_reversed(session: Session, changes: Iterable[Change]) -> None:
    """Takes ``changes`` (in their order) back, last first.

    :raises KnownError: where a value is no longer the one that the unit left.
    """
    reverser = _Reverser(session)
    for change in reversed(list(changes)):
        reverser.take_back(change)
    reverser.finish()
