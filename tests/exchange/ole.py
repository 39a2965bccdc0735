"""Small OLE files, the container of old Office documents."""

import struct
from collections.abc import Mapping

_END, _FAT_SECTOR, _FREE, _NONE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF, 0xFFFFFFFF


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A file with these streams in its root, each filled up with zeros to 4,096 bytes at least."""
    filled = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    entries = len(filled) + 1
    directory_sectors = -(-entries // 4)
    fat = [_FAT_SECTOR, *range(2, directory_sectors + 1), _END]
    body = b""
    starts = []
    for data in filled.values():
        count = -(-len(data) // 512)
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
        body += data.ljust(512 * count, b"\0")
    assert len(fat) <= 128, "one sector of the table of sectors is enough for a test"
    table = struct.pack("<128I", *(fat + [_FREE] * (128 - len(fat))))
    directory = _entry("Root Entry", 5, child=1, right=_NONE, start=_END, size=0)
    for number, (name, data) in enumerate(filled.items(), 1):
        following = number + 1 if number < len(filled) else _NONE
        directory += _entry(name, 2, child=_NONE, right=following, start=starts[number - 1], size=len(data))
    return _header() + table + directory.ljust(512 * directory_sectors, b"\0") + body


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return head + struct.pack("<109I", 0, *([_FREE] * 108))


def _entry(name: str, kind: int, *, child: int, right: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    entry = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, _NONE, right, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)
