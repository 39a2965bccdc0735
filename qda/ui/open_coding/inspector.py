"""The right side: the code chosen, the coding set apart, or the document in view."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from qda.ui.navigator.codebook import CodeBook
from qda.ui.open_coding.code_page import CodePage
from qda.ui.open_coding.coding_page import CodingPage
from qda.ui.open_coding.document_page import DocumentPage
from qda.ui.surfaces import on_panel, scrolled

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk


class Inspector(QWidget):
    """Shows what was turned to last; every page follows the acts while it is in view."""

    left = Signal()  # Esc in a field: back to the text

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("inspector")
        on_panel(self)
        self.code = CodePage(desk)
        self.coding = CodingPage(desk)
        self.document = DocumentPage(desk)
        self._stack = QStackedWidget(self)
        self._areas: dict[QWidget, QScrollArea] = {}
        for page in (self.document, self.code, self.coding):
            on_panel(page)
            area = scrolled(page)
            on_panel(area.viewport())
            self._areas[page] = area
            self._stack.addWidget(area)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self.code.left.connect(self.left)
        self.coding.left.connect(self.left)
        self.coding.sheet_wanted.connect(self._sheet)
        desk.changed.connect(self._changed)
        desk.code_chosen.connect(self._code_chosen)
        desk.coding_chosen.connect(self._coding_chosen)
        desk.source_shown.connect(self.show_document)
        CodeBook.of(desk).refreshed.connect(self._codes_refreshed)

    @property
    def page(self) -> QWidget:
        """The page in view."""
        area = self._stack.currentWidget()
        return next(page for page, its in self._areas.items() if its is area)

    def _turn_to(self, page: QWidget) -> None:
        if self._stack.currentWidget() is not self._areas[page]:
            self._stack.setCurrentWidget(self._areas[page])
        self._areas[page].verticalScrollBar().setValue(0)

    def show_document(self, source: str) -> None:
        """The document in view."""
        self._turn_to(self.document)
        self.document.show_source(source)

    def _code_chosen(self, guid: str) -> None:
        if guid:
            self._turn_to(self.code)
            self.code.set_coding(self._desk.coding)
            self.code.show_code(guid)
        elif self.page is self.code:
            self.show_document(self._desk.source)

    def _sheet(self, code: str) -> None:
        self._desk.code_chosen.emit(code)
        self._code_chosen(code)

    def _coding_chosen(self, guid: str) -> None:
        self.code.set_coding(guid)
        if guid:
            self._turn_to(self.coding)
            self.coding.show_coding(guid)
        elif self.page is self.coding:
            if self._desk.code:
                self._code_chosen(self._desk.code)
            else:
                self.show_document(self._desk.source)

    def _codes_refreshed(self) -> None:
        if self.page is self.code:
            self.code.refresh()

    def _changed(self, change: "Changed") -> None:
        if self.page is self.coding and not self._desk.coding:  # it is gone
            self._coding_chosen("")
        elif self.page is self.code and not self._desk.code:
            self.show_document(self._desk.source)
        if not self.isVisible():
            return
        page = self.page
        if isinstance(page, CodePage | CodingPage | DocumentPage):
            page.changed(change)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        page = self.page
        if isinstance(page, CodePage | CodingPage | DocumentPage):
            page.refresh()

    def write_comment(self) -> None:
        """Puts the cursor into the comment of the coding set apart."""
        if self._desk.coding:
            self._coding_chosen(self._desk.coding)
            self.coding.refresh()
            self.coding.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.coding.comment.to_end()

    def write_definition(self, code: str) -> None:
        """Puts the cursor into the first field of a code's sheet."""
        self._sheet(code)
        self.code.refresh()
        field = next(iter(self.code.fields.values()), None)
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.to_end()
