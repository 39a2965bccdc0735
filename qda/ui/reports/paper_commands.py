"""Commands that lead from the material to what is printed of it: reading, workshop, feedback to a case."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qda.i18n import N_, language
from qda.ui.commands import Command, has_desk, has_source

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def show_report(window: "MainWindow", name: str, options: Mapping[str, str]) -> None:
    """Brings a report to the front with some of its settings; the others stay as they were."""
    from qda.ui.reports.workspace import Workspace

    workspace = window.workspace("reports")
    assert isinstance(workspace, Workspace)
    workspace.turn_to(name, options)
    window.show_workspace("reports")


def print_transcript(window: "MainWindow", source: str) -> None:
    """A document for reading and writing on paper."""
    show_report(window, "transcript", {"source": source, "form": "plain"})


def feedback_to(window: "MainWindow", case: str) -> None:
    """What is quoted of a case, for its answer."""
    show_report(window, "feedback", {"case": case})


def _print(window: "MainWindow") -> None:
    assert window.desk is not None
    print_transcript(window, window.desk.source)


def _feedback(window: "MainWindow") -> None:
    """To the case of the document in view; without one it is chosen among the settings."""
    from qda.coding.material import source

    assert window.desk is not None
    row = source(window.desk.project, window.desk.source) if window.desk.source else None
    if row is not None and row.case:
        feedback_to(window, row.case)
    else:
        show_report(window, "feedback", {})


def _workshop(window: "MainWindow") -> None:
    """The lines that hold the selection."""
    assert window.desk is not None
    assert window.desk.span is not None
    guid, start, stop = window.desk.span
    passage = _lines(window, guid, start, stop)
    show_report(window, "workshop", {"source": guid, "passage": passage})


def _lines(window: "MainWindow", guid: str, start: int, stop: int) -> str:
    """The place of a passage by the lines that the workshop prints: "ll. 120–124"."""
    from qda.coding.line_numbers import LineNumbers
    from qda.coding.material import paragraphs, project_sheet, span_row, text

    assert window.desk is not None
    project = window.desk.project
    row = span_row(project, guid, start, stop)
    counted = [(one.start, one.stop) for one in paragraphs(project, guid) if not one.number.startswith("0.")]
    numbers = LineNumbers(text(project, guid), counted, measure=project_sheet(project).line_measure)
    lines = row.lines or numbers.between(start, stop)
    if not lines:  # in the head of the transcript
        return f"{row.paragraph}–{row.last_paragraph}"
    return f"Z. {lines}" if language() == "de" else f"ll. {lines}"


def _has_span(window: "MainWindow") -> bool:
    return window.desk is not None and window.desk.span is not None


COMMANDS: tuple[Command, ...] = (
    Command(
        "print-transcript",
        N_("&Print for reading…"),
        "analysis",
        _print,
        "",
        (),
        has_source,
        ("paper", "transcript", "wide margin", "numbered", "seminar", "line numbers"),
        group=8,
    ),
    Command(
        "workshop-passage",
        N_("Passage for the &workshop…"),
        "analysis",
        _workshop,
        "",
        (),
        _has_span,
        ("interpretation group", "data session", "line numbers", "handout"),
        group=8,
    ),
    Command(
        "feedback-case",
        N_("&Feedback to the case…"),
        "analysis",
        _feedback,
        "",
        (),
        has_desk,
        ("member check", "communicative validation", "consent", "letter", "own quotations"),
        group=8,
    ),
)
