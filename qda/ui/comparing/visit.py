"""A visit to an earlier passage: beside its text stands the passage in hand, and Esc leads back to it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qda.coding.partial import place_of_coding
from qda.coding.rows import CodingRow
from qda.i18n import _
from qda.ui.comparing.passage import ComparedPassage
from qda.ui.fonts import px
from qda.ui.navigator.codebook import CodeBook
from qda.ui.open_coding.parts import SIDE, ChipTitle, Section, clear
from qda.ui.places import Panel
from qda.ui.surfaces import on_panel, scrolled, small
from qda.ui.transcript.margin import shown_name

if TYPE_CHECKING:
    from qda.coding.rows import SegmentRow
    from qda.ui.comparing.section import ComparingSection
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane
    from qda.ui.open_coding.workspace import Workspace

KEY: Final = "comparing"


class VisitPanel(Panel):
    """Where one came from; it stands there while one reads around an earlier passage.

    Esc in the text or here goes back; who sets another coding apart stays there.
    """

    key = KEY
    came_back = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._workspace: Workspace | None = None
        self._pane: TranscriptPane | None = None
        self._in_hand: CodingRow | None = None
        self._source = self._place = ""
        self._going = False
        self._by_keys = False
        self.setObjectName("visit")
        self.setAccessibleName(_("Compare"))
        on_panel(self)
        self.back = QPushButton(_("Back to the passage in hand"), self)
        self.back.setObjectName("visit_back")
        self.back.setAccessibleName(self.back.text())
        self.back.setToolTip(_("Esc"))
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self.go_back)
        self.title = ChipTitle(self)
        self.mine = Section(_("In hand"), self)
        self.theirs = Section(_("Earlier"), self)
        self._build()
        desk.coding_chosen.connect(self._coding_chosen)
        desk.code_chosen.connect(self._coding_chosen)
        self.hide()

    def _build(self) -> None:
        inside = QWidget(self)
        on_panel(inside)
        head = QVBoxLayout()
        head.setContentsMargins(px(SIDE), px(10), px(SIDE), px(10))
        head.setSpacing(px(6))
        head.addWidget(self.title)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        head.addLayout(row)
        head.addWidget(small(_("Esc leads back to the same place."), self, wrap=True))
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.theirs)
        box.addWidget(self.mine)
        box.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = scrolled(inside)
        on_panel(area.viewport())
        outer.addWidget(area)

    @property
    def on(self) -> bool:
        """Whether one is at an earlier passage."""
        return self._in_hand is not None

    def visit(self, workspace: "Workspace", row: "SegmentRow", in_hand: CodingRow, *, by_keys: bool) -> None:
        """Goes to an earlier passage; after it one is in the list again if one was there (``by_keys``)."""
        if not self.on:
            self._source = workspace.pane.source
            self._place = workspace.pane.view.place()
            self._by_keys = by_keys
        self._workspace, self._in_hand = workspace, in_hand
        self._show(row, in_hand)
        self._going = True
        try:
            self._desk.source_wanted.emit(row.source, row.start, row.stop)
            workspace.show_panel(self.key, type(self))
        finally:
            self._going = False
        self._pane = workspace.pane
        self._pane.view.installEventFilter(self)
        self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, row: "SegmentRow", in_hand: CodingRow) -> None:
        code = CodeBook.of(self._desk).row(in_hand.code)
        name = shown_name(in_hand.code_name, in_hand.in_vivo)
        self.title.show_code(name, in_hand.colour, italic=in_hand.in_vivo, core=bool(code and code.core))
        for section, shown in ((self.mine, in_hand.segment), (self.theirs, row)):
            clear(section.box)
            passage = ComparedPassage(shown, leads=False, parent=section)
            passage.quote.unfold(whole=True)
            section.box.addWidget(passage)
            passage.show()
            if section is self.mine:
                passage.wanted.connect(lambda _row: self.go_back())
            else:
                passage.wanted.connect(
                    lambda wanted: self._desk.source_wanted.emit(wanted.source, wanted.start, wanted.stop)
                )

    def go_back(self) -> None:
        """Back to the passage in hand, with the text where it was."""
        workspace, in_hand = self._workspace, self._in_hand
        if workspace is None or in_hand is None:
            return
        self._end()
        if self._pane is not None and self._pane in workspace.panes.all:
            self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason)  # of two texts the one that was read
        self._desk.source_wanted.emit(self._source, -1, -1)
        workspace.pane.view.clear_selection()
        there = place_of_coding(self._desk.project, in_hand.guid) is not None  # or undone meanwhile
        self._desk.coding_chosen.emit(in_hand.guid if there else "")
        workspace.pane.view.go_to_place(self._place)
        workspace.close_panel()
        self.came_back.emit()
        if self._by_keys and there:
            section: ComparingSection = workspace.inspector.coding.comparing
            QTimer.singleShot(0, section, section.take_focus)

    def _end(self) -> None:
        if self._pane is not None and self._workspace is not None and self._pane in self._workspace.panes.all:
            self._pane.view.removeEventFilter(self)
        self._in_hand = None

    def _coding_chosen(self, guid: str) -> None:
        if guid and self.on and not self._going:
            self._end()  # one goes on from here
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if self.on and escape and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self.on and escape and event.type() is QEvent.Type.KeyPress:
            self.go_back()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocusProxy(self.back)


def visit(workspace: "Workspace", row: "SegmentRow", in_hand: CodingRow, left: "QWidget | None") -> None:
    """Goes to an earlier passage of the code of the coding in hand."""
    by_keys = left is not None and left.hasFocus()  # before the panel takes the place of the list
    panel = workspace.show_panel(KEY, VisitPanel)
    if isinstance(panel, VisitPanel):
        panel.visit(workspace, row, in_hand, by_keys=by_keys)


def back_from_visit(workspace: "Workspace") -> bool:
    """Back to the passage in hand, where one is at an earlier one; tells whether that was so."""
    panel = workspace.findChild(VisitPanel, "visit")
    if not isinstance(panel, VisitPanel) or not panel.on:
        return False
    panel.go_back()
    return True
