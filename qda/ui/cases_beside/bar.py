"""The head of the page: what is compared, and acts in words."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from qda.i18n import _
from qda.ui.cases_beside.reading import Read
from qda.ui.controls import open_menu
from qda.ui.dialogs import heading
from qda.ui.fonts import px
from qda.ui.surfaces import Elided, Line, LinkButton

_FORMATS: Final = ("docx", "xlsx", "html")


class Bar(QWidget):
    """``wished`` hands out what is to be compared otherwise, as fields of the wish."""

    closed = Signal()
    cases_wanted = Signal()
    deviating_wanted = Signal()
    saving_wanted = Signal(str)
    wished = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cases_bar")
        self.setFixedHeight(px(40))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), 0, px(8), 0)
        row.setSpacing(px(6))
        row.addWidget(heading(_("Case comparison"), self))
        self.of = Elided("", self)
        self.of.setProperty("quiet", True)
        row.addWidget(self.of, 1)
        self._menu = QMenu(self)
        self._menu.setObjectName("rows_menu")
        self._files = QMenu(self)
        self._files.setObjectName("save_cases_menu")
        self.rows = _word(_("Rows"), "choose_rows", self, self._menu)
        self.cases = _word(_("Choose cases"), "choose_cases", self)
        self.cases.clicked.connect(self.cases_wanted)
        deviating = _word(_("Most deviating passage") + "  U", "to_deviating", self)
        deviating.setAccessibleName(_("Most deviating passage"))
        deviating.setToolTip(_("To the passage of the cell in hand that is least like the chosen one"))
        deviating.clicked.connect(self.deviating_wanted)
        save = _word(_("Save as"), "save_cases", self, self._files)
        titles = {"docx": _("Word (docx)…"), "xlsx": _("Table (xlsx)…"), "html": _("Web page (html)…")}
        for suffix in _FORMATS:
            self._files.addAction(titles[suffix], partial(self.saving_wanted.emit, suffix))
        close = LinkButton(_("Back to the model"), "close_cases", self)
        close.clicked.connect(self.closed)
        line = Line(self, upright=True)
        line.setFixedHeight(px(20))
        for widget in (self.rows, self.cases, deviating, save, line, close):
            row.addWidget(widget)

    def show_read(self, read: Read) -> None:
        """Says what is compared, and fills the menu of rows."""
        words = {
            "slots": _("Model “{name}”").format(name=read.whole.title),
            "codes": _("Categories"),
            "properties": _("Properties of the categories"),
        }
        self.of.setText(words[read.wish.rows])
        self._fill(read)

    def _fill(self, read: Read) -> None:
        menu, wish = self._menu, read.wish
        menu.clear()
        group = QActionGroup(menu)
        for model in read.models:
            if model.phenomenon:
                words = _("Slots of “{name}”").format(name=model.name.replace("&", "&&"))
                chosen = wish.rows == "slots" and wish.model == model.guid
                self._tick(group, words, chosen, {"rows": "slots", "model": model.guid})
        self._tick(group, _("Categories"), wish.rows == "codes", {"rows": "codes"})
        self._tick(
            group, _("Properties of the categories"), wish.rows == "properties", {"rows": "properties"}
        )
        menu.addSeparator()
        slots = wish.rows == "slots"
        for key, words in (("addressee", _("Slots by addressee")), ("level", _("Slots by level"))):
            there = key in wish.split
            split = tuple(one for one in ("addressee", "level") if (one in wish.split) != (one == key))
            action = self._tick(None, words, there, {"split": split})
            action.setEnabled(slots)
        menu.addSeparator()
        self._tick(None, _("Attributes of the cases"), wish.attributes, {"attributes": not wish.attributes})

    def _tick(self, group: QActionGroup | None, words: str, on: bool, wish: dict[str, Any]) -> Any:
        action = self._menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(on)
        if group is not None:
            group.addAction(action)
        action.triggered.connect(lambda _on=False: self.wished.emit(wish))
        return action


def _word(words: str, name: str, parent: QWidget, menu: QMenu | None = None) -> QToolButton:
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setText(f"{words} ▾" if menu is not None else words)
    button.setAccessibleName(words)
    button.setAutoRaise(True)
    if menu is not None:
        open_menu(button, menu)
    return button
