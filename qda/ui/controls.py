"""Small controls that the style sheet alone cannot draw."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QMenu,
    QStyle,
    QStyleOptionToolButton,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QWidget,
)

from qda.ui.fonts import SMALL, px, ui_font
from qda.ui.theme import tokens_of


class WordButton(QToolButton):
    """A toolbar's button: the act in words, its key behind it in minor text."""

    def __init__(self, action: QAction, parent: QWidget | None = None, *, word: str = "") -> None:
        """``word`` stands for the act where its name is too long for a toolbar."""
        super().__init__(parent)
        self._word = word
        self.setDefaultAction(action)
        self.setProperty("wordbutton", True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._key_shown = True
        action.changed.connect(self.updateGeometry)

    def show_key(self, shown: bool) -> None:
        """With its key behind the word, or, where there is little room, in the tool tip only."""
        if shown != self._key_shown:
            self._key_shown = shown
            self.updateGeometry()
            self.update()

    def _words(self) -> tuple[str, str]:
        action = self.defaultAction()
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return self._word or action.iconText(), key

    def hint(self, *, with_key: bool) -> QSize:
        """The size it wants with or without its key."""
        word, key = self._words()
        width = QFontMetrics(ui_font()).horizontalAdvance(word) + px(16)
        if key and with_key:
            width += QFontMetrics(ui_font(SMALL)).horizontalAdvance(key) + px(6)
        return QSize(width, px(26))

    def sizeHint(self) -> QSize:
        return self.hint(with_key=self._key_shown)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option, painter, self)
        theme = tokens_of(self)
        word, key = self._words()
        area = self.rect().adjusted(px(8), 0, -px(8), 0)
        painter.setFont(ui_font())
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.control_frame))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(theme.minor if self.isEnabled() else theme.control_frame))
        if self._key_shown:
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, key)


def open_menu(button: QToolButton, menu: QMenu, *, padding: str = "") -> None:
    """The whole button opens the menu; no arrow of the style stands in it."""
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    room = f" QToolButton {{ padding: {padding}; }}" if padding else ""
    button.setStyleSheet(f"QToolButton::menu-indicator {{ image: none; }}{room}")


def menu_button(words: str, name: str, menu: QMenu, parent: QWidget) -> QToolButton:
    """A toolbar's button in words that opens a menu."""
    button = QToolButton(parent)
    button.setText(words)
    button.setObjectName(name)
    button.setAccessibleName(words)
    open_menu(button, menu)
    return button


class BarTree(QTreeView):
    """A tree whose selected row has a pale ground from edge to edge and a bar at its left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setIndentation(px(17))
        self.setUniformRowHeights(True)
        self.setProperty("panel", True)
        self.ensurePolished()  # rows measured before the style sheet is on keep their old height

    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().drawRow(painter, option, index)
        if self.selectionModel().isSelected(index):
            row: QRect = option.rect
            painter.fillRect(0, row.top(), 3, row.height(), QColor(tokens_of(self).accent))
