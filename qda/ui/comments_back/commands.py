"""Command of the comments that come back."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, writable

if TYPE_CHECKING:
    from qda.ui.comments_back.dialog import CommentsBackDialog
    from qda.ui.window import MainWindow


def read_comments(window: "MainWindow") -> "CommentsBackDialog":
    """The dialog, open; it asks for the file, reads and tells by itself."""
    from qda.ui.comments_back.dialog import CommentsBackDialog

    assert window.desk is not None
    dialog = CommentsBackDialog(window.desk, window)
    dialog.open()
    return dialog


COMMANDS: tuple[Command, ...] = (
    Command(
        "read-comments",
        N_("Read comments &back…"),
        "project",
        read_comments,
        enabled=writable,
        synonyms=("coded transcript", "Word comments", "annotations", "reviewer", "supervisor", "docx"),
        group=2,
    ),
)
