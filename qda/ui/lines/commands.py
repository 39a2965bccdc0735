"""Rows of commands."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_source
from qda.ui.open_coding.command_rows import in_text, opened

if TYPE_CHECKING:
    from qda.ui.lines.mode import LineMode
    from qda.ui.window import MainWindow


def _mode(window: "MainWindow") -> "LineMode":
    from qda.ui.lines.mode import LineMode

    pane = opened(window).pane
    assert window.desk is not None
    return LineMode.of(window.desk, pane)


def _toggle(window: "MainWindow") -> None:
    in_text(window)
    _mode(window).toggle()


def _is_on(window: "MainWindow") -> bool:
    from PySide6.QtCore import QObject

    made = window.study.is_made("open")
    mode = opened(window).pane.findChild(QObject, "line_mode") if made else None
    return bool(getattr(mode, "is_on", False))


COMMANDS: tuple[Command, ...] = (
    Command(
        "line-by-line",
        N_("L&ine by line"),
        "code",
        _toggle,
        "Ctrl+Alt+L",
        ("open",),
        has_source,
        ("sentence by sentence", "initial coding", "generative questions"),
        group=1,
        checked=_is_on,
    ),
)
