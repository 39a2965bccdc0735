"""A picture as a file: SVG, PNG at 300 dpi and PDF by the painters of the screen; the table as a report."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QWidget

from qda.errors import KnownError
from qda.i18n import _, language
from qda.reports.pictures_of import corner_name
from qda.ui.pictures.asking import Seen
from qda.writing import write_whole

if TYPE_CHECKING:
    from qda.figures.painting import Picture
    from qda.models import Project

PICTURES: Final = ("svg", "png", "pdf")

_LEAST_MM: Final = 160.0
_PORTRAIT_MM: Final = 180.0
_LARGEST_MM: Final = 1200.0  # a picture that is larger in either direction is not painted


def title_of(seen: Seen) -> str:
    """What the picture is called."""
    if seen.portrait is not None:
        return _("Portrait of “{title}”").format(title=seen.portrait.title)
    return corner_name(seen.matrix.wish) if seen.matrix is not None else ""


def ask_path(parent: QWidget, seen: Seen, suffix: str) -> Path | None:
    """Asks for a file; None where none was named."""
    from qda.ui.preferences import Preferences

    preferences = Preferences()
    safe = "".join(c if c.isalnum() or c in " -_×" else "_" for c in title_of(seen)).strip() or "picture"
    words = _("Export as {format}").format(format=suffix.upper())
    path, _kind = QFileDialog.getSaveFileName(
        parent, words, str(preferences.saving_folder / f"{safe}.{suffix}"), f"{suffix.upper()} (*.{suffix})"
    )
    if not path:
        return None
    found = Path(path)
    preferences.saving_folder = found.parent
    return found if found.suffix.lower() == f".{suffix}" else found.with_name(f"{found.name}.{suffix}")


def write(project: "Project", seen: Seen, path: Path) -> Callable[[], Path]:
    """Work: writes the picture or its table as the suffix says.

    :raises KnownError: it is too large for a picture, or the file cannot be written.
    """
    suffix = path.suffix.lower().lstrip(".")

    def work() -> Path:
        data = painted(seen, suffix) if suffix in PICTURES else tabled(project, seen, suffix)
        return write_whole(path, data)

    return work


def painted(seen: Seen, suffix: str) -> bytes:
    """The picture in one of the formats of pictures.

    :raises KnownError: it would be too large.
    """
    from qda.figures.painting import to_pdf, to_png, to_svg

    figure, width, told = _picture(seen)
    title = title_of(seen)
    if suffix == "svg":
        return to_svg(figure, width_mm=width, title=title, description=told)
    if suffix == "png":
        return to_png(figure, width_mm=width)
    return to_pdf(figure, width_mm=width, title=title)


def _picture(seen: Seen) -> tuple["Picture", float, str]:
    """The figure, how wide it is set, and what it shows in words."""
    from qda.figures import matrix, portrait

    if seen.stretches is not None:
        return seen.stretches, _PORTRAIT_MM, portrait.describe(seen.stretches)
    assert seen.figure is not None
    width, height = matrix.size_mm(seen.figure, matrix.natural_width_mm(seen.figure, _LEAST_MM))
    if max(width, height) > _LARGEST_MM:
        raise KnownError(
            _(
                "The picture would be {width} × {height} cm large. Show fewer rows and columns, "
                "or export the table (xlsx, csv), which holds all of it."
            ).format(width=round(width / 10), height=round(height / 10))
        )
    return seen.figure, width, matrix.describe(seen.figure)


def tabled(project: "Project", seen: Seen, suffix: str) -> bytes:
    """The table behind the picture in one of the formats of reports."""
    from qda.reports.matrix import portrait_report, report_of
    from qda.reports.registry import render_bytes

    now = language()
    if seen.matrix is not None:
        texts = suffix in ("docx", "html")
        report = report_of(project, seen.matrix, now, mark=seen.view.shown_mark, picture=texts)
    else:
        assert seen.portrait is not None and seen.stretches is not None
        report = portrait_report(project, seen.portrait, seen.tiles, seen.stretches, now)
    return render_bytes(report, suffix)
