"""Rows of commands of the hits of a search: the next and the previous one, coding them."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_desk, writable
from qda.ui.open_coding.command_rows import opened

if TYPE_CHECKING:
    from qda.ui.open_coding.workspace import Workspace
    from qda.ui.window import MainWindow


def _in_text(window: "MainWindow") -> "Workspace":
    window.show_workspace("open")
    workspace = opened(window)
    workspace.show_text()
    return workspace


def _next(window: "MainWindow") -> None:
    _in_text(window).step_hit(1)


def _previous(window: "MainWindow") -> None:
    _in_text(window).step_hit(-1)


COMMANDS: tuple[Command, ...] = (
    Command(
        "next-hit",
        N_("Next &hit"),
        "edit",
        _next,
        "F3",
        (),
        has_desk,
        ("find next", "search", "go on"),
        group=3,
    ),
    Command(
        "previous-hit",
        N_("Previous hit"),
        "edit",
        _previous,
        "Shift+F3",
        (),
        has_desk,
        ("find previous", "search", "back"),
        group=3,
    ),
    Command(
        "code-hits",
        N_("Code search h&its…"),
        "code",
        lambda window: _in_text(window).code_hits(),
        "",
        (),
        writable,
        ("auto coding", "search", "find", "many passages"),
        group=1,
    ),
)
