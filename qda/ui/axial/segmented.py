"""Small painted controls: a choice of few in one frame, a chip, the sign of a piece of evidence."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from qda.ui.axial.choices import paint_chip
from qda.ui.fonts import px, ui_font
from qda.ui.surfaces import Framed
from qda.ui.theme import Tokens, tokens_of

SIGNS: Final = {"supporting": "+", "contradicting": "−", "qualifying": "±"}


def _rules(theme: Tokens) -> str:
    inside = (px(3), px(9))
    return (
        f"#segmented {{ border: 1px solid {theme.control_frame}; border-radius: {px(4)}px;"
        f" background: {theme.paper}; }}"
        f"#segmented QPushButton {{ border: 0; border-radius: 0; background: transparent;"
        f" color: {theme.text}; padding: {inside[0]}px {inside[1]}px; }}"
        f"#segmented QPushButton[later=true] {{ border-left: 1px solid {theme.control_frame}; }}"
        f"#segmented QPushButton:hover {{ background: {theme.hover}; }}"
        f"#segmented QPushButton:checked {{ background: {theme.list_selection}; color: {theme.accent};"
        f" font-weight: 600; }}"
        f"#segmented QPushButton:focus {{ border: 2px solid {theme.accent};"
        f" padding: {inside[0] - 2}px {inside[1] - 2}px; }}"
        f"#segmented QPushButton:disabled {{ color: {theme.control_frame}; }}"
    )


class Segmented(Framed):
    """Few alternatives side by side in one frame; one of them holds (or none yet)."""

    chosen = Signal(str)  # by the user

    def __init__(
        self, name: str, title: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(_rules, parent)
        self.setObjectName("segmented")
        self.setAccessibleName(title)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for key, words in choices:
            button = QPushButton(words, self)
            button.setObjectName(f"{name}_{key}")
            button.setAccessibleName(f"{title}: {words}")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("later", bool(self._buttons))
            widest = QFontMetrics(ui_font(semibold=True)).horizontalAdvance(words)
            button.setMinimumWidth(widest + px(2 * 9 + 4))
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)

    @property
    def key(self) -> str:
        """What holds; empty where nothing does yet."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def show_key(self, key: str) -> None:
        """Shows what holds, without telling anyone."""
        self._group.setExclusive(False)
        for known, button in self._buttons.items():
            button.setChecked(known == key)
        self._group.setExclusive(True)

    def button(self, key: str) -> QPushButton:
        """The button of an alternative."""
        return self._buttons[key]


class Chip(QWidget):
    """A code's square beside its name."""

    def __init__(self, colour: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setFixedSize(px(10), px(10))

    def show_colour(self, colour: int) -> None:
        """Takes another colour."""
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self.rect().adjusted(0, 0, -1, -1), self._colour, tokens_of(self).dark)


class Sign(QWidget):
    """+ − ± in a circle; what speaks against is filled. The words stand beside it."""

    def __init__(self, polarity: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._polarity = polarity
        self.setFixedSize(px(18), px(18))

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_sign(QPainter(self), QRectF(self.rect()), self._polarity, tokens_of(self))


def paint_sign(painter: QPainter, area: QRectF, polarity: str, theme: Tokens) -> None:
    """The sign of a polarity in the square ``area``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink, filled = QColor(theme.text), polarity == "contradicting"
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(ink if filled else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(area.adjusted(1.5, 1.5, -1.5, -1.5))
    painter.setPen(QPen(QColor(theme.paper) if filled else ink, 1.4))
    middle, arm = area.center(), area.width() * 0.18
    low = arm * 0.8 if polarity == "qualifying" else 0.0
    across = QPointF(arm, 0)
    painter.drawLine(middle + QPointF(0, low) - across, middle + QPointF(0, low) + across)
    if polarity != "contradicting":
        high = middle - QPointF(0, arm * 0.45 if polarity == "qualifying" else 0)
        reach = QPointF(0, arm * (0.75 if polarity == "qualifying" else 1))
        painter.drawLine(high - reach, high + reach)
        if polarity == "qualifying":
            painter.drawLine(high - across, high + across)


def chip_icon(colour: int, widget: QWidget) -> QIcon:
    """A code's square as an icon for menus and combo boxes."""
    ratio = widget.devicePixelRatioF() if QApplication.instance() else 1.0
    side = px(10)
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_chip(painter, QRect(0, 0, side - 1, side - 1), colour, tokens_of(widget).dark)
    painter.end()
    return QIcon(picture)
