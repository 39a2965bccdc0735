"""Commands of the board: in which form it shows a model, and how large. Their keys are the board's own."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _board(window: "MainWindow") -> Any:
    """The board, if one is made and shows a model; Any, because this module is read before it exists."""
    made: Any = window.workspace("axial") if window.study.is_made("axial") else None
    return made.board if made is not None and made.model is not None else None


def _shown(window: "MainWindow") -> bool:
    board = _board(window)
    return board is not None and board.isVisible()


def _writable(window: "MainWindow") -> bool:
    return _shown(window) and window.project is not None and not window.project.read_only


def _row(
    command: str,
    text: str,
    method: str,
    *,
    group: int,
    synonyms: tuple[str, ...] = (),
    checked: Callable[[Any], bool] | None = None,
) -> Command:
    return Command(
        command,
        text,
        "analysis",
        lambda window: getattr(_board(window), method)(),
        workspaces=("axial",),
        enabled=_shown,
        synonyms=synonyms,
        group=group,
        checked=(lambda window: _shown(window) and checked(_board(window))) if checked else None,
    )


COMMANDS: tuple[Command, ...] = (
    _row(
        "board-ring",
        N_("Slots as a &ring around the phenomenon"),
        "turn_form",
        group=6,
        synonyms=("layout", "circle", "columns", "form"),
        checked=lambda board: board.manner.form == "ring",
    ),
    _row(
        "board-definitions",
        N_("&Definitions of the slots"),
        "turn_definitions",
        group=6,
        checked=lambda board: board.manner.definitions,
    ),
    _row(
        "board-folding",
        N_("&Fold cards without relation, or show them"),
        "turn_folding",
        group=6,
        synonyms=("hide", "collapse", "expand", "all cards"),
    ),
    _row(
        "board-only",
        N_("&Only what the card is related to"),
        "turn_only",
        group=6,
        synonyms=("filter", "neighbours", "focus"),
        checked=lambda board: board.is_narrowed,
    ),
    Command(
        "tidy-board",
        N_("Cards &back into their slots"),
        "analysis",
        lambda window: window.workspace("axial").page.tidy(),  # type: ignore[attr-defined]
        workspaces=("axial",),
        enabled=_writable,
        synonyms=("tidy", "layout"),
        group=6,
    ),
    _row("board-larger", N_("Board &larger"), "larger", group=7, synonyms=("zoom in",)),
    _row("board-smaller", N_("Board &smaller"), "smaller", group=7, synonyms=("zoom out",)),
    _row("board-fit", N_("The &whole board"), "fit", group=7, synonyms=("zoom", "fit", "overview")),
    _row("board-follow", N_("Board as large as it is &read"), "follow", group=7, synonyms=("100 %",)),
)
