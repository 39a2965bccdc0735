"""Rows of commands of the history of the theory and of the audit sheet."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, Workspace, has_desk, show_page

if TYPE_CHECKING:
    from qda.ui.history.audit_page import AuditPage
    from qda.ui.history.page import HistoryPage
    from qda.ui.window import MainWindow


def show_history(window: "MainWindow") -> "HistoryPage":
    """The history of what is in hand: from the text of its code, else of what was shown last."""
    from qda.ui.history.page import HistoryPage

    code = window.desk.code if window.desk and window.current_workspace == "open" else ""
    page = show_page(window, _home(window), "history", HistoryPage)
    if code:
        page.show_code(code)
    return page


def show_dates(window: "MainWindow") -> None:
    """A model at two dates."""
    show_history(window).show_dates()


def show_audit(window: "MainWindow") -> "AuditPage":
    """The audit sheet."""
    from qda.ui.history.audit_page import AuditPage

    return show_page(window, _home(window), "audit", AuditPage)


def _home(window: "MainWindow") -> Workspace:
    """The workspace before which the page stands: that of the story if it is in front, else of the models."""
    return "selective" if window.current_workspace == "selective" else "axial"


COMMANDS: tuple[Command, ...] = (
    Command(
        "history",
        N_("&History of the theory…"),
        "analysis",
        show_history,
        "Ctrl+Alt+H",
        (),
        has_desk,
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
        has_desk,
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
        has_desk,
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
