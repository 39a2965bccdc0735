"""Lists of codes from elsewhere (txt, csv, xlsx): they arrive as sensitizing concepts, never as codes.

A text holds a name a line; what is indented deeper stands below ("Parent > Child"), signs of a list before
a name count as indentation, and what follows a TAB or " – " or ": " after it is the definition. A table has
the names in its first column, or in the one called so, and definitions in one called so.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from qda.coding.concepts import Listed, add_concepts
from qda.coding.references import PATH_SEPARATOR
from qda.errors import KnownError
from qda.exchange.disk import file_bytes
from qda.exchange.tables_in import Table, looks_like_table, read_table
from qda.exchange.text_in import decode
from qda.i18n import _
from qda.models import Project

MAX_ENTRIES: Final = 10_000
_TAB: Final = 4
_LINE: Final = re.compile(r"(?P<indent>[ \t]*(?:[-*•–·‣◦]+[ \t]+|\d+(?:\.\d+)*[.)]?[ \t]+)?)(?P<words>.*)")
_MEANS: Final = re.compile(r"\t+| [–—] |: ")
_NAME: Final = (
    "code",
    "kode",
    "name",
    "concept",
    "konzept",
    "category",
    "kategorie",
    "code name",
    "codename",
)
_PARENT: Final = ("parent", "category", "kategorie", "oberkategorie", "obercode", "oberkode", "above")
_DEFINITION: Final = ("definition", "description", "beschreibung", "memo", "comment", "kommentar", "note")


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


def read_list(path: Path) -> list[Listed]:
    """The entries of a file.

    :raises KnownError: there are none, or too many.
    """
    data = file_bytes(path)
    if data.startswith(b"PK") or path.suffix.lower() in (".csv", ".xlsx"):
        found = of_table(read_table(data)) if _is_table(data) else of_text(decode(data).text)
    else:
        text = decode(data).text
        found = of_table(read_table(data)) if looks_like_table(text) and _named(text) else of_text(text)
    if not found:
        raise KnownError(_("There is no name in “{name}”.").format(name=path.name), path=path)
    if len(found) > MAX_ENTRIES:
        raise KnownError(_("The list has more than {n} names.").format(n=MAX_ENTRIES), path=path)
    return found


def _is_table(data: bytes) -> bool:
    return data.startswith(b"PK") or looks_like_table(decode(data).text)


def _named(text: str) -> bool:
    """Whether the first line names a column of codes, so that it is a table and no list."""
    first = re.split(r"[;,\t|]", text.lstrip("\ufeff").split("\n", 1)[0])
    return any(cell.strip(' "').casefold() in _NAME for cell in first)


def of_text(text: str) -> list[Listed]:
    """The entries of a text, as paths."""
    above: list[tuple[int, str]] = []
    found: list[Listed] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n"):
        parts = _LINE.fullmatch(line)
        if parts is None or not parts["words"].strip():
            continue
        name, definition = _cut(parts["words"].strip())
        depth = len(parts["indent"].expandtabs(_TAB))
        while above and above[-1][0] >= depth:
            above.pop()
        above.append((depth, name))
        found.append(Listed(PATH_SEPARATOR.join(n for _depth, n in above), definition))
    return found


def _cut(words: str) -> tuple[str, str]:
    name, *rest = _MEANS.split(words, maxsplit=1)
    return (name.strip(), rest[0].strip()) if name.strip() and rest else (words, "")


def of_table(table: Table) -> list[Listed]:
    """The entries of a table, as paths where a column names what stands above."""
    names = _column(table.columns, _NAME, 0)
    above = _column(table.columns, _PARENT, None)
    means = _column(table.columns, _DEFINITION, None)
    return list(_rows(table, names or 0, above if above != names else None, means))


def _column(columns: Sequence[str], known: Sequence[str], default: int | None) -> int | None:
    folded = [column.casefold().strip() for column in columns]
    return next((folded.index(name) for name in known if name in folded), default)


def _rows(table: Table, names: int, above: int | None, means: int | None) -> Iterator[Listed]:
    for row in table.rows:
        name = " ".join(row[names].split())
        if name:
            parent = "" if above is None else " ".join(row[above].split())
            path = f"{parent}{PATH_SEPARATOR}{name}" if parent else name
            yield Listed(path, "" if means is None else row[means].strip())
