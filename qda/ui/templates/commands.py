"""Commands of the templates."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_desk, show_page

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _open(window: "MainWindow") -> object:
    from qda.ui.templates.page import TemplatesPage

    return show_page(window, "axial", "templates", TemplatesPage)


COMMANDS: tuple[Command, ...] = (
    Command(
        "templates",
        N_("&Templates of the paradigm"),
        "analysis",
        _open,
        enabled=has_desk,
        synonyms=("paradigm", "slots", "Strauss and Corbin", "own template"),
        group=1,
    ),
)
