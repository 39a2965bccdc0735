"""What every picture shares: colours, faces, pieces of text, and the ways out to PNG, SVG and PDF.

A picture arranges itself for a width and paints itself with QPainter; the screen and the files use the same
two steps. Lengths are *layout units*: logical pixels on the screen, 1/960 inch on paper, so that letters
keep fractions of a point there. Nothing here needs a display: without an application one is started, off
the screen where there is none.
"""

import os
import sys
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from typing import Final, Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRect, QSize, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPainterPath,
    QPdfWriter,
)

_DRAWN_AT: Final = 13.0  # the drawings' size of the interface font, in pixels
PRINT_UNITS: Final = 960  # layout units an inch on paper
PRINT_POINTS: Final = 8.2  # the base face on paper; the small one is then 7.6 points
_MM: Final = 25.4
_FACES: Final = (
    "Inter",
    "Segoe UI",
    "Helvetica Neue",
    "Arial",
    "Noto Sans",
    "Liberation Sans",
    "DejaVu Sans",
)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture, as ``#RRGGBB``; ``codes[0]`` is the colour of index 1."""

    paper: str
    panel: str
    separator: str
    quiet_frame: str
    control_frame: str
    text: str
    secondary: str
    minor: str
    accent: str
    list_selection: str
    hover: str
    codes: tuple[str, ...]

    def code(self, index: int) -> QColor:
        """The colour of a code; 0 is neutral, indices beyond the last begin again."""
        return QColor(self.codes[(index - 1) % len(self.codes)] if index > 0 else self.control_frame)


PRINT: Final = Palette(
    paper="#FFFFFF",
    panel="#F4F4F2",
    separator="#D6D6D2",
    quiet_frame="#A9A9A4",
    control_frame="#77777A",
    text="#16181B",
    secondary="#3C4046",
    minor="#4C5057",
    accent="#16181B",
    list_selection="#FFFFFF",
    hover="#FFFFFF",
    codes=(
        *("#703E47", "#026619", "#9C8604", "#826C3D", "#9D3A07", "#37996E"),
        *("#327469", "#033C4A", "#422382", "#8B3D8F", "#C45F9F", "#670634"),
    ),
)
"""For reports: white ground, dark lines; the edges keep the codes' colours, names stay the sign."""

GREY: Final = Palette(
    paper="#FFFFFF",
    panel="#F3F3F3",
    separator="#D4D4D4",
    quiet_frame="#A6A6A6",
    control_frame="#777777",
    text="#171717",
    secondary="#3F3F3F",
    minor="#4F4F4F",
    accent="#171717",
    list_selection="#FFFFFF",
    hover="#FFFFFF",
    codes=("#6B6B6B",),
)
"""As :data:`PRINT`, without any colour."""


class Style(Enum):
    """The faces of a picture: factor of the base size, weight, italic."""

    BODY = (1.0, QFont.Weight.Normal, False)
    TITLE = (1.0, QFont.Weight.Medium, False)
    STRONG = (1.0, QFont.Weight.DemiBold, False)
    IN_VIVO = (1.0, QFont.Weight.Medium, True)
    SMALL = (12 / 13, QFont.Weight.Normal, False)
    SMALL_STRONG = (12 / 13, QFont.Weight.DemiBold, False)


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is set: colours, faces, the size of the base face in whole layout units, and the margin
    around it in pixels of the drawings."""

    palette: Palette
    families: tuple[str, ...]
    size: int = 13
    margin: float = 16.0
    outlines: bool = False  # letters as shapes: the same everywhere, whatever fonts the reader has

    def px(self, drawn: float) -> float:
        """``drawn`` pixels of the drawings (whose base face is 13) in layout units."""
        return drawn * self.size / _DRAWN_AT

    def font(self, style: Style) -> QFont:
        """The face of that style."""
        return _font(self.families, self.size, style)

    def metrics(self, style: Style) -> QFontMetricsF:
        """Measures of that face, in layout units."""
        return _metrics(self.families, self.size, style)


@cache
def _font(families: tuple[str, ...], size: int, style: Style) -> QFont:
    factor, weight, italic = style.value
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(max(1, round(size * factor)))
    font.setWeight(weight)
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _metrics(families: tuple[str, ...], size: int, style: Style) -> QFontMetricsF:
    return QFontMetricsF(_font(families, size, style))


@dataclass(frozen=True, slots=True)
class TextRun:
    """One line of text, set: ``x`` and ``baseline`` from the corner of what it belongs to."""

    text: str
    x: float
    baseline: float
    style: Style
    ink: str  # a colour of the palette by name: "text", "secondary", "minor", "accent"


def paint_runs(painter: QPainter, runs: tuple[TextRun, ...], look: Look) -> None:
    """Paints lines of text."""
    for run in runs:
        if look.outlines:
            shape = QPainterPath()
            shape.addText(QPointF(run.x, run.baseline), look.font(run.style), run.text)
            painter.fillPath(shape, QColor(getattr(look.palette, run.ink)))
            continue
        painter.setFont(look.font(run.style))
        painter.setPen(QColor(getattr(look.palette, run.ink)))
        painter.drawText(QPointF(run.x, run.baseline), run.text)


class Arranged(Protocol):
    """A picture laid out for a width."""

    @property
    def size(self) -> QSizeF:
        """Width and height in layout units."""

    def paint(self, painter: QPainter) -> None:
        """Paints the whole picture, its ground included, from (0, 0)."""


class Picture(Protocol):
    """Plain data that knows how to arrange itself."""

    def arrange(self, *, width: float, look: Look) -> Arranged:
        """Lays the picture out for ``width`` layout units; it grows in height."""


_started: list[QGuiApplication] = []  # kept for the life of the process


def ensure_gui() -> None:
    """Starts a QGuiApplication where no application runs yet; without a display, off the screen.

    A program that shows windows later must have made its QApplication before.
    """
    if QGuiApplication.instance() is not None:
        return
    no_display = not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and no_display:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _started.append(QGuiApplication(["qda"]))


def print_look(palette: Palette = PRINT, families: tuple[str, ...] = _FACES) -> Look:
    """The look on paper: no letter below 7.5 points."""
    return Look(palette=palette, families=families, size=round(PRINT_POINTS / 72 * PRINT_UNITS), margin=1.0)


def to_png(picture: Picture, *, width_mm: float, dpi: int = 300, palette: Palette = PRINT) -> bytes:
    """The picture as PNG, ``width_mm`` wide at ``dpi`` (the file tells its resolution)."""
    arranged = _arrange(picture, width_mm, palette)
    scale = dpi / PRINT_UNITS
    image = QImage(
        max(1, round(arranged.size.width() * scale)),
        max(1, round(arranged.size.height() * scale)),
        QImage.Format.Format_RGB32,
    )
    image.setDotsPerMeterX(round(dpi / _MM * 1000))
    image.setDotsPerMeterY(round(dpi / _MM * 1000))
    image.fill(QColor(palette.paper))
    painter = QPainter(image)
    painter.scale(scale, scale)
    _paint(arranged, painter)
    store, buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub lacks the device
    return bytes(store.data())


def to_svg(
    picture: Picture, *, width_mm: float, palette: Palette = PRINT, title: str = "", description: str = ""
) -> bytes:
    """The picture as SVG. Letters are shapes, so that nothing shifts where the reader lacks a font;
    ``title`` and ``description`` are what a screen reader reads."""
    from PySide6.QtSvg import QSvgGenerator

    arranged = _arrange(picture, width_mm, palette, outlines=True)
    size = QSize(round(arranged.size.width()), round(arranged.size.height()))
    store, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(PRINT_UNITS)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    generator.setDescription(description)
    _paint(arranged, QPainter(generator))
    buffer.close()
    return bytes(store.data())


def to_pdf(picture: Picture, *, width_mm: float, palette: Palette = PRINT, title: str = "") -> bytes:
    """The picture as a PDF of one page of just its size."""
    arranged = _arrange(picture, width_mm, palette)
    height_mm = arranged.size.height() / PRINT_UNITS * _MM
    store, buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setResolution(PRINT_UNITS)
    writer.setTitle(title)
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    page = QPageSize(QSizeF(width_mm, height_mm), QPageSize.Unit.Millimeter, "", exact)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    _paint(arranged, QPainter(writer))
    buffer.close()
    return bytes(store.data())


def _arrange(picture: Picture, width_mm: float, palette: Palette, *, outlines: bool = False) -> Arranged:
    ensure_gui()
    look = replace(print_look(palette), outlines=outlines)
    return picture.arrange(width=width_mm / _MM * PRINT_UNITS, look=look)


def _paint(arranged: Arranged, painter: QPainter) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    arranged.paint(painter)
    painter.end()


def _buffer() -> tuple[QByteArray, QBuffer]:
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return store, buffer
