"""The panel "Questions to the theory": groups that are closed until opened, and asked when they are.

It stands at the right of open, axial and selective coding; all three show the same state. No score is shown.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qda.coding import question_answers
from qda.coding.method_questions import Finding, Group, Question, question_titles
from qda.i18n import _, ngettext
from qda.ui.fonts import px
from qda.ui.places import Panel
from qda.ui.questions import going
from qda.ui.questions.asked import Asked
from qda.ui.questions.detail import Detail
from qda.ui.questions.tree import QuestionTree, Row
from qda.ui.surfaces import Line, LinkButton, head_row, on_panel

if TYPE_CHECKING:
    from qda.ui.desk import Desk

KEY: Final = "questions"


class QuestionsPanel(Panel):
    """Questions, findings, and the answer to the one in hand."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("questions")
        self.setMinimumWidth(px(240))
        on_panel(self)
        self._desk = desk
        self._asked = Asked.of(desk)
        self._in_hand: tuple[str, str, str] | None = None  # by what it is found again after asking
        self._filling = False
        self._wanted_heading = ""
        self.tree = QuestionTree(self)
        self.detail = Detail(self)
        self.detail.hide()
        self.line = Line(self)
        self.line.hide()
        self.close_link = LinkButton(_("Close"), "questions_close", self)
        self.close_link.clicked.connect(self.closed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Questions to the theory"), self.close_link))
        box.addWidget(self.tree, 1)
        box.addWidget(self.line)
        box.addWidget(self.detail)
        self._connect()
        for group in self.tree.rows.groups:
            self._tell(group.group)

    def _connect(self) -> None:
        self._asked.changed.connect(self._fill)
        self.tree.expanded.connect(lambda index: self._turned(index, opened=True))
        self.tree.collapsed.connect(lambda index: self._turned(index, opened=False))
        self.tree.taken.connect(self._take)
        self.tree.answer_wanted.connect(self._answer)
        self.tree.selectionModel().currentChanged.connect(lambda _new, _old: self._show_detail())
        self.detail.go_wanted.connect(self._go)
        self.detail.offer_wanted.connect(self._offer)
        self.detail.answered.connect(self._keep)
        self.detail.left.connect(lambda: self.tree.setFocus(Qt.FocusReason.OtherFocusReason))

    # -- a place in a workspace -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows what is known, and asks what is open and may be other by now."""
        for row in self.tree.rows.groups:
            index = self.tree.rows.index_of(row)
            if self.tree.isExpanded(index) != (row.group in self._asked.open):
                self.tree.setExpanded(index, row.group in self._asked.open)
            if self._asked.questions(row.group) is not None:
                self._fill(row.group)
        QTimer.singleShot(0, self, self._look)

    def focus_first(self) -> None:
        """The keyboard goes to the tree."""
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.tree.rows.index(0, 0))
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def let_go(self) -> None:
        """The study is about to be closed."""
        self.detail.keep()
        self._asked.let_go()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._look)  # after it is painted

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.detail.keep()
        for row in self.tree.rows.groups:
            self._asked.look_away(row.group, self)

    def _look(self) -> None:
        if self.isVisible():
            for group in self._asked.open:
                self._asked.look_at(group, self)
                self._tell(group)

    # -- groups ---------------------------------------------------------------------------------------------

    def open_group(self, group: Group, heading: str = "") -> None:
        """Opens a group, as soon as it is asked at a question in the words of its heading."""
        row = self.tree.rows.group(group)
        self.tree.setExpanded(self.tree.rows.index_of(row), True)
        self._wanted_heading = heading
        self._choose_heading(row)

    def _choose_heading(self, top: Row) -> None:
        for row in top.below:
            if self._wanted_heading and row.title == self._wanted_heading:
                index = self.tree.rows.index_of(row)
                self.tree.setExpanded(index, True)
                self.tree.setCurrentIndex(index)
                self._wanted_heading = ""
                return

    def _turned(self, index: QModelIndex, *, opened: bool) -> None:
        row = self.tree.rows.row_of(index)
        if self._filling or row is None or not row.is_group:
            return
        if opened:
            self._asked.open.add(row.group)
            if self.isVisible():
                self._asked.look_at(row.group, self)
        else:
            self._asked.open.discard(row.group)
            self._asked.look_away(row.group, self)
        self._tell(row.group)

    def _tell(self, group: Group) -> None:
        """How many questions a group has; that it is being asked. Never how many findings."""
        known = self._asked.questions(group)
        if known is None and group in self._asked.open:
            self.tree.rows.tell(group, _("looking …"))
            return
        n = sum(of == group for _key, of, _title in question_titles())
        self.tree.rows.tell(group, ngettext("{n} question", "{n} questions", n).format(n=n))

    def _fill(self, name: str) -> None:
        """Puts what was found into the tree; what is open and in hand stays so."""
        row = next(one for one in self.tree.rows.groups if one.group == name)
        known = self._asked.questions(row.group)
        if known is None:
            return
        opened = {one.title for one in row.below if self.tree.isExpanded(self.tree.rows.index_of(one))}
        in_hand, had = self._in_hand, self.tree.current
        mine = had is not None and had.group == row.group and not had.is_group
        self._filling = True
        self.tree.rows.set_questions(row.group, known)
        self.tree.setExpanded(self.tree.rows.index_of(row), row.group in self._asked.open)
        for one in row.below:
            if one.title in opened:
                self.tree.setExpanded(self.tree.rows.index_of(one), True)
        self._filling = False
        if mine and in_hand is not None:
            self._choose(row, in_hand)
        self._choose_heading(row)
        self._tell(row.group)
        self._show_detail()

    def choose(self, finding: Finding) -> None:
        """Takes a finding in hand, wherever it is shown."""
        for row in self.tree.rows.groups:
            for one in row.below:
                if one.question is not None and finding in one.question.findings:
                    self._choose(row, (one.question.key, finding.answer_key, finding.target))
                    return

    def _choose(self, top: Row, place: tuple[str, str, str]) -> None:
        for row in top.below:
            for one in (*row.below, row):
                if _place(one) == place:
                    if one is not row:
                        self.tree.setExpanded(self.tree.rows.index_of(row), True)
                    index = self.tree.rows.index_of(one)
                    self.tree.setCurrentIndex(index)
                    self.tree.scrollTo(index)
                    return

    # -- the one in hand ------------------------------------------------------------------------------------

    def _show_detail(self) -> None:
        row = self.tree.current
        if self._filling:
            return
        shown = row is not None and row.question is not None
        if row is not None and row.question is not None:
            self._in_hand = _place(row)
            writable = not self._desk.project.read_only
            self.detail.show_one(row.question, row.finding, writable=writable)
        else:
            self.detail.forget()
        self.detail.setVisible(shown)
        self.line.setVisible(shown)

    def _take(self, row: Row) -> None:
        if row.finding is not None:
            going.go(self._desk, row.finding, self)

    def _go(self) -> None:
        if (row := self.tree.current) is not None:
            self._take(row)

    def _offer(self, offer: str) -> None:
        row = self.tree.current
        if row is not None and row.question is not None and row.finding is not None:
            going.take(self._desk, offer, row.question, row.finding, self)

    def _answer(self) -> None:
        if self.detail.isVisible():
            self.detail.write()

    def _keep(self, question: Question, finding: Finding | None, words: str) -> None:
        key = finding.answer_key if finding else question.key
        target = (finding.target or None) if finding else None
        self._desk.do(question_answers.answer_method, key=key, text=words, target=target)


def _place(row: Row) -> tuple[str, str, str] | None:
    """By what a row is found again after asking: its question, and what its answer is kept under."""
    if row.question is None:
        return None
    if row.finding is None:
        return row.question.key, "", row.title
    return row.question.key, row.finding.answer_key, row.finding.target
