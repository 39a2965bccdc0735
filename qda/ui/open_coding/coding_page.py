"""The coding set apart, in the inspector: its code, words, coder and comment, and what is done with it."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from qda.coding import codes, open_coding, partial
from qda.coding.citation import quoted
from qda.coding.origins import SEARCH, SUGGESTION
from qda.coding.rows import CodingRow
from qda.i18n import _, ngettext
from qda.ui.comparing.section import ComparingSection
from qda.ui.comparing.visit import visit
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.navigator.codebook import CodeBook
from qda.ui.open_coding.flow import Flow
from qda.ui.open_coding.memos_section import MemosSection
from qda.ui.open_coding.parts import (
    INSET,
    SIDE,
    ChipTitle,
    InPlace,
    Quote,
    Section,
    clear,
    link,
    links,
    rebuilding,
)
from qda.ui.open_coding.properties_section import PropertiesSection
from qda.ui.transcript.margin import shown_name

if TYPE_CHECKING:
    from qda.coding.rows import SegmentRow
    from qda.models import Changed
    from qda.ui.desk import Desk
    from qda.ui.open_coding.workspace import Workspace

_SOON_MS: Final = 50


class CodingPage(QWidget):
    """One coding. What is asked of it goes out as signals; the comment is saved as it is typed."""

    recode_wanted = Signal()
    resize_wanted = Signal()
    remove_wanted = Signal()
    sheet_wanted = Signal(str)  # the sheet of this code
    left = Signal()  # Esc in the comment

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._coding = ""
        self._code = ""
        self._fresh = False  # another coding than before: its comment is not shown yet
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(px(SIDE), px(10), px(SIDE), px(2))
        head.setSpacing(px(4))
        self.title = ChipTitle(self)
        self.line = QLabel(self)
        self.line.setFont(ui_font(SMALL))
        self.line.setProperty("quiet", True)
        self.line.setWordWrap(True)
        head.addWidget(self.title)
        head.addWidget(self.line)
        self.sheet = link(_("Sheet of the code"), "code_sheet", lambda: self.sheet_wanted.emit(self._code))
        box.addLayout(head)
        row = links(self.sheet)
        row.setContentsMargins(px(SIDE - INSET), 0, 0, px(6))
        box.addLayout(row)
        self.passage = Section(_("Passage"), self)
        box.addWidget(self.passage)
        box.addLayout(self._buttons())
        section = Section(_("Comment"), self)
        self.comment = InPlace(
            "coding_comment", _("Comment"), _("What is to be said about this coding"), section
        )
        self.comment.setReadOnly(desk.project.read_only)
        self.comment.settled.connect(self._write)
        self.comment.left.connect(self.left)
        section.box.addWidget(self.comment)
        box.addWidget(section)
        self.comparing = ComparingSection(desk, self)
        self.comparing.left.connect(self.left)
        self.comparing.recode_wanted.connect(self.recode_wanted)
        self.comparing.remove_wanted.connect(self.remove_wanted)
        self.comparing.place_wanted.connect(self._visit)
        self.properties = PropertiesSection(desk, self)
        self.memos = MemosSection(desk, self)
        box.addWidget(self.comparing)
        box.addWidget(self.properties)
        box.addWidget(self.memos)
        box.addStretch(1)

    def _buttons(self) -> Flow:
        row = Flow(px(6))
        row.setContentsMargins(px(SIDE), 0, px(SIDE), px(12))
        for name, words, signal in (
            ("recode", _("Recode…"), self.recode_wanted),
            ("resize", _("Resize"), self.resize_wanted),
            ("remove_coding", _("Remove"), self.remove_wanted),
        ):
            button = QPushButton(words, self)
            button.setObjectName(name)
            button.setAccessibleName(words.rstrip("…"))
            button.setAutoDefault(False)
            button.setEnabled(not self._desk.project.read_only)
            button.clicked.connect(signal)
            row.addWidget(button)
        return row

    def _write(self, words: str) -> None:
        if self._coding:
            self._desk.do(open_coding.comment_coding, coding=self._coding, comment=words)

    def show_coding(self, coding: str) -> None:
        """Shows another coding."""
        if coding != self._coding:
            self.comment.flush()
            self._coding, self._fresh = coding, True
        self._soon.start()

    def changed(self, change: "Changed") -> None:
        """An act was done."""
        relevant = {"code", "coding", "segment", "property", "property_value", "memo", "memo_link", "source"}
        if change.tables & relevant:
            self._soon.start()
        self.comparing.changed(change)

    def _row(self) -> CodingRow | None:
        return next(iter(codes.codings(self._desk.project, guids=[self._coding])), None)

    def refresh(self) -> None:
        """Shows the coding as it is now."""
        self._soon.stop()
        row = self._row() if self._coding else None
        if row is None:
            return
        self._code = row.code
        book = CodeBook.of(self._desk)
        code = book.row(row.code)
        name = shown_name(row.code_name, row.in_vivo)
        self.title.show_code(name, row.colour, italic=row.in_vivo, core=bool(code and code.core))
        words = len(row.segment.text.split())
        parts = [
            ngettext("{n} word", "{n} words", words).format(n=words),
            _("coded by {coder}").format(coder=row.coder),
        ]
        if row.origin == SEARCH:
            from_words = _("from a search for {words}").format(words=quoted(row.searched))
            parts.append(from_words if row.searched else _("from a search"))
        if row.origin == SUGGESTION:
            parts.append(_("taken from the suggestions"))
        self.line.setText(" · ".join(parts))
        with rebuilding(self):
            self._show_passage(row)
            self.properties.setVisible(bool(codes.properties(self._desk.project, row.code)))
            if self.properties.isVisibleTo(self):
                place = partial.place_of_coding(self._desk.project, self._coding)
                self.properties.show_code(row.code, place)
            self.memos.show_memos([f"coding:{self._coding}", f"segment:{row.segment.guid}"])
        self.comparing.show_coding(row)
        (self.comment.show_other if self._fresh else self.comment.show_text)(row.comment)
        self._fresh = False

    def _visit(self, row: "SegmentRow", in_hand: CodingRow, left: QWidget) -> None:
        """Goes to an earlier passage of the code; Esc leads back."""
        above: QWidget | None = self
        while above is not None and above.objectName() != "open_coding":
            above = above.parentWidget()
        if above is not None:
            visit(cast("Workspace", above), row, in_hand, left)

    def _show_passage(self, row: CodingRow) -> None:
        clear(self.passage.box)
        span = row.segment
        quote = Quote(span, lines=6, parent=self)
        quote.setObjectName("passage")
        quote.clicked.connect(lambda: self._desk.source_wanted.emit(span.source, span.start, span.stop))
        self.passage.box.addWidget(quote)
