"""Quotations taken out of what a researcher wrote, where those quoted have not consented, or no longer do."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qda.coding.story_text import Plain, compose, parse
from qda.models.base import Entity
from qda.models.codes import Code, Coding, Memo
from qda.models.desk import Pencil, SensitizingConcept
from qda.models.forgetting import runs
from qda.models.inquiry import (
    CellSummary,
    MapItem,
    MapLine,
    ModelVersion,
    QuestionAnswer,
    SamplingDecision,
    SaturationJudgement,
)
from qda.models.material import Case, ProjectSheet, ResearchQuestion
from qda.models.theory import (
    CoreCategory,
    CounterSearch,
    Evidence,
    ModelSlot,
    Relation,
    RelationCondition,
    Story,
)

_RUN = 6  # as many words in a row of a text are a quotation
_SHORT = 3  # blanks of two words
_WORD = re.compile(r"\w+")
_WRITTEN: tuple[tuple[type[Entity], tuple[str, ...]], ...] = (
    (Memo, ("title", "body")),
    (Code, ("definition", "delimitation", "anchor", "rule")),
    (Coding, ("comment",)),
    (Pencil, ("note",)),
    (SensitizingConcept, ("definition",)),
    (Evidence, ("note",)),
    (Relation, ("statement",)),
    (RelationCondition, ("text",)),
    (CounterSearch, ("note",)),
    (CoreCategory, ("reasons", "rivals")),
    (Story, ("body",)),
    (SamplingDecision, ("gap", "sought", "why", "brought")),
    (SaturationJudgement, ("reason",)),
    (ModelVersion, ("name", "note")),
    (CellSummary, ("body",)),
    (QuestionAnswer, ("body",)),
    (MapItem, ("text",)),
    (MapLine, ("label",)),
    (ModelSlot, ("definition", "question")),
    (Case, ("description", "consent_note")),
    (ResearchQuestion, ("text", "reason")),
    (ProjectSheet, ("prior_knowledge", "preconceptions", "field_access", "own_role")),
    (ProjectSheet, ("case_definition", "transcription_rules", "notes")),
)


def texts_of_researchers(session: Session) -> Iterator[tuple[Entity, str]]:
    """Every row and column in which a researcher writes freely; empty ones are left out."""
    for entity, columns in _WRITTEN:
        for row in session.scalars(select(entity)):
            for column in columns:
                if getattr(row, column):
                    yield row, column


def without_references(body: str, targets: Collection[str], word: str) -> str:
    """The text of a story with ``word`` in place of references to one of the targets (GUIDs)."""
    parts = parse(body)
    return compose(
        Plain(word) if not isinstance(part, Plain) and part.target in targets else part for part in parts
    )


@dataclass(frozen=True, slots=True)
class Quotations:
    """What may be quoted no more: runs of words, and the name of a case."""

    runs: frozenset[tuple[str, ...]]
    whole: tuple[str, ...]
    name: "re.Pattern[str] | None"

    @classmethod
    def of(cls, passages: Iterable[str], *, name: str = "") -> "Quotations":
        """``passages`` are texts that may be quoted no more."""
        found: set[tuple[str, ...]] = set()
        whole = []
        for passage in passages:
            found |= runs(passage, _RUN)
            whole.append(_plain(passage))
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE) if name else None
        return cls(frozenset(found), tuple(whole), pattern)

    def example_taken_out(self, text: str, word: str) -> str:
        """As :meth:`taken_out`, of a field that holds an example: a short one is taken out as a whole."""
        plain = _plain(text)
        if plain.count(" ") > _SHORT and any(plain in passage for passage in self.whole):
            return word
        return self.taken_out(text, word)

    def taken_out(self, text: str, word: str) -> str:
        """``text`` with ``word`` in place of every run of words that is quoted."""
        words = list(_WORD.finditer(text))
        plain = [match[0].casefold() for match in words]
        spans: list[list[int]] = []
        for at in range(len(plain) - _RUN + 1):
            if tuple(plain[at : at + _RUN]) in self.runs:
                start, stop = words[at].start(), words[at + _RUN - 1].end()
                if spans and start <= spans[-1][1]:
                    spans[-1][1] = stop
                else:
                    spans.append([start, stop])
        for start, stop in reversed(spans):
            text = text[:start] + word + text[stop:]
        return text

    def names(self, text: str) -> bool:
        """Whether a text names the case."""
        return self.name is not None and self.name.search(text) is not None

    def without_name(self, text: str, word: str) -> str:
        """``text`` with ``word`` in place of the name."""
        return text if self.name is None else self.name.sub(word, text)


def _plain(text: str) -> str:
    """The words of a text between blanks."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
