"""Rows of commands of the code maps."""

from typing import TYPE_CHECKING, Any, cast

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.maps.page import MapsPage
    from qda.ui.window import MainWindow


def show_maps(window: "MainWindow") -> "MapsPage":
    """The page of maps, before the model."""
    from qda.ui.maps.page import MapsPage

    window.show_workspace("axial")
    workspace = cast(Any, window.workspace("axial"))
    return cast("MapsPage", workspace.show_page("maps", MapsPage))


def _new_map(window: "MainWindow") -> None:
    show_maps(window).new_map()


def _code_on_map(window: "MainWindow") -> None:
    if window.desk is not None and window.desk.code:
        show_maps(window).add([f"code:{window.desk.code}"])


def _study(window: "MainWindow") -> bool:
    return window.desk is not None


def _writable(window: "MainWindow") -> bool:
    return window.project is not None and not window.project.read_only


def _with_code(window: "MainWindow") -> bool:
    return _writable(window) and window.desk is not None and bool(window.desk.code)


COMMANDS: tuple[Command, ...] = (
    Command(
        "code-maps",
        N_("Code &maps"),
        "analysis",
        show_maps,
        "Ctrl+Alt+Shift+P",
        enabled=_study,
        synonyms=("network", "concept map", "mind map", "canvas", "diagram", "MAXMaps"),
        group=3,
    ),
    Command(
        "new-map",
        N_("New map…"),
        "analysis",
        _new_map,
        enabled=_writable,
        synonyms=("network", "concept map", "canvas"),
        group=3,
    ),
    Command(
        "code-on-map",
        N_("Put the code on the map"),
        "analysis",
        _code_on_map,
        enabled=_with_code,
        synonyms=("network", "concept map"),
        group=3,
    ),
)
