"""A report as a Word document that a careful person might have set.

python-docx makes the package, header, footer and pictures; the text is built as XML and parsed once.
"""

import io
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from qda.coding.quoting import quoted
from qda.i18n import _, use_language
from qda.reports import docx_package as package
from qda.reports import docx_parts as parts
from qda.reports import docx_styles as look
from qda.reports import docx_template as template
from qda.reports.docx_frame import OURS, Frame
from qda.reports.docx_pages import pages
from qda.reports.docx_table import parted, table_xml
from qda.reports.large import refuse_large
from qda.reports.model import (
    Block,
    BulletList,
    Figure,
    Note,
    Numbered,
    Paragraph,
    Quote,
    Report,
    Runs,
    Section,
    Table,
    Transcript,
    Tree,
    plain,
)
from qda.reports.numbering import Layout, Placed, place
from qda.reports.render_comments import Comments
from qda.reports.text import counts_kept, date_text, one_line, unbroken
from qda.reports.trees import as_table

_EMU: Final = 635  # of a twentieth of a point
_EMU_PER_MM: Final = 36_000
_CAPTION: Final = 1_900  # room for what stands above and below a picture
_AFTER_TABLE: Final = {"BodyText": 240, "Quote": 240, "QdaNote": 100, "ListBullet": 240, "ListNumber": 240}


def render(report: Report) -> bytes:
    """The document; it opens without a question in Word and LibreOffice.

    :raises KnownError: the report's template cannot be used.
    """
    from docx import Document

    refuse_large(report)
    layout = place(report)
    document = template.opened(Path(report.template)) if report.template else Document()
    frame = template.frame_of(document, cover=report.cover) if report.template else OURS
    with use_language(report.language):
        builder = _Builder(report, layout, document, pages(report, layout), frame)
        body = builder.build()
    package.fill(document, body)
    if frame.foreign:
        template.dress(document, report, builder.ordered, frame)
    else:
        package.dress(document, report, builder.ordered)
    if frame.lines:
        template.number_pages(document)
    else:
        package.running_lines(document, report)
    package.properties(document, report)
    builder.comments.attach(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@dataclass(slots=True)
class _Builder:
    """Writes the blocks one after another; remembers what stands above, for spacing and breaks."""

    report: Report
    layout: Layout
    document: Any
    pages: dict[str, int]
    frame: Frame = OURS
    out: list[str] = field(default_factory=list)
    comments: Comments = field(default_factory=Comments)
    ordered: int = 0
    marks: int = 0
    new_page: bool = False
    after_table: bool = False
    after_heading: bool = False
    landscape: bool = False
    first_section: bool = True

    def build(self) -> str:
        first = self.layout.placed[:1]
        self.landscape = not self.report.cover and any(one.landscape for one in first)
        self._front()
        following: list[Block | None] = [one.block for one in self.layout.placed[1:]]
        for placed, behind in zip(self.layout.placed, [*following, None], strict=False):
            if placed.landscape != self.landscape:
                self._turn(landscape=placed.landscape)
            self._block(placed, behind)
        if self.after_table:
            self.out.append(parts.paragraph("QdaSpace", ""))
        self.out.append(self.frame.section(landscape=self.landscape, first=self.first_section))
        return "".join(self.out)

    def _front(self) -> None:
        report = self.report
        made = date_text(report.created, report.language) if report.created else ""
        self._put("Title", parts.run(report.title), text=report.title, before=4_300 if report.cover else 0)
        if report.subtitle:
            self._put("Subtitle", parts.run(report.subtitle), text=report.subtitle)
        for line in (report.author, made, *report.facts):
            if line:
                self._put("QdaCover", parts.run(line), text=line)
        if report.notice:
            self._put("QdaNotice", parts.run(report.notice), text=report.notice)
        if report.cover:
            self._contents()
            self.new_page = True

    def _contents(self) -> None:
        entries = self.layout.contents()
        if not entries:
            return
        self.new_page = True
        unnumbered = (0, 0) if self.frame.foreign else None
        self._put("TOCHeading", parts.run(_("Contents")), number=unnumbered)
        for index, placed in enumerate(entries):
            assert isinstance(placed.block, Section)
            name = f"_Toc{placed.ident.removeprefix('section-'):0>8}"
            title = one_line(placed.block.title)
            page = parts.field(f"PAGEREF {name} \\h", parts.run(str(self.pages.get(placed.ident, ""))))
            entry = parts.link(name, parts.run(f"{placed.number}\t{title}\t") + page)
            if index == 0:
                entry = parts.field_start('TOC \\o "1-3" \\h \\z') + entry
            if index == len(entries) - 1:
                entry += parts.FIELD_END
            tabs = look.contents_tabs(placed.level, self.frame.text_width()) if self.frame.foreign else ""
            self._put(f"TOC{placed.level}", entry, tabs=tabs)

    def _put(self, style: str, runs: str, *, before: int | None = None, **more: Any) -> None:
        """A paragraph, on a new page or with room above it if that is due."""
        if before is None:
            before = _AFTER_TABLE.get(style) if self.after_table else None
            before = 0 if self.new_page and style == "Heading1" else before
            before = 60 if self.after_heading and style == "Caption" else before
        self.out.append(parts.paragraph(style, runs, before=before, new_page=self.new_page, **more))
        self.new_page = self.after_table = self.after_heading = False

    def _turn(self, *, landscape: bool) -> None:
        """Ends the present stretch of pages in its last paragraph."""
        if self.after_table:
            self._put("QdaSpace", "")
        end = self.frame.section(landscape=self.landscape, first=self.first_section)
        head, closing, rest = self.out[-1].partition("</w:pPr>")
        self.out[-1] = head + end + closing + rest
        self.landscape, self.first_section, self.new_page = landscape, False, False

    def _block(self, placed: Placed, behind: Block | None) -> None:
        """One block; ``behind`` is the one that follows: what explains something stays with it."""
        block = placed.block
        match block:
            case Section():
                self._section(block, placed)
            case Paragraph():
                leads = isinstance(behind, Quote) and block.runs[:1] and block.runs[0].bold
                words = plain(block.runs)
                self._put("BodyText", self._inline(block.runs), text=words, keep_next=bool(leads))
            case Note():
                counted = tuple(replace(run, text=counts_kept(run.text)) for run in block.runs)
                self._put(
                    "QdaNote",
                    self._inline(counted),
                    text=plain(block.runs),
                    keep_next=self.after_heading and behind is not None,
                )
            case Quote():
                self._quote(block, keep_next=isinstance(behind, Note))
            case BulletList():
                self._list(block)
            case Numbered():
                self._numbered(block)
            case Table():
                self._table(block, placed)
            case Tree():
                self._table(as_table(block, self.report.language, below=True), placed)
            case Figure():
                self._figure(block, placed)
            case Transcript():
                self.out += self.comments.paragraphs(block)
                self.new_page = self.after_table = self.after_heading = False

    def _section(self, block: Section, placed: Placed) -> None:
        title = parts.run(one_line(block.title))
        if placed.number:
            title = self._mark(f"_Toc{placed.ident.removeprefix('section-'):0>8}", title)
            style = f"Heading{placed.level}"
        else:
            style = "Heading4" if placed.level <= 4 else "Heading5"
        number = None
        if self.frame.foreign and not (self.frame.numbered and placed.number):
            number = (placed.level - 1, look.HEADING_NUMBERS) if placed.number else (0, 0)
        if block.anchor:
            title = self._mark(_bookmark(placed), title)
        at_start = bool(self.out) and "<w:sectPr>" in self.out[-1]
        self.new_page = self.new_page or (block.new_page and not at_start)
        self._put(style, title, text=block.title, before=0 if at_start else None, number=number)
        self.after_heading = True

    def _mark(self, name: str, runs: str) -> str:
        self.marks += 1
        return parts.bookmark(self.marks, name, runs)

    def _inline(self, runs: Runs) -> str:
        made = []
        for run in runs:
            target = self.layout.target(run)
            manner = partial(
                parts.run, style="QdaPlaceholder" if run.placeholder else "", bold=run.bold, italic=run.italic
            )
            if target is None:
                made.append(manner(self.layout.text(run)))
            elif run.text or not target.number:
                made.append(parts.link(_bookmark(target), manner(self.layout.text(run))))
            elif isinstance(target.block, Section):
                word = target.label.removesuffix(target.number).replace(" ", "\u00a0")
                number = parts.field(f"REF {_bookmark(target)} \\r \\h", manner(target.number))
                made.append(manner(word) + number)
            else:
                made.append(parts.field(f"REF {_bookmark(target)} \\h", manner(target.label)))
        return "".join(made)

    def _quote(self, block: Quote, *, keep_next: bool) -> None:
        runs = parts.run(quoted(block.text, self.report.language))
        if block.citation:
            runs += parts.run(f" ({unbroken(block.citation)})", style="QdaCitation")
        self._put("Quote", runs, text=block.text, keep_next=keep_next)

    def _list(self, block: BulletList) -> None:
        style, which = "ListBullet", look.BULLETS
        if block.ordered:
            style, which = "ListNumber", look.FIRST_ORDERED + self.ordered
            self.ordered += 1
        for item in block.items:
            self._put(
                style, self._inline(item.runs), number=(min(item.level, 2), which), text=plain(item.runs)
            )

    def _numbered(self, block: Numbered) -> None:
        style = "QdaReading" if block.wide else "QdaNumbered"
        right = look.reading_margin(block) if block.wide else None
        behind = [*block.lines[1:], None]
        for line, after in zip(block.lines, behind, strict=True):
            number = parts.run(f"{one_line(line.number)}\t", style="QdaCitation")
            runs = number + self._inline(line.runs)
            tight = after is not None and after.joined
            self._put(style, runs, text=plain(line.runs), tight=tight, right=right)

    def _table(self, block: Table, placed: Placed) -> None:
        if placed.number:
            self._caption(block.caption, placed, keep_next=True)
        elif self.after_table or self.new_page:
            self._put("QdaSpace", "", keep_next=True)
        width = self.frame.text_width(landscape=self.landscape)
        for at, part in enumerate(parted(block, landscape=self.landscape)):
            if at:
                self._put("QdaSpace", "", keep_next=True)
            self.out.append(table_xml(part, width=width, inline=self._inline))
        self.after_table = True

    def _caption(self, caption: str, placed: Placed, *, keep_next: bool, before: int | None = None) -> None:
        word, _number, rest = placed.label.partition(placed.number)
        counted = parts.field(
            f"SEQ {word.strip()} \\* ARABIC", parts.run(placed.number, bold=True), bold=True
        )
        label = parts.run(word, bold=True) + counted + parts.run(rest, bold=True)
        runs = self._mark(_bookmark(placed), label) + parts.run(f": {one_line(caption)}")
        self._put("Caption", runs, keep_next=keep_next, text=caption, before=before)

    def _figure(self, block: Figure, placed: Placed) -> None:
        from docx.oxml.shape import CT_Inline
        from docx.shared import Emu
        from lxml import etree

        widest = self.frame.text_width(landscape=self.landscape) * _EMU
        rel, image = self.document.part.get_or_add_image(io.BytesIO(block.png))
        width, height = image.scaled_dimensions(Emu(min(int(block.width * _EMU_PER_MM), widest)), None)
        tallest = (self.frame.text_height(landscape=self.landscape) - _CAPTION) * _EMU
        if height > tallest:
            width, height = image.scaled_dimensions(None, Emu(tallest))
        inline = CT_Inline.new_pic_inline(int(placed.number), rel, f"{placed.ident}.png", width, height)
        inline.docPr.set("name", one_line(placed.label))
        inline.docPr.set("descr", one_line(block.alt))
        for side in "TBLR":  # where they are missing, LibreOffice puts room around the picture
            inline.set(f"dist{side}", "0")
        picture = etree.tostring(inline, encoding="unicode")
        self._put("QdaFigure", f"<w:r><w:drawing>{picture}</w:drawing></w:r>")
        self._caption(block.caption, placed, keep_next=False, before=120)


def _bookmark(placed: Placed) -> str:
    return "_Ref_" + placed.ident.replace("-", "_")
