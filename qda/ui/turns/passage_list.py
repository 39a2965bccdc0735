"""A list of passages by document: a few lines of each and its place. A click or Enter leads to the text."""

from collections.abc import Sequence
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
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qda.coding.citation import spoken
from qda.coding.rows import SegmentRow
from qda.i18n import _
from qda.ui import theme
from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font
from qda.ui.memos.items import paint_ground
from qda.ui.open_coding import citing

Index = QModelIndex | QPersistentModelIndex
PASSAGE: Final = Qt.ItemDataRole.UserRole
_LINES: Final = 3
_LONGEST: Final = 600  # characters that can be seen of a passage
_COPY: Final = QKeySequence("Ctrl+Shift+C")


def first_lines(words: str, width: int, font: QFont) -> list[str]:
    """The first lines of a passage at this width; the last one ends in … where more follows."""
    words = " ".join(words[:_LONGEST].split())
    layout = QTextLayout(words, font)
    layout.setTextOption(QTextOption())
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < _LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, px(40)))
        start = line.textStart()
        # In code points: a line of an emoji may be cut a sign late, which is only seen at its end.
        lines.append(
            words.encode("utf-16-le")[2 * start : 2 * (start + line.textLength())].decode("utf-16-le")
        )
    rest = len("".join(lines)) < len(words)
    layout.endLayout()
    if rest and lines:
        lines[-1] = (
            QFontMetrics(font)
            .elidedText(lines[-1].rstrip() + " …………", Qt.TextElideMode.ElideRight, width)
            .rstrip("…")
            .rstrip()
            + " …"
        )
    return lines


class PassageModel(QAbstractListModel):
    """Passages and, before the first of each document, its title and case."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SegmentRow | str] = []

    def set_passages(self, passages: Sequence[SegmentRow]) -> None:
        """Shows these passages, which come document by document."""
        self.beginResetModel()
        self._rows = []
        last = ""
        for one in passages:
            if one.source != last:
                self._rows.append(" · ".join(part for part in (one.title, one.case_name) if part))
                last = one.source
            self._rows.append(one)
        self.endResetModel()

    def row(self, index: Index) -> SegmentRow | str:
        """A passage, or the heading of a document."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == PASSAGE:
            return row
        if isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{place(row)}: {spoken(row)}"
        return spoken(row) if role == Qt.ItemDataRole.ToolTipRole else None


def place(row: SegmentRow) -> str:
    """Who, and in which paragraphs."""
    numbers = (
        row.paragraph if row.paragraph == row.last_paragraph else f"{row.paragraph}–{row.last_paragraph}"
    )
    told = _("para. {number}").format(number=numbers)
    return f"{row.speaker}, {told}" if row.speaker else told


class PassageDelegate(QStyledItemDelegate):
    """Up to three lines of the words, their place below."""

    def _inner(self, option: QStyleOptionViewItem) -> int:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else px(280)
        return int(width) - px(30)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(PASSAGE)
        small = QFontMetrics(ui_font(SMALL)).height()
        if not isinstance(row, SegmentRow):
            return QSize(px(120), small + px(14))
        font = reading_font(QUOTE)
        lines = len(first_lines(spoken(row), self._inner(option), font))
        return QSize(px(120), max(lines, 1) * px(20) + small + px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(PASSAGE)
        colours = theme.tokens_of(option.widget)
        area: QRect = option.rect
        painter.save()
        if isinstance(row, SegmentRow):
            paint_ground(painter, option, colours)
            self._passage(painter, area, row, self._inner(option), colours)
        else:
            painter.setFont(ui_font(SMALL, semibold=True))
            painter.setPen(QColor(colours.secondary))
            flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(area.adjusted(px(16), 0, -px(12), -px(4)), flags, str(row))
        painter.restore()

    @staticmethod
    def _passage(painter: QPainter, area: QRect, row: SegmentRow, width: int, colours: theme.Tokens) -> None:
        font = reading_font(QUOTE)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        top = area.top() + px(6)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for line in first_lines(spoken(row), width, font):
            painter.drawText(QRect(area.left() + px(16), top, width + px(10), px(20)), flags, line.rstrip())
            top += px(20)
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(colours.minor))
        height = QFontMetrics(painter.font()).height()
        painter.drawText(QRect(area.left() + px(16), top + 1, width, height), flags, place(row))


class PassageList(QListView):
    """``wanted`` leads to a passage, ``taken`` is Enter on one, ``removed`` Del; Ctrl+Shift+C copies."""

    wanted = Signal(object)  # SegmentRow: it is in hand now
    taken = Signal(object)  # SegmentRow
    removed = Signal(object)  # SegmentRow
    copied = Signal(str)  # what to tell

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.passages = PassageModel(self)
        self.setModel(self.passages)
        self.setItemDelegate(PassageDelegate(self))
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.clicked.connect(self._clicked)
        self._empty = ""

    def set_empty(self, words: str) -> None:
        """What is said where there are none."""
        self._empty = words
        self.setAccessibleDescription("" if self.passages.rowCount() else words)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self.passages.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme.tokens_of(self).minor))
            area = self.viewport().rect().adjusted(px(16), px(16), -px(16), -px(16))
            painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._empty)

    def set_passages(self, passages: Sequence[SegmentRow]) -> None:
        """Shows these; what was in hand stays near."""
        at = self.currentIndex().row()
        self.passages.set_passages(passages)
        if at >= 0:
            self._choose(min(at, self.passages.rowCount() - 1), 1)

    @property
    def current(self) -> SegmentRow | None:
        """The passage in hand."""
        index = self.currentIndex()
        row = self.passages.row(index) if index.isValid() else None
        return row if isinstance(row, SegmentRow) else None

    def chosen(self) -> list[SegmentRow]:
        """The passages that are selected, in their order."""
        rows = (self.passages.row(index) for index in sorted(self.selectedIndexes(), key=QModelIndex.row))
        return [row for row in rows if isinstance(row, SegmentRow)]

    def copy_chosen(self) -> None:
        """Copies the selected passages as citations; without any, all."""
        rows = self.chosen()
        if not rows:
            every = (self.passages.row(self.passages.index(at)) for at in range(self.passages.rowCount()))
            rows = [row for row in every if isinstance(row, SegmentRow)]
        if told := citing.copy(rows):
            self.copied.emit(told)

    def choose_first(self) -> None:
        """Takes the first passage in hand."""
        self._choose(0, 1)

    def step(self, by: int) -> None:
        """Takes the next (or previous) passage in hand and leads there."""
        if self._choose(self.currentIndex().row() + by, by) and self.current is not None:
            self.wanted.emit(self.current)

    def _choose(self, at: int, by: int) -> bool:
        while 0 <= at < self.passages.rowCount():
            index = self.passages.index(at)
            if isinstance(self.passages.row(index), SegmentRow):
                self.setCurrentIndex(index)
                return True
            at += by
        return False

    def _clicked(self, index: QModelIndex) -> None:
        row = self.passages.row(index) if index.isValid() else ""
        if isinstance(row, SegmentRow):
            self.wanted.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.taken.emit(self.current)
        elif key == Qt.Key.Key_Delete and self.current is not None:
            self.removed.emit(self.current)
        elif QKeySequence(event.keyCombination()) == _COPY:
            self.copy_chosen()
        else:
            super().keyPressEvent(event)
