"""What the parts of saturation and sampling do, and where they lead."""

from typing import TYPE_CHECKING

from qda.i18n import _

if TYPE_CHECKING:
    from qda.coding.saturation_gaps import Gap
    from qda.ui.desk import Desk


def judge(desk: "Desk", code: str, state: str, reason: str) -> None:
    """Keeps a judgement on a category."""
    from qda.coding.saturation_judgements import judge_saturation

    if desk.do(judge_saturation, code=code, state=state, reason=reason):
        desk.told.emit(_("The judgement is kept."))


def unjudge(desk: "Desk", judgement: str) -> None:
    """Takes a judgement back; the one before it counts again."""
    from qda.coding.saturation_judgements import remove_judgement

    if desk.do(remove_judgement, judgement=judgement):
        desk.told.emit(_("Removed the judgement."))


def decide_from(desk: "Desk", gap: "Gap") -> str | None:
    """A sampling decision from a gap; what is sought and why is written after that."""
    from qda.coding.sampling import decide_sampling

    return desk.do(decide_sampling, form=gap.form, gap=gap.words)


def go_to(desk: "Desk", target: str) -> None:
    """Shows what a target names ("code:GUID", "relation:GUID", "case:GUID" …), where it stands."""
    from qda.ui.memos.targets import go_to as lead

    lead(desk, target)
