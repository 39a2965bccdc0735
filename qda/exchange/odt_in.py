"""OpenDocument texts (odt, and flat fodt): a walk over the XML in the order of reading.

Paragraphs, headings, lists, sections and tables (a row a paragraph, cells joined by TAB) arrive; frames and
text boxes after their paragraph, notes behind a mark after theirs. Left out are deleted and hidden text,
tables of contents and other indexes, headers, footers and the file's metadata. Blanks are collapsed as the
format asks: only its own elements for blanks, TABs and line breaks count.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qda.errors import KnownError
from qda.exchange.archive import Archive, parse_xml
from qda.exchange.blocks import (
    Block,
    Content,
    Remark,
    content_of,
    note_of,
    outline_level,
    plain_text,
    row_of,
)
from qda.exchange.odt_styles import OdtStyle, OdtStyles
from qda.exchange.symbols import symbol
from qda.exchange.xml_names import attribute, child, local
from qda.i18n import _

if TYPE_CHECKING:
    from lxml import etree

_SKIPPED: Final = frozenset(
    {
        *("tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls"),
        *("dde-connection-decls", "alphabetical-index-auto-mark-file", "soft-page-break", "ruby-text"),
        *("table-of-content", "illustration-index", "table-index", "object-index", "user-index"),
        *("alphabetical-index", "bibliography", "note-citation", "script", "event-listeners"),
        *("object", "object-ole", "image", "plugin", "applet", "binary-data", "change-info"),
        *("covered-table-cell", "shapes", "tracked-change", "named-expressions"),
    }
)
_SHAPES: Final = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_PRIVATE: Final = re.compile("[\uf000-\uf0ff]")
_SET_IN: Final = 0.5  # centimetres
_MAX_BLANKS: Final = 1_000  # of one element that stands for several


@dataclass(slots=True)
class _Open:
    """The paragraph that is being read, and what follows it; ``blank``: a blank more would collapse."""

    block: Block
    style: OdtStyle
    blank: bool = True
    notes: list[Block] = field(default_factory=list)
    boxes: list["etree._Element"] = field(default_factory=list)

    def add(self, text: str, style: OdtStyle) -> None:
        text = _BLANKS.sub(" ", text)
        text = _PRIVATE.sub(lambda found: symbol(style.picture_font, ord(found[0])), text)
        if self.blank and text.startswith(" "):
            text = text[1:]
        if text and not style.hidden:
            self.blank = text.endswith(" ")
            self.block.add(text, style.look)

    def sign(self, text: str, style: OdtStyle) -> None:
        """Text that is no blank to collapse, whatever it is."""
        if not style.hidden:
            self.blank = False
            self.block.add(text, style.look)


def read_odt(data: bytes) -> Content:
    """Paragraphs and comments of an OpenDocument text; KnownError where it is damaged, locked or empty."""
    roots = _packed(data) if data.lstrip().startswith(b"PK") else [parse_xml(data.lstrip())]
    body = child(roots[0], "body")
    text = None if body is None else child(body, "text")
    if text is None:
        if body is not None and child(body, "spreadsheet") is not None:
            raise KnownError(_("The file is a table and no text."))
        raise KnownError(_("The OpenDocument file holds no text."))
    walk = _Walk(OdtStyles(roots))
    walk.page = 0 if next(text.iter(f"{{{_TEXT}}}soft-page-break"), None) is None else 1
    walk.blocks(text)
    walk.anchor_rest()
    return content_of(walk.done, walk.remarks)


def _packed(data: bytes) -> "list[etree._Element]":
    archive = Archive(data)
    manifest = "META-INF/manifest.xml"
    if "encrypted-package" in archive or (
        manifest in archive and b"encryption-data" in archive.read(manifest)
    ):
        raise KnownError(_("The file is locked with a password; save it without one and bring that in."))
    roots = [archive.xml("content.xml")]
    if "styles.xml" in archive:
        roots.append(archive.xml("styles.xml"))
    return roots


class _Walk:
    """One pass over a text, in reading order; an inner walk (``inner``) meets no notes and comments.

    ``page`` is the one that is being read, 0 where the file does not say where pages begin.
    """

    def __init__(self, styles: OdtStyles, *, inner: bool = False) -> None:
        self.done: list[Block] = []
        self.remarks: dict[str, Remark] = {}
        self.page = 0
        self._styles = styles
        self._inner = inner
        self._noted = 0
        self._waiting: list[str] = []  # comments that begin at the next paragraph

    def blocks(self, parent: "etree._Element") -> None:
        """Paragraphs and tables under ``parent``."""
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                self._paragraph(element, name)
            elif name == "table":
                self._rows(element)
            elif name == "soft-page-break":
                self.page += 1
            elif name == "annotation":
                self._waiting.append(self._remark(element))
            elif name == "annotation-end":
                if self.done:
                    self.done[-1].mark(attribute(element, "name"), opens=False)
            elif name not in _SKIPPED and not self._hidden_section(element):
                self.blocks(element)

    def anchor_rest(self) -> None:
        """Comments that wait for a paragraph that never came stand at the last one."""
        if self.done:
            for key in self._waiting:
                self.done[-1].mark(key, opens=True)

    def _hidden_section(self, element: "etree._Element") -> bool:
        return local(element) == "section" and attribute(element, "display") == "none"

    def _paragraph(self, element: "etree._Element", name: str) -> None:
        style = self._styles.get("paragraph", attribute(element, "style-name"))
        set_in = style.quote or style.margin >= _SET_IN
        opened = _Open(Block(heading=style.heading, set_in=set_in, page=self.page), style)
        if name == "h":
            level = attribute(element, "outline-level")
            opened.block.heading = outline_level(int(level)) if level in set("123456789") else 1
            opened.style = OdtStyle({"hidden": style.hidden}, opened.block.heading)
        for key in self._waiting:
            opened.block.mark(key, opens=True)
        self._waiting.clear()
        self._inline(element, opened, opened.style)
        self.done.append(opened.block)
        self.done.extend(opened.notes)
        for box in opened.boxes:
            self.blocks(box)

    def _inline(self, parent: "etree._Element", opened: _Open, style: OdtStyle) -> None:
        if parent.text:
            opened.add(parent.text, style)
        for element in parent:
            name = local(element)
            if name == "soft-page-break":
                self.page += 1
            elif name and name not in _SKIPPED:
                self._part(element, name, opened, style)
            if element.tail:
                opened.add(element.tail, style)

    def _part(self, element: "etree._Element", name: str, opened: _Open, style: OdtStyle) -> None:
        if name in ("span", "a"):
            named = self._styles.get("text", attribute(element, "style-name"))
            self._inline(element, opened, named.over(style))
        elif name == "s":
            opened.sign(" " * _count(element), style)
        elif name == "tab":
            opened.sign("\t", style)
        elif name == "line-break":
            opened.sign("\n", style)
        elif name == "annotation":
            opened.block.mark(self._remark(element), opens=True)
        elif name == "annotation-end":
            opened.block.mark(attribute(element, "name"), opens=False)
        elif name == "note":
            self._note(element, opened, style)
        elif element.tag.startswith(f"{{{_SHAPES}}}") and name != "a":
            opened.boxes.append(element)
        elif attribute(element, "is-hidden") != "true":
            self._inline(element, opened, style)

    def _note(self, element: "etree._Element", opened: _Open, style: OdtStyle) -> None:
        body = child(element, "note-body")
        if body is None or self._inner or style.hidden:
            return
        text = self._apart(body)
        if plain_text(text):
            self._noted += 1
            mark = f"[{self._noted}]"
            opened.sign(mark, OdtStyle())
            opened.notes.append(note_of(mark, text))

    def _remark(self, element: "etree._Element") -> str:
        """Keeps the comment; its key."""
        key = attribute(element, "name") or f"\0{len(self.remarks)}"
        if not self._inner:
            author, date = (_words(child(element, name)) for name in ("creator", "date"))
            self.remarks[key] = Remark(author, plain_text(self._apart(element)), date)
        return key

    def _apart(self, element: "etree._Element") -> list[Block]:
        walk = _Walk(self._styles, inner=True)
        walk.blocks(element)
        return walk.done

    def _rows(self, parent: "etree._Element") -> None:
        for element in parent:
            name = local(element)
            if name == "table-row":
                self._row(element)
            elif name not in _SKIPPED:
                self._rows(element)

    def _row(self, row: "etree._Element") -> None:
        cells = [self._cell(cell) for cell in row if local(cell) == "table-cell"]
        made = row_of(cells)
        if any(block.text.strip() for block in made):
            self.done.extend(made)
        else:
            self._waiting.extend(anchor.key for anchor in made[0].anchors if anchor.opens)

    def _cell(self, cell: "etree._Element") -> list[Block]:
        outer, self.done = self.done, []
        self.blocks(cell)
        inner, self.done = self.done, outer
        return inner


def _count(element: "etree._Element") -> int:
    written = attribute(element, "c")
    return min(int(written), _MAX_BLANKS) if written.isascii() and written[:9].isdigit() else 1


def _words(element: "etree._Element | None") -> str:
    return "" if element is None else (element.text or "").strip()
