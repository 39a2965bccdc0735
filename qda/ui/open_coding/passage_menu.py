"""The menus of a coding and of a selection in the transcript."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from qda.i18n import _
from qda.ui.navigator.codebook import CodeBook
from qda.ui.transcript.margin import shown_name
from qda.ui.turns.menu import add_to_menu

if TYPE_CHECKING:
    from qda.ui.desk import Desk
    from qda.ui.open_coding.transcript_pane import TranscriptPane
    from qda.ui.window import MainWindow


def _menu(pane: "TranscriptPane") -> QMenu:
    menu = QMenu(pane)
    menu.setObjectName("passage_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _last_name(desk: "Desk") -> str:
    row = CodeBook.of(desk).row(desk.last_code) if desk.last_code else None
    return shown_name(row.name, row.origin == "in-vivo").replace("&", "&&") if row else ""


def _run(pane: "TranscriptPane", command_id: str) -> None:
    cast("MainWindow", pane.window()).action(command_id).trigger()


def coding_menu(pane: "TranscriptPane", coding: str) -> QMenu:
    """What one does with a coding."""
    menu = _menu(pane)
    menu.addAction(_("&Recode…"), pane.ask_recode)
    menu.addAction(_("&Comment"), pane.comment_wanted.emit)
    menu.addAction(_("Re&size"), pane.resize_coding)
    menu.addAction(_("Split &here"), pane.cutting.split)
    menu.addAction(_("Mer&ge with what it meets"), pane.cutting.merge)
    menu.addAction(_("P&roperties…"), lambda: _run(pane, "set-property-value"))
    menu.addSeparator()
    menu.addAction(_("Choose as &typical passage"), lambda: pane.acts.choose(coding, "typical"))
    menu.addAction(_("Choose as &deviating passage"), lambda: pane.acts.choose(coding, "deviating"))
    menu.addSeparator()
    menu.addAction(_("&Memo on the passage…"), pane.memo)
    menu.addAction(_("Co&py as citation"), pane.copy_citation)
    _pencil_acts(menu, pane)
    menu.addAction(_("Show only this code"), lambda: _only(pane, coding))
    menu.addSeparator()
    _theory_acts(menu, pane)
    menu.addSeparator()
    menu.addAction(_("Remo&ve coding"), lambda: pane.acts.remove(coding))
    add_to_menu(menu, pane.turns)
    return menu


def _theory_acts(menu: QMenu, pane: "TranscriptPane") -> None:
    """From the passage to the theory."""
    for command, words in (
        ("relate-passage", _("This says that … &leads to …")),
        ("passage-as-evidence", _("&Evidence for a relation…")),
    ):
        menu.addAction(words, lambda command=command: _run(pane, command))  # type: ignore[misc]


def _only(pane: "TranscriptPane", coding: str) -> None:
    """Filters by the code of a coding."""
    from qda.coding.partial import code_of_coding
    from qda.ui.open_coding.filtering import Filtering

    Filtering.of(pane.acts.desk).only_code(code_of_coding(pane.acts.desk.project, coding))


def _pencil_acts(menu: QMenu, pane: "TranscriptPane") -> None:
    """Pencil marks: of the selection, or the one that is here."""
    if pane.acts.desk.project.read_only:
        return
    here = pane.pencils.here
    if pane.span is not None:
        menu.addAction(_("Mark in pe&ncil"), pane.pencils.make)
    if here is not None:
        menu.addAction(_("Note on the pencil mark…"), pane.pencils.ask_note)
        menu.addAction(_("Remove pencil mark"), pane.pencils.remove)


def _turn_acts(menu: QMenu, pane: "TranscriptPane") -> None:
    """How far the turn at the cursor is."""
    turn = pane.progress.turn
    if turn is None:
        return
    menu.addSeparator()
    off = turn.state == "uncoded"
    words = _("Turn is t&o be coded") if off else _("L&eave turn uncoded")
    leave = menu.addAction(words, pane.progress.leave_uncoded)
    leave.setEnabled(turn.state != "coded" and not pane.acts.desk.project.read_only)
    menu.addAction(_("Mar&k turn as unread"), pane.progress.mark_unread)


def span_menu(pane: "TranscriptPane") -> QMenu:
    """What one does with a selection, or with the place under the pointer."""
    from qda.ui.transcript.movement import Step

    menu = _menu(pane)
    selected = pane.span is not None
    if selected:
        menu.addAction(_("&Code…"), pane.ask_code)
        menu.addAction(_("&In-vivo code"), pane.in_vivo)
        last = _last_name(pane.acts.desk)
        again = menu.addAction(
            _("Code with “{name}”").format(name=last) if last else _("Last code"), pane.again
        )
        again.setEnabled(bool(last))
        menu.addAction(_("P&roperties…"), lambda: _run(pane, "set-property-value"))
        menu.addSeparator()
    else:
        menu.addAction(_("Code &sentence…"), lambda: pane.code_unit(Step.SENTENCE))
        menu.addAction(_("Code &paragraph…"), lambda: pane.code_unit(Step.PARAGRAPH))
        menu.addAction(_("Code &turn…"), lambda: pane.code_unit(Step.TURN))
        menu.addAction(_("Code &answer…"), lambda: pane.code_unit(None))
        menu.addSeparator()
    menu.addAction(_("&Memo…"), pane.memo)
    _pencil_acts(menu, pane)
    if selected:
        menu.addAction(_("Cop&y"), pane.view.copy)
        menu.addAction(_("Co&py as citation"), pane.copy_citation)
        menu.addAction(_("Add to &names…"), lambda: _run(pane, "add-name"))
        menu.addAction(_("For the &workshop…"), lambda: _run(pane, "workshop-passage"))
        menu.addSeparator()
        _theory_acts(menu, pane)
    _turn_acts(menu, pane)
    add_to_menu(menu, pane.turns)
    return menu
