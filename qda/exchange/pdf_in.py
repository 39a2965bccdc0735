"""PDF transcripts: the printed page back into paragraphs.

Reading a hostile file may abort the process inside pdfium: callers read in a child process.
"""

from collections.abc import Sequence

from qda.errors import KnownError
from qda.exchange.blocks import Content
from qda.exchange.pdf_glyphs import Fragment, Print, read_print
from qda.exchange.pdf_lines import Line, Row, ordered
from qda.exchange.pdf_margins import gutter_of, running
from qda.exchange.pdf_notes import Notes, without_notes
from qda.exchange.pdf_paragraphs import Draft, paragraphs_of, raw_paragraph
from qda.exchange.pdf_text import Joiner
from qda.exchange.raw import RawParagraph
from qda.i18n import _, ngettext


def read_pdf(data: bytes) -> Content:
    """The paragraphs of a PDF; KnownError where it is encrypted, damaged, or holds pictures only."""
    whole = read_print(data)
    if not any(page.fragments for page in whole.pages):
        raise KnownError(
            _("The PDF holds pictures of pages and no text; it needs text recognition (OCR) first.")
        )
    if whole.unreadable > 0.3 * max(whole.characters, 1):
        raise KnownError(_("The letters of the PDF can't be told; it needs text recognition (OCR) first."))
    return Content(tuple(_paragraphs(whole)), warnings=tuple(_warnings(whole)))


def _paragraphs(whole: Print) -> list[RawParagraph]:
    gutter = gutter_of(whole.pages)
    if not gutter.own:
        _take(whole, {id(part) for parts in gutter.numbers.values() for part in parts})
    _take(whole, running(whole.pages))
    items = ordered([page.fragments for page in whole.pages])
    items, notes = without_notes(items)
    lines = [item for item in items if isinstance(item, Line)]
    opened = _beside(lines, gutter.numbers) if gutter.paragraphs or gutter.own else set()
    cells = [line for item in items if isinstance(item, Row) for cell in item.cells for line in cell]
    joiner = Joiner([*lines, *cells], notes.marks)
    return _with_notes(paragraphs_of(items, opened=opened), notes, joiner)


def _take(whole: Print, gone: set[int]) -> None:
    for page in whole.pages:
        page.fragments = [part for part in page.fragments if id(part) not in gone]


def _beside(lines: Sequence[Line], numbers: dict[int, list[Fragment]]) -> set[int]:
    """``id()`` of the lines that have a number beside them."""
    heights = {page: [part.y for part in parts] for page, parts in numbers.items()}
    return {
        id(line)
        for line in lines
        if any(abs(y - line.y) < 0.45 * line.size for y in heights.get(line.page, ()))
    }


def _with_notes(drafts: Sequence[Draft], notes: Notes, joiner: Joiner) -> list[RawParagraph]:
    """The paragraphs, each note behind the one that refers to it."""
    result: list[RawParagraph] = []
    for index, draft in enumerate(drafts):
        if draft.blank:
            result.append(RawParagraph(""))
        paragraph = raw_paragraph(draft, joiner)
        result.append(paragraph)
        pages = {line.page for line in draft.lines}
        following = drafts[index + 1].lines[0].page if index + 1 < len(drafts) else None
        result += [
            notes.paragraph(key, joiner) for key in notes.behind(paragraph.text, pages, last=following)
        ]
    return result


def _warnings(whole: Print) -> list[str]:
    found = []
    empty = [str(index + 1) for index, page in enumerate(whole.pages) if page.pictures]
    if empty:
        found.append(
            ngettext(
                "Page {pages} holds a picture and no text.",
                "Pages {pages} hold pictures and no text.",
                len(empty),
            ).format(pages=", ".join(empty[:20]))
        )
    if whole.unreadable > 0.005 * whole.characters:
        found.append(_("Some letters of the PDF can't be told."))
    return found
