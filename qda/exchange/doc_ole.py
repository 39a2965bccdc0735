"""The container of old Office files: the streams of a Word document, told from other kinds of files."""

import io
import struct
from typing import Any, Final

from qda.errors import KnownError
from qda.i18n import _

MAX_BYTES: Final = 100_000_000
_BROKEN: Final = (
    *(OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError),
    *(struct.error, OverflowError, AssertionError),
)


def streams(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The main stream and the tables of a Word document; KnownError for anything else."""
    import olefile

    if len(data) > MAX_BYTES:
        raise KnownError(_("The Word file is too large for a transcript."))
    _check_header(data)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            names = {"/".join(path).lower() for path in ole.listdir()}
            if "worddocument" not in names:
                raise KnownError(_other(names))
            main = _read(ole, "WordDocument")
            tables = {name: _read(ole, name) for name in ("0Table", "1Table") if name.lower() in names}
    except _BROKEN:
        raise KnownError(_("The Word file is damaged and can't be opened.")) from None
    return main, tables


def _read(ole: Any, name: str) -> bytes:
    with ole.openstream(name) as stream:
        return bytes(stream.read())


def _check_header(data: bytes) -> None:
    """Counts of sectors that the file can't hold would be walked through one by one."""
    if len(data) < 1536:
        raise KnownError(_("The Word file is damaged and can't be opened."))
    (shift,) = struct.unpack_from("<H", data, 30)
    fat, mini, difat = (struct.unpack_from("<I", data, at)[0] for at in (44, 64, 72))
    sectors = len(data) >> shift if shift in (9, 12) else 0
    if shift not in (9, 12) or max(fat, mini, difat) > sectors + 1:
        raise KnownError(_("The Word file is damaged and can't be opened."))


def _other(names: set[str]) -> str:
    """What the file is instead of a Word document."""
    if "encryptedpackage" in names:
        return _("The Office file is protected by a password; save it without one first.")
    if names & {"workbook", "book"}:
        return _("The file is an old spreadsheet (xls); save it as xlsx first.")
    if "powerpoint document" in names:
        return _("The file is a presentation and no Word document.")
    if any(name.startswith("__properties_version") for name in names):
        return _("The file is a mail of Outlook and no Word document.")
    return _("The file is an Office file, but holds no Word document.")
