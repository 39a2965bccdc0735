"""The pieces of a Word document as strings of WordprocessingML.

Strings, parsed once at the end, because python-docx takes seconds for thousands of paragraphs. Every text
goes through ``escaped``; nothing else of the user may enter a string here.
"""

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from qda.reports.text import by_direction, clean, runs_right_to_left

_BREAK: Final = "<w:br/>"
_TAB: Final = "<w:tab/>"
FIELD_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def escaped(text: str) -> str:
    """``text`` as XML text, without characters that XML forbids."""
    return escape(clean(text))


def attribute(text: str) -> str:
    """``text`` as a quoted XML attribute on one line."""
    return quoteattr(" ".join(clean(text).split()))


def run(
    text: str, *, style: str = "", bold: bool = False, italic: bool = False, tint: str = "", ground: str = ""
) -> str:
    """Runs for a text; line feeds are breaks, stretches from right to left are marked as such.

    ``tint`` colours the letters, ``ground`` what they stand on; both are six hexadecimal digits.
    """
    return "".join(
        _run(stretch, style=style, bold=bold, italic=italic, tint=tint, ground=ground, rtl=rtl)
        for stretch, rtl in by_direction(clean(text))
        if stretch
    )


def _run(text: str, *, style: str, bold: bool, italic: bool, tint: str, ground: str, rtl: bool) -> str:
    manner = f'<w:rStyle w:val="{style}"/>' if style else ""
    manner += "<w:b/><w:bCs/>" if bold else ""
    manner += "<w:i/><w:iCs/>" if italic else ""
    manner += f'<w:color w:val="{tint}"/>' if tint else ""
    manner += f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else ""
    manner += "<w:rtl/>" if rtl else ""
    properties = f"<w:rPr>{manner}</w:rPr>" if manner else ""
    return f"<w:r>{properties}{_text(text)}</w:r>"


def _text(text: str) -> str:
    if "\n" not in text and "\t" not in text:
        return f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    lines = []
    for line in text.split("\n"):
        cells = [
            f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in line.split("\t")
        ]
        lines.append(_TAB.join(cells))
    return _BREAK.join(lines)


def field_start(instruction: str, *, bold: bool = False) -> str:
    """The begin of a field that ends with ``FIELD_END``, up to its present result."""
    manner = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return (
        f'<w:r>{manner}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{manner}<w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
        f'<w:r>{manner}<w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field(instruction: str, result: str, *, bold: bool = False) -> str:
    """A complex field with the runs of its present result."""
    end = FIELD_END.replace("<w:r>", "<w:r><w:rPr><w:b/><w:bCs/></w:rPr>") if bold else FIELD_END
    return field_start(instruction, bold=bold) + result + end


def link(anchor: str, runs: str) -> str:
    """Runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{runs}</w:hyperlink>'


def bookmark(number: int, name: str, runs: str) -> str:
    """Runs inside a bookmark; ``number`` is unique in the document."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{runs}<w:bookmarkEnd w:id="{number}"/>'


def paragraph(
    style: str,
    runs: str,
    *,
    keep_next: bool = False,
    keep_lines: bool = False,
    new_page: bool = False,
    number: tuple[int, int] | None = None,
    tabs: str = "",
    text: str = "",
    before: int | None = None,
    tight: bool = False,
    left: int = 0,
    hanging: int = 0,
    right: int | None = None,
    align: str = "",
) -> str:
    """A paragraph in a style; ``text`` decides its direction, ``number`` is (level, list), list 0 for none.

    ``tabs``: its own, as WordprocessingML. ``tight``: no room below it.
    """
    parts = [f'<w:pStyle w:val="{style}"/>']
    if keep_next:
        parts.append("<w:keepNext/>")
    if keep_lines:
        parts.append("<w:keepLines/>")
    if new_page:
        parts.append("<w:pageBreakBefore/>")
    if number:
        parts.append(f'<w:numPr><w:ilvl w:val="{number[0]}"/><w:numId w:val="{number[1]}"/></w:numPr>')
    parts.append(tabs)
    if text and not text.isascii() and runs_right_to_left(text):
        parts.append("<w:bidi/>")
    room = "" if before is None else f' w:before="{before}"'
    room += ' w:after="0"' if tight else ""
    if room:
        parts.append(f"<w:spacing{room}/>")
    sides = f' w:left="{left}" w:hanging="{hanging}"' if left else ""
    sides += "" if right is None else f' w:right="{right}"'
    if sides:
        parts.append(f"<w:ind{sides}/>")
    if align:
        parts.append(f'<w:jc w:val="{align}"/>')
    return f"<w:p><w:pPr>{''.join(parts)}</w:pPr>{runs}</w:p>"


def table(*, widths: list[int], rows: list[str], header: bool, caption: str) -> str:
    """A table of fixed column widths; ``caption`` is for screen readers."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    told = f"<w:tblCaption w:val={attribute(caption)}/>" if caption else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="QdaTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"0020" if header else "0000"}" w:firstRow="{int(header)}" w:lastRow="0" '
        f'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>{told}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(cells: str, *, header: bool = False, whole: bool = True) -> str:
    """A row; a header row is repeated on every page, a ``whole`` one is not broken across pages."""
    properties = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if header else "")
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{cells}</w:tr>"


def cell(
    width: int, content: str, *, span: int = 1, left: int = 0, last: bool = False, bottom: bool = False
) -> str:
    """A cell of paragraphs, with room at its ``left``; the ``last`` of a row ends flush with the rule."""
    parts = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
    if span > 1:
        parts.append(f'<w:gridSpan w:val="{span}"/>')
    room = f'<w:left w:w="{left}" w:type="dxa"/>' if left else ""
    room += '<w:right w:w="0" w:type="dxa"/>' if last else ""
    if room:
        parts.append(f"<w:tcMar>{room}</w:tcMar>")
    if bottom:
        parts.append('<w:vAlign w:val="bottom"/>')
    return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr>{content}</w:tc>"
