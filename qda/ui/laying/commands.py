"""Rows of commands of laying out codes."""

from typing import TYPE_CHECKING, cast

from qda.i18n import N_
from qda.ui.code_tree_in.commands import COMMANDS as CODE_TREE_IN
from qda.ui.commands import Command, has_code, has_desk, writable

if TYPE_CHECKING:
    from qda.ui.open_coding.workspace import Workspace
    from qda.ui.window import MainWindow


def _open(window: "MainWindow") -> "Workspace":
    window.show_workspace("open")
    return cast("Workspace", window.workspace("open"))


def _split(window: "MainWindow") -> None:
    from qda.ui.laying.splitting import ask_split

    if window.desk is not None:
        ask_split(window.desk, window.desk.code, _open(window))


COMMANDS: tuple[Command, ...] = (
    Command(
        "lay-out-codes",
        N_("La&y out codes…"),
        "code",
        lambda window: _open(window).lay_out_codes(),
        "Ctrl+Shift+L",
        (),
        writable,
        ("piles", "sort codes", "group codes", "category from a pile", "cluster", "canvas", "table"),
        group=4,
    ),
    Command(
        "sensitizing-concepts",
        N_("Sensitizing conce&pts…"),
        "code",
        lambda window: _open(window).show_concepts(),
        "Ctrl+Shift+I",
        (),
        has_desk,
        ("code list", "import codes", "literature", "deductive", "theory"),
        group=4,
    ),
    *CODE_TREE_IN,
    Command(
        "split-code",
        N_("Spl&it code…"),
        "code",
        _split,
        "Ctrl+Shift+Q",
        ("open",),
        has_code,
        ("divide", "refine", "differentiate"),
        group=3,
    ),
)
