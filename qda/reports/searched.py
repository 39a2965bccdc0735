"""How many codings come from the hits of a search: said wherever codings are counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qda.coding.citation import quoted
from qda.coding.codes import origin_counts
from qda.coding.origins import SEARCH
from qda.coding.rows import CodingRow
from qda.i18n import _, ngettext
from qda.models import Project

_NAMED: Final = 8  # searches that are named


@dataclass(frozen=True, slots=True)
class FromSearch:
    """So many of all codings come from a search; ``words``: what was looked for, the most first."""

    codings: int
    of: int
    words: tuple[str, ...]

    @classmethod
    def of_codings(cls, codings: Iterable[CodingRow]) -> "FromSearch":
        """Of these codings."""
        counts: dict[tuple[str, str], int] = {}
        for row in codings:
            key = (row.origin, row.searched)
            counts[key] = counts.get(key, 0) + 1
        return cls._of([(kind, words, n) for (kind, words), n in counts.items()])

    @classmethod
    def in_study(cls, project: Project) -> "FromSearch":
        """Of all codings of the study."""
        return cls._of(origin_counts(project))

    @classmethod
    def _of(cls, counted: Sequence[tuple[str, str, int]]) -> "FromSearch":
        found = sorted((row for row in counted if row[0] == SEARCH), key=lambda row: (-row[2], row[1]))
        words = tuple(row[1] for row in found if row[1])
        return cls(sum(row[2] for row in found), sum(row[2] for row in counted), words)

    @property
    def sentence(self) -> str:
        """ "12 of 140 codings come from search hits: “Vertrauen”, “Zusage”."; empty where none does."""
        if not self.codings:
            return ""
        told = ngettext(
            "{n} of {of} coding comes from search hits", "{n} of {of} codings come from search hits", self.of
        ).format(n=self.codings, of=self.of)
        named = [quoted(one) for one in self.words[:_NAMED]]
        if len(self.words) > _NAMED:
            named.append("…")
        return _("{told}: {words}.").format(told=told, words=", ".join(named)) if named else f"{told}."


def told_of_study(project: Project) -> str:
    """The sentence for a report that counts a part of the study; empty where nothing comes from a search."""
    told = FromSearch.in_study(project).sentence
    return _("In the whole study: {told}").format(told=told) if told else ""
