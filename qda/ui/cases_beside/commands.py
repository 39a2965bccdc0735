"""Rows of commands of the case comparison."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _compare(window: "MainWindow") -> None:
    from qda.ui.axial.workspace import Workspace
    from qda.ui.cases_beside.page import CasesPage

    window.show_workspace("axial")
    workspace = window.workspace("axial")
    assert isinstance(workspace, Workspace)
    workspace.show_page("cases", CasesPage)


COMMANDS: tuple[Command, ...] = (
    Command(
        "compare-cases",
        N_("&Case comparison"),
        "analysis",
        _compare,
        "Ctrl+Alt+Shift+C",
        synonyms=("cases beside one another", "cross-case", "contrast", "matrix", "only here", "summary"),
    ),
)
