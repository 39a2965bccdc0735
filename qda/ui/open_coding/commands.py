"""Rows of commands of open coding: passages, codings, codes, search, going through the text."""

from typing import TYPE_CHECKING

from qda.i18n import N_, _
from qda.ui.commands import Command, can_code, has_desk, has_source, selected
from qda.ui.open_coding.command_rows import Act, again, has_coding, in_text, on_code, opened, row
from qda.ui.open_coding.quick_code_commands import QUICK_CODES
from qda.ui.open_coding.reading_commands import FILTER, PENCIL, READING, TEXTS
from qda.ui.suggesting.commands import COMMANDS as SUGGESTING

if TYPE_CHECKING:
    from qda.ui.open_coding.workspace import Workspace
    from qda.ui.window import MainWindow


def _unit(step: str) -> Act:
    def code(workspace: "Workspace") -> None:
        from qda.ui.transcript.movement import Step

        workspace.pane.code_unit(Step[step] if step else None)

    return code


def _move(step: str, *, forward: bool) -> Act:
    def move(workspace: "Workspace") -> None:
        from qda.ui.transcript.movement import Step

        workspace.pane.view.move_by(Step[step], forward=forward)
        workspace.pane.view.setFocus()

    return move


def _go_to_coding(*, forward: bool) -> Act:
    def go(workspace: "Workspace") -> None:
        workspace.pane.view.go_to_coding(forward=forward)
        workspace.pane.view.setFocus()

    return go


def _counts_below(window: "MainWindow") -> bool:
    return window.study.is_made("open") and opened(window).codes.model.counts_below


def _exact(window: "MainWindow") -> bool:
    return window.study.is_made("open") and opened(window).pane.view.exact


def _copy_citation(window: "MainWindow") -> None:
    """What is in hand where the focus is: a quotation of any list, else the selection in the text."""
    from PySide6.QtWidgets import QApplication

    from qda.ui.open_coding import citing

    rows = citing.in_hand(QApplication.focusWidget())
    assert window.desk is not None
    if rows:
        window.desk.told.emit(citing.copy(rows))
    elif window.study.current == "open":
        in_text(window).pane.copy_citation()
    else:
        window.desk.told.emit(_("Select a passage first."))


def _colour(workspace: "Workspace", _code: str) -> None:
    workspace.codes.colour_current()


_PASSAGES = (
    row(
        "code",
        N_("&Code…"),
        "code",
        lambda w: w.pane.ask_code(),
        when=selected,
        toolbar=True,
        synonyms=("coding", "highlight", "tag", "quotation"),
    ),
    row(
        "code-in-vivo",
        N_("&In vivo"),
        "code",
        lambda w: w.pane.in_vivo(),
        "Ctrl+I",
        when=selected,
        toolbar=True,
        synonyms=("in vivo", "own words", "verbatim"),
    ),
    row(
        "code-again",
        N_("&Last code"),
        "code",
        lambda w: w.pane.again(),
        "Ctrl+L",
        when=again,
        toolbar=True,
        synonyms=("again", "repeat"),
    ),
    row(
        "code-paragraph",
        N_("Code &paragraph…"),
        "code",
        _unit("PARAGRAPH"),
        "Ctrl+Shift+P",
        when=can_code,
        group=1,
    ),
    row(
        "code-sentence",
        N_("Code &sentence…"),
        "code",
        _unit("SENTENCE"),
        "Ctrl+Shift+W",
        when=can_code,
        group=1,
    ),
    row("code-turn", N_("Code &turn…"), "code", _unit("TURN"), "Ctrl+Shift+T", when=can_code, group=1),
    row(
        "code-answer",
        N_("Code &answer…"),
        "code",
        _unit(""),
        "Ctrl+Shift+A",
        when=can_code,
        group=1,
        synonyms=("response",),
    ),
    Command(
        "select-exactly",
        N_("Select to the very sign"),
        "code",
        lambda window: opened(window).pane.toggle_exact(),
        "Ctrl+Alt+B",
        ("open",),
        has_source,
        ("exact", "whole words", "letter by letter"),
        group=1,
        checked=_exact,
    ),
)
_CODINGS = (
    row(
        "recode",
        N_("&Recode…"),
        "code",
        lambda w: w.pane.ask_recode(),
        "Ctrl+Alt+C",
        when=has_coding,
        group=2,
        synonyms=("another code", "change the code"),
    ),
    row(
        "comment-coding",
        N_("C&omment"),
        "code",
        lambda w: w.write_comment(),
        "Ctrl+E",
        when=has_coding,
        group=2,
        synonyms=("annotate",),
    ),
    row(
        "resize-coding",
        N_("Re&size coding"),
        "code",
        lambda w: w.pane.resize_coding(),
        when=has_coding,
        group=2,
        synonyms=("extend", "shorten", "border"),
    ),
    row(
        "split-coding",
        N_("Split coding at the cursor"),
        "code",
        lambda w: w.pane.cutting.split(),
        "Ctrl+Shift+D",
        when=can_code,
        group=2,
        synonyms=("cut", "divide"),
    ),
    row(
        "merge-codings",
        N_("Merge codings that meet"),
        "code",
        lambda w: w.pane.cutting.merge(),
        "Ctrl+Shift+Y",
        when=can_code,
        group=2,
        synonyms=("join", "unite"),
    ),
    row(
        "choose-typical",
        N_("Choose as typical passage"),
        "code",
        lambda w: w.pane.choose_passage("typical"),
        when=has_coding,
        group=2,
        synonyms=("anchor example",),
    ),
    row(
        "choose-deviating",
        N_("Choose as deviating passage"),
        "code",
        lambda w: w.pane.choose_passage("deviating"),
        when=has_coding,
        group=2,
        synonyms=("negative case", "counterexample"),
    ),
    row(
        "remove-coding",
        N_("Remo&ve coding"),
        "code",
        lambda w: w.pane.remove_seen_coding(),
        "Del",
        when=has_coding,
        group=2,
        synonyms=("uncode", "delete"),
    ),
)
_CODES = (
    row(
        "add-code",
        N_("&New code…"),
        "code",
        lambda w: w.codes.acts.new(),
        "Ctrl+Shift+N",
        group=3,
        synonyms=("category",),
    ),
    on_code("add-code-below", N_("New code &below…"), lambda w, code: w.codes.acts.new(code)),
    row("rename", N_("Rena&me"), "code", lambda w: w.rename(), "F2", group=3),
    on_code("move-code", N_("Mo&ve code…"), lambda w, code: w.codes.acts.ask_move(code), "Ctrl+Shift+V"),
    on_code(
        "merge-codes",
        N_("Mer&ge code into…"),
        lambda w, code: w.codes.acts.ask_merge(code),
        "Ctrl+Shift+X",
        synonyms=("join",),
    ),
    on_code("colour-code", N_("Co&lour of the code…"), _colour, synonyms=("color", "recolour")),
    on_code(
        "set-code-kind",
        N_("Make it a cate&gory or a concept"),
        lambda w, code: w.codes.acts.toggle_category(code),
    ),
    on_code(
        "set-code-field",
        N_("&Definition of the code"),
        lambda w, code: w.describe(code),
        "Ctrl+D",
        synonyms=("describe", "delimitation"),
    ),
    on_code(
        "remove-code",
        N_("Remove code"),
        lambda w, code: w.codes.acts.remove(code),
        synonyms=("delete",),
    ),
)
_TEXT = (
    Command(
        "copy-citation",
        N_("Cop&y as citation"),
        "edit",
        _copy_citation,
        "Ctrl+Shift+C",
        (),
        has_desk,
        ("quote", "reference"),
        group=2,
    ),
    row(
        "search",
        N_("&Search"),
        "edit",
        lambda w: w.search(),
        "Ctrl+F",
        when=has_source,
        group=3,
        toolbar=True,
        synonyms=("find",),
    ),
    row(
        "search-all",
        N_("Search in a&ll"),
        "edit",
        lambda w: w.search_all(),
        "Ctrl+Shift+F",
        when=has_source,
        group=3,
        synonyms=("find", "full text"),
    ),
    row(
        "filter-codes",
        N_("&Filter codes"),
        "view",
        lambda w: w.codes.focus_filter(),
        "Ctrl+Shift+K",
        when=has_source,
        group=3,
    ),
    Command(
        "counts-below",
        N_("Counts with the codes &below"),
        "view",
        lambda window: opened(window).codes.toggle_counts_below(),
        "",
        ("open",),
        group=3,
        checked=_counts_below,
        synonyms=("figures", "children", "own"),
    ),
    row(
        "next-coding",
        N_("Next &coding"),
        "view",
        _go_to_coding(forward=True),
        "F8",
        when=has_source,
        group=4,
    ),
    row(
        "previous-coding",
        N_("Previous coding"),
        "view",
        _go_to_coding(forward=False),
        "Shift+F8",
        when=has_source,
        group=4,
    ),
    row(
        "next-turn",
        N_("Next &turn"),
        "view",
        _move("TURN", forward=True),
        "Alt+Down",
        when=has_source,
        group=4,
    ),
    row(
        "previous-turn",
        N_("Previous turn"),
        "view",
        _move("TURN", forward=False),
        "Alt+Up",
        when=has_source,
        group=4,
    ),
    row(
        "zoom-in",
        N_("&Larger text"),
        "view",
        lambda w: w.pane.view.set_zoom(w.pane.view.zoom * 1.1),
        "Ctrl++",
        when=has_source,
        group=5,
        synonyms=("zoom", "bigger"),
    ),
    row(
        "zoom-out",
        N_("&Smaller text"),
        "view",
        lambda w: w.pane.view.set_zoom(w.pane.view.zoom / 1.1),
        "Ctrl+-",
        when=has_source,
        group=5,
        synonyms=("zoom",),
    ),
    row(
        "zoom-normal",
        N_("&Normal size of the text"),
        "view",
        lambda w: w.pane.view.set_zoom(1.0),
        "Ctrl+0",
        when=has_source,
        group=5,
        synonyms=("zoom",),
    ),
)
COMMANDS: tuple[Command, ...] = (
    *_PASSAGES,
    *_CODINGS,
    *_CODES,
    *_TEXT,
    *QUICK_CODES,
    *FILTER,
    *READING,
    *TEXTS,
    *PENCIL,
    *SUGGESTING,
)
