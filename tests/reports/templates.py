"""A template as a German university might give out, made with python-docx: its own names, faces and lines."""

import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_GERMAN = {
    "Normal": "Standard",
    "Heading1": "berschrift1",
    "Heading2": "berschrift2",
    "Heading3": "berschrift3",
    "Quote": "Zitat",
    "Caption": "Beschriftung",
    "Title": "Titel",
}


def university(*, numbered: bool = False, pages: bool = True) -> Any:
    """The template as a document: Arial, wide margin at the left, a header, instructions as its text."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(4), Cm(2)
    section.header.paragraphs[0].text = "Universität Musterstadt · Institut für Soziologie"
    if pages:
        footer = section.footer.paragraphs[0]
        footer._p.append(parse_xml(f'<w:fldSimple xmlns:w="{_W}" w:instr=" PAGE \\* ARABIC "/>'))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(12)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    normal.paragraph_format.first_line_indent = Cm(1)
    normal.paragraph_format.line_spacing = 1.5
    document.styles["Quote"].font.size = Pt(10)
    for name in ("Body Text", "List Bullet", "List Number", "Subtitle"):
        style = document.styles[name].element
        style.getparent().remove(style)
    document.add_paragraph("HIER STEHT EINE ANLEITUNG", style="Heading 1")
    document.add_paragraph("Bitte löschen Sie diesen Text.")
    if numbered:
        _bind_numbers(document)
    _as_german(document)
    return document


def _bind_numbers(document: Any) -> None:
    """A list of the template's own, bound to its first heading, under a number that ours have, too."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    numbering.append(
        parse_xml(
            f'<w:abstractNum xmlns:w="{_W}" w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
            '<w:pStyle w:val="Heading1"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl>'
            "</w:abstractNum>"
        )
    )
    numbering.append(parse_xml(f'<w:num xmlns:w="{_W}" w:numId="1"><w:abstractNumId w:val="1"/></w:num>'))
    ppr = document.styles["Heading 1"].element.get_or_add_pPr()
    ppr.append(parse_xml(f'<w:numPr xmlns:w="{_W}"><w:numId w:val="1"/></w:numPr>'))


def _as_german(document: Any) -> None:
    """Identifiers as Word makes them in German; names stay English, as in every language of Word."""
    for element in (document.styles.element, document.part.numbering_part.element):
        for one in element.iter():
            for key in (qn("w:styleId"), qn("w:val")):
                if one.get(key) in _GERMAN and (key == qn("w:styleId") or one.tag != qn("w:name")):
                    one.set(key, _GERMAN[one.get(key)])


def saved(document: Any) -> bytes:
    """The document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def changed(data: bytes, **parts: bytes | None) -> bytes:
    """The package with parts replaced, added, or (None) taken out; ``__`` in a name stands for a slash."""
    wanted = {name.replace("__", "/"): held for name, held in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, held in wanted.items():
            if held is not None:
                new.writestr(name, held)
    return stream.getvalue()


def as_dotx(data: bytes) -> bytes:
    """The same as a template of Word's own kind."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        types = package.read("[Content_Types].xml")
    types = types.replace(b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml")
    return changed(data, **{"[Content_Types].xml": types})
