"""What a case has agreed to: quoting, archiving, when, and by when its data go. Every entry is an act."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from qda.coding.attributes import whole_date
from qda.i18n import _
from qda.ui.fonts import px
from qda.ui.material.consent_words import CONSENT
from qda.ui.material.fields import Choice, GrowingText
from qda.ui.material.values import CheckedLine, shown_date
from qda.ui.surfaces import section, small

if TYPE_CHECKING:
    from qda.coding.rows import CaseRow
    from qda.ui.desk import Desk


class ConsentForm(QWidget):
    """The section of the case page."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case = ""
        self.setObjectName("case_consent")
        rows = [(key, _(words)) for key, words in CONSENT]
        self.quote = Choice("consent_quote", _("May be quoted"), rows, self)
        self.archive = Choice("consent_archive", _("May be archived"), rows, self)
        self.date = CheckedLine("consent_date", _("Consent given on"), whole_date, self)
        self.delete_by = CheckedLine("consent_delete_by", _("Data to be deleted by"), whole_date, self)
        self.note = GrowingText("consent_note", _("Note on the consent"), self, lines=1)
        self.sentence = small("", self, wrap=True)
        self.sentence.setObjectName("consent_sentence")
        self.sentence.setProperty("notice", True)
        self.sentence.setProperty("minor", False)
        self.sentence.hide()
        self._build()
        self._connect()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(4))
        box.addWidget(section(_("Consent"), self))
        box.addWidget(
            small(
                _(
                    "Who may not be quoted is not quoted in reports, tables and copied passages; "
                    "the place stays named."
                ),
                self,
                wrap=True,
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(3))
        for column, field in enumerate((self.quote, self.archive, self.date, self.delete_by)):
            label = small(field.accessibleName(), self, wrap=True)
            label.setBuddy(field)
            field.setMinimumWidth(px(110))
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
        for line in (self.date, self.delete_by):
            line.setPlaceholderText(_("no date"))
        box.addLayout(grid)
        box.addWidget(self.sentence)
        box.addSpacing(px(4))
        note = small(_("Note, for example where the signed form lies"), self)
        note.setBuddy(self.note)
        box.addWidget(note)
        box.addWidget(self.note)

    def _connect(self) -> None:
        self.quote.activated.connect(lambda _at: self._set(quote=self.quote.currentData()))
        self.archive.activated.connect(lambda _at: self._set(archive=self.archive.currentData()))
        self.date.settled.connect(lambda words: self._set(date=words))
        self.delete_by.settled.connect(lambda words: self._set(delete_by=words))
        self.note.settled.connect(lambda words: self._set(note=words))
        for line in (self.date, self.delete_by):
            line.wrong.connect(self._tell)

    def show_case(self, row: "CaseRow", *, writable: bool) -> None:
        """Shows what is agreed; what is being typed stays."""
        other = row.guid != self._case
        if other:
            for field in (self.date, self.delete_by, self.note):
                field.flush()
            self._case = row.guid
        self.quote.show_key(row.quote)
        self.archive.show_key(row.archive)
        shown = (
            (self.date, shown_date(row.consent_date)),
            (self.delete_by, shown_date(row.delete_by)),
            (self.note, row.consent_note),
        )
        for field, words in shown:
            field.show_other(words) if other else field.show_text(words)
            field.setReadOnly(not writable)
        for choice in (self.quote, self.archive):
            choice.setEnabled(writable)

    def _tell(self, sentence: str) -> None:
        told = sentence or self.date.sentence or self.delete_by.sentence
        self.sentence.setText(told)
        self.sentence.setVisible(bool(told))

    def _set(self, **what: Any) -> None:
        from qda.coding.consent import set_consent

        self._desk.do(set_consent, case=self._case, **what)
