"""The bar above the transcript: its title, and the acts in words with their keys."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from qda.i18n import N_, _
from qda.ui.controls import WordButton
from qda.ui.fonts import px, ui_font
from qda.ui.surfaces import Elided, LinkButton, on_paper
from qda.ui.theme import tokens_of

_SHORT: Final = {"filter-codings": N_("Filter")}
_SHOWN_KEYS: Final = {"code": ("Enter", "Return")}  # keys that the transcript itself answers to


class _StandIn(QAction):
    """Another action's words with keys of its own; able where that one is."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(action.text(), parent)
        self._action = action

    def follow(self) -> None:
        """The other one has changed."""
        self.setEnabled(self._action.isEnabled())


class PaneBar(QWidget):
    """Where there is little room, first the keys give way, then the last words; the menus have them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript_bar")
        on_paper(self)
        self.setFixedHeight(px(40))
        self.title = Elided("", self)
        self.title.setObjectName("transcript_title")
        self.title.setFont(ui_font(semibold=True))
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._active = True
        self._target = False
        self._buttons: list[WordButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(16), 0, px(10), 0)
        self._row.setSpacing(px(2))
        self._row.addWidget(self.title, 1)
        self._marked = False
        self.close_text = LinkButton(_("Close"), "close_text", self)
        self.close_text.setAccessibleName(_("Close this text"))
        self.close_text.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_text.hide()
        self._row.addWidget(self.close_text)

    def set_active(self, active: bool) -> None:
        """Of two texts the active one has a line in the accent's colour; a single one has none."""
        self._active = active
        self.title.setProperty("quiet", self._marked and not active)
        self.title.style().unpolish(self.title)
        self.title.style().polish(self.title)
        self.update()

    def set_target(self, target: bool) -> None:
        """A document is dragged over this text and would be opened here."""
        self._target = target
        self.update()

    def set_split(self, split: bool) -> None:
        """One of two texts: it can be closed, and shows whether it is the active one."""
        self._marked = split
        self.close_text.setVisible(split)
        self.set_active(self._active)
        self._make_room()

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Shows these acts, in their order."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        for action in actions:
            word = _SHORT.get(action.objectName(), "")
            button = WordButton(self._shown(action), self, word=_(word) if word else "")
            button.setObjectName(f"bar_{action.objectName()}")
            button.setAccessibleName(action.iconText())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)
        self._make_room()

    def _shown(self, action: QAction) -> QAction:
        keys = _SHOWN_KEYS.get(action.objectName())
        if keys is None:
            return action
        stand_in = _StandIn(action, self)
        stand_in.setIconText(action.iconText())
        stand_in.setShortcuts([QKeySequence(key) for key in keys])
        stand_in.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        stand_in.setEnabled(action.isEnabled())
        stand_in.triggered.connect(action.trigger)
        action.changed.connect(stand_in.follow)
        return stand_in

    def _make_room(self) -> None:
        room = self.width() - px(26) - min(self.title.sizeHint().width(), px(200))
        room -= self.close_text.sizeHint().width() if self._marked else 0
        keys = sum(button.hint(with_key=True).width() + px(2) for button in self._buttons) <= room
        for button in self._buttons:
            button.show_key(keys)
            room -= button.hint(with_key=keys).width() + px(2)
            button.setVisible(room >= 0)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # another title, another font
            self._make_room()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens_of(self).separator))
        if self._target:
            painter.setPen(QPen(QColor(tokens_of(self).accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        if self._marked and self._active:
            painter.fillRect(0, self.height() - 2, self.width(), 2, QColor(tokens_of(self).accent))
