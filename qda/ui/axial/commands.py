"""Commands of axial coding."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qda.i18n import N_
from qda.ui.commands import Command, writable

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _workspace(window: "MainWindow") -> Any:
    """The workspace, if it was made; Any, because this module is read before it exists."""
    return window.workspace("axial") if window.study.is_made("axial") else None


def _in_front(window: "MainWindow") -> Any:
    """The workspace while its model can be worked on: no page (a map, the matrix) stands before it."""
    made = _workspace(window)
    return made if writable(window) and made is not None and made.front.part is None else None


def _with_model(window: "MainWindow") -> bool:
    made = _in_front(window)
    return made is not None and made.model is not None


def _with_relation(window: "MainWindow") -> bool:
    made = _in_front(window)
    return made is not None and made.relation is not None


def _with_hint(window: "MainWindow") -> bool:
    made = _workspace(window)
    return made is not None and made.front.part is None and made.hint.isVisible()


def _do(name: str, *arguments: str) -> "Callable[[MainWindow], object]":
    return lambda window: getattr(window.workspace("axial"), name)(*arguments)


def _model(
    command: str, text: str, method: str, key: str = "", *, group: int, synonyms: tuple[str, ...] = ()
) -> Command:
    return Command(
        command,
        text,
        "analysis",
        _do(method),
        key,
        workspaces=("axial",),
        enabled=_with_model,
        synonyms=synonyms,
        group=group,
    )


def _relation(
    command: str,
    text: str,
    method: str,
    *arguments: str,
    key: str = "",
    group: int = 3,
    synonyms: tuple[str, ...] = (),
) -> Command:
    return Command(
        command,
        text,
        "analysis",
        _do(method, *arguments),
        key,
        workspaces=("axial",),
        enabled=_with_relation,
        synonyms=synonyms,
        group=group,
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        "add-model",
        N_("New &model from a template…"),
        "analysis",
        _do("new_model"),
        workspaces=("axial",),
        enabled=writable,
        synonyms=("paradigm", "coding paradigm", "network", "diagram"),
        group=1,
    ),
    _model("set-phenomenon", N_("Choose the &phenomenon…"), "choose_phenomenon", group=1),
    _model("rename-model", N_("Rename the model…"), "rename_model", group=1),
    _model("set-model-status", N_("Give the model up, or take it up again"), "turn_model", group=1),
    _model(
        "freeze-model",
        N_("&Keep the model as a version…"),
        "freeze_model",
        group=1,
        synonyms=("snapshot", "state", "freeze"),
    ),
    _model("remove-model", N_("Remove the model"), "remove_model", group=1, synonyms=("delete",)),
    _model("add-slot", N_("New slot…"), "add_slot", group=1, synonyms=("column",)),
    Command(
        "axial-board",
        N_("Model as a &board"),
        "view",
        lambda w: w.workspace("axial").show_view("board"),  # type: ignore[attr-defined]
        "Ctrl+Shift+B",
        workspaces=("axial",),
        group=2,
    ),
    Command(
        "axial-table",
        N_("Model as a &table"),
        "view",
        lambda w: w.workspace("axial").show_view("table"),  # type: ignore[attr-defined]
        "Ctrl+Shift+T",
        workspaces=("axial",),
        group=2,
        synonyms=("relations", "evidence table"),
    ),
    _model("arrange-model", N_("Arra&nge"), "arrange", group=2, synonyms=("tidy", "untangle", "layout")),
    _model("place-code", N_("P&lace a code in a slot…"), "place_code", group=2),
    _model("set-level", N_("&Level of the placed code…"), "set_level", "L", group=2, synonyms=("matrix",)),
    _model("set-addressee", N_("&Addressee of the placed code…"), "set_addressee", "A", group=2),
    Command(
        "relate-codes",
        N_("&Relate codes"),
        "analysis",
        _do("relate"),
        "B",
        workspaces=("axial",),
        enabled=_with_model,
        synonyms=("relation", "link", "arrow", "connect"),
        toolbar=True,
        group=3,
    ),
    Command(
        "hint-passage",
        N_("Passage of the &hint"),
        "analysis",
        lambda w: w.workspace("axial").hint.open(),  # type: ignore[attr-defined]
        "H",
        workspaces=("axial",),
        enabled=_with_hint,
        synonyms=("suggestion", "cue word", "slot"),
        group=3,
    ),
    Command(
        "focus-hint",
        N_("To the h&int"),
        "analysis",
        lambda w: w.workspace("axial").hint.setFocus(),  # type: ignore[attr-defined]
        "Shift+H",
        workspaces=("axial",),
        enabled=_with_hint,
        synonyms=("suggestion", "cue word", "slot"),
        group=3,
    ),
    _relation("change-relation", N_("&Statement of the relation"), "edit_statement", synonyms=("claim",)),
    _relation("turn-relation", N_("&Turn the relation"), "turn_relation"),
    _relation("status-supposed", N_("Relation: s&upposed"), "set_status", "supposed", group=4),
    _relation("status-supported", N_("Relation: su&pported"), "set_status", "supported", group=4),
    _relation("status-modified", N_("Relation: m&odified"), "set_status", "modified", group=4),
    _relation("status-rejected", N_("Relation: re&jected"), "set_status", "rejected", group=4),
    _relation("remove-relation", N_("Remove the relation"), "remove_relation", synonyms=("delete",)),
    _relation(
        "pick-evidence",
        N_("Add &evidence…"),
        "pick_evidence",
        key="V",
        group=5,
        synonyms=("passages", "quotation"),
    ),
    _relation("evidence-supporting", N_("Passage s&upports"), "polarity", "S", key="S", group=5),
    _relation("evidence-contradicting", N_("Passage speaks &against"), "polarity", "W", key="W", group=5),
    _relation("evidence-qualifying", N_("Passage &qualifies"), "polarity", "E", key="E", group=5),
    _relation("note-search", N_("Searched for counter-evidence, &found none…"), "note_search", group=5),
    *(
        Command(
            f"export-board-{suffix}",
            text,
            "analysis",
            _do("export", suffix),
            workspaces=("axial",),
            enabled=_with_model,
            synonyms=("picture", "diagram", "save as"),
            group=6,
        )
        for suffix, text in (
            ("svg", N_("Export the board as SVG…")),
            ("png", N_("Export the board as PNG…")),
            ("pdf", N_("Export the board as PDF…")),
        )
    ),
)
