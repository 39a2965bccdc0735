"""Acts on several passages at once, as they stand in a result: one code for all, one memo on all."""

from qda.coding.access import add, get
from qda.coding.codebook import code_named
from qda.coding.memos import MemoKind, write_memo
from qda.coding.open_coding import coded
from qda.coding.references import CodeOrNew, CoderOrNew, PassageRef
from qda.coding.segments import passage
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Memo, MemoLink


def code_passages(
    project: Project, *, passages: list[PassageRef], code: CodeOrNew, coder: CoderOrNew | None = None
) -> str:
    """Codes passages (GUIDs or SOURCE:START-STOP) with one code, made if new. Returns the code's GUID.

    What was coded with it before stays as it is.
    """
    with project.unit(_("Code several passages")):
        if not passages:
            raise KnownError(_("Choose at least one passage."))
        target = code_named(project, code)
        for one in passages:
            coded(project, passage(project, one), target, coder)
        return target.guid


def memo_on_passages(
    project: Project,
    *,
    passages: list[PassageRef],
    title: str,
    body: str = "",
    kind: MemoKind = "theoretical",
) -> str:
    """Writes a memo that hangs on several passages. Returns the memo's GUID."""
    with project.unit(_("New memo on passages")) as session:
        if not passages:
            raise KnownError(_("Choose at least one passage."))
        memo = write_memo(project, kind=kind, title=title, body=body)
        row = get(session, Memo, memo)
        for guid in dict.fromkeys(passage(project, one).guid for one in passages):
            add(session, MemoLink(memo_id=row.id, target_table="segment", target_guid=guid))
        return memo
