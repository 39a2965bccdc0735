"""The document in view, in the inspector: kind, case, speakers."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from qda.coding import documents, material, partial
from qda.coding.reading import read_counts
from qda.i18n import N_, _, ngettext
from qda.ui.asking import NEW_CASE, ask_new_case
from qda.ui.fonts import SHEET_TITLE, SMALL, px, ui_font
from qda.ui.open_coding.memos_section import MemosSection
from qda.ui.open_coding.parts import INSET, SIDE, Section, breakable, clear, minor

if TYPE_CHECKING:
    from qda.coding.rows import SourceRow, SpeakerRow
    from qda.models import Changed
    from qda.ui.desk import Desk

_SOON_MS: Final = 50
_AFTER_PAINT_MS: Final = 120  # all turns of a long document are gone through for their counts
KINDS: Final = (
    ("interview", N_("Interview")),
    ("focus_group", N_("Focus group")),
    ("field_note", N_("Field note")),
    ("postscript", N_("Postscript")),
    ("document", N_("Document")),
)
ROLES: Final = (
    ("interviewer", N_("Interviewer")),
    ("respondent", N_("Respondent")),
    ("left_out", N_("Left out")),
)


def _box(name: str, says: str, choices: list[tuple[str, str]], chosen: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(says)
    for key, words in choices:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


class DocumentPage(QWidget):
    """One document."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._source = ""
        self._turns = 0
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self._count_soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._count_soon.timeout.connect(self._count)
        self._reading_soon = QTimer(self, singleShot=True, interval=_AFTER_PAINT_MS)
        self._reading_soon.timeout.connect(self._show_reading)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(px(SIDE), px(10), px(SIDE), px(12))
        head.setSpacing(px(4))
        self.title = QLabel(self)
        self.title.setFont(ui_font(SHEET_TITLE, semibold=True))
        self.title.setWordWrap(True)
        self.figures = QLabel(self)
        self.figures.setFont(ui_font(SMALL))
        self.figures.setProperty("quiet", True)
        self.figures.setWordWrap(True)
        head.addWidget(self.title)
        head.addWidget(self.figures)
        self.reading = QLabel(self)
        self.reading.setObjectName("reading_counts")
        self.reading.setFont(ui_font(SMALL))
        self.reading.setProperty("quiet", True)
        self.reading.setWordWrap(True)
        head.addWidget(self.reading)
        desk.reading_changed.connect(self._read_on)
        box.addLayout(head)
        self.about = Section(_("Document"), self)
        self.speakers = Section(_("Speakers"), self)
        self.header = Section(_("Header"), self)
        self.memos = MemosSection(desk, self)
        for section in (self.about, self.speakers, self.header, self.memos):
            box.addWidget(section)
        box.addStretch(1)
        self._show_sections(shown=False)

    def _show_sections(self, *, shown: bool) -> None:
        for section in (self.about, self.speakers, self.header, self.memos):
            section.setVisible(shown)

    def show_source(self, source: str) -> None:
        """Shows another document."""
        self._source = source
        self._soon.start()

    def changed(self, change: "Changed") -> None:
        """An act was done."""
        if change.tables & {"source", "case_", "speaker", "memo", "memo_link"}:
            self._soon.start()
        elif change.tables & {"coding", "paragraph"}:
            self._count_soon.start()

    def refresh(self) -> None:
        """Shows the document as it is now."""
        project = self._desk.project
        row = material.source(project, self._source)
        if not self.isVisible():
            return
        self._show_sections(shown=row is not None)
        if row is None:
            self.title.clear()
            self.figures.clear()
            self.reading.clear()
            return
        self.title.setText(breakable(row.title))
        self._turns = row.turns
        self._show_figures(row.codings)
        self._about(row)
        self._show_speakers(material.speakers(project, self._source))
        clear(self.header.box)
        self.header.setVisible(bool(row.header))
        for key, value in row.header:
            self.header.box.addWidget(minor(f"{key}: {value}" if key else value, self))
        self.memos.show_memos([f"source:{self._source}"])

    def _count(self) -> None:
        """A coding came or went: nothing else differs."""
        if self.isVisible() and not self._soon.isActive():
            self._show_figures(partial.source_counts(self._desk.project, [self._source]).get(self._source, 0))

    def _read_on(self, source: str) -> None:
        if source == self._source:
            self._count_soon.start()

    def _show_reading(self) -> None:
        if not self.isVisible() or not self._source:
            return
        counts = read_counts(self._desk.project, self._source)
        parts = (
            (counts.unread, _("{n} unread")),
            (counts.read, _("{n} read")),
            (counts.coded, _("{n} coded")),
            (counts.uncoded, _("{n} left uncoded")),
        )
        self.reading.setText(" · ".join(words.format(n=n) for n, words in parts if n))

    def _show_figures(self, count: int) -> None:
        turns = ngettext("{n} turn", "{n} turns", self._turns).format(n=self._turns)
        codings = ngettext("{n} coding", "{n} codings", count).format(n=count)
        self.figures.setText(f"{turns} · {codings}")
        self._reading_soon.start()

    def _about(self, row: "SourceRow") -> None:
        clear(self.about.box)
        desk, writable = self._desk, not self._desk.project.read_only
        form = QFormLayout()
        form.setVerticalSpacing(px(6))
        form.setContentsMargins(px(INSET), 0, px(INSET), 0)
        kind = _box("source_kind", _("Kind"), [(key, _(words)) for key, words in KINDS], row.kind)
        kind.activated.connect(
            lambda at: desk.do(documents.set_source_kind, source=row.guid, kind=kind.itemData(at))
        )
        cases = [("", _("None")), *((c.guid, c.name) for c in material.cases(desk.project))]
        cases.append((NEW_CASE, _("New case…")))
        case = _box("source_case", _("Case"), cases, row.case or "")
        case.activated.connect(lambda at: self._set_case(row.guid, case.itemData(at)))
        for label, box in ((_("Kind"), kind), (_("Case"), case)):
            box.setEnabled(writable)
            form.addRow(label, box)
        self.about.box.addLayout(form)

    def _set_case(self, source: str, case: str) -> None:
        if case == NEW_CASE:
            ask_new_case(self, self._desk, source, self.refresh)
        else:
            self._desk.do(documents.set_source_case, source=source, case=case or None)

    def _show_speakers(self, rows: "list[SpeakerRow]") -> None:
        clear(self.speakers.box)
        self.speakers.setVisible(bool(rows))
        form = QFormLayout()
        form.setVerticalSpacing(px(6))
        form.setContentsMargins(px(INSET), 0, px(INSET), 0)
        roles = [(key, _(words)) for key, words in ROLES]
        for row in rows:
            says = _("Role of {speaker}").format(speaker=row.label)
            role = _box("speaker_role", says, roles, row.role)
            role.setEnabled(not self._desk.project.read_only)
            role.activated.connect(
                lambda at, role=role, row=row: self._desk.do(
                    documents.set_speaker_role, speaker=row.guid, role=role.itemData(at)
                )
            )
            turns = ngettext("{n} turn", "{n} turns", row.turns).format(n=row.turns)
            label = QLabel(f"{row.label} · {turns}")
            label.setToolTip(row.name)
            form.addRow(label, role)
        self.speakers.box.addLayout(form)
