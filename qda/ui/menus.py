"""Menus and actions from the rows of commands.

One ``QAction`` a row, owned by the window, so that its key works wherever the focus is. Whether a row can be
done now is asked anew after every act and every choice, not only when its menu opens.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from qda.i18n import _
from qda.ui.commands import MENUS, WHILE_HELD, Command
from qda.ui.dialogs import plain
from qda.ui.submenus import SUBMENUS, Submenu

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


class Actions(QObject):
    """The actions of a window by the id of their row."""

    def __init__(self, window: "MainWindow", commands: tuple[Command, ...]) -> None:
        super().__init__(window)
        self.commands = commands
        self._window = window
        self._by_id: dict[str, QAction] = {}
        self._reasons: set[str] = set()  # why rows could not be done, as their tool tips say
        for command in commands:
            self._by_id[command.id] = self._action(command)

    def _action(self, command: Command) -> QAction:
        action = QAction(_(command.text), self)
        action.setObjectName(command.id)
        action.setIconText(plain(_(command.text)))
        if command.key:
            action.setShortcut(QKeySequence(command.key))
        if command.checked is not None:
            action.setCheckable(True)
        action.triggered.connect(lambda _checked=False, command=command: self._run(command))
        self._window.addAction(action)
        return action

    def _run(self, command: Command) -> None:
        command.run(self._window)
        self._window.actions_later()

    def __getitem__(self, command_id: str) -> QAction:
        return self._by_id[command_id]

    def __contains__(self, command_id: str) -> bool:
        return command_id in self._by_id

    def usable(self, command: Command) -> bool:
        """Whether the row can be done now."""
        window = self._window
        if window.desk is not None and window.desk.held and not _while_held(command):
            return False
        if command.study and window.desk is None:
            return False
        if command.workspaces and window.current_workspace not in command.workspaces:
            return False
        return command.enabled is None or command.enabled(window)

    def refresh(self) -> None:
        """Asks every row whether it can be done now, and how it is called."""
        for command in self.commands:
            action = self._by_id[command.id]
            action.setEnabled(self.usable(command))
            held = self._window.desk.held if self._window.desk else ""
            if held or action.toolTip() in self._reasons:
                self._reasons.add(held)
                action.setToolTip("" if action.isEnabled() else held)  # empty: Qt's own
            if command.checked is not None:
                action.setChecked(command.checked(self._window))
        self._name("undo", self._window.undo_label(), _("&Undo “{act}”"), _("&Undo"))
        self._name("redo", self._window.redo_label(), _("&Redo “{act}”"), _("&Redo"))

    def _name(self, command_id: str, act: str | None, with_act: str, without: str) -> None:
        self._by_id[command_id].setText(with_act.format(act=act.replace("&", "&&")) if act else without)

    def dispose(self) -> None:
        """Takes all actions off the window."""
        for action in self._by_id.values():
            self._window.removeAction(action)
        self.deleteLater()


def _while_held(command: Command) -> bool:
    """Whether a row changes nothing that a text in hand stands on."""
    return not command.study or command.menu in ("view", "help", "memo") or command.id in WHILE_HELD


def fill_menus(window: "MainWindow", actions: Actions, recents: Callable[[QMenu], None]) -> None:
    """Fills the menu bar; without a study only the menus that have something to offer."""
    bar = window.menuBar()
    bar.clear()
    for key, name in MENUS:
        rows = [c for c in actions.commands if c.menu == key]
        if window.desk is None:
            rows = [c for c in rows if not c.study]
            if all(c.id == "palette" for c in rows):
                continue
        if not rows:
            continue
        menu = bar.addMenu(_(name))
        menu.setObjectName(f"menu_{key}")
        menu.setToolTipsVisible(True)  # they say why a row cannot be done
        menu.aboutToShow.connect(actions.refresh)
        _fill(menu, rows, actions)
        if key == "project":
            _insert_recents(menu, actions, recents)


def _fill(menu: QMenu, rows: list[Command], actions: Actions) -> None:
    """The rows by groups; those of a submenu lie in it, at the place of the first of them."""
    there = {command.id for command in rows}
    deeper = {one: sub for sub in SUBMENUS for one in sub.ids if one in there}
    made: set[str] = set()
    group = None
    for command in sorted(rows, key=lambda c: c.group):
        sub = deeper.get(command.id)
        if sub is not None and sub.key in made:
            continue
        if group is not None and command.group != group:
            menu.addSeparator()
        group = command.group
        if sub is None:
            menu.addAction(actions[command.id])
        else:
            made.add(sub.key)
            _fill_deeper(menu, sub, there, actions)


def _fill_deeper(menu: QMenu, sub: Submenu, there: set[str], actions: Actions) -> None:
    inner = menu.addMenu(_(sub.text))
    inner.setObjectName(f"menu_{sub.menu}_{sub.key}")
    inner.setToolTipsVisible(True)
    for one in sub.ids:
        if one in there:
            inner.addAction(actions[one])
        elif not one:
            inner.addSeparator()


def _insert_recents(menu: QMenu, actions: Actions, fill: Callable[[QMenu], None]) -> None:
    inner = QMenu(_("Open &recent"), menu)
    inner.setObjectName("menu_recent")
    inner.aboutToShow.connect(lambda: fill(inner))
    menu.insertMenu(actions["demo"], inner)
