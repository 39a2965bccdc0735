"""The panel of the tour: one step in a few words, what there is to do, and the way on.

It blocks nothing. F6 leads to it, Esc back to where one was; a screen reader hears every step and every tick.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.i18n import _
from qda.ui.fonts import SHEET_TITLE, SMALL, px, ui_font
from qda.ui.status import announce
from qda.ui.surfaces import Framed, LinkButton, small
from qda.ui.theme import Tokens, tokens_of

WIDTH: Final = 284
_TICK: Final = 16


@dataclass(frozen=True, slots=True)
class Words:
    """What the panel says of a step. ``tasks``: what there is to do, and the key for it (portable text)."""

    title: str
    text: str
    tasks: tuple[tuple[str, str], ...]


def _rules(theme: Tokens) -> str:
    return (
        f"#tour {{ background: {theme.paper}; border: 1px solid {theme.control_frame};"
        f" border-radius: {px(6)}px; }}"
    )


def key_name(key: str) -> str:
    """A key as it is called here."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class Tick(QWidget):
    """A small circle; with a tick once the task is done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.done = False
        self.setFixedSize(px(_TICK), px(_TICK))

    def set_done(self, done: bool) -> None:
        """Shows whether the task is done."""
        self.done = done
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(theme.verified if self.done else theme.control_frame), 1.5))
        if self.done:
            painter.setBrush(QColor(theme.verified))
        painter.drawEllipse(ring)
        if self.done:
            painter.setPen(QPen(QColor(theme.paper), 1.8))
            unit = self.width() / 16
            points = [(4.6, 8.4), (7.0, 10.8), (11.4, 5.6)]
            for (x, y), (x2, y2) in pairwise(points):
                painter.drawLine(round(x * unit), round(y * unit), round(x2 * unit), round(y2 * unit))


class Task(QWidget):
    """One thing to do: tick, words, key."""

    def __init__(self, words: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.words, self.key = words, key
        self.tick = Tick(self)
        label = QLabel(words, self)
        label.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.tick, 0, top)
        row.addWidget(label, 1, top)
        if key:
            named = small(key_name(key), self)
            named.setObjectName("tour_key")
            row.addWidget(named, 0, top)

    def spoken(self) -> str:
        """As a screen reader says it."""
        words = f"{self.words} ({key_name(self.key)})" if self.key else self.words
        return _("Done: {task}").format(task=words) if self.tick.done else words


class TourPanel(Framed):
    """Says one step after the other; what is done about it others do."""

    back_wanted = Signal()
    next_wanted = Signal()
    show_wanted = Signal()
    leave_wanted = Signal()
    left = Signal()  # Esc: to where one was

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_rules, parent)
        self.setObjectName("tour")
        self.setFixedWidth(px(WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.tasks: list[Task] = []
        self._words = Words("", "", ())
        self._number = self._of = 0
        box = QVBoxLayout(self)
        box.setContentsMargins(px(16), px(12), px(16), px(12))
        box.setSpacing(px(6))
        box.addLayout(self._head())
        self.title = QLabel(self)
        self.title.setObjectName("tour_title")
        self.title.setFont(ui_font(SHEET_TITLE, semibold=True))
        self.title.setWordWrap(True)
        self.text = QLabel(self)
        self.text.setObjectName("tour_text")
        self.text.setWordWrap(True)
        self._tasks = QVBoxLayout()
        self._tasks.setContentsMargins(0, px(4), 0, 0)
        self._tasks.setSpacing(px(6))
        self.more = small("", self, wrap=True)
        self.more.setObjectName("tour_more")
        for widget in (self.title, self.text):
            box.addWidget(widget)
        box.addLayout(self._tasks)
        box.addWidget(self.more)
        box.addSpacing(px(4))
        box.addLayout(self._foot())
        self.hide()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(4))
        self.place = small("", self)
        self.place.setObjectName("tour_place")
        row.addWidget(self.place, 1)
        self.leave = self._link(_("Leave the tour"), "tour_leave")
        self.leave.setToolTip(_("Takes back what was done in the tour and closes the demo study"))
        self.leave.clicked.connect(self.leave_wanted)
        row.addWidget(self.leave)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(6))
        self.show_me = self._link(_("Show me"), "tour_show", flush=True)
        self.show_me.setToolTip(_("Does it for you, as it is done by hand"))
        self.show_me.clicked.connect(self.show_wanted)
        self.back = QPushButton(_("Back"), self)
        self.back.setObjectName("tour_back")
        self.back.setAccessibleName(_("Previous step of the tour"))
        self.back.clicked.connect(self.back_wanted)
        self.next = QPushButton(_("Next"), self)
        self.next.setObjectName("tour_next")
        self.next.clicked.connect(self.next_wanted)
        row.addWidget(self.show_me)
        row.addStretch(1)
        for button in (self.back, self.next):
            row.addWidget(button)
        for button in (self.leave, self.show_me, self.back, self.next):
            button.setAutoDefault(True)  # Enter presses it, as in a dialog
        return row

    def _link(self, words: str, name: str, *, flush: bool = False) -> LinkButton:
        link = LinkButton(words, name, self, flush=flush)
        link.setFont(ui_font(SMALL))
        return link

    # -- what it says ----------------------------------------------------------------------------------------

    def say(self, number: int, of: int, words: Words) -> None:
        """Says a step, the ``number``-th ``of`` so many; a screen reader says it at once."""
        self._number, self._of, self._words = number, of, words
        self.place.setText(_("Tour · {n} of {m}").format(n=number, m=of))
        self.title.setText(words.title)
        self.text.setText(words.text)
        self.more.clear()
        self.more.hide()
        self.back.setEnabled(number > 1)
        last = number == of
        self.next.setText(_("Finish") if last else _("Next"))
        self.next.setAccessibleName(_("Finish the tour") if last else _("Next step of the tour"))
        for task in self.tasks:
            task.hide()
            task.deleteLater()
        self.tasks = [Task(task, key, self) for task, key in words.tasks]
        for task in self.tasks:
            self._tasks.addWidget(task)
            task.show()
        self._follow()
        self.fit()
        announce(self, f"{self.accessibleName()}. {self.accessibleDescription()}")

    def say_more(self, words: str) -> None:
        """A line below the tasks; none where it is empty."""
        if words != self.more.text():
            self.more.setText(words)
            self.more.setVisible(bool(words))
            self._describe()
            self.fit()

    def tick(self, done: Sequence[bool]) -> None:
        """Which of the tasks are done; once all are, Next is the default."""
        fresh = [task for task, is_done in zip(self.tasks, done, strict=True) if is_done > task.tick.done]
        for task, is_done in zip(self.tasks, done, strict=True):
            if task.tick.done != is_done:
                task.tick.set_done(is_done)
        if fresh or self.next.isDefault() != self.is_done:
            self._follow()
        if fresh:
            announce(self, " ".join(task.spoken() for task in fresh))

    @property
    def is_done(self) -> bool:
        """Whether everything of the step is done."""
        return all(task.tick.done for task in self.tasks)

    def _follow(self) -> None:
        self.next.setDefault(self.is_done)
        self.show_me.setVisible(not self.is_done)
        if not self.show_me.isVisible() and self.show_me.hasFocus():
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        self._describe()

    def _describe(self) -> None:
        words = self._words
        name = _("Tour, step {n} of {m}: {title}").format(n=self._number, m=self._of, title=words.title)
        self.setAccessibleName(name)
        parts = [words.text, *(f"{task.spoken()}." for task in self.tasks), self.more.text()]
        self.setAccessibleDescription(" ".join(part for part in parts if part))

    def fit(self) -> None:
        """As high as its words need."""
        box = self.layout()
        assert box is not None
        box.activate()
        self.resize(self.width(), box.totalHeightForWidth(self.width()))

    # -- by keys ---------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """To what is to be pressed next."""
        ready = self.is_done or not self.show_me.isVisible()
        (self.next if ready else self.show_me).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.layout() is not None:
            self.fit()
