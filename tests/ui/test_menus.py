"""The menu bar: no menu is longer than a screen, and every row of a submenu is there once."""

from collections import Counter

import pytest
from PySide6.QtWidgets import QMenu

from qda.ui.submenus import SUBMENUS
from qda.ui.table import commands

MOST = 720  # pixels: a small laptop's screen without the menu bar


def test_every_row_of_a_submenu_is_a_command_of_its_menu_and_lies_in_one_submenu() -> None:
    known = {command.id: command.menu for command in commands()}
    listed = [one for sub in SUBMENUS for one in sub.ids if one]
    assert [one for sub in SUBMENUS for one in sub.ids if one and known.get(one) != sub.menu] == []
    assert [one for one, n in Counter(listed).items() if n > 1] == []
    assert len({sub.key for sub in SUBMENUS}) == len(SUBMENUS)


def menus(window) -> list[QMenu]:
    return [menu for menu in window.menuBar().findChildren(QMenu) if menu.actions()]


@pytest.mark.parametrize("workspace", ["material", "open", "axial", "selective", "reports"])
def test_no_menu_is_longer_than_a_screen(study, workspace) -> None:
    study.show_workspace(workspace)
    heights = {menu.title(): menu.sizeHint().height() for menu in menus(study)}
    long = {title: height for title, height in heights.items() if height > MOST}
    assert long == {}


def test_every_command_with_a_menu_is_found_in_the_menu_bar(study) -> None:
    there = {action.objectName() for menu in menus(study) for action in menu.actions()}
    assert {command.id for command in commands() if command.menu} - there == set()
