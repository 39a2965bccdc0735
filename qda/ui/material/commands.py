"""Commands of the material: import, groups, cases, project sheet."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, writable

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


def _delete_for_good(window: "MainWindow") -> None:
    workspace = _material(window)
    if workspace.selected_kind == "case":
        workspace.case_acts.delete_for_good(workspace.case.guid)
    else:
        workspace.case_acts.choose_and_delete()


def _on_any(window: "MainWindow") -> bool:
    kinds = ("source", "case", "group", "memo", "topic")
    return writable(window) and any(_shown(window, kind) for kind in kinds)


COMMANDS: tuple[Command, ...] = (
    Command(
        "import",
        N_("&Add transcripts…"),
        "project",
        lambda w: _material(w).ask_files(),
        "Ctrl+Shift+O",
        enabled=writable,
        synonyms=("import", "documents", "interviews", "read in", "files"),
        group=2,
    ),
    Command(
        "new-document",
        N_("New &field note or document"),
        "project",
        lambda w: _material(w).new_document(),
        enabled=writable,
        synonyms=("postscript", "field note", "minutes"),
        group=2,
    ),
    Command(
        "new-case",
        N_("New &case"),
        "project",
        lambda w: _material(w).new_case(),
        enabled=writable,
        synonyms=("participant", "respondent"),
        group=2,
    ),
    Command(
        "new-group",
        N_("New &group of documents"),
        "project",
        lambda w: _material(w).new_group(),
        enabled=writable,
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
        "show-attributes",
        N_("Cases and a&ttributes"),
        "project",
        lambda w: _material(w).show_attributes(),
        "Ctrl+Shift+U",
        synonyms=("variables", "questionnaire", "table", "csv", "xlsx", "statistics"),
        group=3,
    ),
    Command(
        "import-survey",
        N_("Bring in a survey or ta&ble…"),
        "project",
        lambda w: _material(w).attributes.ask_in(),
        enabled=writable,
        synonyms=("questionnaire", "csv", "xlsx", "open answers", "attributes", "excel"),
        group=2,
    ),
    Command(
        "delete-case-for-good",
        N_("Consent withdrawn: delete case for good…"),
        "project",
        _delete_for_good,
        enabled=writable,
        synonyms=("withdrawn consent", "data protection", "erase", "delete case", "revoke", "GDPR"),
        group=4,
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
