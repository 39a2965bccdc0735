"""A picture as a file, by the same painters as the report: what board, levels and maps have in common."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from qda.errors import KnownError
from qda.figures.painting import Picture, to_pdf, to_png, to_svg
from qda.i18n import _

FORMATS: Final = ("svg", "png", "pdf")


def ask_and_write(
    parent: QWidget, caption: str, name: str, suffix: str, write: Callable[[Path], Path]
) -> Path | None:
    """Asks for a file and lets ``write`` fill it; None where none was named.

    :raises KnownError: the file cannot be written.
    """
    from qda.ui.preferences import Preferences

    preferences = Preferences()
    safe = "".join(c if c.isalnum() or c in " -_" else "_" for c in name).strip()
    start = preferences.saving_folder / f"{safe}.{suffix}"
    path, _kind = QFileDialog.getSaveFileName(parent, caption, str(start), f"{suffix.upper()} (*.{suffix})")
    if not path:
        return None
    written = write(Path(path))
    preferences.saving_folder = written.parent
    return written


def kind_of(path: Path) -> str:
    """What the suffix of a file says it is: "svg", not ".SVG"."""
    return path.suffix.lower().lstrip(".")


def write_picture(picture: Picture, path: Path, *, title: str, told: str, width_mm: float, dpi: int) -> Path:
    """Writes a picture as the suffix of ``path`` says; ``told``: what it shows in words, for SVG.

    :raises KnownError: the file cannot be written.
    """
    kind = kind_of(path)
    if kind == "svg":
        data = to_svg(picture, width_mm=width_mm, title=title, description=told)
    elif kind == "png":
        data = to_png(picture, width_mm=width_mm, dpi=dpi)
    else:
        data = to_pdf(picture, width_mm=width_mm, title=title)
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise KnownError(
            _("“{path}” cannot be written: {reason}.").format(path=path, reason=problem.strerror), path=path
        ) from problem
    return path
