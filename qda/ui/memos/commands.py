"""Commands of memos: the desk, new ones by type, a memo on what is in hand."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, writable
from qda.ui.memos.targets import target_in_hand

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def show_desk(window: object, memo: str = "") -> None:
    """The memo desk, with ``memo`` (a GUID) in hand."""
    from qda.ui.material.workspace import Workspace
    from qda.ui.window import MainWindow

    if isinstance(window, MainWindow) and window.desk is not None:
        window.show_workspace("material")
        workspace = window.workspace("material")
        assert isinstance(workspace, Workspace)
        workspace.show_memos(memo)


def _memo_here(window: "MainWindow") -> None:
    if window.desk is not None:
        window.desk.memo_wanted.emit("", target_in_hand(window.desk))


def _new(kind: str) -> "Command":
    text, synonyms = _KINDS[kind]
    return Command(
        f"new-memo-{kind}",
        text,
        "memo",
        lambda w: w.study.memo_panel.begin(kind),
        enabled=writable,
        synonyms=synonyms,
        group=1,
    )


_KINDS = {
    "code": (N_("New &code note"), ("memo",)),
    "theoretical": (N_("New &theoretical note"), ("memo", "idea")),
    "operational": (N_("New &planning note"), ("memo", "operational", "to do", "sampling")),
    "portrait": (N_("New case p&ortrait"), ("memo", "case summary")),
    "workshop": (N_("New &workshop memo"), ("memo", "group interpretation")),
    "literature": (N_("New &literature memo"), ("memo", "reading")),
    "reflection": (N_("New &reflection"), ("memo", "reflexivity")),
    "diary": (N_("New entry of the research &diary"), ("memo", "journal", "log")),
}

COMMANDS: tuple[Command, ...] = (
    Command(
        "memo-here",
        N_("&Memo"),
        "memo",
        _memo_here,
        "Ctrl+M",
        enabled=writable,
        synonyms=("note", "annotation", "comment"),
    ),
    *(_new(kind) for kind in _KINDS),
    Command(
        "memo-desk",
        N_("Memo d&esk"),
        "memo",
        show_desk,
        "Ctrl+Shift+M",
        synonyms=("all memos", "notes"),
        group=2,
    ),
)
