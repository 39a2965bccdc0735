"""A map as a file: SVG, PDF or PNG at its own size, by the same painters as the canvas."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from qda.errors import KnownError
from qda.figures.code_map import CodeMapFigure, describe
from qda.i18n import _
from qda.reports.code_map import outward_figure
from qda.ui.exporting import FORMATS, ask_and_write, kind_of, write_picture

if TYPE_CHECKING:
    from qda.models import Project

_LARGEST_PX: Final = 14_000  # a picture wider than this is made with fewer dots


def ask_and_export(parent: QWidget, project: "Project", guid: str, suffix: str) -> Path | None:
    """Asks for a file and writes the map, as it may leave the study; None where no file was named.

    :raises KnownError: the file cannot be written.
    """
    figure = outward_figure(project, guid)
    caption = _("Export the map")
    return ask_and_write(
        parent, caption, figure.name.strip() or "map", suffix, lambda path: export(figure, path)
    )


def export(figure: CodeMapFigure, path: Path) -> Path:
    """Writes the map as the suffix of ``path`` says (svg, png, pdf).

    :raises KnownError: the file cannot be written, the suffix is another one, or nothing lies on the map.
    """
    if (kind := kind_of(path)) not in FORMATS:
        raise KnownError(_("A map goes into svg, png or pdf, not into “{suffix}”.").format(suffix=kind))
    if not figure.boxes:
        raise KnownError(_("Nothing lies on this map yet."))
    width = figure.width_mm()
    dpi = min(300, int(_LARGEST_PX / width * 25.4))
    return write_picture(figure, path, title=figure.name, told=describe(figure), width_mm=width, dpi=dpi)
