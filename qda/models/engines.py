"""The two engines on one project file, and what its first bytes tell without opening it.

The writer has one connection, begins with ``BEGIN IMMEDIATE`` and is durable (``synchronous=FULL``: in
simulated power cuts NORMAL lost acknowledged commits). The reader cannot write.
"""

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from qda.errors import KnownError
from qda.i18n import _
from qda.models import dialect

APPLICATION_ID = 0x71646131  # "qda1", at byte 68 of the file
SCHEMA_VERSION = 6  # the file's user_version; one more with every migration
SUFFIX = ".qdaproj"
BUSY_MS = 5000  # how long one program waits for another that writes the same file
_MAGIC = b"SQLite format 3\0"
_WRITER = (
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
)
_READER = ("PRAGMA query_only=ON", "PRAGMA trusted_schema=OFF")


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """What the header of a project file says."""

    version: int


def identify(path: Path) -> FileIdentity:
    """Reads the header and changes nothing.

    :raises KnownError: no such file, not readable, no project, or a newer one.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(100)
    except FileNotFoundError:
        raise KnownError(_("There is no file “{name}”.").format(name=path.name), path=path) from None
    except (OSError, ValueError) as problem:
        raise KnownError(
            _("“{name}” cannot be read: {reason}.").format(
                name=path.name, reason=getattr(problem, "strerror", None) or problem
            ),
            path=path,
        ) from None
    not_ours = _("“{name}” is no qda project.").format(name=path.name)
    if len(head) < 100 or head[:16] != _MAGIC:
        raise KnownError(not_ours, path=path)
    (version,) = struct.unpack(">I", head[60:64])
    (application,) = struct.unpack(">I", head[68:72])
    if application != APPLICATION_ID:
        raise KnownError(not_ours, path=path)
    if version > SCHEMA_VERSION:
        raise KnownError(
            _(
                "“{name}” was saved by a newer version of qda. Nothing was changed; "
                "please update the program."
            ).format(name=path.name),
            path=path,
        )
    return FileIdentity(version=version)


def address(path: Path) -> str:
    """The file as SQLite's URI. A name may hold ?, # and %; a drive or a server may stand before it."""
    full = path.resolve().as_posix()
    return f"file://{'' if full.startswith('/') else '/'}{quote(full, safe='/:')}"


def _engine(
    path: Path,
    mode: dict[str, str],
    pragmas: tuple[str, ...],
    *,
    begin: str,
    connections: int,
    first: Callable[[Any], None] | None = None,
) -> Engine:
    from sqlcipher3 import dbapi2

    engine = create_engine(
        # Made of its parts: a URL in one piece would be unquoted, and another file opened.
        URL.create(dialect.NAME, database=address(path), query={**mode, "uri": "true"}),
        module=dbapi2,
        execution_options={"compiled_cache": dialect.COMPILED},
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0 if connections == 1 else 4,
        pool_timeout=BUSY_MS / 1000,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": BUSY_MS / 1000},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:  # noqa: ARG001
        if first is not None:
            first(connection)
        for pragma in pragmas:
            connection.execute(pragma)

    # Without an explicit BEGIN a failed migration would not be rolled back.
    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def writer_engine(path: Path) -> Engine:
    """One connection that may write; it waits five seconds for another writer."""
    pragmas = ("PRAGMA foreign_keys=ON", *_WRITER)
    return _engine(path, {"mode": "rw"}, pragmas, begin="BEGIN IMMEDIATE", connections=1)


def migrating_engine(path: Path) -> Engine:
    """A writer without foreign keys: a migration makes tables anew below their references."""
    pragmas = ("PRAGMA foreign_keys=OFF", *_WRITER)
    return _engine(path, {"mode": "rw"}, pragmas, begin="BEGIN IMMEDIATE", connections=1)


def reader_engine(
    path: Path, *, untouched: bool = False, first: Callable[[Any], None] | None = None
) -> Engine:
    """Connections that only read; with ``untouched`` the file is opened so that no byte changes.

    ``first`` prepares each of the driver's connections before anything is read.
    """
    mode = _read_mode(path) if untouched else {"mode": "rw"}
    return _engine(path, mode, _READER, begin="BEGIN", connections=2, first=first)


def _read_mode(path: Path) -> dict[str, str]:
    """How to read without a trace; a log can only be read where one may be written beside it."""
    log = path.with_name(f"{path.name}-wal")
    if os.access(path.parent, os.W_OK) or (log.exists() and log.stat().st_size):
        return {"mode": "ro"}
    return {"mode": "ro", "immutable": "1"}


def raw_errors() -> type[Exception]:
    """The driver's own errors, where it is spoken to without the engine."""
    from sqlcipher3 import dbapi2

    error: type[Exception] = dbapi2.Error
    return error


def new_file(path: Path) -> None:
    """Makes an empty project file on the disk: its identity first, the log later."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(f"{address(path)}?mode=rw", uri=True, isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    finally:
        connection.close()
    _to_disk(path)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
    if hasattr(os, "O_DIRECTORY"):  # Windows knows no handle on a folder
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def explain(problem: Exception, path: Path) -> KnownError | None:
    """The sentence for a database error of the user's world; none where it is a bug."""
    text = str(getattr(problem, "orig", problem)).lower()
    name = path.name
    sentences = (
        (
            ("locked", "busy"),
            _(
                "“{name}” is being written by another program. Nothing was changed; "
                "please try again when it has finished."
            ),
        ),
        (
            ("readonly", "read-only", "unable to open"),
            _(
                "“{name}” can only be read, not written. Nothing was "
                "changed; copy it to a folder of your own."
            ),
        ),
        (
            ("full",),
            _("The disk is full. What was saved before is kept in “{name}”; the last act was not saved."),
        ),
        (
            ("malformed", "not a database", "corrupt"),
            _("“{name}” is damaged. Please open a copy from a backup."),
        ),
        (("disk i/o",), _("The disk with “{name}” does not answer. What was saved before is kept.")),
    )
    for words, sentence in sentences:
        if any(word in text for word in words):
            return KnownError(sentence.format(name=name), path=path)
    return None
