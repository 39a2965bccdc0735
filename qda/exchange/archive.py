"""Parts of a zipped document, read with a count on every byte: headers are not trusted, nothing is extracted.

A part that is declared small and unpacks without end stops at the limit. XML comes in without entities,
network and DTD; a DOCTYPE is refused.
"""

import io
import lzma
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from qda.errors import KnownError
from qda.i18n import _

if TYPE_CHECKING:
    from lxml import etree

MAX_TOTAL: Final = 200_000_000  # bytes unpacked
MAX_PART: Final = 50_000_000
MAX_RATIO: Final = 200  # unpacked to packed, looked at from MIN_FOR_RATIO on
MAX_ENTRIES: Final = 5_000
MIN_FOR_RATIO: Final = 1_000_000
_CHUNK: Final = 1 << 16
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))


class Archive:
    """The parts of one zipped document."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, struct.error) as error:
            raise KnownError(_("The file is damaged: its zip container cannot be opened.")) from error
        self._entries = {info.filename: info for info in self._zip.infolist()}
        if len(self._zip.infolist()) > MAX_ENTRIES:
            raise KnownError(_("The file holds more than {n} parts and is not opened.").format(n=MAX_ENTRIES))
        self._total = 0

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """One part, unpacked; KnownError where it is missing, damaged or too large."""
        info = self._entries.get(name)
        if info is None:
            raise KnownError(_("The file is damaged: its part {name} is missing.").format(name=name))
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._total += len(chunk)
                    self._refuse_bomb(size, info.compress_size)
                    chunks.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
            OSError,
            ValueError,  # a part that begins before the file
            struct.error,
            lzma.LZMAError,
            IndexError,
        ) as error:
            raise KnownError(
                _("The file is damaged or encrypted: its part {name} cannot be read.").format(name=name)
            ) from error
        return b"".join(chunks)

    def xml(self, name: str) -> "etree._Element":
        """One part as XML."""
        return parse_xml(self.read(name))

    def _refuse_bomb(self, size: int, packed: int) -> None:
        ratio = size / max(packed, 1)
        if size > MAX_PART or self._total > MAX_TOTAL or (size > MIN_FOR_RATIO and ratio > MAX_RATIO):
            raise KnownError(_("The file unpacks to far more than a document holds and is not opened."))


def parse_xml(data: bytes) -> "etree._Element":
    """The root of ``data``; KnownError on a DOCTYPE or on broken XML."""
    from lxml import etree

    refused = KnownError(_("The file declares a document type of its own and is not opened."))
    if any(mark in data for mark in _DOCTYPES):
        raise refused
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise KnownError(_("The file is damaged: its text is no well-formed XML.")) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused
    return root
