"""Rows of commands of the code maps."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_code, has_desk, show_page, writable

if TYPE_CHECKING:
    from qda.ui.maps.page import MapsPage
    from qda.ui.window import MainWindow


def show_maps(window: "MainWindow") -> "MapsPage":
    """The page of maps, before the model."""
    from qda.ui.maps.page import MapsPage

    return show_page(window, "axial", "maps", MapsPage)


def _new_map(window: "MainWindow") -> None:
    show_maps(window).new_map()


def _code_on_map(window: "MainWindow") -> None:
    if window.desk is not None and window.desk.code:
        show_maps(window).add([f"code:{window.desk.code}"])


COMMANDS: tuple[Command, ...] = (
    Command(
        "code-maps",
        N_("Code &maps"),
        "analysis",
        show_maps,
        "Ctrl+Alt+Shift+P",
        enabled=has_desk,
        synonyms=("network", "concept map", "mind map", "canvas", "diagram", "MAXMaps"),
        group=3,
    ),
    Command(
        "new-map",
        N_("New map…"),
        "analysis",
        _new_map,
        enabled=writable,
        synonyms=("network", "concept map", "canvas"),
        group=3,
    ),
    Command(
        "code-on-map",
        N_("Put the code on the map"),
        "analysis",
        _code_on_map,
        enabled=has_code,
        synonyms=("network", "concept map"),
        group=3,
    ),
)
