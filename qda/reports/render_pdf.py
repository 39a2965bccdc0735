"""A report as a PDF: the pages of the preview, with their letters embedded, an outline and links.

QtGui alone paints it, in any thread and without a display. The same report gives the same bytes on the same
machine: dates are those of the report.
"""

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from qda import preflight
from qda.reports import docx_styles as look
from qda.reports.large import refuse_large
from qda.reports.model import Report, Section
from qda.reports.numbering import place
from qda.reports.pdf_links import Jump, Outlined, linked
from qda.reports.text import one_line
from qda.reports.watching import step

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QPageLayout, QPdfWriter

    from qda.reports.pages.paging import Pages

_POINT: Final = 20  # twentieths of a point in one
_INCH: Final = 72 * _POINT
_SLICE_S: Final = 0.1  # how long pages are set before somebody may say that nobody wants them
_UNDATED: Final = datetime(1970, 1, 1, tzinfo=UTC)


def render(report: Report) -> bytes:
    """The pages as one file.

    :raises KnownError: a table is too large for pages, or libraries for drawing are missing.
    """
    refuse_large(report)
    preflight.require_drawing()
    from qda.figures.painting import ensure_gui
    from qda.reports.pages.paging import PageMaker

    ensure_gui()
    maker = PageMaker(report)
    while not maker.advance(_SLICE_S):
        step()  # how many pages there will be is known when they are set
    pages = maker.pages
    printed = _printed(report, pages)
    return linked(
        printed,
        outline=_outline(report, pages),
        jumps=[
            Jump(page, _corners(pages, page, link.area), link.to.page, _up(pages, link.to.page, link.to.down))
            for page in range(len(pages))
            for link in pages.links(page)
        ],
        language=look.language_tag(report.language),
        when=_when(report),
    )


def _printed(report: Report, pages: "Pages") -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QPainter, QPdfWriter

    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    _describe(writer, report)
    writer.setPageLayout(_sheet(pages, 0))
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    try:
        for page in range(len(pages)):
            if page:
                writer.setPageLayout(_sheet(pages, page))
                writer.newPage()
            pages.paint(painter, page)
            step(page + 1, len(pages))
    finally:
        painter.end()
        buffer.close()
    return _bytes(store)


def _bytes(store: "QByteArray") -> bytes:
    return bytes(store.data())


def _sheet(pages: "Pages", page: int) -> "QPageLayout":
    """A4, upright or turned, without margins: those are in the pages."""
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize

    size = pages.size(page)
    turned = size.width() > size.height()
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF(0, 0, 0, 0))


def _describe(writer: "QPdfWriter", report: Report) -> None:
    from PySide6.QtCore import QUuid

    writer.setResolution(_INCH)
    writer.setTitle(one_line(report.title))
    writer.setAuthor(one_line(report.author))
    writer.setCreator("qda")
    named = f"{one_line(report.title)}\n{one_line(report.subtitle)}\n{_when(report).isoformat()}"
    ident = uuid5(NAMESPACE_URL, named)
    writer.setDocumentId(QUuid(str(ident)))
    writer.setDocumentXmpMetadata(_packet(report, ident).encode("utf-8"))


def _when(report: Report) -> datetime:
    return (report.created or _UNDATED).astimezone(UTC)


def _packet(report: Report, ident: UUID) -> str:
    """What the file says of itself, for libraries and archives (XMP)."""
    tag = look.language_tag(report.language)
    moment = _when(report).strftime("%Y-%m-%dT%H:%M:%SZ")

    def words(text: str) -> str:
        return escape(one_line(text))

    def named(name: str, text: str) -> str:
        inner = f'<rdf:Alt><rdf:li xml:lang="x-default">{words(text)}</rdf:li></rdf:Alt>'
        return f"<dc:{name}>{inner}</dc:{name}>" if text else ""

    def listed(name: str, kind: str, texts: tuple[str, ...]) -> str:
        inner = "".join(f"<rdf:li>{words(text)}</rdf:li>" for text in texts if text)
        return f"<dc:{name}><rdf:{kind}>{inner}</rdf:{kind}></dc:{name}>" if inner else ""

    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">'
        f"{named('title', report.title)}{named('description', report.notice or report.subtitle)}"
        f"{listed('creator', 'Seq', (report.author,))}{listed('subject', 'Bag', report.keywords)}"
        f"<dc:language><rdf:Bag><rdf:li>{tag}</rdf:li></rdf:Bag></dc:language>"
        f"<dc:format>application/pdf</dc:format><xmp:CreatorTool>qda</xmp:CreatorTool>"
        f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>"
        f"<xmpMM:DocumentID>uuid:{ident}</xmpMM:DocumentID>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


# -- where things lead: PDF measures in points from the lower left corner -----------------------------------


def _up(pages: "Pages", page: int, down: float) -> float:
    return pages.size(page).height() * (1 - down) / _POINT


def _corners(pages: "Pages", page: int, area: object) -> tuple[float, float, float, float]:
    from PySide6.QtCore import QRectF

    assert isinstance(area, QRectF)
    height = pages.size(page).height()
    left, right = area.left() / _POINT, area.right() / _POINT
    return left, (height - area.bottom()) / _POINT, right, (height - area.top()) / _POINT


def _outline(report: Report, pages: "Pages") -> list[Outlined]:
    """The numbered sections, as in the table of contents."""
    found = []
    for placed in place(report).contents():
        start = pages.start_of(placed.ident)
        if start is not None and isinstance(placed.block, Section):
            words = f"{placed.number} {one_line(placed.block.title)}"
            found.append(Outlined(words, placed.level, start.page, _up(pages, start.page, start.down)))
    return found
