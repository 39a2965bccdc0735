"""Lists to choose from: rows with chip, words and a figure; and the small window that filters them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qda.i18n import _
from qda.ui.board.scene import MIME_CODE
from qda.ui.fonts import QUOTE, SMALL, figures, px, reading_font, ui_font
from qda.ui.surfaces import section
from qda.ui.theme import code_colour, tokens_of

Index = QModelIndex | QPersistentModelIndex
NEW: Final = "new:"  # key of the row that makes something of what was typed
_CHOICE_ROLE: Final = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One row. ``colour``: index of a chip (None: none); ``detail`` at the right, ``below`` a second line."""

    key: str
    words: str
    colour: int | None = None
    detail: str = ""
    below: str = ""
    italic: bool = False
    faded: bool = False
    quote: bool = False  # words of a passage, in the reading face

    @property
    def told(self) -> str:
        """The whole row in one line."""
        return ", ".join(part for part in (self.words, self.detail, self.below) if part)


def matching(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The rows in which every typed word stands; those that begin with it first."""
    words = typed.casefold().split()
    if not words:
        return list(choices)
    found = [c for c in choices if all(w in c.told.casefold() for w in words)]
    return sorted(found, key=lambda c: not c.words.casefold().lstrip("„“\"'").startswith(words[0]))


class ChoiceModel(QAbstractListModel):
    """Rows of choices; a row with a chip can be dragged as a code."""

    def __init__(self, parent: QObject | None = None, *, codes: bool = False) -> None:
        super().__init__(parent)
        self.rows: tuple[Choice, ...] = ()
        self._codes = codes

    def set_rows(self, rows: Sequence[Choice]) -> None:
        """Shows ``rows``."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.told
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.words
        return row if role == _CHOICE_ROLE else None

    def flags(self, _index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsDragEnabled if self._codes else flags

    def mimeTypes(self) -> list[str]:
        return [MIME_CODE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        rows = [self.rows[index.row()] for index in indexes]
        data.setData(MIME_CODE, " ".join(row.key for row in rows).encode())
        data.setText(", ".join(row.words for row in rows))
        return data


class ChoiceDelegate(QStyledItemDelegate):
    """Paints a row: chip, words, what stands at the right and below."""

    def __init__(self, parent: QObject | None = None, *, row: int = 26) -> None:
        super().__init__(parent)
        self._row = row

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        choice: Choice = index.data(_CHOICE_ROLE)
        return QSize(px(120), px(self._row + (17 if choice.below else 0)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice: Choice = index.data(_CHOICE_ROLE)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        theme = tokens_of(option.widget)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            focused = option.widget.hasFocus() or option.widget.property("always_lit")
            painter.fillRect(area, QColor(theme.list_selection if focused else theme.separator))
            painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(theme.hover))
        first = QRect(area.left() + px(16), area.top(), area.width() - px(30), px(self._row))
        self._words(painter, choice, first, theme.minor if choice.faded else theme.text, theme.secondary)
        if choice.below:
            left = first.left() + (px(16) if choice.colour is not None else 0)
            low = QRect(left, first.bottom() - px(5), first.right() - left, px(17))
            painter.setFont(ui_font(SMALL))
            painter.setPen(QColor(theme.secondary))
            below = QFontMetrics(painter.font()).elidedText(
                choice.below, Qt.TextElideMode.ElideRight, low.width()
            )
            painter.drawText(low, Qt.AlignmentFlag.AlignVCenter, below)
        painter.restore()

    def _words(self, painter: QPainter, choice: Choice, area: QRect, ink: str, quiet: str) -> None:
        if choice.colour is not None:
            side = px(10)
            box = QRect(area.left(), area.center().y() - side // 2 + 1, side, side)
            dark = QColor(ink).lightness() > 128
            paint_chip(painter, box, choice.colour, dark)
            area = area.adjusted(px(16), 0, 0, 0)
        if choice.detail:
            painter.setFont(figures(ui_font(SMALL)))
            painter.setPen(QColor(quiet))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, choice.detail)
            taken = QFontMetrics(painter.font()).horizontalAdvance(choice.detail) + px(8)
            area = area.adjusted(0, 0, -taken, 0)
        font: QFont = reading_font(QUOTE) if choice.quote else ui_font(italic=choice.italic)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        shown = QFontMetrics(font).elidedText(choice.words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)


def paint_chip(painter: QPainter, box: QRect, colour: int, dark: bool) -> None:
    """A code's square; colour 0 is drawn as a dashed frame: not there yet."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if colour:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(code_colour(colour, dark))
    else:
        painter.setPen(QPen(code_colour(0, dark), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 2, 2)
    painter.restore()


class ChoiceList(QListView):
    """A list of choices; Enter or a double click takes one."""

    taken = Signal(str)
    turned_to = Signal(str)  # the current row changed by the user

    def __init__(
        self, name: str, words: str, parent: QWidget | None = None, *, codes: bool = False, row: int = 26
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.choices = ChoiceModel(self, codes=codes)
        self.setModel(self.choices)
        self.setItemDelegate(ChoiceDelegate(self, row=row))
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(codes)
        self.setDragDropMode(
            QAbstractItemView.DragDropMode.DragOnly if codes else QAbstractItemView.DragDropMode.NoDragDrop
        )
        self.selectionModel().currentChanged.connect(self._turned)
        self.doubleClicked.connect(lambda _index: self._take())

    def show_choices(self, rows: Sequence[Choice], *, current: str | None = None) -> None:
        """Shows other rows; the current one stays current where it is still there."""
        wanted = self.key if current is None else current
        scrolled = self.verticalScrollBar().value()
        self.blockSignals(True)
        if self.choices.rows != tuple(rows):
            self.choices.set_rows(rows)
        self.make_current(wanted)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(scrolled)

    def make_current(self, key: str) -> None:
        """Makes the row of ``key`` current; nothing happens where there is none."""
        for at, row in enumerate(self.choices.rows):
            if row.key == key:
                self.setCurrentIndex(self.choices.index(at))
                return

    @property
    def choice(self) -> Choice | None:
        """The current row."""
        index = self.currentIndex()
        return self.choices.rows[index.row()] if index.isValid() else None

    @property
    def key(self) -> str:
        """The key of the current row; empty where there is none."""
        return self.choice.key if self.choice else ""

    def step(self, by: int) -> None:
        """Goes up or down."""
        rows = len(self.choices.rows)
        if rows:
            at = min(max(self.currentIndex().row() + by, 0), rows - 1)
            self.setCurrentIndex(self.choices.index(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return
        super().keyPressEvent(event)

    def _take(self) -> None:
        if self.key:
            self.taken.emit(self.key)

    def _turned(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self.signalsBlocked():
            self.turned_to.emit(self.choices.rows[index.row()].key)


class Chooser(QDialog):
    """A field and the rows that match it. Enter takes one, Escape none.

    ``new``: words with ``{name}`` of a row that makes what was typed; it is handed over as ``new:typed``.
    """

    taken = Signal(str)

    def __init__(
        self, title: str, choices: Sequence[Choice], parent: QWidget | None = None, *, new: str = ""
    ) -> None:
        super().__init__(parent)
        self.setObjectName("chooser")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._all = tuple(choices)
        self._new = new
        self.field = QLineEdit(self)
        self.field.setObjectName("chooser_field")
        self.field.setAccessibleName(title)
        self.field.setPlaceholderText(_("Type to search"))
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.list = ChoiceList("chooser_list", title, self)
        self.list.setProperty("always_lit", True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.taken.connect(self._take)
        self.list.clicked.connect(lambda _index: self._take(self.list.key))
        box = QVBoxLayout(self)
        box.setContentsMargins(px(12), px(12), px(12), px(12))
        box.setSpacing(px(8))
        self.heading: QLabel = section(title, self)
        box.addWidget(self.heading)
        box.addWidget(self.field)
        box.addWidget(self.list, 1)
        self.resize(px(440), px(420))
        self._filter("")

    def open_at(self, place: QPoint) -> None:
        """Opens below a point of the screen, as a popup."""
        self.setWindowFlags(Qt.WindowType.Popup)
        self.resize(px(360), px(300))
        screen = self.screen().availableGeometry()
        left = max(screen.left(), min(place.x(), screen.right() - self.width()))
        below = place.y() + self.height() <= screen.bottom()
        self.move(left, place.y() if below else max(screen.top(), place.y() - self.height() - px(30)))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _filter(self, typed: str) -> None:
        rows = matching(self._all, typed)
        name = " ".join(typed.split())
        known = any(c.words.casefold() == name.casefold() for c in self._all)
        if self._new and name and not known:
            rows.append(Choice(f"{NEW}{name}", self._new.format(name=name), 0))
        self.list.show_choices(rows, current=rows[0].key if rows else "")
        if rows:
            self.list.make_current(rows[0].key)

    def _take(self, key: str) -> None:
        if key:
            self.accept()
            self.taken.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if event.key() in steps:
                self.list.step(steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.key)
                return True
        return super().eventFilter(watched, event)


def choose(
    parent: QWidget,
    title: str,
    choices: Sequence[Choice],
    take: Callable[[str], object],
    *,
    new: str = "",
) -> Chooser:
    """Asks for one of ``choices`` and hands its key to ``take``."""
    dialog = Chooser(title, choices, parent, new=new)
    dialog.taken.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    dialog.field.setFocus()
    return dialog
