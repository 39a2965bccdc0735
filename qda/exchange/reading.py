"""Reading a document's file: what it is (by content, never by suffix), and its reader.

What cannot be read is told in one sentence; nothing is guessed silently (encoding and family are handed
back, and the caller can fix either).
"""

import re
from pathlib import Path
from typing import Final, Protocol

from qda.coding.positions import normalise
from qda.coding.transcript import TranscriptDraft
from qda.errors import KnownError
from qda.exchange.archive import Archive
from qda.exchange.docx_parts import main_part
from qda.exchange.drafts import draft_of
from qda.exchange.openings import FAMILIES
from qda.exchange.raw import RawComment, RawDocument, RawParagraph
from qda.exchange.subtitles_in import kind_of_subtitles, read_subtitles
from qda.exchange.text_in import decode, has_front_matter, readable_markdown
from qda.i18n import N_, _

MAX_FILE: Final = 200_000_000  # bytes
_MARKDOWN: Final = (".md", ".markdown", ".mdown", ".qmd")
_TABLES: Final = (".csv", ".tsv", ".tab")
_SAVE_AS: Final = N_("{name} is {kind}; save it as docx or txt and bring that in.")
_IS_A_TABLE: Final = N_("{name} is a table; bring it in as a survey or as attributes of cases.")
_KNOWN: Final = (
    (b"SQLite format 3\x00", N_("a database")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"II*\x00", N_("a picture")),
    (b"MM\x00*", N_("a picture")),
    (b"RIFF", N_("a recording")),
    (b"ID3", N_("a recording")),
    (b"OggS", N_("a recording")),
    (b"fLaC", N_("a recording")),
    (b"\x1a\x45\xdf\xa3", N_("a recording")),
    (b"Rar!", N_("a packed archive")),
    (b"7z\xbc\xaf", N_("a packed archive")),
    (b"\x1f\x8b", N_("a packed archive")),
)
_IN_OLE: Final = (  # names of streams, which an OLE container keeps in UTF-16
    ("EncryptedPackage", N_("{name} is encrypted; open it, save it without a password and bring that in.")),
    ("WordDocument", ""),
    ("Workbook", _IS_A_TABLE),
    ("PowerPoint Document", N_("{name} is a presentation; save its text as docx or txt and bring that in.")),
    ("__substg1.0_", N_("{name} is a mail; save its text as docx or txt and bring that in.")),
)
_HTML: Final = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FLAT: Final = re.compile(r"<\?xml[^>]{0,200}>\s*<office:document[\s>]")


class _Content(Protocol):
    """What every reader hands over."""

    @property
    def paragraphs(self) -> tuple[RawParagraph, ...]: ...
    @property
    def comments(self) -> tuple[RawComment, ...]: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...
    @property
    def header(self) -> tuple[tuple[str, str], ...]: ...


def read_transcript(
    path: Path | str, *, family: str | None = None, encoding: str | None = None
) -> TranscriptDraft:
    """The document at ``path``, ready to be stored; ``family`` and ``encoding`` fix what would be guessed."""
    if family is not None and family not in FAMILIES:
        raise KnownError(_("There is no kind of turns called {name}.").format(name=family))
    return draft_of(read_file(path, encoding=encoding), family=family)


def read_file(path: Path | str, *, encoding: str | None = None) -> RawDocument:
    """The paragraphs of the file at ``path``; KnownError, in one sentence, where there are none."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_FILE:
            raise KnownError(
                _("{name} is larger than any document and is not opened.").format(name=path.name), path=path
            )
        data = path.read_bytes()
    except OSError as error:
        raise KnownError(_unreadable(error, path.name), path=path) from error
    try:
        return read_bytes(data, name=path.name, encoding=encoding)
    except KnownError as error:
        error.path = path
        raise


def _unreadable(error: OSError, name: str) -> str:
    """The sentence for a file that the system does not hand over; the system's own words are English."""
    if isinstance(error, FileNotFoundError):
        return _("There is no file “{name}”.").format(name=name)
    if isinstance(error, PermissionError):
        return _("You may not read “{name}”.").format(name=name)
    if isinstance(error, IsADirectoryError):
        return _("“{name}” is a folder, not a file.").format(name=name)
    return _("{name} cannot be read: {reason}.").format(name=name, reason=error.strerror or error)


def read_bytes(data: bytes, *, name: str, encoding: str | None = None) -> RawDocument:
    """As :func:`read_file`, for bytes; of ``name`` only the suffix of Markdown and of tables matters."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise KnownError(_("{name} is empty.").format(name=name))
    head = data[:4096].lstrip()
    if head.startswith(b"PK"):
        return _zipped(data, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_office(data, name)
    if head.removeprefix(b"\xef\xbb\xbf").startswith(b"{\\rtf"):
        from qda.exchange.rtf_in import read_rtf

        return _document(data, name, "rtf", read_rtf(data))
    if b"%PDF-" in head[:1024]:
        from qda.exchange.pdf_in import read_pdf

        return _document(data, name, "pdf", read_pdf(data))
    _refuse_known(data, head, name)
    return _text(data, name, encoding)


def draft_from_text(text: str, *, name: str = "", family: str | None = None) -> TranscriptDraft:
    """A text that was typed or pasted, with its turns."""
    raw = RawDocument(name, "typed", "", text.encode("utf-8", "replace"), _paragraphs(text))
    return draft_of(raw, family=family)


def _refuse_known(data: bytes, head: bytes, name: str) -> None:
    kind = next((kind for mark, kind in _KNOWN if head.startswith(mark)), None)
    if kind is None and (data[4:8] == b"ftyp" or _is_mpeg(data)):
        kind = N_("a recording")
    if kind is not None:
        raise KnownError(_(_SAVE_AS).format(name=name, kind=_(kind)))


def _is_mpeg(data: bytes) -> bool:
    """True for a bare MPEG audio frame; UTF-16 begins with FF FE as well, and then with letters."""
    return len(data) > 4 and data[0] == 0xFF and data[1] in (0xFB, 0xF3, 0xF2)


def _document(data: bytes, name: str, form: str, content: _Content, encoding: str = "") -> RawDocument:
    if not any(paragraph.text.strip() for paragraph in content.paragraphs):
        raise KnownError(_("{name} holds no text.").format(name=name))
    return RawDocument(
        name, form, encoding, data, content.paragraphs, content.comments, content.warnings, content.header
    )


def _zipped(data: bytes, name: str) -> RawDocument:
    archive = Archive(data)
    if main_part(archive) is not None:
        from qda.exchange.docx_in import read_docx

        return _document(data, name, "docx", read_docx(data))
    if "xl/workbook.xml" in archive or "xl/workbook.bin" in archive:
        raise KnownError(_(_IS_A_TABLE).format(name=name))
    if "ppt/presentation.xml" in archive:
        raise KnownError(
            _("{name} is a presentation; save its text as docx or txt and bring that in.").format(name=name)
        )
    if "content.xml" in archive:
        kind = archive.read("mimetype").decode("ascii", "replace") if "mimetype" in archive else ""
        if "spreadsheet" in kind:
            raise KnownError(_(_IS_A_TABLE).format(name=name))
        from qda.exchange.odt_in import read_odt

        return _document(data, name, "odt", read_odt(data))
    raise KnownError(_("{name} is a zip file that holds no document with text.").format(name=name))


def _old_office(data: bytes, name: str) -> RawDocument:
    for stream, sentence in _IN_OLE:
        if stream.encode("utf-16-le") in data:
            if sentence:
                raise KnownError(_(sentence).format(name=name))
            break
    from qda.exchange.doc_in import read_doc

    return _document(data, name, "doc", read_doc(data))


def _text(data: bytes, name: str, encoding: str | None) -> RawDocument:
    decoded = decode(data, encoding=encoding)
    text = decoded.text
    head = text[:4000].lstrip("\ufeff \t\r\n").replace("\r\n", "\n").replace("\r", "\n")
    if _HTML.match(head):
        from qda.exchange.html_in import read_html

        page = read_html(data, encoding=encoding)
        return _document(data, name, "html", page, page.encoding)
    if form := kind_of_subtitles(head):
        cues = read_subtitles(data, encoding=encoding)
        return _document(data, name, form, cues, cues.encoding)
    if _FLAT.match(head):
        from qda.exchange.odt_in import read_odt

        return _document(data, name, "odt", read_odt(data))
    if head.startswith("<?xml") and "<office:document" in head:
        from qda.exchange.odt_in import read_odt

        return _document(data, name, "odt", read_odt(data))
    _refuse_other_text(head, text, name)
    markdown = Path(name).suffix.lower() in _MARKDOWN or has_front_matter(text)
    if markdown:
        text = readable_markdown(text)
    warnings: tuple[str, ...] = ()
    if not decoded.sure:
        warnings = (_("The encoding was guessed: {name}.").format(name=decoded.encoding),)
    paragraphs = _paragraphs(text)
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        raise KnownError(_("{name} is empty.").format(name=name))
    return RawDocument(
        name, "md" if markdown else "txt", decoded.encoding, data, paragraphs, warnings=warnings
    )


def _refuse_other_text(head: str, text: str, name: str) -> None:
    low = head.lower()
    if low.startswith("<?xml"):
        raise KnownError(_(_SAVE_AS).format(name=name, kind=_("an XML file")))
    if Path(name).suffix.lower() in _TABLES:
        from qda.exchange.tables_in import looks_like_table

        if looks_like_table(text):
            raise KnownError(_(_IS_A_TABLE).format(name=name))


def _paragraphs(text: str) -> tuple[RawParagraph, ...]:
    """A paragraph a line; the ends of lines are those of the stored text."""
    return tuple(RawParagraph(line) for line in normalise(text)[0].split("\n"))
