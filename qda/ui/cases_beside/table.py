"""The grid of the case comparison: cases beside one another, painted; in an open row one can write."""

import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qda.coding.comparison_quotations import Quoted
from qda.i18n import _
from qda.ui.cases_beside.content import case_title
from qda.ui.cases_beside.laying import SIDE, Hit, advance, font, forget_fonts, metrics, summary_inside
from qda.ui.cases_beside.model import CasesModel, Index
from qda.ui.cases_beside.painting import paint_laid
from qda.ui.cases_beside.reading import Read
from qda.ui.cases_beside.summary import SummaryEdit
from qda.ui.fonts import px
from qda.ui.theme import tokens_of

if TYPE_CHECKING:
    from qda.coding.case_comparison import Place

HEAD_WIDTH: Final = 172
_HEAD_HEIGHT: Final = 37
_NARROWEST: Final = 300
_GUESSED: Final = 96  # the height of a row that was not measured yet
_SLICE: Final = 0.02  # seconds of measuring in one go
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Cells(QStyledItemDelegate):
    """Paints a cell; nothing is laid out that is not seen or was not measured."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        assert isinstance(view, CasesTable)
        colours = tokens_of(view)
        area: QRect = option.rect
        if index.row() == view.shown.row_of(view.shown.open_key):
            painter.fillRect(area, QColor(colours.paper))
        painter.setPen(QColor(colours.separator))
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        laid = view.shown.laid(index.row(), index.column(), area.width())
        paint_laid(painter, laid, QPointF(area.topLeft()), colours, clip=QRectF(area))
        if index == view.currentIndex() and (view.hasFocus() or view.summary.hasFocus()):
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -2, -2))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(_NARROWEST), px(40))


class _RowHeads(QHeaderView):
    """The heads of the rows; the one in hand has a pale ground and a bar at its left."""

    def paintSection(self, painter: QPainter, area: QRect, at: int) -> None:
        view = self.parent()
        assert isinstance(view, CasesTable)
        colours = tokens_of(view)
        current = at == view.currentIndex().row()
        painter.save()
        painter.fillRect(area, QColor(colours.list_selection if current else colours.panel))
        if current:
            painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(colours.accent))
        painter.setPen(QColor(colours.separator))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        laid = view.shown.laid_head(at, area.width())
        paint_laid(painter, laid, QPointF(area.topLeft()), colours, clip=QRectF(area))
        painter.restore()


class _CaseHeads(QHeaderView):
    """The heads of the columns: the case, and in short who it is."""

    def paintSection(self, painter: QPainter, area: QRect, at: int) -> None:
        view = self.parent()
        assert isinstance(view, CasesTable)
        read = view.shown.read
        if read is None:
            return
        colours = tokens_of(view)
        case = read.cases[view.shown.case(at)]
        title = case_title(case.name)
        painter.save()
        painter.fillRect(area, QColor(colours.panel))
        painter.setPen(QColor(colours.separator))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        inner = area.adjusted(px(SIDE), 0, -px(8), 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(font("strong"))
        painter.setPen(QColor(colours.text))
        shown = metrics("strong").elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, flags, shown)
        left = advance(shown, "strong") + px(6)
        painter.setFont(font("ui"))
        painter.setPen(QColor(colours.secondary))
        words = " ".join(case.description.split())
        words = metrics("ui").elidedText(words, Qt.TextElideMode.ElideRight, inner.width() - left)
        painter.drawText(inner.adjusted(int(left), 0, 0, 0), flags, words)
        painter.restore()


class CasesTable(QTableView):
    """``turned`` tells that another cell is in hand; the others say what is wanted of it."""

    turned = Signal()
    opened = Signal()  # a row was opened or closed
    left = Signal()  # Esc
    choose_wanted = Signal()
    chosen_wanted = Signal()  # to the text of the chosen passage
    deviating_wanted = Signal()
    reference_wanted = Signal(str)
    menu_wanted = Signal(QPoint)
    case_menu_wanted = Signal(int, QPoint)
    written = Signal(str, str, str)  # key of the row, case, text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cases_table")
        self.setAccessibleName(_("Case comparison"))
        forget_fonts()
        self.shown = CasesModel(self)
        self._heights: dict[str, int] = {}  # of rows, by key: as they were the last time
        self._unmeasured: deque[int] = deque()
        self._wanted_bar = 0
        self._measuring = QTimer(self, singleShot=True, interval=0)
        self._measuring.timeout.connect(self._measure_more)
        self._writing: tuple[str, str] | None = None
        self.asked_for_passage = False  # a dialog asks for a passage that the summary is to refer to
        self.summary = SummaryEdit(self.viewport())
        self.summary.hide()
        self.setModel(self.shown)
        self.setItemDelegate(_Cells(self))
        self._heads()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setStyleSheet("QTableCornerButton::section { background: palette(alternate-base); border: 0; }")
        self.summary.settled.connect(self._settled)
        self.summary.left.connect(self._from_summary)
        self.summary.moved_on.connect(self._next_summary)
        self.summary.reference_wanted.connect(self.reference_wanted)
        self.summary.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.place_summary)

    def _heads(self) -> None:
        down, across = _RowHeads(Qt.Orientation.Vertical, self), _CaseHeads(Qt.Orientation.Horizontal, self)
        for one in (down, across):
            one.setSectionsClickable(True)
            one.setHighlightSections(False)
            one.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            one.setMinimumSectionSize(px(20))
        self.setVerticalHeader(down)
        self.setHorizontalHeader(across)
        down.setFixedWidth(px(HEAD_WIDTH))
        across.setFixedHeight(px(_HEAD_HEIGHT))
        down.sectionClicked.connect(self._head_clicked)
        across.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        across.customContextMenuRequested.connect(
            lambda at: self.case_menu_wanted.emit(across.logicalIndexAt(at), across.mapToGlobal(at))
        )

    # -- what is shown --------------------------------------------------------------------------------------

    def show_read(self, read: Read) -> None:
        """Shows another table; the cell in hand and the open row stay where they are still there."""
        key, case = self.place
        bars = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        writing, focused = self._writing, self._is_being_written()
        self._wanted_bar = bars[0]
        self.shown.show(read)
        self.measure()
        row, column = self.shown.row_of(key), max(0, self.shown.column_of(case))
        if row < 0:  # the first row of the comparison itself
            features = bool(self.shown.rows) and self.shown.rows[0] is None
            row = 1 if features and len(self.shown.rows) > 1 else 0
        self.setCurrentIndex(self.shown.index(row, column))
        self.verticalScrollBar().setValue(bars[0])
        self.horizontalScrollBar().setValue(bars[1])
        self._wanted_bar = 0
        if writing is not None and writing[0] == self.shown.open_key and focused:
            self.place_summary()
        else:
            self._stop_writing()

    def put_read(self, read: Read, key: str) -> None:
        """The same table, changed in one row."""
        self.shown.read = read
        self.shown.forget_row(self.shown.row_of(key))
        self.viewport().update()

    def measure(self) -> None:
        """Gives rows and columns their size."""
        count = self.shown.columnCount()
        if not count or self.viewport().width() < px(60):
            return
        width = max(px(_NARROWEST), self.viewport().width() // count)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultSectionSize(width)
        spare = self.viewport().width() - width * count
        for at in range(count):
            across.resizeSection(at, width + (spare if at == count - 1 and 0 < spare < px(60) else 0))
        for at, key in enumerate(self.shown.keys()):
            down.resizeSection(at, self._heights.get(key, px(_GUESSED)))
        self._unmeasured = deque(range(self.shown.rowCount()))
        seen, bottom = 0, max(self._wanted_bar, self.verticalScrollBar().value()) + self.viewport().height()
        while self._unmeasured and seen < bottom:
            at = self._unmeasured.popleft()
            self._measure_row(at)
            seen += self.rowHeight(at)
        self._measuring.start()

    def _measure_more(self) -> None:
        """The rows that are not in sight get their height, a few at a time."""
        until = time.monotonic() + _SLICE
        while self._unmeasured and time.monotonic() < until:
            self._measure_row(self._unmeasured.popleft())
        if self._unmeasured:
            self._measuring.start()

    def _measure_row(self, at: int) -> None:
        if 0 <= at < self.shown.rowCount():
            height = max(px(40), self.shown.height(at, self.columnWidth(0), px(HEAD_WIDTH)))
            self._heights[self.shown.keys()[at]] = height
            self.verticalHeader().resizeSection(at, height)

    @property
    def place(self) -> "Place":
        """The cell in hand: key of its row (empty: none) and GUID of its case."""
        index = self.currentIndex()
        if not index.isValid():
            return "", ""
        return self.shown.keys()[index.row()], self.shown.case(index.column())

    def turn_to(self, key: str, case: str) -> None:
        """Takes a cell in hand."""
        row, column = self.shown.row_of(key), self.shown.column_of(case)
        if row >= 0 and column >= 0:
            self.setCurrentIndex(self.shown.index(row, column))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.summary.isVisible() and not self._is_being_written():
            self._stop_writing()
        self.verticalHeader().viewport().update()
        self.viewport().update()
        self.turned.emit()

    # -- opening --------------------------------------------------------------------------------------------

    def open_key(self, key: str) -> None:
        """Opens a row; an empty key closes it."""
        if key == self.shown.open_key:
            return
        self._stop_writing()
        before = self.shown.row_of(self.shown.open_key)
        self.shown.open_row(key)
        self._measure_row(before)
        self._measure_row(self.shown.row_of(key))
        self._into_sight()
        self.viewport().update()
        self.opened.emit()

    def _into_sight(self) -> None:
        """The cell in hand is seen; of one that ends below, the beginning stands at the top."""
        index = self.currentIndex()
        if not index.isValid():
            return
        below = self.visualRect(index).bottom() > self.viewport().height()
        hint = QAbstractItemView.ScrollHint
        self.scrollTo(index, hint.PositionAtTop if below else hint.EnsureVisible)

    def toggle(self) -> None:
        """Opens the row in hand, or closes it."""
        key = self.place[0]
        self.open_key("" if key == self.shown.open_key else key)

    def _head_clicked(self, at: int) -> None:
        column = max(0, self.currentIndex().column())
        self.setCurrentIndex(self.shown.index(at, column))
        self.toggle()

    def put_quoted(self, at: "Place", quoted: Quoted) -> None:
        """The quotations of a cell of the open row are known."""
        self.shown.put_quoted(at, quoted)
        self._measure_row(self.shown.row_of(at[0]))
        if at == self.place and not self.summary.isVisible():
            self._into_sight()
        self.viewport().update()
        self.place_summary()

    def columns_in_sight(self) -> tuple[list[int], list[int]]:
        """The columns that are seen, and the others."""
        first, last = self.columnAt(0), self.columnAt(self.viewport().width() - 1)
        last = last if last >= 0 else self.shown.columnCount() - 1
        seen = list(range(max(0, first), last + 1))
        return seen, [at for at in range(self.shown.columnCount()) if at not in seen]

    # -- writing --------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Puts the cursor into the summary of the cell in hand; its row is opened."""
        key, case = self.place
        row = self.shown.row(self.currentIndex().row())
        if row is None or self.shown.read is None:
            return
        if key != self.shown.open_key:
            self.open_key(key)
        self._stop_writing()
        self._writing = (key, case)
        body = self.shown.read.shown.cell(key, case).summary
        self.summary.show_body(body)
        column = self.currentIndex().column()
        title = case_title(self.shown.read.cases[case].name)
        head = self.shown.head(self.currentIndex().row())
        names = ", ".join(one for one in (head.name, head.part, title) if one)
        self.summary.setAccessibleName(_("Summary: {cell}").format(cell=names))
        self.scrollTo(self.shown.index(self.currentIndex().row(), column))
        self.place_summary()
        self.summary.show()
        self.summary.setFocus(Qt.FocusReason.OtherFocusReason)

    def place_summary(self) -> None:
        """Puts the field where the box of its cell is painted."""
        if self._writing is None:
            return
        row, column = self.shown.row_of(self._writing[0]), self.shown.column_of(self._writing[1])
        box = self._box(row, column)
        if box is None:
            return
        inside = summary_inside(box.width())
        high = self.summary.words_height()
        corner = box.topLeft() + inside.topLeft()
        self.summary.setGeometry(
            QRectF(corner, QPointF(corner.x() + inside.width(), corner.y() + high)).toRect()
        )

    def _box(self, row: int, column: int) -> QRectF | None:
        if row < 0 or column < 0:
            return None
        area = self.visualRect(self.shown.index(row, column))
        laid = self.shown.laid(row, column, area.width())
        found = next((hit.area for hit in laid.hits if hit.what == "summary"), None)
        return found.translated(QPointF(area.topLeft())) if found is not None else None

    def _grow(self) -> None:
        """The row grows with what is written."""
        if self._writing is None or self.shown.read is None or not self.summary.isVisible():
            return
        row, column = self.shown.row_of(self._writing[0]), self.shown.column_of(self._writing[1])
        box = self._box(row, column)
        if box is None:
            return
        inside = summary_inside(box.width())
        more = self.summary.words_height() + 2 * inside.top() - box.height()
        if more > 1:
            height = self.verticalHeader().sectionSize(row)
            area = self.visualRect(self.shown.index(row, column))
            wanted = round(box.bottom() - area.top() + more + px(10))
            if wanted > height:
                self.verticalHeader().resizeSection(row, wanted)
        self.viewport().update()
        self._later.start()

    def _settled(self, body: str) -> None:
        if self._writing is not None:
            self.written.emit(*self._writing, body)

    def _is_being_written(self) -> bool:
        return self.summary.hasFocus() or self.asked_for_passage

    def _stop_writing(self) -> None:
        """The field is left; what is written is kept."""
        if self._writing is None:
            return
        self.summary.flush()
        at, self._writing = self._writing, None
        self.summary.hide()
        self._measure_row(self.shown.row_of(at[0]))
        self.viewport().update()

    def flush(self) -> None:
        """Keeps what is being written."""
        self._stop_writing()

    def _from_summary(self) -> None:
        self._stop_writing()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next_summary(self, by: int) -> None:
        column = self.currentIndex().column() + by
        row = self.currentIndex().row()
        self._stop_writing()
        if not 0 <= column < self.shown.columnCount():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.setCurrentIndex(self.shown.index(row, column))
        self.write()

    # -- hands ----------------------------------------------------------------------------------------------

    def hit_at(self, at: QPoint) -> Hit | None:
        """What a click here would mean."""
        index = self.indexAt(at)
        if not index.isValid():
            return None
        area = self.visualRect(index)
        laid = self.shown.laid(index.row(), index.column(), area.width())
        point = QPointF(at - area.topLeft())
        return next((hit for hit in laid.hits if hit.area.contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        super().mousePressEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or event.modifiers():
            return
        hit = self.hit_at(at)
        if hit is None:
            return
        acts: dict[str, Callable[[], object]] = {
            "choose": self.choose_wanted.emit,
            "chosen": self.chosen_wanted.emit,
            "deviating": self.deviating_wanted.emit,
            "summary": self.write,
            "reference": lambda: self.reference_wanted.emit(hit.target),
        }
        is_open = self.place[0] == self.shown.open_key
        if is_open:
            acts[hit.what]()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.hit_at(event.position().toPoint()) is None or self.place[0] != self.shown.open_key:
            self.toggle()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        hit, index = self.hit_at(at), self.indexAt(at)
        is_open = index.isValid() and self.shown.keys()[index.row()] == self.shown.open_key
        shape = Qt.CursorShape.ArrowCursor
        if hit is not None and is_open:
            summary = hit.what == "summary"
            shape = Qt.CursorShape.IBeamCursor if summary else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.currentIndex().isValid():
            if event.reason() is QContextMenuEvent.Reason.Keyboard:
                area = self.visualRect(self.currentIndex())
                self.menu_wanted.emit(self.viewport().mapToGlobal(area.topLeft() + QPoint(px(24), px(24))))
            else:
                self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_F2: self.write,
            Qt.Key.Key_Q: self.choose_wanted.emit,
            Qt.Key.Key_T: self.chosen_wanted.emit,
            Qt.Key.Key_U: self.deviating_wanted.emit,
            Qt.Key.Key_Escape: self.left.emit,
        }
        if plain and key in _ENTER:
            self.toggle()
        elif plain and key in acts:
            acts[key]()
        elif plain and event.text() and event.text().isprintable():
            event.ignore()  # no jumping to rows by letters
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            letter = not event.modifiers() and event.text().isalnum()
            if letter or event.key() == Qt.Key.Key_F2:
                event.accept()
                return True
        return super().event(event)

    # -- size -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.measure()
        self._later.start()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.place_summary()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            forget_fonts()
            shown = getattr(self, "shown", None)
            if shown is not None:
                shown.forget()
                self.measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        box = None
        if self._writing is not None and self.summary.isVisible():
            row, column = self.shown.row_of(self._writing[0]), self.shown.column_of(self._writing[1])
            box = self._box(row, column)
        if box is not None:  # over the painted box, with the accent's frame
            inside = summary_inside(box.width())
            box.setHeight(max(box.height(), self.summary.words_height() + 2 * inside.top()))
            colours = tokens_of(self)
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(QColor(colours.paper))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(4), px(4))
            painter.setFont(font("small"))
            painter.setPen(QColor(colours.minor))
            flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
            painter.drawText(box.adjusted(0, inside.top(), -px(9), 0), flags, _("Summary"))
