"""Paints the rows of both trees: chip, name, what stands behind it, the figure at the right."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qda.i18n import _
from qda.ui import theme
from qda.ui.fonts import SMALL, figures, px, ui_font
from qda.ui.keycap import keycap
from qda.ui.theme import Tokens

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 26
CHIP = 10
INSET = 12
_STATE = QStyle.StateFlag


@dataclass(frozen=True, slots=True)
class Look:
    """How one row looks. ``colour``: index of a code's colour, 0 for no chip."""

    name: str
    colour: int = 0
    italic: bool = False
    semibold: bool = False
    behind: str = ""
    figure: str = ""
    core: bool = False
    key: str = ""  # a digit that stands for the row


class RowDelegate(QStyledItemDelegate):
    """Paints what :meth:`look` says of a row; edits names in a line of its own height."""

    def look(self, index: Index) -> Look:
        """How the row at ``index`` looks."""
        return Look(str(index.data() or ""))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(120), px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.tokens_of(option.widget)
        look, area = self.look(index), option.rect
        painter.save()
        left = area.left() + px(INSET)
        if look.colour:
            _chip(painter, QRect(left, area.top(), px(CHIP), area.height()), look, colours)
            left += px(CHIP) + px(7)
        right = self._figure(painter, area, look, colours)
        if look.key:
            right = keycap(
                painter, QRect(area.left(), area.top(), right - area.left(), area.height()), look.key, colours
            )
        self._words(painter, QRect(left, area.top(), right - left, area.height()), look, colours)
        if option.state & _STATE.State_HasFocus and option.state & _STATE.State_KeyboardFocusChange:
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.restore()

    def _figure(self, painter: QPainter, area: QRect, look: Look, colours: Tokens) -> int:
        right = area.right() - px(12)
        if not look.figure:
            return right
        font = figures(ui_font(SMALL))
        painter.setFont(font)
        painter.setPen(QColor(colours.secondary))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(
            QRect(area.left(), area.top(), right - area.left(), area.height()), flags, look.figure
        )
        return right - QFontMetrics(font).horizontalAdvance(look.figure) - px(8)

    def _words(self, painter: QPainter, room: QRect, look: Look, colours: Tokens) -> None:
        font = ui_font(semibold=look.semibold, italic=look.italic)
        metrics = QFontMetrics(font)
        name = metrics.elidedText(look.name, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        if not look.behind:
            return
        small = ui_font(SMALL)
        taken = metrics.horizontalAdvance(name) + px(6)
        rest = room.adjusted(taken, 0, 0, 0)
        if rest.width() > px(24):
            painter.setFont(small)
            painter.setPen(QColor(colours.minor))
            words = QFontMetrics(small).elidedText(look.behind, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    # names are edited in place

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        line = QLineEdit(parent)
        line.setObjectName("rename")
        line.setAccessibleName(_("Name"))
        line.setStyleSheet(f"QLineEdit {{ padding: 0 {px(3)}px; min-height: 0; border-radius: 2px; }}")
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        shift = px(INSET) - px(4) + (px(CHIP) + px(2) if self.look(index).colour else 0)
        editor.setGeometry(option.rect.adjusted(shift, 1, -px(8), -1))


def _chip(painter: QPainter, place: QRect, look: Look, colours: Tokens) -> None:
    side = px(CHIP)
    chip = QRect(place.left(), place.top() + (place.height() - side) // 2, side, side)
    colour = theme.code_colour(look.colour, colours.dark)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(chip, 2, 2)
    if look.core:  # a second frame: the core category is known without its colour
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5))
        painter.drawRoundedRect(QRectF(chip).adjusted(-2.5, -2.5, 2.5, 2.5), 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def triangle(painter: QPainter, middle: QPoint, colours: Tokens, *, opened: bool) -> None:
    """The mark before a row that has others below it."""
    half = px(7) / 2
    x, y = float(middle.x()), float(middle.y())
    shape = QPolygonF()
    points = (
        ((x - half, y - half / 2), (x + half, y - half / 2), (x, y + half * 0.6))
        if opened
        else ((x - half / 2, y - half), (x - half / 2, y + half), (x + half * 0.6, y))
    )
    for point in points:
        shape.append(QPointF(*point))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.minor))
    painter.drawPolygon(shape)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
