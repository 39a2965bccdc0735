"""Rows of commands of suggestions."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_code, writable

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _setting(window: "MainWindow") -> None:
    from qda.ui.suggesting.setting import SuggestionsDialog

    assert window.desk is not None
    SuggestionsDialog(window.desk, window).open()


def _elsewhere(window: "MainWindow") -> None:
    from qda.ui.suggesting.elsewhere import show_elsewhere

    assert window.desk is not None
    show_elsewhere(window, window.desk.code)


COMMANDS: tuple[Command, ...] = (
    Command(
        "elsewhere",
        N_("Passages &elsewhere like those of the code"),
        "code",
        _elsewhere,
        "Ctrl+Alt+Shift+V",
        ("open",),
        has_code,
        ("similar", "contradict", "negative case", "candidates", "compare"),
        group=6,
    ),
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
