"""Acts on several passages at once, as they stand in a result: codes for all, one memo on all."""

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
    project: Project, *, passages: list[PassageRef], codes: list[CodeOrNew], coder: CoderOrNew | None = None
) -> str:
    """Codes passages (GUIDs or SOURCE:START-STOP) with codes, made if new. Returns the first code's GUID.

    What was coded so before stays as it is.
    """
    with project.unit(_("Code several passages")):
        if not passages:
            raise KnownError(_("Choose at least one passage."))
        if not codes:
            raise KnownError(_("Choose at least one code."))
        targets = [code_named(project, code) for code in codes]
        for one in passages:
            found = passage(project, one)
            for target in targets:
                coded(project, found, target, coder)
        return targets[0].guid


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
