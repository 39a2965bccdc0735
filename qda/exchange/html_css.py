"""As much of CSS as tells how words look: bold, italic, underlined, hidden, kept white space."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

_CLASS: Final = re.compile(r"[a-z0-9]*\.([\w-]+)", re.IGNORECASE)
_DECLARATION: Final = re.compile(
    r"(?:^|;)\s*+(font-weight|font-style|font|text-decoration(?:-line)?|display|visibility|white-space|mso-hide)"
    r"\s*+:\s*+([^;]{1,200})",
)
_TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "cite": "italic",
    "dfn": "italic",
    "var": "italic",
    "u": "underline",
    "ins": "underline",
}
_BLOCK: Final = frozenset(("block", "flex", "grid", "list-item", "table", "table-row", "table-cell"))
_MOST: Final = 2_000_000  # characters of style sheets that are looked at

Declarations = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How words look in one place; ``block``, ``inline`` and ``hidden`` hold for one element alone."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    kept: bool = False  # white space
    hidden: bool = False
    block: bool = False
    inline: bool = False


def classes(sheets: str) -> dict[str, Declarations]:
    """What each class of the page's style sheets says; rules with more than a class in them are left."""
    found: dict[str, Declarations] = {}
    for rule in _without_remarks(sheets[:_MOST]).split("}"):
        selectors, _brace, body = rule.rpartition("{")
        said = _declarations(body.lower())
        if not said or not selectors:
            continue
        selectors = selectors.rpartition("{")[2]  # what stands before is a @media
        for selector in selectors.split(","):
            if (name := _CLASS.fullmatch(selector.strip())) is not None:
                found[name[1]] = found.get(name[1], ()) + said
    return found


def _without_remarks(sheets: str) -> str:
    pieces = sheets.split("/*")
    return " ".join([pieces[0], *(piece.partition("*/")[2] for piece in pieces[1:])])


def looked(
    outer: Look, tag: str, style: str, names: Sequence[str], known: Mapping[str, Declarations]
) -> Look:
    """How the words of an element look whose parent looks like ``outer``; ``style`` is in lower case."""
    look = replace(outer, hidden=False, block=False, inline=False)
    if tag in _TAGS:
        look = replace(look, **{_TAGS[tag]: True})
    elif tag == "pre":
        look = replace(look, kept=True)
    said: Declarations = tuple(one for name in names for one in known.get(name, ()))
    if style:
        said += _declarations(style)
    for key, value in said:
        look = _with(look, key, value)
    return look


def _declarations(body: str) -> Declarations:
    return tuple((key, value.replace("!important", "").strip()) for key, value in _DECLARATION.findall(body))


def _with(look: Look, key: str, value: str) -> Look:
    if key == "font-weight":
        return replace(
            look, bold=value in ("bold", "bolder") or (value.isdecimal() and int(value[:4]) >= 600)
        )
    if key == "font-style":
        return replace(look, italic=value in ("italic", "oblique"))
    if key == "font":
        words = value.split()
        return replace(look, bold="bold" in words or "700" in words, italic="italic" in words)
    if key.startswith("text-decoration"):
        return replace(look, underline=True) if "underline" in value else look
    if key == "display":
        return replace(look, hidden=value == "none", block=value in _BLOCK, inline=value == "inline")
    if key == "white-space":
        return replace(look, kept=value.startswith(("pre", "break-spaces")) and value != "pre-line")
    hidden = (key == "visibility" and value == "hidden") or (key == "mso-hide" and value == "all")
    return replace(look, hidden=look.hidden or hidden)
