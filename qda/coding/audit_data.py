"""What the audit questions read from a study, once; lines in which it is told; words they share."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from sqlalchemy import Connection, select

from qda.coding import codes, material, memo_queries, sampling, theory
from qda.coding.concepts import ConceptRow, concepts
from qda.coding.crossings import code_cases
from qda.coding.genesis_below import first_passages
from qda.coding.genesis_model import model_steps
from qda.coding.genesis_steps import Step
from qda.coding.profiles import Profile, profiles
from qda.coding.retrieval import spec
from qda.coding.rows import (
    CaseRow,
    CodeRow,
    CoreRow,
    MemoRow,
    ModelRow,
    PlacementRow,
    RelationRow,
    SegmentRow,
    SheetRow,
)
from qda.coding.saturation_judgements import JudgementRow, standing
from qda.i18n import N_, _, ngettext
from qda.models import Project
from qda.models.codes import Segment
from qda.models.theory import Evidence, EvidenceSegment, Relation

FORMS: Final = {
    "open": N_("open sampling"),
    "relational": N_("relational and variational sampling"),
    "discriminate": N_("discriminate sampling"),
    "similar": N_("similar case"),
    "contrasting": N_("contrasting case"),
}
OUTCOMES: Final = {
    "open": N_("open"),
    "reached": N_("reached"),
    "refused": N_("refused"),
    "not_reached": N_("not reached"),
}


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A figure or an entry of a list.

    ``level`` 1 belongs to the line of level 0 before it. ``text`` is what the author wrote, ``about`` names
    what the line leads to ("code:GUID", "relation:GUID", "case:GUID", "memo:GUID"), or is empty; ``at`` is
    when it happened.
    """

    words: str
    text: str = ""
    about: str = ""
    passages: tuple[SegmentRow, ...] = ()
    level: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence that does not support; ``passages`` where it speaks against."""

    polarity: str
    created: datetime
    passages: tuple[SegmentRow, ...] = ()


@dataclass(frozen=True)
class AuditData:
    """A study as the audit questions read it."""

    project: Project
    sheet: SheetRow
    cases: Sequence[CaseRow]
    codes: Sequence[CodeRow]
    models: Sequence[ModelRow]
    placements: Sequence[PlacementRow]
    relations: Sequence[RelationRow]
    core: CoreRow | None
    judgements: dict[str, JudgementRow]
    decisions: Sequence[sampling.DecisionRow]
    memos: Sequence[MemoRow]
    concepts: Sequence[ConceptRow]
    profiles: dict[str, Profile]
    interviewer: bool = True
    _steps: dict[str, list[Step]] = field(default_factory=dict)

    @property
    def numbers(self) -> bool:
        """Whether the study shows how often something is coded."""
        return not self.sheet.hide_frequencies

    @cached_property
    def categories(self) -> list[CodeRow]:
        """The main categories, in the order of the tree."""
        return [code for code in self.codes if code.kind == "category"]

    @cached_property
    def code(self) -> dict[str, CodeRow]:
        """The codes by GUID."""
        return {code.guid: code for code in self.codes}

    @cached_property
    def active(self) -> list[RelationRow]:
        """The relations of models that were not given up."""
        held = {model.guid for model in self.models if model.status == "active"}
        return [relation for relation in self.relations if relation.model in held]

    @cached_property
    def _counts(self) -> dict[str, dict[str, int]]:
        within = None if self.interviewer else spec.Not(spec.Role("interviewer"))
        guids = [code.guid for code in self.categories]
        found: dict[str, dict[str, int]] = {guid: {} for guid in guids}
        if guids:
            crossing = code_cases(self.project, codes=guids, with_children=True, within=within)
            for cell in crossing.cells():
                found[cell.row][cell.column] = cell.segments
        return found

    def by_case(self, category: str) -> dict[str, int]:
        """Passages of a category and the codes below it by GUID of the case; "" for those of none."""
        return self._counts.get(category, {})

    def cases_of(self, category: str) -> list[CaseRow]:
        """The cases in which a category was met."""
        here = self.by_case(category)
        return [case for case in self.cases if case.guid in here]

    def counted(self, category: str) -> str:
        """ "2 cases (A 9 · B 6)"; only the names where frequencies are hidden."""
        here = self.by_case(category)
        cases = self.cases_of(category)
        if not cases:
            return _("no case yet")
        if not self.numbers:
            return ", ".join(case.name for case in cases)
        shown = " · ".join(f"{case.name} {here[case.guid]}" for case in cases)
        n = len(cases)
        return ngettext("{n} case ({cases})", "{n} cases ({cases})", n).format(n=n, cases=shown)

    @cached_property
    def below(self) -> dict[str, set[str]]:
        """For each code the GUIDs of itself and of all codes below it."""
        found = {code.guid: {code.guid} for code in self.codes}
        for code in reversed(self.codes):  # children stand behind their parents
            if code.parent in found:
                found[code.parent] |= found[code.guid]
        return found

    @cached_property
    def gathered(self) -> dict[str, set[str]]:
        """For each category itself and the codes below it, but not those below a further category."""
        found: dict[str, set[str]] = {code.guid: {code.guid} for code in self.categories}
        holder: dict[str, str] = {}  # the nearest category of each code; parents stand before their children
        for code in self.codes:
            holder[code.guid] = code.guid if code.guid in found else holder.get(code.parent or "", "")
            if holder[code.guid]:
                found[holder[code.guid]].add(code.guid)
        return found

    @cached_property
    def passages(self) -> dict[str, SegmentRow]:
        """The typical and deviating passages of the categories, and those from which codes were made."""
        chosen = {guid for code in self.categories for guid in (code.typical, code.deviating) if guid}
        with self.project.read() as db:
            return material.Passages(db).of(chosen | {guid for _at, guid in self.made_from.values()})

    @cached_property
    def made_from(self) -> dict[str, tuple[datetime, str]]:
        """When codes were made from a passage, and from which (GUID)."""
        with self.project.read() as db:
            return first_passages(db, self.code)

    def passage(self, guid: str | None) -> tuple[SegmentRow, ...]:
        """One of these passages, if it is still there."""
        return (self.passages[guid],) if guid in self.passages else ()

    def steps(self, model: str) -> list[Step]:
        """The life of a model, step by step."""
        if model not in self._steps:
            self._steps[model] = model_steps(self.project, model)
        return self._steps[model]

    @cached_property
    def _steps_about(self) -> dict[str, list[Step]]:
        found: dict[str, list[Step]] = defaultdict(list)
        for model in self.models:
            for step in self.steps(model.guid):
                found[step.about].append(step)
        return found

    def steps_of(self, relation: RelationRow) -> list[Step]:
        """The steps of one relation."""
        return self._steps_about.get(f"relation:{relation.guid}", [])

    def not_supporting(self, relation: str) -> list[Piece]:
        """The evidence of a relation that speaks against or qualifies it, oldest first."""
        return self._pieces.get(relation, [])

    @cached_property
    def _pieces(self) -> dict[str, list[Piece]]:
        with self.project.read() as db:
            return not_supporting(db)

    @cached_property
    def starting_at(self) -> dict[tuple[str, str], list[RelationRow]]:
        """The relations in hand by model and by the code from which they lead."""
        found: dict[tuple[str, str], list[RelationRow]] = defaultdict(list)
        for relation in self.active:
            found[relation.model, relation.from_code].append(relation)
        return found


def not_supporting(db: Connection) -> dict[str, list[Piece]]:
    """Evidence that does not support, by relation (GUID); passages of what speaks against alone."""
    query = (
        select(Relation.guid, Evidence.id, Evidence.polarity, Evidence.created, Segment.guid.label("segment"))
        .join(Evidence, Evidence.relation_id == Relation.id)
        .outerjoin(EvidenceSegment, EvidenceSegment.evidence_id == Evidence.id)
        .outerjoin(Segment, Segment.id == EvidenceSegment.segment_id)
        .where(Evidence.polarity != "supporting")
        .order_by(Evidence.created, Evidence.id, Segment.start)
    )
    rows = db.execute(query).all()
    wanted = {row.segment for row in rows if row.segment and row.polarity == "contradicting"}
    passages = material.Passages(db).of(wanted)
    found: dict[str, dict[int, Piece]] = defaultdict(dict)
    for row in rows:
        known = found[row.guid].get(row.id) or Piece(row.polarity, row.created)
        shown = (passages[row.segment],) if row.segment in passages else ()
        found[row.guid][row.id] = replace(known, passages=(*known.passages, *shown))
    return {relation: list(some.values()) for relation, some in found.items()}


def gather(project: Project, *, interviewer: bool = True) -> AuditData:
    """Reads the study."""
    return AuditData(
        project=project,
        sheet=material.project_sheet(project),
        cases=material.cases(project),
        codes=codes.codes(project),
        models=theory.models(project),
        placements=theory.placements(project),
        relations=theory.relations(project),
        core=theory.core(project),
        judgements=standing(project),
        decisions=sampling.decisions(project),
        memos=memo_queries.memos(project),
        concepts=concepts(project),
        profiles={one.code: one for one in profiles(project)},
        interviewer=interviewer,
    )


def names(rows: Iterable[CaseRow | CodeRow]) -> str:
    """Names in a row; a dash for none."""
    return ", ".join(row.name for row in rows) or "–"


def written(title: str, text: str) -> AuditLine:
    """What the author wrote of something; told where nothing is written."""
    if not text.strip():
        return AuditLine(_("{what}: nothing written yet").format(what=title))
    return AuditLine(title, text.strip())
