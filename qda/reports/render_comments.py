"""Transcripts in Word with their remarks as real comments, each at its very words.

Comments, styles and the record for the way back are parts of the package; the text is strings of
WordprocessingML as everywhere in the Word renderer.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from qda.coding.comments_back_form import NAMESPACE, comment_text, date_in_file
from qda.reports import docx_parts as parts
from qda.reports.model import Line, Remark, Span, Transcript
from qda.reports.text import clean, one_line

_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_DECLARED: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TINT: Final = 0.2  # of the colour; the rest is paper
_INITIALS: Final = 3
_NUMBER: Final = "QdaNumber"
_TIME: Final = "QdaTime"


def tint(colour: str, share: float = _TINT) -> str:
    """The light ground of a colour ("#24588A") as six digits; empty for none."""
    if len(colour) != 7:
        return ""
    values = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "".join(f"{round(255 - (255 - value) * share):02X}" for value in values)


def initials(name: str) -> str:
    """The letters that stand for a person beside a comment."""
    words = one_line(name).split()
    if len(words) == 1 and len(words[0]) <= _INITIALS:
        return words[0]
    return "".join(word[0] for word in words[:_INITIALS]).upper()


@dataclass(slots=True)
class Comments:
    """The comments of one Word document, gathered while its text is written."""

    made: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)

    def paragraphs(self, block: Transcript) -> list[str]:
        """The paragraphs of a transcript; its comments wait for :meth:`attach`."""
        first = len(self.made)
        self.made += [_comment(first + n, remark) for n, remark in enumerate(block.remarks)]
        if block.record:
            self.records.append(block.record)
        grounds = [tint(remark.colour) if block.shaded else "" for remark in block.remarks]
        return [_paragraph(line, first, grounds) for line in block.lines]

    def attach(self, document: Any) -> None:
        """Puts the comments and the records into the package."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        package, main = document.part.package, document.part
        if self.made:
            xml = f'{_DECLARED}<w:comments xmlns:w="{_WORD}">{"".join(self.made)}</w:comments>'
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
            part = Part(PackURI("/word/comments.xml"), kind, xml.encode("utf-8"), package)
            main.relate_to(part, f"{_OFFICE}/relationships/comments")
        for n, record in enumerate(self.records, start=1):
            xml = f'{_DECLARED}<coded xmlns="{NAMESPACE}">{escape(record)}</coded>'
            item = Part(PackURI(f"/customXml/item{n}.xml"), "application/xml", xml.encode("utf-8"), package)
            main.relate_to(item, f"{_OFFICE}/relationships/customXml")
            item.relate_to(_properties(n, record, package), f"{_OFFICE}/relationships/customXmlProps")


def _properties(number: int, record: str, package: Any) -> Any:
    """What Word wants to know of a part with data: a name that is always its own, and its namespace."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    name = str(uuid5(NAMESPACE_URL, record)).upper()
    space = f"{_OFFICE}/customXml"
    xml = (
        f'{_DECLARED}<ds:datastoreItem ds:itemID="{{{name}}}" xmlns:ds="{space}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    return Part(PackURI(f"/customXml/itemProps{number}.xml"), kind, xml.encode("utf-8"), package)


# -- one comment ---------------------------------------------------------------------------------------------


def _comment(ident: int, remark: Remark) -> str:
    text = clean(comment_text(remark.kind, remark.title, remark.text))
    first, *rest = text.split("\n")
    mark = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
    body = parts.paragraph("CommentText", mark + parts.run(first, bold=True), text=first)
    body += "".join(parts.paragraph("CommentText", parts.run(line), text=line) for line in rest)
    date = f" w:date={parts.attribute(date_in_file(remark.created))}" if remark.created else ""
    author = one_line(remark.author)
    return (
        f'<w:comment w:id="{ident}" w:author={parts.attribute(author)}{date} '
        f"w:initials={parts.attribute(initials(author))}>{body}</w:comment>"
    )


# -- one line ------------------------------------------------------------------------------------------------


def _paragraph(line: Line, first: int, grounds: Sequence[str]) -> str:
    """A line of the transcript; comment ``first`` is that of the transcript's first remark."""
    style = "QdaTranscriptLines" if line.numbers else "QdaTranscript"  # a break ends what hangs out
    style = "QdaTranscriptHead" if line.kind == "head" else style
    pieces = [] if line.kind == "head" else [parts.run(f"{_first_number(line)}\t", style=_NUMBER)]
    pieces += [_begin(first + span.remark) for span in line.spans if span.begins and span.label]
    if line.label:
        pieces.append(parts.run(line.label, bold=True))
    if line.time and not line.time_last:
        pieces.append(parts.run(f"{line.time} ", style=_TIME))
    if line.instead:
        pieces.append(parts.run(line.instead, italic=True))
    pieces += _words(line, first, grounds)
    if line.time and line.time_last:
        pieces.append(parts.run(f" {line.time}", style=_TIME))
    text = line.text if not line.text.isascii() else ""
    return parts.paragraph(style, "".join(pieces), text=text)


def _first_number(line: Line) -> str:
    return str(line.numbers[0][1]) if line.numbers else line.number


def _words(line: Line, first: int, grounds: Sequence[str]) -> Iterator[str]:
    """The words in runs, cut where a comment begins or ends; numbers of lines stand where these begin."""
    begins: dict[int, list[Span]] = defaultdict(list)
    ends: dict[int, list[Span]] = defaultdict(list)
    for span in line.spans:
        begins[span.start].append(span)
        ends[span.stop].append(span)
    lines = dict(line.numbers[1:])
    places = sorted({0, len(line.text), *begins, *ends, *lines})
    running: list[Span] = []
    bold = line.kind == "heading"
    for n, place in enumerate(places):
        closing = [span for span in ends[place] if span.start < place]
        yield from (_end(first + span.remark) for span in closing if span.ends)
        running = [span for span in running if span.stop > place]
        if place in lines:
            yield parts.run(f"\n{lines[place]}\t", style=_NUMBER)
        yield from (_begin(first + span.remark) for span in begins[place] if span.begins and not span.label)
        points = [span for span in begins[place] if span.stop == place]
        yield from (_end(first + span.remark) for span in points if span.ends)
        running += [span for span in begins[place] if span.stop > place]
        if n + 1 < len(places):
            stretch = line.text[place : places[n + 1]]
            yield parts.run(stretch, bold=bold, ground=_ground(running, grounds))


def _ground(running: Sequence[Span], grounds: Sequence[str]) -> str:
    """The ground of the shortest coding here: what stands inside another is seen."""
    if not running:
        return ""
    grounded = [span for span in running if grounds[span.remark]]
    if not grounded:
        return ""
    return grounds[min(grounded, key=lambda span: (span.stop - span.start, -span.remark)).remark]


def _begin(ident: int) -> str:
    return f'<w:commentRangeStart w:id="{ident}"/>'


def _end(ident: int) -> str:
    return (
        f'<w:commentRangeEnd w:id="{ident}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
        f'<w:commentReference w:id="{ident}"/></w:r>'
    )
