"""Commands of the templates."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _open(window: "MainWindow") -> object:
    from qda.ui.templates.page import TemplatesPage

    window.show_workspace("axial")
    return window.workspace("axial").show_page("templates", TemplatesPage)  # type: ignore[attr-defined]


COMMANDS: tuple[Command, ...] = (
    Command(
        "templates",
        N_("&Templates of the paradigm"),
        "analysis",
        _open,
        enabled=lambda window: window.project is not None,
        synonyms=("paradigm", "slots", "Strauss and Corbin", "own template"),
        group=1,
    ),
)
