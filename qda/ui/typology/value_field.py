"""The field in which a passage is put on dimensions: a property, a place, the next property.

Digits, arrows and Enter take a row, typing filters; what is typed can be a new property ("Name: pole –
pole"), a new place, or other words. Esc goes back to the properties, and from there to the text. Alt+C says
it of the case as a whole.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qda.coding import properties
from qda.coding.valuing import Offer, Offers, Passage, offers
from qda.i18n import _
from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.theme import tokens_of
from qda.ui.typology import acts
from qda.ui.typology.value_rows import Kind, Row, place_rows, property_rows

if TYPE_CHECKING:
    from qda.ui.desk import Desk

_WIDTH: Final = 380
_ROW: Final = 26
_ROWS: Final = 11
_DATA: Final = Qt.ItemDataRole.UserRole
_NEW: Final = (Kind.NEW_PROPERTY, Kind.NEW_PLACE, Kind.WORDS)


class ValueField(QFrame):
    """A popup for one passage; ``closed`` comes when it goes."""

    closed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._desk = desk
        self._passage = Passage("", 0, 0)
        self._first = ""
        self._found = Offers(self._passage, None, "", "", ())
        self._property = ""  # the one whose places are listed
        self._set: list[str] = []  # what was set, as told at the end
        self.setObjectName("value_field")
        self.setAccessibleName(_("Properties of the passage"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.title = QLabel(self)
        self.title.setFont(ui_font(semibold=True))
        self.title.setWordWrap(True)
        self.line = QLineEdit(self)
        self.line.setObjectName("value_line")
        self.list = QListWidget(self)
        self.hint = QLabel(self)
        self.hint.setFont(ui_font(SMALL))
        self.hint.setProperty("minor", True)
        self.hint.setWordWrap(True)
        self.whole = QCheckBox(self)
        self.whole.setObjectName("value_of_case")
        self._lay_out()

    def _lay_out(self) -> None:
        self.list.setObjectName("value_list")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setMouseTracking(True)
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self.list.itemClicked.connect(lambda item: self._take(item.data(_DATA)))
        self.list.currentItemChanged.connect(self._say)
        self.whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.whole.toggled.connect(lambda _on: self._fill())
        self.line.textChanged.connect(lambda _text: self._fill())
        self.line.installEventFilter(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(2), px(8), px(2), px(8))
        box.setSpacing(px(6))
        inner = QVBoxLayout()
        inner.setContentsMargins(px(10), 0, px(10), 0)
        inner.setSpacing(px(6))
        inner.addWidget(self.title)
        inner.addWidget(self.line)
        box.addLayout(inner)
        box.addWidget(self.list)
        below = QVBoxLayout()
        below.setContentsMargins(px(10), 0, px(10), 0)
        below.addWidget(self.whole)
        below.addWidget(self.hint)
        box.addLayout(below)

    # -- opening --------------------------------------------------------------------------------------------

    def open_for(self, passage: Passage, first: str, at: QRect, *, prop: str = "") -> None:
        """Opens below ``at`` (of the screen) for a passage; ``first`` is the code in hand."""
        self._passage, self._first, self._property = passage, first, ""
        self._set.clear()
        self._read()
        self.whole.setVisible(self._found.case is not None)
        if self._found.case is not None:
            words = _("Of the case “{case}” as a whole").format(case=self._found.case.name)
            self.whole.setText(words + "  Alt+C")
            self.whole.setAccessibleName(words)
        self.whole.setChecked(False)
        self.setFixedWidth(px(_WIDTH))
        self._at = at
        self._turn_to(prop)
        self.show()
        self._place()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _read(self) -> None:
        self._found = offers(self._desk.project, self._passage, first=self._first)

    @property
    def offered(self) -> Offer | None:
        """The property whose places are listed; none while properties are."""
        return self._found.offer(self._property)

    @property
    def _of_case(self) -> bool:
        return self.whole.isChecked() and self._found.case is not None

    def _turn_to(self, prop: str) -> None:
        self._property = prop
        offer = self.offered
        self.title.setText(f"{offer.axis.code_name}: {offer.axis.name}" if offer else _("Property"))
        if offer:
            says = _("Place on “{property}”").format(property=offer.axis.name)
            hint = _("A digit, or Enter; or write a new place or other words. Esc: other properties")
        else:
            says = _("Property of the passage")
            hint = _("A digit, or Enter. New: “Name: one pole – other pole”")
        self.line.setAccessibleName(says)
        self.line.setPlaceholderText(says)
        self.hint.setText(hint)
        self.line.blockSignals(True)
        self.line.clear()
        self.line.blockSignals(False)
        self._fill()

    # -- rows -----------------------------------------------------------------------------------------------

    @property
    def rows(self) -> list[Row]:
        """What is listed."""
        return [self.list.item(at).data(_DATA) for at in range(self.list.count())]

    def _fill(self) -> None:
        typed = " ".join(self.line.text().split())
        offer = self.offered
        if offer is not None:
            rows = place_rows(offer, typed, case=self._of_case)
        else:
            rows = property_rows(self._found, typed, case=self._of_case)
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(row.text)
            item.setData(_DATA, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.said)
            item.setToolTip(row.said)
            self.list.addItem(item)
        self.list.setCurrentRow(self._lit(rows))
        self.list.setFixedHeight(min(max(len(rows), 1), _ROWS) * px(_ROW))
        self.list.setVisible(bool(rows))
        self.adjustSize()
        if self.isVisible():
            self._place()

    def _lit(self, rows: list[Row]) -> int:
        """The row that Enter takes: what is set already, or the first property without a value."""
        if self.offered is not None:
            return next((at for at, row in enumerate(rows) if row.here), 0)
        return next((at for at, row in enumerate(rows) if not row.here), 0)

    def _say(self, item: QListWidgetItem | None) -> None:
        self.line.setAccessibleDescription(item.data(_DATA).said if item else "")

    def _place(self) -> None:
        free = (self.parentWidget() or self).screen().availableGeometry()
        left = min(max(self._at.left(), free.left()), free.right() - self.width())
        top = self._at.bottom() + px(8)
        if top + self.height() > free.bottom():
            top = max(free.top(), self._at.top() - px(8) - self.height())
        self.move(left, top)

    # -- acts -----------------------------------------------------------------------------------------------

    def _take(self, row: Row | None) -> None:
        if row is None:
            return
        if row.kind is Kind.PROPERTY:
            self._turn_to(row.guid)
        elif row.kind is Kind.NEW_PROPERTY:
            made = self._desk.do(acts.new_property, code=row.guid, written=row.text)
            if made:
                self._read()
                self._turn_to(made)
        elif row.kind is Kind.OFF:
            self._done(self._desk.do(properties.remove_property_value, value=row.guid), "")
        else:
            self._value(row.text, new=row.kind is Kind.NEW_PLACE)

    def _value(self, place: str, *, new: bool) -> None:
        case = self._found.case.guid if self._of_case and self._found.case else ""
        done = self._desk.do(
            acts.set_value,
            property=self._property,
            passage=self._passage.written,
            case=case,
            value=place,
            new=new,
        )
        self._done(done, place)

    def _done(self, done: str | None, place: str) -> None:
        if not done:
            return
        offer = self.offered
        if offer and place:
            self._desk.told.emit(f"{offer.axis.name}: {place}")
        self._read()
        self._turn_to("")

    # -- keys -----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        act = self._act(event)
        if act is None:
            return False
        act()
        return True

    def _act(self, event: QKeyEvent) -> Callable[[], object] | None:
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        empty = not self.line.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.list.currentItem()
            return lambda: self._take(item.data(_DATA) if item else None)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            return lambda: self._move(1 if key == Qt.Key.Key_Down else -1)
        if key == Qt.Key.Key_Escape or (key in (Qt.Key.Key_Backspace, Qt.Key.Key_Left) and empty):
            return self._back if key == Qt.Key.Key_Escape or self._property else None
        if alt and key == Qt.Key.Key_C and not self.whole.isHidden():
            return self.whole.toggle
        if key == Qt.Key.Key_Delete and empty:
            off = next((row for row in self.rows if row.kind is Kind.OFF), None)
            return lambda: self._take(off)
        if empty and event.text().isdigit() and not alt:
            wanted = next((row for row in self.rows if row.key and str(row.key) == event.text()), None)
            return (lambda: self._take(wanted)) if wanted else None
        return None

    def _move(self, step: int) -> None:
        if self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())

    def _back(self) -> None:
        if self._property:
            self._turn_to("")
        else:
            self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self)
        painter.setPen(QPen(QColor(colours.control_frame), 1))
        painter.setBrush(QColor(colours.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))


class _Delegate(QStyledItemDelegate):
    """A row: its digit, its words (what is set in semibold), what stands beside it at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(_WIDTH) - px(8), px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(_DATA)
        widget = option.widget
        colours = tokens_of(widget)
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(colours.list_selection))
            painter.fillRect(area.left(), area.top(), px(3), area.height(), QColor(colours.accent))
        left = area.left() + px(12)
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(colours.minor))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if row.key:
            painter.drawText(QRect(left, area.top(), px(14), area.height()), middle, str(row.key))
        left += px(18)
        right = area.right() - px(12)
        small = QFontMetrics(ui_font(SMALL))
        beside = small.elidedText(row.beside, Qt.TextElideMode.ElideRight, (right - left) // 2)
        wide = small.horizontalAdvance(beside)
        painter.setPen(QColor(colours.text if row.here else colours.minor))
        painter.drawText(
            QRect(right - wide, area.top(), wide, area.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            beside,
        )
        font = ui_font(semibold=row.here and row.kind is not Kind.PROPERTY, italic=row.kind in _NEW)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        room = right - left - (wide + px(10) if beside else 0)
        words = QFontMetrics(font).elidedText(row.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, area.top(), room, area.height()), middle, words)
        painter.restore()
