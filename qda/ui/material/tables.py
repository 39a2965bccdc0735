"""Tables (csv, xlsx) brought in through a dialog: attributes of cases, or a survey."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from qda.i18n import _
from qda.ui.preferences import documents_folder

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.material.table_dialog import TableDialog


def ask_for_table(desk: "Desk", parent: QWidget) -> "TableDialog | None":
    """Asks for the file, then what its columns are."""
    path, _kind = QFileDialog.getOpenFileName(
        parent,
        _("Bring in a table"),
        str(documents_folder()),
        f"{_('Tables')} (*.csv *.xlsx *.tsv);;{_('All files')} (*)",
    )
    return ask_table(desk, path, parent) if path else None


def ask_table(desk: "Desk", path: str | Path, parent: QWidget) -> "TableDialog":
    """Asks what the columns of a table are, and brings it in: with an open answer among them as a survey,
    else as attributes of cases. The dialog is open when this returns; it reads, works and tells by itself.
    """
    from qda.ui.material.table_dialog import TableDialog

    dialog = TableDialog(desk, Path(path), parent)
    dialog.open()
    return dialog
