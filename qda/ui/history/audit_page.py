"""The page "Audit sheet": the questions at the left; the author's answer, and what the study holds for it.

An answer is saved as one act when its field is left. Nothing is graded, nothing is counted as done.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from qda.coding.audit import GROUPS, QUESTIONS, AuditItem, audit, audit_answers
from qda.coding.question_answers import AnswerRow, answer_method
from qda.i18n import _
from qda.ui.background import Background
from qda.ui.dialogs import heading
from qda.ui.fonts import SHEET_TITLE, px, reading_font, ui_font
from qda.ui.history.answer_field import AnswerField
from qda.ui.history.figures_part import FiguresPart
from qda.ui.history.question_list import QuestionList, QuestionRow
from qda.ui.history.reading import TABLES
from qda.ui.places import Page
from qda.ui.status import told_date
from qda.ui.surfaces import Line, LinkButton, on_panel, on_paper, scrolled, small

if TYPE_CHECKING:
    from qda.models import Changed, Project
    from qda.ui.desk import Desk

_SOON_MS: Final = 200
_WIDEST: Final = 860  # a line of a text is not longer than one can read
_TABLES: Final = TABLES | {
    "question_answer",
    "sampling_decision",
    "sampling_target",
    "project_sheet",
    "research_question",
    "sensitizing_concept",
    "property_value",
    "story",
    "speaker",
}


class AuditPage(Page):
    """Follows every act while it is seen; figures are read in a thread."""

    asked = Signal(str)  # another question is in hand

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.items: dict[str, AuditItem] = {}
        self._answers: dict[str, AnswerRow] = {}
        self.setObjectName("audit_page")
        self.setAccessibleName(_("Audit sheet"))
        self.worker = Background(self)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self.list = QuestionList(self)
        self.question = QLabel(self)
        self.question.setObjectName("audit_question")
        self.question.setFont(ui_font(SHEET_TITLE, semibold=True))
        self.question.setWordWrap(True)
        self.field = AnswerField(self)
        self.field.setFont(reading_font())
        self.field.setReadOnly(desk.project.read_only)
        self.signed = small("", self)
        self.figures = FiguresPart(desk, self)
        self._build()
        self._connect()

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        sheet = on_paper(QWidget())
        inner = QVBoxLayout(sheet)
        inner.setContentsMargins(px(32), px(20), px(32), px(24))
        inner.setSpacing(px(8))
        inner.addWidget(self.question)
        label = small(_("Answer"), sheet)
        label.setFont(ui_font(semibold=True))
        label.setBuddy(self.field)
        head = QHBoxLayout()
        head.addWidget(label)
        head.addWidget(self.signed, 1)
        self.signed.setAlignment(Qt.AlignmentFlag.AlignRight)
        inner.addLayout(head)
        inner.addWidget(self.field)
        inner.addSpacing(px(8))
        inner.addWidget(Line(sheet))
        inner.addWidget(self.figures, 1)
        sheet.setMaximumWidth(px(_WIDEST))
        around = on_paper(QWidget())
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sheet, 1)
        row.addStretch(0)
        area = scrolled(around)
        on_paper(area.viewport())
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        columns.addWidget(self.list)
        columns.addWidget(area)
        columns.setStretchFactor(1, 1)
        columns.setSizes([px(420), px(1020)])
        self.area = area
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._bar())
        box.addWidget(Line(self))
        box.addWidget(columns, 1)

    def _bar(self) -> QWidget:
        bar = on_panel(QWidget(self))
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(16), px(6), px(12), px(6))
        row.setSpacing(px(8))
        row.addWidget(heading(_("Audit sheet"), bar))
        hint = small(
            _("The figures come from the study, the answers from you. What is not answered is printed so."),
            bar,
        )
        row.addWidget(hint, 1)
        for words, name, act in (
            (_("Questions to the theory"), "audit_method", lambda: self._run("questions")),
            (_("Report…"), "audit_report", lambda: self._run("report-audit")),
            (_("Back"), "audit_back", self.closed.emit),
        ):
            button = LinkButton(words, name, bar)
            button.clicked.connect(act)
            row.addWidget(button)
        return bar

    def _connect(self) -> None:
        self.list.turned_to.connect(self.show_question)
        self.list.entered.connect(self._to_field)
        self.field.settled.connect(self._answered)
        self.field.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.field.next_wanted.connect(self._next)
        self.worker.done.connect(lambda _kind, found: self._land(found))
        self.worker.failed.connect(lambda _kind, sentence: self._desk.refused.emit(sentence))
        self._soon.timeout.connect(self._read)
        self._desk.changed.connect(self._changed)

    # -- what is shown --------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows questions and answers at once, figures when they are there."""
        self._show_answers()
        if not self.list.key:
            self.list.choose(QUESTIONS[0].key)
        self.show_question(self.list.key)
        self._read()

    def focus_first(self) -> None:
        """Into the list of questions."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """The study is about to be closed."""
        self.field.flush()
        self.worker.stop()

    def _changed(self, change: "Changed") -> None:
        if not self.isVisible():
            return
        if "question_answer" in change.tables:
            self._show_answers()
            self._show_answer()
        if change.tables & (_TABLES - {"question_answer"}):
            self._soon.start()

    def _read(self) -> None:
        self._soon.stop()
        project = self._desk.project
        self.worker.ask("figures", lambda: _items(project))

    def _land(self, found: dict[str, AuditItem]) -> None:
        self.items = found
        self._show_figures()

    def _show_answers(self) -> None:
        self._answers = audit_answers(self._desk.project)
        rows = []
        for group, title in GROUPS:
            rows.append(QuestionRow("", _(title)))
            for number, one in enumerate(QUESTIONS, start=1):
                if one.group == group:
                    answer = self._answers.get(one.key)
                    rows.append(QuestionRow(one.key, one.question, number, answer.body if answer else ""))
        self.list.show_rows(rows)

    def show_question(self, key: str) -> None:
        """Takes another question in hand; what was written to the one before is saved first."""
        self.field.flush()
        one = next((one for one in QUESTIONS if one.key == key), None)
        if one is None:
            return
        number = next(at for at, each in enumerate(QUESTIONS, start=1) if each.key == key)
        self.question.setText(f"{number}. {one.question}")
        self.field.begin(key, self._answer_of(key), one.question)
        self._show_answer()
        self._show_figures()
        self.area.verticalScrollBar().setValue(0)
        self.asked.emit(key)

    def _answer_of(self, key: str) -> str:
        answer = self._answers.get(key)
        return answer.body if answer else ""

    def _show_answer(self) -> None:
        answer = self._answers.get(self.field.key)
        self.field.show_text(answer.body if answer else "")
        self.signed.setText(
            f"{answer.coder} · {told_date(answer.created, 'd MMM yyyy')}" if answer else _("unanswered")
        )

    def _show_figures(self) -> None:
        item = self.items.get(self.field.key)
        self.figures.show_lines(item.lines if item else None)

    # -- answering ------------------------------------------------------------------------------------------

    def _answered(self, key: str, text: str) -> None:
        if self._desk.do(answer_method, key=key, text=text) is None:
            self.field.keep_unsaved()

    def _to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self) -> None:
        """Saves and goes on to the next question."""
        self.list.step(1)
        self._to_field()

    def _run(self, command: str) -> None:
        self.field.flush()
        self._desk.command_wanted.emit(command)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads from passages and links to the questions, and from there back."""
        if event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)


def _items(project: "Project") -> dict[str, AuditItem]:
    return {item.question.key: item for item in audit(project)}
