"""Several codes chosen together: where they go, which one stays, and removing them as one act."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from qda.coding import codebook, regrouping
from qda.i18n import _, ngettext
from qda.ui.navigator.code_dialogs import MergeDialog, MoveDialog

if TYPE_CHECKING:
    from qda.models import Project
    from qda.ui.desk import Desk
    from qda.ui.navigator.codebook import CodeBook


def ask_where_to(
    book: "CodeBook", codes: Sequence[str], move: Callable[[str], object], parent: QWidget
) -> None:
    """Asks below which code several codes go; none of them, and nothing below them, is offered."""
    inside = tuple(f"{row.path} > " for guid in codes if (row := book.row(guid)) is not None)
    choices = [c for c in book.choices() if c.guid not in codes and not c.path.startswith(inside)]
    title = ngettext("Move {n} code below\u00a0…", "Move {n} codes below\u00a0…", len(codes))
    MoveDialog("", choices, move, parent, title=title.format(n=len(codes))).open()


def ask_what_stays(
    desk: "Desk",
    book: "CodeBook",
    codes: Sequence[str],
    merge: Callable[[str, str], object],
    parent: QWidget,
) -> None:
    """Asks which code remains of several, those chosen first, and shows what the merge would do."""
    offered = book.choices()
    choices = [c for c in offered if c.guid in codes] + [c for c in offered if c.guid not in codes]
    names = {c.guid: c.name for c in offered}

    def preview(into: str) -> tuple[str, bool]:
        found = regrouping.merge_preview(desk.project, codes=codes, into=into)
        return found.refused or _told(found, names[into]), not found.refused

    title = ngettext("Merge {n} code into\u00a0…", "Merge {n} codes into\u00a0…", len(codes))
    MergeDialog("", choices, preview, merge, parent, title=title.format(n=len(codes))).open()


def _told(found: regrouping.MergePreview, name: str) -> str:
    codings = ngettext(
        "“{name}” will have {n} coding.", "“{name}” will have {n} codings.", found.codings
    ).format(name=name, n=found.codings)
    lines = [codings]
    if found.joining:
        joined = ngettext(
            "{n} identical one joins another.", "{n} identical ones join others.", found.joining
        )
        lines[0] += " " + joined.format(n=found.joining)
    parts = [
        (found.children, ngettext("{n} code below", "{n} codes below", found.children)),
        (found.relations, ngettext("{n} relation", "{n} relations", found.relations)),
        (found.placements, ngettext("{n} placement", "{n} placements", found.placements)),
        (found.properties, ngettext("{n} property", "{n} properties", found.properties)),
        (found.memos, ngettext("{n} memo", "{n} memos", found.memos)),
    ]
    over = ", ".join(words.format(n=n) for n, words in parts if n)
    if over:
        lines.append(_("With them come: {what}.").format(what=over))
    return "\n".join(lines)


def remove_together(project: "Project", *, codes: Sequence[str]) -> str:
    """Removes codes as one act; what stands below them moves up."""
    with project.unit(_("Remove codes")):
        for code in codes:
            codebook.remove_code(project, code=code)
        return codes[0]
