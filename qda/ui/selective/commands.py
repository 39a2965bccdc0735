"""Commands of selective coding."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _writable(window: "MainWindow") -> bool:
    return window.project is not None and not window.project.read_only


def _has_core(window: "MainWindow") -> bool:
    if not _writable(window) or not window.study.is_made("selective"):
        return False
    made = window.workspace("selective")
    return bool(made.has_core)  # type: ignore[attr-defined]


def _do(name: str, *arguments: str) -> "Callable[[MainWindow], object]":
    return lambda window: getattr(window.workspace("selective"), name)(*arguments)


def _refer(kind: str, text: str, key: str, *synonyms: str) -> Command:
    return Command(
        f"refer-{kind}",
        text,
        "analysis",
        _do("refer", kind),
        key,
        workspaces=("selective",),
        enabled=_writable,
        synonyms=synonyms,
        group=8,
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        "choose-core",
        N_("Choose the &core category…"),
        "analysis",
        _do("choose_core"),
        workspaces=("selective",),
        enabled=_writable,
        synonyms=("central category",),
        group=7,
    ),
    Command(
        "drop-core",
        N_("Give the core category up"),
        "analysis",
        _do("drop_core"),
        workspaces=("selective",),
        enabled=_has_core,
        group=7,
    ),
    _refer("code", N_("Refer to a &code"), "", "link", "reference", "category"),
    _refer("relation", N_("Refer to a &relation"), "", "link", "reference"),
    _refer("case", N_("Refer to a c&ase"), "", "link", "reference"),
    _refer("segment", N_("&Quote a passage"), "", "quotation", "citation", "reference"),
)
