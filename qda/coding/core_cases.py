"""In which cases a category stands, counted without reading a text: fast in a large study, too."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from qda.coding.access import pairs
from qda.coding.material import cases
from qda.coding.partial import speakers_cases
from qda.coding.rows import CaseRow
from qda.models import Project
from qda.models.codes import Code, Coding, Segment
from qda.models.material import Case, Source


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Passages of some codes by case, each counted once; and the cases in which anything is coded."""

    coded: tuple[CaseRow, ...]
    passages: dict[str, int]

    @property
    def without(self) -> tuple[CaseRow, ...]:
        """The coded cases without such a passage."""
        return tuple(case for case in self.coded if case.guid not in self.passages)

    def words(self, *, numbers: bool, most: int = 12) -> str:
        """ "A 9 · B 6"; only the names without ``numbers``, nothing for more than ``most`` cases."""
        found = [case for case in self.coded if case.guid in self.passages]
        if len(found) > most:
            return ""
        if not numbers:
            return ", ".join(case.name for case in found)
        return " · ".join(f"{case.name} {self.passages[case.guid]}" for case in found)


def case_figures(project: Project, codes: Collection[str]) -> CaseFigures:
    """Where these codes (GUIDs) stand; a speaker's case outranks the document's."""
    rows = cases(project)
    with project.read() as db:
        guids = {r.id: r.guid for r in db.execute(select(Case.id, Case.guid))}
        documents: dict[int, int | None] = pairs(db.execute(select(Source.id, Source.case_id)))
        special = speakers_cases(db)

        def case_at(source: int, start: int) -> int | None:
            if source in special:
                starts, found = special[source]
                own = found[max(0, bisect_right(starts, start) - 1)]
                return own or documents[source]
            return documents[source]

        query = (
            select(Segment.source_id, Segment.start, Segment.id)
            .join(Coding, Coding.segment_id == Segment.id)
            .join(Code, Code.id == Coding.code_id)
            .where(Code.guid.in_(codes))
            .distinct()
        )
        counted = Counter(case_at(source, start) for source, start, _id in db.execute(query))
        coding = select(Coding.id).join(Segment, Segment.id == Coding.segment_id)
        used = set(
            db.execute(
                select(Source.id).where(coding.where(Segment.source_id == Source.id).exists())
            ).scalars()
        )
        inside = {documents[source] for source in used - special.keys()}
        for source in used & special.keys():
            spans = select(Segment.start).join(Coding, Coding.segment_id == Segment.id).distinct()
            starts = db.execute(spans.where(Segment.source_id == source)).scalars()
            inside |= {case_at(source, start) for start in starts}
    coded = {guids[case] for case in inside if case is not None}
    passages = {guids[case]: n for case, n in counted.items() if case is not None}
    return CaseFigures(tuple(row for row in rows if row.guid in coded), passages)
