"""A document's page: what it is, whose it is, who speaks in it, how its file came in, how it begins."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.asking import NEW_CASE, ask_new_case
from qda.ui.fonts import px, reading_font
from qda.ui.material.fields import Choice, none_first, title_field
from qda.ui.material.file_facts import FileFacts
from qda.ui.material.speakers_table import SpeakersTable
from qda.ui.material.words import KINDS, LANGUAGES
from qda.ui.status import locale
from qda.ui.surfaces import Line, on_paper, scrolled, section, small

if TYPE_CHECKING:
    from qda.coding.rows import SourceRow
    from qda.ui.desk import Desk

_BEGINNING = 6  # paragraphs shown of the text


class DocumentPage(QWidget):
    """One document; every choice is an act."""

    read_wanted = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.guid = ""
        page = QWidget()
        on_paper(page)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(px(40), px(28), px(40), px(40))
        self._form = QWidget(page)
        self._form.setMaximumWidth(px(860))
        outer.addWidget(self._form, 1)
        self._build(QVBoxLayout(self._form))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolled(page))

    def _build(self, box: QVBoxLayout) -> None:
        form = self._form
        writable = not self._desk.project.read_only
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(14))
        head = QHBoxLayout()
        self.title = title_field("document_title", _("Title of the document"), form)
        self.title.setReadOnly(not writable)
        self.title.settled.connect(self._rename)
        head.addWidget(self.title, 1)
        self.read = QPushButton(_("Read and code"), form)
        self.read.setObjectName("document_read")
        self.read.setAccessibleName(_("Read and code this document"))
        self.read.setDefault(True)
        self.read.clicked.connect(lambda: self.read_wanted.emit(self.guid))
        head.addWidget(self.read)
        self._counts = small("", form)
        top = QVBoxLayout()
        top.setSpacing(px(2))
        top.addLayout(head)
        top.addWidget(self._counts)
        box.addLayout(top)
        box.addLayout(self._choices(form, writable))
        box.addWidget(Line(form))
        box.addWidget(section(_("Who speaks"), form))
        self.speakers = SpeakersTable(self._desk, form)
        box.addWidget(self.speakers)
        self._header_title = section(_("From the head of the file"), form)
        self._header = QGridLayout()
        self._header.setHorizontalSpacing(px(16))
        self._header.setVerticalSpacing(px(3))
        self._header.setColumnStretch(1, 1)
        box.addWidget(Line(form))
        box.addWidget(self._header_title)
        box.addLayout(self._header)
        box.addWidget(Line(form))
        self.facts = FileFacts(self._desk, form)
        self.facts.replace_wanted.connect(self.ask_corrected)
        self.facts.export_wanted.connect(self.ask_export)
        box.addWidget(self.facts)
        box.addWidget(Line(form))
        box.addWidget(section(_("How it begins"), form))
        self._beginning = QLabel(form)
        self._beginning.setObjectName("document_beginning")
        self._beginning.setAccessibleName(_("How the document begins"))
        self._beginning.setWordWrap(True)
        self._beginning.setFont(reading_font())
        self._beginning.setTextFormat(Qt.TextFormat.RichText)
        self._beginning.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(self._beginning)
        box.addStretch(1)

    def _choices(self, form: QWidget, writable: bool) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(3))
        self.kind = Choice("document_kind", _("Kind"), [(k, _(w)) for k, w in KINDS], form)
        self.case = Choice("document_case", _("Case"), [], form)
        self.group = Choice("document_group", _("Group"), [], form)
        self.language = Choice("document_language", _("Language"), [(k, _(w)) for k, w in LANGUAGES], form)
        for column, choice in enumerate((self.kind, self.case, self.group, self.language)):
            label = small(choice.accessibleName(), form)
            label.setBuddy(choice)
            choice.setEnabled(writable)
            choice.setMinimumWidth(px(120))
            grid.addWidget(label, 0, column)
            grid.addWidget(choice, 1, column)
            grid.setColumnStretch(column, 1)
        self.kind.activated.connect(self._set_kind)
        self.case.activated.connect(self._set_case)
        self.group.activated.connect(self._set_group)
        self.language.activated.connect(self._set_language)
        return grid

    # -- showing ---------------------------------------------------------------------------------------------

    def show_document(self, guid: str) -> bool:
        """Shows a document; false where it is gone."""
        from qda.coding.material import cases, groups, source, speakers

        project = self._desk.project
        row = source(project, guid)
        if row is None:
            return False
        if guid != self.guid:
            self.title.flush()
            self.guid = guid
            self.title.show_other(row.title)
            self._show_beginning()
        else:
            self.title.show_text(row.title)
        known = cases(project)
        self.kind.show_key(row.kind)
        self.language.show_key(row.language)
        self.case.fill([*none_first((c.guid, c.name) for c in known), (NEW_CASE, _("New case…"))])
        self.case.show_key(row.case or "")
        self.group.fill(none_first(((g.guid, g.name) for g in groups(project)), _("no group")))
        self.group.show_key(row.group or "")
        self._counts.setText(counted(row))
        self.speakers.show_speakers(guid, speakers(project, guid), known)
        self._show_header(row)
        self.facts.show_facts(row)
        return True

    def _show_header(self, row: "SourceRow") -> None:
        _empty(self._header)
        self._header_title.setVisible(bool(row.header))
        for at, (key, value) in enumerate(row.header):
            words = QLabel(value, self._form)
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._header.addWidget(small(key, self._form), at, 0, Qt.AlignmentFlag.AlignTop)
            self._header.addWidget(words, at, 1)

    def _show_beginning(self) -> None:
        from html import escape

        from qda.coding.material import paragraphs, text

        project = self._desk.project
        rows, whole = paragraphs(project, self.guid), text(project, self.guid)
        first = next((i for i, p in enumerate(rows) if p.opens_turn), 0)
        shown = rows[first : first + _BEGINNING]
        lines = []
        leading = f"line-height:{px(24)}px; -qt-line-height-type:fixed"
        for row in shown:
            words = escape(whole[row.label_stop : row.stop].strip())
            speaker = f"<b>{escape(row.speaker)}</b>&nbsp;&nbsp;" if row.opens_turn and row.speaker else ""
            lines.append(f"<p style='margin:0 0 {px(8)}px 0; {leading}'>{speaker}{words}</p>")
        self._beginning.setText("".join(lines))

    # -- acts ------------------------------------------------------------------------------------------------

    def _rename(self, title: str) -> None:
        from qda.coding.documents import rename_source

        if title.strip():
            self._desk.do(rename_source, source=self.guid, title=title)

    def _set_kind(self) -> None:
        from qda.coding.documents import set_source_kind

        self._desk.do(set_source_kind, source=self.guid, kind=self.kind.currentData())

    def _set_language(self) -> None:
        from qda.coding.documents import set_source_language

        self._desk.do(set_source_language, source=self.guid, language=self.language.currentData())

    def _set_case(self) -> None:
        from qda.coding.documents import set_source_case

        if self.case.currentData() == NEW_CASE:
            ask_new_case(self, self._desk, self.guid, lambda: self.show_document(self.guid))
        else:
            self._desk.do(set_source_case, source=self.guid, case=self.case.currentData() or None)

    def _set_group(self) -> None:
        from qda.coding.documents import move_to_group

        self._desk.do(move_to_group, source=self.guid, group=self.group.currentData() or None)

    def ask_corrected(self) -> None:
        """Opens the dialog that replaces the document by a corrected file."""
        from qda.ui.turns.replacing import ReplaceDialog

        dialog = ReplaceDialog(self._desk, self.guid, self.title.text(), self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_export(self) -> None:
        """Asks where the transcript is to be written, with its times and own line numbers."""
        self.facts.ask_export(self.title.text())


def counted(row: "SourceRow") -> str:
    """The figures of a document in one line."""
    say = locale().toString
    return " · ".join(
        (
            ngettext("{n} paragraph", "{n} paragraphs", row.paragraphs).format(n=say(row.paragraphs)),
            ngettext("{n} turn", "{n} turns", row.turns).format(n=say(row.turns)),
            _("{n} characters").format(n=say(row.length)),
            ngettext("{n} coding", "{n} codings", row.codings).format(n=say(row.codings)),
        )
    )


def _empty(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
