"""The file of a key: clear names, pseudonyms and forms in an encrypted SQLite file (SQLCipher).

It stands beside the project files, never inside one, and knows nothing of them.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from qda.errors import KnownError
from qda.i18n import _

VERSION: Final = 1
_TABLES: Final = (
    "CREATE TABLE name (id INTEGER PRIMARY KEY, clear TEXT NOT NULL, kind TEXT NOT NULL, "
    "replacement TEXT NOT NULL, coarse INTEGER NOT NULL, UNIQUE (clear, kind))",
    "CREATE TABLE form (name_id INTEGER NOT NULL REFERENCES name (id), written TEXT NOT NULL, "
    "replacement TEXT NOT NULL, sure INTEGER NOT NULL, PRIMARY KEY (name_id, written))",
    f"PRAGMA user_version={VERSION}",
)


class FormRow(NamedTuple):
    """A form of a name: as written, its replacement, whether it is surely this name."""

    written: str
    replacement: str
    sure: bool


class NameRow(NamedTuple):
    """A clear name with its kind, pseudonym and forms."""

    clear: str
    kind: str
    replacement: str
    coarse: bool
    forms: tuple[FormRow, ...]


class KeyFile:
    """An open key, in one transaction."""

    def __init__(self, connection: Any) -> None:
        self._key = connection

    def rows(self) -> list[NameRow]:
        """The names, in the order in which they came; longer forms first."""
        forms: dict[int, list[FormRow]] = {}
        for name, written, replacement, sure in self._key.execute(
            "SELECT name_id, written, replacement, sure FROM form ORDER BY length(written) DESC, written"
        ):
            forms.setdefault(name, []).append(FormRow(written, replacement, bool(sure)))
        return [
            NameRow(clear, kind, replacement, bool(coarse), tuple(forms.get(number, ())))
            for number, clear, kind, replacement, coarse in self._key.execute(
                "SELECT id, clear, kind, replacement, coarse FROM name ORDER BY id"
            )
        ]

    def put(self, rows: Iterable[NameRow]) -> None:
        """Adds names; one that is there already gets the pseudonym given now, its forms are joined."""
        for row in rows:
            self._put(row)

    def _put(self, row: NameRow) -> None:
        values = (row.clear, row.kind, row.replacement, int(row.coarse))
        self._key.execute(
            "INSERT INTO name (clear, kind, replacement, coarse) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (clear, kind) DO UPDATE "
            "SET replacement = excluded.replacement, coarse = excluded.coarse",
            values,
        )
        (number,) = self._key.execute(
            "SELECT id FROM name WHERE clear = ? AND kind = ?", (row.clear, row.kind)
        ).fetchone()
        self._key.executemany(
            "INSERT INTO form (name_id, written, replacement, sure) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (name_id, written) DO UPDATE "
            "SET replacement = excluded.replacement, sure = excluded.sure",
            [(number, form.written, form.replacement, int(form.sure)) for form in row.forms],
        )


@contextmanager
def opened(path: Path, passphrase: str, *, new: bool) -> Iterator[KeyFile]:
    """The decrypted key in one transaction; ``new`` makes the file.

    :raises KnownError: another passphrase, no key file, locked, or not to be read or written.
    """
    from sqlcipher3 import dbapi2

    from qda.models.engines import address

    mode = "rwc" if new else "rw" if os.access(path, os.W_OK) else "ro"
    key = None
    try:
        key = dbapi2.connect(f"{address(path)}?mode={mode}", uri=True, isolation_level=None, timeout=5)
        key.execute("PRAGMA cipher_log_level = NONE")  # what is wrong is told in one sentence
        quoted = passphrase.replace("'", "''")
        key.execute(f"PRAGMA key = '{quoted}'")
        key.execute("PRAGMA temp_store=MEMORY")
        (version,) = key.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise KnownError(
                _("“{name}” was saved by a newer version of qda.").format(name=path.name), path=path
            )
        key.execute("BEGIN" if mode == "ro" else "BEGIN IMMEDIATE")
        for statement in _TABLES if new else ():
            key.execute(statement)
        yield KeyFile(key)
        key.execute("COMMIT")
    except dbapi2.Error as problem:
        raise _explained(path, problem) from None
    finally:
        if key is not None:
            key.close()


def _explained(path: Path, problem: Exception) -> KnownError:
    words = str(problem).lower()
    if "not a database" in words or "no such table" in words or "malformed" in words:
        sentence = _("“{name}” cannot be opened: the passphrase is another one, or it is no key file.")
    elif "locked" in words:
        sentence = _("“{name}” is being written by another program. Please try again.")
    else:
        sentence = _("“{name}” cannot be read or written.")
    return KnownError(sentence.format(name=path.name), path=path)
