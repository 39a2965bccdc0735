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
from qda.models import codes, inquiry, material
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
from qda.models.places_since import PLACED, PlacesSince
from qda.models.search_index import add_norms, normalised, normalised_part

# Acts share these rows, and they go when nothing needs them: undo leaves them to whoever does.
SHARED = frozenset({"segment"})
AT_ONCE = 500  # GUIDs in one query
_SELF_REFERRING = frozenset(
    table.name
    for table in Base.metadata.tables.values()
    if any(target_of(column) is table for column in table.columns)
)


def _lively(column: Column[Any], value: Any) -> Any:
    if isinstance(value, str) and isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return value


def _is_default(column: Column[Any], value: Any) -> bool:
    default = column.default
    if default is None:
        return False
    return bool(default.is_callable or value == default.arg)  # type: ignore[attr-defined]


def _references_to(target: Table) -> list[Column[Any]]:
    tables = Base.metadata.tables.values()
    return [column for table in tables for column in table.columns if target_of(column) is target]


def _pointers() -> tuple[tuple[Table, str, str, dict[str, str] | None], ...]:
    """Tables that point to others by words: where the kind and the GUID stand, how kinds are called."""
    by_table = (codes.MemoLink, inquiry.SamplingTarget, inquiry.QuestionAnswer, inquiry.MapItem)
    cells = (inquiry.CellSummary, inquiry.CellQuotation)
    return (
        *((table_of(one), "target_table", "target_guid", None) for one in by_table),
        *((table_of(one), "row_kind", "row_guid", inquiry.ROW_KINDS) for one in cells),
    )


class _Reverser:
    """Applies the reverse of changes through the session, so that the journal sees it like any act.

    Changes of one kind to one table go to the database together, in their order.
    """

    def __init__(self, session: Session, first: int) -> None:
        self.session = session
        self.collector: Collector = session.info["collector"]
        self.rows: dict[tuple[str, str], Entity | None] = {}
        self.ids: dict[tuple[str, str], int] = {}
        self.waiting: dict[tuple[str, str], Entity] = {}
        self.together: tuple[str, str] | None = None
        self.gone: dict[tuple[str, str], Change] = {}
        self.shared: list[tuple[Entity, Change]] = []
        self.recut: dict[int, material.Paragraph] = {}
        self.since = PlacesSince(session, first)

    def fetch(self, changes: Sequence[Change]) -> None:
        """Reads the rows that will be changed, many by one query."""
        wanted: dict[str, list[str]] = {}
        for change in changes:
            if change.op in ("insert", "update"):
                wanted.setdefault(change.table, []).append(change.guid)
        for table, guids in wanted.items():
            entity = ENTITIES[table]
            for at in range(0, len(guids), AT_ONCE):
                query = select(entity).where(entity.guid.in_(guids[at : at + AT_ONCE]))
                self.rows |= {(table, row.guid): row for row in self.session.scalars(query)}

    def row(self, table: str, guid: str) -> Entity | None:
        return self.rows.get((table, guid))

    def begin(self, change: Change) -> None:
        """Sends off what waits, unless this change may go with it."""
        kind = (change.op, change.table)
        # Rows of one table that refer to each other go one by one: their order matters.
        if kind != self.together or change.table in _SELF_REFERRING:
            self.flush()
        self.together = kind

    def flush(self) -> None:
        # What went first comes back first: rows that nothing else orders keep their order.
        self.session.add_all(reversed(self.waiting.values()))
        self._renorm()
        self.session.flush()
        self.ids |= {key: row.id for key, row in self.waiting.items()}
        self.rows |= self.waiting
        self.waiting.clear()

    def _renorm(self) -> None:
        """Paragraphs with other borders get their search form."""
        texts: dict[int, str] = {}
        for row in self.recut.values():
            if row.source_id not in texts:
                query = select(material.Source.text).where(material.Source.id == row.source_id)
                texts[row.source_id] = self.session.connection().execute(query).scalar_one()
            row.norm = normalised(texts[row.source_id][row.label_stop : row.stop])
        self.recut.clear()

    def reference(self, target: Table, guid: str | None) -> int | None:
        if guid is None:
            return None
        key = (target.name, guid)
        if key in self.waiting:
            self.flush()
        if key not in self.ids:
            query = select(target.c.id).where(target.c.guid == guid)
            row: int | None = self.session.connection().execute(query).scalar_one_or_none()
            if row is None:
                raise KnownError(_("This cannot be undone: what it refers to is no longer there."))
            self.ids[key] = row
        return self.ids[key]

    def lively(self, column: Column[Any], value: Any) -> Any:
        target = target_of(column)
        return _lively(column, value) if target is None else self.reference(target, value)

    def take_back(self, change: Change) -> None:
        self.begin(change)
        {
            "insert": self._take_out,
            "delete": self._put_back,
            "update": self._set_back,
            "bundle-in": self._bundle_out,
            "bundle-out": self._bundle_in,
            "splice": self._splice_back,
        }[change.op](change)

    def _take_out(self, change: Change) -> None:
        row = self.row(change.table, change.guid)
        if row is None or not self._as_left(row, self._placed(change, change.new)):
            raise _since_changed(self.session, change)
        if change.table in SHARED:
            self.shared.append((row, change))
        else:
            self._delete(row, change)

    def _delete(self, row: Entity, change: Change) -> None:
        self.session.delete(row)
        self._forget(change)

    def _forget(self, change: Change) -> None:
        key = (change.table, change.guid)
        self.gone[key] = change
        self.ids.pop(key, None)
        self.rows.pop(key, None)

    def _release(self) -> None:
        """Shared rows go last: what the same unit hung on them is gone by then."""
        self.flush()
        needed = self._needed([row for row, _change in self.shared])
        for row, change in self.shared:
            if row.guid not in needed:
                self._delete(row, change)
        self.flush()
        self.shared.clear()

    def _as_left(self, row: Entity, left: dict[str, Any]) -> bool:
        # A column younger than the entry shows its default; one that held nothing is not in the entry.
        whole = self.collector.whole(self.session.connection(), row)
        columns = table_of(type(row)).columns
        return left.keys() <= whole.keys() and all(
            value == left[name] if name in left else _is_default(columns[name], value)
            for name, value in whole.items()
        )

    def _needed(self, rows: Sequence[Entity]) -> set[str]:
        """GUIDs of those rows to which something refers."""
        found: set[str] = set()
        for at in range(0, len(rows), AT_ONCE):
            some = rows[at : at + AT_ONCE]
            found.update(self._links(some[0].__tablename__, [row.guid for row in some]))
            names = {row.id: row.guid for row in some}
            for column in _references_to(table_of(type(some[0]))):
                query = select(column).where(column.in_(names)).distinct()
                found.update(names[row] for row in self.session.connection().execute(query).scalars())
        return found

    def _links(self, table: str, guids: Sequence[str]) -> list[str]:
        """Those of the GUIDs on which a memo hangs, or to which something else points by words."""
        connection = self.session.connection()
        found: list[str] = []
        for pointer, where, which, kinds in _pointers():
            kind = table if kinds is None else kinds.get(table)
            if kind is not None:
                guid = pointer.c[which]
                own = (pointer.c[where] == kind) | pointer.c[where].startswith(f"{kind}:")
                query = select(guid).where(own, guid.in_(guids))
                found += connection.execute(query).scalars()
        return found

    def finish(self) -> None:
        """Flushes; refuses where a memo, a target or a cell would hang on nothing (it is no foreign key)."""
        self._release()
        for table in {table for table, _guid in self.gone}:
            guids = [guid for named, guid in self.gone if named == table]
            for at in range(0, len(guids), AT_ONCE):
                if self._links(table, guids[at : at + AT_ONCE]):
                    raise KnownError(
                        _("This cannot be undone: a memo, an answer, a map or a cell hangs on it since.")
                    )

    def _put_back(self, change: Change) -> None:
        row = self._made(change.table, change.guid, self._placed(change, change.old))
        self.waiting[change.table, change.guid] = row
        self.gone.pop((change.table, change.guid), None)

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
        connection = self.session.connection()
        current = self.collector.value(connection, column, getattr(row, change.field))
        old, new = change.old, change.new
        if change.table in PLACED:
            old, new = (self.since.field(change, row, value) for value in (old, new))
        if current != new:
            raise _since_changed(self.session, change)
        setattr(row, change.field, self.lively(column, old))
        if isinstance(row, material.Paragraph) and change.field in ("start", "stop", "label_stop"):
            self.recut[row.id] = row

    def _placed(self, change: Change, values: dict[str, Any]) -> dict[str, Any]:
        """A row's values, with its places as they are after later corrections of the text."""
        return self.since.row(change, values) if change.table in PLACED else values

    def _splice_back(self, change: Change) -> None:
        from qda.models.splicing import backwards, hunks_of, splice

        self._release()
        row = self.session.scalars(select(material.Source).where(material.Source.guid == change.guid)).first()
        if row is None or row.sha256 != change.new["sha256"]:
            raise _since_changed(self.session, change)
        splice(self.session, row, backwards(hunks_of(change.old)), restore=change.old["kept"])
        self.since.taken_back(self.collector.changes[-1])

    def _bundle_out(self, change: Change) -> None:
        self._release()
        row = self.session.scalars(select(material.Source).where(material.Source.guid == change.guid)).first()
        if row is None or self._touched_since(row, change):
            raise _since_changed(self.session, change)
        remove_bundle(self.session, row)
        self._forget(change)

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
        self.rows["source", change.guid] = source
        self.ids["source", change.guid] = source.id

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
    for at in range(0, len(guids), AT_ONCE):
        query = (
            select(Unit.label, Unit.coder)
            .join(Change, Change.unit_id == Unit.id)
            .where(
                Change.guid.in_(guids[at : at + AT_ONCE]),
                Change.table.in_(("source", *BUNDLE) if change.op.startswith("bundle") else (change.table,)),
                Change.op == "splice" if change.op == "splice" else Change.op != "",
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
    listed = list(changes)
    reverser = _Reverser(session, min((change.id for change in listed), default=0))
    reverser.fetch(listed)
    for change in reversed(listed):
        reverser.take_back(change)
    reverser.finish()
