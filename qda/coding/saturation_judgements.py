"""Judgements of saturation: by a person, with a reason, kept one after the other. The last one counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from qda.coding.access import add, clean, coder_of, delete, get
from qda.coding.references import CodeRef, JudgementRef
from qda.i18n import _
from qda.models import Project
from qda.models.codes import Code
from qda.models.inquiry import SaturationJudgement
from qda.models.material import Coder

SaturationState = Literal["open", "provisional", "saturated"]


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """A judgement on a category; ``holds`` where it is the last one."""

    guid: str
    code: str
    code_name: str
    state: str
    reason: str
    created: datetime
    coder: str
    holds: bool


def judge_saturation(project: Project, *, code: CodeRef, state: SaturationState, reason: str = "") -> str:
    """Judges whether a category is saturated; earlier judgements stay."""
    with project.unit(_("Judge saturation")) as session:
        row = get(session, Code, code)
        return add(
            session,
            SaturationJudgement(
                code_id=row.id,
                state=state,
                reason=clean(reason).strip(),
                created=project.clock(),
                coder_id=coder_of(project).id,
            ),
        ).guid


def remove_judgement(project: Project, *, judgement: JudgementRef) -> str:
    """Takes a judgement of saturation back; the one before it counts again."""
    with project.unit(_("Remove judgement of saturation")) as session:
        delete(session, get(session, SaturationJudgement, judgement))
        return judgement


def judgements(project: Project, code: str | None = None) -> list[JudgementRow]:
    """The judgements on a category (or on all), oldest first."""
    with project.read() as db:
        query = (
            select(
                SaturationJudgement.guid,
                Code.guid.label("code"),
                Code.name,
                SaturationJudgement.state,
                SaturationJudgement.reason,
                SaturationJudgement.created,
                Coder.name.label("coder"),
            )
            .join(Code, Code.id == SaturationJudgement.code_id)
            .join(Coder, Coder.id == SaturationJudgement.coder_id)
            .order_by(SaturationJudgement.created, SaturationJudgement.id)
        )
        if code:
            query = query.where(Code.guid == code)
        found = db.execute(query).all()
    last = {r.code: r.guid for r in found}
    return [JudgementRow(*r, last[r.code] == r.guid) for r in found]


def standing(project: Project) -> dict[str, JudgementRow]:
    """The judgement that counts, by GUID of the category; those never judged are left out."""
    return {row.code: row for row in judgements(project) if row.holds}
