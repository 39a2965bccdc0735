"""Rows of commands of turns: corrections in the transcript, topics, the interview guide."""

from typing import TYPE_CHECKING, cast

from qda.i18n import N_
from qda.ui.commands import Command, Menu, can_code, has_source, writable

if TYPE_CHECKING:
    from collections.abc import Callable

    from qda.ui.material.document_page import DocumentPage
    from qda.ui.material.workspace import Workspace as Material
    from qda.ui.open_coding.workspace import Workspace
    from qda.ui.turns.acts import TurnActs
    from qda.ui.window import MainWindow


def _open(window: "MainWindow") -> "Workspace":
    return cast("Workspace", window.workspace("open"))


def _material(window: "MainWindow") -> "Material":
    window.show_workspace("material")
    return cast("Material", window.workspace("material"))


def _document(window: "MainWindow") -> "DocumentPage":
    page: DocumentPage = _material(window).document
    return page


def _has_document(window: "MainWindow") -> bool:
    """A document is in hand in the material."""
    if not window.study.is_made("material"):
        return False
    return cast("Material", window.workspace("material")).selected_kind == "source"


def _row(
    command_id: str,
    text: str,
    act: "Callable[[TurnActs], object]",
    key: str = "",
    *,
    menu: Menu = "edit",
    group: int = 5,
    synonyms: tuple[str, ...] = (),
    when: "Callable[[MainWindow], bool]" = can_code,
) -> Command:
    return Command(
        command_id,
        text,
        menu,
        lambda window: act(_open(window).pane.turns),
        key,
        ("open",),
        when,
        synonyms,
        group=group,
    )


_TRANSCRIPT = (
    _row(
        "go-to",
        N_("&Go to paragraph…"),
        lambda acts: acts.go_to(),
        "Ctrl+G",
        group=3,
        synonyms=("jump", "number", "time", "line"),
        when=has_source,
    ),
    _row(
        "split-paragraph",
        N_("S&plit paragraph here"),
        lambda acts: acts.split(),
        "Ctrl+Shift+Return",
        synonyms=("line break", "divide"),
    ),
    _row(
        "join-paragraph",
        N_("&Join with the paragraph before"),
        lambda acts: acts.join(),
        "Ctrl+J",
        synonyms=("merge", "line break"),
    ),
    _row(
        "begin-turn",
        N_("A turn &begins here…"),
        lambda acts: acts.begin(),
        "Ctrl+Shift+R",
        group=6,
        synonyms=("speaker", "border"),
    ),
    _row(
        "join-turn",
        N_("&No turn begins here"),
        lambda acts: acts.join_turn(),
        "Ctrl+Shift+J",
        group=6,
        synonyms=("merge", "border", "speaker"),
    ),
    _row(
        "set-turn-speaker",
        N_("Turn &spoken by…"),
        lambda acts: acts.spoken_by(),
        "Ctrl+R",
        group=6,
        synonyms=("speaker", "who speaks", "label"),
    ),
    _row(
        "set-topic",
        N_("Set &topic of the turn…"),
        lambda acts: acts.set_topic(),
        "Ctrl+T",
        group=7,
        synonyms=("interview guide", "question"),
    ),
    _row(
        "clear-topic",
        N_("Take topic &off"),
        lambda acts: acts.clear_topic(),
        group=7,
        synonyms=("interview guide", "question"),
    ),
)
_GUIDE = (
    Command(
        "show-guide",
        N_("&Interview guide"),
        "project",
        lambda w: _material(w).show_guide(),
        synonyms=("topics", "questions", "answers"),
        group=3,
    ),
    Command(
        "new-topic",
        N_("New &topic of the interview guide"),
        "project",
        lambda w: _material(w).new_topic(),
        enabled=writable,
        synonyms=("question",),
        group=2,
    ),
    Command(
        "answers",
        N_("All ans&wers to a topic"),
        "view",
        lambda w: _open(w).show_answers(""),
        "Ctrl+Shift+G",
        ("open",),
        has_source,
        ("interview guide", "question", "topic"),
        group=3,
    ),
)
_DOCUMENT = (
    Command(
        "replace-source",
        N_("Replace by corrected &file…"),
        "edit",
        lambda w: _document(w).ask_corrected(),
        workspaces=("material",),
        enabled=lambda w: writable(w) and _has_document(w),
        synonyms=("update", "new version", "correct"),
        group=5,
    ),
    Command(
        "export-transcript",
        N_("Write transcript &with times…"),
        "edit",
        lambda w: _document(w).ask_export(),
        workspaces=("material",),
        enabled=_has_document,
        synonyms=("export", "txt", "time marks", "line numbers", "f4"),
        group=5,
    ),
)
COMMANDS: tuple[Command, ...] = (*_TRANSCRIPT, *_GUIDE, *_DOCUMENT)
