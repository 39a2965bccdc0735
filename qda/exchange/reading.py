"""Reading a document's file: what it is (by content, never by suffix), and its reader.

What cannot be read is told in one sentence; nothing is guessed silently (encoding and family are handed
back, and the caller can fix either).
"""

from pathlib import Path
from typing import Final

from qda.coding.positions import normalise
from qda.coding.transcript import TranscriptDraft
from qda.errors import KnownError
from qda.exchange.archive import Archive
from qda.exchange.docx_in import read_docx
from qda.exchange.drafts import draft_of
from qda.exchange.openings import FAMILIES
from qda.exchange.raw import RawDocument, RawParagraph
from qda.exchange.text_in import decode, has_front_matter, readable_markdown
from qda.i18n import N_, _

MAX_FILE: Final = 200_000_000  # bytes
_MARKDOWN: Final = (".md", ".markdown", ".mdown", ".qmd")
_SAVE_AS: Final = N_("{name} is {kind}; save it as docx or txt and bring that in.")
_KNOWN: Final = (
    (b"%PDF", N_("a PDF file")),
    (b"{\\rtf", N_("an RTF file")),
    (b"\xd0\xcf\x11\xe0", N_("an old Word file (.doc) or an encrypted one")),
    (b"WEBVTT", N_("a subtitle file (WebVTT)")),
    (b"\xef\xbb\xbfWEBVTT", N_("a subtitle file (WebVTT)")),
    (b"SQLite format 3\x00", N_("a database")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"RIFF", N_("a recording")),
    (b"ID3", N_("a recording")),
    (b"OggS", N_("a recording")),
    (b"fLaC", N_("a recording")),
)


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
    """As :func:`read_file`, for bytes; of ``name`` only a Markdown suffix matters."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise KnownError(_("{name} is empty.").format(name=name))
    if data.startswith(b"PK"):
        return _zipped(data, name)
    kind = next((kind for mark, kind in _KNOWN if data.lstrip()[: len(mark)] == mark), None)
    if kind is not None:
        raise KnownError(_(_SAVE_AS).format(name=name, kind=_(kind)))
    return _text(data, name, encoding)


def draft_from_text(text: str, *, name: str = "", family: str | None = None) -> TranscriptDraft:
    """A text that was typed or pasted, with its turns."""
    raw = RawDocument(name, "typed", "", text.encode("utf-8", "replace"), _paragraphs(text))
    return draft_of(raw, family=family)


def _zipped(data: bytes, name: str) -> RawDocument:
    archive = Archive(data)
    if "word/document.xml" not in archive:
        if "content.xml" in archive:
            kind = _("an OpenDocument file")
        elif "xl/workbook.xml" in archive:
            kind = _("a spreadsheet")
        else:
            raise KnownError(_("{name} is a zip file that holds no Word document.").format(name=name))
        raise KnownError(_(_SAVE_AS).format(name=name, kind=kind))
    content = read_docx(data)
    if not any(paragraph.text.strip() for paragraph in content.paragraphs):
        raise KnownError(_("{name} holds no text.").format(name=name))
    return RawDocument(name, "docx", "", data, content.paragraphs, content.comments, content.warnings)


def _text(data: bytes, name: str, encoding: str | None) -> RawDocument:
    decoded = decode(data, encoding=encoding)
    text = decoded.text
    _refuse_other_text(text, name)
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


def _refuse_other_text(text: str, name: str) -> None:
    head = text[:400].lstrip("\ufeff \t\r\n")
    low = head.lower()
    kind = ""
    if low.startswith(("<!doctype html", "<html")) or (low.startswith("<?xml") and "<html" in low):
        kind = _("a web page")
    elif low.startswith("<?xml"):
        kind = _("an XML file")
    elif "-->" in head and head.split("\n", 2)[0].strip().isdigit():
        kind = _("a subtitle file (SRT)")
    if kind:
        raise KnownError(_(_SAVE_AS).format(name=name, kind=kind))


def _paragraphs(text: str) -> tuple[RawParagraph, ...]:
    """A paragraph a line; the ends of lines are those of the stored text."""
    return tuple(RawParagraph(line) for line in normalise(text)[0].split("\n"))
