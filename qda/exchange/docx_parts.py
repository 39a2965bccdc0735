"""Parts of a Word file: which of them holds the text, the styles, the notes and the comments.

They are found by the relations between parts, because some writers name them otherwise
(``document2.xml``); where a file has no relations, the usual names count.
"""

import posixpath
from typing import TYPE_CHECKING, Final

from qda.errors import KnownError
from qda.exchange.archive import Archive
from qda.exchange.xml_names import attribute

if TYPE_CHECKING:
    from lxml import etree

_USUAL: Final = "word/document.xml"


def main_part(archive: Archive) -> str | None:
    """The name of the part with the text, None where the archive is no Word file."""
    if _USUAL in archive:
        return _USUAL
    if "_rels/.rels" not in archive or "[Content_Types].xml" not in archive:
        return None
    name = _related(archive, "").get("officeDocument", "")
    return name if name.startswith("word/") and name in archive else None


class Parts:
    """The parts that belong to the text; KnownError where there is no text."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.main = main_part(archive) or _USUAL
        self._related = _related(archive, self.main)

    def text(self) -> "etree._Element":
        """The root of the document."""
        return self._archive.xml(self.main)

    def root(self, kind: str) -> "etree._Element | None":
        """The root of the part of that kind (styles, comments, footnotes, endnotes), None without one."""
        name = self._related.get(kind, f"word/{kind}.xml")
        return self._archive.xml(name) if name in self._archive else None


def _related(archive: Archive, part: str) -> dict[str, str]:
    """Names of the parts that ``part`` points to, by the last word of the relation's kind."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in archive:
        return {}
    try:
        root = archive.xml(relations)
    except KnownError:
        return {}  # the usual names will do
    found: dict[str, str] = {}
    for relation in root:
        target = attribute(relation, "Target")
        if attribute(relation, "TargetMode") != "External" and target:
            kind = attribute(relation, "Type").rpartition("/")[2]
            found[kind] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return found
