"""The package of a Word document around its text: styles, numbering, settings, running lines, properties."""

from datetime import UTC, datetime
from typing import Any, Final

from qda.reports import docx_parts as parts
from qda.reports import docx_styles as look
from qda.reports.model import Report
from qda.reports.text import one_line

_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NEEDLESS: Final = ("customXml", "stylesWithEffects", "webSettings", "thumbnail")
_APPLICATION: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>qda</Application></Properties>"
)


def fill(document: Any, body: str) -> None:
    """Puts the text into the document's body."""
    from docx.oxml import parse_xml

    names = f'xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}"'
    parsed = parse_xml(f"<w:body {names}>{body}</w:body>")
    # Moved as one element: child by child takes seconds in a long report.
    document.element.replace(document.element.body, parsed)


def dress(document: Any, report: Report, ordered_lists: int) -> None:
    """Own styles, numbering and settings instead of those of python-docx's template."""
    from docx.oxml import parse_xml

    part = document.part
    for element, xml in (
        (document.styles.element, look.styles(report.language)),
        (part.numbering_part.element, look.numbering(ordered_lists)),
        (document.settings.element, look.settings(report.language)),
    ):
        for child in list(element):
            element.remove(child)
        element.extend(list(parse_xml(xml)))
    for rels in (part.rels, part.package.rels):
        for key, rel in list(rels.items()):
            kind = rel.reltype.rsplit("/", 1)[-1]
            if kind in _NEEDLESS:
                del rels[key]
            elif kind == "fontTable":
                rel.target_part._blob = look.fonts().encode("utf-8")
            elif kind == "extended-properties":
                rel.target_part._blob = _APPLICATION.encode("utf-8")


def running_lines(document: Any, report: Report) -> None:
    """The title in the header, the page number in the footer; the first page has no header."""
    first = document.sections[0]
    running = one_line(report.title)
    if report.notice:
        running += f" · {one_line(report.notice)}"
    page = parts.field("PAGE", parts.run("1"))
    _line(first.header, "Header", parts.run(running), running)
    _line(first.footer, "Footer", page)
    _line(first.first_page_header, "Header", "")
    _line(first.first_page_footer, "Footer", "" if report.cover else page)


def _line(where: Any, style: str, runs: str, text: str = "") -> None:
    from docx.oxml import parse_xml

    where.is_linked_to_previous = False
    element = where._element
    for child in list(element):
        element.remove(child)
    xml = parts.paragraph(style, runs, text=text)
    element.append(parse_xml(xml.replace("<w:p>", f'<w:p xmlns:w="{_WORD}">', 1)))


def properties(document: Any, report: Report) -> None:
    core = document.core_properties
    when = report.created.astimezone(UTC) if report.created else datetime.now(UTC)
    core.title = one_line(report.title)[:255]
    core.subject = one_line(report.subtitle)[:255]
    core.author = core.last_modified_by = one_line(report.author)[:255]
    core.keywords = one_line(", ".join(report.keywords))[:255]
    core.comments = one_line(report.notice)[:255]
    core.category = ""
    core.language = look.language_tag(report.language)
    core.created = core.modified = when.replace(tzinfo=None)
    core.revision = 1
