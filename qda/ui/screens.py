"""Screens beyond the five workspaces, each with what it needs to show something; for pictures of the window.

A screen is left by what the next one does: pages come before the text, modes are ended.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from qda.coding.rows import CodingRow
    from qda.ui.window import MainWindow

_LONGEST_S: Final = 10


@dataclass(frozen=True, slots=True)
class Screen:
    """``prepare`` brings it up; ``leave`` ends a mode that would stay."""

    name: str
    prepare: Callable[["MainWindow"], object]
    leave: Callable[["MainWindow"], object] | None = None


def _wait_until(done: Callable[[], bool]) -> None:
    """What comes from a thread is there, or it took too long."""
    from PySide6.QtWidgets import QApplication

    until = time.monotonic() + _LONGEST_S
    while not done() and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)
    QApplication.processEvents()


def _run(command: str) -> Callable[["MainWindow"], object]:
    return lambda window: window.action(command).trigger()


def _open(window: "MainWindow") -> Any:
    window.show_workspace("open")
    return window.workspace("open")


def _page(window: "MainWindow", command: str) -> Any:
    """Runs a command that brings a page up; some come a moment later."""
    workspace = _open(window)
    workspace.show_text()
    window.action(command).trigger()
    _wait_until(lambda: workspace.page is not None)
    return workspace.page


def _in_text(window: "MainWindow", command: str) -> None:
    """Runs a command on the transcript with a coding of the fullest code set apart."""
    _open(window).show_text()
    if (row := _coding(window)) is not None and window.desk is not None:
        window.desk.source_wanted.emit(row.segment.source, row.segment.start, row.segment.stop)
        window.desk.coding_chosen.emit(row.guid)
        window.refresh_actions()
    window.action(command).trigger()


def _coding(window: "MainWindow") -> "CodingRow | None":
    from qda.coding import codes

    project = window.project
    if project is None:
        return None
    most = max(codes.codes(project), key=lambda code: code.codings, default=None)
    rows = codes.codings(project, code=most.guid) if most else []
    return rows[len(rows) // 2] if rows else None


def _leave_suggestions(window: "MainWindow") -> None:
    from qda.ui.suggesting.setting import SuggestionsDialog

    for dialog in window.findChildren(SuggestionsDialog):
        dialog.reject()


def _elsewhere(window: "MainWindow") -> None:
    """Passages like those of the fullest code, found in a thread, with the keyboard on the first."""
    from PySide6.QtWidgets import QWidget

    row, workspace = _coding(window), _open(window)
    workspace.show_text()
    if row is None or window.desk is None:
        return
    window.desk.code_chosen.emit(row.code)
    window.refresh_actions()
    window.action("elsewhere").trigger()
    panel: Any = workspace.findChild(QWidget, "elsewhere")
    _wait_until(lambda: not panel.looking)


def _leave_elsewhere(window: "MainWindow") -> None:
    _open(window).close_panel()


def _leave_editing(window: "MainWindow") -> None:
    pane = _open(window).pane
    pane.editing.leave()


def _laid_out(window: "MainWindow") -> None:
    from qda.coding import piles

    page = _page(window, "lay-out-codes")
    if window.project is not None and not piles.piles(window.project):
        page.every.setChecked(True)
        for heap in ([2, 9, 17], [5, 11], [8, 21, 24]):
            guids = page.slips.guids()
            page.lay("", [guids[at] for at in heap if at < len(guids)])


def _retrieved(window: "MainWindow") -> None:
    from qda.coding import retrieval

    row, page = _coding(window), _page(window, "find-passages")
    if row is not None and page is not None and window.project is not None:
        written = f'"{row.code_name}" and role:respondent'
        page.show_query(retrieval.parse(window.project, written))


def _hits(window: "MainWindow") -> None:
    workspace = _open(window)
    workspace.show_text()
    window.action("search-all").trigger()
    workspace.results.open("Protokoll")


def _category(window: "MainWindow") -> None:
    row = _coding(window)
    _open(window)
    if row is not None and window.desk is not None:
        window.desk.code_chosen.emit(row.code)
        window.refresh_actions()
    window.action("category-sheet").trigger()


def _before_story(window: "MainWindow", command: str) -> None:
    """Runs a command that brings a page up before the story; what it reads comes a moment later."""
    window.show_workspace("selective")
    window.refresh_actions()
    window.action(command).trigger()
    front: Any = window.workspace("selective")
    worker = getattr(front.front.part, "worker", None)
    _wait_until(lambda: worker is None or not worker.busy)


def _picture(command: str) -> Callable[["MainWindow"], object]:
    return lambda window: _page(window, command)


def _levels(window: "MainWindow") -> None:
    window.action("levels").trigger()
    page = window.workspace("axial").front.part  # type: ignore[attr-defined]
    for placement in page.placements() if page is not None else ():
        page.rings.make_current(placement)
        page.follow_code()
        if len(page.steps) > 2:
            return


def _questions(window: "MainWindow") -> None:
    """The panel beside the board, with its first group open and asked."""
    from qda.ui.questions.commands import show_questions

    window.show_workspace("axial")
    panel = show_questions(window)
    panel.open_group("relations")
    _wait_until(lambda: bool(panel.tree.rows.group("relations").below))


def _nearby(window: "MainWindow") -> None:
    """The passages near a relation's codes, found in a thread, with the keyboard on the first."""
    window.show_workspace("axial")
    workspace: Any = window.workspace("axial")
    workspace.show_models()
    workspace.show_view("board")
    near = workspace.page.adding.near
    _wait_until(lambda: not near.looking)
    if workspace.relation is not None:
        workspace.page.adding.focus_card()


def _close_panel(window: "MainWindow") -> None:
    workspace: Any = window.workspace("axial")
    workspace.close_panel()


def _mapped(window: "MainWindow") -> None:
    """The relations of the study on a map, put in order."""
    from qda.ui.maps.commands import show_maps

    page = show_maps(window)
    if not page.shown:
        page.add([f"relation:{guid}" for guid in _relations(window)[:8]])
        page.refresh()
        page.tidy("near")


def _relations(window: "MainWindow") -> list[str]:
    from qda.coding import theory

    rows = theory.relations(window.project) if window.project is not None else []
    return [row.guid for row in rows if row.status != "rejected"]


def _touring(number: int) -> Callable[["MainWindow"], object]:
    """A step of the tour on the study in hand; nothing is done in it."""

    def show(window: "MainWindow") -> None:
        from qda.ui.tour.guide import Tour

        window.show_workspace("selective")
        window.workspace("selective").show_story()  # type: ignore[attr-defined]
        window.show_workspace("axial")
        _close_panel(window)
        Tour(window).go_to(number - 1)

    return show


def _leave_tour(window: "MainWindow") -> None:
    from qda.ui.tour.guide import Tour

    for tour in window.findChildren(Tour):
        tour.end()


def _quotations(window: "MainWindow") -> None:
    """A text with four quotations, two of them wrong."""
    import tempfile
    from pathlib import Path

    from qda.coding import codes
    from qda.coding.citation import paragraphs_cited, quoted, spoken
    from qda.ui.quotations.commands import show_quotations

    project, page = window.project, show_quotations(window)
    if project is None:
        return
    rows = [row.segment for row in codes.codings(project)[3:60:16]]
    cited = [(quoted(spoken(row)), paragraphs_cited(row)) for row in rows]
    places = [place for _words, place in cited]
    wrong = [f"{words.replace(' und ', ' oder ', 1)} ({place})" for words, place in cited[:2]]
    elsewhere = [f"{words} ({places[at - 1]})" for at, (words, _place) in enumerate(cited) if at > 1]
    path = Path(tempfile.gettempdir()) / "thesis.md"
    path.write_text("# 4\n\n" + "\n\n".join(wrong + elsewhere), encoding="utf-8")
    page.check(path)
    _wait_until(lambda: page.checked is not None)


def _field(window: "MainWindow") -> None:
    """The code field with what is suggested for an answer, once it is known."""
    from qda.ui.suggesting.switch import shown_for

    row, workspace = _coding(window), _open(window)
    workspace.show_text()
    if row is None or window.desk is None:
        return
    segment = row.segment
    window.desk.source_wanted.emit(segment.source, segment.start, segment.stop)
    workspace.pane.view.select_span(segment.start, segment.stop)
    window.refresh_actions()
    window.action("code").trigger()
    if shown_for(window.desk.project, segment.source):
        _wait_until(lambda: workspace.pane.choosing.showing.ready)


def _leave_field(window: "MainWindow") -> None:
    pane = _open(window).pane
    pane.field.close()
    pane.view.clear_selection()


def _hinted(window: "MainWindow") -> None:
    """The first code not yet placed for which there is a hint beside the model."""
    window.show_workspace("axial")
    workspace: Any = window.workspace("axial")
    workspace.show_models()
    for row in workspace.panel.unplaced.choices.rows:
        workspace.look_at(row.key)
        _wait_until(lambda: not workspace.hint.looking)
        if workspace.hint.current is not None:
            return


def _reported(name: str, *, open_folds: bool = False, words: str = "") -> Callable[["MainWindow"], object]:
    """A report with its pages; with its settings unfolded, or with words found on the pages."""

    def show(window: "MainWindow") -> None:
        window.show_workspace("reports")
        workspace: Any = window.workspace("reports")
        workspace.list.choose(name)
        _wait_until(lambda: not workspace.busy)
        if open_folds:
            workspace.unfold()
        if words:
            workspace.find_bar.begin()
            workspace.find_bar.field.setText(words)
            workspace.find_bar.search()

    return show


def _leave_report(window: "MainWindow") -> None:
    workspace: Any = window.workspace("reports")
    workspace.find_bar.leave()


def _asked(command: str, name: str) -> Screen:
    """A dialog, by its command and the name of the object."""

    def leave(window: "MainWindow") -> None:
        from PySide6.QtWidgets import QDialog

        for dialog in window.findChildren(QDialog, name):
            dialog.reject()

    return Screen(name.replace("_", "-"), _run(command), leave)


def _code_tree_in(window: "MainWindow") -> None:
    """A list of codes from elsewhere, read and not yet taken over."""
    import tempfile
    from pathlib import Path

    from qda.ui.code_tree_in.commands import bring_in

    path = Path(tempfile.gettempdir()) / "codes.csv"
    path.write_text("Code;Memo\nA > B;…\nA > C;\nD;\n", encoding="utf-8")
    dialog = bring_in(window)
    dialog.read(path)
    _wait_until(lambda: dialog.plan is not None)


def _leave_code_tree_in(window: "MainWindow") -> None:
    from qda.ui.code_tree_in.dialog import CodeTreeDialog

    for dialog in window.findChildren(CodeTreeDialog):
        dialog.reject()


SCREENS: Final[tuple[Screen, ...]] = (
    Screen("where-was-i", lambda window: _in_text(window, "where-was-i")),
    Screen("comparing", lambda window: _in_text(window, "compare")),
    Screen("line-by-line", lambda window: _in_text(window, "line-by-line"), _run("line-by-line")),
    Screen("editing", lambda window: _in_text(window, "edit-text"), _leave_editing),
    Screen("two-texts", lambda window: _in_text(window, "split-view"), _run("split-view")),
    Screen("search", _hits),
    Screen("retrieval", _retrieved),
    Screen("laying-out", _laid_out),
    Screen("concepts", _run("sensitizing-concepts")),
    Screen("code-tree-in", _code_tree_in, _leave_code_tree_in),
    Screen("category", _category),
    Screen("typology", _picture("typology")),
    Screen("codes-cases", _picture("code-cases")),
    Screen("codes-codes", _picture("code-codes")),
    Screen("portrait", _picture("portrait")),
    Screen("curve", _picture("curve")),
    Screen("memos", _run("memo-desk")),
    Screen("quotations", _quotations),
    Screen("code-maps", _mapped),
    Screen("code-field", _field, _leave_field),
    Screen("suggestions", _run("suggestions"), _leave_suggestions),
    Screen("passages-elsewhere", _elsewhere, _leave_elsewhere),
    Screen("passages-nearby", _nearby),
    Screen("slot-hint", _hinted),
    Screen("relation-queue", _run("relation-queue"), _close_panel),
    Screen("case-comparison", _run("compare-cases")),
    Screen("saturation", lambda window: _before_story(window, "saturation")),
    Screen("sampling", lambda window: _before_story(window, "sampling")),
    Screen("templates", _run("templates")),
    Screen("history", _run("history")),
    Screen("two-dates", _run("model-dates")),
    Screen("audit-sheet", _run("audit-sheet")),
    Screen("levels", _levels),
    Screen("questions", _questions),
    Screen("story-versions", lambda window: _before_story(window, "story-versions")),
    Screen("report-settings", _reported("transcript", open_folds=True)),
    Screen("report-found", _reported("study", words="a"), _leave_report),
    Screen("report-workshop", _reported("workshop")),
    Screen("report-feedback", _reported("feedback")),
    Screen("report-declaration", _reported("declaration")),
    _asked("all-reports", "all_reports_dialog"),
    _asked("read-comments", "comments_back"),
    *(Screen(f"tour-{number}", _touring(number), _leave_tour) for number in range(1, 6)),
)


def each(window: "MainWindow") -> Iterator[Screen]:
    """Brings up one screen after the other; the caller takes its picture and goes on."""
    for screen in SCREENS:
        screen.prepare(window)
        yield screen
        if screen.leave is not None:
            screen.leave(window)
