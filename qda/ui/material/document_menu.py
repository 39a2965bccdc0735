"""The menu of a document in the list of the material."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from qda.i18n import _

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def document_menu(parent: QWidget, source: str, read: Callable[[str], None]) -> QMenu:
    """Reading on the screen, and on paper."""
    menu = QMenu(parent)
    menu.setObjectName("menu_of_document")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_("Open"), lambda: read(source))
    menu.addAction(_("Print for reading…"), lambda: _print(parent, source))
    return menu


def _print(parent: QWidget, source: str) -> None:
    from qda.ui.reports.paper_commands import print_transcript

    print_transcript(cast("MainWindow", parent.window()), source)
