"""Commands of the check of quotations."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_desk, show_page

if TYPE_CHECKING:
    from qda.ui.quotations.page import QuotationsPage
    from qda.ui.window import MainWindow


def show_quotations(window: "MainWindow") -> "QuotationsPage":
    """The page, in front."""
    from qda.ui.quotations.page import QuotationsPage

    return show_page(window, "open", "quotations", QuotationsPage)


def _check(window: "MainWindow") -> None:
    """Shows the page; the first time it asks for the text."""
    page = show_quotations(window)
    if page.file is None:
        page.ask_file()


COMMANDS: tuple[Command, ...] = (
    Command(
        "check-quotes",
        N_("&Check quotations of a finished text…"),
        "analysis",
        _check,
        "",
        (),
        has_desk,
        ("thesis", "citations", "verify", "docx", "word", "wrong quotation", "consent", "examiner"),
        group=8,
    ),
    Command(
        "check-quotes-again",
        N_("Check the same text &again"),
        "analysis",
        lambda window: show_quotations(window).check_again(),
        "F12",
        (),
        has_desk,
        ("thesis", "citations", "quotations", "repeat", "refresh"),
        group=8,
    ),
)
