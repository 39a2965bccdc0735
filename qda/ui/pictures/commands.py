"""Rows of commands of pictures."""

from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command, has_desk, show_page

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _open(window: "MainWindow", picture: str = "") -> None:
    from qda.ui.pictures.page import PicturesPage

    page = show_page(window, "open", "pictures", PicturesPage)
    if picture:
        page.show_picture(picture)


def _row(
    command_id: str, text: str, picture: str = "", key: str = "", synonyms: tuple[str, ...] = ()
) -> Command:
    def run(window: "MainWindow") -> None:
        _open(window, picture)

    return Command(command_id, text, "analysis", run, key, (), has_desk, synonyms, group=6)


COMMANDS: tuple[Command, ...] = (
    _row(
        "pictures", N_("P&ictures…"), "", "Ctrl+Alt+I", ("matrix", "crosstab", "chart", "diagram", "figure")
    ),
    _row(
        "code-documents",
        N_("Codes × &documents"),
        "documents",
        synonyms=("matrix", "frequencies", "document comparison"),
    ),
    _row("code-cases", N_("Codes × c&ases"), "cases", synonyms=("matrix", "case comparison", "crosstab")),
    _row(
        "code-codes",
        N_("Codes × c&odes"),
        "codes",
        synonyms=("matrix", "co-occurrence", "overlap", "relations between codes", "nearness"),
    ),
    _row("portrait", N_("P&ortrait of a document"), "portrait", synonyms=("document portrait", "barcode")),
    _row(
        "curve", N_("Codes o&ver the text"), "curve", synonyms=("curve", "density", "codeline", "time line")
    ),
)
