"""A Word document as template: its styles, page setup, header and footer are used, its text is not.

Styles of the template are known by their names, which Word stores in English whatever its language is; they
get the identifiers that our text uses. Ours are added only where the template lacks them, and then follow its
body text. Whatever would ask at opening, run or lead elsewhere is left out.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from qda.errors import KnownError
from qda.i18n import Language, _
from qda.reports import docx_parts as parts
from qda.reports import docx_styles as look
from qda.reports.docx_frame import OURS, Frame
from qda.reports.model import Report

_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W: Final = f"{{{_WORD}}}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LARGEST: Final = 100 * 2**20  # bytes of all that a template holds
_OLD_KIND: Final = b"\xd0\xcf\x11\xe0"  # how files of old Word and protected ones begin
_TYPES: Final = "[Content_Types].xml"
_TEMPLATE_TYPE: Final = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE: Final = b"wordprocessingml.document.main+xml"
_KEPT: Final = frozenset(
    ("styles", "numbering", "settings", "fontTable", "theme", "header", "footer", "footnotes", "endnotes")
)
_ASKING: Final = (
    *("attachedTemplate", "updateFields", "documentProtection", "writeProtection", "trackRevisions"),
    *("mailMerge", "linkStyles", "formsDesign", "readModeInkLockDown"),
)
_STYLED: Final = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")
_AS_THE_TEXT: Final = ("BodyText", "ListBullet", "ListNumber")
_BEYOND: Final = 10_000  # by so much the numbers of the template's lists are raised, beside ours


# -- the file -----------------------------------------------------------------------------------------------


def opened(path: Path) -> Any:
    """The template as a python-docx document, without its text and what belongs to it alone.

    :raises KnownError: it is missing, no Word file, damaged, of an old kind, protected, or holds macros.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml import etree

    data = _read(path)
    try:
        document = Document(io.BytesIO(_as_document(data, path)))
        _strip(document)
        if document.styles.element.tag != f"{_W}styles":
            raise _damaged(path)
        frame_of(document, cover=True)  # tells at once whether it has pages
    except (OpcError, KeyError, ValueError, AttributeError, IndexError, etree.LxmlError) as problem:
        raise _damaged(path) from problem
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as problem:
        raise _damaged(path) from problem
    return document


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise KnownError(
            _("The template “{name}” cannot be read: {reason}.").format(
                name=path.name, reason=problem.strerror or problem
            ),
            path=path,
        ) from None


def _as_document(data: bytes, path: Path) -> bytes:
    """The bytes of a document; those of a template of Word's own kind (dotx) are turned into one."""
    if data.startswith(_OLD_KIND):
        sentence = _(
            "“{name}” is a Word file of the old kind, or protected by a password; save it as .docx first."
        )
        raise KnownError(sentence.format(name=path.name), path=path)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise KnownError(_("“{name}” is no Word file (.docx).").format(name=path.name), path=path)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(one.file_size for one in package.infolist()) > _LARGEST:
            raise KnownError(_("“{name}” is too large for a template.").format(name=path.name), path=path)
        names = package.namelist()
        types = package.read(_TYPES) if _TYPES in names else b""
        if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in names):
            sentence = _("“{name}” holds macros; save it as .docx without them, then it can be a template.")
            raise KnownError(sentence.format(name=path.name), path=path)
        if _TEMPLATE_TYPE not in types:
            return data
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            for name in names:
                held = package.read(name)
                made.writestr(name, held.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE) if name == _TYPES else held)
        return stream.getvalue()


def _damaged(path: Path) -> KnownError:
    return KnownError(
        _("“{name}” is damaged, or no Word file that can be a template.").format(name=path.name), path=path
    )


def _strip(document: Any) -> None:
    """Takes out what belongs to the template's own text, and whatever would ask or lead elsewhere."""
    part = document.part
    lines = document.element.iter(f"{_W}headerReference", f"{_W}footerReference")
    used = {one.get(f"{_R}id") for one in lines}
    for key, rel in list(part.rels.items()):
        kind = rel.reltype.rsplit("/", 1)[-1]
        if kind not in _KEPT or rel.is_external or (kind in ("header", "footer") and key not in used):
            del part.rels[key]
    settings = document.settings.element
    for name in _ASKING:
        for one in list(settings.iter(f"{_W}{name}")):
            one.getparent().remove(one)
    for rel in part.rels.values():
        if rel.reltype.endswith("/settings"):
            for key, inner in list(rel.target_part.rels.items()):
                if inner.is_external:
                    del rel.target_part.rels[key]
    for key, rel in list(part.package.rels.items()):
        if rel.reltype.rsplit("/", 1)[-1] == "thumbnail":
            del part.package.rels[key]


# -- its pages ----------------------------------------------------------------------------------------------


def frame_of(document: Any, *, cover: bool) -> Frame:
    """The pages of the template: those of its last section, with the headers and footers that hold there."""
    sections = list(document.element.iter(f"{_W}sectPr"))
    last = sections[-1]
    size, margins = last.find(f"{_W}pgSz"), last.find(f"{_W}pgMar")
    width, height = _measure(size, "w", look.PAGE_WIDTH), _measure(size, "h", look.PAGE_HEIGHT)

    def side(name: str) -> int:
        return _measure(margins, name, getattr(OURS, name))

    return Frame(
        min(width, height),
        max(width, height),
        side("top"),
        side("right"),
        side("bottom"),
        side("left"),
        side("header"),
        side("footer"),
        side("gutter"),
        foreign=True,
        lines=_lines(sections),
        borders=_borders(last),
        titled=cover or last.find(f"{_W}titlePg") is not None,
        numbered=_has_numbers(document),
    )


def _measure(element: Any, name: str, usual: int) -> int:
    written = element.get(f"{_W}{name}") if element is not None else None
    try:
        return int(float(written)) if written else usual
    except ValueError:  # a measure with its unit, as strict files have it
        return usual


def _lines(sections: list[Any]) -> str:
    """References to header and footer; a section without one has that of the section before it."""
    found: dict[tuple[str, str], str] = {}
    for section in sections:
        for kind in ("headerReference", "footerReference"):
            for one in section.findall(f"{_W}{kind}"):
                found[kind, one.get(f"{_W}type", "default")] = one.get(f"{_R}id", "")
    return "".join(f'<w:{kind} w:type="{which}" r:id="{ident}"/>' for (kind, which), ident in found.items())


def _borders(section: Any) -> str:
    from lxml import etree

    one = section.find(f"{_W}pgBorders")
    return "" if one is None else str(etree.tostring(one, encoding="unicode", with_tail=False))


def _has_numbers(document: Any) -> bool:
    """Whether the template's first heading bears a number."""
    styles = {one.get(f"{_W}styleId"): one for one in document.styles.element.findall(f"{_W}style")}
    at = next((one for one in styles.values() if _name_of(one) == "heading 1"), None)
    seen: set[str] = set()
    while at is not None:
        number = at.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if number is not None:
            return bool(number.get(f"{_W}val", "0") != "0")
        based = at.find(f"{_W}basedOn")
        above = based.get(f"{_W}val") if based is not None else None
        if above is None or above in seen:
            return False
        seen.add(above)
        at = styles.get(above)
    return False


# -- its styles ---------------------------------------------------------------------------------------------


def dress(document: Any, report: Report, ordered_lists: int, frame: Frame) -> None:
    """Puts the template's styles under our identifiers, adds ours that it lacks, and our lists."""
    from docx.oxml import parse_xml

    ours = parse_xml(look.styles(report.language, width=frame.text_width()))
    theirs = document.styles.element
    _rename(document, theirs, ours)
    known = {one.get(f"{_W}styleId") for one in theirs.findall(f"{_W}style")}
    for style in list(ours.findall(f"{_W}style")):
        if style.get(f"{_W}default") is None and style.get(f"{_W}styleId") not in known:
            theirs.append(_following(style))
    _speak(theirs, report.language)
    _number(document, ordered_lists, parse_xml)


def _name_of(style: Any) -> str:
    name = style.find(f"{_W}name")
    return str(name.get(f"{_W}val", "")).casefold() if name is not None else ""


def _key_of(style: Any) -> tuple[str, str]:
    """What a style is known by: its type and its name; the body text of all is one."""
    kind = style.get(f"{_W}type", "paragraph")
    return kind, "(default)" if style.get(f"{_W}default") in ("1", "true", "on") else _name_of(style)


def _rename(document: Any, theirs: Any, ours: Any) -> None:
    """Gives the template's styles the identifiers that ours of the same name have."""
    wanted = {_key_of(one): one.get(f"{_W}styleId") for one in ours.findall(f"{_W}style")}
    styles = theirs.findall(f"{_W}style")
    new: dict[str, str] = {}
    for one in styles:
        if ident := wanted.get(_key_of(one)):
            new.setdefault(one.get(f"{_W}styleId"), ident)
    taken = set(new.values())
    for one in styles:
        ident = one.get(f"{_W}styleId")
        if ident not in new and ident in taken | set(wanted.values()):
            new[ident] = f"{ident}Template"
    new = {old: ident for old, ident in new.items() if old != ident}
    if not new:
        return
    for one in styles:
        one.set(f"{_W}styleId", new.get(one.get(f"{_W}styleId"), one.get(f"{_W}styleId")))
    for element in _elements(document):
        for kind in _STYLED:
            for one in element.iter(f"{_W}{kind}"):
                value = one.get(f"{_W}val")
                if value in new:
                    one.set(f"{_W}val", new[value])


def _elements(document: Any) -> Iterator[Any]:
    """Every part of the template that can name a style or a list."""
    yield document.styles.element
    for rel in document.part.rels.values():
        kind = rel.reltype.rsplit("/", 1)[-1]
        if kind in ("header", "footer", "numbering", "footnotes", "endnotes"):
            element = getattr(rel.target_part, "element", None)
            if element is not None:
                yield element


def _following(style: Any) -> Any:
    """One of our styles as it is added to a template: what it does not say itself is set back.

    Texts follow the template's body text altogether; small parts (tables, captions, notes) are set flush.
    """
    from lxml import etree

    ident, ppr = style.get(f"{_W}styleId"), style.find(f"{_W}pPr")
    if ident in _AS_THE_TEXT:
        for one in list(ppr):
            ppr.remove(one)
    elif ppr is not None and ident != "Quote":
        spacing = ppr.find(f"{_W}spacing")
        at = len(ppr) if spacing is None else ppr.index(spacing) + 1
        if ppr.find(f"{_W}ind") is None:
            ppr.insert(at, etree.Element(f"{_W}ind", {f"{_W}left": "0", f"{_W}firstLine": "0"}))
        if ppr.find(f"{_W}jc") is None:
            behind = ppr.find(f"{_W}ind")
            ppr.insert(ppr.index(behind) + 1, etree.Element(f"{_W}jc", {f"{_W}val": "left"}))
    if ppr is not None and ident.startswith("Heading"):
        for one in ppr.findall(f"{_W}numPr"):
            ppr.remove(one)  # where the template's headings bear no numbers, ours stand in the paragraphs
    return style


def _speak(styles: Any, language: Language) -> None:
    """Sets the language of the text."""
    from lxml import etree

    tag = look.language_tag(language)
    places = styles.findall(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
    for style in styles.findall(f"{_W}style"):
        if style.get(f"{_W}default") is not None:
            places += [one for one in style.findall(f"{_W}rPr") if one.find(f"{_W}lang") is not None]
    for place in places:
        one = place.find(f"{_W}lang")
        if one is None:
            one = etree.SubElement(place, f"{_W}lang")
        one.set(f"{_W}val", tag)


def _number(document: Any, ordered_lists: int, parse_xml: Any) -> None:
    """Our lists beside those of the template, whose numbers are raised so that none is meant twice."""
    part = _numbering(document)
    for element in _elements(document):
        for name in ("numId", "abstractNumId"):
            for one in element.iter(f"{_W}{name}"):
                _raise(one, "val")
        for name, attribute in (("num", "numId"), ("abstractNum", "abstractNumId")):
            for one in element.iter(f"{_W}{name}"):
                _raise(one, attribute)
    own = parse_xml(look.numbering(ordered_lists, bound=False))
    first = part.find(f"{_W}num")
    for one in own.findall(f"{_W}abstractNum"):
        if first is None:
            part.append(one)
        else:
            first.addprevious(one)
    last = part.find(f"{_W}numIdMacAtCleanup")
    for one in own.findall(f"{_W}num"):
        if last is None:
            part.append(one)
        else:
            last.addprevious(one)


def _raise(element: Any, attribute: str) -> None:
    """Raises a number; the list 0 of a paragraph means none and stays."""
    value = element.get(f"{_W}{attribute}", "")
    none = value == "0" and element.tag == f"{_W}numId"
    if value.isdecimal() and not none:
        element.set(f"{_W}{attribute}", str(int(value) + _BEYOND))


def _numbering(document: Any) -> Any:
    """The element of all lists; a template may have none."""
    from docx import Document
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.numbering import NumberingPart

    for rel in document.part.rels.values():
        if rel.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return rel.target_part.element
    element = Document().part.numbering_part.element
    for one in list(element):
        element.remove(one)
    uri = PackURI("/word/numbering.xml")
    part = NumberingPart(uri, CONTENT_TYPE.WML_NUMBERING, element, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return element


# -- its running lines --------------------------------------------------------------------------------------


def number_pages(document: Any) -> None:
    """A page number at the foot where the template has none at all."""
    from docx.oxml import parse_xml

    first = document.sections[0]
    lines = [first.header, first.footer]
    if any("PAGE" in (one.text or "").split() for line in lines for one in _instructions(line)):
        return
    if any("PAGE" in one.get(f"{_W}instr", "").split() for line in lines for one in _simple(line)):
        return
    footer = first.footer
    if footer.is_linked_to_previous:
        footer.is_linked_to_previous = False
        for one in list(footer._element):
            footer._element.remove(one)
    xml = parts.paragraph("Footer", parts.field("PAGE", parts.run("1")), align="right")
    footer._element.append(parse_xml(xml.replace("<w:p>", f'<w:p xmlns:w="{_WORD}">', 1)))


def _instructions(line: Any) -> list[Any]:
    return [] if line.is_linked_to_previous else list(line._element.iter(f"{_W}instrText"))


def _simple(line: Any) -> list[Any]:
    return [] if line.is_linked_to_previous else list(line._element.iter(f"{_W}fldSimple"))
