""" "Searched, found none": in which case, for what."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from qda.coding.relation_queue import waiting
from qda.coding.theory import SearchRow
from qda.i18n import _
from qda.ui.axial.dialogs import Form, buttons

if TYPE_CHECKING:
    from qda.models import Project


class SearchDialog(Form):
    """In all cases or in one, with words on where and for what."""

    taken = Signal(str, str)  # case ("": all), note

    def __init__(
        self, project: "Project", relation: str, parent: QWidget | None = None, *, case: str = ""
    ) -> None:
        from qda.coding.material import cases

        super().__init__("search_dialog", _("Searched, found none"), parent)
        open_ = {one.case for one in waiting(project, relation=relation)}
        self.where = QComboBox(self)
        self.where.addItem(_("In all cases"), "")
        for row in cases(project):
            words = _("{case} · nothing from here yet") if row.guid in open_ else "{case}"
            self.where.addItem(words.format(case=row.name), row.guid)
        self.where.setCurrentIndex(max(0, self.where.findData(case)))
        self.add(_("Where"), "search_case", self.where)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(_("For what, and how"))
        self.add(_("Note"), "search_note", self.note)
        self.outer.addWidget(buttons(self, _("Keep")))

    def accept(self) -> None:
        """Hands both over; the note may be empty."""
        super().accept()
        self.taken.emit(str(self.where.currentData()), self.note.text())


def search_words(row: SearchRow) -> str:
    """A search that found nothing, in a line: where, for what, by whom."""
    where = _("in {case}").format(case=row.case_name) if row.case else ""
    first = " ".join(part for part in (_("searched, found none"), where) if part)
    return " · ".join(part for part in (first, row.note, row.coder) if part)
