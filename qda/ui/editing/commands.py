"""Rows of commands of editing transcripts."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command
from qda.ui.open_coding.command_rows import has_source, in_text

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _edit(window: "MainWindow") -> None:
    in_text(window).pane.editing.begin()


COMMANDS: tuple[Command, ...] = (
    Command(
        "edit-text",
        N_("Edit te&xt"),
        "edit",
        _edit,
        "F5",
        ("open",),
        has_source,
        ("correct", "typo", "transcript", "wrong"),
        group=5,
    ),
)
