"""Sets a report: every block becomes lines, rows or a picture in the sizes of the report's Word form.

It is a generator, so that a window can set a long report between two events. Qt keeps faces by thread: what
is set here must be painted in the same thread.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from qda.coding.quoting import quoted
from qda.i18n import _, use_language
from qda.reports import docx_styles as look
from qda.reports.docx_table import parted
from qda.reports.model import (
    Block,
    BulletList,
    Figure,
    Note,
    Numbered,
    Paragraph,
    Quote,
    Report,
    Run,
    Runs,
    Section,
    Table,
    Transcript,
    Tree,
)
from qda.reports.numbering import Layout, Placed, place
from qda.reports.pages.flow import Item, Shape, paragraph, picture, table
from qda.reports.pages.letters import Manner, Piece
from qda.reports.pages.remarks import transcript
from qda.reports.text import clean, counts_kept, date_text, one_line, unbroken
from qda.reports.trees import as_table

PageOf = Callable[[str], str]

_HEADINGS: Final = ((17.0, 480, 160), (13.5, 400, 120), (11.5, 320, 80), (11.0, 240, 60), (11.0, 200, 40))
_ENTRIES: Final = ((140, 0, 510), (30, 510, 680), (20, 1190, 850))
_MM: Final = 1440 / 25.4
_TALLEST: Final = 205 * _MM
_MARKS: Final = ("•", "–", "·")
_TITLE_DOWN: Final = 4_300


def typeset(report: Report, page_of: PageOf) -> Iterator[Item]:
    """The report as items in order; ``page_of`` tells the page of a section when the contents are painted."""
    layout = place(report)
    setter = _Setter(report, layout, page_of)
    first = layout.placed[:1]
    setter.landscape = not report.cover and any(one.landscape for one in first)  # as in Word
    with use_language(report.language):
        setter.front()
    yield from setter.taken()
    following: list[Block | None] = [one.block for one in layout.placed[1:]]
    for placed, behind in zip(layout.placed, [*following, None], strict=False):
        setter.put(placed, behind)
        yield from setter.taken()


@dataclass(slots=True)
class _Setter:
    report: Report
    layout: Layout
    page_of: PageOf
    waiting: list[Iterator[Item]] = field(default_factory=list)
    new_page: bool = False
    landscape: bool = False
    after_heading: bool = False

    @property
    def width(self) -> int:
        return look.WIDE_TEXT_WIDTH if self.landscape else look.TEXT_WIDTH

    def _add(self, made: Iterable[Item], *, section: str = "") -> None:
        """Puts items at the end; the first one may begin a page or a section."""
        self.waiting.append(_stamped(made, self.landscape, self.new_page, section))
        self.new_page = False

    def taken(self) -> Iterator[Item]:
        """What has been put since the last time."""
        waiting, self.waiting = self.waiting, []
        for made in waiting:
            yield from made

    def _say(self, words: str, manner: Manner, shape: Shape) -> None:
        self._add(paragraph([Piece(words, manner)], shape, width=self.width))

    def front(self) -> None:
        """Title, facts and contents."""
        report = self.report
        if report.cover:
            self._add([Item(_TITLE_DOWN, lambda *_where: None, keep=True)])
        self._say(one_line(report.title), Manner(26, bold=True), Shape(after=120, whole=True, keep=True))
        if report.subtitle:
            self._say(one_line(report.subtitle), Manner(14, second=True), Shape(after=480, line=264))
        made = date_text(report.created, report.language) if report.created else ""
        for line in (report.author, made, *report.facts):
            if line:
                self._say(one_line(line), Manner(second=True), Shape(after=40, line=276))
        if report.notice:
            self._notice(one_line(report.notice))
        if report.cover:
            self._contents()
            self.new_page = True

    def _notice(self, words: str) -> None:
        """The notice between two rules, as on the title page in Word."""
        rule = partial(_rule, self.width)
        above = Item(10, rule, before=400, after=100, keep=True)
        below = Item(10, rule, before=100, after=240)
        self._add([above])
        self._say(words, Manner(), Shape(line=276, keep=True, whole=True))
        self._add([below])

    def _contents(self) -> None:
        entries = self.layout.contents()
        if not entries:
            return
        self.new_page = True
        self._say(_("Contents"), Manner(17, bold=True), Shape(after=240, keep=True))
        for placed in entries:
            assert isinstance(placed.block, Section)
            before, left, number = _ENTRIES[min(placed.level, 3) - 1]
            manner = Manner(bold=placed.level == 1)
            title = one_line(placed.block.title)
            shape = Shape(line=264, left=left + number, right=600, bound=True)
            made = paragraph([Piece(title, manner)], shape, width=self.width)
            leader = _leader(placed, made[-1], manner, self.page_of)
            first = _numbered(made[0] if len(made) > 1 else leader, placed.number, left, manner)
            made = [first] if len(made) == 1 else [first, *made[1:-1], leader]
            made = [replace(one, leads_to=placed.ident) for one in made]
            made[0] = replace(made[0], before=before)
            made[-1] = replace(made[-1], after=20)
            self._add(made)

    def put(self, placed: Placed, behind: Block | None = None) -> None:
        """The next block of the report; ``behind`` is the one that follows: what explains something stays
        with it, as in Word."""
        if placed.landscape != self.landscape:
            self.landscape, self.new_page = placed.landscape, True
        one: Block = placed.block
        match one:
            case Section():
                self._heading(one, placed)
            case Paragraph():
                leads = isinstance(behind, Quote) and bool(one.runs[:1]) and one.runs[0].bold
                self._runs(one.runs, Manner(), Shape(after=120, line=295, keep=leads, whole=leads))
            case Note():
                keep = self.after_heading and behind is not None
                shape = Shape(after=140, line=259, keep=keep, whole=keep)
                runs = tuple(replace(run, text=counts_kept(run.text)) for run in one.runs)
                self._runs(runs, Manner(9, second=True), shape)
            case Quote():
                self._quote(one, keep=isinstance(behind, Note))
            case BulletList():
                self._list(one)
            case Numbered():
                self._numbered(one)
            case Table():
                self._table(one, placed)
            case Tree():
                self._table(as_table(one, self.report.language, below=True), placed)
            case Transcript():
                self._add(transcript(one, width=self.width))
            case Figure():
                self._figure(one, placed)
        self.after_heading = isinstance(one, Section)

    def _pieces(self, runs: Runs, manner: Manner) -> list[Piece]:
        return [
            Piece(
                clean(self._shown(run)),
                replace(
                    manner,
                    bold=manner.bold or run.bold,
                    italic=manner.italic or run.italic,
                    placeholder=run.placeholder,
                ),
                target.ident if (target := self.layout.target(run)) else "",
            )
            for run in runs
        ]

    def _shown(self, run: Run) -> str:
        """The words of a run; "Section 4" is never broken before its figure."""
        words, target = self.layout.text(run), self.layout.target(run)
        named = bool(target and target.number and not run.text)
        return words.replace(" ", "\u00a0") if named else words

    def _runs(self, runs: Runs, manner: Manner, shape: Shape) -> None:
        self._add(paragraph(self._pieces(runs, manner), shape, width=self.width))

    def _heading(self, one: Section, placed: Placed) -> None:
        level = placed.level if placed.number else (4 if placed.level <= 4 else 5)
        points, before, after = _HEADINGS[min(level, 5) - 1]
        self.new_page = self.new_page or one.new_page
        number = Piece(f"{placed.number}\u2003" if placed.number else "", Manner(points))
        title = Piece(one_line(one.title), Manner(points, bold=level < 5, italic=level >= 5))
        made = paragraph([number, title], Shape(before, after, keep=True), width=self.width)
        self._add(made, section=placed.ident)

    def _quote(self, one: Quote, *, keep: bool) -> None:
        words = Piece(clean(quoted(one.text, self.report.language)), Manner(10.5))
        cited = Piece(f" ({unbroken(one.citation)})" if one.citation else "", Manner(10.5, second=True))
        shape = Shape(80, 160, line=281, left=397, right=397, keep=keep, whole=True)
        self._add(paragraph([words, cited], shape, width=self.width))

    def _list(self, one: BulletList) -> None:
        counts = [0, 0, 0]
        for item in one.items:
            level = min(item.level, 2)
            counts[level] += 1
            counts[level + 1 :] = [0] * (2 - level)
            mark = f"{counts[level]}." if one.ordered else _MARKS[level]
            left = 284.0 * level
            shape = Shape(after=60, line=288, left=left + 284, bound=True)
            made = paragraph(self._pieces(item.runs, Manner()), shape, width=self.width)
            made = made or paragraph([Piece(" ")], shape, width=self.width)
            made[0] = _numbered(made[0], mark, left, Manner())
            self._add(made)

    def _numbered(self, one: Numbered) -> None:
        left, right = float(look.NUMBER_WIDTH), float(look.reading_margin(one) if one.wide else 0)
        behind = [*one.lines[1:], None]
        for line, after in zip(one.lines, behind, strict=True):
            room = 0 if after is not None and after.joined else 140 if one.wide else 100
            shape = Shape(after=room, line=360 if one.wide else 281, left=left, right=right)
            made = paragraph(self._pieces(line.runs, Manner()), shape, width=self.width)
            made = made or paragraph([Piece(" ")], shape, width=self.width)
            made[0] = _numbered(made[0], one_line(line.number), 0, Manner(second=True))
            self._add(made)

    def _caption(self, caption: str, placed: Placed, *, before: int, after: int, keep: bool) -> None:
        pieces = [Piece(placed.label, Manner(9.5, bold=True)), Piece(f": {one_line(caption)}", Manner(9.5))]
        shape = Shape(before, after, line=252, keep=keep, whole=True)
        self._add(paragraph(pieces, shape, width=self.width), section=placed.ident if keep else "")

    def _table(self, one: Table, placed: Placed) -> None:
        if placed.number:
            self._caption(one.caption, placed, before=240, after=80, keep=True)
        for part in parted(one, landscape=self.landscape):  # as in Word
            self._add(table(part, lambda cell: self._pieces(cell.runs, Manner(9.5)), width=self.width))

    def _figure(self, one: Figure, placed: Placed) -> None:
        image = QImage.fromData(one.png)
        if image.isNull():
            return
        width = min(one.width * _MM, float(self.width))
        height = width * image.height() / max(image.width(), 1)
        tallest = _TALLEST * (0.6 if self.landscape else 1)
        shrunk = min(1.0, tallest / height) if height else 1.0
        self._add([picture(one, image, width * shrunk, height * shrunk)], section=placed.ident)
        self._caption(one.caption, placed, before=120, after=200, keep=False)


def _rule(width: int, painter: QPainter, x: float, y: float) -> None:
    painter.fillRect(QRectF(x, y, width, 10), QColor(f"#{look.LINE_COLOUR}"))


def _stamped(made: Iterable[Item], landscape: bool, new_page: bool, section: str) -> Iterator[Item]:
    for at, item in enumerate(made):
        first = at == 0
        yield replace(
            item, landscape=landscape, new_page=first and new_page, section=section if first else ""
        )


def _numbered(item: Item, number: str, left: float, manner: Manner) -> Item:
    """The line with a number or mark before it, at ``left``."""
    (made,) = paragraph([Piece(number or " ", manner)], Shape(), width=10_000)
    inner, room = item.paint, max(0.0, (item.height - made.height) / 2)

    def paint(painter: QPainter, x: float, y: float) -> None:
        made.paint(painter, x + left, y + room)
        inner(painter, x, y)

    return replace(item, paint=paint, words=f"{number} {item.words}")


def _leader(placed: Placed, last: Item, manner: Manner, page_of: PageOf) -> Item:
    """The last line of an entry of the contents with its page at the right."""
    inner = last.paint

    def paint(painter: QPainter, x: float, y: float) -> None:
        inner(painter, x, y)
        if page := page_of(placed.ident):  # it is not known while pages are being set
            shape = Shape(line=264, align="right")
            (number,) = paragraph([Piece(page, manner)], shape, width=look.TEXT_WIDTH)
            number.paint(painter, x, y)

    return replace(last, paint=paint)
