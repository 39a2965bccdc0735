"""Asking for one name: a small dialog that blocks nothing but its window."""

from collections.abc import Callable

from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from qda.i18n import _


def ask_name(
    parent: QWidget, title: str, question: str, take: Callable[[str], object], *, start: str = ""
) -> QInputDialog:
    """Asks for a name and hands it to ``take``; an empty one is no answer."""
    dialog = QInputDialog(parent)
    dialog.setObjectName("ask_name")
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setInputMode(QInputDialog.InputMode.TextInput)
    dialog.setTextValue(start)
    dialog.setOkButtonText(_("OK"))
    dialog.setCancelButtonText(_("Cancel"))
    for field in dialog.findChildren(QLineEdit):
        field.setObjectName("name")
        field.setAccessibleName(question)

    def accepted(name: str) -> None:
        if name.strip():
            take(name.strip())

    dialog.textValueSelected.connect(accepted)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
