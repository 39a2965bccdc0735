"""The author's answers to questions of method and of the audit, for the study or for one object."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from qda.coding.access import add, clean, coder_of, delete, get, required, rows
from qda.coding.memo_queries import target_names
from qda.coding.memos import target_of
from qda.coding.references import TARGET_KINDS, AnswerRef, TargetRef
from qda.coding.segments import release_named
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.inquiry import QuestionAnswer
from qda.models.material import Coder


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer; ``target_kind`` and ``target`` (GUID) are empty where it is for the whole."""

    guid: str
    key: str
    target_kind: str
    target: str
    target_name: str
    body: str
    created: datetime
    coder: str


def answer_method(project: Project, *, key: str, text: str, target: TargetRef | None = None) -> str:
    """Answers a question of method (``key`` "1" to "14", or one of the audit) with a note.

    A further answer to the same question on the same object takes the place of the one before; an empty
    one removes it. Returns the GUID of the answer.
    """
    with project.unit(_("Answer a question of method")) as session:
        table, guid = target_of(project, target) if target else ("", "")
        place = {"key": required(key, _("The question")), "target_table": table, "target_guid": guid}
        known = rows(session, QuestionAnswer, **place)
        body = clean(text).strip()
        if not body:
            delete(session, *known)
            if table == "segment":
                release_named(session, guid)
            if not known:
                raise KnownError(_("There is no answer to remove."))
            return known[0].guid
        if known:
            if known[0].body != body:
                known[0].body, known[0].created = body, project.clock()
                known[0].coder_id = coder_of(project).id
            return known[0].guid
        return add(
            session,
            QuestionAnswer(**place, body=body, created=project.clock(), coder_id=coder_of(project).id),
        ).guid


def remove_answer(project: Project, *, answer: AnswerRef) -> str:
    """Takes an answer to a question of method back."""
    with project.unit(_("Remove answer to a question of method")) as session:
        row = get(session, QuestionAnswer, answer)
        table, guid = row.target_table, row.target_guid
        delete(session, row)
        if table == "segment":
            release_named(session, guid)
        return answer


def answers(project: Project, key: str | None = None) -> list[AnswerRow]:
    """The answers to a question (or to all), oldest first."""
    with project.read() as db:
        query = (
            select(QuestionAnswer.__table__, Coder.name.label("coder"))
            .join(Coder, Coder.id == QuestionAnswer.coder_id)
            .order_by(QuestionAnswer.created, QuestionAnswer.id)
        )
        if key is not None:
            query = query.where(QuestionAnswer.key == key)
        found = db.execute(query).all()
        names = target_names(db, [(r.target_table, r.target_guid) for r in found if r.target_table])
    return [
        AnswerRow(
            r.guid,
            r.key,
            TARGET_KINDS.get(r.target_table, ""),
            r.target_guid,
            names.get((r.target_table, r.target_guid), ""),
            r.body,
            r.created,
            r.coder,
        )
        for r in found
    ]
