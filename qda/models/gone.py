"""A project file that somebody removed or moved while it was open: what the program still holds is written
again when it is closed, so that nothing is lost.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import Engine

_LOGS: Final = ("-wal", "-shm")


def copy_held(engine: "Engine", path: Path) -> None:
    """Writes all that ``engine`` still holds into a new file beside ``path``; see :func:`put_back`."""
    copy = _copy(path)
    copy.unlink(missing_ok=True)
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(copy),))
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    finally:
        connection.close()


def put_back(path: Path) -> None:
    """Gives the copy the old name, without the logs of the file that is gone: they are not its own."""
    for log in _LOGS:
        path.with_name(path.name + log).unlink(missing_ok=True)
    if _copy(path).exists():
        _copy(path).rename(path)


def _copy(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")
