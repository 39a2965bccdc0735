"""The hits of one name, each with its context: the old struck through, the new underlined."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
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
    QStyleOptionViewItem,
    QWidget,
)

from qda.i18n import _
from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font
from qda.ui.theme import Tokens, tokens_of

if TYPE_CHECKING:
    from qda.coding.pseudonyms import Hit
    from qda.ui.pseudonyms.work import Name, Work

Index = QModelIndex | QPersistentModelIndex
_KEPT: Final = 20_000  # heights that are known
_MANY: Final = 200  # rows that are laid out at once


class HitModel(QAbstractListModel):
    """The hits of the chosen name."""

    def __init__(self, work: "Work", parent: QWidget) -> None:
        super().__init__(parent)
        self._work = work
        self.name: Name | None = None

    def show_name(self, name: "Name | None") -> None:
        """Shows another name's hits, or the same anew."""
        self.beginResetModel()
        self.name = name
        self.endResetModel()

    @property
    def hits(self) -> "tuple[Hit, ...]":
        """What is shown."""
        return self.name.hits if self.name is not None else ()

    def told(self) -> None:
        """Decisions or words have changed."""
        if self.hits:
            self.dataChanged.emit(self.index(0), self.index(len(self.hits) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.hits)

    def decided(self, row: int) -> bool | None:
        """Accepted, left, or open."""
        assert self.name is not None
        return self._work.decided(self.name, self.hits[row])

    def instead(self, row: int) -> str:
        """What would stand there."""
        assert self.name is not None
        return self._work.words(self.name, self.hits[row])

    def state(self, row: int) -> str:
        """The same in words; hits that may be something else say so."""
        done = self.decided(row)
        if done is None:
            return _("open") if self.hits[row].accepted else _("unsure – perhaps not this name")
        return _("accepted") if done else _("left alone")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        hit = self.hits[index.row()]
        new, state = self.instead(index.row()), self.state(index.row())
        return f"{hit.place}: {hit.before}{hit.written} → {new}{hit.after} ({state})"


class _Passage(QStyledItemDelegate):
    """Paints a hit: its place and state above, the words below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[object, ...], int] = {}

    def _layout(self, model: HitModel, row: int, theme: Tokens, width: int, *, here: bool) -> QTextLayout:
        hit, done, new = model.hits[row], model.decided(row), model.instead(row)
        parts: list[tuple[str, QTextCharFormat]] = [(hit.before, QTextCharFormat())]
        if done is not True:
            old = QTextCharFormat()
            if done is None:
                old.setFontStrikeOut(True)
                old.setForeground(QColor(theme.secondary))
            parts.append((hit.written, old))
        if done is not False:
            if done is None:
                parts.append((" ", QTextCharFormat()))
            fresh = QTextCharFormat()
            fresh.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            fresh.setUnderlineColor(QColor(theme.accent))
            if here:
                fresh.setFontWeight(QFont.Weight.Bold)
            parts.append((new, fresh))
        parts.append((hit.after, QTextCharFormat()))
        layout = QTextLayout("".join(words for words, _form in parts), reading_font(QUOTE))
        formats, at = [], 0
        for words, form in parts:
            length = len(words.encode("utf-16-le")) // 2
            piece = QTextLayout.FormatRange()
            piece.start, piece.length, piece.format = at, length, form
            formats.append(piece)
            at += length
        layout.setFormats(formats)
        layout.setTextOption(_wrapping())
        layout.setCacheEnabled(True)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, top))
            top += max(line.height(), px(21))
        layout.endLayout()
        return layout

    def _height(self, layout: QTextLayout) -> int:
        last = layout.lineAt(layout.lineCount() - 1)
        return round(last.y() + max(last.height(), px(21)))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = cast("HitList", option.widget)
        width, row, here = view.viewport().width(), index.row(), index == view.currentIndex()
        hit = view.hits.hits[row]
        known = (
            width,
            here,
            view.hits.decided(row),
            view.hits.instead(row),
            hit.before,
            hit.written,
            hit.after,
        )
        if known not in self._heights:
            if len(self._heights) > _KEPT:
                self._heights.clear()
            layout = self._layout(view.hits, row, tokens_of(view), width - 2 * px(16), here=here)
            self._heights[known] = self._height(layout) + _place_height() + px(17)
        return QSize(width, self._heights[known])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = cast("HitList", option.widget)
        theme, row, area = tokens_of(view), index.row(), option.rect
        here = index == view.currentIndex()
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        ground = theme.list_selection if here else theme.hover if hover else theme.paper
        painter.fillRect(area, QColor(ground))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(theme.separator))
        if here:
            colour = theme.accent if view.hasFocus() else theme.control_frame
            painter.fillRect(area.left(), area.top(), 3, area.height(), QColor(colour))
        inner = area.adjusted(px(16), px(8), -px(16), -px(8))
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(theme.secondary))
        words = view.hits.state(row)
        state_width = painter.fontMetrics().horizontalAdvance(words)
        line = QRectF(inner.left(), inner.top(), inner.width(), _place_height())
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, words)
        where = painter.fontMetrics().elidedText(
            view.hits.hits[row].place, Qt.TextElideMode.ElideRight, inner.width() - state_width - px(12)
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, where)
        painter.setPen(QColor(theme.text))
        layout = self._layout(view.hits, row, theme, inner.width(), here=here)
        layout.draw(painter, QPointF(inner.left(), inner.top() + _place_height()))
        painter.restore()


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _place_height() -> int:
    return QFontMetrics(ui_font(SMALL)).height() + px(3)


class HitList(QListView):
    """Keys: A accept, L leave, F2 otherwise, Shift+A the rest; Ctrl+Up and Ctrl+Down to the other names."""

    decide_wanted = Signal(bool)
    otherwise_wanted = Signal()
    rest_wanted = Signal()
    moved = Signal(int)

    def __init__(self, model: HitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits = model
        self.setObjectName("hits")
        self.setAccessibleName(_("Hits of the name"))
        self.setAccessibleDescription(
            _("A accepts, L leaves, F2 replaces otherwise, Shift+A accepts the rest")
        )
        self.setModel(model)
        self.setItemDelegate(_Passage(self))
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setBatchSize(_MANY)

    def show_name(self, name: "Name | None", row: int = 0) -> None:
        """Shows a name's hits and turns to one of them."""
        many = name is not None and len(name.hits) > _MANY
        self.setLayoutMode(QListView.LayoutMode.Batched if many else QListView.LayoutMode.SinglePass)
        self.hits.show_name(name)
        if self.hits.hits:
            self.setCurrentIndex(self.hits.index(max(0, min(row, len(self.hits.hits) - 1))))
        self.moved.emit(self.currentIndex().row())

    @property
    def hit(self) -> "Hit | None":
        """The hit in hand."""
        at = self.currentIndex().row()
        return self.hits.hits[at] if 0 <= at < len(self.hits.hits) else None

    def go_on(self) -> None:
        """To the next open hit: below, else above; else the next row."""
        rows, at = range(len(self.hits.hits)), self.currentIndex().row()
        after = next((row for row in rows[at + 1 :] if self.hits.decided(row) is None), None)
        wanted = after if after is not None else next((r for r in rows if self.hits.decided(r) is None), at)
        self.setCurrentIndex(self.hits.index(wanted))
        self.scrollTo(self.currentIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.scheduleDelayedItemsLayout()  # bold words may need another line
        self.moved.emit(current.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        if self.hit is None:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_A and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.rest_wanted.emit()
        elif plain and key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decide_wanted.emit(True)
        elif plain and key in (Qt.Key.Key_L, Qt.Key.Key_Delete):
            self.decide_wanted.emit(False)
        elif plain and key == Qt.Key.Key_F2:
            self.otherwise_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are acts here."""
