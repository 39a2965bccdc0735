"""Rows of commands of saturation and sampling."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_desk, show_page, writable

if TYPE_CHECKING:
    from qda.ui.saturation.page import SaturationPage
    from qda.ui.saturation.sampling_page import SamplingPage
    from qda.ui.window import MainWindow


def show_saturation(window: "MainWindow") -> "SaturationPage":
    """The page of saturation, before the story."""
    from qda.ui.saturation.page import SaturationPage

    return show_page(window, "selective", "saturation", SaturationPage)


def show_sampling(window: "MainWindow") -> "SamplingPage":
    """The page of sampling, before the story."""
    from qda.ui.saturation.sampling_page import SamplingPage

    return show_page(window, "selective", "sampling", SamplingPage)


def _new_decision(window: "MainWindow") -> None:
    show_sampling(window).new_decision()


COMMANDS: tuple[Command, ...] = (
    Command(
        "saturation",
        N_("Sa&turation and gaps…"),
        "analysis",
        show_saturation,
        "Ctrl+Alt+Shift+Y",
        (),
        has_desk,
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
        has_desk,
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
        writable,
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
