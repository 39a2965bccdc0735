"""The passages behind a cell or a tile, beside the picture; Enter or a double click leads to the text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.coding.rows import SegmentRow
from qda.i18n import _
from qda.ui.fonts import px, ui_font
from qda.ui.hits.passages import PassageList
from qda.ui.surfaces import LinkButton, on_panel, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk


class _List(PassageList):
    """Escape goes back to the picture."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CellPanel(QWidget):
    """What a cell counts. ``more_wanted`` asks for further passages, ``text_wanted`` leads to one."""

    more_wanted = Signal(int)  # how many are there already
    text_wanted = Signal(object)  # SegmentRow
    left = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[SegmentRow] = []
        self._total = 0
        self.setObjectName("cell_panel")
        on_panel(self)
        self.title = QLabel("", self)
        self.title.setObjectName("cell_title")
        self.title.setFont(ui_font(semibold=True))
        self.title.setWordWrap(True)
        self.figures = small("", self, wrap=True)
        self.figures.setObjectName("cell_figures")
        self.list = _List("cell_passages", _("Passages of the cell"), self)
        self.list.setProperty("panel", True)
        self.list.taken.connect(self.text_wanted)
        self.list.doubleClicked.connect(lambda _index: self._open())
        self.list.left.connect(self.left)
        self.list.copied.connect(desk.told)
        self.more = LinkButton(_("More"), "more_passages", self, flush=True)
        self.more.clicked.connect(lambda: self.more_wanted.emit(len(self._rows)))
        self.open = QPushButton(_("Open in the text"), self)
        self.copy = QPushButton(_("Copy as citation"), self)
        for name, button in (("open_passage", self.open), ("copy_passages", self.copy)):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
        self.open.clicked.connect(self._open)
        self.copy.clicked.connect(self.list.copy_chosen)
        self._lay_out()
        self.show_nothing(_("Choose a cell: its passages are listed here."))

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(px(16), px(12), px(12), px(8))
        head.setSpacing(px(4))
        head.addWidget(self.title)
        head.addWidget(self.figures)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(8), px(12), px(10))
        foot.setSpacing(px(6))
        for widget in (self.open, self.copy, self.more):
            foot.addWidget(widget)
        foot.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.list, 1)
        box.addLayout(foot)

    def show_nothing(self, words: str) -> None:
        """No cell is in hand."""
        self.title.setText("")
        self.title.hide()
        self.figures.hide()
        self._rows, self._total = [], 0
        self.list.set_passages([])
        self.list.set_empty(words)
        self._buttons()

    def show_cell(self, title: str, figures: str) -> None:
        """Says which cell it is; its passages follow."""
        self.title.setText(title)
        self.title.setAccessibleName(title)
        self.title.show()
        self.figures.setText(figures)
        self.figures.setVisible(bool(figures))
        self._rows, self._total = [], 0
        self.list.set_passages([])
        self.list.set_empty("")
        self._buttons()

    def show_passages(self, rows: Sequence[SegmentRow], total: int, *, offset: int = 0) -> None:
        """The passages of the cell, or further ones."""
        if offset and offset == len(self._rows):
            self._rows += rows
            self.list.add_items(rows)
        else:
            self._rows = list(rows)
            self.list.set_passages(rows)
            self.list.scrollToTop()
        self._total = total
        self.list.set_empty(_("No passage stands here."))
        self._buttons()

    def _buttons(self) -> None:
        some, rest = bool(self._rows), self._total - len(self._rows)
        self.open.setEnabled(some)
        self.copy.setEnabled(some)
        self.more.setVisible(rest > 0)

    @property
    def rows(self) -> list[SegmentRow]:
        """The passages that are listed."""
        return list(self._rows)

    def focus_list(self) -> None:
        """On from the picture to the passages."""
        if self._rows:
            if self.list.current is None:
                self.list.choose_first()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        if self.list.current is None:
            self.list.choose_first()
        if (row := self.list.current) is not None:
            self.text_wanted.emit(row)
