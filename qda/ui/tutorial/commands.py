"""Rows of commands of the written tutorial."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _show(window: "MainWindow") -> None:
    from qda.ui.tutorial.reader import show

    show(window)


COMMANDS: tuple[Command, ...] = (
    Command(
        "tutorial",
        N_("T&utorial: an afternoon"),
        "help",
        _show,
        "Shift+F1",
        study=False,
        synonyms=("manual", "handbook", "introduction", "first steps", "learn", "getting started", "help"),
    ),
)
