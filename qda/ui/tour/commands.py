"""Rows of commands of the tour."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _begin(window: "MainWindow") -> None:
    from qda.ui.tour.visit import begin

    begin(window)


COMMANDS: tuple[Command, ...] = (
    Command(
        "tour",
        N_("&Tour in five steps"),
        "help",
        _begin,
        study=False,
        synonyms=("introduction", "tutorial", "first steps", "learn", "getting started", "guide", "demo"),
    ),
)
