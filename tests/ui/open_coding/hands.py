"""Hands for the window: keys to whatever has the focus, a pointer in the text, in lists and in menus."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget

from tests.ui.open_coding.conftest import Coding

Key, Mod = Qt.Key, Qt.KeyboardModifier
LEFT = Qt.MouseButton.LeftButton


class Hands(Coding):
    """The window with an interview, worked by keys and by the pointer."""

    @property
    def selected(self) -> str:
        """The words that would be coded."""
        span = self.view.selected_span()
        return self.view.text[span.start : span.stop] if span else ""

    @property
    def field(self):
        return self.pane.field

    def select(self, words: str) -> None:
        super().select(words)
        QTest.qWait(10)  # what can be done with it is known a moment later

    # keys

    def focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        found = (popup.focusWidget() or popup) if popup else QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        held = Mod.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.keyClick(self.focus(), key, held)
        QTest.qWait(2)

    def type(self, words: str) -> None:
        for sign in words:
            if sign.isascii():
                QTest.keyClicks(self.focus(), sign)
            else:  # QTest types ASCII alone
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(self.focus(), QKeyEvent(kind, 0, Mod.NoModifier, sign))
        QTest.qWait(2)

    # the pointer

    def at(self, words: str, letter: int = 0) -> QPoint:
        """The middle of a letter of these words, in the viewport of the text."""
        cursor = QTextCursor(self.view.document())
        cursor.setPosition(self.view.shown.to_unit(self.place(words)[0] + letter))
        return self.view.cursorRect(cursor).center() + QPoint(3, 0)

    def click(self, place: QWidget | str) -> None:
        if isinstance(place, str):
            QTest.mouseClick(self.view.viewport(), LEFT, Mod.NoModifier, self.at(place))
        else:
            QTest.mouseClick(place, LEFT)
        QTest.qWait(2)

    def sweep(self, first: QPoint, last: QPoint, held: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        """Presses the button at one place of the text and lets it go at another."""
        port = self.view.viewport()
        QTest.mousePress(port, LEFT, held, first)
        QTest.mouseMove(port, (first + last) / 2)
        QTest.mouseMove(port, last)
        QTest.mouseRelease(port, LEFT, held, last)
        QTest.qWait(10)

    def sweep_words(self, words: str) -> None:
        self.sweep(self.at(words), self.at(words, len(words) - 1))

    def menu_at(self, words: str) -> QMenu:
        """The menu that the right button opens on these words."""
        place = self.at(words)
        port = self.view.viewport()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, port.mapToGlobal(place))
        QApplication.sendEvent(port, event)
        QTest.qWait(5)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def choose(self, menu: QMenu, words: str) -> None:
        """A click on an entry of an open menu."""
        entry = next(a for a in menu.actions() if words in a.text().replace("&", ""))
        QTest.mouseClick(menu, LEFT, Mod.NoModifier, menu.actionGeometry(entry).center())
        QTest.qWait(5)

    def drop(self, target: QAbstractScrollArea, data: QMimeData, at: QPoint) -> bool:
        """Drops ``data`` there, as a pointer would."""
        actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
        held = (data, LEFT, Mod.NoModifier)
        for event in (QDragEnterEvent(at, actions, *held), QDragMoveEvent(at, actions, *held)):
            QApplication.sendEvent(target.viewport(), event)
        drop = QDropEvent(QPointF(at), actions, *held)
        QApplication.sendEvent(target.viewport(), drop)
        QTest.qWait(2)
        return drop.isAccepted()

    def settle(self) -> None:
        QTest.qWait(80)
