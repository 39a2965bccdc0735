"""The line above board and tables: which model, board or table, what can be done."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from qda.coding.rows import ModelRow
from qda.i18n import _
from qda.ui.axial.segmented import Segmented
from qda.ui.controls import WordButton
from qda.ui.fonts import px, ui_font
from qda.ui.surfaces import Elided, Line, on_paper


def action_for(widget: QWidget, command: str, words: str, run: Callable[[], object]) -> QAction:
    """The window's action of a row, with its key; one of its own where the window has no such row."""
    rows = getattr(widget.window(), "rows", None)
    if rows is not None and command in rows:
        action: QAction = rows[command]
        return action
    own = QAction(words, widget)
    own.triggered.connect(lambda _checked=False: run())
    return own


class Header(QWidget):
    """Name and template of the model, the switch, the toolbar in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("axial_header")
        self.setFixedHeight(px(40))
        on_paper(self)
        self.title = QToolButton(self)
        self.title.setObjectName("model_title")
        self.title.setFont(ui_font(semibold=True))
        self.title.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.title.setStyleSheet("QToolButton::menu-indicator { image: none; } QToolButton { padding: 2px; }")
        self.models = QMenu(self.title)
        self.title.setMenu(self.models)
        self.template = Elided("", self)
        self.template.setProperty("quiet", True)
        self.view = Segmented("view", _("View"), (("board", _("Board")), ("table", _("Table"))), self)
        self.view.show_key("board")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(13), 0, px(12), 0)
        self._row.setSpacing(px(4))
        self._row.addWidget(self.title)
        self._row.addSpacing(px(6))
        self._row.addWidget(self.template, 1)
        self._row.addWidget(self.view)
        self._line = line = Line(self, upright=True)
        line.setFixedHeight(px(18))
        self._row.addSpacing(px(8))
        self._row.addWidget(line)
        self._row.addSpacing(px(2))
        self.buttons: dict[str, WordButton] = {}

    def add_action(self, action: QAction, name: str) -> WordButton:
        """A button of the toolbar."""
        button = WordButton(action, self)
        button.setObjectName(name)
        button.setAccessibleName(action.iconText())
        self._row.addWidget(button)
        self.buttons[name] = button
        return button

    def add_menu(self, words: str, name: str, menu: QMenu) -> QToolButton:
        """A button that opens a menu."""
        button = QToolButton(self)
        button.setText(words)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        button.setMenu(menu)
        self._row.addWidget(button)
        return button

    def show_model(self, model: ModelRow | None, template: str = "", versions: str = "") -> None:
        """Shows which model it is, the name of its template, and its last version."""
        for widget in (self.title, self.template, self.view, self._line, *self.buttons.values()):
            widget.setVisible(model is not None)
        if model is None:
            return
        self.title.setText(model.name.replace("&", "&&"))
        self.title.setAccessibleName(_("Model “{name}”; press for others").format(name=model.name))
        words = _("Template {name}").format(name=template)
        if model.status == "abandoned":
            words = f"{words} · {_('given up')}"
        if versions:
            words = f"{words} · {versions}"
        self.template.setText(words)
