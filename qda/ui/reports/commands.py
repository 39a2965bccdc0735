"""Commands of the reports: saving, pages, size, placeholders."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.archive_package.commands import COMMANDS as PACKAGE
from qda.ui.commands import Command
from qda.ui.quotations.commands import COMMANDS as QUOTATIONS
from qda.ui.reports.paper_commands import COMMANDS as PAPER

if TYPE_CHECKING:
    from qda.ui.reports.workspace import Workspace
    from qda.ui.window import MainWindow


def _reports(window: "MainWindow") -> "Workspace":
    from qda.ui.reports.workspace import Workspace

    window.show_workspace("reports")
    workspace = window.workspace("reports")
    assert isinstance(workspace, Workspace)
    return workspace


def _behind(window: "MainWindow") -> "Workspace":
    """The workspace without its coming to the front."""
    from qda.ui.reports.workspace import Workspace

    workspace = window.workspace("reports")
    assert isinstance(workspace, Workspace)
    return workspace


def _choose(window: "MainWindow", name: str) -> None:
    _reports(window).list.choose(name)


COMMANDS: tuple[Command, ...] = (
    *QUOTATIONS,
    *PAPER,
    *PACKAGE,
    Command(
        "report-study",
        N_("&Report of the study"),
        "analysis",
        lambda w: _choose(w, "study"),
        synonyms=("thesis", "appendix", "results", "export", "word"),
        group=8,
    ),
    Command(
        "report-codetree",
        N_("&Code tree as a report"),
        "analysis",
        lambda w: _choose(w, "codetree"),
        synonyms=("codebook", "category system", "list of codes", "export", "excel", "opml"),
        group=8,
    ),
    Command(
        "save-report",
        N_("&Save report as…"),
        "project",
        lambda w: _reports(w).ask_and_save(),
        "Ctrl+Shift+S",
        workspaces=("reports",),
        synonyms=("export", "word", "docx", "html", "pdf", "print"),
        group=4,
    ),
    Command(
        "export-again",
        N_("Save reports a&gain"),
        "project",
        lambda w: _behind(w).export_again(),
        "Ctrl+Shift+E",
        synonyms=("export", "repeat", "update", "word", "docx", "pdf"),
        group=4,
    ),
    Command(
        "all-reports",
        N_("All reports into a &folder…"),
        "project",
        lambda w: _behind(w).ask_all(),
        synonyms=("export", "appendix", "folder", "at once", "word", "docx", "pdf"),
        group=4,
    ),
    Command(
        "stop-export",
        N_("S&top saving reports"),
        "project",
        lambda w: _behind(w).saving.exporter.cancel(),
        synonyms=("cancel", "export"),
        group=4,
    ),
    Command(
        "find-in-report",
        N_("&Find in the report"),
        "edit",
        lambda w: _reports(w).find_bar.begin(),
        "Ctrl+F",
        workspaces=("reports",),
        synonyms=("search", "word", "preview"),
        group=3,
    ),
    Command(
        "find-next-in-report",
        N_("Find ne&xt in the report"),
        "edit",
        lambda w: _reports(w).find_bar.step(1),
        workspaces=("reports",),
        group=3,
    ),
    Command(
        "find-previous-in-report",
        N_("Find pre&vious in the report"),
        "edit",
        lambda w: _reports(w).find_bar.step(-1),
        workspaces=("reports",),
        group=3,
    ),
    Command(
        "previous-page",
        N_("&Previous page"),
        "view",
        lambda w: _reports(w).preview.step(-1),
        "Ctrl+PgUp",
        workspaces=("reports",),
        group=5,
    ),
    Command(
        "next-page",
        N_("Ne&xt page"),
        "view",
        lambda w: _reports(w).preview.step(1),
        "Ctrl+PgDown",
        workspaces=("reports",),
        group=5,
    ),
    Command(
        "first-placeholder",
        N_("First place&holder"),
        "view",
        lambda w: _reports(w).show_placeholder(),
        workspaces=("reports",),
        synonyms=("missing", "to fill in", "open points"),
        group=5,
    ),
    Command(
        "larger-pages",
        N_("&Larger pages"),
        "view",
        lambda w: _reports(w).preview.zoom(1),
        "Ctrl++",
        workspaces=("reports",),
        synonyms=("zoom in",),
        group=5,
    ),
    Command(
        "smaller-pages",
        N_("S&maller pages"),
        "view",
        lambda w: _reports(w).preview.zoom(-1),
        "Ctrl+-",
        workspaces=("reports",),
        synonyms=("zoom out",),
        group=5,
    ),
    Command(
        "fit-pages",
        N_("Pages as &wide as the window"),
        "view",
        lambda w: _reports(w).preview.zoom(0),
        "Ctrl+0",
        workspaces=("reports",),
        synonyms=("zoom", "fit"),
        group=5,
    ),
)
