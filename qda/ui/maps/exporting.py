"""A map as a file: SVG, PDF or PNG at its own size, by the same painters as the canvas."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QWidget

from qda.errors import KnownError
from qda.figures.code_map import CodeMapFigure, describe
from qda.figures.painting import to_pdf, to_png, to_svg
from qda.i18n import _
from qda.reports.code_map import outward_figure

if TYPE_CHECKING:
    from qda.models import Project

FORMATS: Final = ("svg", "png", "pdf")
_LARGEST_PX: Final = 14_000  # a picture wider than this is made with fewer dots


def ask_and_export(parent: QWidget, project: "Project", guid: str, suffix: str) -> Path | None:
    """Asks for a file and writes the map, as it may leave the study; None where no file was named.

    :raises KnownError: the file cannot be written.
    """
    from qda.ui.preferences import Preferences

    figure = outward_figure(project, guid)
    preferences = Preferences()
    safe = "".join(c if c.isalnum() or c in " -_" else "_" for c in figure.name).strip() or "map"
    path, _kind = QFileDialog.getSaveFileName(
        parent,
        _("Export the map"),
        str(preferences.saving_folder / f"{safe}.{suffix}"),
        f"{suffix.upper()} (*.{suffix})",
    )
    if not path:
        return None
    written = export(figure, Path(path))
    preferences.saving_folder = written.parent
    return written


def export(figure: CodeMapFigure, path: Path) -> Path:
    """Writes the map as the suffix of ``path`` says (svg, png, pdf).

    :raises KnownError: the file cannot be written, the suffix is another one, or nothing lies on the map.
    """
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise KnownError(_("A map goes into svg, png or pdf, not into “{suffix}”.").format(suffix=kind))
    if not figure.boxes:
        raise KnownError(_("Nothing lies on this map yet."))
    width = figure.width_mm()
    if kind == "svg":
        data = to_svg(figure, width_mm=width, title=figure.name, description=describe(figure))
    elif kind == "png":
        data = to_png(figure, width_mm=width, dpi=min(300, int(_LARGEST_PX / width * 25.4)))
    else:
        data = to_pdf(figure, width_mm=width, title=figure.name)
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise KnownError(
            _("“{path}” cannot be written: {reason}.").format(path=path, reason=problem.strerror), path=path
        ) from problem
    return path
