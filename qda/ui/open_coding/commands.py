"""Rows of commands of open coding: passages, codings, codes, search, going through the text."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from qda.i18n import N_
from qda.ui.commands import Command, Menu

if TYPE_CHECKING:
    from qda.ui.open_coding.workspace import Workspace
    from qda.ui.window import MainWindow

Act = Callable[["Workspace"], object]
When = Callable[["MainWindow"], bool]


def _open(window: "MainWindow") -> "Workspace":
    return cast("Workspace", window.workspace("open"))


def _writable(window: "MainWindow") -> bool:
    return window.desk is not None and not window.desk.project.read_only


def _selected(window: "MainWindow") -> bool:
    return _writable(window) and window.desk is not None and window.desk.span is not None


def _again(window: "MainWindow") -> bool:
    return _selected(window) and window.desk is not None and bool(window.desk.last_code)


def _has_source(window: "MainWindow") -> bool:
    return window.desk is not None and bool(window.desk.source)


def _can_code(window: "MainWindow") -> bool:
    return _writable(window) and _has_source(window)


def _has_coding(window: "MainWindow") -> bool:
    return _writable(window) and window.desk is not None and bool(window.desk.coding)


def _has_code(window: "MainWindow") -> bool:
    return _writable(window) and window.desk is not None and bool(window.desk.code)


def _citable(window: "MainWindow") -> bool:
    return window.desk is not None and (window.desk.span is not None or bool(window.desk.coding))


def _code_of(window: "MainWindow") -> str:
    return window.desk.code if window.desk is not None else ""


def _row(
    command_id: str,
    text: str,
    menu: Menu,
    act: Act,
    key: str = "",
    *,
    when: When = _writable,
    group: int = 0,
    toolbar: bool = False,
    synonyms: tuple[str, ...] = (),
) -> Command:
    return Command(
        command_id,
        text,
        menu,
        lambda window: act(_open(window)),
        key,
        ("open",),
        when,
        synonyms,
        toolbar=toolbar,
        group=group,
    )


def _on_code(
    command_id: str,
    text: str,
    act: Callable[["Workspace", str], object],
    key: str = "",
    *,
    synonyms: tuple[str, ...] = (),
) -> Command:
    return Command(
        command_id,
        text,
        "code",
        lambda window: act(_open(window), _code_of(window)),
        key,
        ("open",),
        _has_code,
        synonyms,
        group=3,
    )


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
    return window.study.is_made("open") and _open(window).codes.model.counts_below


def _colour(workspace: "Workspace", _code: str) -> None:
    workspace.codes.colour_current()


_PASSAGES = (
    _row(
        "code",
        N_("&Code…"),
        "code",
        lambda w: w.pane.ask_code(),
        when=_selected,
        toolbar=True,
        synonyms=("coding", "highlight", "tag", "quotation"),
    ),
    _row(
        "code-in-vivo",
        N_("&In vivo"),
        "code",
        lambda w: w.pane.in_vivo(),
        "Ctrl+I",
        when=_selected,
        toolbar=True,
        synonyms=("in vivo", "own words", "verbatim"),
    ),
    _row(
        "code-again",
        N_("&Last code"),
        "code",
        lambda w: w.pane.again(),
        "Ctrl+L",
        when=_again,
        toolbar=True,
        synonyms=("again", "repeat"),
    ),
    _row(
        "code-paragraph",
        N_("Code &paragraph…"),
        "code",
        _unit("PARAGRAPH"),
        "Ctrl+Shift+P",
        when=_can_code,
        group=1,
    ),
    _row("code-turn", N_("Code &turn…"), "code", _unit("TURN"), "Ctrl+Shift+T", when=_can_code, group=1),
    _row(
        "code-answer",
        N_("Code &answer…"),
        "code",
        _unit(""),
        "Ctrl+Shift+A",
        when=_can_code,
        group=1,
        synonyms=("response",),
    ),
)
_CODINGS = (
    _row("recode", N_("&Recode…"), "code", lambda w: w.pane.ask_recode(), when=_has_coding, group=2),
    _row(
        "comment-coding",
        N_("C&omment"),
        "code",
        lambda w: w.write_comment(),
        "Ctrl+E",
        when=_has_coding,
        group=2,
        synonyms=("annotate",),
    ),
    _row(
        "resize-coding",
        N_("Re&size coding"),
        "code",
        lambda w: w.pane.resize_coding(),
        when=_has_coding,
        group=2,
        synonyms=("extend", "shorten", "border"),
    ),
    _row(
        "choose-typical",
        N_("Choose as typical passage"),
        "code",
        lambda w: w.pane.choose_passage("typical"),
        when=_has_coding,
        group=2,
        synonyms=("anchor example",),
    ),
    _row(
        "choose-deviating",
        N_("Choose as deviating passage"),
        "code",
        lambda w: w.pane.choose_passage("deviating"),
        when=_has_coding,
        group=2,
        synonyms=("negative case", "counterexample"),
    ),
    _row(
        "remove-coding",
        N_("Remo&ve coding"),
        "code",
        lambda w: w.pane.remove_coding(),
        "Del",
        when=_has_coding,
        group=2,
        synonyms=("uncode", "delete"),
    ),
)
_CODES = (
    _row(
        "add-code",
        N_("&New code…"),
        "code",
        lambda w: w.codes.acts.new(),
        "Ctrl+Shift+N",
        group=3,
        synonyms=("category",),
    ),
    _on_code("add-code-below", N_("New code &below…"), lambda w, code: w.codes.acts.new(code)),
    _row("rename", N_("Rena&me"), "code", lambda w: w.rename(), "F2", group=3),
    _on_code("move-code", N_("Mo&ve code…"), lambda w, code: w.codes.acts.ask_move(code)),
    _on_code(
        "merge-codes",
        N_("Mer&ge code into…"),
        lambda w, code: w.codes.acts.ask_merge(code),
        synonyms=("join",),
    ),
    _on_code("colour-code", N_("Co&lour of the code…"), _colour, synonyms=("color", "recolour")),
    _on_code(
        "set-code-kind",
        N_("Make it a cate&gory or a concept"),
        lambda w, code: w.codes.acts.toggle_category(code),
    ),
    _on_code(
        "set-code-field",
        N_("&Definition of the code"),
        lambda w, code: w.describe(code),
        "Ctrl+D",
        synonyms=("describe", "delimitation"),
    ),
    _on_code(
        "remove-code",
        N_("Remove code"),
        lambda w, code: w.codes.acts.remove(code),
        synonyms=("delete",),
    ),
)
_TEXT = (
    _row(
        "copy-citation",
        N_("Cop&y as citation"),
        "edit",
        lambda w: w.pane.copy_citation(),
        "Ctrl+Shift+C",
        when=_citable,
        group=2,
        synonyms=("quote", "reference"),
    ),
    _row(
        "search",
        N_("&Search"),
        "edit",
        lambda w: w.search(),
        "Ctrl+F",
        when=_has_source,
        group=3,
        toolbar=True,
        synonyms=("find",),
    ),
    _row(
        "search-all",
        N_("Search in a&ll"),
        "edit",
        lambda w: w.search_all(),
        "Ctrl+Shift+F",
        when=_has_source,
        group=3,
        synonyms=("find", "full text"),
    ),
    _row(
        "filter-codes",
        N_("&Filter codes"),
        "view",
        lambda w: w.codes.focus_filter(),
        "Ctrl+Shift+K",
        when=_has_source,
        group=3,
    ),
    Command(
        "counts-below",
        N_("Counts with the codes &below"),
        "view",
        lambda window: _open(window).codes.toggle_counts_below(),
        "",
        ("open",),
        group=3,
        checked=_counts_below,
        synonyms=("figures", "children", "own"),
    ),
    _row(
        "next-coding",
        N_("Next &coding"),
        "view",
        _go_to_coding(forward=True),
        "F8",
        when=_has_source,
        group=4,
    ),
    _row(
        "previous-coding",
        N_("Previous coding"),
        "view",
        _go_to_coding(forward=False),
        "Shift+F8",
        when=_has_source,
        group=4,
    ),
    _row(
        "next-turn",
        N_("Next &turn"),
        "view",
        _move("TURN", forward=True),
        "Alt+Down",
        when=_has_source,
        group=4,
    ),
    _row(
        "previous-turn",
        N_("Previous turn"),
        "view",
        _move("TURN", forward=False),
        "Alt+Up",
        when=_has_source,
        group=4,
    ),
    _row(
        "zoom-in",
        N_("&Larger text"),
        "view",
        lambda w: w.pane.view.set_zoom(w.pane.view.zoom * 1.1),
        "Ctrl++",
        when=_has_source,
        group=5,
        synonyms=("zoom", "bigger"),
    ),
    _row(
        "zoom-out",
        N_("&Smaller text"),
        "view",
        lambda w: w.pane.view.set_zoom(w.pane.view.zoom / 1.1),
        "Ctrl+-",
        when=_has_source,
        group=5,
        synonyms=("zoom",),
    ),
    _row(
        "zoom-normal",
        N_("&Normal size of the text"),
        "view",
        lambda w: w.pane.view.set_zoom(1.0),
        "Ctrl+0",
        when=_has_source,
        group=5,
        synonyms=("zoom",),
    ),
)
COMMANDS: tuple[Command, ...] = (*_PASSAGES, *_CODINGS, *_CODES, *_TEXT)
