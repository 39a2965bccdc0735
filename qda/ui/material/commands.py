"""Commands of the material: import, groups, cases, project sheet."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.material.workspace import Workspace
    from qda.ui.window import MainWindow


def _material(window: "MainWindow") -> "Workspace":
    from qda.ui.material.workspace import Workspace

    window.show_workspace("material")
    workspace = window.workspace("material")
    assert isinstance(workspace, Workspace)
    return workspace


def _shown(window: "MainWindow", what: str) -> bool:
    if not window.study.is_made("material"):
        return False
    from qda.ui.material.workspace import Workspace

    workspace = window.workspace("material")
    return isinstance(workspace, Workspace) and workspace.selected_kind == what


def _writable(window: "MainWindow") -> bool:
    return window.project is not None and not window.project.read_only


def _on_any(window: "MainWindow") -> bool:
    kinds = ("source", "case", "group", "memo", "topic")
    return _writable(window) and any(_shown(window, kind) for kind in kinds)


COMMANDS: tuple[Command, ...] = (
    Command(
        "import",
        N_("&Add transcripts…"),
        "project",
        lambda w: _material(w).ask_files(),
        "Ctrl+Shift+O",
        enabled=_writable,
        synonyms=("import", "documents", "interviews", "read in", "files"),
        group=2,
    ),
    Command(
        "new-document",
        N_("New &field note or document"),
        "project",
        lambda w: _material(w).new_document(),
        enabled=_writable,
        synonyms=("postscript", "field note", "minutes"),
        group=2,
    ),
    Command(
        "new-case",
        N_("New &case"),
        "project",
        lambda w: _material(w).new_case(),
        enabled=_writable,
        synonyms=("participant", "respondent"),
        group=2,
    ),
    Command(
        "new-group",
        N_("New &group of documents"),
        "project",
        lambda w: _material(w).new_group(),
        enabled=_writable,
        synonyms=("folder",),
        group=2,
    ),
    Command(
        "show-sheet",
        N_("&Project sheet"),
        "project",
        lambda w: _material(w).show_sheet(),
        synonyms=("research question", "preconceptions", "method", "title"),
        group=3,
    ),
    Command(
        "show-documents",
        N_("&Documents and cases"),
        "project",
        lambda w: _material(w).show_documents(),
        synonyms=("sources", "transcripts", "attributes", "variables"),
        group=3,
    ),
    Command(
        "read-document",
        N_("&Read and code"),
        "edit",
        lambda w: _material(w).read_selected(),
        workspaces=("material",),
        enabled=lambda w: _shown(w, "source"),
        group=4,
    ),
    Command(
        "rename-material",
        N_("Re&name"),
        "edit",
        lambda w: _material(w).rename_selected(),
        "F2",
        workspaces=("material",),
        enabled=_on_any,
        group=4,
    ),
    Command(
        "remove-material",
        N_("Re&move"),
        "edit",
        lambda w: _material(w).remove_selected(),
        "Del",
        workspaces=("material",),
        enabled=_on_any,
        synonyms=("delete",),
        group=4,
    ),
)
