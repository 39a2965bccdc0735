"""Rows of commands about names: replace, add one from the text, delete for good, the protocol."""

from typing import TYPE_CHECKING

from qda.i18n import N_, _
from qda.ui.commands import Command, selected, writable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qda.ui.pseudonyms.dialog import PseudonymDialog
    from qda.ui.pseudonyms.work import Name
    from qda.ui.window import MainWindow


def _dialog(window: "MainWindow") -> "PseudonymDialog | None":
    from qda.ui.pseudonyms.dialog import PseudonymDialog

    if window.desk is None:
        return None
    window.flush()
    dialog = PseudonymDialog(window, window.desk)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def replace_names(
    window: "MainWindow", *, sources: "Sequence[str] | None" = None, name: "Name | None" = None
) -> None:
    """Opens the dialog; ``sources``: only for these documents, ``name``: with this one in hand."""
    dialog = _dialog(window)
    if dialog is not None:
        dialog.begin(sources, name)


def add_name(window: "MainWindow") -> None:
    """The selected words become a name to be replaced; several can be added before the hits are looked at."""
    from qda.coding.material import text
    from qda.coding.pseudonyms import given
    from qda.ui.pseudonyms.adding import AddName, as_name
    from qda.ui.pseudonyms.work import Work

    desk = window.desk
    if desk is None or desk.span is None:
        return
    source, start, stop = desk.span
    work = Work.of(desk)
    work.given.update(given(desk.project))
    dialog = AddName(work, as_name(text(desk.project, source)[start:stop]), window, more=True)
    dialog.added.connect(
        lambda name: desk.told.emit(
            _("“{name}” is on the list of names. “Replace names and places…” shows its hits.").format(
                name=name.entry.clear
            )
        )
    )
    dialog.hits_wanted.connect(lambda name: replace_names(window, name=name))
    dialog.open()


def _purge(window: "MainWindow") -> None:
    dialog = _dialog(window)
    if dialog is not None:
        dialog.ask_purge()


def _protocol(window: "MainWindow") -> None:
    from qda.ui.pseudonyms.protocol import ProtocolDialog

    if window.project is not None:
        ProtocolDialog(window.project, window).open()


COMMANDS: tuple[Command, ...] = (
    Command(
        "pseudonymise",
        N_("Replace names and places…"),
        "project",
        replace_names,
        "Ctrl+Alt+R",
        enabled=writable,
        synonyms=("anonymise", "anonymize", "pseudonym", "pseudonymize", "clear name", "data protection"),
        group=3,
    ),
    Command(
        "add-name",
        N_("Add to names…"),
        "edit",
        add_name,
        "Ctrl+Alt+P",
        workspaces=("open",),
        enabled=selected,
        synonyms=("anonymise", "pseudonym", "clear name"),
        group=5,
    ),
    Command(
        "purge-names",
        N_("Delete clear names for good…"),
        "project",
        _purge,
        enabled=writable,
        synonyms=("purge", "anonymise", "erase", "clear name", "data protection"),
        group=3,
    ),
    Command(
        "pseudonym-protocol",
        N_("What was pseudonymised…"),
        "project",
        _protocol,
        synonyms=("anonymise", "protocol", "appendix", "clear name"),
        group=3,
    ),
)
