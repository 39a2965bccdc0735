"""Counts for reports: passages by code, case and document; cases are counted first.

A passage counts once for a code, whoever coded it; a code counts the passages of the codes below it too, each
once.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding.partial import CodedPlace
from qda.coding.rows import CaseRow, CodeRow, CodingRow, SourceRow
from qda.i18n import _, ngettext

INTERVIEWER: Final = "interviewer"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a passage lies: GUIDs of its case (if any) and document."""

    case: str | None
    source: str


class Counts:
    """How many passages stand under each code; made once for a report."""

    def __init__(
        self,
        codes: Sequence[CodeRow],
        codings: Iterable[CodingRow],
        *,
        cases: Sequence[CaseRow],
        sources: Sequence[SourceRow],
        interviewer: bool = True,
    ) -> None:
        """``interviewer``: whether passages of an interviewer's turn count."""
        counted = (
            (coding.code, coding.segment.guid, _Place(coding.segment.case, coding.segment.source))
            for coding in codings
            if interviewer or coding.segment.role != INTERVIEWER
        )
        self._fill(codes, counted, cases=cases, sources=sources)

    @classmethod
    def of_places(
        cls,
        codes: Sequence[CodeRow],
        places: Iterable[CodedPlace],
        *,
        cases: Sequence[CaseRow],
        sources: Sequence[SourceRow],
    ) -> "Counts":
        """The same of all passages, from places without words: what a window counts after every act."""
        made = cls.__new__(cls)
        counted = ((one.code, one.segment, _Place(one.case, one.source)) for one in places)
        made._fill(codes, counted, cases=cases, sources=sources)
        return made

    def _fill(
        self,
        codes: Sequence[CodeRow],
        counted: Iterable[tuple[str, Hashable, _Place]],
        *,
        cases: Sequence[CaseRow],
        sources: Sequence[SourceRow],
    ) -> None:
        self._cases = cases
        self._sources = sources
        self._places: dict[Hashable, _Place] = {}
        self._below: dict[str, set[Hashable]] = defaultdict(set)
        self._own: dict[str, set[Hashable]] = defaultdict(set)
        parents = {code.guid: code.parent for code in codes}
        for own, segment, place in counted:
            self._places[segment] = place
            self._own[own].add(segment)
            code: str | None = own
            while code is not None:
                self._below[code].add(segment)
                code = parents.get(code)

    def passages(self, code: str) -> int:
        """How many passages stand under the code and those below it."""
        return len(self._below[code])

    def own(self, code: str) -> int:
        """How many passages stand under the code itself."""
        return len(self._own[code])

    def by_case(self, code: str) -> Counter[str]:
        """Passages by GUID of the case; what belongs to no case is left out."""
        places = (self._places[guid] for guid in self._below[code])
        return Counter(place.case for place in places if place.case)

    def by_source(self, code: str) -> Counter[str]:
        """Passages by GUID of the document."""
        return Counter(self._places[guid].source for guid in self._below[code])

    def cases(self, code: str) -> int:
        """In how many cases the code stands."""
        return len(self.by_case(code))

    def coded_cases(self) -> list[CaseRow]:
        """The cases in which anything is coded, in their order."""
        coded = {place.case for place in self._places.values()}
        return [case for case in self._cases if case.guid in coded]

    def coded_sources(self) -> list[SourceRow]:
        """The documents in which anything is coded, in their order."""
        coded = {place.source for place in self._places.values()}
        return [source for source in self._sources if source.guid in coded]

    def by_case_text(self, code: str, *, most: int = 12) -> str:
        """ "A 9 · B 6"; more than ``most`` cases are only counted."""
        counted = self.by_case(code)
        if len(counted) > most:
            return ngettext("{n} case", "{n} cases", len(counted)).format(n=len(counted))
        return " · ".join(f"{case.name} {counted[case.guid]}" for case in self._cases if counted[case.guid])

    def case_names(self, code: str) -> str:
        """ "A · B": the cases in which the code stands, without how often."""
        counted = self.by_case(code)
        return " · ".join(case.name for case in self._cases if counted[case.guid])

    def sentence(self, code: str, *, numbers: bool = True) -> str:
        """ "2 cases (A 9 · B 6), 15 passages", cases first; without ``numbers`` the cases by name alone."""
        if not numbers:
            return self.case_names(code) or _("no case yet")
        n = self.passages(code)
        passages = ngettext("{n} passage", "{n} passages", n).format(n=n)
        cases = self.cases_sentence(code)
        return _("{cases}, {passages}").format(cases=cases, passages=passages) if cases else passages

    def cases_sentence(self, code: str) -> str:
        """ "2 cases (A 9 · B 6)"; nothing without any case."""
        if not (k := self.cases(code)):
            return ""
        cases = ngettext("{n} case ({cases})", "{n} cases ({cases})", k)
        return cases.format(n=k, cases=self.by_case_text(code, most=40))
