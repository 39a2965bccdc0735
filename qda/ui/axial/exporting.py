"""Board, levels and maps as a file: SVG, PNG or PDF by the same painters as the report."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from qda.errors import KnownError
from qda.figures.painting import (
    PRINT_UNITS,
    Picture,
    ensure_gui,
    print_look,
    to_pdf,
    to_png,
    to_svg,
)
from qda.figures.paradigm import ParadigmFigure, describe
from qda.i18n import _

FORMATS: Final = ("svg", "png", "pdf")
_WIDTH_MM: Final = 242.0  # a page turned sideways, without its margins
_MOST_PIXELS: Final = 1e8  # of a PNG; what would have more gets fewer dots an inch


def ask_and_export(parent: QWidget, figure: Picture, title: str, suffix: str) -> Path | None:
    """Asks for a file and writes the picture; None where none was named.

    :raises KnownError: the file cannot be written.
    """
    from qda.ui.preferences import Preferences

    preferences = Preferences()
    safe = "".join(c if c.isalnum() or c in " -_" else "_" for c in title).strip() or "model"
    path, _kind = QFileDialog.getSaveFileName(
        parent,
        _("Export the picture"),
        str(preferences.saving_folder / f"{safe}.{suffix}"),
        f"{suffix.upper()} (*.{suffix})",
    )
    if not path:
        return None
    written = export(figure, Path(path), title)
    preferences.saving_folder = written.parent
    return written


def export(figure: Picture, path: Path, title: str) -> Path:
    """Writes the picture as the suffix of ``path`` says (svg, png, pdf).

    :raises KnownError: the file cannot be written, or the suffix is another one.
    """
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise KnownError(_("The board goes into svg, png or pdf, not into “{suffix}”.").format(suffix=kind))
    width, height = _extent_mm(figure)
    if kind == "svg":
        told = describe(figure) if isinstance(figure, ParadigmFigure) else ""
        data = to_svg(figure, width_mm=width, title=title, description=told)
    elif kind == "png":
        sharp = (_MOST_PIXELS * 25.4**2 / (width * height)) ** 0.5
        data = to_png(figure, width_mm=width, dpi=max(72, min(300, int(sharp))))
    else:
        data = to_pdf(figure, width_mm=width, title=title)
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise KnownError(
            _("“{path}” cannot be written: {reason}.").format(path=path, reason=problem.strerror), path=path
        ) from problem
    return path


def _extent_mm(figure: Picture) -> tuple[float, float]:
    """Width and height of the picture on paper: as wide as a page, or as a ring or cards put by hand need."""
    ensure_gui()
    size = figure.arrange(width=_WIDTH_MM / 25.4 * PRINT_UNITS, look=print_look()).size
    one = 25.4 / PRINT_UNITS
    return size.width() * one, size.height() * one
