"""Codes in a text: a name a line with tabs, blanks, signs of a list or numbers before it; Markdown, too.

What follows a TAB or " – " or ": " after a name is its definition; "category>code" is a path. In Markdown
headings and lists make the tree, a paragraph below a name is its definition, and a table is a table.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from qda.coding.code_tree_form import Entry

_TAB: Final = 4
_LINE: Final = re.compile(
    r"(?P<indent>[ \t\u2003]*)"
    r"(?:(?P<sign>[-*+•–·‣◦▪●○]+)[ \t]+|(?P<number>\d+(?:\.\d+)*[.)]?)[ \t]+)?(?P<words>.*)"
)
_MEANS: Final = re.compile(r"\t+| [–—] |: ")
_PATH: Final = re.compile(r"\s*>\s*")
_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*")
_LIST: Final = re.compile(r"([ \t]*)(?:[-*+]|\d+[.)])[ \t]+(.*)")
_ROW: Final = re.compile(r"\s*\|.*\|\s*")
_RULE: Final = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")
_CELL: Final = re.compile(r"(?<!\\)\|")
_SIGN: Final = re.compile(r"\\([!-/:-@\[-`{-~])|<br>|&#?\w+;")
_EMPHASIS: Final = re.compile(r"(\*\*|__)(.*)\1", re.DOTALL)
_STEP: Final = "&emsp;"
_INVISIBLE: Final = re.compile(r"<a id=[^>]*></a>|<!--.*?-->", re.DOTALL)

Key = tuple[int, int, int]


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")


# -- plain text ----------------------------------------------------------------------------------------------


def of_text(text: str) -> list[Entry]:
    """The entries of a text, by indentation, signs and numbers."""
    lines = _lines(text)
    numbered = _is_numbered(lines)
    above: list[tuple[Key, int]] = []
    made: list[Entry] = []
    for line in lines:
        parts = _LINE.fullmatch(line)
        if parts is None or not line.strip():
            continue
        number, words = parts["number"] or "", parts["words"].strip()
        if number and not numbered:
            number, words = "", f"{number} {words}".strip()
        if not words:
            continue
        width = len(parts["indent"].expandtabs(_TAB))
        key = (width, int(bool(parts["sign"])), len(re.findall(r"\d+", number)))
        while above and above[-1][0] >= key:
            above.pop()
        name, definition = _cut(words)
        place = _append(made, name, definition, above[-1][1] if above else None)
        above.append((key, place))
    return made


def _is_numbered(lines: list[str]) -> bool:
    """Whether the numbers before the names are those of an outline: "3 goals" alone is a name."""
    found = [match["number"] for line in lines if (match := _LINE.fullmatch(line)) and match["number"]]
    return len(found) > 1 and found[0].rstrip(".)") in ("1", "1.1", "0")


def _cut(words: str) -> tuple[str, str]:
    name, *rest = _MEANS.split(words, maxsplit=1)
    return (name.strip(), rest[0].strip()) if name.strip() and rest else (words, "")


def _append(made: list[Entry], name: str, definition: str, above: int | None) -> int:
    """Adds a name, or all of a path; the place of its last part."""
    path = [part for part in _PATH.split(name) if part] or [name]
    for part in path[:-1]:
        twin = next((at for at, one in enumerate(made) if one.name == part and one.above == above), None)
        if twin is None:
            made.append(Entry(part, above))
            twin = len(made) - 1
        above = twin
    made.append(Entry(path[-1], above, definition))
    return len(made) - 1


# -- Markdown ------------------------------------------------------------------------------------------------


def is_markdown(text: str) -> bool:
    """Whether a text has headings or a table as Markdown writes them."""
    return any(_HEADING.fullmatch(line) or _RULE.fullmatch(line) for line in _lines(text))


def table_of(text: str) -> tuple[tuple[str, ...], list[list[str]]] | None:
    """The first table of a Markdown text, cells as they read; names keep their indent as levels of dots.

    The depth of a row stands in a last column without a name.
    """
    lines = _lines(text)
    for at, line in enumerate(lines[:-1]):
        if _ROW.fullmatch(line) and _RULE.fullmatch(lines[at + 1]):
            head = [unmarked(one) for one in _cells(line)]
            rows = []
            for row in lines[at + 2 :]:
                if not _ROW.fullmatch(row):
                    break
                rows.append(_row(_cells(row), len(head)))
            return (*head, ""), rows
    return None


def _cells(line: str) -> list[str]:
    return [one.strip(" ") for one in _CELL.split(line.strip())[1:-1]]


def _row(cells: list[str], width: int) -> list[str]:
    depth = 0
    first = cells[0] if cells else ""
    while first.startswith(_STEP):
        first, depth = first.removeprefix(_STEP), depth + 1
    full = [unmarked(one) for one in (first, *cells[1:width])]
    return [*full, *[""] * (width - len(full)), str(depth)]


def unmarked(text: str) -> str:
    """A cell or a line of Markdown as it reads."""
    text = text.strip()
    if found := _EMPHASIS.fullmatch(text):
        text = found[2]
    return _SIGN.sub(_sign, text).strip()


def _sign(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    return "\n" if found[0] == "<br>" else html.unescape(found[0])


def of_markdown(text: str) -> list[Entry]:
    """The entries of headings and lists; a single heading above all others is the title of the file."""
    made: list[Entry] = []
    above: list[tuple[tuple[int, int], int]] = []
    level = 0
    for kind, depth, words in _pieces(_INVISIBLE.sub("", text)):
        if kind == "text":
            if made:
                before = made[-1].definition or ""
                made[-1] = replace(made[-1], definition=f"{before}\n{words}".strip())
            continue
        level = depth if kind == "heading" else level
        key = (level, 0 if kind == "heading" else 1 + depth)
        while above and above[-1][0] >= key:
            above.pop()
        name, definition = (words, "") if kind == "heading" else _cut(words)
        made.append(Entry(name, above[-1][1] if above else None, definition))
        above.append((key, len(made) - 1))
    return _without_title(made, text)


def _pieces(text: str) -> Iterator[tuple[str, int, str]]:
    for line in _lines(text):
        if found := _HEADING.fullmatch(line):
            kind, depth, words = "heading", len(found[1]), found[2]
        elif found := _LIST.fullmatch(line):
            kind, depth, words = "item", len(found[1].expandtabs(_TAB)), found[2]
        else:
            kind, depth, words = "text", 0, line
        if words := unmarked(words):
            yield kind, depth, words


def _without_title(made: list[Entry], text: str) -> list[Entry]:
    """Without the one heading of the first level that stands above everything."""
    firsts = [line for line in _lines(text) if line.startswith("# ")]
    if len(firsts) != 1 or len(made) < 2 or made[0].name != unmarked(firsts[0][2:]):
        return made
    if any(one.above is None for one in made[1:]):
        return made
    return [replace(one, above=(one.above - 1) if one.above else None) for one in made[1:]]
