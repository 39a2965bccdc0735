"""Rows of the action table as the window has them: commands with text, key, menu, function, when enabled.

Each part of the window brings its own rows (``COMMANDS``); the window makes menus, toolbars, shortcuts, the
command palette and the list of keys from them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qda.i18n import N_

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

Menu = Literal["project", "edit", "view", "code", "memo", "analysis", "help", ""]
Workspace = Literal["material", "open", "axial", "selective", "reports"]
MENUS: tuple[tuple[Menu, str], ...] = (
    ("project", N_("&Project")),
    ("edit", N_("&Edit")),
    ("view", N_("&View")),
    ("code", N_("&Coding")),
    ("memo", N_("&Memos")),
    ("analysis", N_("&Analysis")),
    ("help", N_("&Help")),
)
# What can be done while a text is being edited, beside what is only looked at.
WHILE_HELD: frozenset[str] = frozenset(
    {"palette", "search", "go-to", "edit-text", "close-study", "memo-here", "new-memo"}
)


@dataclass(frozen=True, slots=True)
class Command:
    """One row.

    ``id`` is the act's id where it does one (``qda do`` knows it by that). ``key`` is a QKeySequence in
    portable text. ``workspaces``: where it works (empty: everywhere a study is open). ``study``: False for
    what works without a study. ``group`` separates groups inside a menu by lines.
    """

    id: str
    text: str
    menu: Menu
    run: Callable[["MainWindow"], object]
    key: str = ""
    workspaces: tuple[Workspace, ...] = ()
    enabled: Callable[["MainWindow"], bool] | None = None
    synonyms: tuple[str, ...] = ()
    toolbar: bool = False
    study: bool = True
    group: int = 0
    checked: Callable[["MainWindow"], bool] | None = None
