"""What the references of a story point to: names, colours, live counts, passages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qda.coding import material, theory
from qda.coding.citation import paragraphs_cited, quoted, spoken
from qda.coding.rows import CaseRow, RelationRow, SegmentRow
from qda.coding.story_text import ReferenceKind, quotation_agrees
from qda.i18n import _
from qda.ui.axial.choices import Choice
from qda.ui.axial.reading import Reading
from qda.ui.axial.words import badge_line

if TYPE_CHECKING:
    from qda.models import Project


@dataclass(frozen=True, slots=True)
class Shown:
    """How a reference is shown beside its words. ``behind`` stands after them and follows the study;
    ``differs``: a quotation whose source has other words; ``gone``: what it pointed to is no longer there."""

    name: str
    behind: str = ""
    colour: int = 0
    told: str = ""
    differs: bool = False
    gone: bool = False


class Targets:
    """Looks targets up; :meth:`forget` after an act."""

    def __init__(self, project: "Project", reading: Reading) -> None:
        self._project = project
        self._reading = reading
        self.forget()

    def forget(self) -> None:
        """Everything is looked up anew."""
        self._relations: dict[str, RelationRow] | None = None
        self._cases: dict[str, CaseRow] | None = None
        self._segments: dict[str, SegmentRow | None] = {}

    @property
    def relations(self) -> dict[str, RelationRow]:
        """All relations by GUID."""
        if self._relations is None:
            self._relations = {row.guid: row for row in theory.relations(self._project)}
        return self._relations

    @property
    def cases(self) -> dict[str, CaseRow]:
        """All cases by GUID."""
        if self._cases is None:
            self._cases = {row.guid: row for row in material.cases(self._project)}
        return self._cases

    def segments(self, guids: list[str]) -> dict[str, SegmentRow | None]:
        """Passages by GUID; None for one that is gone."""
        missing = [guid for guid in guids if guid not in self._segments]
        if missing:
            with self._project.read() as db:
                found = material.Passages(db).of(missing)
            self._segments |= {guid: found.get(guid) for guid in missing}
        return self._segments

    def shown(self, kind: ReferenceKind, target: str, words: str) -> Shown:
        """How a reference is shown now."""
        if kind == "code":
            return self._code(target)
        if kind == "relation":
            return self._relation(target, words)
        if kind == "case":
            row = self.cases.get(target)
            if row is None:
                return Shown("", gone=True, told=_("This case is no longer there."))
            return Shown(row.name, told=_("Case {name}").format(name=row.name))
        return self._passage(target, words)

    def _code(self, target: str) -> Shown:
        row = self._reading.codes.get(target)
        if row is None:
            return Shown("", gone=True, told=_("This code is no longer there."))
        counted = self._reading.counts.sentence(target)
        return Shown(row.name, colour=row.colour, told=f"{self._reading.name(target)}: {counted}")

    def _relation(self, target: str, words: str) -> Shown:
        row = self.relations.get(target)
        if row is None:
            return Shown("", gone=True, told=_("This relation is no longer there."))
        name = relation_name(row)
        line = badge_line(row).replace(" (", ", ").replace(")", "").replace(" · ", " · ")
        plain = words.strip() in (name, f"R{row.number}", str(row.number))
        behind = f": {line}" if plain else f" ({name}: {line})"
        return Shown(name, behind, told=f"{row.number}  {row.statement}")

    def _passage(self, target: str, words: str) -> Shown:
        row = self.segments([target])[target]
        if row is None:
            return Shown("", gone=True, told=_("This passage is no longer in the material."))
        agrees = quotation_agrees(words, row.text)
        place = paragraphs_cited(row)
        behind = f" ({place})" if agrees else f" ({place}; {_('differs from the source')})"
        told = _("Words as in the source.") if agrees else _("The source has: {quote}")
        return Shown(place, behind, told=told.format(quote=quoted(spoken(row))), differs=not agrees)

    # -- what can be referred to ----------

    def choices(self, kind: ReferenceKind) -> list[Choice]:
        """Everything of a kind, to choose from."""
        if kind == "code":
            return self._reading.code_choices()
        if kind == "relation":
            return [
                Choice(
                    row.guid,
                    f"{row.number}  {row.statement or f'{row.from_name} – {row.to_name}'}",
                    below=badge_line(row),
                )
                for row in self.relations.values()
            ]
        if kind == "case":
            return [Choice(row.guid, _("Case {name}").format(name=row.name)) for row in self.cases.values()]
        rows = material.segments(self._project)
        return [
            Choice(row.guid, quoted(spoken(row)), below=paragraphs_cited(row), quote=True) for row in rows
        ]

    def words(self, kind: ReferenceKind, target: str) -> str:
        """The words of a new reference."""
        if kind == "code":
            return self._reading.codes[target].name
        if kind == "relation":
            return relation_name(self.relations[target])
        if kind == "case":
            return _("Case {name}").format(name=self.cases[target].name)
        row = self.segments([target])[target]
        return quoted(spoken(row)) if row else ""


def relation_name(row: RelationRow) -> str:
    """How a relation is called in a text: "Relation 3"."""
    return _("Relation {number}").format(number=row.number)
