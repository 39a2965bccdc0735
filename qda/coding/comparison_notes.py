"""Notes that a researcher writes beside a case comparison: theoretical memos on what is compared.

Such a memo hangs on what the row is about (the model of a slot, a code, a property) and on the cases.
"""

from typing import Final

from qda.coding.access import clean
from qda.coding.case_comparison import Comparison, Row
from qda.coding.memo_queries import memos
from qda.coding.memos import link_memo, write_memo
from qda.coding.references import CaseRef, TargetRef
from qda.coding.rows import MemoRow
from qda.i18n import _
from qda.models import Project

KIND: Final = "theoretical"


def row_title(row: Row) -> str:
    """How a row is called in the title of a note: "Consequences: for the network"."""
    return _("{slot}: {part}").format(slot=row.name, part=row.part_name) if row.part_name else row.name


def target_of(found: Comparison, row: Row) -> str:
    """What a note on a row hangs on."""
    return f"model:{found.model}" if row.kind == "slot" else f"{row.kind}:{row.guid}"


def notes(project: Project, found: Comparison, row: Row) -> list[MemoRow]:
    """The notes on a row and on some of the cases compared; those that begin with its title come first."""
    cases = {f"case:{column.guid}" for column in found.columns}
    some = [
        one
        for one in memos(project, target=target_of(found, row), kind=KIND)
        if cases.intersection(one.links)
    ]
    return sorted(some, key=lambda one: not is_own(one, row))


def is_own(note: MemoRow, row: Row) -> bool:
    """Whether a note was written beside this very row."""
    return note.title.startswith(row_title(row))


def write_comparison_note(
    project: Project, *, title: str, body: str, target: TargetRef, cases: list[CaseRef]
) -> str:
    """Writes a theoretical memo that hangs on what was compared and on the cases."""
    with project.unit(_("New memo “{title}”").format(title=clean(title).strip() or _("Untitled"))):
        memo = write_memo(project, kind=KIND, title=title, body=body, target=target)
        for case in dict.fromkeys(cases):
            link_memo(project, memo=memo, target=f"case:{case}")
        return memo
