"""The command that leads to the archive package: it is looked at and saved among the reports."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _package(window: "MainWindow") -> None:
    from qda.ui.reports.paper_commands import show_report

    show_report(window, "archive", {})


def _tables(window: "MainWindow") -> None:
    from qda.ui.reports.paper_commands import show_report

    show_report(window, "statistics", {})


COMMANDS: tuple[Command, ...] = (
    Command(
        "archive-package",
        N_("Archive pac&kage…"),
        "project",
        _package,
        synonyms=("repository", "research data", "checksums", "manifest", "zip", "export"),
        group=4,
    ),
    Command(
        "statistics-tables",
        N_("Tables for s&tatistics…"),
        "analysis",
        _tables,
        synonyms=("R", "pandas", "SPSS", "csv", "excel", "data set"),
        group=8,
    ),
)
