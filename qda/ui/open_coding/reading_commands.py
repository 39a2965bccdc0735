"""Rows of commands of reading: how far the turns are, whose words stand back, marks in pencil."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, can_code, code_in_hand, has_desk, has_source
from qda.ui.open_coding.command_rows import in_text, opened, row

if TYPE_CHECKING:
    from qda.ui.open_coding.workspace import Workspace
    from qda.ui.window import MainWindow


def _dimmed(window: "MainWindow") -> bool:
    return not window.study.is_made("open") or opened(window).pane.view.dimmed


def _split(window: "MainWindow") -> bool:
    return window.study.is_made("open") and opened(window).panes.is_split


def _above(window: "MainWindow") -> bool:
    return window.study.is_made("open") and opened(window).panes.is_above


def _left(window: "MainWindow") -> bool:
    turn = opened(window).pane.progress.known_turn if window.study.is_made("open") else None
    return turn is not None and turn.state == "uncoded"


PENCIL: tuple[Command, ...] = (
    row(
        "pencil",
        N_("Mark in pencil"),
        "code",
        lambda w: w.pane.pencils.make(),
        "Ctrl+B",
        when=can_code,
        group=1,
        synonyms=("bookmark", "without a code", "quotation"),
    ),
    row(
        "change-pencil",
        N_("Note on the pencil mark…"),
        "code",
        lambda w: w.pane.pencils.ask_note(),
        when=can_code,
        group=1,
    ),
    row(
        "remove-pencil",
        N_("Remove pencil mark"),
        "code",
        lambda w: w.pane.pencils.remove(),
        when=can_code,
        group=1,
        synonyms=("rub out", "delete"),
    ),
    row(
        "next-pencil",
        N_("Next pencil mark"),
        "view",
        lambda w: w.pane.pencils.go(forward=True),
        "F7",
        when=has_source,
        group=4,
    ),
    row(
        "previous-pencil",
        N_("Previous pencil mark"),
        "view",
        lambda w: w.pane.pencils.go(forward=False),
        "Shift+F7",
        when=has_source,
        group=4,
    ),
)
TEXTS: tuple[Command, ...] = (
    Command(
        "split-view",
        N_("&Two texts"),
        "view",
        lambda window: in_text(window).panes.toggle(),
        "Ctrl+Alt+S",
        ("open",),
        has_source,
        ("split", "side by side", "compare", "second transcript"),
        group=5,
        checked=_split,
    ),
    Command(
        "turn-split",
        N_("Two texts one a&bove the other"),
        "view",
        lambda window: in_text(window).panes.turn_over(),
        "",
        ("open",),
        has_source,
        ("split", "horizontal", "vertical"),
        group=5,
        checked=_above,
    ),
    row(
        "other-text",
        N_("Go to the &other text"),
        "view",
        lambda w: w.panes.go_to_other(),
        "Ctrl+F6",
        when=_split,
        group=5,
        synonyms=("split", "pane"),
    ),
    row(
        "open-beside",
        N_("Open the chosen document in the other text"),
        "view",
        lambda w: w.documents.open_beside(),
        when=has_source,
        group=5,
        synonyms=("split", "compare", "second transcript"),
    ),
)


def _filtered(window: "MainWindow") -> bool:
    if window.desk is None or not window.study.is_made("open"):
        return False
    from qda.ui.open_coding.filtering import Filtering

    return bool(Filtering.of(window.desk).filter)


def _only_chosen(workspace: "Workspace") -> None:
    workspace.filtering.only_code(workspace.pane.acts.desk.code)


def _clear_filter(workspace: "Workspace") -> None:
    workspace.filtering.clear()
    workspace.pane.view.setFocus()


FILTER: tuple[Command, ...] = (
    row(
        "where-was-i",
        N_("Where was &I?"),
        "view",
        lambda w: w.where_was_i(),
        "Ctrl+Alt+W",
        when=has_desk,
        group=1,
        synonyms=("last place", "resume", "go on", "to do", "notes", "unread"),
    ),
    row(
        "filter-codings",
        N_("&Filter codings…"),
        "view",
        lambda w: w.pane.ask_filter(),
        "Ctrl+Alt+X",
        when=has_source,
        group=3,
        toolbar=True,
        synonyms=("stripes", "show only", "coder", "speaker", "phase", "hide"),
    ),
    row(
        "filter-this-code",
        N_("Show only the chosen code’s codings"),
        "view",
        _only_chosen,
        when=code_in_hand,
        group=3,
        synonyms=("filter", "stripes"),
    ),
    row(
        "clear-filter",
        N_("Show all codings"),
        "view",
        _clear_filter,
        when=_filtered,
        group=3,
        synonyms=("filter", "stripes", "reset"),
    ),
)
READING: tuple[Command, ...] = (
    row(
        "codings-here",
        N_("Codings &here…"),
        "view",
        lambda w: w.pane.list_codings(),
        "Ctrl+F8",
        when=has_source,
        group=4,
        synonyms=("all codes", "overlap", "stripes", "+n"),
    ),
    Command(
        "mark-uncoded",
        N_("Leave turn uncoded"),
        "code",
        lambda window: opened(window).pane.progress.leave_uncoded(),
        "Ctrl+U",
        ("open",),
        can_code,
        ("skip", "nothing to code"),
        group=1,
        checked=_left,
    ),
    row(
        "next-unread",
        N_("Next &unread turn"),
        "view",
        lambda w: w.pane.progress.go_to_unread(forward=True),
        "F9",
        when=has_source,
        group=4,
        synonyms=("go on reading",),
    ),
    row(
        "previous-unread",
        N_("Previous unread turn"),
        "view",
        lambda w: w.pane.progress.go_to_unread(forward=False),
        "Shift+F9",
        when=has_source,
        group=4,
    ),
    row(
        "next-uncoded",
        N_("Next turn without a codin&g"),
        "view",
        lambda w: w.pane.progress.go_to_uncoded(forward=True),
        "Ctrl+F9",
        when=has_source,
        group=4,
        synonyms=("uncoded", "not coded"),
    ),
    row(
        "previous-uncoded",
        N_("Previous turn without a coding"),
        "view",
        lambda w: w.pane.progress.go_to_uncoded(forward=False),
        "Ctrl+Shift+F9",
        when=has_source,
        group=4,
    ),
    row(
        "next-memo",
        N_("Next &memo in the text"),
        "view",
        lambda w: w.pane.going.go_to_memo(forward=True),
        "Ctrl+F7",
        when=has_source,
        group=4,
        synonyms=("note",),
    ),
    row(
        "previous-memo",
        N_("Previous memo in the text"),
        "view",
        lambda w: w.pane.going.go_to_memo(forward=False),
        "Ctrl+Shift+F7",
        when=has_source,
        group=4,
    ),
    row(
        "go-on",
        N_("&Next …"),
        "view",
        lambda w: w.pane.going.show_menu(),
        "Ctrl+Alt+J",
        when=has_source,
        group=4,
        synonyms=("jump", "go to", "previous"),
    ),
    row(
        "mark-unread",
        N_("Mark turn as unread"),
        "view",
        lambda w: w.pane.progress.mark_unread(),
        when=has_source,
        group=4,
        synonyms=("read",),
    ),
    Command(
        "dim-interviewer",
        N_("&Interviewer's turns stand back"),
        "view",
        lambda window: opened(window).toggle_dimmed(),
        "",
        ("open",),
        has_source,
        ("dim", "grey", "questions"),
        group=5,
        checked=_dimmed,
    ),
)
