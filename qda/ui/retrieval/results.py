"""The passages of a query as a table: rows are fetched in pages when they are seen, never all."""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from qda.coding.citation import spoken
from qda.coding.retrieval import Found, Order
from qda.i18n import N_, _
from qda.ui.fonts import px
from qda.ui.theme import tokens_of

Index = QModelIndex | QPersistentModelIndex
Place = tuple[int, list[int], int]  # the row in hand, the rows selected, the one on top
PAGE: Final = 200
FOUND: Final = Qt.ItemDataRole.UserRole
_KEPT: Final = 24  # pages
_MOST_KEPT: Final = 500  # selected rows that are selected again
_PAUSE_MS: Final = 40
PASSAGE, PLACE, SPEAKER, CASE, CODES = range(5)
COLUMNS: Final = (N_("Passage"), N_("Document, place"), N_("Speaker"), N_("Case"), N_("Codes on it"))
ORDER_OF: Final[dict[int, Order]] = {PLACE: "document", SPEAKER: "speaker", CASE: "case"}


def place_words(found: Found) -> str:
    """The paragraphs or lines of a passage."""
    segment = found.segment
    if segment.lines:
        template = _("ll. {lines}") if "–" in segment.lines else _("l. {lines}")
        return template.format(lines=segment.lines)
    if segment.paragraph == segment.last_paragraph or not segment.last_paragraph:
        return _("para. {number}").format(number=segment.paragraph)
    return _("paras. {first}–{last}").format(first=segment.paragraph, last=segment.last_paragraph)


class ResultModel(QAbstractTableModel):
    """The rows of a result. ``page_wanted``: the number of a page that is seen and not there yet."""

    page_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._total = 0
        self._pages: OrderedDict[int, tuple[Found, ...]] = OrderedDict()
        self._asked: list[int] = []
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._ask)

    def show_result(self, total: int, page: int, rows: tuple[Found, ...]) -> None:
        """Another result, and one page of it."""
        self.beginResetModel()
        self._total = total
        self._pages.clear()
        self._asked.clear()
        self._pages[page] = rows
        self.endResetModel()

    def add_page(self, page: int, rows: tuple[Found, ...]) -> None:
        """A page that was wanted."""
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        first = page * PAGE
        last = min(first + len(rows), self._total) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, CODES))

    def found(self, row: int) -> Found | None:
        """The passage of a row; none while it is not there yet."""
        page = self._pages.get(row // PAGE)
        if page is None:
            if 0 <= row < self._total:
                self._wish(row // PAGE)
            return None
        at = row % PAGE
        return page[at] if at < len(page) else None

    def _wish(self, page: int) -> None:
        if page not in self._asked:
            self._asked.append(page)
            self._soon.start()

    def _ask(self) -> None:
        """Of pages passed by while scrolling only the last two are wanted."""
        wanted, self._asked = self._asked[-2:], []
        for page in wanted:
            if page not in self._pages:
                self.page_wanted.emit(page)

    # -- as Qt asks -----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._total

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == FOUND:
            return self.found(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            found = self.found(index.row())
            return self._words(found, index.column()) if found is not None else "…"
        if role == Qt.ItemDataRole.ToolTipRole:
            found = self.found(index.row())
            return self._tip(found, index.column()) if found is not None else None
        return None

    @staticmethod
    def _words(found: Found, column: int) -> str:
        segment = found.segment
        if column == PASSAGE:
            return spoken(segment)
        if column == PLACE:
            return f"{segment.title}, {place_words(found)}"
        if column == SPEAKER:
            return segment.speaker
        if column == CASE:
            return segment.case_name
        return ", ".join(code.name for code in found.codes)

    @staticmethod
    def _tip(found: Found, column: int) -> str | None:
        if column == PASSAGE:
            return found.segment.text
        if column == CODES:
            return "\n".join(f"{code.name} ({', '.join(code.coders)})" for code in found.codes)
        return None


class ResultTable(QTableView):
    """Quotes in rows. A click on the place, a double click or Enter leads to the text.

    ``wanted``: a passage to go to; ``copy_wanted``, ``code_wanted``: acts on what is selected;
    ``order_wanted``: another order, and whether it is turned round.
    """

    wanted = Signal(object)
    copy_wanted = Signal()
    code_wanted = Signal()
    left = Signal()
    order_wanted = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ResultModel(self)
        self._empty = ""
        self._place: Place = (0, [], 0)
        self._order: tuple[Order, bool] = ("place", False)
        self.setObjectName("retrieval_results")
        self.setAccessibleName(_("Passages found"))
        self.setModel(self.rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(True)
        self._set_up_heads()
        self.doubleClicked.connect(self._lead)
        self.clicked.connect(self._clicked)

    def _set_up_heads(self) -> None:
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setObjectName("retrieval_heads")
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSectionResizeMode(PASSAGE, QHeaderView.ResizeMode.Stretch)
        for column, width in ((PLACE, 150), (SPEAKER, 72), (CASE, 90), (CODES, 200)):
            head.resizeSection(column, px(width))
        head.sectionClicked.connect(self._head_clicked)
        head.setSortIndicatorShown(False)

    def set_row_height(self, height: int) -> None:
        """All rows are as high as this."""
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def set_empty(self, words: str) -> None:
        """What is said where there are no rows."""
        self._empty = words
        self.setAccessibleDescription(words if not self.rows.rowCount() else "")
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._empty and not self.rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(tokens_of(self).secondary))
            area = self.viewport().rect().adjusted(px(16), px(20), -px(16), -px(16))
            painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, self._empty)

    # -- order ----------------------------------------------------------------------------------------------

    @property
    def order(self) -> tuple[Order, bool]:
        """The order, and whether it is turned round."""
        return self._order

    def set_order(self, order: Order, *, falling: bool) -> None:
        """Shows which order it is."""
        self._order = (order, falling)
        column = next((one for one, name in ORDER_OF.items() if name == order), -1)
        self.horizontalHeader().setSortIndicatorShown(column >= 0)
        sign = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, sign)

    def _head_clicked(self, column: int) -> None:
        """Once: by this; again: turned round; a third time: as the texts stand."""
        order = ORDER_OF.get(column)
        if order is None:
            self.order_wanted.emit("place", False)
            return
        now, falling = self._order
        if now != order:
            self.order_wanted.emit(order, False)
        elif not falling:
            self.order_wanted.emit(order, True)
        else:
            self.order_wanted.emit("place", False)

    # -- rows -----------------------------------------------------------------------------------------------

    def chosen(self) -> list[int]:
        """The rows that are selected, in their order; without any, the one in hand."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(at) for at in range(selection.count())]
        rows = sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})
        if not rows and self.currentIndex().isValid():
            rows = [self.currentIndex().row()]
        return rows

    def take_in_hand(self, row: int) -> None:
        """Sets a row apart, as far as there are any."""
        count = self.rows.rowCount()
        if count:
            index = self.rows.index(min(max(row, 0), count - 1), PASSAGE)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)

    def keep_place(self) -> Place:
        """Where one is; while there are no rows, where one was."""
        if self.rows.rowCount():
            top = self.rowAt(0)
            self._place = (max(0, self.currentIndex().row()), self.chosen(), max(0, top))
        return self._place

    def back_to_place(self, row: int, chosen: list[int], top: int) -> None:
        """The same rows in hand and on top, as far as there are any."""
        self.take_in_hand(row)
        if len(chosen) > 1:
            parts = QItemSelection()
            for one in chosen[:_MOST_KEPT]:
                if one < self.rows.rowCount():
                    parts.select(self.rows.index(one, 0), self.rows.index(one, CODES))
            self.selectionModel().select(parts, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if top < self.rows.rowCount():
            self.scrollTo(self.rows.index(top, PASSAGE), QAbstractItemView.ScrollHint.PositionAtTop)

    def to_top(self) -> None:
        """The next result is shown from its beginning."""
        self.take_in_hand(0)
        self.scrollToTop()
        self._place = (0, [], 0)

    def _lead(self, index: Index) -> None:
        found = self.rows.found(index.row()) if index.isValid() else None
        if found is not None:
            self.wanted.emit(found)

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == PLACE and not QApplication.keyboardModifiers():
            self._lead(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        over = index.isValid() and index.column() == PLACE
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _copies(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _copies(event):
            self.copy_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.code_wanted.emit()
            else:
                self._lead(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _copies(event: QKeyEvent) -> bool:
    wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_C and event.modifiers() & wanted == wanted
