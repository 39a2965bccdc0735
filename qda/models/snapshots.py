"""The files that the program itself writes beside a project: logs, safety copies, unfinished copies."""

import re
from pathlib import Path

from qda.errors import KnownError
from qda.i18n import _

_LOGS = ("-wal", "-shm", "-journal")


def of(path: Path) -> list[Path]:
    """Safety copies (NAME.v1.qdaproj.bak) and unfinished copies of a project file."""
    copy = re.compile(rf"{re.escape(path.stem)}\.v\d+(-\d+)?{re.escape(path.suffix)}\.bak(-\w+)?")
    unfinished = {f"{path.name}.part", *(f"{path.name}.part{log}" for log in _LOGS)}
    return sorted(p for p in path.parent.iterdir() if copy.fullmatch(p.name) or p.name in unfinished)


def remove(path: Path) -> int:
    """Deletes them; how many there were.

    :raises KnownError: one cannot be deleted; it is named, so that a person does it.
    """
    found = of(path)
    for copy in found:
        try:
            copy.unlink(missing_ok=True)
        except OSError as problem:
            raise KnownError(
                _(
                    "The data are deleted in the project, but not in “{name}”: {reason}. "
                    "Please delete this file by hand."
                ).format(name=copy.name, reason=problem.strerror),
                path=copy,
            ) from None
    return len(found)


def files(path: Path) -> list[Path]:
    """All files of a project that are there."""
    own = [path, *(path.with_name(path.name + log) for log in _LOGS), *of(path)]
    return [p for p in own if p.exists()]
