"""Rows of the action table as the window has them: commands with text, key, menu, function, when enabled.

Each part of the window brings its own rows (``COMMANDS``); the window makes menus, toolbars, shortcuts, the
command palette and the list of keys from them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from qda.i18n import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qda.ui.desk import Desk
    from qda.ui.places import Page
    from qda.ui.window import MainWindow

P = TypeVar("P", bound="Page")

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


# -- when a command can be run ------------------------------------------------------------------------------


def has_desk(window: "MainWindow") -> bool:
    """A study is open."""
    return window.desk is not None


def writable(window: "MainWindow") -> bool:
    """A study is open and can be changed."""
    return window.desk is not None and not window.desk.project.read_only


def has_source(window: "MainWindow") -> bool:
    """A document is in view."""
    return window.desk is not None and bool(window.desk.source)


def can_code(window: "MainWindow") -> bool:
    """A document is in view and can be coded."""
    return writable(window) and has_source(window)


def selected(window: "MainWindow") -> bool:
    """A passage is selected, in a study that can be changed."""
    return writable(window) and window.desk is not None and window.desk.span is not None


def code_in_hand(window: "MainWindow") -> bool:
    """A code is chosen."""
    return window.desk is not None and bool(window.desk.code)


def has_code(window: "MainWindow") -> bool:
    """A code is chosen, in a study that can be changed."""
    return writable(window) and code_in_hand(window)


# -- what a command brings to the front ---------------------------------------------------------------------


def show_page(
    window: "MainWindow", workspace: Workspace, key: str, make: "Callable[[Desk, QWidget], P]"
) -> P:
    """Brings a workspace to the front and a whole page before it; the page is made when first wanted."""
    window.show_workspace(workspace)
    page: P = cast(Any, window.workspace(workspace)).show_page(key, make)
    return page
