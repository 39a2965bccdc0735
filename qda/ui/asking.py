"""Asking for one name: a small dialog that blocks nothing but its window."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from qda.i18n import _

if TYPE_CHECKING:
    from qda.ui.desk import Desk

NEW_CASE: Final = "new case"  # the choice that asks for a case that is not there yet


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


def ask_new_case(parent: QWidget, desk: "Desk", source: str, after: Callable[[], object]) -> QInputDialog:
    """Asks for the name of a case, makes it and puts the document ``source`` into it; ``after`` always."""

    def make(name: str) -> None:
        from qda.coding.cases import add_case
        from qda.coding.documents import set_source_case

        if case := desk.do(add_case, name=name):
            desk.do(set_source_case, source=source, case=case)

    dialog = ask_name(parent, _("New case"), _("Name of the case"), make)
    dialog.finished.connect(lambda _result: after())
    return dialog
