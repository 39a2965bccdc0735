"""Commands of selective coding."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_desk, writable

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _has_core(window: "MainWindow") -> bool:
    if not writable(window) or not window.study.is_made("selective"):
        return False
    made = window.workspace("selective")
    return bool(made.has_core)  # type: ignore[attr-defined]


def _asks_claims(window: "MainWindow") -> bool:
    if window.project is None or not window.study.is_made("selective"):
        return False
    made = window.workspace("selective")
    return bool(made.claims.isChecked())  # type: ignore[attr-defined]


def _turn_claims(window: "MainWindow") -> None:
    made = window.workspace("selective")
    made.ask_claims(not made.claims.isChecked())  # type: ignore[attr-defined]


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
        enabled=writable,
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
        enabled=writable,
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
    Command(
        "story-question",
        N_("&Answer what is asked at the cursor"),
        "analysis",
        _do("answer_question"),
        "Ctrl+.",
        workspaces=("selective",),
        enabled=writable,
        synonyms=("claim", "mend quotation", "unsupported", "wording"),
        group=8,
    ),
    Command(
        "story-claims",
        N_("Ask about &claims without a relation or a quotation"),
        "analysis",
        _turn_claims,
        workspaces=("selective",),
        enabled=has_desk,
        checked=_asks_claims,
        synonyms=("unsupported", "dotted", "sentences"),
        group=8,
    ),
    Command(
        "story-heading",
        N_("&Heading in the story line"),
        "analysis",
        _do("turn_heading"),
        workspaces=("selective",),
        enabled=writable,
        synonyms=("title", "chapter"),
        group=8,
    ),
    Command(
        "story-versions",
        N_("&Versions of the story line"),
        "analysis",
        _do("show_versions"),
        workspaces=("selective",),
        enabled=has_desk,
        synonyms=("history", "older", "take back"),
        group=8,
    ),
    Command(
        "story-memos",
        N_("&Memos beside the story"),
        "analysis",
        _do("show_beside", "memos"),
        workspaces=("selective",),
        enabled=has_desk,
        synonyms=("piles", "notes"),
        group=8,
    ),
)
