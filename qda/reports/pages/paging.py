"""A report as pages: where they break, what stands on them, how they are painted.

A heading stays with its text and a caption with its table, rows stay whole, the head of a table is repeated.
Pages are made a little at a time (:class:`PageMaker`), in the thread in which they are painted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from qda.reports import docx_styles as look
from qda.reports.model import Report
from qda.reports.pages.flow import Item, Paint
from qda.reports.pages.hyphens import SOFT
from qda.reports.pages.letters import SECOND, Line, Manner
from qda.reports.pages.typeset import typeset
from qda.reports.text import one_line

_HEADER: Final = 794
_FOOTER: Final = 737
_TELLING: Final = 12  # signs by which a place is found again

_Stands = tuple[int, Line, float, float]  # page, line, its left upper corner


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the page from 0, and how far down it (0–1)."""

    page: int
    down: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Words on a page and how far below a place they begin (in page heights)."""

    words: str
    page: int
    below: float


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
    """Makes the pages of a report between other things; ``pages`` holds those that are done."""

    def __init__(self, report: Report) -> None:
        self.pages = Pages(report)
        self._coming = typeset(report, self.pages.page_of)
        self._breaker = _Breaker(self.pages)

    def advance(self, seconds: float) -> bool:
        """Works for about so long; whether all pages are done."""
        end = perf_counter() + seconds
        for item in self._coming:
            self._breaker.take(item)
            if perf_counter() > end:
                return False
        self._breaker.finish()
        return True


def all_pages(report: Report) -> "Pages":
    """The pages of a report, made at once."""
    maker = PageMaker(report)
    while not maker.advance(1):
        pass
    return maker.pages


@dataclass(frozen=True, slots=True)
class Hit:
    """Where words were found: the page, and the stretches of its lines."""

    page: int
    areas: tuple[QRectF, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of a page that leads somewhere."""

    area: QRectF
    to: Place


class Pages:
    """The pages of a report; made by :class:`PageMaker`. Their number grows until they are ``complete``."""

    def __init__(self, report: Report) -> None:
        self._starts: dict[str, Place] = {}
        self._pages: list[_Page] = []
        self._settled = 0
        self.complete = False
        self.placeholders: list[Place] = []
        self._running = one_line(report.title)
        if report.notice:
            self._running += f" · {one_line(report.notice)}"
        self._cover = report.cover

    def note(self, item: Item) -> None:
        """Keeps where the item that was put last stands."""
        page = self._pages[-1]
        where = Place(len(self._pages) - 1, page.placed[-1][1] / page.size.height())
        if item.section:
            self._starts.setdefault(item.section, where)
        self.placeholders += [where] * item.placeholders

    def settle(self, *, complete: bool = False) -> None:
        """The pages before the last one are done; the last one too when the report is at its end."""
        self.complete = complete
        self._settled = max(0, len(self._pages) - (not complete))

    def page_of(self, section: str) -> str:
        """The number of the page on which a section begins, as it is printed."""
        where = self._starts.get(section)
        return str(where.page + 1) if where else ""

    def __len__(self) -> int:
        return self._settled

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
        """Where this point leads to: a line of the contents, a reference."""
        for link in self.links(page):
            if link.area.contains(at):
                return link.to
        return None

    def links(self, page: int) -> Iterator[Link]:
        """What leads elsewhere on a page, in twentieths of a point."""
        width = self._pages[page].size.width() - 2 * look.MARGIN_SIDE
        for item, y in self._pages[page].placed:
            if item.leads_to and (place := self._starts.get(item.leads_to)):
                yield Link(QRectF(look.MARGIN_SIDE, y, width, item.height), place)
            for line, x, down in item.lines:
                for left, right, ident in line.links:
                    if place := self._starts.get(ident):
                        area = QRectF(look.MARGIN_SIDE + x + left, y + down, right - left, line.height)
                        yield Link(area, place)

    def mark(self, place: Place) -> Mark | None:
        """What stands at a place, to be found again on other pages; None where nothing is written below."""
        if place.page >= self._settled:
            return None
        page = self._pages[place.page]
        down = place.down * page.size.height()
        for item, y in page.placed:
            if y + item.height > down and len(item.words) >= _TELLING:
                return Mark(item.words, place.page, (y - down) / page.size.height())
        return None

    def place_of(self, mark: Mark) -> Place | None:
        """Where what is marked stands here: of several places the nearest to where it was."""
        found = [
            Place(number, y / self._pages[number].size.height() - mark.below)
            for number in range(self._settled)
            for item, y in self._pages[number].placed
            if item.words == mark.words
        ]
        return min(found, key=lambda place: abs(place.page - mark.page), default=None)

    def hits(self, words: str) -> list[Hit]:
        """Where ``words`` stand, in order; capitals count as small letters, a line's end as a space."""
        if not words.strip():
            return []
        wanted = re.compile(r"\s+".join(map(_letters, words.split())), re.IGNORECASE)
        found: list[Hit] = []
        for text, placed in self._texts():
            folded = _in_units(text)
            for match in wanted.finditer(folded):
                found += _areas(placed, match.start(), match.end())
        found.sort(key=lambda hit: (hit.page, hit.areas[0].top(), hit.areas[0].left()))
        return found

    def _texts(self) -> "Iterator[tuple[str, list[_Stands]]]":
        """Every text with its lines where they stand, in the order of the pages."""
        texts: dict[int, tuple[str, list[_Stands]]] = {}
        for number in range(self._settled):
            for item, y in self._pages[number].placed:
                for line, x, down in item.lines:
                    one = texts.setdefault(line.key, (line.text, []))
                    one[1].append((number, line, look.MARGIN_SIDE + x, y + down))
        yield from texts.values()

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


class _Breaker:
    """Puts items on pages as they come: what must stay together goes to the next page together, if it fits
    on one."""

    def __init__(self, pages: Pages) -> None:
        self._to = pages
        self._pages = pages._pages
        self._chain: list[Item] = []

    def take(self, item: Item) -> None:
        """The next item."""
        chain = self._chain
        if chain and (item.new_page or item.landscape != chain[0].landscape):
            self._put()
        self._chain.append(item)
        if not item.keep:
            self._put()

    def finish(self) -> None:
        """No item comes any more."""
        if self._chain:
            self._put()
        if not self._pages:
            self._pages.append(_Page(landscape=False))
        self._to.settle(complete=True)

    def _put(self) -> None:
        chain, self._chain = self._chain, []
        pages, first = self._pages, chain[0]
        if not pages:
            pages.append(_Page(first.landscape))
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
                self._to.note(part)
        self._to.settle()


def _turn(pages: list[_Page], item: Item) -> None:
    """Begins a page for the item, with the head of its table if it stands in one."""
    pages.append(_Page(item.landscape))
    if (head := _repeated(item, pages[-1].room)) is not None:
        pages[-1].put(head)


def _repeated(item: Item, room: float) -> Item | None:
    """The head of the table that stands on each of its pages; one that would take most of a page does not."""
    return item.head if item.head is not None and item.head.height <= room / 2 else None


def _parts(item: Item, room: float) -> Iterator[Item]:
    """The item, or where no page could hold it its strips."""
    head = _repeated(item, room)
    above = head.height if head else 0.0
    if item.height + above <= room:
        yield item
        return
    strip, done = room - above, 0.0
    while done < item.height:
        height = min(strip, item.height - done)
        within = tuple(
            (line, x, down - done)
            for line, x, down in item.lines
            if done <= down + line.height / 2 < done + height
        )
        first = done == 0
        yield replace(
            item,
            height=height,
            paint=_clipped(item, done, height),
            lines=within,
            section=item.section if first else "",
            placeholders=item.placeholders if first else 0,
        )
        done += height


def _clipped(item: Item, start: float, height: float) -> Paint:
    def paint(painter: QPainter, x: float, y: float) -> None:
        painter.save()
        painter.setClipRect(QRectF(0, y, look.PAGE_HEIGHT, height), Qt.ClipOperation.IntersectClip)
        item.paint(painter, x, y - start)
        painter.restore()

    return paint


def _letters(word: str) -> str:
    """A pattern of a word, which may be hyphened."""
    return f"{SOFT}?".join(map(re.escape, word))


def _areas(placed: list[_Stands], start: int, stop: int) -> list[Hit]:
    """The stretch of a text from ``start`` to ``stop`` on its lines: a hit for each page it stands on."""
    by_page: dict[int, list[QRectF]] = {}
    for number, line, x, y in placed:
        if ends := line.extent(start, stop):
            area = QRectF(x + ends[0], y, ends[1] - ends[0], line.height)
            by_page.setdefault(number, []).append(area)
    return [Hit(number, tuple(areas)) for number, areas in by_page.items()]


def _in_units(text: str) -> str:
    """The text with a second sign behind those that are two of Qt's units, so that places are Qt's."""
    return text if text.isascii() else "".join(c + "\ufffe" if ord(c) > 0xFFFF else c for c in text)
