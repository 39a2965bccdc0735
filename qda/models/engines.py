"""The two engines on one project file, and what its first bytes tell without opening it.

The writer has one connection, begins with ``BEGIN IMMEDIATE`` and is durable (``synchronous=FULL``: in
simulated power cuts NORMAL lost acknowledged commits). The reader cannot write.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from qda.errors import KnownError
from qda.i18n import _

APPLICATION_ID = 0x71646131  # "qda1", at byte 68 of the file
SCHEMA_VERSION = 1  # the file's user_version; one more with every migration
SUFFIX = ".qdaproj"
_MAGIC = b"SQLite format 3\0"
_WRITER = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
)
_READER = ("PRAGMA query_only=ON", "PRAGMA busy_timeout=5000", "PRAGMA trusted_schema=OFF")


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
                "“{name}” was saved by a newer version of qda. Nothing was changed; please update the program."
            ).format(name=path.name),
            path=path,
        )
    return FileIdentity(version=version)


def _address(path: Path, mode: str) -> str:
    # as_posix and quote: a name may hold ?, # and %.
    return f"sqlite:///file:{quote(path.resolve().as_posix())}?mode={mode}&uri=true"


def _engine(path: Path, mode: str, pragmas: tuple[str, ...], *, begin: str, connections: int) -> Engine:
    from sqlcipher3 import dbapi2

    engine = create_engine(
        _address(path, mode),
        module=dbapi2,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0 if connections == 1 else 4,
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": 5},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:  # noqa: ARG001
        for pragma in pragmas:
            connection.execute(pragma)

    # Without an explicit BEGIN a failed migration would not be rolled back.
    @event.listens_for(engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def writer_engine(path: Path) -> Engine:
    """One connection that may write; it waits five seconds for another writer."""
    return _engine(path, "rw", _WRITER, begin="BEGIN IMMEDIATE", connections=1)


def reader_engine(path: Path, *, untouched: bool = False) -> Engine:
    """Connections that only read; with ``untouched`` the file is opened so that no byte changes."""
    return _engine(path, "ro" if untouched else "rw", _READER, begin="BEGIN", connections=2)


def new_file(path: Path) -> None:
    """Makes an empty project file: identity first, then the log, so that a crash leaves one or none."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path), isolation_level=None)
    try:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    finally:
        connection.close()


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
