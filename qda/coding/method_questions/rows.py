"""What asking the study hands out: questions with the places at which they arise, and no score."""

from dataclasses import dataclass, field
from typing import Final, Literal

from qda.i18n import N_, _

Group = Literal["relations", "codes", "material", "core", "output"]
GROUPS: Final[tuple[tuple[Group, str], ...]] = (
    ("relations", N_("Relations and evidence")),
    ("codes", N_("Categories and codes")),
    ("material", N_("Material and sampling")),
    ("core", N_("Core category and story line")),
    ("output", N_("Export and protection")),
)
JumpKind = Literal["relation", "code", "model", "source", "case", "memo", "story", "core", "names", "cells"]
Offer = Literal["passages", "memo", "case", "relation"]


@dataclass(frozen=True, slots=True)
class Jump:
    """Where a finding leads: to an object (GUID), or to a place of a document (code points).

    ``source``: guid is the document's; with ``stop`` 0 it is shown as a whole. ``story``: ``start`` and
    ``stop`` lie in the text that is read of the story (``guid`` says which: story or story_line).
    """

    kind: JumpKind
    guid: str = ""
    start: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One place at which a question arises.

    ``kind`` and ``guid`` name what it is about as targets of notes do ("relation" and its GUID), both are
    empty where there is no such object (a sentence of the story line). ``name`` is how a person calls it
    ("Relation 6"), ``short`` the same in a row of several ("6"). ``heading`` is the question in the words of
    this place ("Only case A: contrast or gap?"), empty where the question's title says it. ``answer`` is what
    the author wrote; it is kept under ``answer_key`` with the target ``kind:guid``. ``model`` is the model
    (GUID) that it belongs to.
    """

    kind: str
    guid: str
    name: str
    sentence: str
    jump: Jump
    short: str = ""
    heading: str = ""
    answer_key: str = ""
    answer: str = ""
    offers: tuple[Offer, ...] = ()
    model: str = ""

    @property
    def target(self) -> str:
        """What a note or an answer hangs on ("relation:GUID"), or nothing."""
        return f"{self.kind}:{self.guid}" if self.kind and self.guid else ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of method with all findings. ``answer`` is the author's to the question as a whole.

    ``unasked`` says why it is not asked now (no core category yet); it has no findings then.
    """

    key: str
    number: int
    group: Group
    title: str
    findings: tuple[Finding, ...] = ()
    answer: str = ""
    unasked: str = ""

    @property
    def headings(self) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
        """The findings under their headings, in their order; under the title where they have none."""
        found: dict[str, list[Finding]] = {}
        for one in self.findings:
            found.setdefault(one.heading or self.title, []).append(one)
        return tuple((heading, tuple(some)) for heading, some in found.items())


@dataclass(frozen=True, slots=True)
class Found:
    """What a question's query gives: findings, or why it is not asked."""

    findings: list[Finding] = field(default_factory=list)
    unasked: str = ""


def group_title(group: Group) -> str:
    """A group's name in the current language."""
    return _(dict(GROUPS)[group])
