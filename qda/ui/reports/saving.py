"""Saving reports from the window: one, the last ones again, all into a folder; and telling about it."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from qda.i18n import _
from qda.reports.all_reports import (
    USUAL_FORMATS,
    Progress,
    Wanted,
    every_report,
    folder_of,
    known_options,
)
from qda.reports.registry import ReportKind, report_kind
from qda.reports.text import one_line
from qda.ui.preferences import Preferences
from qda.ui.reports import exporting
from qda.ui.reports.all_dialog import AllReportsDialog
from qda.ui.reports.exporting import Ended, Exporter
from qda.ui.reports.foot import Foot, open_place
from qda.ui.reports.told import how_far, told_end, told_progress
from qda.ui.reports.words import FORMATS, read_settings

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_SETTINGS: Final = "report"


class Saving(QObject):
    """Asks where to, lets the exporter write, tells in ``foot`` and at the bottom of the window."""

    def __init__(self, desk: "Desk", foot: Foot, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._foot = foot
        self._parent = parent
        self._told = ""
        self._last: list[Wanted] = []  # where the study can only be read
        self.exporter = Exporter(desk.path, self)
        self.exporter.progressed.connect(self._progressed)
        self.exporter.ended.connect(self._ended)
        self.exporter.broken.connect(self._broken)
        foot.again_wanted.connect(self.again)
        foot.all_wanted.connect(self.ask_all)
        foot.stop_wanted.connect(self.exporter.cancel)

    def ask(self, one: Wanted, called: str) -> None:
        """Asks where to save a report that has been made; ``called``: how people call it."""
        assert one.report is not None
        words = _(FORMATS.get(one.format, one.format))
        start = exporting.last_place(self._desk.project, one.name, one.format)
        if start is None or not start.parent.is_dir():
            file_name = _file_name(one.report.title, called)
            start = Preferences().saving_folder / f"{file_name}.{one.format}"
        dialog = QFileDialog(
            self._parent, _("Save the report"), str(start.parent), f"{words} (*.{one.format})"
        )
        dialog.setObjectName("save_report_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(one.format)
        dialog.selectFile(start.name)
        dialog.fileSelected.connect(lambda path: self.save(one, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, one: Wanted, path: Path) -> None:
        """Writes a report to ``path``."""
        placed = replace(one, out=path)
        exporting.keep_place(self._desk.project, placed)
        self._export([placed])

    def again(self) -> None:
        """Writes what was written last once more, as the study is now, to the same places."""
        wanted = exporting.kept(self._desk.project) or self._last
        if not wanted:
            self._desk.refused.emit(_("No report of this study has been saved yet."))
        elif not exporting.known_here(self._desk.path, wanted, Preferences().saving_folder):
            told = _("The reports were saved elsewhere; please choose the place once more.")
            self._desk.refused.emit(told)
        else:
            self._export(wanted)

    def ask_all(self) -> None:
        """Asks for a folder and writes all reports into it."""
        project = self._desk.project
        before = [one for one in exporting.kept(project) if one.may_lack]
        names = {one.name for one in before}
        folder = before[0].out.parent if before else Preferences().saving_folder / _("Reports")
        dialog = AllReportsDialog(
            every_report(),
            formats=tuple(dict.fromkeys(one.format for one in before)) or USUAL_FORMATS,
            folder=folder,
            left_out=[kind.name for kind in every_report() if before and kind.name not in names],
            parent=self._parent.window(),
        )
        dialog.chosen.connect(self.save_all)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_all(self, names: list[str], formats: list[str], folder: Path) -> None:
        """Writes those reports into the folder, each with the settings that it had last."""
        kinds = [report_kind(name) for name in names]
        Preferences().saving_folder = folder.parent
        self._export(folder_of(folder, formats, kinds=kinds, options=self._last_options))

    def _last_options(self, kind: ReportKind) -> dict[str, str]:
        kept = read_settings(self._desk.project.setting(f"{_SETTINGS}.{kind.name}"))
        return {"language": study_language(self._desk), **kept}

    def _export(self, wanted: list[Wanted]) -> None:
        known = [replace(one, options=known_options(report_kind(one.name), one.options)) for one in wanted]
        self._keep(known)
        self._foot.show_progress(_("The reports are being written …"))
        self.exporter.start(known)

    def _keep(self, wanted: list[Wanted]) -> None:
        self._last = [replace(one, report=None) for one in wanted]
        exporting.keep(self._desk.project, wanted)

    def _progressed(self, progress: Progress) -> None:
        words = told_progress(progress)
        self._foot.show_progress(words, *how_far(progress))
        if words != self._told:
            self._told = words
            self._desk.offered.emit(words, _("Stop"), self.exporter.cancel)

    def _ended(self, ended: Ended) -> None:
        self._told = ""
        if not self.exporter.busy:
            self._foot.end_progress()
        end = told_end(ended)
        lacking = {id(one.wanted) for one in ended.outcomes if one.lacks}
        if lacking:  # what holds nothing is not tried again in one key
            self._keep([one for one in ended.wanted if id(one) not in lacking])
        if (place := end.place) is not None:
            if place.is_file():
                Preferences().saving_folder = place.parent
            self._desk.offered.emit(end.line, _("Open"), lambda: open_place(place))
        else:
            self._desk.told.emit(end.line)
        self._foot.show_saved(end.line, place, tip=end.tip)
        if end.sentence:
            self._desk.refused.emit(end.sentence)
        for one in ended.outcomes:
            if one.bug is not None:
                raise one.bug

    def _broken(self, problem: BaseException) -> None:
        self._foot.end_progress()
        raise problem


def study_language(desk: "Desk") -> str:
    """The language of the study's sheet."""
    from qda.coding.material import project_sheet

    return project_sheet(desk.project).language


def _file_name(title: str, report: str) -> str:
    """A name for the file that every system takes."""
    from qda.ui.preferences import file_name_for

    return Path(file_name_for(f"{one_line(title)[:60]} – {report}")).stem
