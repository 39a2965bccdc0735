"""Faces and sizes, all as factors of the system's font: 13 pixels of the drawings are 1.0.

Whoever enlarges the system's font enlarges text, rows, margins and brackets together.
"""

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

READING_FACES: Final = (
    "Charter",
    "Sitka Text",
    "Cambria",
    "Charis SIL",
    "Noto Serif",
    "Liberation Serif",
    "DejaVu Serif",
)
FIXED_FACES: Final = (
    "DejaVu Sans Mono",
    "Liberation Mono",
    "Noto Sans Mono",
    "Menlo",
    "Consolas",
    "Courier New",
)
_chosen_face = ""  # the user's own, before all others
_measured: tuple[QFont, float, float] | None = None  # the system's font, dots an inch, what came of them
_DRAWN_AT: Final = 13.0  # the drawings' size of the interface font, in pixels

SMALL: Final = 12 / 13
AXIS: Final = 11 / 13
SHEET_TITLE: Final = 15 / 13
READING: Final = 15.5 / 13
QUOTE: Final = 14 / 13
TEXT_TITLE: Final = 20 / 13


def unit() -> float:
    """How many logical pixels one pixel of the drawings takes with the system's font."""
    global _measured  # noqa: PLW0603 - asked for hundreds of times while a panel is built
    font, screen = QApplication.font(), QApplication.primaryScreen()
    dots = screen.logicalDotsPerInchY() if screen is not None else 0.0
    if _measured is None or _measured[1] != dots or _measured[0] != font:
        _measured = font, dots, QFontInfo(font).pixelSize() / _DRAWN_AT
    return _measured[2]


def px(drawn: float) -> int:
    """``drawn`` pixels of the drawings in logical pixels, rounded, never 0 for a visible thing."""
    return max(1, round(drawn * unit())) if drawn > 0 else 0


def ui_font(factor: float = 1.0, *, semibold: bool = False, italic: bool = False) -> QFont:
    """The system's font at ``factor`` times its size."""
    font = QFont(QApplication.font())
    _scale(font, factor)
    if semibold:
        font.setWeight(QFont.Weight.DemiBold)
    font.setItalic(italic)
    return font


def use_reading_face(family: str) -> None:
    """Texts are read in this face from now on; an empty name means the first known one."""
    global _chosen_face  # noqa: PLW0603 - one setting of the program; windows are built anew after it
    _chosen_face = family


def reading_font(factor: float = READING, *, semibold: bool = False) -> QFont:
    """The serif face that texts are read in."""
    font = QFont(QApplication.font())
    chosen = [_chosen_face] if _chosen_face else []
    font.setFamilies([*chosen, *READING_FACES, "serif"])
    font.setStyleHint(QFont.StyleHint.Serif)
    _scale(font, factor)
    if semibold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def fixed_font(factor: float = READING) -> QFont:
    """The system's face of equal widths, for texts whose white space has a meaning."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if not QFontInfo(font).fixedPitch():  # some systems name a face that they do not have
        font.setFamilies([*FIXED_FACES, font.family()])
    _scale(font, factor * 0.92)  # such faces look larger
    return font


def figures(font: QFont) -> QFont:
    """``font`` with figures of equal width, where it has them (Qt 6.7 and later)."""
    tabular = QFont(font)
    if hasattr(QFont, "Tag"):
        tabular.setFeature(QFont.Tag("tnum"), 1)
    return tabular


def _scale(font: QFont, factor: float) -> None:
    # Points keep fractions, pixels do not; QFontInfo knows the points of either kind.
    font.setPointSizeF(QFontInfo(QApplication.font()).pointSizeF() * factor)
