"""What goes into an archive package and what does not: decided by consent, told with its reason.

A document goes in where its case has agreed to be archived and may be quoted. What is not settled stays out.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from qda.coding import material, memo_queries
from qda.coding.rows import CaseRow, SourceRow
from qda.i18n import _
from qda.models import Project
from qda.reports.study_counts import INTERVIEWER

TALKS: Final = ("interview", "focus_group")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not in the package; ``kind`` is a word for machines, ``why`` a sentence."""

    kind: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """``going`` and the cases that agreed (``agreed``); ``silent`` are all others: their words go nowhere."""

    going: tuple[SourceRow, ...]
    left: tuple[LeftOut, ...]
    agreed: frozenset[str]
    silent: frozenset[str]

    @property
    def transcripts(self) -> tuple[SourceRow, ...]:
        """The talks."""
        return tuple(one for one in self.going if one.kind in TALKS)

    @property
    def context(self) -> tuple[SourceRow, ...]:
        """What goes with them: postscripts, questionnaires, notes."""
        return tuple(one for one in self.going if one.kind not in TALKS)


def plan(project: Project, *, caseless: bool) -> Plan:
    """What of the study (or of the part that ``project`` is) may be archived.

    ``caseless``: documents of no case go in, too.
    """
    today = project.clock().date()
    cases = {one.guid: one for one in material.cases(project)}
    reasons = {guid: reason(case, today) for guid, case in cases.items()}
    going: list[SourceRow] = []
    left: list[LeftOut] = []
    for one in material.in_reading_order(material.sources(project)):
        why = reasons[one.case] if one.case else "" if caseless else _no_case()
        if why:
            left.append(LeftOut("document", one.title, why))
        else:
            going.append(one)
    agreed = frozenset(guid for guid, why in reasons.items() if not why)
    left += _speakers(project, {one.guid: one.title for one in going}, reasons)
    left += _always(project, going)
    every = {one.guid for one in material.cases(project.whole)}
    return Plan(tuple(going), tuple(left), agreed, frozenset(every - agreed))


def reason(case: CaseRow, today: date) -> str:
    """Why the words of a case may not be archived; empty where they may."""
    if case.delete_by and date.fromisoformat(case.delete_by) < today:
        return _("The data were to be deleted by {date}.").format(date=case.delete_by)
    if case.archivable == "no":
        return _("No consent to archiving.")
    if case.quotable == "no":
        return _("No consent to be quoted.")
    if case.archivable != "yes":
        return _("Consent to archiving is not settled.")
    return ""


def _no_case() -> str:
    return _("It belongs to no case, so that nobody’s consent is noted.")


def _speakers(project: Project, titles: dict[str, str], reasons: dict[str, str]) -> Iterator[LeftOut]:
    """Those who speak in documents that go in, but have not agreed themselves."""
    for one in material.speakers(project):
        if one.source in titles and one.case and one.role != INTERVIEWER and (why := reasons.get(one.case)):
            name = f"{titles[one.source]}: {one.label}"
            yield LeftOut("speaker", name, why)


def _always(project: Project, going: Collection[SourceRow]) -> Iterator[LeftOut]:
    """What is in no package."""
    if any(memo.private for memo in memo_queries.memos(project)):
        yield LeftOut("memo", _("Private memos"), _("They leave no study."))
    if any(one.media for one in going):
        yield LeftOut(
            "recording", _("Recordings"), _("A voice cannot be pseudonymised; recordings stay out.")
        )
    yield LeftOut(
        "original",
        _("The files as they were taken in"),
        _("They may hold names, remarks and properties that the study does not show; their text is here."),
    )
    yield LeftOut("key", _("The key of the pseudonyms"), _("It is never handed on."))
    yield LeftOut(
        "contact", _("Notes on consent"), _("They speak of persons; what was agreed is heeded here.")
    )
