"""A file as its reader hands it over: paragraphs in order, with what their looks tell about turns."""

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RawParagraph:
    """One paragraph; line breaks in it are LF.

    ``bold`` is the length of the bold beginning in code points, ``heading`` the level (0: none), ``row``
    true for the row of a table, whose cells are joined by TAB.
    """

    text: str
    bold: int = 0
    heading: int = 0
    row: bool = False


@dataclass(frozen=True, slots=True)
class RawComment:
    """A comment in the margin, on the paragraphs ``first`` to ``last`` (inclusive, from 0)."""

    author: str
    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file that has been read; ``original`` are its bytes, ``format`` is docx, txt or md."""

    name: str
    format: str
    encoding: str
    original: bytes = field(repr=False)
    paragraphs: tuple[RawParagraph, ...] = field(repr=False)
    comments: tuple[RawComment, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The digest of the original bytes, in hexadecimal."""
        return hashlib.sha256(self.original).hexdigest()

    @property
    def text(self) -> str:
        """All paragraphs, each on its own line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)
