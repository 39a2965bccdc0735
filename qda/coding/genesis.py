"""The genesis of a category or a model: from which passage it came, and what became of it, with the memos.

A category is told with the codes that were merged into it or put below it, the cases in which it was met, its
judgements of saturation and its places in models; a model as :mod:`qda.coding.genesis_model` tells it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, select

from qda.coding import theory
from qda.coding.category_life import Event, life
from qda.coding.genesis_below import put_below
from qda.coding.genesis_model import model_life, model_steps
from qda.coding.genesis_steps import Step, gathered
from qda.coding.genesis_words import counts_shown
from qda.coding.material import Passages
from qda.coding.saturation_judgements import judgements
from qda.errors import KnownError
from qda.i18n import N_, _
from qda.models import Project
from qda.models.codes import Code, Coding, Memo, Segment
from qda.models.material import Coder
from qda.models.theory import ParadigmModel

JUDGED = {"open": N_("open"), "provisional": N_("provisional"), "saturated": N_("saturated")}
_IN_CATEGORY = ("made", "placed", "relation")  # what a category is told of the models it stands in


@dataclass(frozen=True, slots=True)
class Genesis:
    """The life of a category ("code:GUID") or a model ("model:GUID"), oldest step first."""

    target: str
    name: str
    steps: tuple[Step, ...]

    @property
    def kind(self) -> str:
        """``code`` or ``model``."""
        return self.target.partition(":")[0]


def genesis(project: Project, target: str) -> Genesis:
    """The life of "code:GUID" or "model:GUID".

    :raises KnownError: it is gone.
    """
    kind, _colon, guid = target.partition(":")
    entity = ParadigmModel if kind == "model" else Code
    with project.read() as db:
        name = db.execute(select(entity.name).where(entity.guid == guid)).scalar_one_or_none()
    if name is None:
        raise KnownError(_("What you want to see is no longer there."))
    steps = model_life(project, guid) if kind == "model" else category_life(project, guid)
    return Genesis(target, name, tuple(steps))


def category_life(project: Project, code: str) -> list[Step]:
    """What happened to a category (GUID) and to the codes merged into it, oldest first."""
    with project.read() as db:
        private = frozenset(db.execute(select(Memo.guid).where(Memo.private)).scalars())
        here = [*_met(db, code), *put_below(db, code)]
    steps = [*_own(project, code, private), *here, *_judged(project, code), *_in_models(project, code)]
    # An act and what it made bear the same second: the act comes first.
    ordered = sorted(steps, key=lambda step: step.at.replace(microsecond=0))
    return gathered(ordered, numbers=counts_shown(project))


def _own(project: Project, code: str, private: frozenset[str]) -> Iterator[Step]:
    """The category's own events; of the codes merged into it how they were made."""
    seen = {code}
    waiting = [code]
    while waiting:
        guid = waiting.pop()
        for event in life(project, guid):
            if event.other and event.other not in seen:
                seen.add(event.other)
                waiting.append(event.other)
            if guid == code:
                yield _step(event, private)
            elif event.kind in ("made", "merged"):
                yield replace(_step(event, private), parts=(_("later merged into it"),))


def _step(event: Event, private: frozenset[str]) -> Step:
    passages = (event.segment,) if event.segment else ()
    return Step(
        event.kind,
        event.at,
        event.coder,
        event.words,
        event.text,
        passages=passages,
        memo=event.memo,
        private=event.memo in private,
    )


def _met(db: Connection, code: str) -> Iterator[Step]:
    """The first passage in each case under it and the codes below, as coded today."""
    codes = _branch(db, code)
    # The first coding in each document; a document is seldom of several cases.
    first = (
        select(func.min(Coding.id))
        .join(Segment, Segment.id == Coding.segment_id)
        .where(Coding.code_id.in_(codes))
        .group_by(Segment.source_id)
    )
    query = (
        select(Segment.guid, Coding.created, Coder.name.label("coder"))
        .join(Coding, Coding.segment_id == Segment.id)
        .join(Coder, Coder.id == Coding.coder_id)
        .where(Coding.id.in_(first))
        .order_by(Coding.created, Coding.id)
    )
    rows = db.execute(query).all()
    passages = Passages(db).of(row.guid for row in rows)
    seen: set[str] = set()
    for row in rows:
        passage = passages[row.guid]
        if passage.case and passage.case not in seen:
            seen.add(passage.case)
            words = _("First passage in case {case}").format(case=passage.case_name)
            about = f"case:{passage.case}"
            yield Step("case", row.created, row.coder, words, passages=(passage,), about=about)


def _branch(db: Connection, code: str) -> list[int]:
    """The ids of a code and of all codes below it, as the tree is today."""
    rows = db.execute(select(Code.id, Code.guid, Code.parent_id)).all()
    found = [row.id for row in rows if row.guid == code]
    for at in found:
        found += [row.id for row in rows if row.parent_id == at]
    return found


def _judged(project: Project, code: str) -> Iterator[Step]:
    for row in judgements(project, code):
        state = _(JUDGED[row.state]) if row.state in JUDGED else row.state
        words = _("Judged: {state}").format(state=state)
        yield Step("judged", row.created, row.coder, words, row.reason)


def _in_models(project: Project, code: str) -> Iterator[Step]:
    """Where it was placed, became the phenomenon, or was related to others."""
    for model in theory.models(project):
        for step in model_steps(project, model.guid):
            if code in step.codes and step.kind in _IN_CATEGORY:
                words = _("In “{model}”: {words}").format(model=model.name, words=step.words)
                yield replace(step, words=words, about=step.about or f"model:{model.guid}")
