"""A report as pages to look at: where pages break, what stands on them, how they are painted.

A heading stays with its text and a caption with its table, rows stay whole, the head of a table is repeated.
Pages are made and painted in the window's thread, a little at a time (:class:`PageMaker`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from qda.reports import docx_styles as look
from qda.reports.model import Report
from qda.reports.pages.flow import Item, Paint
from qda.reports.pages.letters import SECOND, Manner
from qda.reports.pages.typeset import typeset
from qda.reports.text import one_line

_HEADER: Final = 794
_FOOTER: Final = 737


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the page from 0, and how far down it (0–1)."""

    page: int
    down: float


@dataclass(slots=True)
class _Page:
    landscape: bool
    placed: list[tuple[Item, float]] = field(default_factory=list)
    used: float = 0.0
    after: float = 0.0

    @property
    def size(self) -> QSizeF:
        width, height = look.PAGE_WIDTH, look.PAGE_HEIGHT
        return QSizeF(height, width) if self.landscape else QSizeF(width, height)

    @property
    def room(self) -> float:
        return self.size.height() - look.MARGIN_TOP - look.MARGIN_BOTTOM

    def need(self, items: list[Item]) -> float:
        """How far down the items would end."""
        down, after = self.used, self.after
        for item in items:
            down += (max(after, item.before) if down else 0.0) + item.height
            after = item.after
        return down

    def put(self, item: Item) -> None:
        self.used += max(self.after, item.before) if self.placed else 0.0
        self.placed.append((item, look.MARGIN_TOP + self.used))
        self.used += item.height
        self.after = item.after


class PageMaker:
    """Makes the pages of a report between other things."""

    def __init__(self, report: Report) -> None:
        self._pages = Pages(report)
        self._coming = typeset(report, self._pages.page_of)
        self._items: list[Item] = []

    def advance(self, seconds: float) -> "Pages | None":
        """Works for about so long; the pages once they are done."""
        end = perf_counter() + seconds
        for item in self._coming:
            self._items.append(item)
            if perf_counter() > end:
                return None
        self._pages.fill(self._items)
        return self._pages


def all_pages(report: Report) -> "Pages":
    """The pages of a report, made at once."""
    pages = PageMaker(report).advance(3600)
    assert pages is not None
    return pages


class Pages:
    """The pages of a report; made by :class:`PageMaker`."""

    def __init__(self, report: Report) -> None:
        self._starts: dict[str, Place] = {}
        self._pages: list[_Page] = []
        self.placeholders: list[Place] = []
        self._running = one_line(report.title)
        if report.notice:
            self._running += f" · {one_line(report.notice)}"
        self._cover = report.cover

    def fill(self, items: list[Item]) -> None:
        """Breaks the items into pages."""
        self._pages = _broken(items)
        for number, page in enumerate(self._pages):
            for item, y in page.placed:
                where = Place(number, y / page.size.height())
                if item.section:
                    self._starts.setdefault(item.section, where)
                self.placeholders += [where] * item.placeholders

    def page_of(self, section: str) -> str:
        """The number of the page on which a section begins, as it is printed."""
        where = self._starts.get(section)
        return str(where.page + 1) if where else ""

    def __len__(self) -> int:
        return len(self._pages)

    def size(self, page: int) -> QSizeF:
        """A page's size in twentieths of a point."""
        return self._pages[page].size

    def text(self, page: int) -> str:
        """What is written on a page, for screen readers."""
        return "\n".join(item.words for item, _y in self._pages[page].placed if item.words)

    def start_of(self, section: str) -> Place | None:
        """Where a section begins, by its ident."""
        return self._starts.get(section)

    def target(self, page: int, at: QPointF) -> Place | None:
        """Where a line of the contents at this point leads to."""
        for item, y in self._pages[page].placed:
            if item.leads_to and y <= at.y() < y + item.height:
                return self._starts.get(item.leads_to)
        return None

    def paint(self, painter: QPainter, number: int) -> None:
        """Paints a page, its white ground included, from (0, 0), in twentieths of a point."""
        page = self._pages[number]
        sheet = QRectF(0, 0, page.size.width(), page.size.height())
        painter.save()
        painter.setClipRect(sheet, Qt.ClipOperation.IntersectClip)
        painter.fillRect(sheet, QColor("#FFFFFF"))
        for item, y in page.placed:
            item.paint(painter, look.MARGIN_SIDE, y)
        self._run(painter, number, sheet)
        painter.restore()

    def _run(self, painter: QPainter, number: int, sheet: QRectF) -> None:
        """Header and footer."""
        painter.setPen(SECOND)
        text = sheet.adjusted(look.MARGIN_SIDE, _HEADER, -look.MARGIN_SIDE, -_FOOTER)
        if number:
            painter.setFont(Manner(8.5).font())
            painter.drawText(text, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self._running)
        if number or not self._cover:
            painter.setFont(Manner(9).font())
            sides = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
            painter.drawText(text, sides, str(number + 1))


def _broken(items: list[Item]) -> list[_Page]:
    """The items on pages: what must stay together goes to the next page together, if it fits on one."""
    pages = [_Page(items[0].landscape if items else False)]
    for chain in _chains(items):
        first = chain[0]
        turned = first.landscape != pages[-1].landscape
        started = bool(pages[-1].placed)
        if turned and not started:
            pages[-1] = _Page(first.landscape)
        elif turned or (first.new_page and started):
            pages.append(_Page(first.landscape))
        if pages[-1].placed and pages[-1].need(chain) > pages[-1].room:
            _turn(pages, first)
        for item in chain:
            if pages[-1].placed and pages[-1].need([item]) > pages[-1].room:
                _turn(pages, item)
            for part in _parts(item, pages[-1].room):
                if pages[-1].placed and pages[-1].need([part]) > pages[-1].room:
                    _turn(pages, part)
                pages[-1].put(part)
    return pages


def _turn(pages: list[_Page], item: Item) -> None:
    """Begins a page for the item, with the head of its table if it stands in one."""
    pages.append(_Page(item.landscape))
    if item.head is not None:
        pages[-1].put(item.head)


def _chains(items: list[Item]) -> Iterator[list[Item]]:
    """Items that stay together, in order."""
    chain: list[Item] = []
    for item in items:
        if chain and (item.new_page or item.landscape != chain[0].landscape):
            yield chain
            chain = []
        chain.append(item)
        if not item.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def _parts(item: Item, room: float) -> Iterator[Item]:
    """The item, or where no page could hold it its strips."""
    above = item.head.height if item.head else 0.0
    if item.height + above <= room:
        yield item
        return
    strip, done = room - above, 0.0
    while done < item.height:
        height = min(strip, item.height - done)
        yield replace(item, height=height, paint=_clipped(item, done, height))
        done += height


def _clipped(item: Item, start: float, height: float) -> Paint:
    def paint(painter: QPainter, x: float, y: float) -> None:
        painter.save()
        painter.setClipRect(QRectF(0, y, look.PAGE_HEIGHT, height), Qt.ClipOperation.IntersectClip)
        item.paint(painter, x, y - start)
        painter.restore()

    return paint
