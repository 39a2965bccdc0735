"""Rows of commands of the questions of method."""

from typing import TYPE_CHECKING, Any, cast

from qda.i18n import N_
from qda.ui.commands import Command, has_desk

if TYPE_CHECKING:
    from qda.ui.questions.panel import QuestionsPanel
    from qda.ui.window import MainWindow

HOMES = ("open", "axial", "selective")  # workspaces that have a place for the panel


def show_questions(window: "MainWindow") -> "QuestionsPanel":
    """The panel beside what is being worked on; beside the story where there is no place for it."""
    from qda.ui.questions.panel import KEY, QuestionsPanel

    key: str = window.current_workspace or ""
    if key not in HOMES:
        key = "selective"
        window.show_workspace(key)
    workspace = cast(Any, window.workspace(key))
    panel = cast(QuestionsPanel, workspace.show_panel(KEY, QuestionsPanel))
    panel.refresh()
    panel.focus_first()
    return panel


COMMANDS: tuple[Command, ...] = (
    Command(
        "questions",
        N_("&Questions to the theory"),
        "analysis",
        show_questions,
        "Ctrl+Alt+A",
        (),
        has_desk,
        ("check", "method", "contrast", "gap", "evidence", "poles", "unread", "rival"),
        group=7,
    ),
)
