"""What the references of a story point to: names, colours, live counts, passages; and what can be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from qda.coding import material, memo_queries, story_targets, theory
from qda.coding.citation import may_quote, paragraphs_cited, quoted, spoken
from qda.coding.rows import CaseRow, MemoRow, RelationRow, SegmentRow
from qda.coding.story_quotations import Difference, differences, mended
from qda.coding.story_text import Reference, ReferenceKind, parse, quotation_agrees
from qda.i18n import _
from qda.ui.axial.choices import Choice
from qda.ui.axial.reading import Reading
from qda.ui.axial.words import badge_line

if TYPE_CHECKING:
    from qda.models import Project

_LONGEST = 160  # characters of a passage in a list
_FROM = 2  # letters from which all the material is looked through


@dataclass(frozen=True, slots=True)
class Shown:
    """How a reference is shown beside its words.

    ``behind`` stands after them and follows the study, ``below`` stands under a quotation set off;
    ``differs``: a quotation whose source has other words; ``gone``: what it pointed to is no longer there;
    ``withheld``: the words may not be quoted.
    """

    name: str
    behind: str = ""
    below: str = ""
    colour: int = 0
    told: str = ""
    differs: bool = False
    gone: bool = False
    withheld: bool = False
    places: tuple[Difference, ...] = field(default=())

    @property
    def is_amiss(self) -> bool:
        """It asks for a look."""
        return self.differs or self.gone or self.withheld


class Targets:
    """Looks targets up; :meth:`forget` after an act."""

    def __init__(self, project: "Project", reading: Reading) -> None:
        self._project = project
        self._reading = reading
        self._relations: dict[str, RelationRow | None] = {}
        self._segments: dict[str, SegmentRow | None] = {}
        self._passages: dict[tuple[str, str], Shown] = {}
        self._lines: dict[str, str] = {}
        self._codes: dict[str, Shown] = {}

    def forget(self) -> None:
        """Everything is looked up anew."""
        for name in ("names", "cases", "memos", "near", "hides"):
            self.__dict__.pop(name, None)
        self._relations = {}
        self._segments, self._passages, self._lines, self._codes = {}, {}, {}, {}

    def forget_counts(self) -> None:
        """How often codes stand where has been counted anew."""
        self._codes = {}

    def prepare(self, *bodies: str) -> None:
        """Looks up at once what the references of stored texts point to."""
        found = [part for body in bodies for part in parse(body) if isinstance(part, Reference)]
        self.relations([one.target for one in found if one.kind == "relation"])
        self.segments([one.target for one in found if one.kind == "segment"])

    def relations(self, guids: Sequence[str]) -> dict[str, RelationRow | None]:
        """Relations by GUID; None for one that is gone."""
        missing = [guid for guid in guids if guid not in self._relations]
        if missing:
            found = {row.guid: row for row in theory.relations(self._project, guids=missing)}
            self._relations |= {guid: found.get(guid) for guid in missing}
        return self._relations

    @cached_property
    def names(self) -> list[story_targets.RelationName]:
        """All relations, without their evidence."""
        return story_targets.relation_names(self._project)

    @cached_property
    def cases(self) -> dict[str, CaseRow]:
        """All cases by GUID."""
        return {row.guid: row for row in material.cases(self._project)}

    @cached_property
    def memos(self) -> dict[str, MemoRow]:
        """All memos by GUID."""
        return {row.guid: row for row in memo_queries.memos(self._project)}

    @cached_property
    def near(self) -> list[SegmentRow]:
        """Passages that a theory is told with."""
        return story_targets.near_passages(self._project)

    @cached_property
    def hides(self) -> bool:
        """The study hides frequencies: cases are named, and nothing is counted."""
        return material.project_sheet(self._project).hide_frequencies

    def segments(self, guids: list[str]) -> dict[str, SegmentRow | None]:
        """Passages by GUID or as spans "SOURCE:START-STOP"; None for one that is gone."""
        missing = [guid for guid in guids if guid not in self._segments]
        if missing:
            with self._project.read() as db:
                found = material.Passages(db).of([guid for guid in missing if ":" not in guid])
            self._segments |= {guid: found.get(guid) or self._span(guid) for guid in missing}
        return self._segments

    def _span(self, written: str) -> SegmentRow | None:
        source, colon, span = written.rpartition(":")
        start, dash, stop = span.partition("-")
        if not (colon and dash and start.isdigit() and stop.isdigit()):
            return None
        if material.source(self._project, source) is None:
            return None
        return material.span_row(self._project, source, int(start), int(stop))

    # -- how a reference is shown ----------

    def shown(self, kind: ReferenceKind, target: str, words: str) -> Shown:
        """How a reference is shown now."""
        if kind == "code":
            if target not in self._codes:
                self._codes[target] = self._code(target)
            return self._codes[target]
        if kind == "relation":
            return self._relation(target, words)
        if kind == "case":
            row = self.cases.get(target)
            if row is None:
                return Shown("", gone=True, told=_("This case is no longer there."))
            return Shown(row.name, told=_("Case {name}").format(name=row.name))
        if kind == "memo":
            memo = self.memos.get(target)
            if memo is None:
                return Shown("", gone=True, told=_("This memo is no longer there."))
            return Shown(memo.title, told=_("Memo “{title}”").format(title=memo.title))
        known = self._passages.get((target, words))
        if known is None:
            known = self._passages[target, words] = self._passage(target, words)
        return known

    def _code(self, target: str) -> Shown:
        row = self._reading.codes.get(target)
        if row is None:
            return Shown("", gone=True, told=_("This code is no longer there."))
        name = self._reading.name(target)
        counted = "" if self.hides else self._reading.counts.by_case_text(target).strip()
        return Shown(row.name, colour=row.colour, told=f"{name}: {counted}" if counted else name)

    def _relation(self, target: str, words: str) -> Shown:
        row = self.relations([target])[target]
        if row is None:
            return Shown("", gone=True, told=_("This relation is no longer there."))
        name = relation_name(row)
        line = self.line_of(row)
        plain = words.strip() in (name, f"R{row.number}", str(row.number))
        behind = (f": {line}" if line else "") if plain else f" ({name}: {line})" if line else f" ({name})"
        return Shown(name, behind, told=f"{row.number}  {row.statement}")

    def line_of(self, row: RelationRow) -> str:
        """What a relation stands on, in one line: cases first, no figures where the study hides them."""
        if row.guid not in self._lines:
            if self.hides:
                line = ", ".join(name for name, _count in row.by_case)
            else:
                line = badge_line(row).replace(" (", ", ").replace(")", "")
            self._lines[row.guid] = line
        return self._lines[row.guid]

    def _passage(self, target: str, words: str) -> Shown:
        row = self.segments([target])[target]
        if row is None:
            return Shown("", gone=True, told=_("This passage is no longer in the material."))
        place = paragraphs_cited(row)
        if not may_quote(row):
            told = _("may not be quoted: no consent")
            return Shown(place, f" ({place}; {told})", f"{place}: {told}", told=told, withheld=True)
        if quotation_agrees(words, row.text):
            agreed = _("Wording as in the source.")
            return Shown(place, f" ({place})", f"{place}. {agreed}", told=agreed)
        told = _("differs from the source")
        source = _("The source has: {quote}").format(quote=quoted(spoken(row)))
        places = differences(words, row.text)
        return Shown(
            place, f" ({place}; {told})", f"{place}: {told}", told=source, differs=True, places=places
        )

    def mended(self, target: str, words: str) -> str:
        """A quotation in its source's words."""
        row = self.segments([target])[target]
        return mended(words, spoken(row)) if row is not None else words

    # -- what can be referred to ----------

    def choices(self, kind: ReferenceKind, typed: str = "") -> list[Choice]:
        """What can be referred to, to choose from; passages are looked for by what is typed."""
        if kind == "code":
            return [
                self._reading.choice(code, detail="" if self.hides else None) for code in self._reading.codes
            ]
        if kind == "relation":
            return [Choice(row.guid, f"{row.number}  {row.words}") for row in self.names]
        if kind == "case":
            return [Choice(row.guid, _("Case {name}").format(name=row.name)) for row in self.cases.values()]
        if kind == "memo":
            return [Choice(row.guid, row.title) for row in self.memos.values()]
        rows = self.near
        if len(typed.strip()) >= _FROM:
            rows = [*story_targets.passages_with(self._project, typed.strip()), *rows]
        return [passage_choice(row) for row in rows]

    def told(self, kind: ReferenceKind, rows: Sequence[Choice]) -> list[Choice]:
        """Rows of a list with what they stand on: the figures of relations are counted for those alone."""
        if kind != "relation":
            return list(rows)
        found = self.relations([row.key for row in rows])
        return [
            replace(row, below=self.line_of(relation)) if (relation := found[row.key]) is not None else row
            for row in rows
        ]

    def words(self, kind: ReferenceKind, target: str) -> str:
        """The words of a new reference."""
        if kind == "code":
            return self._reading.codes[target].name
        if kind == "relation":
            relation = self.relations([target])[target]
            return relation_name(relation) if relation is not None else ""
        if kind == "case":
            return _("Case {name}").format(name=self.cases[target].name)
        if kind == "memo":
            return self.memos[target].title or _("Memo")
        row = self.segments([target])[target]
        return quoted(spoken(row)) if row else ""


def passage_choice(row: SegmentRow) -> Choice:
    """A passage as a row to choose; one that is no segment yet is named by its span."""
    key = row.guid or f"{row.source}:{row.start}-{row.stop}"
    return Choice(key, quoted(spoken(row)[:_LONGEST]), below=paragraphs_cited(row), quote=True)


def relation_name(row: RelationRow) -> str:
    """How a relation is called in a text: "Relation 3"."""
    return _("Relation {number}").format(number=row.number)
