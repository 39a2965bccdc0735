"""The life of a category, told from the journal: how it was made, named, defined, moved, merged and split.

Acts that were undone are left out, as if they had not been. Memos on the category stand among the events, at
the time at which they were written.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, String, cast, select
from sqlalchemy.orm import aliased

from qda.coding.access import pairs
from qda.coding.material import Passages
from qda.coding.references import code_paths
from qda.coding.rows import SegmentRow
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code, Coding, Memo, MemoLink, Segment
from qda.models.journal_tables import Change, Unit
from qda.models.material import Coder

EventKind = Literal[
    "made", "named", "defined", "moved", "kind", "passage", "merged", "split", "property", "core", "memo"
]
_TEXTS: Final = ("definition", "delimitation", "anchor", "rule")
_CHOSEN: Final = ("typical_id", "deviating_id")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a category: what, when, by whom.

    ``text`` is the version that was written (a definition, a memo's beginning), ``segment`` the passage that
    it was made from or that was chosen, ``memo`` the memo's GUID, ``other`` that of a code merged into it.
    """

    kind: EventKind
    at: datetime
    coder: str
    words: str
    text: str = ""
    segment: SegmentRow | None = None
    memo: str = ""
    other: str = ""


def life(project: Project, code: str) -> list[Event]:
    """What happened to a code (GUID), oldest first; of acts of one moment in their order."""
    with project.read() as db:
        teller = _Teller(db, code)
        return sorted(teller.events(), key=lambda event: event.at)


class _Teller:
    """Reads the journal of one code. Passages are told in their present words."""

    def __init__(self, db: Connection, code: str) -> None:
        self._db = db
        self._code = code
        self._coders = pairs(db.execute(select(Coder.guid, Coder.name)))
        self._undone = undone_units(db)
        self._names = _all_names(db)
        self._passages = Passages(db)

    def events(self) -> Iterable[Event]:
        """All events, in no order across their kinds."""
        yield from self._own()
        yield from self._joined()
        yield from self._parted()
        yield from self._properties()
        yield from self._core()
        yield from self._memos()

    def _changes(self, *where: Any) -> list[Row[*tuple[Any, ...]]]:
        query = (
            select(Change, Unit.at.label("moment"), Unit.coder.label("who"))
            .join(Unit, Unit.id == Change.unit_id)
            .where(*where)
            .order_by(Change.id)
        )
        columns = query.with_only_columns(
            *Change.__table__.columns,
            Unit.at.label("moment"),
            Unit.coder.label("who"),
            Unit.kind.label("way"),
        )
        found = self._db.execute(columns).all()
        return [row for row in found if row.way == "do" and row.unit_id not in self._undone]

    def _event(
        self, kind: EventKind, row: Row[*tuple[Any, ...]], words: str, text: str = "", passage: str = ""
    ) -> Event:
        segment = self._passages.of([passage]).get(passage) if passage else None
        return Event(kind, row.moment, self._coders.get(row.who, ""), words, text, segment)

    # -- the code's own row ---------------------------------------------------------------------------------

    def _own(self) -> Iterable[Event]:
        for row in self._changes(Change.table == "code", Change.guid == self._code):
            if row.op == "insert":
                yield self._made(row)
            elif row.op == "update":
                event = self._changed(row)
                if event is not None:
                    yield event

    def _made(self, row: Row[*tuple[Any, ...]]) -> Event:
        new = row.new or {}
        first = self._first_passage(row.unit_id)
        if new.get("origin") == "in-vivo":
            words = _("Made in vivo: “{name}”")
        elif first:
            words = _("Made from a passage: “{name}”")
        else:
            words = _("Made: “{name}”")
        return self._event("made", row, words.format(name=new.get("name", "")), passage=first)

    def _first_passage(self, unit: int) -> str:
        """The passage that was coded in the act that made the code."""
        query = select(Change.new).where(
            Change.unit_id == unit, Change.table == "coding", Change.op == "insert"
        )
        for new in self._db.execute(query).scalars():
            if new and new.get("code_id") == self._code:
                return str(new.get("segment_id", ""))
        return ""

    def _changed(self, row: Row[*tuple[Any, ...]]) -> Event | None:
        field, new = row.field, row.new
        if field == "name":
            words = _("Renamed: “{old}” became “{new}”").format(old=row.old, new=new)
            return self._event("named", row, words)
        if field in _TEXTS:
            return self._event("defined", row, _version(field, str(new or "")), str(new or ""))
        if field == "parent_id":
            name = self._names.get(str(new), "")
            words = _("Moved below “{name}”").format(name=name) if new else _("Moved to the top of the tree")
            return self._event("moved", row, words)
        if field == "kind":
            words = _("Became a category") if new == "category" else _("Became a concept")
            return self._event("kind", row, words)
        if field in _CHOSEN:
            return self._event("passage", row, _chosen(field, chosen=bool(new)), passage=str(new or ""))
        return None

    # -- joined with others, parted from others -----------------------------------------------------------

    def _joined(self) -> Iterable[Event]:
        """Codes that went into this one: gone in an act that put codings or memos of theirs here."""
        for row in self._changes(Change.table == "code", Change.op == "delete"):
            if row.guid != self._code and self._took_over(row.unit_id, row.guid):
                name = (row.old or {}).get("name", "")
                event = self._event("merged", row, _("“{name}” was merged into it").format(name=name))
                yield replace(event, other=row.guid)

    def _took_over(self, unit: int, gone: str) -> bool:
        query = select(Change.old, Change.new, Change.op).where(
            Change.unit_id == unit, Change.table.in_(("coding", "code", "property", "memo_link"))
        )
        joined = False
        for old, new, op in self._db.execute(query):
            if op == "update" and old == gone:
                return bool(new == self._code)
            if op == "delete" and isinstance(old, dict) and old.get("code_id") == gone:
                joined = True  # its twin was here already
        return joined and self._keeps_twin(unit, gone)

    def _keeps_twin(self, unit: int, gone: str) -> bool:
        """All codings of the code that went stood under this one too."""
        query = select(Change.old).where(
            Change.unit_id == unit, Change.table == "coding", Change.op == "delete"
        )
        segments = {
            old["segment_id"]
            for old in self._db.execute(query).scalars()
            if old and old.get("code_id") == gone
        }
        mine = (
            select(Segment.guid)
            .join(Coding, Coding.segment_id == Segment.id)
            .join(Code, Code.id == Coding.code_id)
            .where(Code.guid == self._code, Segment.guid.in_(sorted(segments)))
        )
        return set(self._db.execute(mine).scalars()) == segments

    def _parted(self) -> Iterable[Event]:
        """New codes that took passages of this one in the act that made them."""
        moved = aliased(Change)
        here = (
            select(moved.unit_id)
            .where(
                moved.unit_id == Change.unit_id,
                moved.table == "coding",
                moved.op == "update",
                moved.field == "code_id",
                cast(moved.old, String) == json.dumps(self._code),
            )
            .exists()
        )
        made: dict[int, list[Row[*tuple[Any, ...]]]] = {}
        for row in self._changes(Change.table == "code", Change.op == "insert", here):
            made.setdefault(row.unit_id, []).append(row)
        for rows in made.values():
            names = ", ".join(_("“{name}”").format(name=(row.new or {}).get("name", "")) for row in rows)
            yield self._event("split", rows[0], _("Passages were parted off: {names}").format(names=names))

    # -- what hangs on it ---------------------------------------------------------------------------------

    def _properties(self) -> Iterable[Event]:
        mine: dict[str, str] = {}
        for row in self._changes(Change.table == "property"):
            new, old = row.new, row.old
            if row.op == "insert" and new and new.get("code_id") == self._code:
                mine[row.guid] = new.get("name", "")
                yield self._event("property", row, _("Property: “{name}”").format(name=mine[row.guid]))
            elif row.op == "update" and row.field == "name" and row.guid in mine:
                words = _("Property “{old}” became “{new}”").format(old=old, new=new)
                yield self._event("property", row, words)
            elif row.op == "delete" and old and old.get("code_id") == self._code:
                words = _("Property “{name}” was given up").format(name=old.get("name", ""))
                yield self._event("property", row, words)

    def _core(self) -> Iterable[Event]:
        for row in self._changes(Change.table == "core_category"):
            if row.op == "update":
                old, new = (row.old, row.new) if row.field == "code_id" else ("", "")
            else:
                old, new = (row.old or {}).get("code_id"), (row.new or {}).get("code_id")
            if new == self._code:
                yield self._event("core", row, _("Became the core category"))
            elif old == self._code:
                yield self._event("core", row, _("No longer the core category"))

    def _memos(self) -> Iterable[Event]:
        query = (
            select(Memo.guid, Memo.title, Memo.body, Memo.created, Coder.name)
            .join(MemoLink, MemoLink.memo_id == Memo.id)
            .join(Coder, Coder.id == Memo.coder_id)
            .where(MemoLink.target_table == "code", MemoLink.target_guid == self._code)
        )
        for r in self._db.execute(query):
            text = " ".join(r.body.split())
            words = _("Memo: {title}").format(title=r.title)
            yield Event("memo", r.created, r.name, words, text, memo=r.guid)


def undone_units(db: Connection) -> frozenset[int]:
    """The acts (by id) that do not hold: undone, and not brought back after that."""
    reverses = pairs(db.execute(select(Unit.id, Unit.reverses).where(Unit.reverses.is_not(None))))
    out: set[int] = set()
    for unit in sorted(reverses, reverse=True):  # the last word first
        if unit not in out:
            out.add(reverses[unit])
    return frozenset(out)


def _all_names(db: Connection) -> dict[str, str]:
    """What codes are called, also those that are gone."""
    query = select(Change.guid, Change.old).where(Change.table == "code", Change.op == "delete")
    gone = {r.guid: (r.old or {}).get("name", "") for r in db.execute(query)}
    return gone | code_paths(db)


def _version(field: str, text: str) -> str:
    written = {
        "definition": _("Working definition:"),
        "delimitation": _("Delimitation:"),
        "anchor": _("Anchor example:"),
        "rule": _("Coding rule:"),
    }
    given_up = {
        "definition": _("Working definition given up"),
        "delimitation": _("Delimitation given up"),
        "anchor": _("Anchor example given up"),
        "rule": _("Coding rule given up"),
    }
    return (written if text.strip() else given_up)[field]


def _chosen(field: str, *, chosen: bool) -> str:
    if field == "typical_id":
        return _("Typical passage chosen") if chosen else _("Typical passage taken back")
    return _("Deviating passage chosen") if chosen else _("Deviating passage taken back")
