"""How a row of the palette is painted: letters found in accent, menu and key at the right."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qda.ui.fonts import QUOTE, SMALL, px, reading_font, ui_font
from qda.ui.theme import Tokens, tokens_of

if TYPE_CHECKING:
    from qda.ui.palette import Entry

ENTRY: Final = Qt.ItemDataRole.UserRole + 1
_KEY_WIDTH: Final = 128
_NOTE_WIDTH: Final = 190
Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """Headings small, rows with text, note and key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        entry: Entry = index.data(ENTRY)
        return QSize(px(300), px(27) if entry.run else px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = tokens_of(option.widget)
        area: QRect = option.rect
        entry: Entry = index.data(ENTRY)
        painter.save()
        inner = area.adjusted(px(16), 0, -px(16), 0)
        if entry.run is None:
            painter.setFont(ui_font(SMALL))
            painter.setPen(QColor(theme.secondary))
            painter.drawText(inner.adjusted(0, px(4), 0, 0), Qt.AlignmentFlag.AlignVCenter, entry.text)
            painter.restore()
            return
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(theme.list_selection))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver and entry.enabled:
            painter.fillRect(area, QColor(theme.hover))
        room = self._sides(painter, inner, entry, theme)
        self._words(painter, QRect(inner.left(), inner.top(), room, inner.height()), entry, theme)
        painter.restore()

    def _sides(self, painter: QPainter, inner: QRect, entry: "Entry", theme: Tokens) -> int:
        font = ui_font(SMALL)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(theme.minor))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, flags, entry.key)
        used = max(px(_KEY_WIDTH), metrics.horizontalAdvance(entry.key) + px(20))
        note = metrics.elidedText(entry.note, Qt.TextElideMode.ElideRight, px(_NOTE_WIDTH))
        painter.drawText(inner.adjusted(0, 0, -used, 0), flags, note)
        return inner.width() - used - metrics.horizontalAdvance(note) - px(16)

    def _words(self, painter: QPainter, area: QRect, entry: "Entry", theme: Tokens) -> None:
        usual = reading_font(QUOTE) if entry.quote else ui_font()
        found = QFont(usual)
        found.setWeight(QFont.Weight.DemiBold)
        colour = theme.text if entry.enabled else theme.control_frame
        left, at = area.left(), 0
        for start, stop in (*entry.spans, (len(entry.text), len(entry.text))):
            for words, font, pen in (
                (entry.text[at:start], usual, colour),
                (entry.text[max(at, start) : stop], found, theme.accent if entry.enabled else colour),
            ):
                room = area.right() - left
                if not words or room <= 0:
                    continue
                metrics = QFontMetrics(font)
                painter.setFont(font)
                painter.setPen(QColor(pen))
                shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
                painter.drawText(
                    QRect(left, area.top(), room, area.height()), Qt.AlignmentFlag.AlignVCenter, shown
                )
                left += metrics.horizontalAdvance(words)
            at = max(at, stop)
