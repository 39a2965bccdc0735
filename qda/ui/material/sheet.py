"""The project sheet: title, template, versions of the research question, fields of the chapter on method."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _
from qda.ui.fonts import SMALL, px, reading_font, ui_font
from qda.ui.material.citing import CitationField
from qda.ui.material.fields import Choice, GrowingText, labelled, title_field
from qda.ui.material.words import SHEET
from qda.ui.memos.autosave import AutoLine
from qda.ui.memos.items import GUID, MEMO, CountDelegate
from qda.ui.status import told_date
from qda.ui.surfaces import on_paper, scrolled, section, small

if TYPE_CHECKING:
    from qda.coding.rows import SheetRow
    from qda.models import Changed
    from qda.ui.desk import Desk

_DRAFT: Final = "sheet.question"  # a wording that is not kept as a version yet


class Questions(QWidget):
    """The research question: its versions, newest first, and room for the next one."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[object, ...] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(6))
        self._versions = QVBoxLayout()
        self._versions.setSpacing(px(8))
        box.addLayout(self._versions)
        self.text = GrowingText("question_text", _("New wording of the research question"), self, lines=2)
        self.reason = AutoLine(self)
        self.reason.setObjectName("question_reason")
        self.reason.setAccessibleName(_("Reason for the change"))
        self.reason.setPlaceholderText(_("Why it changed (from the second version on)"))
        self.keep = QPushButton(_("Keep as new version"), self)
        self.keep.setObjectName("question_keep")
        self.keep.setAccessibleName(_("Keep as new version of the research question"))
        self.keep.setAutoDefault(False)
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._keep)
        self.text.textChanged.connect(self._typed)
        self.text.show_other(desk.project.setting(_DRAFT))
        self.text.settled.connect(self._keep_draft)
        self._typed()
        box.addWidget(self.text)
        row = QHBoxLayout()
        row.addWidget(self.reason, 1)
        row.addWidget(self.keep)
        box.addLayout(row)

    def _typed(self) -> None:
        self.keep.setEnabled(bool(self.text.toPlainText().strip()))

    def _keep_draft(self, text: str) -> None:
        if not self._desk.project.read_only:
            self._desk.project.set_setting(_DRAFT, text)

    def show_versions(self, row: "SheetRow") -> None:
        """Shows what is stored."""
        if row.questions == self._shown:
            return
        self._shown = row.questions
        while (item := self._versions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, (text, reason, since) in reversed(list(enumerate(row.questions, 1))):
            current = number == len(row.questions)
            words = QLabel(text, self)
            words.setWordWrap(True)
            words.setFont(reading_font() if current else reading_font(14 / 13))
            words.setProperty("quiet", not current)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            when = told_date(since, _("d MMMM yyyy"))
            about = _("Version {number}, {date}").format(number=number, date=when)
            self._versions.addWidget(words)
            self._versions.addWidget(small(f"{about}: {reason}" if reason else about, self, wrap=True))
        placeholder = _("Another wording …") if row.questions else _("What do you want to find out?")
        self.text.setPlaceholderText(placeholder)
        self.reason.setVisible(bool(row.questions))

    def _keep(self) -> None:
        from qda.coding.sheet import revise_question

        text, reason = self.text.toPlainText(), self.reason.text()
        if self._desk.do(revise_question, text=text, reason=reason):
            self._keep_draft("")
            self.text.show_other("")
            self.reason.show_other("")
            self._typed()


class SheetForm(QWidget):
    """The form; its sections are listed at the left."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self._fields: dict[str, GrowingText] = {}
        page = QWidget()
        on_paper(page)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(px(40), px(28), px(40), px(48))
        form = QWidget(page)
        form.setMaximumWidth(px(700))
        outer.addWidget(form, 1)
        self._build(QVBoxLayout(form), form)
        self._area: QScrollArea = scrolled(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._area)
        self.setEnabled(not desk.project.read_only)
        desk.changed.connect(self._changed)

    def _build(self, box: QVBoxLayout, form: QWidget) -> None:
        from qda.coding.paradigms import templates

        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(20))
        self.title = title_field("sheet_title", _("Title of the study"), form)
        self.title.settled.connect(self._set_title)
        head = QVBoxLayout()
        head.setSpacing(px(2))
        head.addWidget(self.title)
        words = small(_("Printed in the chapter on method. Saved as you type."), form)
        head.addWidget(words)
        box.addLayout(head)
        names = [(t.id, str(t.name)) for t in templates()]
        self.template = Choice("sheet_template", _("Template of the coding paradigm"), names, form)
        self.template.activated.connect(self._set_template)
        self.template.setMaximumWidth(px(320))
        hint = _("Names the workspaces and gives new models their slots; existing models stay as they are")
        box.addLayout(labelled(_("Template of the coding paradigm"), hint, self.template, form))
        self.questions = Questions(self._desk, form)
        question = QVBoxLayout()
        question.setSpacing(px(4))
        question.addWidget(section(_("Research question"), form))
        question.addWidget(small(_("Every wording is kept with its date and reason"), form))
        question.addWidget(self.questions)
        box.addLayout(question)
        self.citation = CitationField(self._desk, form)
        hint = _("Used by every report and by copying; {paragraph} or {lines} finds the place")
        box.addLayout(labelled(_("How passages are cited"), hint, self.citation, form))
        for key, name, hint in SHEET:
            field = GrowingText(f"sheet_{key}", _(name), form)
            field.settled.connect(partial(self._set_field, key))
            self._fields[key] = field
            box.addLayout(labelled(_(name), _(hint), field, form))
        box.addStretch(1)

    def sections(self) -> list[tuple[str, QWidget]]:
        """Names and fields of the sections, for the list at the left."""
        return [
            (_("Title"), self.title),
            (_("Template"), self.template),
            (_("Research question"), self.questions.text),
            (_("How passages are cited"), self.citation.template),
            *((_(name), self._fields[key]) for key, name, _hint in SHEET),
        ]

    def go_to(self, field: QWidget) -> None:
        """Scrolls to a field and begins to write."""
        self._area.ensureWidgetVisible(field, 0, px(80))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- keeping up ------------------------------------------------------------------------------------------

    def shown(self) -> None:
        """Comes to the front."""
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Reads the sheet anew; what is being typed stays."""
        from qda.coding.material import project_sheet

        self._stale = False
        row = project_sheet(self._desk.project)
        self.title.show_text(row.title)
        self.template.show_key(row.template)
        self.questions.show_versions(row)
        self.citation.show_sheet(row)
        for key, field in self._fields.items():
            field.show_text(row.fields[key])

    def filled(self) -> dict[str, bool]:
        """Which fields have words."""
        return {key: bool(field.toPlainText().strip()) for key, field in self._fields.items()}

    def _changed(self, change: "Changed") -> None:
        if change.tables & {"project_sheet", "research_question"}:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _set_title(self, title: str) -> None:
        from qda.coding.sheet import set_title

        if title.strip():
            self._desk.do(set_title, title=title)

    def _set_template(self) -> None:
        from qda.coding.sheet import set_template

        self._desk.do(set_template, template=self.template.currentData())

    def _set_field(self, key: str, value: str) -> None:
        from qda.coding.sheet import set_sheet_field

        self._desk.do(set_sheet_field, field=key, value=value)


class SheetSections(QListWidget):
    """The sections of the sheet; choosing one goes there."""

    wanted = Signal(object)

    def __init__(self, form: SheetForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet_sections")
        self.setAccessibleName(_("Sections of the project sheet"))
        self.setProperty("panel", True)
        self.setFont(ui_font(SMALL))
        self.setItemDelegate(CountDelegate(self))
        self.setMouseTracking(True)
        self._fields = form.sections()
        for at, (name, _field) in enumerate(self._fields):
            item = QListWidgetItem(name, self)
            item.setData(GUID, at)
            item.setData(MEMO, None)
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)

    def _go(self, item: QListWidgetItem) -> None:
        self.wanted.emit(self._fields[item.data(GUID)][1])
