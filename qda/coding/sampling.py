"""Theoretical sampling: where to look next, from which gap and why; what it brought, be it a refusal.

Cases that were there before the first decision are starting cases.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.access import add, clean, coder_of, delete, get, next_place, rows
from qda.coding.memo_queries import target_names
from qda.coding.memos import drop_links, target_of
from qda.coding.references import TARGET_KINDS, CaseRef, DecisionRef, TargetRef
from qda.coding.segments import release_named
from qda.errors import KnownError
from qda.i18n import _
from qda.models import Project
from qda.models.inquiry import SamplingDecision, SamplingTarget
from qda.models.material import Case, Coder

SamplingForm = Literal["open", "relational", "discriminate", "similar", "contrasting"]
SamplingOutcome = Literal["open", "reached", "refused", "not_reached"]
_TARGETS = frozenset(("case_", "source", "segment"))
_SHORT = 3  # letters of a case's name that does not say what it is


@dataclass(frozen=True, slots=True)
class TargetRow:
    """What a decision leads to: ``kind`` (case, source, segment), GUID, and how a person calls it."""

    kind: str
    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A sampling decision; ``gap`` is what it starts from, ``brought`` what came of it."""

    guid: str
    form: str
    gap: str
    sought: str
    why: str
    brought: str
    outcome: str
    position: int
    created: datetime
    coder: str
    targets: tuple[TargetRow, ...]


def decide_sampling(
    project: Project,
    *,
    form: SamplingForm,
    gap: str = "",
    sought: str = "",
    why: str = "",
    targets: list[TargetRef] | None = None,
) -> str:
    """Keeps a sampling decision: its form, the gap, what is sought and why, and cases, documents or passages.

    Passages may be ones already collected.
    """
    with project.unit(_("New sampling decision")) as session:
        row = add(
            session,
            SamplingDecision(
                form=form,
                gap=clean(gap).strip(),
                sought=clean(sought).strip(),
                why=clean(why).strip(),
                position=next_place(session, SamplingDecision),
                created=project.clock(),
                coder_id=coder_of(project).id,
            ),
        )
        if not any((row.gap, row.sought, row.why, targets)):
            raise KnownError(_("Say what is sought, why, from which gap, or where."))
        for target in targets or ():
            _aim(project, row, target)
        return row.guid


def change_sampling(
    project: Project,
    *,
    decision: DecisionRef,
    form: SamplingForm | None = None,
    gap: str | None = None,
    sought: str | None = None,
    why: str | None = None,
) -> str:
    """Changes a sampling decision; what is left out stays."""
    with project.unit(_("Change sampling decision")) as session:
        row = get(session, SamplingDecision, decision)
        if form is not None:
            row.form = form
        for field, value in (("gap", gap), ("sought", sought), ("why", why)):
            if value is not None:
                setattr(row, field, clean(value).strip())
        return row.guid


def note_outcome(
    project: Project, *, decision: DecisionRef, outcome: SamplingOutcome, brought: str | None = None
) -> str:
    """Notes whether the field was reached, and what it brought. Refused and not reached are results."""
    with project.unit(_("Note what sampling brought")) as session:
        row = get(session, SamplingDecision, decision)
        row.outcome = outcome
        if brought is not None:
            row.brought = clean(brought).strip()
        return row.guid


def add_target(project: Project, *, decision: DecisionRef, target: TargetRef) -> str:
    """Leads a sampling decision to one more case, document or passage."""
    with project.unit(_("Lead sampling decision to its target")) as session:
        row = get(session, SamplingDecision, decision)
        _aim(project, row, target)
        return row.guid


def add_targets(project: Project, *, decision: DecisionRef, targets: list[TargetRef]) -> str:
    """Leads a sampling decision to several cases, documents or passages at once."""
    with project.unit(_("Lead sampling decision to its targets")) as session:
        row = get(session, SamplingDecision, decision)
        for target in targets:
            _aim(project, row, target)
        return row.guid


def sample_case(project: Project, *, decision: DecisionRef, name: str) -> str:
    """Makes the case that a sampling decision leads to; its documents can come later."""
    from qda.coding.cases import add_case

    with project.unit(_("New case “{name}”").format(name=name)) as session:
        row = get(session, SamplingDecision, decision)
        case = add_case(project, name=name)
        _aim(project, row, f"case:{case}")
        return case


def remove_target(project: Project, *, decision: DecisionRef, target: TargetRef) -> str:
    """Takes a case, document or passage off a sampling decision."""
    with project.unit(_("Take target off sampling decision")) as session:
        row = get(session, SamplingDecision, decision)
        table, guid = target_of(project, target)
        known = rows(session, SamplingTarget, decision_id=row.id, target_table=table, target_guid=guid)
        if not known:
            raise KnownError(_("The sampling decision does not lead there."))
        delete(session, *known)
        _tidy(session, known)
        return row.guid


def move_sampling(project: Project, *, decision: DecisionRef, position: int) -> str:
    """Puts a sampling decision at another place of the list (0 first)."""
    with project.unit(_("Move sampling decision")) as session:
        row = get(session, SamplingDecision, decision)
        query = select(SamplingDecision).order_by(SamplingDecision.position, SamplingDecision.id)
        others = [one for one in session.scalars(query) if one.id != row.id]
        others.insert(max(0, min(position, len(others))), row)
        for number, one in enumerate(others):
            one.position = number
        return row.guid


def remove_sampling(project: Project, *, decision: DecisionRef) -> str:
    """Removes a sampling decision; the cases and documents it led to stay."""
    with project.unit(_("Remove sampling decision")) as session:
        row = get(session, SamplingDecision, decision)
        aims = rows(session, SamplingTarget, decision_id=row.id)
        delete(session, *aims)
        drop_links(session, "sampling_decision", row.guid)
        delete(session, row)
        _tidy(session, aims)
        return decision


def set_starting(project: Project, *, case: CaseRef, starting: bool) -> str:
    """Says that a case was there before any sampling decision, or that it was not."""
    with project.unit(_("Set starting case")) as session:
        row = get(session, Case, case)
        row.starting = starting
        return row.guid


def _aim(project: Project, row: SamplingDecision, target: str) -> None:
    session = project.session
    table, guid = target_of(project, target)
    if table not in _TARGETS:
        raise KnownError(_("A sampling decision leads to cases, documents or passages."))
    place = {"decision_id": row.id, "target_table": table, "target_guid": guid}
    if not rows(session, SamplingTarget, **place):
        add(session, SamplingTarget(**place))


def _tidy(session: Session, aims: list[SamplingTarget]) -> None:
    release_named(session, *(aim.target_guid for aim in aims if aim.target_table == "segment"))


def called(target: TargetRow) -> str:
    """What a decision leads to, as a reader understands it: a bare letter is said to be a case."""
    short = target.kind == "case" and len(target.name) <= _SHORT
    return _("Case {name}").format(name=target.name) if short else target.name


def decisions(project: Project) -> list[DecisionRow]:
    """The sampling decisions, in their order."""
    with project.read() as db:
        aims: dict[int, list[tuple[str, str]]] = defaultdict(list)
        query = select(SamplingTarget.decision_id, SamplingTarget.target_table, SamplingTarget.target_guid)
        for number, table, guid in db.execute(query.order_by(SamplingTarget.id)):
            aims[number].append((table, guid))
        names = target_names(db, [one for found in aims.values() for one in found])
        found = db.execute(
            select(SamplingDecision.__table__, Coder.name.label("coder"))
            .join(Coder, Coder.id == SamplingDecision.coder_id)
            .order_by(SamplingDecision.position, SamplingDecision.id)
        )
        return [
            DecisionRow(
                *(r.guid, r.form, r.gap, r.sought, r.why, r.brought, r.outcome, r.position, r.created),
                r.coder,
                tuple(TargetRow(TARGET_KINDS[t], g, names.get((t, g), "")) for t, g in aims[r.id]),
            )
            for r in found
        ]


@dataclass(frozen=True, slots=True)
class CaseOrigin:
    """How a case came into the study: it was there at the start, or by these decisions (numbers from 1)."""

    case: str
    name: str
    starting: bool
    decisions: tuple[int, ...]
    documents: int

    @property
    def unexplained(self) -> bool:
        """Whether nothing is written about why it was chosen."""
        return not self.starting and not self.decisions


def case_origins(project: Project, rows_: Sequence[DecisionRow] | None = None) -> list[CaseOrigin]:
    """How each case came into the study, in the order of the cases.

    A decision leads to a case, to the one it stands in, or to a document of it.
    """
    from qda.coding import material

    led: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(decisions(project) if rows_ is None else rows_, 1):
        for target in row.targets:
            led[target.guid].append(number)
    found = []
    for case in material.cases(project):
        bearers = (case.guid, case.parent or "", *case.sources)
        numbers = sorted({number for guid in bearers for number in led.get(guid, ())})
        found.append(CaseOrigin(case.guid, case.name, case.starting, tuple(numbers), len(case.sources)))
    return found


def unsampled_cases(project: Project) -> list[str]:
    """GUIDs of cases that are no starting cases and to which no sampling decision leads, nor to the case they
    stand in, nor to a document of theirs."""
    return [one.case for one in case_origins(project) if one.unexplained]
