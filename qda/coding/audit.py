"""The audit sheet: what one must be able to say of a study, with the study's own figures and lists.

The questions follow J. Corbin and A. Strauss, "Grounded theory research: procedures, canons, and evaluative
criteria", Qualitative Sociology 13(1), 1990, in words of our own. Each is answered by the author; the program
shows what the study holds for it and writes no answer. Nothing is graded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from qda.coding import audit_grounding as grounding
from qda.coding import audit_process as process
from qda.coding.audit_data import AuditData, AuditLine, gather
from qda.coding.question_answers import AnswerRow, answers
from qda.i18n import N_, _
from qda.models import Project

AuditGroup = Literal["process", "grounding"]
GROUPS: Final[tuple[tuple[AuditGroup, str], ...]] = (
    ("process", N_("How the theory came about")),
    ("grounding", N_("How the theory is grounded")),
)


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """A question; answers are kept under ``key``. ``words`` are marked by ``N_``."""

    key: str
    group: AuditGroup
    words: str
    figures: Callable[[AuditData], list[AuditLine]]

    @property
    def question(self) -> str:
        """The question in the current language."""
        return _(self.words)


QUESTIONS: Final = (
    AuditQuestion(
        "audit:sample",
        "process",
        N_("How and why was the first sample chosen?"),
        process.first_sample,
    ),
    AuditQuestion(
        "audit:categories",
        "process",
        N_("Which main categories emerged?"),
        process.main_categories,
    ),
    AuditQuestion(
        "audit:incidents",
        "process",
        N_("Which incidents pointed to these categories?"),
        process.incidents,
    ),
    AuditQuestion(
        "audit:sampling",
        "process",
        N_("From which categories did the sampling go on, and did they prove themselves in the new data?"),
        process.sampling,
    ),
    AuditQuestion(
        "audit:hypotheses",
        "process",
        N_("Which hypotheses were there, on what grounds were they stated, and how were they tested?"),
        process.hypotheses,
    ),
    AuditQuestion(
        "audit:failures",
        "process",
        N_("Where did hypotheses fail against the data, and what was changed then?"),
        process.failures,
    ),
    AuditQuestion(
        "audit:core",
        "process",
        N_("How and why was the core category chosen?"),
        process.core_category,
    ),
    AuditQuestion(
        "audit:concepts",
        "grounding",
        N_("Are there concepts of the study’s own?"),
        grounding.concepts,
    ),
    AuditQuestion(
        "audit:related",
        "grounding",
        N_("Are the concepts systematically related?"),
        grounding.related,
    ),
    AuditQuestion(
        "audit:dense",
        "grounding",
        N_("Are there many links between the categories, and are the categories dense?"),
        grounding.dense,
    ),
    AuditQuestion(
        "audit:variation",
        "grounding",
        N_("Is variation built into the theory?"),
        grounding.variation,
    ),
    AuditQuestion(
        "audit:conditions",
        "grounding",
        N_("Are the wider conditions built into the explanation?"),
        grounding.wider_conditions,
    ),
    AuditQuestion(
        "audit:process",
        "grounding",
        N_("Has process been taken into account?"),
        grounding.process,
    ),
    AuditQuestion(
        "audit:significance",
        "grounding",
        N_("Are the findings significant, and for what?"),
        grounding.significance,
    ),
)


@dataclass(frozen=True, slots=True)
class AuditItem:
    """A question with what the study holds for it, and the author's answer, if there is one."""

    question: AuditQuestion
    lines: tuple[AuditLine, ...]
    answer: AnswerRow | None


def audit(project: Project, *, interviewer: bool = True) -> tuple[AuditItem, ...]:
    """The audit sheet in the current language; ``interviewer``: whether passages of their turns count."""
    data = gather(project, interviewer=interviewer)
    given = audit_answers(project)
    return tuple(AuditItem(one, tuple(one.figures(data)), given.get(one.key)) for one in QUESTIONS)


def audit_answers(project: Project) -> dict[str, AnswerRow]:
    """The author's answers to the audit questions, by key."""
    known = {one.key for one in QUESTIONS}
    return {row.key: row for row in answers(project) if row.key in known and not row.target}
