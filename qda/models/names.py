"""Clear names and what stands for them: found and replaced as whole words in texts, rows, the history.

A name is found exactly as written; the caller hands all its forms. The proof searches the rows and then the
bytes of the file.
"""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    String,
    Text,
    bindparam,
    select,
    type_coerce,
    update,
)

from qda.errors import KnownError
from qda.i18n import _
from qda.models.base import Base
from qda.models.forgetting import Entry, close, payloads
from qda.models.journal import table_of
from qda.models.journal_tables import Change
from qda.models.material import Source

# Words of the program, not of people.
_FIXED = frozenset(
    (
        "guid",
        "sha256",
        "original_sha256",
        "norm",
        "target_table",
        "target_guid",
        "kind",
        "role",
        "status",
        "polarity",
        "format",
        "encoding",
        "family",
        "language",
        "template",
        "type",
        "origin",
        "coder",
        "replica",
        "phase",
        "op",
        "table",
        "field",
        "form",
        "outcome",
        "state",
        "row_kind",
        "row_guid",
    )
)
# Columns of such names that hold words of people nevertheless.
_FREE = frozenset((("sensitizing_concept", "origin"), ("coding", "origin"), ("model_version", "state")))
# In these, people's words stand behind a colon only ("search:WORDS"); what is before it is a key.
_KEYED = frozenset((("coding", "origin"),))
_READ_AT_ONCE = 1 << 24
_WORD = re.compile(r"\w+")
_XML_TAG = re.compile(rb"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Names:
    """Forms of clear names, longest first, with what replaces them; ``by_word`` by their first word."""

    forms: tuple[tuple[str, str], ...]
    by_word: Mapping[str, list[int]]

    @classmethod
    def of(cls, replacements: Mapping[str, str]) -> "Names":
        """:raises KnownError: a form is empty, or a replacement holds a clear name."""
        forms = tuple(sorted(replacements.items(), key=lambda pair: (-len(pair[0]), pair[0])))
        by_word: dict[str, list[int]] = {}
        for number, (form, _by) in enumerate(forms):
            found = _WORD.search(form)
            by_word.setdefault(found[0] if found else "", []).append(number)
        names = cls(forms, by_word)
        for form, replacement in forms:
            if not form.strip():
                raise KnownError(_("A clear name cannot be empty."))
            if held := names.places(replacement):
                raise KnownError(
                    _("“{replacement}” cannot stand for “{name}”: it holds the clear name “{found}”.").format(
                        replacement=replacement, name=form, found=held[0][1]
                    )
                )
        return names

    def _pattern(self, words: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
        known = self.by_word.keys() & {"", *_WORD.findall(words)}
        if not known:
            return None
        numbers = sorted(number for word in known for number in self.by_word[word])
        present = dict(self.forms[number] for number in numbers if self.forms[number][0] in words)
        if not present:
            return None
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, present))})(?!\w)"), present

    def places(self, words: str) -> list[tuple[int, str, str]]:
        """Where names stand: place, name, replacement."""
        found = self._pattern(words)
        if found is None:
            return []
        pattern, present = found
        return [(m.start(), m[0], present[m[0]]) for m in pattern.finditer(words)]

    def replaced(self, words: str) -> str:
        """``words`` with every name replaced."""
        found = self._pattern(words)
        if found is None:
            return words
        pattern, present = found
        return pattern.sub(lambda match: present[match[0]], words)

    def blanked(self, words: str) -> str:
        """``words`` with every name made unreadable, of the same length."""
        found = self._pattern(words)
        return words if found is None else found[0].sub(lambda match: "·" * len(match[0]), words)

    def perhaps_in(self, entry: Entry) -> bool:
        """False where no name can stand in what an entry of the history keeps; far faster than looking."""
        for written in (entry.written_old, entry.written_new):
            if isinstance(written, str) and (
                "\\" in written or not self.by_word.keys().isdisjoint(_WORD.findall(written))
            ):
                return True
        return "" in self.by_word

    def in_json(self, value: Any) -> Any:
        """A value of JSON with every name replaced in its texts."""
        return mapped(value, self.replaced)

    def in_file(self, data: bytes) -> bool:
        """Whether a name stands in a file as it came, be it packed."""
        return any(self._in_bytes(part) for part in _unpacked(data))

    def _in_bytes(self, data: bytes) -> bool:
        return any(free_standing(data, form) for form, _by in self.forms)


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A value of JSON with ``change`` done to its texts (not to the keys)."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [mapped(one, change) for one in value]
    if isinstance(value, dict):
        return {key: mapped(one, change) for key, one in value.items()}
    return value


def _unpacked(data: bytes) -> Iterable[bytes]:
    yield data
    if data[:2] != b"PK":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for part in packed.infolist():
                if part.file_size <= 50_000_000:
                    read = packed.read(part)
                    yield read
                    yield _XML_TAG.sub(b"", read)  # a name may be broken by tags
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError):
        return


# -- rows ---------------------------------------------------------------------------------------------------


def _columns(table: Any) -> list[Column[Any]]:
    """Columns in which people's words may stand."""
    written = [c for c in table.columns if isinstance(c.type, (String, Text, JSON))]
    return [c for c in written if c.name not in _FIXED or (table.name, c.name) in _FREE]


def _texts() -> Iterable[tuple[Any, Column[Any]]]:
    for table in Base.metadata.sorted_tables:
        # These go another way: entry by entry, or as a whole.
        if table.name not in ("change", "original", "analysis", "word_form"):
            for column in _columns(table):
                if (table.name, column.name) != ("source", "text"):
                    yield table, column


def _holding(table: Any, column: Column[Any]) -> ColumnElement[bool]:
    """The rows in which words can stand."""
    return column.contains(":") if (table.name, column.name) in _KEYED else column.is_not(None)


def replace_in_rows(connection: Connection, names: Names) -> tuple[set[tuple[str, str]], int]:
    """Replaces names in all columns but stored texts; the rows (table, GUID) and how many fields."""
    touched: set[tuple[str, str]] = set()
    fields = 0
    for table, column in _texts():
        (key,) = table.primary_key.columns
        guid = table.columns.get("guid", key)
        raw = type_coerce(column, String)
        rows = connection.execute(select(key, guid, raw).where(_holding(table, column))).all()
        for number, name, written in rows:
            new = _changed(column, written, names)
            if new is not None:
                connection.execute(update(table).where(key == number).values({column: new}))
                touched |= {(table.name, name)} if table.name not in ("unit", "setting") else set()
                fields += 1
    return touched, fields


def _changed(column: Column[Any], written: Any, names: Names) -> Any:
    """The new value; none where nothing changes."""
    if not isinstance(written, str) or not written:
        return None
    if not isinstance(column.type, JSON):
        new = names.replaced(written)
        return None if new == written else new
    value = json.loads(written)
    new = names.in_json(value)
    return None if new == value else new


def replace_in_history(connection: Connection, names: Names) -> tuple[int, int, set[str]]:
    """Replaces names in what the history keeps; entries, acts that are walls now, hashes of originals."""
    changed: list[dict[str, Any]] = []
    units: set[int] = set()
    hashes: set[str] = set()
    for entry in filter(names.perhaps_in, payloads(connection)):
        kept = (entry.old, entry.new)
        if entry.op == "splice":  # of the same length: older places are led through it
            old, new = mapped(kept[0], names.blanked), kept[1]
        else:
            old, new = names.in_json(kept[0]), names.in_json(kept[1])
        if (old, new) == kept:
            continue
        changed.append({"number": entry.id, "before": old, "behind": new})
        units.add(entry.unit)
        if entry.op == "bundle-out" and kept[0]:
            hashes.add(kept[0]["source"].get("original_sha256") or "")
    if changed:
        table = table_of(Change)
        statement = update(table).where(table.c.id == bindparam("number"))
        connection.execute(statement.values(old=bindparam("before"), new=bindparam("behind")), changed)
    close(connection, units)
    return len(changed), len(units), hashes - {""}


# -- the proof ----------------------------------------------------------------------------------------------


def left_in_rows(connection: Connection, names: Names) -> str | None:
    """Table and column in which a name still stands; none where all are gone."""
    for table, column in [*_texts(), (table_of(Source), table_of(Source).c.text)]:
        for written in connection.execute(select(type_coerce(column, String)).where(_holding(table, column))):
            if isinstance(written[0], str) and _stands(column, written[0], names):
                return f"{table.name}.{column.name}"
    for entry in filter(names.perhaps_in, payloads(connection)):
        if names.in_json([entry.old, entry.new]) != [entry.old, entry.new]:
            return "change"
    return None


def _stands(column: Column[Any], written: str, names: Names) -> bool:
    value = json.loads(written) if isinstance(column.type, JSON) else written
    return bool(names.in_json(value) != value)


def left_in_bytes(paths: Iterable[Path], names: Names) -> str | None:
    """The file in whose bytes a name still stands, in UTF-8, UTF-16 or as JSON escapes it."""
    overlap = 8 + 12 * max((len(form) for form, _by in names.forms), default=0)
    for path in paths:
        with path.open("rb") as stream:
            before = b""
            while block := stream.read(_READ_AT_ONCE):
                if any(free_standing(before + block, form) for form, _by in names.forms):
                    return path.name
                before = block[-overlap:]
    return None


def free_standing(data: bytes, form: str) -> bool:
    """Whether ``form`` stands in ``data`` as a word, in UTF-8, UTF-16 or as JSON escapes it."""
    written = {form.encode(), json.dumps(form)[1:-1].encode()}
    if any(_alone(data, word, "utf-8", 4) for word in written):
        return True
    return any(_alone(data, form.encode(code), code, 2) for code in ("utf-16-le", "utf-16-be"))


def _alone(data: bytes, word: bytes, code: str, width: int) -> bool:
    at = data.find(word)
    while at >= 0:
        before = data[max(0, at - width) : at].decode(code, "ignore")[-1:]
        behind = data[at + len(word) : at + len(word) + width].decode(code, "ignore")[:1]
        if not _letter(before) and not _letter(behind):
            return True
        at = data.find(word, at + 1)
    return False


def _letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
