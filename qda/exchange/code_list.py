"""Codes from a file (csv, xlsx, OPML, GraphML, Markdown, text): a tree of our own, or a list from elsewhere.

A tree that carries our GUIDs updates the codes of the study. Any other list arrives as sensitizing concepts,
as codes only in a content analysis: :mod:`qda.coding.code_tree_plan` decides, here files are read.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from qda.coding.code_tree_form import Choice, CodeFile, Entry, folded
from qda.coding.code_tree_plan import planned, told
from qda.coding.code_tree_take import take
from qda.coding.concepts import Listed, add_concepts
from qda.coding.references import PATH_SEPARATOR
from qda.errors import KnownError
from qda.exchange import code_list_table, code_list_text, code_list_xml
from qda.exchange.archive import parse_xml
from qda.exchange.disk import file_bytes
from qda.exchange.tables_in import Table, looks_like_table, read_table
from qda.exchange.text_in import decode
from qda.exchange.xml_names import local
from qda.i18n import _
from qda.models import Project

MAX_ENTRIES: Final = 10_000
SUFFIXES: Final = ("xlsx", "csv", "opml", "graphml", "md", "txt")
_UNREADABLE: Final = ("docx", "pdf", "html", "htm", "odt", "rtf", "doc", "xls", "ods", "mx24", "qdpx", "qdc")


def import_concepts(project: Project, *, file: str, origin: str = "") -> str:
    """Brings a list of codes (txt, csv, xlsx) in as sensitizing concepts; ``origin``: else the file's name.

    Names that are in the list already are passed over. Returns the first new concept.
    """
    path = Path(file)
    made = add_concepts(project, listed=read_list(path), origin=origin.strip() or path.stem)
    if not made:
        raise KnownError(
            _("All names of “{name}” are in the list already.").format(name=path.name), path=path
        )
    return made[0]


def import_codes(
    project: Project,
    *,
    file: str,
    dry: bool = False,
    both: bool = False,
    concepts: bool = False,
    name: str = "",
    above: str = "",
    definition: str = "",
) -> str:
    """Reads a code tree back, or a list of codes from elsewhere in; returns what arrived, a line each.

    A tree that the program wrote updates the codes. Any other list arrives as sensitizing concepts, as codes
    only in a content analysis (there, too, as concepts with ``concepts``). With ``dry`` nothing is changed.
    ``both``: where study and file have changed the same, the file counts. ``name``, ``above`` and
    ``definition`` are columns of a table, where their titles do not tell.
    """
    found = read_file(Path(file))
    if name or above or definition:
        found = read_file(Path(file), _chosen(found, name, above, definition))
    plan = planned(project, found, concepts=concepts)
    lines = told(plan, both=both)
    if not dry and plan.wanted(both=both):
        take(project, plan, both=both)
    return "\n".join(lines)


def _chosen(file: CodeFile, name: str, above: str, definition: str) -> Choice:
    """The columns by their titles."""
    places: list[int | None] = []
    for title in (name, above, definition):
        if title and title not in file.columns:
            words = _("There is no column “{name}”; there are: {names}.")
            raise KnownError(words.format(name=title, names=", ".join(file.columns) or "–"))
        places.append(file.columns.index(title) if title else None)
    before = file.chosen or Choice()
    levels = () if name else before.levels
    return Choice(
        before.name if places[0] is None else places[0],
        before.above if places[1] is None else places[1],
        before.definition if places[2] is None else places[2],
        levels,
    )


def read_list(path: Path) -> list[Listed]:
    """The entries of a file as paths.

    :raises KnownError: there are none, or too many.
    """
    found = read_file(path)
    return [
        Listed(PATH_SEPARATOR.join(found.path(at)), one.definition or "")
        for at, one in enumerate(found.entries)
    ]


def read_file(path: Path, choice: Choice | None = None) -> CodeFile:
    """The codes of a file; ``choice``: which column of a table holds what, else their titles tell.

    :raises KnownError: it cannot be read as a list of codes, holds none, or too many.
    """
    data = file_bytes(path)
    suffix = path.suffix[1:].lower()
    try:
        found = _read(data, suffix, choice)
    except KnownError as error:
        error.path = path
        raise
    entries, twins = folded(found.entries)
    if not entries:
        raise KnownError(_("There is no name in “{name}”.").format(name=path.name), path=path)
    if len(entries) > MAX_ENTRIES:
        raise KnownError(_("The list has more than {n} names.").format(n=MAX_ENTRIES), path=path)
    return replace(found, name=path.name, entries=entries, folded=twins)


def _read(data: bytes, suffix: str, choice: Choice | None) -> CodeFile:
    if suffix in _UNREADABLE:
        raise KnownError(
            _("Codes come in as xlsx, csv, OPML, GraphML, Markdown or text; save the list as one of these.")
        )
    if data.startswith(b"PK"):
        return _of_table(read_table(data), choice)
    if suffix in ("opml", "graphml", "xml") or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return _of_xml(data)
    text = decode(data).text
    if suffix == "csv" or (suffix != "md" and looks_like_table(text) and _named(text)):
        return _of_table(read_table(data), choice) if _is_table(text) else _of_text(text)
    if suffix == "md" or code_list_text.is_markdown(text):
        return _of_markdown(text, choice)
    return _of_text(text)


def _is_table(text: str) -> bool:
    """Whether a csv is more than a list with one name a line."""
    return _named(text) or looks_like_table(text)


def _named(text: str) -> bool:
    """Whether the first line names a column of codes, so that it is a table and no list."""
    first = re.split(r"[;,\t|]", text.lstrip("\ufeff").split("\n", 1)[0])
    return code_list_table.named_like_codes([cell.strip(' "\r') for cell in first])


def _of_text(text: str) -> CodeFile:
    return CodeFile("", tuple(code_list_text.of_text(text)), "txt")


def _of_table(table: Table, choice: Choice | None) -> CodeFile:
    chosen = choice or code_list_table.choice_for(table.columns)
    rows = code_list_table.of_rows(table.columns, table.rows, chosen, csv=table.format == "csv")
    told = () if any(one.guid for one in rows.entries) else table.warnings
    return CodeFile("", tuple(rows.entries), table.format, (), (*told, *rows.told), table.columns, chosen)


def _of_markdown(text: str, choice: Choice | None) -> CodeFile:
    found = code_list_text.table_of(text)
    if found is None:
        return CodeFile("", tuple(code_list_text.of_markdown(text)), "md")
    columns, rows = _by_depth(*found)
    chosen = choice or code_list_table.choice_for(columns)
    made = code_list_table.of_rows(columns, rows, chosen, csv=False)
    return CodeFile("", tuple(made.entries), "md", (), tuple(made.told), columns, chosen)


def _by_depth(
    columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], list[list[str]]]:
    """A table whose first column is indented, with a column a level in its place."""
    depths = [int(row[-1]) for row in rows]
    if not any(depths) and code_list_table.column_named(columns, ("guid",)) is None:
        return tuple(columns[:-1]), [list(row[:-1]) for row in rows]
    levels = max(depths, default=0) + 1
    head = (*(f"Level {n + 1}" for n in range(levels)), *columns[1:-1])
    made = []
    for row, depth in zip(rows, depths, strict=True):
        made.append([row[0] if level == depth else "" for level in range(levels)] + list(row[1:-1]))
    return head, made


def _of_xml(data: bytes) -> CodeFile:
    root = parse_xml(data)
    kind = local(root).casefold()
    if kind == "opml":
        rows = code_list_xml.of_opml(root)
    elif kind == "graphml":
        rows = code_list_xml.of_graphml(root)
    else:
        raise KnownError(
            _("The file is neither OPML nor GraphML; codes of other kinds of XML are not read here.")
        )
    entries: list[Entry] = rows.entries
    return CodeFile("", tuple(entries), kind, (), tuple(rows.told))
