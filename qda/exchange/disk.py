"""The bytes of files, and the files of folders; what the system says about them in the window's language."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

from qda.errors import KnownError
from qda.i18n import _

MAX_FILE: Final = 200_000_000  # bytes
_PIECE: Final = 4 << 20
SUFFIXES: Final = (
    *(".docx", ".odt", ".rtf", ".pdf", ".doc", ".txt"),
    *(".md", ".html", ".htm", ".vtt", ".srt"),
)
"""What a folder is searched for; a file that is named is told by its content."""


def file_bytes(path: Path) -> bytes:
    """What stands in a file.

    :raises KnownError: it is missing, no file, forbidden, or larger than any document.
    """
    try:
        with open(path, "rb", opener=_patient) as stream:
            known = os.fstat(stream.fileno())
            if not stat.S_ISREG(known.st_mode):
                raise KnownError(_("“{name}” is no file that can be read.").format(name=path.name), path=path)
            return _all_of(stream, known.st_size, path)
    except OSError as problem:
        raise KnownError(_reason(problem, path.name), path=path) from problem
    except ValueError as problem:  # a NUL in the name
        raise KnownError(_("There is no file “{name}”.").format(name=path.name), path=path) from problem


def _patient(name: str, flags: int) -> int:
    """Opens without waiting for the other end of a pipe that somebody left in the folder."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _all_of(stream: BinaryIO, size: int, path: Path) -> bytes:
    pieces: list[bytes] = []
    done = 0
    while size <= MAX_FILE and done <= MAX_FILE:
        piece = stream.read(_PIECE)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        done += len(piece)
    raise KnownError(
        _("{name} is larger than any document and is not opened.").format(name=path.name), path=path
    )


def _reason(error: OSError, name: str) -> str:
    """The system's own words are English; the usual ones are told in the window's language."""
    if isinstance(error, FileNotFoundError):
        return _("There is no file “{name}”.").format(name=name)
    if isinstance(error, PermissionError):
        return _("You may not read “{name}”.").format(name=name)
    if isinstance(error, IsADirectoryError):
        return _("“{name}” is a folder, not a file.").format(name=name)
    return _("{name} cannot be read: {reason}.").format(name=name, reason=error.strerror or error)


def expanded(paths: Iterable[Path | str]) -> list[Path]:
    """The files themselves; a folder gives those in it and below it that look like transcripts, by name."""
    found: list[Path] = []
    for path in map(Path, paths):
        found += _inside(path) if path.is_dir() else [path]
    return found


def _inside(folder: Path) -> list[Path]:
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted((n for n in folders if not n.startswith(".")), key=str.casefold)
        here = (n for n in names if not n.startswith((".", "~$")))
        wanted = sorted((n for n in here if Path(n).suffix.lower() in SUFFIXES), key=str.casefold)
        found += [Path(place) / name for name in wanted]
    return found
