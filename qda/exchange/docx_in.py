"""Word documents: an own walk over the XML, because ready readers drop what a person sees in Word.

Accepted are tracked insertions and moved-to text, content controls, fields (their result), smart tags,
text boxes (after their paragraph), symbols, notes (after their paragraph), tables (a row a paragraph,
cells joined by TAB). Skipped are deletions, moved-from and hidden text, headers and footers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from qda.errors import KnownError
from qda.exchange.archive import Archive
from qda.exchange.raw import RawComment, RawParagraph
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
_OFF: Final = frozenset(("0", "false", "off", "none"))
_HEADING_NAME: Final = re.compile(r"(?:heading|überschrift|berschrift|title|titel)\s*(\d?)", re.IGNORECASE)
_WINGDINGS: Final = {
    **{0xE0: "→", 0xDF: "←", 0xE8: "➔", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0xFC: "✓", 0xFB: "✗"},
    **{0xA7: "▪", 0xB7: "•", 0xA8: "◻", 0xFE: "☑", 0x6C: "●", 0x6E: "■", 0xD8: "➢"},
}
_GREEK: Final = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL: Final = _GREEK | {0xAE: "→", 0xAC: "←", 0xB7: "•", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB9: "≠"}


@dataclass(slots=True)
class _Style:
    bold: bool = False
    hidden: bool = False
    heading: int = 0


@dataclass(slots=True)
class _Open:
    """The paragraph that is being read."""

    pieces: list[str] = field(default_factory=list)
    bold: int = 0
    bold_runs: bool = True  # so far everything was bold
    heading: int = 0
    style: _Style = field(default_factory=_Style)
    notes: list[str] = field(default_factory=list)
    boxes: list["etree._Element"] = field(default_factory=list)

    def add(self, text: str, *, bold: bool) -> None:
        self.pieces.append(text)
        if self.bold_runs and bold:
            self.bold += len(text)
        elif text.strip():
            self.bold_runs = False


@dataclass(frozen=True, slots=True)
class DocxContent:
    """What a Word file holds for us."""

    paragraphs: tuple[RawParagraph, ...]
    comments: tuple[RawComment, ...]
    warnings: tuple[str, ...]


def read_docx(data: bytes) -> DocxContent:
    """Paragraphs and comments of a Word file; KnownError where it is damaged or hostile."""
    archive = Archive(data)
    root = archive.xml("word/document.xml")
    body = next((child for child in root if _local(child) == "body"), None)
    if body is None:
        raise KnownError(_("The Word file holds no text."))
    walk = _Walk(archive)
    walk.blocks(body)
    walk.close()
    return DocxContent(tuple(walk.paragraphs), tuple(walk.comments()), tuple(walk.warnings))


class _Walk:
    """One pass over the body, in reading order."""

    def __init__(self, archive: Archive) -> None:
        self.paragraphs: list[RawParagraph] = []
        self.warnings: list[str] = []
        self._styles = _styles(archive)
        self._notes = {kind: _notes(archive, kind) for kind in ("footnote", "endnote")}
        self._remarks = _remarks(archive)
        self._ranges: dict[str, tuple[int, int]] = {}
        self._noted = 0
        self._row: int | None = None  # the paragraph that the open table row will become
        self._open: _Open | None = None  # waits for the next paragraph where the mark between is deleted

    def blocks(self, parent: "etree._Element") -> None:
        """Paragraphs and tables under ``parent``."""
        for child in parent:
            name = _local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self.close()
                self._table(child)
            elif name == "altChunk":
                self.warnings.append(
                    _("A part of the Word file that is embedded in another format is missing.")
                )
            elif name == "AlternateContent":
                self.blocks(_branch(child))
            elif name in ("commentRangeStart", "commentRangeEnd"):
                self._range(child, name)
            elif name not in _SKIPPED:
                self.blocks(child)

    def close(self) -> None:
        """Ends the open paragraph and puts its text boxes and notes after it."""
        done, self._open = self._open, None
        if done is None:
            return
        text = "".join(done.pieces)
        self.paragraphs.append(RawParagraph(text, bold=done.bold, heading=done.heading))
        self.paragraphs.extend(RawParagraph(note) for note in done.notes)
        for box in done.boxes:
            self.blocks(box)
            self.close()

    def comments(self) -> Iterator[RawComment]:
        """The comments in the margin, with the paragraphs they stand at."""
        last = max(len(self.paragraphs) - 1, 0)
        for key, (author, text) in self._remarks.items():
            first, stop = self._ranges.get(key, (last, last))
            yield RawComment(author, text, first, max(first, stop))

    def _paragraph(self, element: "etree._Element") -> None:
        if self._open is None:
            self._open = _Open()
            self._look(self._open, element)
        self._inline(element, self._open, bold=self._open.style.bold)
        if not _mark_deleted(element):
            self.close()

    def _look(self, opened: _Open, element: "etree._Element") -> None:
        properties = _child(element, "pPr")
        if properties is None:
            return
        style = _value(_child(properties, "pStyle"))
        opened.style = self._styles.get(style, opened.style)
        outline = _value(_child(properties, "outlineLvl"))
        level = int(outline) + 1 if outline.isdigit() else 0
        opened.heading = opened.style.heading or (level if level <= 6 else 0)

    def _inline(self, parent: "etree._Element", opened: _Open, *, bold: bool) -> None:
        for child in parent:
            name = _local(child)
            if name == "r":
                self._run(child, opened, bold=bold)
            elif name == "AlternateContent":
                self._inline(_branch(child), opened, bold=bold)
            elif name in ("commentRangeStart", "commentRangeEnd"):
                self._range(child, name)
            elif name == "txbxContent":
                opened.boxes.append(child)
            elif name not in _SKIPPED:
                self._leaf(child, name, opened, bold=bold)

    def _run(self, run: "etree._Element", opened: _Open, *, bold: bool) -> None:
        properties = _child(run, "rPr")
        hidden = opened.style.hidden
        if properties is not None:
            style = self._styles.get(_value(_child(properties, "rStyle")))
            if style is not None:
                bold, hidden = bold or style.bold, hidden or style.hidden
            bold = _switch(_child(properties, "b"), bold)
            hidden = _switch(_child(properties, "vanish"), hidden)
        if not hidden:
            self._inline(run, opened, bold=bold)

    def _leaf(self, element: "etree._Element", name: str, opened: _Open, *, bold: bool) -> None:
        if name == "t":
            if _is_text(str(element.tag)):
                opened.add(element.text or "", bold=bold)
        elif name in _BREAKS:
            opened.add(_BREAKS[name], bold=bold)
        elif name == "sym":
            opened.add(_symbol(element), bold=bold)
        elif name in ("footnoteReference", "endnoteReference"):
            note = self._notes[name.removesuffix("Reference")].get(_attribute(element, "id"), "")
            if note:
                self._noted += 1
                mark = f"[{self._noted}]"
                opened.add(mark, bold=False)
                opened.notes.append(f"{mark} {note}")
        else:
            self._inline(element, opened, bold=bold)

    def _range(self, element: "etree._Element", name: str) -> None:
        key = _attribute(element, "id")
        here = len(self.paragraphs) if self._row is None else self._row
        first, _last = self._ranges.get(key, (here, here))
        self._ranges[key] = (here, here) if name == "commentRangeStart" else (first, here)

    def _table(self, table: "etree._Element") -> None:
        for row in _within(table, "tr"):
            properties = _child(row, "trPr")
            if properties is not None and _child(properties, "del") is not None:
                continue
            outermost = self._row is None
            if outermost:
                self._row = len(self.paragraphs)
            cells = [self._cell(cell) for cell in _within(row, "tc")]
            if outermost:
                self._row = None
            if any(cell.strip() for cell, _bold in cells):
                text = "\t".join(cell for cell, _bold in cells)
                bold = cells[0][1] if cells[0][1] == len(cells[0][0]) else 0
                self.paragraphs.append(RawParagraph(text, bold=bold, row=True))

    def _cell(self, cell: "etree._Element") -> tuple[str, int]:
        outer, self.paragraphs = self.paragraphs, []
        self.blocks(cell)
        self.close()
        inner, self.paragraphs = self.paragraphs, outer
        texts = [paragraph.text for paragraph in inner]
        while len(texts) > 1 and not texts[-1].strip():
            texts.pop()
        return "\n".join(texts), inner[0].bold if len(inner) == 1 else 0


def _styles(archive: Archive) -> dict[str, _Style]:
    """What each style says about bold, hidden and heading, its ancestors included."""
    if "word/styles.xml" not in archive:
        return {}
    own: dict[str, tuple[_Style, str]] = {}
    for element in archive.xml("word/styles.xml"):
        if _local(element) != "style":
            continue
        style = _Style()
        if (runs := _child(element, "rPr")) is not None:
            style.bold = _switch(_child(runs, "b"), False)
            style.hidden = _switch(_child(runs, "vanish"), False)
        name = _HEADING_NAME.fullmatch(_value(_child(element, "name")))
        if name:
            style.heading = int(name[1] or 1)
            style.bold = False  # a heading's look is no speaker's
        own[_attribute(element, "styleId")] = (style, _value(_child(element, "basedOn")))
    return {key: _inherited(key, own) for key in own}


def _inherited(key: str, own: dict[str, tuple[_Style, str]]) -> _Style:
    result, seen = _Style(), set[str]()
    while key in own and key not in seen:
        seen.add(key)
        style, key = own[key]
        result.bold = result.bold or style.bold
        result.hidden = result.hidden or style.hidden
        result.heading = result.heading or style.heading
    return result


def _notes(archive: Archive, kind: str) -> dict[str, str]:
    part = f"word/{kind}s.xml"
    if part not in archive:
        return {}
    return {
        _attribute(note, "id"): " ".join(_all_text(note).split())
        for note in archive.xml(part)
        if _local(note) == kind and not _attribute(note, "type")
    }


def _remarks(archive: Archive) -> dict[str, tuple[str, str]]:
    if "word/comments.xml" not in archive:
        return {}
    return {
        _attribute(comment, "id"): (_attribute(comment, "author"), _all_text(comment).strip())
        for comment in archive.xml("word/comments.xml")
        if _local(comment) == "comment"
    }


def _all_text(element: "etree._Element") -> str:
    """The text below ``element``, a line for each paragraph."""
    found: list[str] = []
    for child in element:
        name = _local(child)
        if name in _SKIPPED:
            continue
        if name == "t":
            found.append(child.text or "")
        elif name in _BREAKS:
            found.append(_BREAKS[name])
        else:
            found.append(_all_text(child) + ("\n" if name == "p" else ""))
    return "".join(found)


def _branch(element: "etree._Element") -> "etree._Element":
    """One branch of an AlternateContent: the first choice that holds something, else the fallback."""
    choices = sorted(element, key=lambda child: _local(child) == "Fallback")
    for choice in choices:
        if _local(choice) in ("Choice", "Fallback") and any(
            _local(below) == "t" and _is_text(str(below.tag)) for below in choice.iter()
        ):
            return choice
    return choices[0] if choices else element


def _symbol(element: "etree._Element") -> str:
    code = _attribute(element, "char")
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if not 0 < point <= 0xFFFF or 0xD800 <= point <= 0xDFFF:
        return ""
    table = _SYMBOL if _attribute(element, "font").startswith("Symbol") else _WINGDINGS
    low = point - 0xF000 if 0xF000 <= point <= 0xF0FF else point
    return table.get(low, chr(point))


def _mark_deleted(paragraph: "etree._Element") -> bool:
    properties = _child(paragraph, "pPr")
    runs = _child(properties, "rPr") if properties is not None else None
    return runs is not None and any(_child(runs, name) is not None for name in ("del", "moveFrom"))


def _within(parent: "etree._Element", wanted: str) -> Iterator["etree._Element"]:
    """Rows of a table, cells of a row: also inside content controls and insertions."""
    for child in parent:
        name = _local(child)
        if name == wanted:
            yield child
        elif name not in _SKIPPED and name not in ("tbl", "p"):
            yield from _within(child, wanted)


def _switch(element: "etree._Element | None", before: bool) -> bool:
    if element is None:
        return before
    return _value(element).lower() not in _OFF


def _child(element: "etree._Element", name: str) -> "etree._Element | None":
    return next((child for child in element if _local(child) == name), None)


def _value(element: "etree._Element | None") -> str:
    return "" if element is None else _attribute(element, "val")


def _attribute(element: "etree._Element", name: str) -> str:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def _local(element: "etree._Element") -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _is_text(tag: str) -> bool:
    return any(space in tag for space in _TEXT_SPACES)
