"""A topic of the interview guide: its question, where it was asked, and all answers to it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from qda.i18n import _, ngettext
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.hits.passages import PassageList
from qda.ui.material.fields import GrowingText, labelled, title_field
from qda.ui.surfaces import LinkButton, on_paper, small

if TYPE_CHECKING:
    from qda.coding.rows import SegmentRow
    from qda.models import Changed
    from qda.ui.desk import Desk

ASKED: Final = 0
PROPOSED: Final = 1
ANSWERS: Final = 2
_TABLES: Final = frozenset({"topic", "turn_topic", "paragraph", "source", "speaker", "case_"})


class GuidePage(QWidget):
    """One topic. Proposals are found when asked for, document by document, and accepted by a person."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._topic = ""
        self._proposals: list[tuple[str, str, str]] = []  # document, paragraph, topic
        self._searched = False
        self._waiting: list[str] = []  # documents that are still to be looked through
        self._shown: list[SegmentRow] = []
        self.setObjectName("guide")
        on_paper(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty())
        self._pages.addWidget(self._page())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)
        self._step = QTimer(self, interval=0)
        self._step.timeout.connect(self._look_through)
        desk.changed.connect(self._changed)

    # -- building --------------------------------------------------------------------------------------------

    def _empty(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(px(40), 0, px(40), px(80))
        box.setSpacing(px(12))
        box.addStretch(1)
        title = heading(_("What did you ask about?"), page)
        words = small(
            _(
                "Topics of the interview guide bring together all answers to one question. Enter the first, "
                "or set it on a turn of the interviewer in the transcript."
            ),
            page,
            wrap=True,
        )
        words.setFixedWidth(px(440))
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.first = QPushButton(_("New topic…"), page)
        self.first.setObjectName("guide_first")
        self.first.setAccessibleName(_("New topic of the interview guide"))
        self.first.setDefault(True)
        self.first.setEnabled(not self._desk.project.read_only)
        for widget in (title, words, self.first):
            box.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        words.setMinimumHeight(words.heightForWidth(px(440)))
        box.addStretch(1)
        return page

    def _page(self) -> QWidget:
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(px(40), px(28), px(40), px(24))
        form = QWidget(page)
        form.setMaximumWidth(px(760))
        outer.addWidget(form, 1)
        box = QVBoxLayout(form)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(10))
        writable = not self._desk.project.read_only
        self.name = title_field("topic_name", _("Name of the topic"), form)
        self.name.setReadOnly(not writable)
        self.name.settled.connect(self._rename)
        self.counts = small("", form)
        self.counts.setObjectName("topic_counts")
        head = QVBoxLayout()
        head.setSpacing(px(2))
        head.addWidget(self.name)
        head.addWidget(self.counts)
        box.addLayout(head)
        self.question = GrowingText("topic_question", _("Question"), form, lines=1)
        self.question.setReadOnly(not writable)
        self.question.settled.connect(self._ask_otherwise)
        hint = _("As the guide has it; turns of the interviewer that say nearly the same are proposed")
        box.addLayout(labelled(_("Question"), hint, self.question, form))
        box.addLayout(self._heads(form))
        self.list = PassageList("topic_passages", _("Passages"), form)
        self.list.taken.connect(self._take)
        self.list.wanted.connect(lambda _row: self._buttons())
        self.list.doubleClicked.connect(lambda _index: self._open(self.list.current))
        self.list.removed.connect(self._take_off)
        self.list.copied.connect(self._desk.told)
        self.list.selectionModel().selectionChanged.connect(lambda _a, _b: self._buttons())
        box.addWidget(self.list, 1)
        box.addLayout(self._acts(form, writable))
        return page

    def _heads(self, form: QWidget) -> QHBoxLayout:
        self.views = QTabBar(form)
        self.views.setObjectName("topic_views")
        self.views.setAccessibleName(_("What is listed"))
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        for _at in range(3):
            self.views.addTab("")
        self.views.currentChanged.connect(lambda _at: self._show())
        self.find_link = LinkButton(_("Find where it was asked"), "topic_find", form)
        self.find_link.clicked.connect(self.find_asked)
        row = QHBoxLayout()
        row.addWidget(self.views, 1)
        row.addWidget(self.find_link)
        return row

    def _acts(self, form: QWidget, writable: bool) -> QHBoxLayout:
        self.open = self._button(
            "topic_open", _("Show in the text"), lambda: self._open(self.list.current), form
        )
        self.accept_one = self._button("topic_accept", _("Accept"), self._accept, form)
        self.accept_every = self._button("topic_accept_all", _("Accept all"), self.accept_all, form)
        self.off = self._button(
            "topic_off", _("Take topic off"), lambda: self._take_off(self.list.current), form
        )
        self.copy = self._button("topic_copy", _("Copy as citation"), self.list.copy_chosen, form)
        self.beside = self._button(
            "topic_beside",
            _("Read beside the text"),
            lambda: self._desk.answers_wanted.emit(self._topic),
            form,
        )
        self._writable = writable
        row = QHBoxLayout()
        for button in (self.accept_one, self.accept_every, self.open, self.off, self.beside, self.copy):
            row.addWidget(button)
        row.addStretch(1)
        return row

    @staticmethod
    def _button(name: str, words: str, act: Callable[[], object], form: QWidget) -> QPushButton:
        button = QPushButton(words, form)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: act())
        return button

    # -- showing ---------------------------------------------------------------------------------------------

    @property
    def topic(self) -> str:
        """The topic shown."""
        return self._topic

    def show_topic(self, topic: str) -> None:
        """Shows a topic; none: what the guide is good for."""
        from qda.coding.topics import topics

        row = next((one for one in topics(self._desk.project) if one.guid == topic), None)
        if topic != self._topic:
            self.name.flush()
            self.question.flush()
            self._topic = topic if row else ""
            self.list.passages.set_passages([])
            if row:
                self.name.show_other(row.name)
                self.question.show_other(row.question)
        self._pages.setCurrentIndex(1 if row else 0)
        if row is None:
            self._topic = ""
            return
        self.name.show_text(row.name)
        self.question.show_text(row.question)
        turns = ngettext("{n} turn", "{n} turns", row.turns).format(n=row.turns)
        where = ngettext("in {n} document", "in {n} documents", row.sources).format(n=row.sources)
        self.counts.setText(f"{turns} {where}" if row.turns else _("Not set on a turn yet"))
        self._show()

    def _show(self) -> None:
        if not self._topic:
            return
        from qda.coding.topics import answers

        asked, proposed = self._turns(self._marked()), self._turns(self._proposed())
        answered = answers(self._desk.project, self._topic)
        for at, (name, rows) in enumerate(
            ((_("Asked"), asked), (_("Proposed"), proposed), (_("Answers"), answered))
        ):
            self.views.setTabText(at, f"{name} ({len(rows)})" if rows else name)
        self.views.setTabVisible(PROPOSED, bool(proposed) or self._searched)
        view = self.views.currentIndex()
        self._shown = (asked, proposed, answered)[view]
        self.list.set_passages(self._shown)
        self.list.setAccessibleName(self.views.tabText(view))
        self.list.set_empty(
            (
                _("No turn opens this topic yet. Find where it was asked, or set it in the transcript."),
                _("No turn of the interviewer says nearly the same."),
                _("Answers come with the turns that open the topic."),
            )[view]
        )
        self._buttons()

    def _buttons(self) -> None:
        view, some = self.views.currentIndex(), bool(self._shown)
        one = self.list.current is not None
        self.accept_one.setVisible(view == PROPOSED and some and self._writable)
        self.accept_every.setVisible(view == PROPOSED and some and self._writable)
        self.off.setVisible(view == ASKED and some and self._writable)
        self.open.setVisible(some)
        self.beside.setVisible(view == ANSWERS and some)
        self.copy.setVisible(view == ANSWERS and some)
        for button in (self.accept_one, self.off, self.open):
            button.setEnabled(one)
        self.find_link.setEnabled(not self._waiting)
        self.find_link.setVisible(self._writable)

    def _marked(self) -> list[tuple[str, str]]:
        from qda.coding.topics import topic_marks

        return [(m.source, m.paragraph) for m in topic_marks(self._desk.project) if m.topic == self._topic]

    def _proposed(self) -> list[tuple[str, str]]:
        done = set(self._marked())
        found = [(source, number) for source, number, topic in self._proposals if topic == self._topic]
        return [one for one in found if one not in done]

    def _turns(self, places: list[tuple[str, str]]) -> "list[SegmentRow]":
        """The turns that begin with these paragraphs."""
        from qda.coding.topics import turn_rows

        return turn_rows(self._desk.project, places)

    # -- acts ------------------------------------------------------------------------------------------------

    def _rename(self, name: str) -> None:
        from qda.coding.topics import change_topic

        if name.strip() and self._topic:
            self._desk.do(change_topic, topic=self._topic, name=name)

    def _ask_otherwise(self, question: str) -> None:
        from qda.coding.topics import change_topic

        if self._topic:
            self._desk.do(change_topic, topic=self._topic, question=question)

    def find_asked(self) -> None:
        """Looks in all documents for turns in which a question of the guide seems to be asked."""
        from qda.coding.material import sources
        from qda.coding.topics import topics

        self.question.flush()
        if not any(one.question for one in topics(self._desk.project)):
            self._desk.told.emit(_("Write down the question first; it is compared with what was asked."))
            self.question.setFocus()
            return
        self._proposals = []
        self._waiting = [row.guid for row in sources(self._desk.project) if row.turns]
        self._step.start()
        self._buttons()

    def _look_through(self) -> None:
        """One document, then the window has its turn."""
        from qda.coding.topics import asked

        if self._waiting:
            source = self._waiting.pop(0)
            self._proposals += [
                (source, number, topic) for number, topic in asked(self._desk.project, source)
            ]
            self.counts.setText(_("Looking through {n} more documents …").format(n=len(self._waiting)))
            return
        self._step.stop()
        self._searched = True
        n = len(self._proposed())
        self.views.setTabVisible(PROPOSED, True)
        self.views.setCurrentIndex(PROPOSED)
        self.show_topic(self._topic)
        told = ngettext("{n} turn seems to ask it", "{n} turns seem to ask it", n).format(n=n)
        self._desk.told.emit(told if n else _("No turn seems to ask it that is not set already."))
        self.list.choose_first()
        self._buttons()
        (self.list if n else self.find_link).setFocus()

    def _accept(self) -> None:
        rows = self.list.chosen() or ([self.list.current] if self.list.current else [])
        self._set([(row.source, row.paragraph) for row in rows])

    def accept_all(self) -> None:
        """Sets the topic on all turns that are proposed, as one act."""
        self._set(self._proposed())

    def _set(self, places: list[tuple[str, str]]) -> None:
        from qda.coding.topics import set_topics

        if places:
            self._desk.do(set_topics, marks=[(source, number, self._topic) for source, number in places])

    def _take_off(self, row: "SegmentRow | None") -> None:
        from qda.coding.topics import clear_topic

        if row is not None and self.views.currentIndex() == ASKED and self._writable:
            self._desk.do(clear_topic, source=row.source, paragraph=row.paragraph, topic=self._topic)

    def _take(self, row: "SegmentRow") -> None:
        """Enter: accepts a proposal, else leads to the text."""
        if self.views.currentIndex() == PROPOSED and self._writable:
            self._accept()
        else:
            self._open(row)

    def _open(self, row: "SegmentRow | None") -> None:
        if row is not None:
            self._desk.source_wanted.emit(row.source, row.start, row.stop)

    def _changed(self, change: "Changed") -> None:
        if self.isVisible() and change.tables & _TABLES and self._topic:
            self.show_topic(self._topic)
