"""Web pages (HTML, XHTML): what a reader sees of them, paragraph by paragraph, and the times of noScribe.

Nothing is loaded, neither style sheets nor pictures nor a DTD. White space collapses as in a browser,
``<pre>`` keeps its own; a row of a table is one paragraph with TAB between its cells (a table of one column
is mere layout). Bold, italic and underlined come from tags, from ``style`` attributes and from the classes
of the page's own style sheet (Google Docs writes them so). The words of comments by Word are left out, and
a warning says so; times of noScribe's anchors: :mod:`qda.exchange.noscribe`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from qda.errors import KnownError
from qda.exchange import noscribe
from qda.exchange.html_css import Look, classes, looked
from qda.exchange.html_text import Buffer
from qda.exchange.language import word_set
from qda.exchange.raw import RawComment, RawParagraph
from qda.exchange.text_in import Decoded, decode
from qda.i18n import _, ngettext

if TYPE_CHECKING:
    from lxml import etree

_SKIPPED: Final = word_set(
    """
    script style noscript head template iframe object embed applet svg math canvas audio video select button
    textarea datalist map area input img rp title
    """
)
_BLOCKS: Final = word_set(
    """
    html body p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table thead tbody tfoot tr td th
    caption section article header footer main aside nav address figure figcaption form fieldset legend
    details summary center hr hgroup menu dir search
    """
)
_HEADING: Final = re.compile(r"h([1-6])")
_NOTE_ANCHOR: Final = re.compile(r"(?:_ftn|_edn|ftnt|fn:?|footnote-?)\d+")
_COMMENT: Final = re.compile(r"mso-element:\s*comment(?![\w-])", re.IGNORECASE)
_META: Final = re.compile(
    rb"<meta\s[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,30})",
    re.IGNORECASE,
)
_KNOWN: Final = re.compile(
    r"utf-8|cp\d{3,4}|iso8859-\d+|mac-roman|koi8-[ru]|gb\w+|big5|shift_jis|euc_\w+|ascii|hz|johab"
)
_WIDE: Final = re.compile(r"utf-?(?:16|32)|ucs-?[24]", re.IGNORECASE)
_INSIDE: Final = re.compile(r"[\x01-\x08\x0b\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class HtmlContent:
    """What the reader found; ``header`` holds the page's title and its recording (without its folder)."""

    encoding: str
    paragraphs: tuple[RawParagraph, ...]
    comments: tuple[RawComment, ...] = ()
    warnings: tuple[str, ...] = ()
    header: tuple[tuple[str, str], ...] = ()


def read_html(data: bytes, *, encoding: str | None = None) -> HtmlContent:
    """The paragraphs of a web page.

    :raises KnownError: it holds no text, or cannot be taken apart.
    """
    decoded = _decoded(data, encoding)
    root = _parsed(decoded.text)
    page = _Page(root)
    page.read()
    paragraphs = noscribe.with_turns(page.paragraphs)
    if not paragraphs:
        raise KnownError(_("The file holds no text."))
    warnings = []
    if not decoded.sure:
        warnings.append(_("The encoding was guessed: {name}.").format(name=decoded.encoding))
    if page.comments:
        warnings.append(
            ngettext(
                "{n} comment was left out; save the file as docx to bring comments in.",
                "{n} comments were left out; save the file as docx to bring comments in.",
                page.comments,
            ).format(n=page.comments)
        )
    return HtmlContent(decoded.encoding, tuple(paragraphs), (), tuple(warnings), tuple(_header(root)))


def _decoded(data: bytes, encoding: str | None) -> Decoded:
    """The text, in the encoding asked for, that of its BOM, the one it declares, or the likeliest."""
    found = _META.search(data[:4096])
    declared = _codec((found[1] or found[2]).decode("ascii")) if found else ""
    if encoding is not None or not declared or data[:2] in (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb"):
        return decode(data, encoding=encoding)
    try:  # pages in UTF-8 that declare an old encoding are more frequent than the other way round
        return Decoded(data.decode("utf-8"), "utf-8", sure=True)
    except UnicodeDecodeError:
        if declared == "utf-8":
            return decode(data)
    return Decoded(data.decode(declared, "replace"), declared, sure=True)


def _codec(name: str) -> str:
    """Python's name of a declared encoding, as browsers understand it; empty for none that is known."""
    import codecs

    if _WIDE.fullmatch(name):
        return "utf-8"  # what could be read as ASCII so far is no UTF-16
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    if known in ("iso8859-1", "ascii"):
        return "cp1252"
    return known if _KNOWN.fullmatch(known) else ""


def _parsed(text: str) -> "etree._Element":
    from lxml import etree

    text = (
        _INSIDE.sub("", text.replace("\x00", "")).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    )
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise KnownError(_("The file is damaged: it cannot be read as a web page.")) from error
    if root is None:
        raise KnownError(_("The file holds no text."))
    if any("epth" in error.message for error in parser.error_log):  # the rest of the page is lost then
        raise KnownError(_("The web page is nested too deeply; save it as text or docx."))
    return root


def _header(root: "etree._Element") -> Iterator[tuple[str, str]]:
    title = next(root.iter("title"), None)
    if title is not None and (words := " ".join("".join(map(str, title.itertext())).split())):
        yield "title", words
    for meta in root.iter("meta"):
        if meta.get("name") == "audio_source" and (place := (meta.get("content") or "").strip()):
            yield "audio", re.split(r"[/\\]", place)[-1]


# -- the walk -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Level:
    """What holds inside an element: looks, whether white space is kept, whose paragraph it is."""

    look: Look
    heading: int = 0
    note: bool = False
    block: bool = False
    row: bool = False  # this element is a row that becomes one paragraph
    cell: bool = False  # this element is a cell of such a row
    in_row: bool = False
    last: bool = True  # the last cell of its row


class _Page:
    """Collects the paragraphs of one page; walks without recursion, pages nest deeply."""

    def __init__(self, root: "etree._Element") -> None:
        self._root = root
        self._classes = classes(_sheets(root))
        anchored = any(noscribe.anchor(a) is not None for a in root.iter("a"))
        qt = any(meta.get("name") == "qrichtext" for meta in root.iter("meta"))
        self._kept_in = frozenset(("p", "li") if qt and not anchored else ())
        self._levels = [_Level(Look())]
        self._buffer = Buffer()
        self.paragraphs: list[noscribe.Paragraph] = []
        self.comments = 0

    def read(self) -> None:
        """Walks through the page."""
        from lxml import etree

        walker = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in walker:
            if not isinstance(element.tag, str):
                if event == "end":
                    self._text(element.tail)
            elif event == "end":
                if self._levels[-1] is not _SKIP:
                    self._close()
                self._levels.pop()
                self._text(element.tail)
            elif self._skips(element):
                self._levels.append(_SKIP)
                walker.skip_subtree()
            else:
                self._open(element)
                self._text(element.text)
        self._flush()

    def _text(self, text: str | None) -> None:
        if text:
            self._buffer.add(text, self._levels[-1].look)

    def _skips(self, element: "etree._Element") -> bool:
        tag = str(element.tag).lower()
        style = (element.get("style") or "").lower()
        if "mso-tab-count" in style and tag == "span":
            self._buffer.tab()
            return True
        if "mso-element:comment-list" in style.replace(" ", "") or _COMMENT.search(style):
            inner = (_COMMENT.search(e.get("style") or "") for e in element.iter("div"))
            self.comments += max(1, sum(found is not None for found in inner))
            return True
        names = (element.get("class") or "").split()
        if tag in _SKIPPED or element.get("hidden") is not None or "MsoCommentReference" in names:
            return True
        return looked(self._levels[-1].look, tag, style, names, self._classes).hidden

    def _open(self, element: "etree._Element") -> None:
        tag = str(element.tag).lower()
        outer = self._levels[-1]
        style = (element.get("style") or "").lower()
        look = looked(outer.look, tag, style, (element.get("class") or "").split(), self._classes)
        if tag in self._kept_in and "white-space" not in style:
            look = replace(look, kept=True)
        block = (tag in _BLOCKS or look.block) and not look.inline
        level = replace(outer, look=look, block=block, row=False, cell=False)
        if block and not outer.in_row:
            self._flush()
        elif block and tag not in ("td", "th"):
            self._buffer.line()
        level = self._tagged(element, tag, level)
        self._levels.append(level)
        if level.row:
            level = self._levels[-1] = replace(level, in_row=True)
        if tag == "br":
            self._buffer.line(always=True)
        elif tag == "a":
            self._anchor(element)

    def _tagged(self, element: "etree._Element", tag: str, level: _Level) -> _Level:
        if (found := _HEADING.fullmatch(tag)) is not None:
            return replace(level, heading=int(found[1]))
        if "mso-element:footnote" in (style := (element.get("style") or "").lower()) or (
            "mso-element:endnote" in style
        ):
            return replace(level, note=True)
        if tag == "tr" and not level.in_row and _is_row(element):
            return replace(level, row=True)
        if tag in ("td", "th") and level.in_row:
            last = next(element.itersiblings("td", "th"), None) is None
            if next(element.itersiblings("td", "th", preceding=True), None) is not None:
                self._buffer.cell()
            return replace(level, cell=True, last=last)
        return level

    def _anchor(self, element: "etree._Element") -> None:
        found = noscribe.anchor(element)
        if found is not None:
            speaking = noscribe.speaking(self._buffer.anchors)
            if found.speaker and not found.overlaps and speaking and speaking != found.speaker:
                self._flush()
            self._buffer.anchors.append(replace(found, position=self._buffer.length))
        elif (
            _NOTE_ANCHOR.fullmatch(element.get("name") or element.get("id") or "") and not self._buffer.length
        ):
            self._buffer.note = True

    def _close(self) -> None:
        level = self._levels[-1]
        if level.row or (level.block and not level.in_row):
            self._flush()
        elif level.cell and not level.last:
            self._buffer.flatten()
        elif level.block and not level.cell:
            self._buffer.line()

    def _flush(self) -> None:
        level = self._levels[-1]
        buffer, self._buffer = self._buffer, Buffer()
        raw = buffer.paragraph(row=level.row)
        if raw is not None:
            raw = replace(raw, heading=level.heading, note=level.note or buffer.note)
            self.paragraphs.append(noscribe.Paragraph(raw, buffer.kept_anchors()))


_SKIP: Final = _Level(Look())


def _is_row(row: "etree._Element") -> bool:
    """True for two cells and more, without a table in them (then the table is the page's layout)."""
    cells = sum(1 for child in row if child.tag in ("td", "th"))
    return cells > 1 and next(row.iter("table"), None) is None


def _sheets(root: "etree._Element") -> str:
    return "\n".join("".join(map(str, sheet.itertext())) for sheet in root.iter("style"))
