"""Rows of commands that put the chosen code on a digit. In the palette and by key; no menu of nine rows."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_code
from qda.ui.open_coding.command_rows import code_of, opened

if TYPE_CHECKING:
    from qda.ui.window import MainWindow

_TEXTS = (
    N_("Put the code on key 1"),
    N_("Put the code on key 2"),
    N_("Put the code on key 3"),
    N_("Put the code on key 4"),
    N_("Put the code on key 5"),
    N_("Put the code on key 6"),
    N_("Put the code on key 7"),
    N_("Put the code on key 8"),
    N_("Put the code on key 9"),
)


def _set(window: "MainWindow", key: int) -> None:
    opened(window).codes.set_key(key, code_of(window))


def _act(key: int) -> "Callable[[MainWindow], object]":
    return partial(_set, key=key)


QUICK_CODES: tuple[Command, ...] = tuple(
    Command(
        f"quick-code-{key}",
        text,
        "",
        _act(key),
        f"Alt+Shift+{key}",
        ("open",),
        has_code,
        ("shortcut", "digit", "quick code"),
    )
    for key, text in enumerate(_TEXTS, start=1)
)
