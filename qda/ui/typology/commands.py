"""Rows of commands of properties, sheets and typologies."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, can_code, code_in_hand, has_desk, show_page
from qda.ui.open_coding.command_rows import row

if TYPE_CHECKING:
    from qda.ui.open_coding.workspace import Workspace
    from qda.ui.window import MainWindow


def _set(workspace: "Workspace") -> None:
    from qda.ui.typology.setting import set_properties

    set_properties(workspace)


def _typology(window: "MainWindow") -> None:
    from qda.ui.typology.page import TypologyPage

    show_page(window, "open", "typology", TypologyPage)


def _sheet(window: "MainWindow") -> None:
    from qda.ui.typology.sheet_page import SheetPage

    show_page(window, "open", "sheet", SheetPage)


COMMANDS: tuple[Command, ...] = (
    row(
        "set-property-value",
        N_("Propert&ies of the passage…"),
        "code",
        _set,
        "Ctrl+Alt+D",
        when=can_code,
        group=2,
        synonyms=("dimension", "value", "pole"),
    ),
    Command(
        "category-sheet",
        N_("Sheet of the cate&gory as a page"),
        "code",
        _sheet,
        "Ctrl+Alt+G",
        (),
        code_in_hand,
        ("profile", "gaps", "history", "dimensions"),
        group=3,
    ),
    Command(
        "typology",
        N_("T&ypology of two properties…"),
        "analysis",
        _typology,
        "Ctrl+Alt+T",
        (),
        has_desk,
        ("grid", "cross table", "ideal type", "four-field table"),
    ),
)
