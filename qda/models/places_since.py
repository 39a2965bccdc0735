"""Undo and corrections of a text: an older entry names places of the text as it was then."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.errors import KnownError
from qda.i18n import _
from qda.models import material
from qda.models.base import Entity
from qda.models.journal import Collector, Recorded, table_of
from qda.models.journal_tables import Change

if TYPE_CHECKING:
    from qda.models.splicing import Places

PLACED = frozenset({"segment", "paragraph", "time_mark"})  # their rows name places of a text


class PlacesSince:
    """Where the places that an older entry names lie now: texts may have been corrected since."""

    def __init__(self, session: Session, first: int) -> None:
        self.session = session
        self.collector: Collector = session.info["collector"]
        self.first = first  # the first entry that is taken back
        self.done: dict[str, list[Recorded]] = {}  # corrections taken back just now
        self.entries: dict[str, list[Change]] = {}
        self.known: dict[tuple[str, int, int], list[Places]] = {}

    def taken_back(self, correction: Recorded) -> None:
        """A correction has been taken back just now: its reverse stands in the journal of this unit."""
        self.done.setdefault(correction.guid, []).append(correction)

    def row(self, change: Change, values: dict[str, Any]) -> dict[str, Any]:
        """A row's values in an entry, with places of the text as it is now.

        :raises KnownError: the words that it stood on are gone.
        """
        path = self._path(values["source_id"], change.id)
        if not path:
            return values
        found = {name: self._now(path, change.table, name, value) for name, value in values.items()}
        if change.table == "segment" and found["start"] >= found["stop"]:
            raise KnownError(_("This cannot be undone: the words it stood on are no longer there."))
        return found

    def field(self, change: Change, row: Entity, value: Any) -> Any:
        """A field's value in an entry; where it is a place, of the text as it is now."""
        table = table_of(material.Source)
        source = self.collector.name_of(self.session.connection(), table, row.source_id)  # type: ignore[attr-defined]
        return self._now(self._path(source or "", change.id), change.table, change.field, value)

    def _now(self, path: "list[Places]", table: str, name: str, value: Any) -> Any:
        if path:
            from qda.models.splicing import RULES

            for places in path if name in RULES[table] else ():
                value = places.one(value, RULES[table][name])
        return value

    def _path(self, source: str, entry: int) -> "list[Places]":
        """The corrections since ``entry``; such as were taken back again are none."""
        if source not in self.entries:
            query = select(Change).where(
                Change.table == "source",
                Change.guid == source,
                Change.op == "splice",
                Change.id > self.first,
            )
            self.entries[source] = list(self.session.scalars(query.order_by(Change.id)))
        stored, done = self.entries[source], self.done.get(source, [])
        begin = bisect_right(stored, entry, key=lambda change: change.id)
        if begin == len(stored) and not done:
            return []
        key = (source, begin, len(done))
        if key not in self.known:
            self.known[key] = self._without_loops([*stored[begin:], *done])
        return self.known[key]

    def _without_loops(self, corrections: Sequence[Change | Recorded]) -> "list[Places]":
        from qda.models.splicing import Places, hunks_of

        states, path = [corrections[0].old["sha256"]], []
        for correction in corrections:
            state = correction.new["sha256"]
            path.append(correction)
            states.append(state)
            again = states.index(state)
            del states[again + 1 :], path[again:]
        return [Places(hunks_of(correction.old)) for correction in path]
