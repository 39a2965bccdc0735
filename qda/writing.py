"""Writes what goes out so that a file on the disk is always whole."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from qda.errors import KnownError
from qda.i18n import N_, _

_SENTENCES: Final[dict[int, str]] = {
    errno.ENOSPC: N_("The disk is full; {name} was not written, a former version is unchanged."),
    errno.EDQUOT: N_("The disk is full; {name} was not written, a former version is unchanged."),
    errno.EROFS: N_("{name} was not written: this place is read-only; choose another folder."),
    errno.EACCES: N_("{name} was not written: it is open elsewhere, or you may not write here."),
    errno.EPERM: N_("{name} was not written: it is open elsewhere, or you may not write here."),
    errno.ENOENT: N_("{name} was not written: its folder does not exist."),
    errno.ENOTDIR: N_("{name} was not written: a part of its path is a file, not a folder."),
    errno.EISDIR: N_("{name} was not written: there is a folder of this name."),
    errno.EEXIST: N_("{name} was not written: there is a file of this name where a folder is needed."),
    errno.ENAMETOOLONG: N_("{name} was not written: the name is too long."),
}


def write_whole(path: Path, data: bytes) -> Path:
    """Writes ``data`` to ``path`` and returns it; KnownError if that fails, with nothing left behind.

    It is written beside its place, flushed to the disk and put into place in one step.
    """
    beside = path.with_name(f".{uuid4().hex[:12]}.part")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise _told(error, path) from error
    return path


def make_folder(path: Path) -> None:
    """Makes the folder and those above it; KnownError if that fails."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _told(error, path) from error


def _told(error: OSError, path: Path) -> KnownError:
    sentence = _SENTENCES.get(error.errno or 0, N_("{name} was not written: {reason}."))
    return KnownError(_(sentence).format(name=path.name, reason=error.strerror or error), path=path)
