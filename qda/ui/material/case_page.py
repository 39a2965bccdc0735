"""A case's sheet: description, attributes, documents, and the way to its portrait."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.material.fields import GrowingText, labelled, title_field
from qda.ui.surfaces import LinkButton, on_paper, scrolled, section, small

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.coding.rows import CaseRow
    from qda.ui.desk import Desk


class AttributeTable(QTableWidget):
    """Attributes of one case: name and value; the last row is for a new one."""

    set_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self.setObjectName("case_attributes")
        self.setAccessibleName(_("Attributes of the case"))
        self.setHorizontalHeaderLabels([_("Attribute"), _("Value")])
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(28))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setMinimumSectionSize(px(180))
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.cellChanged.connect(self._edited)

    def show_values(self, names: list[str], values: dict[str, str], *, writable: bool) -> None:
        """Shows every attribute that any case has, with this case's values."""
        at = self.currentRow(), self.currentColumn()
        self.blockSignals(True)
        self.setRowCount(len(names) + (1 if writable else 0))
        for row, name in enumerate(names):
            cell = QTableWidgetItem(name)
            cell.setFlags(cell.flags() & ~Qt.ItemFlag.ItemIsEditable)
            value = QTableWidgetItem(values.get(name, ""))
            if not writable:
                value.setFlags(value.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.setItem(row, 0, cell)
            self.setItem(row, 1, value)
        if writable:
            for column, hint in enumerate((_("New attribute"), _("its value"))):
                cell = QTableWidgetItem("")
                cell.setToolTip(hint)
                cell.setData(Qt.ItemDataRole.AccessibleTextRole, hint)
                self.setItem(len(names), column, cell)
        self.blockSignals(False)
        if at[0] >= 0:
            self.setCurrentCell(min(at[0], self.rowCount() - 1), max(at[1], 0))
        self.setFixedHeight((self.rowCount() + 1) * px(28) + px(4))

    def _edited(self, row: int, column: int) -> None:
        name, value = (item.text().strip() if (item := self.item(row, c)) else "" for c in (0, 1))
        last = row == self.rowCount() - 1
        if name and (value or not last):
            self.set_wanted.emit(name, value)
        elif name and column == 0:
            self.setCurrentCell(row, 1)


class CasePage(QWidget):
    """One case; every entry is an act."""

    document_wanted = Signal(str)

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
        box.addWidget(scrolled(page))

    def _build(self, box: QVBoxLayout) -> None:
        form, writable = self._form, not self._desk.project.read_only
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(16))
        self.name = title_field("case_name", _("Name of the case"), form)
        self.name.setReadOnly(not writable)
        self.name.settled.connect(self._rename)
        box.addWidget(self.name)
        self.description = GrowingText("case_description", _("Short description of the case"), form, lines=2)
        self.description.setReadOnly(not writable)
        self.description.settled.connect(self._describe)
        box.addLayout(
            labelled(
                _("Short description"), _("Its first line stands beside the name"), self.description, form
            )
        )
        attributes = QVBoxLayout()
        attributes.setSpacing(px(4))
        attributes.addWidget(section(_("Attributes"), form))
        attributes.addWidget(
            small(_("As in the short questionnaire. An empty value means: not known."), form)
        )
        self.attributes = AttributeTable(form)
        self.attributes.set_wanted.connect(self._set_attribute)
        attributes.addWidget(self.attributes)
        box.addLayout(attributes)
        folder = QVBoxLayout()
        folder.setSpacing(px(2))
        folder.addWidget(section(_("Folder"), form))
        self._documents = QVBoxLayout()
        self._documents.setSpacing(0)
        folder.addLayout(self._documents)
        box.addLayout(folder)
        box.addStretch(1)

    def show_case(self, guid: str) -> bool:
        """Shows a case; false where it is gone."""
        from qda.coding.material import cases

        rows = cases(self._desk.project)
        row = next((c for c in rows if c.guid == guid), None)
        if row is None:
            return False
        if guid != self.guid:
            self.name.flush()
            self.description.flush()
            self.guid = guid
            self.name.show_other(row.name)
            self.description.show_other(row.description)
        else:
            self.name.show_text(row.name)
            self.description.show_text(row.description)
        names = list(dict.fromkeys(name for case in rows for name in case.attributes))
        self.attributes.show_values(names, row.attributes, writable=not self._desk.project.read_only)
        self._show_folder(row)
        return True

    def _show_folder(self, row: "CaseRow") -> None:
        from qda.coding.material import sources
        from qda.coding.memo_queries import memos
        from qda.ui.memos.targets import kind_name

        while (item := self._documents.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        titles = {s.guid: s.title for s in sources(self._desk.project)}
        for at, guid in enumerate(row.sources):
            self._link(titles[guid], f"case_document_{at}", partial(self.document_wanted.emit, guid))
        target = f"case:{row.guid}"
        for at, memo in enumerate(memos(self._desk.project, target=target)):
            words = f"{kind_name(memo.kind)}: {memo.title}"
            self._link(words, f"case_memo_{at}", partial(self._desk.memo_wanted.emit, memo.guid, ""))
        if not self._desk.project.read_only:
            self._link(
                _("Write a case portrait …"), "case_portrait", lambda: self._desk.memo_wanted.emit("", target)
            )

    def _link(self, words: str, name: str, act: "Callable[[], object]") -> None:
        link = LinkButton(words.replace("&", "&&"), name, self._form, flush=True)
        link.clicked.connect(lambda _checked=False: act())
        self._documents.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    # -- acts ------------------------------------------------------------------------------------------------

    def _rename(self, name: str) -> None:
        from qda.coding.cases import rename_case

        if name.strip():
            self._desk.do(rename_case, case=self.guid, name=name)

    def _describe(self, text: str) -> None:
        from qda.coding.cases import describe_case

        self._desk.do(describe_case, case=self.guid, text=text)

    def _set_attribute(self, name: str, value: str) -> None:
        from qda.coding.attributes import set_attribute

        self._desk.do(set_attribute, case=self.guid, name=name, value=value)
