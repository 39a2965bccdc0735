"""Grounds, lines and words that several parts of the shell use."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QWidget

from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.theme import Tokens, tokens_of


class Line(QWidget):
    """A separator, one pixel thick."""

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        super().__init__(parent)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        QPainter(self).fillRect(self.rect(), QColor(tokens_of(self).separator))


def on_paper(widget: QWidget) -> QWidget:
    """Gives ``widget`` the ground that texts lie on."""
    widget.setBackgroundRole(QPalette.ColorRole.Base)
    widget.setAutoFillBackground(True)
    return widget


def on_panel(widget: QWidget) -> QWidget:
    """Gives ``widget`` the ground of side panels."""
    widget.setBackgroundRole(QPalette.ColorRole.AlternateBase)
    widget.setAutoFillBackground(True)
    return widget


class Framed(QFrame):
    """A frame whose few rules depend on the theme; they are written anew when it changes."""

    def __init__(self, rules: Callable[[Tokens], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules = rules
        self._dark: bool | None = None
        self._dress()

    def _dress(self) -> None:
        theme = tokens_of(self)
        if theme.dark != self._dark:
            self._dark = theme.dark
            self.setStyleSheet(self._rules(theme))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()


def section(text: str, parent: QWidget | None = None) -> QLabel:
    """A section's name in a panel."""
    label = QLabel(text, parent)
    label.setFont(ui_font(semibold=True))
    return label


def small(text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """A minor line."""
    label = QLabel(text, parent)
    label.setFont(ui_font(SMALL))
    label.setProperty("minor", True)
    label.setWordWrap(wrap)
    return label


class LinkButton(QPushButton):
    """An act in accent-coloured words, reachable like any button."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None, *, flush: bool = False) -> None:
        """``flush``: the words begin at the left edge, not the frame around them."""
        super().__init__(text, parent)
        self.setFlat(True)
        self.setObjectName(name)
        self.setAccessibleName(text.replace("&", "").rstrip("…"))
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        edge = f" margin-left: -{px(4) + 1}px;" if flush else ""
        self.setStyleSheet(f"padding: {px(2)}px {px(4)}px;{edge}")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class GivingLink(LinkButton):
    """A link whose words end in … where they have no room; the whole stands in its tool tip.

    ``tail`` (the sign of a menu) stays behind the words.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, tail: str = "") -> None:
        self._whole, self._tail = "", tail
        super().__init__("", name, parent)

    def setText(self, text: str) -> None:
        self._whole = text
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        size, metrics = super().sizeHint(), self.fontMetrics()
        around = size.width() - metrics.horizontalAdvance(self.text())
        return QSize(around + metrics.horizontalAdvance(self._whole + self._tail), size.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(64), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        room = self.width() - px(10) - metrics.horizontalAdvance(self._tail)
        words = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        shown = f"{words}{self._tail}".replace("&", "&&")
        if shown != self.text():
            super().setText(shown)
        self.setToolTip(self._whole if words != self._whole else "")


def head_row(title: str, *right: QWidget) -> QHBoxLayout:
    """A panel's heading with acts at its right."""
    row = QHBoxLayout()
    row.setContentsMargins(px(16), px(10), px(12), px(6))
    row.addWidget(section(title), 1)
    for widget in right:
        row.addWidget(widget)
    return row


class Elided(QLabel):
    """A label that ends in … where it has no room; the whole stands in its tool tip."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setText(text)

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        super().setText(text)
        self.setToolTip("")

    def minimumSizeHint(self) -> QSize:
        return QSize(px(24), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        words = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self._whole if words != self._whole else "")
        painter.drawText(self.rect(), int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), words)


def scrolled(inside: QWidget) -> QScrollArea:
    """``inside`` in an area that scrolls up and down only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
