"""The tree of the panel: groups, in them questions, in them what was found; many findings come in pieces."""

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qda.coding.method_questions import GROUPS, Finding, Group, Question, group_title
from qda.i18n import _, ngettext
from qda.ui.controls import BarTree
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.theme import tokens_of

Index = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole
_PIECE: Final = 60  # findings that are shown at once
_SHORTS: Final = 12  # numbers of relations that stand behind a question


@dataclass(eq=False, slots=True)
class Row:
    """A group, a question in the words of its findings, a finding, or "more" (neither)."""

    title: str
    right: str = ""
    group: Group = "relations"
    question: Question | None = None
    finding: Finding | None = None
    above: "Row | None" = None
    below: list["Row"] = field(default_factory=list)
    rest: list["Row"] = field(default_factory=list)  # findings that are not shown yet

    @property
    def is_group(self) -> bool:
        """One of the five."""
        return self.above is None

    @property
    def is_more(self) -> bool:
        """What brings further findings."""
        return self.finding is None and self.question is None and not self.is_group

    @property
    def at(self) -> int:
        """Its place below what it stands in."""
        return self.above.below.index(self) if self.above else 0


class QuestionModel(QAbstractItemModel):
    """The rows. What a group holds is set when it was asked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.groups = [Row(group_title(group), group=group) for group, _title in GROUPS]

    def row_of(self, index: Index) -> Row | None:
        """The row at an index."""
        pointer = index.internalPointer() if index.isValid() else None
        return pointer if isinstance(pointer, Row) else None

    def index_of(self, row: Row) -> QModelIndex:
        """The index of a row."""
        return self.createIndex(self.groups.index(row) if row.is_group else row.at, 0, row)

    def group(self, group: Group) -> Row:
        """The row of a group."""
        return next(row for row in self.groups if row.group == group)

    def tell(self, group: Group, right: str) -> None:
        """What stands behind a group's name."""
        row = self.group(group)
        if row.right != right:
            row.right = right
            self.dataChanged.emit(self.index_of(row), self.index_of(row))

    def set_questions(self, group: Group, questions: list[Question]) -> None:
        """What was found: one row a heading, in it the findings."""
        top = self.group(group)
        index = self.index_of(top)
        if top.below:
            self.beginRemoveRows(index, 0, len(top.below) - 1)
            top.below = []
            self.endRemoveRows()
        rows = [row for question in questions for row in _rows(question, top)]
        if rows:
            self.beginInsertRows(index, 0, len(rows) - 1)
            top.below = rows
            self.endInsertRows()

    def show_more(self, row: Row) -> None:
        """Brings the next findings in the place of "more"."""
        above = row.above
        if above is None or not above.rest:
            return
        index, at = self.index_of(above), row.at
        self.beginRemoveRows(index, at, at)
        above.below.remove(row)
        self.endRemoveRows()
        shown = _next_piece(above)
        self.beginInsertRows(index, at, at + len(shown) - 1)
        above.below += shown
        self.endInsertRows()

    # -- as Qt asks for it ----------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        rows = self._below(parent)
        return self.createIndex(row, column, rows[row]) if row < len(rows) and column == 0 else QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        row = self.row_of(index)
        return self.index_of(row.above) if row is not None and row.above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._below(parent))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        row = self.row_of(parent)
        return True if row is None else row.is_group or bool(row.below)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_of(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.title, row.right, _answer(row)) if part)
        if role == Qt.ItemDataRole.ToolTipRole and row.finding is not None:
            return row.finding.sentence
        return None

    def _below(self, parent: Index) -> list[Row]:
        row = self.row_of(parent)
        return self.groups if row is None else row.below


def _answer(row: Row) -> str:
    given = row.finding.answer if row.finding else row.question.answer if row.question else ""
    return _("answered") if given else ""


def _rows(question: Question, top: Row) -> list[Row]:
    """A question as one row, or as one for each heading of its findings."""
    if not question.findings:
        words = question.unasked or _("nothing")
        return [Row(question.title, words, top.group, question, None, top)]
    found = []
    for heading, findings in question.headings:
        row = Row(heading, _summary(findings), top.group, question, None, top)
        row.rest = [Row(_title(one), "", top.group, question, one, row) for one in findings]
        row.below = _next_piece(row)
        found.append(row)
    return found


def _title(one: Finding) -> str:
    """A finding in its line; a relation's number before its statement."""
    return f"{one.short}  {one.sentence}" if one.kind == "relation" else one.sentence


def _next_piece(above: Row) -> list[Row]:
    shown, above.rest = above.rest[:_PIECE], above.rest[_PIECE:]
    if above.rest:
        told = ngettext("{n} more", "{n} more", len(above.rest)).format(n=len(above.rest))
        shown = [*shown, Row(told, "", above.group, None, None, above)]
    return shown


def _summary(findings: tuple[Finding, ...]) -> str:
    """Numbers of relations instead of figures; else how many there are."""
    numbers = [one.short for one in findings if one.kind == "relation"]
    if numbers and len(numbers) <= _SHORTS:
        return ngettext("relation {numbers}", "relations {numbers}", len(numbers)).format(
            numbers=", ".join(numbers)
        )
    return str(len(findings))


class QuestionDelegate(QStyledItemDelegate):
    """One line for a group; two where a question or a finding does not fit into one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        width = option.rect.width()
        if width <= 0 and isinstance(option.widget, QuestionTree):
            width = option.widget.room(row)
        line = QFontMetrics(_font(row)).height()
        lines = 1 if row.is_group or self._fits(row, width) else 2
        return QSize(px(120), line * lines + 2 * px(5))

    def _fits(self, row: Row, width: int) -> bool:
        words = QFontMetrics(_font(row)).horizontalAdvance(row.title)
        right = QFontMetrics(ui_font(SMALL)).horizontalAdvance(row.right) + px(12) if row.right else 0
        return words + right + px(20) <= width

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        theme = tokens_of(option.widget)
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(theme.list_selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(theme.hover))
        inner = area.adjusted(px(4), px(5), -px(12), -px(5))
        nothing = row.question is not None and not row.question.findings
        quiet = theme.minor if nothing else theme.accent if row.is_more else theme.text
        _draw(painter, inner, row, QColor(quiet), QColor(theme.minor))
        painter.restore()


def _font(row: Row) -> QFont:
    if row.is_group:
        font = ui_font()
        font.setWeight(QFont.Weight.Medium)
        return font
    return ui_font(SMALL) if row.finding is not None or row.is_more else ui_font()


def _draw(painter: QPainter, inner: QRect, row: Row, words: QColor, minor: QColor) -> None:
    font, small = _font(row), ui_font(SMALL)
    metrics, side = QFontMetrics(font), QFontMetrics(small)
    right = " ".join(part for part in (row.right, "✓" if _answer(row) else "") if part)
    behind = side.horizontalAdvance(right) + px(12) if right else 0
    painter.setFont(font)
    painter.setPen(words)
    lines = _lines(row.title, metrics, inner, behind)
    for number, (line, room) in enumerate(lines):
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
        painter.drawText(
            QRect(inner.left(), inner.top() + number * metrics.height(), room, metrics.height()), 0, shown
        )
    if right:
        painter.setFont(small)
        painter.setPen(minor)
        box = QRect(inner.left(), inner.bottom() + 1 - metrics.height(), inner.width(), metrics.height())
        shown = side.elidedText(right, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)


def _lines(title: str, metrics: QFontMetrics, inner: QRect, behind: int) -> list[tuple[str, int]]:
    """One or two lines with the room that each has; what stands behind is in the last one."""
    whole, last = inner.width(), inner.width() - behind
    if inner.height() < 2 * metrics.height():
        return [(title, last)]
    words = title.split(" ")
    count, room = 1, whole - px(4)
    while count < len(words) and metrics.horizontalAdvance(" ".join(words[: count + 1])) <= room:
        count += 1
    return [(" ".join(words[:count]), whole), (" ".join(words[count:]), last)]


class QuestionTree(BarTree):
    """The tree. Enter or a double click takes a row, F2 answers it."""

    taken = Signal(object)
    answer_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("questions_tree")
        self.setAccessibleName(_("Questions of the method"))
        self.rows = QuestionModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(QuestionDelegate(self))
        self.setUniformRowHeights(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._on_words = True
        self.doubleClicked.connect(self._take)
        self.clicked.connect(self._clicked)

    def room(self, row: Row) -> int:
        """How wide the words of a row can be."""
        depth = 1 if row.is_group else 3 if row.finding is not None or row.is_more else 2
        return self.viewport().width() - depth * self.indentation()

    @property
    def current(self) -> Row | None:
        """The row in hand."""
        return self.rows.row_of(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self._take(self.currentIndex())
        elif event.key() == Qt.Key.Key_F2:
            self.answer_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        self._on_words = self.visualRect(self.indexAt(at)).contains(at)  # and not on the arrow before them
        super().mousePressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        row = self.rows.row_of(index) if self._on_words else None
        if row is not None and row.is_more:
            self._more(row)
        elif row is not None and row.is_group:
            self.setExpanded(index, not self.isExpanded(index))

    def _take(self, index: QModelIndex) -> None:
        row = self.rows.row_of(index)
        if row is None:
            return
        if row.is_more:
            self._more(row)
        elif row.finding is not None:
            self.taken.emit(row)
        elif not row.is_group and len(row.below) == 1:
            self.taken.emit(row.below[0])
        else:
            self.setExpanded(index, not self.isExpanded(index))

    def _more(self, row: Row) -> None:
        above, at = row.above, row.at
        self.rows.show_more(row)
        if above is not None:
            self.setCurrentIndex(self.rows.index_of(above.below[at]))
