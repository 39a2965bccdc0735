"""Commands of retrieval."""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from qda.i18n import N_
from qda.ui.commands import Command, code_in_hand, has_desk, show_page, writable

if TYPE_CHECKING:
    from qda.ui.retrieval.page import RetrievalPage
    from qda.ui.window import MainWindow


_PARTS: Final = tuple(
    f"qda.ui.retrieval.{name}"
    for name in (
        "tree",
        "chips",
        "choices",
        "finder",
        "builder",
        "results",
        "quotes",
        "sets",
        "written",
        "page",
    )
)


def _show(window: "MainWindow") -> None:
    """Shows the page. The first time its parts are read one by one, so that the window never waits long."""
    missing = next((name for name in _PARTS if name not in sys.modules), None)
    if missing is None:
        if window.desk is not None:
            _page(window)
        return
    import_module(missing)
    QTimer.singleShot(0, window, lambda: _show(window))


def _page(window: "MainWindow") -> "RetrievalPage":
    """The page, in front."""
    from qda.ui.retrieval.page import RetrievalPage

    return show_page(window, "open", "retrieval", RetrievalPage)


def _of_code(window: "MainWindow") -> None:
    from qda.coding.retrieval import spec

    if window.desk is not None:
        _page(window).show_query(spec.Code(window.desk.code, with_children=True))


COMMANDS: tuple[Command, ...] = (
    Command(
        "find-passages",
        N_("&Find passages…"),
        "analysis",
        _show,
        "Ctrl+Alt+F",
        (),
        has_desk,
        ("retrieval", "query", "and or not", "near", "overlap", "filter", "live set", "quotes"),
        group=1,
    ),
    Command(
        "passages-of-code",
        N_("Passages of the &code and those below it"),
        "analysis",
        _of_code,
        "",
        (),
        code_in_hand,
        ("retrieval", "segments", "quotes", "codings"),
        group=1,
    ),
    Command(
        "save-query",
        N_("Save the &query as a live set…"),
        "analysis",
        lambda window: _page(window).save(),
        "",
        ("open",),
        writable,
        ("saved query", "retrieval", "set"),
        group=1,
    ),
    Command(
        "export-passages",
        N_("&Export the passages found…"),
        "analysis",
        lambda window: _page(window).ask_export(),
        "",
        ("open",),
        has_desk,
        ("retrieval", "quotes", "docx", "word", "excel", "csv", "html", "report"),
        group=1,
    ),
)
