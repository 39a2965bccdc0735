"""How a study in the list and a template's card are painted."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractButton, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qda.coding.paradigms import ParadigmTemplate
from qda.i18n import _
from qda.ui.fonts import AXIS, SMALL, px, ui_font
from qda.ui.theme import tokens_of

_NARROW_CHIP: Final = 64
RECENT: Final = Qt.ItemDataRole.UserRole + 1  # (path, counts, when)


class RecentDelegate(QStyledItemDelegate):
    """Title and moment in the first line, counts in the second."""

    @staticmethod
    def height() -> int:
        """Height of a row, in logical pixels."""
        return QFontMetrics(ui_font()).height() + QFontMetrics(ui_font(SMALL)).height() + px(24)

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: QModelIndex | QPersistentModelIndex,  # noqa: ARG002
    ) -> QSize:
        return QSize(px(200), self.height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view = option.widget
        area: QRect = option.rect
        state = option.state
        theme = tokens_of(view)
        focused = bool(state & QStyle.StateFlag.State_Selected) and view.hasFocus()
        painter.save()
        if focused:
            painter.fillRect(area, QColor(theme.list_selection))
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(theme.hover))
        if index.row():
            painter.fillRect(QRect(area.left(), area.top(), area.width(), 1), QColor(theme.separator))
        _path, counts, when = index.data(RECENT)
        inner = area.adjusted(px(16), px(11), -px(16), -px(11))
        minor = ui_font(SMALL)
        painter.setFont(minor)
        painter.setPen(QColor(theme.minor))
        right = QFontMetrics(minor).horizontalAdvance(when)
        first = QRect(inner.left(), inner.top(), inner.width(), QFontMetrics(ui_font()).height())
        painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, counts)
        title = ui_font()
        title.setWeight(QFont.Weight.Medium)
        painter.setFont(title)
        painter.setPen(QColor(theme.text))
        words = QFontMetrics(title).elidedText(
            index.data(), Qt.TextElideMode.ElideRight, inner.width() - right - px(16)
        )
        painter.drawText(first, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class TemplateCard(QAbstractButton):
    """A template to choose: its name, its slots as chips, where it comes from."""

    def __init__(self, template: ParadigmTemplate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._template = template
        self.setObjectName(f"template_{template.id}")
        self.setProperty("template", template.id)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(str(template.name))
        self.setAccessibleName(_("Template {name}").format(name=template.name))
        self.setAccessibleDescription(str(template.origin))
        self.setToolTip(str(template.origin))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMinimumHeight(self._height())

    def _height(self) -> int:
        line, minor = QFontMetrics(ui_font()).height(), QFontMetrics(ui_font(SMALL)).height()
        return px(12) * 2 + line + px(6) + px(22) + px(6) + minor * 2

    def sizeHint(self) -> QSize:
        return QSize(px(220), self._height())

    def _chips(self) -> list[str]:
        slots = self._template.columns
        if self._template.own_slots:
            return [_("own"), _("own"), _("own")]
        return [str(slot.name) for slot in slots]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focused = self.isChecked(), self.hasFocus()
        ground = theme.list_selection if chosen else theme.hover if self.underMouse() else theme.paper
        painter.setBrush(QColor(ground))
        wide = 2 if chosen else 1
        painter.setPen(QPen(QColor(theme.accent if chosen else theme.control_frame), wide))
        inset = 3 + wide / 2 if focused else wide / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), px(4), px(4))
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(5), px(5))
        self._paint_words(painter, self.rect().adjusted(px(16), px(12), -px(16), -px(12)))

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        theme = tokens_of(self)
        name = ui_font(semibold=True)
        painter.setFont(name)
        painter.setPen(QColor(theme.text))
        line = QFontMetrics(name).height()
        words = QFontMetrics(name).elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area.left(), area.top(), area.width(), line, Qt.AlignmentFlag.AlignLeft, words)
        top = area.top() + line + px(6)
        self._paint_chips(painter, area, top)
        painter.setPen(QColor(theme.secondary))
        _two_lines(painter, ui_font(SMALL), str(self._template.origin), area, top + px(22) + px(6))

    def _paint_chips(self, painter: QPainter, area: QRect, top: int) -> None:
        theme = tokens_of(self)
        font = ui_font(AXIS)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        left, chips = area.left(), self._chips()
        more = metrics.horizontalAdvance("…") + px(12)
        for at, words in enumerate(chips):
            width = metrics.horizontalAdvance(words) + px(12)
            reserve = more + px(4) if at < len(chips) - 1 else 0
            room = area.right() - left - reserve
            if width > room >= px(_NARROW_CHIP):
                words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room - px(12))  # noqa: PLW2901
                width = room
            elif width > room:
                words, width, at = "…", more, len(chips)  # noqa: PLW2901 - the last chip says that there are more
            painter.setPen(QPen(QColor(theme.control_frame), 1))
            painter.setBrush(QColor(theme.paper))
            chip = QRectF(left + 0.5, top + 0.5, width - 1, px(20))
            painter.drawRoundedRect(chip, px(2), px(2))
            painter.setPen(QColor(theme.text))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
            left += width + px(4)
            if at == len(chips):
                return


def _two_lines(painter: QPainter, font: QFont, words: str, area: QRect, top: int) -> None:
    """Words on at most two lines; the second ends in … where there is more."""
    metrics = QFontMetrics(font)
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(area.width())
    layout.endLayout()
    first.draw(painter, QPointF(area.left(), top))
    rest = words[first.textStart() + first.textLength() :]
    painter.setFont(font)
    shown = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(
        area.left(), top + metrics.height(), area.width(), metrics.height(), Qt.AlignmentFlag.AlignLeft, shown
    )
