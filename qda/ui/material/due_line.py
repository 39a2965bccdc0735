"""The quiet line above the documents: cases whose data are to be deleted, and the way to them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.material.consent_words import due_cases, due_sentence, today
from qda.ui.material.values import shown_date
from qda.ui.surfaces import LinkButton, small

if TYPE_CHECKING:
    from qda.coding.rows import CaseRow
    from qda.ui.desk import Desk


class DueLine(QWidget):
    """Hidden while nothing is due."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._due: list[CaseRow] = []
        self.setObjectName("due")
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), 0, px(12), px(6))
        box.setSpacing(0)
        self.words = small("", self, wrap=True)
        self.words.setObjectName("due_words")
        self.show_due = LinkButton(_("Show"), "due_show", self, flush=True)
        self.show_due.setAccessibleName(_("Show the cases that are to be deleted"))
        self.show_due.clicked.connect(lambda _checked=False: self._show())
        box.addWidget(self.words)
        box.addWidget(self.show_due, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_cases(self, cases: "list[CaseRow]") -> None:
        """Looks which of these are due."""
        self._due = due_cases(cases, today())
        if self._due:
            self.words.setText(due_sentence(self._due))
        self.setVisible(bool(self._due))

    def _show(self) -> None:
        if len(self._due) == 1:
            self._desk.case_chosen.emit(self._due[0].guid)
            return
        menu = QMenu(self)
        menu.setObjectName("due_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in self._due:
            words = _("{name}, by {date}").format(name=row.name, date=shown_date(row.delete_by))
            menu.addAction(words.replace("&", "&&"), partial(self._desk.case_chosen.emit, row.guid))
        menu.popup(self.show_due.mapToGlobal(QPoint(0, self.show_due.height())))
