"""All rows of the window's commands: the shell's own and those that each part brings."""

from functools import cache
from typing import TYPE_CHECKING

from qda.i18n import N_
from qda.ui.commands import Command
from qda.ui.demo import COMMANDS as DEMO
from qda.ui.tour.commands import COMMANDS as TOUR
from qda.ui.tutorial.commands import COMMANDS as TUTORIAL

if TYPE_CHECKING:
    from qda.ui.window import MainWindow


def _has_undo(window: "MainWindow") -> bool:
    return window.undo_label() is not None


def _has_redo(window: "MainWindow") -> bool:
    return window.redo_label() is not None


SHELL: tuple[Command, ...] = (
    Command("new-study", N_("&New study…"), "project", lambda w: w.new_study(), "Ctrl+N", study=False),
    Command("open-study", N_("&Open…"), "project", lambda w: w.ask_and_open(), "Ctrl+O", study=False),
    Command(
        "demo",
        N_("Open the &demo study"),
        "project",
        lambda w: w.open_demo(),
        study=False,
        synonyms=("example", "sample"),
    ),
    *TOUR,
    *TUTORIAL,
    *DEMO,
    Command("close-study", N_("&Close study"), "project", lambda w: w.close_study(), "Ctrl+W", group=1),
    Command(
        "settings",
        N_("&Settings…"),
        "project",
        lambda w: w.show_settings(),
        "Ctrl+,",
        study=False,
        group=8,
        synonyms=("preferences", "options", "language", "theme", "dark", "light", "font"),
    ),
    Command("quit", N_("&Quit"), "project", lambda w: w.close(), "Ctrl+Q", study=False, group=9),
    Command("undo", N_("&Undo"), "edit", lambda w: w.undo(), "Ctrl+Z", enabled=_has_undo),
    Command("redo", N_("&Redo"), "edit", lambda w: w.redo(), "Ctrl+Shift+Z", enabled=_has_redo),
    Command(
        "palette",
        N_("Search or run a &command…"),
        "edit",
        lambda w: w.show_palette(),
        "Ctrl+K",
        study=False,
        group=9,
    ),
    Command("show-material", N_("&Material"), "view", lambda w: w.show_workspace("material"), "Alt+1"),
    Command("show-open", N_("&Open coding"), "view", lambda w: w.show_workspace("open"), "Alt+2"),
    Command("show-axial", N_("&Axial coding"), "view", lambda w: w.show_workspace("axial"), "Alt+3"),
    Command(
        "show-selective", N_("&Selective coding"), "view", lambda w: w.show_workspace("selective"), "Alt+4"
    ),
    Command("show-reports", N_("&Reports"), "view", lambda w: w.show_workspace("reports"), "Alt+5"),
    Command(
        "theme-light",
        N_("&Light"),
        "view",
        lambda w: w.use_theme("light"),
        study=False,
        group=8,
        checked=lambda w: w.preferences.theme == "light",
        synonyms=("theme", "bright"),
    ),
    Command(
        "theme-dark",
        N_("&Dark"),
        "view",
        lambda w: w.use_theme("dark"),
        study=False,
        group=8,
        checked=lambda w: w.preferences.theme == "dark",
        synonyms=("theme", "night"),
    ),
    Command(
        "theme-system",
        N_("As the s&ystem"),
        "view",
        lambda w: w.use_theme("system"),
        study=False,
        group=8,
        checked=lambda w: w.preferences.theme == "system",
        synonyms=("theme",),
    ),
    Command(
        "full-screen",
        N_("&Full screen"),
        "view",
        lambda w: w.toggle_full_screen(),
        "F11",
        study=False,
        group=9,
        checked=lambda w: w.isFullScreen(),
    ),
    Command("next-pane", N_("Next &pane"), "view", lambda w: w.next_pane(), "F6", group=9),
    Command("keys", N_("&Keys"), "help", lambda w: w.show_keys(), "F1", study=False, synonyms=("shortcuts",)),
    Command("about", N_("&About qda"), "help", lambda w: w.show_about(), study=False, group=9),
)


@cache
def commands() -> tuple[Command, ...]:
    """Every row, in the order of the menus."""
    from qda.ui.audio.commands import COMMANDS as AUDIO
    from qda.ui.axial.board_commands import COMMANDS as BOARD
    from qda.ui.axial.commands import COMMANDS as AXIAL
    from qda.ui.cases_beside.commands import COMMANDS as CASES
    from qda.ui.comparing.commands import COMMANDS as COMPARING
    from qda.ui.editing.commands import COMMANDS as EDITING
    from qda.ui.evidence.commands import COMMANDS as EVIDENCE
    from qda.ui.history.commands import COMMANDS as HISTORY
    from qda.ui.hits.commands import COMMANDS as HITS
    from qda.ui.importing.commands import COMMANDS as IMPORTING
    from qda.ui.laying.commands import COMMANDS as LAYING
    from qda.ui.levels.commands import COMMANDS as LEVELS
    from qda.ui.lines.commands import COMMANDS as LINES
    from qda.ui.maps.commands import COMMANDS as MAPS
    from qda.ui.material.commands import COMMANDS as MATERIAL
    from qda.ui.memos.commands import COMMANDS as MEMOS
    from qda.ui.open_coding.commands import COMMANDS as OPEN_CODING
    from qda.ui.pictures.commands import COMMANDS as PICTURES
    from qda.ui.pseudonyms.commands import COMMANDS as PSEUDONYMS
    from qda.ui.questions.commands import COMMANDS as QUESTIONS
    from qda.ui.reports.commands import COMMANDS as REPORTS
    from qda.ui.retrieval.commands import COMMANDS as RETRIEVAL
    from qda.ui.saturation.commands import COMMANDS as SATURATION
    from qda.ui.selective.commands import COMMANDS as SELECTIVE
    from qda.ui.templates.commands import COMMANDS as TEMPLATES
    from qda.ui.turns.commands import COMMANDS as TURNS
    from qda.ui.typology.commands import COMMANDS as TYPOLOGY

    return (
        *SHELL,
        *MATERIAL,
        *IMPORTING,
        *OPEN_CODING,
        *LAYING,
        *HITS,
        *RETRIEVAL,
        *COMPARING,
        *LINES,
        *TYPOLOGY,
        *PICTURES,
        *EDITING,
        *TURNS,
        *AUDIO,
        *AXIAL,
        *BOARD,
        *CASES,
        *EVIDENCE,
        *MAPS,
        *SELECTIVE,
        *SATURATION,
        *TEMPLATES,
        *LEVELS,
        *QUESTIONS,
        *HISTORY,
        *REPORTS,
        *MEMOS,
        *PSEUDONYMS,
    )
