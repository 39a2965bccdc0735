"""Commands of the conditional/consequential matrix."""

from functools import partial
from typing import TYPE_CHECKING, Any

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _page(window: "MainWindow") -> Any:
    from qda.ui.levels.page import LevelsPage

    window.show_workspace("axial")
    workspace: Any = window.workspace("axial")
    return workspace.show_page("levels", partial(LevelsPage, workspace))


def _path(window: "MainWindow") -> None:
    _page(window).follow_passage()


COMMANDS: tuple[Command, ...] = (
    Command(
        "levels",
        N_("Matrix of &levels"),
        "analysis",
        _page,
        "Ctrl+Alt+Shift+N",
        enabled=lambda window: window.project is not None,
        synonyms=("conditional matrix", "consequential matrix", "micro", "macro", "rings"),
        group=2,
    ),
    Command(
        "path-outwards",
        N_("&Path from this passage outwards"),
        "analysis",
        _path,
        enabled=lambda window: window.desk is not None and bool(window.desk.span or window.desk.coding),
        synonyms=("conditional path", "trace", "levels"),
        group=2,
    ),
)
