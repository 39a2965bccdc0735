"""A file as its reader hands it over: paragraphs in order, with what their looks tell about turns."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal

StyleKind = Literal["bold", "italic", "underline"]


@dataclass(frozen=True, slots=True)
class RawStyle:
    """A run of a paragraph that is set apart: ``text[start:stop]``, in code points."""

    start: int
    stop: int
    kind: StyleKind


@dataclass(frozen=True, slots=True)
class RawMark:
    """A time that the format itself declares (a cue, an anchor): it stands before ``text[position]``.

    ``written`` is how an export writes it back, ``ms`` its time in milliseconds.
    """

    position: int
    ms: int
    written: str


@dataclass(frozen=True, slots=True)
class RawParagraph:
    """One paragraph; line breaks in it are LF.

    ``bold`` is the length of the bold beginning in code points, ``heading`` the level (0: none), ``row``
    true for the row of a table, whose cells are joined by TAB, ``note`` true for the text of a footnote or
    endnote (it stands after the paragraph that refers to it). ``label`` is the length of a speaker's label
    that the format itself declares, with its colon (``text[:label]`` is "Name:"), 0 where it declares none;
    ``marks`` are the times that it declares. ``styles`` are in order of their start. ``set_in``: it stands
    apart as quotations do, by its style or its left margin; ``page`` is the page on which it begins, 0 where
    the file does not say.
    """

    text: str
    bold: int = 0
    heading: int = 0
    row: bool = False
    note: bool = False
    label: int = 0
    marks: tuple[RawMark, ...] = ()
    styles: tuple[RawStyle, ...] = ()
    set_in: bool = field(default=False, compare=False)
    page: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class RawComment:
    """A comment in the margin, from ``start`` in paragraph ``first`` to ``stop`` in ``last`` (inclusive).

    Paragraphs count from 0, ``start`` and ``stop`` are code points of their paragraph's text (``stop``
    exclusive). ``date`` is ISO, or empty.
    """

    author: str
    text: str
    first: int
    last: int
    start: int = 0
    stop: int = 0
    date: str = ""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A file that has been read; ``original`` are its bytes.

    ``format`` is docx, odt, rtf, pdf, doc, txt, md, html, vtt, srt or typed. ``header`` holds metadata that
    the format itself declares, as pairs.
    """

    name: str
    format: str
    encoding: str
    original: bytes = field(repr=False)
    paragraphs: tuple[RawParagraph, ...] = field(repr=False)
    comments: tuple[RawComment, ...] = ()
    warnings: tuple[str, ...] = ()
    header: tuple[tuple[str, str], ...] = ()

    @property
    def sha256(self) -> str:
        """The digest of the original bytes, in hexadecimal."""
        return hashlib.sha256(self.original).hexdigest()

    @property
    def text(self) -> str:
        """All paragraphs, each on its own line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)
