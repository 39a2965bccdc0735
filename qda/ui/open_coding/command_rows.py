"""What the rows of commands of open coding are made of: when they can be run, and on what."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from qda.ui.commands import Command, Menu, has_code, selected, writable

if TYPE_CHECKING:
    from qda.ui.open_coding.workspace import Workspace
    from qda.ui.window import MainWindow

Act = Callable[["Workspace"], object]
When = Callable[["MainWindow"], bool]


def opened(window: "MainWindow") -> "Workspace":
    """The workspace."""
    return cast("Workspace", window.workspace("open"))


def in_text(window: "MainWindow") -> "Workspace":
    """The workspace with its text in front: acts on passages are done where one sees them."""
    workspace = opened(window)
    workspace.show_text()
    return workspace


def again(window: "MainWindow") -> bool:
    """A passage is selected, and a code was used before."""
    return selected(window) and window.desk is not None and bool(window.desk.last_code)


def has_coding(window: "MainWindow") -> bool:
    """A coding is set apart."""
    return writable(window) and window.desk is not None and bool(window.desk.coding)


def code_of(window: "MainWindow") -> str:
    """The code chosen."""
    return window.desk.code if window.desk is not None else ""


def row(
    command_id: str,
    text: str,
    menu: Menu,
    act: Act,
    key: str = "",
    *,
    when: When = writable,
    group: int = 0,
    toolbar: bool = False,
    synonyms: tuple[str, ...] = (),
) -> Command:
    """A command of this workspace."""
    return Command(
        command_id,
        text,
        menu,
        lambda window: act(in_text(window)),
        key,
        ("open",),
        when,
        synonyms,
        toolbar=toolbar,
        group=group,
    )


def on_code(
    command_id: str,
    text: str,
    act: Callable[["Workspace", str], object],
    key: str = "",
    *,
    synonyms: tuple[str, ...] = (),
) -> Command:
    """A command on the code chosen."""
    return Command(
        command_id,
        text,
        "code",
        lambda window: act(opened(window), code_of(window)),
        key,
        ("open",),
        has_code,
        synonyms,
        group=3,
    )
