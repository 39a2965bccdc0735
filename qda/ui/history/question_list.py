"""The audit questions as a list: number and question, below it the beginning of the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qda.i18n import _
from qda.ui.fonts import SMALL, figures, px, ui_font
from qda.ui.memos.items import paint_ground
from qda.ui.surfaces import on_panel
from qda.ui.theme import tokens_of

Index = QModelIndex | QPersistentModelIndex
_ROW: Final = Qt.ItemDataRole.UserRole + 1
_NUMBER: Final = 34  # room of the number


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question; a heading has no key. ``answer`` is empty where there is none."""

    key: str
    words: str
    number: int = 0
    answer: str = ""

    @property
    def told(self) -> str:
        """The whole row in one line."""
        if not self.key:
            return self.words
        return f"{self.number}. {self.words} {self.answer or _('unanswered')}"


class _Questions(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[QuestionRow, ...] = ()

    def set_rows(self, rows: Sequence[QuestionRow]) -> None:
        """Shows other rows; where the questions stay, only what stands below them is new."""
        same = [one.key for one in rows] == [one.key for one in self.rows]
        if same:
            self.rows = tuple(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self.rows[index.row()].key:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.told
        return row.words if role == Qt.ItemDataRole.ToolTipRole and row.key else None


class _QuestionDelegate(QStyledItemDelegate):
    """Wraps the question; its answer takes one line."""

    @staticmethod
    def _room(option: QStyleOptionViewItem) -> int:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else px(380)
        return int(width) - px(16 + _NUMBER + 16)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: QuestionRow = index.data(_ROW)
        if not row.key:
            return QSize(px(120), px(36))
        bounds = QFontMetrics(ui_font()).boundingRect(
            QRect(0, 0, self._room(option), 1000), Qt.TextFlag.TextWordWrap, row.words
        )
        return QSize(px(120), bounds.height() + px(17) + px(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QuestionRow = index.data(_ROW)
        area: QRect = option.rect
        colours = tokens_of(option.widget)
        painter.save()
        if not row.key:
            painter.setFont(ui_font(SMALL, semibold=True))
            painter.setPen(QColor(colours.secondary))
            flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(area.adjusted(px(16), 0, -px(16), -px(6)), flags, row.words)
            painter.restore()
            return
        paint_ground(painter, option, colours)
        top, left = area.top() + px(8), area.left() + px(16)
        painter.setFont(figures(ui_font()))
        painter.setPen(QColor(colours.secondary))
        height = QFontMetrics(ui_font()).height()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, top, px(_NUMBER - 12), height), right, str(row.number))
        left += px(_NUMBER)
        painter.setFont(ui_font())
        painter.setPen(QColor(colours.text))
        words = QRect(left, top, self._room(option), area.bottom() - top - px(17 + 8) + 1)
        painter.drawText(words, Qt.TextFlag.TextWordWrap, row.words)
        painter.setFont(ui_font(SMALL, italic=not row.answer))
        painter.setPen(QColor(colours.secondary if row.answer else colours.minor))
        line = QRect(left, area.bottom() - px(17 + 7), self._room(option), px(17))
        told = " ".join(row.answer.split()) or _("unanswered")
        shown = QFontMetrics(painter.font()).elidedText(told, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class QuestionList(QListView):
    """``turned_to`` another question, ``entered`` by Enter or a double click: one wants to write."""

    turned_to = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("audit_questions")
        self.setAccessibleName(_("Audit questions"))
        self.questions = _Questions(self)
        self.setModel(self.questions)
        self.setItemDelegate(_QuestionDelegate(self))
        self.setMouseTracking(True)
        self.setMinimumWidth(px(260))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        on_panel(self.viewport())
        self.selectionModel().currentChanged.connect(self._turned)
        self.doubleClicked.connect(lambda _index: self.entered.emit())

    @property
    def key(self) -> str:
        """The question in hand."""
        index = self.currentIndex()
        return self.questions.rows[index.row()].key if index.isValid() else ""

    def show_rows(self, rows: Sequence[QuestionRow]) -> None:
        """Shows questions with their answers."""
        self.questions.set_rows(rows)

    def choose(self, key: str) -> None:
        """Takes a question in hand."""
        at = next((at for at, row in enumerate(self.questions.rows) if row.key == key), -1)
        if at >= 0:
            self.setCurrentIndex(self.questions.index(at))

    def step(self, by: int) -> None:
        """Goes to the next question, or the one before; headings are passed over."""
        keys = [row.key for row in self.questions.rows if row.key]
        at = keys.index(self.key) + by if self.key in keys else 0
        if 0 <= at < len(keys):
            self.choose(keys[at])

    def _turned(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and self.questions.rows[index.row()].key:
            self.turned_to.emit(self.questions.rows[index.row()].key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
