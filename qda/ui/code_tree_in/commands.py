"""Command of the code tree that comes in from a file."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, writable

if TYPE_CHECKING:
    from qda.ui.code_tree_in.dialog import CodeTreeDialog
    from qda.ui.window import MainWindow


def bring_in(window: "MainWindow") -> "CodeTreeDialog":
    """The dialog, open; it asks for the file, reads and tells by itself."""
    from qda.ui.code_tree_in.dialog import CodeTreeDialog

    assert window.desk is not None
    dialog = CodeTreeDialog(window.desk, window)
    dialog.open()
    return dialog


COMMANDS: tuple[Command, ...] = (
    Command(
        "import-codes",
        N_("Code tree from a &file…"),
        "code",
        bring_in,
        enabled=writable,
        synonyms=(
            *("import codes", "code list", "codebook", "code system", "category system", "OPML"),
            *("xlsx", "csv", "MAXQDA", "ATLAS.ti", "NVivo", "Taguette", "QualCoder"),
        ),
        group=4,
    ),
)
