"""Rows of commands of an import that is being decided upon."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command
from qda.ui.comments_back.commands import COMMANDS as COMMENTS_BACK

if TYPE_CHECKING:
    from qda.ui.importing.page import ImportPage
    from qda.ui.window import MainWindow


def _page(window: "MainWindow") -> "ImportPage":
    from qda.ui.material.workspace import Workspace

    workspace = window.workspace("material")
    assert isinstance(workspace, Workspace)
    return workspace.importing


def _deciding(window: "MainWindow") -> bool:
    return window.study.is_made("material") and _page(window).is_deciding and _page(window).isVisible()


COMMANDS: tuple[Command, ...] = (
    Command(
        "import-now",
        N_("&Import these files"),
        "project",
        lambda w: _page(w).import_now(),
        "Ctrl+Return",
        workspaces=("material",),
        enabled=_deciding,
        synonyms=("bring in", "take in", "read in"),
        group=2,
    ),
    Command(
        "import-next-file",
        N_("Ne&xt file"),
        "view",
        lambda w: _page(w).step(1),
        "Alt+PgDown",
        workspaces=("material",),
        enabled=_deciding,
        group=4,
    ),
    Command(
        "import-previous-file",
        N_("Pre&vious file"),
        "view",
        lambda w: _page(w).step(-1),
        "Alt+PgUp",
        workspaces=("material",),
        enabled=_deciding,
        group=4,
    ),
    *COMMENTS_BACK,
)
