"""The line above a map: its name, how much is on it, canvas or list, what can be done, and the way back."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from qda.i18n import _
from qda.ui.axial.segmented import Segmented
from qda.ui.controls import WordButton, menu_button
from qda.ui.fonts import px, ui_font
from qda.ui.surfaces import Elided, Line, LinkButton, on_paper

_WITH_KEYS: Final = 980  # as wide as the line must be for the keys beside the words


class MapHeader(QWidget):
    """Name and toolbar of the shown map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map_header")
        self.setFixedHeight(px(40))
        on_paper(self)
        self.title = Elided("", self)
        self.title.setObjectName("map_title")
        self.title.setFont(ui_font(semibold=True))
        self.figures = Elided("", self)
        self.figures.setProperty("quiet", True)
        self.view = Segmented("map_as", _("View"), (("canvas", _("Map")), ("list", _("List"))), self)
        self.view.show_key("canvas")
        self.back = LinkButton(_("Back to the model"), "map_back", self)
        self.buttons: dict[str, QWidget] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(16), 0, px(12), 0)
        self._row.setSpacing(px(4))
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self.title, 3)
        self._row.addSpacing(px(6))
        self._row.addWidget(self.figures, 1)
        self._row.addWidget(self.view)
        self._line = Line(self, upright=True)
        self._line.setFixedHeight(px(18))
        self._row.addSpacing(px(6))
        self._row.addWidget(self._line)
        self._row.addWidget(self.back)

    def _insert(self, name: str, widget: QWidget) -> None:
        self.buttons[name] = widget
        self._row.insertWidget(self._row.count() - 1, widget)

    def add_action(self, name: str, words: str, key: str, run: Callable[[], object]) -> QAction:
        """A button in words with its key; the key itself is heard by the page."""
        action = QAction(words, self)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: run())
        button = WordButton(action, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        self._insert(name, button)
        return action

    def add_menu(self, name: str, words: str, menu: QMenu) -> None:
        """A button that opens a menu."""
        self._insert(name, menu_button(words, name, menu, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, keys stand in the tool tips only, and figures nowhere."""
        super().resizeEvent(event)
        self.figures.setVisible(self.width() >= px(_WITH_KEYS))
        for button in self.buttons.values():
            if isinstance(button, WordButton):
                button.show_key(self.width() >= px(_WITH_KEYS))

    def put_in_order(self, after: QWidget) -> None:
        """Tab goes through the line from left to right, then on to ``after``."""
        row = [self.view.button("canvas"), self.view.button("list"), *self.buttons.values(), self.back, after]
        for one, other in pairwise(row):
            QWidget.setTabOrder(one, other)

    def show_map(self, name: str, figures: str) -> None:
        """Shows which map it is; without a name there is none, and nothing can be done."""
        self.title.setText(name or _("Code maps"))
        self.figures.setText(figures)
        for widget in (self.view, self._line, *self.buttons.values()):
            widget.setVisible(bool(name))
