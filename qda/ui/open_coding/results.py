"""Search in all documents: hits with their context by document; one leads to the text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qda.coding.search import Hit, find_in, search
from qda.i18n import _, ngettext
from qda.ui import theme
from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font
from qda.ui.surfaces import LinkButton, head_row, on_panel, small

if TYPE_CHECKING:
    from qda.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
_HIT: Final = Qt.ItemDataRole.UserRole
_MOST: Final = 2000
_PAUSE_MS: Final = 160
_BEFORE: Final = 34  # characters of context before a hit


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, and where in its paragraph's words it begins."""

    hit: Hit
    offset: int


def placed(hits: list[Hit], words: str) -> list[Found]:
    """Hits with their places inside their paragraphs."""
    found: list[Found] = []
    begins: dict[tuple[str, str], int] = {}
    for hit in hits:
        key = (hit.source, hit.paragraph)
        if key not in begins:
            first = find_in(hit.text, words)
            begins[key] = hit.start - (first[0][0] if first else 0)
        found.append(Found(hit, hit.start - begins[key]))
    return found


class HitModel(QAbstractListModel):
    """Hits and, before the first of each document, its title."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Found | str] = []

    def set_hits(self, hits: list[Found]) -> None:
        """Shows these hits."""
        self.beginResetModel()
        self._rows = []
        last = ""
        for found in hits:
            if found.hit.source != last:
                self._rows.append(found.hit.title)
                last = found.hit.source
            self._rows.append(found)
        self.endResetModel()

    def row(self, index: Index) -> Found | str:
        """A hit, or the title of a document."""
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
        if role == _HIT:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            if isinstance(row, str):
                return row
            place = _("para. {number}").format(number=row.hit.paragraph)
            return f"{place}: {row.hit.text}"
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Found):
            return row.hit.text
        return None


class HitDelegate(QStyledItemDelegate):
    """Two lines of context with the hit in semibold, and the paragraph behind."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        height = 28 if isinstance(index.data(_HIT), str) else 52
        return QSize(px(120), px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_HIT)
        colours = theme.tokens_of(option.widget)
        area: QRect = option.rect
        painter.save()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if isinstance(row, str):
            painter.setFont(ui_font(SMALL, semibold=True))
            painter.setPen(QColor(colours.secondary))
            painter.drawText(area.adjusted(px(16), px(6), -px(12), 0), flags, row)
        elif isinstance(row, Found):
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(area, QColor(colours.list_selection))
                painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(colours.accent))
            elif option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(area, QColor(colours.hover))
            self._hit(painter, area, row, colours)
        painter.restore()

    def _hit(self, painter: QPainter, area: QRect, found: Found, colours: theme.Tokens) -> None:
        line = QRect(area.left() + px(16), area.top() + px(6), area.width() - px(28), px(20))
        before, words, after = context(found)
        plain, bold = reading_font(QUOTE), reading_font(QUOTE, semibold=True)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        # What is before gives way, so that the hit itself is always seen.
        hit = QFontMetrics(bold).horizontalAdvance(words)
        room = max(0, min(line.width() - hit - px(24), line.width() * 2 // 3))
        before = QFontMetrics(plain).elidedText(before, Qt.TextElideMode.ElideLeft, room)
        left = line.left()
        for text, font in ((before, plain), (words, bold), (after, plain)):
            room = line.right() - left
            if room <= 0 or not text:
                continue
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.setPen(QColor(colours.accent if font is bold else colours.text))
            painter.drawText(QRect(left, line.top(), room, line.height()), flags, shown)
            left += metrics.horizontalAdvance(shown)
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(colours.minor))
        place = _("para. {number}").format(number=found.hit.paragraph)
        painter.drawText(line.translated(0, px(21)), flags, place)


def context(found: Found) -> tuple[str, str, str]:
    """The words before a hit, the hit, and what follows it, on one line."""
    hit, at = found.hit, found.offset
    start = max(0, at - _BEFORE)
    if start:
        blank = hit.text.find(" ", start, at)
        start = blank + 1 if blank >= 0 else start
    before = ("… " if start else "") + hit.text[start:at].replace("\n", " ")
    stop = at + hit.stop - hit.start
    return before, hit.text[at:stop], hit.text[stop : stop + 160].replace("\n", " ")


class ResultsPanel(QWidget):
    """A field and its hits. Enter or a click leads to the text; Esc closes."""

    closed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._hits: list[Hit] = []
        self.setObjectName("search_all")
        on_panel(self)
        self.line = QLineEdit(self)
        self.line.setObjectName("search_all_line")
        self.line.setAccessibleName(_("Search in all documents"))
        self.line.setPlaceholderText(_("Search in all documents"))
        self.count = small("", self)
        self.model = HitModel(self)
        self.list = QListView(self)
        self.list.setObjectName("search_all_list")
        self.list.setAccessibleName(_("Hits"))
        self.list.setProperty("panel", True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = LinkButton(_("Close"), "search_all_close", self)
        close.clicked.connect(self.closed)
        field = QHBoxLayout()
        field.setContentsMargins(px(16), 0, px(16), px(4))
        field.addWidget(self.line)
        below = QHBoxLayout()
        below.setContentsMargins(px(16), 0, px(16), px(4))
        below.addWidget(self.count)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head_row(_("Search in all"), close))
        box.addLayout(field)
        box.addLayout(below)
        box.addWidget(self.list, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.search_now)
        self.line.textChanged.connect(lambda _text: self._pause.start())
        self.line.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.clicked.connect(self._show)

    def open(self, words: str = "") -> None:
        """Puts the cursor into the field; ``words`` are looked for at once."""
        if words:
            self.line.setText(words)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self.search_now()

    @property
    def hits(self) -> list[Hit]:
        """What was found."""
        return self._hits

    def search_now(self) -> None:
        """Looks for what stands in the field."""
        self._pause.stop()
        words = self.line.text().strip()
        self._hits = search(self._desk.project, words, limit=_MOST) if len(words) > 1 else []
        self.model.set_hits(placed(self._hits, words))
        if len(words) < 2:
            self.count.setText("")
            return
        documents = len({hit.source for hit in self._hits})
        found = ngettext("{n} hit", "{n} hits", len(self._hits)).format(n=len(self._hits))
        if len(self._hits) == _MOST:
            found = _("the first {n} hits").format(n=_MOST)
        where = ngettext("in {n} document", "in {n} documents", documents).format(n=documents)
        self.count.setText(f"{found} {where}" if self._hits else _("Nothing found"))

    def _show(self, index: QModelIndex) -> None:
        row = self.model.row(index) if index.isValid() else ""
        if isinstance(row, Found):
            self._desk.source_wanted.emit(row.hit.source, row.hit.start, row.hit.stop)

    def _step(self, step: int) -> None:
        at = self.list.currentIndex().row() + step
        while 0 <= at < self.model.rowCount() and isinstance(self.model.row(self.model.index(at)), str):
            at += step
        if 0 <= at < self.model.rowCount():
            index = self.model.index(at)
            self.list.setCurrentIndex(index)
            self._show(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self.search_now()
            if watched is self.line:
                self._step(1)
            else:
                self._show(self.list.currentIndex())
        else:
            return super().eventFilter(watched, event)
        return True
