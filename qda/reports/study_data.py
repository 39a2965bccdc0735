"""What the report of a study reads from the project: all rows once, in the language of the report."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from qda.coding import codes, consent, material, memo_queries, paradigms, theory
from qda.coding.citation import may_quote, quoted
from qda.coding.rows import (
    CaseRow,
    CodeRow,
    CoderRow,
    CodingRow,
    CoreRow,
    EvidenceRow,
    MemoRow,
    ModelRow,
    PlacementRow,
    PropertyRow,
    RelationRow,
    SegmentRow,
    SheetRow,
    SourceRow,
    ValueRow,
)
from qda.i18n import Language, language
from qda.models import Project
from qda.reports.consenting import Silence
from qda.reports.figures_of import Placed, badge_lines
from qda.reports.searched import FromSearch
from qda.reports.study_counts import INTERVIEWER, Counts

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Words:
    """How many words a document has, labels of speakers left out; ``respondents``: those of respondents."""

    total: int
    respondents: int


@dataclass(frozen=True)
class StudyData:
    """A project as the chapters of a report read it. Names as people read them come from :meth:`name`."""

    project: Project
    sheet: SheetRow
    template: paradigms.ParadigmTemplate
    coders: Sequence[CoderRow]
    sources: Sequence[SourceRow]
    cases: Sequence[CaseRow]
    codes: Sequence[CodeRow]
    counts: Counts
    coded: Sequence[CodingRow]
    properties: Mapping[str, Sequence[PropertyRow]]
    values: Mapping[str, Sequence[ValueRow]]
    models: Sequence[ModelRow]
    placements: Sequence[PlacementRow]
    relations: Sequence[RelationRow]
    evidence: Mapping[str, Sequence[EvidenceRow]]
    core: CoreRow | None
    memos: Sequence[MemoRow]
    segments: Mapping[str, SegmentRow]
    silence: Silence
    searched: FromSearch
    language: Language = field(default_factory=language)

    @property
    def codings(self) -> int:
        """How many codings count."""
        return len(self.coded)

    @cached_property
    def code(self) -> dict[str, CodeRow]:
        """The codes by GUID."""
        return {code.guid: code for code in self.codes}

    @cached_property
    def relation(self) -> dict[str, RelationRow]:
        """The relations by GUID."""
        return {relation.guid: relation for relation in self.relations}

    @property
    def categories(self) -> list[CodeRow]:
        """The codes that are categories, in the order of the tree."""
        return [code for code in self.codes if code.kind == "category"]

    def name(self, code: str) -> str:
        """The name of a code; the words of a speaker in quotation marks."""
        row = self.code[code]
        in_vivo = row.origin == "in-vivo" and row.name[:1] not in "„“”\"«»‚‘'"
        in_vivo = in_vivo and row.in_vivo not in self.silent_names
        return quoted(row.name) if in_vivo else row.name

    @cached_property
    def silent_names(self) -> frozenset[str]:
        """The segments of in-vivo codes whose words may not be quoted: names are no quotations then."""
        chosen = (code.in_vivo for code in self.codes if code.in_vivo in self.segments)
        return frozenset(guid for guid in chosen if guid and not may_quote(self.segments[guid]))

    def placed(self, model: ModelRow) -> Placed:
        """A model with what it holds."""
        return Placed(
            model,
            [row for row in self.placements if row.model == model.guid],
            [row for row in self.relations if row.model == model.guid],
            self.code,
            self.counts,
            numbers=self.numbers,
        )

    @property
    def numbers(self) -> bool:
        """Whether the study shows how often something is coded."""
        return not self.sheet.hide_frequencies

    def counted(self, code: str) -> str:
        """Cases and passages of a code in a sentence, as far as frequencies are shown."""
        return self.counts.sentence(code, numbers=self.numbers)

    def badge(self, relation: RelationRow) -> tuple[str, ...]:
        """The evidence of a relation in few words, as far as frequencies are shown."""
        return badge_lines(relation, numbers=self.numbers)


def gather(project: Project, *, interviewer: bool = True) -> StudyData:
    """Reads the project; ``interviewer``: whether passages of interviewers' turns count."""
    sheet = material.project_sheet(project)
    silence = Silence(consent.unquotable(project))
    tree = silence.codes(codes.codes(project))
    cases, sources = material.cases(project), material.sources(project)
    codings = codes.codings(project)
    counted = [one for one in codings if interviewer or one.segment.role != INTERVIEWER]
    pieces: dict[str, list[EvidenceRow]] = defaultdict(list)
    for piece in theory.evidence(project):
        pieces[piece.relation].append(silence.evidence(piece))
    properties: dict[str, list[PropertyRow]] = defaultdict(list)
    for row in codes.properties(project):
        properties[row.code].append(row)
    values: dict[str, list[ValueRow]] = defaultdict(list)
    for value in codes.property_values(project):
        values[value.property].append(value)
    return StudyData(
        project=project,
        sheet=sheet,
        template=paradigms.template(sheet.template),
        coders=material.coders(project),
        sources=sources,
        cases=cases,
        codes=tree,
        counts=Counts(tree, codings, cases=cases, sources=sources, interviewer=interviewer),
        coded=counted,
        searched=FromSearch.of_codings(counted),
        properties=properties,
        values=values,
        models=theory.models(project),
        placements=theory.placements(project),
        relations=silence.relations(theory.relations(project)),
        evidence=pieces,
        core=silence.core(theory.core(project)),
        memos=silence.memos(memo_queries.memos(project)),
        segments=chosen_passages(project, tree),
        silence=silence,
    )


def chosen_passages(project: Project, tree: Sequence[CodeRow]) -> dict[str, SegmentRow]:
    """The typical and deviating passages of all codes, and those that gave them their names."""
    wanted = [guid for code in tree for guid in (code.typical, code.deviating, code.in_vivo) if guid]
    return passages(project, wanted)


def passages(project: Project, guids: Sequence[str]) -> dict[str, SegmentRow]:
    """Passages by GUID; those that are gone are left out."""
    with project.read() as db:
        return material.Passages(db).of(guids)


def words_in(project: Project, source: SourceRow) -> Words:
    """Counts the words of a document."""
    text = material.text(project, source.guid)
    total = respondents = 0
    for row in material.paragraphs(project, source.guid):
        n = len(text[row.label_stop : row.stop].split())
        total += n
        respondents += n if row.speaker and row.role != INTERVIEWER else 0
    return Words(total, respondents)
