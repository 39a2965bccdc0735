"""The sheet of a category as a page: texts, dimensions and questions, passages and history side by side."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.open_coding.code_page import CodePage
from qda.ui.places import Page
from qda.ui.surfaces import Line, LinkButton, on_panel, on_paper, scrolled, small

if TYPE_CHECKING:
    from qda.models import Changed
    from qda.ui.desk import Desk


class WideCodePage(CodePage):
    """The same sections in three columns."""

    def _arrange(self) -> None:
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setObjectName("sheet_columns")
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        texts, dimensions, passages = QWidget(), QWidget(), QWidget()
        first = _column(texts)
        first.addLayout(self.head)
        for section in (*self.text_sections, self.memos):
            first.addWidget(section)
        second = _column(dimensions)
        for section in (self.properties, self.profile, self.gaps, self.spread, self.neighbours):
            second.addWidget(section)
        third = _column(passages)
        for section in (self.passages, self.life):
            third.addWidget(section)
        for column, box in ((texts, first), (dimensions, second), (passages, third)):
            box.addStretch(1)
            on_paper(column)
            area = scrolled(column)
            on_paper(area.viewport())
            columns.addWidget(area)
        columns.setSizes([px(430), px(540), px(470)])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(columns)
        self.profile.set_open(on=True)


def _column(inside: QWidget) -> QVBoxLayout:
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    return box


class SheetPage(Page):
    """Follows the code chosen; a passage leads to the text."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setObjectName("sheet_page")
        self.setAccessibleName(_("Sheet of the category"))
        self.sheet = WideCodePage(desk, self)
        self.empty = QLabel(_("Choose a code in the code tree; its sheet appears here."), self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("quiet", True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._bar())
        box.addWidget(Line(self))
        box.addWidget(self.empty, 1)
        box.addWidget(self.sheet, 1)
        self.sheet.left.connect(self.closed)
        desk.code_chosen.connect(self._chosen)
        desk.coding_chosen.connect(lambda guid: self._leave() if guid else None)
        desk.source_wanted.connect(lambda *_place: self._leave())
        desk.changed.connect(self._changed)

    def _bar(self) -> QWidget:
        bar = on_panel(QWidget(self))
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(16), px(6), px(12), px(6))
        row.setSpacing(px(8))
        hint = small(_("A passage leads to the text."), bar)
        grid = LinkButton(_("Typology of two properties…"), "sheet_typology", bar)
        grid.clicked.connect(self._typology)
        back = LinkButton(_("Back to the text"), "back_to_text", bar)
        back.clicked.connect(self.closed)
        row.addWidget(heading(_("Sheet of the category"), bar))
        row.addWidget(hint, 1)
        row.addWidget(grid)
        row.addWidget(back)
        return bar

    def refresh(self) -> None:
        """Shows the code chosen as it is now."""
        code = self._desk.code
        self.empty.setVisible(not code)
        self.sheet.setVisible(bool(code))
        if code:
            self.sheet.set_coding(self._desk.coding)
            self.sheet.show_code(code)
            self.sheet.refresh()

    def focus_first(self) -> None:
        """Into the first field."""
        field = next(iter(self.sheet.fields.values()), None)
        if field is not None and self.sheet.isVisible():
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, _code: str) -> None:
        if self.isVisible():
            self.refresh()

    def _leave(self) -> None:
        if self.isVisible():
            self.closed.emit()

    def _changed(self, change: "Changed") -> None:
        if self.isVisible():
            self.sheet.changed(change)

    def _typology(self) -> None:
        window = self.window()
        action = getattr(window, "action", None)
        if action is not None:
            action("typology").trigger()
