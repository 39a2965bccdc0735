"""What the tour speaks of in a study: a passage, its code, a relation. Found by words, else what is there."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qda.coding import codes, material, theory

if TYPE_CHECKING:
    from qda.coding.rows import Mark, ParagraphRow, RelationRow, SourceRow
    from qda.models import Project

# A failed short way, not coded in the study: it speaks against the relation that has no counter-evidence yet.
_WORDS: Final = "ich ruf den Pfrängle an wie immer. Und er druckst rum. Das kenn ich gar nicht von ihm."
_INTERVIEW: Final = "Interview A"
_LONGEST: Final = 160  # characters of a passage that is chosen for want of the words
_NOBODY: Final = 3  # a piece of evidence against has so much weight when relations are compared


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a document; empty where the study has no text."""

    source: str = ""
    start: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """GUIDs; empty where the study has nothing of the kind. ``title``: of the document."""

    passage: Passage
    title: str = ""
    code: str = ""
    code_name: str = ""
    relation: str = ""


def content(project: "Project") -> Content:
    """What the tour speaks of in this study."""
    source = _source(material.sources(project))
    if source is None:
        return Content(Passage())
    marks = codes.marks(project, source.guid)
    passage = _passage(project, source, marks)
    code, name = _code(project, source.guid, passage, marks)
    return Content(passage, source.title, code, name, _relation(theory.relations(project), code))


def _source(rows: "list[SourceRow]") -> "SourceRow | None":
    interviews = [row for row in rows if row.kind in ("interview", "focus_group")] or rows
    named = [row for row in interviews if row.title == _INTERVIEW]
    return next(iter(named), None) or max(interviews, key=lambda row: row.codings, default=None)


def _passage(project: "Project", source: "SourceRow", marks: "list[Mark]") -> Passage:
    text = material.text(project, source.guid)
    at = text.find(_WORDS)
    if at >= 0:
        return Passage(source.guid, at, at + len(_WORDS))
    spoken = [row for row in material.paragraphs(project, source.guid) if row.role != "interviewer"]
    answers = [row for row in spoken if row.kind not in ("header", "note")] or spoken
    for row in answers:
        if found := _uncoded(text, row, marks):
            return Passage(source.guid, *found)
    return Passage(source.guid, *_first_words(text, answers[0])) if answers else Passage(source.guid)


def _uncoded(text: str, row: "ParagraphRow", marks: "list[Mark]") -> tuple[int, int] | None:
    """The first words of a paragraph, where no coding touches them."""
    start, stop = _first_words(text, row)
    touched = any(mark.start < stop and mark.stop > start for mark in marks)
    return None if touched or stop - start < 2 else (start, stop)


def _first_words(text: str, row: "ParagraphRow") -> tuple[int, int]:
    start = row.label_stop
    while start < row.stop and text[start].isspace():
        start += 1
    stop = min(row.stop, start + _LONGEST)
    while stop < row.stop and not text[stop].isspace():
        stop += 1
    return start, stop - (len(text[start:stop]) - len(text[start:stop].rstrip()))


def _code(project: "Project", source: str, passage: Passage, marks: "list[Mark]") -> tuple[str, str]:
    """The code of what is said beside the passage; else that of most passages."""
    beside: Counter[tuple[str, str]] = Counter()
    for row in material.paragraphs(project, source):
        if row.start <= passage.start < row.stop:
            near = [mark for mark in marks if mark.start < row.stop and mark.stop > row.start]
            beside.update((mark.code, mark.name) for mark in near)
    if beside:
        return beside.most_common(1)[0][0]
    rows = codes.codes(project)
    most = max(rows, key=lambda row: row.codings, default=None)
    return (most.guid, most.name) if most is not None else ("", "")


def _relation(rows: "list[RelationRow]", code: str) -> str:
    """A relation of the code that nothing speaks against yet; else one with as little as possible."""
    standing = [row for row in rows if row.status != "rejected"]
    own = [row for row in standing if code in (row.from_code, row.to_code)] or standing
    best = min(own, key=lambda row: _NOBODY * row.contradicting - row.supporting, default=None)
    return best.guid if best is not None else ""
