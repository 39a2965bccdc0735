"""Word documents: an own walk over the XML, because ready readers drop what a person sees in Word.

Accepted are tracked insertions and moved-to text, content controls, fields (their result), smart tags,
text boxes (after their paragraph), symbols, notes (after their paragraph), tables (a row a paragraph,
cells joined by TAB). Skipped are deletions, moved-from and hidden text, headers and footers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qda.errors import KnownError
from qda.exchange.archive import Archive
from qda.exchange.blocks import (
    Block,
    Content,
    Look,
    Remark,
    content_of,
    note_of,
    outline_level,
    plain_text,
    row_of,
)
from qda.exchange.docx_parts import Parts
from qda.exchange.docx_styles import NO_STYLE, Style, Styles, margin_of, value
from qda.exchange.symbols import symbol
from qda.exchange.xml_names import attribute, child, local
from qda.i18n import _

if TYPE_CHECKING:
    from lxml import etree

_TEXT_SPACES: Final = ("wordprocessingml", "/math}")  # as they stand in transitional and strict files
_SKIPPED: Final = frozenset(
    {
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "tblPr", "trPr", "tcPr"),
        *("sectPr", "rt", "sdtPr", "sdtEndPr", "proofErr", "tblGrid", "Fallback", "annotationRef"),
    }
)
_BREAKS: Final = {
    **{"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n"},
    **{"softHyphen": "\u00ad", "noBreakHyphen": "\u2011"},
}
_COMMENT_MARKS: Final = frozenset(("commentRangeStart", "commentRangeEnd", "commentReference"))
_NOTES: Final = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_SET_IN: Final = 280  # twentieths of a point: half a centimetre
_ON_ONE_LINE: Final = str.maketrans("\r\n", "  ")


@dataclass(slots=True)
class _Open:
    """The paragraph that is being read, and what follows it."""

    block: Block = field(default_factory=Block)
    style: Style = NO_STYLE
    notes: list[Block] = field(default_factory=list)
    boxes: list["etree._Element"] = field(default_factory=list)


def read_docx(data: bytes) -> Content:
    """Paragraphs and comments of a Word file; KnownError where it is damaged, hostile or empty."""
    parts = Parts(Archive(data))
    return read_parts(parts, parts.text())


def read_parts(parts: Parts, root: "etree._Element") -> Content:
    """As :func:`read_docx`; ``root`` is the document, as it is or with runs taken out of it."""
    body = child(root, "body")
    if body is None:
        raise KnownError(_("The Word file holds no text."))
    styles = Styles(parts.root("styles"))
    notes = {kind: _notes(parts.root(f"{kind}s"), kind) for kind in _NOTES.values()}
    walk = _Walk(styles, notes)
    walk.count_pages(body)
    walk.blocks(body)
    walk.close()
    walk.anchor_rest()
    return content_of(walk.done, _remarks(parts.root("comments"), styles), walk.warnings)


class _Walk:
    """One pass over a body, in reading order; ``notes`` are the notes that it may meet, by kind and id."""

    def __init__(self, styles: Styles, notes: dict[str, dict[str, "etree._Element"]] | None = None) -> None:
        self.done: list[Block] = []
        self.warnings: list[str] = []
        self._styles = styles
        self._notes = notes or {}
        self._noted: dict[tuple[str, str], str] = {}
        self._open: _Open | None = None  # waits for the next paragraph where the mark between is deleted
        self._ended: set[str] = set()
        self._waiting: list[str] = []  # comments that begin at the next paragraph
        self._page = 0  # known only where the writer left marks of its last printing

    def blocks(self, parent: "etree._Element") -> None:
        """Paragraphs and tables under ``parent``."""
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self.close()
                self._table(element)
            elif name == "altChunk":
                self.warnings.append(
                    _("A part of the Word file that is embedded in another format is missing.")
                )
            elif name == "AlternateContent":
                self.blocks(_branch(element))
            elif name in _COMMENT_MARKS:
                self._between(element, name)
            elif name not in _SKIPPED:
                self.blocks(element)

    def count_pages(self, body: "etree._Element") -> None:
        """Pages are counted from 1 where the file tells where they began when it was last printed."""
        tag = str(body.tag).replace("body", "lastRenderedPageBreak")
        self._page = 0 if next(body.iter(tag), None) is None else 1

    def close(self) -> None:
        """Ends the open paragraph and puts its text boxes and notes after it."""
        opened, self._open = self._open, None
        if opened is None:
            return
        self.done.append(opened.block)
        self.done.extend(opened.notes)
        for box in opened.boxes:
            self.blocks(box)
            self.close()

    def anchor_rest(self) -> None:
        """Comments that wait for a paragraph that never came stand at the last one."""
        if self.done:
            for key in self._waiting:
                self.done[-1].mark(key, opens=True)

    def _paragraph(self, element: "etree._Element") -> None:
        if self._open is None:
            self._open = self._begun(element)
        opened = self._open
        look, _hidden = self._styles.run(opened.style, None)
        self._inline(element, opened, look)
        if not _mark_deleted(element):
            self.close()

    def _begun(self, element: "etree._Element") -> _Open:
        opened = _Open()
        properties = child(element, "pPr")
        name = outline = ""
        if properties is not None:
            name = value(child(properties, "pStyle"))
            outline = value(child(properties, "outlineLvl"))
        opened.style = self._styles.paragraph(name)
        level = outline_level(int(outline) + 1) if outline in set("0123456789") else 0
        opened.block.heading = opened.style.heading or level
        opened.block.page = self._page
        margin = margin_of(properties)
        margin = opened.style.margin if margin is None else margin
        opened.block.set_in = opened.style.quote or (margin or 0) >= _SET_IN
        for key in self._waiting:
            opened.block.mark(key, opens=True)
        self._waiting.clear()
        return opened

    def _inline(self, parent: "etree._Element", opened: _Open, look: Look) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                run, hidden = self._styles.run(opened.style, child(element, "rPr"))
                if not hidden:
                    self._inline(element, opened, run)
            elif name == "t":
                if _is_text(str(element.tag)):
                    opened.block.add((element.text or "").translate(_ON_ONE_LINE), look)
            elif name in _SKIPPED:
                pass
            elif name == "AlternateContent":
                self._inline(_branch(element), opened, look)
            elif name == "txbxContent":
                opened.boxes.append(element)
            else:
                self._leaf(element, name, opened, look)

    def _leaf(self, element: "etree._Element", name: str, opened: _Open, look: Look) -> None:
        if name in _BREAKS:
            opened.block.add(_BREAKS[name], look)
        elif name == "sym":
            opened.block.add(_symbol(element), look)
        elif name == "lastRenderedPageBreak":
            self._page += 1
            if not opened.block.length:
                opened.block.page = self._page
        elif name in _COMMENT_MARKS:
            self._comment(opened.block, attribute(element, "id"), name)
        elif name in _NOTES:
            self._note(_NOTES[name], attribute(element, "id"), opened)
        else:
            self._inline(element, opened, look)

    def _note(self, kind: str, key: str, opened: _Open) -> None:
        """A mark in the text; the note itself follows its paragraph, once."""
        element = self._notes.get(kind, {}).get(key)
        if element is None:
            return
        mark = self._noted.get((kind, key))
        if mark is None:
            inner = _Walk(self._styles)
            inner.blocks(element)
            inner.close()
            if not plain_text(inner.done):
                return
            mark = self._noted[kind, key] = f"[{len(self._noted) + 1}]"
            opened.notes.append(note_of(mark, inner.done))
        opened.block.add(mark)

    def _between(self, element: "etree._Element", name: str) -> None:
        """The beginning or end of a comment that stands between paragraphs."""
        key = attribute(element, "id")
        if self._open is not None:
            self._comment(self._open.block, key, name)
        elif name == "commentRangeStart":
            self._waiting.append(key)
        elif self.done:
            self._comment(self.done[-1], key, name)

    def _comment(self, block: Block, key: str, name: str) -> None:
        """A place of a comment; where it is referred to counts only if it has no end of its own."""
        if name == "commentRangeEnd":
            self._ended.add(key)
        if name != "commentReference" or key not in self._ended:
            block.mark(key, opens=name == "commentRangeStart")

    def _table(self, table: "etree._Element") -> None:
        for row in _within(table, "tr"):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                continue
            cells = [self._cell(cell) for cell in _within(row, "tc")]
            made = row_of(cells)
            if any(block.text.strip() for block in made):
                self.done.extend(made)
            else:
                self._waiting.extend(anchor.key for anchor in made[0].anchors if anchor.opens)

    def _cell(self, cell: "etree._Element") -> list[Block]:
        outer, self.done = self.done, []
        self.blocks(cell)
        self.close()
        inner, self.done = self.done, outer
        return inner


def _notes(root: "etree._Element | None", kind: str) -> dict[str, "etree._Element"]:
    """The notes by id, without the lines that separate them from the text."""
    return {
        attribute(note, "id"): note
        for note in (() if root is None else root)
        if local(note) == kind and attribute(note, "type") in ("", "normal")
    }


def _remarks(root: "etree._Element | None", styles: Styles) -> dict[str, Remark]:
    found: dict[str, Remark] = {}
    for comment in () if root is None else root:
        if local(comment) == "comment":
            walk = _Walk(styles)
            walk.blocks(comment)
            walk.close()
            author, date = attribute(comment, "author"), attribute(comment, "date")
            found[attribute(comment, "id")] = Remark(author, plain_text(walk.done), date)
    return found


def _branch(element: "etree._Element") -> "etree._Element":
    """One branch of an AlternateContent: the first choice that holds something, else the fallback."""
    choices = sorted(element, key=lambda branch: local(branch) == "Fallback")
    for choice in choices:
        if local(choice) in ("Choice", "Fallback") and _holds_text(choice.iter()):
            return choice
    return choices[0] if choices else element


def _holds_text(elements: "Iterable[etree._Element]") -> bool:
    return any(local(element) == "t" and _is_text(str(element.tag)) for element in elements)


def _symbol(element: "etree._Element") -> str:
    try:
        point = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    return symbol(attribute(element, "font"), point)


def _mark_deleted(paragraph: "etree._Element") -> bool:
    properties = child(paragraph, "pPr")
    runs = child(properties, "rPr") if properties is not None else None
    return runs is not None and any(child(runs, name) is not None for name in ("del", "moveFrom"))


def _within(parent: "etree._Element", wanted: str) -> Iterator["etree._Element"]:
    """Rows of a table, cells of a row: also inside content controls and insertions."""
    for element in parent:
        name = local(element)
        if name == wanted:
            yield element
        elif name not in _SKIPPED and name not in ("tbl", "p"):
            yield from _within(element, wanted)


def _is_text(tag: str) -> bool:
    return any(space in tag for space in _TEXT_SPACES)
