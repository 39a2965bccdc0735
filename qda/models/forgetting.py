"""The history forgets: what its entries keep of rows that were deleted for good, and of what quoted them.

An act of which something is forgotten is a wall: it cannot be taken back (``unit.erased``). All that it kept
goes, and of its name what stands in quotation marks. What the language tools read in a text is no part of the
history; :func:`qda.models.erasing.drop_analyses` deletes it.
"""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, String, bindparam, select, type_coerce, update

from qda.models.journal import ENTITIES, Recorded, table_of
from qda.models.journal_tables import Change, Unit

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WORD = re.compile(r"\w+")
_QUOTED = re.compile("[“„].*[”“]", re.DOTALL)
_RUN = 5  # as many words in a row are a quotation
# Columns through which a row belongs to another and goes with it.
_OWNED = frozenset(
    ("source_id", "segment_id", "case_id", "paragraph_id", "memo_id", "evidence_id", "target_guid")
)
_NOT_OWNED = frozenset(("source", "speaker", "code", "memo", "evidence"))
# Rows that go where the last thing they hung on goes.
_HANGING = {"memo_link": "memo_id", "evidence_segment": "evidence_id"}
# Three blanks without a quotation mark between: in JSON only inside a text.
_SENTENCE = re.compile(r'(?:\s[^"\s]*){3}')
_BLANK = "·"


@dataclass(frozen=True, slots=True)
class Entry:
    """A change with what it keeps, which is read from JSON only where it is asked for."""

    id: int
    unit: int
    op: str
    table: str
    guid: str
    field: str
    written_old: Any
    written_new: Any

    @property
    def old(self) -> Any:
        """What was there before."""
        return _read(self.written_old)

    @property
    def new(self) -> Any:
        """What is there since."""
        return _read(self.written_new)

    @property
    def kept(self) -> Any:
        """The row of an insert or delete."""
        old = self.old
        return self.new if old is None else old

    def mentioned(self) -> Iterator[str]:
        """The GUIDs that stand in it."""
        for written in (self.written_old, self.written_new):
            if isinstance(written, str):
                yield from _GUID.findall(written)


def payloads(connection: Connection) -> Iterator[Entry]:
    """All entries of the history, oldest first. Nothing may be written while they are read."""
    table = table_of(Change)
    query = select(
        table.c.id,
        table.c.unit_id,
        table.c.op,
        table.c.table,
        table.c.guid,
        table.c.field,
        type_coerce(table.c.old, String),
        type_coerce(table.c.new, String),
    ).order_by(table.c.id)
    for row in connection.execute(query):
        yield Entry(*row)


def _read(raw: Any) -> Any:
    return json.loads(raw) if isinstance(raw, str) else raw  # SQLite keeps a bare number as one


def blanked(splice: dict[str, Any]) -> dict[str, Any]:
    """A correction without its words: older places are still led to where they lie now."""
    hunks = [[at, _BLANK * len(old), _BLANK * len(new)] for at, old, new in splice["hunks"]]
    return splice | {"hunks": hunks}


def without_content(changes: Iterable[Recorded]) -> list[Recorded]:
    """What stays in the history of a deletion for good: which rows, and how places in texts moved."""
    listed = list(changes)
    kept = [Recorded("erased", table, guid) for table, guid in rows_of(listed)]
    moved = [
        Recorded("splice", c.table, c.guid, old=blanked(c.old), new=c.new) for c in listed if c.op == "splice"
    ]
    return kept + moved


def rows_of(changes: Iterable[Recorded]) -> list[tuple[str, str]]:
    """Table and GUID of the rows that were changed, each once."""
    return list(dict.fromkeys((change.table, change.guid) for change in changes))


@dataclass(slots=True)
class Trace:
    """By what the history is searched.

    ``guids``: rows that are gone. ``fields``: (table, GUID) → columns that were changed for good.
    ``documents``: documents of which words were taken out for good. ``words`` and ``runs``: what may
    be quoted nowhere.
    """

    guids: set[str] = field(default_factory=set)
    fields: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    documents: set[str] = field(default_factory=set)
    words: tuple[str, ...] = ()
    runs: set[tuple[str, ...]] = field(default_factory=set)
    originals: set[str] = field(default_factory=set)

    @classmethod
    def of(
        cls, changes: Sequence[Recorded], *, words: Collection[str] = (), passages: Collection[str] = ()
    ) -> "Trace":
        """The trace of what a unit of work did."""
        trace = cls()
        for change in changes:
            if change.op in ("delete", "bundle-out"):
                trace.guids.add(change.guid)
            elif change.op == "update":
                trace.fields[change.table, change.guid].add(change.field)
            elif change.op == "splice":
                trace.documents.add(change.guid)
        trace.words = tuple(sorted({word.strip().casefold() for word in words if word.strip()}))
        for passage in passages:
            trace.runs |= runs(passage)
        return trace

    def add_bundle(self, guid: str, kept: dict[str, Any]) -> None:
        """A document that is gone, with the GUIDs of its parts."""
        self.guids.add(guid)
        self.originals.add(kept["source"].get("original_sha256") or "")
        for name, part in kept.items():
            if name != "source":
                at = part["columns"].index("guid")
                self.guids |= {row[at] for row in part["rows"]}

    def quotes(self, text: str) -> bool:
        """Whether a text holds one of the words, or quotes one of the passages."""
        folded = text.casefold()
        for word in self.words:
            if word in folded and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded):
                return True
        if not self.runs or not _SENTENCE.search(text):
            return False
        return any(not self.runs.isdisjoint(runs(part)) for part in text.split('"'))

    def quoted_in(self, entry: Entry) -> bool:
        """As :meth:`quotes`, of what an entry keeps."""
        for written in (entry.written_old, entry.written_new):
            if isinstance(written, str):
                plain = "\\" not in written
                if self.quotes(written if plain else '"'.join(_texts(_read(written)))):
                    return True
        return False


def runs(text: str, length: int = _RUN) -> set[tuple[str, ...]]:
    """All runs of ``length`` words of a text."""
    words = _WORD.findall(text.casefold())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


# -- forgetting ---------------------------------------------------------------------------------------------


def forget(connection: Connection, trace: Trace) -> int:
    """Empties all entries that concern the trace, and closes their acts; how many there are."""
    _follow(connection, trace)
    units = {entry.unit for entry in payloads(connection) if _concerned(entry, trace)}
    units |= _labelled(connection, trace)
    _empty(connection, units)
    close(connection, units)
    return len(units)


def _living(connection: Connection) -> set[str]:
    """GUIDs of documents, memos and pieces of evidence that are there."""
    tables = [table_of(ENTITIES[name]) for name in ("source", "memo", "evidence")]
    return {guid for table in tables for guid in connection.execute(select(table.c.guid)).scalars()}


def _follow(connection: Connection, trace: Trace) -> None:
    """Adds to the trace the rows of earlier days that belonged to what is gone, and were gone before it.

    What belongs to a row mostly came after it: one or two rounds find all.
    """
    living, before = _living(connection), -1
    while before < len(trace.guids):
        before = len(trace.guids)
        for entry in payloads(connection):
            if entry.op in ("insert", "delete", "bundle-out") and not trace.guids.isdisjoint(
                entry.mentioned()
            ):
                _note(entry, trace, living)


def _note(entry: Entry, trace: Trace, living: set[str]) -> None:
    kept = entry.kept
    if entry.op == "bundle-out":
        gone = entry.guid in trace.guids or not trace.guids.isdisjoint(_cases(kept))
        if gone and entry.guid not in living:
            trace.add_bundle(entry.guid, kept)
        return
    if entry.table in _NOT_OWNED:
        return
    hanging = _HANGING.get(entry.table)
    owners = {kept[name] for name in _OWNED.intersection(kept) if name != hanging}
    if not owners.isdisjoint(trace.guids):
        trace.guids.add(entry.guid)
        if hanging and kept[hanging] not in living:  # the memo or the evidence was gone before
            trace.guids.add(kept[hanging])


def _cases(kept: dict[str, Any]) -> set[str]:
    found = {kept["source"].get("case_id")}
    speakers = kept.get("speaker", {"columns": [], "rows": []})
    if "case_id" in speakers["columns"]:
        at = speakers["columns"].index("case_id")
        found |= {row[at] for row in speakers["rows"]}
    return {case for case in found if case}


def _concerned(entry: Entry, trace: Trace) -> bool:
    if entry.guid in trace.guids:
        return True
    changed = trace.fields.get((entry.table, entry.guid))
    if changed and (entry.op in ("insert", "delete") or entry.field in changed):
        return True
    if entry.table == "source" and entry.guid in trace.documents and entry.op in ("splice", "bundle-out"):
        return True
    if not trace.guids.isdisjoint(entry.mentioned()):
        return True
    # Other people's transcripts share runs of words with any text: they are no quotations.
    of_document = entry.op.startswith("bundle") or entry.op == "splice"
    return not of_document and trace.quoted_in(entry)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))


def _labelled(connection: Connection, trace: Trace) -> set[int]:
    """Acts whose name quotes it."""
    found = connection.execute(select(Unit.id, Unit.label)).all()
    return {row.id for row in found if trace.quotes(row.label)}


def _empty(connection: Connection, units: Collection[int]) -> None:
    table = table_of(Change)
    chosen = (table.c.unit_id == bindparam("u"), table.c.op != "splice")
    statement = update(table).where(*chosen).values(old=None, new=None)
    if units:
        connection.execute(statement, [{"u": unit} for unit in units])
    splices = select(table.c.id, table.c.unit_id, table.c.old).where(table.c.op == "splice")
    for number, unit, old in connection.execute(splices).all():
        if unit in units and old:
            connection.execute(update(table).where(table.c.id == number).values(old=blanked(old)))
    labels = connection.execute(select(Unit.id, Unit.label)).all()
    for row in labels:
        if row.id in units and (label := _QUOTED.sub("“…”", row.label)) != row.label:
            connection.execute(update(Unit).where(Unit.id == row.id).values(label=label))


def close(connection: Connection, units: Collection[int]) -> None:
    """Makes walls of acts: they cannot be taken back any more."""
    if units:
        statement = update(table_of(Unit)).where(table_of(Unit).c.id == bindparam("u")).values(erased=True)
        connection.execute(statement, [{"u": unit} for unit in units])
