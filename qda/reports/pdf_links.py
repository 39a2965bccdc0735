"""Gives a PDF of Qt's an outline, links between its pages, its language, and the date of what it holds.

Qt's writer knows none of these. Its files are plain: objects one after another, a table of where they begin,
a trailer. They are taken apart at the table, a few objects are written anew, and the table with them.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_TABLE: Final = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_ENTRY: Final = re.compile(rb"(\d{10}) \d{5} n")
_ROOT: Final = re.compile(rb"/Root (\d+) 0 R")
_INFO: Final = re.compile(rb"/Info (\d+) 0 R")
_IDS: Final = re.compile(rb"/ID \[.*?\]", re.DOTALL)
_PAGES: Final = re.compile(rb"/Pages (\d+) 0 R")
_KIDS: Final = re.compile(rb"/Kids\s*\[(.*?)\]", re.DOTALL)
_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_ANNOTS: Final = re.compile(rb"/Annots (\d+) 0 R")
_DATE: Final = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")
_ABOVE: Final = 12  # points of paper above what is led to


@dataclass(frozen=True, slots=True)
class Outlined:
    """An entry of the outline: its depth from 1, the page from 0, how far up it in points."""

    words: str
    level: int
    page: int
    up: float


@dataclass(frozen=True, slots=True)
class Jump:
    """A stretch of a page (left, lower, right, upper in points) that leads to a place on another."""

    page: int
    area: tuple[float, float, float, float]
    to: int
    up: float


def linked(
    printed: bytes, *, outline: list[Outlined], jumps: list[Jump], language: str, when: datetime
) -> bytes:
    """The file with its outline and links; as it is where it is put together in an unknown way."""
    file = _read(printed)
    if file is None:
        return printed
    _date(file, when)
    _link(file, jumps)
    more = [b"/Lang " + _text(language), b"/ViewerPreferences << /DisplayDocTitle true >>"]
    if outline:
        more += [b"/Outlines %d 0 R" % _outlines(file, outline), b"/PageMode /UseOutlines"]
    catalogue = file.objects[file.root]
    at = catalogue.rindex(b">>")
    file.objects[file.root] = catalogue[:at] + b"\n".join(more) + b"\n" + catalogue[at:]
    return _written(file)


@dataclass(slots=True)
class _File:
    head: bytes
    objects: dict[int, bytes]  # by number: what stands between "obj" and "endobj", both included
    trailer: bytes
    root: int
    info: int
    pages: list[int]

    def add(self, body: bytes) -> int:
        """A new object; its number."""
        number = max(self.objects) + 1
        self.put(number, body)
        return number

    def put(self, number: int, body: bytes) -> None:
        self.objects[number] = b"%d 0 obj\n%s\nendobj\n" % (number, body)


def _read(printed: bytes) -> _File | None:
    """The file taken apart; None where it is not one of those that Qt is known to write."""
    end = _TABLE.search(printed[-64:])
    table = int(end.group(1)) if end else 0
    if not printed.startswith(b"xref", table):
        return None
    rows, found, trailer = printed[table:].partition(b"trailer")
    starts = {number: int(at) for number, at in enumerate(_ENTRY.findall(rows), start=1)}
    root, info = _ROOT.search(trailer), _INFO.search(trailer)
    if not (found and starts and root and info):
        return None
    ends = dict(zip(order := sorted(starts.values()), [*order[1:], table], strict=True))
    objects = {number: printed[at : ends[at]] for number, at in starts.items()}
    if any(not one.startswith(b"%d 0 obj" % number) for number, one in objects.items()):
        return None
    pages = _PAGES.search(objects[int(root.group(1))])
    kids = _KIDS.search(objects.get(int(pages.group(1)), b"")) if pages else None
    if kids is None:
        return None
    numbers = [int(one) for one in _REFERENCE.findall(kids.group(1))]
    return _File(printed[: order[0]], objects, trailer, int(root.group(1)), int(info.group(1)), numbers)


def _date(file: _File, when: datetime) -> None:
    stamp = b"/\\1 (D:" + when.strftime("%Y%m%d%H%M%SZ").encode("ascii") + b")"
    file.objects[file.info] = _DATE.sub(stamp, file.objects[file.info])
    ids = _IDS.search(file.trailer)
    if ids:  # Qt draws the second half by chance
        first = re.search(rb"<[0-9A-Fa-f]*>", ids.group(0))
        if first:
            file.trailer = _IDS.sub(b"/ID [ %s %s ]" % (first.group(0), first.group(0)), file.trailer)


def _link(file: _File, jumps: list[Jump]) -> None:
    by_page: dict[int, list[bytes]] = {}
    for jump in jumps:
        corners = " ".join(f"{one:.2f}" for one in jump.area).encode("ascii")
        body = b"<< /Type /Annot /Subtype /Link /Border [0 0 0] /F 4 /Rect [%s] /Dest %s >>" % (
            corners,
            _goal(file, jump.to, jump.up),
        )
        by_page.setdefault(jump.page, []).append(b"%d 0 R" % file.add(body))
    for page, made in by_page.items():
        annots = _ANNOTS.search(file.objects[file.pages[page]])
        if annots:  # Qt gives every page an empty list of its own
            file.put(int(annots.group(1)), b"[ " + b" ".join(made) + b" ]")


def _goal(file: _File, page: int, up: float) -> bytes:
    return b"[%d 0 R /XYZ null %.1f null]" % (file.pages[page], up + _ABOVE)


def _outlines(file: _File, entries: list[Outlined]) -> int:
    """Writes the outline; the number of its root."""
    root = max(file.objects) + 1
    numbers = [root + 1 + at for at in range(len(entries))]
    above = [_parent(entries, at) for at in range(len(entries))]
    children: dict[int | None, list[int]] = {}
    for at, parent in enumerate(above):
        children.setdefault(parent, []).append(at)

    def kin(own: list[int]) -> bytes:
        return b"/First %d 0 R /Last %d 0 R" % (numbers[own[0]], numbers[own[-1]])

    file.put(root, b"<< /Type /Outlines %s /Count %d >>" % (kin(children[None]), len(children[None])))
    for at, entry in enumerate(entries):
        parent = above[at]
        siblings = children[parent]
        place = siblings.index(at)
        parts = [
            b"<< /Title " + _text(entry.words),
            b"/Parent %d 0 R" % (root if parent is None else numbers[parent]),
            b"/Dest " + _goal(file, entry.page, entry.up),
        ]
        if place:
            parts.append(b"/Prev %d 0 R" % numbers[siblings[place - 1]])
        if place + 1 < len(siblings):
            parts.append(b"/Next %d 0 R" % numbers[siblings[place + 1]])
        if own := children.get(at):  # folded: a long report has many
            parts.append(kin(own) + b" /Count -%d" % len(own))
        file.put(numbers[at], b" ".join(parts) + b" >>")
    return root


def _parent(entries: list[Outlined], at: int) -> int | None:
    """The entry around an entry."""
    level = entries[at].level
    return next((other for other in range(at - 1, -1, -1) if entries[other].level < level), None)


def _text(words: str) -> bytes:
    """A text as PDF has it: UTF-16 with its mark, in hexadecimal digits, which need no escapes."""
    raw = b"\xfe\xff" + words.encode("utf-16-be", "replace")
    return b"<" + raw.hex().encode("ascii") + b">"


def _written(file: _File) -> bytes:
    """The file put together again, with its table."""
    parts, starts, at = [file.head], {}, len(file.head)
    for number in sorted(file.objects):
        starts[number] = at
        parts.append(file.objects[number])
        at += len(file.objects[number])
    rows = b"".join(b"%010d 00000 n \n" % starts[number] for number in sorted(starts))
    count = max(starts) + 1
    trailer = re.sub(rb"/Size \d+", b"/Size %d" % count, file.trailer.partition(b"startxref")[0])
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%strailer%s" % (count, rows, trailer))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
    return b"".join(parts)
