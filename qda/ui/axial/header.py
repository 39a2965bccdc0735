"""The line above board and tables: which model, board or table, what can be done."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from qda.coding.rows import ModelRow
from qda.i18n import _
from qda.ui.axial.segmented import Segmented
from qda.ui.controls import WordButton, menu_button, open_menu
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
        self.models = QMenu(self.title)
        open_menu(self.title, self.models, padding="2px")
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
        self._tools: list[QToolButton] = []
        self._more = QToolButton(self)
        self._more.setObjectName("axial_more")
        self._more.setText("…")
        self._more.setAccessibleName(_("More for the model"))
        self._more.setToolTip(_("More for the model"))
        self._rest = QMenu(self._more)
        self._rest.aboutToShow.connect(self._fill_more)
        open_menu(self._more, self._rest)
        self._more.hide()
        self._wanted: dict[QToolButton, bool] = {}
        self._with_model = False

    def add_action(self, action: QAction, name: str) -> WordButton:
        """A button of the toolbar."""
        button = WordButton(action, self)
        button.setObjectName(name)
        button.setAccessibleName(action.iconText())
        self._add(button)
        self.buttons[name] = button
        return button

    def _add(self, button: QToolButton) -> None:
        self._row.removeWidget(self._more)
        self._row.addWidget(button)
        self._row.addWidget(self._more)
        self._tools.append(button)

    def add_menu(self, words: str, name: str, menu: QMenu) -> QToolButton:
        """A button that opens a menu."""
        button = menu_button(words, name, menu, self)
        self._add(button)
        return button

    # -- room ----------

    def show_tool(self, button: QToolButton, *, shown: bool) -> None:
        """Whether a button has something to do now; without room it stands in the menu at the end."""
        self._wanted[button] = shown
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as name, switch and the menu at the end."""
        parts = (self.view, self._more)
        width = px(150) + sum(part.sizeHint().width() for part in parts)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Shows as many buttons as there is room for; the last ones go into the menu first."""
        wanted = [tool for tool in self._tools if self._wanted.get(tool, True)]
        gap = self._row.spacing()
        fixed = min(self.title.sizeHint().width(), px(260)) + self.view.sizeHint().width() + px(56)
        room = self.width() - fixed - min(self.template.sizeHint().width(), px(90))
        widths = [tool.sizeHint().width() + gap for tool in wanted]
        fits = len(wanted)
        more = self._more.sizeHint().width() + gap
        while fits and sum(widths[:fits]) + (more if fits < len(wanted) else 0) > room:
            fits -= 1
        for tool in self._tools:
            tool.setVisible(self._with_model and tool in wanted[:fits])
        self._more.setVisible(self._with_model and fits < len(wanted))

    def _fill_more(self) -> None:
        menu = self._rest
        menu.clear()
        for tool in self._tools:
            if tool.isVisibleTo(self) or not self._wanted.get(tool, True):
                continue
            below = tool.menu()
            if below is not None:
                menu.addMenu(below).setText(tool.text())
            elif tool.defaultAction() is not None:
                menu.addAction(tool.defaultAction())

    def show_model(self, model: ModelRow | None, template: str = "", versions: str = "") -> None:
        """Shows which model it is, the name of its template, and its last version."""
        self._with_model = model is not None
        for widget in (self.title, self.template, self.view, self._line):
            widget.setVisible(model is not None)
        self._fit()
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
        self._fit()
