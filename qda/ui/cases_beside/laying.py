"""Where what a cell says stands: chips that flow, quotations, the summary's box; nothing is painted here.

A closed cell is laid out by arithmetic alone (thousands are, to know how high the rows are); an open one
breaks its words into lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.rows import SegmentRow
from qda.i18n import _
from qda.ui.cases_beside.content import Chip, Content, Head, Written
from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font

SIDE: Final = 16  # left and right of a cell, in pixels of the drawings
TOP: Final = 10
CHIP: Final = 10
_LINE: Final = 20
_QUOTE_LINE: Final = 21
_SMALL_LINE: Final = 17
_MOST_CHIP_LINES: Final = 4
_MOST_QUOTE_LINES: Final = 6
_BESIDE_FROM: Final = 400  # narrower cells have their two quotations one below the other
_LONGEST: Final = 600  # characters of a quotation that are broken into lines

Ink = Literal["text", "secondary", "minor", "accent"]
Face = Literal["ui", "strong", "italic", "small", "quote"]


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, cut with … where they end; ``behind`` stands after them, small."""

    words: str
    area: QRectF
    face: Face
    ink: Ink = "text"
    behind: str = ""
    right: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A chip and its place, with the room its words have."""

    chip: Chip
    area: QRectF


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a click means something: chosen, deviating, choose, summary, or a reference (with its GUID)."""

    what: Literal["chosen", "deviating", "choose", "summary", "reference"]
    area: QRectF
    target: str = ""


@dataclass(slots=True)
class Laid:
    """A cell laid out; ``bars`` are upright lines (the flag: in the accent's colour), ``boxes`` frames."""

    height: float = 0
    marks: list[Mark] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: list[tuple[QTextLayout, QPointF]] = field(default_factory=list)
    bars: list[tuple[QRectF, bool]] = field(default_factory=list)
    boxes: list[QRectF] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)


@cache
def font(face: Face) -> QFont:
    """The font of a face at the present size."""
    if face == "quote":
        return reading_font(QUOTE)
    return ui_font(SMALL if face == "small" else 1.0, semibold=face == "strong", italic=face == "italic")


@cache
def metrics(face: Face) -> QFontMetricsF:
    """How wide and high a face is."""
    return QFontMetricsF(font(face))


@lru_cache(maxsize=8192)
def advance(words: str, face: Face) -> float:
    """How wide words are."""
    return metrics(face).horizontalAdvance(words)


@cache
def size(drawn: float) -> int:
    """Pixels of the drawings at the present size; asked for so often that it is kept."""
    return px(drawn)


def forget_fonts() -> None:
    """Another font was chosen."""
    for kept in (font, metrics, size):
        kept.cache_clear()
    advance.cache_clear()


# -- cells --------------------------------------------------------------------------------------------------


def lay_out(content: Content, width: float) -> Laid:
    """A cell in a column of this width."""
    laid = Laid()
    inner = max(size(60), width - 2 * size(SIDE))
    top = float(size(TOP))
    if content.lines:
        top = _features(laid, content, inner, top)
    top = _chips(laid, content, inner, top)
    finish = _open if content.is_open else _closed
    laid.height = finish(laid, content, inner, top) + size(TOP)
    return laid


def _features(laid: Laid, content: Content, width: float, top: float) -> float:
    if content.is_open:
        for name, value in content.lines:
            line = QRectF(size(SIDE), top, width, size(_LINE))
            laid.lines.append(Line(f"{name}: {value}", line, "ui"))
            top += size(_LINE)
        return top
    answers = " · ".join(value for _name, value in content.lines)
    return _wrapped(laid, answers, "ui", QRectF(size(SIDE), top, width, 0), most=2)


def _chips(laid: Laid, content: Content, width: float, top: float) -> float:
    """Chips from left to right, line by line; a closed cell shows the first lines of them."""
    if not content.chips:
        return top
    most = 10_000 if content.is_open else _MOST_CHIP_LINES
    left, line = 0.0, 0
    for at, chip in enumerate(content.chips):
        face: Face = "italic" if chip.italic else "ui"
        behind = _("no passage") if chip.hollow else chip.figure
        wide = size(CHIP) + size(6) + advance(chip.name, face)
        wide += advance(behind, "small") + size(5) if behind else 0
        if left and left + wide > width:
            left, line = 0.0, line + 1
            if line == most:
                rest = QRectF(size(SIDE), top + line * size(_LINE), width, size(_SMALL_LINE))
                more = _("{n} more").format(n=len(content.chips) - at)
                laid.lines.append(Line(more, rest, "small", "minor"))
                return rest.bottom() + size(2)
        area = QRectF(size(SIDE) + left, top + line * size(_LINE), min(wide, width), size(_LINE))
        laid.marks.append(Mark(chip, area))
        left += wide + size(16)
    return top + (line + 1) * size(_LINE) + size(2)


def _closed(laid: Laid, content: Content, width: float, top: float) -> float:
    if content.values:
        laid.lines.append(Line(content.values, QRectF(size(SIDE), top, width, size(_LINE)), "ui"))
        top += size(_LINE)
    if content.chosen is not None:
        words, place = quoted(spoken(content.chosen)), paragraphs_cited(content.chosen)
        line = QRectF(size(SIDE), top, width, size(_QUOTE_LINE))
        if width >= size(_BESIDE_FROM):
            laid.lines.append(Line(words, line, "quote", behind=place))
            top += size(_QUOTE_LINE)
        else:  # too narrow for words and place on one line
            top = _wrapped(laid, words, "quote", line, most=2)
            below = QRectF(size(SIDE), top, width, size(_SMALL_LINE))
            laid.lines.append(Line(place, below, "small", "minor"))
            top += size(_SMALL_LINE)
    if content.summary:
        words = " ".join("".join(one.words for one in content.summary).split())
        laid.lines.append(
            Line(words, QRectF(size(SIDE), top, width, size(_SMALL_LINE)), "small", "secondary")
        )
        top += size(_SMALL_LINE) + size(2)
    return top


def _open(laid: Laid, content: Content, width: float, top: float) -> float:
    if content.lines:
        return top
    if content.values:
        top = _wrapped(laid, content.values, "small", QRectF(size(SIDE), top, width, 0), ink="secondary")
        top += size(4)
    if content.quotable or content.chosen is not None:
        top = _quotations(laid, content, width, top + size(2)) + size(8)
    return _summary(laid, content.summary, width, top)


def _quotations(laid: Laid, content: Content, width: float, top: float) -> float:
    """The chosen passage and the most deviating one: beside one another where there is room."""
    beside = width >= size(_BESIDE_FROM)
    half = (width - size(16)) / 2 if beside else width
    left = QRectF(size(SIDE), top, half, 0)
    bottom = _chosen(laid, content, left)
    if content.deviating is None:
        return bottom
    where = (
        QRectF(size(SIDE) + half + size(16), top, half, 0) if beside else left.translated(0, bottom - top + 8)
    )
    title = _("Most deviating passage")
    if content.against == "typical":
        title = _("Most unlike the typical one")
    low = _quotation(laid, title, content.deviating, where, accent=False)
    laid.hits.append(Hit("deviating", QRectF(where.left(), where.top(), half, low - where.top())))
    return max(bottom, low)


def _chosen(laid: Laid, content: Content, area: QRectF) -> float:
    word = _("Choose") if content.chosen is None else _("Change")
    wide = advance(word, "small") + size(4)
    link = QRectF(area.right() - wide, area.top(), wide, size(_SMALL_LINE))
    if content.chosen is not None:
        bottom = _quotation(laid, _("Chosen"), content.chosen, area, accent=True)
        laid.hits.append(
            Hit("chosen", QRectF(area.left(), link.bottom(), area.width(), bottom - link.bottom()))
        )
    else:
        line = QRectF(area.left() + size(10), area.top(), area.width() - wide - size(12), size(_SMALL_LINE))
        laid.lines.append(Line(_("No passage chosen yet"), line, "small", "minor"))
        bottom = line.bottom() + size(4)
        laid.bars.append((QRectF(area.left(), area.top(), size(2), bottom - area.top()), False))
    if content.quotable:
        laid.lines.append(Line(word, link, "small", "accent", right=True))
        laid.hits.insert(0, Hit("choose", link))
    return bottom


def _quotation(laid: Laid, title: str, row: SegmentRow, area: QRectF, *, accent: bool) -> float:
    inset = size(10)
    head = QRectF(area.left() + inset, area.top(), area.width() - inset - size(60), size(_SMALL_LINE))
    laid.lines.append(Line(title, head, "small", "secondary"))
    words = quoted(spoken(row))
    where = QRectF(area.left() + inset, head.bottom() + size(1), area.width() - inset, 0)
    bottom = _wrapped(laid, words, "quote", where, most=_MOST_QUOTE_LINES)
    place = QRectF(where.left(), bottom, where.width(), size(_SMALL_LINE))
    laid.lines.append(Line(paragraphs_cited(row), place, "small", "minor"))
    laid.bars.append((QRectF(area.left(), area.top(), size(2), place.bottom() - area.top()), accent))
    return place.bottom()


def _summary(laid: Laid, summary: Sequence[Written], width: float, top: float) -> float:
    """The box of the summary with its label inside, at the right."""
    inside = summary_inside(width)
    label = _("Summary")
    words = "".join(one.words for one in summary)
    layout = _broken(words, "ui", inside.width(), _formats(summary))
    if not words:
        hint = QRectF(size(SIDE) + inside.left(), top + inside.top(), inside.width(), size(_SMALL_LINE))
        laid.lines.append(Line(_("In your words: F2"), hint, "small", "minor"))
    high = max(layout.boundingRect().height(), metrics("ui").lineSpacing())
    box = QRectF(size(SIDE), top, width, high + 2 * inside.top())
    at = QPointF(box.left() + inside.left(), box.top() + inside.top())
    laid.boxes.append(box)
    laid.texts.append((layout, at))
    wide = advance(label, "small")
    where = QRectF(box.right() - wide - size(9), box.top() + inside.top(), wide + size(2), size(_SMALL_LINE))
    laid.lines.append(Line(label, where, "small", "minor"))
    laid.hits += _references(layout, at, summary)
    laid.hits.append(Hit("summary", box))
    return box.bottom()


def summary_inside(width: float) -> QRectF:
    """Where words stand in a summary's box of this width, seen from its corner; the height is left open."""
    label = advance(_("Summary"), "small")
    return QRectF(size(9), size(7), max(size(80), width - label - size(30)), 0)


def _formats(summary: Sequence[Written]) -> list[QTextLayout.FormatRange]:
    found, at = [], 0
    for one in summary:
        units = len(one.words.encode("utf-16-le")) // 2
        if one.segment:
            piece = QTextLayout.FormatRange()
            piece.start, piece.length = at, units
            form = QTextCharFormat()
            form.setFontUnderline(True)
            piece.format = form
            found.append(piece)
        at += units
    return found


def _references(layout: QTextLayout, corner: QPointF, summary: Sequence[Written]) -> list[Hit]:
    """Where the references of a summary stand."""
    found, at = [], 0
    for one in summary:
        units = len(one.words.encode("utf-16-le")) // 2
        if one.segment:
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                start = max(at, line.textStart())
                stop = min(at + units, line.textStart() + line.textLength())
                if start < stop:
                    x, end = _x(line, start), _x(line, stop)
                    area = QRectF(x, line.y(), end - x, line.height()).translated(corner)
                    found.append(Hit("reference", area, one.segment))
        at += units
    return found


def _x(line: object, at: int) -> float:
    found = line.cursorToX(at)  # type: ignore[attr-defined]
    return float(found[0] if isinstance(found, tuple) else found)


def _broken(
    words: str, face: Face, width: float, formats: Sequence[QTextLayout.FormatRange] = ()
) -> QTextLayout:
    layout = QTextLayout(words.replace("\n", "\u2028"), font(face))
    layout.setCacheEnabled(True)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(list(formats))
    layout.beginLayout()
    top, leading = 0.0, {"quote": size(_QUOTE_LINE), "small": size(_SMALL_LINE)}.get(face, 0)
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += leading or line.height()
    layout.endLayout()
    return layout


def _wrapped(laid: Laid, words: str, face: Face, area: QRectF, *, most: int = 6, ink: Ink = "text") -> float:
    """Words on up to ``most`` lines, the last one cut; returns where they end."""
    words = " ".join(words.split())
    layout = _broken(words[:_LONGEST], face, area.width())
    high = {"quote": size(_QUOTE_LINE), "small": size(_SMALL_LINE)}.get(face, size(_LINE))
    units = words[:_LONGEST].encode("utf-16-le")
    top, count = area.top(), min(layout.lineCount(), most)
    for number in range(count):
        line = layout.lineAt(number)
        start, stop = line.textStart(), line.textStart() + line.textLength()
        cut = number == count - 1 and (layout.lineCount() > most or len(words) > _LONGEST)
        piece = units[2 * start :] if cut else units[2 * start : 2 * stop]
        said = piece.decode("utf-16-le", "ignore").rstrip() + ("…" if cut and len(words) > _LONGEST else "")
        laid.lines.append(Line(said, QRectF(area.left(), top, area.width() + 1, high), face, ink))
        top += high
    return top


# -- heads --------------------------------------------------------------------------------------------------


def lay_out_head(head: Head, width: float) -> Laid:
    """The head of a row."""
    laid = Laid()
    left, inner = float(size(SIDE)), max(size(40), width - size(SIDE) - size(10))
    top = _wrapped(laid, head.name, "strong", QRectF(left, size(TOP), inner, 0), most=4)
    if head.part:
        top = _wrapped(laid, head.part, "small", QRectF(left, top, inner, 0), most=2, ink="secondary")
    for one in head.notes:
        top = _wrapped(laid, one, "small", QRectF(left, top + size(2), inner, 0), most=2, ink="minor")
    for one in head.more:
        top = _wrapped(laid, one, "small", QRectF(left, top, inner, 0), most=1, ink="minor")
    laid.height = top + size(TOP)
    return laid
