"""Rows of commands of constant comparison."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_desk
from qda.ui.open_coding.command_rows import has_coding, in_text, row

if TYPE_CHECKING:
    from qda.coding.comparing import Verdict
    from qda.ui.comparing.section import ComparingSection
    from qda.ui.open_coding.workspace import Workspace
    from qda.ui.window import MainWindow


def _section(workspace: "Workspace") -> "ComparingSection":
    """The section in view, of the coding set apart as it is now."""
    from qda.ui.comparing.visit import back_from_visit

    desk = workspace.pane.acts.desk
    if not back_from_visit(workspace):
        desk.coding_chosen.emit(desk.coding)  # the sheet of a code, say, gives its place back
        workspace.close_panel()
    workspace.inspector.coding.refresh()
    section = workspace.inspector.coding.comparing
    if section.isHidden():
        section.switch(on=True)
    return section


def _compare(workspace: "Workspace") -> None:
    _section(workspace).take_focus()


def _judge(workspace: "Workspace", verdict: "Verdict") -> None:
    _section(workspace).verdicts.begin(verdict)


def _on(window: "MainWindow") -> bool:
    from qda.ui.comparing.switch import is_on

    return window.desk is not None and is_on(window.desk)


def _switch(window: "MainWindow") -> None:
    in_text(window).inspector.coding.comparing.switch(on=not _on(window))


COMMANDS: tuple[Command, ...] = (
    row(
        "compare",
        N_("Compare with earlier passages"),
        "code",
        _compare,
        "Ctrl+Alt+V",
        when=has_coding,
        group=6,
        synonyms=("constant comparison", "like", "unlike", "similar", "incident"),
    ),
    row(
        "judge-fits",
        N_("The passage fits…"),
        "code",
        lambda w: _judge(w, "fits"),
        "Ctrl+Alt+Y",
        when=has_coding,
        group=6,
        synonyms=("constant comparison", "verdict"),
    ),
    row(
        "judge-does-not-fit",
        N_("The passage does not fit…"),
        "code",
        lambda w: _judge(w, "does_not_fit"),
        "Ctrl+Alt+N",
        when=has_coding,
        group=6,
        synonyms=("constant comparison", "verdict"),
    ),
    row(
        "judge-new-property",
        N_("The passage shows a new property…"),
        "code",
        lambda w: _judge(w, "new_property"),
        "Ctrl+Alt+O",
        when=has_coding,
        group=6,
        synonyms=("constant comparison", "dimension"),
    ),
    row(
        "imagined-case",
        N_("Compare with an imagined case…"),
        "code",
        lambda w: _section(w).imagined.begin(),
        when=has_coding,
        group=6,
        synonyms=("flip-flop", "far-out", "opposite", "constant comparison"),
    ),
    Command(
        "compare-while-coding",
        N_("Compare while coding"),
        "view",
        _switch,
        "",
        ("open",),
        has_desk,
        ("constant comparison",),
        group=5,
        checked=_on,
    ),
)
