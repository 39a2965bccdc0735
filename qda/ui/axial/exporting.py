"""Board and levels as a file, as wide as a page or as their cards need."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from qda.errors import KnownError
from qda.figures.painting import PRINT_UNITS, Picture, ensure_gui, print_look
from qda.figures.paradigm import ParadigmFigure, describe
from qda.i18n import _
from qda.ui.exporting import FORMATS, ask_and_write, kind_of, write_picture

_WIDTH_MM: Final = 242.0  # a page turned sideways, without its margins
_MOST_PIXELS: Final = 1e8  # of a PNG; what would have more gets fewer dots an inch


def ask_and_export(parent: QWidget, figure: Picture, title: str, suffix: str) -> Path | None:
    """Asks for a file and writes the picture; None where none was named.

    :raises KnownError: the file cannot be written.
    """
    caption = _("Export the picture")
    return ask_and_write(
        parent, caption, title.strip() or "model", suffix, lambda path: export(figure, path, title)
    )


def export(figure: Picture, path: Path, title: str) -> Path:
    """Writes the picture as the suffix of ``path`` says (svg, png, pdf).

    :raises KnownError: the file cannot be written, or the suffix is another one.
    """
    if (kind := kind_of(path)) not in FORMATS:
        raise KnownError(_("The board goes into svg, png or pdf, not into “{suffix}”.").format(suffix=kind))
    width, height = _extent_mm(figure)
    sharp = int((_MOST_PIXELS * 25.4**2 / (width * height)) ** 0.5)
    told = describe(figure) if isinstance(figure, ParadigmFigure) and kind == "svg" else ""
    dpi = max(72, min(300, sharp))
    return write_picture(figure, path, title=title, told=told, width_mm=width, dpi=dpi)


def _extent_mm(figure: Picture) -> tuple[float, float]:
    """Width and height of the picture on paper: as wide as a page, or as a ring or cards put by hand need."""
    ensure_gui()
    size = figure.arrange(width=_WIDTH_MM / 25.4 * PRINT_UNITS, look=print_look()).size
    one = 25.4 / PRINT_UNITS
    return size.width() * one, size.height() * one
