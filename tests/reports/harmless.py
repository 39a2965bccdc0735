"""What a written report may not hold, and what can be read in it, for every format; nothing is trusted.

``problems`` lists sentences, so that a test shows all that is wrong with a file at once. ``words`` is what a
reader sees, without white space: renderers break and indent lines as they like.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final
from zipfile import ZipFile

from lxml import etree, html

ACTIVE: Final = frozenset(
    """script iframe frame frameset object embed applet form input button textarea select link base svg math
    video audio source track template portal""".split()  # noqa: SIM905
)
_ADDRESSES: Final = frozenset(
    """href src srcset action formaction data poster background cite longdesc manifest ping
    xlink:href""".split()  # noqa: SIM905
)
_OWN_ADDRESS: Final = re.compile(r"#|data:image/(png|svg\+xml);base64,[A-Za-z0-9+/=]+$")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FIGURE: Final = re.compile(r"[+-]?\d[\d.,]*(e[+-]?\d+)?%?", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s+")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MEMBERS: Final = re.compile(
    r"(Field|DDE|Include|oleObject|externalLink|vbaProject|activeX|embeddings)", re.I
)
_FIELDS: Final = {"PAGE", "NUMPAGES", "TOC", "REF", "PAGEREF", "SEQ", "STYLEREF", "SECTIONPAGES"}


def squeezed(text: str) -> str:
    """The text without white space and without quotation marks, which are set as the language has them."""
    return _SPACE.sub("", re.sub("[\"'„“”‚‘’»«›‹]", "", text))


def problems(data: bytes, suffix: str) -> list[str]:
    """What is wrong with the file."""
    return list(_CHECKS[suffix](data))


def words(data: bytes, suffix: str) -> str:
    """What can be read in the file."""
    return squeezed(_READERS[suffix](data))


# -- html ---------------------------------------------------------------------------------------------------


def page_of(data: bytes) -> Any:
    """The root of a web page."""
    return html.document_fromstring(data.decode("utf-8"))


def _html(data: bytes) -> Iterator[str]:
    page = page_of(data)
    if found := _CONTROL.search(data.decode("utf-8")):
        yield f"control character {found.group()!r}"
    for one in page.iter():
        if not isinstance(one.tag, str):
            yield f"a comment or instruction: {one!s:.60}"
            continue
        if one.tag.rsplit("}", 1)[-1].lower() in ACTIVE:
            yield f"<{one.tag}>"
        if one.tag == "meta" and (one.get("http-equiv") or "").lower() not in ("", "content-security-policy"):
            yield f"<meta http-equiv={one.get('http-equiv')}>"
        for name, value in one.attrib.items():
            yield from _attribute(one.tag, name.lower(), value)
    for style in page.xpath("//style"):
        yield from _style(style.text or "")


def _attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on"):
        yield f"<{tag} {name}>"
    if name in _ADDRESSES and not _OWN_ADDRESS.match(value):
        yield f"<{tag} {name}={value[:60]!r}>"
    if name == "style":
        yield from _style(value)


def _style(text: str) -> Iterator[str]:
    low = text.lower()
    for bad in ("url(", "@import", "expression(", "javascript:", "http", "//", "\\"):
        if bad in low:
            yield f"style with {bad}"


def _html_words(data: bytes) -> str:
    page = page_of(data)
    for style in page.xpath("//style"):
        style.text = ""
    return f"{page.text_content()} {' '.join(page.xpath('//@alt'))}"


# -- Word ---------------------------------------------------------------------------------------------------


def _docx(data: bytes) -> Iterator[str]:
    from docx import Document

    Document(io.BytesIO(data))
    for name, part in _parts(data):
        if _MEMBERS.search(name):
            yield f"member {name}"
        if name.endswith(".rels"):
            for one in part.iter("{*}Relationship"):
                if one.get("TargetMode") == "External":
                    yield f"{name} leads to {one.get('Target')}"
        for one in part.iter(f"{_W}instrText"):
            word = (one.text or "").split()
            if word and word[0] not in _FIELDS:
                yield f"field {one.text}"
        if found := _CONTROL.search("".join(part.itertext())):
            yield f"control character {found.group()!r} in {name}"
    body = etree.fromstring(ZipFile(io.BytesIO(data)).read("word/document.xml"))
    marks = [one.get(f"{_W}name") for one in body.iter(f"{_W}bookmarkStart")]
    if len(marks) != len(set(marks)):
        yield "a bookmark stands twice"


def _parts(data: bytes) -> Iterator[tuple[str, Any]]:
    with ZipFile(io.BytesIO(data)) as package:
        if package.testzip():
            raise AssertionError(package.testzip())
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, etree.fromstring(package.read(name))


def _docx_words(data: bytes) -> str:
    return "".join(
        one.text or ""
        for name, part in _parts(data)
        if name.startswith("word/") and "styles" not in name
        for one in part.iter(f"{_W}t", f"{_W}noBreakHyphen")
    )


# -- spreadsheets -------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)  # asked for its problems, then for its words
def _book(data: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data))


def _xlsx(data: bytes) -> Iterator[str]:
    for name, part in _parts(data):
        if _MEMBERS.search(name):
            yield f"member {name}"
        for one in part.iter("{*}f", "{*}definedName"):
            if one.tag.endswith("}f") or "Print_" not in (one.get("name") or "") + "Print_":
                yield f"formula {one.text} in {name}"
        for one in part.iter("{*}Relationship"):
            if one.get("TargetMode") == "External":
                yield f"{name} leads to {one.get('Target')}"
    for page in _book(data).worksheets:
        if len(page.title) > 31 or re.search(r"[\[\]:*?/\\]", page.title):
            yield f"sheet {page.title!r}"
        for cell in (cell for row in page.iter_rows() for cell in row):
            if cell.data_type not in ("s", "n", "b", "d", "inlineStr"):
                yield f"{page.title}!{cell.coordinate} is of type {cell.data_type}"
            if cell.hyperlink and (
                cell.hyperlink.target or not (cell.hyperlink.location or "").startswith("'")
            ):
                yield f"{page.title}!{cell.coordinate} leads to {cell.hyperlink.target}"


def _xlsx_words(data: bytes) -> str:
    return "".join(
        str(value)
        for page in _book(data).worksheets
        for row in page.iter_rows(values_only=True)
        for value in row
        if value
    )


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def _csv(data: bytes) -> Iterator[str]:
    text = data.decode("utf-8-sig")
    if found := _CONTROL.search(text):
        yield f"control character {found.group()!r}"
    for row in _rows(data):
        for value in row:
            start = value.lstrip()
            if value.startswith(("\t", "\r", "\n")) or (
                start.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
                and not _FIGURE.fullmatch(start)
            ):
                yield f"a spreadsheet would reckon {value[:60]!r}"


def _csv_words(data: bytes) -> str:
    return "".join(value for row in _rows(data) for value in row)


# -- others -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)  # asked for its problems, then for its words
def _md_tokens(data: bytes) -> list[Any]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(data.decode("utf-8"))
    return [*tokens, *(child for token in tokens for child in token.children or ())]


def _md(data: bytes) -> Iterator[str]:
    if found := _CONTROL.search(data.decode("utf-8")):
        yield f"control character {found.group()!r}"
    for token in _md_tokens(data):
        if token.type in ("html_inline", "html_block"):
            for tag in re.findall(r"<[^>]*>?", token.content):
                if not re.fullmatch(r'<a id="[\w-]+">|</a>|</?small>|<br>', tag):
                    yield f"html {tag[:60]!r}"
        if token.type == "link_open" and not str(token.attrGet("href")).startswith("#"):
            yield f"link {token.attrGet('href')!r}"
        if token.type in ("image", "code_block", "fence"):
            yield f"{token.type} {token.content[:60]!r}"


def _md_words(data: bytes) -> str:
    kinds = ("text", "text_special", "code_inline")
    return "".join(token.content for token in _md_tokens(data) if token.type in kinds)


def _pdf(data: bytes) -> Iterator[str]:
    import pypdfium2

    if not len(pypdfium2.PdfDocument(data)):
        yield "no page"
    for bad in (
        b"/JavaScript",
        b"/JS",
        b"/Launch",
        b"/URI",
        b"/SubmitForm",
        b"/EmbeddedFile",
        b"/OpenAction",
    ):
        if re.search(re.escape(bad) + rb"[\s(<\[/]", data):
            yield f"pdf with {bad.decode()}"


def _pdf_words(data: bytes) -> str:
    import pypdfium2

    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def _xml(data: bytes) -> Iterator[str]:
    if b"<!" in data:
        yield "a declaration"
    etree.fromstring(data)


def _xml_words(data: bytes) -> str:
    root: Any = etree.fromstring(data)
    return "".join([*root.itertext(), *(value for one in root.iter() for value in one.attrib.values())])


_MERMAID: Final = re.compile(
    r'  (%% [\w-]+|(n\d+ --> )?n\d+\["[^"<>`%{}\[\]|\\;]*(#\d+;[^"<>`%{}\[\]|\\;]*)*"\]|style n\d+ [\w:#,-]+)'
)


def _mermaid(data: bytes) -> Iterator[str]:
    for line in data.decode("utf-8").splitlines()[1:]:
        if not _MERMAID.fullmatch(line):
            yield f"line {line[:80]!r}"


def _mermaid_words(data: bytes) -> str:
    return re.sub(r"#(\d+);", lambda found: chr(int(found.group(1))), data.decode("utf-8"))


_CHECKS: Final[dict[str, Callable[[bytes], Iterator[str]]]] = {
    "docx": _docx,
    "pdf": _pdf,
    "html": _html,
    "xlsx": _xlsx,
    "csv": _csv,
    "md": _md,
    "opml": _xml,
    "mmd": _mermaid,
    "graphml": _xml,
}
_READERS: Final[dict[str, Callable[[bytes], str]]] = {
    "docx": _docx_words,
    "pdf": _pdf_words,
    "html": _html_words,
    "xlsx": _xlsx_words,
    "csv": _csv_words,
    "md": _md_words,
    "opml": _xml_words,
    "mmd": _mermaid_words,
    "graphml": _xml_words,
}
