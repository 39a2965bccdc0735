"""Looks at a project file past the program: its state by GUID, what hangs in the air, and shadow triggers.

The triggers write down every inserted, deleted and updated row of the journalled tables; a unit's shadow must
say the same as its entries in the journal.
"""

import hashlib
import json
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Column
from sqlcipher3 import dbapi2

from qda.coding.references import TARGET_TABLES
from qda.models.base import UtcDateTime
from qda.models.engines import address
from qda.models.inquiry import ROW_KINDS
from qda.models.journal import BUNDLE, ENTITIES, fields_of, table_of, target_of

UNUSED_SEGMENTS = """
SELECT guid FROM segment WHERE id NOT IN (SELECT segment_id FROM coding)
AND id NOT IN (SELECT segment_id FROM pencil)
AND id NOT IN (SELECT segment_id FROM evidence_segment)
AND id NOT IN (SELECT segment_id FROM property_value WHERE segment_id IS NOT NULL)
AND guid NOT IN (SELECT target_guid FROM memo_link)
AND guid NOT IN (SELECT target_guid FROM sampling_target)
AND guid NOT IN (SELECT target_guid FROM question_answer)
AND guid NOT IN (SELECT target_guid FROM map_item)
AND id NOT IN (SELECT segment_id FROM candidate_pass)
AND id NOT IN (SELECT segment_id FROM cell_quotation)
AND id NOT IN (SELECT typical_id FROM code WHERE typical_id IS NOT NULL)
AND id NOT IN (SELECT deviating_id FROM code WHERE deviating_id IS NOT NULL)
AND id NOT IN (SELECT in_vivo_id FROM code WHERE in_vivo_id IS NOT NULL)
AND NOT EXISTS (SELECT 1 FROM story WHERE instr(story.body, 'segment:' || segment.guid))
AND NOT EXISTS (SELECT 1 FROM cell_summary WHERE instr(cell_summary.body, 'segment:' || segment.guid))
"""
NEVER = {
    "a segment that nothing needs": UNUSED_SEGMENTS,
    "the same coding twice": (
        "SELECT min(guid) FROM coding GROUP BY segment_id, code_id, coder_id HAVING count(*) > 1"
    ),
    "two segments of one span": (
        "SELECT min(guid) FROM segment GROUP BY source_id, start, stop HAVING count(*) > 1"
    ),
    "the same placement twice": (
        "SELECT min(guid) FROM placement GROUP BY slot_id, code_id, level, addressee HAVING count(*) > 1"
    ),
    "a relation of a code with itself": "SELECT guid FROM relation WHERE from_id = to_id",
    "evidence without a passage": (
        "SELECT guid FROM evidence WHERE id NOT IN (SELECT evidence_id FROM evidence_segment)"
    ),
    "a code at the top without colour": "SELECT guid FROM code WHERE parent_id IS NULL AND colour IS NULL",
    "a segment outside its text": (
        "SELECT segment.guid FROM segment JOIN source ON source.id = source_id "
        "WHERE start < 0 OR stop > length OR start >= stop"
    ),
    "a case nested twice": (
        "SELECT c.guid FROM case_ c JOIN case_ p ON p.id = c.parent_id WHERE p.parent_id IS NOT NULL"
    ),
    "two pencil marks of one person on a passage": (
        "SELECT min(guid) FROM pencil GROUP BY segment_id, coder_id HAVING count(*) > 1"
    ),
    "a code on two piles": "SELECT min(guid) FROM pile_code GROUP BY code_id HAVING count(*) > 1",
    "a memo twice on a pile": (
        "SELECT min(guid) FROM memo_pile_entry GROUP BY pile_id, memo_id HAVING count(*) > 1"
    ),
    "a target twice in a sampling decision": (
        "SELECT min(guid) FROM sampling_target GROUP BY decision_id, target_table, target_guid "
        "HAVING count(*) > 1"
    ),
    "two answers to one question": (
        "SELECT min(guid) FROM question_answer GROUP BY key, target_table, target_guid HAVING count(*) > 1"
    ),
    "two summaries of a cell": (
        "SELECT min(guid) FROM cell_summary GROUP BY row_kind, row_guid, case_id HAVING count(*) > 1"
    ),
    "two quotations of a cell": (
        "SELECT min(guid) FROM cell_quotation GROUP BY row_kind, row_guid, case_id, role HAVING count(*) > 1"
    ),
    "an object twice on a map": (
        "SELECT min(guid) FROM map_item WHERE target_guid <> '' "
        "GROUP BY map_id, target_table, target_guid HAVING count(*) > 1"
    ),
    "a line to another map": (
        "SELECT l.guid FROM map_line l JOIN map_item a ON a.id = l.from_id JOIN map_item b ON b.id = l.to_id "
        "WHERE a.map_id <> l.map_id OR b.map_id <> l.map_id OR a.id = b.id"
    ),
    "a candidate passed over twice": (
        "SELECT min(guid) FROM candidate_pass GROUP BY relation_id, segment_id HAVING count(*) > 1"
    ),
    "two core categories": "SELECT min(guid) FROM core_category HAVING count(*) > 1",
}
NEVER |= {
    f"a memo on a {name} that is gone": (
        f"SELECT guid FROM memo_link WHERE target_table = '{name}' "
        f"AND target_guid NOT IN (SELECT guid FROM {name})"
    )
    for name in ENTITIES
}
NEVER |= {
    f"a {pointer} of a {name} that is gone": (
        f"SELECT guid FROM {pointer} WHERE target_table = '{name}' "
        f"AND target_guid NOT IN (SELECT guid FROM {name})"
    )
    for name in TARGET_TABLES.values()
    for pointer in ("sampling_target", "question_answer", "map_item")
}
NEVER |= {
    f"a {pointer} of a {name} that is gone": (
        f"SELECT guid FROM {pointer} WHERE (row_kind = '{kind}' OR row_kind LIKE '{kind}:%') "
        f"AND row_guid NOT IN (SELECT guid FROM {name})"
    )
    for name, kind in ROW_KINDS.items()
    for pointer in ("cell_summary", "cell_quotation")
}


FAULTS = " UNION ALL ".join(f"SELECT '{fault}' WHERE EXISTS ({query})" for fault, query in NEVER.items())


def _state_of(name: str) -> str:
    """SQL that gives a table's rows as one JSON object by GUID, in the order of the GUIDs."""
    fields = []
    for column in table_of(ENTITIES[name]).columns:
        target = target_of(column)
        value = f't."{column.name}"'
        if target is not None:
            value = f"(SELECT guid FROM {target.name} WHERE id = {value})"
        if column.name not in ("id", "guid"):
            fields.append(f"'{column.name}', {value}")
    row = f"json_object({', '.join(fields)})"
    return (
        f"SELECT json_object('{name}', (SELECT json_group_object(guid, json(row)) FROM "
        f"(SELECT t.guid AS guid, {row} AS row FROM {name} t ORDER BY t.guid)))"
    )


STATE = " UNION ALL ".join(_state_of(name) for name in ENTITIES)


def canonical(column: Column[Any], raw: Any, names: dict[tuple[str, int], str]) -> Any:
    """A stored value as the journal would write it."""
    if raw is None:
        return None
    target = target_of(column)
    if target is not None:
        return names[target.name, raw]
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(raw).replace(tzinfo=UTC).isoformat()
    if isinstance(column.type, Boolean):
        return bool(raw)
    return json.loads(raw) if isinstance(column.type, JSON) else raw


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value  # SQLite keeps a bare number as one


class Watcher:
    """A connection of its own to the file."""

    def __init__(self, path: Path) -> None:
        self.db = dbapi2.connect(f"{address(path)}?mode=rw", uri=True, isolation_level=None, timeout=5)

    def close(self) -> None:
        self.db.close()

    def guids(self, table: str) -> list[str]:
        return [row[0] for row in self.db.execute(f"SELECT guid FROM {table} ORDER BY id")]

    def one(self, query: str, *values: Any) -> Any:
        return self.db.execute(query, values).fetchone()

    def state(self) -> str:
        """All journalled rows by GUID, references as GUIDs, as one text; derived columns too."""
        return "\n".join(row[0] for row in self.db.execute(STATE))

    def check_search_index(self) -> None:
        """Fails (in the database) where the index is not what the paragraphs say."""
        for index in ("paragraph_words", "paragraph_parts"):
            self.db.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")

    def faults(self) -> list[str]:
        """What must never be, by name."""
        found = [row[0] for row in self.db.execute(FAULTS)]
        if self.db.execute("PRAGMA foreign_key_check").fetchone():
            found.append("a reference to nothing")
        return found

    # -- shadow triggers ----------------------------------------------------------------------------------

    def cast_shadows(self) -> None:
        """Makes the triggers and notes the names of the rows that are there."""
        self.db.execute("CREATE TABLE shadow (n INTEGER PRIMARY KEY, op, tab, guid, data)")
        self.db.execute("CREATE TABLE shadow_name (tab, id, guid, PRIMARY KEY (tab, id))")
        for name, entity in ENTITIES.items():
            self.db.execute(f"INSERT INTO shadow_name SELECT '{name}', id, guid FROM {name}")
            fields = [c.name for c in fields_of(entity)]
            for op, row in (("insert", "new"), ("delete", "old")):
                data = ", ".join(f"'{f}', {row}.\"{f}\"" for f in fields)
                noted = (
                    f"INSERT INTO shadow_name VALUES ('{name}', new.id, new.guid);" if op == "insert" else ""
                )
                self.db.execute(
                    f"CREATE TRIGGER shadow_{name}_{op} AFTER {op} ON {name} BEGIN {noted} "
                    f"INSERT INTO shadow (op, tab, guid, data) "
                    f"VALUES ('{op}', '{name}', {row}.guid, json_object({data})); END"
                )
            for f in fields:
                self.db.execute(
                    f"CREATE TRIGGER shadow_{name}_{f} AFTER UPDATE ON {name} "
                    f'WHEN old."{f}" IS NOT new."{f}" '
                    f"BEGIN INSERT INTO shadow (op, tab, guid, data) VALUES ('update', '{name}', new.guid, "
                    f"json_object('field', '{f}', 'old', old.\"{f}\", 'new', new.\"{f}\")); END"
                )

    def last(self) -> tuple[int, int]:
        """How far the shadow and the journal go."""
        return (
            self.one("SELECT coalesce(max(n), 0) FROM shadow")[0],
            self.one("SELECT coalesce(max(id), 0) FROM change")[0],
        )

    def shadow(self, after: int) -> list[tuple[Any, ...]]:
        """What the triggers saw, as the journal would write it."""
        names = {(row[0], row[1]): row[2] for row in self.db.execute("SELECT tab, id, guid FROM shadow_name")}
        found = []
        for op, name, guid, data in self.db.execute(
            "SELECT op, tab, guid, data FROM shadow WHERE n > ? ORDER BY n", (after,)
        ):
            columns = table_of(ENTITIES[name]).columns
            values = json.loads(data)
            if op == "update":
                column = columns[values["field"]]
                old, new = (canonical(column, values[side], names) for side in ("old", "new"))
                found.append((op, name, guid, values["field"], old, new))
            else:
                row = {f: canonical(columns[f], v, names) for f, v in values.items()}
                found.append((op, name, guid, {f: v for f, v in row.items() if v is not None}))
        return found

    def journal(self, after: int) -> list[tuple[Any, ...]]:
        """The journal's entries."""
        query = 'SELECT op, "table", guid, field, old, new FROM change WHERE id > ? ORDER BY id'
        found: list[tuple[Any, ...]] = []
        for op, name, guid, field, old, new in self.db.execute(query, (after,)):
            before, behind = _read(old), _read(new)
            if op == "update":
                found.append((op, name, guid, field, before, behind))
            elif op == "splice":
                found.append((op, name, guid, {"old": before, "new": behind}))
            else:
                found.append((op, name, guid, behind if before is None else before))
        return found


OF_TEXT = ("text", "sha256", "length", "styles")


def agreement(journal: list[tuple[Any, ...]], shadow: list[tuple[Any, ...]]) -> None:
    """Fails where the journal and the triggers say different things, in their order."""
    left = _by_field(shadow)
    for entry in _by_field(journal):
        if entry[0] == "splice":
            left = _after_splice(entry, left)
            continue
        expected = _bundle(entry, left) if entry[0].startswith("bundle") else [entry]
        seen, left = left[: len(expected)], left[len(expected) :]
        assert seen == expected, f"the journal says {expected}, the triggers saw {seen}"
    assert left == [], f"the journal does not know of {left}"


def _by_field(entries: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Updates of one row in one statement have no order: they are sorted by field.

    A correction of a text and, say, a new title of the document are two statements.
    """
    found: list[tuple[Any, ...]] = []
    for _row, run in groupby(entries, key=lambda e: (*e[:3], e[1] == "source" and e[3] in OF_TEXT)):
        found += sorted(run, key=lambda e: e[3] if e[0] == "update" else "")
    return found


def _bundle(entry: tuple[Any, ...], shadow: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    _op, _table, guid, data = entry
    if entry[0] == "bundle-in":  # it holds counts; the rows are in the document itself
        wanted = ["source", *(name for name in BUNDLE for _ in range(data[name]))]
        seen = shadow[: len(wanted)]
        assert [(row[0], row[1]) for row in seen] == [("insert", name) for name in wanted]
        assert seen[0][2] == guid
        assert {row[3]["source_id"] for row in seen[1:]} <= {guid}
        return seen
    rows: list[tuple[Any, ...]] = []
    for name in reversed(BUNDLE):
        columns = data[name]["columns"]
        for values in data[name]["rows"]:
            row = dict(zip(columns, values, strict=True)) | {"source_id": guid}
            row_guid = row.pop("guid")
            row.pop("seen", None)  # side data: it stays out of the shadow
            rows.append(("delete", name, row_guid, {f: v for f, v in row.items() if v is not None}))
    return [*rows, ("delete", "source", guid, data["source"])]


# -- corrections of a text ----------------------------------------------------------------------------------


def _after_splice(entry: tuple[Any, ...], shadow: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """What is left of the shadow; fails where the text is not the one that the entry's hunks make."""
    _op, _table, guid, data = entry
    hunks, restored = data["old"]["hunks"], data["new"]["restored"]
    seen: dict[tuple[str, str, str], Any] = {}
    left: list[tuple[Any, ...]] = []
    for at, row in enumerate(shadow):
        next_splice = row[1:4] == ("source", guid, "text") and row[1:4] in seen
        next_splice |= row[1] == "source" and row[2] != guid and row[3] in SPLICED
        if row[0] != "update" or row[1] not in ("source", *MOVED) or next_splice:
            left += shadow[at:]
            break
        key = row[1:4]
        if key in seen or not _followed(row, hunks, restored):
            left.append(row)
        else:
            seen[key] = row[4:]
    old, new = seen["source", guid, "text"]
    assert new == spliced(old, hunks)
    assert seen["source", guid, "sha256"] == (data["old"]["sha256"], data["new"]["sha256"])
    assert data["new"]["sha256"] == hashlib.sha256(new.encode()).hexdigest()
    assert seen.get(("source", guid, "length"), (len(old), len(new))) == (len(old), len(new))
    return left


def _followed(row: tuple[Any, ...], hunks: list[Any], restored: dict[str, Any]) -> bool:
    """True where a change is what the rule says, or an undo put it back."""
    _update, name, guid, field, old, new = row
    if name == "source":
        return field in SPLICED
    if field not in MOVED[name]:
        return False
    values = restored.get(name, {}).get(guid)
    expected = moved_by_rule(old, hunks, name, field) if values is None else values[MOVED[name].index(field)]
    return bool(new == expected)


SPLICED = ("text", "sha256", "length", "styles")


def _moved_styles(styles: list[Any], hunks: list[Any]) -> list[Any]:
    moved = [
        [moved_by_rule(start, hunks, "segment", "start"), moved_by_rule(stop, hunks, "segment", "stop"), kind]
        for start, stop, kind in styles
    ]
    return [run for run in moved if run[0] < run[1]]


MOVED = {
    "segment": ("start", "stop"),
    "paragraph": ("start", "stop", "label_stop"),
    "time_mark": ("position",),
}


def spliced(text: str, hunks: list[Any]) -> str:
    """The new text, hunk by hunk from the last one."""
    for at, removed, inserted in reversed(hunks):
        assert text[at : at + len(removed)] == removed
        text = text[:at] + inserted + text[at + len(removed) :]
    return text


def moved_by_rule(point: int, hunks: list[Any], name: str, field: str) -> int:
    """Where a place goes, in the words of the rules, one hunk after the other."""
    outside = (name, field) in (("segment", "start"), ("paragraph", "stop"))
    shift = 0
    for at, removed, inserted in hunks:
        end = at + len(removed)
        if point < at or (point == at and removed):
            break
        if point == at and not outside:  # inserted at this very place
            break
        if at < point < end:  # inside what was taken out
            return int(at + shift + (len(inserted) if field == "stop" else 0))
        shift += len(inserted) - len(removed)
    return point + shift
