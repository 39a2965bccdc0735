"""Rows of commands of saturation and sampling."""

from typing import TYPE_CHECKING, Any, cast

from qda.i18n import N_
from qda.ui.commands import Command

if TYPE_CHECKING:
    from qda.ui.saturation.page import SaturationPage
    from qda.ui.saturation.sampling_page import SamplingPage
    from qda.ui.window import MainWindow


def show_saturation(window: "MainWindow") -> "SaturationPage":
    """The page of saturation, before the story."""
    from qda.ui.saturation.page import SaturationPage

    window.show_workspace("selective")
    workspace = cast(Any, window.workspace("selective"))
    return cast(SaturationPage, workspace.show_page("saturation", SaturationPage))


def show_sampling(window: "MainWindow") -> "SamplingPage":
    """The page of sampling, before the story."""
    from qda.ui.saturation.sampling_page import SamplingPage

    window.show_workspace("selective")
    workspace = cast(Any, window.workspace("selective"))
    return cast(SamplingPage, workspace.show_page("sampling", SamplingPage))


def _new_decision(window: "MainWindow") -> None:
    show_sampling(window).new_decision()


def _study(window: "MainWindow") -> bool:
    return window.desk is not None


def _writable(window: "MainWindow") -> bool:
    return window.project is not None and not window.project.read_only


COMMANDS: tuple[Command, ...] = (
    Command(
        "saturation",
        N_("Sa&turation and gaps…"),
        "analysis",
        show_saturation,
        "Ctrl+Alt+Shift+Y",
        (),
        _study,
        ("theoretical saturation", "new codes per transcript", "density", "judgement", "curve"),
        group=7,
    ),
    Command(
        "sampling",
        N_("&Sampling…"),
        "analysis",
        show_sampling,
        "Ctrl+Alt+K",
        (),
        _study,
        ("theoretical sampling", "decision", "next case", "starting case", "refused", "not reached"),
        group=7,
    ),
    Command(
        "new-sampling-decision",
        N_("&New sampling decision"),
        "analysis",
        _new_decision,
        "",
        (),
        _writable,
        ("theoretical sampling", "next case", "where to look"),
        group=7,
    ),
    Command(
        "report-saturation",
        N_("Saturation as a re&port"),
        "analysis",
        lambda w: w.show_report("saturation"),
        synonyms=("table of categories", "new codes per transcript", "word", "excel"),
        group=8,
    ),
    Command(
        "report-sampling",
        N_("Sampling as a rep&ort"),
        "analysis",
        lambda w: w.show_report("sampling"),
        synonyms=("sampling decisions", "starting cases", "word", "excel"),
        group=8,
    ),
)
