"""The one list of passages: an excerpt with the words set off, place and case, by document.

A row shows an :class:`Excerpt` of something (a segment, a hit, an answer); the list hands out that thing
itself. A click, Enter or the arrow keys lead to the text; Ctrl+Shift+C copies what is selected as citations.
:class:`PassageList` is the list of segments as the rest of the window uses it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
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
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QWidget,
)

from qda.coding.citation import spoken
from qda.coding.rows import SegmentRow
from qda.i18n import _
from qda.ui import theme
from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font
from qda.ui.memos.items import paint_ground
from qda.ui.open_coding import citing

Index = QModelIndex | QPersistentModelIndex
Item = Any  # what a row is of; the list hands it out as it came in
ITEM: Final = Qt.ItemDataRole.UserRole
EXCERPT: Final = Qt.ItemDataRole.UserRole + 1
_LINES: Final = 3
_LONGEST: Final = 600  # characters that can be seen of a passage
_MANY: Final = 40  # rows that are made at once; each is measured
_TRIES: Final = 6
_KEPT: Final = 20_000  # heights and excerpts that are known
_COPY: Final = QKeySequence("Ctrl+Shift+C")
_HEAD: Final = object()  # the item of a heading


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a row shows. ``marks`` are the places of ``words`` that are set off, in code points.

    ``words`` are one line: its breaks are blanks. Outside of ``core`` they are context, and paler.
    """

    words: str
    place: str
    marks: tuple[tuple[int, int], ...] = ()
    core: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """How things become rows: what is shown of one, and under which heading (a key, its words) it stands.

    ``lines``: how many are shown of one at most.
    """

    excerpt: Callable[[Item], Excerpt]
    heading: Callable[[Item], tuple[str, str]]
    lines: int = _LINES


def place(row: SegmentRow) -> str:
    """Who, and in which paragraphs."""
    numbers = (
        row.paragraph if row.paragraph == row.last_paragraph else f"{row.paragraph}–{row.last_paragraph}"
    )
    told = _("para. {number}").format(number=numbers)
    return f"{row.speaker}, {told}" if row.speaker else told


def segment_excerpt(row: SegmentRow) -> Excerpt:
    """A segment, from its beginning."""
    return Excerpt(spoken(row)[:_LONGEST], place(row))


def segment_heading(row: SegmentRow) -> tuple[str, str]:
    """The document of a segment, with its case."""
    return row.source, " · ".join(part for part in (row.title, row.case_name) if part)


SEGMENTS: Final = Shape(segment_excerpt, segment_heading)


# -- lines of an excerpt ------------------------------------------------------------------------------------


def units(words: str) -> int:
    """How many signs Qt counts."""
    return len(words.encode("utf-16-le")) // 2


def first_lines(words: str, width: int, font: QFont, *, most: int = _LINES) -> list[str]:
    """The first lines of a passage at this width; the last one ends in … where more follows."""
    layout = QTextLayout(words, font)
    layout.setTextOption(_wrapping())
    lines = [
        words.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore")
        for start, length in _lines_of(layout, width, most)
    ]
    if len("".join(lines)) < len(words) and lines:
        shown = QFontMetrics(font).elidedText(
            lines[-1].rstrip() + " …………", Qt.TextElideMode.ElideRight, width
        )
        lines[-1] = shown.rstrip("…").rstrip() + " …"
    return lines


def _lines_of(layout: QTextLayout, width: int, most: int) -> list[tuple[int, int]]:
    """Start and length of the first lines, as Qt counts; each is in its place."""
    layout.beginLayout()
    found: list[tuple[int, int]] = []
    while len(found) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, px(40)))
        line.setPosition(QPointF(0, len(found) * px(20)))
        found.append((line.textStart(), line.textLength()))
    layout.endLayout()
    return found


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def lay_out(excerpt: Excerpt, width: int, most: int, colours: theme.Tokens) -> QTextLayout:
    """The lines that are shown of an excerpt, what is set off in them semibold and in the accent's colour."""
    font = reading_font(QUOTE)
    words = "".join(first_lines(excerpt.words, width, font, most=most))
    for _each in range(_TRIES):  # semibold words are wider: the end may have no room any more
        layout = QTextLayout(words, font)
        layout.setTextOption(_wrapping())
        layout.setFormats(_formats(excerpt, words, colours))
        lines = _lines_of(layout, width, most)
        if not lines or sum(lines[-1]) >= units(words):
            break
        words = words.rstrip(" …").rpartition(" ")[0] + " …"
    return layout


def _formats(excerpt: Excerpt, words: str, colours: theme.Tokens) -> list[QTextLayout.FormatRange]:
    """How the shown ``words`` of an excerpt differ from plain ones."""
    shown = len(words) if words == excerpt.words else len(words.rstrip(" …"))
    found: list[QTextLayout.FormatRange] = []

    def add(start: int, stop: int, form: QTextCharFormat) -> None:
        if start < min(stop, shown):
            piece = QTextLayout.FormatRange()
            piece.start, piece.length = units(words[:start]), units(words[start : min(stop, shown)])
            piece.format = form
            found.append(piece)

    if excerpt.core is not None:
        pale = QTextCharFormat()
        pale.setForeground(QColor(colours.minor))
        add(0, excerpt.core[0], pale)
        add(excerpt.core[1], shown, pale)
    off = QTextCharFormat()
    off.setFontWeight(QFont.Weight.DemiBold)
    off.setForeground(QColor(colours.accent))
    for start, stop in excerpt.marks:
        add(start, stop, off)
    return found


# -- the model ----------------------------------------------------------------------------------------------


class PassageModel(QAbstractListModel):
    """Things and, before the first of each document, its heading. Excerpts are made when they are seen."""

    def __init__(self, shape: Shape = SEGMENTS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shape = shape
        self.taken: Callable[[Item], bool | None] | None = None  # ticked, not, or cannot be
        self.note: Callable[[Item], str] | None = None  # what stands behind the place
        self._rows: list[tuple[Item, str]] = []  # (thing, "") or (_HEAD, words)
        self._last = ""
        self._waiting: list[Item] = []  # not rows yet: they become some as one comes near
        self._excerpts: dict[int, Excerpt] = {}

    def set_items(self, items: Iterable[Item]) -> None:
        """Shows these, which come document by document."""
        self.beginResetModel()
        self._excerpts.clear()
        self._last = ""
        self._waiting = list(items)
        self._rows = self._headed(self._next())
        self.endResetModel()

    def add_items(self, items: Iterable[Item]) -> None:
        """Shows these too, at the end."""
        self._waiting += items

    def _next(self) -> list[Item]:
        some, self._waiting = self._waiting[:_MANY], self._waiting[_MANY:]
        return some

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and bool(self._waiting)

    def fetchMore(self, _parent: Index) -> None:
        rows = self._headed(self._next())
        if rows:
            at = len(self._rows)
            self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def make_all(self) -> None:
        """Makes rows of all that wait."""
        while self._waiting:
            self.fetchMore(QModelIndex())

    def set_passages(self, passages: Sequence[SegmentRow]) -> None:
        """Shows these segments."""
        self.set_items(passages)

    def _headed(self, items: Iterable[Item]) -> list[tuple[Item, str]]:
        rows: list[tuple[Item, str]] = []
        for one in items:
            key, words = self.shape.heading(one)
            if key != self._last:
                rows.append((_HEAD, words))
                self._last = key
            rows.append((one, ""))
        return rows

    def is_heading(self, at: int) -> bool:
        """Whether a row is the heading of a document."""
        return self._rows[at][0] is _HEAD

    def heading(self, at: int) -> str:
        """The words of a heading."""
        return self._rows[at][1]

    def item(self, index: Index) -> Item | None:
        """The thing of a row; none for a heading."""
        found = self._rows[index.row()][0] if index.isValid() else _HEAD
        return None if found is _HEAD else found

    def row(self, index: Index) -> Any:
        """The thing of a row, or the words of a heading."""
        item, words = self._rows[index.row()]
        return words if item is _HEAD else item

    def items(self) -> list[Item]:
        """All things, in their order."""
        return [*(item for item, _words in self._rows if item is not _HEAD), *self._waiting]

    def row_of(self, item: Item) -> int:
        """Where a thing stands; -1 where it does not."""
        if any(one is item for one in self._waiting):
            self.make_all()
        return next((at for at, (one, _words) in enumerate(self._rows) if one is item), -1)

    def excerpt(self, at: int) -> Excerpt:
        """What is shown of a thing."""
        if at not in self._excerpts:
            if len(self._excerpts) > _KEPT:
                self._excerpts.clear()
            self._excerpts[at] = self.shape.excerpt(self._rows[at][0])
        return self._excerpts[at]

    def told(self) -> None:
        """Ticks or notes have changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.is_heading(index.row()):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item, words = self._rows[index.row()]
        if item is _HEAD:
            return words if role == Qt.ItemDataRole.DisplayRole else None
        if role == ITEM:
            return item
        if role == EXCERPT:
            return self.excerpt(index.row())
        if role == Qt.ItemDataRole.CheckStateRole and self.taken is not None:
            taken = self.taken(item)
            state = Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked
            return None if taken is None else state
        if role == Qt.ItemDataRole.DisplayRole:
            told = self.excerpt(index.row())
            note = self.note(item) if self.note is not None else ""
            return f"{told.place}: {told.words}" + (f" ({note})" if note else "")
        return self.excerpt(index.row()).words if role == Qt.ItemDataRole.ToolTipRole else None


# -- how a row is painted -----------------------------------------------------------------------------------


class PassageDelegate(QStyledItemDelegate):
    """Up to three lines of the words, their place below; a tick before them where there is one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[Excerpt, int], int] = {}

    @staticmethod
    def left(index: Index) -> int:
        """Where the words begin."""
        return px(40) if index.data(Qt.ItemDataRole.CheckStateRole) is not None else px(16)

    @staticmethod
    def box(area: QRect) -> QRect:
        """Where the tick stands."""
        return QRect(area.left() + px(14), area.top() + px(8), px(16), px(16))

    def _inner(self, option: QStyleOptionViewItem, index: Index) -> int:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else px(280)
        return int(width) - self.left(index) - px(14)

    @staticmethod
    def _most(index: Index) -> int:
        model = index.model()
        return model.shape.lines if isinstance(model, PassageModel) else _LINES

    def forget(self) -> None:
        """Another font or width."""
        self._heights.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        small = QFontMetrics(ui_font(SMALL)).height()
        excerpt = index.data(EXCERPT)
        if not isinstance(excerpt, Excerpt):
            return QSize(px(120), small + px(14))
        width = self._inner(option, index)
        key = (excerpt, width)
        most = self._most(index)
        if key not in self._heights:
            if len(self._heights) > _KEPT:
                self._heights.clear()
            if excerpt.marks:  # semibold words may need a line more
                lines = lay_out(excerpt, width, most, theme.tokens_of(option.widget)).lineCount()
            else:
                lines = len(first_lines(excerpt.words, width, reading_font(QUOTE), most=most))
            self._heights[key] = max(lines, 1) * px(20) + small + px(14)
        return QSize(px(120), self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.tokens_of(option.widget)
        area: QRect = option.rect
        excerpt = index.data(EXCERPT)
        painter.save()
        if isinstance(excerpt, Excerpt):
            paint_ground(painter, option, colours)
            left, width = area.left() + self.left(index), self._inner(option, index)
            state = index.data(Qt.ItemDataRole.CheckStateRole)
            if state is not None:
                self._tick(painter, option, taken=Qt.CheckState(state) is Qt.CheckState.Checked)
            painter.setPen(QColor(colours.text))
            layout = lay_out(excerpt, width, self._most(index), colours)
            layout.draw(painter, QPointF(left, area.top() + px(6)))
            self._place(painter, QRect(left, area.top(), width, area.height()), index, excerpt, colours)
        else:
            painter.setFont(ui_font(SMALL, semibold=True))
            painter.setPen(QColor(colours.secondary))
            flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            inner = area.adjusted(px(16), 0, -px(12), -px(4))
            words = painter.fontMetrics().elidedText(
                str(index.data()), Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.drawText(inner, flags, words)
        painter.restore()

    @staticmethod
    def _place(painter: QPainter, area: QRect, index: Index, excerpt: Excerpt, colours: theme.Tokens) -> None:
        """The place below the words, and what is noted behind it."""
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(colours.minor))
        height = painter.fontMetrics().height()
        line = QRect(area.left(), area.bottom() - height - px(6), area.width(), height)
        model, note = index.model(), ""
        if isinstance(model, PassageModel) and model.note is not None:
            note = model.note(index.data(ITEM))
        words = " · ".join(part for part in (excerpt.place, note) if part)
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _tick(self, painter: QPainter, option: QStyleOptionViewItem, *, taken: bool) -> None:
        button = QStyleOptionButton()
        button.rect = self.box(option.rect)
        button.state = QStyle.StateFlag.State_Enabled | (
            QStyle.StateFlag.State_On if taken else QStyle.StateFlag.State_Off
        )
        element = QStyle.PrimitiveElement.PE_IndicatorCheckBox
        option.widget.style().drawPrimitive(element, button, painter, option.widget)


# -- the list -----------------------------------------------------------------------------------------------


class ExcerptList(QListView):
    """``wanted`` leads to a passage, ``taken`` is Enter on one, ``removed`` Del; Ctrl+Shift+C copies.

    ``cite`` gives the segments that are copied for things of the list.
    """

    wanted = Signal(object)  # the thing that is in hand now
    taken = Signal(object)
    removed = Signal(object)
    ticked = Signal(object)  # its tick was clicked, or Space pressed on it
    copied = Signal(str)  # what to tell

    def __init__(
        self,
        name: str,
        label: str,
        parent: QWidget | None = None,
        *,
        shape: Shape = SEGMENTS,
        cite: Callable[[list[Item]], list[SegmentRow]] = list,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.passages = PassageModel(shape, self)
        self._cite = cite
        self.setModel(self.passages)
        self.rows = PassageDelegate(self)
        self.setItemDelegate(self.rows)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.clicked.connect(self._clicked)
        self._empty = ""
        self._on_tick = False

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

    def set_items(self, items: Sequence[Item]) -> None:
        """Shows these; what was in hand stays near."""
        at = self.currentIndex().row()
        self.passages.set_items(items)
        if at >= 0:
            self._choose(min(at, self.passages.rowCount() - 1), 1)

    def add_items(self, items: Sequence[Item]) -> None:
        """Shows these too, below the others."""
        self.passages.add_items(items)
        bar = self.verticalScrollBar()
        if bar.value() == bar.maximum() and self.passages.canFetchMore(QModelIndex()):
            self.passages.fetchMore(QModelIndex())  # one stands at the end already

    @property
    def item(self) -> Item | None:
        """The thing in hand."""
        index = self.currentIndex()
        return self.passages.item(index) if index.isValid() else None

    def chosen_items(self) -> list[Item]:
        """The things that are selected, in their order."""
        found = (self.passages.item(index) for index in sorted(self.selectedIndexes(), key=QModelIndex.row))
        return [item for item in found if item is not None]

    def copy_chosen(self) -> None:
        """Copies the selected passages as citations; without any, all."""
        if told := citing.copy(self._cite(self.chosen_items() or self.passages.items())):
            self.copied.emit(told)

    def choose_first(self) -> None:
        """Takes the first passage in hand."""
        self._choose(0, 1)

    def choose(self, item: Item) -> None:
        """Takes this one in hand."""
        self._choose(self.passages.row_of(item), 1)

    def step(self, by: int) -> bool:
        """Takes the next (or previous) passage in hand and leads there; False where there is none."""
        if self._choose(self.currentIndex().row() + by, by) and self.item is not None:
            self.wanted.emit(self.item)
            return True
        return False

    def _choose(self, at: int, by: int) -> bool:
        if at >= self.passages.rowCount() - 1:
            self.passages.fetchMore(QModelIndex())
        while 0 <= at < self.passages.rowCount():
            if not self.passages.is_heading(at):
                self.setCurrentIndex(self.passages.index(at))
                return True
            at += by
        return False

    def _clicked(self, index: QModelIndex) -> None:
        on_tick, self._on_tick = self._on_tick, False
        if not on_tick and (item := self.passages.item(index)) is not None:
            self.wanted.emit(item)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._on_tick = (
            index.isValid()
            and index.data(Qt.ItemDataRole.CheckStateRole) is not None
            and event.position().x() < self.visualRect(index).left() + self.rows.left(index)
        )
        super().mousePressEvent(event)
        if self._on_tick:
            self.ticked.emit(self.passages.item(index))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.rows.forget()
            self.scheduleDelayedItemsLayout()

    def event(self, event: QEvent) -> bool:
        """Copying means what is in hand here, not what is selected in the text."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and QKeySequence(event.keyCombination()) == _COPY
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.item is not None:
            self.taken.emit(self.item)
        elif key == Qt.Key.Key_Delete and self.item is not None:
            self.removed.emit(self.item)
        elif key == Qt.Key.Key_Space and plain and self.passages.taken is not None and self.item is not None:
            self.ticked.emit(self.item)
        elif QKeySequence(event.keyCombination()) == _COPY:
            self.copy_chosen()
        else:
            super().keyPressEvent(event)


class PassageList(ExcerptList):
    """The list of segments."""

    def set_passages(self, passages: Sequence[SegmentRow]) -> None:
        """Shows these; what was in hand stays near."""
        self.set_items(passages)

    @property
    def current(self) -> SegmentRow | None:
        """The passage in hand."""
        item = self.item
        return item if isinstance(item, SegmentRow) else None

    def chosen(self) -> list[SegmentRow]:
        """The passages that are selected, in their order."""
        return [row for row in self.chosen_items() if isinstance(row, SegmentRow)]
