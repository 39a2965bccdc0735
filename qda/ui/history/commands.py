"""Rows of commands of the history of the theory and of the audit sheet."""

from typing import TYPE_CHECKING, Any, Final, cast

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.history.audit_page import AuditPage
    from qda.ui.history.page import HistoryPage
    from qda.ui.window import MainWindow

_HOMES: Final = ("axial", "selective")  # workspaces before which the pages stand


def show_history(window: "MainWindow") -> "HistoryPage":
    """The history of what is in hand: from the text of its code, else of what was shown last."""
    from qda.ui.history.page import HistoryPage

    code = window.desk.code if window.desk and window.current_workspace == "open" else ""
    page = cast(HistoryPage, _home(window).show_page("history", HistoryPage))
    if code:
        page.show_code(code)
    return page


def show_dates(window: "MainWindow") -> None:
    """A model at two dates."""
    show_history(window).show_dates()


def show_audit(window: "MainWindow") -> "AuditPage":
    """The audit sheet."""
    from qda.ui.history.audit_page import AuditPage

    return cast(AuditPage, _home(window).show_page("audit", AuditPage))


def _home(window: "MainWindow") -> Any:
    """The workspace before which the page stands: the one in front, else that of the models."""
    key = window.current_workspace if window.current_workspace in _HOMES else "axial"
    window.show_workspace(key)
    return window.workspace(key)


def _study(window: "MainWindow") -> bool:
    return window.desk is not None


COMMANDS: tuple[Command, ...] = (
    Command(
        "history",
        N_("&History of the theory…"),
        "analysis",
        show_history,
        "Ctrl+Alt+H",
        (),
        _study,
        ("genesis", "life", "timeline", "journal", "renamed", "merged", "versions"),
        group=7,
    ),
    Command(
        "model-dates",
        N_("Model at t&wo dates…"),
        "analysis",
        show_dates,
        "",
        (),
        _study,
        ("difference", "compare versions", "before case C", "state"),
        group=7,
    ),
    Command(
        "audit-sheet",
        N_("A&udit sheet…"),
        "analysis",
        show_audit,
        "Ctrl+Alt+U",
        (),
        _study,
        ("criteria", "Corbin and Strauss", "evaluation", "answers", "traceability"),
        group=7,
    ),
    Command(
        "report-paradigm",
        N_("Coding para&digm as a report"),
        "analysis",
        lambda w: w.show_report("paradigm"),
        synonyms=("model", "relations", "evidence", "word", "excel"),
        group=8,
    ),
    Command(
        "report-genesis",
        N_("&Genesis as a report"),
        "analysis",
        lambda w: w.show_report("genesis"),
        synonyms=("history", "life of a category", "word", "excel"),
        group=8,
    ),
    Command(
        "report-audit",
        N_("Audit sheet as a &report"),
        "analysis",
        lambda w: w.show_report("audit"),
        synonyms=("criteria", "answers", "word", "excel"),
        group=8,
    ),
)
