"""Codes in a table (csv, xlsx, a table in Markdown): which column holds what, and the tree the rows make.

A table has a column a level, or a column of names and perhaps one of what stands above, as other programs
write them: MAXQDA's code system ("Parent code", "Code", "Memo"), ATLAS.ti's code manager ("Code", "Comment"),
NVivo's nodes ("Hierarchical Name", "Description"), Taguette's codebook ("tag", "description").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from qda.coding.code_tree_form import Choice, Entry, Mark, read_guid, read_mark, without_apostrophe
from qda.errors import KnownError
from qda.i18n import _

LEVEL: Final = re.compile(
    r"(?:code[ -]?|kode[ -]?)?(?:level|ebene|stufe|niveau)[ -]?(\d{1,3})", re.IGNORECASE
)
PATHS: Final = (
    "path",
    "pfad",
    "hierarchical name",
    "hierarchischer name",
    "code path",
    "kodepfad",
    "codepfad",
)
NAMES: Final = (
    *("code", "kode", "code name", "codename", "kodename", "name", "tag", "node", "knoten", "concept"),
    *("konzept", "category", "kategorie", "text", "label"),
)
PARENTS: Final = (
    *("parent", "parent code", "obercode", "oberkode", "parent name", "parent node", "above", "steht unter"),
    *("übergeordneter knoten", "übergeordneter code", "category", "kategorie", "oberkategorie"),
)
DEFINITIONS: Final = (
    *("definition", "arbeitsdefinition", "working definition", "description", "beschreibung", "comment"),
    *("kommentar", "memo", "code memo", "code-memo", "note", "notiz"),
)
_ANCHORS: Final = ("ankerbeispiel", "anchor example", "anchor", "beispiel", "example")
_RULES: Final = ("kodierregel", "codierregel", "coding rule", "rule", "regel")
_COLOURS: Final = ("colour", "color", "farbe")
_GUIDS: Final = ("guid", "qda:guid")
_SEPARATORS: Final = re.compile(r"\s+>\s+|\s*\\+\s*")
_WRITTEN_PATH: Final = re.compile(r"\S\s+>\s+\S|\S\\+\S")
_HEX: Final = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(slots=True)
class Rows:
    """What the rows of a table make: entries, and sentences about what was not plain."""

    entries: list[Entry]
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Others:
    """The columns that are known by their names alone."""

    guid: int | None
    mark: int | None
    colour: int | None
    anchor: int | None
    rule: int | None


def column_named(columns: Sequence[str], known: Sequence[str], *but: int | None) -> int | None:
    """The first column called as one of the ``known``, in their order."""
    names = [column.casefold().strip().strip("\ufeff") for column in columns]
    for name in known:
        for at, column in enumerate(names):
            if column == name and at not in but:
                return at
    return None


def choice_for(columns: Sequence[str]) -> Choice:
    """Which column holds what, as far as their names tell; else the names stand in the first one."""
    levels = sorted(
        (int(found[1]), at)
        for at, column in enumerate(columns)
        if (found := LEVEL.fullmatch(column.strip())) is not None
    )
    meaning = column_named(columns, DEFINITIONS)
    if levels:
        return Choice(definition=meaning, levels=tuple(at for _number, at in levels))
    name = column_named(columns, (*PATHS, *NAMES))
    if name is None:
        name = next((at for at in range(len(columns)) if at != meaning), 0)
    return Choice(name, column_named(columns, PARENTS, name), meaning)


def named_like_codes(columns: Sequence[str]) -> bool:
    """Whether a column is called so that this is a table of codes."""
    known = (*PATHS, *NAMES, *_GUIDS)
    return column_named(columns, known) is not None or any(LEVEL.fullmatch(one.strip()) for one in columns)


def of_rows(columns: Sequence[str], rows: Sequence[Sequence[str]], choice: Choice, *, csv: bool) -> Rows:
    """The entries of a table; ``csv``: an apostrophe before what begins like a formula is no part of it.

    :raises KnownError: a column is chosen that is not there.
    """
    places = (choice.name, choice.above, choice.definition, *choice.levels)
    if any(at is not None and not 0 <= at < len(columns) for at in places):
        raise KnownError(_("The table has only {n} columns.").format(n=len(columns)))
    if csv:
        rows = [[without_apostrophe(one) for one in row] for row in rows]
    others = _others(columns, rows, choice)
    if choice.levels:
        return _by_level(rows, choice, others)
    if choice.name is None:
        raise KnownError(_("Choose the column in which the names stand."))
    named_paths = columns[choice.name].casefold().strip() in PATHS
    listed = choice.above is None and others.guid is None  # MAXQDA writes "Code > Subcode" among the names
    if named_paths or (listed and any(_WRITTEN_PATH.search(row[choice.name]) for row in rows)):
        return _by_path(rows, choice, others)
    return _by_parent(rows, choice, others)


def _others(columns: Sequence[str], rows: Sequence[Sequence[str]], choice: Choice) -> _Others:
    taken = (choice.name, choice.above, choice.definition, *choice.levels)
    marks = (
        at
        for at in range(len(columns))
        if at not in taken and any(read_mark(row[at]) is not None for row in rows[:50])
    )
    guid = column_named(columns, _GUIDS, *taken)
    return _Others(
        guid,
        next(marks, None),
        column_named(columns, _COLOURS, *taken),
        column_named(columns, _ANCHORS, *taken),
        column_named(columns, _RULES, *taken),
    )


def _entry(name: str, row: Sequence[str], choice: Choice, others: _Others) -> Entry:
    def at(place: int | None) -> str | None:
        return None if place is None else row[place].strip()

    colour = at(others.colour)
    written = at(others.mark)
    mark: Mark | None = read_mark(written) if written else None
    if colour and not _HEX.fullmatch(colour):
        colour = None  # a word of another program
    return Entry(
        name.strip(),
        definition=at(choice.definition),
        colour=colour,
        guid=read_guid(at(others.guid) or ""),
        mark=mark,
        anchor=at(others.anchor) or "",
        rule=at(others.rule) or "",
    )


def _by_level(rows: Sequence[Sequence[str]], choice: Choice, others: _Others) -> Rows:
    """A column a level: the last one filled is the code, those before it what it stands under."""
    made = Rows([])
    above: list[tuple[int, int]] = []  # level, place of the entry
    for row in rows:
        filled = [(level, row[at]) for level, at in enumerate(choice.levels) if row[at].strip()]
        if not filled:
            continue
        for level, name in filled[:-1]:
            _up_to(above, level + 1)
            if not (above and above[-1][0] == level and made.entries[above[-1][1]].name == name.strip()):
                _up_to(above, level)
                _append(made, above, level, Entry(name.strip()))
        level, name = filled[-1]
        _up_to(above, level)
        if level and not above:
            made.told.append(
                _("“{name}” stands under nothing and comes to the top.").format(name=name.strip())
            )
        _append(made, above, level, _entry(name, row, choice, others))
    return made


def _up_to(above: list[tuple[int, int]], level: int) -> None:
    while above and above[-1][0] >= level:
        above.pop()


def _append(made: Rows, above: list[tuple[int, int]], level: int, entry: Entry) -> None:
    made.entries.append(replace(entry, above=above[-1][1] if above else None))
    above.append((level, len(made.entries) - 1))


def _by_path(rows: Sequence[Sequence[str]], choice: Choice, others: _Others) -> Rows:
    """Names that are paths; what is missing of a path is made."""
    made = Rows([])
    places: dict[tuple[str, ...], int] = {}
    for row in rows:
        path = split_path(row[choice.name or 0])
        if path[:1] in (("Nodes",), ("Codes",), ("Knoten",)) and "\\\\" in row[choice.name or 0]:
            path = path[1:]
        if path:
            _put(made, places, path, _entry(path[-1], row, choice, others))
    return made


def split_path(written: str) -> tuple[str, ...]:
    """The names of a path as programs write it: "A > B", "A\\B"."""
    return tuple(part.strip() for part in _SEPARATORS.split(written) if part.strip())


def _put(made: Rows, places: dict[tuple[str, ...], int], path: tuple[str, ...], entry: Entry) -> None:
    for end in range(1, len(path)):
        if path[:end] not in places:
            places[path[:end]] = len(made.entries)
            made.entries.append(Entry(path[end - 1], places.get(path[: end - 1])))
    entry = replace(entry, above=places.get(path[:-1]))
    if (
        path in places
        and not made.entries[places[path]].guid
        and made.entries[places[path]].definition is None
    ):
        made.entries[places[path]] = entry  # it was made for something below it before
        return
    places.setdefault(path, len(made.entries))
    made.entries.append(entry)


def _by_parent(rows: Sequence[Sequence[str]], choice: Choice, others: _Others) -> Rows:
    """A column of names, and one of what stands above, by name or path; rows may stand in any order."""
    assert choice.name is not None
    found = [(_entry(row[choice.name], row, choice, others), _above(row, choice)) for row in rows]
    found = [(entry, above) for entry, above in found if entry.name]
    by_name: dict[str, int] = {}
    for at, (entry, _parent) in enumerate(found):
        by_name.setdefault(entry.name, at)
    parents: list[int | None] = []
    for at, (_own, above) in enumerate(found):
        parents.append(_parent_of(above, found, by_name, at))
    return ordered([entry for entry, _parent in found], parents)


def _above(row: Sequence[str], choice: Choice) -> str:
    return "" if choice.above is None else " ".join(row[choice.above].split())


def _parent_of(above: str, found: list[tuple[Entry, str]], by_name: dict[str, int], own: int) -> int | None:
    """The row that is meant; where none has that name, one is made."""
    if not above:
        return None
    if above in by_name:
        return by_name[above] if by_name[above] != own else None
    path = split_path(above)
    if len(path) > 1 and path[-1] in by_name and by_name[path[-1]] != own:
        return by_name[path[-1]]
    if not path:
        return None
    name = path[-1] if len(path) > 1 else above
    by_name[above] = by_name[name] = len(found)
    found.append((Entry(name), " > ".join(path[:-1]) if len(path) > 1 else ""))
    return by_name[above]


def ordered(entries: list[Entry], parents: list[int | None]) -> Rows:
    """The same with what stands above before what stands below; a circle is cut and told."""
    made = Rows([])
    first: dict[int, int] = {}  # what stands in no row of its own comes where the first one below it stands
    for at, parent in enumerate(parents):
        if parent is not None and parent > at:
            first[parent] = min(first.get(parent, parent), first.get(at, at))
    children: dict[int | None, list[int]] = {}
    for at in sorted(range(len(entries)), key=lambda at: (first.get(at, at), at)):
        children.setdefault(parents[at], []).append(at)
    new: dict[int, int] = {}

    def walk(start: int, above: int | None) -> None:
        stack = [(start, above)]
        while stack:
            at, over = stack.pop()
            if at in new:
                continue
            new[at] = len(made.entries)
            made.entries.append(replace(entries[at], above=over))
            stack += [(child, new[at]) for child in reversed(children.get(at, []))]

    for at in children.get(None, []):
        walk(at, None)
    for at in range(len(entries)):
        if at not in new:
            made.told.append(
                _("“{name}” stands below itself and comes to the top.").format(name=entries[at].name)
            )
            walk(at, None)
    return made
