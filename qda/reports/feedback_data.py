"""What was quoted of one case: its own words alone, with what each passage stands for.

A passage may hold words of several people. Of those of other cases nothing is kept; what the interviewer
says in between stays.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from qda.coding import comparison_cells, theory
from qda.coding.citation import paragraphs_cited
from qda.coding.codes import codes
from qda.coding.material import cases, paragraphs, segments, source, sources, span_row, speakers, text
from qda.coding.pointers import passages_in
from qda.coding.rows import CaseRow, CodeRow, ParagraphRow, SegmentRow
from qda.models import Project

UseKind = Literal["story", "connection", "typical", "deviating", "in_vivo", "comparison"]
INTERVIEWER: Final = "interviewer"
CONVERSATIONS: Final = ("interview", "focus_group")
_LEFT_OUT: Final = "[…]"


@dataclass(frozen=True, slots=True)
class Use:
    """What a passage stands for; ``codes`` are the GUIDs of the codes concerned."""

    kind: UseKind
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPassage:
    """A passage of the case: its own words, where they stand, and what they were used for."""

    words: str
    place: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was quoted of a case. ``names`` holds the codes (GUID to name) that may be named to it.

    ``written`` counts the passages of field notes and the like, which are not its words and not in here.
    """

    case: CaseRow
    passages: tuple[OwnPassage, ...]
    names: dict[str, str] = field(default_factory=dict)
    written: int = 0


def feedback_of(project: Project, case: CaseRow) -> Feedback:
    """Everything that was quoted of the case, in the order of its documents."""
    uses = _uses(project)
    every = [row for row in segments(project, guids=uses) if row.source in case.sources]
    spoken = {one.guid for one in sources(project) if one.kind in CONVERSATIONS}
    rows = [row for row in every if row.source in spoken]
    owners = {guid: _Owners(project, guid, case.guid) for guid in dict.fromkeys(row.source for row in rows)}
    joined: dict[tuple[str, int, int], list[Use]] = {}
    own: set[str] = set()
    for row in rows:
        if (span := owners[row.source].own_span(row)) is not None:
            own.add(row.guid)
            joined.setdefault((row.source, *span), []).extend(uses[row.guid])
    passages = []
    for (guid, start, stop), found in joined.items():
        words = owners[guid].words(start, stop)
        place = paragraphs_cited(span_row(project, guid, start, stop))
        passages.append(OwnPassage(words, place, tuple(dict.fromkeys(found))))
    return Feedback(case, tuple(passages), _names(project, case, own), len(every) - len(rows))


# -- what was used ------------------------------------------------------------------------------------------


def _uses(project: Project) -> dict[str, list[Use]]:
    """What passages (GUIDs) stand for anywhere in the study."""
    found: dict[str, list[Use]] = defaultdict(list)
    for guid, use in _all_uses(project):
        found[guid].append(use)
    return found


def _all_uses(project: Project) -> Iterator[tuple[str, Use]]:
    for kind in ("story", "story_line"):
        for guid in passages_in(theory.story(project, kind)):
            yield guid, Use("story")
    for code in codes(project):
        if code.typical:
            yield code.typical, Use("typical", (code.guid,))
        if code.deviating:
            yield code.deviating, Use("deviating", (code.guid,))
        if code.in_vivo and code.codings_below:
            yield code.in_vivo, Use("in_vivo", (code.guid,))
    live = {one.guid for one in theory.models(project) if one.status != "abandoned"}
    relations = {one.guid: one for one in theory.relations(project) if one.model in live}
    for piece in theory.evidence(project):
        relation = relations.get(piece.relation)
        if relation is not None and not relation.withdrawn:
            for segment in piece.segments:
                yield segment.guid, Use("connection", (relation.from_code, relation.to_code))
    for written in comparison_cells.cells(project).values():
        for guid in {written.segment, *passages_in(written.body)} - {""}:
            yield guid, Use("comparison")


# -- whose words --------------------------------------------------------------------------------------------


class _Owners:
    """Who says what in a document, as it concerns one case."""

    def __init__(self, project: Project, guid: str, case: str) -> None:
        row = source(project, guid)
        of_source = row.case if row is not None else None
        of_label = {one.label: one.case for one in speakers(project, guid)}
        self._text = text(project, guid)
        self._lines = [one for one in paragraphs(project, guid) if one.kind != "header"]
        roles = {"respondent"} if of_label else {""}  # a text without turns is said by the case as a whole
        self._mine = {
            one.guid
            for one in self._lines
            if one.role in roles and (of_label.get(one.speaker) or of_source) == case
        }

    def _within(self, start: int, stop: int) -> Iterator[tuple[ParagraphRow, int, int]]:
        """The paragraphs that a span touches, with what of their words lies in it."""
        for one in self._lines:
            first, last = max(start, one.label_stop), min(stop, one.stop)
            if first < last:
                yield one, first, last

    def own_span(self, row: SegmentRow) -> tuple[int, int] | None:
        """From the first to the last own word of a passage; none where there is none."""
        own = [
            (first, last) for one, first, last in self._within(row.start, row.stop) if one.guid in self._mine
        ]
        return (own[0][0], own[-1][1]) if own else None

    def words(self, start: int, stop: int) -> str:
        """The words of a span; those of other cases are left out, the interviewer's are in brackets."""
        told: list[str] = []
        for one, first, last in self._within(start, stop):
            words = " ".join(self._text[first:last].split())
            if one.guid in self._mine:
                told.append(words)
            elif one.role == INTERVIEWER:
                told.append(f"[{one.speaker}: {words}]" if one.speaker else f"[{words}]")
            elif told[-1:] != [_LEFT_OUT]:
                told.append(_LEFT_OUT)
        return " ".join(told)


def _names(project: Project, case: CaseRow, own: Iterable[str]) -> dict[str, str]:
    """The codes that may be named to the case: no words of others, and no names of other cases."""
    mine = set(own)
    others = [re.escape(one.name) for one in cases(project) if one.guid != case.guid and one.name.strip()]
    called = re.compile(rf"(?<!\w)(?:{'|'.join(others)})(?!\w)", re.IGNORECASE) if others else None

    def may(code: CodeRow) -> bool:
        if code.origin == "in-vivo" and code.in_vivo not in mine:
            return False
        return called is None or called.search(code.name) is None

    return {code.guid: code.name for code in codes(project) if may(code)}
