"""A case's sheet: description, folder, short questionnaire, portrait and consent in one place."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.material.case_attributes import AttributeForm
from qda.ui.material.case_consent import ConsentForm
from qda.ui.material.case_folder import CaseFolder, PortraitField
from qda.ui.material.consent_words import standing_of
from qda.ui.material.fields import GrowingText, labelled, title_field
from qda.ui.surfaces import Line, LinkButton, on_paper, scrolled, small

if TYPE_CHECKING:
    from qda.coding.rows import CaseRow
    from qda.ui.desk import Desk


class CasePage(QWidget):
    """One case; every entry is an act."""

    document_wanted = Signal(str)
    table_wanted = Signal()
    menu_wanted = Signal(str, QPoint)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.guid = ""
        page = QWidget()
        on_paper(page)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(px(40), px(28), px(40), px(40))
        self._form = QWidget(page)
        self._form.setMaximumWidth(px(700))
        outer.addWidget(self._form, 1)
        self._build(QVBoxLayout(self._form))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.area = scrolled(page)
        box.addWidget(self.area)

    def _build(self, box: QVBoxLayout) -> None:
        form, writable = self._form, not self._desk.project.read_only
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(16))
        top = QVBoxLayout()
        top.setSpacing(px(2))
        top.addLayout(self._head(writable=writable))
        self._standing = small("", form, wrap=True)
        self._standing.setObjectName("case_standing")
        top.addWidget(self._standing)
        box.addLayout(top)
        self.description = GrowingText("case_description", _("Short description of the case"), form, lines=1)
        self.description.setReadOnly(not writable)
        self.description.settled.connect(self._describe)
        hint = _("Its first line stands beside the name")
        box.addLayout(labelled(_("Short description"), hint, self.description, form))
        self.folder = CaseFolder(self._desk, form)
        self.attributes = AttributeForm(self._desk, form)
        self.portrait = PortraitField(self._desk, form)
        self.consent = ConsentForm(self._desk, form)
        for part in (self.folder, self.attributes, self.portrait, self.consent):
            box.addWidget(Line(form))
            box.addWidget(part)
        box.addStretch(1)
        self.folder.document_wanted.connect(self.document_wanted)
        self.attributes.table_wanted.connect(self.table_wanted)
        self.attributes.new_wanted.connect(self._new_attribute)

    def _head(self, *, writable: bool) -> QHBoxLayout:
        head = QHBoxLayout()
        self.name = title_field("case_name", _("Name of the case"), self._form)
        self.name.setReadOnly(not writable)
        self.name.settled.connect(self._rename)
        head.addWidget(self.name, 1)
        self.more = LinkButton(_("More…"), "case_menu", self._form)
        self.more.setAccessibleName(_("Menu of the case"))
        self.more.clicked.connect(
            lambda _checked=False: self.menu_wanted.emit(
                self.guid, self.more.mapToGlobal(QPoint(0, self.more.height()))
            )
        )
        self.more.setVisible(writable)
        head.addWidget(self.more)
        return head

    def show_case(self, guid: str) -> bool:
        """Shows a case; false where it is gone."""
        from qda.coding.material import attributes, cases

        project = self._desk.project
        rows = cases(project)
        row = next((c for c in rows if c.guid == guid), None)
        if row is None:
            return False
        if guid != self.guid:
            self.name.flush()
            self.description.flush()
            self.guid = guid
            self.name.show_other(row.name)
            self.description.show_other(row.description)
            self.area.verticalScrollBar().setValue(0)
        else:
            self.name.show_text(row.name)
            self.description.show_text(row.description)
        self._show_standing(row, rows)
        writable = not project.read_only
        self.folder.show_case(row, rows, writable=writable)
        self.attributes.show_case(row, tuple(attributes(project)), writable=writable)
        self.portrait.show_case(row, writable=writable)
        self.consent.show_case(row, writable=writable)
        return True

    def _show_standing(self, row: "CaseRow", rows: "list[CaseRow]") -> None:
        above = next((case.name for case in rows if case.guid == row.parent), "")
        words = standing_of(row, above)
        self._standing.setText(words)
        self._standing.setVisible(bool(words))

    # -- acts ------------------------------------------------------------------------------------------------

    def _rename(self, name: str) -> None:
        from qda.coding.cases import rename_case

        if name.strip():
            self._desk.do(rename_case, case=self.guid, name=name)

    def _describe(self, text: str) -> None:
        from qda.coding.cases import describe_case

        self._desk.do(describe_case, case=self.guid, text=text)

    def _new_attribute(self) -> None:
        from qda.ui.material.attribute_dialog import AttributeDialog

        AttributeDialog(self._desk, None, self.window()).open()
