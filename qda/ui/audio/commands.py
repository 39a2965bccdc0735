"""Rows of commands of the recording."""

from typing import TYPE_CHECKING, cast

from qda.i18n import N_
from qda.ui.commands import Command, can_code, has_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.ui.audio.hearing import Hearing
    from qda.ui.open_coding.workspace import Workspace
    from qda.ui.window import MainWindow


def _hearing(window: "MainWindow") -> "Hearing":
    return cast("Workspace", window.workspace("open")).pane.hearing


def _row(
    command_id: str,
    text: str,
    act: "Callable[[Hearing], object]",
    key: str = "",
    *,
    synonyms: tuple[str, ...] = (),
    when: "Callable[[MainWindow], bool]" = has_source,
) -> Command:
    return Command(
        command_id,
        text,
        "view",
        lambda window: act(_hearing(window)),
        key,
        ("open",),
        when,
        ("audio", "recording", *synonyms),
        group=6,
    )


COMMANDS: tuple[Command, ...] = (
    _row(
        "set-media",
        N_("Choose &recording…"),
        lambda h: h.choose(),
        synonyms=("sound", "media"),
        when=can_code,
    ),
    _row(
        "hear-here",
        N_("&Hear from here"),
        lambda h: h.from_here(),
        "Ctrl+Shift+H",
        synonyms=("play", "listen"),
    ),
    _row("play", N_("Play or pause"), lambda h: h.toggle(), "F4", synonyms=("listen",)),
    _row("play-back", N_("Jump back 3 seconds"), lambda h: h.back(), "Shift+F4", synonyms=("rewind",)),
    _row("play-faster", N_("Play faster"), lambda h: h.faster(1), "Ctrl+Alt+Right", synonyms=("speed",)),
    _row("play-slower", N_("Play slower"), lambda h: h.faster(-1), "Ctrl+Alt+Left", synonyms=("speed",)),
)
