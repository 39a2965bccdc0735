"""How a type with its count and a memo in the list are painted."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qda.i18n import _
from qda.ui.fonts import AXIS, QUOTE, SMALL, figures, px, reading_font, ui_font
from qda.ui.status import told_date
from qda.ui.theme import Tokens, tokens_of

if TYPE_CHECKING:
    from qda.coding.rows import MemoRow

GUID: Final = Qt.ItemDataRole.UserRole + 1
MEMO: Final = Qt.ItemDataRole.UserRole + 2
Index = QModelIndex | QPersistentModelIndex


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Tokens) -> None:
    """The ground of a row: pale with a bar where it is chosen, hover under the pointer."""
    area: QRect = option.rect
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        focused = option.widget.hasFocus()
        painter.fillRect(area, QColor(theme.list_selection if focused else theme.separator))
        painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(theme.accent))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, QColor(theme.hover))


class CountDelegate(QStyledItemDelegate):
    """A name with a count at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(px(120), px(26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = tokens_of(option.widget)
        area: QRect = option.rect
        painter.save()
        paint_ground(painter, option, theme)
        inner = area.adjusted(px(16), 0, -px(12), 0)
        number = index.data(MEMO)
        font = figures(ui_font(SMALL))
        painter.setFont(font)
        painter.setPen(QColor(theme.secondary))
        words = "" if number is None else str(number)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        room = inner.width() - QFontMetrics(font).horizontalAdvance(words) - px(8)
        painter.setFont(ui_font())
        painter.setPen(QColor(theme.text))
        name = QFontMetrics(ui_font()).elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()


class MemoDelegate(QStyledItemDelegate):
    """Title, the first words, what it hangs on and who wrote it when."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        heights = (QFontMetrics(f).height() for f in (ui_font(), reading_font(QUOTE), ui_font(SMALL)))
        return QSize(px(200), sum(heights) + px(20))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = tokens_of(option.widget)
        area: QRect = option.rect
        row: MemoRow = index.data(MEMO)
        painter.save()
        paint_ground(painter, option, theme)
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), QColor(theme.separator))
        inner = area.adjusted(px(16), px(9), -px(16), -px(9))
        title = ui_font()
        title.setWeight(QFont.Weight.Medium)
        right = self._private(painter, inner, theme) if row.private else 0
        top = _line(painter, inner, inner.top(), row.title, font=title, colour=theme.text, right=right)
        body = " ".join(row.body.split())
        top = _line(painter, inner, top + 1, body, font=reading_font(QUOTE), colour=theme.secondary)
        when = told_date(row.created, _("d MMMM"))
        names = [name for name in row.link_names if name]
        about = " · ".join([*names[:2], f"{row.coder}, {when}"])
        _line(painter, inner, top + 1, about, font=ui_font(SMALL), colour=theme.minor)
        painter.restore()

    def _private(self, painter: QPainter, inner: QRect, theme: Tokens) -> int:
        font = ui_font(AXIS)
        words = _("private")
        width = QFontMetrics(font).horizontalAdvance(words) + px(10)
        frame = QRect(inner.right() - width, inner.top(), width, QFontMetrics(font).height() + px(2))
        painter.setFont(font)
        painter.setPen(QColor(theme.control_frame))
        painter.drawRoundedRect(frame, px(2), px(2))
        painter.setPen(QColor(theme.secondary))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, words)
        return width + px(8)


def _line(
    painter: QPainter, inner: QRect, top: int, words: str, *, font: QFont, colour: str, right: int = 0
) -> int:
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width() - right)
    painter.drawText(
        inner.left(), top, inner.width() - right, metrics.height(), Qt.AlignmentFlag.AlignVCenter, shown
    )
    return top + metrics.height()
