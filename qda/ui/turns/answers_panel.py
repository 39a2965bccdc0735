"""All answers to a topic of the interview guide, beside the transcript: one by one, to read and to code."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from qda.coding import topics
from qda.i18n import _, ngettext
from qda.ui.fonts import px
from qda.ui.hits.passages import PassageList
from qda.ui.surfaces import LinkButton, head_row, on_panel, small

if TYPE_CHECKING:
    from qda.coding.rows import SegmentRow
    from qda.models import Changed
    from qda.ui.desk import Desk


class AnswersPanel(QWidget):
    """A topic and its answers. The arrow keys lead through the text, Enter goes there to code, Esc closes."""

    closed = Signal()
    text_wanted = Signal()  # the focus goes to the transcript, the list stays

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stale = True
        self.setObjectName("answers")
        on_panel(self)
        self.topic = QComboBox(self)
        self.topic.setObjectName("answers_topic")
        self.topic.setAccessibleName(_("Topic of the interview guide"))
        self.topic.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.topic.setMinimumContentsLength(12)
        self.count = small("", self, wrap=True)
        self.count.setObjectName("answers_count")
        self.list = PassageList("answers_list", _("Answers"), self)
        self.list.setProperty("panel", True)
        close = LinkButton(_("Close"), "answers_close", self)
        close.clicked.connect(self.closed)
        copy = LinkButton(_("Copy as citation"), "answers_copy", self)
        copy.setToolTip(_("Those that are selected, or all (Ctrl+Shift+C)"))
        copy.clicked.connect(self.list.copy_chosen)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("All answers"), close))
        for widgets in ((self.topic,), (self.count, copy)):
            row = QHBoxLayout()
            row.setContentsMargins(px(16), 0, px(12), px(4))
            for widget in widgets:
                row.addWidget(widget, 0 if widget is copy else 1)
            box.addLayout(row)
        box.addWidget(self.list, 1)
        self.topic.activated.connect(lambda _at: self._show())
        self.list.wanted.connect(self._lead)
        self.list.taken.connect(self._take)
        self.list.copied.connect(desk.told)
        desk.changed.connect(self._changed)

    def open(self, topic: str = "") -> None:
        """Shows the answers to a topic (the one shown last), with the focus in the list."""
        self._fill(topic or self.topic.currentData() or "")
        if self.list.passages.rowCount():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if self.list.current is None:
                self.list.step(1)
        else:
            self.topic.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill(self, chosen: str) -> None:
        self._stale = False
        self.topic.clear()
        for row in topics.topics(self._desk.project):
            self.topic.addItem(row.name, row.guid)
        self.topic.setCurrentIndex(max(0, self.topic.findData(chosen)) if self.topic.count() else -1)
        self._show()

    def _show(self) -> None:
        topic = self.topic.currentData()
        found = topics.answers(self._desk.project, topic) if topic else []
        self.list.set_passages(found)
        self.count.setText(counted(found) if topic else _("The guide has no topics yet"))

    def _lead(self, row: "SegmentRow") -> None:
        self._desk.source_wanted.emit(row.source, row.start, row.stop)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, row: "SegmentRow") -> None:
        """To the text with the answer selected: a letter or Enter there begins a code."""
        self._lead(row)
        self.text_wanted.emit()

    def _changed(self, change: "Changed") -> None:
        if change.tables & {"topic", "turn_topic", "paragraph", "source", "speaker", "case_"}:
            self._stale = True
            if self.isVisible():
                self._fill(self.topic.currentData() or "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._fill(self.topic.currentData() or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def counted(found: "list[SegmentRow]") -> str:
    """How many answers, and in how many documents."""
    documents = len({row.source for row in found})
    told = ngettext("{n} answer", "{n} answers", len(found)).format(n=len(found))
    where = ngettext("in {n} document", "in {n} documents", documents).format(n=documents)
    return f"{told} {where}" if found else _("No turn opens this topic yet")
