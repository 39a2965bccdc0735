"""The dimension of a property as a bar: poles, places, where the cases lie, where this passage lies."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qda.i18n import _
from qda.ui import theme
from qda.ui.fonts import SMALL, px, ui_font


@dataclass(frozen=True, slots=True)
class Dot:
    """The cases at a place of the dimension, by their letters and by their names."""

    place: str
    letter: str
    names: str = ""


class DimensionBar(QWidget):
    """One property. Arrow keys and clicks move the passage that is set apart, where there is one."""

    moved = Signal(str)  # the place the passage shall have
    asked = Signal(str, object)  # what lies at this place? And the point of the screen

    def __init__(self, name: str, places: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._places = list(places)
        self._dots: Sequence[Dot] = ()
        self._here = ""
        self._letter = ""
        self._movable = False
        self.setObjectName("dimension")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speak()

    def set_values(self, dots: Sequence[Dot], here: str, letter: str, *, movable: bool) -> None:
        """``here`` is the place of the passage set apart ("" for none yet), ``letter`` its case."""
        self._dots, self._here, self._letter, self._movable = dots, here, letter, movable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if movable else Qt.FocusPolicy.NoFocus)
        if dots and not movable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._speak()
        self.update()

    def _speak(self) -> None:
        ends = f"{self._places[0]} – {self._places[-1]}" if self._places else ""
        self.setAccessibleName(_("{name}, from {ends}").format(name=self._name, ends=ends))
        seen = ", ".join(f"{dot.names or dot.letter}: {dot.place}" for dot in self._dots)
        here = _("this passage: {place}").format(place=self._here) if self._here else ""
        self.setAccessibleDescription("; ".join(part for part in (seen, here) if part))
        self.setToolTip("\n".join(part for part in (seen, here) if part))

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(38))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(38))

    def _x(self, at: int) -> float:
        edge = px(12)
        span = max(1, len(self._places) - 1)
        return edge + at * (self.width() - 2 * edge) / span

    def _at(self, x: float) -> int:
        return min(range(len(self._places)), key=lambda at: abs(self._x(at) - x))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.tokens_of(self)
        self._poles(painter, colours)
        y = px(27)
        if not self._places:
            return
        painter.setPen(QPen(QColor(colours.quiet_frame), 2))
        painter.drawLine(QPointF(self._x(0), y), QPointF(self._x(len(self._places) - 1), y))
        painter.setPen(QPen(QColor(colours.control_frame), 1))
        for at in range(len(self._places)):
            painter.drawLine(QPointF(self._x(at), y - px(3)), QPointF(self._x(at), y + px(3)))
        self._range(painter, colours, y)
        for dot in self._dots:
            if dot.place in self._places and dot.place != self._here:
                self._dot(painter, colours, self._x(self._places.index(dot.place)), y, dot.letter)
        if self._here in self._places:
            self._dot(painter, colours, self._x(self._places.index(self._here)), y, self._letter, here=True)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)

    def _poles(self, painter: QPainter, colours: theme.Tokens) -> None:
        font = ui_font(SMALL)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(colours.secondary))
        half = (self.width() - px(8)) // 2
        line = QRect(px(4), 0, self.width() - px(8), px(16))
        for words, side in zip((self._places[:1], self._places[1:][-1:]), ("left", "right"), strict=True):
            if words:
                text = metrics.elidedText(words[0], Qt.TextElideMode.ElideRight, half)
                flag = Qt.AlignmentFlag.AlignLeft if side == "left" else Qt.AlignmentFlag.AlignRight
                painter.drawText(line, flag | Qt.AlignmentFlag.AlignVCenter, text)

    def _range(self, painter: QPainter, colours: theme.Tokens, y: float) -> None:
        seen = [self._places.index(d.place) for d in self._dots if d.place in self._places]
        if self._here in self._places:
            seen.append(self._places.index(self._here))
        if len(seen) > 1:
            painter.setPen(QPen(QColor(colours.secondary), 2))
            painter.drawLine(QPointF(self._x(min(seen)), y), QPointF(self._x(max(seen)), y))

    def _dot(
        self, painter: QPainter, colours: theme.Tokens, x: float, y: float, letter: str, *, here: bool = False
    ) -> None:
        radius = px(14) / 2
        font = ui_font(9 / 13, semibold=True)
        wide = max(0.0, QFontMetrics(font).horizontalAdvance(letter) - radius) / 2
        painter.setPen(QPen(QColor(colours.accent if here else colours.secondary), 2))
        painter.setBrush(QColor(colours.accent if here else colours.panel))
        x = min(max(x, radius + wide), self.width() - radius - wide - 1)
        pill = QRectF(x - radius - wide, y - radius, 2 * (radius + wide), 2 * radius)
        painter.drawRoundedRect(pill, radius, radius)
        painter.setFont(font)
        painter.setPen(QColor(colours.on_accent if here else colours.text))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, letter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._places or event.button() is not Qt.MouseButton.LeftButton:
            return
        at = self._at(event.position().x())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self._movable and not control:
            self._move(at)
        elif any(dot.place == self._places[at] for dot in self._dots):
            self.asked.emit(self._places[at], event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._places:
            super().keyPressEvent(event)
            return
        here = self._places.index(self._here) if self._here in self._places else -1
        start = here + step if here >= 0 else (0 if step > 0 else len(self._places) - 1)
        self._move(min(max(start, 0), len(self._places) - 1))

    def _move(self, at: int) -> None:
        if self._places[at] != self._here:
            self.moved.emit(self._places[at])
