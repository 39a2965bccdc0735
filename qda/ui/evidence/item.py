"""One piece of evidence in its column: each of its passages with its place, what it does, the note."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.rows import EvidenceRow, SegmentRow
from qda.ui.axial.segmented import Sign
from qda.ui.axial.words import POLARITY_KEYS, kind_word, polarity_word
from qda.ui.fonts import QUOTE, px, reading_font
from qda.ui.surfaces import small
from qda.ui.theme import tokens_of

POLARITIES = {Qt.Key(ord(letter)): polarity for letter, polarity in POLARITY_KEYS.items()}
_CHANGING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2, Qt.Key.Key_K)
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}


def quotation(row: EvidenceRow) -> str:
    """The words of all passages of a piece."""
    return " ".join(quoted(spoken(segment)) for segment in row.segments)


def place(row: EvidenceRow) -> str:
    """Where the passages of a piece stand."""
    return "; ".join(dict.fromkeys(paragraphs_cited(segment) for segment in row.segments))


def told(row: EvidenceRow) -> str:
    """The whole piece in one line."""
    does = f"{polarity_word(row.polarity)} · {kind_word(row.kind)}"
    return ", ".join(part for part in (quotation(row), f"{place(row)} · {does}", row.note) if part)


class EvidenceItem(QWidget):
    """One piece of evidence; a stop of the keyboard."""

    focused = Signal(str)
    moved = Signal(str, int)  # guid, step
    sideways = Signal(str, int)  # to the case before or behind
    to_end = Signal(str, int)  # to the first or last piece of the case
    key_pressed = Signal(str, int)
    menu_wanted = Signal(str, object)
    opened = Signal(str)

    def __init__(self, row: EvidenceRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._current = False
        self.setObjectName(f"evidence_{row.guid}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(told(row))
        right = QVBoxLayout()
        right.setSpacing(px(1))
        self._passages(right, row.segments)
        if row.note:
            right.addWidget(self._quiet(row.note))
        line = QHBoxLayout(self)
        line.setContentsMargins(px(8), px(4), px(8), px(5))
        line.setSpacing(px(7))
        line.addWidget(Sign(row.polarity, self), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(right, 1)

    def _passages(self, box: QVBoxLayout, segments: Sequence[SegmentRow]) -> None:
        """Each passage over its place; behind the last place stands what the piece does."""
        does = f"{polarity_word(self.row.polarity)} · {kind_word(self.row.kind)}"
        for number, segment in enumerate(segments, 1):
            if number > 1:
                box.addSpacing(px(3))
            quote = QLabel(quoted(spoken(segment)), self)
            quote.setFont(reading_font(QUOTE))
            quote.setWordWrap(True)
            quote.setTextFormat(Qt.TextFormat.PlainText)
            box.addWidget(quote)
            cited = paragraphs_cited(segment)
            box.addWidget(self._quiet(f"{cited} · {does}" if number == len(segments) else cited))

    def _quiet(self, words: str) -> QLabel:
        label = small(words, self, wrap=True)
        label.setProperty("minor", False)
        label.setProperty("quiet", True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def passages_in_hand(self) -> list[SegmentRow]:
        """Its passages, to be cited."""
        return list(self.row.segments)

    def set_current(self, current: bool) -> None:
        """The one that keys and panels speak of."""
        if current != self._current:
            self._current = current
            self.update()

    def event(self, event: QEvent) -> bool:
        """K means the kind here, whatever it means elsewhere in the window."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_K:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.row.guid)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.opened.emit(self.row.guid)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(self.row.guid, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(self.row.guid, 1 if key == Qt.Key.Key_Down else -1)
        elif key in _SIDEWAYS:
            self.sideways.emit(self.row.guid, _SIDEWAYS[key])
        elif key in _ENDS:
            self.to_end.emit(self.row.guid, _ENDS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.row.guid)
        elif key in _CHANGING or key in POLARITIES:
            self.key_pressed.emit(self.row.guid, event.key())
        elif key == Qt.Key.Key_Menu:
            self.menu_wanted.emit(self.row.guid, self.mapToGlobal(QPoint(px(20), self.height())))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), tokens_of(self)
        if self._current or self.hasFocus():
            painter.fillRect(self.rect(), QColor(theme.list_selection))
        elif self.underMouse():
            painter.fillRect(self.rect(), QColor(theme.hover))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
