"""What the study holds for an audit question: figures and lists with links, passages with their places."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qda.coding.audit_data import AuditLine
from qda.i18n import _, ngettext
from qda.ui.fonts import QUOTE, px, reading_font, ui_font
from qda.ui.history.step_panel import show_now
from qda.ui.open_coding.parts import INSET, Quote, TitleLink, clear, keeping_focus, link, links, minor
from qda.ui.status import told_date
from qda.ui.surfaces import small

if TYPE_CHECKING:
    from qda.coding.rows import SegmentRow
    from qda.ui.desk import Desk

_MOST: Final = 60  # lines shown at first
_STEP: Final = 20  # how far a level is moved in
_TEXT: Final = 3000  # signs of a text


class FiguresPart(QWidget):
    """Built anew for each question; a line leads to what it is about."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: Sequence[AuditLine] | None = None
        self._all = False
        self.setObjectName("audit_figures")
        self.setAccessibleName(_("What the study holds"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px(8), 0, 0)
        box.setSpacing(px(6))
        title = small(_("What the study holds"), self)
        title.setFont(ui_font(semibold=True))
        box.addWidget(title)
        self._box = QVBoxLayout()
        self._box.setSpacing(px(4))
        box.addLayout(self._box)
        box.addStretch(1)

    def show_lines(self, lines: Sequence[AuditLine] | None) -> None:
        """Shows the lines of another question; none while they are being read."""
        if lines == self._lines and lines is not None:
            return
        self._lines, self._all = lines, False
        self._build()

    def _build(self) -> None:
        with keeping_focus(self):
            clear(self._box)
            if self._lines is None:
                self._box.addWidget(minor(_("Being read…"), self))
                return
            shown = self._lines if self._all else self._lines[:_MOST]
            for line in shown:
                self._line(line)
            if more := len(self._lines) - len(shown):
                words = ngettext("{n} more line", "{n} more lines", more).format(n=more)
                self._box.addLayout(links(link(words, "more_lines", self._show_all)))
            show_now(self._box)

    def _show_all(self) -> None:
        self._all = True
        self._build()

    def _line(self, line: AuditLine) -> None:
        holder = QVBoxLayout()
        holder.setContentsMargins(px(_STEP) * line.level, px(4) if not line.level else 0, 0, 0)
        holder.setSpacing(px(2))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        if line.about:
            name = TitleLink(line.words, "audit_line")
            name.setAccessibleName(line.words)
            name.setFont(ui_font(semibold=not line.level))
            name.clicked.connect(lambda: self._lead(line.about))
            head.addWidget(name)
            head.addStretch(1)
        else:
            words = QLabel(line.words, self)
            words.setWordWrap(True)
            words.setContentsMargins(px(INSET), 0, px(INSET), 0)
            words.setFont(ui_font(semibold=bool(line.text) and not line.level))
            head.addWidget(words, 1)
        if line.at is not None:
            day = small(told_date(line.at, "d MMM yyyy"), self)
            head.addWidget(day, 0, Qt.AlignmentFlag.AlignTop)
        holder.addLayout(head)
        if line.text:
            whole = "\n".join(part for part in line.text.splitlines() if part.strip())
            short = whole if len(whole) <= _TEXT else whole[: _TEXT - 1].rstrip() + "…"
            text = QLabel(short, self)
            text.setFont(reading_font(QUOTE))
            text.setWordWrap(True)
            text.setContentsMargins(px(INSET), 0, px(INSET), px(2))
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            holder.addWidget(text)
        for row in dict.fromkeys(line.passages):
            holder.addWidget(self._quote(row))
        self._box.addLayout(holder)

    def _quote(self, row: "SegmentRow") -> Quote:
        quote = Quote(row, lines=3, parent=self)
        quote.setObjectName("passage")
        quote.clicked.connect(lambda: self._desk.source_wanted.emit(row.source, row.start, row.stop))
        return quote

    def _lead(self, about: str) -> None:
        """To what a line is about."""
        desk = self._desk
        kind, _colon, guid = about.partition(":")
        if kind == "relation":
            desk.workspace_wanted.emit("axial")
            desk.relation_chosen.emit(guid)
            _leave(self)
        elif kind == "code":
            desk.code_chosen.emit(guid)
            desk.workspace_wanted.emit("open")
        elif kind == "case":
            desk.workspace_wanted.emit("material")
            desk.case_chosen.emit(guid)
        elif kind == "memo":
            desk.memo_wanted.emit(guid, "")
        elif kind == "source":
            desk.source_wanted.emit(guid, -1, -1)
        elif kind == "segment":
            from qda.coding.material import segments

            for row in segments(desk.project, guids=[guid]):
                desk.source_wanted.emit(row.source, row.start, row.stop)


def _leave(part: QWidget) -> None:
    """What is shown stands behind the page: the page goes."""
    from qda.ui.places import Page

    page = part.parentWidget()
    while page is not None and not isinstance(page, Page):
        page = page.parentWidget()
    if isinstance(page, Page):
        page.closed.emit()
