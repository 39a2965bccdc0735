"""The written form of a query, which can be changed by typing; what cannot be read is told at its place."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qda.coding.positions import QtPositions
from qda.coding.retrieval import QueryError, parse
from qda.coding.retrieval.spec import Spec
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.ui.fonts import px
from qda.ui.retrieval.telling import Words
from qda.ui.surfaces import small
from qda.ui.theme import tokens_of

PAUSE_MS = 500


class MarkedLine(QLineEdit):
    """A field with a wave below the place where something is wrong."""

    place: int | None = None  # code points

    def mark(self, place: int | None) -> None:
        """Marks this place, or none."""
        self.place = place
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.place is None:
            return
        text = self.text()
        metrics = self.fontMetrics()
        cursor = QtPositions(text).from_qt(self.cursorPosition())
        here = self.cursorRect()
        left = here.center().x() + metrics.horizontalAdvance(text[: self.place])
        left -= metrics.horizontalAdvance(text[:cursor])
        words = text[self.place :].split()
        width = metrics.horizontalAdvance(words[0]) if words else px(8)
        painter = QPainter(self)
        painter.setClipRect(self.rect().adjusted(px(4), 0, -px(4), 0))
        painter.setPen(QPen(QColor(tokens_of(self).notice), 2))
        bottom = here.bottom() + 1
        for x in range(left, left + max(width, px(8)), 4):
            painter.drawLine(x, bottom, x + 2, bottom - 2)
            painter.drawLine(x + 2, bottom - 2, x + 4, bottom)


class WrittenQuery(QWidget):
    """The field and what is wrong in it. ``read``: another query was written."""

    read = Signal(object)

    def __init__(self, project: Project, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project, self._words = project, words
        self._shown = ""
        self.line = MarkedLine(self)
        self.line.setObjectName("written_query")
        self.line.setAccessibleName(_("Query in written form"))
        self.line.setPlaceholderText(_("In written form: Trust near(2) Conflict and role:respondent"))
        self.note = small("", self, wrap=True)
        self.note.setObjectName("written_note")
        self.note.setProperty("minor", False)
        self.note.setProperty("notice", True)
        self.note.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(2))
        box.addWidget(self.line)
        box.addWidget(self.note)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.take)
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self.take)

    @property
    def in_hand(self) -> bool:
        """Whether somebody is writing something that was not taken yet."""
        return self.line.hasFocus() and self.line.text().strip() != self._shown.strip()

    def show_query(self, query: Spec | None) -> None:
        """Shows what the clicks have made."""
        self._pause.stop()
        self._shown = self._words.written(query) if query is not None else ""
        if not self.line.hasFocus() or self.line.text().strip() != self._shown:
            self.line.setText(self._shown)
            if not self.line.hasFocus():
                self.line.setCursorPosition(0)
        self._tell("", None)

    def _edited(self) -> None:
        self._tell("", None)
        self._pause.start()

    def take(self) -> None:
        """Reads what stands in the field."""
        self._pause.stop()
        words = self.line.text()
        if words.strip() == self._shown.strip():
            return
        if not words.strip():
            self._shown = ""
            self.read.emit(None)
            return
        try:
            query = parse(self._project, words)
        except QueryError as problem:
            self._tell(problem.sentence, problem.place)
            return
        except KnownError as problem:
            self._tell(problem.sentence, None)
            return
        self._shown = words
        self.read.emit(query)

    def _tell(self, sentence: str, place: int | None) -> None:
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)
        self.line.mark(place)
