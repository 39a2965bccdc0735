"""Letters and lines of a report on paper: faces as in Word, texts broken into lines of a width.

Lengths are twentieths of a point everywhere in the setting of pages, as in :mod:`qda.reports.docx_styles`.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import get_ident
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from qda.reports import docx_styles as look
from qda.reports.model import Align
from qda.reports.pages.hyphens import hyphened
from qda.reports.text import runs_right_to_left

FACES: Final = (
    *(look.FACE, "Caladea", "Charis SIL", "Noto Serif"),
    *("Liberation Serif", "DejaVu Serif", "serif"),
)
POINT: Final = 20
_LIGATURES: Final = ("liga", "clig")  # whoever searches or copies a PDF would miss their letters
_WORDS: Final = re.compile(r"\S+")
_LARGE: Final = 1000  # pixels in which a face is measured
_PAPER: Final = 600  # dots in an inch, in which word processors measure lines


@dataclass(frozen=True, slots=True)
class Face:
    """The families that are tried one after the other, and their distance of lines in a size of 1.

    ``dots``: how many of them in an inch sizes and distances of lines are whole numbers of; 0: any size.
    """

    families: tuple[str, ...]
    natural: float
    dots: int = 0

    def distance(self, points: float) -> float:
        """From one line to the next in a size."""
        if not self.dots:
            return self.natural * points * POINT
        return round(int(points * self.dots / 72) * self.natural) * 72 * POINT / self.dots


_PRINTED: Final = Face(FACES, 1.172)  # lines as the Word form's own face has them, whatever face is here
_FACE: ContextVar[Face] = ContextVar("face", default=_PRINTED)
# What was broken into lines before, where pages are only counted: by everything that decides the lines.
_KNOWN: ContextVar[dict[object, list["Line"]] | None] = ContextVar("known", default=None)
TEXT: Final = QColor(f"#{look.TEXT_COLOUR}")
SECOND: Final = QColor(f"#{look.SECOND_COLOUR}")
NOTICE: Final = QColor("#8A4B00")
NOTICE_GROUND: Final = QColor("#FBF0DC")
_ALIGN: Final[dict[Align, Qt.AlignmentFlag]] = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}


@contextmanager
def as_word_is_shown_here() -> Iterator[None]:
    """What is set inside has the face in which this machine's programs show the report's Word form.

    It is for counting pages alone: equal texts have the same lines, which cannot be told apart in a search.
    """
    font = QFont(look.FACE)
    font.setPixelSize(_LARGE)
    chosen = _FACE.set(Face((look.FACE,), QFontMetricsF(font).lineSpacing() / _LARGE, _PAPER))
    known = _KNOWN.set({})
    try:
        yield
    finally:
        _KNOWN.reset(known)
        _FACE.reset(chosen)


@dataclass(frozen=True, slots=True)
class Manner:
    """How letters look."""

    points: float = 11
    bold: bool = False
    italic: bool = False
    second: bool = False
    placeholder: bool = False
    tint: str = ""

    def font(self) -> QFont:
        """The face."""
        return _font(self, _FACE.get().families, get_ident())

    def format(self) -> QTextCharFormat:
        """Face and colours."""
        return _format(self, _FACE.get().families, get_ident())


@lru_cache(maxsize=256)
def _font(manner: Manner, families: tuple[str, ...], _thread: int) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(round(manner.points * POINT))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in _LIGATURES:
        font.setFeature(QFont.Tag(feature), 0)
    font.setBold(manner.bold)
    font.setItalic(manner.italic)
    return font


@lru_cache(maxsize=256)
def _format(manner: Manner, families: tuple[str, ...], thread: int) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(_font(manner, families, thread))
    made.setForeground(QColor(manner.tint) if manner.tint else SECOND if manner.second else TEXT)
    if manner.placeholder:
        made.setForeground(NOTICE)
        made.setBackground(NOTICE_GROUND)
        made.setFontUnderline(True)
    return made


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one manner; ``link`` names what they lead to, by its ident."""

    words: str
    manner: Manner = Manner()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text; ``placeholders`` counts those that begin in it.

    ``links``: what stretches of it lead to, each as (left, right, ident).
    """

    _layout: QTextLayout  # owns the line
    _line: QTextLine
    _room: float  # above the line's own box
    height: float
    placeholders: int
    words: str
    links: tuple[tuple[float, float, str], ...] = ()

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paints the line with its left upper corner at (x, y)."""
        self._line.draw(painter, QPointF(x, y + self._room))

    @property
    def key(self) -> int:
        """The same for all lines of one text."""
        return id(self._layout)

    @property
    def text(self) -> str:
        """The whole text that it is a line of."""
        return self._layout.text()

    def extent(self, start: int, stop: int) -> tuple[float, float] | None:
        """From where to where the signs of the whole text from ``start`` to before ``stop`` (in UTF-16
        units, as Qt counts) stand in the line; None where none of them do."""
        return _extent(self._line, start, stop)


def _extent(line: QTextLine, start: int, stop: int) -> tuple[float, float] | None:
    start = max(start, line.textStart())
    stop = min(stop, line.textStart() + line.textLength())
    if start >= stop:
        return None
    ends = sorted((_across(line, start), _across(line, stop)))
    return line.position().x() + ends[0], line.position().x() + ends[1]


def _across(line: QTextLine, at: int) -> float:
    found: tuple[float, int] = line.cursorToX(at)  # type: ignore[assignment]  # the stub lacks the cursor
    return found[0]


def lines(
    pieces: Iterable[Piece],
    width: float,
    *,
    spread: float = 1.0,
    align: Align = "left",
    hanging: float = 0.0,
    bound: bool = False,
) -> list[Line]:
    """The text in lines of ``width``; ``spread``: their distance in natural ones; further lines begin
    ``hanging`` to the right. A line feed in it begins a line. A text that runs to the left begins at the
    right, as Word has it, unless it is ``bound`` to what stands at its left."""
    wanted = tuple(piece for piece in pieces if piece.words)
    known = _KNOWN.get()
    key = wanted, width, spread, align, hanging, bound
    if known is not None and key in known:
        return known[key]
    found = _broken(wanted, width, spread=spread, align=align, hanging=hanging, bound=bound)
    if known is not None:
        known[key] = found
    return found


def _broken(
    pieces: tuple[Piece, ...], width: float, *, spread: float, align: Align, hanging: float, bound: bool
) -> list[Line]:
    kept = [_fitted(piece, width) for piece in pieces]
    text = "".join(piece.words for piece in kept).replace("\n", "\u2028")
    base = max((piece.manner for piece in kept), key=lambda manner: manner.points, default=Manner())
    layout = QTextLayout(text, base.font())
    option = QTextOption(_ALIGN[align])
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if text and not text.isascii() and runs_right_to_left(text):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        if align == "left" and not bound:
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    starts = _formatted(layout, kept)
    found: list[Line] = []
    height = spread * _FACE.get().distance(base.points)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        room = hanging if found else 0.0
        line.setLineWidth(max(width - room, 1.0))
        line.setPosition(QPointF(room, 0))
        start, stop = line.textStart(), line.textStart() + line.textLength()
        begun = sum(start <= at < stop for at in starts)
        words = _between(text, start, stop)
        links = _links(line, kept)
        found.append(Line(layout, line, (height - line.height()) / 2, height, begun, words, links))
    layout.endLayout()
    return found


def _fitted(piece: Piece, width: float) -> Piece:
    """The piece with hyphens in words that are wider than the line."""
    letters = max(map(len, piece.words.split()), default=0)
    if letters * piece.manner.points * POINT < width:  # no letter is as wide as that
        return piece
    metrics = QFontMetricsF(piece.manner.font())
    words = _WORDS.sub(
        lambda found: hyphened(found[0]) if metrics.horizontalAdvance(found[0]) > width else found[0],
        piece.words,
    )
    return replace(piece, words=words)


def _formatted(layout: QTextLayout, pieces: list[Piece]) -> list[int]:
    """Puts the manners on; where placeholders begin, in UTF-16 units as Qt counts."""
    ranges: list[QTextLayout.FormatRange] = []
    starts = []
    at = 0
    for piece in pieces:
        one = QTextLayout.FormatRange()
        one.start, one.length = at, units(piece.words)
        one.format = piece.manner.format()
        ranges.append(one)
        if piece.manner.placeholder:
            starts.append(at)
        at += units(piece.words)
    layout.setFormats(ranges)
    return starts


def _links(line: QTextLine, pieces: list[Piece]) -> tuple[tuple[float, float, str], ...]:
    """The stretches of a line that lead somewhere."""
    if not any(piece.link for piece in pieces):
        return ()
    found, at = [], 0
    for piece in pieces:
        stop = at + units(piece.words)
        if piece.link and (ends := _extent(line, at, stop)):
            found.append((*ends, piece.link))
        at = stop
    return tuple(found)


def units(text: str) -> int:
    """How long a text is in UTF-16 units."""
    if text.isascii():
        return len(text)
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)


def _between(text: str, start: int, stop: int) -> str:
    """The signs between two places that Qt counts in UTF-16 units."""
    if text.isascii():
        return text[start:stop]
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * start : 2 * stop].decode("utf-16-le", "replace")
