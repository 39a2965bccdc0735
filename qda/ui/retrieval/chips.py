"""The pieces of a query on the screen: chips, joints, relations, and lines that wrap."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qda.ui.fonts import px, ui_font
from qda.ui.open_coding.flow import Flow
from qda.ui.retrieval.tree import Token
from qda.ui.theme import code_colour, tokens_of

_HIGH: Final = 26
_LONGEST: Final = 320  # a chip with a long name ends in …


class TokenButton(QAbstractButton):
    """A piece of a query: a condition in a frame, or a word between two. Enter and click open it.

    ``menu_wanted``: the menu of the piece; ``key``: a key that the builder knows what to do with.
    """

    menu_wanted = Signal(QPoint)
    key = Signal(int)

    def __init__(
        self,
        token: Token,
        words: str,
        *,
        colour: int | None = None,
        framed: bool = True,
        marked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``colour``: a code's; ``marked``: it leads further (a small triangle)."""
        super().__init__(parent)
        self.token = token
        self._colour, self._framed, self._marked = colour, framed, marked
        self.setText(words)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(ui_font(semibold=not self._framed)).horizontalAdvance(self.text()) + px(3)
        width = min(width, px(_LONGEST)) + (px(20) if self._framed else px(10))
        width += px(16) if self._colour is not None else 0
        return QSize(width + (px(12) if self._marked else 0), px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        hover = self.underMouse() and self.isEnabled()
        painter.setPen(QPen(QColor(colours.control_frame), 1) if self._framed else Qt.PenStyle.NoPen)
        ground = colours.hover if hover else colours.paper
        painter.setBrush(QColor(ground) if self._framed or hover else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, px(5), px(5))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), px(5), px(5))
        self._words(painter, colours.text if self._framed else colours.accent)

    def _words(self, painter: QPainter, ink: str) -> None:
        colours = tokens_of(self)
        left = px(10) if self._framed else px(5)
        right = self.width() - left
        if self._colour is not None:
            side = px(10)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(code_colour(self._colour, colours.dark))
            painter.drawRoundedRect(QRect(left, (self.height() - side) // 2, side, side), 2, 2)
            left += px(16)
        if self._marked:
            right -= px(12)
            self._triangle(painter, right + px(4))
        painter.setFont(ui_font(semibold=not self._framed))
        painter.setPen(QColor(ink if self.isEnabled() else colours.control_frame))
        room = QRect(left, 0, right - left + 1, self.height())
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self.text() if words != self.text() else "")
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _triangle(self, painter: QPainter, left: int) -> None:
        middle = self.height() // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens_of(self).minor))
        painter.drawPolygon(
            [
                QPoint(left, middle - px(2)),
                QPoint(left + px(6), middle - px(2)),
                QPoint(left + px(3), middle + px(2)),
            ]
        )

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            arrows = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            if event.key() == Qt.Key.Key_Delete or (alt and arrows):
                event.accept()
                return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        event.ignore()  # the builder goes from piece to piece
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)


class LineBox(QWidget):
    """A line of pieces, as far in as it belongs; a bar at its left says that it is inside something."""

    def __init__(self, depth: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._depth = depth
        self.flow = Flow(px(4), self)
        self.flow.setContentsMargins(px(22) * depth, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(px(120), px(_HIGH))  # its height follows from its width

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = QColor(tokens_of(self).quiet_frame)
        for step in range(self._depth):
            painter.fillRect(px(22) * step + px(10), -px(3), 2, self.height() + px(6), colour)
