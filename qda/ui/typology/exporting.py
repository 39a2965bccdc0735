"""Saving what a page shows: a picture by the painters of the reports, a table by their renderers."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QWidget

from qda.errors import KnownError
from qda.i18n import _

if TYPE_CHECKING:
    from qda.figures.painting import Picture
    from qda.reports.model import Report
    from qda.ui.desk import Desk

PICTURES: Final = ("svg", "png", "pdf")
_WIDTH_MM: Final = 156.0


def save_picture(parent: QWidget, desk: "Desk", figure: "Picture", title: str, words: str) -> Path | None:
    """Asks for a file (SVG, PNG or PDF) and writes the picture; none where none was named or it failed."""
    path = _ask(parent, _("Save the picture"), title, PICTURES)
    if path is None:
        return None
    try:
        path.write_bytes(_painted(figure, path.suffix[1:].lower(), title, words))
    except OSError as problem:
        desk.refused.emit(
            _("“{path}” cannot be written: {reason}.").format(path=path, reason=problem.strerror)
        )
        return None
    desk.told.emit(_("Saved: {path}").format(path=path))
    return path


def _painted(figure: "Picture", suffix: str, title: str, words: str) -> bytes:
    from qda.figures.painting import to_pdf, to_png, to_svg

    if suffix == "png":
        return to_png(figure, width_mm=_WIDTH_MM)
    if suffix == "pdf":
        return to_pdf(figure, width_mm=_WIDTH_MM, title=title)
    return to_svg(figure, width_mm=_WIDTH_MM, title=title, description=words)


def save_report(
    parent: QWidget, desk: "Desk", report: "Report", title: str, formats: tuple[str, ...]
) -> Path | None:
    """Asks for a file in one of the formats and writes the report into it."""
    from qda.reports.registry import render

    path = _ask(parent, _("Save the table"), title, formats)
    if path is None:
        return None
    try:
        written = render(report, path, name=title, formats=formats)[0]
    except KnownError as problem:
        desk.refused.emit(problem.sentence)
        return None
    desk.told.emit(_("Saved: {path}").format(path=written))
    return written


def _ask(parent: QWidget, caption: str, title: str, suffixes: tuple[str, ...]) -> Path | None:
    from qda.ui.preferences import Preferences

    preferences = Preferences()
    safe = "".join(c if c.isalnum() or c in " -_" else "_" for c in title).strip() or "qda"
    kinds = ";;".join(f"{suffix.upper()} (*.{suffix})" for suffix in suffixes)
    folder = preferences.saving_folder
    written, kind = QFileDialog.getSaveFileName(parent, caption, str(folder / f"{safe}.{suffixes[0]}"), kinds)
    if not written:
        return None
    path = Path(written)
    if path.suffix[1:].lower() not in suffixes:
        chosen = next((one for one in suffixes if f"*.{one}" in kind), suffixes[0])
        path = path.with_name(f"{path.name}.{chosen}")
    preferences.saving_folder = path.parent
    return path
