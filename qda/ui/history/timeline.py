"""The steps of a life as a list along a line of time: the day, what happened, what was written then."""

from collections.abc import Iterable, Sequence
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
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qda.coding.genesis_steps import Step, StepKind
from qda.i18n import _, ngettext
from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font
from qda.ui.memos.items import paint_ground
from qda.ui.status import told_date
from qda.ui.theme import Tokens, tokens_of

Index = QModelIndex | QPersistentModelIndex
_STEP: Final = Qt.ItemDataRole.UserRole + 1
_DAY: Final = Qt.ItemDataRole.UserRole + 2
_DATES: Final = 124  # room of the day at the left
_AXIS: Final = 142  # where the line of time is
_WORDS: Final = 162
_WRITTEN: Final = 300  # signs of a text that can be seen
# Steps that are the daily work, not a change of the theory.
DAILY: Final[frozenset[StepKind]] = frozenset(("evidence", "placed", "case", "memo"))
_STRONG: Final[frozenset[StepKind]] = frozenset(
    ("made", "named", "kind", "merged", "split", "core", "status", "version")
)


def chosen(steps: Iterable[Step], what: str) -> list[Step]:
    """All steps, those that change the theory ("changes"), or the memos ("memos")."""
    if what == "changes":
        return [step for step in steps if step.kind not in DAILY]
    if what == "memos":
        return [step for step in steps if step.kind == "memo"]
    return list(steps)


class _Steps(QAbstractListModel):
    """Steps with their days."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.steps: tuple[Step, ...] = ()

    def set_steps(self, steps: Sequence[Step]) -> None:
        self.beginResetModel()
        self.steps = tuple(steps)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        step = self.steps[index.row()]
        if role == _STEP:
            return step
        if role == _DAY:
            return self._day(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (told_day(step), step.words, below(step), step.text) if part)
        return step.words if role == Qt.ItemDataRole.ToolTipRole else None

    def _day(self, at: int) -> str:
        """The day of a row where another one begins."""
        day = told_day(self.steps[at])
        return day if not at or told_day(self.steps[at - 1]) != day else ""


def told_day(step: Step) -> str:
    """The day of a step."""
    return told_date(step.at, "d MMM yyyy")


def below(step: Step) -> str:
    """Who, of what it consists, how many passages."""
    parts = [step.coder]
    parts += ["; ".join(step.parts)] if step.parts else []
    if n := len(step.passages):
        parts.append(ngettext("{n} passage", "{n} passages", n).format(n=n))
    parts += [_("private")] if step.private else []
    return " · ".join(part for part in parts if part)


class _StepDelegate(QStyledItemDelegate):
    """A day, a dot on the line of time, what happened; what was written in the reading face."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        step: Step = index.data(_STEP)
        height = px(14) + px(20) + (px(20) if step.text else 0) + px(17)
        return QSize(px(300), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        step: Step = index.data(_STEP)
        area: QRect = option.rect
        colours = tokens_of(option.widget)
        painter.save()
        paint_ground(painter, option, colours)
        self._axis(painter, area, index, colours, strong=step.kind in _STRONG)
        top = area.top() + px(7)
        painter.setFont(ui_font(SMALL, semibold=True))
        painter.setPen(QColor(colours.secondary))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(area.left(), top, px(_DATES), px(20)), right, index.data(_DAY))
        left = area.left() + px(_WORDS)
        line = QRect(left, top, area.right() - left - px(16), px(20))
        _line(painter, line, step.words, ui_font(semibold=step.kind in _STRONG), colours.text)
        if step.text:
            line.translate(0, px(20))
            words = " ".join(step.text[:_WRITTEN].split())
            _line(painter, line, words, reading_font(QUOTE), colours.secondary)
        line.translate(0, px(20))
        line.setHeight(px(17))
        _line(painter, line, below(step), ui_font(SMALL), colours.minor)
        painter.restore()

    @staticmethod
    def _axis(painter: QPainter, area: QRect, index: Index, colours: Tokens, *, strong: bool) -> None:
        x, y = area.left() + px(_AXIS), area.top() + px(17)
        last = index.row() == index.model().rowCount() - 1
        painter.setPen(QPen(QColor(colours.quiet_frame), 1))
        painter.drawLine(x, area.top() if index.row() else y, x, y if last else area.bottom() + 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        painter.setBrush(QColor(colours.accent if strong else colours.paper))
        r = px(4) if strong else px(3)
        painter.drawEllipse(x - r, y - r, 2 * r, 2 * r)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _line(painter: QPainter, area: QRect, words: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)


class Timeline(QListView):
    """``turned`` when another step is in hand, ``entered`` by Enter or a double click on one."""

    turned = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setAccessibleName(_("Steps, oldest first"))
        self.rows = _Steps(self)
        self.setModel(self.rows)
        self.setItemDelegate(_StepDelegate(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._empty = ""
        self.selectionModel().currentChanged.connect(self._current)
        self.doubleClicked.connect(lambda _index: self.entered.emit())

    @property
    def step(self) -> Step | None:
        """The step in hand."""
        index = self.currentIndex()
        return self.rows.steps[index.row()] if index.isValid() else None

    def show_steps(self, steps: Sequence[Step], *, empty: str) -> None:
        """Shows these; the step in hand stays in hand where it is still there, else the last one is."""
        held, scrolled = self.step, self.verticalScrollBar().value()
        self._empty = empty
        self.setAccessibleDescription("" if steps else empty)
        self.rows.set_steps(steps)
        same = next((at for at, one in enumerate(steps) if held and _same(one, held)), -1)
        if same >= 0:
            self.setCurrentIndex(self.rows.index(same))
            self.verticalScrollBar().setValue(scrolled)
        elif steps:
            self.setCurrentIndex(self.rows.index(len(steps) - 1))
            self.scrollToBottom()
        else:
            self.turned.emit(None)

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.turned.emit(self.rows.steps[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.step is not None:
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self.rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(tokens_of(self).minor))
            area = self.viewport().rect().adjusted(px(40), px(40), -px(40), -px(40))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty)


def _same(one: Step, other: Step) -> bool:
    return (one.kind, one.at, one.words, one.memo) == (other.kind, other.at, other.words, other.memo)
