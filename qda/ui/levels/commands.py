"""Commands of the conditional/consequential matrix."""

from functools import partial
from typing import TYPE_CHECKING, cast

from qda.i18n import N_
from qda.ui.commands import Command, has_desk, show_page

if TYPE_CHECKING:
    from qda.ui.axial.workspace import Workspace
    from qda.ui.levels.page import LevelsPage
    from qda.ui.window import MainWindow


def _page(window: "MainWindow") -> "LevelsPage":
    from qda.ui.levels.page import LevelsPage

    beside = cast("Workspace", window.workspace("axial"))
    return show_page(window, "axial", "levels", partial(LevelsPage, beside))


def _path(window: "MainWindow") -> None:
    _page(window).follow_passage()


COMMANDS: tuple[Command, ...] = (
    Command(
        "levels",
        N_("Matrix of &levels"),
        "analysis",
        _page,
        "Ctrl+Alt+Shift+N",
        enabled=has_desk,
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
