"""What the workspace shows, read once and again only where an act touched it."""

from typing import TYPE_CHECKING, Final

from qda.coding import codes, material, partial, theory
from qda.coding.rows import CodeRow, ConditionRow, EvidenceRow, ModelRow, PlacementRow, RelationRow
from qda.reports.figures_of import UNKNOWN, Placed, Tallied
from qda.reports.study_counts import Counts
from qda.ui.axial.choices import Choice
from qda.ui.axial.counting import Counting
from qda.ui.transcript.margin import shown_name

if TYPE_CHECKING:
    from qda.models import Changed, Project

# An act on one of these tables changes how often a code stands where.
COUNTED: Final = frozenset({"coding", "code", "source", "case_", "speaker"})
THEORY: Final = frozenset(
    {
        *("paradigm_model", "model_slot", "placement", "relation", "relation_condition"),
        *("evidence", "evidence_segment", "counter_search"),
        *("user_template", "model_version"),
    }
)
_PLACED: Final = frozenset({"paradigm_model", "model_slot", "placement", "code"})
_RELATED: Final = (THEORY - {"placement"}) | {"code", "source", "case_", "speaker", "segment", "property"}
_OF_RELATIONS: Final = frozenset(
    {"relation", "relation_condition", "evidence", "evidence_segment", "counter_search", "segment"}
)
_FEW: Final = 50  # rows of an act that are followed one by one
_MANY: Final = 10_000  # codings that are counted in a thread, so that the window never waits for them
WATCHED: Final = COUNTED | THEORY | {"property", "property_value", "coder", "segment", "project_sheet"}


class Reading:
    """Rows of the theory with names and figures of the codes; :meth:`forget` after an act."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self._codes: dict[str, CodeRow] | None = None
        self._counts: Tallied | None = None
        self._models: list[ModelRow] | None = None
        self._placements: dict[str, list[PlacementRow]] = {}  # by model
        self._relations: dict[str, list[RelationRow]] = {}
        self.counting = Counting(project)
        self._before: Tallied = UNKNOWN  # what was counted last, shown until it is known anew
        self._asked = False
        self.counting.counted.connect(self._counted)

    @property
    def project(self) -> "Project":
        """The study that is read."""
        return self._project

    def follow(self, change: "Changed") -> None:
        """Forgets what an act touched; of relations whose evidence it was only these are read anew."""
        few = self._few_relations(change)
        kept = dict(self._relations) if few is not None else {}
        self.forget(change.tables)
        for model, rows in kept.items():
            new = {row.guid: row for row in theory.relations(self._project, model, guids=few)}
            self._relations[model] = [new.get(row.guid, row) for row in rows]

    def _few_relations(self, change: "Changed") -> set[str] | None:
        touched = [one for one in change.touched if one.table in _RELATED]
        others = {one.table for one in touched} - _OF_RELATIONS
        come_or_gone = any(one.table == "relation" and one.op != "update" for one in touched)
        moved = any(one.table == "segment" and one.op == "update" for one in touched)  # into another turn
        if others or come_or_gone or moved or len(touched) > _FEW:
            return None
        return theory.relations_of(
            self._project, [(one.table, one.guid) for one in touched if one.table != "segment"]
        )

    def forget(self, tables: frozenset[str]) -> None:
        """Rows of these tables are read anew when next wanted."""
        if tables & COUNTED:
            self._codes, self._counts, self._asked = None, None, False
        if tables & (THEORY | {"code"}):
            self._models = None
        if tables & _PLACED:
            self._placements.clear()
        if tables & _RELATED:
            self._relations.clear()

    @property
    def codes(self) -> dict[str, CodeRow]:
        """All codes by GUID, in the order of the tree."""
        if self._codes is None:
            self._codes = {row.guid: row for row in codes.codes(self._project)}
        return self._codes

    @property
    def counts(self) -> Tallied:
        """How often each code stands in which case.

        In a large study that is counted in a thread: until then it is what was counted before.
        """
        if self._counts is not None:
            return self._counts
        cases = material.cases(self._project)
        if partial.coding_count(self._project) > _MANY:
            if not self._asked:
                self._asked = True
                self.counting.ask([row.guid for row in cases])
            return self._before
        self._counts = Counts.of_places(
            tuple(self.codes.values()),
            partial.coded_places(self._project),
            cases=cases,
            sources=material.sources(self._project),
        )
        return self._counts

    def _counted(self, counts: Tallied) -> None:
        self._counts = self._before = counts

    def let_go(self) -> None:
        """Nothing is counted any more."""
        self.counting.let_go()

    @property
    def models(self) -> list[ModelRow]:
        """All models."""
        if self._models is None:
            self._models = theory.models(self._project)
        return self._models

    def model(self, guid: str) -> ModelRow | None:
        """The model of that GUID."""
        return next((row for row in self.models if row.guid == guid), None)

    def placed(self, model: ModelRow) -> Placed:
        """A model with what it holds."""
        guid = model.guid
        if guid not in self._placements:
            self._placements[guid] = theory.placements(self._project, guid)
        if guid not in self._relations:
            self._relations[guid] = theory.relations(self._project, guid)
        return Placed(
            model,
            self._placements[guid],
            self._relations[guid],
            self.codes,
            self.counts,
            numbers=not material.project_sheet(self._project).hide_frequencies,
        )

    def relation_counts(self) -> dict[str, int]:
        """How many relations each model has."""
        return theory.relation_counts(self._project)

    def evidence(self, relation: str) -> list[EvidenceRow]:
        """The evidence of a relation by case, in the order of the text."""
        rows = theory.evidence(self._project, relation)
        order = {row.guid: at for at, row in enumerate(material.cases(self._project))}
        last = len(order)
        return sorted(
            rows,
            key=lambda row: (
                [order.get(case, last) for case in row.cases] or [last],
                row.segments[0].source if row.segments else "",
                row.segments[0].start if row.segments else 0,
            ),
        )

    # -- words ----------

    def name(self, code: str) -> str:
        """The name of a code as people see it."""
        row = self.codes.get(code)
        return shown_name(row.name, row.origin == "in-vivo") if row else ""

    def colour(self, code: str) -> int:
        """The colour index of a code."""
        row = self.codes.get(code)
        return row.colour if row else 0

    def choice(self, code: str, *, detail: str | None = None) -> Choice:
        """A code as a row to choose; its figure at the right counts passages."""
        row = self.codes[code]
        shown = str(self.counts.passages(code) or "") if detail is None else detail
        return Choice(
            code,
            shown_name(row.name, row.origin == "in-vivo"),
            row.colour,
            detail=shown,
            italic=row.origin == "in-vivo",
        )

    def code_choices(self, first: tuple[str, ...] = (), *, without: tuple[str, ...] = ()) -> list[Choice]:
        """All codes to choose from, those of ``first`` before the others."""
        chosen = [code for code in dict.fromkeys(first) if code in self.codes]
        order = [*chosen, *(code for code in self.codes if code not in set(chosen))]
        return [self.choice(code) for code in order if code not in without]

    def unplaced(self, placed: Placed) -> list[CodeRow]:
        """Codes that the model does not hold, the most used first."""
        inside = {row.code for row in placed.placements} | {placed.model.phenomenon}
        rest = [row for row in self.codes.values() if row.guid not in inside]
        return sorted(rest, key=lambda row: -self.counts.passages(row.guid))

    def condition_words(self, condition: ConditionRow) -> str:
        """A condition as a person reads it."""
        return condition.words or "–"


def ends(reading: Reading, relation: RelationRow) -> tuple[str, str]:
    """The names of both codes of a relation."""
    return reading.name(relation.from_code), reading.name(relation.to_code)
