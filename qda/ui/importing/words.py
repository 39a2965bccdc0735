"""Words of the import: families of turns, encodings, roles, what a column is; which files are looked for."""

from pathlib import Path
from typing import Final

from qda.i18n import N_

SUFFIXES: Final = (
    *(".docx", ".odt", ".rtf", ".pdf", ".doc", ".txt", ".md", ".html", ".htm", ".vtt", ".srt"),
    *(".csv", ".xlsx", ".fodt"),
)
FAMILIES: Final = {
    "label-colon": N_("Label: B:"),
    "label-time": N_("Label with time"),
    "time-label": N_("Time before label"),
    "bold": N_("Bold"),
    "heading": N_("Headings"),
    "label-line": N_("Label on its own line"),
    "bold-questions": N_("Questions in bold or italics"),
    "bracket": N_("Brackets"),
    "table": N_("Table"),
    "columns": N_("Columns"),
    "voices": N_("Named by the file"),
    "none": N_("No turns"),
}
ENCODINGS: Final = (
    ("utf-8", "UTF-8"),
    ("cp1252", "Windows"),
    ("mac_roman", "Mac"),
    ("cp850", "DOS"),
)
COLUMN_ROLES: Final = (
    ("case", N_("Case")),
    ("text", N_("Open answer")),
    ("attribute", N_("Attribute")),
    ("left_out", N_("Left out")),
)
ATTRIBUTE_KINDS: Final = (
    ("text", N_("Text")),
    ("number", N_("Number")),
    ("date", N_("Date")),
    ("choice", N_("Choice")),
)


def expanded(paths: list[Path]) -> list[Path]:
    """The files themselves; a folder gives those in it that look like material, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.iterdir() if p.is_file() and p.suffix.lower() in SUFFIXES)
            found += sorted(inside, key=lambda p: p.name.casefold())
        else:
            found.append(path)
    return list(dict.fromkeys(found))
