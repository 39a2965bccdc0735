"""Rows of commands of the case comparison."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, show_page

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _compare(window: "MainWindow") -> None:
    from qda.ui.cases_beside.page import CasesPage

    show_page(window, "axial", "cases", CasesPage)


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
