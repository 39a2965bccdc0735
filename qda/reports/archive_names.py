"""Files of a package: names that every system takes, and bytes that are the same for the same study."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

from qda.reports.text import one_line

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]+')
_DEVICE: Final = re.compile(
    r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$", re.IGNORECASE
)
_DOTS: Final = re.compile(r"\.{2,}")
_LONGEST: Final = 60  # characters
_BYTES: Final = 160  # of UTF-8; every file system takes 255 for a name with its ending
_MOMENTS: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_EARLIEST: Final = 1980  # the first year that a zip knows


def safe_name(title: str, *, ending: str = "", taken: Collection[str] = ()) -> str:
    """A name for a file from a title: of at most 60 signs, composed (NFC), not a device of Windows.

    ``taken``: names that are there already; large and small letters are no difference.
    """
    plain = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", one_line(title)))
    plain = _DOTS.sub(".", "_".join(plain.split()))[:_LONGEST].strip("._ ")
    while len(plain.encode()) > _BYTES:
        plain = plain[:-1]
    plain = plain.strip("._ ") or "untitled"
    if _DEVICE.match(plain):
        plain = f"_{plain}"
    used, name, count = {one.casefold() for one in taken}, f"{plain}{ending}", 1
    while name.casefold() in used:
        count += 1
        name = f"{plain}_{count}{ending}"
    return name


def steady(data: bytes, moment: datetime) -> bytes:
    """A docx or xlsx whose bytes tell nothing of when it was written but ``moment``."""
    told = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [(info.filename, package.read(info)) for info in package.infolist()]
    return zipped(
        (
            (name, _MOMENTS.sub(rb"\g<1>" + told + rb"\g<3>", part) if name == "docProps/core.xml" else part)
            for name, part in parts
        ),
        moment,
    )


def zipped(parts: Iterable[tuple[str, bytes]], moment: datetime) -> bytes:
    """A zip of named parts, in their order, all of the same moment."""
    stream = io.BytesIO()
    at = (max(moment.year, _EARLIEST), *moment.timetuple()[1:6])
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, data in parts:
            assert not PurePosixPath(name).is_absolute()
            info = zipfile.ZipInfo(name, at)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            package.writestr(info, data)
    return stream.getvalue()
