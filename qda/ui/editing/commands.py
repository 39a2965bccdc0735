"""Rows of commands of editing transcripts."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_source, show_page, writable
from qda.ui.open_coding.command_rows import in_text

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _edit(window: "MainWindow") -> None:
    in_text(window).pane.editing.begin()


def _replace(window: "MainWindow") -> None:
    from qda.ui.editing.replacing import ReplacePage

    show_page(window, "open", "replacing", ReplacePage)


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
    Command(
        "replace-in-all",
        N_("&Replace in all transcripts…"),
        "edit",
        _replace,
        "Ctrl+H",
        enabled=writable,
        synonyms=("find and replace", "substitute", "spelling"),
        group=5,
    ),
)
