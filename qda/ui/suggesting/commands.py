"""Rows of commands of suggestions."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, writable

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _setting(window: "MainWindow") -> None:
    from qda.ui.suggesting.setting import SuggestionsDialog

    assert window.desk is not None
    SuggestionsDialog(window.desk, window).open()


COMMANDS: tuple[Command, ...] = (
    Command(
        "suggestions",
        N_("Suggestions…"),
        "code",
        _setting,
        "",
        ("open",),
        writable,
        ("proposals", "assistant", "automatic", "auto-coding", "settings"),
        group=6,
    ),
)
