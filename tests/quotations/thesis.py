"""An invented thesis on the demo study: quotations in every manner, and ten planted errors.

A line of its text is a paragraph: h1, h2, p, quote (a style), indent (a left margin) or list, TAB, words.
"{{…}}" is a footnote.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Planted:
    """An error: words by which its quotation is known, the state, the right citation or the right words."""

    words: str
    state: str
    right: str = ""
    expected: str = ""


Text = tuple[tuple[str, str], ...]


def text_of(language: str) -> Text:
    """The thesis of a language (german, english): kind and words of each paragraph."""
    lines = (Path(__file__).parent / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return tuple((kind, words) for kind, _tab, words in (line.partition("\t") for line in lines))


GERMAN_ERRORS: Final = (
    Planted("Ohne Akten", "text", expected="Also ich sag immer: Ohne Protokoll gibt’s mich nicht."),
    Planted("Das steht nirgends. Am Anfang", "text"),
    Planted("da gab’s ja vorher nur eine Liste", "place", right="(B, Abs. 34)"),
    Planted("vom Knie erzählt", "place", right="(Interview C, Abs. 16)"),
    Planted("im Gemeinderat beschlossen", "missing"),
    Planted("drei Ordner geerbt", "consent"),
    Planted("Dr. Wagner", "name"),
    Planted("über den Sportverein", "unknown"),
    Planted("Sie führen über Regeln?", "place", right="(B, Abs. 37–38)"),
    Planted("Aber wenn da vier steht", "place", right="(Fokusgruppe G, Z. 22)"),
)

ENGLISH_ERRORS: Final = (
    Planted("Vorschriften", "text"),
    Planted("Kurzer Dienstweg", "place", right="(A, para. 16)"),
    Planted("We never met", "unknown"),
)


def made(text: Text, path: Path) -> Path:
    """The thesis as a Word file, with real footnotes."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    notes: list[str] = []
    for kind, words in text:
        style = {"h1": "Heading 1", "h2": "Heading 2", "quote": "Quote", "list": "List Bullet"}.get(kind)
        paragraph = document.add_paragraph(style=style)
        if kind == "indent":
            paragraph.paragraph_format.left_indent = Cm(1.5)
        for piece in re.split(r"(\{\{.*?\}\})", words):
            run = paragraph.add_run("" if piece.startswith("{{") else piece)
            if piece.startswith("{{"):
                notes.append(piece[2:-2])
                mark = run._r.makeelement(f"{{{W}}}footnoteReference", {f"{{{W}}}id": str(len(notes))})
                run._r.append(mark)
    stream = io.BytesIO()
    document.save(stream)
    path.write_bytes(_with_notes(stream.getvalue(), notes))
    return path


W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def _with_notes(data: bytes, notes: list[str]) -> bytes:
    """A Word file with a part of footnotes."""
    made_notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r>'
        f'<w:t xml:space="preserve"> {note}</w:t>'
        "</w:r></w:p></w:footnote>"
        for number, note in enumerate(notes, 1)
    )
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    part = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{W}">{lines}{made_notes}</w:footnotes>'
    )
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            text = before.read(name)
            if name == "[Content_Types].xml":
                more = f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}"/></Types>'
                text = text.replace(b"</Types>", more.encode())
            if name == "word/_rels/document.xml.rels":
                more = f'<Relationship Id="rIdNotes" Type="{_KIND}" Target="footnotes.xml"/></Relationships>'
                text = text.replace(b"</Relationships>", more.encode())
            after.writestr(name, text)
        after.writestr("word/footnotes.xml", part)
    return out.getvalue()
