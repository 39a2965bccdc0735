"""What a file with a code tree holds, and by what a tree of our own is recognised when it comes back.

Beside the GUID of a code stands its *mark*: its place at the time, and short checksums of name, definition,
colour and code above as they were written. By it a field that nobody touched in the file is told from one
that was changed there, so that an older file never takes back what has changed in the study since.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

_ILLEGAL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_FORMULA: Final = re.compile(r"\A'(?=[\t\n\r]|\s*[=+\-@＝＋－＠])")  # as csv writes it
_GUID: Final = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")
_MARK: Final = re.compile(r"(\d{1,6})((?:\.[0-9a-f]{6}){4})")
_DIGITS: Final = 6
LONGEST_CELL: Final = 32_000
"""Texts longer than this may have been cut by a spreadsheet."""

# The colours of codes as reports print them, by index from 1 on.
PRINTED: Final = (
    *("#703E47", "#026619", "#9C8604", "#826C3D", "#9D3A07", "#37996E"),
    *("#327469", "#033C4A", "#422382", "#8B3D8F", "#C45F9F", "#670634"),
)


def alike(text: str) -> str:
    """A text as files carry it: what they cannot hold replaced, blanks of one kind, no apostrophe of csv.

    Two texts that are the same by this are no change.
    """
    text = without_apostrophe(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _ILLEGAL.sub("\ufffd", text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return without_apostrophe("\n".join(lines).strip())


def without_apostrophe(text: str) -> str:
    """The text without the apostrophe that csv has before what a spreadsheet would take for a formula."""
    return _FORMULA.sub("", text)


def alike_name(text: str) -> str:
    """As :func:`alike`, on one line."""
    return " ".join(alike(text).split())


def checksum(text: str) -> str:
    """A few digits that tell whether a text is still the same."""
    return sha256(alike(text).encode("utf-8", "replace")).hexdigest()[:_DIGITS]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a code was when the file was written: its place in the whole, checksums of its fields."""

    place: int
    name: str
    above: str
    definition: str
    colour: str

    def written(self) -> str:
        """As it stands in a file."""
        return f"{self.place}.{self.name}.{self.above}.{self.definition}.{self.colour}"


def mark_of(place: int, *, name: str, above: str, definition: str, colour: str) -> Mark:
    """The mark of a code with these fields; ``above`` is a GUID or empty."""
    return Mark(
        place, checksum(alike_name(name)), checksum(above.lower()), checksum(definition), checksum(colour)
    )


def read_mark(written: str) -> Mark | None:
    """The mark as it stands in a file; none for anything else."""
    found = _MARK.fullmatch(written.strip())
    return Mark(int(found[1]), *found[2].split(".")[1:]) if found else None


def read_guid(written: str) -> str:
    """A GUID in small letters without braces; "" for anything else."""
    found = _GUID.fullmatch(written.strip())
    return found[1].lower() if found else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A code as a file has it; None for a field that the file does not tell.

    ``above`` is the place of the entry it stands under. ``colour`` is "#RRGGBB" or "".
    """

    name: str
    above: int | None = None
    definition: str | None = None
    colour: str | None = None
    guid: str = ""
    mark: Mark | None = None
    anchor: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which column of a table holds what (places from 0; None: none); ``levels`` outrank the name."""

    name: int | None = None
    above: int | None = None
    definition: int | None = None
    levels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeFile:
    """A file with codes, in the order of the file; every entry stands behind what it stands under.

    ``columns`` and ``chosen`` are there for a table whose columns can be chosen. ``folded`` are names that
    stood twice under the same; ``told`` are sentences about the reading.
    """

    name: str
    entries: tuple[Entry, ...]
    format: str = ""
    folded: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    chosen: Choice | None = None

    @property
    def carries_guids(self) -> bool:
        """Whether any entry has a GUID."""
        return any(one.guid for one in self.entries)

    def path(self, at: int) -> tuple[str, ...]:
        """The names from the top to an entry."""
        names: list[str] = []
        place: int | None = at
        while place is not None:
            names.append(self.entries[place].name)
            place = self.entries[place].above
        return tuple(reversed(names))


def folded(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """The entries without those of the same name under the same, and the names left out.

    What stood below one that is left out comes to its twin; what it tells and the twin does not is kept.
    Entries with a GUID are never folded by name.
    """
    kept: list[Entry] = []
    twins: list[str] = []
    place_of: dict[int, int] = {}
    known: dict[tuple[int | None, str], int] = {}
    for number, one in enumerate(entries):
        above = None if one.above is None else place_of[one.above]
        key = (above, alike_name(one.name))
        twin = None if one.guid else known.get(key)
        if twin is not None:
            place_of[number] = twin
            twins.append(one.name)
            kept[twin] = _joined(kept[twin], one)
            continue
        place_of[number] = len(kept)
        known.setdefault(key, len(kept))
        kept.append(replace(one, above=above))
    return tuple(kept), tuple(twins)


def _joined(kept: Entry, twin: Entry) -> Entry:
    return replace(
        kept,
        definition=kept.definition or twin.definition,
        colour=kept.colour or twin.colour,
        anchor=kept.anchor or twin.anchor,
        rule=kept.rule or twin.rule,
    )
